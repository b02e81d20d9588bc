/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See keeping.h. */
#include "modules/outcomes/tests/keeping.h"

enum { JSON_MAX = 4000 };

static int on_assignment(struct desk *d, i64 id, const char *verb, const char *json)
{
    char path[100];
    snprintf(path, sizeof path, "/api/v1/assignments/%lld/%s", (long long)id, verb);
    struct test_answer a =
        test_api(d->t, POST, path, test_versioned(d->t, json, desk_assignment_version(d, id)));
    if (a.status >= 400)
        fprintf(stderr, "%s: %d %.*s\n", path, a.status, (int)a.body.len, a.body.ptr);
    return a.status;
}

/* {"promise_texts":[…],…}: as many as there are. */
static void put_promises(struct buf *b, const struct given *promises)
{
    static const char *const KEYS[] = { "promise_texts", "promise_days", "promise_owners" };
    for (size_t k = 0; promises && promises->text && k < 3; k++) {
        buf_printf(b, "\"%s\":[", KEYS[k]);
        for (const struct given *g = promises; g->text; g++)
            buf_printf(b, "%s\"%s\"", g == promises ? "" : ",",
                       k == 0   ? g->text
                       : k == 1 ? g->day
                                : "Zhao");
        buf_put(b, "],");
    }
}

/* Two items of each proposal that is answered. */
static void put_items(struct buf *b, i64 merged)
{
    buf_put(b, "\"results\":[");
    for (i64 i = 0; i <= merged; i++)
        buf_printf(b, "%s\"adopted\",\"planned\"", i ? "," : "");
    buf_put(b, "],\"answers\":[");
    for (i64 i = 0; i <= merged; i++)
        buf_printf(b, "%s\"The line opens in June.\",\"The last bus leaves at ten.\"",
                   i ? "," : "");
    buf_put(b, "],");
}

void keeping_answer(struct desk *d, i64 id, const char *class, const struct given *promises)
{
    i64 assignment = desk_assignment(d, id);
    struct buf *b = buf_new(d->t->mem, JSON_MAX);
    char contact[300];
    int year, month, day;
    day_to_civil(day_of_ms(d->t->app.clock.fixed_ms), &year, &month, &day);
    snprintf(contact, sizeof contact,
             "{\"way\":\"visit\",\"held_on\":\"%04d-%02d-%02d\",\"with_whom\":\"Li\","
             "\"content\":\"Looked at the bridge together.\"}",
             year, month, day);
    buf_printf(b, "{\"class\":\"%s\",", class);
    put_promises(b, promises);
    put_items(b, desk_load(d, id).merged_count);
    buf_put(b, "\"opening\":\"We have it.\",\"closing\":\"Thank you.\",\"operator\":\"Ding\","
               "\"phone\":\"0883-1234567\",\"public\":true}");
    desk_as_operator(d, 0);
    if (str_is(desk_load(d, id).state, "assigned"))
        assert_int_equal(on_assignment(d, assignment, "accept", "{}"), 200);
    assert_int_equal(on_assignment(d, assignment, "contact", contact), 200);
    assert_int_equal(on_assignment(d, assignment, "reply", arena_cstr(d->t->mem, buf_str(b))), 200);
    desk_as_agency_leader(d, 0);
    assert_int_equal(on_assignment(d, assignment, "sign", "{\"signer\":\"He\"}"), 200);
}

i64 keeping_answered(struct desk *d, const char *title, const char *class,
                     const struct given *promises)
{
    i64 id = desk_assigned(d, title);
    keeping_answer(d, id, class, promises);
    return id;
}

i64 keeping_closed(struct desk *d, const char *title, const char *class,
                   const struct given *promises)
{
    i64 id = keeping_answered(d, title, class, promises);
    assert_int_equal(desk_evaluate(d, id, "satisfied"), 200);
    return id;
}

/* In order of day; of one day in order of making. */
static i64 item_id(struct desk *d, const char *what, i64 proposal, size_t number)
{
    char path[120], member[40];
    i64 id = 0;
    desk_as_staff(d);
    snprintf(path, sizeof path, "/api/v1/%s?matter_id=%lld&sort=%s", what, (long long)proposal,
             strcmp(what, "promises") == 0 ? "due_on" : "planned_on");
    struct test_answer a = test_get(d->t, path);
    assert_int_equal(a.status, 200);
    snprintf(member, sizeof member, "items.%zu.id", number);
    str text = test_json(d->t, &a, member);
    return str_to_i64(text, &id) ? id : 0;
}

i64 keeping_promise(struct desk *d, i64 proposal, size_t number)
{
    return item_id(d, "promises", proposal, number);
}

i64 keeping_followup(struct desk *d, i64 proposal, size_t number)
{
    return item_id(d, "followups", proposal, number);
}

str keeping_is(struct desk *d, const char *what, i64 id, const char *member)
{
    char path[100];
    snprintf(path, sizeof path, "/api/v1/%s/%lld", what, (long long)id);
    struct test_answer a = test_get(d->t, path);
    return a.status == 200 ? test_json(d->t, &a, member) : str_of("not seen");
}

int keeping_act(struct desk *d, const char *what, i64 id, const char *verb, const char *json)
{
    char path[100];
    i64 version = 1;
    (void)str_to_i64(keeping_is(d, what, id, "version"), &version);
    snprintf(path, sizeof path, "/api/v1/%s/%lld/%s", what, (long long)id, verb);
    struct test_answer a = test_api(d->t, POST, path, test_versioned(d->t, json, version));
    if (a.status >= 400 && getenv("HUOTANG_TEST_LOG"))
        fprintf(stderr, "%s: %d %.*s\n", path, a.status, (int)a.body.len, a.body.ptr);
    return a.status;
}

str keeping_figure(struct desk *d, const char *member)
{
    desk_as_staff(d);
    struct test_answer a = test_get(d->t, "/api/v1/outcomes");
    assert_int_equal(a.status, 200);
    return test_json(d->t, &a, member);
}

static err run_jobs(struct rq *rq, void *context)
{
    bool again = true;
    (void)context;
    while (again)
        TRY(job_outcome_warn(rq, &again));
    again = true;
    while (again)
        TRY(job_outcome_plan(rq, &again));
    return OK;
}

void keeping_run_jobs(struct desk *d)
{
    err e = test_write(d->t, run_jobs, NULL);
    if (e.code != ERR_NONE)
        fail_msg("jobs: %s", e.name);
}
