/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The engine on a sample flow, on both engines (HUOTANG_TEST_DB): who may do what, history,
 * deadlines with dates counted by hand, to-dos of every role, variants, two organisations, and a
 * random walk that keeps what must always hold. Permissions, audit, notices and events are fakes
 * that count here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "embed.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/flow/tests/sample.h"
#include "platform/flow/tests/stage.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"

/* ---- fakes ---- */

enum { READ, WRITE, DOCKET, ASSIGN, REPLY, PERMISSION_COUNT };
static const char *const NAMES[] = { "samples.read", "samples.write", "samples.docket",
                                     "samples.assign", "samples.reply" };
static struct {
    i64 audits, notices, events;
    char act[40], before[20], after[20];
    struct notify_to to;
    char words[40];
    i64 event_id;
    char event_from[20];
} seen;

int permission_number(const char *name)
{
    for (int i = 0; i < PERMISSION_COUNT; i++)
        if (strcmp(NAMES[i], name) == 0)
            return i;
    return -1;
}

enum scope actor_scope(const struct actor *actor, const char *permission)
{
    assert_true(permission_number(permission) >= 0);
    return actor->scopes[permission_number(permission)];
}

bool actor_may(const struct actor *actor, const char *permission)
{
    return actor_scope(actor, permission) != SCOPE_NONE;
}

static void keep(char *to, size_t size, str text)
{
    snprintf(to, size, "%.*s", (int)text.len, text.len ? text.ptr : "");
}

err audit_add(struct rq *rq, const struct audit_entry *entry)
{
    (void)rq;
    seen.audits++;
    keep(seen.act, sizeof seen.act, str_of(entry->act));
    keep(seen.before, sizeof seen.before, entry->before);
    keep(seen.after, sizeof seen.after, entry->after);
    return OK;
}

err notify_send(struct rq *rq, const struct notify_to *to, const struct notify_message *message)
{
    (void)rq;
    seen.notices++;
    seen.to = *to;
    keep(seen.words, sizeof seen.words, message->arg[0]);
    return OK;
}

err event_emit(struct rq *rq, const char *event, i64 id, const void *fact)
{
    const struct flow_step *step = fact;
    (void)rq;
    if (strcmp(event, "flow.stepped") == 0)
        return OK; /* after each step, whatever the table says */
    seen.events++;
    seen.event_id = id;
    assert_string_equal(event, "samples.docketed");
    keep(seen.event_from, sizeof seen.event_from, step->from);
    return OK;
}

/* ---- people ---- */

static struct actor member = { .account_id = 1, .person_id = 11, .org_id = STAGE_ORG };
static struct actor other_member = { .account_id = 2, .person_id = 12, .org_id = STAGE_ORG };
static struct actor clerk = { .account_id = 3, .person_id = 13, .org_id = STAGE_ORG };
static struct actor operator_ = {
    .account_id = 4, .person_id = 14, .agency_id = 31, .org_id = STAGE_ORG
};
static struct actor other_operator = {
    .account_id = 5, .person_id = 15, .agency_id = 32, .org_id = STAGE_ORG
};
static struct actor stranger = { .account_id = 6, .person_id = 13, .org_id = STAGE_OTHER_ORG };

static void people_make(void)
{
    struct actor *members[] = { &member, &other_member };
    struct actor *clerks[] = { &clerk, &stranger };
    struct actor *operators[] = { &operator_, &other_operator };
    for (int i = 0; i < 2; i++) {
        members[i]->scopes[READ] = members[i]->scopes[WRITE] = SCOPE_SELF;
        clerks[i]->scopes[READ] = clerks[i]->scopes[DOCKET] = clerks[i]->scopes[ASSIGN] = SCOPE_ORG;
        operators[i]->scopes[READ] = operators[i]->scopes[REPLY] = SCOPE_AGENCY;
    }
    member.name = str_of("Member");
    clerk.name = str_of("Clerk");
    operator_.name = str_of("Operator");
}

/* ---- stage ---- */

static struct stage stage;

static int set_up(void **state)
{
    (void)state;
    static const struct module *const MODULE_LIST[] = { &SAMPLE_MODULE, NULL };
    static struct embed_file files[2];
    files[0] = (struct embed_file){ "0001_samples.sql", (const unsigned char *)SAMPLE_SCHEMA,
                                    strlen(SAMPLE_SCHEMA) };
    static struct db_schema schemas[] = {
        { "settings", settings_schema }, { "flow", flow_schema }, { "samples", files }, { 0 }
    };
    people_make();
    stage_open(&stage, MODULE_LIST, schemas);
    return 0;
}
static int tear_down(void **state)
{
    (void)state;
    stage_close(&stage);
    return 0;
}
static int begin(void **state)
{
    (void)state;
    stage.app.clock = clock_fixed(day_start_ms(stage_day("2026-11-25")) + 10 * 3600 * 1000);
    stage_begin(&stage);
    memset(&seen, 0, sizeof seen);
    return 0;
}
static int end(void **state)
{
    (void)state;
    stage_end(&stage);
    return 0;
}

static void today_is(const char *day)
{
    stage.app.clock = clock_fixed(day_start_ms(stage_day(day)) + 9 * 3600 * 1000);
}

static err act_with(struct actor *actor, i64 id, const char *verb, const struct sample_input *input)
{
    struct rq *rq = stage_rq(&stage, actor);
    rq->input = input;
    return flow_act(rq, &SAMPLE_FLOW, id, verb, 0);
}

static void act(struct actor *actor, i64 id, const char *verb)
{
    static const struct sample_input NO_WORDS = { .opinion = { "", 0 } };
    stage_expect(act_with(actor, id, verb, &NO_WORDS), NULL);
}

static struct sample now_of(i64 id)
{
    return sample_read(stage_rq(&stage, &clerk), id);
}

static i64 new_paper(const char *title)
{
    return sample_new(stage_rq(&stage, &member), title, member.person_id);
}

/* A paper brought to a state by the shortest way. */
static i64 paper_in(const char *state)
{
    static const struct {
        const char *state, *verb;
        struct actor *actor;
    } WAY[] = { { "submitted", "submit", &member },
                { "docketed", "docket", &clerk },
                { "assigned", "assign", &clerk },
                { "replied", "reply", &operator_ },
                { "assigned", "evaluate", &member } };
    i64 id = new_paper("Paper");
    if (strcmp(state, "revising") == 0 || strcmp(state, "rejected") == 0) {
        act(&member, id, "submit");
        act(&clerk, id, strcmp(state, "revising") == 0 ? "revise" : "reject");
        return id;
    }
    for (size_t i = 0; !str_is(now_of(id).state, state); i++)
        act(WAY[i].actor, id, WAY[i].verb);
    return id;
}

/* ---- tests ---- */

static void only_the_right_one_acts_in_the_right_state(void **state)
{
    (void)state;
    static const struct {
        const char *state, *verb;
        struct actor *actor;
        const char *fault, *after;
    } CASES[] = {
        { "draft", "submit", &member, NULL, "submitted" },
        { "draft", "submit", &other_member, "samples.not_yours", "draft" },
        { "draft", "submit", &clerk, "flows.may_not", "draft" },
        { "draft", "docket", &clerk, "flows.state", "draft" },
        { "draft", "nonsense", &clerk, "flows.verb", "draft" },
        { "revising", "submit", &member, NULL, "submitted" },
        { "submitted", "submit", &member, "flows.state", "submitted" },
        { "submitted", "docket", &member, "flows.may_not", "submitted" },
        { "submitted", "docket", &clerk, NULL, "docketed" },
        { "submitted", "docket", &stranger, "db.no_row", "submitted" },
        { "submitted", "revise", &clerk, NULL, "revising" },
        { "submitted", "reject", &clerk, NULL, "rejected" },
        { "submitted", "spoil", &clerk, "samples.refused", "submitted" },
        { "submitted", "lapse", &clerk, "flows.may_not", "submitted" },
        { "docketed", "assign", &clerk, NULL, "assigned" },
        { "docketed", "reply", &operator_, "db.no_row", "docketed" }, /* not yet its case */
        { "assigned", "assign", &clerk, NULL, "assigned" },
        { "assigned", "reply", &operator_, NULL, "replied" },
        { "assigned", "reply", &other_operator, "db.no_row", "assigned" },
        { "assigned", "wait", &operator_, NULL, "assigned" },
        { "replied", "evaluate", &member, NULL, "assigned" }, /* not satisfied */
        { "replied", "evaluate", &other_member, "samples.not_yours", "replied" },
        { "rejected", "submit", &member, "flows.state", "rejected" },
        { "rejected", "lapse", &clerk, "flows.state", "rejected" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        stage_expect(db_savepoint(stage.db), NULL);
        i64 id = paper_in(CASES[i].state);
        i64 version = now_of(id).version;
        static const struct sample_input NO_WORDS = { .opinion = { "", 0 } };
        err e = act_with(CASES[i].actor, id, CASES[i].verb, &NO_WORDS);
        if (CASES[i].fault ? !err_is(e, CASES[i].fault) : e.code != ERR_NONE)
            fail_msg("row %zu: %s", i, e.name ? e.name : "OK");
        if (!str_is(now_of(id).state, CASES[i].after))
            fail_msg("row %zu: state", i);
        if (!CASES[i].fault)
            assert_true(now_of(id).version > version);
        else if (strcmp(CASES[i].fault, "samples.refused") != 0)
            assert_int_equal(now_of(id).version, version);
        db_savepoint_rollback(stage.db);
    }
}

static void the_allowed_actions_are_those_that_work(void **state)
{
    (void)state;
    static const struct {
        const char *state;
        struct actor *actor;
        const char *verbs;
    } CASES[] = {
        { "draft", &member, "submit " },
        { "draft", &clerk, "" },
        { "submitted", &clerk, "revise docket reject spoil " },
        { "submitted", &member, "" },
        { "assigned", &operator_, "wait resume reply " },
        { "assigned", &clerk, "assign " },
        { "replied", &member, "evaluate " },
        { "rejected", &clerk, "" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        i64 id = paper_in(CASES[i].state);
        struct rq *rq = stage_rq(&stage, CASES[i].actor);
        struct flow_subject subject = { 0 };
        struct buf *verbs = buf_new(stage.mem, 1000);
        stage_expect(SAMPLE_FLOW.load(rq, id, &subject), NULL);
        struct flow_allowed allowed = flow_allowed(rq, &SAMPLE_FLOW, &subject);
        for (size_t k = 0; k < allowed.count; k++)
            buf_printf(verbs, "%s ", allowed.actions[k]->verb);
        if (!str_is(buf_str(verbs), CASES[i].verbs))
            fail_msg("row %zu: %.*s", i, (int)verbs->len, verbs->ptr);
    }
}

static void two_clerks_do_not_overwrite_each_other(void **state)
{
    (void)state;
    i64 id = paper_in("submitted");
    i64 seen_version = now_of(id).version;
    struct rq *rq = stage_rq(&stage, &clerk);
    stage_expect(flow_act(rq, &SAMPLE_FLOW, id, "docket", seen_version - 1), "flows.version");
    stage_expect(flow_act(rq, &SAMPLE_FLOW, id, "docket", seen_version), NULL);
    err e = flow_act(rq, &SAMPLE_FLOW, id, "docket", seen_version);
    assert_int_equal(e.code, ERR_CONFLICT);
    stage_expect(e, "flows.state");
}

static const struct flow_trail *trail_at(const struct rows *rows, size_t i)
{
    assert_true(i < rows->count);
    return (const struct flow_trail *)rows->items + i;
}

static void every_step_leaves_a_trail(void **state)
{
    (void)state;
    i64 id = paper_in("submitted");
    struct actor deputy = clerk;
    deputy.delegator_account_id = 99;
    deputy.delegator_name = str_of("Chief");
    struct sample_input words = { .opinion = str_of("goes on the list") };
    stage_expect(act_with(&deputy, id, "docket", &words), NULL);
    assert_string_equal(seen.act, "samples.docket");
    assert_string_equal(seen.before, "submitted");
    assert_string_equal(seen.after, "docketed");
    assert_int_equal(seen.audits, 3);
    assert_int_equal(seen.events, 1);
    assert_int_equal(seen.event_id, id);
    assert_string_equal(seen.event_from, "submitted");

    struct rows rows;
    stage_expect(flow_trails(stage_rq(&stage, &clerk), &SAMPLE_FLOW, id, &rows), NULL);
    assert_int_equal(rows.count, 3);
    assert_true(str_is(trail_at(&rows, 0)->verb, "begin"));
    assert_int_equal(trail_at(&rows, 0)->from_state.len, 0);
    assert_true(str_is(trail_at(&rows, 1)->actor_name, "Member"));
    assert_true(str_is(trail_at(&rows, 2)->from_state, "submitted"));
    assert_true(str_is(trail_at(&rows, 2)->to_state, "docketed"));
    assert_true(str_is(trail_at(&rows, 2)->opinion, "goes on the list"));
    assert_true(str_is(trail_at(&rows, 2)->delegator_name, "Chief"));
    assert_int_equal(trail_at(&rows, 2)->delegator_account_id, 99);
    assert_int_equal(trail_at(&rows, 2)->at, stage.app.clock.fixed_ms);
    /* Not in the other organisation, whose numbers may be the same. */
    stage_expect(flow_trails(stage_rq(&stage, &stranger), &SAMPLE_FLOW, id, &rows), NULL);
    assert_int_equal(rows.count, 0);
}

static void a_hidden_opinion_is_for_staff_and_its_author(void **state)
{
    (void)state;
    i64 id = paper_in("replied");
    struct sample_input words = { .opinion = str_of("not good enough") };
    stage_expect(act_with(&member, id, "evaluate", &words), NULL);
    static const struct {
        struct actor *actor;
        bool sees;
    } CASES[] = {
        { &clerk, true }, { &member, true }, { &operator_, false }, { &other_member, false }
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct rows rows;
        stage_expect(flow_trails(stage_rq(&stage, CASES[i].actor), &SAMPLE_FLOW, id, &rows), NULL);
        const struct flow_trail *last = trail_at(&rows, rows.count - 1);
        assert_true(last->opinion_hidden);
        assert_int_equal(last->opinion.len > 0, CASES[i].sees);
    }
}

static i64 due_of(i64 id, const char *clock)
{
    i64 due = 0;
    stage_expect(flow_due(stage_rq(&stage, &clerk), &SAMPLE_FLOW, id, clock, &due), NULL);
    return due;
}

static const struct flow_clock_row *clock_at(i64 id, size_t i)
{
    struct rows rows;
    stage_expect(flow_clocks(stage_rq(&stage, &clerk), &SAMPLE_FLOW, id, &rows), NULL);
    assert_true(i < rows.count);
    return (const struct flow_clock_row *)rows.items + i;
}

static void clocks_follow_the_calendar(void **state)
{
    (void)state;
    /* Friday 25 September 2026 begins the Mid-Autumn holiday; docketed on Thursday the 24th, five
     * working days are 28, 29, 30 September, then 8 and 9 October. */
    today_is("2026-09-24");
    i64 id = paper_in("docketed");
    assert_int_equal(due_of(id, "dispatch"), stage_day("2026-10-09"));
    assert_int_equal(clock_at(id, 0)->days_left, 5);
    assert_int_equal(due_of(id, "handle"), 0);
    today_is("2026-10-09");
    assert_false(clock_at(id, 0)->overdue);
    assert_int_equal(clock_at(id, 0)->days_left, 0);
    /* Saturday 10 October is made up: one working day late. */
    today_is("2026-10-10");
    assert_true(clock_at(id, 0)->overdue);
    assert_int_equal(clock_at(id, 0)->days_left, -1);
    act(&clerk, id, "assign");
    assert_true(clock_at(id, 0)->was_late);
    assert_false(clock_at(id, 0)->overdue);
    /* Three months from 10 October 2026: 10 January 2027 is a Sunday, so the Monday. */
    assert_int_equal(due_of(id, "handle"), stage_day("2027-01-11"));
    today_is("2027-01-11");
    act(&operator_, id, "reply");
    assert_false(clock_at(id, 1)->was_late);
    assert_int_equal(due_of(id, "handle"), 0);
}

static void a_frozen_clock_stands_still(void **state)
{
    (void)state;
    today_is("2026-11-25");
    i64 id = paper_in("assigned");
    assert_int_equal(due_of(id, "handle"), stage_day("2027-02-25"));
    today_is("2027-02-20");
    act(&operator_, id, "wait");
    today_is("2027-03-01");
    assert_false(clock_at(id, 1)->overdue);
    assert_int_equal(clock_at(id, 1)->days_left, 5);
    act(&operator_, id, "wait"); /* frozen already: stands as it was */
    act(&operator_, id, "resume");
    assert_int_equal(due_of(id, "handle"), stage_day("2027-03-06")); /* nine days later */
    act(&operator_, id, "resume");
    assert_int_equal(due_of(id, "handle"), stage_day("2027-03-06"));
    /* By function, in working days: frozen over a weekend counts one day. */
    today_is("2026-11-25");
    i64 other = paper_in("docketed"); /* due Wednesday 2 December */
    assert_int_equal(due_of(other, "dispatch"), stage_day("2026-12-02"));
    today_is("2026-11-27");
    stage_expect(flow_freeze(stage_rq(&stage, &clerk), &SAMPLE_FLOW, other, "dispatch"), NULL);
    today_is("2026-11-30");
    stage_expect(flow_thaw(stage_rq(&stage, &clerk), &SAMPLE_FLOW, other, "dispatch"), NULL);
    assert_int_equal(due_of(other, "dispatch"), stage_day("2026-12-03"));
    stage_expect(flow_freeze(stage_rq(&stage, &clerk), &SAMPLE_FLOW, other, "handle"),
                 "flows.clock_stopped");
}

static void an_extension_has_a_limit(void **state)
{
    (void)state;
    today_is("2026-11-25");
    i64 id =
        paper_in("assigned"); /* handle until 25 February 2027; two months more at most: 25 April */
    struct rq *rq = stage_rq(&stage, &clerk);
    static const struct {
        const char *to, *fault, *due;
    } CASES[] = {
        { "2027-02-25", "flows.extension_earlier", "2027-02-25" },
        { "2027-04-26", "flows.extension_too_long", "2027-02-25" },
        { "2027-03-20", NULL, "2027-03-20" },
        { "2027-03-19", "flows.extension_earlier", "2027-03-20" },
        { "2027-04-25", NULL, "2027-04-25" },
        { "2027-04-26", "flows.extension_too_long", "2027-04-25" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        stage_expect(flow_extend(rq, &SAMPLE_FLOW, id, "handle", stage_day(CASES[i].to)),
                     CASES[i].fault);
        assert_int_equal(due_of(id, "handle"), stage_day(CASES[i].due));
    }
    assert_int_equal(clock_at(id, 1)->extended_days,
                     stage_day("2027-04-25") - stage_day("2027-02-25"));
    struct rows todos;
    stage_expect(flow_todos(stage_rq(&stage, &operator_), 10, &todos), NULL);
    assert_int_equal(((struct todo *)todos.items)->due_on, stage_day("2027-04-25"));
    stage_expect(flow_extend(rq, &SAMPLE_FLOW, id, "dispatch", stage_day("2027-04-25")),
                 "flows.clock_stopped");
    i64 docketed = paper_in("docketed"); /* its clock has no extension setting */
    stage_expect(flow_extend(rq, &SAMPLE_FLOW, docketed, "dispatch", stage_day("2026-12-03")),
                 "flows.extension_too_long");
}

static void due_clocks_are_listed_in_batches(void **state)
{
    (void)state;
    i64 ids_of[5];
    for (int i = 0; i < 5; i++)
        ids_of[i] = paper_in("docketed"); /* all due on 2 December */
    act(&clerk, ids_of[1], "assign");
    stage_expect(flow_freeze(stage_rq(&stage, &clerk), &SAMPLE_FLOW, ids_of[3], "dispatch"), NULL);
    struct rq *rq = stage_rq(&stage, &clerk);
    struct flow_due_query query = { .clock = "dispatch",
                                    .to_on = stage_day("2026-12-02"),
                                    .limit = 2 };
    i64 found[4], count = 0;
    for (;;) {
        struct rows rows;
        stage_expect(flow_due_list(rq, &SAMPLE_FLOW, &query, &rows), NULL);
        for (size_t i = 0; i < rows.count; i++) {
            const struct flow_due_row *row = (struct flow_due_row *)rows.items + i;
            assert_true(count < 4);
            found[count++] = row->subject_id;
            query.after_on = row->due_on;
            query.after_id = row->id;
        }
        if (rows.count == 0)
            break;
    }
    assert_int_equal(count, 3);
    assert_int_equal(found[0], ids_of[0]);
    assert_int_equal(found[1], ids_of[2]);
    assert_int_equal(found[2], ids_of[4]);
    query = (struct flow_due_query){ .clock = "dispatch",
                                     .to_on = stage_day("2026-12-01"),
                                     .limit = 2 };
    struct rows none;
    stage_expect(flow_due_list(rq, &SAMPLE_FLOW, &query, &none), NULL);
    assert_int_equal(none.count, 0);
}

static i64 todo_count(struct actor *actor)
{
    i64 count = 0;
    stage_expect(flow_todo_count(stage_rq(&stage, actor), &count), NULL);
    struct rows rows;
    stage_expect(flow_todos(stage_rq(&stage, actor), 100, &rows), NULL);
    assert_int_equal(rows.count, count);
    return count;
}

static void everyone_sees_what_waits_for_him(void **state)
{
    (void)state;
    static const struct {
        const char *state;
        i64 member, clerk, operator_;
        const char *verb;
    } CASES[] = {
        { "draft", 1, 0, 0, "submit" },    { "submitted", 0, 1, 0, "docket" },
        { "revising", 1, 0, 0, "submit" }, { "docketed", 0, 1, 0, "assign" },
        { "assigned", 0, 0, 1, "reply" },  { "replied", 1, 0, 0, "evaluate" },
        { "rejected", 0, 0, 0, NULL },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        stage_expect(db_savepoint(stage.db), NULL);
        i64 id = paper_in(CASES[i].state);
        struct actor *holder = CASES[i].member ? &member : CASES[i].clerk ? &clerk : &operator_;
        assert_int_equal(todo_count(&member), CASES[i].member);
        assert_int_equal(todo_count(&clerk), CASES[i].clerk);
        assert_int_equal(todo_count(&operator_), CASES[i].operator_);
        assert_int_equal(
            todo_count(&other_member) + todo_count(&other_operator) + todo_count(&stranger), 0);
        struct rows rows;
        stage_expect(flow_todos(stage_rq(&stage, holder), 10, &rows), NULL);
        if (CASES[i].verb) {
            const struct todo *todo = rows.items;
            assert_true(str_is(todo->verb, CASES[i].verb));
            assert_true(str_is(todo->state, CASES[i].state));
            assert_int_equal(todo->subject_id, id);
            assert_true(str_starts(todo->url, str_of("/samples/")));
        }
        db_savepoint_rollback(stage.db);
    }
}

static void new_holders_are_told_once(void **state)
{
    (void)state;
    i64 id = paper_in("submitted");
    assert_string_equal(seen.to.permission, "samples.docket");
    assert_int_equal(seen.to.except_account_id, member.account_id);
    assert_string_equal(seen.words, "Paper");
    act(&clerk, id, "docket");
    act(&clerk, id, "assign");
    assert_int_equal(seen.to.agency_id, 31);
    i64 before = seen.notices;
    act(&operator_, id, "wait"); /* same state, same holder */
    act(&clerk, id, "assign");   /* to the same agency again */
    assert_int_equal(seen.notices, before);
    struct sample_input elsewhere = { .agency_id = 32 };
    stage_expect(act_with(&clerk, id, "assign", &elsewhere), NULL);
    assert_int_equal(seen.notices, before + 1);
    assert_int_equal(seen.to.agency_id, 32);
    assert_int_equal(todo_count(&operator_), 0);
    assert_int_equal(todo_count(&other_operator), 1);
}

static void todos_come_most_urgent_first_at_constant_cost(void **state)
{
    (void)state;
    /* Docketed on three days: due 2, 4 and 3 December; one submitted paper without a day comes
     * last. */
    static const char *const DAYS[] = { "2026-11-25", "2026-11-27", "2026-11-26" };
    i64 papers[3];
    i64 loose = paper_in("submitted");
    for (int i = 0; i < 3; i++) {
        today_is(DAYS[i]);
        papers[i] = paper_in("docketed");
    }
    struct rows rows;
    i64 before = db_statements(stage.db);
    stage_expect(flow_todos(stage_rq(&stage, &clerk), 10, &rows), NULL);
    i64 cost = db_statements(stage.db) - before;
    const struct todo *todos = rows.items;
    assert_int_equal(rows.count, 4);
    assert_int_equal(todos[0].subject_id, papers[0]);
    assert_int_equal(todos[1].subject_id, papers[2]);
    assert_int_equal(todos[2].subject_id, papers[1]);
    assert_int_equal(todos[3].subject_id, loose);
    for (int i = 0; i < 20; i++)
        paper_in("docketed");
    before = db_statements(stage.db);
    stage_expect(flow_todos(stage_rq(&stage, &clerk), 10, &rows), NULL);
    assert_int_equal(rows.count, 10);
    assert_int_equal(db_statements(stage.db) - before, cost);
}

static void a_module_adds_todos_of_its_own(void **state)
{
    (void)state;
    i64 id = paper_in("assigned");
    struct rq *rq = stage_rq(&stage, &clerk);
    struct flow_subject subject = { 0 };
    stage_expect(SAMPLE_FLOW.load(rq, id, &subject), NULL);
    struct todo_new todo = { "person", 11, "comment", stage_day("2026-12-01"),
                             str_of("/samples/1/comment") };
    stage_expect(flow_todo_add(rq, &SAMPLE_FLOW, &subject, &todo), NULL);
    todo.holder_id = 12;
    stage_expect(flow_todo_add(rq, &SAMPLE_FLOW, &subject, &todo), NULL);
    stage_expect(flow_todo_add(rq, &SAMPLE_FLOW, &subject, &todo), NULL); /* again: still one */
    assert_int_equal(todo_count(&member), 1);
    assert_int_equal(todo_count(&other_member), 1);
    act(&operator_, id, "wait"); /* a step leaves them alone */
    assert_int_equal(todo_count(&other_member), 1);
    stage_expect(flow_todo_done(rq, &SAMPLE_FLOW, id, "comment", 12), NULL);
    assert_int_equal(todo_count(&other_member), 0);
    assert_int_equal(todo_count(&member), 1);
    stage_expect(flow_move(rq, &SAMPLE_FLOW, id, "lapse", NULL),
                 NULL); /* final: nothing waits any more */
    assert_int_equal(todo_count(&member) + todo_count(&operator_), 0);
}

static void the_house_moves_without_permission_but_by_the_table(void **state)
{
    (void)state;
    i64 id = paper_in("docketed");
    struct rq *rq = stage_rq(&stage, &operator_); /* who may not even see it */
    stage_expect(flow_move(rq, &SAMPLE_FLOW, id, "reply", NULL), "flows.state");
    stage_expect(flow_move(rq, &SAMPLE_FLOW, id, "lapse", NULL), NULL);
    assert_true(str_is(now_of(id).state, "closed"));
    struct rows rows;
    stage_expect(flow_trails(stage_rq(&stage, &clerk), &SAMPLE_FLOW, id, &rows), NULL);
    const struct flow_trail *last = trail_at(&rows, rows.count - 1);
    assert_int_equal(last->actor_account_id, 0);
    assert_int_equal(last->actor_name.len, 0);
    stage_expect(flow_move(rq, &SAMPLE_FLOW, id, "lapse", NULL), "flows.state");
    stage_expect(flow_move(stage_rq(&stage, &stranger), &SAMPLE_FLOW, id, "lapse", NULL),
                 "db.no_row");
}

static void a_subject_from_a_list_begins_quietly(void **state)
{
    (void)state;
    i64 id = paper_in("submitted");
    struct rq *rq = stage_rq(&stage, &clerk);
    struct flow_subject subject = { 0 };
    stage_expect(SAMPLE_FLOW.load(rq, id, &subject), NULL);
    i64 before = seen.notices;
    stage_expect(db_run(stage.db, SQL("DELETE FROM todos WHERE org_id = :org"), NULL), NULL);
    stage_expect(flow_begin_quiet(rq, &SAMPLE_FLOW, &subject), NULL);
    assert_int_equal(seen.notices, before);
    assert_int_equal(todo_count(&clerk), 1);
}

static void a_place_differs_by_data(void **state)
{
    (void)state;
    struct rq *rq = stage_rq(&stage, &clerk);
    struct flow_variant off = { .verb = str_of("reject"), .disabled = true };
    struct flow_variant more = { .verb = str_of("docket"),
                                 .label = str_of("Enter"),
                                 .extra_from = str_of("draft revising") };
    stage_expect(flow_variant_store(rq, &SAMPLE_FLOW, &off), NULL);
    stage_expect(flow_variant_store(rq, &SAMPLE_FLOW, &more), NULL);
    assert_true(str_is(flow_verb_label(rq, &SAMPLE_FLOW, str_of("docket")), "Enter"));
    i64 id = paper_in("submitted");
    stage_expect(act_with(&clerk, id, "reject", NULL), "flows.disabled");
    i64 draft = new_paper("Draft");
    stage_expect(act_with(&member, draft, "docket", NULL), "flows.may_not");
    stage_expect(act_with(&clerk, draft, "docket", NULL), NULL);
    assert_true(str_is(now_of(draft).state, "docketed"));
    /* Stored again it is replaced; the other organisation is untouched. */
    off.disabled = false;
    stage_expect(flow_variant_store(rq, &SAMPLE_FLOW, &off), NULL);
    stage_expect(act_with(&clerk, id, "reject", NULL), NULL);
    struct rows rows;
    stage_expect(flow_variant_list(stage_rq(&stage, &stranger), &SAMPLE_FLOW, &rows), NULL);
    assert_int_equal(rows.count, 0);
    rq = stage_rq(&stage, &clerk);
    struct flow_variant wrong = { .verb = str_of("docket"), .extra_from = str_of("draft nowhere") };
    stage_expect(flow_variant_store(rq, &SAMPLE_FLOW, &wrong), "flows.variant_state");
    wrong = (struct flow_variant){ .verb = str_of("dock") };
    stage_expect(flow_variant_store(rq, &SAMPLE_FLOW, &wrong), "flows.verb");
    wrong =
        (struct flow_variant){ .verb = str_of("docket"),
                               .label = str_of("a label that is too long to stand on a button") };
    stage_expect(flow_variant_store(rq, &SAMPLE_FLOW, &wrong), "flows.variant_label");
}

/* What must hold after any step: the last trail is the state, trails are chained, to-dos are those
 * of the state. */
static void invariants_hold(i64 id, i64 steps)
{
    struct rq *rq = stage_rq(&stage, &clerk);
    struct sample s = sample_read(rq, id);
    struct rows rows;
    stage_expect(flow_trails(rq, &SAMPLE_FLOW, id, &rows), NULL);
    assert_int_equal(rows.count, steps + 1);
    for (size_t i = 1; i < rows.count; i++)
        assert_true(str_eq(trail_at(&rows, i)->from_state, trail_at(&rows, i - 1)->to_state));
    assert_true(str_eq(trail_at(&rows, rows.count - 1)->to_state, s.state));
    i64 wanted = flow_state_find(&SAMPLE_FLOW, s.state)->final ? 0 : 1;
    assert_int_equal(todo_count(&member) + todo_count(&clerk) + todo_count(&operator_) +
                         todo_count(&other_operator),
                     wanted);
    i64 running = 0;
    stage_expect(flow_clocks(rq, &SAMPLE_FLOW, id, &rows), NULL);
    for (size_t i = 0; i < rows.count; i++)
        running += ((struct flow_clock_row *)rows.items)[i].stopped_at == 0;
    assert_true(running <= 2);
}

static void a_random_walk_keeps_what_must_hold(void **state)
{
    (void)state;
    static struct actor *const ACTORS[] = { &member,    &other_member,   &clerk,
                                            &operator_, &other_operator, &stranger };
    struct rng rng = rng_seeded(7);
    for (int walk = 0; walk < 30; walk++) {
        stage_expect(db_savepoint(stage.db), NULL);
        i64 id = new_paper("Walk"), steps = 0;
        for (int turn = 0; turn < 60; turn++) {
            const struct flow_action *a = &SAMPLE_FLOW.actions[rng_below(&rng, 11)];
            struct sample before = now_of(id);
            struct sample_input input = { .satisfied = rng_below(&rng, 4) == 0,
                                          .agency_id = 31 + rng_below(&rng, 2) };
            stage_expect(db_savepoint(stage.db), NULL);
            err e = act_with(ACTORS[rng_below(&rng, 6)], id, a->verb, &input);
            if (e.code != ERR_NONE) {
                db_savepoint_rollback(stage.db);
                assert_int_equal(now_of(id).version, before.version);
                continue;
            }
            stage_expect(db_savepoint_release(stage.db), NULL);
            struct sample after = now_of(id);
            steps++;
            assert_true(after.version > before.version);
            assert_non_null(strstr(a->from, arena_cstr(stage.mem, before.state)));
            if (a->to)
                assert_true(str_is(after.state, a->to));
            invariants_hold(id, steps);
        }
        db_savepoint_rollback(stage.db);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(only_the_right_one_acts_in_the_right_state, begin, end),
        cmocka_unit_test_setup_teardown(the_allowed_actions_are_those_that_work, begin, end),
        cmocka_unit_test_setup_teardown(two_clerks_do_not_overwrite_each_other, begin, end),
        cmocka_unit_test_setup_teardown(every_step_leaves_a_trail, begin, end),
        cmocka_unit_test_setup_teardown(a_hidden_opinion_is_for_staff_and_its_author, begin, end),
        cmocka_unit_test_setup_teardown(clocks_follow_the_calendar, begin, end),
        cmocka_unit_test_setup_teardown(a_frozen_clock_stands_still, begin, end),
        cmocka_unit_test_setup_teardown(an_extension_has_a_limit, begin, end),
        cmocka_unit_test_setup_teardown(due_clocks_are_listed_in_batches, begin, end),
        cmocka_unit_test_setup_teardown(everyone_sees_what_waits_for_him, begin, end),
        cmocka_unit_test_setup_teardown(new_holders_are_told_once, begin, end),
        cmocka_unit_test_setup_teardown(todos_come_most_urgent_first_at_constant_cost, begin, end),
        cmocka_unit_test_setup_teardown(a_module_adds_todos_of_its_own, begin, end),
        cmocka_unit_test_setup_teardown(the_house_moves_without_permission_but_by_the_table, begin,
                                        end),
        cmocka_unit_test_setup_teardown(a_subject_from_a_list_begins_quietly, begin, end),
        cmocka_unit_test_setup_teardown(a_place_differs_by_data, begin, end),
        cmocka_unit_test_setup_teardown(a_random_walk_keeps_what_must_hold, begin, end),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
