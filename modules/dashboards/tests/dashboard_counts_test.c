/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Counters are what a recount finds, after every step of whatever road: random steps through the
 * real flows by the API, checked one by one. Both engines, two organisations. */
#include "modules/dashboards/dashboard_facts.h"
#include "modules/proposals/tests/desk_look.h"
#include "modules/transfers/transfer_record.h"
#include "platform/text/texts.h"

enum { STEPS = 500, STEPS_PG = 150, TRIES = 100, SEED = 20261126 };

/* ---- counters are what they must be ---- */

static err verified(struct rq *rq, void *context)
{
    struct dashboard_check check;
    TRY(dashboard_verify(rq, &check));
    if (check.stale || check.counters)
        fail_msg("%s: of %lld subjects %lld are stale, %lld counters are wrong",
                 (const char *)context, (long long)check.subjects, (long long)check.stale,
                 (long long)check.counters);
    return OK;
}

static void assert_counted(struct desk *d, const char *after)
{
    assert_ok(desk_in_org(d, 1, verified, (void *)(size_t)after));
}

static i64 counter(struct desk *d, const char *dimension, const char *code, const char *metric)
{
    str dimension_ = str_of(dimension), code_ = str_of(code), metric_ = str_of(metric);
    i64 value = 0;
    assert_ok(db_i64(d->t->db,
                     SQL("SELECT COALESCE(MAX(value), 0) AS n FROM "
                         "dashboard_counts WHERE org_id = :org AND dimension = :dimension_ AND "
                         "code = :code_ AND metric = :metric_",
                         P(dimension_), P(code_), P(metric_)),
                     &value));
    return value;
}

/* ---- random steps ---- */

static unsigned next_random(unsigned *seed, unsigned below)
{
    *seed = *seed * 1103515245U + 12345U;
    return (*seed >> 8) % below;
}

/* Who acts; of an agency: the one whose assignment or promise it is. */
enum who { MEMBER, STAFF, REVIEWER, DISPATCHER, OPERATOR, LEADER };

static void as_who(struct desk *d, enum who who, size_t agency)
{
    void (*const OFFICE[])(struct desk *) = { desk_as_staff, desk_as_reviewer, desk_as_dispatcher };
    if (who == MEMBER)
        desk_as_member(d, 0);
    else if (who == OPERATOR)
        desk_as_operator(d, agency);
    else if (who == LEADER)
        desk_as_agency_leader(d, agency);
    else
        OFFICE[who - STAFF](d);
}

/* What a reply says besides its class; what somebody says of it. */
#define REPLY                                                           \
    "\"opening\":\"We have it.\",\"results\":[\"adopted\",\"partly\"]," \
    "\"answers\":[\"June.\",\"Ten.\"],\"closing\":\"Thanks.\","         \
    "\"operator\":\"Ding\",\"phone\":\"0883-1234567\",\"public\":true}"
#define VERDICT                                                         \
    "{\"visit\":\"visited\",\"manner\":\"fair\",\"hearing\":\"visit\"," \
    "\"relevance\":\"direct\","                                         \
    "\"handling\":\"satisfied\",\"text\":\"Noted.\",\"result\":"
#define SAID ",\"opinion\":\"Said so.\"}"

/* $0 $1 $2: ids of the agencies; $p: of some other proposal; $d: today; $n: twenty days behind the
 * day it has. */
static const struct move {
    const char *on, *verb;
    enum who who;
    const char *json;
} MOVES[] = {
    { "proposals", "submit", MEMBER, "{\"confirmed\":true}" },
    { "proposals", "revise", REVIEWER, "{\"opinion\":\"Shorter.\"}" },
    { "proposals", "docket", REVIEWER, "{\"category\":\"transport\"}" },
    { "proposals", "docket", REVIEWER, "{\"category\":\"health\"}" },
    { "proposals", "reject", REVIEWER, "{\"reason\":\"empty\",\"destination\":\"refer\"" SAID },
    { "proposals", "divert", REVIEWER, "{\"destination\":\"opinion\"" SAID },
    { "proposals", "reconsider", MEMBER, "{\"consent\":\"no\",\"consent_reason\":\"Names.\"}" },
    { "proposals", "merge", REVIEWER, "{\"main_id\":$p}" },
    { "proposals", "unmerge", REVIEWER, "{\"opinion\":\"Two matters.\"}" },
    { "proposals", "mark", STAFF, "{\"urgent\":true" SAID },
    { "proposals", "assign", DISPATCHER, "{\"mode\":\"sole\",\"host_id\":$0}" },
    { "proposals", "assign", DISPATCHER, "{\"mode\":\"host\",\"host_id\":$0,\"cohosts\":[$1]}" },
    { "proposals", "assign", DISPATCHER, "{\"mode\":\"split\",\"splits\":[$0,$1]}" },
    { "proposals", "ask_withdraw", MEMBER, "{\"opinion\":\"Solved.\"}" },
    { "proposals", "withdraw", REVIEWER, "{}" },
    { "proposals", "keep", REVIEWER, "{\"opinion\":\"Not yet.\"}" },
    { "proposals", "redo", REVIEWER, "{\"opinion\":\"Again.\"}" },
    { "proposals", "mediate", REVIEWER, "{\"opinion\":\"Where?\"}" },
    { "proposals", "settle", REVIEWER,
      "{\"held_on\":\"$d\",\"place\":\"Hall\",\"present\":\"All\",\"agency_said\":\"So.\","
      "\"proposer_said\":\"Well.\",\"result\":\"agreed\",\"satisfaction\":\"fair\"}" },
    { "proposals", "archive", STAFF, "{}" },
    { "assignments", "accept", OPERATOR, "{}" },
    { "assignments", "bounce", OPERATOR, "{\"better_agency_id\":$2" SAID },
    { "assignments", "uphold", DISPATCHER, "{\"opinion\":\"Yours.\"}" },
    { "assignments", "reassign", DISPATCHER, "{\"agency_id\":$2}" },
    { "assignments", "reassign", DISPATCHER, "{\"agency_id\":$0}" },
    { "assignments", "contact", OPERATOR,
      "{\"way\":\"visit\",\"held_on\":\"$d\",\"with_whom\":\"Li\",\"content\":\"Seen.\"}" },
    { "assignments", "contact", OPERATOR,
      "{\"way\":\"phone\",\"held_on\":\"$d\",\"with_whom\":\"Li\",\"content\":\"Heard.\"}" },
    { "assignments", "extend", OPERATOR, "{\"to_on\":\"$n\"" SAID },
    { "assignments", "decide_extension", DISPATCHER, "{\"decision\":\"granted\"}" },
    { "assignments", "contribute", OPERATOR,
      "{\"body\":\"Ours.\",\"operator\":\"Ding\",\"phone\":\"0883-1234567\"}" },
    { "assignments", "sign_contribution", LEADER, "{\"signer\":\"Mo\"}" },
    { "assignments", "reply", OPERATOR, "{\"class\":\"a\"," REPLY },
    { "assignments", "reply", OPERATOR, "{\"class\":\"c\"," REPLY },
    { "assignments", "reply", OPERATOR,
      "{\"class\":\"b\",\"promise_texts\":[\"A bus\"],\"promise_days\":[\"2027-11-30\"],"
      "\"promise_owners\":[\"Zhao\"]," REPLY },
    { "assignments", "sign", LEADER, "{\"signer\":\"He\"}" },
    { "assignments", "redraft", LEADER, "{\"opinion\":\"Clearer.\"}" },
    { "assignments", "evaluate", MEMBER, VERDICT "\"satisfied\"}" },
    { "assignments", "evaluate", MEMBER, VERDICT "\"fair\"}" },
    { "assignments", "evaluate", MEMBER, VERDICT "\"dissatisfied\"}" },
    { "promises", "progress", OPERATOR, "{\"percent\":40" SAID },
    { "promises", "meet", OPERATOR, "{\"opinion\":\"It runs.\"}" },
    { "promises", "confirm", STAFF, "{}" },
    { "promises", "miss", STAFF, "{\"opinion\":\"Nothing came.\"}" },
    { "promises", "renew", OPERATOR, "{\"to_on\":\"$n\"" SAID },
    { "promises", "decide_renewal", STAFF, "{\"decision\":\"granted\"}" },
    { "promises", "reopen", STAFF, "{\"to_on\":\"$n\"" SAID },
};
enum { MOVE_COUNT = sizeof MOVES / sizeof *MOVES };

/* What a move is made on. */
struct subject {
    i64 id, version, agency_id, due_on;
};

static const struct field SUBJECT_ROW[] = {
    FIELD(struct subject, id),
    FIELD(struct subject, version),
    FIELD(struct subject, agency_id),
    FIELD(struct subject, due_on),
    { 0 },
};

static struct rows subjects(struct desk *d, const char *on)
{
    struct rows rows = { .size = sizeof(struct subject) };
    err e = *on == 'a' ? db_list(d->t->db,
                                 SQL("SELECT id, version, agency_id, due_on FROM assignments WHERE "
                                     "org_id = :org ORDER BY id"),
                                 SUBJECT_ROW, d->t->mem, &rows)
            : strcmp(on, "promises") == 0
                ? db_list(d->t->db,
                          SQL("SELECT id, version, agency_id, due_on FROM promises WHERE org_id = "
                              ":org ORDER BY id"),
                          SUBJECT_ROW, d->t->mem, &rows)
                : db_list(d->t->db,
                          SQL("SELECT id, version, 0 AS agency_id, due_on FROM proposals WHERE "
                              "org_id = :org ORDER BY id"),
                          SUBJECT_ROW, d->t->mem, &rows);
    assert_ok(e);
    return rows;
}

static const char *json_of(struct desk *d, const char *form, const struct subject *s, i64 other)
{
    struct buf *b = buf_new(d->t->mem, 2000);
    i64 today = day_of_ms(d->t->app.clock.fixed_ms);
    for (const char *c = form; *c; c++)
        if (*c != '$')
            buf_put_byte(b, *c);
        else if (*++c == 'p')
            buf_printf(b, "%lld", (long long)other);
        else if (*c == 'd' || *c == 'n')
            buf_add(b, text_day(d->t->mem, *c == 'd' ? today : s->due_on + 20));
        else
            buf_printf(b, "%lld", (long long)d->agency[*c - '0']);
    return arena_cstr(d->t->mem, buf_str(b));
}

static size_t agency_of(const struct desk *d, i64 agency_id)
{
    size_t agency = 0;
    while (agency < DESK_AGENCIES - 1 && d->agency[agency] != agency_id)
        agency++;
    return agency;
}

/* One move that the house allows, or none of some tries. Gives its number, -1 for none. */
static int step(struct desk *d, unsigned *seed, const int done[])
{
    static const char *const ON[] = { "proposals", "assignments", "assignments", "promises" };
    for (int i = 0; i < TRIES; i++) {
        unsigned number = next_random(seed, MOVE_COUNT);
        const struct move *m = &MOVES[number];
        if (strcmp(m->on, ON[next_random(seed, 4)]) != 0 || /* each road as often, and a step */
            next_random(seed, 1U + (unsigned)done[number] / 4) > 0) /* walked often only seldom */
            continue;
        struct rows all = subjects(d, m->on), others = subjects(d, "proposals");
        if (all.count == 0)
            continue;
        const struct subject *s = all.items, *o = others.items;
        s += next_random(seed, (unsigned)all.count);
        o += next_random(seed, (unsigned)others.count);
        as_who(d, m->who, agency_of(d, s->agency_id));
        str path = arena_printf(d->t->mem, "/api/v1/%s/%lld/%s", m->on, (long long)s->id, m->verb);
        const char *json = test_versioned(d->t, json_of(d, m->json, s, o->id), s->version);
        if (test_api(d->t, POST, path.ptr, json).status == 200)
            return (int)number;
    }
    return -1;
}

static void every_step_counts_what_it_changes(void **state)
{
    struct desk *d = *state;
    unsigned seed = SEED;
    int done[MOVE_COUNT] = { 0 };
    for (int i = 0; i < (db_engine(d->t->db) == DB_SQLITE ? STEPS : STEPS_PG); i++) {
        i64 (*const BEGIN[])(struct desk *, const char *) = {
            desk_draft,    desk_submitted, desk_submitted,         desk_docketed,
            desk_assigned, desk_answered,  desk_twice_dissatisfied
        };
        if (next_random(&seed, 8) == 0)
            BEGIN[next_random(&seed, 7)](d, "A line");
        if (next_random(&seed, 10) == 0)
            d->t->app.clock.fixed_ms += 86400000;
        int number = step(d, &seed, done);
        if (number < 0)
            continue;
        done[number]++;
        assert_counted(d, MOVES[number].verb);
    }
    size_t kinds = 0;
    for (size_t i = 0; i < MOVE_COUNT; i++) {
        kinds += done[i] > 0;
        if (getenv("HUOTANG_TEST_LOG"))
            fprintf(stderr, "%3d %s %s\n", done[i], MOVES[i].on, MOVES[i].verb);
    }
    assert_true(kinds * 4 >= MOVE_COUNT * 3); /* three of four roads were walked */
}

/* ---- what changes without a step ---- */

static err record_again(struct rq *rq, void *context)
{
    struct transfer_record *r = context;
    char result;
    i64 id;
    return transfer_save_record(rq, r, &id, &result);
}

static err verify_other(struct rq *rq, void *context)
{
    return verified(rq, context);
}

static void lists_corrections_and_looks_count_too(void **state)
{
    struct desk *d = *state;
    str names[] = { str_of("Li"), str_of("Wang") };
    struct transfer_record r = { .title = str_of("A bridge"),
                                 .situation = str_of("One bridge."),
                                 .analysis = str_of("It is old."),
                                 .kind = str_of("personal"),
                                 .category = str_of("transport"),
                                 .source = str_of("list"),
                                 .source_id = str_of("7"),
                                 .proposers = { names, 1 } };
    assert_ok(desk_in_org(d, 1, record_again, &r));
    assert_counted(d, "a list");
    assert_int_equal(counter(d, "kind", "personal", "received"), 1);
    assert_int_equal(counter(d, "category", "transport", "received"), 1);
    r.kind = str_of("joint");
    r.category = str_of("health");
    r.proposers.count = 2;
    assert_ok(desk_in_org(d, 1, record_again, &r));
    assert_counted(d, "the list again");
    assert_int_equal(counter(d, "kind", "personal", "received"), 0);
    assert_int_equal(counter(d, "kind", "joint", "received"), 1);
    assert_int_equal(counter(d, "all", "", "signers"), 2);
    assert_ok(desk_in_org(d, OTHER_ORG, verify_other, (void *)(size_t) "the other house"));
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) AS n FROM dashboard_facts WHERE org_id = "
                                       ":org")),
                     1);
}

/* What is merged counts as merged, and as before when that is undone. */
static void merging_moves_a_case_and_back(void **state)
{
    struct desk *d = *state;
    i64 main = desk_docketed(d, "A bridge"), other = desk_docketed(d, "The same bridge");
    desk_as_reviewer(d);
    str json = arena_printf(d->t->mem, "{\"main_id\":%lld}", (long long)main);
    assert_int_equal(desk_act(d, other, "merge", json.ptr), 200);
    assert_counted(d, "merge");
    assert_int_equal(counter(d, "category", "transport", "docketed"), 1);
    assert_int_equal(counter(d, "category", "transport", "merged"), 1);
    assert_int_equal(desk_act(d, other, "unmerge", "{\"opinion\":\"Two matters.\"}"), 200);
    assert_counted(d, "unmerge");
    assert_int_equal(counter(d, "category", "transport", "docketed"), 2);
    assert_int_equal(counter(d, "category", "transport", "merged"), 0);
}

/* 900 proposals of a session whose days are corrected: the memory of one request (16 MiB). */
static err correct_many(struct rq *rq, void *context)
{
    enum { MANY = 900 };
    i64 like = *(const i64 *)context, session_id;
    TRY(db_i64(rq->db,
               SQL("SELECT session_id FROM proposals WHERE org_id = :org AND id = :like", P(like)),
               &session_id));
    for (i64 n = 1; n < MANY; n++)
        TRY(db_run(rq->db,
                   SQL("INSERT INTO proposals (org_id, session_id, timing, kind, state, serial, "
                       "title, created_at, created_by, updated_at, submitted_at, situation, "
                       "analysis) SELECT org_id, session_id, timing, kind, state, serial + :n, "
                       "title, created_at, created_by, updated_at, submitted_at, situation, "
                       "analysis FROM proposals WHERE org_id = :org AND id = :like",
                       P(n), P(like)),
                   NULL));
    TRY(dashboard_recount(rq));
    TRY(db_run(rq->db,
               SQL("UPDATE proposals SET timing = CASE WHEN timing = 'during' THEN 'between' ELSE "
                   "'during' END WHERE org_id = :org AND session_id = :session_id",
                   P(session_id)),
               NULL));
    struct arena *mem = arena_new((size_t)16 << 20, 0), *was = rq->mem;
    rq->mem = mem;
    err e = on_dashboard_session_corrected(rq, session_id, NULL);
    rq->mem = was;
    assert_false(arena_is_over(mem));
    arena_free(mem);
    return e;
}

static void a_session_of_many_proposals_can_be_corrected(void **state)
{
    struct desk *d = *state;
    i64 id = desk_submitted(d, "A line");
    assert_ok(desk_in_org(d, 1, correct_many, &id));
    assert_counted(d, "many");
}

/* A counter that is wrong is found. */
static void a_recount_finds_what_is_wrong(void **state)
{
    struct desk *d = *state;
    struct rq rq = test_system_rq(d->t);
    struct dashboard_check check;
    desk_closed(d, "A line");
    assert_ok(db_run(d->t->db,
                     SQL("UPDATE dashboard_counts SET value = value + 1 WHERE org_id = :org AND "
                         "dimension = 'all' AND metric = 'received'"),
                     NULL));
    assert_ok(dashboard_verify(&rq, &check));
    assert_int_equal(check.stale, 0);
    assert_int_equal(check.counters, 1);
    assert_ok(db_run(d->t->db, /* signers are counted of all together alone */
                     SQL("INSERT INTO dashboard_counts (org_id, session_id, dimension, code, "
                         "metric, value) SELECT org_id, session_id, 'kind', 'personal', metric, 1 "
                         "FROM dashboard_counts WHERE org_id = :org AND dimension = 'all' AND "
                         "metric = 'signers'"),
                     NULL));
    assert_ok(dashboard_verify(&rq, &check));
    assert_int_equal(check.counters, 2);
    assert_ok(db_run(d->t->db,
                     SQL("DELETE FROM dashboard_facts WHERE org_id = :org AND source = "
                         "'proposals'"),
                     NULL));
    assert_ok(dashboard_verify(&rq, &check));
    assert_int_equal(check.stale, 1);
    assert_true(check.counters > 1);
    assert_ok(dashboard_recount(&rq));
    assert_counted(d, "a recount");
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(every_step_counts_what_it_changes), T(lists_corrections_and_looks_count_too),
        T(merging_moves_a_case_and_back),     T(a_session_of_many_proposals_can_be_corrected),
        T(a_recount_finds_what_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
