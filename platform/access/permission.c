/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The table of declared permissions, sorted by name: a permission's number is its place. Made once
 * at start, read by all threads afterwards. What an actor may: access.h. Roles and scopes:
 * role.c. */
#include <assert.h>

#include "platform/access/login.h"
#include "platform/access/role.h"
#include "platform/base/log.h"
#include "platform/base/str.h"
#include "platform/web/web.h"

static struct {
    const struct permission *items;
    size_t count;
    unsigned char least[ACTOR_PERMISSIONS_MAX]; /* enum scope */
} permissions;

const struct permission *permission_all(size_t *count)
{
    assert(count);
    *count = permissions.count;
    return permissions.items;
}

int permission_number(const char *name)
{
    assert(name);
    size_t low = 0, high = permissions.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(name, permissions.items[middle].name);
        if (order == 0)
            return (int)middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return -1;
}

enum scope permission_least(int number)
{
    assert(number >= 0 && (size_t)number < permissions.count);
    return (enum scope)permissions.least[number];
}

enum scope actor_scope(const struct actor *actor, const char *permission)
{
    int number = permission_number(permission);
    if (number < 0) { /* not covered: the process stops, as in an assert */
        log_note(LOG_ERROR, "access.undeclared_permission", "permission", str_of(permission));
        abort();
    }
    return (enum scope)actor->scopes[number];
}

bool actor_may(const struct actor *actor, const char *permission)
{
    assert(actor && permission);
    return actor_scope(actor, permission) != SCOPE_NONE;
}

bool actor_is_person(const struct actor *actor, i64 person_id)
{
    return person_id > 0 &&
           (person_id == actor->person_id || person_id == actor->delegate_person_id);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct permission *)a)->name, ((const struct permission *)b)->name);
}

/* A role of the declaration must exist and belong to the permission's area: an administrator never
 * gets business data by a slip in a table, nor a clerk an administrator's means. */
static err check_roles(struct arena *mem, const struct permission *p)
{
    str rest = str_of(p->roles ? p->roles : ""), code;
    while (str_split(&rest, ' ', &code)) {
        const struct role_kind *kind = role_kind_find(code);
        if (!kind)
            return err_make_with(ERR_INVALID, "access.unknown_role", str_of(p->name),
                                 arena_str(mem, code));
        if (kind->area != p->admin)
            return err_make_with(ERR_INVALID, "access.role_of_other_area", str_of(p->name),
                                 arena_str(mem, code));
    }
    return OK;
}

/* The narrowest reach among the shipped roles that hold it. */
static enum scope least_of(const struct permission *p)
{
    str rest = str_of(p->roles ? p->roles : ""), code;
    enum scope least = SCOPE_ORG;
    bool any = false;
    while (str_split(&rest, ' ', &code)) {
        enum scope scope = role_scope_of(str_of(role_kind_find(code)->scope));
        least = scope < least ? scope : least;
        any = true;
    }
    return any ? least : SCOPE_SELF;
}

/* The auditor looks and changes nothing: no route that changes anything may open to an audit
 * permission. */
static err check_routes(const struct module *module)
{
    for (const struct route *r = module->routes; r && r->path; r++) {
        int number = r->method != GET && r->may ? permission_number(r->may) : -1;
        if (number >= 0 && permissions.items[number].admin == ADMIN_AUDIT)
            return err_make_with(ERR_INVALID, "access.auditor_may_not_change", str_of(r->path),
                                 str_of(r->may));
    }
    return OK;
}

err access_start(struct app *app)
{
    struct permission *items = arena_array(app->mem, ACTOR_PERMISSIONS_MAX + 1, sizeof *items);
    size_t count = 0;
    for (const struct module *const *m = app->modules; m && *m; m++)
        for (const struct permission *p = (*m)->permissions; p && p->name; p++) {
            if (count == ACTOR_PERMISSIONS_MAX)
                return err_make(ERR_INVALID, "access.too_many_permissions");
            TRY(check_roles(app->mem, p));
            items[count++] = *p;
        }
    qsort(items, count, sizeof *items, by_name);
    for (size_t i = 1; i < count; i++)
        if (strcmp(items[i - 1].name, items[i].name) == 0)
            return err_make_with(ERR_INVALID, "access.declared_twice", str_of(items[i].name),
                                 (str){ 0 });
    permissions.items = items;
    permissions.count = count;
    for (size_t i = 0; i < count; i++)
        permissions.least[i] = (unsigned char)least_of(&items[i]);
    for (const struct module *const *m = app->modules; m && *m; m++)
        TRY(check_routes(*m));
    return OK;
}
