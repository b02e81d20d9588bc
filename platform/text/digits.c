/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See digits.h. */
#include "platform/text/digits.h"

#include <stdint.h>

static bool is_between(uint32_t c)
{
    return c == ' ' || c == '-' || c == 0x3000;
}

str digits_read(struct arena *mem, str typed, size_t count)
{
    char *digits = arena_zero(mem, count + 1);
    size_t n = 0, at = 0;
    while (at < typed.len) {
        uint32_t c = str_next_char(typed, &at);
        if (c >= 0xFF10 && c <= 0xFF19)
            c -= 0xFEE0;
        if (is_between(c))
            continue;
        if (c < '0' || c > '9' || n == count)
            return str_of("");
        digits[n++] = (char)c;
    }
    return n == count ? (str){ digits, n } : str_of("");
}
