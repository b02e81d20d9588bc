/* SPDX-License-Identifier: MulanPSL-2.0 */
/* From a cookie or token to an actor: found by hash, judged by state and time-outs, its holdings
 * folded into scopes. The result is kept for a second (actor_cache.c). Signing in itself:
 * signin.c. */
#include <assert.h>

#include "platform/access/access_store.h"
#include "platform/access/actor_cache.h"
#include "platform/access/login.h"
#include "platform/access/role.h"
#include "platform/access/secret.h"
#include "platform/access/signin.h"
#include "platform/base/log.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/web/web.h"

enum { MINUTE_MS = 60000, PENDING_MS = 10 * MINUTE_MS, TOUCH_MAX = 1024 };
static const i64 HOUR_MS = 60 * MINUTE_MS, DAY_MS = 24 * 60 * MINUTE_MS;

/* What loading one actor needs; its request is made up for reading settings. */
struct loading {
    struct app *app;
    struct db *db;
    struct arena *mem;
    i64 now_ms, today;
    struct actor *actor;
    struct login_row row;
    bool token;
};

static struct rq settings_rq(const struct loading *l)
{
    return (struct rq){ .app = l->app,
                        .mem = l->mem,
                        .db = l->db,
                        .actor = l->actor,
                        .now_ms = l->now_ms,
                        .today = l->today };
}

/* ---- nobody ---- */

static err load_visitor(struct loading *l)
{
    struct tenant tenant = { 0 };
    struct rows rows = { 0 };
    bool office = false;
    enum admin_area area = ADMIN_NONE;
    *l->actor = (struct actor){ 0 };
    TRY(access_store_first_tenant(l->db, l->mem, &tenant));
    db_set_org(l->db, tenant.id);
    if (!tenant.id)
        return OK;
    l->actor->org_id = tenant.id;
    l->actor->org_name = tenant.name;
    TRY(access_store_list_role_reach(l->db, str_of("citizen"), l->mem, &rows));
    reach_fold(l->mem, &rows, l->actor, &office, &area);
    return OK;
}

static err visitor(struct loading *l)
{
    str key = str_of("visitor");
    if (actor_cache_find(key, l->now_ms, l->mem, l->actor)) {
        db_set_org(l->db, l->actor->org_id);
        return OK;
    }
    TRY(load_visitor(l));
    actor_cache_keep(key, l->now_ms, l->actor);
    return OK;
}

/* ---- time-outs ---- */

/* The last use that this process or the database knows of. */
static i64 last_seen(const struct loading *l)
{
    struct seen seen = { .org_id = l->row.org_id, .login_id = l->row.id, .token = l->token };
    i64 noted = seen_find(&seen);
    return noted > l->row.seen_at ? noted : l->row.seen_at;
}

static bool is_in_time(const struct loading *l, bool office)
{
    struct rq rq = settings_rq(l);
    i64 age = l->now_ms - l->row.created_at, idle = l->now_ms - last_seen(l);
    if (l->token)
        return l->now_ms < l->row.expires_at;
    if (office)
        return idle < setting_number(&rq, "accounts.office_idle_minutes") * MINUTE_MS &&
               age < setting_number(&rq, "accounts.office_hours") * HOUR_MS;
    return idle < setting_number(&rq, "accounts.member_idle_days") * DAY_MS &&
           age < setting_number(&rq, "accounts.member_days") * DAY_MS;
}

/* ---- permissions ---- */

static void keep_only(struct actor *actor, str permissions, bool business_only)
{
    unsigned char kept[ACTOR_PERMISSIONS_MAX] = { 0 };
    size_t count = 0;
    const struct permission *all = permission_all(&count);
    for (size_t i = 0; i < count; i++) {
        str rest = permissions, name;
        while (str_split(&rest, ' ', &name))
            if (str_is(name, all[i].name) && (!business_only || all[i].admin == ADMIN_NONE))
                kept[i] = actor->scopes[i];
    }
    for (size_t i = 0; i < ACTOR_PERMISSIONS_MAX; i++)
        actor->scopes[i] = kept[i];
}

/* Turns the actor into one who acts for the giver of the login's delegation; without one in force
 * it stays. */
static err act_for(struct loading *l)
{
    struct delegation_row d = { 0 };
    struct rows rows = { 0 };
    bool office = false;
    enum admin_area area = ADMIN_NONE;
    struct delegation_key key = { l->row.delegation_id, l->row.account_id, l->today };
    err e = access_store_find_delegation(l->db, &key, l->mem, &d);
    if (err_is(e, "db.no_row"))
        return OK;
    TRY(e);
    struct actor *a = l->actor;
    for (size_t i = 0; i < ACTOR_PERMISSIONS_MAX; i++)
        a->scopes[i] = SCOPE_NONE;
    a->delegator_account_id = d.from_account_id;
    a->delegator_name = d.name;
    a->delegate_agency_id = a->agency_id;
    a->delegate_person_id = a->person_id;
    a->person_id = d.person_id;
    a->member_id = d.member_id;
    a->agency_id = d.agency_id;
    TRY(access_store_list_reach(l->db, d.from_account_id, l->today, l->mem, &rows));
    reach_fold(l->mem, &rows, a, &office, &area);
    keep_only(a, d.permissions, true);
    return OK;
}

/* Whether the site wants a second factor of such an account. Administrators always (GB/T 22239
 * 8.1.4.1 d), but for a demonstration, which says on every page that it is one. */
static bool wants_second_factor(struct rq *rq, bool office, enum admin_area area)
{
    str who = setting_text(rq, "accounts.second_factor");
    bool demo = str_is(who, "none") && setting_find(rq->app, "settings.demo") &&
                setting_on(rq, "settings.demo");
    return (area != ADMIN_NONE && !demo) || str_is(who, "all") || (str_is(who, "office") && office);
}

static bool is_password_old(struct rq *rq, i64 changed_at)
{
    if (!str_is(setting_text(rq, "accounts.password_profile"), "mlps"))
        return false;
    i64 days = setting_number(rq, "accounts.password_days");
    return days > 0 && rq->now_ms - changed_at > days * DAY_MS;
}

static void fill_actor(struct loading *l)
{
    struct actor *a = l->actor;
    const struct login_row *row = &l->row;
    *a = (struct actor){ .account_id = row->account_id,
                         .person_id = row->person_id,
                         .org_id = row->org_id,
                         .agency_id = row->agency_id,
                         .member_id = row->member_id,
                         .login_id = row->id,
                         .name = row->name,
                         .org_name = row->org_name,
                         .csrf = row->csrf,
                         .by_token = l->token,
                         .authenticated_at = row->authenticated_at,
                         .must_change_password = row->must_change_password };
}

/* The password was right, the second factor is still to come: nobody, but with the login's
 * number. */
static void fill_pending(struct loading *l)
{
    const struct login_row *row = &l->row;
    *l->actor = (struct actor){
        .org_id = row->org_id, .login_id = row->id, .org_name = row->org_name, .csrf = row->csrf
    };
}

/* *good tells whether the row counts at all. */
static err load_signed_in(struct loading *l, bool *good)
{
    struct rows rows = { 0 };
    bool office = false;
    enum admin_area area = ADMIN_NONE;
    *good = false;
    if (l->row.ended_at || !str_is(l->row.account_state, "active"))
        return OK;
    db_set_org(l->db, l->row.org_id);
    if (str_is(l->row.state, "pending")) {
        *good = l->now_ms - l->row.created_at < PENDING_MS;
        fill_pending(l);
        return OK;
    }
    fill_actor(l);
    TRY(access_store_list_reach(l->db, l->row.account_id, l->today, l->mem, &rows));
    reach_fold(l->mem, &rows, l->actor, &office, &area);
    if (!is_in_time(l, office))
        return OK;
    *good = true;
    struct rq rq = settings_rq(l);
    if (l->token) {
        if (l->row.permissions.len)
            keep_only(l->actor, l->row.permissions, false);
        return OK;
    }
    l->actor->idle_s = office ? setting_number(&rq, "accounts.office_idle_minutes") * 60
                              : setting_number(&rq, "accounts.member_idle_days") * 86400;
    l->actor->must_enrol = !l->row.enrolled && wants_second_factor(&rq, office, area);
    l->actor->must_change_password =
        l->actor->must_change_password || is_password_old(&rq, l->row.password_changed_at);
    return l->row.delegation_id ? act_for(l) : OK;
}

err access_actor(struct app *app, struct db *db, const struct credentials *credentials,
                 struct arena *mem, struct actor *out, bool *stale)
{
    bool token = credentials->bearer.len > 0, good = false;
    str secret = token ? credentials->bearer : credentials->cookie;
    struct loading l = { .app = app, .db = db, .mem = mem, .actor = out, .token = token };
    l.now_ms = app->clock.now_ms(&app->clock);
    l.today = day_of_ms(l.now_ms);
    *stale = false;
    if (secret.len == 0)
        return visitor(&l);
    str key = arena_printf(mem, "%c%s", token ? 't' : 'l', secret_hash(mem, secret).ptr);
    if (actor_cache_find(key, l.now_ms, mem, out)) {
        db_set_org(db, out->org_id);
        good = true;
    } else {
        err e = token ? access_store_find_token(db, str_sub(key, 1, key.len), mem, &l.row)
                      : access_store_find_login(db, str_sub(key, 1, key.len), mem, &l.row);
        if (e.code != ERR_NONE && !err_is(e, "db.no_row"))
            return e;
        if (e.code == ERR_NONE)
            TRY(load_signed_in(&l, &good));
        if (good)
            actor_cache_keep(key, l.now_ms, out);
    }
    *stale = !good;
    if (!good)
        return visitor(&l);
    if (!credentials->unattended)
        seen_note(&(struct seen){ out->org_id, out->login_id, l.now_ms, token });
    return OK;
}

err access_touch(struct app *app, struct db *db, i64 now_ms)
{
    struct arena *mem = arena_new(1 << 20, 0);
    struct seen *seen = arena_array(mem, TOUCH_MAX, sizeof *seen);
    size_t count = seen_take(seen, TOUCH_MAX);
    i64 before = db_org(db);
    err e = OK;
    (void)app;
    (void)now_ms;
    for (size_t i = 0; i < count && e.code == ERR_NONE; i++) {
        db_set_org(db, seen[i].org_id);
        e = seen[i].token ? access_store_touch_token(db, seen[i].login_id, seen[i].seen_at)
                          : access_store_touch_login(db, seen[i].login_id, seen[i].seen_at);
    }
    db_set_org(db, before);
    arena_free(mem);
    return e;
}

void access_forget(void)
{
    actor_cache_clear();
}
