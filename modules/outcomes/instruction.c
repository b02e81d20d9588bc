/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Instructions (批示): what a leader has written on a case, kept by the office. */
#include "modules/orgs/org.h"
#include "modules/outcomes/outcome_rules.h"
#include "modules/proposals/proposal.h"
#include "platform/audit/audit.h"
#include "platform/notify/notify.h"

static err tell(struct rq *rq, const struct proposal *p, const struct instruction *n)
{
    if (n->to_agency_id == 0)
        return OK;
    return notify_send(rq, &(struct notify_to){ .agency_id = n->to_agency_id },
                       &(struct notify_message){
                           .text = "instructions.told",
                           .arg = { p->title, n->leader },
                           .url = arena_printf(rq->mem, "/proposals/%lld", (long long)p->id) });
}

err instruction_add(struct rq *rq, i64 proposal_id, const struct instruction_input *in)
{
    struct proposal p;
    struct org agency = { 0 };
    i64 id = 0, agency_id = 0;
    TRY(proposal_find(rq, proposal_id, &p));
    if (p.assigned_at == 0)
        return err_make(ERR_CONFLICT, "instructions.not_assigned");
    if (str_to_i64(in->to_agency, &agency_id) && agency_id > 0)
        TRY(org_find(rq, agency_id, &agency));
    if (in->instructed_on > rq->today) {
        rq_fault(rq, "instructed_on", "instructions.day", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    struct instruction n = { .matter = str_of("proposals"),
                             .matter_id = p.id,
                             .instructed_on = in->instructed_on,
                             .to_agency_id = agency_id,
                             .to_agency_name = agency.name,
                             .hidden = in->hidden,
                             .leader = in->leader,
                             .level = in->level,
                             .text = in->text,
                             .recorded_at = rq->now_ms,
                             .recorded_by = rq->actor->account_id };
    TRY(instruction_store_add(rq->db, &n, &id));
    TRY(audit_add(rq, &(struct audit_entry){ .act = "instructions.record",
                                             .object = "proposals",
                                             .object_id = p.id,
                                             .after = in->leader }));
    n.id = id;
    TRY(tell(rq, &p, &n));
    return event_emit(rq, "outcomes.instructed", id, &n);
}

err instruction_list(struct rq *rq, i64 proposal_id, struct rows *out)
{
    bool office = actor_scope(rq->actor, "outcomes.read") == SCOPE_ORG;
    TRY(instruction_store_list(rq->db, str_of("proposals"), proposal_id, rq->mem, out));
    struct instruction *all = out->items;
    for (size_t i = 0; i < out->count; i++)
        if (all[i].hidden && !office &&
            (rq->actor->agency_id == 0 || rq->actor->agency_id != all[i].to_agency_id))
            all[i].text = str_of("");
    return OK;
}
