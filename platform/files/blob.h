/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Bytes on disk by their SHA-256: DATA/files/ab/cd/abcd… . Written whole or not at all, never
 * changed, never served by name. Which row has them is attachment_store's business. */
#ifndef HT_FILES_BLOB_H
#define HT_FILES_BLOB_H
#include "platform/app.h"
#include "platform/base/str.h"

/* Puts the file at path into the store (by hard link, or a copy across file systems) and waits
 * until it is on disk. Those bytes being there already is fine. Errors: BUSY files.disk. */
err blob_put(const struct app *app, struct arena *mem, str path, str sha256);

/* Opens the bytes for reading. Errors: INTERNAL files.lost. */
err blob_open(const struct app *app, struct arena *mem, str sha256, int *fd);

/* Digests of the bytes in one of the 256 outer folders that were last put (again) before a
 * moment. */
void blob_list_old(const struct app *app, struct arena *mem, i64 bucket, i64 before_ms, strs *out);

/* Deletes them if nobody put them there again since before_ms: looked at right before, for much may
 * have happened since they were listed. Whether they are gone by this call. */
bool blob_delete_old(const struct app *app, struct arena *mem, str sha256, i64 before_ms);

/* Deletes uploads that were under way before a moment and are still there: a process died over
 * them. They are as people sent them, so they may tell more than what is kept. *deleted: how many.
 */
void blob_sweep_incoming(const struct app *app, struct arena *mem, i64 before_ms, i64 *deleted);

/* Whether the bytes are there and have this digest. */
bool blob_is_whole(const struct app *app, struct arena *mem, str sha256);
#endif
