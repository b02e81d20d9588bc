/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Meetings and activities for other modules: what is settled of who was there, for the duty
 * ledger. Words and rules: README.md; the inside: meeting_rules.h. */
#ifndef HT_MEETINGS_MEETING_H
#define HT_MEETINGS_MEETING_H
#include "platform/web/web.h"

/* One entry of a member: kind as in modules/duty/README.md, "plenary.halfday"; quantity in
 * thousandths; tags with blanks between, "mandatory standing"; happened_on: the meeting's first
 * day. recorded_name: who put it down, "" = who settled the meeting. A member may have several of
 * different kinds, never two of one. */
struct meeting_attended {
    i64 member_id, happened_on, quantity;
    str kind, tags, recorded_name;
};

/* All that a settled meeting gives; struct meeting_attended rows, by invitee. None of one that is
 * not settled. Whoever asks. Errors: NOT_FOUND meetings.not_found. */
err meeting_attendance(struct rq *rq, i64 meeting_id, struct rows *out);

/* For who tells where an entry comes from, and who organised and recorded it (谁组织谁记录):
 * settled_name is empty before it is settled. Whoever asks. Errors: NOT_FOUND meetings.not_found.
 */
struct meeting_record {
    str title, organiser_name, settled_name;
};
err meeting_record_find(struct rq *rq, i64 meeting_id, struct meeting_record *out);

/* What other modules that belong to a meeting need of it. */
struct meeting_brief {
    i64 id, from_on, to_on;
    str title, kind, state;
};

/* One, whoever asks; all that are not over, drafts too, latest first: struct meeting_brief rows, at
 * most 200. Errors: NOT_FOUND meetings.not_found. */
err meeting_brief_find(struct rq *rq, i64 meeting_id, struct meeting_brief *out);
err meeting_list_open(struct rq *rq, struct rows *out);

/* How many half-days it lasts, whoever asks. Errors: NOT_FOUND db.no_row. */
err meeting_find_halves(struct rq *rq, i64 meeting_id, i64 *out);

/* The open ones as choices of a form; those that everybody knows of and that have begun, settled
 * ones too; and the meeting that such a choice names. Errors: NOT_FOUND meetings.not_found. */
err meeting_choices(struct rq *rq, struct rows *out);
err meeting_choices_begun(struct rq *rq, struct rows *out);
str meeting_choice_of(struct arena *mem, i64 meeting_id);
err meeting_find_choice(struct rq *rq, str choice, struct meeting_brief *out);

/* Who is invited and not left out, whoever asks: struct meeting_invited rows in the order of
 * inviting. result: what counts of his attendance, empty = not put down; role: "member", "guest"
 * (列席), "speaker". */
struct meeting_invited {
    i64 invitee_id, member_id, person_id;
    str name, sector_name, state, result, role;
};
err meeting_list_invited(struct rq *rq, i64 meeting_id, struct rows *out);

/* One of them and his meeting, whoever asks. Errors: NOT_FOUND invitees.not_found, also of who is
 * left out. */
err meeting_find_invited(struct rq *rq, i64 invitee_id, struct meeting_invited *out,
                         i64 *meeting_id);

/* A to-do that hangs on somebody's invitation (flow_todo_add): it ends with it, or by
 * meeting_todo_done, of which there may be none. verb: a word of "flows.invitees.VERB". Errors:
 * NOT_FOUND invitees.not_found. */
struct todo_new;
err meeting_todo_add(struct rq *rq, i64 invitee_id, str title, const struct todo_new *todo);
err meeting_todo_done(struct rq *rq, i64 invitee_id, const char *verb);

/* One as rq's actor may see it, with the figures of whoever may see others' answers (others). As
 * answered: confirmed … excused; as put down: present … open. came: of those invited, who checked
 * in to the half-day that goes on now (half: its name; empty = none does). all_members: who serve
 * on its first day; counted: put down as present and counting for the quorum. answer, invitee_id:
 * of who looks; empty, 0 = he is not invited. Errors: NOT_FOUND meetings.not_found. */
struct meeting_overview {
    struct meeting_brief brief;
    str when, place, agenda, answer, half, quorum_words;
    i64 invitee_id, papers, invited;
    i64 confirmed, waiting, undecided, excused, due, present, leave, absent, open;
    i64 all_members, counted, came;
    bool others, quorum;
};
err meeting_overview_find(struct rq *rq, i64 id, struct meeting_overview *out);

/* How many of all members must be there (Charter): two thirds, at a meeting of the standing
 * committee more than half of its own. Pure. */
i64 meeting_quorum_of(str kind, i64 all_members);

/* Plenaries as rq's actor may see them, latest first: struct meeting_brief rows, at most 20. */
err meeting_list_plenaries(struct rq *rq, struct rows *out);

/* Event meetings.changed (id = the meeting; fact: struct meeting_brief as it will be): its time or
 * place has, and everybody is asked anew. */

/* Events meetings.answered (id = the invitee): whether he comes has changed; meetings.invited (id =
 * the meeting): more people are. Both after it is written. */

/* Event meetings.shown (id = the meeting): its page or JSON is being made for somebody who may see
 * it, and modules above put in what belongs to it. One of out and json is NULL. */
struct out;
struct json;
struct meeting_shown {
    struct out *out;
    struct json *json;
    const struct meeting_brief *meeting;
};

/* Event meetings.gate_listed (id = the meeting): the list of its gate is being made, and modules
 * above say where people sit. seat: in words, set by them; empty = not known. */
struct meeting_gate_line {
    i64 invitee_id;
    str seat;
};
struct meeting_gate {
    struct meeting_gate_line *lines;
    size_t count;
};

/* Emitted: meetings.settled, meetings.corrected (id = the meeting): what meeting_attendance gives
 * is new, or has changed. */
#endif
