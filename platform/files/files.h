/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Untrusted files: stored by SHA-256 outside any web root, typed by content, served only through
 * the authorising handler as attachments. And reading of office lists: XLSX (libzip + expat with
 * limits on entries, ratio, size; no DTD), CSV (UTF-8 with or without BOM, GB18030), JSON Lines,
 * the last two also gzip-compressed: all as rows of texts. */
#ifndef HT_FILES_FILES_H
#define HT_FILES_FILES_H
#include "platform/settings/settings.h"
#include "platform/web/web.h"

/* An attachment as others see it. owner: "proposals" + owner_id; who may read it is the owner's
 * rule. uploaded_by: the person's name, empty when nobody was signed in. */
struct attachment {
    i64 id, owner_id, size_bytes, uploaded_at;
    str owner, name, type, sha256, uploaded_by;
};

/* Settings of this part (files.max_mb, files.max_count, files.quota_mb): declared by files_module;
 * the declared defaults hold in a house without it. Ends with a zero row. */
extern const struct setting FILES_SETTINGS[];

/* The settings and the nightly timers: removed rows after 30 days, then bytes that nobody has. */
extern const struct module files_module;

/* The slow half of a route with files: judges all uploads and writes them to the store on disk
 * (fsync), so that nobody waits for the disk in a write transaction. Use as `.slow`. From .docx,
 * .xlsx and .pptx it takes the fields that say who wrote them (office.h). Where a route has none,
 * attachment_keep does the same, but for those files. Answers nothing. */
err attachment_receive(struct rq *rq, struct res *res);

/* Gives what the request uploaded in the INPUT_FILES field to the owner, in the present
 * transaction. Every file that cannot be kept is a fault of the field: files.type {name},
 * files.too_large {name, MB}, files.office_odd {name} (nobody can read it), files.too_many
 * {number}, files.quota {MB}. Errors: INTERNAL files.not_received (an office file on a route
 * without .slow); INVALID form.faults; BUSY files.disk. */
err attachment_keep(struct rq *rq, const char *field, const char *owner, i64 owner_id);

/* A file that the house has made itself, its bytes in the store already: who works long makes it on
 * the slow lane (attachment_make), then gives it to its owner in a transaction (attachment_add);
 * bytes that nobody takes are swept. It counts for nobody's quota. made_by: a person's name, may be
 * empty. write: gets an empty file, open for reading and writing, and does not close it. Errors:
 * write's own; BUSY files.disk. */
struct attachment_made {
    str owner, name, sha256, made_by;
    const char *type;
    i64 owner_id, size_bytes;
};
err attachment_make(struct rq *rq, err (*write)(void *context, int fd), void *context,
                    struct attachment_made *out);
err attachment_add(struct rq *rq, const struct attachment_made *made);

/* Attachments of an owner, oldest first: struct attachment rows. */
err attachment_list(struct rq *rq, const char *owner, i64 owner_id, struct rows *out);

/* Marks one as removed. The bytes stay while another row has them; attachment_sweep takes those
 * that nobody has. Errors: NOT_FOUND db.no_row. */
err attachment_remove(struct rq *rq, const char *owner, i64 owner_id, i64 id);

/* Likewise all of an owner; none is no error. Errors: those of the database. */
err attachment_remove_all(struct rq *rq, const char *owner, i64 owner_id);

/* Those of a kind of owner, whoever it is, that were put there before a moment, oldest first, at
 * most 200: struct attachment rows. For what is only kept for a while. */
err attachment_list_old(struct rq *rq, const char *owner, i64 before_ms, struct rows *out);

/* Sends the bytes as a download; the caller has checked that the actor may see the owner. Errors:
 * NOT_FOUND db.no_row; INTERNAL files.lost (the row is there, the bytes are not). */
err attachment_send(struct rq *rq, struct res *res, const char *owner, i64 owner_id, i64 id);

/* Deletes rows that were removed before a moment, at most 200 a call. *again: there may be more.
 * For a job of each organisation. Errors: those of the database. */
err attachment_sweep(struct rq *rq, i64 removed_before_ms, bool *again);

/* Deletes from one of the store's 256 folders (bucket 0..255) the bytes that no row of any
 * organisation has and that were put there or found again more than a day ago. Not in a transaction
 * that writes. *deleted: how many. Errors: those of the database. */
err attachment_sweep_bytes(struct rq *rq, i64 bucket, i64 *deleted);

/* Checks that the bytes of every attachment of rq's organisation are there and have their digest;
 * *bad = how many have not (logged). Errors: those of the database. For `huotang verify`. */
err attachment_verify(struct rq *rq, i64 *bad);

/* ---- reading lists ---- */

/* Limits against bombs; zero fields take the defaults: 64 MiB unpacked, ratio 200, 2,000 entries,
 * 1,000,000 rows, 200 columns, 1 MiB a cell. */
struct sheet_limits {
    i64 unpacked_bytes, ratio, entries, rows, columns, cell_bytes;
    bool paragraphs; /* not a list: a document (.docx, plain text), a row of one cell each */
};

/* Rows one after another at constant memory (per row: mem is reset by the caller or by sheet_each).
 * number: as the office's program shows it (1-based, title rows counted). */
struct sheet_row {
    i64 number;
    strs cells; /* texts; dates of XLSX and XLS as "2026-11-25", numbers in plain decimal */
};
struct sheet_reader {
    err (*row)(void *context, const struct sheet_row *row);
    void *context;
    struct sheet_limits limits;
};

/* Reads a file (kind found by content). Errors: INVALID files.not_a_table, files.encoding {row},
 * files.bomb, files.broken, files.broken_line {row, why}, files.open_quote {row}, files.too_big,
 * files.too_many_rows {limit}, files.too_many_columns {limit}, files.cell_too_big {row},
 * files.old_xls (before Excel 97: save as .xlsx), files.encrypted; NOT_FOUND files.missing; BUSY
 * docs.disk (no room for temporary data); the row function's own error ends it. */
err sheet_read(struct arena *mem, str path, const struct sheet_reader *reader);

/* A list that was read once and whose rows lie in a nameless temporary file: it can be read again
 * and again where nobody may wait for whoever takes it apart, as in a write transaction. */
struct sheet_spool;

/* Reads a whole list; its rows are there as long as mem. Rows that take more than 512 MiB together
 * are files.too_big. What is wrong with the list (INVALID, NOT_FOUND) is no error here: sheet_again
 * gives it behind the rows before it, as sheet_read does. Errors: BUSY docs.disk,
 * files.reader_gone. */
err sheet_spool(struct arena *mem, str path, const struct sheet_spool **out);

/* Its rows, with the reader's limits. Errors as sheet_read. mem: of one row. Not by two threads at
 * once. */
err sheet_again(struct arena *mem, const struct sheet_spool *spool,
                const struct sheet_reader *reader);
/* ---- reading documents ---- */

/* The paragraphs of a document that has some (.docx, plain text in UTF-8, UTF-16, GB18030), as one
 * reads them: without what was deleted, notes, headers; blank ones left out. Taken apart as lists
 * are. Errors: INVALID files.not_a_document (also when nothing is in it), files.old_doc (save as
 * .docx), files.document_locked, files.document_odd (a bomb, or its reader died), files.broken,
 * files.document_encoding, files.document_too_long; NOT_FOUND files.missing; BUSY docs.disk,
 * files.reader_gone. */
err document_read(struct arena *mem, str path, strs *out);
#endif
