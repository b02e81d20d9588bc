/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The file around the cases: one JSON object whose list "cases" may be long; it is read case by
 * case. Knows nothing of what a case holds. */
#ifndef HT_TRANSFER_TRANSFER_FILE_H
#define HT_TRANSFER_TRANSFER_FILE_H
#include "platform/base/arena.h"
#include "platform/base/buf.h"
#include "platform/base/err.h"
#include "platform/web/json_tree.h"

#define TRANSFER_FORMAT "huotang-cases/"
enum { TRANSFER_FORMAT_VERSION = 1 };

/* Most cases that one file may hold, and bytes that one case may take with its attachments. */
enum { TRANSFER_CASES_MAX = 10000, TRANSFER_CASE_BYTES = 64 << 20 };

/* One case as it stands in the file. line: where it begins, from 1. */
struct transfer_piece {
    size_t nth;
    i64 line;
    str text;
};

/* head: what stands before the first case, once, also when there is none; one: each case, its text
 * gone afterwards. mem: of the head and the end. */
struct transfer_reading {
    struct arena *mem;
    void *context;
    err (*head)(void *context, const struct json_tree *head);
    err (*one)(void *context, const struct transfer_piece *piece);
};

/* What stood around them. digest: over the cases as read; said: as the file says. */
struct transfer_end {
    i64 count, said_count;
    str digest, said_digest;
};

/* Reads the file from its beginning. Errors: INVALID transfers.not_ours, transfers.cut_off (with
 * the line), transfers.case_too_big; those of head and one; BUSY docs.disk. */
err transfer_file_read(int fd, const struct transfer_reading *reading, struct transfer_end *end);
#endif
