/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See good.h. */
#include "tests/matrix/good.h"

void good_note(struct db *db, void *context)
{
    (void)db;
    *(bool *)context = true;
}

static bool try_set(struct world *w, struct good *g, int set)
{
    int thing;
    for (size_t i = 0; specimen_thing(specimen_of(g->entry), i, &thing); i++) {
        bool written = false;
        g->r = specimen_request(w, g->entry, set, thing);
        g->r.look = good_note;
        g->r.context = &written;
        struct reply reply = world_ask(w, g->who, &g->r);
        bool good = written && reply.status < 400;
        reply_free(&reply);
        if (good)
            return true;
    }
    return false;
}

bool good_find(struct world *w, const struct route_entry *entry, struct good *out)
{
    *out = (struct good){ .entry = entry };
    for (out->who = A_MEMBER; out->who < FOREIGN_MEMBER; out->who++)
        for (int set = SET_FIRST; set < SET_FOREIGN; set++)
            if (try_set(w, out, set))
                return true;
    return false;
}

enum { ROUTES_MAX = 1000 };

struct goods {
    struct good items[ROUTES_MAX];
    size_t count;
};

static struct goods *find_all(struct world *w)
{
    struct goods *all = arena_zero(w->t->mem, sizeof *all);
    const struct route_entry *entry;
    size_t missing = 0;
    for (size_t e = 0; (entry = route_at(w, e)); e++) {
        assert_true(all->count < ROUTES_MAX);
        if (entry->route.method == GET)
            continue;
        if (good_find(w, entry, &all->items[all->count]))
            all->count++;
        else if (!specimen_of(entry)->never) {
            missing++;
            fprintf(stderr, "# %s %s succeeds for nobody\n", method_name(entry->route.method),
                    entry->route.path);
        }
    }
    assert_int_equal(missing, 0);
    return all;
}

const struct good *good_all(struct world *w, size_t *count)
{
    static struct goods *kept;
    if (!kept)
        kept = find_all(w);
    *count = kept->count;
    return kept->items;
}

void good_wrong(const struct good *g, const char *what, int status)
{
    fprintf(stderr, "# %s %s as %s: %s (%d)\n", method_name(g->r.method), g->r.target,
            WHO[g->who].name, what, status);
}
