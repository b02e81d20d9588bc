/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of topics, and the declared list: columns, and who sees which rows. */
#include "modules/topics/topic.h"

static const struct field TOPIC_ROW[] = {
    FIELD(struct topic, id),
    FIELD(struct topic, cluster_id),
    FIELD(struct topic, letter_id),
    FIELD(struct topic, letters),
    FIELD(struct topic, proposed_at),
    FIELD(struct topic, proposed_by),
    FIELD(struct topic, decided_at),
    FIELD(struct topic, version),
    FIELD(struct topic, state),
    FIELD(struct topic, title),
    FIELD(struct topic, body),
    FIELD(struct topic, source),
    FIELD(struct topic, proposer),
    FIELD(struct topic, reason),
    FIELD(struct topic, writer_name),
    FIELD(struct topic, decider_name),
    { 0 },
};

err topic_store_add(struct db *db, const struct topic *t, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO topics (org_id, state, title, body, source, proposer, cluster_id, "
            "letter_id, letters, proposed_at, proposed_by, writer_name) VALUES (:org, :state, "
            ":title, :body, :source, :proposer, :cluster_id, :letter_id, :letters, :proposed_at, "
            ":proposed_by, :writer_name) RETURNING id",
            P(t->state), P(t->title), P(t->body), P(t->source), P(t->proposer), P(t->cluster_id),
            P(t->letter_id), P(t->letters), P(t->proposed_at), P(t->proposed_by),
            P(t->writer_name)),
        id);
}

err topic_store_find(struct db *db, i64 id, struct arena *mem, struct topic *out)
{
    err e = db_one(
        db,
        SQL("SELECT id, cluster_id, letter_id, letters, proposed_at, proposed_by, decided_at, "
            "version, state, title, body, source, proposer, reason, writer_name, decider_name FROM "
            "topics WHERE org_id = :org AND id = :id",
            P(id)),
        TOPIC_ROW, mem, out);
    return e.code == ERR_NOT_FOUND ? err_make(ERR_NOT_FOUND, "topics.not_found") : e;
}

err topic_store_update(struct db *db, const struct topic *t)
{
    return db_update(
        db, SQL("UPDATE topics SET state = :state, title = :title, body = :body, source = :source, "
                "proposer = :proposer, reason = :reason, decided_at = :decided_at, decider_name = "
                ":decider_name, version = version + 1 WHERE org_id = :org AND id = :id AND "
                "version = :version",
                P(t->state), P(t->title), P(t->body), P(t->source), P(t->proposer), P(t->reason),
                P(t->decided_at), P(t->decider_name), P(t->id), P(t->version)));
}

err topic_store_list_letter(struct db *db, i64 letter_id, struct arena *mem, struct rows *out)
{
    *out = (struct rows){ .size = sizeof(struct topic) };
    return db_list(
        db,
        SQL("SELECT id, cluster_id, letter_id, letters, proposed_at, proposed_by, decided_at, "
            "version, state, title, body, source, proposer, reason, writer_name, decider_name FROM "
            "topics WHERE org_id = :org AND letter_id = :letter_id AND letter_id > 0 LIMIT 1",
            P(letter_id)),
        TOPIC_ROW, mem, out);
}

err topic_store_list_clusters(struct db *db, const i64 *eight, struct arena *mem, struct rows *out)
{
    i64 id1 = eight[0], id2 = eight[1], id3 = eight[2], id4 = eight[3], id5 = eight[4],
        id6 = eight[5], id7 = eight[6], id8 = eight[7];
    *out = (struct rows){ .size = sizeof(struct topic) };
    return db_list(
        db,
        SQL("SELECT id, cluster_id, letter_id, letters, proposed_at, proposed_by, decided_at, "
            "version, state, title, body, source, proposer, reason, writer_name, decider_name FROM "
            "topics WHERE org_id = :org AND cluster_id > 0 AND cluster_id IN (:id1, :id2, :id3, "
            ":id4, :id5, :id6, :id7, :id8) ORDER BY id LIMIT 8",
            P(id1), P(id2), P(id3), P(id4), P(id5), P(id6), P(id7), P(id8)),
        TOPIC_ROW, mem, out);
}

/* ---- the list ---- */

static const struct list_column COLUMNS[] = {
    { FIELD(struct topic, title), LIST_TEXT, .sql = "t.title" },
    { FIELD(struct topic, state), LIST_CODE, .sql = "t.state", .filter = true,
      .states = "states.topics", .choices = "proposed pooled rejected" },
    { FIELD(struct topic, source), LIST_CODE, .sql = "t.source", .filter = true,
      .dictionary = "topics.sources" },
    { FIELD(struct topic, proposer), LIST_TEXT, .sql = "t.proposer" },
    { FIELD(struct topic, letters), LIST_NUMBER, .sql = "t.letters" },
    { FIELD(struct topic, proposed_at), LIST_TIME, .sql = "t.proposed_at", .filter = true,
      .sort = true },
    { FIELD(struct topic, decided_at), LIST_TIME, .sql = "t.decided_at" },
    { FIELD(struct topic, id), LIST_NUMBER, .sql = "t.id", .hidden = true },
    { FIELD(struct topic, cluster_id), LIST_NUMBER, .sql = "t.cluster_id", .hidden = true },
    { FIELD(struct topic, letter_id), LIST_NUMBER, .sql = "t.letter_id", .hidden = true },
    { FIELD(struct topic, reason), LIST_TEXT, .sql = "t.reason", .hidden = true },
    { FIELD(struct topic, writer_name), LIST_TEXT, .sql = "t.writer_name", .hidden = true },
    { FIELD(struct topic, decider_name), LIST_TEXT, .sql = "t.decider_name", .hidden = true },
    { FIELD(struct topic, body), LIST_TEXT, .sql = "t.body", .one = true },
    { FIELD(struct topic, version), LIST_NUMBER, .sql = "t.version", .one = true },
    { .field = { 0 } },
};

static const struct list_scope SCOPES[] = { { 0 } };

const struct list TOPIC_LIST = {
    .name = "topics",
    .may = "topics.read",
    .from = "topics t",
    .where = "t.org_id = :org",
    .key = "t.id",
    .sort = "-proposed_at",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .missing = "topics.not_found",
    .row_size = sizeof(struct topic),
};
