/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world.h. Bodies, people and accounts by the modules' rules; cases by requests (cases.c); what
 * cannot be made twice by a request in one moment (log-ins, delegations) by a row. */
#include "tests/matrix/world.h"

#include "modules/accounts/account.h"
#include "modules/members/member.h"
#include "modules/orgs/org.h"
#include "platform/base/str.h"
#include "tests/harness/test_err.h"
#include "tests/matrix/cases.h"

extern const struct module *const MODULES[];

const char WORLD_PASSWORD[] = "Quiet-River-2026-stone";

#define CANARY_IDENTITY "530102199003077891"
#define CANARY_PHONE    "13911112222"

const char *const CANARIES[] = { "CANARY", CANARY_IDENTITY, CANARY_PHONE, NULL };

const struct who_kind WHO[WHOS] = {
    [NOBODY] = { "nobody", "", SCOPE_NONE, -1, 0 },
    [A_MEMBER] = { "member", "member", SCOPE_SELF, SET_FIRST, ORG_OWN },
    [A_HEAD] = { "head", "head", SCOPE_SELF, SET_FIRST, ORG_OWN },
    [A_STAFF] = { "staff", "staff", SCOPE_ORG, -1, ORG_OWN },
    [AN_EDITOR] = { "editor", "editor", SCOPE_ORG, -1, ORG_OWN },
    [A_REVIEWER] = { "reviewer", "reviewer", SCOPE_ORG, -1, ORG_OWN },
    [A_DISPATCHER] = { "dispatcher", "dispatcher", SCOPE_ORG, -1, ORG_OWN },
    [AN_OPERATOR] = { "operator", "operator", SCOPE_AGENCY, SET_FIRST, ORG_OWN },
    [A_LEADER] = { "leader", "agency_leader", SCOPE_AGENCY, SET_FIRST, ORG_OWN },
    [A_CHIEF] = { "chief", "leader", SCOPE_ORG, -1, ORG_OWN },
    [A_SYSADMIN] = { "sysadmin", "sysadmin", SCOPE_ORG, -1, ORG_OWN },
    [A_SECADMIN] = { "secadmin", "secadmin", SCOPE_ORG, -1, ORG_OWN },
    [AN_AUDITOR] = { "auditor", "auditor", SCOPE_ORG, -1, ORG_OWN },
    [A_KEEPER] = { "keeper", "keeper", SCOPE_SELF, -1, ORG_OWN },
    [A_CORRESPONDENT] = { "correspondent", "correspondent", SCOPE_SELF, -1, ORG_OWN },
    [A_PUBLISHER] = { "publisher", "publisher", SCOPE_ORG, -1, ORG_OWN },
    [ANOTHER_MEMBER] = { "member2", "member", SCOPE_SELF, SET_SECOND, ORG_OWN },
    [ANOTHER_OPERATOR] = { "operator2", "operator", SCOPE_AGENCY, SET_SECOND, ORG_OWN },
    [ANOTHER_LEADER] = { "leader2", "agency_leader", SCOPE_AGENCY, SET_SECOND, ORG_OWN },
    [FOREIGN_MEMBER] = { "member3", "member", SCOPE_SELF, SET_FOREIGN, ORG_OTHER },
    [FOREIGN_OPERATOR] = { "operator3", "operator", SCOPE_AGENCY, SET_FOREIGN, ORG_OTHER },
    [FOREIGN_LEADER] = { "leader3", "agency_leader", SCOPE_AGENCY, SET_FOREIGN, ORG_OTHER },
    [FOREIGN_STAFF] = { "staff3", "staff", SCOPE_ORG, -1, ORG_OTHER },
    [FOREIGN_REVIEWER] = { "reviewer3", "reviewer", SCOPE_ORG, -1, ORG_OTHER },
    [FOREIGN_DISPATCHER] = { "dispatcher3", "dispatcher", SCOPE_ORG, -1, ORG_OTHER },
};

/* ---- bodies and people ---- */

static i64 org_of(int set)
{
    return set == SET_FOREIGN ? ORG_OTHER : ORG_OWN;
}

struct making {
    struct world *w;
    int set;
    err (*fn)(struct rq *rq, struct world *w, int set);
};

static err make_in_org(struct rq *rq, void *context)
{
    const struct making *m = context;
    struct actor actor = *rq->actor;
    actor.org_id = org_of(m->set);
    rq->actor = &actor;
    db_set_org(rq->db, actor.org_id);
    err e = m->fn(rq, m->w, m->set);
    db_set_org(rq->db, m->w->t->org);
    return e;
}

static void make(struct world *w, int set, err (*fn)(struct rq *, struct world *, int))
{
    struct making making = { w, set, fn };
    assert_ok(test_write(w->t, make_in_org, &making));
}

/* One area for all sets. */
static err area_make(struct rq *rq, struct world *w, int set)
{
    return db_insert(rq->db,
                     SQL("INSERT INTO areas (code, name, level) VALUES ('5301', 'Kunming', "
                         "'city') RETURNING id"),
                     &w->thing[set][AN_AREA]);
}

/* The row of the cppcc itself, which has its organisation's number. */
static err cppcc_make(struct rq *rq, struct world *w, int set)
{
    i64 id = 0;
    str name = str_of(set == SET_FOREIGN ? "CANARY-CPPCC" : "Cppcc");
    if (set == SET_SECOND)
        return OK;
    (void)w;
    TRY(db_insert(rq->db,
                  SQL("INSERT INTO orgs (org_id, kind, name) VALUES "
                      "(:org, 'cppcc', :name) RETURNING id",
                      P(name)),
                  &id));
    return id == rq->actor->org_id ? OK : err_make(ERR_INTERNAL, "test.cppcc");
}

static err agency_make(struct rq *rq, const char *name, i64 *id)
{
    struct org org = { .kind = str_of("department"), .name = str_of(name), .agency = true };
    return org_save(rq, &org, id);
}

static const char *const SECTORS[] = { "Economy", "Science", "CANARY-SECTOR" };

static err session_make(struct rq *rq, struct world *w, int set)
{
    i64 opened = rq->today - 300, id;
    struct session session;
    w->session[set] = w->session[0];
    TRY(sector_save(rq, str_of(SECTORS[set]), 1, &w->sector[set]));
    w->thing[set][SECTOR] = w->sector[set];
    for (enum thing thing = SESSION; thing <= AN_AREA; thing++)
        if (thing != SECTOR)
            w->thing[set][thing] = w->thing[0][thing];
    if (set == SET_SECOND)
        return OK;
    TRY(committee_save(rq, str_of(set == SET_FOREIGN ? "CANARY-COMMITTEE" : "Law"), 1, &id));
    w->thing[set][COMMITTEE] = id;
    TRY(session_add(
        rq,
        &(struct session){
            .term_number = 6, .number = 3, .opened_on = opened, .closed_on = opened + 4 },
        &w->session[set]));
    w->thing[set][SESSION] = w->session[set];
    TRY(session_find(rq, w->session[set], &session));
    w->thing[set][TERM] = session.term_id;
    return OK;
}

static err member_make(struct rq *rq, struct world *w, int set)
{
    static const char *const NAMES[] = { "Lihua", "Wanglei", "CANARY-NAME" };
    static const char *const IDENTITIES[] = { "", "", CANARY_IDENTITY };
    static const char *const PHONES[] = { "13800000001", "13800000002", CANARY_PHONE };
    bool foreign = set == SET_FOREIGN;
    struct member member;
    char result;
    struct member_record record = {
        .name = str_of(NAMES[set]),
        .code = arena_printf(w->t->mem, "%s%d", foreign ? "CANARYCODE" : "W", set + 1),
        .identity = str_of(IDENTITIES[set]),
        .phone = str_of(PHONES[set]),
        .address = str_of(foreign ? "CANARY-ADDRESS in a quiet street" : "High street"),
        .mail = str_of(foreign ? "canary@CANARY.cn" : ""),
        .employer = str_of(foreign ? "CANARY-EMPLOYER" : "Tea works"),
        .sector = str_of(SECTORS[set]),
        .birth_on = BIRTH_UNKNOWN,
        .from_on = rq->today - 700,
        .term_number = 6
    };
    TRY(member_save_record(rq, &record, &w->member[set], &result));
    TRY(member_find(rq, w->member[set], &member));
    w->person[set] = member.person_id;
    w->thing[set][MEMBER] = w->member[set];
    record = (struct member_record){ .name = str_of(foreign ? "CANARY-NEWCOMER" : "Newcomer"),
                                     .code = arena_printf(w->t->mem, "%s%d",
                                                          foreign ? "CANARYN" : "N", set),
                                     .sector = record.sector,
                                     .birth_on = BIRTH_UNKNOWN,
                                     .from_on = rq->today - 700,
                                     .term_number = 6 };
    TRY(member_save_record(rq, &record, &w->newcomer[set], &result));
    w->thing[set][NEWCOMER] = w->newcomer[set];
    return OK;
}

static err house_make(struct rq *rq, struct world *w, int set)
{
    static const char *const AGENCIES[] = { "Roads", "Health", "CANARY-AGENCY" };
    static const char *const SPARES[] = { "Schools", "Water", "CANARY-SPARE" };
    TRY(session_make(rq, w, set));
    TRY(agency_make(rq, AGENCIES[set], &w->agency[set]));
    TRY(agency_make(rq, SPARES[set], &w->spare[set]));
    w->thing[set][ORG] = w->agency[set];
    return member_make(rq, w, set);
}

/* ---- accounts ---- */

static void actor_make(struct world *w, enum who who, i64 account_id)
{
    const struct who_kind *kind = &WHO[who];
    struct actor *a = &w->actor[who];
    *a = *test_as_role(w->t, kind->role);
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
        if (WHO[who].org_id == org_of(set) && (set != SET_SECOND))
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

/* ---- what belongs to an account ---- */

static err own_rows(struct rq *rq, struct world *w, int set)
{
    i64 *thing = w->thing[set], account_id = thing[ACCOUNT], now = rq->now_ms, today = rq->today;
    i64 operator_id = w->actor[set == SET_FIRST    ? AN_OPERATOR
                               : set == SET_SECOND ? ANOTHER_OPERATOR
                                                   : FOREIGN_OPERATOR]
                          .account_id;
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
    TRY(db_insert(rq->db,
                  SQL("INSERT INTO deliveries (org_id, account_id, words, url, once_key, sent_at) "
                      "VALUES (:org, :account_id, :words, '/home', '', :now) RETURNING id",
                      P(account_id), P(words), P(now)),
                  &thing[DELIVERY]));
    TRY(db_insert(rq->db,
                  SQL("INSERT INTO list_views (org_id, account_id, list, name, query, saved_at) "
                      "VALUES (:org, :account_id, 'proposals', :words, '', :now) RETURNING id",
                      P(account_id), P(words), P(now)),
                  &thing[PROPOSAL_VIEW]));
    return db_insert(
        rq->db,
        SQL("INSERT INTO list_views (org_id, account_id, list, name, query, saved_at) "
            "VALUES (:org, :operator_id, 'assignments', :words, '', :now) RETURNING id",
            P(operator_id), P(words), P(now)),
        &thing[ASSIGNMENT_VIEW]);
}

static err org_rows(struct rq *rq, struct world *w, int set)
{
    i64 *thing = w->thing[set], person_id = w->person[set];
    i64 now = rq->now_ms, today = rq->today;
    str words = str_of(set == SET_FOREIGN ? "CANARY-WISH" : "Wish");
    TRY(db_insert(
        rq->db,
        SQL("INSERT INTO amendments (org_id, person_id, field, before, after, state, asked_at) "
            "VALUES (:org, :person_id, 'job', '', :words, 'asked', :now) RETURNING id",
            P(person_id), P(words), P(now)),
        &thing[AMENDMENT]));
    TRY(db_i64(rq->db, SQL("SELECT id FROM roles WHERE org_id = :org AND code = 'editor'"),
               &thing[ROLE]));
    thing[AUDIT] = set == SET_SECOND ? 2 : 1; /* numbered in each organisation */
    return db_insert(rq->db,
                     SQL("INSERT INTO tenures (org_id, person_id, body, body_id, post, from_on) "
                         "SELECT :org, :person_id, 'committee', c.id, 'director', :today - 9 "
                         "FROM committees c WHERE c.org_id = :org LIMIT 1 RETURNING id",
                         P(person_id), P(today)),
                     &w->tenure[set]);
}

static void nobody_make(struct world *w)
{
    w->actor[NOBODY] = (struct actor){ .org_id = ORG_OWN,
                                       .org_name = str_of("Test"),
                                       .name = str_of(""),
                                       .delegator_name = str_of(""),
                                       .csrf = str_of("") };
}

int world_setup(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    if (!w)
        return 1;
    w->t = test_app_new(MODULES);
    assert_ok(db_open(w->t->app.config.db, DB_READ, &w->read));
    nobody_make(w);
    for (int set = 0; set < SETS; set++)
        make(w, set, cppcc_make);
    make(w, SET_FIRST, area_make);
    for (int set = 0; set < SETS; set++)
        make(w, set, house_make);
    for (int set = 0; set < SETS; set++)
        make(w, set, accounts_make);
    for (int set = 0; set < SETS; set++)
        make(w, set, own_rows);
    for (int set = 0; set < SETS; set++)
        make(w, set, org_rows);
    for (int set = 0; set < SETS; set++)
        cases_make(w, set);
    *state = w;
    return 0;
}

int world_teardown(void **state)
{
    struct world *w = *state;
    db_close(w->read);
    test_app_free(w->t);
    free(w);
    return 0;
}

struct reply world_ask(struct world *w, enum who who, const struct rehearsal *asked)
{
    struct rehearsal r = *asked;
    test_as(w->t, &w->actor[who]);
    r.t = w->t;
    r.read = w->read;
    if (!r.forged)
        r.token = w->actor[who].csrf;
    return rehearse(&r);
}

i64 world_number(struct db *db, i64 org_id, struct sql sql)
{
    i64 n = 0, own = db_org(db);
    db_set_org(db, org_id);
    assert_ok(db_i64(db, sql, &n));
    db_set_org(db, own);
    return n;
}
