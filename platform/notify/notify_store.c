/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of messages. Accounts, roles and holdings are platform/access's tables; only read here. */
#include "platform/notify/notify_store.h"

#include <assert.h>

static const struct field RECIPIENT_ROW[] = {
    FIELD(struct recipient, account_id),
    FIELD(struct recipient, agency_id),
    FIELD(struct recipient, mail),
    { 0 },
};

/* Everyone whom a role with the permission reaches for the whole organisation, or, of one agency,
 * its people who have such a role at all; unless another of his roles denies it. */
static err list_by_permission(struct rq *rq, const struct recipient_query *query, struct rows *out)
{
    return db_list(
        rq->db,
        SQL("SELECT a.id AS account_id, a.agency_id, COALESCE(g.address, '') AS mail"
            " FROM accounts a LEFT JOIN gateway_addresses g ON g.org_id = a.org_id"
            " AND g.account_id = a.id AND g.gateway = 'mail' AND g.active = 1"
            " WHERE a.org_id = :org AND a.state = 'active' AND a.id <> :except_id AND a.id IN"
            " (SELECT h.account_id FROM holdings h WHERE h.org_id = :org AND h.role_id IN"
            " (SELECT r.id FROM roles r"
            " JOIN role_permissions p ON p.org_id = r.org_id AND p.role_id = r.id"
            " AND p.permission = :permission AND p.effect = 'allow'"
            " WHERE r.org_id = :org AND (:business = 0 OR r.area = ''))"
            " AND (h.scope_kind = 'org' OR :agency_id > 0) AND h.from_on <= :today"
            " AND (h.to_on = 0 OR h.to_on >= :today))"
            " AND (:agency_id = 0 OR a.agency_id = :agency_id)"
            " AND NOT EXISTS (SELECT 1 FROM holdings d"
            " JOIN role_permissions q ON q.org_id = d.org_id AND q.role_id = d.role_id"
            " AND q.permission = :permission AND q.effect = 'deny'"
            " WHERE d.org_id = :org AND d.account_id = a.id AND d.from_on <= :today"
            " AND (d.to_on = 0 OR d.to_on >= :today)) ORDER BY a.id LIMIT 500",
            P(query->permission), P(query->business), P(query->agency_id), P(query->except_id),
            P(rq->today)),
        RECIPIENT_ROW, rq->mem, out);
}

err recipients_store_list(struct rq *rq, const struct recipient_query *query, struct rows *out)
{
    out->size = sizeof(struct recipient);
    if (query->permission.len > 0)
        return list_by_permission(rq, query, out);
    return db_list(rq->db,
                   SQL("SELECT a.id AS account_id, a.agency_id, COALESCE(g.address, '') AS mail"
                       " FROM accounts a LEFT JOIN gateway_addresses g ON g.org_id = a.org_id"
                       " AND g.account_id = a.id AND g.gateway = 'mail' AND g.active = 1"
                       " WHERE a.org_id = :org AND a.state = 'active' AND a.id <> :except_id"
                       " AND a.id IN (SELECT x.id FROM accounts x WHERE x.org_id = :org"
                       " AND x.id = :account_id"
                       " UNION SELECT y.id FROM accounts y WHERE y.org_id = :org"
                       " AND y.person_id = :person_id AND y.person_id > 0"
                       " UNION SELECT z.id FROM accounts z WHERE z.org_id = :org"
                       " AND z.agency_id = :agency_id AND z.agency_id > 0)"
                       " ORDER BY a.id LIMIT 500",
                       P(query->account_id), P(query->person_id), P(query->agency_id),
                       P(query->except_id)),
                   RECIPIENT_ROW, rq->mem, out);
}

/* ---- deliveries ---- */

static const struct field DELIVERY_ROW[] = {
    FIELD(struct notify_delivery, id),      FIELD(struct notify_delivery, sent_at),
    FIELD(struct notify_delivery, read_at), FIELD(struct notify_delivery, words),
    FIELD(struct notify_delivery, url),     { 0 },
};

err deliveries_store_add(struct rq *rq, const struct delivery_new *delivery, bool *added)
{
    i64 changed = 0;
    TRY(db_run(rq->db,
               SQL("INSERT INTO deliveries (org_id, account_id, words, url, once_key, sent_at)"
                   " VALUES (:org, :account_id, :words, :url, :once_key, :now_ms)"
                   " ON CONFLICT (org_id, account_id, once_key) WHERE once_key <> '' DO NOTHING",
                   P(delivery->account_id), P(delivery->words), P(delivery->url),
                   P(delivery->once_key), P(rq->now_ms)),
               &changed));
    *added = changed > 0;
    return OK;
}

err deliveries_store_list(struct rq *rq, const struct notify_query *query, struct rows *out)
{
    out->size = sizeof(struct notify_delivery);
    if (query->unread)
        return db_list(rq->db,
                       SQL("SELECT id, sent_at, read_at, words, url FROM deliveries"
                           " WHERE org_id = :org AND account_id = :account_id AND read_at = 0"
                           " AND (:after = 0 OR id < :after) ORDER BY id DESC LIMIT :limit",
                           P(rq->actor->account_id), P(query->after), P(query->limit)),
                       DELIVERY_ROW, rq->mem, out);
    return db_list(rq->db,
                   SQL("SELECT id, sent_at, read_at, words, url FROM deliveries"
                       " WHERE org_id = :org AND account_id = :account_id"
                       " AND (:after = 0 OR id < :after) ORDER BY id DESC LIMIT :limit",
                       P(rq->actor->account_id), P(query->after), P(query->limit)),
                   DELIVERY_ROW, rq->mem, out);
}

err deliveries_store_find(struct rq *rq, i64 id, struct notify_delivery *out)
{
    assert(id > 0);
    return db_one(rq->db,
                  SQL("SELECT id, sent_at, read_at, words, url FROM deliveries"
                      " WHERE org_id = :org AND account_id = :account_id AND id = :id",
                      P(rq->actor->account_id), P(id)),
                  DELIVERY_ROW, rq->mem, out);
}

err deliveries_store_unread(struct rq *rq, i64 account_id, i64 *count)
{
    assert(account_id > 0);
    return db_recall_i64(rq->db,
                         SQL("SELECT COUNT(*) FROM (SELECT 1 FROM deliveries WHERE org_id = :org"
                             " AND account_id = :account_id AND read_at = 0 LIMIT 100) counted",
                             P(account_id)),
                         count);
}

err deliveries_store_read(struct rq *rq, i64 id)
{
    return db_run(rq->db,
                  SQL("UPDATE deliveries SET read_at = :now_ms WHERE org_id = :org"
                      " AND account_id = :account_id AND read_at = 0 AND (:id = 0 OR id = :id)",
                      P(rq->now_ms), P(rq->actor->account_id), P(id)),
                  NULL);
}

err deliveries_store_forget(struct rq *rq, i64 before_ms, bool *more)
{
    enum { AT_ONCE = 500 };
    i64 limit = AT_ONCE, changed = 0;
    TRY(db_run(rq->db,
               SQL("DELETE FROM deliveries WHERE org_id = :org AND id IN (SELECT id FROM deliveries"
                   " WHERE org_id = :org AND sent_at < :before_ms LIMIT :limit)",
                   P(before_ms), P(limit)),
               &changed));
    *more = changed == AT_ONCE;
    return OK;
}

/* ---- addresses ---- */

static const struct field ADDRESS_ROW[] = {
    FIELD(struct gateway_address, account_id),
    FIELD(struct gateway_address, gateway),
    FIELD(struct gateway_address, address),
    FIELD(struct gateway_address, active),
    { 0 },
};

err addresses_store_put(struct rq *rq, const struct gateway_address *address)
{
    return db_run(rq->db,
                  SQL("INSERT INTO gateway_addresses (org_id, account_id, gateway, address, active,"
                      " changed_at) VALUES (:org, :account_id, :gateway, :address, :active,"
                      " :now_ms)"
                      " ON CONFLICT (org_id, account_id, gateway) DO UPDATE SET"
                      " address = excluded.address, active = excluded.active,"
                      " changed_at = excluded.changed_at",
                      P(address->account_id), P(address->gateway), P(address->address),
                      P(address->active), P(rq->now_ms)),
                  NULL);
}

err addresses_store_find(struct rq *rq, i64 account_id, str gateway, struct gateway_address *out)
{
    assert(account_id > 0);
    return db_one(rq->db,
                  SQL("SELECT account_id, gateway, address, active FROM gateway_addresses"
                      " WHERE org_id = :org AND account_id = :account_id AND gateway = :gateway",
                      P(account_id), P(gateway)),
                  ADDRESS_ROW, rq->mem, out);
}

/* ---- readers ---- */

err reader_store_list(struct db *db, struct reader_key key, struct arena *mem, struct rows *out)
{
    static const struct field ROW[] = {
        FIELD(struct reader, person_id),
        FIELD(struct reader, agency_id),
        FIELD(struct reader, read_at),
        FIELD(struct reader, name),
        { 0 },
    };
    out->size = sizeof(struct reader);
    return db_list(db,
                   SQL("SELECT person_id, agency_id, read_at, name FROM readers"
                       " WHERE org_id = :org AND collection = :collection"
                       " AND subject_id = :subject_id ORDER BY id LIMIT 5000",
                       P(key.collection), P(key.subject_id)),
                   ROW, mem, out);
}

err reader_store_add(struct db *db, struct reader_key key, const struct reader *r)
{
    return db_run(db,
                  SQL("INSERT INTO readers (org_id, collection, subject_id, person_id, agency_id,"
                      " name) VALUES (:org, :collection, :subject_id, :person_id, :agency_id,"
                      " :name) ON CONFLICT DO NOTHING",
                      P(key.collection), P(key.subject_id), P(r->person_id), P(r->agency_id),
                      P(r->name)),
                  NULL);
}

err reader_store_read(struct db *db, struct reader_key key, const struct reader *r)
{
    return db_run(db,
                  SQL("UPDATE readers SET read_at = :read_at WHERE org_id = :org AND read_at = 0"
                      " AND collection = :collection AND subject_id = :subject_id"
                      " AND (person_id = NULLIF(:person_id, 0)"
                      " OR agency_id = NULLIF(:agency_id, 0))",
                      P(r->read_at), P(key.collection), P(key.subject_id), P(r->person_id),
                      P(r->agency_id)),
                  NULL);
}
