/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Reads the demo's seeds and makes names and texts from them with the seeded generator: the same
 * seed, the same city. */
#include "embed.h"

#include "server/demo.h"
#include <assert.h>

str demo_seed(const char *name)
{
    for (const struct embed_file *f = embed_data; f->name; f++)
        if (strcmp(f->name, name) == 0)
            return (str){ (const char *)f->data, f->size };
    return str_of("");
}

static strs words(struct arena *mem, str text)
{
    strs out = { 0 };
    str word;
    while (str_split(&text, ' ', &word))
        if (word.len)
            strs_add(mem, &out, word);
    return out;
}

bool demo_line(str line, str *name, str *value)
{
    i64 at = str_find(line, str_of(" = "), 0);
    if (at < 0 || line.ptr[0] == '#')
        return false;
    *name = str_sub(line, 0, (size_t)at);
    *value = str_trim(str_sub(line, (size_t)at + 3, line.len));
    return true;
}

str demo_text(const char *wanted)
{
    str text = demo_seed("demo/names.txt"), line, name, value;
    while (str_split(&text, '\n', &line))
        if (demo_line(line, &name, &value) && str_is(name, wanted))
            return value;
    return str_of("");
}

str demo_list(struct demo *d, const char *wanted, strs *out)
{
    str value = demo_text(wanted);
    *out = words(d->mem, value);
    return value;
}

str demo_pick(struct demo *d, const strs *list)
{
    assert(list->items && list->count > 0);
    return list->items[rng_below(&d->rng, (i64)list->count)];
}

str demo_name(struct demo *d)
{
    str a = demo_pick(d, &d->surnames), c = demo_pick(d, &d->second);
    str b = rng_below(&d->rng, 5) ? demo_pick(d, &d->first) : str_of("");
    return arena_printf(d->mem, "%.*s%.*s%.*s", (int)a.len, a.ptr, (int)b.len, b.ptr, (int)c.len,
                        c.ptr);
}

str demo_fill(struct demo *d, struct arena *mem, str text, str place)
{
    struct buf *b = buf_new(mem, text.len * 4 + 256);
    for (size_t at = 0; at < text.len;) {
        str rest = str_sub(text, at, text.len);
        if (str_starts(rest, str_of("{place}"))) {
            buf_add(b, place);
            at += 7;
        } else if (str_starts(rest, str_of("{n}")) || str_starts(rest, str_of("{m}"))) {
            buf_put_i64(b, 2 + rng_below(&d->rng, rest.ptr[1] == 'n' ? 40 : 8));
            at += 3;
        } else {
            buf_put_byte(b, text.ptr[at++]);
        }
    }
    return buf_str(b);
}

static void subject_line(struct arena *mem, struct demo_subject *s, str name, str value)
{
    const struct {
        const char *name;
        str *to;
    } ONE[] = { { "title", &s->title },         { "category", &s->category }, { "host", &s->host },
                { "situation", &s->situation }, { "analysis", &s->analysis }, { "talk", &s->talk },
                { "advice", &s->advice } };
    for (size_t i = 0; i < sizeof ONE / sizeof *ONE; i++)
        if (str_is(name, ONE[i].name))
            *ONE[i].to = value;
    if (str_is(name, "cohosts"))
        s->cohosts = words(mem, value);
    else if (str_is(name, "suggestion"))
        strs_add(mem, &s->suggestions, value);
    else if (str_is(name, "done"))
        strs_add(mem, &s->done, value);
    else if (str_is(name, "plan"))
        strs_add(mem, &s->planned, value);
}

static void read_subjects(struct demo *d)
{
    str text = demo_seed("demo/subjects.txt"), line, name, value;
    struct demo_subject *s = NULL;
    d->subjects = arena_array(d->mem, 200, sizeof *d->subjects);
    while (str_split(&text, '\n', &line)) {
        if (!demo_line(line, &name, &value))
            continue;
        if (str_is(name, "title"))
            s = &d->subjects[d->subject_count++];
        if (s)
            subject_line(d->mem, s, name, value);
    }
    for (size_t i = 0; i < d->subject_count; i++) /* seed/demo/subjects.txt */
        assert(d->subjects[i].done.count == d->subjects[i].suggestions.count &&
               d->subjects[i].planned.count == d->subjects[i].suggestions.count);
}

/* Townships of the eight counties with the county of each: lines "code,name,level,parent code", a
 * township's code beginning with its county's, the counties in the order of names.txt. */
static void read_places(struct demo *d)
{
    str text = demo_seed("areas/lincang.csv"), line, code, name, level;
    strs codes = { 0 }, counties;
    demo_list(d, "counties", &counties);
    while (str_split(&text, '\n', &line)) {
        if (!str_split(&line, ',', &code) || !str_split(&line, ',', &name) ||
            !str_split(&line, ',', &level))
            continue;
        if (str_is(level, "county"))
            strs_add(d->mem, &codes, code);
        for (size_t i = 0; str_is(level, "town") && i < codes.count && i < counties.count; i++)
            if (str_starts(code, codes.items[i])) {
                strs_add(d->mem, &d->places, name);
                strs_add(d->mem, &d->counties, counties.items[i]);
            }
    }
}

err demo_read(struct demo *d)
{
    read_subjects(d);
    read_places(d);
    demo_list(d, "surnames", &d->surnames);
    demo_list(d, "first", &d->first);
    demo_list(d, "second", &d->second);
    if (d->subject_count == 0 || d->places.count == 0)
        return err_make(ERR_INTERNAL, "demo.seed");
    return OK;
}
