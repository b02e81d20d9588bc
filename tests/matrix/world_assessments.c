/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_assessments.h. Whose they are: modules/assessments/README.md, "Who may". */
#include "tests/matrix/world_assessments.h"

#include <string.h>

#include "platform/base/clock.h"
#include "platform/base/str.h"
#include "tests/matrix/rules.h"

enum { FIRST_YEAR = 2001, YEARS_EACH = 8 };

static const char *const STATES[] = { "opened", "proposed", "approved", "notified",
                                      "opened", "proposed", "notified", "approved" };

static const char *name_of(int set)
{
    return set == SET_FOREIGN ? "CANARY-Graded" : "Graded";
}

/* Rules of those years, without anything in them. */
static err rules_add(struct rq *rq, int set, i64 *id)
{
    i64 from_on = day_from_civil(FIRST_YEAR - 1, 1, 1) + set;
    return db_insert(rq->db,
                     SQL("INSERT INTO rulesets (org_id, name, document, state, from_on, edited_at, "
                         "editor_name) VALUES (:org, 'Old rules', '{\"id\":\"a\",\"name\":\"Old "
                         "rules\"}', 'enacted', :from_on, 1, 'She') RETURNING id",
                         P(from_on)),
                     id);
}

static err one(struct rq *rq, struct world *w, int set, int thing)
{
    i64 ruleset_id = w->thing[set][GRADING_TALK]; /* until that is made: the rules */
    int nth = thing - ASSESSMENT_OPENED;
    i64 year = FIRST_YEAR + YEARS_EACH * set + nth;
    i64 from_on = day_from_civil((int)year, 1, 1), to_on = day_from_civil((int)year, 12, 31);
    str state = str_of(STATES[nth]), why = str_of(name_of(set));
    return db_insert(
        rq->db,
        SQL("INSERT INTO assessments (org_id, year, from_on, to_on, state, "
            "ruleset_id, ruleset_name, reason, opened_at, opener_name, taken_at, "
            "notified_at) VALUES (:org, :year, :from_on, :to_on, :state, :ruleset_id, 'Old rules', "
            ":why, 1, 'She', 1, CASE WHEN :state = 'notified' THEN 1 ELSE 0 END) "
            "RETURNING id",
            P(year), P(from_on), P(to_on), P(state), P(ruleset_id), P(why)),
        &w->thing[set][thing]);
}

static err graded(struct rq *rq, struct world *w, int set, int thing)
{
    i64 assessment_id = w->thing[set][thing - GRADING_OPEN + ASSESSMENT_OF_OPEN];
    i64 member_id = w->member[set], person_id = w->person[set], talk = thing == GRADING_TALK;
    str name = str_of(name_of(set)), honour = str_of(thing == GRADING_HONOUR ? "proposed" : "");
    return db_insert(
        rq->db,
        SQL("INSERT INTO gradings (org_id, assessment_id, member_id, person_id, position, code, "
            "name, sector, committee, stand, assessed, entries, gates_due, gates_met, "
            "points_x1000, missed, vetoes, why, why_text, proposed, grade, talk, honour) VALUES "
            "(:org, "
            ":assessment_id, :member_id, :person_id, 1, 'A', :name, '', '', 'serving', 1, 0, 0, 0, "
            "0, '', '', 'gates', '', '合格', '合格', :talk, :honour) RETURNING id",
            P(assessment_id), P(member_id), P(person_id), P(name), P(talk), P(honour)),
        &w->thing[set][thing]);
}

static err assessments_make(struct rq *rq, struct world *w, int set)
{
    TRY(rules_add(rq, set, &w->thing[set][GRADING_TALK]));
    for (int thing = ASSESSMENT_OPENED; thing < ASSESSMENTS_END; thing++)
        TRY(one(rq, w, set, thing));
    for (int thing = GRADING_OPEN; thing <= GRADING_HONOUR; thing++)
        TRY(graded(rq, w, set, thing));
    return OK;
}

static void make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, assessments_make);
}

static i64 version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    if (thing >= GRADING_OPEN)
        return world_number(w->t->db, world_org(set),
                            SQL("SELECT version FROM gradings WHERE org_id = :org AND id = :id",
                                P(id)));
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM assessments WHERE org_id = :org AND id = :id",
                            P(id)));
}

static bool changes(const struct question *q)
{
    if (q->thing == GRADING_OPEN)
        return rules_holds(q, "assessments.prepare");
    return q->thing == GRADING_PROPOSED && rules_holds(q, "assessments.decide");
}

/* A grade: staff's until it is proposed, then the leaders', at last nobody's. The rest hangs on the
 * state; of who has a grading nobody knows in the old years, so that one is not proposed. */
static char own(const struct question *q)
{
    const char *verb = rules_verb(q);
    if (strcmp(verb, "honour") == 0)
        return q->thing == ASSESSMENT_OF_HONOUR || q->thing == GRADING_HONOUR ? 'o' : 'c';
    if (strcmp(verb, "letters.pdf") == 0)
        return q->thing == ASSESSMENT_OF_TALK ? 'o' : 'c';
    if (rules_is_under(q, "assessments.change"))
        return changes(q) ? 'o' : q->thing == GRADING_TALK ? 'c' : 'f';
    if (strcmp(verb, "propose") == 0 || strcmp(verb, "retake") == 0 || strcmp(verb, "drop") == 0)
        return q->thing == ASSESSMENT_OPENED ? 'o' : 'c';
    if (strncmp(verb, "circular", strlen("circular")) == 0)
        return q->thing == ASSESSMENT_APPROVED ? 'o' : 'c';
    if (strcmp(verb, "approve") == 0 || strcmp(verb, "return") == 0)
        return q->thing == ASSESSMENT_PROPOSED ? 'o' : 'c';
    if (strcmp(verb, "notify") == 0)
        return q->thing == ASSESSMENT_APPROVED ? 'o' : 'c';
    return strcmp(verb, "close") != 0 || q->thing == ASSESSMENT_NOTIFIED ? 'o' : 'c';
}

static const struct thing THINGS_OWN[] = {
    { ASSESSMENT_OPENED, "opened_assessment", NULL, false },
    { ASSESSMENT_PROPOSED, "proposed_assessment", NULL, false },
    { ASSESSMENT_APPROVED, "approved_assessment", NULL, false },
    { ASSESSMENT_NOTIFIED, "notified_assessment", NULL, false },
    { GRADING_OPEN, "open_grading", NULL, false },
    { GRADING_PROPOSED, "proposed_grading", NULL, false },
    { GRADING_TALK, "decided_grading", NULL, false },
    { ASSESSMENT_OF_TALK, "talked_assessment", NULL, false },
    { ASSESSMENT_OF_HONOUR, "honouring_assessment", NULL, false },
    { GRADING_HONOUR, "honoured_grading", NULL, false },
    { 0 },
};

const struct part PART_OF_ASSESSMENTS = { .name = "assessments",
                                          .specimens = SPECIMENS_ASSESSMENTS,
                                          .things = THINGS_OWN,
                                          .make = make,
                                          .version = version,
                                          .own = own };
