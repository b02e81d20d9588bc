/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a child that takes a list apart says to the house, through a pipe: a frame for each row, and
 * one with its error at the end. For sheet_process.c. */
#ifndef HT_FILES_SHEET_FRAMES_H
#define HT_FILES_SHEET_FRAMES_H
#include "platform/files/sheet_read.h"

/* The child's side: bytes wait here until there are enough. most: bytes in all, 0 = any number.
 * broken: they could not be written; nothing is, any more. */
struct frames_out {
    int fd;
    bool broken;
    i64 most, all;
    size_t len;
    char bytes[64 * 1024];
};

/* Says a row; for a sheet_reader with a frames_out as context. Errors: BUSY docs.disk (broken);
 * INVALID files.too_big (most). */
err frame_row(void *context, const struct sheet_row *row);

/* Says how it ended, and sends what waits. Arguments of the error are cut to what is believed. */
void frame_end(struct frames_out *out, err e);

/* The house's side: passes rows to the reader until the end comes. until_ms: of clock_steady_ms,
 * when to wait no longer for all of it, however often something came. Errors: the child's, if it is
 * one of sheet_read's; the reader's own; INVALID files.reader_died (no end came in time, or what
 * came is no frame or beyond the reader's limits). */
err frames_read(struct arena *mem, int fd, i64 until_ms, const struct sheet_reader *reader);
#endif
