/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Instructions (批示): what a leader has written on a matter of any collection; of a
 * proposal kept by the office. */
#include "modules/orgs/org.h"
#include "modules/outcomes/outcome_rules.h"
#include "modules/proposals/proposal.h"
#include "platform/audit/audit.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"

static err tell(struct rq *rq, const struct instruction_new *wanted)
{
    if (wanted->to_agency_id == 0)
        return OK;
    return notify_send(rq, &(struct notify_to){ .agency_id = wanted->to_agency_id },
                       &(struct notify_message){ .text = "instructions.told",
                                                 .arg = { wanted->title, wanted->leader },
                                                 .url = wanted->url });
}

err instruction_record(struct rq *rq, const struct instruction_new *wanted, i64 *id)
{
    struct org agency = { 0 };
    if (wanted->to_agency_id > 0)
        TRY(org_find(rq, wanted->to_agency_id, &agency));
    if (wanted->instructed_on > rq->today)
        rq_fault(rq, "instructed_on", "instructions.day", str_of(""), str_of(""));
    if (!dictionary_has(rq, "outcomes.instruction_levels", wanted->level))
        rq_fault(rq, "level", "form.not_a_choice", str_of(""), str_of(""));
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    struct instruction n = { .matter = str_of(wanted->collection),
                             .matter_id = wanted->matter_id,
                             .instructed_on = wanted->instructed_on,
                             .to_agency_id = wanted->to_agency_id,
                             .to_agency_name = agency.name,
                             .hidden = wanted->hidden,
                             .leader = wanted->leader,
                             .level = wanted->level,
                             .text = wanted->text,
                             .recorded_at = rq->now_ms,
                             .recorded_by = rq->actor->account_id };
    TRY(instruction_store_add(rq->db, &n, &n.id));
    *id = n.id;
    TRY(audit_add(rq, &(struct audit_entry){ .act = "instructions.record",
                                             .object = wanted->collection,
                                             .object_id = wanted->matter_id,
                                             .after = wanted->leader }));
    TRY(tell(rq, wanted));
    return event_emit(rq, "outcomes.instructed", n.id, &n);
}

err instruction_add(struct rq *rq, i64 proposal_id, const struct instruction_input *in)
{
    struct proposal p;
    i64 id = 0, agency_id = 0;
    TRY(proposal_find(rq, proposal_id, &p));
    if (p.assigned_at == 0)
        return err_make(ERR_CONFLICT, "instructions.not_assigned");
    if (!str_to_i64(in->to_agency, &agency_id) || agency_id < 0)
        agency_id = 0;
    return instruction_record(rq,
                              &(struct instruction_new){
                                  .collection = "proposals",
                                  .matter_id = p.id,
                                  .title = p.title,
                                  .url = arena_printf(rq->mem, "/proposals/%lld", (long long)p.id),
                                  .instructed_on = in->instructed_on,
                                  .to_agency_id = agency_id,
                                  .hidden = in->hidden,
                                  .leader = in->leader,
                                  .level = in->level,
                                  .text = in->text },
                              &id);
}

err instruction_list_of(struct rq *rq, const char *collection, i64 matter_id, struct rows *out)
{
    bool office = actor_scope(rq->actor, "outcomes.read") == SCOPE_ORG;
    TRY(instruction_store_list(rq->db, str_of(collection), matter_id, rq->mem, out));
    struct instruction *all = out->items;
    for (size_t i = 0; i < out->count; i++)
        if (all[i].hidden && !office &&
            (rq->actor->agency_id == 0 || rq->actor->agency_id != all[i].to_agency_id))
            all[i].text = str_of("");
    return OK;
}

err instruction_count_of(struct rq *rq, const char *collection, struct rows *out)
{
    TRY(instruction_store_count_days(rq->db, str_of(collection), rq->mem, out));
    struct instruction_count *all = out->items;
    size_t kept = 0;
    for (size_t i = 0; i < out->count; i++) {
        int year, month, mday;
        size_t k = 0;
        day_to_civil(all[i].instructed_on, &year, &month, &mday);
        while (k < kept && (all[k].year != year || !str_eq(all[k].level, all[i].level)))
            k++;
        if (k < kept) {
            all[k].count += all[i].count;
            continue;
        }
        all[kept] = all[i];
        all[kept++].year = year;
    }
    out->count = kept;
    return OK;
}
