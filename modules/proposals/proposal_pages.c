/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages that show: the list, one proposal, its text on an assignment's page. Writing:
 * modules/drafts; pages of steps: modules/boards. */
#include "modules/proposals/proposal_pages.h"

#include "modules/assignments/assignment.h"
#include "modules/proposals/proposal_list.h"
#include "modules/proposals/proposal_parts.h"
#include "platform/files/files.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/proposals.h"
#include "views/web.h"

enum { STEPS_TO_COME = 6, ACTS_MAX = 12, SECTION_MAX = 4 << 20 };

/* ---- list ---- */

static void cell_due(struct out *out, const void *row)
{
    view_due(out, ((const struct proposal_row *)row)->due_on, 3);
}

static void cell_title(struct out *out, const void *row)
{
    const struct proposal_row *p = row;
    if (p->title.len == 0)
        view_proposals_list_untitled(out);
    else
        PUT(out, p->title);
}

static void cell_submitted(struct out *out, const void *row)
{
    view_proposals_list_day(out, day_of_ms(((const struct proposal_row *)row)->submitted_at));
}

static void cell_docket_no(struct out *out, const void *row)
{
    view_proposals_list_number(out, ((const struct proposal_row *)row)->docket_no);
}

static const struct list_cell CELLS[] = {
    { "due_on", cell_due },
    { "title", cell_title },
    { "submitted_at", cell_submitted },
    { "docket_no", cell_docket_no },
    { 0 },
};

static void list_acts(struct out *out, struct rq *rq)
{
    bool may_import = actor_scope(rq->actor, "proposals.import") == SCOPE_ORG;
    view_proposals_list_acts(out, actor_may(rq->actor, "proposals.write"), may_import);
}

const struct list_look PROPOSAL_LOOK = { .list = &PROPOSAL_LIST,
                                         .path = "/proposals",
                                         .title = "menu.proposals",
                                         .menu = "proposals",
                                         .main = "title",
                                         .under = "proposer_name",
                                         .bar = "state host_name category",
                                         .empty = "proposals.list_empty",
                                         .views = true,
                                         .cells = CELLS,
                                         .acts = list_acts };

err page_proposal_list(struct rq *rq, struct res *res)
{
    struct list_look look = PROPOSAL_LOOK;
    look.exports = actor_may(rq->actor, "proposals.export");
    return list_show(rq, &look, res);
}

/* ---- one proposal: history ---- */

/* Where a step back or an end shows in the timeline. */
static const char *look_of_verb(str verb)
{
    if (str_is(verb, "reject") || str_is(verb, "divert") || str_is(verb, "withdraw"))
        return "stop";
    return str_is(verb, "revise") || str_is(verb, "redo") || str_is(verb, "mediate") ? "back" : "";
}

static str actor_of(struct rq *rq, const struct flow_trail *t)
{
    str name = t->agency_name.len ? t->agency_name : t->actor_name;
    return t->delegator_name.len
               ? text_format(rq->mem, "proposals.by_delegation", name, t->delegator_name)
               : name;
}

/* The verbs of the straight road that are still to come in a state. */
static const char *verbs_to_come(str state)
{
    static const struct {
        const char *state, *verbs;
    } ROAD[] = {
        { "draft", "submit docket assign deliver close" },
        { "cosigning", "submit docket assign deliver close" },
        { "revising", "submit docket assign deliver close" },
        { "submitted", "docket assign deliver close" },
        { "screened", "docket assign deliver close" },
        { "docketed", "assign deliver close" },
        { "preassigned", "assign deliver close" },
        { "assigned", "deliver close" },
        { "redoing", "deliver close" },
        { "evaluating", "close" },
        { "mediating", "settle" },
        { "tracking", "fulfil" },
    };
    for (size_t i = 0; i < sizeof ROAD / sizeof *ROAD; i++)
        if (str_is(state, ROAD[i].state))
            return ROAD[i].verbs;
    return "";
}

static void steps_make(struct rq *rq, const struct rows *trails, const struct proposal *p,
                       struct view_steps *out)
{
    const struct flow_trail *all = trails->items;
    struct view_step *steps = arena_array(rq->mem, trails->count + STEPS_TO_COME, sizeof *steps);
    size_t n = 0;
    for (size_t i = 0; i < trails->count; i++)
        steps[n++] = (struct view_step){ .at = all[i].at,
                                         .what = flow_verb_label(rq, &PROPOSALS_FLOW, all[i].verb),
                                         .who = actor_of(rq, &all[i]),
                                         .words = all[i].opinion,
                                         .look = str_of(look_of_verb(all[i].verb)) };
    str rest = str_of(verbs_to_come(p->state)), verb;
    for (bool first = true; str_split(&rest, ' ', &verb); first = false)
        steps[n++] = (struct view_step){ .what = flow_verb_label(rq, &PROPOSALS_FLOW, verb),
                                         .look = str_of(first ? "now" : "next") };
    *out = (struct view_steps){ steps, n };
}

/* ---- one proposal: the page ---- */

/* "赵一；参与：钱二、孙三": who wrote a collective one; empty where nobody is named. */
static err drafters_make(struct rq *rq, struct proposal_show *v)
{
    struct rows rows;
    if (!proposal_is_collective(v->p->kind))
        return OK;
    TRY(proposal_list_drafters(rq, v->p->id, &rows));
    v->drafters = proposal_drafters(rq, &rows);
    return OK;
}

static err rows_load(struct rq *rq, struct proposal_show *v)
{
    i64 id = v->p->id;
    TRY(proposal_store_list_suggestions(rq->db, id, rq->mem, &v->suggestions));
    TRY(proposal_store_list_proposers(rq->db, id, rq->mem, &v->proposers));
    TRY(drafters_make(rq, v));
    TRY(proposal_store_list_wishes(rq->db, id, rq->mem, &v->wishes));
    if (v->shows_findings)
        TRY(proposal_store_list_findings(rq->db, id, rq->mem, &v->findings));
    return attachment_list(rq, "proposals", id, &v->attachments);
}

/* Everybody who signs; who leads, where there are several; the one's employer. */
static str signers_words(struct rq *rq, const struct rows *proposers)
{
    const struct proposer *all = proposers->items;
    strs names = { 0 };
    for (size_t i = 0; i < proposers->count; i++)
        strs_add(rq->mem, &names,
                 i == 0 && proposers->count > 1
                     ? text_format(rq->mem, "proposals.lead_mark", all[i].name, str_of(""))
                     : all[i].name);
    if (proposers->count == 1 && all[0].contact.len)
        return text_format(rq->mem, "proposals.member_choice", all[0].name, all[0].contact);
    return proposal_join(rq->mem, &names, text_find("proposals.and"));
}

static void words_make(struct rq *rq, struct proposal_show *v)
{
    const struct proposal *p = v->p;
    const struct flow_state *state = flow_state_find(&PROPOSALS_FLOW, p->state);
    v->number = proposal_number(rq, p);
    v->tone = state ? state->tone : "";
    v->signers = signers_words(rq, &v->proposers);
    v->class = proposal_class(rq, p->class, p->replied_at);
    v->kind = text_label("proposals.kind", p->kind);
    v->timing = text_label("proposals.timing", p->timing);
    if (p->category.len)
        v->category = dictionary_label(rq, "proposals.categories", p->category);
    if (p->reject_reason.len)
        v->reject_reason = dictionary_label(rq, "proposals.reject_reasons", p->reject_reason);
    if (p->destination.len)
        v->destination = dictionary_label(rq, "proposals.destinations", p->destination);
}

static err rights_make(struct rq *rq, struct proposal_show *v, struct flow_subject *subject)
{
    const struct proposal *p = v->p;
    bool sees_all = actor_scope(rq->actor, "proposals.read") == SCOPE_ORG;
    TRY(proposal_may_edit(rq, p, &v->may_edit));
    TRY(proposal_is_owner(rq, p, &v->is_owner));
    v->shows_findings = sees_all;
    v->shows_versions =
        v->is_owner || actor_scope(rq->actor, "proposals.read_pending") == SCOPE_ORG;
    TRY(proposal_sees_reason(rq, p, &v->shows_reason));
    v->allowed = flow_allowed(rq, &PROPOSALS_FLOW, subject);
    return OK;
}

/* Steps of one agency's part that this reader can make now, worded with the agency's name. */
static err part_acts(struct rq *rq, const struct assignment *a, struct proposal_show *v)
{
    struct flow_subject subject = { 0 };
    struct assignment_act *acts = (struct assignment_act *)v->acts;
    err e = ASSIGNMENTS_FLOW.load(rq, a->id, &subject);
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    struct flow_allowed allowed = flow_allowed(rq, &ASSIGNMENTS_FLOW, &subject);
    for (size_t i = 0; i < allowed.count && v->act_count < ACTS_MAX; i++)
        acts[v->act_count++] = (struct assignment_act){
            .id = a->id,
            .verb = str_of(allowed.actions[i]->verb),
            .label =
                text_format(rq->mem, "proposals.member_choice", allowed.labels[i], a->agency_name),
            .main = allowed.actions[i]->weight == FLOW_MAIN,
        };
    return OK;
}

/* For whom a verdict or an answer is wanted: signers and the agencies' people. */
static err acts_make(struct rq *rq, struct proposal_show *v)
{
    struct rows rows;
    const struct proposal *stand;
    TRY(proposal_stands_as(rq, v->p, &stand));
    if (stand->assigned_at == 0 || (!v->is_owner && !rq->actor->agency_id))
        return OK;
    v->acts = arena_array(rq->mem, ACTS_MAX, sizeof *v->acts);
    TRY(assignment_list_of(rq, "proposals", stand->id, &rows));
    const struct assignment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(part_acts(rq, &all[i], v));
    return OK;
}

static err section_make(struct rq *rq, struct out *page, const struct proposal *p, html *section)
{
    struct out part = { .buf = buf_new(rq->mem, SECTION_MAX), .page = page->page };
    if (p->assigned_at == 0)
        return OK;
    TRY(assignment_section(rq, "proposals", p->id, &part));
    *section = (html){ buf_str(part.buf) };
    return OK;
}

/* What modules above have to say about it, place by place. */
static err places_make(struct rq *rq, struct out *page, struct proposal_show *v)
{
    struct {
        const char *name;
        html *part;
    } places[] = {
        { "head", &v->head }, { "text", &v->text }, { "main", &v->main }, { "side", &v->side }
    };
    struct out more = { .buf = buf_new(rq->mem, SECTION_MAX), .page = page->page };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct out part = { .buf = buf_new(rq->mem, SECTION_MAX), .page = page->page };
        struct proposal_shown shown = { .proposal = v->p, .place = places[i].name, .out = &part };
        shown.more = strcmp(places[i].name, "side") == 0 ? &more : NULL;
        TRY(event_emit(rq, "proposals.shown", v->p->id, &shown));
        *places[i].part = (html){ buf_str(part.buf) };
    }
    v->more = (html){ buf_str(more.buf) };
    return OK;
}

err page_proposal_show(struct rq *rq, struct res *res)
{
    struct flow_subject subject = { 0 };
    struct proposal_show v = { 0 };
    struct rows trails;
    TRY(proposal_flow_load(rq, rq->path_id, &subject));
    v.p = subject.row;
    TRY(rights_make(rq, &v, &subject));
    TRY(acts_make(rq, &v));
    TRY(rows_load(rq, &v));
    TRY(flow_trails(rq, &PROPOSALS_FLOW, v.p->id, &trails));
    words_make(rq, &v);
    steps_make(rq, &trails, v.p, &v.steps);
    proposal_now_make(rq, &trails, v.p, &v.now);
    v.crumbs = proposal_crumbs(rq, v.p, NULL);
    struct out *out =
        page_begin(rq, v.p->title.len ? v.p->title : text_find("proposals.page.untitled"),
                   "proposals");
    TRY(section_make(rq, out, v.p, &v.assignments));
    TRY(places_make(rq, out, &v));
    view_proposals_show(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- on the page of an assignment ---- */

static void matter_json(const struct proposal_matter *m, struct json *j)
{
    json_object(j, "proposal");
    json_i64(j, "id", m->p->id);
    json_str(j, "number", m->number);
    json_str(j, "title", m->p->title);
    json_str(j, "proposers", m->proposers);
    json_str(j, "situation", m->p->situation);
    json_str(j, "analysis", m->p->analysis);
    json_array(j, "suggestions");
    for (size_t i = 0; i < m->suggestions.count; i++)
        json_str(j, NULL, m->suggestions.items[i]);
    json_array_end(j);
    json_object_end(j);
}

err on_assignment_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct matter_shown *shown = fact;
    struct proposal p;
    struct rows proposers;
    if (!str_is(shown->collection, "proposals"))
        return OK;
    err e = proposal_find(rq, id, &p);
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    struct proposal_matter m = { .p = &p, .number = proposal_number(rq, &p) };
    TRY(proposal_store_list_suggestions(rq->db, id, rq->mem, &m.suggestions));
    TRY(proposal_store_list_proposers(rq->db, id, rq->mem, &proposers));
    m.proposers = proposal_signers(rq, &proposers);
    if (shown->out)
        view_proposals_text_matter(shown->out, &m);
    if (shown->json)
        matter_json(&m, shown->json);
    return OK;
}
