/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Several matters that are answered together (并案): the statements, and what a sheet has of them.
 * Which they are is said by who hands out (struct matter_origin). */
#ifndef HT_ASSIGNMENTS_ASSIGNMENT_ORIGIN_H
#define HT_ASSIGNMENTS_ASSIGNMENT_ORIGIN_H
#include "modules/assignments/assignment_sheet.h"

/* One of them; addressee: whom its letter is for, worded. */
struct assignment_origin {
    i64 position, origin_id;
    str number, title, addressee;
};

/* The number of the letter for one that is not the main one. */
struct reply_letter {
    i64 reply_id, origin_id;
    str number;
};

/* "王一委员、某某局：": persons (0 = a body) and their names, as many. */
str origin_addressee(struct rq *rq, const ids *persons, const strs *names);

/* On a sheet: one by its id, NULL if there is none; the one an item comes from; the number of its
 * letter of a reply, the reply's own for the main one, empty while it is not signed. */
const struct assignment_origin *sheet_origin(const struct assignment_sheet *sheet, i64 origin_id);
str sheet_letter_number(const struct assignment_sheet *sheet, const struct reply *reply,
                        const struct assignment_origin *origin);

/* "六届三次会议第0012号提案 第2条": what stands above an item where there are several matters;
 * empty where there is one. */
str sheet_item_origin(const struct assignment_sheet *sheet, const struct assignment_item *item);

/* Who stands far from the matter gets what is the main one's alone: whether others agree to
 * publication is not looked at here. Also drops the promises and answers to other items. */
void sheet_keep_main(struct assignment_sheet *sheet, i64 matter_id);

/* Those that a is answered together with and its own matter, in order; none where it stands alone.
 * Errors: those of the database. */
err assignment_list_origins(struct rq *rq, const struct assignment *a, struct rows *out);

/* Rows: adding; those of a matter in order, letters of all its replies. */
err origin_store_add(struct db *db, const struct matter_key *key,
                     const struct assignment_origin *origin);
err origin_store_list(struct db *db, const struct matter_key *key, struct arena *mem,
                      struct rows *out);
err letter_store_list(struct db *db, const struct matter_key *key, struct arena *mem,
                      struct rows *out);
#endif
