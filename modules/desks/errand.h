/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Errands (内部分办件): an assignment, or some of its numbered suggestions, split among the desks
 * of its agency, with an inner day; the part of the answer that is written there goes into the
 * draft. Seen by the agency alone. Table of the flow: desk_module.c; life: README.md. */
#ifndef HT_DESKS_ERRAND_H
#define HT_DESKS_ERRAND_H
#include "modules/assignments/assignment.h"
#include "modules/assignments/assignment_desk.h"
#include "modules/replies/reply.h"
#include "platform/flow/flow.h"
#include "platform/list/list.h"
#include "platform/web/web.h"

/* numbers: of the suggestions, "1 3". desk_id, account_id: to whom; one of them may be 0. is_mine,
 * is_open, is_late: of the list only. */
struct errand {
    i64 id, assignment_id, agency_id, round, desk_id, account_id, due_on, given_at, given_by,
        finished_at, finished_by, approved_at, approved_by, passed_at, passed_by, reminded_on,
        late_told_on, lost_at, draft_version, version;
    bool is_mine, is_open, is_late;
    str matter_title, matter_number, numbers, ask, desk_name, account_name, state, note;
};

/* What is written for one suggestion. */
struct errand_answer {
    i64 number;
    str result, text;
};

/* ---- forms ---- */

/* Giving; id: of the assignment. numbers: none = all. due_on: -1 = by the setting. */
struct give_input {
    i64 id, desk_id, account_id, due_on;
    ids numbers;
    str ask;
};

struct move_errand_input {
    i64 id, desk_id, account_id, due_on;
    str opinion;
};

/* results and answers side by side, in the order of the errand's numbers. version: of what is typed
 * where it is saved, of the errand where it is a step; draft_version then that of what is typed. */
struct errand_input {
    i64 id, version, draft_version;
    strs results, answers;
    str note, send;
};

struct errand_reason_input {
    i64 id;
    str opinion;
};

/* keeps: for each of the errand's numbers "part", "draft", "both" or nothing, which of the two
 * texts stays where the draft has one. draft_version: of the draft that was seen. */
struct pass_input {
    i64 id, draft_version;
    strs keeps;
    str opinion;
};

extern const struct form GIVE_FORM, ERRAND_FORM;
extern const struct flow ERRANDS_FLOW;
extern const struct list ERRAND_LIST;

/* ---- errand.c ---- */

/* One that rq's actor may see: of his agency, and the assignment still with it. Errors: NOT_FOUND
 * errands.not_found. */
err errand_find(struct rq *rq, i64 id, struct errand *out);

/* The assignment of rq's actor's agency, which still has it. Errors: NOT_FOUND
 * assignments.not_found. */
err errand_assignment(struct rq *rq, i64 id, struct assignment *out);

/* Whether it is his to do: given to him, to a desk that he belongs to, or he heads the desk. */
err errand_is_mine(struct rq *rq, const struct errand *e, bool *out);

/* Whether the head of its desk still has to look at it (setting desks.head_approves); head: his
 * account, also when he need not. */
err errand_waits_head(struct rq *rq, const struct errand *e, bool *out, i64 *head_id);

/* The inner day by the setting: so many working days from today, before that of the assignment. */
i64 errand_due(struct rq *rq, const struct assignment *a);

/* Splits: one errand, its clock, its to-do. Errors: NOT_FOUND; FORBIDDEN flows.may_not; CONFLICT
 * errands.not_handling; INVALID with faults errands.bad_number, errands.nobody, errands.not_ours,
 * errands.not_in_desk, errands.due_past, errands.due_off, errands.due_behind. */
err errand_give(struct rq *rq, const struct give_input *in, i64 *id);

/* The numbers of an errand. */
ids errand_numbers(struct rq *rq, const struct errand *e);

/* Look of a state; the numbers as they are read, "1、3". */
const char *errand_tone(str state);
str errand_items(struct arena *mem, const struct errand *e);

/* For the flow. */
err errand_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err errand_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err errand_flow_holder(struct rq *rq, const struct flow_subject *subject,
                       const struct flow_todo *todo, ids *out);

/* Whom a to-do is for: persons where they are known, else the agency; of the head; the agency when
 * the head need not look. */
err errand_has_person(struct rq *rq, const struct flow_subject *subject, bool *out);
err errand_has_no_person(struct rq *rq, const struct flow_subject *subject, bool *out);
err errand_head_person(struct rq *rq, const struct flow_subject *subject, bool *out);
err errand_head_no_person(struct rq *rq, const struct flow_subject *subject, bool *out);
err errand_is_ready(struct rq *rq, const struct flow_subject *subject, bool *out);

/* Guards. Errors: FORBIDDEN errands.not_yours, errands.not_head, errands.remind_oneself; CONFLICT
 * errands.approve_first, errands.approved_already, errands.reminded, errands.draft_closed,
 * errands.other_round. */
err errand_guard_mine(struct rq *rq, const struct flow_subject *subject);
err errand_guard_head(struct rq *rq, const struct flow_subject *subject);
err errand_guard_pass(struct rq *rq, const struct flow_subject *subject);
err errand_guard_own(struct rq *rq, const struct flow_subject *subject);
err errand_guard_remind(struct rq *rq, const struct flow_subject *subject);

/* Effects. */
err errand_effect_take(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err errand_effect_bounce(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err errand_effect_reassign(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err errand_effect_remind(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err errand_effect_approve(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err errand_effect_redraft(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err errand_effect_drop(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* Brings the to-dos of what is open in line with who does it: of a desk, or of an account and its
 * desks (0 = not asked). */
err errand_renew_open(struct rq *rq, i64 desk_id, i64 account_id);

/* accounts.left: its to-dos do not go with it. */
err on_errand_account_left(struct rq *rq, i64 id, const void *fact);

/* Facts of assignments: what is open ends; what was taken from the agency is not seen any more. */
err on_errand_over(struct rq *rq, i64 id, const void *fact);
err on_errand_lost(struct rq *rq, i64 id, const void *fact);

/* Hourly: tells the agency of what is late, once each. */
err job_errand_late(struct rq *rq, bool *again);

/* ---- errand_answer.c: what is written ---- */

/* One line for each number: the suggestion, what is written for it, what the draft of the answer
 * says now. */
struct errand_line {
    i64 number;
    str item, result, text, draft_result, draft_text;
    bool differs; /* the draft says something else */
};

/* The errand's lines; version: of the draft of the answer; is_open: it may be written now. */
struct errand_sheet {
    const struct errand *errand;
    struct assignment assignment;
    struct errand_line *lines;
    size_t count;
    i64 draft_version;
    bool is_open, answers; /* answers: the agency answers the proposer; else gives an opinion */
};
err errand_sheet_load(struct rq *rq, const struct errand *e, struct errand_sheet *out);

/* Keeps what is typed. version: what was seen; *e is as stored afterwards.
 * Errors: FORBIDDEN errands.not_yours; CONFLICT errands.not_writing, errands.typed_meanwhile;
 * INVALID with faults. */
err errand_save(struct rq *rq, struct errand *e, const struct errand_input *in, i64 version);

/* Hands in; into the draft of the answer, which never loses a text that was not seen. Errors:
 * INVALID with faults errands.unanswered, errands.result_missing; errands.choose,
 * errands.draft_moved. */
err errand_effect_finish(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err errand_effect_pass(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* ---- errand_part.c ---- */

/* In the page and JSON of an assignment, for its agency: what is split, and how far the answer is
 * on its way out. */
err on_errand_section_shown(struct rq *rq, i64 id, const void *fact);

/* On top of the page on which the answer is written: what is not put into it yet. */
err on_errand_draft_shown(struct rq *rq, i64 id, const void *fact);

/* The way of an answer: desks, checked, signed, released. */
struct view_steps;
err errand_way_out(struct rq *rq, const struct assignment *a, const struct rows *errands,
                   struct view_steps *out);
#endif
