/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Records of talks on the page of a proposal and in its JSON: for the proposers, the agencies and
 * the office. The proposers' last word is left out for whom evaluations are blind. */
#include "modules/assignments/assignment.h"
#include "modules/mediations/mediation_rules.h"
#include "modules/mediations/mediation_views.h"
#include "modules/proposals/proposal_rules.h"
#include "platform/web/json.h"
#include "views/mediations.h"

/* Those that rq's actor may see: struct mediation rows. */
static err list_seen(struct rq *rq, const struct proposal *p, struct rows *out)
{
    bool owner = false, with = false;
    *out = (struct rows){ .size = sizeof(struct mediation) };
    if (p->assigned_at == 0)
        return OK;
    TRY(proposal_is_concerned(rq, p, &owner));
    TRY(assignment_is_with(rq, "proposals", p->id, rq->actor->agency_id, &with));
    if (!owner && !with && actor_scope(rq->actor, "proposals.read") != SCOPE_ORG)
        return OK;
    TRY(mediation_store_list(rq->db, p->id, rq->mem, out));
    bool may = owner || actor_scope(rq->actor, "evaluations.read") == SCOPE_ORG;
    struct mediation *all = out->items;
    for (size_t i = 0; i < out->count; i++)
        if (with || !may)
            all[i].satisfaction = str_of("");
    return OK;
}

static void put_json(const struct rows *rows, struct json *j)
{
    const struct mediation *all = rows->items;
    json_array(j, "mediations");
    for (size_t i = 0; i < rows->count; i++) {
        json_object(j, NULL);
        json_i64(j, "round", all[i].round);
        json_day(j, "held_on", all[i].held_on);
        json_str(j, "place", all[i].place);
        json_str(j, "present", all[i].present);
        json_str(j, "agency_said", all[i].agency_said);
        json_str(j, "proposer_said", all[i].proposer_said);
        json_str(j, "result", all[i].result);
        json_str(j, "satisfaction", all[i].satisfaction);
        json_object_end(j);
    }
    json_array_end(j);
}

err on_mediation_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct proposal_shown *shown = fact;
    struct rows rows;
    (void)id;
    if (shown->out && strcmp(shown->place, "main") != 0)
        return OK;
    TRY(list_seen(rq, shown->proposal, &rows));
    if (shown->json)
        put_json(&rows, shown->json);
    else if (rows.count)
        view_mediations_records(shown->out, &rows);
    return OK;
}
