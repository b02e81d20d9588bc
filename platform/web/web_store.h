/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The web layer's own table: answers kept by idempotency key. Rows are for one account or
 * visitor by their token. */
#ifndef HT_WEB_STORE_H
#define HT_WEB_STORE_H
#include "platform/db/db.h"

/* An answer that was kept. status 0: not yet answered (only seen within the transaction that
 * made it). */
struct kept_answer {
    str token, request, location, type;
    bytes body;
    i64 status, created_at;
};

/* Claims a token; *claimed is false when it was claimed before. Errors: those of the database. */
err web_store_claim(struct db *db, const struct kept_answer *row, bool *claimed);

/* Finds the answer of a token. Errors: NOT_FOUND db.no_row. */
err web_store_find(struct db *db, str token, struct arena *mem, struct kept_answer *out);

/* Keeps the answer of a token claimed in this transaction. Errors: those of the database. */
err web_store_keep(struct db *db, const struct kept_answer *row);

/* Removes answers older than before_ms. Errors: those of the database. */
err web_store_forget(struct db *db, i64 before_ms);

/* A change that works if the database can be written; the caller rolls it back. Errors: those of
 * the database. */
err web_store_probe(struct db *db);
#endif
