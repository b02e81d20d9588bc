/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Moving the body to a new term (换届): rows, inputs, rules, statements, handlers. No other module
 * needs this one, so there is a single header. Words and rules: README.md. */
#ifndef HT_RENEWALS_RENEWAL_H
#define HT_RENEWALS_RENEWAL_H
#include "platform/flow/flow.h"
#include "platform/list/list.h"

struct view_steps;

enum { RENEWAL_PEOPLE_MAX = 5000 };

/* Columns of the table: schema/0001_renewals.sql. */
struct renewal {
    i64 id, term_number, opened_on, closed_on, decided_on, carried_at, stayed, came, gone, version;
    str state, organ, document, note;
};

/* Somebody of the old roster. kept: chosen to stay, for sector_id of the new term; else sector_id
 * is that of his seat, as seat_sector is always. nomination_id: appointed for the new term; 0 =
 * not. ended: his seat was over with the old term already. hands: how many proposals and opinions
 * of his are not over. terms: in how many he has had a seat. */
struct renewal_person {
    i64 member_id, person_id, sector_id, seat_sector_id, nomination_id, kept, ended, hands,
        birth_on, terms;
    str name, sector, seat_sector, status, gender, ethnic, party, employer, job;
};

/* Somebody in the new term. member_id 0 = he is nobody's member yet. */
struct renewal_seat {
    i64 member_id, nomination_id, sector_id, place; /* place: of the sector in their order */
    str name, sector, from;                         /* from: "kept", "nominated" */
};

/* Why it cannot be carried out, in words, and where to go about it. */
struct renewal_obstacle {
    str words, url;
};

/* What would become of it today. seats: by sector; gone: who leaves with the old term, by sector.
 * posts: offices that end. hands: proposals and opinions in the hands of who leaves. leaving:
 * letters and revocations of members that wait for an answer. */
struct renewal_plan {
    struct rows seats, gone, obstacles;
    i64 stays, comes, posts, hands, leaving;
};

struct renewal_input {
    i64 id, version, term_number, opened_on, closed_on, decided_on;
    str organ, document;
};
struct renewal_places_input {
    i64 id, version;
    strs members; /* numbers of members */
};
struct renewal_sector_input {
    i64 id, version;
    str member, sector;
};
struct renewal_reason_input {
    i64 id;
    str opinion;
};

extern const struct flow RENEWALS_FLOW;
extern const struct form RENEWAL_FORM, RENEWAL_PLACES_FORM, RENEWAL_SECTOR_FORM;

/* list_find gives NOT_FOUND renewals.not_found. */
extern const struct list RENEWAL_LIST;

/* ---- rules ---- */

/* "七届换届". */
str renewal_title(struct arena *mem, const struct renewal *r);

/* Begins one (in_id 0), or writes a draft over. Errors: INVALID form.faults; NOT_FOUND
 * renewals.not_found; CONFLICT renewals.not_draft, db.version. */
err renewal_save(struct rq *rq, i64 in_id, const struct renewal_input *in, i64 *id);

/* Who of the old roster stays: those and no others; who was chosen already keeps his sector. Of one
 * who stays: for which sector. Errors: as renewal_save. */
err renewal_places_save(struct rq *rq, const struct renewal_places_input *in);
err renewal_sector_save(struct rq *rq, const struct renewal_sector_input *in);

/* What would become of it today, in rq->mem. Errors: those of the database. */
err renewal_plan_make(struct rq *rq, const struct renewal *r, struct renewal_plan *out);

/* The renewal of the path while it is a draft or ready: what it will come to. Errors: NOT_FOUND
 * renewals.not_found; CONFLICT renewals.over. */
err renewal_find_open(struct rq *rq, struct renewal *out);

/* The roster that it ends (renewal_store_list_people). Errors: CONFLICT renewals.too_many. */
err renewal_list_people(struct rq *rq, const struct renewal *r, struct rows *out);

/* The renewal of the path while it is a draft. Errors: NOT_FOUND renewals.not_found; CONFLICT
 * renewals.not_draft. */
err renewal_find_draft(struct rq *rq, struct renewal *out);

/* Choices of the forms: old roster by sector; who was chosen; sectors. struct view_choice rows. */
err renewal_roster_choices(struct rq *rq, struct rows *out);
err renewal_kept_choices(struct rq *rq, struct rows *out);
err renewal_sector_choices(struct rq *rq, struct rows *out);

/* The flow's own functions (flow.h). */
err renewal_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err renewal_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err renewal_guard_carry(struct rq *rq, const struct flow_subject *subject);
err renewal_effect_ready(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err renewal_effect_carry(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err renewal_effect_note(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* Listener, members.term_over: one that is ready is carried out before anybody leaves; where
 * something stands in its way, the seats wait. */
err on_renewal_term_over(struct rq *rq, i64 id, const void *fact);

/* ---- statements ---- */

/* find: NOT_FOUND renewals.not_found; update: CONFLICT db.version, db.unique (another of the
 * term). */
err renewal_store_add(struct db *db, const struct renewal *r, i64 *id);
err renewal_store_find(struct db *db, i64 id, struct arena *mem, struct renewal *out);
err renewal_store_update(struct db *db, const struct renewal *r);

/* The one that is ready and begins its term on that day; id 0 = none. */
err renewal_store_find_ready(struct db *db, i64 opened_on, struct arena *mem, struct renewal *out);

/* The roster that the renewal ends: who has a seat, or had one until the last day of the old term;
 * and who was chosen, whatever became of him; at most one more than RENEWAL_PEOPLE_MAX. struct
 * renewal_person rows by the sector of the seat and number. */
err renewal_store_list_people(struct db *db, const struct renewal *r, struct arena *mem,
                              struct rows *out);

/* Places: adds, removes, sets the sector of one. */
err renewal_place_store_add(struct db *db, i64 renewal_id, i64 member_id, i64 sector_id);
err renewal_place_store_remove(struct db *db, i64 renewal_id, i64 member_id);
err renewal_place_store_update(struct db *db, i64 renewal_id, i64 member_id, i64 sector_id);

/* What a plan counts: seats in the new term already, letters and revocations that wait for an
 * answer, offices that are held today. */
struct renewal_counts {
    i64 seated, leaving, posts;
};
err renewal_store_count(struct db *db, i64 term_number, struct arena *mem,
                        struct renewal_counts *out);

/* ---- views ---- */

/* A notified meeting of the new term. */
struct renewal_meeting {
    i64 id, from_on;
    str title;
};
struct renewal_page {
    struct rq *rq;
    const struct renewal *r;
    const struct renewal_plan *plan;
    struct flow_allowed allowed;
    const struct view_steps *steps;
    struct rows meetings; /* struct renewal_meeting */
    i64 year, rules_id;   /* of assessment in which the new term begins; its rules, 0 = none */
    str title, rules;
    bool may_edit, open, opens_meetings, opens_rules;
};

/* Handlers, of the pages and under /api/v1. */
err page_renewal_list(struct rq *rq, struct res *res);
err page_renewal_new(struct rq *rq, struct res *res);
err page_renewal_add(struct rq *rq, struct res *res);
err page_renewal_show(struct rq *rq, struct res *res);
err page_renewal_edit_form(struct rq *rq, struct res *res);
err page_renewal_edit(struct rq *rq, struct res *res);
err page_renewal_places_form(struct rq *rq, struct res *res);
err page_renewal_places(struct rq *rq, struct res *res);
err page_renewal_sector_form(struct rq *rq, struct res *res);
err page_renewal_sector(struct rq *rq, struct res *res);
#endif
