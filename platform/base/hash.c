/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See hash.h. */
#include "platform/base/hash.h"

#include <string.h>

uint64_t hash_text(str text)
{
    uint64_t hash = text.len;
    for (size_t i = 0; i < text.len; i += 8) {
        uint64_t piece = 0;
        memcpy(&piece, text.ptr + i, text.len - i < 8 ? text.len - i : 8);
        hash = (hash ^ piece) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 32;
    }
    return hash;
}
