/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The daily timer that carries out all rules. */
#include "modules/retention/retention_pages.h"
#include "platform/base/log.h"
#include "platform/base/str.h"
#include "platform/jobs/jobs.h"

enum { BATCH = 100 };

struct ending {
    const struct retention_rule *rule;
    i64 ended;
};

static err rule_end(struct rq *rq, void *context)
{
    struct ending *e = context;
    return retention_end(rq, e->rule, BATCH, &e->ended);
}

/* A batch of one rule a transaction, so that nobody waits for long; what a rule cannot do keeps no
 * other from its work, and is tried again tomorrow. */
err job_retention_end(struct rq *rq, bool *again)
{
    for (const struct retention_rule *r = RETENTION_RULES; r->name; r++) {
        struct ending ending = { .rule = r };
        err e = job_part(rq, rule_end, &ending);
        if (db_may_retry(e))
            return e;
        if (e.code != ERR_NONE)
            log_line(LOG_ERROR, "retention.failed",
                     (const struct log_pair[]){
                         { "rule", str_of(r->name), 0 }, { "error", str_of(e.name), 0 }, { 0 } });
        else if (ending.ended == BATCH) {
            *again = true;
            return OK;
        }
    }
    return OK;
}
