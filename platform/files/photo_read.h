/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Inside of photos: what happens to a stranger's picture in the child (photo_parse and the
 * decoders) and what the house says of the result (photo_clean, photo_check). For platform/files
 * and its tests only; others use photo.h. */
#ifndef HT_FILES_PHOTO_READ_H
#define HT_FILES_PHOTO_READ_H
#include "platform/base/arena.h"
#include "platform/base/err.h"
#include "platform/base/str.h"
#include "platform/files/sheet_read.h"

/* A photo has at most 40 million pixels and 65,500 a side (what JPEG can say); a clean one 2,000 on
 * its longer side, its preview 320, and no more bytes than noise of that size takes. */
enum { PHOTO_PIXELS_MAX = 40000000, PHOTO_SIDE_MAX = 65500 };
enum { PHOTO_SIDE = 2000, PHOTO_PREVIEW_SIDE = 320, PHOTO_BYTES_MAX = 16 << 20 };

/* ---- in the child ---- */

struct photo_size {
    i64 width, height;
};

/* Rows of red, green and blue, 3 bytes a pixel, without gaps. */
struct photo_pixels {
    struct photo_size size;
    unsigned char *rgb;
};

/* A decoded picture, made smaller already. orientation: 1 to 8 as EXIF has it, to be applied. */
struct photo_decoded {
    struct photo_pixels pixels;
    int orientation;
};

/* Takes the open file apart and makes it clean: the picture and then its preview, both JPEG, are
 * appended to in->spool_fd; one row says of both width, height and bytes. Errors: INVALID
 * files.photo_type, files.photo_heic, files.photo_pixels, files.photo_broken, files.photo_animated,
 * files.photo_mixed; BUSY docs.disk. */
err photo_parse(struct arena *mem, const struct sheet_input *in, const struct sheet_reader *reader);

/* The decoders. file: whole, with the right first bytes. out: pixels in mem, at most PHOTO_SIDE on
 * the longer side. Errors: INVALID files.photo_pixels (too many, or more than the memory holds),
 * files.photo_broken, files.photo_animated. */
err photo_jpeg_decode(struct arena *mem, bytes file, struct photo_decoded *out);
err photo_png_decode(struct arena *mem, bytes file, struct photo_decoded *out);
err photo_webp_decode(struct arena *mem, bytes file, struct photo_decoded *out);

/* A JPEG of them, turned as EXIF's orientation says: baseline, sRGB meant, nothing in it but what
 * the picture needs. out: in mem. Errors: INVALID files.photo_broken (no memory). */
err photo_jpeg_encode(struct arena *mem, const struct photo_pixels *pixels, int orientation,
                      bytes *out);

/* Whether a picture that says it is so large is taken. Errors: INVALID files.photo_broken
 * (nothing), files.photo_pixels. */
err photo_size_check(i64 width, i64 height);

/* Orientation in an EXIF block (TIFF, with or without "Exif\0\0" before it); 1 when it says none.
 */
int photo_exif_orientation(bytes exif);

/* Whether the file is at the same time something that other programs open or run: a ZIP, RAR, 7z or
 * PDF, a page or a script. */
bool photo_is_mixed(bytes file);

/* ---- smaller ---- */

/* The size with at most `side` on the longer side; never larger, never nothing. */
struct photo_size photo_size_within(struct photo_size size, i64 side);

/* Makes a picture smaller row by row: each pixel is the mean of the area that it covers. */
struct photo_scaler {
    struct photo_size from;
    struct photo_pixels to;
    i64 row;             /* next one of `from` */
    i64 out;             /* next one of `to` */
    uint32_t *line;      /* the row just given, as wide as `to`, in units of from.width */
    uint64_t *sum;       /* of rows, in units of from.width * from.height */
    unsigned char *flat; /* a row without transparency */
};

/* to: no larger than from in any direction. */
void photo_scaler_begin(struct photo_scaler *s, struct arena *mem, struct photo_size from,
                        struct photo_size to);

/* The next row: RGB; or RGB with transparency, seen on white. Exactly from.height of them complete
 * s->to. */
void photo_scaler_row(struct photo_scaler *s, const unsigned char *rgb);
void photo_scaler_row_rgba(struct photo_scaler *s, const unsigned char *rgba);

/* ---- in the house ---- */

/* One JPEG in a spool file. */
struct photo_part {
    struct photo_size size;
    i64 at, size_bytes;
};

/* What a child made of a photo: a nameless file that holds both, closed with mem. */
struct photo_clean {
    int fd;
    struct photo_part picture, preview;
};

/* Has the photo at path cleaned by a child. Never in this process: without a helper that is BUSY.
 * Nothing of what the child says is believed yet but its numbers: photo_part_write. Errors: those
 * of photo_parse; INVALID files.photo_odd (the child ended before its time, or said nonsense);
 * NOT_FOUND files.missing; BUSY docs.disk, files.reader_gone. */
err photo_clean(struct arena *mem, str path, struct photo_clean *out);

/* Copies a part into an empty file that the child cannot reach, and judges it there. Errors:
 * INVALID files.photo_odd (it is not a plain JPEG of the size it should have); BUSY docs.disk. */
err photo_part_write(int from, const struct photo_part *part, int to);

/* Whether these bytes are a JPEG as photo_jpeg_encode writes it, of this size, with nothing before,
 * between or behind its segments. Decodes nothing. */
bool photo_is_plain(bytes jpeg, struct photo_size size);
#endif
