/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Figures by agency for the matter's module: each answering agency counts its own assignments, also
 * where two or more share a matter (分办). What a number's link shows: assignment_list.c,
 * modules/dashboards/dashboard_evaluation_list.c. */
#include "modules/assignments/assignment_figures_store.h"

static void take_forms(struct agency_figures *to, const struct agency_figures *from)
{
    struct agency_figures counts = *from;
    counts.agency_name = to->agency_name;
    counts.assigned = to->assigned;
    counts.due = to->due;
    counts.answered = to->answered;
    counts.on_time = to->on_time;
    counts.closed = to->closed;
    *to = counts;
}

err assignment_figures(struct rq *rq, const char *collection, i64 session_id,
                       struct assignment_figures *out)
{
    struct figures_query query = { str_of(collection), session_id, rq->today,
                                   rq->actor->agency_id };
    struct rows forms;
    *out = (struct assignment_figures){ .forms = actor_scope(rq->actor, "evaluations.read") ==
                                                 SCOPE_ORG };
    TRY(figures_store_agencies(rq->db, &query, rq->mem, &out->agencies));
    TRY(figures_store_classes(rq->db, &query, rq->mem, &out->classes));
    if (!out->forms)
        return OK;
    TRY(figures_store_forms(rq->db, &query, rq->mem, &forms));
    struct agency_figures *all = out->agencies.items;
    const struct agency_figures *more = forms.items;
    for (size_t i = 0; i < forms.count; i++)
        for (size_t k = 0; k < out->agencies.count; k++)
            if (all[k].agency_id == more[i].agency_id)
                take_forms(&all[k], &more[i]);
    return OK;
}
