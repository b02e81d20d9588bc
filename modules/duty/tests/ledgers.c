/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "modules/duty/tests/ledgers.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "embed.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"

enum { ENTRIES = 64 };

int ledgers_set_up(void **state)
{
    struct arena *mem = arena_new(64 << 20, 0);
    *state = mem;
    return text_load(mem, embed_texts).code == ERR_NONE ? 0 : -1;
}

int ledgers_tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

const struct ruleset *ledgers_read(struct arena *mem, const char *document)
{
    const struct ruleset *set;
    err e = ruleset_read(mem, str_of(document), &set);
    if (e.code != ERR_NONE)
        fail_msg("%s: %.*s: %.*s", e.name, (int)e.arg[0].len, e.arg[0].ptr, (int)e.arg[1].len,
                 e.arg[1].ptr);
    return set;
}

const struct ruleset *ledgers_ruleset(struct arena *mem, const char *id)
{
    str path = arena_printf(mem, "rulesets/%s.json", id);
    for (const struct embed_file *f = embed_data; f->name; f++)
        if (str_is(path, f->name))
            return ledgers_read(mem, arena_cstr(mem, (str){ (const char *)f->data, f->size }));
    fail_msg("no set %s", id);
    return NULL;
}

static uint64_t tags_of(const struct ruleset *set, str names)
{
    uint64_t tags = 0;
    str name;
    while (str_split(&names, ',', &name)) {
        int tag = ruleset_tag(set, name);
        if (tag >= 0)
            tags |= 1ULL << tag;
    }
    return tags;
}

/* The part behind a sign, up to the next sign; what is not there is empty. */
static str behind(str word, char sign)
{
    const char *at = memchr(word.ptr, sign, word.len), *end = word.ptr + word.len;
    if (!at)
        return str_of("");
    size_t len = 0;
    for (at++; at + len < end && !strchr("*@/#", at[len]);)
        len++;
    return (str){ at, len };
}

static i64 number_behind(str word, char sign, i64 otherwise)
{
    i64 number = otherwise;
    str text = behind(word, sign);
    assert_true(!text.len || str_to_i64(text, &number));
    return number;
}

static struct score_entry entry_of(const struct ruleset *set, str word)
{
    size_t len = 0;
    while (len < word.len && !strchr("*@/#", word.ptr[len]))
        len++;
    return (struct score_entry){ .kind = ruleset_kind(set, str_sub(word, 0, len)),
                                 .quantity = number_behind(word, '*', 1) * POINT,
                                 .people = number_behind(word, '/', 1),
                                 .day = number_behind(word, '#', 1100),
                                 .tags = tags_of(set, behind(word, '@')) };
}

struct score ledgers_score(struct arena *mem, const struct ruleset *set, const char *ledger,
                           const char *tags)
{
    struct score_entry *entries = arena_array(mem, ENTRIES, sizeof *entries);
    struct score_ask ask = { .set = set,
                             .entries = entries,
                             .term_from = 1,
                             .before_from = 636,
                             .from = 1001,
                             .to = 1365,
                             .tags = tags_of(set, str_of(tags)) };
    str rest = str_of(ledger), word;
    while (str_split(&rest, ' ', &word))
        if (word.len)
            entries[ask.count++] = entry_of(set, word);
    struct score score, brief;
    score_make(mem, &ask, &score);
    ask.brief = true;
    score_make(mem, &ask, &brief);
    assert_int_equal(brief.total, score.total); /* lines change nothing */
    assert_int_equal(brief.line_count, 0);
    return score;
}

i64 ledgers_points(double points)
{
    return (i64)llround(points * POINT);
}
