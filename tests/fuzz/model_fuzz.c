/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Fuzzes guessing with a stored model: any bytes are refused, or give guesses whose degrees and
 * words hold. The last 64 bytes are the text. */
#include <stdlib.h>

#include "platform/text/classify.h"

enum { TEXT = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct rows *rows)
{
    const struct classify_guess *g = rows->items;
    for (size_t i = 0; i < rows->count; i++) {
        if (g[i].degree < 0 || g[i].degree > 100 || (i > 0 && g[i].degree > g[i - 1].degree))
            abort();
        if (g[i].label.len == 0 || !str_is_utf8(g[i].label) ||
            g[i].because.count > CLASSIFY_BECAUSE)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *mem = arena_new(64 << 20, 0);
    size_t text = size < TEXT ? size : TEXT;
    struct classify_text asked = { .title = { (const char *)data + size - text, text },
                                   .body = str_of("公交车不来，垃圾没有人清理") };
    struct rows rows;
    if (str_is_utf8(asked.title) &&
        classify_guess(mem, (bytes){ data, size - text }, &asked, &rows))
        check(&rows);
    arena_free(mem);
    return 0;
}
