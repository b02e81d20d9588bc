/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of key and excellent proposals, and the same as JSON; what stands of them in a case's page.
 * Verbs of the flows have theirs from the engine. */
#include "modules/flagships/flagship_pages.h"
#include "modules/flagships/flagship_store.h"
#include "modules/orgs/org.h"
#include "platform/text/texts.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/flagships.h"

enum { TABS_MAX = 12 };

extern const struct form FLAGSHIP_NOMINATE_FORM, COMMENDATION_NOMINATE_FORM;

/* ---- lists of a session ---- */

/* Tabs of the sessions; gives the chosen one's id, the present one's where none is named. */
static err sessions_make(struct rq *rq, const char *path, struct flagship_list_page *v, i64 *id)
{
    const struct flagship_session_input *in = rq->input;
    struct rows rows;
    TRY(session_list(rq, &rows));
    const struct session *all = rows.items;
    struct view_tab *tabs = arena_array(rq->mem, TABS_MAX, sizeof *tabs);
    *id = in ? in->session_id : 0;
    for (size_t i = 0; i < rows.count && *id == 0; i++)
        if (all[i].opened_on <= rq->today)
            *id = all[i].id;
    for (size_t i = 0; i < rows.count && v->session_count < TABS_MAX; i++)
        tabs[v->session_count++] = (struct view_tab){
            .label = session_name(rq->mem, &all[i]),
            .url = arena_printf(rq->mem, "%s?session_id=%lld", path, (long long)all[i].id),
            .count = -1,
            .active = all[i].id == *id,
        };
    v->sessions = tabs;
    return OK;
}

static err keep_visible(struct rq *rq, struct rows *rows)
{
    struct flagship *all = rows->items;
    size_t kept = 0;
    for (size_t i = 0; i < rows->count; i++) {
        bool visible = false;
        TRY(flagship_is_visible(rq, &all[i], &visible));
        if (visible)
            all[kept++] = all[i];
    }
    rows->count = kept;
    return OK;
}

static const struct field FLAGSHIP[] = {
    FIELD(struct flagship, id),
    FIELD(struct flagship, proposal_id),
    FIELD(struct flagship, number),
    FIELD(struct flagship, title),
    FIELD(struct flagship, state),
    FIELD(struct flagship, version),
    FIELD(struct flagship, grounds),
    FIELD(struct flagship, champion_name),
    FIELD(struct flagship, champion_post),
    FIELD(struct flagship, decided_on),
    FIELD(struct flagship, meeting),
    FIELD(struct flagship, plan_form),
    FIELD(struct flagship, plan_on),
    FIELD(struct flagship, plan_who),
    FIELD(struct flagship, plan),
    FIELD(struct flagship, approved_at),
    FIELD(struct flagship, approved_name),
    FIELD(struct flagship, finished_on),
    FIELD(struct flagship, result),
    { 0 },
};

static const struct field COMMENDATION[] = {
    FIELD(struct commendation, id),
    FIELD(struct commendation, proposal_id),
    FIELD(struct commendation, number),
    FIELD(struct commendation, title),
    FIELD(struct commendation, state),
    FIELD(struct commendation, version),
    FIELD(struct commendation, collective),
    FIELD(struct commendation, nominator),
    FIELD(struct commendation, grounds),
    FIELD(struct commendation, decided_on),
    { 0 },
};

static const struct field EVENT[] = {
    FIELD(struct flagship_event, kind),
    FIELD(struct flagship_event, held_on),
    FIELD(struct flagship_event, text),
    FIELD(struct flagship_event, recorded_name),
    { 0 },
};

static err list_json(struct rq *rq, const struct flagship_list_page *v, const struct field *map,
                     struct res *res)
{
    struct json j = json_begin(rq);
    if (v->is_office) {
        json_i64(&j, "chosen", v->meter.chosen);
        json_i64(&j, "per_year", v->meter.per_year);
        json_i64(&j, "docketed", v->meter.docketed);
        json_i64(&j, "wanted", v->meter.wanted);
        json_i64(&j, "commended", v->meter.commended);
        json_i64(&j, "collective", v->meter.collective);
    }
    json_rows(&j, "items", map, &v->items);
    json_send(&j, res);
    return OK;
}

err page_flagship_list(struct rq *rq, struct res *res)
{
    struct flagship_list_page v = { .may_choose = actor_may(rq->actor, "flagships.choose") };
    i64 session_id;
    v.is_office = actor_scope(rq->actor, "flagships.read") == SCOPE_ORG;
    TRY(sessions_make(rq, "/flagships", &v, &session_id));
    TRY(flagship_store_list(rq->db, session_id, rq->mem, &v.items));
    TRY(keep_visible(rq, &v.items));
    if (v.is_office)
        TRY(flagship_measure(rq, session_id, &v.meter));
    if (rq->api)
        return list_json(rq, &v, FLAGSHIP, res);
    struct out *out = page_begin(rq, text_find("menu.flagships"), "flagships");
    view_flagships_list(out, &v);
    page_end(res, out);
    return OK;
}

static const struct view_link *crumbs_of(struct rq *rq, str here)
{
    struct view_link *crumbs = arena_array(rq->mem, 4, sizeof *crumbs);
    crumbs[0] = (struct view_link){ text_find("menu.flagships"), str_of("/flagships") };
    crumbs[1] = (struct view_link){ here, str_of("") };
    return crumbs;
}

err page_commendation_list(struct rq *rq, struct res *res)
{
    struct flagship_list_page v = { .is_office = true, .may_choose = true };
    i64 session_id;
    v.crumbs = crumbs_of(rq, text_find("commendations.title"));
    TRY(sessions_make(rq, "/commendations", &v, &session_id));
    TRY(commendation_store_list(rq->db, session_id, rq->mem, &v.items));
    TRY(flagship_measure(rq, session_id, &v.meter));
    if (rq->api)
        return list_json(rq, &v, COMMENDATION, res);
    struct out *out = page_begin(rq, text_find("commendations.title"), "flagships");
    view_flagships_commendations(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- one ---- */

err page_flagship_show(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    TRY(flagship_flow_load(rq, rq->path_id, &subject));
    struct flagship_page v = { .f = subject.row };
    v.allowed = flow_allowed(rq, &FLAGSHIPS_FLOW, &subject);
    TRY(flagship_store_list_events(rq->db, subject.id, rq->mem, &v.events));
    if (rq->api) {
        struct json j = json_begin(rq);
        json_fields(&j, FLAGSHIP, v.f);
        json_rows(&j, "events", EVENT, &v.events);
        flow_json_allowed(&j, "actions", &FLAGSHIPS_FLOW, &subject, &v.allowed);
        json_send(&j, res);
        return OK;
    }
    struct out *out =
        page_begin(rq, text_format(rq->mem, "flagships.page.show", v.f->title, str_of("")),
                   "flagships");
    view_flagships_show(out, &v);
    page_end(res, out);
    return OK;
}

err page_commendation_show(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    TRY(commendation_flow_load(rq, rq->path_id, &subject));
    struct commendation_page v = { .c = subject.row };
    v.allowed = flow_allowed(rq, &COMMENDATIONS_FLOW, &subject);
    if (rq->api) {
        struct json j = json_begin(rq);
        json_fields(&j, COMMENDATION, v.c);
        flow_json_allowed(&j, "actions", &COMMENDATIONS_FLOW, &subject, &v.allowed);
        json_send(&j, res);
        return OK;
    }
    struct out *out =
        page_begin(rq, text_format(rq->mem, "commendations.page.show", v.c->title, str_of("")),
                   "flagships");
    view_flagships_commendation(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- nominating, below a case ---- */

static err below_case(struct rq *rq, struct res *res, const struct form *form, const char *title)
{
    struct proposal p;
    TRY(proposal_find(rq, rq->path_id, &p));
    return form_page(rq, res,
                     &(struct form_look){
                         .form = form,
                         .stored = arena_zero(rq->mem, form->size),
                         .menu = "proposals",
                         .title = text_find(title),
                         .subject = p.title,
                         .back = arena_printf(rq->mem, "/proposals/%lld", (long long)p.id),
                         .button = text_find("flagships.send"),
                         .crumbs = proposal_crumbs(rq, &p, title) });
}

err page_flagship_form(struct rq *rq, struct res *res)
{
    return below_case(rq, res, &FLAGSHIP_NOMINATE_FORM, "flagships.new");
}

err page_commendation_form(struct rq *rq, struct res *res)
{
    return below_case(rq, res, &COMMENDATION_NOMINATE_FORM, "commendations.new");
}

static err sent(struct rq *rq, struct res *res, const char *path, i64 id)
{
    if (rq->api) {
        struct json j = json_begin(rq);
        json_i64(&j, "id", id);
        json_send(&j, res);
        res_status(res, 201);
        return OK;
    }
    res_redirect(res, arena_printf(rq->mem, "%s/%lld", path, (long long)id));
    return OK;
}

err page_flagship_add(struct rq *rq, struct res *res)
{
    i64 id;
    TRY(flagship_nominate(rq, rq->path_id, rq->input, &id));
    return sent(rq, res, "/flagships", id);
}

err page_commendation_add(struct rq *rq, struct res *res)
{
    i64 id;
    TRY(commendation_nominate(rq, rq->path_id, rq->input, &id));
    return sent(rq, res, "/commendations", id);
}

/* ---- in a case's page ---- */

static err part_load(struct rq *rq, const struct proposal *p, struct flagship_part *part)
{
    bool visible = false, office = actor_scope(rq->actor, "flagships.read") == SCOPE_ORG;
    TRY(flagship_store_find_of(rq->db, p->id, rq->mem, &part->f));
    TRY(commendation_store_find_of(rq->db, p->id, rq->mem, &part->c));
    bool may = actor_may(rq->actor, "flagships.nominate");
    part->may_nominate = may && part->f.id == 0 && str_is(p->outcome, "docketed") &&
                         p->closed_at == 0 && !str_is(p->state, "archived");
    part->may_commend = may && part->c.id == 0 && p->closed_at > 0;
    if (part->f.id)
        TRY(flagship_is_visible(rq, &part->f, &visible));
    if (!visible)
        part->f = (struct flagship){ 0 };
    if (!office && !str_is(part->c.state, "chosen"))
        part->c = (struct commendation){ 0 };
    return OK;
}

static void part_json(const struct flagship_part *part, struct json *j)
{
    json_object(j, "flagship");
    if (part->f.id)
        json_fields(j, FLAGSHIP, &part->f);
    json_object_end(j);
    json_bool(j, "commended", str_is(part->c.state, "chosen"));
}

err on_flagship_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct proposal_shown *shown = fact;
    const struct proposal *p = shown->proposal;
    struct flagship_part part = { .proposal_id = id };
    bool head = strcmp(shown->place, "head") == 0, side = strcmp(shown->place, "side") == 0;
    if (p->docketed_at == 0 || !actor_may(rq->actor, "flagships.read") ||
        !(head || side || shown->json))
        return OK;
    TRY(part_load(rq, p, &part));
    if (shown->json) {
        part_json(&part, shown->json);
    } else if (head) {
        view_flagships_case_head(shown->out, &part);
    } else {
        view_flagships_case_side(shown->out, &part);
        view_flagships_case_more(shown->more, &part);
    }
    return OK;
}
