/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of one member's grading, for who prepares and decides it, and of one's own grades; the same
 * as JSON. */
#include "modules/assessments/assessment_views.h"
#include "modules/statements/statement.h"
#include "modules/talks/talk.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/assessments.h"

static str url_of(struct rq *rq, i64 id)
{
    return arena_printf(rq->mem, "/gradings/%lld", (long long)id);
}

static const struct view_link *crumbs_of(struct rq *rq, const struct assessment *a, str name)
{
    return view_crumbs_of(rq->mem, "assessments", a->id, assessment_title(rq, a), name);
}

/* ---- one member ---- */

err page_grading_show(struct rq *rq, struct res *res)
{
    struct grading g;
    struct assessment a;
    struct rows ballots;
    TRY(grading_load(rq, rq->path_id, &g, &a));
    TRY(ballot_list_of(rq, g.member_id, a.year, &ballots));
    struct grading_view v = {
        .g = &g, .a = &a, .ballots = &ballots, .shows = scores_shows_others(rq)
    };
    if (rq->api) {
        struct json j = json_begin(rq);
        json_i64(&j, "assessment_id", a.id);
        json_i64(&j, "year", a.year);
        grading_json(&j, "grading", &g, v.shows);
        ballot_results_json(&j, &ballots);
        json_send(&j, res);
        return OK;
    }
    if (g.assessed && grading_may_change(rq, &a).code == ERR_NONE)
        v.change = arena_printf(rq->mem, "/gradings/%lld/edit", (long long)g.id);
    if (grading_may_withhold(rq, &a, &g).code == ERR_NONE)
        v.withhold = arena_printf(rq->mem, "/gradings/%lld/honour", (long long)g.id);
    v.may_talk = talk_may_open(rq, g.talk_id);
    v.crumbs = crumbs_of(rq, &a, g.name);
    str title = text_format(rq->mem, "assessments.grading_of", g.name, assessment_title(rq, &a));
    struct out *out = page_begin(rq, title, "assessments");
    view_assessments_grading(out, &v);
    page_end(res, out);
    return OK;
}

err page_grading_change_form(struct rq *rq, struct res *res)
{
    struct grading g;
    struct assessment a;
    TRY(grading_load(rq, rq->path_id, &g, &a));
    TRY(grading_may_change(rq, &a));
    if (!g.assessed)
        return err_make(ERR_CONFLICT, "assessments.not_assessed");
    const struct grading_change_input in = { .grade = g.grade.len ? g.grade : str_of("none"),
                                             .reason = g.reason };
    return form_page(rq, res,
                     &(struct form_look){
                         .form = &GRADING_CHANGE_FORM,
                         .stored = &in,
                         .menu = "assessments",
                         .title = text_format(rq->mem, "assessments.change_of", g.name, str_of("")),
                         .version = g.version,
                         .subject = text_format(rq->mem, "assessments.proposed_is",
                                                grading_words(&g, g.proposed), str_of("")),
                         .back = url_of(rq, g.id),
                         .crumbs = crumbs_of(rq, &a, g.name),
                         .button = text_find("assessments.change") });
}

err page_grading_change(struct rq *rq, struct res *res)
{
    TRY(grading_change(rq, rq->path_id, rq->input));
    res_flash(res, "assessments.is_changed", str_of(""));
    res_redirect(res, url_of(rq, rq->path_id));
    return OK;
}

err page_grading_withhold_form(struct rq *rq, struct res *res)
{
    struct grading g;
    struct assessment a;
    TRY(grading_load(rq, rq->path_id, &g, &a));
    TRY(grading_may_withhold(rq, &a, &g));
    bool withheld = str_is(g.honour, "withheld"), granted = str_is(g.honour, "granted");
    /* What was granted may be taken back or decided anew: neither is chosen before he says. */
    const struct grading_honour_input in = { .honour = str_of(granted    ? ""
                                                              : withheld ? "proposed"
                                                                         : "withheld"),
                                             .reason = g.honour_note };
    return form_page(
        rq, res,
        &(struct form_look){
            .form = &GRADING_HONOUR_FORM,
            .stored = &in,
            .menu = "assessments",
            .title = text_format(rq->mem,
                                 granted ? "assessments.take_back_of" : "assessments.withhold_of",
                                 g.name, str_of("")),
            .version = g.version,
            .subject =
                text_format(rq->mem, granted ? "assessments.honour_was" : "assessments.honour_is",
                            text_label("assessments.honours", g.honour), g.honour_title),
            .back = url_of(rq, g.id),
            .crumbs = crumbs_of(rq, &a, g.name),
            .button = text_find("assessments.withhold") });
}

err page_grading_withhold(struct rq *rq, struct res *res)
{
    TRY(grading_withhold(rq, rq->path_id, rq->input));
    res_flash(res, "assessments.honour_kept", str_of(""));
    res_redirect(res, url_of(rq, rq->path_id));
    return OK;
}

/* ---- one's own ---- */

err page_assessment_own(struct rq *rq, struct res *res)
{
    static const struct field ROW[] = {
        FIELD(struct assessment_grade, year),
        FIELD(struct assessment_grade, grade),
        FIELD(struct assessment_grade, stand),
        FIELD(struct assessment_grade, organ),
        FIELD(struct assessment_grade, meeting),
        FIELD(struct assessment_grade, document),
        FIELD(struct assessment_grade, honour_title),
        FIELD(struct assessment_grade, honour_on),
        { 0 },
    };
    struct rows rows;
    if (!rq->actor->member_id)
        return err_make(ERR_FORBIDDEN, "scores.no_member");
    const struct grading_query query = { rq->actor->member_id, 0, INT64_MAX, 1 };
    TRY(grading_store_list_member(rq->db, &query, rq->mem, &rows));
    if (rq->api) {
        struct json j = json_begin(rq);
        json_rows(&j, "items", ROW, &rows);
        json_send(&j, res);
        return OK;
    }
    const struct assessment_own_view v = { rows.items, rows.count };
    struct out *out = page_begin(rq, text_find("menu.my_assessments"), "my_assessments");
    view_assessments_own(out, &v);
    page_end(res, out);
    return OK;
}
