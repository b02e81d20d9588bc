/* SPDX-License-Identifier: MulanPSL-2.0 */
/* From configuration to a program that can work: texts, tables, secret, declarations, database.
 * Used by every command. */
#ifndef HT_SERVER_START_H
#define HT_SERVER_START_H
#include "platform/app.h"

/* Loads texts, folding table, holiday calendar; before anything that words an error. Errors: those
 * of the loaders. */
err start_tables(struct arena *mem);

/* Makes the data directory and the secret, checks the declarations, interns permissions. migrate:
 * also bring the database up to date (else it must already be). why: what to tell the operator, in
 * Chinese, on failure. Errors: INVALID start.declarations, start.data, start.secret_lost (a
 * database is there but its secret is not), start.secret_wrong (another one's); those of the
 * database. */
err start_app(struct arena *mem, const struct config *config, bool migrate, struct app *out,
              str *why);

/* Ties a migrated database to app->secret: its mark, and seals on the heads of audit chains that
 * are older than seals. Errors: INVALID start.secret_wrong; those of the database. */
err start_settle(const struct app *app, struct db *db);

/* Opens the database for writing and runs fn once in a transaction as the house itself, in
 * organisation org_id (0 = none). */
err start_write(struct app *app, i64 org_id, err (*fn)(struct rq *rq, void *context),
                void *context);
#endif
