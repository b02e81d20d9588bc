/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_accounts.h. */
#include "tests/matrix/world_accounts.h"

#include "modules/accounts/account.h"
#include "platform/base/str.h"
#include "tests/matrix/rules.h"
#include "tests/matrix/world.h"

/* ---- accounts ---- */

static void actor_make(struct world *w, enum who who, i64 account_id)
{
    const struct who_kind *kind = &WHO[who];
    struct actor *a = &w->actor[who];
    const char *also = kind->also ? kind->also : "";
    *a = *test_as_role(w->t, arena_printf(w->t->mem, "%s %s", kind->role, also).ptr);
    for (size_t i = 0; i < ACTOR_PERMISSIONS_MAX; i++)
        if (a->scopes[i] != SCOPE_NONE)
            a->scopes[i] = (unsigned char)kind->scope;
    a->account_id = account_id;
    a->org_id = kind->org_id;
    a->person_id = 0;
    a->name = str_of(kind->org_id == ORG_OTHER ? "CANARY-ACCOUNT" : kind->name);
    if (kind->set >= 0 && kind->scope == SCOPE_SELF) {
        a->person_id = w->person[kind->set];
        a->member_id = w->member[kind->set];
    }
    if (kind->set >= 0 && kind->scope == SCOPE_AGENCY)
        a->agency_id = w->agency[kind->set];
}

static const char *scope_name(enum scope scope)
{
    return scope == SCOPE_ORG ? "org" : scope == SCOPE_AGENCY ? "agency" : "self";
}

static err account_make(struct rq *rq, struct world *w, const struct account_new *new, i64 *id)
{
    static str hash; /* hashing takes long: one for all */
    struct account_names names = { str_of("nobodyatall"), str_of("Nobody") };
    if (!hash.len) {
        TRY(account_hash_password(rq, &names, str_of(WORLD_PASSWORD), &hash));
        hash = arena_str(w->t->mem, hash);
    }
    struct account_new account = *new;
    account.password_hash = hash;
    return account_create(rq, &account, id);
}

static err login_make(struct rq *rq, struct world *w, enum who who)
{
    struct actor *a = &w->actor[who];
    i64 account_id = a->account_id, now = rq->now_ms;
    str key = arena_printf(rq->mem, "hash of %s", WHO[who].name);
    return db_insert(rq->db,
                     SQL("INSERT INTO logins (org_id, account_id, token_hash, csrf, state, "
                         "created_at, seen_at, authenticated_at) VALUES (:org, :account_id, :key, "
                         ":key, 'open', :now, :now, :now) RETURNING id",
                         P(account_id), P(key), P(now)),
                     &a->login_id);
}

static err one_account(struct rq *rq, struct world *w, enum who who)
{
    const struct who_kind *kind = &WHO[who];
    i64 id, holding;
    bool person = kind->set >= 0 && kind->scope == SCOPE_SELF;
    struct account_new account = {
        .login_name = str_of(kind->name),
        .name = str_of(kind->org_id == ORG_OTHER ? "CANARY-ACCOUNT" : kind->name),
        .person_id = person ? w->person[kind->set] : 0,
        .member_id = person ? w->member[kind->set] : 0,
        .agency_id = kind->scope == SCOPE_AGENCY ? w->agency[kind->set] : 0
    };
    TRY(account_make(rq, w, &account, &id));
    TRY(account_give_role(rq, id,
                          &(struct holding_new){ .role = str_of(kind->role),
                                                 .scope = str_of(scope_name(kind->scope)) },
                          &holding));
    if (kind->also)
        TRY(account_give_role(rq, id, &(struct holding_new){ .role = str_of(kind->also) }, NULL));
    if (person && who != A_HEAD) {
        w->thing[kind->set][ACCOUNT] = id;
        w->holding[kind->set] = holding;
    }
    if (kind->set >= 0 && str_is(str_of(kind->role), "operator"))
        w->thing[kind->set][OPERATOR] = id;
    actor_make(w, who, id);
    return login_make(rq, w, who);
}

static err accounts_make(struct rq *rq, struct world *w, int set)
{
    i64 id;
    for (enum who who = A_MEMBER; who < WHOS; who++)
        if (WHO[who].org_id == world_org(set) && (set != SET_SECOND))
            TRY(one_account(rq, w, who));
    struct account_new shut = { .login_name = arena_printf(rq->mem, "shut%d", set),
                                .name = str_of(set == SET_FOREIGN ? "CANARY-ACCOUNT" : "Shut") };
    TRY(account_make(rq, w, &shut, &id));
    w->thing[set][ACCOUNT_SHUT] = id;
    struct account_new unbound = { .login_name = arena_printf(rq->mem, "unbound%lld",
                                                              (long long)w->newcomer[set]),
                                   .name = shut.name };
    i64 unbound_id;
    TRY(account_make(rq, w, &unbound, &unbound_id));
    return db_run(rq->db,
                  SQL("UPDATE accounts SET state = 'disabled', disabled_at = 1 "
                      "WHERE org_id = :org AND id = :id",
                      P(id)),
                  NULL);
}

static void nobody_make(struct world *w)
{
    w->actor[NOBODY] = (struct actor){ .org_id = ORG_OWN,
                                       .org_name = str_of("Test"),
                                       .name = str_of(""),
                                       .delegator_name = str_of(""),
                                       .csrf = str_of("") };
}

/* ---- what belongs to an account ---- */

static err rows_make(struct rq *rq, struct world *w, int set)
{
    i64 *thing = w->thing[set], account_id = thing[ACCOUNT], now = rq->now_ms, today = rq->today;
    str key = arena_printf(rq->mem, "hash of set %d", set);
    str words = str_of(set == SET_FOREIGN ? "CANARY-WORDS" : "Words");
    TRY(db_insert(
        rq->db,
        SQL("INSERT INTO logins (org_id, account_id, token_hash, csrf, state, created_at, "
            "seen_at, authenticated_at, agent) "
            "VALUES (:org, :account_id, :key, :key, 'open', :now, "
            ":now, :now, :words) RETURNING id",
            P(account_id), P(key), P(now), P(words)),
        &thing[LOGIN]));
    TRY(db_insert(
        rq->db,
        SQL("INSERT INTO tokens (org_id, account_id, name, token_hash, created_at, expires_at) "
            "VALUES (:org, :account_id, :words, :key, :now, :now + 86400000) RETURNING id",
            P(account_id), P(words), P(key), P(now)),
        &thing[TOKEN]));
    TRY(db_insert(
        rq->db,
        SQL("INSERT INTO delegations (org_id, from_account_id, to_account_id, permissions, "
            "note, from_on, to_on, created_at) VALUES (:org, :account_id, :account_id, "
            "'proposals.write', :words, :today, :today + 9, :now) RETURNING id",
            P(account_id), P(words), P(today), P(now)),
        &thing[DELEGATION]));
    TRY(db_i64(rq->db, SQL("SELECT id FROM roles WHERE org_id = :org AND code = 'editor'"),
               &thing[ROLE]));
    thing[AUDIT] = set == SET_SECOND ? 2 : 1; /* numbered in each organisation */
    return OK;
}

static void accounts_set_up(struct world *w)
{
    nobody_make(w);
    for (int set = 0; set < SETS; set++)
        world_make(w, set, accounts_make);
    for (int set = 0; set < SETS; set++)
        world_make(w, set, rows_make);
}

static i64 accounts_version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM accounts WHERE org_id = :org AND id = :id",
                            P(id)));
}

static const struct thing THINGS_OWN[] = {
    { ACCOUNT, "account", NULL, false },
    { ACCOUNT_SHUT, "account_shut", NULL, false },
    { OPERATOR, "operator", NULL, false },
    { ROLE, "role", NULL, false },
    { AUDIT, "audit", NULL, true /* numbered in each organisation */ },
    { LOGIN, "login", NULL, false },
    { TOKEN, "token", NULL, false },
    { DELEGATION, "delegation", NULL, false },
    { 0 },
};

const struct part PART_OF_ACCOUNTS = { .name = "accounts",
                                       .specimens = SPECIMENS_ACCOUNTS,
                                       .things = THINGS_OWN,
                                       .make = accounts_set_up,
                                       .version = accounts_version,
                                       .first = rules_accounts_first,
                                       .own = rules_accounts_own };
