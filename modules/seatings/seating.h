/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who sits where at a meeting (座次): rows, inputs, rules, statements, handlers. A single header:
 * no other module reads it. Words and rules: README.md. */
#ifndef HT_SEATINGS_SEATING_H
#define HT_SEATINGS_SEATING_H
#include "modules/meetings/meeting.h"
#include "platform/docs/docs.h"
#include "platform/flow/flow.h"
#include "platform/list/list.h"
#include "platform/web/view_parts.h"

enum {
    SEATING_LINES_MAX = 80,  /* rows of a part */
    SEATING_BLOCKS_MAX = 8,  /* of a row, between aisles */
    SEATING_CHAIRS_MAX = 80, /* of a row */
    SEATING_PLACES_MAX = 3000,
    SEATING_PARTS = 2
};

/* Columns: schema/0001_seatings.sql. seated: how many chairs somebody has. */
struct seating {
    i64 id, meeting_id, published_at, version, seated, meeting_on, scheme_id;
    str state, title, rostrum, floor, numbering, arrangement, run, leaders, meeting_title;
};
struct seating_place {
    i64 id, seating_id, line, chair, invitee_id, member_id, person_id, fixed;
    str part, name;
};

struct seating_input {
    i64 id, version;
    str meeting, title, rostrum, leaders, floor, numbering, arrangement, run;
    str scheme; /* "scheme:12": which grouping; "newest" or empty */
};
/* What is done to one chair by hand. pick, from, to, at: "floor:5:12", "rostrum:1:3"; from may be
 * "invitee:12", who has none; to may be "out". version: of the seating, which each of them raises.
 */
struct seating_chair_input {
    i64 id, version;
    str pick, from, to, at, name;
    bool fixed;
};

/* Whose name cards: "rostrum", "all"; empty = of the rostrum, where there is one. size: "small",
 * two on a sheet; "large", one; empty = small. */
struct seating_cards_query {
    i64 id;
    str of, size;
};

extern const struct flow SEATINGS_FLOW;
extern const struct form SEATING_FORM, SEATING_FILL_FORM;

/* The office all; who has a chair in one that is published, that; list_find gives NOT_FOUND
 * seatings.not_found. */
extern const struct list SEATING_LIST;

/* ---- the hall: seating_hall.c, pure ---- */

/* One row: how many chairs between aisles. */
struct seating_line {
    i64 blocks[SEATING_BLOCKS_MAX], chairs;
    size_t block_count;
};
struct seating_lines {
    struct seating_line items[SEATING_LINES_MAX];
    size_t count;
    i64 chairs;
};
enum seating_part { SEATING_ROSTRUM, SEATING_FLOOR };
struct seating_hall {
    struct seating_lines part[SEATING_PARTS];
};

/* Where something is; line and chair from 1. */
struct seating_spot {
    enum seating_part part;
    i64 line, chair;
};

/* Reads the rows of a part as the office writes them. NULL, or the name of the fault and in which
 * line it is. */
const char *seating_lines_read(str text, struct seating_lines *out, i64 *at);

/* The chair of the k-th in a row of n: the middle, then to the right and to the left in turns, as
 * the hall sees it (the second sits at the first's left hand). Of an even row the first sits left
 * of the middle, as the hall sees it. */
i64 seating_chair_of(i64 k, i64 n);

/* The number of a chair in a row of n: 1, 2, 3 from the left, or odd ones to the left and even ones
 * to the right from the middle. */
i64 seating_number_of(i64 chair, i64 n, bool odd_even);

/* All chairs of the floor in the order in which they are filled: row by row from the front, or from
 * aisle to aisle, each such block row by row. out: room for hall->part[SEATING_FLOOR].chairs. */
void seating_floor_order(const struct seating_hall *hall, bool blocks, struct seating_spot *out);

/* Whether there is such a chair; whether an aisle is left of it. */
bool seating_is_chair(const struct seating_hall *hall, const struct seating_spot *spot);
bool seating_is_after_aisle(const struct seating_line *line, i64 chair);

/* A spot as a form names it, and back; false = none is named. */
str seating_spot_text(struct arena *mem, const struct seating_spot *spot);
bool seating_spot_read(str text, struct seating_spot *out);
const char *seating_part_name(enum seating_part part);

/* ---- rules: seating.c, seating_fill.c ---- */

/* The hall of one that is stored. */
void seating_hall_of(const struct seating *s, struct seating_hall *out);

/* What a chair is called: a row and a number. */
str seating_spot_words(struct rq *rq, const struct seating *s, const struct seating_hall *hall,
                       const struct seating_spot *spot);

/* Begins one for a meeting and seats its invitees at once. Errors: INVALID form.faults; CONFLICT
 * seatings.nobody. */
err seating_begin(struct rq *rq, const struct seating_input *in, i64 *id);

/* Where the people of a meeting sit, in rq->mem: who is invited and comes; places whose holder does
 * not come are free again (struct seating_place.invitee_id stays until somebody else is there). */
struct seating_people {
    struct rows invited, places; /* struct meeting_invited, struct seating_place */
};
err seating_people_find(struct rq *rq, const struct seating *s, struct seating_people *out);

/* Of the people: who is invited, NULL = not; the place at a spot or of somebody, NULL = none;
 * whether it is his who comes. */
const struct meeting_invited *seating_invited(const struct seating_people *p, i64 invitee_id);
const struct seating_place *seating_place_at(const struct seating_people *p,
                                             const struct seating_spot *spot);
const struct seating_place *seating_place_of(const struct seating_people *p, i64 invitee_id);
bool seating_comes(const struct meeting_invited *who);
bool seating_is_taken(const struct seating_people *p, const struct seating_place *place);
struct seating_spot seating_spot_of(const struct seating_place *place);

/* Checks what was written and seats everybody by it (seating_fill.c): fixed chairs stay, then the
 * rostrum by rank, then the floor. s: what is new of it is set. Errors: INVALID form.faults;
 * CONFLICT seatings.nobody. */
err seating_fill(struct rq *rq, struct seating *s, const struct seating_input *in);

/* Groupings of the path's meeting, as choices of the form that seats anew, the newest first; how
 * one is named there, 0 = the newest. */
err seating_schemes(struct rq *rq, struct rows *out);
str seating_scheme_choice(struct arena *mem, i64 scheme_id);

/* Who has no chair yet gets a free one of the floor, in the seating's order; the others stay.
 * seated: how many. */
err seating_complete(struct rq *rq, const struct seating *s, i64 *seated);

/* One chair by hand: moves or swaps; keeps for who has it; gives to a guest. Of a published one
 * whoever moved is told. Errors: NOT_FOUND; CONFLICT seatings.dropped, .moved_since, .fixed_there;
 * INVALID form.faults. */
err seating_move(struct rq *rq, const struct seating_chair_input *in);
err seating_fix(struct rq *rq, const struct seating_chair_input *in);
err seating_reserve(struct rq *rq, const struct seating_chair_input *in);

/* Tells somebody where he sits. */
err seating_tell(struct rq *rq, const struct seating *s, const struct seating_place *place);

/* What a form of it shows at first. Pure. */
struct seating_input seating_input_of(struct arena *mem, const struct seating *s);

/* The flow's own functions (flow.h). */
err seating_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err seating_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err seating_effect_fill(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err seating_effect_complete(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err seating_effect_drop(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err seating_effect_publish(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* ---- statements: seating_store.c; updates: CONFLICT db.version ---- */

/* Of seatings: a new one; all that may change. */
err seating_store_add(struct db *db, const struct seating *s, i64 *id);
err seating_store_update(struct db *db, const struct seating *s);
/* Published ones of a meeting in which a person has a chair; with person_id 0 all that are not
 * dropped: struct seating rows, newest first, at most 20. */
err seating_store_list(struct db *db, i64 meeting_id, i64 person_id, struct arena *mem,
                       struct rows *out);
/* Of places, by part, row and chair: struct seating_place rows. */
err seating_place_store_add(struct db *db, const struct seating_place *p);
err seating_place_store_remove(struct db *db, i64 id);
err seating_place_store_clear(struct db *db, i64 seating_id);
err seating_place_store_list(struct db *db, i64 seating_id, struct arena *mem, struct rows *out);
err seating_place_store_fix(struct db *db, i64 id, i64 fixed);

/* ---- views ---- */

/* One chair. name: of who sits there, or whose it was (gone), empty = free. */
struct seating_chair_view {
    struct seating_spot spot;
    i64 number, invitee_id;
    str name, sector_name, value, words, url;    /* value: as a form names it */
    bool aisle, gone, guest, fixed, own, picked; /* aisle: left of it */
};
/* One who comes and has no chair. */
struct seating_unseated {
    const struct meeting_invited *who;
    str url;
    bool picked;
};
struct seating_line_view {
    enum seating_part part;
    i64 line;
    const struct seating_chair_view *chairs;
    size_t count;
};
struct seating_page {
    const struct seating *s;
    const struct seating_hall *hall;
    const struct seating_line_view *lines; /* as the hall sees them: the rostrum's last row first */
    size_t line_count;
    const struct seating_unseated *unseated;
    size_t unseated_count;
    const struct seating_chair_view *picked; /* by hand in hand; its invitee_id may have no chair */
    const struct flow_allowed *acts;
    const struct view_link *crumbs;
    str own, pick; /* where who looks sits; what is picked as the form names it */
    i64 version, chairs, free, own_person; /* version: that an act sends along */
    bool office, may_move, leaves;         /* leaves: some chair was given up */
    bool held; /* somebody is picked who may be put elsewhere: chairs are buttons */
};
/* What a meeting's page says: where who looks sits; to the office all seatings. */
struct seating_own {
    const struct seating *s;
    str words; /* empty = no chair */
};
struct seating_meeting_view {
    const struct seating_own *items;
    size_t count;
    bool office;
};

/* A seating with its hall and who sits there, in rq->mem; pick: what is in hand. Errors: those of
 * the database. */
err seating_shown_make(struct rq *rq, const struct seating *s, str pick, struct seating_page *out);

/* Handlers, of the pages and under /api/v1. */
err page_seating_list(struct rq *rq, struct res *res);
err page_seating_form(struct rq *rq, struct res *res);
err page_seating_begin(struct rq *rq, struct res *res);
err page_seating_fill(struct rq *rq, struct res *res);
err page_seating_show(struct rq *rq, struct res *res);
err page_seating_move(struct rq *rq, struct res *res);
err page_seating_fix(struct rq *rq, struct res *res);
err page_seating_reserve(struct rq *rq, struct res *res);
err file_seating_pdf(struct rq *rq, struct res *res);
err file_seating_xlsx(struct rq *rq, struct res *res);
err file_seating_cards(struct rq *rq, struct res *res);

/* Listeners (seating_meeting.c): meetings.shown, meetings.gate_listed. */
err on_seating_meeting_shown(struct rq *rq, i64 id, const void *fact);
err on_seating_gate_listed(struct rq *rq, i64 id, const void *fact);
#endif
