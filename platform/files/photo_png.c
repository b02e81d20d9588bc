/* SPDX-License-Identifier: MulanPSL-2.0 */
/* PNG in (photo_read.h), by libpng, which no other file knows. Its chunks are walked here first:
 * the size is judged before anything is made for it, a moving picture is found, the orientation
 * read; the library then sees no chunk but those that are the picture, so nothing else is unpacked.
 * In the child only, as photo_jpeg.c. */
#include <png.h>
#include <setjmp.h>
#include <string.h>

#include "platform/files/photo_read.h"

enum { SIGNATURE = 8, FRAME = 12, HEAD = 8, RGBA = 4, IHDR_BYTES = 13 };

struct decoding {
    jmp_buf back;
    err why;
    png_structp png;
    png_infop info;
    struct arena *mem;
    bytes file; /* to the end of its last chunk */
    size_t at;
    struct photo_size size;
    struct photo_decoded *out;
};

static err broken(void)
{
    return err_make(ERR_INVALID, "files.photo_broken");
}

static uint32_t number(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* ---- chunks ---- */

/* What one chunk says of the whole. */
static err chunk_look(struct decoding *d, const unsigned char *head, size_t size)
{
    const unsigned char *body = head + HEAD;
    if (memcmp(head + 4, "acTL", 4) == 0)
        return err_make(ERR_INVALID, "files.photo_animated");
    if (memcmp(head + 4, "eXIf", 4) == 0)
        d->out->orientation = photo_exif_orientation((bytes){ body, size });
    if (memcmp(head + 4, "IHDR", 4) != 0)
        return OK;
    if (d->at != SIGNATURE || size != IHDR_BYTES)
        return broken();
    d->size = (struct photo_size){ number(body), number(body + 4) };
    return photo_size_check(d->size.width, d->size.height);
}

/* All of them, each whole, from IHDR to IEND. */
static err chunks_look(struct decoding *d)
{
    bool ended = false;
    for (d->at = SIGNATURE; !ended;) {
        const unsigned char *head = d->file.ptr + d->at;
        if (d->file.len - d->at < FRAME)
            return broken();
        size_t size = number(head);
        if (size > d->file.len - d->at - FRAME)
            return broken();
        TRY(chunk_look(d, head, size));
        if (!d->size.width)
            return broken();
        ended = memcmp(head + 4, "IEND", 4) == 0;
        d->at += FRAME + size;
    }
    d->file.len = d->at;
    return OK;
}

/* ---- the picture ---- */

_Noreturn static void on_error(png_structp png, png_const_charp text)
{
    struct decoding *d = png_get_error_ptr(png);
    bool memory = strstr(text, "memory") != NULL;
    d->why = err_make(ERR_INVALID, memory ? "files.photo_pixels" : "files.photo_broken");
    longjmp(d->back, 1);
}

static void on_warning(png_structp png, png_const_charp text)
{
    (void)png;
    (void)text;
}

static void on_read(png_structp png, png_bytep to, size_t size)
{
    struct decoding *d = png_get_io_ptr(png);
    if (size > d->file.len - d->at)
        png_error(png, "cut");
    memcpy(to, d->file.ptr + d->at, size);
    d->at += size;
}

/* Rows come as they are; of an interlaced picture only when all passes are over, so it is whole in
 * memory then. */
static void rows_read(struct decoding *d, int passes)
{
    size_t wide = (size_t)d->size.width * RGBA;
    i64 kept = passes > 1 ? d->size.height : 1;
    unsigned char *rows = arena_zero(d->mem, wide * (size_t)kept);
    struct photo_scaler s;
    photo_scaler_begin(&s, d->mem, d->size, photo_size_within(d->size, PHOTO_SIDE));
    for (int pass = 0; pass < passes; pass++)
        for (i64 y = 0; y < d->size.height; y++) {
            unsigned char *row = rows + (passes > 1 ? (size_t)y * wide : 0);
            png_read_row(d->png, row, NULL);
            if (pass + 1 == passes)
                photo_scaler_row_rgba(&s, row);
        }
    d->out->pixels = s.to;
}

/* Every kind becomes eight bits of red, green, blue and opacity. */
static void decode(struct decoding *d)
{
    png_structp png = d->png;
    png_set_read_fn(png, d, on_read);
    png_set_user_limits(png, PHOTO_SIDE_MAX, PHOTO_SIDE_MAX);
    png_set_benign_errors(png, 0);
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
    png_read_info(png, d->info);
    png_set_expand(png);
    png_set_scale_16(png);
    png_set_gray_to_rgb(png);
    png_set_add_alpha(png, 0xFF, PNG_FILLER_AFTER);
    int passes = png_set_interlace_handling(png);
    png_read_update_info(png, d->info);
    if (png_get_rowbytes(png, d->info) != (size_t)d->size.width * RGBA)
        png_error(png, "row");
    rows_read(d, passes);
    png_read_end(png, NULL);
}

err photo_png_decode(struct arena *mem, bytes file, struct photo_decoded *out)
{
    struct decoding *d = arena_zero(mem, sizeof *d);
    d->mem = mem;
    d->file = file;
    d->out = out;
    out->orientation = 1;
    TRY(chunks_look(d));
    d->at = 0;
    if (setjmp(d->back) == 0) {
        d->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, d, on_error, on_warning);
        d->info = d->png ? png_create_info_struct(d->png) : NULL;
        if (d->info)
            decode(d);
        else
            d->why = broken();
    }
    png_destroy_read_struct(&d->png, &d->info, NULL);
    return d->why;
}
