/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See desk.h. */
#include "modules/proposals/tests/desk.h"

#include <unistd.h>

#include "modules/assignments/assignment.h"
#include "modules/members/member.h"
#include "modules/orgs/org.h"
#include "modules/proposals/proposal_store.h"
#include "platform/calendar/calendar.h"
#include "platform/module.h"
#include "platform/settings/settings.h"

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
    struct desk *d = context;
    i64 sector;
    TRY(session_make(rq, &d->session_id));
    TRY(sector_save(rq, str_of("Economy"), 1, &sector));
    for (size_t i = 0; i < DESK_AGENCIES; i++)
        TRY(agency_make(rq, AGENCIES[i], &d->agency[i]));
    for (size_t i = 0; i < DESK_MEMBERS; i++)
        TRY(member_make(rq, MEMBERS[i], &d->member[i], &d->person[i]));
    return OK;
}

static err other_make(struct rq *rq, void *context)
{
    struct desk *d = context;
    i64 sector;
    TRY(session_make(rq, &d->other_session));
    TRY(sector_save(rq, str_of("Economy"), 1, &sector));
    TRY(agency_make(rq, "Strangers", &d->other_agency));
    return member_make(rq, "Qian", &d->other_member, &d->other_person);
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

err desk_in_org(struct desk *d, i64 org_id, err (*fn)(struct rq *rq, void *context), void *context)
{
    struct org_context c = { org_id, d->t->org, fn, context };
    return test_write(d->t, run_in_org, &c);
}

int desk_setup(void **state)
{
    return desk_setup_with(state, MODULES);
}

int desk_setup_with(void **state, const struct module *const *modules)
{
    struct desk *d = calloc(1, sizeof *d);
    if (!d)
        return 1;
    d->t = test_app_new(modules);
    must(desk_in_org(d, d->t->org, house_make, d), "house");
    must(desk_in_org(d, OTHER_ORG, other_make, d), "other house");
    *state = d;
    return 0;
}

int desk_teardown(void **state)
{
    struct desk *d = *state;
    test_app_free(d->t);
    free(d);
    return 0;
}

/* ---- who asks ---- */

static struct actor *as(struct desk *d, const char *role, enum scope scope)
{
    struct actor *actor = test_as_role(d->t, role);
    for (size_t i = 0; i < ACTOR_PERMISSIONS_MAX; i++)
        if (actor->scopes[i] != SCOPE_NONE)
            actor->scopes[i] = (unsigned char)scope;
    actor->person_id = 0;
    return d->actor = actor;
}

void desk_as_member(struct desk *d, size_t number)
{
    struct actor *actor = as(d, "member", SCOPE_SELF);
    actor->account_id = 300 + (i64)number;
    actor->person_id = d->person[number];
    actor->member_id = d->member[number];
}

void desk_as_staff(struct desk *d)
{
    as(d, "staff", SCOPE_ORG)->account_id = 110;
}

void desk_as_reviewer(struct desk *d)
{
    as(d, "reviewer", SCOPE_ORG)->account_id = 111;
}

void desk_as_dispatcher(struct desk *d)
{
    as(d, "dispatcher", SCOPE_ORG)->account_id = 112;
}

static void as_of_agency(struct desk *d, const char *role, size_t agency, i64 account_id)
{
    struct actor *actor = as(d, role, SCOPE_AGENCY);
    actor->account_id = account_id;
    actor->agency_id = d->agency[agency];
}

void desk_as_operator(struct desk *d, size_t agency)
{
    as_of_agency(d, "operator", agency, 400 + (i64)agency);
}

void desk_as_agency_leader(struct desk *d, size_t agency)
{
    as_of_agency(d, "agency_leader", agency, 500 + (i64)agency);
}

void desk_as_other_member(struct desk *d)
{
    struct actor *actor = as(d, "member", SCOPE_SELF);
    actor->account_id = 600;
    actor->org_id = OTHER_ORG;
    actor->person_id = d->other_person;
    actor->member_id = d->other_member;
}

void desk_as_other_reviewer(struct desk *d)
{
    struct actor *actor = as(d, "reviewer staff dispatcher", SCOPE_ORG);
    actor->account_id = 601;
    actor->org_id = OTHER_ORG;
}

/* ---- asking ---- */

static i64 version_of(struct desk *d, struct sql sql)
{
    i64 version = 0;
    db_set_org(d->t->db, d->actor->org_id);
    must(db_i64(d->t->db, sql, &version), "version");
    db_set_org(d->t->db, d->t->org);
    return version;
}

int desk_act(struct desk *d, i64 id, const char *verb, const char *json)
{
    char path[100];
    i64 version = version_of(
        d, SQL("SELECT COALESCE(MAX(version), 1) AS n FROM proposals WHERE org_id = :org AND id "
               "= :id",
               P(id)));
    snprintf(path, sizeof path, "/api/v1/proposals/%lld/%s", (long long)id, verb);
    struct test_answer a =
        test_api(d->t, POST, path, test_versioned(d->t, json ? json : "{}", version));
    if (a.status >= 400 && getenv("HUOTANG_TEST_LOG"))
        fprintf(stderr, "%s: %d %.*s\n", path, a.status, (int)a.body.len, a.body.ptr);
    return a.status;
}

struct test_answer desk_page(struct desk *d, const char *before, i64 id, const char *after)
{
    str path = arena_printf(d->t->mem, "%s%lld%s", before, (long long)id, after);
    return test_get(d->t, arena_cstr(d->t->mem, path));
}

struct proposal desk_load(struct desk *d, i64 id)
{
    struct proposal p = { 0 };
    must(proposal_store_find(d->t->db, id, d->t->mem, &p), "load");
    return p;
}

void desk_same(str got, const char *wanted)
{
    if (!str_is(got, wanted))
        fail_msg("expected %s, got %.*s", wanted, (int)got.len, got.ptr ? got.ptr : "");
}

bool desk_has(const struct test_answer *a, const char *text)
{
    return test_has(a, text);
}

void desk_on_day(struct desk *d, const char *text)
{
    d->t->app.clock.fixed_ms = day_start_ms(day_of(text)) + 9 * 3600 * 1000;
}

const char *desk_shared_file(struct desk *d, const char *name)
{
    const char *folder = getenv("HUOTANG_SHARED_DATA");
    const char *path =
        arena_printf(d->t->mem, "%s/%s", folder ? folder : "../shared/data", name).ptr;
    if (access(path, R_OK) == 0)
        return path;
    fprintf(stderr, "skipped: %s is not there (HUOTANG_SHARED_DATA)\n", path);
    skip();
    return NULL;
}

/* ---- a proposal on its road ---- */

const char *desk_text(struct desk *d, const char *title)
{
    return arena_printf(
               d->t->mem,
               "{\"title\":\"%s\",\"situation\":\"Eight thousand people wait for one bus.\","
               "\"analysis\":\"The line was planned for the old town.\","
               "\"suggestions\":[\"A line over the second bridge.\",\"A later last bus.\"],"
               "\"consent\":\"yes\"}",
               title)
        .ptr;
}

i64 desk_draft(struct desk *d, const char *title)
{
    i64 id = 0;
    desk_as_member(d, 0);
    struct test_answer a = test_api(d->t, POST, "/api/v1/proposals", desk_text(d, title));
    if (a.status != 201)
        fail_msg("draft: %d %.*s", a.status, (int)a.body.len, a.body.ptr);
    assert_true(str_to_i64(test_json(d->t, &a, "id"), &id));
    return id;
}

i64 desk_submitted(struct desk *d, const char *title)
{
    i64 id = desk_draft(d, title);
    assert_int_equal(desk_act(d, id, "submit", "{\"confirmed\":true}"), 200);
    return id;
}

i64 desk_docketed(struct desk *d, const char *title)
{
    i64 id = desk_submitted(d, title);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "docket", "{\"category\":\"transport\"}"), 200);
    return id;
}

void desk_assign(struct desk *d, i64 id)
{
    char json[100];
    desk_as_dispatcher(d);
    snprintf(json, sizeof json, "{\"mode\":\"sole\",\"host_id\":%lld}", (long long)d->agency[0]);
    assert_int_equal(desk_act(d, id, "assign", json), 200);
}

void desk_split(struct desk *d, i64 id)
{
    char json[100];
    desk_as_dispatcher(d);
    snprintf(json, sizeof json,
             "{\"mode\":\"split\",\"splits\":[%lld,%lld],\"due_on\":\"2027-01-15\"}",
             (long long)d->agency[0], (long long)d->agency[1]);
    assert_int_equal(desk_act(d, id, "assign", json), 200);
}

i64 desk_assigned(struct desk *d, const char *title)
{
    i64 id = desk_docketed(d, title);
    desk_assign(d, id);
    return id;
}

i64 desk_assignment(struct desk *d, i64 id)
{
    struct rq rq = test_system_rq(d->t);
    struct rows rows;
    must(assignment_list_of(&rq, "proposals", id, &rows), "assignments");
    assert_true(rows.count > 0);
    return ((const struct assignment *)rows.items)[0].id;
}

i64 desk_assignment_version(struct desk *d, i64 assignment)
{
    return version_of(d, SQL("SELECT COALESCE(MAX(version), 1) AS n FROM assignments "
                             "WHERE org_id = :org AND id = :assignment",
                             P(assignment)));
}

static int on_assignment(struct desk *d, i64 assignment, const char *verb, const char *json)
{
    char path[100];
    i64 version = desk_assignment_version(d, assignment);
    snprintf(path, sizeof path, "/api/v1/assignments/%lld/%s", (long long)assignment, verb);
    struct test_answer a = test_api(d->t, POST, path, test_versioned(d->t, json, version));
    if (a.status >= 400)
        fprintf(stderr, "%s: %d %.*s\n", path, a.status, (int)a.body.len, a.body.ptr);
    return a.status;
}

void desk_answer(struct desk *d, i64 id, const char *class)
{
    i64 assignment = desk_assignment(d, id);
    int year, month, day;
    char contact[300], reply[800], promise[200] = "";
    day_to_civil(day_of_ms(d->t->app.clock.fixed_ms), &year, &month, &day);
    snprintf(contact, sizeof contact,
             "{\"way\":\"visit\",\"held_on\":\"%04d-%02d-%02d\",\"with_whom\":\"Li\","
             "\"content\":\"Looked at the bridge together.\"}",
             year, month, day);
    if (strcmp(class, "b") == 0) /* being solved: by when, and by whom */
        snprintf(promise, sizeof promise,
                 "\"promise_texts\":[\"A later bus on Fridays\"],\"promise_days\":[\"%d-06-30\"],"
                 "\"promise_owners\":[\"Zhao\"],",
                 year + 1);
    snprintf(reply, sizeof reply,
             "{\"class\":\"%s\",%s\"opening\":\"We have your proposal.\",\"results\":[\"adopted\","
             "\"planned\"],"
             "\"answers\":[\"The line opens in June.\",\"The last bus leaves at ten.\"],"
             "\"closing\":\"Thank you.\",\"operator\":\"Ding\",\"phone\":\"0883-1234567\","
             "\"public\":true}",
             class, promise);
    desk_as_operator(d, 0);
    if (str_is(desk_load(d, id).state, "assigned"))
        assert_int_equal(on_assignment(d, assignment, "accept", "{}"), 200);
    assert_int_equal(on_assignment(d, assignment, "contact", contact), 200);
    assert_int_equal(on_assignment(d, assignment, "reply", reply), 200);
    desk_as_agency_leader(d, 0);
    assert_int_equal(on_assignment(d, assignment, "sign", "{\"signer\":\"He\"}"), 200);
}

i64 desk_answered(struct desk *d, const char *title)
{
    i64 id = desk_assigned(d, title);
    desk_answer(d, id, "a");
    return id;
}

int desk_evaluate(struct desk *d, i64 id, const char *result)
{
    char json[300];
    snprintf(json, sizeof json,
             "{\"visit\":\"visited\",\"manner\":\"satisfied\",\"hearing\":\"visit\","
             "\"relevance\":\"direct\","
             "\"handling\":\"satisfied\",\"result\":\"%s\",\"text\":\"Noted.\"}",
             result);
    i64 assignment = desk_assignment(d, id);
    desk_as_member(d, 0);
    return on_assignment(d, assignment, "evaluate", json);
}

i64 desk_closed(struct desk *d, const char *title)
{
    i64 id = desk_answered(d, title);
    assert_int_equal(desk_evaluate(d, id, "satisfied"), 200);
    desk_same(desk_load(d, id).state, "closed");
    return id;
}

i64 desk_rejected(struct desk *d, const char *title)
{
    i64 id = desk_submitted(d, title);
    desk_as_reviewer(d);
    assert_int_equal(
        desk_act(d, id, "reject",
                 "{\"reason\":\"empty\",\"destination\":\"refer\",\"opinion\":\"No.\"}"),
        200);
    return id;
}

i64 desk_twice_dissatisfied(struct desk *d, const char *title)
{
    i64 id = desk_answered(d, title);
    assert_int_equal(desk_evaluate(d, id, "dissatisfied"), 200);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "redo", "{\"opinion\":\"Answer the second question.\"}"), 200);
    desk_answer(d, id, "b");
    assert_int_equal(desk_evaluate(d, id, "dissatisfied"), 200);
    return id;
}

i64 desk_mediated(struct desk *d, const char *title)
{
    i64 id = desk_twice_dissatisfied(d, title);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "mediate", "{\"opinion\":\"Where does the bus stop?\"}"), 200);
    return id;
}
