/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See good.h. */
#include "tests/matrix/good.h"

static void note_written(struct db *db, void *context)
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
        g->r.look = note_written;
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
