/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See specimens.h. */
#include "tests/matrix/specimens.h"

#include "platform/base/str.h"

const struct route_entry *route_at(struct world *w, size_t i)
{
    size_t count;
    const struct route_entry *const *entries = router_entries(w->t->app.web->router, &count);
    return i < count ? entries[i] : NULL;
}

static const struct specimen *find_in(const struct part *part, const char *path,
                                      enum web_method method)
{
    for (const struct specimen *s = part->specimens; s->path; s++)
        if (strcmp(s->path, path) == 0 && (!s->method || s->method == method))
            return s;
    return NULL;
}

static const struct specimen *find(const struct route_entry *entry, const struct part **part)
{
    const struct specimen *s;
    const char *path = entry->route.path;
    if (strncmp(path, "/api/v1/", 8) == 0)
        path += 7;
    for (int place = PART_NONE + 1; place < PARTS_END; place++)
        if ((s = find_in(*part = part_at(place), path, entry->route.method)))
            return s;
    fail_msg("%s %s has no specimen (tests/matrix/specimens_<module>.c)",
             method_name(entry->route.method), entry->route.path);
    return NULL;
}

const struct specimen *specimen_of(const struct route_entry *entry)
{
    const struct part *part;
    return find(entry, &part);
}

const struct part *specimen_part(const struct route_entry *entry)
{
    const struct part *part;
    find(entry, &part);
    return part;
}

bool specimen_thing(const struct specimen *s, size_t i, int *out)
{
    *out = i < SPECIMEN_THINGS ? s->things[i] : THING_NONE;
    return *out != THING_NONE || i == 0;
}

/* ---- filling ---- */

static i64 version_of(struct world *w, const struct specimen *s, int set, int thing)
{
    const struct part *part = s->assignment ? part_at(PART_ASSIGNMENTS) : part_of_thing(thing);
    assert_true(part && part->version);
    return part->version(w, set, thing);
}

static void put_number(struct buf *b, i64 number)
{
    buf_printf(b, "%lld", (long long)number);
}

/* Whose numbers stand in a body: version of the thing that is named, everything else of a set. */
struct filling {
    struct world *w;
    const struct specimen *specimen;
    int set, version_set, thing;
};

static void put_word(struct buf *b, str word, const struct filling *f)
{
    const struct world *w = f->w;
    const struct {
        const char *name;
        i64 value;
    } WORDS[] = { { "spare", w->spare[f->set] },
                  { "tenure", w->tenure[f->set] },
                  { "holding", w->holding[f->set] } };
    int thing = thing_of_word(word.ptr, word.len);
    if (thing) {
        put_number(b, w->thing[f->set][thing]);
        return;
    }
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (str_is(word, WORDS[i].name)) {
            put_number(b, WORDS[i].value);
            return;
        }
    if (str_is(word, "version")) {
        put_number(b, version_of(f->w, f->specimen, f->version_set, f->thing));
        return;
    }
    assert_true(str_is(word, "password"));
    buf_put(b, WORLD_PASSWORD);
}

static const char *fill(const char *text, const struct filling *f)
{
    struct buf *b = buf_new(f->w->t->mem, 1 << 16);
    while (text && *text) {
        str word = { text + 1, strspn(text + 1, "abcdefghijklmnopqrstuvwxyz_") };
        if (*text != '$') {
            buf_put_byte(b, *text++);
            continue;
        }
        put_word(b, word, f);
        text = word.ptr + word.len;
    }
    return arena_cstr(f->w->t->mem, buf_str(b));
}

static const char *target(struct world *w, const struct route_entry *entry,
                          const struct specimen *s, int set, int thing)
{
    struct buf *b = buf_new(w->t->mem, 1 << 12);
    for (const char *c = entry->route.path; *c;) {
        if (strncmp(c, "{id}", 4) == 0) {
            put_number(b, s->assignment ? w->assignment[set][thing] : w->thing[set][thing]);
            c += 4;
        } else if (strncmp(c, "{file}", 6) == 0) {
            put_number(b, w->attachment[set][thing]);
            c += 6;
        } else {
            buf_put_byte(b, *c++);
        }
    }
    if (entry->route.method == GET && s->query)
        buf_printf(b, "?%s", fill(s->query, &(struct filling){ w, s, set, set, thing }));
    return arena_cstr(w->t->mem, buf_str(b));
}

/* What a step sends beside its form: the version that its page or program has seen. */
static const char *with_version(struct world *w, const char *body, i64 version)
{
    return arena_printf(w->t->mem, "%s%sversion=%lld", body ? body : "", body ? "&" : "",
                        (long long)version)
        .ptr;
}

struct rehearsal specimen_request(struct world *w, const struct route_entry *entry, int set,
                                  int thing)
{
    return specimen_swapped(w, entry, set, set, thing);
}

struct rehearsal specimen_swapped(struct world *w, const struct route_entry *entry, int set,
                                  int body_set, int thing)
{
    const struct specimen *s = specimen_of(entry);
    struct rehearsal r = { .t = w->t, .read = w->read, .method = entry->route.method };
    struct filling filling = { w, s, body_set, set, thing };
    r.target = target(w, entry, s, set, thing);
    if (entry->route.method != GET && s->body)
        r.body = fill(s->body, &filling);
    if (entry->flow && entry->route.method != GET && !(r.body && strstr(r.body, "version=")))
        r.body = with_version(w, r.body, version_of(w, s, set, thing));
    return r;
}
