/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Whether the database was made with the secret that was read: asked at every start, before
 * anything is sealed or opened with it. Reading the secret file: server/secret.c. */
#ifndef HT_ACCESS_SECRET_MARK_H
#define HT_ACCESS_SECRET_MARK_H
#include "platform/app.h"

/* Compares app->secret with the mark in the database. fresh: NULL, or in a write transaction: a
 * database without a mark (new, or of an older version) gets one and *fresh says so; between two
 * nodes that start at once the first one's counts. Errors: INVALID start.secret_wrong (secret
 * file); those of the database. */
err secret_mark_check(const struct app *app, struct db *db, bool *fresh);
#endif
