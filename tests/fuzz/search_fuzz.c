/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Fuzzes the way of a search: words, what each engine is asked, the passage that is shown, the
 * difference of two texts. The first line is the query, the rest the text. Quotes of an FTS5
 * expression must be closed, marks of a passage too. */
#include <stdlib.h>

#include "embed.h"
#include "platform/base/buf.h"
#include "platform/base/str.h"
#include "platform/text/fold.h"
#include "platform/text/terms.h"
#include "platform/text/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void table_load(void)
{
    static struct arena *table;
    if (table)
        return;
    table = arena_new(16 << 20, 0);
    for (const struct embed_file *f = embed_data; f->name; f++)
        if (strcmp(f->name, "text/traditional.txt") == 0)
            fold_load(table, (str){ (const char *)f->data, f->size });
}

static size_t count(str text, const char *what)
{
    size_t n = 0;
    for (i64 at = str_find(text, str_of(what), 0); at >= 0; n++)
        at = str_find(text, str_of(what), (size_t)at + 1);
    return n;
}

static void ask(struct arena *mem, str query)
{
    struct words words = words_of(mem, query);
    str fts = terms_all(mem, terms_scope(mem, "proposals", 1, true), &words, true);
    str array = terms_all(mem, terms_scope(mem, "proposals", 1, false), &words, false);
    if (words.count > TERMS_WORDS_MAX || !str_is_utf8(fts) || count(fts, "\"") % 2 != 0 ||
        !str_is_utf8(array))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    str text = { (const char *)data, size }, query = str_of("");
    table_load();
    if (!str_is_utf8(text) || size > 100000)
        return 0; /* nothing else is stored or asked */
    struct arena *mem = arena_new(256 << 20, 0);
    str_split(&text, '\n', &query);
    ask(mem, query);
    tokens_fts(mem, fold_text(mem, text));
    tokens_array(mem, str_of("proposals:1"), query, text);
    str passage = text_snippet(mem, text, query, 80).s;
    if (!str_is_utf8(passage) || count(passage, "<mark>") != count(passage, "</mark>") ||
        count(passage, "<") != 2 * count(passage, "<mark>"))
        abort();
    str change = text_diff(mem, query, text).s;
    if (!str_is_utf8(change) || count(change, "<ins>") != count(change, "</ins>"))
        abort();
    arena_free(mem);
    return 0;
}
