/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Stores proposals that come whole (proposal_whole.h). What may come is judged above. */
#include "modules/proposals/proposal_whole.h"

#include "modules/members/member.h"
#include "modules/orgs/org.h"
#include "modules/proposals/proposal_kinds.h"
#include "modules/proposals/proposal_rules.h"

err proposal_find_whole(struct rq *rq, str source, str source_id, struct proposal_whole *out)
{
    i64 id = 0;
    err e = proposal_store_find_by_source(rq->db, source, source_id, &id);
    if (e.code == ERR_NOT_FOUND)
        return err_make(ERR_NOT_FOUND, "proposals.not_found");
    TRY(e);
    TRY(proposal_store_find(rq->db, id, rq->mem, &out->row));
    TRY(proposal_store_list_suggestions(rq->db, id, rq->mem, &out->suggestions));
    return proposal_store_list_proposers(rq->db, id, rq->mem, &out->signers);
}

static err lead_store(struct rq *rq, const struct proposal *p)
{
    struct proposal_lead lead;
    struct proposal_author author = { .body = { .kind = p->kind, .name = p->proposer_name } };
    if (p->lead_person_id)
        TRY(member_find_by_person(rq, p->lead_person_id, &author.lead));
    TRY(proposal_find_lead(rq, &author, &lead));
    return proposal_store_set_lead(rq->db, p->id, p->version, &lead);
}

static err parts_store(struct rq *rq, const struct proposal_whole *whole)
{
    const struct proposal *p = &whole->row;
    const struct proposer *all = whole->signers.items;
    TRY(proposal_store_remove_proposers(rq->db, p->id));
    for (size_t i = 0; i < whole->signers.count; i++)
        TRY(proposal_store_add_proposer(rq->db, p->id, &all[i]));
    TRY(lead_store(rq, p));
    TRY(proposal_store_replace_suggestions(rq->db, p->id, &whole->suggestions));
    TRY(proposal_index(rq, p, &whole->suggestions));
    return proposal_tell_saved(rq, p, &whole->suggestions, "import");
}

static err digest_store(struct rq *rq, const struct proposal_whole *whole,
                        struct proposal_change *change)
{
    const struct proposal *p = &whole->row;
    change->id = p->id;
    change->due_on = -1;
    change->digest = proposal_digest(rq->mem, p, &whole->suggestions);
    return proposal_store_change(rq->db, change);
}

err proposal_add_whole(struct rq *rq, struct proposal_whole *whole)
{
    struct session session;
    struct proposal *p = &whole->row;
    i64 day = day_of_ms(p->submitted_at);
    struct proposal_change change = { .submitted_at = p->submitted_at };
    TRY(session_on(rq, day, &session));
    p->state = str_of("submitted");
    p->session_id = session.id;
    p->timing = str_of(session_timing(&session, day));
    p->created_at = p->submitted_at;
    p->created_by = 0; /* nobody's draft: it came in a list */
    p->updated_at = rq->now_ms;
    p->version = 1;
    TRY(proposal_store_add(rq->db, p, &p->id));
    TRY(proposal_store_next_serial(rq->db, session.id, &change.serial));
    change.receipt = proposal_receipt_digest(rq, proposal_receipt(rq, p));
    TRY(digest_store(rq, whole, &change));
    TRY(parts_store(rq, whole));
    struct flow_subject subject = {
        .id = p->id, .version = p->version, .state = p->state, .title = p->title, .row = p
    };
    p->serial = change.serial;
    subject.number = proposal_number(rq, p);
    return flow_begin_quiet(rq, &PROPOSALS_FLOW, &subject);
}

err proposal_update_whole(struct rq *rq, struct proposal_whole *whole)
{
    struct proposal_change change = { 0 };
    whole->row.updated_at = rq->now_ms;
    TRY(proposal_store_update_text(rq->db, &whole->row));
    whole->row.version++;
    TRY(digest_store(rq, whole, &change));
    return parts_store(rq, whole);
}
