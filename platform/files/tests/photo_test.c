/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Photos that strangers send (photo_read.h; quality U4, U5), made from code: what comes through is
 * the picture, turned upright, and nothing else; what is cut, lies, moves, is too large or is two
 * things at once is refused by its name. The child: server/tests/photo_reader_test.c; pages:
 * photo_page_test.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#include "platform/base/buf.h"
#include "platform/files/photo_read.h"
#include "platform/files/tests/photo_samples.h"

enum { RGB = 3, MEMORY = 512 << 20, MUTATIONS = 200 };

/* What photo_parse made. */
struct made {
    struct arena *mem;
    i64 facts[6];
    bytes picture, preview;
};

static int set_up(void **state)
{
    struct arena *mem = arena_new(MEMORY, 0);
    struct made *m = arena_zero(mem, sizeof *m);
    m->mem = mem;
    *state = m;
    return 0;
}

static int tear_down(void **state)
{
    arena_free(((struct made *)*state)->mem);
    return 0;
}

static err facts_take(void *context, const struct sheet_row *row)
{
    struct made *m = context;
    assert_int_equal(row->cells.count, 6);
    for (size_t i = 0; i < 6; i++)
        assert_true(str_to_i64(row->cells.items[i], &m->facts[i]));
    return OK;
}

static bytes part(struct made *m, int fd, i64 at, i64 size)
{
    unsigned char *space = arena_bytes(m->mem, (size_t)size);
    assert_int_equal(pread(fd, space, (size_t)size, at), size);
    return (bytes){ space, (size_t)size };
}

/* As a child would, in this process. */
static err parse(struct made *m, bytes file)
{
    const struct sheet_reader reader = { .row = facts_take, .context = m };
    const struct sheet_input in = {
        memfd_create("photo", 0), memfd_create("clean", 0), { "", 0 }, true
    };
    assert_int_equal(write(in.fd, file.ptr, file.len), (ssize_t)file.len);
    err e = photo_parse(m->mem, &in, &reader);
    if (!e.code) {
        m->picture = part(m, in.spool_fd, 0, m->facts[2]);
        m->preview = part(m, in.spool_fd, m->facts[2], m->facts[5]);
        assert_int_equal(lseek(in.spool_fd, 0, SEEK_END), m->facts[2] + m->facts[5]);
    }
    close(in.fd);
    close(in.spool_fd);
    return e;
}

static void accepted(struct made *m, bytes file, i64 width, i64 height)
{
    err e = parse(m, file);
    if (e.code)
        fail_msg("%s", e.name);
    assert_int_equal(m->facts[0], width);
    assert_int_equal(m->facts[1], height);
    assert_true(photo_is_plain(m->picture, (struct photo_size){ width, height }));
    assert_true(photo_is_plain(m->preview, (struct photo_size){ m->facts[3], m->facts[4] }));
}

static void refused(struct made *m, bytes file, const char *name)
{
    err e = parse(m, file);
    if (!err_is(e, name))
        fail_msg("%s where %s is due", e.name ? e.name : "taken", name);
    assert_int_equal(e.code, ERR_INVALID);
}

/* The colour in the middle of a quarter is, within what JPEG loses, the one of COLOURS. */
static char colour_at(const unsigned char *rgb, int width, int x, int y)
{
    static const struct {
        char name;
        unsigned char rgb[RGB];
    } COLOURS[] = { { 'A', { 220, 30, 30 } },
                    { 'B', { 30, 180, 40 } },
                    { 'C', { 30, 40, 210 } },
                    { 'D', { 230, 220, 40 } } };
    const unsigned char *p = rgb + ((size_t)y * (size_t)width + (size_t)x) * RGB;
    for (size_t i = 0; i < 4; i++) {
        int off = 0;
        for (int c = 0; c < RGB; c++)
            off += abs(p[c] - COLOURS[i].rgb[c]);
        if (off < 30)
            return COLOURS[i].name;
    }
    return '?';
}

/* Quarters of a picture, row by row; every pixel but those beside a border is looked at. */
static void quarters_are(struct arena *mem, bytes jpeg, const char *expected)
{
    enum { BORDER = 4 };
    int width, height;
    const unsigned char *rgb = sample_decode(mem, jpeg, &width, &height);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            if (abs(x - width / 2) < BORDER || abs(y - height / 2) < BORDER)
                continue;
            char is = colour_at(rgb, width, x, y);
            if (is != expected[(y >= height / 2) * 2 + (x >= width / 2)])
                fail_msg("%c at %d,%d of %s", is, x, y, expected);
        }
}

/* ---- what comes through ---- */

/* By EXIF 2.3, what row 0 and column 0 show, applied to the quarters A B / C D by hand. */
static const char *const TURNED[] = {
    "ABCD", "BADC", "DCBA", "CDAB", "ACBD", "CADB", "DBCA", "BDAC"
};

static void all_orientations_in_all_formats(void **state)
{
    struct made *m = *state;
    enum { W = 96, H = 64 };
    const unsigned char *rgb = sample_quarters(m->mem, W, H);
    const bytes jpeg = sample_jpeg(m->mem, rgb, W, H, SAMPLE_PLAIN);
    const bytes png = sample_png(m->mem, &(struct sample_png){ W, H, rgb, false, false });
    const bytes webp = sample_webp(m->mem, rgb, W, H, true);
    for (int o = 1; o <= 8; o++) {
        const bytes exif = sample_exif(m->mem, o, o % 2);
        const bytes headed =
            sample_join(m->mem, (bytes){ (const unsigned char *)"Exif\0", 6 }, exif);
        const bytes files[] = { sample_jpeg_with(m->mem, jpeg, exif, false),
                                sample_png_with(m->mem, png, "eXIf", exif),
                                sample_webp_with(m->mem, webp, exif, false),
                                sample_webp_with(m->mem, webp, headed, false) };
        for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
            accepted(m, files[f], o > 4 ? H : W, o > 4 ? W : H);
            quarters_are(m->mem, m->picture, TURNED[o - 1]);
            quarters_are(m->mem, m->preview, TURNED[o - 1]);
        }
    }
}

/* Where the pixel at x, y of the upright picture lies in the stored one. */
static size_t turned_from(int o, int x, int y, int w, int h)
{
    static const struct {
        bool swap, right,
            bottom; /* axes; counted from the right, from the bottom of the stored one */
    } HOW[] = { { 0, 0, 0 }, { 0, 1, 0 }, { 0, 1, 1 }, { 0, 0, 1 },
                { 1, 0, 0 }, { 1, 0, 1 }, { 1, 1, 1 }, { 1, 1, 0 } };
    int column = HOW[o - 1].swap ? y : x, row = HOW[o - 1].swap ? x : y;
    column = HOW[o - 1].right ? w - 1 - column : column;
    row = HOW[o - 1].bottom ? h - 1 - row : row;
    return (size_t)row * (size_t)w + (size_t)column;
}

/* Noise turned by hand and encoded is byte for byte what the encoder makes of the stored noise. */
static void orientation_is_exact_to_the_pixel(void **state)
{
    struct made *m = *state;
    enum { W = 37, H = 21 };
    unsigned char *rgb = sample_noise(m->mem, W, H, 7), turned[W * H * RGB];
    const struct photo_pixels stored = { { W, H }, rgb };
    for (int o = 1; o <= 8; o++) {
        int w = o > 4 ? H : W, h = o > 4 ? W : H;
        struct photo_pixels upright = { { w, h }, turned };
        bytes a, b;
        for (int y = 0; y < h; y++)
            for (int x = 0; x < w; x++)
                memcpy(turned + (y * w + x) * RGB, rgb + turned_from(o, x, y, W, H) * RGB, RGB);
        assert_int_equal(photo_jpeg_encode(m->mem, &stored, o, &a).code, ERR_NONE);
        assert_int_equal(photo_jpeg_encode(m->mem, &upright, 1, &b).code, ERR_NONE);
        assert_int_equal(a.len, b.len);
        assert_memory_equal(a.ptr, b.ptr, a.len);
    }
}

static void is_clean(struct made *m)
{
    static const unsigned char SEGMENTS[] = { 0xD8, 0xE0, 0xDB, 0xC0, 0xC4, 0xDA, 0xD9 };
    const bytes parts[] = { m->picture, m->preview };
    for (size_t i = 0; i < 2; i++) {
        assert_false(sample_has(parts[i], "CANARY"));
        assert_false(sample_has(parts[i], "Exif"));
        for (size_t at = 0; at + 1 < parts[i].len; at++) {
            unsigned char mark = parts[i].ptr[at + 1];
            if (parts[i].ptr[at] == 0xFF && mark != 0 && mark != 0xFF)
                assert_non_null(memchr(SEGMENTS, mark, sizeof SEGMENTS));
        }
    }
}

static void nothing_but_pixels_comes_through(void **state)
{
    struct made *m = *state;
    const bytes words = { (const unsigned char *)"Comment\0" SAMPLE_CANARY,
                          8 + sizeof SAMPLE_CANARY };
    const unsigned char *rgb = sample_quarters(m->mem, 96, 64);
    const bytes exif = sample_exif(m->mem, 6, true);
    bytes png = sample_png(m->mem, &(struct sample_png){ 96, 64, rgb, false, false });
    png = sample_png_with(m->mem, sample_png_with(m->mem, png, "tEXt", words), "eXIf", exif);
    const bytes files[] = {
        sample_jpeg_with(m->mem, sample_jpeg(m->mem, rgb, 96, 64, SAMPLE_PLAIN), exif, true),
        sample_join(m->mem, png, words),
        sample_join(m->mem,
                    sample_webp_with(m->mem, sample_webp(m->mem, rgb, 96, 64, false), exif, false),
                    words),
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        assert_true(sample_has(files[i], SAMPLE_CANARY));
        accepted(m, files[i], 64, 96);
        quarters_are(m->mem, m->picture, "CADB");
        is_clean(m);
    }
}

static void every_kind_of_picture_is_read(void **state)
{
    struct made *m = *state;
    enum { W = 96, H = 64 };
    const unsigned char *rgb = sample_quarters(m->mem, W, H);
    unsigned char *faint = arena_bytes(m->mem, W * H * 4);
    for (int i = 0; i < W * H; i++) { /* what is transparent is seen on white */
        memcpy(faint + i * 4, rgb + i * RGB, RGB);
        faint[i * 4 + 3] = i % W < W / 2 ? 255 : 0;
    }
    const bytes files[] = { sample_jpeg(m->mem, rgb, W, H, SAMPLE_PLAIN),
                            sample_jpeg(m->mem, rgb, W, H, SAMPLE_PROGRESSIVE),
                            sample_jpeg(m->mem, rgb, W, H, SAMPLE_CMYK),
                            sample_png(m->mem, &(struct sample_png){ W, H, rgb, false, false }),
                            sample_png(m->mem, &(struct sample_png){ W, H, rgb, false, true }),
                            sample_webp(m->mem, rgb, W, H, false),
                            sample_webp(m->mem, rgb, W, H, true) };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        accepted(m, files[i], W, H);
        quarters_are(m->mem, m->picture, "ABCD");
    }
    int width, height;
    accepted(m, sample_jpeg(m->mem, rgb, W, H, SAMPLE_GRAY), W, H);
    const unsigned char *gray = sample_decode(m->mem, m->picture, &width, &height);
    assert_in_range(gray[0], (220 + 30 + 30) / 3 - 4, (220 + 30 + 30) / 3 + 4);
    assert_in_range(gray[1], gray[0] - 2, gray[0] + 2);
    accepted(m, sample_png(m->mem, &(struct sample_png){ W, H, faint, true, false }), W, H);
    const unsigned char *seen = sample_decode(m->mem, m->picture, &width, &height);
    assert_int_equal(colour_at(seen, W, 10, 10), 'A');
    assert_in_range(seen[(10 * W + W - 10) * RGB], 250, 255);
}

static void sizes(void **state)
{
    struct made *m = *state;
    const unsigned char *dot = sample_quarters(m->mem, 1, 1);
    accepted(m, sample_jpeg(m->mem, dot, 1, 1, SAMPLE_PLAIN), 1, 1);
    accepted(m, sample_png(m->mem, &(struct sample_png){ 1, 1, dot, false, false }), 1, 1);
    accepted(m, sample_webp(m->mem, dot, 1, 1, true), 1, 1);
    const unsigned char *rgb = sample_quarters(m->mem, 4160, 1000);
    accepted(m, sample_jpeg(m->mem, rgb, 4160, 1000, SAMPLE_PLAIN), 2000, 481); /* 480.8 */
    quarters_are(m->mem, m->picture, "ABCD");
    assert_int_equal(m->facts[3], 320);
    assert_int_equal(m->facts[4], 77); /* 320 * 481 / 2000 = 76.96 */
    accepted(m, sample_webp(m->mem, rgb, 4160, 1000, false), 2000, 481);
    quarters_are(m->mem, m->picture, "ABCD");
    const unsigned char *strip = sample_quarters(m->mem, 6001, 1);
    accepted(m, sample_png(m->mem, &(struct sample_png){ 6001, 1, strip, false, false }), 2000, 1);
}

/* A row 0, 30, … 150 of six pixels as four: 1.5 pixels each, in sixths of the sum by hand. */
static void means_are_exact(void **state)
{
    struct made *m = *state;
    static const unsigned char EXPECTED[] = { 10, 50, 100, 140 };
    unsigned char row[6 * RGB];
    struct photo_scaler s;
    for (int x = 0; x < 6 * RGB; x++)
        row[x] = (unsigned char)(x / RGB * 30);
    photo_scaler_begin(&s, m->mem, (struct photo_size){ 6, 3 }, (struct photo_size){ 4, 2 });
    for (int y = 0; y < 3; y++)
        photo_scaler_row(&s, row);
    for (int i = 0; i < 2 * 4 * RGB; i++)
        assert_int_equal(s.to.rgb[i], EXPECTED[i / RGB % 4]);
}

static void forty_million_pixels_are_the_border(void **state)
{
    struct made *m = *state;
    accepted(m, sample_png(m->mem, &(struct sample_png){ 8000, 5000, NULL, false, false }), 2000,
             1250);
    bytes over = sample_png(m->mem, &(struct sample_png){ 8000, 5001, NULL, false, false });
    refused(m, over, "files.photo_pixels");
    over = sample_png(m->mem, &(struct sample_png){ 65501, 2, NULL, false, false });
    refused(m, over, "files.photo_pixels");
}

/* ---- what is refused ---- */

static void cut_at_every_length(void **state)
{
    struct made *m = *state;
    const unsigned char *rgb = sample_noise(m->mem, 12, 9, 3);
    const bytes exif = sample_exif(m->mem, 3, false);
    const bytes files[] = {
        sample_jpeg_with(m->mem, sample_jpeg(m->mem, rgb, 12, 9, SAMPLE_PLAIN), exif, false),
        sample_jpeg(m->mem, rgb, 12, 9, SAMPLE_PROGRESSIVE),
        sample_png_with(m->mem, sample_png(m->mem, &(struct sample_png){ 12, 9, rgb, false, true }),
                        "eXIf", exif),
        sample_webp_with(m->mem, sample_webp(m->mem, rgb, 12, 9, false), exif, false),
        sample_webp(m->mem, rgb, 12, 9, true),
    };
    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        struct arena_mark mark = arena_mark(m->mem);
        for (size_t len = 0; len < files[f].len; len++) {
            err e = parse(m, (bytes){ files[f].ptr, len });
            if (!err_is(e, len < 12 && err_is(e, "files.photo_type") ? "files.photo_type"
                                                                     : "files.photo_broken"))
                fail_msg("file %zu cut at %zu of %zu: %s", f, len, files[f].len,
                         e.name ? e.name : "taken");
            arena_reset_to(m->mem, mark);
        }
        accepted(m, files[f], 12, 9);
    }
}

static bytes copy_of(struct made *m, bytes file, unsigned char **out)
{
    *out = arena_bytes(m->mem, file.len);
    memcpy(*out, file.ptr, file.len);
    return (bytes){ *out, file.len };
}

static void headers_that_lie(void **state)
{
    struct made *m = *state;
    enum { SOF_HEIGHT = 5, SOF_WIDTH = 7, IHDR = 8 };
    static const struct {
        int width, height;
        const char *name;
    } CASES[] = {
        { 64, 96, "files.photo_broken" },     { 96, 64, "files.photo_broken" },
        { 64, 32, "files.photo_broken" },     { 32, 64, "files.photo_broken" },
        { 64, 0, "files.photo_broken" },      { 0, 64, "files.photo_broken" },
        { 8000, 5001, "files.photo_pixels" }, { 65000, 65000, "files.photo_pixels" },
        { 6000, 6000, "files.photo_broken" },
    };
    const unsigned char *rgb = sample_noise(m->mem, 64, 64, 5);
    const bytes jpeg = sample_jpeg(m->mem, rgb, 64, 64, SAMPLE_PLAIN);
    const bytes png = sample_png(m->mem, &(struct sample_png){ 64, 64, rgb, false, false });
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        unsigned char *p;
        bytes file = copy_of(m, jpeg, &p);
        p += sample_mark(file, 0xC0);
        p[SOF_HEIGHT] = (unsigned char)(CASES[i].height >> 8);
        p[SOF_HEIGHT + 1] = (unsigned char)CASES[i].height;
        p[SOF_WIDTH] = (unsigned char)(CASES[i].width >> 8);
        p[SOF_WIDTH + 1] = (unsigned char)CASES[i].width;
        refused(m, file, CASES[i].name);
        file = copy_of(m, png, &p);
        p[IHDR + 10] = (unsigned char)(CASES[i].width >> 8);
        p[IHDR + 11] = (unsigned char)CASES[i].width;
        p[IHDR + 14] = (unsigned char)(CASES[i].height >> 8);
        p[IHDR + 15] = (unsigned char)CASES[i].height;
        sample_png_mend(p, IHDR);
        refused(m, file, CASES[i].name);
    }
}

/* The frame of a WebP is larger than its data; the outer size is not that of the frame. */
static void a_webp_that_lies(void **state)
{
    struct made *m = *state;
    enum { WIDTH = 26, CANVAS = 24 };
    const unsigned char *rgb = sample_noise(m->mem, 64, 64, 5);
    unsigned char *p;
    bytes file = copy_of(m, sample_webp(m->mem, rgb, 64, 64, false), &p);
    p[WIDTH + 1] = 8; /* 2112 wide */
    refused(m, file, "files.photo_broken");
    const bytes outer = sample_webp_with(m->mem, sample_webp(m->mem, rgb, 64, 64, false),
                                         sample_exif(m->mem, 1, false), false);
    file = copy_of(m, outer, &p);
    p[CANVAS] = 99;
    refused(m, file, "files.photo_broken");
}

static void other_things(void **state)
{
    struct made *m = *state;
    static const char *const HEIC[] = { "\0\0\0\x18"
                                        "ftypheic",
                                        "\0\0\0\x18"
                                        "ftypmif1" };
    static const char *const OTHERS[] = { "GIF89a\1\0\1\0\0\0\0;", "%PDF-1.7", "<svg/>",
                                          "BM1234567890",          "x",        "PK\3\4" };
    const unsigned char *rgb = sample_quarters(m->mem, 16, 16);
    for (size_t i = 0; i < 2; i++)
        refused(m, (bytes){ (const unsigned char *)HEIC[i], 12 }, "files.photo_heic");
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++)
        refused(m, (bytes){ (const unsigned char *)OTHERS[i], strlen(OTHERS[i]) },
                "files.photo_type");
    const bytes moving = { (const unsigned char *)"\0\0\0\2\0\0\0\0", 8 };
    const bytes png = sample_png(m->mem, &(struct sample_png){ 16, 16, rgb, false, false });
    refused(m, sample_png_with(m->mem, png, "acTL", moving), "files.photo_animated");
    const bytes webp = sample_webp(m->mem, rgb, 16, 16, true);
    refused(m, sample_webp_with(m->mem, webp, moving, true), "files.photo_animated");
}

/* A record that ends a ZIP with one entry right before it. */
static bytes zip_tail(struct arena *mem)
{
    enum { ENTRY = 46, END = 22 };
    unsigned char *made = arena_zero(mem, ENTRY + END);
    memcpy(made, "PK\1\2", 4);
    memcpy(made + ENTRY, "PK\5\6", 4);
    made[ENTRY + 8] = made[ENTRY + 10] = 1;
    made[ENTRY + 12] = ENTRY;
    return (bytes){ made, ENTRY + END };
}

static void two_things_at_once(void **state)
{
    struct made *m = *state;
    static const char *const TAILS[] = { "%PDF-1.4 x", "<SCRIPT>alert(1)</script>", "<?php x();",
                                         "Rar!\x1A\x07\x01", "<!DOCTYPE html>" };
    const unsigned char *rgb = sample_quarters(m->mem, 64, 64);
    const bytes files[] = { sample_jpeg(m->mem, rgb, 64, 64, SAMPLE_PLAIN),
                            sample_png(m->mem, &(struct sample_png){ 64, 64, rgb, false, false }),
                            sample_webp(m->mem, rgb, 64, 64, true) };
    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        for (size_t t = 0; t < sizeof TAILS / sizeof *TAILS; t++) {
            const bytes tail = { (const unsigned char *)TAILS[t], strlen(TAILS[t]) };
            refused(m, sample_join(m->mem, files[f], tail), "files.photo_mixed");
        }
        const bytes zip = sample_join(m->mem, files[f], zip_tail(m->mem));
        refused(m, zip, "files.photo_mixed");
        refused(m, sample_join(m->mem, zip, files[f]), "files.photo_mixed"); /* with a comment */
        const bytes film = { (const unsigned char *)"\0\0\0\x18"
                                                    "ftypmp42PK\5\6",
                             16 };
        accepted(m, sample_join(m->mem, files[f], film), 64,
                 64); /* a phone's: simply left behind */
    }
    const bytes page = { (const unsigned char *)"<html><body>", 12 };
    refused(m, sample_png_with(m->mem, files[1], "tEXt", page), "files.photo_mixed");
}

/* A text of 100 MB packed into a chunk is not unpacked; a scan repeated thousands of times ends. */
static void bombs(void **state)
{
    struct made *m = *state;
    enum { PLAIN = 100 << 20, SCANS = 3000 };
    uLongf size = 1 << 20;
    unsigned char *packed = arena_zero(m->mem, size + 4), *zeros = calloc(PLAIN, 1);
    memcpy(packed, "a\0\0", 3);
    assert_int_equal(compress2(packed + 3, &size, zeros, PLAIN, 9), Z_OK);
    free(zeros);
    const unsigned char *rgb = sample_quarters(m->mem, 64, 64);
    const bytes png = sample_png(m->mem, &(struct sample_png){ 64, 64, rgb, false, false });
    size_t before = arena_used(m->mem);
    bytes file = sample_png_with(m->mem, png, "zTXt", (bytes){ packed, size + 3 });
    accepted(m, file, 64, 64);
    assert_true(arena_used(m->mem) - before < 40 << 20);
    const bytes jpeg = sample_jpeg(m->mem, rgb, 64, 64, SAMPLE_PROGRESSIVE);
    size_t at = jpeg.len - 2;
    while (jpeg.ptr[at] != 0xFF || jpeg.ptr[at + 1] != 0xDA)
        at--;
    const bytes scan = { jpeg.ptr + at, jpeg.len - 2 - at };
    unsigned char *many = arena_bytes(m->mem, jpeg.len + SCANS * scan.len),
                  *to = many + jpeg.len - 2;
    memcpy(many, jpeg.ptr, jpeg.len - 2);
    for (int i = 0; i < SCANS; i++, to += scan.len)
        memcpy(to, scan.ptr, scan.len);
    memcpy(to, "\xFF\xD9", 2);
    refused(m, (bytes){ many, jpeg.len + SCANS * scan.len }, "files.photo_broken");
}

static bool is_named(err e)
{
    static const char *const NAMES[] = { "files.photo_type",     "files.photo_heic",
                                         "files.photo_pixels",   "files.photo_broken",
                                         "files.photo_animated", "files.photo_mixed" };
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (err_is(e, NAMES[i]))
            return e.code == ERR_INVALID;
    return false;
}

/* Whatever is broken: either a clean picture or a name. */
static void broken_by_chance(void **state)
{
    struct made *m = *state;
    const unsigned char *rgb = sample_noise(m->mem, 40, 30, 11);
    const bytes exif = sample_exif(m->mem, 6, true);
    const bytes files[] = {
        sample_jpeg_with(m->mem, sample_jpeg(m->mem, rgb, 40, 30, SAMPLE_PLAIN), exif, true),
        sample_jpeg(m->mem, rgb, 40, 30, SAMPLE_PROGRESSIVE),
        sample_png_with(m->mem,
                        sample_png(m->mem, &(struct sample_png){ 40, 30, rgb, false, true }),
                        "eXIf", exif),
        sample_webp_with(m->mem, sample_webp(m->mem, rgb, 40, 30, false), exif, false),
        sample_webp(m->mem, rgb, 40, 30, true),
    };
    uint32_t seed = 2026;
    for (size_t i = 0; i < MUTATIONS; i++) {
        struct arena_mark mark = arena_mark(m->mem);
        unsigned char *p;
        bytes file = copy_of(m, files[i % 5], &p);
        for (size_t hits = i % 7 + 1; hits; hits--) {
            seed = seed * 1664525 + 1013904223;
            p[(seed >> 8) % file.len] ^= (unsigned char)(1 << (seed & 7));
        }
        err e = parse(m, file);
        if (e.code && !is_named(e))
            fail_msg("mutation %zu: %s", i, e.name);
        if (!e.code)
            is_clean(m);
        arena_reset_to(m->mem, mark);
    }
}

/* ---- the house's look ---- */

static void only_a_plain_jpeg_is_plain(void **state)
{
    struct made *m = *state;
    const struct photo_size size = { 64, 48 };
    const unsigned char *rgb = sample_quarters(m->mem, 64, 48);
    const struct photo_pixels pixels = { size, (unsigned char *)(uintptr_t)rgb };
    bytes good;
    unsigned char *p;
    assert_int_equal(photo_jpeg_encode(m->mem, &pixels, 1, &good).code, ERR_NONE);
    assert_true(photo_is_plain(good, size));
    assert_false(photo_is_plain(good, (struct photo_size){ 48, 64 }));
    for (size_t len = 0; len < good.len; len++)
        assert_false(photo_is_plain((bytes){ good.ptr, len }, size));
    const bytes more = { (const unsigned char *)"x", 1 }, exif = sample_exif(m->mem, 1, true);
    assert_false(photo_is_plain(sample_join(m->mem, good, more), size));
    assert_false(photo_is_plain(sample_join(m->mem, good, good), size));
    assert_false(photo_is_plain(sample_jpeg_with(m->mem, good, exif, false), size));
    assert_false(photo_is_plain(sample_jpeg(m->mem, rgb, 64, 48, SAMPLE_PROGRESSIVE), size));
    bytes changed = copy_of(m, good, &p);
    p[16] = 1; /* a density that nobody asked for, in JFIF */
    assert_false(photo_is_plain(changed, size));
    changed = copy_of(m, good, &p);
    p[good.len - 6] = 0xFF;
    p[good.len - 5] = 0xE1; /* a segment amid the picture */
    assert_false(photo_is_plain(changed, size));
}

/* Every cut and every wrong number in an EXIF block is no orientation, and nothing is read beyond
 * it. */
static void exif_that_lies(void **state)
{
    struct made *m = *state;
    for (int little = 0; little < 2; little++) {
        const bytes exif = sample_exif(m->mem, 6, little);
        assert_int_equal(photo_exif_orientation(exif), 6);
        for (size_t len = 0; len < exif.len; len++) {
            unsigned char *exact = malloc(len + 1); /* its end is watched by the sanitizer */
            unsigned char *end = exact + 1;
            memcpy(end, exif.ptr, len);
            int o = photo_exif_orientation((bytes){ end, len });
            assert_true(o == 1 || (o == 6 && len >= 34));
            free(exact);
        }
        for (int wrong = 9; wrong < 256; wrong++)
            assert_int_equal(photo_exif_orientation(sample_exif(m->mem, wrong, little)), 1);
        unsigned char *p;
        bytes far = copy_of(m, exif, &p);
        memset(p + 4, 0xFF, 4);
        assert_int_equal(photo_exif_orientation(far), 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(all_orientations_in_all_formats, set_up, tear_down),
        cmocka_unit_test_setup_teardown(orientation_is_exact_to_the_pixel, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_but_pixels_comes_through, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_kind_of_picture_is_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sizes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(means_are_exact, set_up, tear_down),
        cmocka_unit_test_setup_teardown(forty_million_pixels_are_the_border, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cut_at_every_length, set_up, tear_down),
        cmocka_unit_test_setup_teardown(headers_that_lie, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_webp_that_lies, set_up, tear_down),
        cmocka_unit_test_setup_teardown(other_things, set_up, tear_down),
        cmocka_unit_test_setup_teardown(two_things_at_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bombs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(broken_by_chance, set_up, tear_down),
        cmocka_unit_test_setup_teardown(only_a_plain_jpeg_is_plain, set_up, tear_down),
        cmocka_unit_test_setup_teardown(exif_that_lies, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
