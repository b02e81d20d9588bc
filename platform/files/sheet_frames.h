/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a child that takes a list apart says to the house, through a pipe: a frame for each row, and
 * one with its error at the end. For sheet_process.c. */
#ifndef HT_FILES_SHEET_FRAMES_H
#define HT_FILES_SHEET_FRAMES_H
#include "platform/files/sheet_read.h"

/* The child's side: bytes wait here until there are enough. */
struct frames_out {
    int fd;
    size_t len;
    char bytes[64 * 1024];
};

/* Says a row; for a sheet_reader with a frames_out as context. Does not return when nobody listens
 * any more. */
err frame_row(void *context, const struct sheet_row *row);

/* Says how it ended, and sends what waits. */
void frame_end(struct frames_out *out, err e);

/* The house's side: passes rows to the reader until the end comes. Errors: the child's, if it is
 * one of sheet_read's; the reader's own; INVALID files.reader_died (no end came, or what came is no
 * frame or beyond the reader's limits). */
err frames_read(struct arena *mem, int fd, const struct sheet_reader *reader);
#endif
