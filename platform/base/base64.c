/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Bytes as text that survives mail and JSON (base64.h). */
#include "platform/base/base64.h"

#include <string.h>

static const char DIGITS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_put(struct buf *b, bytes data)
{
    for (size_t i = 0; i < data.len; i += 3) {
        size_t left = data.len - i;
        unsigned n = (unsigned)data.ptr[i] << 16;
        n |= left > 1 ? (unsigned)data.ptr[i + 1] << 8 : 0;
        n |= left > 2 ? (unsigned)data.ptr[i + 2] : 0;
        const char four[4] = { DIGITS[n >> 18], DIGITS[n >> 12 & 63],
                               left > 1 ? DIGITS[n >> 6 & 63] : '=',
                               left > 2 ? DIGITS[n & 63] : '=' };
        buf_add(b, (str){ four, sizeof four });
    }
}

static int digit_of(char c)
{
    const char *at = c ? strchr(DIGITS, c) : NULL;
    return at ? (int)(at - DIGITS) : -1;
}

bool base64_read(struct arena *mem, str text, bytes *out)
{
    size_t pad = 0, n = 0;
    unsigned char *to = arena_bytes(mem, text.len / 4 * 3 + 3);
    while (pad < 2 && pad < text.len && text.ptr[text.len - 1 - pad] == '=')
        pad++;
    for (size_t i = 0; i < text.len; i += 4) {
        unsigned value = 0;
        for (size_t k = i; k < i + 4; k++) {
            bool padding = k + pad >= text.len;
            int digit = k < text.len && !padding ? digit_of(text.ptr[k]) : 0;
            if (k >= text.len || digit < 0)
                return false;
            value = value << 6 | (unsigned)digit;
        }
        to[n++] = (unsigned char)(value >> 16);
        to[n++] = (unsigned char)(value >> 8);
        to[n++] = (unsigned char)value;
    }
    *out = (bytes){ to, n - pad };
    return n >= pad;
}
