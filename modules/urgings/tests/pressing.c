/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See pressing.h. */
#include "modules/urgings/tests/pressing.h"

#include "platform/calendar/calendar.h"
#include "platform/text/texts.h"

static const char AUTUMN[] = "2026-09-20 work x\n2026-09-25 off x\n2026-09-26 off x\n"
                             "2026-09-27 off x\n2026-10-01 off x\n2026-10-02 off x\n"
                             "2026-10-03 off x\n2026-10-04 off x\n2026-10-05 off x\n"
                             "2026-10-06 off x\n2026-10-07 off x\n2026-10-10 work x\n";

static const struct calendar *kept; /* whose holidays held before this test */

int pressing_setup(void **state)
{
    struct calendar *autumn = NULL;
    if (desk_setup(state))
        return 1;
    struct desk *d = *state;
    assert_int_equal(calendar_load(d->t->mem, str_of(AUTUMN), &autumn).code, ERR_NONE);
    kept = calendar_current();
    calendar_set_current(autumn);
    return 0;
}

int pressing_teardown(void **state)
{
    calendar_set_current(kept);
    return desk_teardown(state);
}

void pressing_as_leader(struct desk *d)
{
    d->actor = test_as_role(d->t, "leader");
    d->actor->person_id = 0;
    d->actor->account_id = 113;
}

static struct test_answer ask(struct desk *d, const char *path, const char *json, i64 version)
{
    struct test_answer a = test_api(d->t, POST, path, test_versioned(d->t, json, version));
    if (a.status >= 400 && getenv("HUOTANG_TEST_LOG"))
        fprintf(stderr, "%s: %d %.*s\n", path, a.status, (int)a.body.len, a.body.ptr);
    return a;
}

int pressing_step(struct desk *d, i64 proposal, const char *verb, const char *json)
{
    i64 id = desk_assignment(d, proposal);
    const char *path =
        arena_printf(d->t->mem, "/api/v1/assignments/%lld/%s", (long long)id, verb).ptr;
    return ask(d, path, json, desk_assignment_version(d, id)).status;
}

i64 pressing_taken(struct desk *d, const char *title, const char *due_on)
{
    desk_on_day(d, "2026-09-01");
    i64 id = desk_docketed(d, title);
    desk_as_dispatcher(d);
    str json = arena_printf(d->t->mem, "{\"mode\":\"sole\",\"host_id\":%lld,\"due_on\":\"%s\"}",
                            (long long)d->agency[0], due_on);
    assert_int_equal(desk_act(d, id, "assign", json.ptr), 200);
    desk_as_operator(d, 0);
    assert_int_equal(pressing_step(d, id, "accept", "{}"), 200);
    return id;
}

void pressing_answer(struct desk *d, i64 proposal)
{
    desk_as_operator(d, 0);
    str day = text_day(d->t->mem, day_of_ms(d->t->app.clock.fixed_ms));
    str talk = arena_printf(d->t->mem,
                            "{\"way\":\"visit\",\"held_on\":\"%.*s\",\"with_whom\":\"Li\","
                            "\"content\":\"Looked at the bridge.\"}",
                            (int)day.len, day.ptr);
    assert_int_equal(pressing_step(d, proposal, "contact", talk.ptr), 200);
    assert_int_equal(
        pressing_step(d, proposal, "reply",
                      "{\"class\":\"a\",\"opening\":\"We have it.\",\"results\":[\"adopted\","
                      "\"planned\"],\"answers\":[\"It opens in June.\",\"At ten.\"],\"closing\":"
                      "\"Thank you.\",\"operator\":\"Ding\",\"phone\":\"0883-1234567\","
                      "\"public\":true}"),
        200);
    desk_as_agency_leader(d, 0);
    assert_int_equal(pressing_step(d, proposal, "sign", "{\"signer\":\"He\"}"), 200);
}

static i64 number(struct desk *d, struct sql sql)
{
    i64 n = 0;
    assert_int_equal(db_i64(d->t->db, sql, &n).code, ERR_NONE);
    return n;
}

static i64 nudges(struct desk *d)
{
    return number(d, SQL("SELECT COUNT(*) AS n FROM reminders WHERE org_id = :org"));
}

static err run_jobs(struct rq *rq, void *context)
{
    bool again = true;
    (void)context;
    while (again)
        TRY(job_urging_escalate(rq, &again));
    again = true;
    while (again)
        TRY(job_urging_close(rq, &again));
    return OK;
}

i64 pressing_run(struct desk *d, const char *day)
{
    i64 before = nudges(d);
    if (day)
        desk_on_day(d, day);
    err e = test_write(d->t, run_jobs, NULL);
    if (e.code != ERR_NONE)
        fail_msg("jobs: %s", e.name);
    return nudges(d) - before;
}

i64 pressing_nudges(struct desk *d, i64 level)
{
    return number(d, SQL("SELECT COUNT(*) AS n FROM reminders WHERE org_id = :org AND kind = "
                         "'house' AND (:level = 0 OR level = :level)",
                         P(level)));
}

i64 pressing_open(struct desk *d, i64 proposal)
{
    return number(d, SQL("SELECT COUNT(*) AS n FROM urgings WHERE org_id = :org AND matter_id = "
                         ":proposal AND state <> 'closed'",
                         P(proposal)));
}

i64 pressing_talks(struct desk *d)
{
    return number(d, SQL("SELECT COUNT(*) AS n FROM todos WHERE org_id = :org AND flow = "
                         "'urgings' AND verb = 'summon'"));
}

i64 pressing_slip(struct desk *d, i64 proposal)
{
    return number(d, SQL("SELECT COALESCE(MAX(id), 0) AS n FROM urgings WHERE org_id = :org AND "
                         "matter_id = :proposal",
                         P(proposal)));
}

str pressing_is(struct desk *d, i64 slip, const char *member)
{
    struct test_answer a = desk_page(d, "/api/v1/urgings/", slip, "");
    return a.status == 200 ? test_json(d->t, &a, member) : str_of("not seen");
}

int pressing_act(struct desk *d, i64 slip, const char *verb, const char *json)
{
    i64 version = 1;
    const char *path =
        arena_printf(d->t->mem, "/api/v1/urgings/%lld/%s", (long long)slip, verb).ptr;
    (void)str_to_i64(pressing_is(d, slip, "version"), &version);
    return ask(d, path, json, version).status;
}

int pressing_remind(struct desk *d, const char *flow, i64 id, const char *text)
{
    str json = arena_printf(d->t->mem, "{\"flow\":\"%s\",\"subject_id\":%lld,\"text\":\"%s\"}",
                            flow, (long long)id, text);
    return ask(d, "/api/v1/urgings/remind", json.ptr, 0).status;
}

i64 pressing_issued(struct desk *d, i64 proposal, const char *due_on)
{
    i64 id = 0;
    desk_as_staff(d);
    str json = arena_printf(d->t->mem,
                            "{\"flow\":\"assignments\",\"subject_id\":%lld,\"cause\":\"manual\"}",
                            (long long)desk_assignment(d, proposal));
    struct test_answer a = ask(d, "/api/v1/urgings", json.ptr, 0);
    assert_true(a.status == 200 || a.status == 201);
    assert_true(str_to_i64(test_json(d->t, &a, "id"), &id));
    pressing_as_leader(d);
    json = arena_printf(d->t->mem, "{\"text\":\"Say when the line opens.\",\"due_on\":\"%s\"}",
                        due_on);
    assert_int_equal(pressing_act(d, id, "issue", json.ptr), 200);
    return id;
}
