/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements about the letters of a cluster: they are read where they lie, in the mailbox. */
#include "modules/clusters/cluster_letters_store.h"

static const struct field LETTER_ROW[] = {
    FIELD(struct cluster_letter, id),           FIELD(struct cluster_letter, received_at),
    FIELD(struct cluster_letter, title),        FIELD(struct cluster_letter, state),
    FIELD(struct cluster_letter, category),     FIELD(struct cluster_letter, area_name),
    FIELD(struct cluster_letter, reply_agency), FIELD(struct cluster_letter, source),
    FIELD(struct cluster_letter, source_id),    { 0 },
};

err cluster_letters_store_list(struct db *db, i64 cluster_id, const i64 *before_limit,
                               struct arena *mem, struct rows *out)
{
    i64 below = before_limit[0] ? before_limit[0] : INT64_MAX, limit = before_limit[1];
    *out = (struct rows){ .size = sizeof(struct cluster_letter) };
    return db_list(db,
                   SQL("SELECT l.id, l.received_at, l.title, l.state, l.category, l.area_name, "
                       "l.reply_agency, l.source, l.source_id FROM cluster_members m "
                       "JOIN letters l ON l.org_id = m.org_id AND l.id = m.item_id "
                       "WHERE m.org_id = :org AND m.cluster_id = :cluster_id "
                       "AND m.item_id < :below ORDER BY m.item_id DESC LIMIT :limit",
                       P(cluster_id), P(below), P(limit)),
                   LETTER_ROW, mem, out);
}

err cluster_letters_store_list_open(struct db *db, i64 cluster_id, i64 limit, struct arena *mem,
                                    struct rows *out)
{
    *out = (struct rows){ .size = sizeof(struct cluster_letter) };
    return db_list(db,
                   SQL("SELECT l.id, l.received_at, l.title, l.state, l.category, l.area_name, "
                       "l.reply_agency, l.source, l.source_id FROM cluster_members m "
                       "JOIN letters l ON l.org_id = m.org_id AND l.id = m.item_id "
                       "WHERE m.org_id = :org AND m.cluster_id = :cluster_id AND l.lead_id = 0 "
                       "AND l.state IN ('received', 'triaged') ORDER BY m.item_id LIMIT :limit",
                       P(cluster_id), P(limit)),
                   LETTER_ROW, mem, out);
}

err cluster_letters_store_list_leads(struct db *db, i64 cluster_id, i64 limit, struct arena *mem,
                                     struct rows *out)
{
    *out = (struct rows){ .size = sizeof(struct cluster_letter) };
    return db_list(db,
                   SQL("SELECT l.id, l.received_at, l.title, l.state, l.category, l.area_name, "
                       "l.reply_agency, l.source, l.source_id FROM cluster_members m "
                       "JOIN letters l ON l.org_id = m.org_id AND l.id = m.item_id "
                       "WHERE m.org_id = :org AND m.cluster_id = :cluster_id AND l.lead_id = 0 "
                       "AND l.state IN ('received', 'triaged', 'assigned', 'replied', "
                       "'evaluated') ORDER BY CASE WHEN l.state IN ('received', 'triaged') THEN 1 "
                       "ELSE 0 END, m.item_id LIMIT :limit",
                       P(cluster_id), P(limit)),
                   LETTER_ROW, mem, out);
}

err cluster_letters_store_count_open(struct db *db, i64 cluster_id, i64 *count)
{
    return db_i64(db,
                  SQL("SELECT COUNT(l.id) FROM cluster_members m JOIN letters l "
                      "ON l.org_id = m.org_id AND l.id = m.item_id WHERE m.org_id = :org "
                      "AND m.cluster_id = :cluster_id AND l.lead_id = 0 "
                      "AND l.state IN ('received', 'triaged')",
                      P(cluster_id)),
                  count);
}

static const struct field PART_ROW[] = { FIELD(struct cluster_part, word),
                                         FIELD(struct cluster_part, texts),
                                         { 0 } };

err cluster_letters_store_list_parts(struct db *db, i64 cluster_id, enum cluster_by by,
                                     struct arena *mem, struct rows *out)
{
    *out = (struct rows){ .size = sizeof(struct cluster_part) };
    switch (by) {
    case CLUSTER_BY_TOWN:
        return db_list(db,
                       SQL("SELECT l.county || l.town AS word, COUNT(l.id) AS texts FROM "
                           "cluster_members m JOIN letters l ON l.org_id = m.org_id "
                           "AND l.id = m.item_id WHERE m.org_id = :org "
                           "AND m.cluster_id = :cluster_id AND l.county <> '' "
                           "GROUP BY l.county || l.town ORDER BY COUNT(l.id) DESC, 1 LIMIT 12",
                           P(cluster_id)),
                       PART_ROW, mem, out);
    case CLUSTER_BY_CATEGORY:
        return db_list(db,
                       SQL("SELECT l.category AS word, COUNT(l.id) AS texts FROM "
                           "cluster_members m JOIN letters l ON l.org_id = m.org_id "
                           "AND l.id = m.item_id WHERE m.org_id = :org "
                           "AND m.cluster_id = :cluster_id AND l.category <> '' "
                           "GROUP BY l.category ORDER BY COUNT(l.id) DESC, 1 LIMIT 12",
                           P(cluster_id)),
                       PART_ROW, mem, out);
    case CLUSTER_BY_AGENCY:
        return db_list(db,
                       SQL("SELECT l.reply_agency AS word, COUNT(l.id) AS texts FROM "
                           "cluster_members m JOIN letters l ON l.org_id = m.org_id "
                           "AND l.id = m.item_id WHERE m.org_id = :org "
                           "AND m.cluster_id = :cluster_id AND l.reply_agency <> '' "
                           "GROUP BY l.reply_agency ORDER BY COUNT(l.id) DESC, 1 LIMIT 12",
                           P(cluster_id)),
                       PART_ROW, mem, out);
    case CLUSTER_BY_STATE:
        break;
    }
    return db_list(db,
                   SQL("SELECT l.state AS word, COUNT(l.id) AS texts FROM cluster_members m "
                       "JOIN letters l ON l.org_id = m.org_id AND l.id = m.item_id "
                       "WHERE m.org_id = :org AND m.cluster_id = :cluster_id "
                       "GROUP BY l.state ORDER BY COUNT(l.id) DESC, 1 LIMIT 12",
                       P(cluster_id)),
                   PART_ROW, mem, out);
}
