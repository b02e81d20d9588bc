/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the files of urgings share: rules of slips (urging.c), of nudges (reminder.c), of the ladder
 * (urging_ladder.c), of circulars (circular.c). Public face: urging.h. */
#ifndef HT_URGINGS_URGING_RULES_H
#define HT_URGINGS_URGING_RULES_H
#include "modules/assignments/assignment.h"
#include "modules/assignments/assignment_late.h"
#include "modules/urgings/urging_forms.h"
#include "modules/urgings/urging_store.h"
#include "platform/list/list.h"

extern const struct list URGING_LIST, REMINDER_LIST, CIRCULAR_LIST;

/* A nudge in the list; matter_title: as the proposal is called now. */
struct reminder_row {
    i64 id, matter_id, agency_id, session_id, on_day;
    str matter, matter_title, place, kind, told, sent_name, text;
};

/* ---- urging.c ---- */

/* What is urged: an assignment or a promise, whose agency must answer. over: nobody has it any
 * more. */
struct urged {
    str flow, matter, title, number, agency_name;
    i64 id, matter_id, agency_id;
    bool over;
};

/* The subject of a slip if rq's actor may see it. Errors: NOT_FOUND; INVALID form.faults with
 * urgings.what. */
err urged_find(struct rq *rq, str flow, i64 id, struct urged *out);

/* As urging_propose, of what is known already. */
err urged_propose(struct rq *rq, const struct urged *what, const struct urging_new *wanted,
                  i64 *id);

/* Ends the open slips of a subject by the house: all of them (it was taken away), or only those
 * proposed for being late or for a redo (it has answered). */
err urged_lapse(struct rq *rq, const char *flow, i64 id, bool all);

/* Whether rq's actor acts for the agency that must answer. */
bool urging_is_own(const struct rq *rq, const struct urging *u);

/* The last day for an answer that is asked for today: by the setting. */
i64 urging_due(struct rq *rq);

/* Functions of the flow (flow.h). */
err urging_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err urging_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err urging_flow_holder(struct rq *rq, const struct flow_subject *subject,
                       const struct flow_todo *todo, ids *out);
err urging_guard_own(struct rq *rq, const struct flow_subject *subject);
err urging_guard_other(struct rq *rq, const struct flow_subject *subject);
err urging_effect_issue(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err urging_effect_end(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err urging_effect_accept(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err urging_effect_answer(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err urging_effect_pass(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err urging_effect_supplement(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err urging_effect_summon(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* ---- urging_reactions.c: facts of others, by event ---- */

/* Answered, or given its opinion: what was only proposed for that lapses. More time; another
 * agency, or withdrawn (all lapse); a redo is decided (one is proposed). Each as listeners are
 * (module.h). */
err on_urged_answered(struct rq *rq, i64 id, const void *fact);
err on_urged_moved(struct rq *rq, i64 id, const void *fact);
err on_urged_gone(struct rq *rq, i64 id, const void *fact);
err on_urged_redone(struct rq *rq, i64 id, const void *fact);
err on_urged_retitled(struct rq *rq, i64 id, const void *fact);
/* Of outcomes: kept or given more time; a look back (unsolved: proposed), a leader's note. */
err on_urged_promise_moved(struct rq *rq, i64 id, const void *fact);
err on_urged_promise_gone(struct rq *rq, i64 id, const void *fact); /* a later answer replaced it */
err on_urged_followup(struct rq *rq, i64 id, const void *fact);
err on_urged_instruction(struct rq *rq, i64 id, const void *fact);

/* ---- reminder.c ---- */

/* Nudges whoever has an open to-do of the subject; out: what was kept of it. Errors: NOT_FOUND;
 * INVALID form.faults with urgings.what; FORBIDDEN urgings.not_your_case; CONFLICT urgings.nobody,
 * urgings.your_turn, urgings.reminded_enough. */
err reminder_send(struct rq *rq, const struct remind_input *in, struct reminder *out);

/* Whether rq's actor could nudge now: somebody has to act, and it was not done today. */
err reminder_may(struct rq *rq, str flow, i64 id, bool *out);

/* What rq's actor may read of the nudges of a matter: the office all; an agency what was sent to
 * it; others their own. struct reminder rows. */
err reminder_list(struct rq *rq, str matter, i64 matter_id, struct rows *out);

/* ---- urging_ladder.c ---- */

/* Working days behind a day, today; 0 = not late. */
i64 urging_days_late(const struct rq *rq, i64 due_on);

/* Look of what is due: "fine", "amber" (up to soon_on), "red" (late), "double" (late by the days of
 * a slip). */
str urging_look(struct rq *rq, i64 due_on, i64 soon_on);

/* What is late in the whole house, the longest late first, at most so many of each list: struct
 * late_thing rows, without what rq's actor may not see; total: how many there are in all. Who may
 * ask is the caller's business. */
struct late_thing {
    struct late_row row;
    str flow, look;
};
err urging_list_late(struct rq *rq, i64 each, struct rows *out, i64 *total);

/* Every half hour: the ladder of late things, on working days; in batches (jobs.h). */
err job_urging_escalate(struct rq *rq, bool *again);

/* Daily: passed slips whose day to look again has come. */
err job_urging_close(struct rq *rq, bool *again);

/* ---- circular.c ---- */

/* Publishes one; every agency that it names is told. Errors: INVALID form.faults. */
err circular_publish(struct rq *rq, const struct circular_input *in, i64 *id);

/* ---- urging_parts.c: on pages and in JSON of others ---- */

/* Each writes what rq's actor may see into the page or JSON that is being made. */
err on_urged_case_shown(struct rq *rq, i64 id, const void *fact);
err on_urged_section_shown(struct rq *rq, i64 id, const void *fact);

/* Those of rq's organisation, the longest late first; what stands still (a bounce to be decided, an
 * answer that is signed and with the office) is not late. Not bound to what rq's actor may see.
 * out: struct late_row rows. Errors: those of the database. */
err urging_list_late_assignments(struct rq *rq, const struct late_query *query, struct rows *out);
#endif
