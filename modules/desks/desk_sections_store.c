/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of desks and of who belongs to them. Rules: desk_sections.c. */
#include "modules/desks/desk_sections.h"
#include "platform/db/db.h"

static const struct field DESK_ROW[] = {
    FIELD(struct desk, id),
    FIELD(struct desk, agency_id),
    FIELD(struct desk, position),
    FIELD(struct desk, head_id),
    FIELD(struct desk, from_on),
    FIELD(struct desk, to_on),
    FIELD(struct desk, accounts),
    FIELD(struct desk, open),
    FIELD(struct desk, version),
    FIELD(struct desk, name),
    { 0 },
};

static const struct field ACCOUNT_ROW[] = { FIELD(struct desk_account, desk_id),
                                            FIELD(struct desk_account, account_id),
                                            { 0 } };

err desk_store_find(struct rq *rq, i64 id, struct desk *out)
{
    return db_one(rq->db,
                  SQL("SELECT d.id, d.agency_id, d.position, d.head_id, d.from_on, d.to_on, d.name,"
                      " d.version, (SELECT COUNT(*) FROM desk_accounts c WHERE c.org_id = d.org_id"
                      " AND c.desk_id = d.id) AS accounts, (SELECT COUNT(*) FROM errands e WHERE"
                      " e.org_id = d.org_id AND e.desk_id = d.id AND e.state IN ('given', 'taken',"
                      " 'bounced', 'finished')) AS open FROM desks d WHERE d.org_id = :org AND d.id"
                      " = :id",
                      P(id)),
                  DESK_ROW, rq->mem, out);
}

err desk_store_list(struct rq *rq, i64 agency_id, struct rows *out)
{
    out->size = sizeof(struct desk);
    return db_list(rq->db,
                   SQL("SELECT d.id, d.agency_id, d.position, d.head_id, d.from_on, d.to_on,"
                       " d.name, d.version, (SELECT COUNT(*) FROM desk_accounts c WHERE c.org_id ="
                       " d.org_id AND c.desk_id = d.id) AS accounts, (SELECT COUNT(*) FROM errands"
                       " e WHERE e.org_id = d.org_id AND e.desk_id = d.id AND e.state IN ('given',"
                       " 'taken', 'bounced', 'finished')) AS open FROM desks d WHERE d.org_id ="
                       " :org AND d.agency_id = :agency_id ORDER BY CASE WHEN d.to_on = 0 THEN 0"
                       " ELSE 1 END, d.position, d.id LIMIT 200",
                       P(agency_id)),
                   DESK_ROW, rq->mem, out);
}

err desk_store_find_named(struct rq *rq, i64 agency_id, str name, i64 *id)
{
    return db_i64(rq->db,
                  SQL("SELECT COALESCE(MIN(id), 0) FROM desks WHERE org_id = :org AND agency_id ="
                      " :agency_id AND to_on = 0 AND name = :name",
                      P(agency_id), P(name)),
                  id);
}

err desk_store_add(struct rq *rq, const struct desk *d, i64 *id)
{
    return db_insert(rq->db,
                     SQL("INSERT INTO desks (org_id, agency_id, name, position, head_id, from_on)"
                         " VALUES (:org, :agency_id, :name, :position, :head_id, :from_on)"
                         " RETURNING id",
                         P(d->agency_id), P(d->name), P(d->position), P(d->head_id), P(d->from_on)),
                     id);
}

err desk_store_update(struct rq *rq, const struct desk *d)
{
    return db_update(rq->db,
                     SQL("UPDATE desks SET name = :name, position = :position, head_id = :head_id,"
                         " to_on = :to_on, version = version + 1 WHERE org_id = :org AND id = :id"
                         " AND version = :version",
                         P(d->name), P(d->position), P(d->head_id), P(d->to_on), P(d->id),
                         P(d->version)));
}

err desk_store_list_accounts(struct rq *rq, i64 agency_id, i64 desk_id, struct rows *out)
{
    out->size = sizeof(struct desk_account);
    return db_list(rq->db,
                   SQL("SELECT c.desk_id, c.account_id FROM desk_accounts c JOIN desks d ON"
                       " d.org_id = c.org_id AND d.id = c.desk_id WHERE c.org_id = :org AND"
                       " d.agency_id = :agency_id AND (c.desk_id = :desk_id OR (:desk_id = 0 AND"
                       " d.to_on = 0)) ORDER BY d.position, c.desk_id, c.account_id LIMIT 2000",
                       P(agency_id), P(desk_id)),
                   ACCOUNT_ROW, rq->mem, out);
}

err desk_store_has_account(struct rq *rq, i64 desk_id, i64 account_id, bool *out)
{
    i64 count = 0;
    TRY(db_i64(rq->db,
               SQL("SELECT COUNT(*) FROM desk_accounts WHERE org_id = :org AND desk_id = :desk_id"
                   " AND account_id = :account_id",
                   P(desk_id), P(account_id)),
               &count));
    *out = count > 0;
    return OK;
}

err desk_store_remove_accounts(struct rq *rq, i64 desk_id)
{
    return db_run(rq->db,
                  SQL("DELETE FROM desk_accounts WHERE org_id = :org AND desk_id = :desk_id",
                      P(desk_id)),
                  NULL);
}

err desk_store_add_account(struct rq *rq, i64 desk_id, i64 account_id)
{
    return db_run(rq->db,
                  SQL("INSERT INTO desk_accounts (org_id, desk_id, account_id) VALUES (:org,"
                      " :desk_id, :account_id) ON CONFLICT (org_id, desk_id, account_id) DO"
                      " NOTHING",
                      P(desk_id), P(account_id)),
                  NULL);
}
