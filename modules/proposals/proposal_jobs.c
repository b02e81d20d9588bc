/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Timed work: whoever reviews or assigns is told once a working day how many proposals are about to
 * run late; what has ended goes to the archive. */
#include "modules/proposals/proposal_pages.h"
#include "modules/proposals/proposal_rules.h"
#include "platform/calendar/calendar.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

enum { COUNT_MOST = 1000, BATCH = 20 };

static const i64 DAY_MS = 86400000;

/* A clock, who is told, and where the ones meant are listed. */
struct warning {
    const char *clock, *permission, *text, *states;
};

static const struct warning WARNINGS[] = {
    { "review", "proposals.docket", "proposals.told_review_due", "state=submitted&state=screened" },
    { "assign", "proposals.assign", "proposals.told_assign_due",
      "state=docketed&state=preassigned" },
};

static err warn(struct rq *rq, const struct warning *w, i64 to_on)
{
    struct rows rows;
    const struct flow_due_query query = { .clock = w->clock, .to_on = to_on, .limit = COUNT_MOST };
    TRY(flow_due_list(rq, &PROPOSALS_FLOW, &query, &rows));
    if (rows.count == 0)
        return OK;
    str until = text_date(rq->mem, to_on);
    const char *key =
        arena_printf(rq->mem, "%s:%lld", w->text, (long long)rq->today).ptr; /* once a day */
    return notify_send(
        rq, &(struct notify_to){ .permission = w->permission },
        &(struct notify_message){
            .text = w->text,
            .arg = { arena_printf(rq->mem, "%zu", rows.count), until },
            .url = arena_printf(rq->mem, "/proposals?%s&due_on_from=2000-01-01&due_on_to=%.*s",
                                w->states, (int)until.len, until.ptr),
            .key = key });
}

err job_proposal_warn_due(struct rq *rq, bool *again)
{
    const struct calendar *c = calendar_current();
    *again = false;
    if (!calendar_is_working(c, rq->today))
        return OK;
    i64 to_on = calendar_add_working(c, rq->today, setting_number(rq, "proposals.warn_days"));
    for (size_t i = 0; i < sizeof WARNINGS / sizeof *WARNINGS; i++)
        TRY(warn(rq, &WARNINGS[i], to_on));
    return OK;
}

err job_proposal_archive(struct rq *rq, bool *again)
{
    struct rows rows;
    i64 days = setting_number(rq, "proposals.archive_days");
    *again = false;
    if (days == 0)
        return OK;
    TRY(proposal_store_list_finished(rq->db, rq->now_ms - days * DAY_MS, BATCH, rq->mem, &rows));
    const struct finished *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(flow_move(rq, &PROPOSALS_FLOW, all[i].id, "archive", NULL));
    *again = rows.count == BATCH;
    return OK;
}
