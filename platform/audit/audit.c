/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Appending to the chain, in the transaction of the act. Checking it: verify.c. What survives a
 * rollback: refusal.c. */
#include "platform/audit/audit.h"

#include <assert.h>

#include "platform/audit/audit_store.h"
#include "platform/audit/chain.h"
#include "platform/base/log.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"

enum { SHORT_CHARS = 200, LONG_CHARS = 20000 };

static struct audit_row row_of(struct rq *rq, const struct audit_entry *entry)
{
    struct arena *mem = rq->mem;
    return (struct audit_row){
        .org_id = rq->actor->org_id,
        .at = rq->now_ms,
        .account_id = rq->actor->account_id,
        .delegator_id = rq->actor->delegator_account_id,
        .name = chain_text(mem, rq->actor->name, SHORT_CHARS),
        .act = str_of(entry->act),
        .object = str_of(entry->object),
        .object_id = entry->object_id,
        .before_text = chain_text(mem, entry->before, LONG_CHARS),
        .after_text = chain_text(mem, entry->after, LONG_CHARS),
        .result = str_of(entry->result ? entry->result : "ok"),
        .address = chain_text(mem, rq->address, SHORT_CHARS),
        .request = chain_text(mem, rq->id, SHORT_CHARS),
        .algorithm = setting_text(rq, "audits.digest"),
    };
}

/* The chain to go on with. Who finds a head that is not sealed rightly does not heal it by going
 * on: the chain stays broken for verify to tell. */
static err chain_take(struct rq *rq, struct audit_chain *chain)
{
    TRY(audit_store_take(rq->db, rq->mem, chain));
    if (chain->known)
        return OK;
    chain->sealed = chain_is_sealed(rq->app, rq->mem, &chain->stood);
    if (!chain->sealed && chain->stood.seal.len)
        log_line(LOG_ERROR, "audit.unsealed",
                 (const struct log_pair[]){ { "org", { 0 }, chain->stood.org_id },
                                            { "seq", { 0 }, chain->stood.seq },
                                            { 0 } });
    return OK;
}

static err chain_hold(struct rq *rq, struct audit_chain *chain)
{
    struct audit_head *head = &chain->head;
    head->seal = chain->sealed ? chain_seal(rq->app, rq->mem, head) : str_of("");
    return audit_store_hold(rq->db, chain);
}

err audit_append(struct rq *rq, struct audit_row *row, str *before_digest)
{
    struct audit_chain chain;
    assert(rq->actor->org_id > 0 && rq->actor->org_id == db_org(rq->db));
    TRY(chain_take(rq, &chain));
    *before_digest = chain.head.digest;
    row->seq = chain.head.seq + 1;
    TRY(chain_digest(rq->mem, chain.head.digest, row, &row->digest));
    chain.head.seq = row->seq;
    chain.head.digest = row->digest;
    TRY(audit_store_add(rq->db, row));
    return chain_hold(rq, &chain);
}

err audit_add(struct rq *rq, const struct audit_entry *entry)
{
    struct audit_row row = row_of(rq, entry);
    str before_digest;
    assert(entry->act);
    return audit_append(rq, &row, &before_digest);
}

err audit_find(struct rq *rq, i64 seq, struct audit_row *out, i64 *last)
{
    struct audit_head head = { 0 };
    err e = audit_store_find(rq->db, seq, rq->mem, out);
    if (err_is(e, "db.no_row"))
        return err_make(ERR_NOT_FOUND, "audit.not_found");
    TRY(e);
    TRY(audit_store_find_head(rq->db, rq->mem, &head));
    *last = head.seq;
    return OK;
}

err audit_retire(struct rq *rq, i64 before_on, i64 *retired)
{
    enum { LAW_DAYS = 180 }; /* Cybersecurity Law art. 23 (3): at least six months */
    i64 keep = setting_number(rq, "audits.keep_days");
    struct audit_chain chain;
    struct audit_row last = { 0 };
    *retired = 0;
    if (before_on > rq->today - (keep > LAW_DAYS ? keep : LAW_DAYS))
        return err_make(ERR_INVALID, "audit.too_young");
    TRY(audit_store_last_before(rq->db, day_start_ms(before_on), rq->mem, &last));
    TRY(chain_take(rq, &chain));
    i64 base_seq = chain.head.base_seq;
    if (last.seq <= base_seq)
        return OK;
    chain.head.base_seq = last.seq;
    chain.head.base_digest = last.digest;
    TRY(audit_store_retire(rq->db, last.seq));
    TRY(chain_hold(rq, &chain));
    *retired = last.seq - base_seq;
    str base = arena_printf(rq->mem, "%lld %.*s", (long long)last.seq, (int)last.digest.len,
                            last.digest.ptr);
    return audit_add(rq, &(struct audit_entry){
                             .act = "audits.retired", .object = "audits", .after = base });
}

err audit_log_head(struct rq *rq)
{
    struct audit_head head = { 0 };
    TRY(audit_store_find_head(rq->db, rq->mem, &head));
    log_line(LOG_INFO, "audit.head",
             (const struct log_pair[]){ { "org", { 0 }, db_org(rq->db) },
                                        { "seq", { 0 }, head.seq },
                                        { "digest", head.digest.ptr ? head.digest : str_of(""), 0 },
                                        { 0 } });
    return OK;
}
