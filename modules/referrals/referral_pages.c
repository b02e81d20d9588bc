/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of referrals: the list; one with the text and what the body says; passing one on; the card
 * in a case's page. The same as JSON. */
#include "modules/referrals/referral_pages.h"

#include "modules/orgs/org.h"
#include "modules/referrals/referral_rules.h"
#include "modules/referrals/referral_views.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/referrals.h"

/* ---- the list: the office all, a body what it got ---- */

static const struct list_column COLUMNS[] = {
    { FIELD(struct referral, title), LIST_TEXT, .sql = "r.title" },
    { FIELD(struct referral, number), LIST_TEXT, .sql = "r.number", .filter = true },
    { FIELD(struct referral, agency_name), LIST_TEXT, .sql = "r.agency_name", .filter = true },
    { FIELD(struct referral, referred_at), LIST_TIME, .sql = "r.referred_at", .filter = true,
      .sort = true },
    { FIELD(struct referral, read_at), LIST_TIME, .sql = "NULLIF(r.read_at, 0)" },
    { FIELD(struct referral, noted_at), LIST_TIME, .sql = "NULLIF(r.noted_at, 0)" },
    { FIELD(struct referral, id), LIST_NUMBER, .sql = "r.id", .hidden = true },
    { FIELD(struct referral, agency_id), LIST_NUMBER, .sql = "r.agency_id", .hidden = true,
      .filter = true },
    { FIELD(struct referral, proposal_id), LIST_NUMBER, .sql = "r.proposal_id", .one = true },
    { FIELD(struct referral, remark), LIST_TEXT, .sql = "r.remark", .one = true },
    { FIELD(struct referral, note), LIST_TEXT, .sql = "r.note", .one = true },
    { FIELD(struct referral, version), LIST_NUMBER, .sql = "r.version", .one = true },
    { .field = { 0 } },
};

static const struct list_scope SCOPES[] = {
    { SCOPE_AGENCY, /* nothing of what has become confidential since */
      .sql = "r.agency_id = :actor_agency AND :actor_agency > 0 AND NOT EXISTS (SELECT 1 FROM "
             "proposals c WHERE c.org_id = :org AND c.id = r.proposal_id AND c.confidential = 1)" },
    { 0 },
};

const struct list REFERRAL_LIST = {
    .name = "referrals",
    .may = "referrals.read",
    .from = "referrals r",
    .where = "r.org_id = :org",
    .key = "r.id",
    .sort = "-referred_at",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .missing = "referrals.not_found",
    .row_size = sizeof(struct referral),
};

const struct list_look REFERRAL_LOOK = { .list = &REFERRAL_LIST,
                                         .path = "/referrals",
                                         .title = "menu.referrals",
                                         .menu = "referrals",
                                         .main = "title",
                                         .under = "number",
                                         .empty = "referrals.none" };

err page_referral_list(struct rq *rq, struct res *res)
{
    return list_show(rq, &REFERRAL_LOOK, res);
}

/* ---- one ---- */

static err show_json(struct rq *rq, const struct referral_show *v, struct res *res)
{
    struct json j = json_begin(rq);
    list_row_json(rq, &REFERRAL_LIST, v->r, LIST_ROW_ONE, &j);
    json_str(&j, "situation", v->p->situation);
    json_str(&j, "analysis", v->p->analysis);
    json_array(&j, "suggestions");
    for (size_t i = 0; i < v->suggestions.count; i++)
        json_str(&j, NULL, v->suggestions.items[i]);
    json_array_end(&j);
    json_bool(&j, "may_note", v->may_note);
    json_send(&j, res);
    return OK;
}

err page_referral_show(struct rq *rq, struct res *res)
{
    struct referral r = { 0 };
    struct proposal p;
    struct referral_show v = { .r = &r, .p = &p };
    TRY(list_find(rq, &REFERRAL_LIST, rq->path_id, &r));
    TRY(referral_text(rq, &r, &p, &v.suggestions));
    v.may_note = rq->actor->agency_id > 0 && rq->actor->agency_id == r.agency_id &&
                 actor_may(rq->actor, "referrals.note");
    if (rq->api)
        return show_json(rq, &v, res);
    struct out *out =
        page_begin(rq, text_format(rq->mem, "referrals.title", r.title, str_of("")), "referrals");
    view_referrals_show(out, &v);
    page_end(res, out);
    return OK;
}

err page_referral_read(struct rq *rq, struct res *res)
{
    TRY(referral_read(rq, rq->path_id));
    res_flash(res, "referrals.marked_read", str_of(""));
    res_redirect(res, arena_printf(rq->mem, "/referrals/%lld", (long long)rq->path_id));
    return OK;
}

err page_referral_note(struct rq *rq, struct res *res)
{
    TRY(referral_note(rq, rq->path_id, rq->input));
    res_flash(res, "referrals.noted", str_of(""));
    res_redirect(res, arena_printf(rq->mem, "/referrals/%lld", (long long)rq->path_id));
    return OK;
}

/* ---- passing one on ---- */

static err agencies_make(struct rq *rq, struct referral_form *v)
{
    struct rows rows;
    TRY(org_agencies(rq, &rows));
    const struct org *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    choices[v->agency_count++] =
        (struct view_choice){ .value = str_of(""), .label = text_find("referrals.choose") };
    for (size_t i = 0; i < rows.count; i++)
        choices[v->agency_count++] =
            (struct view_choice){ .value = arena_printf(rq->mem, "%lld", (long long)all[i].id),
                                  .label = all[i].name };
    v->agencies = choices;
    return OK;
}

err page_referral_form(struct rq *rq, struct res *res)
{
    struct proposal p;
    struct referral_form v = { .p = &p };
    TRY(proposal_find(rq, rq->path_id, &p));
    if (!referral_may_begin(&p))
        return err_make(ERR_CONFLICT,
                        p.confidential ? "referrals.confidential" : "referrals.not_refused");
    TRY(agencies_make(rq, &v));
    v.crumbs = proposal_crumbs(rq, &p, "referrals.refer");
    struct out *out = page_begin(rq, text_find("referrals.refer"), "proposals");
    view_referrals_form(out, &v);
    page_end(res, out);
    return OK;
}

err page_referral_add(struct rq *rq, struct res *res)
{
    i64 id = 0;
    TRY(referral_add(rq, rq->path_id, rq->input, &id));
    res_redirect(res, arena_printf(rq->mem, "/referrals/%lld", (long long)id));
    return OK;
}

/* ---- in a case's page ---- */

/* For the office, and for who signs: an agency has the referral's own page. */
static err may_read(struct rq *rq, const struct proposal *p, bool *out)
{
    *out = actor_scope(rq->actor, "referrals.read") == SCOPE_ORG;
    return *out ? OK : proposal_is_owner(rq, p, out);
}

err on_referral_case(struct rq *rq, i64 id, const void *fact)
{
    const struct proposal_shown *shown = fact;
    const struct proposal *p = shown->proposal;
    struct referral_case v = { .proposal_id = id };
    static const struct field PART[] = {
        FIELD(struct referral, agency_name), FIELD(struct referral, referred_at),
        FIELD(struct referral, read_at),     FIELD(struct referral, note),
        FIELD(struct referral, noted_at),    { 0 }
    };
    bool may = false;
    if (!(str_is(p->outcome, "rejected") || str_is(p->outcome, "diverted")) ||
        (shown->out && strcmp(shown->place, "side") != 0))
        return OK;
    TRY(may_read(rq, p, &may));
    if (!may)
        return OK;
    TRY(referral_list_of(rq, id, &v.referrals));
    v.may_refer = actor_scope(rq->actor, "referrals.refer") == SCOPE_ORG && referral_may_begin(p);
    v.wanted = str_is(p->destination, "refer");
    if (shown->json)
        json_rows(shown->json, "referrals", PART, &v.referrals);
    else if (v.referrals.count > 0 || v.may_refer)
        view_referrals_case(shown->out, &v);
    return OK;
}
