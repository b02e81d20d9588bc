/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Opinions that the house makes: written by the office, sent at once. See opinion_house.h. */
#include "modules/opinions/opinion_house.h"

#include "modules/opinions/opinion_store.h"

/* The office wrote it as a body: nobody's own, so nobody of it finds it among his. */
err opinion_add_house(struct rq *rq, const struct opinion_house_new *in, i64 *id)
{
    struct opinion o = { .state = str_of("draft"),
                         .kind = str_of("staff"),
                         .account_id = rq->actor->account_id,
                         .reporter_name = rq->actor->name,
                         .title = in->title,
                         .situation = in->situation,
                         .analysis = in->analysis,
                         .suggestions = in->suggestions,
                         .created_at = rq->now_ms,
                         .updated_at = rq->now_ms,
                         .version = 1 };
    TRY(opinion_store_add(rq->db, &o, &o.id));
    TRY(opinion_store_update(rq->db, &o, o.state));
    o.version++;
    struct flow_subject subject = { o.id, o.version, o.state, o.title, str_of(""), &o };
    TRY(flow_begin_quiet(rq, &OPINIONS_FLOW, &subject));
    TRY(flow_move(rq, &OPINIONS_FLOW, o.id, "submit", NULL));
    *id = o.id;
    return OK;
}

err opinion_count_as_proposal(struct rq *rq, i64 id)
{
    struct opinion o;
    TRY(opinion_store_find(rq->db, id, rq->mem, &o));
    TRY(opinion_store_set_recast(rq->db, &o));
    return event_emit(rq, "opinions.retold", id, NULL);
}

err opinion_find_name(struct rq *rq, i64 id, str *number, str *title)
{
    struct opinion o;
    TRY(opinion_store_find(rq->db, id, rq->mem, &o));
    *number = o.number;
    *title = o.title;
    return OK;
}
