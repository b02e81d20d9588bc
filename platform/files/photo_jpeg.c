/* SPDX-License-Identifier: MulanPSL-2.0 */
/* JPEG in and out (photo_read.h), by libjpeg-turbo, which no other file knows. What the library
 * only warns of (a cut file, a header that promises more than there is) is a fault here. In the
 * child only: libraries jump out of their faults, and nothing else may be open then. */
#include <stdio.h>

#include <jpeglib.h>

#include <jerror.h>
#include <setjmp.h>
#include <string.h>

#include "platform/files/photo_read.h"

enum { QUALITY = 85, SCANS_MAX = 100, EXIF_MARKER = JPEG_APP0 + 1, SEGMENT_MAX = 0xFFFF };
enum { STRAY_MAX = 16 }; /* bytes that cheap cameras leave before a marker */
enum { RGB = 3, CMYK = 4, FULL = 255, ORIENTATIONS = 8 };
#define MEMORY_MAX (240L << 20)

/* Where the library's errors go. why: what it was. */
struct trouble {
    struct jpeg_error_mgr base;
    jmp_buf back;
    err why;
    bool decoding;
};

struct decoding {
    struct jpeg_decompress_struct jpeg;
    struct jpeg_progress_mgr progress;
    struct trouble trouble;
    struct arena *mem;
    bytes file;
    struct photo_decoded *out;
};

struct encoding {
    struct jpeg_compress_struct jpeg;
    struct trouble trouble;
    const struct photo_pixels *pixels;
    unsigned char *made, *line;
    unsigned long size;
};

_Noreturn static void fail(struct trouble *t, const char *name)
{
    t->why = err_make(ERR_INVALID, name);
    longjmp(t->back, 1);
}

_Noreturn static void on_error(j_common_ptr jpeg)
{
    struct trouble *t = (struct trouble *)jpeg->err;
    bool memory =
        t->base.msg_code == JERR_OUT_OF_MEMORY || t->base.msg_code == JERR_NO_BACKING_STORE;
    fail(t, memory ? "files.photo_pixels" : "files.photo_broken");
}

/* level below 0: a warning. Few are harmless. */
static void on_message(j_common_ptr jpeg, int level)
{
    struct trouble *t = (struct trouble *)jpeg->err;
    int code = t->base.msg_code;
    bool stray =
        code == JWRN_EXTRANEOUS_DATA && (!t->decoding || t->base.msg_parm.i[0] <= STRAY_MAX);
    if (level < 0 && !stray && code != JWRN_JFIF_MAJOR && code != JWRN_ADOBE_XFORM)
        fail(t, "files.photo_broken");
}

static void on_output(j_common_ptr jpeg)
{
    (void)jpeg;
}

/* A scan of a few bytes makes the library go over the whole picture: thousands of them are a bomb.
 */
static void on_progress(j_common_ptr jpeg)
{
    if (((j_decompress_ptr)jpeg)->input_scan_number > SCANS_MAX)
        fail((struct trouble *)jpeg->err, "files.photo_broken");
}

static struct jpeg_error_mgr *trouble_begin(struct trouble *t)
{
    jpeg_std_error(&t->base);
    t->base.error_exit = on_error;
    t->base.emit_message = on_message;
    t->base.output_message = on_output;
    return &t->base;
}

/* ---- in ---- */

/* Cameras write the mark of Adobe and the values upside down; others neither. */
static void cmyk_to_rgb(unsigned char *row, i64 width, bool upside_down)
{
    unsigned char *to = row;
    for (i64 x = 0; x < width; x++, row += CMYK, to += RGB) {
        int key = upside_down ? row[RGB] : FULL - row[RGB];
        for (int c = 0; c < RGB; c++) {
            int ink = upside_down ? row[c] : FULL - row[c];
            to[c] = (unsigned char)((ink * key + FULL / 2) / FULL);
        }
    }
}

static int orientation_of(const struct jpeg_decompress_struct *jpeg)
{
    static const char EXIF[] = "Exif\0";
    const struct jpeg_marker_struct *m = jpeg->marker_list;
    for (; m; m = m->next)
        if (m->data_length > sizeof EXIF && memcmp(m->data, EXIF, sizeof EXIF) == 0)
            return photo_exif_orientation((bytes){ m->data, m->data_length });
    return 1;
}

/* The library makes it smaller by itself while that is still larger than what is wanted. */
static void settle(struct decoding *d, struct photo_size *to)
{
    struct jpeg_decompress_struct *j = &d->jpeg;
    err e = photo_size_check(j->image_width, j->image_height);
    if (e.code)
        fail(&d->trouble, e.name);
    *to = photo_size_within((struct photo_size){ j->image_width, j->image_height }, PHOTO_SIDE);
    bool four = j->jpeg_color_space == JCS_CMYK || j->jpeg_color_space == JCS_YCCK;
    j->out_color_space = four ? JCS_CMYK : JCS_RGB;
    j->scale_num = j->scale_denom = 1;
    for (unsigned by = 8; by > 1; by /= 2)
        if (to->width * by <= j->image_width && to->height * by <= j->image_height) {
            j->scale_denom = by;
            break;
        }
}

static void rows_read(struct decoding *d, struct photo_size to)
{
    struct jpeg_decompress_struct *j = &d->jpeg;
    struct photo_scaler s;
    jpeg_start_decompress(j);
    d->trouble.decoding = true;
    const struct photo_size from = { j->output_width, j->output_height };
    JSAMPARRAY row = j->mem->alloc_sarray((j_common_ptr)j, JPOOL_IMAGE,
                                          j->output_width * (JDIMENSION)j->output_components, 1);
    photo_scaler_begin(&s, d->mem, from, to);
    while (j->output_scanline < j->output_height) {
        jpeg_read_scanlines(j, row, 1);
        if (j->output_components == CMYK)
            cmyk_to_rgb(row[0], from.width, j->saw_Adobe_marker);
        photo_scaler_row(&s, row[0]);
    }
    d->out->pixels = s.to;
}

static void decode(struct decoding *d)
{
    struct jpeg_decompress_struct *j = &d->jpeg;
    struct photo_size to;
    jpeg_create_decompress(j);
    j->progress = &d->progress;
    j->mem->max_memory_to_use = MEMORY_MAX;
    jpeg_mem_src(j, d->file.ptr, d->file.len);
    jpeg_save_markers(j, EXIF_MARKER, SEGMENT_MAX);
    jpeg_read_header(j, TRUE);
    settle(d, &to);
    rows_read(d, to);
    d->out->orientation = orientation_of(j);
    jpeg_finish_decompress(j);
}

err photo_jpeg_decode(struct arena *mem, bytes file, struct photo_decoded *out)
{
    struct decoding *d = arena_zero(mem, sizeof *d);
    d->mem = mem;
    d->file = file;
    d->out = out;
    d->jpeg.err = trouble_begin(&d->trouble);
    d->progress.progress_monitor = on_progress;
    if (setjmp(d->trouble.back) == 0)
        decode(d);
    jpeg_destroy_decompress(&d->jpeg);
    return d->trouble.why;
}

/* ---- out ---- */

/* Where the first pixel lies, and how far it is to the next one of a row and of a column (EXIF 2.3,
 * table of Orientation: what row 0 and column 0 show). */
struct turn {
    i64 width, height, begin, across, down;
};

static struct turn turn_of(struct photo_size s, int orientation)
{
    i64 w = s.width, h = s.height, last = w * h - 1;
    const struct turn turns[ORIENTATIONS] = {
        { w, h, 0, 1, w },      { w, h, w - 1, -1, w },
        { w, h, last, -1, -w }, { w, h, last - w + 1, 1, -w },
        { h, w, 0, w, 1 },      { h, w, last - w + 1, -w, 1 },
        { h, w, last, -w, -1 }, { h, w, w - 1, w, -1 },
    };
    return turns[orientation >= 1 && orientation <= ORIENTATIONS ? orientation - 1 : 0];
}

static void encode(struct encoding *e, const struct turn *t)
{
    struct jpeg_compress_struct *j = &e->jpeg;
    jpeg_create_compress(j);
    jpeg_mem_dest(j, &e->made, &e->size);
    j->image_width = (JDIMENSION)t->width;
    j->image_height = (JDIMENSION)t->height;
    j->input_components = RGB;
    j->in_color_space = JCS_RGB;
    jpeg_set_defaults(j);
    jpeg_set_quality(j, QUALITY, TRUE);
    j->optimize_coding = TRUE;
    jpeg_start_compress(j, TRUE);
    for (i64 y = 0; y < t->height; y++) {
        for (i64 x = 0; x < t->width; x++)
            memcpy(e->line + x * RGB,
                   e->pixels->rgb + (t->begin + x * t->across + y * t->down) * RGB, RGB);
        JSAMPROW row = e->line;
        jpeg_write_scanlines(j, &row, 1);
    }
    jpeg_finish_compress(j);
}

err photo_jpeg_encode(struct arena *mem, const struct photo_pixels *pixels, int orientation,
                      bytes *out)
{
    struct encoding *e = arena_zero(mem, sizeof *e);
    const struct turn turn = turn_of(pixels->size, orientation);
    e->pixels = pixels;
    e->made = arena_bytes(mem, PHOTO_BYTES_MAX);
    e->size = PHOTO_BYTES_MAX;
    e->line = arena_bytes(mem, (size_t)turn.width * RGB);
    e->jpeg.err = trouble_begin(&e->trouble);
    if (setjmp(e->trouble.back) == 0)
        encode(e, &turn);
    jpeg_destroy_compress(&e->jpeg);
    *out = (bytes){ e->made, e->size };
    if (!e->trouble.why.code && e->size > PHOTO_BYTES_MAX) /* then it lies elsewhere */
        return err_make(ERR_INVALID, "files.photo_broken");
    return e->trouble.why;
}
