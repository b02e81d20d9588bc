/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of cosigners, and the same as JSON: invitations of who is asked, the lead's list of names,
 * and parts in the page of a case. Answers are steps of the flow. */
#include "modules/cosigners/cosigner.h"
#include "modules/cosigners/cosigner_views.h"
#include "modules/members/member.h"
#include "modules/orgs/org.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/cosigners.h"
#include "views/web.h"

enum { TEXT_MAX = 1 << 20 };

/* ---- invitations ---- */

static void cell_expires(struct out *out, const void *row)
{
    view_cosigners_list_moment(out, ((const struct cosigner *)row)->expires_at);
}

static void cell_answered(struct out *out, const void *row)
{
    view_cosigners_list_moment(out, ((const struct cosigner *)row)->answered_at);
}

static void cell_title(struct out *out, const void *row)
{
    view_cosigners_list_title(out, ((const struct cosigner *)row)->title);
}

static const struct list_cell CELLS[] = {
    { "title", cell_title },
    { "expires_at", cell_expires },
    { "answered_at", cell_answered },
    { 0 },
};

err page_cosigner_list(struct rq *rq, struct res *res)
{
    static const struct list_look LOOK = { .list = &COSIGNER_LIST,
                                           .path = "/cosigners",
                                           .title = "menu.cosigners",
                                           .menu = "cosigners",
                                           .main = "title",
                                           .under = "lead_name",
                                           .bar = "state",
                                           .empty = "cosigners.none",
                                           .cells = CELLS };
    return list_show(rq, &LOOK, res);
}

static err show_json(struct rq *rq, struct res *res, const struct cosigner_show *v,
                     const struct flow_subject *subject)
{
    const struct cosigner *c = v->c;
    struct json j = json_begin(rq);
    json_i64(&j, "id", c->id);
    json_i64(&j, "proposal_id", c->proposal_id);
    json_str(&j, "title", c->title);
    json_str(&j, "lead_name", c->lead_name);
    json_str(&j, "name", c->name);
    json_str(&j, "state", c->state);
    json_i64(&j, "version", c->version);
    json_time(&j, "asked_at", c->asked_at);
    json_time(&j, "expires_at", c->expires_at);
    json_time(&j, "answered_at", c->answered_at);
    json_bool(&j, "transcribed", c->transcribed_by > 0);
    json_str(&j, "basis", c->basis);
    if (v->shows_text) {
        json_object(&j, "proposal");
        TRY(proposal_text_section(rq, v->p, NULL, &j));
        json_object_end(&j);
    }
    flow_json_allowed(&j, "actions", &COSIGNERS_FLOW, subject, &v->allowed);
    json_send(&j, res);
    return OK;
}

/* Whether his signature has opened the proposal's own page to him. */
static err signs(struct rq *rq, i64 proposal_id, bool *out)
{
    struct proposal p;
    err e = proposal_find(rq, proposal_id, &p);
    *out = e.code == ERR_NONE;
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err page_cosigner_show(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    struct proposal p;
    TRY(cosigner_flow_load(rq, rq->path_id, &subject));
    const struct cosigner *c = subject.row;
    struct cosigner_show v = { .c = c,
                               .p = &p,
                               .crumbs = view_crumbs(rq->mem, "cosigners", c->title),
                               .own = c->person_id == rq->actor->person_id };
    TRY(cosigner_shows_text(rq, c, &p, &v.shows_text));
    TRY(signs(rq, c->proposal_id, &v.signs));
    v.allowed = flow_allowed(rq, &COSIGNERS_FLOW, &subject);
    if (rq->api)
        return show_json(rq, res, &v, &subject);
    struct out *out =
        page_begin(rq, text_format(rq->mem, "cosigners.page.show", c->title, str_of("")),
                   "cosigners");
    struct out part = { .buf = buf_new(rq->mem, TEXT_MAX), .page = out->page };
    if (v.shows_text)
        TRY(proposal_text_section(rq, &p, &part, NULL));
    v.text = (html){ buf_str(part.buf) };
    view_cosigners_show(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- names and answers ---- */

static err case_make(struct rq *rq, const struct proposal *p, struct cosigner_case *v)
{
    *v = (struct cosigner_case){ .p = p };
    TRY(proposal_speaks_for(rq, p, &v->speaks));
    TRY(cosigner_sees_answers(rq, p, &v->answers, &v->reasons));
    if (!v->answers)
        return OK;
    TRY(cosigner_list_of(rq, p->id, &v->rows));
    const struct cosigner *all = v->rows.items;
    for (size_t i = 0; i < v->rows.count; i++) {
        v->cosigned += str_is(all[i].state, "cosigned");
        v->declined += str_is(all[i].state, "declined");
        v->lapsed += str_is(all[i].state, "lapsed");
        v->asked += str_is(all[i].state, "asked");
        if (str_is(all[i].state, "asked"))
            v->expires_at = all[i].expires_at;
    }
    return OK;
}

/* Only a draft can be sent out. */
static err hours_make(struct rq *rq, struct cosigner_case *v)
{
    return str_is(v->p->state, "draft") ? cosigner_hours(rq, &v->hours) : OK;
}

static void rows_json(struct json *j, const struct cosigner_case *v)
{
    const struct cosigner *all = v->rows.items;
    json_array(j, "cosigners");
    for (size_t i = 0; i < v->rows.count; i++) {
        json_object(j, NULL);
        json_i64(j, "id", all[i].id);
        json_i64(j, "rank", all[i].rank);
        json_str(j, "name", all[i].name);
        json_str(j, "contact", all[i].contact);
        json_str(j, "state", all[i].state);
        json_str(j, "earlier", all[i].earlier);
        json_time(j, "asked_at", all[i].asked_at);
        json_time(j, "expires_at", all[i].expires_at);
        json_time(j, "answered_at", all[i].answered_at);
        json_bool(j, "transcribed", all[i].transcribed_by > 0);
        json_str(j, "basis", all[i].basis);
        if (v->reasons)
            json_str(j, "opinion", all[i].opinion);
        json_object_end(j);
    }
    json_array_end(j);
}

/* ---- the lead's page ---- */

/* Who is on the list, and the lead. */
static ids taken_of(struct rq *rq, const struct cosigner_case *v)
{
    const struct cosigner *all = v->rows.items;
    ids out = { arena_array(rq->mem, v->rows.count + 1, sizeof(i64)), v->rows.count + 1 };
    for (size_t i = 0; i < v->rows.count; i++)
        out.items[i] = all[i].person_id;
    out.items[v->rows.count] = v->p->lead_person_id;
    return out;
}

static void prepare_json(struct rq *rq, struct res *res, const struct cosigner_prepare *v)
{
    struct json j = json_begin(rq);
    json_i64(&j, "proposal_id", v->c.p->id);
    json_str(&j, "state", v->c.p->state);
    if (v->c.hours)
        json_i64(&j, "hours", v->c.hours);
    json_i64(&j, "most", v->most);
    rows_json(&j, &v->c);
    cosigner_search_json(&j, &v->find);
    json_send(&j, res);
}

err page_cosigner_prepare(struct rq *rq, struct res *res)
{
    const struct cosigner_find_input *in = rq->route->method == GET ? rq->input : NULL;
    struct proposal p;
    struct cosigner_prepare v = { .find = { .q = in ? in->q : str_of(""),
                                            .sector_id = in ? in->sector_id : 0 } };
    TRY(cosigner_find_case(rq, rq->path_id, &p));
    TRY(case_make(rq, &p, &v.c));
    TRY(hours_make(rq, &v.c));
    v.most = setting_number(rq, "proposals.signers_max");
    v.find.taken = taken_of(rq, &v.c);
    TRY(cosigner_search_make(rq, &v.find));
    if (rq->api) {
        prepare_json(rq, res, &v);
        return OK;
    }
    str title = text_find("cosigners.page.names");
    v.crumbs = view_crumbs_of(rq->mem, "proposals", p.id, p.title, title);
    struct out *out = page_begin(rq, title, "proposals");
    view_cosigners_prepare(out, &v);
    page_end(res, out);
    return OK;
}

static void go_back(struct rq *rq, struct res *res)
{
    res_redirect(res, arena_printf(rq->mem, "/proposals/%lld/cosigners", (long long)rq->path_id));
}

err page_cosigner_add(struct rq *rq, struct res *res)
{
    const struct cosigner_add_input *in = rq->input;
    TRY(cosigner_add(rq, rq->path_id, &in->members));
    go_back(rq, res);
    return OK;
}

err page_cosigner_remove(struct rq *rq, struct res *res)
{
    const struct cosigner_remove_input *in = rq->input;
    TRY(cosigner_remove(rq, rq->path_id, in->cosigner_id));
    go_back(rq, res);
    return OK;
}

err page_cosigner_move(struct rq *rq, struct res *res)
{
    const struct cosigner_move_input *in = rq->input;
    TRY(cosigner_move(rq, rq->path_id, in->cosigner_id, in->rank));
    go_back(rq, res);
    return OK;
}

/* ---- parts in the page of a case ---- */

static err endorsed_make(struct rq *rq, const struct proposal *p, struct endorsement_show *v)
{
    *v = (struct endorsement_show){ .p = p };
    strs names = { 0 };
    TRY(endorsement_list(rq, p->id, &v->rows, &v->own));
    const struct endorsement *all = v->rows.items;
    for (size_t i = 0; i < v->rows.count; i++)
        strs_add(rq->mem, &names, all[i].name);
    v->names = proposal_join(rq->mem, &names, text_find("cosigners.and"));
    return endorsement_may(rq, p, &v->may);
}

static void endorsed_json(struct json *j, const struct endorsement_show *v)
{
    const struct endorsement *all = v->rows.items;
    json_array(j, "endorsements");
    for (size_t i = 0; i < v->rows.count; i++) {
        json_object(j, NULL);
        json_str(j, "name", all[i].name);
        json_time(j, "endorsed_at", all[i].endorsed_at);
        json_object_end(j);
    }
    json_array_end(j);
    json_bool(j, "endorsed", v->own);
    json_bool(j, "may_endorse", v->may && !v->own);
}

static err side_draw(struct rq *rq, const struct proposal *p, struct out *out)
{
    struct cosigner_case c;
    struct endorsement_show e;
    TRY(case_make(rq, p, &c));
    if (c.speaks && str_is(p->state, "draft") && actor_may(rq->actor, "cosigners.invite"))
        view_cosigners_card(out, &c);
    TRY(endorsed_make(rq, p, &e));
    if (e.rows.count || e.may)
        view_cosigners_endorse(out, &e);
    return OK;
}

static err main_draw(struct rq *rq, const struct proposal *p, struct out *out)
{
    struct cosigner_case c;
    TRY(case_make(rq, p, &c));
    if (c.rows.count && !str_is(p->state, "draft"))
        view_cosigners_section(out, &c);
    return OK;
}

static err check_draw(struct rq *rq, const struct proposal *p, struct out *out)
{
    struct cosigner_case c;
    TRY(case_make(rq, p, &c));
    TRY(hours_make(rq, &c));
    if (c.speaks && actor_may(rq->actor, "cosigners.invite") && p->serial == 0)
        view_cosigners_check(out, &c);
    return OK;
}

static err head_draw(struct rq *rq, const struct proposal *p, struct out *out)
{
    struct rows rows;
    bool own = false;
    TRY(endorsement_list(rq, p->id, &rows, &own));
    if (rows.count)
        view_cosigners_endorse_tag(out, (i64)rows.count);
    return OK;
}

static err json_draw(struct rq *rq, const struct proposal *p, struct json *j)
{
    struct cosigner_case c;
    struct endorsement_show e;
    TRY(case_make(rq, p, &c));
    if (c.answers)
        rows_json(j, &c);
    TRY(endorsed_make(rq, p, &e));
    endorsed_json(j, &e);
    return OK;
}

err on_proposal_shown(struct rq *rq, i64 id, const void *fact)
{
    static const struct {
        const char *place;
        err (*draw)(struct rq *rq, const struct proposal *p, struct out *out);
    } PLACES[] = {
        { "head", head_draw }, { "side", side_draw }, { "main", main_draw }, { "check", check_draw }
    };
    const struct proposal_shown *shown = fact;
    (void)id;
    if (shown->json)
        return json_draw(rq, shown->proposal, shown->json);
    for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++)
        if (strcmp(shown->place, PLACES[i].place) == 0)
            return PLACES[i].draw(rq, shown->proposal, shown->out);
    return OK;
}
