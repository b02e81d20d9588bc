/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Checking in (签到), inside of meetings: the code at the door, the list of the gate, and what
 * attendance may be put down by it. Words and rules: README.md. */
#ifndef HT_MEETINGS_CHECKIN_H
#define HT_MEETINGS_CHECKIN_H
#include "modules/meetings/meeting_rules.h"

/* CHECKIN_STEP_S: so often the code at the door changes. */
enum { CHECKIN_STEP_S = 20, CHECKIN_GATE_MAX = MEETING_INVITED_MAX };

/* One that stands. Columns: schema/. */
struct checkin {
    i64 id, meeting_id, invitee_id, half, came_at, noted_at, undone_at;
    str way, noted_name, undone_name;
};

struct checkin_input {
    i64 id;
    str code;
};

/* Marks of the gate, side by side; came: milliseconds by the device's clock, empty = now; clock:
 * what that clock says as they are sent, empty = it goes right. half: empty = the present one.
 * undo: the marks are taken back. */
struct gate_input {
    i64 id;
    str show, half, clock; /* show: "open", "done" */
    ids invitees;
    strs came;
    bool undo;
};

/* A mark that somebody must look at: he was left out (dropped), has leave or asked for it (leave),
 * is put down as not there (result), or it had been taken back later than it was made (undone: it
 * does not stand, the others do). words: that, for who stands at the gate. */
struct gate_odd {
    i64 invitee_id;
    str name, what, words;
};
/* changed: marks that are new; doubled: that another device had sent, or this one before. */
struct gate_outcome {
    i64 changed, doubled;
    struct gate_odd *odd;
    size_t odd_count;
};

/* ---- checkin.c ---- */

/* Which ways are open: the settings; staff's own register stays open where every way is shut. */
bool checkin_has_code(struct rq *rq);
bool checkin_has_gate(struct rq *rq);
bool checkin_has_register(struct rq *rq);

/* In which half-day of the meeting a moment is; -1 = in none. A day with two halves is cut at
 * noon, one with a single half is it as a whole. */
i64 checkin_half_at(const struct meeting *m, i64 ms);

/* The day of a half-day, and what it is called: "2026-12-05 上午". */
i64 checkin_half_day(const struct meeting *m, i64 half);
i64 checkin_half_start(const struct meeting *m, i64 half); /* the moment from which it is open */
str checkin_half_words(struct rq *rq, const struct meeting *m, i64 half);

/* The half-day that can be checked in to now. Errors: CONFLICT meetings.door_closed. */
err checkin_open(struct rq *rq, const struct meeting *m, i64 *half);

/* The code of the present moment: "STEP-SIGNATURE"; whoever was not at the door cannot make it. */
str checkin_code(struct rq *rq, const struct meeting *m);

/* Whether a code was shown at this meeting's door lately (meetings.code_minutes). Errors: INVALID
 * meetings.code_missing, .code_wrong, .code_old. */
err checkin_code_judge(struct rq *rq, const struct meeting *m, str code);

/* The member checks himself in. out: what stands. Errors: those of the two above; CONFLICT
 * meetings.code_off; FORBIDDEN meetings.not_listed. */
err checkin_by_code(struct rq *rq, const struct meeting *m, str code);

/* The gate's marks. Marks of the same invitee and half are one, of the earliest time, however often
 * and from however many devices they are sent; one made before it was taken back does not return.
 * Errors: CONFLICT meetings.gate_off, .gate_closed; INVALID form.faults. */
err checkin_by_gate(struct rq *rq, const struct meeting *m, const struct gate_input *in,
                    struct gate_outcome *out);

/* Adds to each invitee how many half-days he has checked in to. invitees: as invitee_store_list
 * gives them. */
err checkin_count(struct rq *rq, i64 meeting_id, struct rows *invitees);

/* Whether what staff put down says less than his checking in: to be looked at, never changed. */
bool checkin_is_odd(const struct invitee *i);

/* Whether he was seen at the door although he said that he would not come, or has leave. */
bool checkin_is_surprise(const struct invitee *i);

/* Step of a meeting: by who checked in. Errors: CONFLICT meetings.nobody_in. */
err meeting_guard_tally(struct rq *rq, const struct flow_subject *subject);
err meeting_effect_tally(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* ---- statements ---- */

/* A mark, unless one stands or one that was made later was taken back; changed += 0 or 1. */
err checkin_store_add(struct db *db, const struct checkin *c, i64 *changed);
/* One that stands gets the time of an earlier mark. */
err checkin_store_advance(struct db *db, const struct checkin *c);
/* Why a mark was not added: when it was taken back and by whom, 0 = another stands. */
err checkin_store_undone(struct db *db, const struct checkin *c, struct arena *mem,
                         struct checkin *out);
err checkin_store_undo(struct db *db, const struct checkin *c, i64 *changed);
/* All that stand of a meeting: struct checkin rows, by when he came. */
err checkin_store_list(struct db *db, i64 meeting_id, struct arena *mem, struct rows *out);

/* ---- pages ---- */

struct door_page {
    const struct meeting *m;
    str half, address;
    html qr;
    i64 in, all;
    const struct view_link *crumbs;
};
struct gate_line {
    const struct invitee *i;
    i64 number, came_at; /* number: on the list, from 1; came_at 0 = not yet */
    str way, seat;       /* seat: where he sits, empty = not known */
    bool odd;
};
struct gate_page {
    const struct meeting *m;
    const struct gate_line *lines;
    size_t count;
    i64 half, in, all, odd;
    str words, action;
    bool done; /* shown are those who are in */
    struct view_tabs halves, shows;
    const struct view_link *crumbs;
};
struct checkin_page {
    const struct meeting *m;
    str half, code, refusal;
    i64 came_at;
    bool ready; /* the code holds */
    const struct view_link *crumbs;
};

/* Handlers, of the pages and under /api/v1. */
err page_checkin_door(struct rq *rq, struct res *res);
err page_checkin_gate(struct rq *rq, struct res *res);
err page_checkin_mark(struct rq *rq, struct res *res);
err page_checkin_show(struct rq *rq, struct res *res);
err page_checkin_come(struct rq *rq, struct res *res);
#endif
