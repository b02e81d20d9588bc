/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of persons, members, seats, changes, tenures, amendments. Rules and masking: member.c. */
#ifndef HT_MEMBERS_MEMBER_STORE_H
#define HT_MEMBERS_MEMBER_STORE_H
#include "modules/members/member.h"

/* A person as stored; sealed fields as they are. birth_on: BIRTH_UNKNOWN = not known. */
struct person {
    i64 id, birth_on, version;
    str name, gender, ethnic, party, education, employer, job, identity_key, phone_key, mail;
    str strokes; /* strokes_key of the name */
    bytes identity_sealed, phone_sealed, address_sealed;
};

/* A seat with the names that pages show. */
struct seat {
    i64 id, member_id, term_id, sector_id, from_on, to_on, version, term_number;
    bool invited;
    str status, sector_name;
};

/* A dated act on a seat. sector_from, sector_to: of act "resector" alone. */
struct change {
    i64 id, seat_id, on_on, recorded_by, recorded_at;
    str act, organ, document, reason, sector_from, sector_to;
};

/* A seat's sector from a day on; from_sector_id 0 = it had none. */
struct sector_move {
    i64 seat_id, from_sector_id, to_sector_id, on_on, recorded_by, recorded_at;
    str organ, document, reason;
};

/* An office: post in a body (cppcc, committee, sector, org). */
struct tenure {
    i64 id, person_id, body_id, from_on, to_on;
    str post, body, body_name;
};

/* A member's own change, waiting for staff. */
struct amendment {
    i64 id, person_id, asked_at, decided_at, decided_by;
    str field, before, after, state, reason, person_name;
    bytes after_sealed;
};

/* A person by id. Errors: NOT_FOUND db.no_row. */
err person_store_find(struct db *db, i64 id, struct arena *mem, struct person *out);

/* The person with this identity key. Errors: NOT_FOUND db.no_row. */
err person_store_find_by_identity(struct db *db, str identity_key, i64 *id);

/* Adds a person. Errors: CONFLICT db.unique (identity number). */
err person_store_add(struct db *db, const struct person *p, i64 *id);

/* Writes a person over. Errors: CONFLICT db.version. */
err person_store_update(struct db *db, const struct person *p);

/* Whose seat it is: persons.id; NOT_FOUND db.no_row. Empties what he wished to be changed of
 * telephone, address, mail and identity number, but for a wish that waits. */
err person_store_find_by_seat(struct db *db, i64 seat_id, i64 *id);
err person_store_forget_wishes(struct db *db, i64 person_id);

/* People whose key of strokes is yet to be made, a batch of them: struct unkeyed_person rows; puts
 * it there. Errors: CONFLICT db.version. */
enum { UNKEYED_BATCH = 500 };
struct unkeyed_person {
    i64 id, version;
    str name;
};
err person_store_list_unkeyed(struct db *db, struct arena *mem, struct rows *out);
err person_store_set_strokes(struct db *db, const struct unkeyed_person *p, str strokes);

/* Members with the latest seat: the one that began last. By id, by person. NOT_FOUND db.no_row. */
err member_store_find(struct db *db, i64 id, struct arena *mem, struct member *out);
err member_store_find_by_person(struct db *db, i64 person_id, struct arena *mem,
                                struct member *out);

/* Id by code, by the sender's own id. Errors: NOT_FOUND db.no_row. */
err member_store_find_by_code(struct db *db, str code, i64 *id);
err member_store_find_by_source(struct db *db, str source, str source_id, i64 *id);

/* Whom typed words mean: a code or a full name, or the number id. */
struct member_meant {
    str typed;
    i64 id, on;
};
err member_store_list_meant(struct db *db, const struct member_meant *meant, struct arena *mem,
                            struct rows *out);

/* Of one name, serving ones first; serving, on a day; who served on one, whatever
 * he is by now. sector_id 0 = all. struct member rows. */
err member_store_list_by_name(struct db *db, str name, struct arena *mem, struct rows *out);
err member_store_list_served(struct db *db, i64 sector_id, i64 on, struct arena *mem,
                             struct rows *out);
err member_store_list_serving(struct db *db, i64 sector_id, i64 on, struct arena *mem,
                              struct rows *out);

/* Of a person, as of a day. Errors: NOT_FOUND db.no_row. */
err member_store_find_traits(struct db *db, i64 person_id, i64 on, struct arena *mem,
                             struct member_traits *out);

/* Serving on a day and on a committee; struct member rows. */
err member_store_list_committee(struct db *db, i64 committee_id, i64 on, struct arena *mem,
                                struct rows *out);

/* See member_list_posts, member_list_acting. */
err member_store_list_posts(struct db *db, i64 on, struct arena *mem, struct rows *out);
err member_store_list_acting(struct db *db, const struct member_body *body, i64 on,
                             struct arena *mem, struct rows *out);

/* See member_list_holding; of t: post, body, body_id. */
err member_store_list_holding(struct db *db, const struct tenure *t, i64 on, struct arena *mem,
                              struct rows *out);

/* Of the standing committee on a day, suspended ones too, each once; struct member_post rows
 * without post. */
err member_store_list_standing(struct db *db, i64 on, struct arena *mem, struct rows *out);

/* Who has a seat on a day, suspended ones too, by id, with the highest post in the standing
 * committee ("" = none) and the number of that office. */
struct member_roster_row {
    i64 member_id, office_id;
    str name, gender, ethnic, party, sector_name, employer, job, post;
};
err member_store_list_roster(struct db *db, i64 on, struct arena *mem, struct rows *out);

/* Members with a seat in force on a day, suspended ones too. */
err member_store_count_all(struct db *db, i64 on, i64 *count);

/* Seats of a member that were in force on a day; those suspended on it do not count. */
err member_store_count_serving(struct db *db, i64 id, i64 on, i64 *count);

/* See member_list_suspensions; begun until a day. */
err member_store_list_suspensions(struct db *db, i64 member_id, i64 until_on, struct arena *mem,
                                  struct rows *out);

/* Adds a member of a person. Errors: CONFLICT db.unique (person, code, source). */
struct member_keys {
    i64 person_id;
    str code, source, source_id;
};
err member_store_add(struct db *db, const struct member_keys *keys, i64 *id);

/* Sets what is not empty, but the person. Errors: CONFLICT db.version. */
err member_store_update(struct db *db, const struct member_keys *keys, i64 id, i64 version);

/* Seats of a member, newest first. */
err seat_store_list(struct db *db, i64 member_id, struct arena *mem, struct rows *out);

/* One seat; the last one of a member in a term. Errors: NOT_FOUND db.no_row. */
err seat_store_find(struct db *db, i64 id, struct arena *mem, struct seat *out);
err seat_store_find_in_term(struct db *db, i64 member_id, i64 term_id, struct arena *mem,
                            struct seat *out);

/* Adds a seat; writes one over by version (CONFLICT db.version). */
err seat_store_add(struct db *db, const struct seat *s, i64 *id);

/* Seats still held whose term has ended before a day: struct expired_seat rows, a batch at most. */
enum { EXPIRED_BATCH = 200 };
struct expired_seat {
    i64 id, member_id, person_id, term_id, term_end_on;
};
err seat_store_list_expired(struct db *db, i64 today, struct arena *mem, struct rows *out);
err seat_store_update(struct db *db, const struct seat *s);

/* Adds a move; the day of a seat's last one, 0 = it never moved. */
err sector_move_store_add(struct db *db, const struct sector_move *m);
err sector_move_store_last(struct db *db, i64 seat_id, i64 *on_on);

/* Adds a dated act; those of a member in order of their days, moves of the sector among them. */
err change_store_add(struct db *db, const struct change *c);
err change_store_list(struct db *db, i64 member_id, struct arena *mem, struct rows *out);

/* Offices of a person, oldest first, with the name of the body; adds one. */
err tenure_store_list(struct db *db, i64 person_id, struct arena *mem, struct rows *out);
err tenure_store_add(struct db *db, const struct tenure *t, i64 *id);

/* Ends an open office of the person; CONFLICT db.version when there is none, or it began later. And
 * all of them in the cppcc, its committees and sectors, with a seat. cut: one of which an end is
 * known already, too. */
err tenure_store_end(struct db *db, i64 person_id, i64 id, i64 to_on);
err tenure_store_cut(struct db *db, i64 person_id, i64 id, i64 to_on);
err tenure_store_end_all(struct db *db, i64 person_id, i64 seat_id, i64 to_on);

/* Opens again what ended with a seat. */
err tenure_store_reopen(struct db *db, i64 person_id, i64 seat_id);

/* Adds a wish. */
err amendment_store_add(struct db *db, const struct amendment *a, i64 *id);

/* Puts a new wish in the place of the open one for the same field; *changed 0 = there is none. */
err amendment_store_replace(struct db *db, const struct amendment *a, i64 *changed);

/* One wish (NOT_FOUND db.no_row); open ones, oldest first; those of a person, newest first. */
err amendment_store_find(struct db *db, i64 id, struct arena *mem, struct amendment *out);
err amendment_store_list_open(struct db *db, struct arena *mem, struct rows *out);
err amendment_store_list_of(struct db *db, i64 person_id, struct arena *mem, struct rows *out);

/* Closes an open wish: its state; then who decided when and why. Errors: CONFLICT db.version when
 * somebody was quicker. */
err amendment_store_set_state(struct db *db, i64 id, str state);
err amendment_store_decide(struct db *db, const struct amendment *a);

/* Names for the search index: struct text_document rows with id > after. */
err member_store_list_texts(struct db *db, i64 after, i64 limit, struct arena *mem,
                            struct rows *out);
#endif
