/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of bulletins and issues, and the same as JSON. Whoever opens an issue is noted first, so
 * its page is slow. Verbs of the flow have theirs from the engine; papers: bulletin_paper.c. */
#include "modules/bulletins/bulletin_store.h"
#include "modules/bulletins/bulletin_views.h"
#include "platform/flow/flow_pages.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/bulletins.h"

/* ---- bulletins ---- */

err page_bulletin_list(struct rq *rq, struct res *res)
{
    static const struct list_look LOOK = { .list = &BULLETIN_LIST,
                                           .path = "/bulletins",
                                           .title = "menu.bulletins",
                                           .menu = "issues",
                                           .main = "name",
                                           .empty = "bulletins.none",
                                           .create = "bulletins.manage" };
    return list_show(rq, &LOOK, res);
}

static const struct view_link *bulletin_crumbs(struct rq *rq, str title)
{
    struct view_link *crumbs = arena_array(rq->mem, 4, sizeof *crumbs);
    crumbs[0] = (struct view_link){ text_find("menu.issues"), str_of("/issues") };
    crumbs[1] = (struct view_link){ text_find("menu.bulletins"), str_of("/bulletins") };
    crumbs[2] = (struct view_link){ title, str_of("") };
    return crumbs;
}

static struct view_facts facts_of(struct rq *rq, const struct bulletin *b)
{
    const struct {
        const char *label;
        str value;
    } FACTS[] = {
        { "bulletins.office", b->office },
        { "bulletins.mark", b->mark },
        { "bulletins.total", arena_printf(rq->mem, "%lld", (long long)b->total) },
        { "bulletins.named", text_find(b->named ? "opinions.yes" : "opinions.no") },
        { "bulletins.national", b->national },
        { "bulletins.province", b->province },
        { "bulletins.city", b->city },
        { "bulletins.county", b->county },
        { "bulletins.copies", b->copies },
    };
    size_t count = sizeof FACTS / sizeof *FACTS;
    struct view_fact *facts = arena_array(rq->mem, count, sizeof *facts);
    for (size_t i = 0; i < count; i++)
        facts[i] =
            (struct view_fact){ .label = text_find(FACTS[i].label), .value = FACTS[i].value };
    return (struct view_facts){ facts, count };
}

err page_bulletin_show(struct rq *rq, struct res *res)
{
    struct bulletin b;
    TRY(list_find(rq, &BULLETIN_LIST, rq->path_id, &b));
    if (rq->api) {
        struct json j = json_begin(rq);
        list_row_json(rq, &BULLETIN_LIST, &b, LIST_ROW_ONE, &j);
        json_send(&j, res);
        return OK;
    }
    struct bulletin_page v = { .b = &b,
                               .facts = facts_of(rq, &b),
                               .crumbs = bulletin_crumbs(rq, b.name),
                               .may_manage = actor_may(rq->actor, "bulletins.manage") };
    struct out *out =
        page_begin(rq, text_format(rq->mem, "bulletins.page.show", b.name, str_of("")), "issues");
    view_bulletins_bulletin(out, &v);
    page_end(res, out);
    return OK;
}

err page_bulletin_form(struct rq *rq, struct res *res)
{
    struct bulletin b = { .named = true };
    if (rq->path_id)
        TRY(list_find(rq, &BULLETIN_LIST, rq->path_id, &b));
    struct bulletin_input in = { .total = b.total,
                                 .named = b.named,
                                 .ended = b.ended,
                                 .name = b.name,
                                 .office = b.office,
                                 .mark = b.id ? b.mark : text_find("bulletins.usual_mark"),
                                 .national = b.national,
                                 .province = b.province,
                                 .city = b.city,
                                 .county = b.county,
                                 .copies = b.copies };
    str title = text_find(b.id ? "bulletins.edit" : "bulletins.new");
    str back =
        b.id ? arena_printf(rq->mem, "/bulletins/%lld", (long long)b.id) : str_of("/bulletins");
    return form_page(rq, res,
                     &(struct form_look){ .form = &BULLETIN_FORM,
                                          .stored = &in,
                                          .menu = "issues",
                                          .title = title,
                                          .version = b.version,
                                          .back = back,
                                          .crumbs = bulletin_crumbs(rq, title) });
}

err page_bulletin_save(struct rq *rq, struct res *res)
{
    i64 id;
    TRY(bulletin_save(rq, rq->path_id, rq->input, &id));
    res_redirect(res, arena_printf(rq->mem, "/bulletins/%lld", (long long)id));
    return OK;
}

/* ---- issues ---- */

static void acts(struct out *out, struct rq *rq)
{
    view_bulletins_issue_acts(out, actor_may(rq->actor, "adoptions.read"),
                              actor_may(rq->actor, "bulletins.manage"));
}

err page_issue_list(struct rq *rq, struct res *res)
{
    static const struct list_look LOOK = { .list = &ISSUE_LIST,
                                           .path = "/issues",
                                           .title = "menu.issues",
                                           .menu = "issues",
                                           .main = "title",
                                           .bar = "state",
                                           .empty = "issues.none",
                                           .create = "issues.edit",
                                           .acts = acts };
    return list_show(rq, &LOOK, res);
}

static const struct field ITEM[] = {
    FIELD(struct issue_item, opinion_id),  FIELD(struct issue_item, position),
    FIELD(struct issue_item, state),       FIELD(struct issue_item, title),
    FIELD(struct issue_item, situation),   FIELD(struct issue_item, analysis),
    FIELD(struct issue_item, suggestions), FIELD(struct issue_item, reporters),
    FIELD(struct issue_item, assigned_at), FIELD(struct issue_item, replied_at),
    FIELD(struct issue_item, informed_at), { 0 },
};

static const struct field SENT[] = {
    FIELD(struct destination, body),
    FIELD(struct destination, level),
    FIELD(struct destination, sent_on),
    { 0 },
};

static const char *const BACK[] = { "redraft", NULL };

err page_issue_show(struct rq *rq, struct res *res)
{
    struct issue n;
    TRY(issue_open(rq, rq->path_id, &n));
    struct flow_subject subject = { n.id, n.version, n.state, n.title, n.number, &n };
    struct issue_page v = { .n = &n, .allowed = flow_allowed(rq, &ISSUES_FLOW, &subject) };
    TRY(issue_list_items(rq, &n, &v.items));
    TRY(destination_store_list_issue(rq->db, n.id, rq->mem, &v.sent));
    if (rq->api) {
        struct json j = json_begin(rq);
        list_row_json(rq, &ISSUE_LIST, &n, LIST_ROW_ONE, &j);
        json_rows(&j, "items", ITEM, &v.items);
        json_rows(&j, "destinations", SENT, &v.sent);
        flow_json_allowed(&j, "actions", &ISSUES_FLOW, &subject, &v.allowed);
        json_send(&j, res);
        return OK;
    }
    TRY(flow_steps(rq, &ISSUES_FLOW, n.id, BACK, &v.steps));
    v.may_edit = str_is(n.state, "draft") && actor_may(rq->actor, "issues.edit");
    v.crumbs = view_crumbs(rq->mem, "issues", n.serial ? n.number : n.title);
    struct out *out =
        page_begin(rq, text_format(rq->mem, "issues.page.show", n.title, str_of("")), "issues");
    view_bulletins_issue(out, &v);
    page_end(res, out);
    return OK;
}

err page_issue_form(struct rq *rq, struct res *res)
{
    struct issue n = { 0 };
    struct rows items = { 0 };
    if (rq->path_id) {
        TRY(list_find(rq, &ISSUE_LIST, rq->path_id, &n));
        TRY(issue_store_list_items(rq->db, n.id, rq->mem, &items));
    }
    if (n.id && !str_is(n.state, "draft"))
        return err_make(ERR_CONFLICT, "issues.not_draft");
    struct issue_input in = {
        .printed = n.printed,
        .bulletin = n.id ? arena_printf(rq->mem, "%lld", (long long)n.bulletin_id) : str_of(""),
        .reports = n.reports,
        .copies = n.copies
    };
    const struct issue_item *all = items.items;
    for (size_t i = 0; i < items.count; i++)
        strs_add(rq->mem, &in.opinions,
                 arena_printf(rq->mem, "%lld", (long long)all[i].opinion_id));
    str title = text_find(n.id ? "issues.edit" : "issues.new");
    return form_page(rq, res,
                     &(struct form_look){
                         .form = &ISSUE_FORM,
                         .stored = &in,
                         .menu = "issues",
                         .title = title,
                         .version = n.version,
                         .subject = text_find("issues.form_note"),
                         .back = n.id ? arena_printf(rq->mem, "/issues/%lld", (long long)n.id)
                                      : str_of("/issues") });
}

err page_issue_save(struct rq *rq, struct res *res)
{
    i64 id;
    TRY(issue_save(rq, rq->path_id, rq->input, &id));
    res_redirect(res, arena_printf(rq->mem, "/issues/%lld", (long long)id));
    return OK;
}
