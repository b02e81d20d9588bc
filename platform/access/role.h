/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Roles and what they open: the shipped roles, their seeding for an organisation, and the one place
 * where holdings and permissions become an actor's scopes. The asking side is access.h;
 * administering roles is modules/accounts. */
#ifndef HT_ACCESS_ROLE_H
#define HT_ACCESS_ROLE_H
#include "platform/access/access.h"
#include "platform/app.h"
#include "platform/module.h"

/* A shipped role. area: one of the three separated administrators. office: short time-outs, second
 * factor. scope: how far a holding reaches when nothing else is said. Label: text "roles.CODE".
 * Ends with a zero row. */
struct role_kind {
    const char *code;
    enum admin_area area;
    bool office;
    const char *scope; /* "self", "committee", "agency", "org" */
};
extern const struct role_kind ROLE_KINDS[];

/* The shipped role of a code, NULL if there is none. */
const struct role_kind *role_kind_find(str code);

/* A reach by its word: "self", "committee", "agency", "org"; anything else is the person's own. */
enum scope role_scope_of(str word);

/* The narrowest reach in which a permission means anything, by its number: that of the shipped
 * roles that hold it (SCOPE_SELF where none does). What only roles of the whole organisation hold
 * is asked for the whole organisation, so that such a role given for a committee does not open
 * it. */
enum scope permission_least(int number);

/* The code of an area in the database: "", "system", "security", "audit"; and back (unknown:
 * ADMIN_NONE). */
const char *role_area_code(enum admin_area area);
enum admin_area role_area_of(str code);

/* Makes an organisation known to sign-in, or renames it: its row in tenants, the shipped roles, the
 * permissions that modules declare for them. Called by orgs when a cppcc is founded. id: orgs.id.
 * Visitors who are not signed in see the lowest position. Runs in the caller's write transaction
 * and leaves db bound as it was. */
err access_found(struct app *app, struct db *db, i64 id, str name, i64 position);

/* Gives newly declared permissions to their roles in every organisation; at start, after migration.
 * What the site has changed since a permission was first seeded stays. In the caller's write
 * transaction; db is bound to no organisation afterwards. */
err access_seed(struct app *app, struct db *db);

/* One permission that a holding opens or bars. */
struct reach_row {
    str permission, effect, area, scope_kind; /* effect: allow, deny; area: of the role */
    i64 scope_id;
    bool office;
};

/* Folds rows into scopes: the widest allow, none where any row denies or where the holding is
 * narrower than the permission's least reach. Permissions of an
 * administrator's area count only from a role of that area, business ones only from other roles;
 * rows of two areas together open nothing of either (GB/T 22239: separated administrators). agency
 * scope needs actor->agency_id. Fills scopes and committees; *office = any role works in the
 * office; *area = the one area of its roles. */
void reach_fold(struct arena *mem, const struct rows *rows, struct actor *actor, bool *office,
                enum admin_area *area);
#endif
