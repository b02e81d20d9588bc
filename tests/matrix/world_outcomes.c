/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_outcomes.h. Whose they are: modules/outcomes/README.md, "Who may see". */
#include "tests/matrix/world_outcomes.h"

#include "platform/base/str.h"
#include "tests/matrix/roads.h"
#include "tests/matrix/rules.h"

/* ---- roads ---- */

static void reply(struct road *m, const char *class, str promise)
{
    road_on_assignment(
        m, OPERATOR_JOB, "reply",
        arena_printf(m->w->t->mem,
                     "{\"class\":\"%s\",%.*s\"opening\":\"%sWe have it.\",\"results\":[\"adopted\","
                     "\"planned\"],\"answers\":[\"Opens in June.\",\"At ten.\"],\"closing\":"
                     "\"Thanks.\",\"operator\":\"Ding\",\"phone\":\"0883-1234567\","
                     "\"public\":true}",
                     class, (int)promise.len, promise.ptr, m->mark));
}

static void reply_b(struct road *m)
{
    reply(m, "b",
          arena_printf(m->w->t->mem,
                       "\"promise_texts\":[\"%sA bus over the bridge\"],\"promise_days\":["
                       "\"2027-06-30\"],\"promise_owners\":[\"Zhao\"],",
                       m->mark));
}

static void reply_c(struct road *m)
{
    reply(m, "c", str_of(""));
}

/* From here on the thing is the promise. */
static void take_promise(struct road *m)
{
    m->w->thing[m->set][m->thing] =
        world_number(m->w->t->db, world_org(m->set),
                     SQL("SELECT MAX(id) FROM promises WHERE org_id = :org"));
    m->version = 1;
}

static void take_followup(struct road *m)
{
    m->w->thing[m->set][m->thing] =
        world_number(m->w->t->db, world_org(m->set),
                     SQL("SELECT MAX(id) FROM followups WHERE org_id = :org"));
}

static void on_promise(struct road *m, enum duty duty, const char *verb, str json)
{
    str path = arena_printf(m->w->t->mem, "/api/v1/promises/%lld/%s",
                            (long long)m->w->thing[m->set][m->thing], verb);
    road_ask(m, duty, path.ptr, json);
}

/* By the operator, who acts since the step before. */
static void show(struct road *m)
{
    static const char PDF[] =
        "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
    const struct test_file files[] = { { "evidence", "paper.pdf", str_of(PDF) }, { 0 } };
    struct world *w = m->w;
    on_promise(m, OPERATOR_JOB, "progress",
               arena_printf(w->t->mem, "{\"percent\":10,\"opinion\":\"%sMeasured.\"}", m->mark));
    str path =
        arena_printf(w->t->mem, "/promises/%lld/evidence", (long long)w->thing[m->set][m->thing]);
    struct test_answer a = test_upload(w->t, path.ptr, files, NULL);
    if (a.status != 303)
        fail_msg("evidence: %d %.*s", a.status, (int)a.body.len, a.body.ptr);
    w->attachment[m->set][m->thing] =
        world_number(w->t->db, world_org(m->set),
                     SQL("SELECT MAX(id) FROM attachments WHERE org_id = :org"));
}

static void ask_more_time(struct road *m)
{
    on_promise(m, OPERATOR_JOB, "renew",
               arena_printf(m->w->t->mem, "{\"to_on\":\"2027-12-01\",\"opinion\":\"%sIt waits.\"}",
                            m->mark));
}

static void meet(struct road *m)
{
    on_promise(m, OPERATOR_JOB, "meet",
               arena_printf(m->w->t->mem, "{\"opinion\":\"%sIt runs.\"}", m->mark));
}

static void miss(struct road *m)
{
    on_promise(m, STAFF_JOB, "miss",
               arena_printf(m->w->t->mem, "{\"opinion\":\"%sNothing came.\"}", m->mark));
}

#define ANSWERED_B \
    road_draft, road_submit, road_docket, road_assign, road_accept, road_contact, reply_b, road_sign

static const struct {
    int thing;
    road_step *steps[16];
} ROADS[] = {
    { PROMISE_MADE, { ANSWERED_B, take_promise, show, NULL } },
    { PROMISE_RENEWING, { ANSWERED_B, take_promise, ask_more_time, NULL } },
    { PROMISE_MET, { ANSWERED_B, take_promise, meet, NULL } },
    { PROMISE_MISSED, { ANSWERED_B, take_promise, miss, NULL } },
    { FOLLOWUP_PLANNED,
      { road_draft, road_submit, road_docket, road_assign, road_accept, road_contact, road_reply,
        road_sign, road_evaluate_well, take_followup, NULL } },
    { UNTRACKED,
      { road_draft, road_submit, road_docket, road_assign, road_accept, road_contact, reply_c,
        road_sign, road_evaluate_well, NULL } },
};

static err view_make(struct rq *rq, struct world *w, int set)
{
    static const enum who OPERATORS[SETS] = { AN_OPERATOR, ANOTHER_OPERATOR, FOREIGN_OPERATOR };
    i64 operator_id = w->actor[OPERATORS[set]].account_id, now = rq->now_ms;
    str words = str_of(set == SET_FOREIGN ? "CANARY-WORDS" : "Words");
    return db_insert(rq->db,
                     SQL("INSERT INTO list_views (org_id, account_id, list, name, query, saved_at) "
                         "VALUES (:org, :operator_id, 'promises', :words, '', :now) RETURNING id",
                         P(operator_id), P(words), P(now)),
                     &w->thing[set][PROMISE_VIEW]);
}

static void outcomes_make(struct world *w)
{
    for (int set = 0; set < SETS; set++) {
        for (size_t i = 0; i < sizeof ROADS / sizeof *ROADS; i++)
            road_walk(w, set, ROADS[i].thing, ROADS[i].steps);
        world_make(w, set, view_make);
    }
}

static i64 outcomes_version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    if (thing == FOLLOWUP_PLANNED)
        return world_number(w->t->db, world_org(set),
                            SQL("SELECT version FROM followups WHERE org_id = :org AND id = :id",
                                P(id)));
    if (thing == UNTRACKED)
        return world_number(w->t->db, world_org(set),
                            SQL("SELECT version FROM proposals WHERE org_id = :org AND id = :id",
                                P(id)));
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM promises WHERE org_id = :org AND id = :id",
                            P(id)));
}

/* ---- whose ---- */

/* The office, the agency that answered, and who signs. */
static char outcomes_own(const struct question *q)
{
    if (q->thing == PROMISE_VIEW)
        return rules_is_agency(q) && strcmp(WHO[q->who].role, "operator") == 0 ? 'o' : 'n';
    bool sees = WHO[q->who].scope == SCOPE_ORG || rules_is_agency(q) || rules_is_person(q);
    return sees ? 'o' : 'n';
}

static const struct thing THINGS_OWN[] = {
    { PROMISE_MADE, "made", NULL, false },        { PROMISE_RENEWING, "renewing", NULL, false },
    { PROMISE_MET, "met", NULL, false },          { PROMISE_MISSED, "missed", NULL, false },
    { FOLLOWUP_PLANNED, "planned", NULL, false }, { UNTRACKED, "untracked", NULL, false },
    { PROMISE_VIEW, "view", NULL, false },        { 0 },
};

const struct part PART_OF_OUTCOMES = { .name = "outcomes",
                                       .specimens = SPECIMENS_OUTCOMES,
                                       .things = THINGS_OWN,
                                       .make = outcomes_make,
                                       .version = outcomes_version,
                                       .own = outcomes_own };
