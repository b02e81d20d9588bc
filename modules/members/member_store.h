/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of persons, members, seats, changes, tenures, amendments. Rules and masking: member.c. */
#ifndef HT_MEMBERS_MEMBER_STORE_H
#define HT_MEMBERS_MEMBER_STORE_H
#include "modules/members/member.h"

/* A person as stored; sealed fields as they are. birth_on: BIRTH_UNKNOWN = not known. */
struct person {
    i64 id, birth_on, version;
    str name, gender, ethnic, party, education, employer, job, identity_key, phone_key, mail;
    bytes identity_sealed, phone_sealed, address_sealed;
};

/* A seat with the names that pages show. */
struct seat {
    i64 id, member_id, term_id, sector_id, from_on, to_on, version, term_number;
    bool invited;
    str status, sector_name;
};

/* A dated act on a seat. */
struct change {
    i64 id, seat_id, on_on, recorded_by, recorded_at;
    str act, organ, document, reason;
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

err person_store_find(struct db *db, i64 id, struct arena *mem, struct person *out);
err person_store_find_by_identity(struct db *db, str identity_key, i64 *id);
err person_store_add(struct db *db, const struct person *p, i64 *id);
err person_store_update(struct db *db, const struct person *p);

/* Members with the seat in force on a day, or the latest one. */
err member_store_find(struct db *db, i64 id, struct arena *mem, struct member *out);
err member_store_find_by_person(struct db *db, i64 person_id, struct arena *mem,
                                struct member *out);
err member_store_find_by_code(struct db *db, str code, i64 *id);
err member_store_find_by_source(struct db *db, str source, str source_id, i64 *id);
err member_store_list_by_name(struct db *db, str name, struct arena *mem, struct rows *out);
err member_store_list_serving(struct db *db, i64 sector_id, i64 on, struct arena *mem,
                              struct rows *out);
err member_store_count_serving(struct db *db, i64 id, i64 on, i64 *count);
err member_store_add(struct db *db, i64 person_id, str code, str source, str source_id, i64 *id);
err member_store_update(struct db *db, i64 id, str code, str source, str source_id);

err seat_store_list(struct db *db, i64 member_id, struct arena *mem, struct rows *out);
err seat_store_find(struct db *db, i64 id, struct arena *mem, struct seat *out);
err seat_store_find_in_term(struct db *db, i64 member_id, i64 term_id, struct arena *mem,
                            struct seat *out);
err seat_store_add(struct db *db, const struct seat *s, i64 *id);
err seat_store_update(struct db *db, const struct seat *s);

err change_store_add(struct db *db, const struct change *c);
err change_store_list(struct db *db, i64 member_id, struct arena *mem, struct rows *out);

err tenure_store_list(struct db *db, i64 person_id, struct arena *mem, struct rows *out);
err tenure_store_add(struct db *db, const struct tenure *t, i64 *id);

/* Ends an open office of the person; CONFLICT db.version when there is none, or it began later. And all of them in the cppcc, its
 * committees and sectors. */
err tenure_store_end(struct db *db, i64 person_id, i64 id, i64 to_on);
err tenure_store_end_all(struct db *db, i64 person_id, i64 to_on);

err amendment_store_add(struct db *db, const struct amendment *a, i64 *id);

/* Puts a new wish in the place of the open one for the same field; *changed 0 = there is none. */
err amendment_store_replace(struct db *db, const struct amendment *a, i64 *changed);
err amendment_store_find(struct db *db, i64 id, struct arena *mem, struct amendment *out);
err amendment_store_list_open(struct db *db, struct arena *mem, struct rows *out);
err amendment_store_list_of(struct db *db, i64 person_id, struct arena *mem, struct rows *out);
err amendment_store_decide(struct db *db, const struct amendment *a);

/* Names for the search index: struct text_document rows with id > after. */
err member_store_list_texts(struct db *db, i64 after, i64 limit, struct arena *mem,
                            struct rows *out);
#endif
