/* SPDX-License-Identifier: MulanPSL-2.0 */
/* WebP in (photo_read.h), by libwebp, which no other file knows: it makes the picture smaller while
 * it reads it. The container (RIFF) is walked here for the orientation and for what it promises. */
#include <string.h>

#include <webp/decode.h>

#include "platform/files/photo_read.h"

enum { RIFF = 12, HEAD = 8, RGBA = 4 };

static err broken(void)
{
    return err_make(ERR_INVALID, "files.photo_broken");
}

static size_t number(const unsigned char *p)
{
    return (size_t)p[3] << 24 | (size_t)p[2] << 16 | (size_t)p[1] << 8 | p[0];
}

/* All chunks, each whole. */
static err chunks_look(bytes file, int *orientation)
{
    size_t end = number(file.ptr + 4) + HEAD;
    if (end > file.len || end < RIFF)
        return broken();
    for (size_t at = RIFF; at < end;) {
        if (end - at < HEAD)
            return broken();
        size_t size = number(file.ptr + at + 4);
        if (size > end - at - HEAD)
            return broken();
        if (memcmp(file.ptr + at, "EXIF", 4) == 0)
            *orientation = photo_exif_orientation((bytes){ file.ptr + at + HEAD, size });
        at += HEAD + size + (size & 1);
    }
    return OK;
}

static err status(VP8StatusCode code)
{
    if (code == VP8_STATUS_OUT_OF_MEMORY)
        return err_make(ERR_INVALID, "files.photo_pixels");
    return code == VP8_STATUS_OK ? OK : broken();
}

static void flatten(struct arena *mem, struct photo_size size, const unsigned char *rgba,
                    struct photo_decoded *out)
{
    struct photo_scaler s;
    photo_scaler_begin(&s, mem, size, size);
    for (i64 y = 0; y < size.height; y++)
        photo_scaler_row_rgba(&s, rgba + y * size.width * RGBA);
    out->pixels = s.to;
}

err photo_webp_decode(struct arena *mem, bytes file, struct photo_decoded *out)
{
    WebPDecoderConfig config;
    out->orientation = 1;
    if (file.len < RIFF + HEAD || !WebPInitDecoderConfig(&config))
        return broken();
    TRY(status(WebPGetFeatures(file.ptr, file.len, &config.input)));
    if (config.input.has_animation)
        return err_make(ERR_INVALID, "files.photo_animated");
    TRY(photo_size_check(config.input.width, config.input.height));
    TRY(chunks_look(file, &out->orientation));
    const struct photo_size from = { config.input.width, config.input.height };
    const struct photo_size to = photo_size_within(from, PHOTO_SIDE);
    size_t wide = (size_t)to.width * RGBA;
    config.options.use_scaling = to.width != from.width || to.height != from.height;
    config.options.scaled_width = (int)to.width;
    config.options.scaled_height = (int)to.height;
    config.output.colorspace = MODE_RGBA;
    config.output.is_external_memory = 1;
    config.output.u.RGBA.stride = (int)wide;
    config.output.u.RGBA.size = wide * (size_t)to.height;
    config.output.u.RGBA.rgba = arena_zero(mem, config.output.u.RGBA.size);
    TRY(status(WebPDecode(file.ptr, file.len, &config)));
    flatten(mem, to, config.output.u.RGBA.rgba, out);
    return OK;
}
