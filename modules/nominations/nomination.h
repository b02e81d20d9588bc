/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Nominations (提名): rows, inputs, rules, statements, handlers; what modules/renewals needs of
 * who is named for the coming term. Words and rules: README.md. */
#ifndef HT_NOMINATIONS_NOMINATION_H
#define HT_NOMINATIONS_NOMINATION_H
#include "modules/members/member_act.h"
#include "platform/flow/flow.h"
#include "platform/list/list.h"

struct view_steps;

/* Columns of the table: schema/. kind: augment, fill; renew = for the coming term. sector,
 * vacant_name: as they are called. */
struct nomination {
    i64 id, vacant_seat_id, nominated_on, member_id, birth_on, sector_id, checked_on, meeting_id;
    i64 voted_on, standing, able, yes, no, abstained, certified_on, version, term_number;
    i64 forgotten_at;
    str state, kind, nominator_kind, nominator, name, gender, ethnic, party, education, employer;
    str job, sector, vacant_name, reason, ground, checked_words, meeting_title, document;
    str certificate, note;
};

/* code: of who was a member before. vacancy: number of the vacant seat. distinct: he is another
 * person than those of his name. */
struct nomination_input {
    i64 id, version, nominated_on;
    bool distinct;
    str kind, vacancy, nominator_kind, nominator, name, gender, ethnic, birth, party, education;
    str employer, job, sector, reason, code;
};
struct nomination_check_input {
    i64 id, checked_on;
    str ground, opinion;
};
struct nomination_list_input {
    i64 id;
    str meeting;
};
struct nomination_vote_input {
    i64 id, on_on, yes, no, abstained;
    str document;
};
struct nomination_certify_input {
    i64 id, certified_on;
    str certificate, document;
};
struct nomination_reason_input {
    i64 id;
    str opinion;
};

extern const struct flow NOMINATIONS_FLOW;
extern const struct form NOMINATION_FORM, NOMINATION_PLAIN_FORM;

/* list_find gives NOT_FOUND nominations.not_found. */
extern const struct list NOMINATION_LIST;

/* ---- rules ---- */

/* Somebody is named; in_id 0 = a new one, else it is written over while nothing is checked.
 * Errors: INVALID form.faults; NOT_FOUND nominations.not_found; CONFLICT nominations.checked. */
err nomination_save(struct rq *rq, i64 in_id, const struct nomination_input *in, i64 *id);

/* Whether it may still be written over. */
bool nomination_may_edit(const struct nomination *n);

/* How many of all members of the standing committee must say yes: more than half of them all. */
i64 nomination_needed(i64 standing);

/* A list of more than that is refused, never cut. Errors: CONFLICT nominations.too_many. */
enum { NOMINATIONS_MAX = 5000 };
err nomination_check_count(struct rq *rq, const struct rows *rows);

/* Named for a term that was coming then, by sector and id: struct nomination rows. Whoever asks.
 * Errors: as nomination_check_count. */
err nomination_list_term(struct rq *rq, i64 term_number, struct rows *out);

/* Gives who was appointed for the coming term his seat in it; act: the day on which it begins,
 * organ and paper. sector: as it is called then. Errors: those of member_save_record, member_renew.
 */
err nomination_seat(struct rq *rq, const struct nomination *n, const struct member_act *act);

/* Choices of the form: vacant seats, sectors; of the list: meetings of the standing committee that
 * are not settled. struct view_choice rows. */
err nomination_vacancies(struct rq *rq, struct rows *out);
err nomination_sectors(struct rq *rq, struct rows *out);
err nomination_meetings(struct rq *rq, struct rows *out);

/* The flow's own functions (flow.h). */
err nomination_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err nomination_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err nomination_effect_propose(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err nomination_effect_note(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err nomination_effect_list(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err nomination_effect_unlist(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err nomination_effect_vote(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err nomination_effect_certify(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* ---- statements ---- */

/* find: NOT_FOUND nominations.not_found; update: CONFLICT db.version. set: all but the state's. */
err nomination_store_add(struct db *db, const struct nomination *n, i64 *id);
err nomination_store_find(struct db *db, i64 id, struct arena *mem, struct nomination *out);
err nomination_store_update(struct db *db, const struct nomination *n);

/* Empties what nomination_forget says. Errors: CONFLICT db.version. */
err nomination_store_forget(struct db *db, const struct nomination *n);

/* Of one meeting's list, in the order in which they were named; those of a name that are open:
 * struct nomination rows. */
err nomination_store_list_of(struct db *db, i64 meeting_id, struct arena *mem, struct rows *out);
err nomination_store_list_term(struct db *db, i64 term_number, struct arena *mem, struct rows *out);
err nomination_store_list_named(struct db *db, str name, struct arena *mem, struct rows *out);

/* Vacant seats of a term that goes on, at most 200. */
struct nomination_vacancy {
    i64 seat_id, to_on;
    str name, sector_name;
};
err nomination_store_list_vacancies(struct db *db, i64 today, struct arena *mem, struct rows *out);

/* How many sit (seated) and are proposed (coming), by kind: sector, gender, party, age; the largest
 * first. Of today's body: who is named for the coming term is not in it. born: first days of birth
 * of who is younger than 40, 50, 60. */
struct nomination_share {
    i64 seated, coming;
    str kind, label;
};
struct nomination_born {
    i64 unknown, forty, fifty, sixty;
};
err nomination_store_list_shares(struct db *db, const struct nomination_born *born,
                                 struct arena *mem, struct rows *out);

/* Nominations of a meeting as its list stands: by sector, within one by the strokes of the surname;
 * struct nomination rows. meeting: of the path. Errors: NOT_FOUND meetings.not_found (none, or not
 * of the standing committee). */
struct meeting_brief;
err nomination_slate_load(struct rq *rq, struct meeting_brief *meeting, struct rows *out);

/* ---- views ---- */

struct nomination_page {
    const struct nomination *n;
    struct flow_allowed allowed;
    const struct view_steps *steps;
    bool may_edit;
};

/* Shares of one kind with their sums. */
struct nomination_table {
    const char *kind;
    const struct nomination_share *items;
    size_t count;
    i64 seated, coming;
};
enum { NOMINATION_KINDS = 4 };
struct nomination_balance {
    struct nomination_table tables[NOMINATION_KINDS];
    struct rq *rq;
};

/* A meeting's list. */
struct nomination_slate {
    i64 meeting_id;
    str title;
    struct member_standing standing; /* on the day of the vote, else today */
    i64 on_on;
    const struct nomination *items;
    size_t count;
    bool shows_meeting; /* whoever looks may see the meeting's page */
};

/* A tenth of a percent as text, "33.3"; of nothing "0.0". For views. */
str nomination_percent(struct arena *mem, i64 part, i64 whole);

/* What a share is called. */
str nomination_share_words(struct rq *rq, const struct nomination_share *s);

/* Handlers, of the pages and under /api/v1. */
err page_nomination_list(struct rq *rq, struct res *res);
err page_nomination_new(struct rq *rq, struct res *res);
err page_nomination_add(struct rq *rq, struct res *res);
err page_nomination_edit_form(struct rq *rq, struct res *res);
err page_nomination_edit(struct rq *rq, struct res *res);
err page_nomination_show(struct rq *rq, struct res *res);
err page_nomination_balance(struct rq *rq, struct res *res);
err page_nomination_slate(struct rq *rq, struct res *res);

/* A meeting's list on paper (slow): PDF, DOCX, workbook. */
err file_nomination_pdf(struct rq *rq, struct res *res);
err file_nomination_docx(struct rq *rq, struct res *res);
err file_nomination_xlsx(struct rq *rq, struct res *res);
#endif
