/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of notices, and the declared list. A reader's list holds what is addressed to him. */
#include "modules/notices/notice_store.h"

static const struct field NOTICE_ROW[] = {
    FIELD(struct notice, id),       FIELD(struct notice, published_at),
    FIELD(struct notice, title),    FIELD(struct notice, reminded_on),
    FIELD(struct notice, body),     FIELD(struct notice, reminds),
    FIELD(struct notice, state),    FIELD(struct notice, created_by),
    FIELD(struct notice, audience), FIELD(struct notice, audience_name),
    FIELD(struct notice, version),  { 0 },
};

static const struct field READER_ROW[] = {
    FIELD(struct reader, id),        FIELD(struct reader, name),    FIELD(struct reader, person_id),
    FIELD(struct reader, agency_id), FIELD(struct reader, read_at), { 0 },
};

err notice_store_find(struct db *db, i64 id, struct arena *mem, struct notice *out)
{
    return db_one(db,
                  SQL("SELECT id, title, body, state, audience, audience_name, created_by, "
                      "published_at, reminded_on, reminds, version FROM notices "
                      "WHERE org_id = :org AND id = :id",
                      P(id)),
                  NOTICE_ROW, mem, out);
}

err notice_store_add(struct db *db, const struct notice *n, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO notices (org_id, title, body, state, audience, audience_name, created_by) "
            "VALUES (:org, :title, :body, 'draft', :audience, :audience_name, :created_by) "
            "RETURNING id",
            P(n->title), P(n->body), P(n->audience), P(n->audience_name), P(n->created_by)),
        id);
}

err notice_store_update(struct db *db, const struct notice *n)
{
    return db_update(
        db, SQL("UPDATE notices SET title = :title, body = :body, state = :state, "
                "audience = :audience, "
                "audience_name = :audience_name, published_at = :published_at, "
                "reminded_on = :reminded_on, reminds = :reminds, version = version + 1 "
                "WHERE org_id = :org AND id = :id AND version = :version",
                P(n->title), P(n->body), P(n->state), P(n->audience), P(n->audience_name),
                P(n->published_at), P(n->reminded_on), P(n->reminds), P(n->id), P(n->version)));
}

err reader_store_list(struct db *db, i64 notice_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct reader);
    return db_list(db,
                   SQL("SELECT id, person_id, agency_id, read_at, name FROM readers "
                       "WHERE org_id = :org AND notice_id = :notice_id ORDER BY id LIMIT 5000",
                       P(notice_id)),
                   READER_ROW, mem, out);
}

err reader_store_add(struct db *db, i64 notice_id, const struct reader *r)
{
    return db_run(db,
                  SQL("INSERT INTO readers (org_id, notice_id, person_id, agency_id, name) "
                      "VALUES (:org, :notice_id, :person_id, :agency_id, :name) "
                      "ON CONFLICT DO NOTHING",
                      P(notice_id), P(r->person_id), P(r->agency_id), P(r->name)),
                  NULL);
}

err reader_store_read(struct db *db, i64 notice_id, const struct reader *r)
{
    return db_run(db,
                  SQL("UPDATE readers SET read_at = :read_at WHERE org_id = :org AND read_at = 0 "
                      "AND notice_id = :notice_id AND ((person_id > 0 AND person_id = :person_id) "
                      "OR (agency_id > 0 AND agency_id = :agency_id))",
                      P(notice_id), P(r->read_at), P(r->person_id), P(r->agency_id)),
                  NULL);
}

/* ---- the list ---- */

static const struct list_column COLUMNS[] = {
    { FIELD(struct notice_row, id), LIST_NUMBER, .sql = "n.id", .hidden = true },
    { FIELD(struct notice_row, title), LIST_TEXT, .sql = "n.title" },
    { FIELD(struct notice_row, state), LIST_CODE, .sql = "n.state", .filter = true,
      .states = "states.notices", .may = "notices.write" },
    { FIELD(struct notice_row, audience_name), LIST_TEXT, .sql = "n.audience_name" },
    { FIELD(struct notice_row, published_at), LIST_TIME, .sql = "n.published_at", .sort = true },
    { FIELD(struct notice_row, readers), LIST_NUMBER,
      .sql = "(SELECT count(*) FROM readers a WHERE a.org_id = n.org_id AND a.notice_id = n.id)",
      .may = "notices.write" },
    { FIELD(struct notice_row, read), LIST_NUMBER,
      .sql = "(SELECT count(*) FROM readers b WHERE b.org_id = n.org_id AND b.notice_id = n.id "
             "AND b.read_at > 0)",
      .may = "notices.write" },
    { FIELD(struct notice_row, unread), LIST_BOOL,
      .sql = "CASE WHEN EXISTS (SELECT u.id FROM readers u WHERE u.org_id = n.org_id "
             "AND u.notice_id = n.id AND u.read_at = 0 AND ((u.person_id > 0 "
             "AND u.person_id = :actor_person) OR (u.agency_id > 0 "
             "AND u.agency_id = :actor_agency))) THEN 1 ELSE 0 END",
      .filter = true },
    { .field = { 0 } },
};

static const char MINE[] = "n.state = 'published' AND EXISTS (SELECT r.id FROM readers r "
                           "WHERE r.org_id = n.org_id AND r.notice_id = n.id AND ((r.person_id > 0 "
                           "AND r.person_id = :actor_person) OR (r.agency_id > 0 "
                           "AND r.agency_id = :actor_agency)))";

static const struct list_scope SCOPES[] = {
    { SCOPE_SELF, MINE }, { SCOPE_COMMITTEE, MINE }, { SCOPE_AGENCY, MINE }, { 0 }
};

/* Who only reads sees what is addressed to him, however far his role reaches. */
static const struct list_scope READER_SCOPES[] = { { SCOPE_SELF, MINE },
                                                   { SCOPE_COMMITTEE, MINE },
                                                   { SCOPE_AGENCY, MINE },
                                                   { SCOPE_ORG, MINE },
                                                   { 0 } };

const struct list NOTICE_LIST = {
    .name = "notices",
    .may = "notices.read",
    .from = "notices n",
    .where = "n.org_id = :org",
    .key = "n.id",
    .sort = "-id",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .row_size = sizeof(struct notice_row),
};

const struct list NOTICE_READER_LIST = {
    .name = "notices",
    .may = "notices.read",
    .from = "notices n",
    .where = "n.org_id = :org",
    .key = "n.id",
    .sort = "-id",
    .columns = COLUMNS,
    .scopes = READER_SCOPES,
    .row_size = sizeof(struct notice_row),
};
