/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Untrusted files: stored by SHA-256 outside any web root, typed by content, served only through
 * the authorising handler as attachments. And reading of office lists: XLSX (libzip + expat with
 * limits on entries, ratio, size; no DTD), CSV (UTF-8 with or without BOM, GB18030), JSON Lines,
 * the last two also gzip-compressed: all as rows of texts. */
#ifndef HT_FILES_FILES_H
#define HT_FILES_FILES_H
#include "platform/web/web.h"

/* An attachment as others see it. owner: "proposals" + owner_id; who may read it is the owner's
 * rule. */
struct attachment {
    i64 id, owner_id, size_bytes, uploaded_at;
    str owner, name, type, sha256, uploaded_by;
};

/* Moves what the request uploaded in the INPUT_FILES field to the owner. Errors: INVALID
 * files.type, files.too_big, files.too_many, files.quota. */
err attachment_keep(struct rq *rq, const char *field, const char *owner, i64 owner_id);

/* Attachments of an owner, oldest first; removal marks the row (the bytes stay while another row
 * has them). */
err attachment_list(struct rq *rq, const char *owner, i64 owner_id, struct rows *out);
err attachment_remove(struct rq *rq, const char *owner, i64 owner_id, i64 id);

/* Sends the bytes; the caller has checked that the actor may see the owner. */
err attachment_send(struct rq *rq, struct res *res, const char *owner, i64 owner_id, i64 id);

/* ---- reading lists ---- */

/* Limits against bombs; zero fields take the defaults: 64 MiB unpacked, ratio 200, 2,000 entries,
 * 1,000,000 rows, 200 columns, 1 MiB a cell. */
struct sheet_limits {
    i64 unpacked_bytes, ratio, entries, rows, columns, cell_bytes;
};

/* Rows one after another at constant memory (per row: mem is reset by the caller or by sheet_each).
 * number: as the office's program shows it (1-based, title rows counted). */
struct sheet_row {
    i64 number;
    strs cells; /* texts; dates of XLSX as "2026-11-25", numbers in plain decimal */
};
struct sheet_reader {
    err (*row)(void *context, const struct sheet_row *row);
    void *context;
    struct sheet_limits limits;
};

/* Reads a file (kind found by content). Errors: INVALID files.not_a_table, files.encoding {row},
 * files.bomb, files.broken, files.broken_line {row, why}, files.open_quote {row}, files.too_big,
 * files.too_many_rows {limit}, files.too_many_columns {limit}, files.cell_too_big {row},
 * files.old_xls (save as .xlsx), files.encrypted; NOT_FOUND files.missing; BUSY docs.disk (no room
 * for temporary data); the row function's own error ends it. */
err sheet_read(struct arena *mem, str path, const struct sheet_reader *reader);
#endif
