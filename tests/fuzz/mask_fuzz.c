/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Fuzzes masking with any text: the places that are found follow each other, none
 * within another, each of whole characters; what comes out is UTF-8. */
#include <stdlib.h>

#include "embed.h"
#include "platform/text/mask.h"
#include "platform/text/texts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void words_load(void)
{
    static struct arena *words;
    if (words)
        return;
    words = arena_new(16 << 20, 0);
    if (text_load(words, embed_texts).code != ERR_NONE)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    str text = { (const char *)data, size };
    words_load();
    if (!str_is_utf8(text) || size > 20000)
        return 0; /* nothing else is stored */
    struct arena *mem = arena_new(64 << 20, 0);
    struct rows rows = mask_find(mem, text, MASK_ALL);
    const struct mask_hit *hits = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        i64 before = i ? hits[i - 1].to : 0;
        if (hits[i].from < before || hits[i].to <= hits[i].from || hits[i].to > (i64)size ||
            !str_is_utf8(str_sub(text, (size_t)hits[i].from, (size_t)(hits[i].to - hits[i].from))))
            abort();
    }
    if (!str_is_utf8(mask_text(mem, text, MASK_ALL)))
        abort();
    arena_free(mem);
    return 0;
}
