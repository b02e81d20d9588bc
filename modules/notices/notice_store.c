/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of notices, and the declared list: its columns, and who sees which rows. */
#include "modules/notices/notice.h"

err notice_store_add(struct db *db, const struct notice *n, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO notices (org_id, title, body, state, audience, audience_name) "
            "VALUES (:org, :title, :body, :state, :audience, :audience_name) "
            "RETURNING id",
            P(n->title), P(n->body), P(n->state), P(n->audience), P(n->audience_name)),
        id);
}

err notice_store_update(struct db *db, const struct notice *n)
{
    return db_update(
        db, SQL("UPDATE notices SET title = :title, body = :body, state = :state, "
                "audience = :audience, audience_name = :audience_name, "
                "published_at = :published_at, reminded_on = :reminded_on, reminds = :reminds, "
                "version = version + 1 WHERE org_id = :org AND id = :id AND version = :version",
                P(n->title), P(n->body), P(n->state), P(n->audience), P(n->audience_name),
                P(n->published_at), P(n->reminded_on), P(n->reminds), P(n->id), P(n->version)));
}

/* ---- the list: r is the row of who looks ---- */

static const struct list_column COLUMNS[] = {
    { FIELD(struct notice, id), LIST_NUMBER, .sql = "n.id", .hidden = true },
    { FIELD(struct notice, title), LIST_TEXT, .sql = "n.title" },
    { FIELD(struct notice, state), LIST_CODE, .sql = "n.state", .filter = true,
      .states = "states.notices", .may = "notices.write" },
    { FIELD(struct notice, audience_name), LIST_TEXT, .sql = "n.audience_name" },
    { FIELD(struct notice, published_at), LIST_TIME, .sql = "n.published_at", .sort = true },
    { FIELD(struct notice, readers), LIST_NUMBER, .may = "notices.write",
      .sql = "(SELECT count(*) FROM readers a WHERE a.org_id = n.org_id "
             "AND a.collection = 'notices' AND a.subject_id = n.id)" },
    { FIELD(struct notice, read), LIST_NUMBER, .may = "notices.write",
      .sql = "(SELECT count(*) FROM readers b WHERE b.org_id = n.org_id "
             "AND b.collection = 'notices' AND b.subject_id = n.id AND b.read_at > 0)" },
    { FIELD(struct notice, unread), LIST_BOOL, .filter = true, .tone = "info",
      .sql = "CASE WHEN r.read_at = 0 THEN 1 ELSE 0 END" },
    { FIELD(struct notice, body), LIST_TEXT, .sql = "n.body", .one = true },
    { FIELD(struct notice, audience), LIST_TEXT, .sql = "n.audience", .one = true },
    { FIELD(struct notice, reminded_on), LIST_DAY, .sql = "n.reminded_on", .one = true },
    { FIELD(struct notice, reminds), LIST_NUMBER, .sql = "n.reminds", .one = true },
    { FIELD(struct notice, version), LIST_NUMBER, .sql = "n.version", .one = true },
    { .field = { 0 } },
};

static const struct list_scope SCOPES[] = {
    { SCOPE_ORG, .needs = "notices.write", .sql = "" },
    { .sql = "n.state = 'published' AND r.id IS NOT NULL" },
    { 0 },
};

const struct list NOTICE_LIST = {
    .name = "notices",
    .may = "notices.read",
    .from = "notices n LEFT JOIN readers r ON r.org_id = n.org_id AND r.id = "
            "(SELECT MIN(x.id) FROM readers x WHERE x.org_id = n.org_id "
            "AND x.collection = 'notices' AND x.subject_id = n.id AND "
            "(x.person_id = NULLIF(:actor_person, 0) OR x.agency_id = NULLIF(:actor_agency, 0)))",
    .where = "n.org_id = :org",
    .key = "n.id",
    .sort = "-id",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .missing = "notices.not_found",
    .row_size = sizeof(struct notice),
};
