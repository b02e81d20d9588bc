/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What of somebody goes who has left long ago: for modules/retention, which says when. */
#ifndef HT_MEMBERS_MEMBER_END_H
#define HT_MEMBERS_MEMBER_END_H
#include "platform/web/web.h"

/* Telephone, address, mail and the identity number of whose last seat that was, with what of them
 * stands in changes that he wished. Who he was and what he did stays, and a keyed digest of the
 * identity number, by which the same person is found should he come back. Errors: NOT_FOUND
 * db.no_row; those of the database. */
err member_forget_contact(struct rq *rq, i64 seat_id);
#endif
