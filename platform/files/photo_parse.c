/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A stranger's picture becomes a clean one (photo_read.h), in the child: what it is by its content,
 * whether it is something else as well, its decoder, its orientation, and two JPEGs made anew.
 * Nothing of the file goes through but its pixels. Judged again by the house: photo_clean.c. */
#include <assert.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "platform/files/photo_read.h"
#include "platform/files/temp.h"

enum { LOOK = 1024, ZIP_END = 22, ZIP_COMMENT_MAX = 65535, EXIF_TAG = 0x0112, EXIF_SHORT = 3 };
enum { IFD_ENTRY = 12, TIFF_HEAD = 8, FACTS = 6 };

/* ---- what it is ---- */

static bool begins(bytes file, size_t at, const char *text)
{
    size_t len = strlen(text);
    return file.len >= at + len && memcmp(file.ptr + at, text, len) == 0;
}

/* The photos of an iPhone, and others of that container (ISO/IEC 23008-12). */
static bool is_heic(bytes file)
{
    static const char *const BRANDS[] = { "heic", "heix", "heim", "heis", "hevc",
                                          "hevx", "mif1", "msf1", "avif", "avis" };
    for (size_t i = 0; begins(file, 4, "ftyp") && i < sizeof BRANDS / sizeof *BRANDS; i++)
        if (begins(file, 8, BRANDS[i]))
            return true;
    return false;
}

static err decode(struct arena *mem, bytes file, struct photo_decoded *out)
{
    if (begins(file, 0, "\xFF\xD8\xFF"))
        return photo_jpeg_decode(mem, file, out);
    if (begins(file, 0, "\x89PNG\r\n\x1A\n"))
        return photo_png_decode(mem, file, out);
    if (begins(file, 0, "RIFF") && begins(file, 8, "WEBP"))
        return photo_webp_decode(mem, file, out);
    return err_make(ERR_INVALID, is_heic(file) ? "files.photo_heic" : "files.photo_type");
}

/* ---- what else it is ---- */

/* Marks long enough not to come up in twenty megabytes of pixels by chance; shorter ones count at
 * the begin only, where a browser looks. */
static const struct {
    const char *text;
    bool folded, at_begin;
} MARKS[] = {
    { "%PDF-1.", false, false },      { "%PDF-2.", false, false },
    { "Rar!\x1A\x07", false, false }, { "7z\xBC\xAF\x27\x1C", false, false },
    { "<script", true, false },       { "<!doctype", true, false },
    { "<?php ", true, false },        { "<html", true, true },
    { "<svg", true, true },           { "%PDF-", false, true },
};

static bool has_mark(bytes file, const char *text, bool folded)
{
    size_t len = strlen(text);
    const unsigned char *at = file.ptr, *end = file.ptr + file.len;
    for (; at && (size_t)(end - at) >= len; at++) {
        at = memchr(at, text[0], (size_t)(end - at) - len + 1);
        if (!at)
            break;
        const char *there = (const char *)at;
        if (folded ? strncasecmp(there, text, len) == 0 : memcmp(there, text, len) == 0)
            return true;
    }
    return false;
}

static size_t little(const unsigned char *p, int count)
{
    size_t n = 0;
    for (int i = count - 1; i >= 0; i--)
        n = n << 8 | p[i];
    return n;
}

/* A record that ends a ZIP, with its directory right before it. */
static bool is_zip_end(bytes file, size_t at)
{
    if (!begins(file, at, "PK\x05\x06") || file.len - at < ZIP_END)
        return false;
    size_t directory = little(file.ptr + at + 12, 4);
    return directory == 0 || (directory <= at && begins(file, at - directory, "PK\x01\x02"));
}

static bool is_zip(bytes file)
{
    size_t most = ZIP_END + ZIP_COMMENT_MAX;
    for (size_t at = file.len > most ? file.len - most : 0; at + ZIP_END <= file.len; at++)
        if (file.ptr[at] == 'P' && is_zip_end(file, at))
            return true;
    return false;
}

bool photo_is_mixed(bytes file)
{
    bytes begin = { file.ptr, file.len < LOOK ? file.len : LOOK };
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++)
        if (has_mark(MARKS[i].at_begin ? begin : file, MARKS[i].text, MARKS[i].folded))
            return true;
    return is_zip(file);
}

/* ---- orientation ---- */

static size_t exif_number(bytes exif, size_t at, int count)
{
    size_t n = 0;
    for (int i = 0; i < count; i++)
        n = n << 8 | exif.ptr[at + (size_t)(exif.ptr[0] == 'I' ? count - 1 - i : i)];
    return n;
}

int photo_exif_orientation(bytes exif)
{
    if (begins(exif, 0, "Exif"))
        exif = exif.len < 6 ? (bytes){ 0 } : (bytes){ exif.ptr + 6, exif.len - 6 };
    if (exif.len < TIFF_HEAD || (!begins(exif, 0, "II") && !begins(exif, 0, "MM")) ||
        exif_number(exif, 2, 2) != 42)
        return 1;
    size_t at = exif_number(exif, 4, 4);
    if (at > exif.len - 2)
        return 1;
    size_t count = exif_number(exif, at, 2);
    for (at += 2; count > 0 && exif.len - at >= IFD_ENTRY; count--, at += IFD_ENTRY) {
        size_t value = exif_number(exif, at + 8, 2);
        if (exif_number(exif, at, 2) == EXIF_TAG && exif_number(exif, at + 2, 2) == EXIF_SHORT)
            return value >= 1 && value <= 8 ? (int)value : 1;
    }
    return 1;
}

/* ---- the clean one ---- */

static void shrink(struct arena *mem, const struct photo_pixels *from, i64 side,
                   struct photo_pixels *out)
{
    struct photo_scaler s;
    photo_scaler_begin(&s, mem, from->size, photo_size_within(from->size, side));
    for (i64 y = 0; y < from->size.height; y++)
        photo_scaler_row(&s, from->rgb + y * from->size.width * 3);
    *out = s.to;
}

/* Encodes, appends to the file, and says the numbers of it. */
static err part_make(struct arena *mem, const struct photo_pixels *pixels, int orientation,
                     const struct sheet_input *in, str facts[3])
{
    bytes made = { 0 };
    TRY(photo_jpeg_encode(mem, pixels, orientation, &made));
    TRY(temp_write(in->spool_fd, (str){ (const char *)made.ptr, made.len }));
    bool turned = orientation >= 5;
    const struct photo_size *s = &pixels->size;
    facts[0] = arena_printf(mem, "%lld", (long long)(turned ? s->height : s->width));
    facts[1] = arena_printf(mem, "%lld", (long long)(turned ? s->width : s->height));
    facts[2] = arena_printf(mem, "%zu", made.len);
    return OK;
}

static err make(struct arena *mem, bytes file, const struct sheet_input *in,
                const struct sheet_reader *reader)
{
    struct photo_decoded d = { 0 };
    struct photo_pixels small;
    str facts[FACTS];
    const struct sheet_row row = { 1, { facts, FACTS } };
    TRY(decode(mem, file, &d));
    if (photo_is_mixed(file))
        return err_make(ERR_INVALID, "files.photo_mixed");
    assert(d.pixels.rgb);
    shrink(mem, &d.pixels, PHOTO_PREVIEW_SIDE, &small);
    TRY(part_make(mem, &d.pixels, d.orientation, in, facts));
    TRY(part_make(mem, &small, d.orientation, in, facts + 3));
    return reader->row(reader->context, &row);
}

err photo_parse(struct arena *mem, const struct sheet_input *in, const struct sheet_reader *reader)
{
    struct stat info;
    assert(in->task == TASK_PHOTO && reader->row);
    if (fstat(in->fd, &info) != 0 || info.st_size <= 0)
        return err_make(ERR_INVALID, "files.photo_type");
    size_t size = (size_t)info.st_size;
    void *whole = mmap(NULL, size, PROT_READ, MAP_PRIVATE, in->fd, 0);
    if (whole == MAP_FAILED)
        return err_make(ERR_INVALID, "files.photo_type");
    err e = make(mem, (bytes){ whole, size }, in, reader);
    munmap(whole, size);
    return e;
}
