/* SPDX-License-Identifier: MulanPSL-2.0 */
/* People and members, for other modules. A person exists once, whatever the roles; a member is a
 * person in one cppcc over all terms; a seat is a member in one term. Personal fields never leave
 * this module unmasked. */
#ifndef HT_MEMBERS_MEMBER_H
#define HT_MEMBERS_MEMBER_H
#include "platform/web/web.h"

/* A birthday that is not known. Day numbers before 1970 are negative and true. */
#define BIRTH_UNKNOWN INT64_MIN

/* What other modules show of a member. sector_id/name: of the seat in force on the day asked. */
struct member {
    i64 id, person_id, sector_id, seat_id, version;
    str code, name, sector_name, employer, job, status;
};

/* By id, with the seat in force today (or the last one). Errors: NOT_FOUND members.not_found. */
err member_find(struct rq *rq, i64 id, struct member *out);
err member_find_by_person(struct rq *rq, i64 person_id, struct member *out);

/* What figures count a person by and his file says of him, as known today; committee: of his first
 * one by date. Empty, BIRTH_UNKNOWN = not known. Errors: those of the database. */
struct member_traits {
    i64 birth_on;
    str gender, ethnic, party, education, committee;
};
err member_find_traits(struct rq *rq, i64 person_id, struct member_traits *out);

/* By 委员编号. Errors: NOT_FOUND members.not_found. */
err member_find_by_code(struct rq *rq, str code, struct member *out);

/* By name (exact) in rq's organisation, serving ones first; for imports that name proposers. */
err member_list_by_name(struct rq *rq, str name, struct rows *out);

/* Serving members today, by sector and name; struct member rows. sector_id 0 = all. */
err member_list_serving(struct rq *rq, i64 sector_id, struct rows *out);

/* The same for a form that chooses one: struct view_choice rows, value = members.id, label = name
 * and sector. */
err member_choices(struct rq *rq, struct rows *out);

/* Serving members of a committee today, by name; struct member rows. */
err member_list_committee(struct rq *rq, i64 committee_id, struct rows *out);

/* Bodies for which a person may act today: whose contact (liaison, 联系人) he is, whose committee
 * he heads, whose sector he convenes; struct member_body rows. body: "committee", "sector",
 * "org". */
struct member_body {
    i64 body_id;
    str body, name;
};
err member_list_bodies(struct rq *rq, i64 person_id, struct rows *out);

/* Who served on a day, by sector and member, a row for each of his posts then ("" = he had none),
 * at most 10,000; struct member_post rows. Who acts for a body today (member_list_bodies): the
 * same, by person. Errors: those of the database. */
struct member_post {
    i64 member_id, person_id, tenure_id; /* tenures.id, where a post is given: posts of one kind
                                            rank as they were put down */
    str name, sector_name, post;
};
err member_list_posts(struct rq *rq, i64 on, struct rows *out);
err member_list_acting(struct rq *rq, const struct member_body *body, struct rows *out);

/* Members who hold a post of a body today, whoever may act for it: struct member_post rows by
 * office. Who is suspended among them is the caller's to ask (member_is_serving). */
err member_list_holding(struct rq *rq, const struct member_body *body, const char *post,
                        struct rows *out);

/* Whether the member serves on that day (not suspended on it, not left): only then may he submit.
 * Charter art. 38-39. */
err member_is_serving(struct rq *rq, i64 id, i64 on, bool *out);

/* When members were suspended, as far as it touches the days from from_on to to_on, both included:
 * no vote, no attendance duty, not scored (rules.md 12.7). struct member_suspension rows by member
 * and day; to_on: the last day of it, 0 = it lasts. member_id 0 = of all. Errors: those of the
 * database. */
struct member_suspension {
    i64 member_id, person_id, from_on, to_on;
};
err member_list_suspensions(struct rq *rq, i64 member_id, i64 from_on, i64 to_on, struct rows *out);

/* The sector of seat s on the day :on, as an expression for SQL: what the next move away from it
 * (act "resector") left, else the one that stands. */
#define MEMBER_SECTOR_ON_DAY                                                               \
    "COALESCE((SELECT v.from_sector_id FROM sector_moves v WHERE v.org_id = s.org_id AND " \
    "v.seat_id = s.id AND v.on_on > :on ORDER BY v.on_on, v.id LIMIT 1), s.sector_id)"

/* The posts in the cppcc that make a member of its standing committee (Charter: chair, vice-chairs,
 * secretary-general and standing members), as a list for SQL: "t.body = 'cppcc' AND t.post IN
 * (" MEMBER_STANDING_POSTS ")"; the same question in C, of a post held in the cppcc. */
#define MEMBER_STANDING_POSTS "'chair', 'vice_chair', 'secretary_general', 'standing_member'"
bool member_is_standing_post(str post);

/* The standing committee on a day: everybody who holds one of those posts and has a seat; able:
 * those of them who may vote, for who is suspended remains one of all but has no vote (rules.md
 * 8, 12.7). Errors: those of the database. */
struct member_standing {
    i64 all, able;
};
err member_count_standing(struct rq *rq, i64 on, struct member_standing *out);

/* All members on a day, each once: who has a seat, suspended or not. A share of all members is a
 * share of these; who takes part is member_list_posts. Errors: those of the database. */
err member_count_all(struct rq *rq, i64 on, i64 *out);

/* The dated act that ended or changed a seat: fact of members.left, .suspended, .resumed and
 * .ratified. by_chairs: a revocation between meetings, which the standing committee has yet to
 * ratify. expire: the term ended. */
struct member_change {
    i64 on_on;
    str act, organ, document, reason;
    bool by_chairs;
};

/* Fact of members.term_over (id = the term): its last day is past and its seats are about to end.
 * Who has a list of the next term carries it out now, so that who stays never leaves; or sets
 * *wait, and they do not end yet. */
struct member_term_over {
    i64 to_on;
    bool *wait;
};

/* One member as forms, lists and the demo give it; empty texts, BIRTH_UNKNOWN and 0 = not known:
 * what is stored stays. Adds, or updates by code, by source + source_id, by identity number, or by
 * name where the telephone, sector or employer tells that it is the same person. from_on, act,
 * organ, document, reason: of a new seat, default today and "appoint". term_number 0 = today's
 * term. Another sector than the seat's is a move (act "resector") from sector_on on. undecided: who
 * gives it decides nothing about seats, so that a record which would begin one, or move it to
 * another sector, is refused (rules.md 8: that is the standing committee's). Result: 'c' created,
 * 'u' updated, '=' unchanged. Errors: INVALID with faults on rq naming the field
 * (members.seat_undecided among them); NOT_FOUND orgs.no_session. */
struct member_record {
    str code, name, gender, ethnic, party, education, employer, job, identity, phone, address, mail;
    str sector, committees; /* committees: separated by 、 or ; */
    str source, source_id;
    str act, organ, document, reason;
    i64 birth_on, from_on, term_number;
    i64 sector_on; /* first day in the sector, of who was in another; 0 = today */
    bool invited, undecided;
};
err member_save_record(struct rq *rq, const struct member_record *record, i64 *id, char *result);

/* Contact for letters: name, employer, job and masked phone; unmasking is a page of this module,
 * audited. */
err person_name(struct rq *rq, i64 person_id, str *out);

/* A member's telephone in full, empty = none, for lists that go to whoever holds members.unmask;
 * the caller asks for that, and writes the entry of the log for the whole list. Errors: NOT_FOUND.
 */
err member_phone(struct rq *rq, i64 member_id, str *out);

/* Emitted: members.appointed, members.left, .suspended, .resumed, .ratified (id = member);
 * members.term_over (id = term). */
#endif
