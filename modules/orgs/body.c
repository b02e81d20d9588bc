/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of sectors and committees: one of a name at a time, nothing overwritten. No SQL
 * (body_store.c), no HTTP (body_pages.c). */
#include "modules/orgs/body.h"

#include "modules/orgs/body_store.h"
#include "modules/orgs/org_parts.h"
#include "platform/audit/audit.h"
#include "platform/text/texts.h"

static const char *object_of(enum body_kind kind)
{
    return kind == BODY_SECTOR ? "sectors" : "committees";
}

err body_list(struct rq *rq, enum body_kind kind, i64 on, struct rows *out)
{
    return body_store_list(rq->db, kind, on, rq->mem, out);
}

static bool is_in_force(const struct body *b, i64 on)
{
    return b->from_on <= on && (b->to_on == 0 || b->to_on >= on);
}

err body_list_gone(struct rq *rq, enum body_kind kind, struct rows *out)
{
    size_t kept = 0;
    TRY(body_store_list_all(rq->db, kind, rq->mem, out));
    struct body *all = out->items;
    for (size_t i = 0; i < out->count; i++)
        if (!is_in_force(&all[i], rq->today))
            all[kept++] = all[i];
    out->count = kept;
    return OK;
}

err body_find(struct rq *rq, enum body_kind kind, i64 id, struct body *out)
{
    err e = body_store_find(rq->db, kind, id, rq->mem, out);
    return err_is(e, "db.no_row") ? err_make(ERR_NOT_FOUND, "orgs.no_body") : e;
}

err body_list_names(struct rq *rq, enum body_kind kind, i64 id, struct rows *out)
{
    return body_store_list_names(rq->db, kind, id, rq->mem, out);
}

/* A name that was ended begins anew today. */
err body_save(struct rq *rq, enum body_kind kind, const struct body *body, i64 *id)
{
    struct rows rows;
    struct body row = { .name = body->name, .position = body->position };
    TRY(body_store_list_all(rq->db, kind, rq->mem, &rows));
    const struct body *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        if (!str_eq(all[i].name, row.name))
            continue;
        if (all[i].to_on == 0 || all[i].to_on >= rq->today)
            return err_make_with(ERR_CONFLICT, "orgs.body_taken", row.name, str_of(""));
        row.from_on = rq->today;
    }
    TRY(body_store_add(rq->db, kind, &row, id));
    return audit_add(rq,
                     &(struct audit_entry){ "orgs.add", object_of(kind), *id, .after = row.name });
}

void body_check_renaming(struct rq *rq, const struct renaming *r)
{
    str none = str_of("");
    if (r->renamed_on <= 0)
        return;
    if (str_eq(r->before, r->after))
        rq_fault(rq, "renamed_on", "orgs.same_name", r->before, none);
    else if (r->renamed_on > rq->today)
        rq_fault(rq, "renamed_on", "orgs.renamed_later", none, none);
    else if (r->renamed_on <= r->from_on)
        rq_fault(rq, "renamed_on", "orgs.renamed_before", none, none);
    else if (r->names->count) {
        const struct former_name *last = r->names->items;
        if (r->renamed_on <= last->until_on + 1)
            rq_fault(rq, "renamed_on", "orgs.renamed_between", last->name,
                     org_day_text(rq->mem, last->until_on));
    }
}

/* Two of one name never have a day in common. */
static err check_name(struct rq *rq, enum body_kind kind, const struct body *b)
{
    struct rows rows;
    TRY(body_store_list_all(rq->db, kind, rq->mem, &rows));
    const struct body *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        bool apart =
            (all[i].to_on && all[i].to_on < b->from_on) || (b->to_on && b->to_on < all[i].from_on);
        if (all[i].id != b->id && str_eq(all[i].name, b->name) && !apart)
            return err_make_with(ERR_CONFLICT, "orgs.body_taken", b->name, str_of(""));
    }
    return OK;
}

/* What the audit log keeps. */
static str words_of(struct arena *mem, const struct body *b)
{
    str from = org_day_text(mem, b->from_on), to = org_day_text(mem, b->to_on);
    return arena_printf(mem, "%.*s %.*s/%.*s #%lld", (int)b->name.len, b->name.ptr, (int)from.len,
                        from.ptr, (int)to.len, to.ptr, (long long)b->position);
}

err body_change(struct rq *rq, enum body_kind kind, const struct body *body, i64 renamed_on)
{
    struct body old;
    struct rows names;
    TRY(rq_need_version(rq, body->version));
    TRY(body_find(rq, kind, body->id, &old));
    if (body->to_on && body->to_on < body->from_on)
        rq_fault(rq, "to_on", "orgs.ends_before", str_of(""), str_of(""));
    TRY(body_list_names(rq, kind, body->id, &names));
    body_check_renaming(rq, &(struct renaming){ old.name, body->name, body->from_on, renamed_on,
                                                &names });
    TRY(org_faults(rq));
    TRY(check_name(rq, kind, body));
    TRY(body_store_update(rq->db, kind, body));
    if (renamed_on > 0)
        TRY(body_store_add_name(rq->db, kind, body->id,
                                &(struct former_name){ renamed_on - 1, old.name }));
    return audit_add(rq, &(struct audit_entry){ "orgs.change", object_of(kind), body->id,
                                                .before = words_of(rq->mem, &old),
                                                .after = words_of(rq->mem, body) });
}

err sector_list(struct rq *rq, i64 on, struct rows *out)
{
    return body_list(rq, BODY_SECTOR, on, out);
}

err sector_save(struct rq *rq, str name, i64 position, i64 *id)
{
    return body_save(rq, BODY_SECTOR, &(struct body){ .name = name, .position = position }, id);
}

err committee_list(struct rq *rq, i64 on, struct rows *out)
{
    return body_list(rq, BODY_COMMITTEE, on, out);
}

err committee_save(struct rq *rq, str name, i64 position, i64 *id)
{
    return body_save(rq, BODY_COMMITTEE, &(struct body){ .name = name, .position = position }, id);
}
