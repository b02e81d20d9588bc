/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who is meant: persons, bodies, sessions by what another house can find them by. Nothing is
 * guessed: a name alone finds no person, another code no body. */
#ifndef HT_TRANSFERS_TRANSFER_NAMES_H
#define HT_TRANSFERS_TRANSFER_NAMES_H
#include "modules/transfers/transfer_case.h"

struct json;
struct json_tree;

/* Members of one of a kind: persons name, code (委员编号); orgs kind, name, code; sessions term,
 * number; sectors and committees name. One that is gone keeps empty texts. */
err transfer_name_write(struct rq *rq, const char *kind, i64 id, struct json *j);

/* The one here that such members mean; *id 0 = none. who: as it is told to people. Errors: INVALID
 * transfers.bad_name; those of the database. */
err transfer_name_find(struct rq *rq, const char *kind, const struct json_tree *item,
                       struct transfer_stranger *who, i64 *id);

/* The mark of rq's organisation in this house: 32 hexadecimal digits that no other has. */
str transfer_mark(struct rq *rq);
#endif
