/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What backup.c and restore.c agree on: the parts of a backup and their order (database,
 * attachments, manifest last), and what the manifest says. Nothing else uses it. */
#ifndef HT_SERVER_BACKUP_H
#define HT_SERVER_BACKUP_H
#include "platform/app.h"
#include "platform/base/buf.h"

#define BACKUP_DATABASE "huotang.db"
#define BACKUP_MANIFEST "SHA256SUMS"
enum { BACKUP_TAIL_MAX = 1 << 20 };

/* A part's line in the manifest, as sha256sum writes it. */
str backup_line(struct arena *mem, str sha256, str name);

/* Adds "# head ORG SEQ DIGEST" for every audit chain. db: outside a transaction. Errors: those of
 * the database. */
err backup_heads(struct db *db, struct arena *mem, struct buf *out);

/* The manifest's last line: a keyed digest over the lines of all parts (their SHA-256 in hex) and
 * what stands behind them, so that only who has the secret can make a backup that is accepted. */
str backup_sign(struct arena *mem, const struct app *app, str lines_sha256, str tail);
#endif
