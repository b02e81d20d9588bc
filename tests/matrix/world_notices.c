/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_notices.h. */
#include "tests/matrix/world_notices.h"

#include "platform/base/str.h"
#include "tests/matrix/roads.h"
#include "tests/matrix/rules.h"

static void notice(struct road *m)
{
    struct world *w = m->w;
    i64 *id = &w->thing[m->set][m->thing];
    road_ask(m, STAFF_JOB, "/api/v1/notices",
             arena_printf(
                 w->t->mem,
                 "{\"title\":\"%sMeeting\",\"body\":\"%sAt nine.\",\"audience\":\"sector:%lld\"}",
                 m->mark, m->mark, (long long)w->sector[m->set]));
    *id = world_number(w->t->db, world_org(m->set),
                       SQL("SELECT MAX(id) FROM notices WHERE org_id = :org"));
    m->version = 1;
    if (m->thing == NOTICE_OUT)
        road_ask(m, STAFF_JOB,
                 arena_printf(w->t->mem, "/api/v1/notices/%lld/publish", (long long)*id).ptr,
                 str_of("{}"));
}

static void notices_make(struct world *w)
{
    static road_step *const ROAD[] = { notice, NULL };
    for (int set = 0; set < SETS; set++)
        for (int thing = NOTICE_DRAFT; thing <= NOTICE_OUT; thing++)
            road_walk(w, set, thing, ROAD);
}

static i64 notices_version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM notices WHERE org_id = :org AND id = :id", P(id)));
}

/* Who writes them sees all; else published ones that are addressed to oneself. */
static char notices_own(const struct question *q)
{
    bool reads = rules_is_person(q) && q->thing == NOTICE_OUT;
    bool writes = rules_holds(q, "notices.write");
    if (q->entry->route.method == PUT && writes)
        return q->thing == NOTICE_DRAFT ? 'o' : 'c';
    return reads || writes ? 'o' : 'n';
}

static const struct thing THINGS_OWN[] = {
    { NOTICE_DRAFT, "draft", NULL, false },
    { NOTICE_OUT, "published", NULL, false },
    { 0 },
};

const struct part PART_OF_NOTICES = { .name = "notices",
                                      .specimens = SPECIMENS_NOTICES,
                                      .things = THINGS_OWN,
                                      .make = notices_make,
                                      .version = notices_version,
                                      .own = notices_own };
