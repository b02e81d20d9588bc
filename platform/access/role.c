/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Shipped roles, seeding, and the folding of holdings into scopes. SQL: access_store.c. */
#include "platform/access/role.h"

#include <assert.h>

#include "platform/access/access_store.h"
#include "platform/access/login.h"
#include "platform/base/str.h"

const struct role_kind ROLE_KINDS[] = {
    { "member", ADMIN_NONE, false, "self" },
    { "head", ADMIN_NONE, false, "self" },
    { "staff", ADMIN_NONE, true, "org" },
    { "editor", ADMIN_NONE, true, "org" },
    { "reviewer", ADMIN_NONE, true, "org" },
    { "dispatcher", ADMIN_NONE, true, "org" },
    { "operator", ADMIN_NONE, true, "agency" },
    { "leader", ADMIN_NONE, true, "org" },
    { "agency_leader", ADMIN_NONE, true, "agency" },
    { "keeper", ADMIN_NONE, false, "self" },
    { "correspondent", ADMIN_NONE, false, "self" },
    { "publisher", ADMIN_NONE, true, "org" },
    { "citizen", ADMIN_NONE, false,
      "self" }, /* held by whoever is not signed in, and by nobody else */
    { "sysadmin", ADMIN_SYSTEM, true, "org" },
    { "secadmin", ADMIN_SECURITY, true, "org" },
    { "auditor", ADMIN_AUDIT, true, "org" },
    { 0 },
};

const struct role_kind *role_kind_find(str code)
{
    for (const struct role_kind *k = ROLE_KINDS; k->code; k++)
        if (str_is(code, k->code))
            return k;
    return NULL;
}

static const char *const AREAS[] = { [ADMIN_NONE] = "",
                                     [ADMIN_SYSTEM] = "system",
                                     [ADMIN_SECURITY] = "security",
                                     [ADMIN_AUDIT] = "audit" };

const char *role_area_code(enum admin_area area)
{
    assert(area <= ADMIN_AUDIT);
    return AREAS[area];
}

enum admin_area role_area_of(str code)
{
    for (enum admin_area area = ADMIN_SYSTEM; area <= ADMIN_AUDIT; area++)
        if (str_is(code, AREAS[area]))
            return area;
    return ADMIN_NONE;
}

/* ---- seeding ---- */

static err seed_one(struct db *db, const struct permission *p)
{
    bool fresh = false;
    TRY(access_store_seed_permission(db, str_of(p->name), &fresh));
    str rest = str_of(p->roles ? p->roles : ""), code;
    while (fresh && str_split(&rest, ' ', &code))
        TRY(access_store_seed_role_permission(db, code, str_of(p->name)));
    return OK;
}

/* A role that was not there before gets what is declared for it, whenever that was declared. */
static err seed_role(struct db *db, const struct role_kind *k)
{
    bool fresh = false;
    size_t count = 0;
    const struct permission *all = permission_all(&count);
    TRY(access_store_seed_role(
        db, &(struct role_new){ str_of(k->code), str_of(role_area_code(k->area)), k->office },
        &fresh));
    for (size_t i = 0; fresh && i < count; i++) {
        str rest = str_of(all[i].roles ? all[i].roles : ""), code;
        while (str_split(&rest, ' ', &code))
            if (str_is(code, k->code))
                TRY(access_store_seed_role_permission(db, code, str_of(all[i].name)));
    }
    return OK;
}

/* The organisation bound to db: its missing roles and permissions. */
static err seed_org(struct db *db, struct arena *mem)
{
    struct rows known = { 0 };
    size_t count = 0;
    const struct permission *all = permission_all(&count);
    for (const struct role_kind *k = ROLE_KINDS; k->code; k++)
        TRY(seed_role(db, k));
    TRY(access_store_list_seeded(db, mem, &known));
    bool *seeded = arena_array(mem, count + 1, sizeof *seeded);
    for (size_t i = 0; i < known.count; i++) {
        int number = permission_number(arena_cstr(mem, ((struct name_row *)known.items)[i].name));
        if (number >= 0)
            seeded[number] = true;
    }
    for (size_t i = 0; i < count; i++)
        if (!seeded[i])
            TRY(seed_one(db, &all[i]));
    return OK;
}

err access_found(struct app *app, struct db *db, i64 id, str name, i64 position)
{
    i64 before = db_org(db);
    assert(id > 0);
    TRY(access_store_save_tenant(db, &(struct tenant){ id, name, position },
                                 app->clock.now_ms(&app->clock)));
    struct arena *mem = arena_new(1 << 20, 0);
    db_set_org(db, id);
    err e = seed_org(db, mem);
    db_set_org(db, before);
    arena_free(mem);
    access_forget();
    return e;
}

err access_seed(struct app *app, struct db *db)
{
    struct arena *mem = arena_new(4 << 20, 0);
    struct rows tenants = { 0 };
    (void)app;
    err e = access_store_list_tenants(db, mem, &tenants);
    for (size_t i = 0; e.code == ERR_NONE && i < tenants.count; i++) {
        struct arena_mark mark = arena_mark(mem);
        db_set_org(db, ((struct tenant *)tenants.items)[i].id);
        e = seed_org(db, mem);
        arena_reset_to(mem, mark);
    }
    db_set_org(db, 0);
    arena_free(mem);
    access_forget();
    return e;
}

/* ---- folding ---- */

enum scope role_scope_of(str word)
{
    if (str_is(word, "org"))
        return SCOPE_ORG;
    if (str_is(word, "agency"))
        return SCOPE_AGENCY;
    return str_is(word, "committee") ? SCOPE_COMMITTEE : SCOPE_SELF;
}

/* What a holding opens of a permission: nothing for an agency without one, nothing where the
 * permission is only ever asked more widely. */
static enum scope scope_of(str kind, int number, const struct actor *actor)
{
    enum scope scope = role_scope_of(kind);
    bool nowhere = scope == SCOPE_AGENCY && !actor->agency_id;
    return nowhere || scope < permission_least(number) ? SCOPE_NONE : scope;
}

static void add_committee(struct actor *actor, i64 id)
{
    for (size_t i = 0; i < actor->committees.count; i++)
        if (actor->committees.items[i] == id)
            return;
    actor->committees.items[actor->committees.count++] = id;
}

/* The one area of the rows; *mixed when an administrator's area meets another one or business. */
static enum admin_area area_of(const struct rows *rows, bool *mixed)
{
    const struct reach_row *row = rows->items;
    enum admin_area area = rows->count ? role_area_of(row[0].area) : ADMIN_NONE;
    *mixed = false;
    for (size_t i = 1; i < rows->count; i++)
        if (role_area_of(row[i].area) != area)
            *mixed = true;
    return *mixed ? ADMIN_NONE : area;
}

void reach_fold(struct arena *mem, const struct rows *rows, struct actor *actor, bool *office,
                enum admin_area *area)
{
    bool denied[ACTOR_PERMISSIONS_MAX] = { false }, mixed = false;
    size_t count = 0;
    const struct permission *all = permission_all(&count);
    const struct reach_row *row = rows->items;
    actor->committees.items = arena_array(mem, rows->count + 1, sizeof(i64));
    actor->committees.count = 0;
    *office = false;
    *area = area_of(rows, &mixed);
    for (size_t i = 0; i < rows->count; i++, row++) {
        int number = permission_number(arena_cstr(mem, row->permission));
        *office = *office || row->office;
        if (str_is(row->scope_kind, "committee"))
            add_committee(actor, row->scope_id);
        if (number < 0 || all[number].admin != role_area_of(row->area) ||
            (mixed && all[number].admin != ADMIN_NONE))
            continue;
        enum scope scope = scope_of(row->scope_kind, number, actor);
        if (str_is(row->effect, "deny"))
            denied[number] = true;
        else if (scope > (enum scope)actor->scopes[number])
            actor->scopes[number] = (unsigned char)scope;
    }
    for (size_t i = 0; i < count; i++)
        if (denied[i])
            actor->scopes[i] = SCOPE_NONE;
}
