/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Circulars (通报): which agencies were urged and how they stand, published to all of them at once.
 * They name slips and agencies, never cases: not everybody may see those. */
#include "modules/urgings/urging_rules.h"
#include "platform/audit/audit.h"
#include "platform/notify/notify.h"
#include "platform/text/texts.h"

static err line_add(struct rq *rq, i64 circular_id, i64 urging_id)
{
    struct urging u;
    TRY(list_find(rq, &URGING_LIST, urging_id, &u));
    if (u.issued_at == 0) { /* its agency does not know of it yet */
        rq_fault(rq, "urgings", "circulars.not_issued", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    struct circular_line line = { .circular_id = circular_id,
                                  .urging_id = u.id,
                                  .late_days = urging_days_late(rq, u.late_on),
                                  .agency_name = u.agency_name,
                                  .number = u.number,
                                  .state = u.state };
    TRY(circular_store_add_line(rq->db, &line));
    TRY(flow_todo_done(rq, &URGINGS_FLOW, u.id, "summon", 0));
    return notify_send(rq, &(struct notify_to){ .agency_id = u.agency_id },
                       &(struct notify_message){ .text = "circulars.told",
                                                 .arg = { u.number, u.agency_name },
                                                 .url = arena_printf(rq->mem, "/circulars/%lld",
                                                                     (long long)circular_id) });
}

static bool is_before(const ids *all, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (all->items[i] == all->items[at])
            return true;
    return false;
}

err circular_publish(struct rq *rq, const struct circular_input *in, i64 *id)
{
    struct circular c = { .title = in->title,
                          .text = in->text,
                          .published_on = rq->today,
                          .published_at = rq->now_ms,
                          .published_by = rq->actor->account_id,
                          .published_name = rq->actor->name };
    TRY(circular_store_add(rq->db, &c, id));
    for (size_t i = 0; i < in->urgings.count; i++)
        if (!is_before(&in->urgings, i))
            TRY(line_add(rq, *id, in->urgings.items[i]));
    return audit_add(rq, &(struct audit_entry){ .act = "circulars.publish",
                                                .object = "circulars",
                                                .object_id = *id,
                                                .after = in->title });
}
