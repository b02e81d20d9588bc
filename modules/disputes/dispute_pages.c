/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of disputes: the list; one with request, refusal, dispute, meeting and decision in their
 * order; a line below the agency's part of a matter. The same as JSON. */
#include "modules/disputes/dispute_pages.h"

#include "modules/assignments/assignment.h"
#include "modules/disputes/dispute_store.h"
#include "modules/disputes/dispute_views.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/disputes.h"

err page_dispute_list(struct rq *rq, struct res *res)
{
    return list_show(rq, &DISPUTE_LOOK, res);
}

/* ---- one ---- */

/* Steps of its assignment that belong to the story. */
static bool is_told(str verb)
{
    return str_is(verb, "bounce") || str_is(verb, "uphold") || str_is(verb, "dispute") ||
           str_is(verb, "reassign");
}

static void step_add(struct rq *rq, const struct flow *flow, const struct flow_trail *t,
                     struct view_step *out)
{
    bool back = str_is(t->verb, "bounce") || str_is(t->verb, "dispute");
    *out = (struct view_step){ .at = t->at,
                               .what = flow_verb_label(rq, flow, t->verb),
                               .who = t->actor_name.len ? t->actor_name : t->agency_name,
                               .words = t->opinion,
                               .look = str_of(back ? "back" : "") };
}

/* Both histories, in the order of time: each is in order itself. */
static err steps_make(struct rq *rq, const struct dispute *d, struct view_steps *out)
{
    struct rows of_assignment, own;
    TRY(flow_trails(rq, &ASSIGNMENTS_FLOW, d->assignment_id, &of_assignment));
    TRY(flow_trails(rq, &DISPUTES_FLOW, d->id, &own));
    const struct flow_trail *a = of_assignment.items, *b = own.items;
    struct view_step *steps =
        arena_array(rq->mem, of_assignment.count + own.count + 1, sizeof *steps);
    size_t n = 0, k = 0;
    for (size_t i = 0; i <= of_assignment.count; i++) {
        for (; k < own.count && (i == of_assignment.count || b[k].at < a[i].at); k++)
            if (str_is(b[k].verb, "hear"))
                step_add(rq, &DISPUTES_FLOW, &b[k], &steps[n++]);
        if (i < of_assignment.count && is_told(a[i].verb))
            step_add(rq, &ASSIGNMENTS_FLOW, &a[i], &steps[n++]);
    }
    *out = (struct view_steps){ steps, n };
    return OK;
}

/* Deciding is a step of the assignment: its two buttons. */
static err settling_make(struct rq *rq, struct dispute_show *v)
{
    struct flow_subject subject;
    err e = ASSIGNMENTS_FLOW.load(rq, v->d->assignment_id, &subject);
    v->has_assignment = e.code == ERR_NONE;
    if (!v->has_assignment)
        return e.code == ERR_NOT_FOUND ? OK : e;
    struct flow_allowed all = flow_allowed(rq, &ASSIGNMENTS_FLOW, &subject);
    size_t kept = 0;
    v->may_settle = actor_scope(rq->actor, "assignments.reassign") == SCOPE_ORG;
    for (size_t i = 0; i < all.count && !str_is(v->d->state, "decided"); i++)
        if (strcmp(all.actions[i]->verb, "reassign") == 0 ||
            strcmp(all.actions[i]->verb, "uphold") == 0) {
            all.actions[kept] = all.actions[i];
            all.labels[kept++] = all.labels[i];
        }
    all.count = kept;
    v->settling = all;
    v->assignment_version = subject.version;
    return OK;
}

static err show_json(struct rq *rq, const struct dispute_show *v,
                     const struct flow_subject *subject, struct res *res)
{
    struct json j = json_begin(rq);
    list_row_json(rq, &DISPUTE_LIST, v->d, LIST_ROW_ONE, &j);
    json_array(&j, "steps");
    for (size_t i = 0; i < v->steps.count; i++) {
        json_object(&j, NULL);
        json_time(&j, "at", v->steps.items[i].at);
        json_str(&j, "what", v->steps.items[i].what);
        json_str(&j, "who", v->steps.items[i].who);
        json_str(&j, "words", v->steps.items[i].words);
        json_object_end(&j);
    }
    json_array_end(&j);
    flow_json_allowed(&j, "actions", &DISPUTES_FLOW, subject, &v->allowed);
    json_send(&j, res);
    return OK;
}

err page_dispute_show(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    TRY(dispute_flow_load(rq, rq->path_id, &subject));
    struct dispute_show v = { .d = subject.row };
    v.allowed = flow_allowed(rq, &DISPUTES_FLOW, &subject);
    TRY(steps_make(rq, v.d, &v.steps));
    if (rq->api)
        return show_json(rq, &v, &subject, res);
    TRY(settling_make(rq, &v));
    struct out *out =
        page_begin(rq, text_format(rq->mem, "disputes.title", v.d->matter_title, str_of("")),
                   "disputes");
    view_disputes_show(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- below the agency's part ---- */

err on_dispute_section(struct rq *rq, i64 id, const void *fact)
{
    const struct assignment_section_shown *shown = fact;
    struct dispute d = { 0 };
    if (!shown->assignment->disputed || !actor_may(rq->actor, "disputes.read") ||
        !(shown->is_own || shown->is_office))
        return OK;
    TRY(dispute_store_find_of(rq->db, id, rq->mem, &d));
    if (d.id == 0)
        return OK;
    if (shown->out) {
        view_disputes_part(shown->out, &d);
        return OK;
    }
    json_object(shown->json, "dispute");
    list_row_json(rq, &DISPUTE_LIST, &d, LIST_ROW_ONE, shown->json);
    json_object_end(shown->json);
    return OK;
}
