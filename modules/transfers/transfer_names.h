/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who and what is meant: persons, bodies, sessions, cases by what another house can find them by.
 * Nothing is guessed: a name alone finds no person, another code no body. */
#ifndef HT_TRANSFERS_TRANSFER_NAMES_H
#define HT_TRANSFERS_TRANSFER_NAMES_H
#include "modules/transfers/transfer_case.h"

struct json;
struct json_tree;
struct transfer_meaning;

/* Members of one of a kind: persons name, code (委员编号); orgs kind, name, code; sessions term,
 * number; sectors and committees name. One that is gone keeps empty texts. */
err transfer_name_write(struct rq *rq, const char *kind, i64 id, struct json *j);

/* The one here that such members mean; *id 0 = none. who: as it is told to people. Errors: INVALID
 * transfers.bad_name; those of the database. */
err transfer_name_find(struct rq *rq, const char *kind, const struct json_tree *item,
                       struct transfer_stranger *who, i64 *id);

/* What kind of stranger it is, in words. */
str transfer_kind(str kind);

/* Finds what is said of a stranger (to, into meaning): persons by number, bodies by name, codes by
 * code or label. What was said before and is said in the same words stays what it is, whatever has
 * become of it. Errors: INVALID transfers.meaning_unknown (with what was said). */
err transfer_meaning_judge(struct rq *rq, str peer, struct transfer_meaning *said);

/* The words in which what is in force would be said (meaning, into to); empty = it is gone. */
err transfer_meaning_word(struct rq *rq, struct transfer_meaning *m);

/* Where a case began, by which it is known for ever: mark of that house, its number there, and
 * when, because a house that was set back to a backup gives numbers again (0 = not told). */
struct transfer_origin {
    str house;
    i64 house_id, begun_at;
};

/* Of a case here, as it came or as our own. Errors: those of the database. */
err transfer_origin_find(struct rq *rq, i64 proposal_id, struct transfer_origin *out);

/* As members "house", "house_id", "begun_at"; and from such, false = that is none. */
void transfer_origin_write(const struct transfer_origin *from, struct json *j);
bool transfer_origin_read(const struct json_tree *item, struct transfer_origin *out);

/* The case here that began there; *id 0 = it is not here. unsure: it came before the moment was
 * told and may be another one, of a house that has given the number twice; a copy keeps its moment,
 * of one to be handled nobody knows it. Errors: those of the database. */
err transfer_case_here(struct rq *rq, const struct transfer_origin *from, i64 *id, bool *unsure);

/* The mark of rq's organisation in this house: 32 hexadecimal digits that no other has. */
str transfer_mark(struct rq *rq);
#endif
