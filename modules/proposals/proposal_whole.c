/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Stores proposals that come whole (proposal_whole.h). What may come is judged above. */
#include "modules/proposals/proposal_whole.h"

#include "modules/members/member.h"
#include "modules/orgs/org.h"
#include "modules/proposals/proposal_kinds.h"
#include "modules/proposals/proposal_rules.h"
#include "platform/audit/attest.h"

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

static err lead_store(struct rq *rq, const struct proposal_whole *whole)
{
    const struct proposal *p = &whole->row;
    struct proposal_lead lead;
    struct proposal_author author = { .body = { .kind = p->kind, .name = p->proposer_name } };
    if (p->lead_person_id)
        TRY(member_find_by_person(rq, p->lead_person_id, &author.lead));
    TRY(proposal_find_lead(rq, &author, &lead));
    if (whole->is_past) {
        lead.committee_name = str_of("");
        lead.sector_name = str_is(p->kind, "sector") ? p->proposer_name : whole->sector;
    }
    return proposal_store_set_lead(rq->db, p->id, p->version, &lead);
}

static err parts_store(struct rq *rq, const struct proposal_whole *whole)
{
    const struct proposal *p = &whole->row;
    const struct proposer *all = whole->signers.items;
    TRY(proposal_store_remove_proposers(rq->db, p->id));
    for (size_t i = 0; i < whole->signers.count; i++)
        TRY(proposal_store_add_proposer(rq->db, p->id, &all[i]));
    TRY(lead_store(rq, whole));
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
    TRY(proposal_store_change(rq->db, change));
    return whole->is_past ? OK : attestation_add(rq, "proposals", p->id, change->digest);
}

/* The row, its numbers, and what hangs on it; its state is set. */
static err add(struct rq *rq, struct proposal_whole *whole, const struct session *session)
{
    struct proposal *p = &whole->row;
    struct proposal_change change = { .submitted_at = p->submitted_at };
    p->session_id = session->id;
    p->timing = str_of(session_timing(session, day_of_ms(p->submitted_at)));
    p->created_at = p->submitted_at;
    p->created_by = 0; /* nobody's draft: it came in a list */
    p->updated_at = rq->now_ms;
    p->version = 1;
    TRY(proposal_store_add(rq->db, p, &p->id));
    TRY(proposal_store_next_serial(rq->db, session->id, &change.serial));
    change.receipt = proposal_receipt_digest(rq, proposal_receipt(rq, p));
    TRY(digest_store(rq, whole, &change));
    p->serial = change.serial;
    return parts_store(rq, whole);
}

err proposal_add_whole(struct rq *rq, struct proposal_whole *whole)
{
    struct session session;
    struct proposal *p = &whole->row;
    TRY(session_on(rq, day_of_ms(p->submitted_at), &session));
    p->state = str_of("submitted");
    TRY(add(rq, whole, &session));
    const struct flow_subject subject = { .id = p->id,
                                          .version = p->version,
                                          .state = p->state,
                                          .title = p->title,
                                          .number = proposal_number(rq, p),
                                          .row = p };
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

/* ---- from earlier years ---- */

static err check_number(struct rq *rq, const struct proposal *p)
{
    i64 id = 0;
    if (p->docket_no == 0)
        return OK;
    err e = proposal_store_find_by_number(rq->db, p->session_id, p->docket_no, 0, &id);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_NONE && id == p->id))
        return OK;
    TRY(e);
    return err_make_with(ERR_CONFLICT, "proposals.number_taken",
                         arena_printf(rq->mem, "%lld", (long long)p->docket_no), str_of(""));
}

/* How many are merged into a main one: one less of the one before, one more of the present one. */
static err count_main(struct rq *rq, i64 was, i64 is)
{
    struct proposal main;
    if (was == is)
        return OK;
    if (was) {
        TRY(proposal_find_house(rq, was, &main));
        TRY(proposal_store_count_merged(rq->db, &main, -1));
    }
    if (!is)
        return OK;
    TRY(proposal_find_house(rq, is, &main));
    return proposal_store_count_merged(rq->db, &main, 1);
}

/* Its history begins with who recorded it, and when. */
static err begin_past(struct rq *rq, const struct proposal *p)
{
    const struct actor *actor = rq->actor;
    const struct flow_trail trail = { .at = rq->now_ms,
                                      .verb = str_of("record"),
                                      .to_state = p->state,
                                      .actor_account_id = actor->account_id,
                                      .actor_name = actor->account_id ? actor->name : str_of("") };
    return flow_trail_add(rq, &PROPOSALS_FLOW, p->id, &trail);
}

err proposal_put_past(struct rq *rq, struct proposal_whole *whole)
{
    struct session session;
    struct proposal *p = &whole->row, was = { 0 };
    bool is_new = p->id == 0;
    whole->is_past = true;
    TRY(session_find(rq, p->session_id, &session));
    TRY(check_number(rq, p));
    p->state = str_of("archived");
    p->timing = str_of(session_timing(&session, day_of_ms(p->submitted_at)));
    if (!is_new) {
        TRY(proposal_find_house(rq, p->id, &was));
        TRY(proposal_update_whole(rq, whole));
    } else {
        TRY(add(rq, whole, &session));
    }
    TRY(count_main(rq, was.main_id, p->main_id));
    TRY(proposal_store_set_past(rq->db, p, whole->tracking));
    TRY(proposal_store_raise_docket_no(rq->db, p->session_id, p->docket_no));
    return is_new ? begin_past(rq, p) : OK;
}

err proposal_reach_numbers(struct rq *rq, i64 id)
{
    struct proposal p;
    strs suggestions;
    TRY(proposal_store_find(rq->db, id, rq->mem, &p));
    TRY(proposal_store_reach_numbers(rq->db, &p));
    TRY(proposal_store_list_suggestions(rq->db, id, rq->mem, &suggestions));
    return proposal_index(rq, &p, &suggestions);
}
