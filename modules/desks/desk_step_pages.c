/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of steps that need choices or show what is decided on: what is asked of the dispatcher, and
 * his decision. Writing and passing an answer: modules/replies. What a step does:
 * modules/assignments. */
#include "modules/assignments/assignment_rules.h"
#include "modules/desks/desk_step_views.h"
#include "modules/desks/desk_steps.h"
#include "modules/orgs/org.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "views/desks.h"

/* ---- bounce, reassign ---- */

/* Bodies that may take it: not those that have the matter. chosen: of the stored suggestion. */
static err choices_make(struct rq *rq, const struct assignment *a, i64 chosen, bool may_be_none,
                        struct agency_form *v)
{
    struct rows bodies, taken;
    TRY(org_agencies(rq, &bodies));
    TRY(assignment_list_of(rq, arena_cstr(rq->mem, a->matter), a->matter_id, &taken));
    const struct org *orgs = bodies.items;
    const struct assignment *with = taken.items;
    struct view_choice *choices = arena_array(rq->mem, bodies.count + 1, sizeof *choices);
    choices[v->agency_count++] = (struct view_choice){
        .value = str_of(""),
        .label = text_find(may_be_none ? "assignments.unknown_agency" : "assignments.choose_agency")
    };
    for (size_t i = 0; i < bodies.count; i++) {
        bool has = false;
        for (size_t k = 0; k < taken.count; k++)
            has = has || with[k].agency_id == orgs[i].id;
        if (!has)
            choices[v->agency_count++] =
                (struct view_choice){ .value = arena_printf(rq->mem, "%lld", (long long)orgs[i].id),
                                      .label = orgs[i].name,
                                      .chosen = orgs[i].id == chosen };
    }
    v->agencies = choices;
    return OK;
}

err page_desk_bounce(struct rq *rq, struct res *res)
{
    struct assignment a;
    struct agency_form v = { .a = &a };
    TRY(assignment_find_for(rq, "bounce", &a));
    TRY(choices_make(rq, &a, 0, true, &v));
    v.crumbs = assignment_crumbs(rq, &a);
    v.last_on = assignment_bounce_last(rq, &a);
    struct out *out = page_begin(rq, assignment_verb_label(rq, "bounce"), "assignments");
    view_desks_bounce(out, &v);
    page_end(res, out);
    return OK;
}

err page_desk_dispute(struct rq *rq, struct res *res)
{
    struct assignment a;
    struct request refused = { 0 };
    struct agency_form v = { .a = &a, .bounce = &refused };
    TRY(assignment_find_for(rq, "dispute", &a));
    TRY(assignment_request_last(rq, a.id, REQUEST_BOUNCE, &refused));
    TRY(choices_make(rq, &a, refused.better_agency_id, true, &v));
    v.crumbs = assignment_crumbs(rq, &a);
    v.last_on = assignment_dispute_last(rq, &refused);
    struct out *out = page_begin(rq, assignment_verb_label(rq, "dispute"), "assignments");
    view_desks_dispute(out, &v);
    page_end(res, out);
    return OK;
}

err page_desk_reassign(struct rq *rq, struct res *res)
{
    struct assignment a;
    struct request bounce = { 0 };
    struct agency_form v = { .a = &a };
    TRY(assignment_find_for(rq, "reassign", &a));
    TRY(assignment_request_open(rq, a.id, REQUEST_BOUNCE, &bounce));
    bool open = bounce.id > 0;
    struct due_ask ask = assignment_due_ask(rq, &a);
    TRY(choices_make(rq, &a, open ? bounce.better_agency_id : 0, false, &v));
    v.crumbs = assignment_crumbs(rq, &a);
    v.due_on = assignment_due(rq, &ask);
    v.bounce = open ? &bounce : NULL;
    v.better = assignment_agency_name(rq, bounce.better_agency_id);
    struct out *out = page_begin(rq, assignment_verb_label(rq, "reassign"), "assignments");
    view_desks_reassign(out, &v);
    page_end(res, out);
    return OK;
}

err page_desk_uphold(struct rq *rq, struct res *res)
{
    struct assignment a;
    struct request bounce = { 0 };
    struct agency_form v = { .a = &a };
    TRY(assignment_find_for(rq, "uphold", &a));
    TRY(assignment_request_last(rq, a.id, REQUEST_BOUNCE, &bounce));
    v.crumbs = assignment_crumbs(rq, &a);
    v.bounce = bounce.id > 0 ? &bounce : NULL;
    struct out *out = page_begin(rq, assignment_verb_label(rq, "uphold"), "assignments");
    view_desks_uphold(out, &v);
    page_end(res, out);
    return OK;
}

/* Until when it may be asked for; and, by the rule of the site, what the proposer says to it. */
err page_desk_extend(struct rq *rq, struct res *res)
{
    struct assignment a;
    struct flow_clock_row clock = { 0 };
    struct extend_form v = { .a = &a };
    i64 host_due = 0;
    TRY(assignment_find_for(rq, "extend", &a));
    TRY(assignment_handle_clock(rq, a.id, &clock));
    TRY(assignment_extend_last(rq, &a, &clock, &v.last_on));
    if (!assignment_answers(&a))
        TRY(assignment_host_due(rq, &a, &host_due));
    if (host_due > 0 && host_due < v.last_on)
        v.last_on = host_due;
    v.crumbs = assignment_crumbs(rq, &a);
    v.due_on = clock.due_on;
    v.consent =
        assignment_answers(&a) ? setting_text(rq, "assignments.extend_consent") : str_of("none");
    struct out *out = page_begin(rq, assignment_verb_label(rq, "extend"), "assignments");
    view_desks_extend(out, &v);
    page_end(res, out);
    return OK;
}

err page_desk_decide(struct rq *rq, struct res *res)
{
    struct assignment a;
    struct decide_form v = { .a = &a };
    TRY(assignment_find_for(rq, "decide_extension", &a));
    TRY(assignment_request_open(rq, a.id, REQUEST_EXTENSION, &v.extension));
    v.crumbs = assignment_crumbs(rq, &a);
    struct out *out = page_begin(rq, assignment_verb_label(rq, "decide_extension"), "assignments");
    view_desks_decide(out, &v);
    page_end(res, out);
    return OK;
}
