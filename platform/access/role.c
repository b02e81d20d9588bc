/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Shipped roles, seeding, and the folding of holdings into scopes. SQL: access_store.c. */
#include "platform/access/role.h"

#include <assert.h>
#include <string.h>

#include "platform/access/access_store.h"
#include "platform/access/login.h"
#include "platform/base/buf.h"
#include "platform/base/str.h"

const struct role_kind ROLE_KINDS[] = {
    { "member", ADMIN_NONE, false, "self" },
    { "head", ADMIN_NONE, false, "self" },
    { "staff", ADMIN_NONE, true, "org" },
    { "personnel", ADMIN_NONE, true, "org" },
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

static void pack_put(struct buf *b, const char *word)
{
    int len = (int)strlen(word);
    assert(len <= SEED_WIDTH);
    buf_printf(b, "%s%*s", word, SEED_WIDTH - len, "");
}

/* Some at a time: PostgreSQL counts the characters of a text from its begin for each record. */
static err packs_store(struct db *db, str text, size_t record,
                       err (*store)(struct db *db, const struct seed_pack *pack))
{
    enum { AT_ONCE = 10 };
    for (size_t from = 0; from < text.len; from += AT_ONCE * record) {
        str some = str_sub(text, from, AT_ONCE * record); /* or what is left */
        TRY(store(db, &(struct seed_pack){ some, (i64)(some.len / record) }));
    }
    return OK;
}

static bool is_among(str code, const struct rows *names)
{
    for (size_t i = 0; i < names->count; i++)
        if (str_eq(code, ((const struct name_row *)names->items)[i].name))
            return true;
    return false;
}

/* Roles of the organisation that were not there; before: codes of those that were. */
static err seed_roles(struct db *db, const struct rows *before)
{
    for (const struct role_kind *k = ROLE_KINDS; k->code; k++) {
        struct role_new role = { str_of(k->code), str_of(role_area_code(k->area)), k->office };
        if (!is_among(role.code, before))
            TRY(access_store_seed_role(db, &role));
    }
    return OK;
}

/* The organisation bound to db: its missing roles and permissions. A role that was not there
 * before gets what is declared for it, whenever that was declared. */
static err seed_org(struct db *db, struct arena *mem)
{
    struct rows roles = { 0 }, seeded = { 0 };
    struct buf *marks = buf_new(mem, 1 << 20), *grants = buf_new(mem, 1 << 20);
    size_t count = 0;
    const struct permission *all = permission_all(&count);
    TRY(access_store_list_roles(db, mem, &roles));
    TRY(access_store_list_seeded(db, mem, &seeded));
    TRY(seed_roles(db, &roles));
    for (size_t i = 0; i < count; i++) {
        bool fresh = !is_among(str_of(all[i].name), &seeded);
        if (fresh)
            pack_put(marks, all[i].name);
        str rest = str_of(all[i].roles ? all[i].roles : ""), code;
        while (str_split(&rest, ' ', &code))
            if (fresh || !is_among(code, &roles)) {
                pack_put(grants, arena_cstr(mem, code));
                pack_put(grants, all[i].name);
            }
    }
    assert(!buf_is_full(marks) && !buf_is_full(grants));
    TRY(packs_store(db, buf_str(marks), SEED_WIDTH, access_store_seed_marks));
    return packs_store(db, buf_str(grants), SEED_WIDTH * 2, access_store_seed_grants);
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
