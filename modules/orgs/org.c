/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of bodies: names are unique among bodies of a kind; a cppcc is founded. Sessions:
 * session.c, sectors and committees: body.c, areas: area.c. No SQL (org_store.c), no HTTP
 * (org_pages.c, org_api.c). */
#include "modules/orgs/org.h"

#include "modules/orgs/org_parts.h"
#include "modules/orgs/org_store.h"
#include "platform/access/access_store.h"
#include "platform/access/login.h"
#include "platform/access/role.h"
#include "platform/audit/audit.h"

static err none_is_zero(err e, i64 *id)
{
    if (e.code == ERR_NOT_FOUND) {
        *id = 0;
        return OK;
    }
    return e;
}

static err not_found(err e, const char *name)
{
    return err_is(e, "db.no_row") ? err_make(ERR_NOT_FOUND, name) : e;
}

err org_find(struct rq *rq, i64 id, struct org *out)
{
    return not_found(org_store_find(rq->db, id, rq->mem, out), "orgs.not_found");
}

err org_find_cppcc(struct rq *rq, struct org *out)
{
    return not_found(org_store_find_cppcc(rq->db, rq->mem, out), "orgs.not_found");
}

err org_find_by_name(struct rq *rq, str kind, str name, struct org *out)
{
    return none_is_zero(org_store_find_by_name(rq->db, kind, name, rq->mem, out), &out->id);
}

err org_agencies(struct rq *rq, struct rows *out)
{
    return org_store_list_agencies(rq->db, rq->today, rq->mem, out);
}

bool org_may_propose(const struct org *org, i64 on)
{
    static const char *const KINDS[] = { "democratic", "federation", "association", "township" };
    bool kind = false;
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        kind = kind || str_is(org->kind, KINDS[i]);
    return kind && org->from_on <= on && (org->to_on == 0 || org->to_on >= on);
}

err org_proposers(struct rq *rq, struct rows *out)
{
    size_t kept = 0;
    TRY(org_store_list(rq->db, rq->mem, out));
    struct org *all = out->items;
    for (size_t i = 0; i < out->count; i++)
        if (org_may_propose(&all[i], rq->today))
            all[kept++] = all[i];
    out->count = kept;
    return OK;
}

err org_find_agency(struct rq *rq, str text, struct org *out)
{
    struct rows rows;
    size_t alike = 0;
    *out = (struct org){ 0 };
    TRY(org_agencies(rq, &rows));
    const struct org *all = rows.items;
    for (size_t i = 0; i < rows.count && text.len; i++) {
        if (str_eq(all[i].name, text)) {
            *out = all[i];
            return OK;
        }
        if ((str_eq(all[i].short_name, text) || str_eq(all[i].code, text)) && ++alike == 1)
            *out = all[i];
    }
    if (alike != 1)
        *out = (struct org){ 0 };
    return OK;
}

/* The row that this record is about: by id, else by source. id 0 = a new one. */
static err find_same(struct rq *rq, const struct org *org, struct org *out)
{
    *out = (struct org){ 0 };
    if (org->id)
        return org_find(rq, org->id, out);
    if (org->source_id.len == 0)
        return OK;
    return none_is_zero(org_store_find_by_source(rq->db, org->source, org->source_id, rq->mem, out),
                        &out->id);
}

static bool have_days_in_common(const struct org *a, const struct org *b)
{
    return (!a->to_on || a->to_on >= b->from_on) && (!b->to_on || b->to_on >= a->from_on);
}

/* A name belongs to one body of a kind at a time. A list that brings its own ids may take over a
 * body that was entered by hand. */
static err check_name(struct rq *rq, const struct org *org, struct org *old)
{
    struct rows rows;
    TRY(org_store_list_by_name(rq->db, org->kind, org->name, rq->mem, &rows));
    const struct org *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        if (all[i].id == old->id || !have_days_in_common(&all[i], org))
            continue;
        if (old->id || !org->source_id.len || all[i].source_id.len)
            return err_make_with(ERR_CONFLICT, "orgs.name_taken", org->name, str_of(""));
        *old = all[i];
    }
    return OK;
}

/* What the audit log keeps: every column that can be changed. */
static str words_of(struct arena *mem, const struct org *o)
{
    struct buf *b = buf_new(mem, 4096);
    const str texts[] = { o->name,          o->kind,   o->short_name, o->code,
                          o->letter_prefix, o->source, o->source_id };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        buf_printf(b, "%s%.*s", i ? "|" : "", (int)texts[i].len, texts[i].ptr);
    str from = org_day_text(mem, o->from_on), to = org_day_text(mem, o->to_on);
    buf_printf(b, " agency=%d dispatcher=%d area=%lld parent=%lld #%lld %.*s/%.*s", o->agency,
               o->dispatcher, (long long)o->area_id, (long long)o->parent_id,
               (long long)o->position, (int)from.len, from.ptr, (int)to.len, to.ptr);
    return buf_str(b);
}

/* A cppcc is founded, not made from another body, nor turned into one. */
static err check_kind(struct rq *rq, const struct org *org, const struct org *old)
{
    if (org->to_on && org->to_on < org->from_on)
        rq_fault(rq, "to_on", "orgs.ends_before", str_of(""), str_of(""));
    if (str_is(org->kind, "cppcc") != str_is(old->kind, "cppcc"))
        rq_fault(rq, "kind", "orgs.cppcc_kind", str_of(""), str_of(""));
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

/* Sign-in and headers call a cppcc by its own name. */
static err rename_tenant(struct rq *rq, const struct org *org)
{
    struct rows rows;
    TRY(access_store_list_tenants(rq->db, rq->mem, &rows));
    const struct tenant *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        struct tenant tenant = { org->id, org->name, all[i].position };
        if (all[i].id != org->id || str_eq(all[i].name, org->name))
            continue;
        TRY(access_store_save_tenant(rq->db, &tenant, rq->now_ms));
        access_forget();
    }
    return OK;
}

err org_save(struct rq *rq, const struct org *org, i64 *id)
{
    struct org old, row = *org;
    if (org->id)
        TRY(rq_need_version(rq, org->version));
    TRY(find_same(rq, org, &old));
    TRY(check_kind(rq, org, &old));
    TRY(check_name(rq, org, &old));
    row.org_id = rq->actor->org_id;
    row.id = old.id;
    row.version = org->id ? org->version : old.version;
    *id = old.id;
    if (old.id)
        TRY(org_store_update(rq->db, &row));
    else
        TRY(org_store_add(rq->db, &row, id));
    if (row.id == rq->actor->org_id)
        TRY(rename_tenant(rq, &row));
    return audit_add(rq,
                     &(struct audit_entry){ "orgs.save", "orgs", *id,
                                            .before = old.id ? words_of(rq->mem, &old) : str_of(""),
                                            .after = words_of(rq->mem, &row) });
}

/* A second cppcc of the same name or code is a mistake: its people would sign in to an empty
 * house. Names as sign-in knows them; nobody's organisation is entered, so nobody waits. */
static err check_founding(struct rq *rq, const struct org *org)
{
    struct rows rows;
    str taken;
    TRY(access_store_list_tenants(rq->db, rq->mem, &rows));
    const struct tenant *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_eq(all[i].name, org->name))
            return err_make_with(ERR_CONFLICT, "orgs.cppcc_there", org->name, str_of(""));
    if (org->code.len == 0)
        return OK;
    TRY(org_store_find_house_code(rq->db, org->code, rq->mem, &taken));
    return taken.len ? err_make_with(ERR_CONFLICT, "orgs.code_there", org->code, taken) : OK;
}

err org_found_cppcc(struct rq *rq, const struct org *org, i64 *id)
{
    struct org row = *org;
    TRY(check_founding(rq, org));
    row.org_id = 0;
    row.kind = str_of("cppcc");
    TRY(org_store_add(rq->db, &row, id));
    TRY(org_store_own(rq->db, *id));
    i64 before = db_org(rq->db);
    struct actor actor = *rq->actor;
    const struct actor *caller = rq->actor;
    actor.org_id = *id;
    rq->actor = &actor;
    db_set_org(rq->db, *id);
    err e = access_found(rq->app, rq->db, *id, org->name, org->position);
    db_set_org(rq->db, *id);
    if (e.code == ERR_NONE)
        e = event_emit(rq, "orgs.founded", *id, org);
    db_set_org(rq->db, before);
    rq->actor = caller;
    return e;
}

err org_find_of_area(struct rq *rq, i64 area_id, struct org *out)
{
    err e = org_store_find_of_area(rq->db, area_id, rq->today, rq->mem, out);
    if (e.code != ERR_NOT_FOUND)
        return e;
    *out = (struct org){ .name = str_of("") };
    return OK;
}

err org_list_below(struct rq *rq, struct rows *out)
{
    return org_store_list_below(rq->db, rq->today, rq->mem, out);
}

err org_is_host(struct rq *rq, bool *host)
{
    struct tenant first;
    TRY(access_store_first_tenant(rq->db, rq->mem, &first));
    *host = first.id != 0 && first.id == rq->actor->org_id;
    return OK;
}
