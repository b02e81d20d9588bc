/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handing out on trial (预交办) and the meeting where it is settled (交办会). Nobody else's header:
 * what the module offers is on its pages. Rules: rules.md 2.3, README.md. */
#ifndef HT_PREASSIGNMENTS_PREASSIGNMENT_H
#define HT_PREASSIGNMENTS_PREASSIGNMENT_H
#include "platform/flow/flow.h"
#include "platform/list/list.h"
#include "platform/web/web.h"

/* One agency that is to get a proposal. due_on 0 = by the settings on the day of handing out;
 * host_due_on: the host's, of a cohost; silent: agreed by saying nothing; handed_at: it has got it,
 * at meeting_id if at one. */
struct preassignment {
    i64 id, proposal_id, session_id, agency_id, due_on, host_due_on, asked_at, answer_due_on,
        answered_at, answered_by, settled_at, handed_at, better_agency_id, meeting_id, version;
    bool plenary, party, silent;
    str agency_name, title, number, proposer_name, role, state, reason, better_agency_name;
};

struct preassignment_meeting {
    i64 id, session_id, held_on, made_at, made_by, version;
    str name, place, state, minutes;
};

/* ---- forms ---- */

struct agree_input {
    i64 id;
};

struct object_input {
    i64 id;
    str reason;
    str better_agency; /* its number; empty = it does not know */
};

struct settle_input {
    i64 id;
    str opinion;
};

struct due_input {
    i64 id, due_on; /* -1 = by the settings again */
};

struct move_input {
    i64 id, version, agency_id;
    str opinion;
};

struct preassignment_meeting_input {
    i64 id, version, held_on;
    str session; /* its number */
    str name, place;
};

struct minutes_input {
    i64 id, version, held_on;
    str minutes;
};

/* ids: proposals to hand out, ten at most; none = the next ten that are agreed. */
struct hand_out_input {
    i64 id;
    ids ids;
};

struct preassignment_meeting_query {
    i64 id, agency_id;
};

/* ---- flow and list ---- */

extern const struct flow PREASSIGNMENTS_FLOW;
extern const struct list PREASSIGNMENT_LIST;

/* Loading, storing and the agency of a to-do, for the flow. */
err preassignment_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err preassignment_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err preassignment_flow_holder(struct rq *rq, const struct flow_subject *subject,
                              const struct flow_todo *todo, ids *out);

/* The agency's word: its own only, and in time. Errors: FORBIDDEN preassignments.not_yours;
 * CONFLICT preassignments.too_late; object: INVALID preassignments.better_self. */
err preassignment_guard_answer(struct rq *rq, const struct flow_subject *subject);
err preassignment_effect_agree(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err preassignment_effect_object(struct rq *rq, struct flow_subject *subject,
                                struct flow_step *step);

/* The dispatcher's: it stays with the agency; another day to answer. Errors: CONFLICT
 * preassignments.handed; due: INVALID proposals.due_past. */
err preassignment_guard_other(struct rq *rq, const struct flow_subject *subject);
err preassignment_guard_open(struct rq *rq, const struct flow_subject *subject);
err preassignment_effect_settle(struct rq *rq, struct flow_subject *subject,
                                struct flow_step *step);
err preassignment_effect_due(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* The house's: silence has agreed; handed out; not wanted any more. */
err preassignment_effect_lapse(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err preassignment_effect_hand(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err preassignment_effect_drop(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* Agencies by number, as choices of a form. */
err preassignment_agencies(struct rq *rq, struct rows *out);

/* Puts another agency in the place of one that objects: the proposal goes to the agencies once
 * more, with all others as they are. Errors: NOT_FOUND; CONFLICT flows.version,
 * preassignments.not_objected; INVALID of assignment_hand_out. */
err preassignment_move(struct rq *rq, i64 id, const struct move_input *in);

/* Whether rq's actor reads all of the organisation's. */
bool preassignment_is_office(const struct rq *rq);

/* Whether it waits for an answer, or has one that stands in the way of handing out. */
bool preassignment_is_agreed(const struct preassignment *p);

/* Look of a state. */
const char *preassignment_tone(str state);

/* The day to answer the proposer as it would be if it were handed out on that day. */
i64 preassignment_due(struct rq *rq, const struct preassignment *p, i64 from_on);

/* Those of a proposal that still count, as rq's actor may see them; struct preassignment rows in
 * the order sole or host, cohosts, splits. Errors: those of the database. */
err preassignment_list_of(struct rq *rq, i64 proposal_id, struct rows *out);

/* Facts of proposals: put to the agencies, handed out, withdrawn; its page of handing out, and the
 * days of that (INVALID proposals.due_past); its page or JSON. */
err on_proposal_preassigned(struct rq *rq, i64 id, const void *fact);
err on_proposal_assigned(struct rq *rq, i64 id, const void *fact);
err on_proposal_withdrawn(struct rq *rq, i64 id, const void *fact);
err on_proposal_choosing(struct rq *rq, i64 id, const void *fact);
err on_proposal_assigning(struct rq *rq, i64 id, const void *fact);
err on_preassigned_shown(struct rq *rq, i64 id, const void *fact);

/* What a change of settings would bring for what waits to be handed out (settings.previewed). */
err on_preassigned_previewed(struct rq *rq, i64 id, const void *fact);

/* Fact of a merger (id = what was merged): agencies that were asked are told that the matter has
 * grown, or shrunk. */
err on_preassigned_merged(struct rq *rq, i64 id, const void *fact);
err on_preassigned_unmerged(struct rq *rq, i64 id, const void *fact);

/* Hourly: whoever was silent to the end of his last day has agreed. */
err job_preassignment_lapse(struct rq *rq, bool *again);

/* ---- preassignment_meeting.c ---- */

/* The sessions by number, newest first, as choices of a form. */
err preassignment_meeting_sessions(struct rq *rq, struct rows *out);

/* The last day for the meeting of a session: its plenary's end and the setting; 0 = unknown. */
i64 preassignment_meeting_last_day(struct rq *rq, i64 session_id);

/* A meeting; a new one, from id 0; what is decided there. Audited. Errors: NOT_FOUND
 * preassignments.no_meeting; CONFLICT flows.version, preassignments.held; INVALID
 * preassignments.not_held_yet. */
err preassignment_meeting_find(struct rq *rq, i64 id, struct preassignment_meeting *out);
err preassignment_meeting_save(struct rq *rq, const struct preassignment_meeting_input *in,
                               i64 *id);
err preassignment_meeting_record(struct rq *rq, const struct minutes_input *in);

/* What is on its list: what waits to be handed out in its session, and what was handed out there.
 * Agencies see their own lines only. */

/* An agency of the list with how much it has on it. */
struct preassignment_meeting_agency {
    i64 agency_id, position, hosts, cohosts, objected, asked, agreed, handed;
    str agency_name;
};

/* Agencies with objections first, else in the site's order; struct preassignment_meeting_agency
 * rows. */
err preassignment_meeting_agencies(struct rq *rq, const struct preassignment_meeting *m,
                                   struct rows *out);

/* Lines of one agency (0 = of all, agency by agency), objections first, with the days to answer as
 * they are if it is handed out on the day of the meeting; struct preassignment rows, at most
 * PREASSIGNMENT_MEETING_LINES that wait and as many that were handed out there: *cut = there are
 * more. disputed: those with an objection, of all. Errors: those of the database. */
enum { PREASSIGNMENT_MEETING_LINES = 5000, HAND_OUT_MAX = 10 };
err preassignment_meeting_lines(struct rq *rq, const struct preassignment_meeting *m, i64 agency_id,
                                struct rows *out, bool *cut);
err preassignment_meeting_disputed(struct rq *rq, const struct preassignment_meeting *m,
                                   struct rows *out);

/* The next ones of which everything is agreed, at most limit; and how many there are. stuck: lines
 * that cannot be handed out as they are, because the day that was set is behind us or the body is
 * no agency any more; their proposals are not among the ready ones. struct preassignment rows, at
 * most 200, for the office. */
err preassignment_meeting_ready(struct rq *rq, const struct preassignment_meeting *m, i64 limit,
                                ids *out, i64 *count);
err preassignment_meeting_stuck(struct rq *rq, const struct preassignment_meeting *m,
                                struct rows *out);

/* What became of one: fault.code ERR_NONE = handed out. */
struct handed {
    i64 proposal_id;
    str number, title;
    err fault;
};

/* Hands out, each as a step of its own: what fails leaves the others as they are. struct handed
 * rows in the order asked. Errors: those of the database. */
err preassignment_meeting_hand_out(struct rq *rq, const struct preassignment_meeting *m,
                                   const struct hand_out_input *in, struct rows *out);
#endif
