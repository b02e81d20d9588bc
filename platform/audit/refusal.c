/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What must stay although its request is rolled back or may not write: refusals, failed attempts,
 * exports, unmaskings. The entry is copied, and appended by the write lane in a transaction of its
 * own. */
#include "platform/audit/audit.h"
#include "platform/base/log.h"
#include "platform/base/str.h"
#include "platform/web/lanes.h"

/* A copy of what audit_add needs of the request, in an arena of its own. */
struct refusal {
    struct rq rq;
    struct actor actor;
    struct audit_entry entry;
};

static err refusal_add(struct app *app, struct db *db, struct arena *mem, void *context)
{
    const struct refusal *r = context;
    struct rq rq = r->rq;
    rq.app = app;
    rq.db = db;
    rq.mem = mem;
    db_set_org(db, r->actor.org_id);
    err e = audit_add(&rq, &r->entry);
    db_set_org(db, 0);
    return e;
}

static const char *copy(struct arena *mem, const char *text)
{
    return text ? arena_cstr(mem, str_of(text)) : NULL;
}

/* NULL when there is no chain to write to: nothing is founded yet. */
static struct refusal *refusal_make(struct rq *rq, const struct audit_entry *entry,
                                    struct arena *mem)
{
    if (!rq->actor->org_id) {
        log_note(LOG_WARN, "audit.no_organisation", "act", str_of(entry->act));
        return NULL;
    }
    struct refusal *r = arena_zero(mem, sizeof *r);
    r->actor = (struct actor){ .account_id = rq->actor->account_id,
                               .org_id = rq->actor->org_id,
                               .delegator_account_id = rq->actor->delegator_account_id,
                               .name = arena_str(mem, rq->actor->name) };
    r->rq = (struct rq){ .actor = &r->actor,
                         .now_ms = rq->now_ms,
                         .today = rq->today,
                         .id = arena_str(mem, rq->id),
                         .address = arena_str(mem, str_sub(rq->address, 0, 200)) };
    r->entry = (struct audit_entry){ .act = copy(mem, entry->act),
                                     .object = copy(mem, entry->object),
                                     .object_id = entry->object_id,
                                     .before = arena_str(mem, str_sub(entry->before, 0, 80000)),
                                     .after = arena_str(mem, str_sub(entry->after, 0, 80000)),
                                     .result = copy(mem, entry->result) };
    return r;
}

void audit_refusal(struct rq *rq, const struct audit_entry *entry)
{
    struct arena *mem = arena_new(256 << 10, 0);
    struct refusal *r = refusal_make(rq, entry, mem);
    if (r)
        lanes_post(rq->app, mem, refusal_add, r);
    else
        arena_free(mem);
}

err audit_leaving(struct rq *rq, const struct audit_entry *entry)
{
    struct arena *mem = arena_new(256 << 10, 0);
    struct refusal *r = refusal_make(rq, entry, mem);
    err e = r ? lanes_write(rq->app, refusal_add, r) : OK;
    arena_free(mem);
    return e;
}
