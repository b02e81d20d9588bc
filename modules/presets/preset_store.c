/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of presets: the history of what was applied. */
#include "modules/presets/preset_store.h"

static const struct field APPLIED_ROW[] = {
    FIELD(struct preset_applied, id),
    FIELD(struct preset_applied, from_on),
    FIELD(struct preset_applied, changed),
    FIELD(struct preset_applied, applied_at),
    FIELD(struct preset_applied, name),
    FIELD(struct preset_applied, account_name),
    { 0 },
};

err preset_store_add(struct rq *rq, str name, i64 from_on, i64 changed)
{
    return db_run(rq->db,
                  SQL("INSERT INTO presets (org_id, name, from_on, changed, applied_at, applied_by)"
                      " VALUES (:org, :name, :from_on, :changed, :now_ms, :account_id)",
                      P(name), P(from_on), P(changed), P(rq->now_ms), P(rq->actor->account_id)),
                  NULL);
}

err preset_store_list(struct rq *rq, struct rows *out)
{
    out->size = sizeof(struct preset_applied);
    return db_list(rq->db,
                   SQL("SELECT p.id, p.from_on, p.changed, p.applied_at, p.name,"
                       " COALESCE(a.name, '') AS account_name FROM presets p"
                       " LEFT JOIN accounts a ON a.org_id = p.org_id AND a.id = p.applied_by"
                       " WHERE p.org_id = :org ORDER BY p.applied_at DESC, p.id DESC LIMIT 50"),
                   APPLIED_ROW, rq->mem, out);
}
