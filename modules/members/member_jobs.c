/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The end of a term (rules.md 12.7, 届满 by the system): seats of a term that has ended end with
 * it, on its last day. Who sits in the next term too stays what he is. What ends: member_acts.c.
 * And keys of names by strokes that are yet to be made. */
#include "modules/members/member_rules.h"
#include "platform/jobs/jobs.h"
#include "platform/text/strokes.h"

/* Before anybody leaves, who keeps a list of the next term may bring it in. */
err job_member_expire(struct rq *rq, bool *again)
{
    struct rows rows;
    bool wait = false;
    *again = false;
    TRY(seat_store_list_expired(rq->db, rq->today, rq->mem, &rows));
    if (rows.count == 0)
        return OK;
    const struct expired_seat *first = rows.items;
    const struct member_term_over over = { first->term_end_on, &wait };
    TRY(event_emit(rq, "members.term_over", first->term_id, &over));
    return wait ? OK : member_expire_some(rq, again);
}

/* Of who was there before names had a key, or before the table of characters became another. */
err job_member_strokes(struct rq *rq, bool *again)
{
    struct rows rows;
    TRY(person_store_list_unkeyed(rq->db, rq->mem, &rows));
    const struct unkeyed_person *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(person_store_set_strokes(rq->db, &all[i], strokes_key(rq->mem, all[i].name)));
    *again = rows.count == UNKEYED_BATCH;
    return OK;
}
