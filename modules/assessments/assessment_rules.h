/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Assessments within the module: rows, inputs, rules, statements. Pages: assessment_views.h. */
#ifndef HT_ASSESSMENTS_ASSESSMENT_RULES_H
#define HT_ASSESSMENTS_ASSESSMENT_RULES_H
#include "modules/assessments/assessment.h"
#include "modules/scores/scores.h"
#include "platform/flow/flow.h"
#include "platform/list/list.h"

/* Columns of the tables: schema/. talk: the grade asks for one; talk_state: of the one that was
 * asked for, empty = none yet. honour: "proposed", "withheld", "granted", empty = none. */
struct assessment {
    i64 id, year, from_on, to_on, ruleset_id, corrects_id, opened_at, taken_at, decided_on,
        notified_at, version;
    str state, ruleset_name, reason, opener_name, organ, meeting, document;
};
struct grading {
    i64 id, assessment_id, member_id, person_id, position, assessed, entries, gates_due, gates_met,
        points_x1000, changed_at, talk, talk_id, honour_on, version;
    str honour, honour_note, honour_title, honour_organ, honour_meeting, honour_document,
        honour_level;
    str code, name, sector, committee, stand, missed, vetoes, why, why_text, proposed, grade,
        reason, changer_name, earlier, talk_state;
};

struct assessment_open_input {
    i64 year;
    str reason;
};
struct assessment_approve_input {
    i64 id, on_on;
    str organ, meeting, document;
    bool as_proposed;
};
struct assessment_opinion_input {
    i64 id;
    str opinion;
};
struct assessment_honour_input {
    i64 id, on_on;
    str title, organ, meeting, document;
};
struct grading_honour_input {
    i64 id, version;
    str honour, reason;
};
/* to: whose letters, "employer" (also if empty), "nominator". */
struct assessment_letters_input {
    i64 id;
    str to;
};
struct grading_change_input {
    i64 id, version;
    str grade, reason;
};

extern const struct flow ASSESSMENTS_FLOW;
extern const struct form ASSESSMENT_OPEN_FORM, GRADING_CHANGE_FORM, GRADING_HONOUR_FORM;

/* Who reads assessments; list_find gives NOT_FOUND assessments.not_found. */
extern const struct list ASSESSMENT_LIST;

/* ---- what the ledger says: assessment_take.c ---- */

/* A year as the rules see it now: struct grading rows by member, without what people and decisions
 * add; period.rules NULL = none hold, and no rows. */
struct assessment_take {
    struct scores_period period;
    struct rows rows;
};

/* What .slow worked out for this request, else worked out here. Errors: as scores_list. */
err assessment_take(struct rq *rq, i64 year, const struct assessment_take **out);

/* For .slow: of the assessment in the path. */
err slow_assessment_take(struct rq *rq, struct res *res);

/* A member of whom ledger, rules or roster say something else than what is stored. before, after:
 * NULL = was not there, is no more. */
struct grading_difference {
    const struct grading *before, *after;
};

/* Whether ledger, rules and roster say the same of a member. */
bool grading_is_same(const struct grading *a, const struct grading *b);

/* stored, now: struct grading rows by member; struct grading_difference rows. */
struct rows grading_differences(struct arena *mem, const struct rows *stored,
                                const struct rows *now);

/* Grades of a set of rules, the best first; a set without any has passed and failed. most: how many
 * may have it, -1 = any number; count: how many have it. */
struct grading_sum {
    str name;
    i64 proposed, count, earlier, most;
};
struct rows grading_grades(struct rq *rq, const struct ruleset *rules);

/* Those grades with their counts and most, then who has none (name empty), by gradings of those
 * assessed. */
struct rows grading_sums(struct rq *rq, const struct ruleset *rules, const struct rows *gradings);

/* ---- rules: assessment.c ---- */

/* Opens the assessment of a year, with a fresh look at the ledger; where its year has a decision,
 * as a correction of that. Errors: INVALID form.faults with assessments.not_begun, .no_rules,
 * .nobody, .why_correct; CONFLICT assessments.at_work. */
err assessment_open(struct rq *rq, const struct assessment_open_input *in, i64 *id);

/* Works all gradings out anew; what people changed stays. changed: how many are another now.
 * Errors: NOT_FOUND; CONFLICT assessments.not_opened, web.version, assessments.no_rules. */
err assessment_retake(struct rq *rq, i64 id, i64 version, i64 *changed);

/* Chooses a grade other than the proposed one, or that one again. Errors: NOT_FOUND
 * assessments.no_grading; FORBIDDEN, CONFLICT as grading_may_change; CONFLICT web.version; INVALID
 * form.faults with assessments.no_grade. */
err grading_change(struct rq *rq, i64 id, const struct grading_change_input *in);

/* Whether rq's actor may change grades of it now: staff while it is open, leaders once it is
 * proposed. Errors: FORBIDDEN assessments.leaders_turn, .staffs_turn; CONFLICT assessments.fixed.
 */
err grading_may_change(const struct rq *rq, const struct assessment *a);

/* ---- commendation: assessment_honours.c ---- */

/* Who may be honoured: assessed, of the best grade that the rules name, without a veto. */
bool grading_may_honour(const struct ruleset *rules, const struct grading *g);

/* Proposes whom the decided grades make eligible, unless the setting is off; who was honoured by
 * the decision before, or taken out, stays so, whatever the setting. Errors: those of the database.
 */
err honours_mark(struct rq *rq, const struct assessment *a, const struct rows *gradings);

/* Tells who is honoured, or no more, and gives the ledger its row, once members know their grades.
 * before: those of the decision that they know. Errors: those of the database. */
err honours_publish(struct rq *rq, const struct assessment *a, const struct rows *before,
                    const struct rows *gradings);

/* Takes one out of the proposal, with a reason, or puts him back; what was granted is taken back,
 * always with a reason: to be decided anew or not at all. The log has both; who was told is told,
 * and the ledger takes its row back. Errors: NOT_FOUND assessments.no_grading; FORBIDDEN, CONFLICT
 * as grading_may_withhold; CONFLICT web.version; INVALID form.faults with assessments.why_withhold,
 * .why_back. */
err grading_withhold(struct rq *rq, i64 id, const struct grading_honour_input *in);

/* Nobody in his own cause; what was granted, and all once it is closed, is the decider's. Errors:
 * FORBIDDEN web.may_not, assessments.own_honour, .is_honoured; CONFLICT assessments.not_honouring,
 * .not_eligible. */
err grading_may_withhold(const struct rq *rq, const struct assessment *a, const struct grading *g);

/* The flow's own functions of the verb "honour" (flow.h). */
err assessment_guard_honour(struct rq *rq, const struct flow_subject *subject);
err assessment_effect_honour(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err assessment_when_honour(struct rq *rq, const struct flow_subject *subject, bool *out);

/* Whether the talk that a grading asks for is still to be held. */
bool grading_awaits_talk(const struct grading *g);

/* The rules of an assessment. Errors: those of duty_set_find, ruleset_read. */
err assessment_rules(struct rq *rq, const struct assessment *a, const struct ruleset **out);

/* Whether an organ has decided it, and it holds. */
bool assessment_is_decided(const struct assessment *a);

/* Puts struct grading rows in the order of the roster. */
void gradings_order(struct rows *gradings);

/* "2025 年度考核", of a correction with that word; a grade, or why there is none. */
str assessment_title(struct rq *rq, const struct assessment *a);
str grading_words(const struct grading *g, str grade);

/* The grading and its assessment, if rq's actor may see them. Errors: NOT_FOUND
 * assessments.no_grading. */
err grading_load(struct rq *rq, i64 id, struct grading *out, struct assessment *a);

/* The flow's own functions (flow.h). */
err assessment_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err assessment_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err assessment_guard_over(struct rq *rq, const struct flow_subject *subject);
err assessment_effect_propose(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err assessment_effect_approve(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err assessment_effect_notify(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err assessment_effect_close(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* ---- statements: assessment_store.c ---- */

/* find: NOT_FOUND db.no_row; updates: CONFLICT db.version. */
err assessment_store_add(struct db *db, const struct assessment *a, i64 *id);
err assessment_store_find(struct db *db, i64 id, struct arena *mem, struct assessment *out);
err assessment_store_update(struct db *db, const struct assessment *a);

/* Of a year: the one at work, the one that stands; id 0 when there is none. */
err assessment_store_find_work(struct db *db, i64 year, struct arena *mem, struct assessment *out);
err assessment_store_find_standing(struct db *db, i64 year, struct arena *mem,
                                   struct assessment *out);

/* The same of gradings. */
err grading_store_add(struct db *db, const struct grading *g, i64 *id);
err grading_store_find(struct db *db, i64 id, struct arena *mem, struct grading *out);
err grading_store_update(struct db *db, const struct grading *g);
err grading_store_remove(struct db *db, i64 id);

/* How many are proposed for honour and not decided. */
err grading_store_count_proposed(struct db *db, i64 assessment_id, i64 *count);

/* Who is written to of whom, by body and place in the roster: struct grading_body rows. to: as
 * typed; the nominator is known of who came by a nomination. */
struct grading_body {
    i64 grading_id;
    str body;
};
err grading_store_list_bodies(struct db *db, i64 assessment_id, str to, struct arena *mem,
                              struct rows *out);

/* By member: struct grading rows. */
err grading_store_list(struct db *db, i64 assessment_id, struct arena *mem, struct rows *out);

/* Of a member, of years that end in these days, newest first: struct assessment_grade rows; told:
 * only those of which he has been told. */
struct grading_query {
    i64 member_id, from_on, to_on, told;
};
err grading_store_list_member(struct db *db, const struct grading_query *query, struct arena *mem,
                              struct rows *out);

/* Everybody's of the years that end in these days, as far as they are decided, by member and year:
 * struct assessment_verdict rows, words: the bare grade. */
err grading_store_list_verdicts(struct db *db, i64 from_on, i64 to_on, struct arena *mem,
                                struct rows *out);
#endif
