/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Timed work: the end of what has been kept long enough. Last-seen times are written by the ticker
 * of platform/web. */
#include "modules/accounts/account_pages.h"
#include "modules/accounts/account_rules.h"
#include "platform/access/access_store.h"
#include "platform/audit/audit.h"
#include "platform/base/clock.h"
#include "platform/settings/settings.h"

/* Once a day for each organisation: logins of half a year ago, counters of addresses, audit entries
 * behind their keeping time (the setting, never under 180 days: audit_retire refuses). */
err job_accounts_tidy(struct rq *rq, bool *again)
{
    static const i64 DAY_MS = 86400000;
    i64 retired = 0;
    *again = false;
    TRY(login_store_remove_old(rq, rq->now_ms - 180 * DAY_MS));
    TRY(access_store_remove_addresses(rq->db, rq->now_ms - DAY_MS));
    TRY(audit_retire(rq, rq->today - setting_number(rq, "audits.keep_days"), &retired));
    return audit_log_head(rq);
}
