/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_urgings.h. Whose they are: modules/urgings/README.md, "Who may see". */
#include "tests/matrix/world_urgings.h"

#include "platform/base/str.h"
#include "tests/matrix/roads.h"
#include "tests/matrix/rules.h"

/* ---- roads ---- */

static i64 slip_version(struct world *w, int set, i64 id)
{
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM urgings WHERE org_id = :org AND id = :id", P(id)));
}

/* From here on the thing is the slip. */
static void propose(struct road *m)
{
    struct world *w = m->w;
    str json = arena_printf(w->t->mem,
                            "{\"flow\":\"assignments\",\"subject_id\":%lld,\"cause\":\"manual\","
                            "\"text\":\"%sSay when it opens.\"}",
                            (long long)w->assignment[m->set][m->thing], m->mark);
    struct test_answer a = road_ask(m, STAFF_JOB, "/api/v1/urgings", json);
    assert_true(str_to_i64(test_json(w->t, &a, "id"), &w->thing[m->set][m->thing]));
}

static void on_slip(struct road *m, enum duty duty, const char *verb, str json)
{
    i64 id = m->w->thing[m->set][m->thing];
    str path = arena_printf(m->w->t->mem, "/api/v1/urgings/%lld/%s", (long long)id, verb);
    m->version = slip_version(m->w, m->set, id);
    road_ask(m, duty, path.ptr, json);
}

static void issue(struct road *m)
{
    on_slip(m, REVIEWER_JOB, "issue",
            arena_printf(m->w->t->mem, "{\"text\":\"%sSay when it opens.\"}", m->mark));
}

static void show(struct road *m)
{
    static const char PDF[] =
        "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
    static const enum who OPERATORS[SETS] = { AN_OPERATOR, ANOTHER_OPERATOR, FOREIGN_OPERATOR };
    const struct test_file files[] = { { "evidence", "paper.pdf", str_of(PDF) }, { 0 } };
    struct world *w = m->w;
    str path =
        arena_printf(w->t->mem, "/urgings/%lld/evidence", (long long)w->thing[m->set][m->thing]);
    test_as(w->t, &w->actor[OPERATORS[m->set]]);
    struct test_answer a = test_upload(w->t, path.ptr, files, NULL);
    if (a.status != 303)
        fail_msg("evidence: %d %.*s", a.status, (int)a.body.len, a.body.ptr);
    w->attachment[m->set][m->thing] =
        world_number(w->t->db, world_org(m->set),
                     SQL("SELECT MAX(id) FROM attachments WHERE org_id = :org"));
}

static void take(struct road *m)
{
    on_slip(m, OPERATOR_JOB, "accept", str_of("{}"));
}

static void answer(struct road *m)
{
    on_slip(m, OPERATOR_JOB, "answer",
            arena_printf(m->w->t->mem, "{\"opinion\":\"%sIt opens in June.\"}", m->mark));
}

static void pass(struct road *m)
{
    on_slip(m, REVIEWER_JOB, "pass",
            arena_printf(m->w->t->mem, "{\"opinion\":\"%sFine.\"}", m->mark));
}

static void publish(struct road *m)
{
    struct world *w = m->w;
    str json = arena_printf(w->t->mem,
                            "{\"title\":\"%sNovember\",\"text\":\"Who waits.\",\"urgings\":[%lld]}",
                            m->mark, (long long)w->thing[m->set][m->thing]);
    struct test_answer a = road_ask(m, REVIEWER_JOB, "/api/v1/circulars", json);
    assert_true(str_to_i64(test_json(w->t, &a, "id"), &w->thing[m->set][m->thing]));
}

static void take_part(struct road *m)
{
    m->w->thing[m->set][m->thing] = m->w->assignment[m->set][m->thing];
}

#define PROPOSED road_draft, road_submit, road_docket, road_assign, propose

static const struct {
    int thing;
    road_step *steps[12];
} ROADS[] = {
    { URGING_PROPOSED, { PROPOSED, NULL } },
    { URGING_ISSUED, { PROPOSED, issue, show, NULL } },
    { URGING_ACCEPTED, { PROPOSED, issue, take, NULL } },
    { URGING_ANSWERED, { PROPOSED, issue, take, answer, NULL } },
    { URGING_PASSED, { PROPOSED, issue, take, answer, pass, NULL } },
    { CIRCULAR, { PROPOSED, issue, publish, NULL } },
    { URGED_CASE, { road_draft, road_submit, road_docket, NULL } },
    { URGED_PART, { road_draft, road_submit, road_docket, road_assign, take_part, NULL } },
};

static err view_make(struct rq *rq, struct world *w, int set)
{
    static const enum who OPERATORS[SETS] = { AN_OPERATOR, ANOTHER_OPERATOR, FOREIGN_OPERATOR };
    i64 operator_id = w->actor[OPERATORS[set]].account_id, now = rq->now_ms;
    str words = str_of(set == SET_FOREIGN ? "CANARY-WORDS" : "Words");
    return db_insert(rq->db,
                     SQL("INSERT INTO list_views (org_id, account_id, list, name, query, saved_at) "
                         "VALUES (:org, :operator_id, 'urgings', :words, '', :now) RETURNING id",
                         P(operator_id), P(words), P(now)),
                     &w->thing[set][URGING_VIEW]);
}

static void urgings_make(struct world *w)
{
    for (int set = 0; set < SETS; set++) {
        for (size_t i = 0; i < sizeof ROADS / sizeof *ROADS; i++)
            road_walk(w, set, ROADS[i].thing, ROADS[i].steps);
        world_make(w, set, view_make);
    }
}

static i64 urgings_version(struct world *w, int set, int thing)
{
    return slip_version(w, set, w->thing[set][thing]);
}

/* ---- whose ---- */

/* All that is late is for who reads the organisation; a proposer presses his own case only; a form
 * about a thing is its organisation's. */
static char urgings_first(const struct question *q)
{
    const struct who_kind *who = &WHO[q->who];
    const char *verb = rules_verb(q);
    if (strcmp(verb, "late") == 0 && who->scope != SCOPE_ORG)
        return 'f';
    if (strcmp(verb, "remind") == 0 && who->scope == SCOPE_SELF && who->org_id == world_org(q->set))
        return rules_is_person(q) ? 'o' : 'f';
    bool form = strcmp(q->entry->route.path, "/urgings/new") == 0 && q->entry->route.method == GET;
    return form && who->org_id != world_org(q->set) ? 'n' : 0;
}

/* The office all; the agency what was issued to it; circulars are for all of them. */
static char urgings_own(const struct question *q)
{
    if (q->thing == URGING_VIEW)
        return rules_is_agency(q) && strcmp(WHO[q->who].role, "operator") == 0 ? 'o' : 'n';
    if (q->thing == CIRCULAR || WHO[q->who].scope == SCOPE_ORG)
        return 'o';
    return rules_is_agency(q) && q->thing != URGING_PROPOSED ? 'o' : 'n';
}

static const struct thing THINGS_OWN[] = {
    { URGING_PROPOSED, "proposed", NULL, false },
    { URGING_ISSUED, "issued", "slip", false },
    { URGING_ACCEPTED, "accepted", NULL, false },
    { URGING_ANSWERED, "answered", NULL, false },
    { URGING_PASSED, "passed", NULL, false },
    { CIRCULAR, "circular", NULL, false },
    { URGED_CASE, "urged_case", "urged_case", false },
    { URGED_PART, "urged_part", "urged_part", false },
    { URGING_VIEW, "view", NULL, false },
    { 0 },
};

const struct part PART_OF_URGINGS = { .name = "urgings",
                                      .specimens = SPECIMENS_URGINGS,
                                      .things = THINGS_OWN,
                                      .make = urgings_make,
                                      .version = urgings_version,
                                      .first = urgings_first,
                                      .own = urgings_own };
