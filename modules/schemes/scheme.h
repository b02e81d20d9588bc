/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Groups of a meeting (分组方案): rows, inputs, rules, statements, handlers. A single header: only
 * modules/plenaries reads it. Words and rules: README.md. */
#ifndef HT_SCHEMES_SCHEME_H
#define HT_SCHEMES_SCHEME_H
#include "modules/meetings/meeting.h"
#include "platform/flow/flow.h"
#include "platform/list/list.h"
#include "platform/web/view_parts.h"

enum { SCHEME_GROUPS_MAX = 50, SCHEME_PLACED_MAX = 3000 };

/* groups: how many. Columns: schema/0001_schemes.sql. */
struct scheme {
    i64 id, meeting_id, published_at, version, groups, meeting_on;
    str state, kind, title, meeting_title;
};
struct scheme_group {
    i64 id, scheme_id, number, convener_id, recorder_id, version;
    str name, room;
};
struct placement {
    i64 id, scheme_id, group_id, invitee_id, member_id, person_id;
};

struct scheme_input {
    i64 id, groups;
    str meeting, kind, title;
};
struct scheme_divide_input {
    i64 id, groups;
};
struct scheme_move_input {
    i64 id, version; /* version: of the scheme, which each move raises */
    ids invitees;
    str to; /* "group:12"; "out" = in none */
};
struct scheme_group_input {
    i64 id, version;
    str name, room, convener, recorder; /* the last two: "member:12", empty = nobody */
};

extern const struct flow SCHEMES_FLOW;
extern const struct form SCHEME_GROUP_FORM, SCHEME_FORM;

/* The office all; who is placed in one that is published, that; list_find gives NOT_FOUND
 * schemes.not_found. */
extern const struct list SCHEME_LIST;

/* ---- rules: scheme.c ---- */

/* Begins one for a meeting and divides its invitees at once. Errors: INVALID form.faults; CONFLICT
 * schemes.nobody, .too_few. */
err scheme_begin(struct rq *rq, const struct scheme_input *in, i64 *id);

/* The order in which people are cut into groups: by sector or committee so that those of one stay
 * together, else spread over all; `count` group numbers from 1 for the invited, side by side. Sizes
 * differ by one at most. Pure. */
struct scheme_person {
    i64 invitee_id;
    str together; /* what keeps him with others: sector or committee; empty = nothing */
    i64 number;   /* out: of his group */
};
void scheme_divide(struct scheme_person *people, size_t count, i64 groups, bool spread);

/* A group as a move names it: "group:12". */
str scheme_target(struct arena *mem, const struct scheme_group *g);

/* Puts people into a group, or into none; of a published one each who moved is told. Errors:
 * NOT_FOUND; CONFLICT schemes.dropped, .moved_since; INVALID form.faults with
 * schemes.not_invited. */
err scheme_move(struct rq *rq, const struct scheme_move_input *in);

/* One group, if the actor may see its scheme; its name, room, convener, recorder. Errors: NOT_FOUND
 * schemes.no_group; CONFLICT web.version, schemes.dropped; INVALID form.faults with
 * schemes.not_in_group. */
err scheme_group_find(struct rq *rq, i64 id, struct scheme_group *out, struct scheme *scheme);
err scheme_group_save(struct rq *rq, const struct scheme_group_input *in, i64 *scheme_id);
struct scheme_group_input scheme_group_input_of(struct rq *rq, const struct scheme_group *g);

/* Who is in the group of the path, as choices of its form. */
err scheme_group_members(struct rq *rq, struct rows *out);

/* The flow's own functions (flow.h). */
err scheme_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err scheme_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err scheme_effect_divide(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err scheme_effect_publish(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* ---- statements: scheme_store.c; updates: CONFLICT db.version ---- */

/* Of schemes: a new one; state and when it went out. */
err scheme_store_add(struct db *db, const struct scheme *s, i64 *id);
err scheme_store_update(struct db *db, const struct scheme *s);
/* Published ones of a meeting in which a person is; with person_id 0 all that are not dropped:
 * struct scheme rows, at most 20. */
err scheme_store_list(struct db *db, i64 meeting_id, i64 person_id, struct arena *mem,
                      struct rows *out);
/* Of groups, by number: struct scheme_group rows. */
err scheme_group_store_add(struct db *db, const struct scheme_group *g, i64 *id);
err scheme_group_store_find(struct db *db, i64 id, struct arena *mem, struct scheme_group *out);
err scheme_group_store_update(struct db *db, const struct scheme_group *g);
err scheme_group_store_list(struct db *db, i64 scheme_id, struct arena *mem, struct rows *out);
/* All groups of a scheme with who is in them go. */
err scheme_store_clear(struct db *db, i64 scheme_id);
/* Of placements, in the order in which they were made: struct placement rows. */
err placement_store_add(struct db *db, const struct placement *p);
err placement_store_remove(struct db *db, i64 scheme_id, i64 invitee_id);
err placement_store_list(struct db *db, i64 scheme_id, struct arena *mem, struct rows *out);

/* ---- who was at the talks: scheme_roll.c, scheme_roll_store.c ---- */

/* One group's on one half-day; id 0 = not put down yet. */
struct scheme_roll {
    i64 id, scheme_id, group_id, half, recorded_at, version;
    str recorded_name;
};
/* half, recorded_name: of its roll. presence: "present", "leave", "absent". */
struct scheme_presence {
    i64 roll_id, invitee_id, member_id, person_id, half;
    str presence, recorded_name;
};
struct scheme_roll_input {
    i64 id, half, version; /* version: of the roll; 0 = none yet */
    ids invitees;
    strs presences;
};

/* Whether the actor may put down who was there: convener, recorder, office. Errors: FORBIDDEN
 * schemes.not_convener. */
err scheme_may_roll(const struct rq *rq, const struct scheme_group *g);

/* Whether there is something to put down: it is published, the meeting takes place, its first
 * half-day has begun; of a settled one the office alone corrects it. Errors: those of the database.
 */
err scheme_roll_is_open(struct rq *rq, const struct scheme *s, bool *out);

/* Nothing is dropped that the ledger rests on. Errors: CONFLICT schemes.credited. */
err scheme_guard_drop(struct rq *rq, const struct flow_subject *subject);

/* Writes the whole group's; the audit has whom it changes, and who is newly absent is told. What
 * was put down of who has left the group since stays. Errors: NOT_FOUND; FORBIDDEN; CONFLICT
 * schemes.roll_closed, .roll_settled, .roll_changed; INVALID form.faults with schemes.roll_half,
 * .roll_odd. */
err scheme_roll_save(struct rq *rq, const struct scheme_roll_input *in);

/* Of rolls: one of a group, id 0 = none; a new one; who put it down and when. */
err scheme_roll_store_find(struct db *db, i64 group_id, i64 half, struct arena *mem,
                           struct scheme_roll *out);
err scheme_roll_store_add(struct db *db, const struct scheme_roll *r, i64 *id);
err scheme_roll_store_update(struct db *db, const struct scheme_roll *r);
/* Of presences: one of a roll, new or another; all of a roll; how many of a scheme; of all
 * published schemes of a meeting, by member and half-day: struct scheme_presence rows. */
err scheme_presence_store_put(struct db *db, const struct scheme_presence *p);
err scheme_presence_store_list(struct db *db, i64 roll_id, struct arena *mem, struct rows *out);
err scheme_presence_store_count(struct db *db, i64 scheme_id, i64 *count);
err scheme_presence_store_list_all(struct db *db, i64 meeting_id, struct arena *mem,
                                   struct rows *out);

/* Listener: meetings.credited. */
err on_scheme_meeting_credited(struct rq *rq, i64 id, const void *fact);

/* ---- views ---- */

/* now: as it is written or, after a fault, typed. */
struct scheme_roll_page {
    const struct scheme *s;
    const struct scheme_group_view *g;
    const struct scheme_roll *roll;
    const str *now;
    i64 version;
    str words; /* of the half-day */
    struct view_tabs halves;
    const struct view_link *crumbs;
};
err page_scheme_roll(struct rq *rq, struct res *res);
err page_scheme_roll_save(struct rq *rq, struct res *res);

/* One who is invited, and in which group. attended: what counts of his attendance. */
struct scheme_line {
    i64 invitee_id, member_id, person_id, group_id;
    str name, sector_name, state, result;
    bool guest;  /* 列席: in no figure of attendance */
    bool ticked; /* to be moved, where that was refused */
};
/* lines: by group, of one group in order; present, leave, absent: of those with a result who are no
 * guests. */
struct scheme_group_view {
    const struct scheme_group *g;
    const struct scheme_line *lines;
    size_t count;
    i64 present, leave, absent;
    bool ticked;   /* one of them is */
    bool mine;     /* who looks is in it */
    bool may_roll; /* who looks puts down who was there */
    str convener, recorder;
};
struct scheme_page {
    const struct scheme *s;
    const struct scheme_group_view *groups;
    size_t count;
    const struct scheme_line *unplaced;
    size_t unplaced_count;
    const struct flow_allowed *acts;
    const struct view_link *crumbs;
    i64 person_id, placed, version; /* version: that a move sends along */
    str to;                         /* the target that was chosen, where a move was refused */
    bool office, may_move, counted; /* counted: attendance is being put down */
};
/* What a meeting's page says: the groups in which who looks is; of the office all schemes. */
struct scheme_own {
    const struct scheme *s;
    const struct scheme_group_view *mine; /* NULL = none */
};
struct scheme_meeting_view {
    const struct scheme_own *items;
    size_t count;
    i64 meeting_id;
    bool office;
};

/* A scheme with its groups and who is in them, in rq->mem. Errors: those of the database. */
err scheme_shown_make(struct rq *rq, const struct scheme *s, struct scheme_page *out);

/* Handlers, of the pages and under /api/v1. */
err page_scheme_list(struct rq *rq, struct res *res);
err page_scheme_form(struct rq *rq, struct res *res);
err page_scheme_begin(struct rq *rq, struct res *res);
err page_scheme_show(struct rq *rq, struct res *res);
err page_scheme_move(struct rq *rq, struct res *res);
err page_scheme_group_form(struct rq *rq, struct res *res);
err page_scheme_group_save(struct rq *rq, struct res *res);
err file_scheme_pdf(struct rq *rq, struct res *res);
err file_scheme_docx(struct rq *rq, struct res *res);

/* Listener: meetings.shown (scheme_pages.c). */
err on_scheme_meeting_shown(struct rq *rq, i64 id, const void *fact);
#endif
