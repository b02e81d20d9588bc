/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What hangs on a session that is being corrected: numbers that are printed already must stay true,
 * and each proposal stays with the session of its day; before, during, between follow the days. */
#include "modules/orgs/org.h"
#include "modules/proposals/proposal_pages.h"
#include "modules/proposals/proposal_sessions_store.h"
#include "platform/base/str.h"

/* A case number is spoken of with the session's name: 六届三次会议第12号. */
static err check_numbers(struct rq *rq, const struct session_corrected *c)
{
    i64 count;
    if (c->before.term_number == c->after.term_number && c->before.number == c->after.number)
        return OK;
    TRY(proposal_store_count_numbered(rq->db, c->after.id, &count));
    return count ? err_make_with(ERR_CONFLICT, "proposals.session_numbered",
                                 str_number(rq->mem, count), session_name(rq->mem, &c->before))
                 : OK;
}

/* The days that go over to the next session, or come from it, hold no proposal. */
static err check_days(struct rq *rq, const struct session_corrected *c)
{
    i64 was = c->before.until_on, is = c->after.until_on, count;
    if (was == is)
        return OK;
    bool shorter = is && (!was || is < was);
    struct submitted_span span = { .session_id = shorter ? c->after.id : c->next_id };
    i64 from_on = shorter ? is : was, to_on = shorter ? was : is;
    span.from_at = day_start_ms(from_on + 1);
    span.to_at = to_on ? day_start_ms(to_on + 1) : INT64_MAX;
    TRY(proposal_store_count_submitted(rq->db, &span, &count));
    return count ? err_make_with(ERR_CONFLICT, "proposals.session_days", str_number(rq->mem, count),
                                 session_name(rq->mem, &c->before))
                 : OK;
}

err on_session_closing(struct rq *rq, i64 id, const void *fact)
{
    const struct session_closing *c = fact;
    i64 last_at;
    TRY(proposal_store_last_submitted(rq->db, id, &last_at));
    if (last_at && day_of_ms(last_at) > *c->used_on)
        *c->used_on = day_of_ms(last_at);
    return OK;
}

err on_session_corrected(struct rq *rq, i64 id, const void *fact)
{
    const struct session_corrected *c = fact;
    TRY(check_numbers(rq, c));
    TRY(check_days(rq, c));
    if (c->before.opened_on == c->after.opened_on && c->before.closed_on == c->after.closed_on)
        return OK;
    struct session_days days = { id, day_start_ms(c->after.opened_on),
                                 day_start_ms(c->after.closed_on + 1) };
    return proposal_store_set_timing(rq->db, &days);
}
