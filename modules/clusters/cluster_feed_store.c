/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements: opinions that were made of clusters. */
#include "modules/clusters/cluster_feed_store.h"

#include "modules/handlings/handling.h"

static const struct field OPINION_ROW[] = {
    FIELD(struct handling_opinion, opinion_id), FIELD(struct handling_opinion, fed_at),
    FIELD(struct handling_opinion, number),     FIELD(struct handling_opinion, title),
    FIELD(struct handling_opinion, kept),       { 0 },
};

err cluster_feed_store_add(struct db *db, const struct cluster *c, i64 opinion_id, const i64 *by)
{
    i64 fed_at = by[0], fed_by = by[1];
    return db_run(
        db,
        SQL("INSERT INTO cluster_opinions (org_id, cluster_id, opinion_id, texts, fed_at, "
            "fed_by) VALUES (:org, :id, :opinion_id, :texts, :fed_at, :fed_by)",
            P(c->id), P(opinion_id), P(c->texts), P(fed_at), P(fed_by)),
        NULL);
}

err cluster_feed_store_list_joined(struct db *db, const i64 *eight, struct arena *mem,
                                   struct rows *out)
{
    i64 id1 = eight[0], id2 = eight[1], id3 = eight[2], id4 = eight[3], id5 = eight[4],
        id6 = eight[5], id7 = eight[6], id8 = eight[7];
    static const struct field ROW[] = { FIELD(struct cluster_letter, id), { 0 } };
    *out = (struct rows){ .size = sizeof(struct cluster_letter) };
    return db_list(db,
                   SQL("SELECT id FROM clusters WHERE org_id = :org AND into_id > 0 AND into_id "
                       "IN (:id1, :id2, :id3, :id4, :id5, :id6, :id7, :id8) LIMIT 5000",
                       P(id1), P(id2), P(id3), P(id4), P(id5), P(id6), P(id7), P(id8)),
                   ROW, mem, out);
}

err cluster_feed_store_list(struct db *db, const i64 *eight, struct arena *mem, struct rows *out)
{
    i64 id1 = eight[0], id2 = eight[1], id3 = eight[2], id4 = eight[3], id5 = eight[4],
        id6 = eight[5], id7 = eight[6], id8 = eight[7];
    *out = (struct rows){ .size = sizeof(struct handling_opinion) };
    return db_list(
        db,
        SQL("SELECT x.opinion_id, x.fed_at, o.number, o.title, CASE WHEN o.state = "
            "'kept' THEN 1 ELSE 0 END AS kept FROM cluster_opinions x JOIN "
            "opinions o ON o.org_id = x.org_id AND o.id = x.opinion_id WHERE x.org_id = :org AND "
            "x.cluster_id "
            "IN (:id1, :id2, :id3, :id4, :id5, :id6, :id7, :id8)",
            P(id1), P(id2), P(id3), P(id4), P(id5), P(id6), P(id7), P(id8)),
        OPINION_ROW, mem, out);
}

err cluster_feed_store_find(struct db *db, i64 opinion_id, struct arena *mem,
                            struct cluster_source *out)
{
    static const struct field ROW[] = { FIELD(struct cluster_source, id),
                                        FIELD(struct cluster_source, texts),
                                        FIELD(struct cluster_source, title),
                                        { 0 } };
    return db_one(db,
                  SQL("SELECT x.cluster_id AS id, x.texts, CASE WHEN c.name <> '' THEN c.name ELSE "
                      "c.title END AS title FROM cluster_opinions x JOIN clusters c ON "
                      "c.org_id = :org AND c.id = x.cluster_id WHERE x.org_id = :org AND "
                      "x.opinion_id = :opinion_id",
                      P(opinion_id)),
                  ROW, mem, out);
}

err cluster_feed_store_list_unsolved(struct db *db, i64 cluster_id, i64 limit, struct arena *mem,
                                     struct rows *out)
{
    static const struct field ROW[] = { FIELD(struct cluster_letter, id), { 0 } };
    *out = (struct rows){ .size = sizeof(struct cluster_letter) };
    return db_list(db,
                   SQL("SELECT l.id FROM cluster_members m JOIN letters l ON l.org_id = m.org_id "
                       "AND l.id = m.item_id WHERE m.org_id = :org AND m.cluster_id = :cluster_id "
                       "AND l.state = 'evaluated' AND (l.verdict = 'unsolved' OR l.still = 'no') "
                       "ORDER BY m.item_id LIMIT :limit",
                       P(cluster_id), P(limit)),
                   ROW, mem, out);
}
