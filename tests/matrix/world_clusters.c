/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_clusters.h. Whose they are: modules/clusters/README.md, "Who may". */
#include "tests/matrix/world_clusters.h"

#include "modules/clusters/cluster_engine.h"
#include "modules/clusters/cluster_rules.h"
#include "modules/mailbox/letter.h"
#include "platform/base/str.h"
#include "tests/matrix/roads.h"
#include "tests/matrix/rules.h"

static err gathered(struct rq *rq, const char *title, const char *body, i64 *letter, i64 *cluster)
{
    bool foreign = db_org(rq->db) == world_org(SET_FOREIGN);
    const char *mark = foreign ? "CANARY " : "";
    const struct letter_new in = { .kind = str_of("concern"),
                                   .lane = str_of("staff"),
                                   .via = str_of("phone"),
                                   .title = arena_printf(rq->mem, "%s%s", mark, title),
                                   .body = arena_printf(rq->mem, "%s%s", mark, body),
                                   .notice = str_of("1"),
                                   .quiet = true };
    struct cluster c;
    TRY(letter_add(rq, &in, letter));
    TRY(cluster_of(rq, &CLUSTER_LETTERS, *letter, &c));
    *cluster = c.id;
    return OK;
}

static err clusters_make(struct rq *rq, struct world *w, int set)
{
    static const char BODY[] = "Our village draws water at one well and it is dry since May.";
    i64 *things = w->thing[set], letter, cluster;
    struct cluster c;
    TRY(gathered(rq, "The well is dry", BODY, &letter, &things[CLUSTER_OPEN]));
    TRY(gathered(rq, "Well dry", BODY, &things[CLUSTER_GATHERED], &cluster));
    assert_true(cluster == things[CLUSTER_OPEN]);
    TRY(gathered(rq, "Noise by night", "Lorries pass below my window until three o'clock.", &letter,
                 &things[CLUSTER_CLOSED]));
    TRY(cluster_store_find(rq->db, things[CLUSTER_CLOSED], rq->mem, &c));
    assert_true(c.id != cluster);
    c.pinned = true;
    TRY(cluster_store_set_apart(rq->db, cluster, c.id));
    return cluster_store_update(rq->db, &c, str_of("closed"));
}

static void make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, clusters_make);
}

static i64 version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM clusters WHERE org_id = :org AND id = :id",
                            P(id)));
}

/* What is done already cannot be done again. */
static char own(const struct question *q)
{
    const char *verb = rules_verb(q);
    bool closed = q->thing == CLUSTER_CLOSED;
    if (strcmp(verb, "pin") == 0 || strcmp(verb, "close") == 0)
        return closed ? 'c' : 'o';
    if (strcmp(verb, "unpin") == 0 || strcmp(verb, "reopen") == 0)
        return closed ? 'o' : 'c';
    return 'o';
}

static const struct thing THINGS_OWN[] = {
    { CLUSTER_OPEN, "open_cluster", NULL, false },
    { CLUSTER_CLOSED, "closed_cluster", "other_cluster", false },
    { CLUSTER_GATHERED, "gathered_letter", "gathered", false },
    { 0 },
};

const struct part PART_OF_CLUSTERS = { .name = "clusters",
                                       .specimens = SPECIMENS_CLUSTERS,
                                       .things = THINGS_OWN,
                                       .make = make,
                                       .version = version,
                                       .own = own };
