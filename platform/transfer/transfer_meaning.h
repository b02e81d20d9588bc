/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a name or a code of another house means here, as somebody has said once. Whom it can mean is
 * the caller's to judge (modules/transfers). */
#ifndef HT_TRANSFER_TRANSFER_MEANING_H
#define HT_TRANSFER_TRANSFER_MEANING_H
#include "platform/web/web.h"

/* kind, name, code: as the file has it; to: what somebody says it is here; meaning: the id or the
 * code that this is. */
struct transfer_meaning {
    str kind, name, code, to, meaning;
};

/* What was said of one of a house's names; empty = nothing. Errors: those of the database. */
err transfer_meaning_find(struct rq *rq, str peer, const struct transfer_meaning *asked,
                          str *meaning);

/* Keeps what is said, in place of what was said before; audited. What is said already is not said
 * again. Errors: those of the database. */
err transfer_meaning_keep(struct rq *rq, str peer, const struct transfer_meaning *said);

/* Takes back what was said, if anything was: it is a stranger again; audited. Errors: those of the
 * database. */
err transfer_meaning_remove(struct rq *rq, str peer, const struct transfer_meaning *said);

/* The code of a dictionary that a text names, by code or label; empty = none. */
err transfer_code_named(struct rq *rq, str dictionary, str text, str *code);

/* Reads a list of them: [{"kind":"orgs","name":"…","code":"…","to":"…"}, …], struct
 * transfer_meaning rows in mem; those without "to" are left out, so that a list that was printed
 * can be filled in. Errors: INVALID transfers.bad_map (with the number of the item, 0 = the whole).
 */
err transfer_meanings_read(struct arena *mem, str json, struct rows *out);
#endif
