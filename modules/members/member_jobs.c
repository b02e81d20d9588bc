/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The end of a term (rules.md 12.7, 届满 by the system): seats of a term that has ended end with
 * it, on its last day. Who sits in the next term too stays what he is. */
#include "modules/members/member_rules.h"
#include "platform/audit/audit.h"
#include "platform/jobs/jobs.h"

enum { BATCH = 200 };

static err expire(struct rq *rq, const struct expired_seat *e)
{
    struct seat seat;
    struct change change = { .seat_id = e->id,
                             .act = str_of("expire"),
                             .on_on = e->term_end_on,
                             .recorded_by = rq->actor->account_id,
                             .recorded_at = rq->now_ms };
    TRY(seat_store_find(rq->db, e->id, rq->mem, &seat));
    seat.status = str_of("left");
    seat.to_on = e->term_end_on < seat.from_on ? seat.from_on : e->term_end_on;
    TRY(seat_store_update(rq->db, &seat));
    TRY(change_store_add(rq->db, &change));
    TRY(member_left(
        rq, &(struct member){ .id = e->member_id, .person_id = e->person_id, .seat_id = e->id },
        seat.to_on, &(struct member_change){ .on_on = e->term_end_on, .act = change.act }));
    return audit_add(rq, &(struct audit_entry){ .act = "members.act",
                                                .object = "members",
                                                .object_id = e->member_id,
                                                .after = str_of("expire") });
}

err job_member_expire(struct rq *rq, bool *again)
{
    struct rows rows;
    TRY(seat_store_list_expired(rq->db, rq->today, rq->mem, &rows));
    const struct expired_seat *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(expire(rq, &all[i]));
    *again = rows.count == BATCH;
    return OK;
}
