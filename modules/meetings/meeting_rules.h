/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The inside of meetings: rows, inputs, rules, statements, handlers of the table in
 * meeting_module.c. Other modules use meeting.h. Words: README.md. */
#ifndef HT_MEETINGS_MEETING_RULES_H
#define HT_MEETINGS_MEETING_RULES_H
#include "modules/meetings/meeting.h"
#include "platform/flow/flow.h"
#include "platform/list/list.h"
#include "platform/web/view_parts.h"

enum {
    MEETING_INVITED_MAX = 3000,
    MEETING_DAYS_MAX = 31,
    ATTENDANCE_PAGE = 50,
    INVITEES_UNDECIDED = 50, /* leaves, meetings that are looked at in one statement */
    MEETINGS_HELD = 50
};

/* invited, going: how many of its invitees. answer, invitee_id: of who looks; empty, 0 = not
 * invited. Columns: schema/. */
struct meeting {
    i64 id, places, from_on, to_on, answer_on, notified_at, reminded_on, reminds, told_on;
    i64 all_members, settled_at, version, invited, going, invitee_id;
    bool mandatory, two_thirds;
    str state, kind, title, organiser, organiser_name, from_half, to_half, hour, place, agenda;
    str audience, audience_name, cancel_reason, minutes, settled_name, answer;
};

/* role: "member", "guest" (attends without duty), "speaker". meeting_state … two_thirds: of the
 * meeting. checkins: half-days that he checked in to, in the
 * list and where checkin_count was asked. */
struct invitee {
    i64 id, meeting_id, member_id, person_id, leaves, decided_at, answered_at, halves, version;
    i64 checkins, approver_id;
    bool standing, unasked, mandatory, two_thirds;
    i64 places, from_on, to_on, answer_on;
    str name, sector_name, role, state, leave_kind, leave_by, reason, denial, decided_name, result;
    str title, kind, organiser, meeting_state, from_half, to_half;
};

struct meeting_input {
    i64 version, from_on, to_on, places, answer_on;
    str kind, title, organiser, attending, from_half, to_half, hour, place, agenda;
    strs audience;
};
struct meeting_invite_input {
    i64 id;
    str role; /* empty = member */
    strs audience;
};
struct meeting_reason_input {
    i64 id;
    str opinion;
};
struct meeting_minutes_input {
    i64 id;
    str minutes;
};
struct meeting_papers_input {
    i64 id;
    ids papers;
};
struct meeting_paper_input {
    i64 id, file;
};
struct invitee_leave_input {
    i64 id;
    str kind, reason;
};
struct invitee_deny_input {
    i64 id;
    str denial;
};
struct invitee_designate_input {
    i64 id;
    str role;
};
struct invitee_correct_input {
    i64 id, halves;
    str result, leave_kind, opinion;
};

/* Lines of a page side by side; a line whose result is empty stays as it is. */
struct attendance_input {
    i64 id, page;
    str show; /* "all", "open" */
    ids invitees;
    strs versions, results, halves, leave_kinds;
};

extern const struct flow MEETINGS_FLOW, INVITEES_FLOW;
extern const struct form MEETING_FORM, MEETING_CHANGE_FORM, MEETING_MINUTES_FORM;
extern const struct form INVITEE_LEAVE_FORM;

/* Who sees which; list_find gives NOT_FOUND meetings.not_found, invitees.not_found. */
extern const struct list MEETING_LIST, INVITEE_LIST;
extern const struct list_look MEETING_EXPORTED, INVITEE_LOOK;

/* ---- meeting.c ---- */

/* Half-days from first to last; 0 or less: it ends before it begins. */
i64 meeting_halves(i64 from_on, str from_half, i64 to_on, str to_half);

/* When it is, in words: "2026-12-05 上午 9:00 至 2026-12-06 下午". */
str meeting_when(struct rq *rq, const struct meeting *m);

/* The last day on which it should be announced (rules.md 1), days: so many before it begins; 0 =
 * no rule for such a meeting. */
i64 meeting_notice_day(struct rq *rq, const struct meeting *m, i64 *days);

/* One that the actor may see, with what he answered; the house itself sees all. Errors: NOT_FOUND
 * meetings.not_found. */
err meeting_find(struct rq *rq, i64 id, struct meeting *out);

/* Writes a draft (id 0: a new one). Errors: NOT_FOUND; INVALID form.faults; CONFLICT
 * meetings.not_draft, web.version. */
err meeting_save(struct rq *rq, i64 id, const struct meeting_input *in, i64 *out);
struct meeting_input meeting_input_of(struct rq *rq, const struct meeting *m);

/* Whom an audience names today and who is not invited yet: struct invitee rows, not stored. */
err meeting_named(struct rq *rq, const struct meeting *m, str audience, struct rows *out);

/* The flow's own functions (flow.h). */
err meeting_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err meeting_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err meeting_guard_remind(struct rq *rq, const struct flow_subject *subject);
err meeting_guard_hold(struct rq *rq, const struct flow_subject *subject);
err meeting_effect_notify(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
/* Errors of the effects, beside those of the engine: CONFLICT meetings.past, .answer_past, .nobody,
 * .too_many, .nobody_left; INVALID form.faults. */
err meeting_effect_change(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err meeting_effect_invite(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err meeting_effect_remind(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err meeting_effect_hold(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err meeting_effect_cancel(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err meeting_effect_minute(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* Guard of the steps that need nothing else. */
err meeting_guard_manage(struct rq *rq, const struct flow_subject *subject);

/* ---- organise.c: who may manage which meeting ---- */

/* The committee of "committee:5"; 0 = none organises it. Plenary, standing committee, chairs. Pure.
 */
i64 meeting_committee(str organiser);
bool meeting_is_core(str kind);

/* The office manages all; the house itself, too. */
bool meeting_is_office(const struct rq *rq);

/* The committees that the actor heads today, where he may organise. */
err meeting_headed(struct rq *rq, ids *out);

/* Whether the actor may begin a meeting; whether he may manage it: the office all, who heads a
 * committee what it organises, but for the core kinds. Errors: FORBIDDEN meetings.heads_none,
 * .not_his. */
err meeting_may_begin(struct rq *rq);
err meeting_may_manage(struct rq *rq, const struct meeting *m);
err meeting_manages(struct rq *rq, str organiser, str kind, bool *out);

/* One that he may manage. Errors: NOT_FOUND meetings.not_found; FORBIDDEN meetings.not_his. */
err meeting_find_managed(struct rq *rq, i64 id, struct meeting *out);

/* Choices of forms, for the office all: organisers (the office, committees, sectors), kinds, whom a
 * draft names, whom an invitation does. Errors: NOT_FOUND meetings.heads_none, .not_found. */
err meeting_organisers(struct rq *rq, struct rows *out);
err meeting_kinds(struct rq *rq, struct rows *out);
err meeting_audience(struct rq *rq, struct rows *out);
err meeting_invitable(struct rq *rq, struct rows *out);

/* What a new one begins with: of who heads one committee a meeting of that, for its members. */
err meeting_prefill(struct rq *rq, struct meeting *m);

/* Who heads the committee asks its members, others one by one as guests, and as speakers while the
 * meeting is ahead; of m: organiser, state. Errors: FORBIDDEN meetings.asks_others, .speaker_late.
 */
err meeting_may_ask(struct rq *rq, const struct meeting *m, i64 member_id, str role);
err meeting_judge_audience(struct rq *rq, const struct meeting *m, str audience, str role);

/* His to-do: the flow's holder, who may organise, and when it counts; when another has come to head
 * the committee, he gets it (timer meetings.leaves). */
err meeting_when_headed(struct rq *rq, const struct flow_subject *subject, bool *out);
err meeting_flow_holder(struct rq *rq, const struct flow_subject *subject,
                        const struct flow_todo *todo, ids *out);
err meeting_todos_hand_on(struct rq *rq);

/* ---- invitee.c ---- */

/* The flow's own functions (flow.h). */
err invitee_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err invitee_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err invitee_flow_holder(struct rq *rq, const struct flow_subject *subject,
                        const struct flow_todo *todo, ids *out);
/* Errors: FORBIDDEN invitees.not_yours, .own_leave, .for_other; CONFLICT invitees.over, .full,
 * .mandatory, .voluntary, .leaves_over, .leave_late, .unsettled. */
err invitee_guard_confirm(struct rq *rq, const struct flow_subject *subject);
err invitee_guard_decline(struct rq *rq, const struct flow_subject *subject);
err invitee_guard_leave(struct rq *rq, const struct flow_subject *subject);
err invitee_guard_decide(struct rq *rq, const struct flow_subject *subject);
err invitee_guard_drop(struct rq *rq, const struct flow_subject *subject);
err invitee_guard_correct(struct rq *rq, const struct flow_subject *subject);
err invitee_guard_designate(struct rq *rq, const struct flow_subject *subject);
/* What the answers and decisions leave in the row, and who is told. */
err invitee_effect_answer(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err invitee_effect_leave(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err invitee_effect_excuse(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err invitee_effect_deny(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err invitee_effect_reask(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err invitee_effect_drop(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
/* Errors: INVALID form.faults with invitees.same_role. */
err invitee_effect_designate(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* Whether he attends without duty; whether he must come. Pure. */
bool invitee_is_guest(const struct invitee *i);
bool invitee_must(const struct invitee *i);

/* ---- leave.c ---- */

/* Who decides a leave now. by: "staff", "leader", "chair", "secretary_general", "head" (of the
 * committee that organises it); person_id, name: of the last three. wanted: whom the setting of the
 * kind of meeting names; by is another where nobody holds that post, can sign in, and does not ask
 * himself. */
struct leave_route {
    str by, wanted, name;
    i64 person_id;
};
err leave_route_find(struct rq *rq, const struct invitee *i, struct leave_route *out);
str leave_route_words(struct rq *rq, const struct leave_route *route);

/* Who decides it, in words; empty = nothing is to be decided. */
err leave_decider(struct rq *rq, const struct invitee *i, str *out);

/* The row says who decides, for his to-do and what he may read. */
err leave_route_set(struct rq *rq, struct invitee *i);

/* Whether the actor decides it. Errors: FORBIDDEN invitees.own_leave, .for_other. */
err leave_may_decide(struct rq *rq, const struct invitee *i);

/* So many days before its first the leave is asked; 0 = no limit. */
i64 leave_days(struct rq *rq, const struct invitee *i);

/* To-do lines and a step of the flow. */
err invitee_when_leader(struct rq *rq, const struct flow_subject *subject, bool *out);
err invitee_when_staff(struct rq *rq, const struct flow_subject *subject, bool *out);
err invitee_when_person(struct rq *rq, const struct flow_subject *subject, bool *out);
err invitee_effect_reroute(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* Timer, each hour: a leave goes on to who holds the post now. */
err job_meeting_leaves(struct rq *rq, bool *again);

/* Whether the actor is the invitee himself. */
bool invitee_is_own(const struct rq *rq, const struct invitee *i);

/* ---- attendance.c ---- */

/* What counts of a result: part may be absent (two_thirds). */
str attendance_outcome(const struct invitee *i);

/* due: who must come, else who signed up; open: of them without a result; extra: came without
 * being due; guests: came as such, in no other figure but how they answered. */
struct meeting_figures {
    i64 due, present, part, late, leave, absent, open, extra, undecided, waiting, confirmed;
    i64 declined, excused, denied, all_members, guests;
    i64 counted; /* who counts for the quorum: of a standing committee's meeting its own members */
    bool quorum; /* plenary: two thirds of all were there; standing committee: more than half */
};
struct meeting_figures meeting_figures_of(const struct meeting *m, const struct rows *invitees);

/* Whether the Charter is satisfied, in words; empty = there is no quorum for such a meeting. */
str meeting_quorum_words(struct rq *rq, const struct meeting *m, const struct meeting_figures *f);

/* Writes what a page of lines says; who is not the office puts down of himself only what follows
 * from his answer. Errors: INVALID form.faults with meetings.halves_wrong, .line_changed,
 * .lines_odd, .own_result; CONFLICT meetings.not_held. */
err attendance_record(struct rq *rq, const struct meeting *m, const struct attendance_input *in);

/* Errors: CONFLICT meetings.not_over, .undecided, .unrecorded; INVALID form.faults. */
err meeting_guard_settle(struct rq *rq, const struct flow_subject *subject);
err meeting_effect_presume(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err meeting_effect_settle(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err invitee_effect_correct(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* Listener, after the line is written: tells of the meeting. */
err on_invitee_corrected(struct rq *rq, i64 id, const void *fact);

/* members.left, members.suspended: out of every meeting that is ahead. */
err on_invitee_gone(struct rq *rq, i64 id, const void *fact);

/* ---- meeting_jobs.c ---- */

/* Timers, each hour. */
err job_meeting_remind(struct rq *rq, bool *again);
err job_meeting_hold(struct rq *rq, bool *again);

/* ---- statements; updates: CONFLICT db.version ---- */

/* Of meetings: a new one; all of a row. */
err meeting_store_add(struct db *db, const struct meeting *m, i64 *id);
err meeting_store_update(struct db *db, const struct meeting *m);
/* One, whoever asks. Errors: NOT_FOUND meetings.not_found. */
err meeting_store_find(struct db *db, i64 id, struct arena *mem, struct meeting *out);
/* Announced ones: that begin in (today, until_on] and were not reminded of; that ended before a
 * day. At most 20, by day: struct meeting rows. */
err meeting_store_list_near(struct db *db, i64 today, i64 until_on, struct arena *mem,
                            struct rows *out);
err meeting_store_list_over(struct db *db, i64 today, struct arena *mem, struct rows *out);
/* Those that are not over, latest first, at most 200: struct meeting_brief rows. */
/* Plenaries of which a person is one of the invited (0: all; drafts: those too), latest first:
 * struct meeting_brief rows, at most 20. */
err meeting_store_list_plenaries(struct db *db, i64 person_id, bool drafts, struct arena *mem,
                                 struct rows *out);
err meeting_store_list_open(struct db *db, struct arena *mem, struct rows *out);
err meeting_store_list_begun(struct db *db, i64 today, struct arena *mem, struct rows *out);
/* Those that are held and that a committee's head manages, behind an id, in its order: struct
 * meeting rows, MEETINGS_HELD at most. */
err meeting_store_list_held(struct db *db, i64 after_id, struct arena *mem, struct rows *out);
/* The house has reminded of it today. */
err meeting_store_told(struct db *db, const struct meeting *m, i64 today);
/* Of invitees: a new one; all that may change of a row. */
err invitee_store_add(struct db *db, const struct invitee *i, i64 *id);
err invitee_store_update(struct db *db, const struct invitee *i);
/* One, whoever asks. Errors: NOT_FOUND invitees.not_found. */
err invitee_store_find(struct db *db, i64 id, struct arena *mem, struct invitee *out);
/* Whose leave is undecided, behind an id, in its order: INVITEES_UNDECIDED at most. */
err invitee_store_list_undecided(struct db *db, i64 after_id, struct arena *mem, struct rows *out);
/* All of a meeting but those left out, in the order of inviting. */
err invitee_store_list(struct db *db, i64 meeting_id, struct arena *mem, struct rows *out);

/* Of a person, to meetings that are ahead. */
err invitee_store_list_ahead(struct db *db, i64 person_id, struct arena *mem, struct rows *out);

/* ---- views ---- */

struct meeting_page {
    const struct meeting *m;
    const struct invitee *mine; /* NULL = who looks is not invited */
    const struct flow_allowed *acts, *mine_acts;
    const struct rows *papers, *named; /* named: of a draft, whom the audience reaches */
    const struct meeting_figures *figures;
    struct view_steps steps;        /* of the office alone */
    str when, kind, quorum, notice; /* notice: by when it should go out, empty = no rule, or out */
    str decider;                    /* of a leave of his own that is undecided, in words */
    str checked;                    /* when he who looks has checked in today, in words */
    i64 halves;
    html more;                                      /* what modules above say of it */
    bool office, others, may_record, shows_minutes; /* office: he manages it */
    bool corrects;
    bool late, door, gate; /* late: the day of notice is past; the others: what is open now */
    bool rest;             /* marks of the gate may still be on a device */
};
struct invitee_page {
    const struct meeting_page *meeting;
    const struct invitee *i;
    const struct flow_allowed *acts;
    struct view_steps steps;
    str leave_kind, decider; /* decider: of a leave that is undecided, in words */
    bool own;
};
struct attendance_page {
    const struct meeting *m;
    const struct invitee *lines;
    size_t count;
    i64 page, pages, total, halves, open;
    struct rows leave_kinds; /* struct dictionary_row */
    struct view_tabs shows;
    str action, before, after;
    const struct view_link *crumbs;
};

/* What its fields hold, line by line. */
struct attendance_typed {
    strs results, halves, leave_kinds;
};

/* Handlers, of the pages and under /api/v1. */
err page_meeting_list(struct rq *rq, struct res *res);
err page_meeting_form(struct rq *rq, struct res *res);
err page_meeting_save(struct rq *rq, struct res *res);
err page_meeting_show(struct rq *rq, struct res *res);
err page_meeting_change(struct rq *rq, struct res *res);
err page_meeting_minute(struct rq *rq, struct res *res);
err page_invitee_leave(struct rq *rq, struct res *res);
err page_meeting_papers(struct rq *rq, struct res *res);
err page_meeting_paper_remove(struct rq *rq, struct res *res);
/* Files; invitees; who was there. */
err file_meeting_paper(struct rq *rq, struct res *res);
err file_meeting_pdf(struct rq *rq, struct res *res);
err file_meeting_docx(struct rq *rq, struct res *res);
err page_invitee_list(struct rq *rq, struct res *res);
err page_invitee_show(struct rq *rq, struct res *res);
err page_attendance_show(struct rq *rq, struct res *res);
err page_attendance_record(struct rq *rq, struct res *res);

/* The page of a meeting for who looks, without acts and steps. */
err meeting_shown_make(struct rq *rq, const struct meeting *m, struct meeting_page *out);
#endif
