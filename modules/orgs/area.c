/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of areas, see area.h. No SQL (area_store.c), no HTTP (area_pages.c); lists of them:
 * area_import.c. */
#include "modules/orgs/area.h"

#include "embed.h"
#include "modules/orgs/body.h"
#include "modules/orgs/org_parts.h"
#include "platform/audit/audit.h"
#include "platform/text/fold.h"
#include "platform/text/texts.h"

/* From the widest down. */
const char *const area_levels[] = {
    "nation", "province", "city", "county", "town", "village", NULL
};
enum { LEVEL_COUNT = sizeof area_levels / sizeof *area_levels - 1, CODE_MIN = 2, CODE_MAX = 12 };

static int rank_of(str level)
{
    for (int i = 0; i < (int)LEVEL_COUNT; i++)
        if (str_is(level, area_levels[i]))
            return i;
    return -1;
}

str area_level_below(str level)
{
    int rank = rank_of(level);
    return rank < 0 ? str_of("") : str_of(area_levels[rank + 1]);
}

/* ---- finding ---- */

err area_find(struct rq *rq, i64 id, struct area *out)
{
    err e = area_store_find(rq->db, id, rq->mem, out);
    return err_is(e, "db.no_row") ? err_make(ERR_NOT_FOUND, "areas.not_found") : e;
}

err area_find_by_code(struct rq *rq, str code, struct area *out)
{
    err e = area_store_find_by_code(rq->db, code, rq->mem, out);
    if (e.code != ERR_NOT_FOUND)
        return e;
    *out = (struct area){ 0 };
    return OK;
}

err area_find_by_text(struct rq *rq, str text, struct area *out)
{
    struct rows rows;
    TRY(area_find_by_code(rq, text, out));
    if (out->id)
        return OK;
    TRY(area_store_list_by_name(rq->db, text, rq->mem, &rows));
    const struct area *all = rows.items, *there = NULL;
    size_t count = 0;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].to_on == 0 || all[i].to_on >= rq->today) {
            there = &all[i];
            count++;
        }
    if (count == 1)
        *out = *there;
    return OK;
}

err area_path(struct rq *rq, const struct area *area, struct rows *out)
{
    struct area *up = arena_array(rq->mem, LEVEL_COUNT, sizeof *up);
    size_t at = LEVEL_COUNT;
    up[--at] = *area;
    while (at > 0 && up[at].parent_id) {
        TRY(area_find(rq, up[at].parent_id, &up[at - 1]));
        at--;
    }
    *out = (struct rows){ .items = up + at, .count = LEVEL_COUNT - at, .size = sizeof *up };
    return OK;
}

err area_list_below(struct rq *rq, i64 parent_id, struct rows *out)
{
    return area_store_list_there(rq->db, parent_id, rq->today, rq->mem, out);
}

/* What LIKE would take for more than itself is taken for itself (ESCAPE '!'). */
static str escaped(struct arena *mem, str s)
{
    struct buf *b = buf_new(mem, 4096);
    for (size_t i = 0; i < s.len; i++) {
        if (strchr("%_!", s.ptr[i]))
            buf_put_byte(b, '!');
        buf_put_byte(b, s.ptr[i]);
    }
    return buf_str(b);
}

err area_search(struct rq *rq, str typed, struct rows *out)
{
    str words = escaped(rq->mem, str_trim(fold_text(rq->mem, typed)));
    *out = (struct rows){ .size = sizeof(struct area) };
    return words.len ? area_store_search(rq->db, words, rq->mem, out) : OK;
}

/* ---- who ---- */

err area_may_change(struct rq *rq, bool *may)
{
    *may = false;
    return actor_may(rq->actor, "areas.manage") ? org_is_host(rq, may) : OK;
}

err area_check_host(struct rq *rq)
{
    bool host;
    TRY(org_is_host(rq, &host));
    return host ? OK : err_make(ERR_FORBIDDEN, "areas.only_host");
}

/* ---- writing ---- */

static void fault(struct rq *rq, const char *field, const char *name, str arg)
{
    rq_fault(rq, field, name, arg, str_of(""));
}

static bool is_code(str code)
{
    for (size_t i = 0; i < code.len; i++)
        if (code.ptr[i] < '0' || code.ptr[i] > '9')
            return false;
    return code.len >= CODE_MIN && code.len <= CODE_MAX;
}

static err check_code(struct rq *rq, const struct area *a)
{
    struct area same;
    if (!is_code(a->code)) {
        fault(rq, "code", "areas.bad_code", a->code);
        return OK;
    }
    TRY(area_find_by_code(rq, a->code, &same));
    if (same.id && same.id != a->id)
        fault(rq, "code", "areas.code_taken", same.name);
    return OK;
}

/* The one above is wider, is another, and is still there as long as this one is. */
static err check_parent(struct rq *rq, str code, struct area *a)
{
    struct area above;
    a->parent_id = 0;
    if (code.len == 0)
        return OK;
    TRY(area_find_by_text(rq, code, &above));
    if (!above.id)
        fault(rq, "parent", "areas.no_parent", code);
    else if (rank_of(above.level) >= rank_of(a->level))
        fault(rq, "parent", "areas.parent_level", above.name);
    else if (above.to_on && (!a->to_on || a->to_on > above.to_on))
        fault(rq, "parent", "areas.parent_ended", above.name);
    a->parent_id = above.id;
    return OK;
}

/* What stands under it fits: narrower, and ended with it. */
static err check_under(struct rq *rq, const struct area *a)
{
    struct rows rows;
    TRY(area_store_list_under(rq->db, a->id, rq->mem, &rows));
    const struct area *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        if (rank_of(all[i].level) <= rank_of(a->level)) {
            fault(rq, "level", "areas.level_under", all[i].name);
            return OK;
        }
        if (a->to_on && (!all[i].to_on || all[i].to_on > a->to_on)) {
            fault(rq, "to_on", "areas.goes_on_under", all[i].name);
            return OK;
        }
    }
    return OK;
}

static str words_of(struct rq *rq, const struct area *a)
{
    str from = org_day_text(rq->mem, a->from_on), to = org_day_text(rq->mem, a->to_on);
    return arena_printf(rq->mem, "%.*s %.*s %.*s %.*s/%.*s ^%lld", (int)a->code.len, a->code.ptr,
                        (int)a->name.len, a->name.ptr, (int)a->level.len, a->level.ptr,
                        (int)from.len, from.ptr, (int)to.len, to.ptr, (long long)a->parent_id);
}

static err check(struct rq *rq, const struct area_change *change, const struct area *old,
                 struct area *row)
{
    if (rank_of(row->level) < 0)
        fault(rq, "level", "areas.bad_level", row->level);
    if (row->name.len == 0)
        fault(rq, "name", "form.required", str_of(""));
    if (row->to_on && row->to_on < row->from_on)
        fault(rq, "to_on", "orgs.ends_before", str_of(""));
    TRY(check_code(rq, row));
    TRY(check_parent(rq, change->parent, row));
    if (row->id)
        TRY(check_under(rq, row));
    struct rows names = { 0 };
    if (row->id)
        TRY(area_store_list_names(rq->db, row->id, rq->mem, &names));
    if (row->id || change->renamed_on > 0)
        body_check_renaming(rq, &(struct renaming){ row->id ? old->name : row->name, row->name,
                                                    row->from_on, change->renamed_on, &names });
    return org_faults(rq);
}

err area_save(struct rq *rq, const struct area_change *change, i64 *id)
{
    struct area row = change->area, old = { 0 };
    TRY(area_check_host(rq));
    if (row.id) {
        TRY(rq_need_version(rq, row.version));
        TRY(area_find(rq, row.id, &old));
    }
    TRY(check(rq, change, &old, &row));
    *id = row.id;
    if (row.id)
        TRY(area_store_update(rq->db, &row));
    else
        TRY(area_store_add(rq->db, &row, id));
    if (change->renamed_on > 0)
        TRY(area_store_add_name(rq->db, row.id,
                                &(struct former_name){ change->renamed_on - 1, old.name }));
    return audit_add(rq, &(struct audit_entry){ "areas.save", "areas", *id,
                                                .before = old.id ? words_of(rq, &old) : str_of(""),
                                                .after = words_of(rq, &row) });
}

/* ---- the shipped ones ---- */

/* One line "code,name,level,parent code". */
static err load_line(struct rq *rq, str line)
{
    struct area area = { 0 }, above, old;
    str parent = { "", 0 };
    if (line.len == 0 || line.ptr[0] < '0' || line.ptr[0] > '9')
        return OK; /* remarks and the line of headers */
    str_split(&line, ',', &area.code);
    str_split(&line, ',', &area.name);
    str_split(&line, ',', &area.level);
    str_split(&line, ',', &parent);
    TRY(area_find_by_code(rq, parent, &above));
    area.parent_id = above.id;
    TRY(area_find_by_code(rq, area.code, &old));
    if (!old.id)
        return area_store_add(rq->db, &area, &area.id);
    str name = area.name;
    area = old;
    area.name = name;
    return str_eq(old.name, name) ? OK : area_store_update(rq->db, &area);
}

err area_load(struct rq *rq)
{
    str line;
    for (const struct embed_file *f = embed_data; f->name; f++) {
        if (!str_starts(str_of(f->name), str_of("areas/")))
            continue;
        str text = { (const char *)f->data, f->size };
        while (str_split(&text, '\n', &line))
            TRY(load_line(rq, line));
    }
    return OK;
}
