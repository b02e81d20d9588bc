/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_calls.h. Whose they are: modules/calls/README.md. */
#include "tests/matrix/world_calls.h"

#include "platform/base/str.h"
#include "tests/matrix/roads.h"
#include "tests/matrix/rules.h"

static void call_add(struct road *m)
{
    struct world *w = m->w;
    road_ask(m, STAFF_JOB, "/api/v1/calls",
             arena_printf(w->t->mem,
                          "{\"name\":\"%sCall\",\"timing\":\"between\",\"from_on\":\"2026-11-25\","
                          "\"until_on\":\"2026-12-25\",\"titles\":[\"%sTopic\"]}",
                          m->mark, m->mark));
    w->thing[m->set][m->thing] = world_number(w->t->db, world_org(m->set),
                                              SQL("SELECT MAX(id) FROM calls WHERE org_id = :org"));
}

static i64 calls_version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM calls WHERE org_id = :org AND id = :id", P(id)));
}

static void on_call(struct road *m, const char *verb)
{
    str path = arena_printf(m->w->t->mem, "/api/v1/calls/%lld/%s",
                            (long long)m->w->thing[m->set][m->thing], verb);
    road_ask(m, STAFF_JOB, path.ptr,
             arena_printf(m->w->t->mem, "{\"version\":%lld}",
                          (long long)calls_version(m->w, m->set, m->thing)));
}

static void publish(struct road *m)
{
    on_call(m, "publish");
}

static void close_it(struct road *m)
{
    on_call(m, "close");
}

static void calls_make(struct world *w)
{
    static road_step *const DRAFTED[] = { call_add, NULL };
    static road_step *const PUBLISHED[] = { call_add, publish, NULL };
    static road_step *const CLOSED_ONE[] = { call_add, publish, close_it, NULL };
    for (int set = 0; set < SETS; set++) {
        road_walk(w, set, CALL_OPEN, PUBLISHED);
        road_walk(w, set, CALL_DRAFT, DRAFTED);
        road_walk(w, set, CALL_CLOSED, CLOSED_ONE);
    }
}

/* What is not published is the office's; what is closed is not changed. */
static char calls_own(const struct question *q)
{
    bool manages = rules_holds(q, "calls.manage");
    bool changes = strcmp(rules_verb(q), "edit") == 0 || q->entry->route.method == PUT;
    if (q->thing == CALL_DRAFT && !manages)
        return 'n';
    return changes && q->thing == CALL_CLOSED ? 'c' : 'o';
}

static const struct thing THINGS_OWN[] = {
    { CALL_OPEN, "open", NULL, false },
    { CALL_DRAFT, "unpublished", NULL, false },
    { CALL_CLOSED, "over", NULL, false },
    { 0 },
};

const struct part PART_OF_CALLS = { .name = "calls",
                                    .specimens = SPECIMENS_CALLS,
                                    .things = THINGS_OWN,
                                    .make = calls_make,
                                    .version = calls_version,
                                    .own = calls_own };
