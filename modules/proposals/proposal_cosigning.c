/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A joint proposal before it is handed in: its text is shut while others are asked to sign it, and
 * what the module cosigners needs of it. Invitations, days and answers are that module's. */
#include "modules/proposals/proposal_cosigning.h"

#include "modules/proposals/proposal_kinds.h"
#include "modules/proposals/proposal_steps.h"
#include "platform/web/json.h"
#include "views/proposals.h"

/* ---- steps ---- */

err proposal_guard_invite(struct rq *rq, const struct flow_subject *subject)
{
    const struct proposal *p = subject->row;
    bool may = false;
    TRY(proposal_may_edit(rq, p, &may));
    if (!may)
        return err_make(ERR_FORBIDDEN, "proposals.not_yours");
    TRY(proposal_may_hand_in(rq, p, &may));
    if (!may)
        return err_make(ERR_FORBIDDEN, "proposals.not_contact");
    return p->invited > 0 ? OK : err_make(ERR_CONFLICT, "proposals.nobody_invited");
}

err proposal_guard_recall(struct rq *rq, const struct flow_subject *subject)
{
    bool may = false;
    TRY(proposal_speaks_for(rq, subject->row, &may));
    return may ? OK : err_make(ERR_FORBIDDEN, "proposals.not_yours");
}

/* Kept as a version: what they sign is what they were shown. */
err proposal_effect_invite(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct proposal invited = *(const struct proposal *)subject->row;
    strs suggestions;
    (void)step;
    TRY(proposal_check_complete(rq, &invited));
    TRY(proposal_store_list_suggestions(rq->db, invited.id, rq->mem, &suggestions));
    invited.version++; /* of the step itself, as at submission */
    return proposal_tell_saved(rq, &invited, &suggestions, "save");
}

/* By the house when too few have signed: the lead goes on from the draft. */
err proposal_effect_recall(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    step->opinion_hidden = true; /* why is for those who were asked; they are told */
    return flow_todo_done(rq, &PROPOSALS_FLOW, subject->id, "submit", 0);
}

/* ---- for cosigners ---- */

err proposal_find_house(struct rq *rq, i64 id, struct proposal *out)
{
    err e = proposal_store_find(rq->db, id, rq->mem, out);
    return e.code == ERR_NOT_FOUND ? err_make(ERR_NOT_FOUND, "proposals.not_found") : e;
}

err proposal_set_invited(struct rq *rq, const struct proposal *p, i64 invited, i64 due_on)
{
    struct proposal inviting = *p;
    inviting.invited = invited;
    inviting.due_on = due_on;
    return proposal_store_set_invited(rq->db, &inviting);
}

err proposal_set_signers(struct rq *rq, const struct proposal *p,
                         const struct proposal_signer *signers, size_t count)
{
    struct proposal signing = *p;
    TRY(proposal_store_remove_cosigners(rq->db, p->id));
    for (size_t i = 0; i < count; i++)
        TRY(proposal_store_add_proposer(rq->db, p->id,
                                        &(struct proposer){ .rank = (i64)i + 2,
                                                            .person_id = signers[i].person_id,
                                                            .body_id = signers[i].body_id,
                                                            .name = signers[i].name,
                                                            .contact = signers[i].contact,
                                                            .asked_at = signers[i].asked_at,
                                                            .answered_at =
                                                                signers[i].answered_at }));
    signing.signer_count = (i64)count + 1;
    if (!proposal_is_collective(p->kind))
        signing.kind = str_of(count ? "joint" : "personal");
    return proposal_store_set_signing(rq->db, &signing);
}

err proposal_is_ready(struct rq *rq, const struct proposal *p, bool *out)
{
    struct rq judge = *rq;
    judge.faults = NULL;
    err e = proposal_check_complete(&judge, p);
    *out = e.code == ERR_NONE;
    return e.code == ERR_INVALID ? OK : e;
}

static void text_json(struct json *j, const struct proposal *p, const strs *suggestions)
{
    json_str(j, "situation", p->situation);
    json_str(j, "analysis", p->analysis);
    json_array(j, "suggestions");
    for (size_t i = 0; i < suggestions->count; i++)
        json_str(j, NULL, suggestions->items[i]);
    json_array_end(j);
    json_str(j, "research", p->research);
}

err proposal_text_section(struct rq *rq, const struct proposal *p, struct out *out,
                          struct json *json)
{
    strs suggestions;
    TRY(proposal_store_list_suggestions(rq->db, p->id, rq->mem, &suggestions));
    if (out)
        view_proposals_text(out, p, &suggestions);
    if (json)
        text_json(json, p, &suggestions);
    return OK;
}

err proposal_text_digest(struct rq *rq, const struct proposal *p, str *out)
{
    strs suggestions;
    TRY(proposal_store_list_suggestions(rq->db, p->id, rq->mem, &suggestions));
    *out = proposal_digest(rq->mem, p, &suggestions);
    return OK;
}
