/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of commissions, and the two declared lists: columns, and who sees which rows. */
#include "modules/commissions/commission.h"

err commission_store_add(struct db *db, const struct commission *c, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO commissions (org_id, state, title, body, due_on, audience, audience_name, "
            "sender_name, sent_at) VALUES (:org, :state, :title, :body, :due_on, :audience, "
            ":audience_name, :sender_name, :sent_at) RETURNING id",
            P(c->state), P(c->title), P(c->body), P(c->due_on), P(c->audience), P(c->audience_name),
            P(c->sender_name), P(c->sent_at)),
        id);
}

err commission_store_update(struct db *db, const struct commission *c)
{
    return db_update(
        db, SQL("UPDATE commissions SET state = :state, closed_at = :closed_at, reminded_on = "
                ":reminded_on, reminds = :reminds, version = version + 1 WHERE org_id = :org AND "
                "id = :id AND version = :version",
                P(c->state), P(c->closed_at), P(c->reminded_on), P(c->reminds), P(c->id),
                P(c->version)));
}

err invitation_store_add(struct db *db, const struct invitation *i, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO invitations (org_id, commission_id, person_id, name, title, state, "
            "due_on, asked_at) VALUES (:org, :commission_id, :person_id, :name, :title, :state, "
            ":due_on, :asked_at) RETURNING id",
            P(i->commission_id), P(i->person_id), P(i->name), P(i->title), P(i->state),
            P(i->due_on), P(i->asked_at)),
        id);
}

err invitation_store_update(struct db *db, const struct invitation *i)
{
    return db_update(
        db, SQL("UPDATE invitations SET state = :state, opinion_id = :opinion_id, reason = "
                ":reason, answered_at = :answered_at, version = version + 1 WHERE org_id = :org "
                "AND id = :id AND version = :version",
                P(i->state), P(i->opinion_id), P(i->reason), P(i->answered_at), P(i->id),
                P(i->version)));
}

static const struct field INVITATION_ROW[] = {
    FIELD(struct invitation, id),
    FIELD(struct invitation, commission_id),
    FIELD(struct invitation, person_id),
    FIELD(struct invitation, opinion_id),
    FIELD(struct invitation, due_on),
    FIELD(struct invitation, asked_at),
    FIELD(struct invitation, answered_at),
    FIELD(struct invitation, version),
    FIELD(struct invitation, state),
    FIELD(struct invitation, name),
    FIELD(struct invitation, title),
    FIELD(struct invitation, reason),
    { 0 },
};

err invitation_store_find(struct db *db, i64 id, struct arena *mem, struct invitation *out)
{
    err e = db_one(db,
                   SQL("SELECT id, commission_id, person_id, opinion_id, due_on, asked_at, "
                       "answered_at, version, state, name, title, reason FROM invitations WHERE "
                       "org_id = :org AND id = :id",
                       P(id)),
                   INVITATION_ROW, mem, out);
    return e.code == ERR_NOT_FOUND ? err_make(ERR_NOT_FOUND, "invitations.not_found") : e;
}

err invitation_store_list_opinion(struct db *db, i64 opinion_id, struct arena *mem,
                                  struct rows *out)
{
    out->size = sizeof(struct invitation);
    return db_list(db,
                   SQL("SELECT id, commission_id, person_id, opinion_id, due_on, asked_at, "
                       "answered_at, version, state, name, title, reason FROM invitations WHERE "
                       "org_id = :org AND opinion_id = :opinion_id AND opinion_id > 0 LIMIT 1",
                       P(opinion_id)),
                   INVITATION_ROW, mem, out);
}

static const struct field SHOWN_ROW[] = {
    FIELD(struct invitation, id),
    FIELD(struct invitation, commission_id),
    FIELD(struct invitation, person_id),
    FIELD(struct invitation, opinion_id),
    FIELD(struct invitation, answered_at),
    FIELD(struct invitation, version),
    FIELD(struct invitation, state),
    FIELD(struct invitation, name),
    FIELD(struct invitation, reason),
    FIELD(struct invitation, opinion_title),
    FIELD(struct invitation, opinion_state),
    { 0 },
};

/* A draft is its writer's alone. */
err invitation_store_list(struct db *db, i64 commission_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct invitation);
    return db_list(
        db,
        SQL("SELECT i.id, i.commission_id, i.person_id, COALESCE(o.id, 0) AS opinion_id, "
            "i.answered_at, i.version, i.state, i.name, i.reason, COALESCE(o.title, '') AS "
            "opinion_title, COALESCE(o.state, '') AS opinion_state FROM invitations i LEFT JOIN "
            "opinions o ON o.org_id = i.org_id AND o.id = i.opinion_id AND o.state <> 'draft' "
            "WHERE i.org_id = :org AND i.commission_id = :commission_id ORDER BY i.id LIMIT 1000",
            P(commission_id)),
        SHOWN_ROW, mem, out);
}

static const struct field SUM_ROW[] = {
    FIELD(struct commission, asked),
    FIELD(struct commission, written),
    FIELD(struct commission, used),
    { 0 },
};

err commission_store_sum(struct db *db, const struct commission_span *span, struct arena *mem,
                         struct commission *out)
{
    return db_one(
        db,
        SQL("SELECT COUNT(DISTINCT c.id) AS asked, COUNT(CASE WHEN i.state = 'written' OR o.id > 0 "
            "THEN 1 END) AS written, CAST(COALESCE(SUM(CASE WHEN o.signed_at > 0 THEN 1 ELSE 0 "
            "END), 0) AS BIGINT) AS used FROM commissions c LEFT JOIN invitations i ON i.org_id = "
            "c.org_id AND i.commission_id = c.id LEFT JOIN opinions o ON o.org_id = i.org_id AND "
            "o.id = i.opinion_id AND o.state <> 'draft' WHERE c.org_id = :org AND c.sent_at >= "
            ":from_ms AND c.sent_at < :until_ms",
            P(span->from_ms), P(span->until_ms)),
        SUM_ROW, mem, out);
}

/* ---- lists ---- */

static const struct list_column COLUMNS[] = {
    { FIELD(struct commission, title), LIST_TEXT, .sql = "c.title" },
    { FIELD(struct commission, state), LIST_CODE, .sql = "c.state", .filter = true,
      .states = "states.commissions" },
    { FIELD(struct commission, due_on), LIST_DAY, .sql = "c.due_on" },
    { FIELD(struct commission, audience_name), LIST_TEXT, .sql = "c.audience_name" },
    { FIELD(struct commission, asked), LIST_NUMBER,
      .sql = "(SELECT count(*) FROM invitations a WHERE a.org_id = c.org_id AND a.commission_id = "
             "c.id)" },
    { FIELD(struct commission, written), LIST_NUMBER,
      .sql = "(SELECT count(*) FROM invitations w LEFT JOIN opinions s ON s.org_id = w.org_id AND "
             "s.id = w.opinion_id AND s.state <> 'draft' WHERE w.org_id = c.org_id AND "
             "w.commission_id = c.id AND (w.state = 'written' OR s.id > 0))" },
    { FIELD(struct commission, waiting), LIST_NUMBER,
      .sql = "(SELECT count(*) FROM invitations b WHERE b.org_id = c.org_id AND b.commission_id = "
             "c.id AND b.state IN ('asked', 'writing'))" },
    { FIELD(struct commission, declined), LIST_NUMBER,
      .sql = "(SELECT count(*) FROM invitations d WHERE d.org_id = c.org_id AND d.commission_id = "
             "c.id AND d.state = 'declined')" },
    { FIELD(struct commission, used), LIST_NUMBER,
      .sql = "(SELECT count(*) FROM invitations u JOIN opinions o ON o.org_id = u.org_id AND o.id "
             "= u.opinion_id WHERE u.org_id = c.org_id AND u.commission_id = c.id AND o.signed_at "
             "> 0)" },
    { FIELD(struct commission, sent_at), LIST_TIME, .sql = "c.sent_at", .sort = true },
    { FIELD(struct commission, sender_name), LIST_TEXT, .sql = "c.sender_name", .hidden = true },
    { FIELD(struct commission, id), LIST_NUMBER, .sql = "c.id", .hidden = true },
    { FIELD(struct commission, body), LIST_TEXT, .sql = "c.body", .one = true },
    { FIELD(struct commission, audience), LIST_TEXT, .sql = "c.audience", .one = true },
    { FIELD(struct commission, closed_at), LIST_TIME, .sql = "c.closed_at", .one = true },
    { FIELD(struct commission, reminded_on), LIST_DAY, .sql = "c.reminded_on", .one = true },
    { FIELD(struct commission, reminds), LIST_NUMBER, .sql = "c.reminds", .one = true },
    { FIELD(struct commission, version), LIST_NUMBER, .sql = "c.version", .one = true },
    { .field = { 0 } },
};

static const struct list_scope SCOPES[] = { { 0 } };

const struct list COMMISSION_LIST = {
    .name = "commissions",
    .may = "commissions.read",
    .from = "commissions c",
    .where = "c.org_id = :org",
    .key = "c.id",
    .sort = "-sent_at",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .missing = "commissions.not_found",
    .row_size = sizeof(struct commission),
};

static const struct list_column INVITED_COLUMNS[] = {
    { FIELD(struct invitation, title), LIST_TEXT, .sql = "i.title" },
    { FIELD(struct invitation, state), LIST_CODE, .sql = "i.state", .filter = true,
      .states = "states.invitations", .choices = "asked writing written declined lapsed" },
    { FIELD(struct invitation, due_on), LIST_DAY, .sql = "i.due_on" },
    { FIELD(struct invitation, asked_at), LIST_TIME, .sql = "i.asked_at" },
    { FIELD(struct invitation, sender_name), LIST_TEXT, .sql = "c.sender_name" },
    { FIELD(struct invitation, id), LIST_NUMBER, .sql = "i.id", .hidden = true, .sort = true },
    { FIELD(struct invitation, opinion_id), LIST_NUMBER, .sql = "i.opinion_id", .hidden = true },
    { FIELD(struct invitation, commission_id), LIST_NUMBER, .sql = "i.commission_id", .one = true },
    { FIELD(struct invitation, person_id), LIST_NUMBER, .sql = "i.person_id", .one = true },
    { FIELD(struct invitation, name), LIST_TEXT, .sql = "i.name", .one = true },
    { FIELD(struct invitation, reason), LIST_TEXT, .sql = "i.reason", .one = true },
    { FIELD(struct invitation, body), LIST_TEXT, .sql = "c.body", .one = true },
    { FIELD(struct invitation, answered_at), LIST_TIME, .sql = "i.answered_at", .one = true },
    { FIELD(struct invitation, version), LIST_NUMBER, .sql = "i.version", .one = true },
    { .field = { 0 } },
};

static const struct list_scope INVITED_SCOPES[] = {
    { SCOPE_SELF, .sql = "i.person_id = :actor_person AND :actor_person > 0" },
    { 0 },
};

const struct list INVITATION_LIST = {
    .name = "invitations",
    .may = "commissions.answer",
    .from = "invitations i JOIN commissions c ON c.org_id = i.org_id AND c.id = i.commission_id",
    .where = "i.org_id = :org",
    .key = "i.id",
    .sort = "-id",
    .columns = INVITED_COLUMNS,
    .scopes = INVITED_SCOPES,
    .missing = "invitations.not_found",
    .row_size = sizeof(struct invitation),
};
