/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See stage.h. */
#include "modules/proposals/tests/stage.h"

#include <unistd.h>

#include "embed.h"
#include "modules/assignments/assignment.h"
#include "modules/members/member.h"
#include "modules/orgs/org.h"
#include "modules/proposals/proposal_store.h"
#include "platform/access/access_settings.h"
#include "platform/calendar/calendar.h"
#include "platform/jobs/jobs.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"

extern const struct module orgs_module, proposal_module;

static const struct module ACCESS_MODULE = { .name = "access", .settings = ACCESS_SETTINGS };
static const struct module MEMBERS_MODULE = { .name = "members", .schema = members_schema };

const struct module *const STAGE_MODULES[] = {
    &settings_module, &calendar_module, &jobs_module,       &notify_module,   &ACCESS_MODULE,
    &orgs_module,     &MEMBERS_MODULE,  &assignment_module, &proposal_module, NULL,
};

static void must(err e, const char *what)
{
    if (e.code != ERR_NONE)
        fail_msg("%s: %s %.*s (%s:%d)", what, e.name, (int)e.arg[0].len,
                 e.arg[0].ptr ? e.arg[0].ptr : "", e.file ? e.file : "?", e.line);
}

/* ---- house ---- */

static i64 day_of(const char *text)
{
    i64 day = 0;
    assert_true(day_parse(str_of(text), &day));
    return day;
}

static err session_make(struct rq *rq, i64 *id)
{
    struct session session = { .term_number = 6,
                               .number = 3,
                               .opened_on = day_of("2026-02-01"),
                               .closed_on = day_of("2026-02-05") };
    return session_add(rq, &session, id);
}

static err member_make(struct rq *rq, const char *name, i64 *member_id, i64 *person_id)
{
    char result;
    struct member member;
    struct member_record record = { .name = str_of(name),
                                    .code = str_of(name),
                                    .sector = str_of("Economy"),
                                    .employer = str_of("Tea works"),
                                    .birth_on = BIRTH_UNKNOWN,
                                    .from_on = day_of("2024-01-01"),
                                    .term_number = 6 };
    TRY(member_save_record(rq, &record, member_id, &result));
    TRY(member_find(rq, *member_id, &member));
    *person_id = member.person_id;
    return OK;
}

static err agency_make(struct rq *rq, const char *name, i64 *id)
{
    struct org org = { .kind = str_of("department"), .name = str_of(name), .agency = true };
    return org_save(rq, &org, id);
}

static err house_make(struct rq *rq, void *context)
{
    static const char *const AGENCIES[] = { "Roads", "Health", "Schools" };
    static const char *const MEMBERS[] = { "Li", "Wang", "Zhao" };
    struct stage *s = context;
    i64 sector;
    TRY(session_make(rq, &s->session_id));
    TRY(sector_save(rq, str_of("Economy"), 1, &sector));
    for (size_t i = 0; i < STAGE_AGENCIES; i++)
        TRY(agency_make(rq, AGENCIES[i], &s->agency[i]));
    for (size_t i = 0; i < STAGE_MEMBERS; i++)
        TRY(member_make(rq, MEMBERS[i], &s->member[i], &s->person[i]));
    return OK;
}

static err other_make(struct rq *rq, void *context)
{
    struct stage *s = context;
    i64 sector;
    TRY(session_make(rq, &s->other_session));
    TRY(sector_save(rq, str_of("Economy"), 1, &sector));
    TRY(agency_make(rq, "Strangers", &s->other_agency));
    return member_make(rq, "Qian", &s->other_member, &s->other_person);
}

struct org_context {
    i64 org_id, own;
    err (*fn)(struct rq *rq, void *context);
    void *context;
};

static err run_in_org(struct rq *rq, void *context)
{
    const struct org_context *c = context;
    struct actor actor = *rq->actor;
    actor.org_id = c->org_id;
    rq->actor = &actor;
    db_set_org(rq->db, c->org_id);
    err e = c->fn(rq, c->context);
    db_set_org(rq->db, c->own);
    return e;
}

err in_org(struct stage *s, i64 org_id, err (*fn)(struct rq *rq, void *context), void *context)
{
    struct org_context c = { org_id, s->t->org, fn, context };
    return test_write(s->t, run_in_org, &c);
}

int stage_setup(void **state)
{
    struct stage *s = calloc(1, sizeof *s);
    if (!s)
        return 1;
    s->t = test_app_new(STAGE_MODULES);
    must(in_org(s, s->t->org, house_make, s), "house");
    must(in_org(s, OTHER_ORG, other_make, s), "other house");
    *state = s;
    return 0;
}

int stage_teardown(void **state)
{
    struct stage *s = *state;
    test_app_free(s->t);
    free(s);
    return 0;
}

/* ---- who asks ---- */

static struct actor *as(struct stage *s, const char *role, enum scope scope)
{
    struct actor *actor = test_as_role(s->t, role);
    for (size_t i = 0; i < ACTOR_PERMISSIONS_MAX; i++)
        if (actor->scopes[i] != SCOPE_NONE)
            actor->scopes[i] = (unsigned char)scope;
    actor->person_id = 0;
    return actor;
}

void as_member(struct stage *s, size_t number)
{
    struct actor *actor = as(s, "member", SCOPE_SELF);
    actor->account_id = 300 + (i64)number;
    actor->person_id = s->person[number];
    actor->member_id = s->member[number];
}

void as_staff(struct stage *s)
{
    as(s, "staff", SCOPE_ORG)->account_id = 110;
}

void as_reviewer(struct stage *s)
{
    as(s, "reviewer", SCOPE_ORG)->account_id = 111;
}

void as_dispatcher(struct stage *s)
{
    as(s, "dispatcher", SCOPE_ORG)->account_id = 112;
}

static void as_of_agency(struct stage *s, const char *role, size_t agency, i64 account_id)
{
    struct actor *actor = as(s, role, SCOPE_AGENCY);
    actor->account_id = account_id;
    actor->agency_id = s->agency[agency];
}

void as_operator(struct stage *s, size_t agency)
{
    as_of_agency(s, "operator", agency, 400 + (i64)agency);
}

void as_agency_leader(struct stage *s, size_t agency)
{
    as_of_agency(s, "leader", agency, 500 + (i64)agency);
}

void as_other_member(struct stage *s)
{
    struct actor *actor = as(s, "member", SCOPE_SELF);
    actor->account_id = 600;
    actor->org_id = OTHER_ORG;
    actor->person_id = s->other_person;
    actor->member_id = s->other_member;
}

void as_other_reviewer(struct stage *s)
{
    struct actor *actor = as(s, "reviewer staff dispatcher", SCOPE_ORG);
    actor->account_id = 601;
    actor->org_id = OTHER_ORG;
}

/* ---- asking ---- */

int act(struct stage *s, i64 id, const char *verb, const char *json)
{
    char path[100];
    snprintf(path, sizeof path, "/api/v1/proposals/%lld/%s", (long long)id, verb);
    struct test_answer a = test_api(s->t, POST, path, json ? json : "{}");
    if (a.status >= 400 && getenv("HUOTANG_TEST_LOG"))
        fprintf(stderr, "%s: %d %.*s\n", path, a.status, (int)a.body.len, a.body.ptr);
    return a.status;
}

struct test_answer page(struct stage *s, const char *before, i64 id, const char *after)
{
    str path = arena_printf(s->t->mem, "%s%lld%s", before, (long long)id, after);
    return test_get(s->t, arena_cstr(s->t->mem, path));
}

struct proposal load(struct stage *s, i64 id)
{
    struct proposal p = { 0 };
    must(proposal_store_find(s->t->db, id, s->t->mem, &p), "load");
    return p;
}

void same(str got, const char *wanted)
{
    if (!str_is(got, wanted))
        fail_msg("expected %s, got %.*s", wanted, (int)got.len, got.ptr ? got.ptr : "");
}

bool has(const struct test_answer *a, const char *text)
{
    return test_has(a, text);
}

void on_day(struct stage *s, const char *text)
{
    s->t->app.clock.fixed_ms = day_start_ms(day_of(text)) + 9 * 3600 * 1000;
}

const char *shared_file(struct stage *s, const char *name)
{
    const char *folder = getenv("HUOTANG_SHARED_DATA");
    const char *path =
        arena_printf(s->t->mem, "%s/%s", folder ? folder : "../shared/data", name).ptr;
    if (access(path, R_OK) == 0)
        return path;
    fprintf(stderr, "skipped: %s is not there (HUOTANG_SHARED_DATA)\n", path);
    skip();
    return NULL;
}

/* ---- a proposal on its road ---- */

const char *stage_text(struct stage *s, const char *title)
{
    return arena_printf(s->t->mem,
                        "{\"title\":\"%s\",\"situation\":\"Eight thousand people wait for one bus.\","
                        "\"analysis\":\"The line was planned for the old town.\","
                        "\"suggestions\":[\"A line over the second bridge.\",\"A later last bus.\"],"
                        "\"consent\":\"yes\"}",
                        title)
        .ptr;
}

i64 stage_draft(struct stage *s, const char *title)
{
    i64 id = 0;
    as_member(s, 0);
    struct test_answer a = test_api(s->t, POST, "/api/v1/proposals", stage_text(s, title));
    if (a.status != 201)
        fail_msg("draft: %d %.*s", a.status, (int)a.body.len, a.body.ptr);
    assert_true(str_to_i64(test_json(s->t, &a, "id"), &id));
    return id;
}

i64 stage_submitted(struct stage *s, const char *title)
{
    i64 id = stage_draft(s, title);
    assert_int_equal(act(s, id, "submit", "{\"confirmed\":true}"), 200);
    return id;
}

i64 stage_docketed(struct stage *s, const char *title)
{
    i64 id = stage_submitted(s, title);
    as_reviewer(s);
    assert_int_equal(act(s, id, "docket", "{\"category\":\"transport\"}"), 200);
    return id;
}

i64 stage_assigned(struct stage *s, const char *title)
{
    char json[100];
    i64 id = stage_docketed(s, title);
    as_dispatcher(s);
    snprintf(json, sizeof json, "{\"mode\":\"sole\",\"host_id\":%lld}", (long long)s->agency[0]);
    assert_int_equal(act(s, id, "assign", json), 200);
    return id;
}

i64 stage_assignment(struct stage *s, i64 id)
{
    struct rq rq = test_system_rq(s->t);
    struct rows rows;
    must(assignment_list_of(&rq, "proposals", id, &rows), "assignments");
    assert_true(rows.count > 0);
    return ((const struct assignment *)rows.items)[0].id;
}

static int on_assignment(struct stage *s, i64 assignment, const char *verb, const char *json)
{
    char path[100];
    snprintf(path, sizeof path, "/api/v1/assignments/%lld/%s", (long long)assignment, verb);
    struct test_answer a = test_api(s->t, POST, path, json);
    if (a.status >= 400)
        fprintf(stderr, "%s: %d %.*s\n", path, a.status, (int)a.body.len, a.body.ptr);
    return a.status;
}

void stage_answer(struct stage *s, i64 id, const char *class)
{
    i64 assignment = stage_assignment(s, id);
    int year, month, day;
    char contact[300], reply[600];
    day_to_civil(day_of_ms(s->t->app.clock.fixed_ms), &year, &month, &day);
    snprintf(contact, sizeof contact,
             "{\"way\":\"visit\",\"held_on\":\"%04d-%02d-%02d\",\"with_whom\":\"Li\","
             "\"content\":\"Looked at the bridge together.\"}",
             year, month, day);
    snprintf(reply, sizeof reply,
             "{\"class\":\"%s\",\"opening\":\"We have your proposal.\",\"results\":[\"adopted\",\"planned\"],"
             "\"answers\":[\"The line opens in June.\",\"The last bus leaves at ten.\"],"
             "\"closing\":\"Thank you.\",\"operator\":\"Ding\",\"phone\":\"0883-1234567\",\"public\":true}",
             class);
    as_operator(s, 0);
    if (str_is(load(s, id).state, "assigned"))
        assert_int_equal(on_assignment(s, assignment, "accept", "{}"), 200);
    assert_int_equal(on_assignment(s, assignment, "contact", contact), 200);
    assert_int_equal(on_assignment(s, assignment, "reply", reply), 200);
    as_agency_leader(s, 0);
    assert_int_equal(on_assignment(s, assignment, "sign", "{\"signer\":\"He\"}"), 200);
}

i64 stage_answered(struct stage *s, const char *title)
{
    i64 id = stage_assigned(s, title);
    stage_answer(s, id, "a");
    return id;
}

int stage_evaluate(struct stage *s, i64 id, const char *result)
{
    char json[300];
    snprintf(json, sizeof json,
             "{\"visit\":\"visited\",\"manner\":\"satisfied\",\"hearing\":\"visit\",\"relevance\":\"direct\","
             "\"handling\":\"satisfied\",\"result\":\"%s\",\"text\":\"Noted.\"}",
             result);
    i64 assignment = stage_assignment(s, id);
    as_member(s, 0);
    return on_assignment(s, assignment, "evaluate", json);
}
