/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of clusters, their texts, words and days. */
#include "modules/clusters/cluster_store.h"

static const struct field CLUSTER_ROW[] = {
    FIELD(struct cluster, id),           FIELD(struct cluster, texts),
    FIELD(struct cluster, first_on),     FIELD(struct cluster, last_on),
    FIELD(struct cluster, crowd),        FIELD(struct cluster, crowd_from_on),
    FIELD(struct cluster, crowd_to_on),  FIELD(struct cluster, into_id),
    FIELD(struct cluster, title_degree), FIELD(struct cluster, title_item),
    FIELD(struct cluster, version),      FIELD(struct cluster, pinned),
    FIELD(struct cluster, owner),        FIELD(struct cluster, state),
    FIELD(struct cluster, name),         FIELD(struct cluster, title),
    FIELD(struct cluster, profile),      { 0 },
};

/* ---- clusters ---- */

err cluster_store_find(struct db *db, i64 id, struct arena *mem, struct cluster *out)
{
    return db_one(
        db,
        SQL("SELECT id, texts, first_on, last_on, crowd, crowd_from_on, crowd_to_on, "
            "into_id, title_degree, title_item, version, pinned, owner, state, name, title, "
            "profile FROM clusters WHERE org_id = :org AND id = :id",
            P(id)),
        CLUSTER_ROW, mem, out);
}

err cluster_store_list_some(struct db *db, const i64 *eight, struct arena *mem, struct rows *out)
{
    i64 id1 = eight[0], id2 = eight[1], id3 = eight[2], id4 = eight[3], id5 = eight[4],
        id6 = eight[5], id7 = eight[6], id8 = eight[7];
    *out = (struct rows){ .size = sizeof(struct cluster) };
    return db_list(
        db,
        SQL("SELECT id, texts, first_on, last_on, crowd, crowd_from_on, crowd_to_on, "
            "into_id, title_degree, title_item, version, pinned, owner, state, name, title, "
            "profile FROM clusters WHERE org_id = :org AND id IN (:id1, :id2, :id3, :id4, :id5, "
            ":id6, :id7, :id8)",
            P(id1), P(id2), P(id3), P(id4), P(id5), P(id6), P(id7), P(id8)),
        CLUSTER_ROW, mem, out);
}

err cluster_store_add(struct db *db, const struct cluster *c, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO clusters (org_id, owner, state, title, title_item, texts, first_on, "
            "last_on, crowd, crowd_from_on, crowd_to_on, profile) VALUES (:org, :owner, "
            "'open', :title, :title_item, :texts, :first_on, :last_on, :crowd, "
            ":crowd_from_on, :crowd_to_on, :profile) RETURNING id",
            P(c->owner), P(c->title), P(c->title_item), P(c->texts), P(c->first_on), P(c->last_on),
            P(c->crowd), P(c->crowd_from_on), P(c->crowd_to_on), P(c->profile)),
        id);
}

err cluster_store_grow(struct db *db, const struct cluster *c)
{
    return db_update(
        db, SQL("UPDATE clusters SET title = :title, title_degree = :title_degree, title_item = "
                ":title_item, texts = :texts, first_on = :first_on, last_on = :last_on, crowd = "
                ":crowd, crowd_from_on = :crowd_from_on, crowd_to_on = :crowd_to_on, into_id = "
                ":into_id, profile = :profile WHERE org_id = :org AND id = :id AND version = "
                ":version",
                P(c->title), P(c->title_degree), P(c->title_item), P(c->texts), P(c->first_on),
                P(c->last_on), P(c->crowd), P(c->crowd_from_on), P(c->crowd_to_on), P(c->into_id),
                P(c->profile), P(c->id), P(c->version)));
}

err cluster_store_update(struct db *db, const struct cluster *c, str to)
{
    return db_update(
        db, SQL("UPDATE clusters SET state = :to, name = :name, pinned = :pinned, title = "
                ":title, title_degree = :title_degree, title_item = :title_item, texts = :texts, "
                "first_on = :first_on, last_on = :last_on, crowd = :crowd, crowd_from_on = "
                ":crowd_from_on, crowd_to_on = :crowd_to_on, into_id = :into_id, profile = "
                ":profile, version = version + 1 WHERE org_id = :org AND id = :id AND version = "
                ":version",
                P(to), P(c->name), P(c->pinned), P(c->title), P(c->title_degree), P(c->title_item),
                P(c->texts), P(c->first_on), P(c->last_on), P(c->crowd), P(c->crowd_from_on),
                P(c->crowd_to_on), P(c->into_id), P(c->profile), P(c->id), P(c->version)));
}

err cluster_store_list_titled(struct db *db, str owner, i64 item_id, struct arena *mem,
                              struct rows *out)
{
    *out = (struct rows){ .size = sizeof(struct cluster) };
    return db_list(
        db,
        SQL("SELECT id, texts, first_on, last_on, crowd, crowd_from_on, crowd_to_on, "
            "into_id, title_degree, title_item, version, pinned, owner, state, name, title, "
            "profile FROM clusters WHERE org_id = :org AND title_item = :item_id AND owner = "
            ":owner",
            P(item_id), P(owner)),
        CLUSTER_ROW, mem, out);
}

err cluster_store_list_joined(struct db *db, i64 into_id, struct arena *mem, struct rows *out)
{
    *out = (struct rows){ .size = sizeof(struct cluster) };
    return db_list(
        db,
        SQL("SELECT c.id, COUNT(m.id) AS texts, c.first_on, c.last_on, c.crowd, "
            "c.crowd_from_on, c.crowd_to_on, c.into_id, c.title_degree, c.title_item, "
            "c.version, c.pinned, c.owner, c.state, c.name, c.title, c.profile FROM "
            "cluster_members m JOIN clusters c ON c.org_id = m.org_id AND c.id = m.was_id "
            "WHERE m.org_id = :org AND m.cluster_id = :into_id AND m.was_id > 0 AND "
            "c.into_id = :into_id GROUP BY c.id ORDER BY c.id DESC LIMIT 20",
            P(into_id)),
        CLUSTER_ROW, mem, out);
}

/* ---- their texts ---- */

static const struct field MEMBER_ROW[] = {
    FIELD(struct cluster_member, id),
    FIELD(struct cluster_member, item_id),
    FIELD(struct cluster_member, cluster_id),
    FIELD(struct cluster_member, was_id),
    FIELD(struct cluster_member, day_on),
    FIELD(struct cluster_member, area_id),
    { 0 },
};

err cluster_store_find_member(struct db *db, str owner, i64 item_id, struct cluster_member *out)
{
    return db_one(db,
                  SQL("SELECT id, item_id, cluster_id, was_id, day_on, area_id "
                      "FROM cluster_members WHERE org_id = :org AND owner = :owner "
                      "AND item_id = :item_id",
                      P(owner), P(item_id)),
                  MEMBER_ROW, NULL, out);
}

err cluster_store_add_member(struct db *db, str owner, const struct cluster_member *m)
{
    return db_run(db,
                  SQL("INSERT INTO cluster_members (org_id, owner, item_id, cluster_id, day_on, "
                      "area_id) VALUES (:org, :owner, :item_id, :cluster_id, :day_on, :area_id)",
                      P(owner), P(m->item_id), P(m->cluster_id), P(m->day_on), P(m->area_id)),
                  NULL);
}

err cluster_store_remove_member(struct db *db, str owner, i64 item_id)
{
    return db_run(db,
                  SQL("DELETE FROM cluster_members WHERE org_id = :org AND owner = :owner "
                      "AND item_id = :item_id",
                      P(owner), P(item_id)),
                  NULL);
}

err cluster_store_list_members(struct db *db, str owner, const i64 *items, struct arena *mem,
                               struct rows *out)
{
    i64 item1 = items[0], item2 = items[1], item3 = items[2], item4 = items[3], item5 = items[4],
        item6 = items[5], item7 = items[6], item8 = items[7];
    static const struct field ROW[] = { FIELD(struct cluster_member, item_id),
                                        FIELD(struct cluster_member, cluster_id),
                                        { 0 } };
    *out = (struct rows){ .size = sizeof(struct cluster_member) };
    return db_list(
        db,
        SQL("SELECT item_id, cluster_id FROM cluster_members "
            "WHERE org_id = :org AND owner = :owner AND item_id IN (:item1, :item2, :item3, "
            ":item4, :item5, :item6, :item7, :item8)",
            P(owner), P(item1), P(item2), P(item3), P(item4), P(item5), P(item6), P(item7),
            P(item8)),
        ROW, mem, out);
}

err cluster_store_list_newest(struct db *db, i64 cluster_id, i64 limit, struct arena *mem,
                              struct rows *out)
{
    *out = (struct rows){ .size = sizeof(struct cluster_member) };
    return db_list(db,
                   SQL("SELECT id, item_id, cluster_id, was_id, day_on, area_id "
                       "FROM cluster_members WHERE org_id = :org AND cluster_id = :cluster_id "
                       "ORDER BY item_id DESC LIMIT :limit",
                       P(cluster_id), P(limit)),
                   MEMBER_ROW, mem, out);
}

err cluster_store_move(struct db *db, str owner, i64 item_id, i64 to)
{
    return db_run(db,
                  SQL("UPDATE cluster_members SET was_id = 0, cluster_id = :to "
                      "WHERE org_id = :org AND owner = :owner AND item_id = :item_id",
                      P(to), P(owner), P(item_id)),
                  NULL);
}

err cluster_store_move_all(struct db *db, i64 from, i64 to)
{
    return db_run(db,
                  SQL("UPDATE cluster_members SET was_id = :from, cluster_id = :to "
                      "WHERE org_id = :org AND cluster_id = :from",
                      P(from), P(to)),
                  NULL);
}

err cluster_store_move_back(struct db *db, i64 from, i64 was)
{
    return db_run(db,
                  SQL("UPDATE cluster_members SET was_id = 0, cluster_id = :was "
                      "WHERE org_id = :org AND cluster_id = :from AND was_id = :was",
                      P(from), P(was)),
                  NULL);
}

/* ---- words ---- */

err cluster_store_find_key(struct db *db, str owner, i64 word, struct arena *mem,
                           struct cluster_key *out)
{
    static const struct field ROW[] = { FIELD(struct cluster_key, id),
                                        FIELD(struct cluster_key, items),
                                        { 0 } };
    err e = db_one(db,
                   SQL("SELECT id, items FROM cluster_keys WHERE org_id = :org AND owner = :owner "
                       "AND word = :word",
                       P(owner), P(word)),
                   ROW, mem, out);
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err cluster_store_save_key(struct db *db, str owner, i64 word, bytes items)
{
    return db_run(db,
                  SQL("INSERT INTO cluster_keys (org_id, owner, word, items) VALUES (:org, "
                      ":owner, :word, :items) ON CONFLICT (org_id, owner, word) DO UPDATE SET "
                      "items = excluded.items",
                      P(owner), P(word), P(items)),
                  NULL);
}

/* ---- days ---- */

err cluster_store_count_day(struct db *db, str owner, i64 cluster_id, i64 day_on, i64 change)
{
    TRY(db_run(db,
               SQL("INSERT INTO cluster_days (org_id, owner, cluster_id, day_on, texts) VALUES "
                   "(:org, :owner, :cluster_id, :day_on, :change) "
                   "ON CONFLICT (org_id, cluster_id, day_on) DO UPDATE SET "
                   "texts = cluster_days.texts + excluded.texts",
                   P(owner), P(cluster_id), P(day_on), P(change)),
               NULL));
    if (change > 0)
        return OK;
    return db_run(db,
                  SQL("DELETE FROM cluster_days WHERE org_id = :org AND cluster_id = :cluster_id "
                      "AND day_on = :day_on AND texts <= 0",
                      P(cluster_id), P(day_on)),
                  NULL);
}

err cluster_store_list_days(struct db *db, i64 cluster_id, const i64 *from_to, struct arena *mem,
                            struct rows *out)
{
    static const struct field ROW[] = { FIELD(struct cluster_day, day_on),
                                        FIELD(struct cluster_day, texts),
                                        { 0 } };
    i64 from_on = from_to[0], to_on = from_to[1];
    *out = (struct rows){ .size = sizeof(struct cluster_day) };
    return db_list(db,
                   SQL("SELECT day_on, texts FROM cluster_days WHERE org_id = :org "
                       "AND cluster_id = :cluster_id AND day_on BETWEEN :from_on AND :to_on "
                       "ORDER BY day_on",
                       P(cluster_id), P(from_on), P(to_on)),
                   ROW, mem, out);
}

err cluster_store_recount(struct db *db, str owner, i64 cluster_id)
{
    TRY(db_run(db,
               SQL("DELETE FROM cluster_days WHERE org_id = :org AND cluster_id = :cluster_id",
                   P(cluster_id)),
               NULL));
    return db_run(db,
                  SQL("INSERT INTO cluster_days (org_id, owner, cluster_id, day_on, texts) "
                      "SELECT org_id, CAST(:owner AS TEXT), cluster_id, day_on, COUNT(id) "
                      "FROM cluster_members WHERE org_id = :org AND cluster_id = :cluster_id "
                      "GROUP BY org_id, cluster_id, day_on",
                      P(owner), P(cluster_id)),
                  NULL);
}

/* ---- different matters ---- */

err cluster_store_set_apart(struct db *db, i64 a_id, i64 b_id)
{
    return db_run(db,
                  SQL("INSERT INTO cluster_aparts (org_id, a_id, b_id) VALUES (:org, :a_id, "
                      ":b_id) ON CONFLICT (org_id, a_id, b_id) DO NOTHING",
                      P(a_id), P(b_id)),
                  NULL);
}

err cluster_store_end_apart(struct db *db, i64 a_id, i64 b_id, i64 *ended)
{
    return db_run(db,
                  SQL("DELETE FROM cluster_aparts WHERE org_id = :org AND a_id = :a_id "
                      "AND b_id = :b_id",
                      P(a_id), P(b_id)),
                  ended);
}

err cluster_store_list_aparts(struct db *db, i64 id, struct arena *mem, struct rows *out)
{
    static const struct field ROW[] = { FIELD(struct gather_apart, a),
                                        FIELD(struct gather_apart, b),
                                        { 0 } };
    *out = (struct rows){ .size = sizeof(struct gather_apart) };
    return db_list(db,
                   SQL("SELECT a_id AS a, b_id AS b FROM cluster_aparts WHERE org_id = :org "
                       "AND a_id = :id UNION ALL SELECT a_id AS a, b_id AS b FROM cluster_aparts "
                       "WHERE org_id = :org AND b_id = :id",
                       P(id)),
                   ROW, mem, out);
}

/* ---- hot ones ---- */

static const struct field HEAT_ROW[] = {
    FIELD(struct cluster_heat, id),
    FIELD(struct cluster_heat, now),
    FIELD(struct cluster_heat, before),
    FIELD(struct cluster_heat, areas),
    { 0 },
};

err cluster_store_list_hot(struct db *db, str owner, const struct cluster_period *period,
                           struct arena *mem, struct rows *out)
{
    *out = (struct rows){ .size = sizeof(struct cluster_heat) };
    return db_list(
        db,
        SQL("SELECT d.cluster_id AS id, CAST(SUM(d.texts) AS BIGINT) AS now, 0 AS before, "
            "0 AS areas FROM cluster_days d WHERE d.org_id = :org AND d.owner = :owner "
            "AND d.day_on BETWEEN :from_on AND :to_on GROUP BY d.cluster_id "
            "HAVING SUM(d.texts) >= 2 ORDER BY SUM(d.texts) DESC, MAX(d.day_on) DESC, "
            "d.cluster_id DESC LIMIT :limit",
            P(owner), P(period->from_on), P(period->to_on), P(period->limit)),
        HEAT_ROW, mem, out);
}

err cluster_store_list_crowded(struct db *db, str owner, i64 limit, struct arena *mem,
                               struct rows *out)
{
    *out = (struct rows){ .size = sizeof(struct cluster_heat) };
    return db_list(db,
                   SQL("SELECT id, crowd AS now, 0 AS before, 0 AS areas FROM clusters "
                       "WHERE org_id = :org AND owner = :owner AND crowd >= 2 "
                       "ORDER BY crowd DESC, texts DESC, crowd_to_on DESC, id DESC LIMIT :limit",
                       P(owner), P(limit)),
                   HEAT_ROW, mem, out);
}

err cluster_store_list_pinned(struct db *db, str owner, struct arena *mem, struct rows *out)
{
    *out = (struct rows){ .size = sizeof(struct cluster_heat) };
    return db_list(db,
                   SQL("SELECT id, crowd AS now, 0 AS before, 0 AS areas FROM clusters "
                       "WHERE org_id = :org AND owner = :owner AND pinned = 1 AND into_id = 0 "
                       "ORDER BY id DESC LIMIT 50",
                       P(owner)),
                   HEAT_ROW, mem, out);
}

err cluster_store_heat(struct db *db, i64 id, const struct cluster_period *period,
                       struct cluster_heat *out)
{
    return db_one(
        db,
        SQL("SELECT CAST(:id AS BIGINT) AS id, "
            "(SELECT CAST(COALESCE(SUM(n.texts), 0) AS BIGINT) FROM cluster_days n "
            "WHERE n.org_id = :org AND n.cluster_id = :id AND n.day_on BETWEEN :from_on "
            "AND :to_on) AS now, "
            "(SELECT CAST(COALESCE(SUM(b.texts), 0) AS BIGINT) FROM cluster_days b "
            "WHERE b.org_id = :org AND b.cluster_id = :id AND b.day_on >= :before_on "
            "AND b.day_on < :from_on) AS before, "
            "(SELECT COUNT(DISTINCT a.area_id) FROM cluster_members a WHERE a.org_id = :org "
            "AND a.cluster_id = :id AND a.area_id > 0) AS areas",
            P(id), P(period->from_on), P(period->to_on), P(period->before_on)),
        HEAT_ROW, NULL, out);
}
