/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of photo_samples.h. Faults of the libraries stop the test program, as they do by
 * themselves. */
#include "platform/files/tests/photo_samples.h"

#include <assert.h>
#include <stdio.h>

#include <jpeglib.h>
#include <png.h>
#include <stdlib.h>
#include <string.h>
#include <webp/encode.h>
#include <zlib.h>

enum { RGB = 3 };

static const unsigned char COLOURS[4][RGB] = {
    { 220, 30, 30 }, { 30, 180, 40 }, { 30, 40, 210 }, { 230, 220, 40 }
};

unsigned char *sample_quarters(struct arena *mem, int width, int height)
{
    unsigned char *rgb = arena_bytes(mem, (size_t)width * (size_t)height * RGB), *p = rgb;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++, p += RGB)
            memcpy(p, COLOURS[(y >= height / 2) * 2 + (x >= width / 2)], RGB);
    return rgb;
}

unsigned char *sample_noise(struct arena *mem, int width, int height, uint32_t seed)
{
    size_t size = (size_t)width * (size_t)height * RGB;
    unsigned char *rgb = arena_bytes(mem, size);
    for (size_t i = 0; i < size; i++) {
        seed = seed * 1664525 + 1013904223;
        rgb[i] = (unsigned char)(seed >> 24);
    }
    return rgb;
}

static bytes keep(struct arena *mem, void *made, size_t size)
{
    unsigned char *copy = arena_bytes(mem, size);
    memcpy(copy, made, size);
    free(made);
    return (bytes){ copy, size };
}

/* ---- JPEG ---- */

/* A row as the file has it: ink upside down as Adobe writes it, without black; or the mean. */
static void row_make(const unsigned char *rgb, int width, enum sample_kind kind, unsigned char *to)
{
    for (int x = 0; x < width; x++, rgb += RGB) {
        if (kind == SAMPLE_GRAY) {
            *to++ = (unsigned char)((rgb[0] + rgb[1] + rgb[2]) / 3);
            continue;
        }
        memcpy(to, rgb, RGB);
        to += RGB;
        if (kind == SAMPLE_CMYK)
            *to++ = 255;
    }
}

bytes sample_jpeg(struct arena *mem, const unsigned char *rgb, int width, int height,
                  enum sample_kind kind)
{
    struct jpeg_compress_struct j;
    struct jpeg_error_mgr trouble;
    unsigned char *made = NULL, *row = arena_bytes(mem, (size_t)width * 4);
    unsigned long size = 0;
    j.err = jpeg_std_error(&trouble);
    jpeg_create_compress(&j);
    jpeg_mem_dest(&j, &made, &size);
    j.image_width = (JDIMENSION)width;
    j.image_height = (JDIMENSION)height;
    j.input_components = kind == SAMPLE_CMYK ? 4 : kind == SAMPLE_GRAY ? 1 : RGB;
    j.in_color_space = kind == SAMPLE_CMYK   ? JCS_CMYK
                       : kind == SAMPLE_GRAY ? JCS_GRAYSCALE
                                             : JCS_RGB;
    jpeg_set_defaults(&j);
    jpeg_set_quality(&j, 95, TRUE);
    if (kind == SAMPLE_PROGRESSIVE)
        jpeg_simple_progression(&j);
    jpeg_start_compress(&j, TRUE);
    for (int y = 0; y < height; y++) {
        row_make(rgb + (size_t)y * (size_t)width * RGB, width, kind, row);
        jpeg_write_scanlines(&j, &row, 1);
    }
    jpeg_finish_compress(&j);
    jpeg_destroy_compress(&j);
    return keep(mem, made, size);
}

unsigned char *sample_decode(struct arena *mem, bytes jpeg, int *width, int *height)
{
    struct jpeg_decompress_struct j;
    struct jpeg_error_mgr trouble;
    j.err = jpeg_std_error(&trouble);
    jpeg_create_decompress(&j);
    jpeg_mem_src(&j, jpeg.ptr, jpeg.len);
    jpeg_read_header(&j, TRUE);
    jpeg_start_decompress(&j);
    assert(j.output_components == RGB);
    *width = (int)j.output_width;
    *height = (int)j.output_height;
    unsigned char *rgb = arena_bytes(mem, (size_t)*width * (size_t)*height * RGB);
    while (j.output_scanline < j.output_height) {
        JSAMPROW row = rgb + (size_t)j.output_scanline * (size_t)*width * RGB;
        jpeg_read_scanlines(&j, &row, 1);
    }
    jpeg_finish_decompress(&j);
    assert(trouble.num_warnings == 0);
    jpeg_destroy_decompress(&j);
    return rgb;
}

size_t sample_mark(bytes jpeg, unsigned char mark)
{
    for (size_t at = 0; at + 1 < jpeg.len; at++)
        if (jpeg.ptr[at] == 0xFF && jpeg.ptr[at + 1] == mark)
            return at;
    return 0;
}

/* ---- PNG ---- */

static void png_put(png_structp png, png_bytep data, size_t size)
{
    bytes *all = png_get_io_ptr(png);
    unsigned char *more = realloc((void *)(uintptr_t)all->ptr, all->len + size);
    assert(more);
    memcpy(more + all->len, data, size);
    *all = (bytes){ more, all->len + size };
}

bytes sample_png(struct arena *mem, const struct sample_png *how)
{
    bytes all = { 0 };
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    size_t wide =
        !how->pixels ? (size_t)(how->width + 7) / 8 : (size_t)how->width * (how->rgba ? 4 : RGB);
    unsigned char *row = arena_zero(mem, wide);
    png_set_write_fn(png, &all, png_put, NULL);
    png_set_compression_level(png, 1);
    png_set_IHDR(png, info, (png_uint_32)how->width, (png_uint_32)how->height, how->pixels ? 8 : 1,
                 !how->pixels ? PNG_COLOR_TYPE_GRAY
                 : how->rgba  ? PNG_COLOR_TYPE_RGBA
                              : PNG_COLOR_TYPE_RGB,
                 how->interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, 0, 0);
    png_write_info(png, info);
    int passes = png_set_interlace_handling(png);
    for (int pass = 0; pass < passes; pass++)
        for (int y = 0; y < how->height; y++)
            png_write_row(png, how->pixels ? how->pixels + (size_t)y * wide : row);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return keep(mem, (void *)(uintptr_t)all.ptr, all.len);
}

static void big_put(unsigned char *to, size_t number)
{
    for (int i = 0; i < 4; i++)
        to[i] = (unsigned char)(number >> (24 - 8 * i));
}

void sample_png_mend(unsigned char *png, size_t at)
{
    size_t size =
        (size_t)png[at] << 24 | (size_t)png[at + 1] << 16 | (size_t)png[at + 2] << 8 | png[at + 3];
    big_put(png + at + 8 + size, crc32(0, png + at + 4, (unsigned)size + 4));
}

bytes sample_png_with(struct arena *mem, bytes png, const char *type, bytes chunk)
{
    enum { BEHIND_IHDR = 33 };
    unsigned char *made = arena_bytes(mem, png.len + chunk.len + 12), *at = made + BEHIND_IHDR;
    memcpy(made, png.ptr, BEHIND_IHDR);
    big_put(at, chunk.len);
    memcpy(at + 4, type, 4);
    memcpy(at + 8, chunk.ptr, chunk.len);
    sample_png_mend(made, BEHIND_IHDR);
    memcpy(at + 12 + chunk.len, png.ptr + BEHIND_IHDR, png.len - BEHIND_IHDR);
    return (bytes){ made, png.len + chunk.len + 12 };
}

/* ---- WebP ---- */

bytes sample_webp(struct arena *mem, const unsigned char *rgb, int width, int height, bool lossless)
{
    uint8_t *made = NULL;
    size_t size = lossless ? WebPEncodeLosslessRGB(rgb, width, height, width * RGB, &made)
                           : WebPEncodeRGB(rgb, width, height, width * RGB, 90, &made);
    assert(size);
    unsigned char *copy = arena_bytes(mem, size);
    memcpy(copy, made, size);
    WebPFree(made);
    return (bytes){ copy, size };
}

static void little_put(unsigned char *to, size_t number, int count)
{
    for (int i = 0; i < count; i++)
        to[i] = (unsigned char)(number >> (8 * i));
}

static bytes riff_chunk(struct arena *mem, const char *type, bytes body)
{
    size_t padded = body.len + (body.len & 1);
    unsigned char *made = arena_zero(mem, padded + 8);
    memcpy(made, type, 4);
    little_put(made + 4, body.len, 4);
    memcpy(made + 8, body.ptr, body.len);
    return (bytes){ made, padded + 8 };
}

static bytes text(const char *words)
{
    return (bytes){ (const unsigned char *)words, strlen(words) };
}

bytes sample_webp_with(struct arena *mem, bytes webp, bytes exif, bool animated)
{
    enum { RIFF = 12, EXIF = 8, XMP = 4, ANIMATED = 2 };
    unsigned char extended[10] = { (unsigned char)(EXIF | XMP | (animated ? ANIMATED : 0)) };
    const unsigned char *frame = webp.ptr + RIFF;
    struct {
        size_t width, height;
    } size = { 0 };
    if (frame[3] == 'L') { /* 14 bits each, one less */
        size_t bits =
            frame[9] | (size_t)frame[10] << 8 | (size_t)frame[11] << 16 | (size_t)frame[12] << 24;
        size.width = (bits & 0x3FFF) + 1;
        size.height = (bits >> 14 & 0x3FFF) + 1;
    } else {
        size.width = frame[14] | (size_t)frame[15] << 8;
        size.height = frame[16] | (size_t)frame[17] << 8;
    }
    little_put(extended + 4, size.width - 1, 3);
    little_put(extended + 7, size.height - 1, 3);
    bytes all = { webp.ptr, RIFF };
    all = sample_join(mem, all, riff_chunk(mem, "VP8X", (bytes){ extended, sizeof extended }));
    all = sample_join(mem, all, (bytes){ frame, webp.len - RIFF });
    all = sample_join(mem, all, riff_chunk(mem, "EXIF", exif));
    all = sample_join(mem, all, riff_chunk(mem, "XMP ", text("<x:xmpmeta>" SAMPLE_CANARY)));
    little_put((unsigned char *)(uintptr_t)all.ptr + 4, all.len - 8, 4);
    return all;
}

/* ---- what is hidden ---- */

bytes sample_join(struct arena *mem, bytes a, bytes b)
{
    unsigned char *made = arena_bytes(mem, a.len + b.len);
    memcpy(made, a.ptr, a.len);
    memcpy(made + a.len, b.ptr, b.len);
    return (bytes){ made, a.len + b.len };
}

bool sample_has(bytes data, const char *words)
{
    return memmem(data.ptr, data.len, words, strlen(words)) != NULL;
}

static unsigned char *number_put(unsigned char *to, size_t number, int count, bool little)
{
    for (int i = 0; i < count; i++)
        to[i] = (unsigned char)(number >> (8 * (little ? i : count - 1 - i)));
    return to + count;
}

static unsigned char *entry_put(unsigned char *to, const size_t entry[4], bool little)
{
    to = number_put(to, entry[0], 2, little);
    to = number_put(to, entry[1], 2, little);
    to = number_put(to, entry[2], 4, little);
    if (entry[1] == 3) { /* short: at the begin of its four bytes */
        to = number_put(to, entry[3], 2, little);
        return number_put(to, 0, 2, little);
    }
    return number_put(to, entry[3], 4, little);
}

/* Three entries (description, orientation, where GPS is), then GPS with one. */
bytes sample_exif(struct arena *mem, int orientation, bool little)
{
    enum { MAIN = 8, GPS = MAIN + 2 + 3 * 12 + 4, WORDS = GPS + 2 + 12 + 4 };
    const size_t length = sizeof SAMPLE_CANARY;
    const size_t entries[3][4] = { { 0x010E, 2, length, WORDS },
                                   { 0x0112, 3, 1, (size_t)orientation },
                                   { 0x8825, 4, 1, GPS } };
    const size_t latitude[4] = { 0x001D, 2, length, WORDS };
    unsigned char *made = arena_zero(mem, WORDS + length), *at = made;
    memcpy(at, little ? "II" : "MM", 2);
    at = number_put(at + 2, 42, 2, little);
    at = number_put(at, MAIN, 4, little);
    at = number_put(at, 3, 2, little);
    for (int i = 0; i < 3; i++)
        at = entry_put(at, entries[i], little);
    at = number_put(at, 0, 4, little);
    at = number_put(at, 1, 2, little);
    at = entry_put(at, latitude, little);
    at = number_put(at, 0, 4, little);
    assert(at == made + WORDS);
    memcpy(at, SAMPLE_CANARY, length);
    return (bytes){ made, WORDS + length };
}

static bytes segment(struct arena *mem, unsigned char mark, const char *head, size_t head_size,
                     bytes body)
{
    unsigned char *made = arena_bytes(mem, 4 + head_size + body.len);
    made[0] = 0xFF;
    made[1] = mark;
    number_put(made + 2, 2 + head_size + body.len, 2, false);
    memcpy(made + 4, head, head_size);
    memcpy(made + 4 + head_size, body.ptr, body.len);
    return (bytes){ made, 4 + head_size + body.len };
}

bytes sample_jpeg_with(struct arena *mem, bytes jpeg, bytes exif, bool everything)
{
    static const char XMP[] = "http://ns.adobe.com/xap/1.0/", ICC[] = "ICC_PROFILE\0\1\1";
    const bytes words = text(SAMPLE_CANARY);
    bytes all = { jpeg.ptr, 2 };
    if (exif.ptr)
        all = sample_join(mem, all, segment(mem, 0xE1, "Exif\0", 6, exif));
    if (everything) {
        all = sample_join(mem, all, segment(mem, 0xE1, XMP, sizeof XMP, words));
        all = sample_join(mem, all, segment(mem, 0xE2, ICC, sizeof ICC - 1, words));
        all = sample_join(mem, all, segment(mem, 0xED, "Photoshop 3.0", 14, words));
        all = sample_join(mem, all, segment(mem, 0xE0, "JFXX\0\x10", 6, words));
        all = sample_join(mem, all, segment(mem, 0xFE, "", 0, words));
    }
    all = sample_join(mem, all, (bytes){ jpeg.ptr + 2, jpeg.len - 2 });
    return everything ? sample_join(mem, all, words) : all;
}
