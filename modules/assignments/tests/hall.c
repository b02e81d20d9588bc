/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See hall.h. */
#include "modules/assignments/tests/hall.h"

#include <stdio.h>
#include <stdlib.h>

#include "modules/orgs/org.h"
#include "platform/access/access_settings.h"
#include "platform/base/str.h"
#include "platform/calendar/calendar.h"
#include "platform/jobs/jobs.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/web/json.h"
#include "platform/web/view.h"

extern const struct module desk_module, evaluation_module, orgs_module, reply_module;

/* ---- a kind of matter ---- */

enum { EVENTS_HEARD = 64 };
static const char *heard_events[EVENTS_HEARD];
static size_t heard_count;

static err note(const char *event)
{
    if (heard_count < EVENTS_HEARD)
        heard_events[heard_count++] = event;
    return OK;
}

static err on_accepted(struct rq *rq, i64 id, const void *fact)
{
    const struct assignment *a = fact;
    (void)rq;
    assert_int_equal(a->id, id);
    return note("assignments.accepted");
}

static err on_replied(struct rq *rq, i64 id, const void *fact)
{
    const struct assignment *a = fact;
    (void)rq;
    assert_int_equal(a->id, id);
    assert_true(str_is(a->state, "replied"));
    return note("assignments.replied");
}

static err on_evaluated(struct rq *rq, i64 id, const void *fact)
{
    (void)rq;
    assert_int_equal(((const struct assignment *)fact)->id, id);
    return note("assignments.evaluated");
}

static err on_reassigned(struct rq *rq, i64 id, const void *fact)
{
    const struct assignment *next = fact;
    (void)rq;
    assert_int_not_equal(next->id, id); /* the one taken away, and the new one */
    assert_true(str_is(next->state, "assigned"));
    return note("assignments.reassigned");
}

static err on_due_changed(struct rq *rq, i64 id, const void *fact)
{
    const struct due_change *change = fact;
    (void)rq;
    assert_int_equal(change->assignment->id, id);
    return note("assignments.due_changed");
}

static err on_evaluation_late(struct rq *rq, i64 id, const void *fact)
{
    (void)rq;
    assert_int_equal(((const struct assignment *)fact)->id, id);
    return note("assignments.evaluation_late");
}

static err on_closed(struct rq *rq, i64 id, const void *fact)
{
    (void)rq;
    (void)id;
    assert_true(str_is(((const struct assignment *)fact)->state, "closed"));
    return note("assignments.closed");
}

static err on_cancelled(struct rq *rq, i64 id, const void *fact)
{
    (void)rq;
    assert_int_equal(((const struct assignment *)fact)->id, id);
    assert_true(((const struct assignment *)fact)->cancelled_at > 0);
    return note("assignments.cancelled");
}

static err on_contacted(struct rq *rq, i64 id, const void *fact)
{
    (void)rq;
    assert_int_equal(((const struct assignment *)fact)->id, id);
    return note("assignments.contacted");
}

static err on_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct matter_shown *shown = fact;
    (void)rq;
    if (shown->out)
        view_put_str(shown->out, str_of("TEXT-OF-THE-MATTER"));
    else
        json_i64(shown->json, "matter", id);
    return OK;
}

static err on_section_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct assignment_section_shown *shown = fact;
    assert_int_equal(shown->assignment->id, id);
    assert_true((shown->out != NULL) != (shown->json != NULL));
    if (shown->out)
        view_put_str(shown->out,
                     arena_printf(rq->mem, "BELOW-%lld%s%s%s.", (long long)id,
                                  shown->is_own ? "-own" : "", shown->is_signer ? "-signer" : "",
                                  shown->is_office ? "-office" : ""));
    else
        json_i64(shown->json, "below", id);
    return OK;
}

/* The page and JSON of a matter, as its module would make them. */
static err page_matter(struct rq *rq, struct res *res)
{
    struct out *out = page_begin(rq, str_of("Matter"), NULL);
    TRY(assignment_section(rq, "proposals", rq->path_id, out));
    page_end(res, out);
    return OK;
}

static err api_matter(struct rq *rq, struct res *res)
{
    struct buf *b = buf_new(rq->mem, 1 << 20);
    struct json j = json_on(b);
    json_object(&j, NULL);
    TRY(assignment_json(rq, "proposals", rq->path_id, &j));
    json_object_end(&j);
    res_json(res, b);
    return OK;
}

static const struct route ROUTES[] = {
    { GET, "/matters/{id}", page_matter, .may = SIGNED_IN },
    { GET, "/api/v1/matters/{id}", api_matter, .may = SIGNED_IN },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "assignments.accepted", on_accepted },
    { "assignments.replied", on_replied },
    { "assignments.evaluated", on_evaluated },
    { "assignments.reassigned", on_reassigned },
    { "assignments.due_changed", on_due_changed },
    { "assignments.evaluation_late", on_evaluation_late },
    { "assignments.closed", on_closed },
    { "assignments.cancelled", on_cancelled },
    { "assignments.contacted", on_contacted },
    { "assignments.shown", on_shown },
    { "assignments.section_shown", on_section_shown },
    { NULL, NULL },
};
static const struct module ACCESS_MODULE = { .name = "access", .settings = ACCESS_SETTINGS };
static const struct module MATTER_MODULE = { .name = "matters",
                                             .routes = ROUTES,
                                             .listens = LISTENS };

const struct module *const HALL_MODULES[] = {
    &settings_module,   &calendar_module, &jobs_module,       &notify_module,
    &ACCESS_MODULE,     &orgs_module,     &assignment_module, &reply_module,
    &evaluation_module, &desk_module,     &MATTER_MODULE,     NULL,
};

i64 heard(const char *event)
{
    i64 count = 0;
    for (size_t i = 0; i < heard_count; i++)
        count += strcmp(heard_events[i], event) == 0;
    return count;
}

/* ---- house ---- */

static void must(err e, const char *what)
{
    if (e.code != ERR_NONE)
        fail_msg("%s: %s %.*s (%s:%d)", what, e.name, (int)e.arg[0].len,
                 e.arg[0].ptr ? e.arg[0].ptr : "", e.file ? e.file : "?", e.line);
}

static err agencies_add(struct rq *rq, void *context)
{
    static const char *const NAMES[AGENCIES] = { "Roads", "Health", "Schools", "Water", "Parks" };
    struct hall *h = context;
    for (size_t i = 0; i < AGENCIES; i++) {
        struct org org = { .kind = str_of("department"),
                           .name = str_of(NAMES[i]),
                           .letter_prefix = str_of(i == 0 ? "RD" : ""),
                           .short_name = str_of(i == 1 ? "HL" : ""),
                           .agency = true };
        TRY(org_save(rq, &org, &h->agency[i]));
    }
    return OK;
}

static err stranger_add(struct rq *rq, void *context)
{
    struct hall *h = context;
    struct actor actor = *rq->actor;
    struct org org = { .kind = str_of("department"), .name = str_of("Strangers"), .agency = true };
    actor.org_id = OTHER_ORG;
    rq->actor = &actor;
    db_set_org(rq->db, OTHER_ORG);
    err e = org_save(rq, &org, &h->stranger);
    db_set_org(rq->db, h->t->org);
    return e;
}

int hall_setup(void **state)
{
    struct hall *h = calloc(1, sizeof *h);
    if (!h)
        return 1;
    heard_count = 0;
    h->t = test_app_new(HALL_MODULES);
    must(test_write(h->t, agencies_add, h), "agencies");
    must(test_write(h->t, stranger_add, h), "stranger");
    *state = h;
    return 0;
}

int hall_teardown(void **state)
{
    struct hall *h = *state;
    test_app_free(h->t);
    free(h);
    return 0;
}

/* ---- who asks ---- */

static struct actor *as(struct hall *h, const char *role, enum scope scope)
{
    struct actor *actor = test_as_role(h->t, role);
    for (size_t i = 0; i < ACTOR_PERMISSIONS_MAX; i++)
        if (actor->scopes[i] != SCOPE_NONE)
            actor->scopes[i] = (unsigned char)scope;
    return actor;
}

static void as_of_agency(struct hall *h, const char *role, i64 agency_id, i64 account_id)
{
    struct actor *actor = as(h, role, SCOPE_AGENCY);
    actor->account_id = account_id;
    actor->person_id = 0;
    actor->agency_id = agency_id;
}

void as_operator(struct hall *h, size_t agency)
{
    as_of_agency(h, "operator", h->agency[agency], 400 + (i64)agency);
}

void as_leader(struct hall *h, size_t agency)
{
    as_of_agency(h, "agency_leader", h->agency[agency], 500 + (i64)agency);
}

void as_dispatcher(struct hall *h)
{
    as(h, "dispatcher", SCOPE_ORG)->person_id = 0;
}

void as_staff(struct hall *h)
{
    as(h, "staff reviewer", SCOPE_ORG)->person_id = 0;
}

void as_signer(struct hall *h, i64 person_id)
{
    struct actor *actor = as(h, "member", SCOPE_SELF);
    actor->account_id = 1000 + person_id;
    actor->person_id = person_id;
    actor->member_id = 2000 + person_id;
}

void as_reader(struct hall *h)
{
    as_signer(h, 399);
}

void as_foreign_operator(struct hall *h, i64 agency_id)
{
    as_of_agency(h, "operator", agency_id, 600);
    struct actor actor = *test_as_role(h->t, "operator");
    actor.org_id = OTHER_ORG;
    actor.agency_id = agency_id;
    test_as(h->t, &actor);
}

/* ---- handing out ---- */

struct out_context {
    struct hall *h;
    const struct handing *handing;
    i64 *made;
    err result;
};

static const char *role_of(char letter)
{
    return letter == 's' ? "sole" : letter == 'h' ? "host" : letter == 'c' ? "cohost" : "split";
}

static err hand_out_in(struct rq *rq, void *context)
{
    struct out_context *c = context;
    struct assignment_new agencies[AGENCIES + 1];
    str items[] = { str_of("Build the road."), str_of("Light the road.") };
    i64 persons[10];
    str names[10];
    size_t count = strlen(c->handing->roles);
    for (size_t i = 0; i < count; i++)
        agencies[i] = (struct assignment_new){ c->h->agency[i % AGENCIES],
                                               role_of(c->handing->roles[i]), c->handing->due_on };
    for (i64 i = 0; i < c->handing->signers; i++) {
        persons[i] = 301 + i;
        names[i] = arena_printf(rq->mem, "Signer %lld", (long long)i + 1);
    }
    struct matter matter = { .collection = "proposals",
                             .id = MATTER_ID + c->handing->n,
                             .title = str_of("A safe road to the school"),
                             .number = str_of("No. 137"),
                             .plenary = c->h->plenary,
                             .party = c->h->party,
                             .items = { items, 2 },
                             .persons = { persons, (size_t)c->handing->signers },
                             .names = { names, (size_t)c->handing->signers } };
    struct rows rows;
    TRY(assignment_hand_out(rq, &matter, agencies, count));
    TRY(assignment_list_of(rq, "proposals", matter.id, &rows));
    for (size_t i = 0; i < rows.count; i++)
        c->made[i] = ((const struct assignment *)rows.items)[i].id;
    return OK;
}

err hand_out(struct hall *h, const struct handing *handing, i64 made[AGENCIES])
{
    struct out_context c = { .h = h, .handing = handing, .made = made };
    return test_write(h->t, hand_out_in, &c);
}

i64 hand_out_one(struct hall *h)
{
    i64 made[AGENCIES] = { 0 };
    must(hand_out(h, &(struct handing){ 0, "s", 1, 0 }, made), "hand out");
    return made[0];
}

/* ---- steps ---- */

int act(struct hall *h, i64 id, const char *verb, const char *json)
{
    char path[100];
    i64 version = 0;
    must(db_i64(h->t->db,
                SQL("SELECT COALESCE(MAX(version), 1) AS n FROM assignments WHERE org_id = :org "
                    "AND id = :id",
                    P(id)),
                &version),
         "version");
    snprintf(path, sizeof path, "/api/v1/assignments/%lld/%s", (long long)id, verb);
    struct test_answer a =
        test_api(h->t, POST, path, test_versioned(h->t, json ? json : "{}", version));
    if (a.status >= 400 && getenv("HUOTANG_TEST_LOG"))
        fprintf(stderr, "%s: %d %.*s\n", path, a.status, (int)a.body.len, a.body.ptr);
    return a.status;
}

static const char FULL[] = "{\"class\":\"a\",\"opening\":\"We have your "
                           "proposal.\",\"results\":[\"adopted\",\"planned\"],"
                           "\"answers\":[\"The road is being built.\",\"Lamps follow in "
                           "June.\"],\"closing\":\"Thank you.\","
                           "\"operator\":\"Wang\",\"phone\":\"0883-1234567\",\"public\":true}";

void draft(struct hall *h, i64 id, size_t agency)
{
    char contact[300];
    i64 today = day_of_ms(h->t->app.clock.fixed_ms);
    int year, month, mday;
    day_to_civil(today, &year, &month, &mday);
    snprintf(contact, sizeof contact,
             "{\"way\":\"visit\",\"held_on\":\"%04d-%02d-%02d\",\"with_whom\":\"Signer 1\","
             "\"content\":\"Looked at the road together.\"}",
             year, month, mday);
    as_operator(h, agency);
    if (str_is(state_of(h, id), "assigned"))
        assert_int_equal(act(h, id, "accept", NULL), 200);
    assert_int_equal(act(h, id, "contact", contact), 200);
    assert_int_equal(act(h, id, "reply", FULL), 200);
}

void answer(struct hall *h, i64 id, size_t agency)
{
    draft(h, id, agency);
    as_leader(h, agency);
    assert_int_equal(act(h, id, "sign", "{\"signer\":\"Li\"}"), 200);
}

int evaluate(struct hall *h, i64 id, i64 person_id, const char *result)
{
    char json[400];
    snprintf(json, sizeof json,
             "{\"visit\":\"visited\",\"manner\":\"satisfied\",\"hearing\":\"visit\",\"relevance\":"
             "\"direct\","
             "\"handling\":\"satisfied\",\"result\":\"%s\",\"text\":\"VERDICT-OF-%lld\"}",
             result, (long long)person_id);
    as_signer(h, person_id);
    return act(h, id, "evaluate", json);
}

/* ---- looking ---- */

struct assignment load(struct hall *h, i64 id)
{
    struct assignment a = { 0 };
    must(assignment_store_find(h->t->db, id, h->t->mem, &a), "load");
    return a;
}

str state_of(struct hall *h, i64 id)
{
    return load(h, id).state;
}

struct evaluation_outcome outcome_of(struct hall *h, i64 n)
{
    struct rq rq = test_system_rq(h->t);
    struct evaluation_outcome out = { 0 };
    must(evaluation_outcome(&rq, "proposals", MATTER_ID + n, &out), "outcome");
    return out;
}

struct matter_context {
    i64 n;
    err (*fn)(struct rq *, const char *, i64);
};

static err on_matter_in(struct rq *rq, void *context)
{
    const struct matter_context *c = context;
    return c->fn(rq, "proposals", MATTER_ID + c->n);
}

err on_matter(struct hall *h, i64 n, err (*fn)(struct rq *, const char *, i64))
{
    struct matter_context c = { n, fn };
    return test_write(h->t, on_matter_in, &c);
}

struct test_answer page(struct hall *h, const char *before, i64 id, const char *after)
{
    str path = arena_printf(h->t->mem, "%s%lld%s", before, (long long)id, after);
    return test_get(h->t, arena_cstr(h->t->mem, path));
}

i64 day(const char *text)
{
    i64 out = 0;
    assert_true(day_parse(str_of(text), &out));
    return out;
}

void on_day(struct hall *h, const char *text)
{
    h->t->app.clock.fixed_ms = day_start_ms(day(text)) + 9 * 3600 * 1000;
}

void same(str got, const char *wanted)
{
    if (!str_is(got, wanted))
        fail_msg("expected %s, got %.*s", wanted, (int)got.len, got.ptr ? got.ptr : "");
}

void shows(struct hall *h, struct test_answer a, const char *words)
{
    (void)h;
    if (a.status != 200)
        fail_msg("status %d: %.*s", a.status, (int)a.body.len, a.body.ptr);
    if (!test_has(&a, words))
        fail_msg("no %s in %.*s", words, (int)a.body.len, a.body.ptr);
}

void hides(struct test_answer a, const char *words)
{
    assert_int_equal(a.status, 200);
    if (test_has(&a, words))
        fail_msg("%s in %.*s", words, (int)a.body.len, a.body.ptr);
}

/* ---- settings ---- */

struct hall_value {
    const char *name, *value;
};

static err value_in(struct rq *rq, void *context)
{
    const struct hall_value *v = context;
    return setting_store(rq, v->name, str_of(v->value), rq->today);
}

void set(struct hall *h, const char *name, const char *value)
{
    struct hall_value v = { name, value };
    assert_int_equal(test_write(h->t, value_in, &v).code, ERR_NONE);
}

i64 talked(struct hall *h)
{
    i64 id = hand_out_one(h);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "accept", NULL), 200);
    assert_int_equal(act(h, id, "contact",
                         "{\"way\":\"phone\",\"held_on\":\"2026-11-25\",\"with_whom\":\"S\","
                         "\"content\":\"c\"}"),
                     200);
    return id;
}

void employ(struct hall *h, size_t agency)
{
    i64 agency_id = h->agency[agency];
    must(db_run(h->t->db,
                SQL("INSERT INTO accounts (org_id, login_name, name, agency_id, created_at) VALUES "
                    "(:org, 'hears', 'Wu', :agency_id, 1)",
                    P(agency_id)),
                NULL),
         "an account");
}

i64 deliveries(struct hall *h)
{
    i64 count = 0;
    must(db_i64(h->t->db, SQL("SELECT COUNT(*) FROM deliveries WHERE org_id = :org"), &count),
         "deliveries");
    return count;
}
