/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Operations on `str`: compare, find, cut, parse, UTF-8. Nothing here allocates unless an arena is
 * passed. */
#ifndef HT_BASE_STR_H
#define HT_BASE_STR_H
#include <string.h>

#include "platform/base/arena.h"
#include "platform/base/types.h"

/* A view of a C string (a literal's length is computed at compile time); NULL gives the empty str.
 * */
static inline str str_of(const char *z)
{
    return z ? (str){ z, strlen(z) } : (str){ "", 0 };
}

/* Byte-wise equality; with a C string. */
bool str_eq(str a, str b);
bool str_is(str a, const char *z);

/* Byte-wise order: <0, 0, >0. */
int str_cmp(str a, str b);

/* Whether s begins or ends with the given text. */
bool str_starts(str s, str prefix);
bool str_ends(str s, str suffix);

/* Byte offset of the first needle at or after from; -1 if none. An empty needle is found at from.
 * */
i64 str_find(str s, str needle, size_t from);

/* The part [from, from+len), clamped to s. Bytes; callers cut at UTF-8 boundaries with
 * str_cut_chars. */
str str_sub(str s, size_t from, size_t len);

/* Without ASCII and ideographic white space (U+3000, NBSP, BOM) at both ends. */
str str_trim(str s);

/* Whether a word is among those of a text that stand apart by blanks; the empty word never is. */
bool str_has_word(str words, str word);

/* A number in decimal digits, into mem. */
str str_number(struct arena *mem, i64 n);

/* Takes the part of *rest before the separator and moves *rest behind it; false when *rest is used
 * up. An empty *rest yields nothing; "a,,b" yields "a", "", "b". */
bool str_split(str *rest, char separator, str *part);

/* Decimal integer with optional sign filling the whole text; false when it is anything else or
 * overflows. */
bool str_to_i64(str s, i64 *out);

/* Whether s is well-formed UTF-8 (no surrogates, no overlong forms, at most U+10FFFF). */
bool str_is_utf8(str s);

/* Number of characters (code points) of well-formed UTF-8. */
i64 str_chars(str s);

/* The first max characters, cut at a boundary. */
str str_cut_chars(str s, i64 max);

/* Decodes the code point at byte *at and moves *at behind it; malformed bytes give U+FFFD and move
 * by one. */
uint32_t str_next_char(str s, size_t *at);

/* Writes a code point as UTF-8 into out (at least 4 bytes); returns the length. */
size_t str_put_char(uint32_t c, char *out);

/* Lower-case copy of ASCII letters, others as they are. */
str str_lower_ascii(struct arena *mem, str s);

/* Lower-case hexadecimal of bytes. */
str str_hex(struct arena *mem, bytes data);

/* Adds a text to a growing list in the arena (capacity doubles; items stay valid). */
void strs_add(struct arena *mem, strs *list, str item);
#endif
