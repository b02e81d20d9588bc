/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_topics.h. Whose they are: modules/topics/README.md. */
#include "tests/matrix/world_topics.h"

#include "modules/clusters/cluster_feed.h"
#include "modules/mailbox/letter.h"
#include "platform/base/str.h"
#include "tests/matrix/rules.h"

static err letter(struct rq *rq, int set, const char *body, i64 *id)
{
    const char *mark = set == SET_FOREIGN ? "CANARY " : "";
    const struct letter_new in = { .kind = str_of("concern"),
                                   .lane = str_of("staff"),
                                   .via = str_of("phone"),
                                   .body = arena_printf(rq->mem, "%s%s", mark, body),
                                   .quiet = true };
    return letter_add(rq, &in, id);
}

static err topic(struct rq *rq, int set, const char *state, i64 cluster_id, i64 *id)
{
    str title = str_of(set == SET_FOREIGN ? "CANARY-Ferry" : "The ferry"), is = str_of(state);
    return db_insert(rq->db,
                     SQL("INSERT INTO topics (org_id, state, title, body, source, cluster_id, "
                         "proposed_at, proposed_by, writer_name) VALUES (:org, :is, :title, 'It "
                         "goes once a day.', 'members', :cluster_id, 1, 0, 'He') RETURNING id",
                         P(is), P(title), P(cluster_id)),
                     id);
}

/* Each set's are about another matter, so that they do not gather. */
static err topics_make(struct rq *rq, struct world *w, int set)
{
    static const char *const MATTERS[SETS] = {
        "The ferry across the lake goes once a day, nobody gets to work.",
        "Dogs without an owner chase children on the way to school.",
        "The ferry across the lake goes once a day, nobody gets to work."
    };
    i64 *things = w->thing[set], id;
    struct cluster c;
    TRY(letter(rq, set, MATTERS[set], &things[TOPIC_SAID]));
    TRY(cluster_of(rq, &CLUSTER_LETTERS, things[TOPIC_SAID], &c));
    things[TOPIC_OF_CLUSTER] = c.id;
    TRY(topic(rq, set, "rejected", c.id, &things[TOPIC_REJECTED]));
    TRY(topic(rq, set, "proposed", 0, &things[TOPIC_PROPOSED]));
    TRY(letter(rq, set, "Our bridge has had a hole for a year and was mended twice.",
               &things[TOPIC_UNSOLVED]));
    id = things[TOPIC_UNSOLVED];
    return db_run(rq->db,
                  SQL("UPDATE letters SET state = 'evaluated', verdict = 'unsolved', round = 2, "
                      "triaged_at = 1, replied_at = 1, evaluated_at = 1 WHERE org_id = :org AND "
                      "id = :id",
                      P(id)),
                  NULL);
}

static void make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, topics_make);
}

static i64 version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    if (thing == TOPIC_UNSOLVED || thing == TOPIC_SAID)
        return world_number(w->t->db, world_org(set),
                            SQL("SELECT version FROM letters WHERE org_id = :org AND id = :id",
                                P(id)));
    if (thing == TOPIC_OF_CLUSTER)
        return world_number(w->t->db, world_org(set),
                            SQL("SELECT version FROM clusters WHERE org_id = :org AND id = :id",
                                P(id)));
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM topics WHERE org_id = :org AND id = :id", P(id)));
}

/* What is decided is not decided again, what waits is not reopened; what went once goes no more; a
 * letter goes when it was not solved twice. */
static char own(const struct question *q)
{
    const char *verb = rules_verb(q);
    bool reopens = strcmp(verb, "reopen") == 0;
    if (strcmp(verb, "offer") == 0)
        return q->thing == TOPIC_OF_CLUSTER || q->thing == TOPIC_SAID ? 'c' : 'o';
    if (strcmp(verb, "edit") == 0 || strcmp(verb, "pool") == 0 || strcmp(verb, "reject") == 0 ||
        reopens)
        return (q->thing == TOPIC_REJECTED) == reopens ? 'o' : 'c';
    return 'o';
}

static const struct thing THINGS_OWN[] = {
    { TOPIC_PROPOSED, "proposed_topic", NULL, false },
    { TOPIC_REJECTED, "rejected_topic", NULL, false },
    { TOPIC_OF_CLUSTER, "cluster_of_topic", NULL, false },
    { TOPIC_UNSOLVED, "unsolved_letter", NULL, false },
    { TOPIC_SAID, "letter_of_topic", NULL, false },
    { 0 },
};

const struct part PART_OF_TOPICS = { .name = "topics",
                                     .specimens = SPECIMENS_TOPICS,
                                     .things = THINGS_OWN,
                                     .make = make,
                                     .version = version,
                                     .own = own };
