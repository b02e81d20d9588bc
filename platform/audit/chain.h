/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The form in which an entry is digested and exported: one JSON line, members in fixed order.
 * Private to platform/audit. */
#ifndef HT_AUDIT_CHAIN_H
#define HT_AUDIT_CHAIN_H
#include "platform/audit/audit_store.h"

/* The entry as one JSON object without line breaks, whatever is in its texts; without digest. */
str chain_line(struct arena *mem, const struct audit_row *row);

/* The digest of an entry behind another: over the digest before, a line feed, and the line. */
err chain_digest(struct arena *mem, str before_digest, const struct audit_row *row, str *out);

/* Appends a row to the chain of rq's organisation: gives it its number and digest. before_digest:
 * of the entry before it. Errors: those of the database. In audit.c. */
err audit_append(struct rq *rq, struct audit_row *row, str *before_digest);

/* The seal of a head: a keyed digest over organisation, number, digest and base, with a key derived
 * from the secret file. And whether a head carries the right one. A head without entries has none.
 * */
str chain_seal(const struct app *app, struct arena *mem, const struct audit_head *head);
bool chain_is_sealed(const struct app *app, struct arena *mem, const struct audit_head *head);

/* A text as it may be stored: well-formed UTF-8, no NUL, at most max characters (then ending in an
 * ellipsis). */
str chain_text(struct arena *mem, str text, i64 max);
#endif
