/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a change of the days to answer would bring for proposals that wait to be handed out. All
 * other deadlines are previewed by the flow engine. */
#include <string.h>

#include "modules/assignments/assignment.h"
#include "modules/preassignments/preassignment.h"
#include "modules/proposals/proposal_rules.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

static i64 due_now(struct rq *rq, const void *of)
{
    struct due_ask ask = *(const struct due_ask *)of;
    ask.from_on = rq->today;
    return assignment_due(rq, &ask);
}

/* The day of one who would be handed it in a role, where the change moves it. */
static void role_touch(struct rq *rq, const struct settings_preview *preview,
                       const struct flow_subject *subject, struct due_ask ask)
{
    const char *setting =
        str_is(ask.role, "cohost") ? "assignments.cohost_months" : "assignments.host_months";
    struct setting_touch row = {
        .what = text_label("settings", str_of(setting)),
        .title = subject->title,
        .number = subject->number,
        .url = arena_printf(rq->mem, "/proposals/%lld", (long long)subject->id),
    };
    settings_preview_day(rq, preview, &(struct setting_day){ due_now, &ask }, &row);
    if (row.would_be_on != row.due_on)
        settings_touch(preview, &row);
}

/* What stands in a state before it is handed out. */
static err waiting_touch(struct rq *rq, const struct settings_preview *preview, const char *state)
{
    struct rows rows;
    TRY(flow_waiting(rq, &PROPOSALS_FLOW, state, SETTINGS_FOLLOWS_MAX + 1, &rows));
    const struct flow_due_row *waiting = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        struct matter matter = { 0 };
        struct flow_subject subject = { 0 };
        err e = PROPOSALS_FLOW.load(rq, waiting[i].subject_id, &subject);
        if (e.code == ERR_NOT_FOUND)
            continue;
        TRY(e);
        TRY(proposal_traits(rq, subject.row, &matter));
        role_touch(rq, preview, &subject,
                   (struct due_ask){ str_of("sole"), matter.plenary, matter.party, 0 });
        role_touch(rq, preview, &subject,
                   (struct due_ask){ str_of("cohost"), matter.plenary, matter.party, 0 });
    }
    return OK;
}

err on_preassigned_previewed(struct rq *rq, i64 id, const void *fact)
{
    (void)id;
    if (!assignment_due_changes(fact))
        return OK;
    TRY(waiting_touch(rq, fact, "docketed"));
    return waiting_touch(rq, fact, "preassigned");
}
