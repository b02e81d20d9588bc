/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A list that was read before (files.h): the frames in which a child says its rows (sheet_frames.h)
 * serve for a file as for a pipe. Reading itself: sheet.c. */
#include <unistd.h>

#include "platform/files/sheet_frames.h"
#include "platform/files/temp.h"

enum { SPOOL_BYTES = 512 << 20 };

/* end: what came behind the last row. */
struct sheet_spool {
    int fd;
    err end;
};

static void spool_close(void *spool)
{
    temp_close(((struct sheet_spool *)spool)->fd);
}

err sheet_spool(struct arena *mem, str path, const struct sheet_spool **out)
{
    struct sheet_spool *s = arena_zero(mem, sizeof *s);
    struct frames_out *frames = arena_zero(mem, sizeof *frames);
    const struct sheet_reader reader = { .row = frame_row, .context = frames };
    TRY(temp_open(&s->fd));
    arena_on_free(mem, spool_close, s);
    frames->fd = s->fd;
    frames->most = SPOOL_BYTES;
    s->end = sheet_read(mem, path, &reader);
    if (s->end.code != ERR_NONE && s->end.code != ERR_INVALID && s->end.code != ERR_NOT_FOUND)
        return s->end;
    frame_end(frames, OK);
    *out = s;
    return frames->broken ? err_make(ERR_BUSY, "docs.disk") : OK;
}

err sheet_again(struct arena *mem, const struct sheet_spool *spool,
                const struct sheet_reader *reader)
{
    if (lseek(spool->fd, 0, SEEK_SET) != 0)
        return err_make(ERR_BUSY, "docs.disk");
    TRY(frames_read(mem, spool->fd, INT64_MAX, reader));
    return spool->end;
}
