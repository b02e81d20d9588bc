/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rows of assignments, their items and persons, requests, contacts. Replies:
 * assignment_reply_store.h. Who may see what is said in assignment.c and
 * assignment_sheet.c; nothing here checks it. */
#ifndef HT_ASSIGNMENTS_ASSIGNMENT_STORE_H
#define HT_ASSIGNMENTS_ASSIGNMENT_STORE_H
#include "modules/assignments/assignment.h"
#include "modules/assignments/assignment_desk.h"

/* A matter by collection and id. */
struct matter_key {
    str matter;
    i64 matter_id;
};

/* A numbered thing to answer. */
struct assignment_item {
    i64 number, origin_id,
        origin_number; /* of several matters: whose it is, and its number there */
    str text;
};

/* Whom the answer is for; person_id 0 = a body. */
struct assignment_person {
    i64 position, person_id;
    str name;
    str verdict; /* "" is not asked for one, "asked", "lead": asked and the first of a matter */
};

/* What an agency asks of the dispatcher: that it is not theirs, or more time. better_agency_id: of
 * a bounce, advice "instead" or "also" (that one too); from_on, to_on: of an extension, with when
 * the proposer was told or consented (0 = was not) and how. decision: "" until it is "granted" or
 * "refused". */
struct request {
    i64 id, assignment_id, better_agency_id, from_on, to_on, consented_on, asked_at, asked_by,
        decided_at, decided_by;
    str kind, reason, decision, answer, advice, consent_note;
};

struct contact {
    i64 id, assignment_id, round, held_on, recorded_at, recorded_by;
    str way, with_whom, content;
};

/* signed_at 0 = still with the leader of the cohost. */
struct contribution {
    i64 id, assignment_id, given_at, given_by, signed_at, signed_by;
    str body, operator, phone, number, signer;
};

/* One by id. Errors: NOT_FOUND db.no_row. */
err assignment_store_find(struct db *db, i64 id, struct arena *mem, struct assignment *out);

/* All of a matter, also those taken away; in the order sole or host, cohosts, splits. */
err assignment_store_list(struct db *db, const struct matter_key *key, struct arena *mem,
                          struct rows *out);
err assignment_store_add(struct db *db, const struct assignment *a, i64 *id);

/* Everything that a step may change, and the state, by id and version (which it raises). Errors:
 * CONFLICT db.version. */
err assignment_store_update(struct db *db, const struct assignment *a, str to);

/* What has been warned of, by id and version, which stays: a clock takes nobody's page away.
 * Errors: CONFLICT db.version. */
err assignment_store_warn(struct db *db, const struct assignment *a);

/* All of a matter, and of what they are asked whatever says the title. */
err assignment_store_retitle(struct db *db, const struct matter_key *key, str title);

/* Whether it is still of that version, which stays. Errors: CONFLICT db.version. */
err assignment_store_check(struct db *db, const struct assignment *a);

/* How many of the matter are with agencies; agency_id 0 = any agency. */
err assignment_store_count(struct db *db, const struct matter_key *key, i64 agency_id, i64 *count);

/* Those whose agency is still to be warned: at the stage "accept" or "handle" of a day up to
 * to_on that did not get this warning yet. Oldest first, at most limit. */
struct warning_query {
    str stage, warning;
    i64 to_on, limit;
};
err assignment_store_list_unwarned(struct db *db, const struct warning_query *query,
                                   struct arena *mem, struct rows *out);

/* The same of the first talk with the proposer, which has not been held; stage is not looked at. */
err assignment_store_list_uncontacted(struct db *db, const struct warning_query *query,
                                      struct arena *mem, struct rows *out);

/* Items and persons of a matter, in order. */
err assignment_store_add_item(struct db *db, const struct matter_key *key,
                              const struct assignment_item *item);
err assignment_store_list_items(struct db *db, const struct matter_key *key, struct arena *mem,
                                struct rows *out);
err assignment_store_add_person(struct db *db, const struct matter_key *key,
                                const struct assignment_person *person);
err assignment_store_list_persons(struct db *db, const struct matter_key *key, struct arena *mem,
                                  struct rows *out);

/* Whether a verdict of the person is wanted on the answers to it. */
err assignment_store_is_asked(struct db *db, const struct matter_key *key, i64 person_id,
                              bool *out);

/* A new one, undecided; the last one of a kind of an assignment, or that one while it is undecided
 * (id 0 when there is none); a decision on one that has none; those of a matter, in order. */
err request_store_add(struct db *db, const struct request *r);
err request_store_find_last(struct db *db, i64 assignment_id, const char *kind, struct arena *mem,
                            struct request *out);
err request_store_find_open(struct db *db, i64 assignment_id, const char *kind, struct arena *mem,
                            struct request *out);
err request_store_decide(struct db *db, const struct request *r);
err request_store_list(struct db *db, const struct matter_key *key, const char *kind,
                       struct arena *mem, struct rows *out);

/* What waits for the dispatcher: struct waiting rows (assignment_desk.h). */
err request_store_list_waiting(struct db *db, const char *kind, struct arena *mem,
                               struct rows *out);

/* Talks: adding, all of a matter in order of their days. How many: assignment.talks. */
err contact_store_add(struct db *db, const struct contact *c);
err contact_store_list(struct db *db, const struct matter_key *key, struct arena *mem,
                       struct rows *out);

/* Opinions of cohosts, all of a matter. */
err contribution_store_list(struct db *db, const struct matter_key *key, struct arena *mem,
                            struct rows *out);
#endif
