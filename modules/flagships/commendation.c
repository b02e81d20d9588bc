/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Excellent proposals (优秀提案, rules.md 2.7): about one in a hundred of what was docketed, a
 * fifth or more of them collective; recommended, then chosen by the office. */
#include "modules/flagships/flagship_store.h"
#include "platform/settings/settings.h"

enum { PERMILLE = 1000 };

err commendation_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct commendation *c = arena_zero(rq->mem, sizeof *c);
    bool office = actor_scope(rq->actor, "flagships.read") == SCOPE_ORG;
    struct proposal p;
    err e = commendation_store_find(rq->db, id, rq->mem, c);
    if (e.code == ERR_NONE)
        e = office ? proposal_find(rq, c->proposal_id, &p)
                   : err_make(ERR_NOT_FOUND, "flagships.not_found");
    if (e.code == ERR_NOT_FOUND)
        return err_make(ERR_NOT_FOUND, "flagships.not_found");
    TRY(e);
    *out = (struct flow_subject){ c->id, c->version, c->state, c->title, c->number, c };
    return OK;
}

err commendation_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    return commendation_store_update(rq->db, subject->row, to);
}

err commendation_nominate(struct rq *rq, i64 proposal_id,
                          const struct commendation_nominate_input *in, i64 *id)
{
    struct proposal p;
    struct commendation there = { 0 };
    TRY(proposal_find(rq, proposal_id, &p));
    if (p.closed_at == 0)
        return err_make(ERR_CONFLICT, "commendations.not_closed");
    TRY(commendation_store_find_of(rq->db, p.id, rq->mem, &there));
    if (there.id)
        return err_make(ERR_CONFLICT, "commendations.already");
    struct commendation c = { .proposal_id = p.id,
                              .session_id = p.session_id,
                              .nominated_at = rq->now_ms,
                              .version = 1,
                              .collective = proposal_is_collective(p.kind),
                              .title = p.title,
                              .number = proposal_number(rq, &p),
                              .nominator = in->nominator,
                              .grounds = in->grounds,
                              .state = str_of("nominated") };
    TRY(commendation_store_add(rq->db, &c, &c.id));
    *id = c.id;
    struct flow_subject subject = { c.id, 1, c.state, c.title, c.number, &c };
    return flow_begin(rq, &COMMENDATIONS_FLOW, &subject, NULL);
}

err commendation_effect_choose(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct commendation_choose_input *in = step->input;
    struct commendation *c = subject->row;
    if (in->decided_on > rq->today) {
        rq_fault(rq, "decided_on", "flagships.future", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    c->decided_on = in->decided_on;
    return proposal_set_flag(rq, c->proposal_id, "commended", true);
}

err flagship_measure(struct rq *rq, i64 session_id, struct flagship_meter *out)
{
    struct rows rows;
    *out = (struct flagship_meter){
        .per_year = setting_number(rq, "flagships.per_year"),
        .collective_percent = setting_number(rq, "flagships.commend_collective_percent"),
    };
    TRY(flagship_store_count_chosen(rq->db, session_id, &out->chosen));
    TRY(proposal_count_docketed(rq, session_id, &out->docketed));
    i64 share = out->docketed * setting_number(rq, "flagships.commend_permille");
    out->wanted = (share + PERMILLE / 2) / PERMILLE;
    TRY(commendation_store_list(rq->db, session_id, rq->mem, &rows));
    const struct commendation *chosen = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        bool is_chosen = str_is(chosen[i].state, "chosen");
        out->commended += is_chosen;
        out->collective += is_chosen && chosen[i].collective;
    }
    return OK;
}
