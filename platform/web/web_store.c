/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of the web layer (web_store.h). When and why it is called: idempotency.c, lanes.c. */
#include "platform/web/web_store.h"

static const struct field ANSWER_ROW[] = {
    FIELD(struct kept_answer, token),      FIELD(struct kept_answer, request),
    FIELD(struct kept_answer, status),     FIELD(struct kept_answer, location),
    FIELD(struct kept_answer, type),       FIELD(struct kept_answer, body),
    FIELD(struct kept_answer, created_at), { 0 },
};

err web_store_claim(struct db *db, const struct kept_answer *row, bool *claimed)
{
    i64 changed = 0;
    TRY(db_run(db,
               SQL("INSERT INTO idempotency (token, request, status, created_at)"
                   " VALUES (:token, :request, 0, :created_at) ON CONFLICT (token) DO NOTHING",
                   P(row->token), P(row->request), P(row->created_at)),
               &changed));
    *claimed = changed == 1;
    return OK;
}

err web_store_find(struct db *db, str token, struct arena *mem, struct kept_answer *out)
{
    return db_one(db,
                  SQL("SELECT token, request, status, location, type, body, created_at"
                      " FROM idempotency WHERE token = :token",
                      P(token)),
                  ANSWER_ROW, mem, out);
}

err web_store_keep(struct db *db, const struct kept_answer *row)
{
    return db_run(db,
                  SQL("UPDATE idempotency SET status = :status, location = NULLIF(:location, ''),"
                      " type = NULLIF(:type, ''), body = :body WHERE token = :token",
                      P(row->status), P(row->location), P(row->type), P(row->body), P(row->token)),
                  NULL);
}

err web_store_forget(struct db *db, i64 before_ms)
{
    return db_run(db, SQL("DELETE FROM idempotency WHERE created_at < :before_ms", P(before_ms)),
                  NULL);
}

err web_store_probe(struct db *db)
{
    return db_run(db,
                  SQL("INSERT INTO idempotency (token, request, status, created_at)"
                      " VALUES ('probe', '', 0, 0) ON CONFLICT (token) DO NOTHING"),
                  NULL);
}
