/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of bulletins: what stands in their head, where their issues usually go, how many there have
 * been. Their issues: issue.c. */
#include "modules/bulletins/bulletin_store.h"
#include "platform/audit/audit.h"
#include "platform/web/conflict.h"
#include "platform/web/view_parts.h"

static struct bulletin_input input_of(const struct bulletin *b)
{
    return (struct bulletin_input){ .version = b->version,
                                    .total = b->total,
                                    .named = b->named,
                                    .ended = b->ended,
                                    .name = b->name,
                                    .office = b->office,
                                    .mark = b->mark,
                                    .national = b->national,
                                    .province = b->province,
                                    .city = b->city,
                                    .county = b->county,
                                    .copies = b->copies };
}

/* The name is printed without 《》, whoever types them. */
static str bare(str name)
{
    str open = str_of("\u300A"), close = str_of("\u300B");
    if (str_starts(name, open) && str_ends(name, close) && name.len > open.len + close.len)
        return str_sub(name, open.len, name.len - open.len - close.len);
    return name;
}

static err judge(struct rq *rq, i64 id, const struct bulletin *old, const struct bulletin_input *in)
{
    i64 others = 0;
    TRY(bulletin_store_count_name(rq->db, bare(in->name), id, &others));
    if (others)
        rq_fault(rq, "name", "bulletins.name_taken", str_of(""), str_of(""));
    if (old->issued && in->total < old->total)
        rq_fault(rq, "total", "bulletins.total_behind",
                 arena_printf(rq->mem, "%lld", (long long)old->total), str_of(""));
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

err bulletin_save(struct rq *rq, i64 id, const struct bulletin_input *in, i64 *out)
{
    struct bulletin b = { 0 };
    if (id)
        TRY(list_find(rq, &BULLETIN_LIST, id, &b));
    struct bulletin_input stored = input_of(&b);
    if (id)
        TRY(conflict_check(rq, "bulletins.version", in->version, b.version, &stored));
    TRY(judge(rq, id, &b, in));
    str before = b.name;
    b = (struct bulletin){ .id = id,
                           .version = b.version,
                           .total = in->total,
                           .named = in->named,
                           .ended = in->ended,
                           .name = bare(in->name),
                           .office = in->office,
                           .mark = in->mark,
                           .national = in->national,
                           .province = in->province,
                           .city = in->city,
                           .county = in->county,
                           .copies = in->copies };
    *out = id;
    if (id)
        TRY(bulletin_store_update(rq->db, &b));
    else
        TRY(bulletin_store_add(rq->db, &b, out));
    return audit_add(rq, &(struct audit_entry){ .act = "bulletins.manage",
                                                .object = "bulletins",
                                                .object_id = *out,
                                                .before = before,
                                                .after = b.name });
}

err bulletin_list_open(struct rq *rq, struct rows *out)
{
    return bulletin_store_list_open(rq->db, rq->mem, out);
}

err bulletin_choices(struct rq *rq, struct rows *out)
{
    struct rows rows;
    struct issue n;
    if (rq->path_id)
        TRY(list_find(rq, &ISSUE_LIST, rq->path_id, &n));
    TRY(bulletin_list_open(rq, &rows));
    const struct bulletin *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    for (size_t i = 0; i < rows.count; i++)
        choices[i] =
            (struct view_choice){ .value = arena_printf(rq->mem, "%lld", (long long)all[i].id),
                                  .label = all[i].name,
                                  .chosen = rows.count == 1 };
    *out = (struct rows){ choices, rows.count, sizeof *choices };
    return OK;
}
