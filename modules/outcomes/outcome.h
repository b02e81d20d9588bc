/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Outcomes for other modules: promises. How many of them were kept: modules/dashboards. Life
 * cycles: README.md; tables: outcome_module.c. */
#ifndef HT_OUTCOMES_OUTCOME_H
#define HT_OUTCOMES_OUTCOME_H
#include "platform/flow/flow.h"
#include "platform/web/web.h"

/* A promise of a delivered reply. first_due_on: as given; due_on: after renewals. met_on: the day
 * on which its agency showed that it is done; confirmed_at: when the office had checked that.
 * renew_to_on: asked for and not decided. */
struct promise {
    i64 id, matter_id, session_id, assignment_id, agency_id, round, number, item_number,
        first_due_on, due_on, percent, renewals, renew_to_on, made_at, met_on, confirmed_at,
        missed_on, superseded_at, version;
    bool was_late, is_due, is_open, unconfirmed; /* the last three: as the list says today */
    str matter, matter_title, matter_number, agency_name, text, owner, phone, evidence_kind, state,
        renew_reason, warning;
};

/* Promises behind their day for which no more time is asked, the longest late first, as
 * urging_list_late_assignments (rows of assignment_late.h; stage "promise" whatever is asked):
 * struct late_row rows, id and subject_id: the promise's. Not bound to what rq's actor may see.
 * Errors: those of the database. */
struct late_query;
err promise_late_list(struct rq *rq, const struct late_query *query, struct rows *out);

/* Promises of a matter that no later ones replace, in order of round and number; struct promise
 * rows. Who may see them is the caller's business. Errors: those of the database. */
err promise_list_of(struct rq *rq, const char *collection, i64 matter_id, struct rows *out);

/* The day of the last visit to look back that was held, and what was found; held_on 0 = there was
 * none. Errors: those of the database. */
struct outcome_look {
    i64 held_on;
    str result;
};
err outcome_look_of(struct rq *rq, const char *collection, i64 matter_id, struct outcome_look *out);

/* A visit to look back, planned or held. class: at answer time. */
struct followup {
    i64 id, matter_id, session_id, planned_on, asked_at, held_on, recorded_at, recorded_by, version;
    bool overdue; /* as the list says today */
    str matter, matter_title, matter_number, agency_name, class, state, place, visitors, result,
        text;
};

/* What a leader has written on a matter; to_agency_id 0 = to nobody by name. */
struct instruction {
    i64 id, matter_id, instructed_on, to_agency_id, recorded_at, recorded_by;
    bool hidden;
    str matter, leader, level, text, to_agency_name;
};

/* Writes down what a leader has written on a matter of a collection, and tells the agency that it
 * is for at url; title: the matter's, for that. level: of dictionary outcomes.instruction_levels.
 * Who may, and whether the matter is there, is the caller's business. Errors: NOT_FOUND of the
 * agency; INVALID form.faults with instructions.day for a day to come, instructions.level for an
 * unknown level. */
struct instruction_new {
    const char *collection;
    i64 matter_id, instructed_on, to_agency_id;
    bool hidden;
    str title, leader, level, text, url;
};
err instruction_record(struct rq *rq, const struct instruction_new *wanted, i64 *id);

/* Those of a matter as rq's actor may read them: the text of a hidden one is empty for others than
 * the office and its addressee. struct instruction rows. Errors: those of the database. */
err instruction_list_of(struct rq *rq, const char *collection, i64 matter_id, struct rows *out);

/* How many a collection's matters have by year and level, one matter with two counts two (glossary:
 * instruction_count); struct instruction_count rows. Errors: those of the database. */
struct instruction_count {
    i64 year, instructed_on, count;
    str level;
};
err instruction_count_of(struct rq *rq, const char *collection, struct rows *out);

extern const struct flow PROMISES_FLOW, FOLLOWUPS_FLOW;

/* Events: outcomes.made (fact: the flow_step), outcomes.met, .confirmed, .missed, .renewed (fact:
 * const struct promise *), outcomes.recorded (id = the followup, fact: const struct followup *),
 * outcomes.instructed (id = the instruction, fact: const struct instruction *). */
#endif
