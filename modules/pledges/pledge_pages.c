/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of pledges, and the same as JSON; verbs of the flow have theirs from the engine. */
#include "modules/pledges/pledge.h"
#include "modules/scores/scores.h"
#include "platform/base/str.h"
#include "platform/flow/flow_pages.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/pledges.h"

static bool is_office(const struct rq *rq)
{
    return actor_scope(rq->actor, "pledges.read") == SCOPE_ORG;
}

static const char *menu_of(const struct rq *rq)
{
    return is_office(rq) ? "pledges" : "my_pledges";
}

/* The list, the pledge, and a step of it where there is one. */
static const struct view_link *crumbs_of(struct rq *rq, const struct flow_subject *subject,
                                         str step)
{
    struct view_link *crumbs = arena_array(rq->mem, 4, sizeof *crumbs);
    str url = arena_printf(rq->mem, "/pledges/%lld", (long long)subject->id);
    crumbs[0] = (struct view_link){ text_find(arena_printf(rq->mem, "menu.%s", menu_of(rq)).ptr),
                                    str_of("/pledges") };
    crumbs[1] = (struct view_link){ subject->title, step.len ? url : str_of("") };
    if (step.len)
        crumbs[2] = (struct view_link){ step, str_of("") };
    return crumbs;
}

/* ---- the list ---- */

static void list_acts(struct out *out, struct rq *rq)
{
    struct pledge_counts counts = { 0 };
    i64 year = scores_year_of(rq, rq->today);
    if (!actor_may(rq->actor, "pledges.call"))
        return;
    err e = pledge_count(rq, year, &counts);
    view_pledges_acts(out, e.code == ERR_NONE ? &counts : NULL, year);
}

err page_pledge_list(struct rq *rq, struct res *res)
{
    const struct list_look look = { .list = &PLEDGE_LIST,
                                    .path = "/pledges",
                                    .title = is_office(rq) ? "menu.pledges" : "menu.my_pledges",
                                    .menu = menu_of(rq),
                                    .main = "name",
                                    .bar = is_office(rq) ? "state sector" : "state",
                                    .empty = is_office(rq) ? "pledges.none" : "pledges.none_own",
                                    .acts = list_acts };
    return list_show(rq, &look, res);
}

/* ---- asking ---- */

err page_pledge_call_form(struct rq *rq, struct res *res)
{
    struct pledge_call_input stored = { .due_on = rq->today + 30 };
    strs_add(rq->mem, &stored.audience, str_of("members"));
    return form_page(rq, res,
                     &(struct form_look){
                         .form = &PLEDGE_CALL_FORM,
                         .stored = &stored,
                         .menu = "pledges",
                         .title = text_find("pledges.call"),
                         .subject = text_format(rq->mem, "pledges.call_hint",
                                                str_number(rq->mem, scores_year_of(rq, rq->today)),
                                                str_of("")),
                         .button = text_find("pledges.call_send") });
}

static err done(struct rq *rq, struct res *res, const char *flash, i64 count)
{
    if (rq->api) {
        struct json j = json_begin(rq);
        json_i64(&j, "count", count);
        json_send(&j, res);
        return OK;
    }
    res_flash(res, flash, str_number(rq->mem, count));
    res_redirect(res, str_of("/pledges"));
    return OK;
}

err page_pledge_call(struct rq *rq, struct res *res)
{
    i64 count = 0;
    TRY(pledge_call(rq, rq->input, &count));
    return done(rq, res, "pledges.called", count);
}

err page_pledge_remind(struct rq *rq, struct res *res)
{
    i64 count = 0;
    TRY(pledge_remind(rq, &count));
    return done(rq, res, "pledges.reminded", count);
}

/* ---- signing ---- */

static const struct pledge_line *line_find(const struct rows *lines, str code)
{
    const struct pledge_line *all = lines->items;
    for (size_t i = 0; i < lines->count; i++)
        if (str_eq(all[i].code, code))
            return &all[i];
    return NULL;
}

static struct view_field goal_field(struct rq *rq, size_t goal, const struct rows *lines)
{
    str code = str_of(PLEDGE_GOALS[goal].code);
    const struct pledge_line *line = line_find(lines, code);
    str need = line && line->need ? str_number(rq->mem, line->need) : str_of("");
    return (struct view_field){ .name = code,
                                .label = text_label("pledges", code),
                                .value = need,
                                .width = str_of("w4"),
                                .inputmode = str_of("numeric"),
                                .optional = true };
}

/* Aspects as the dictionary has them today, with what was typed or signed before. */
static err fields_make(struct rq *rq, const struct pledge *p, struct pledge_form *form)
{
    struct rows aspects, lines;
    TRY(dictionary_list(rq, "pledges.aspects", &aspects));
    TRY(pledge_begun(rq, p, &lines, &form->kept));
    const struct dictionary_row *all = aspects.items;
    struct pledge_field *fields = arena_array(rq->mem, aspects.count + 1, sizeof *fields);
    strs stored = { 0 };
    for (size_t i = 0; i < aspects.count; i++) {
        const struct pledge_line *line = line_find(&lines, all[i].code);
        strs_add(rq->mem, &stored, line ? line->text : str_of(""));
    }
    strs typed = rq_typed_all(rq, "texts", stored);
    for (size_t i = 0; i < aspects.count; i++) {
        fields[i] = (struct pledge_field){ .code = all[i].code,
                                           .label = all[i].label,
                                           .text = i < typed.count ? typed.items[i] : str_of("") };
        for (size_t goal = 0; goal < PLEDGE_GOALS_COUNT; goal++)
            if (str_is(all[i].code, PLEDGE_GOALS[goal].aspect))
                fields[i].goals[fields[i].goal_count++] = goal_field(rq, goal, &lines);
    }
    form->fields = fields;
    form->count = aspects.count;
    return OK;
}

static err sign_page(struct rq *rq, struct res *res, const char *verb)
{
    struct flow_subject subject;
    TRY(pledge_flow_load(rq, rq->path_id, &subject));
    TRY(flow_may(rq, &PLEDGES_FLOW, &subject, verb));
    const struct pledge *p = subject.row;
    struct pledge_form form = {
        .p = p,
        .version = conflict_version(rq, p->version),
        .text_max = setting_number(rq, "pledges.text_max"),
        .title = flow_verb_label(rq, &PLEDGES_FLOW, str_of(verb)),
        .action = arena_printf(rq->mem, "/pledges/%lld/%s", (long long)p->id, verb),
        .needs_reason = p->edition && pledge_is_late(rq, p),
    };
    form.crumbs = crumbs_of(rq, &subject, form.title);
    TRY(fields_make(rq, p, &form));
    struct out *out =
        page_begin(rq, text_format(rq->mem, "pledges.step", form.title, subject.title),
                   menu_of(rq));
    view_pledges_sign(out, &form);
    page_end(res, out);
    return OK;
}

err page_pledge_sign(struct rq *rq, struct res *res)
{
    return sign_page(rq, res, "sign");
}

err page_pledge_amend(struct rq *rq, struct res *res)
{
    return sign_page(rq, res, "amend");
}

/* For the page's autosave. */
err api_pledge_autosave(struct rq *rq, struct res *res)
{
    struct pledge p = { 0 };
    err e = pledge_save(rq, rq->input, &p);
    if (e.code != ERR_NONE)
        return conflict_answer(rq, res, e);
    struct json j = json_begin(rq);
    json_i64(&j, "version", p.version);
    json_i64(&j, "saved_at", rq->now_ms); /* milliseconds: the script compares it */
    json_send(&j, res);
    return OK;
}

/* ---- one ---- */

static void facts_json(struct json *j, const struct pledge_part *part)
{
    json_array(j, "ledger");
    for (size_t i = 0; i < part->fact_count; i++) {
        json_object(j, NULL);
        json_str(j, "kind", part->facts[i]->kind);
        json_str(j, "label", part->facts[i]->label);
        json_i64(j, "quantity_x1000", part->facts[i]->quantity);
        json_object_end(j);
    }
    json_array_end(j);
    json_array(j, "goals");
    for (size_t i = 0; i < part->goal_count; i++) {
        json_object(j, NULL);
        json_str(j, "label", part->goals[i].label);
        json_i64(j, "need", part->goals[i].need);
        json_i64(j, "has_x1000", part->goals[i].has);
        json_object_end(j);
    }
    json_array_end(j);
}

static void show_json(struct rq *rq, const struct pledge_page *v,
                      const struct flow_subject *subject, struct res *res)
{
    static const struct field EDITION[] = { FIELD(struct pledge_edition, edition),
                                            FIELD(struct pledge_edition, signed_at),
                                            FIELD(struct pledge_edition, reason),
                                            { 0 } };
    const struct rows editions = { (void *)v->editions, v->edition_count, sizeof *v->editions };
    struct json j = json_begin(rq);
    list_row_json(rq, &PLEDGE_LIST, v->p, LIST_ROW_ONE, &j);
    json_i64(&j, "shown_edition", v->edition);
    json_array(&j, "aspects");
    for (size_t i = 0; i < v->part_count; i++) {
        json_object(&j, NULL);
        json_str(&j, "label", v->parts[i].label);
        json_str(&j, "text", v->parts[i].text);
        facts_json(&j, &v->parts[i]);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_rows(&j, "editions", EDITION, &editions);
    attestation_json(&v->attested, &j);
    flow_json_allowed(&j, "actions", &PLEDGES_FLOW, subject, &v->acts);
    json_send(&j, res);
}

/* What the newest edition says today against what the log has of it. */
static err attest(struct rq *rq, struct pledge_page *v)
{
    struct rows lines;
    if (!v->p->edition)
        return OK;
    TRY(attestation_find(rq, "pledges", v->p->id, &v->attested));
    TRY(pledge_lines(rq, v->p, 0, &lines));
    v->attested.text_now = pledge_digest(rq->mem, v->p, v->p->edition, &lines);
    return OK;
}

static err page_load(struct rq *rq, struct flow_subject *subject, struct pledge_page *v)
{
    const struct pledge_show_input *in = rq->input;
    struct rows lines, facts, editions;
    TRY(pledge_flow_load(rq, in->id, subject));
    const struct pledge *p = subject->row;
    v->p = p;
    v->edition = in->edition ? in->edition : p->edition;
    if (v->edition > p->edition)
        return err_make(ERR_NOT_FOUND, "pledges.not_found");
    TRY(pledge_lines(rq, p, v->edition, &lines));
    TRY(pledge_facts(rq, p->member_id, p->year, &facts));
    v->parts = pledge_parts(rq, &lines, &facts, &v->part_count);
    TRY(pledge_edition_store_list(rq->db, p->id, rq->mem, &editions));
    v->editions = editions.items;
    v->edition_count = editions.count;
    v->own = pledge_is_own(rq, p);
    v->over = rq->today > scores_period_days(rq, p->year).to;
    v->acts = flow_allowed(rq, &PLEDGES_FLOW, subject);
    return attest(rq, v);
}

err page_pledge_show(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    struct pledge_page v = { 0 };
    TRY(page_load(rq, &subject, &v));
    if (rq->api) {
        show_json(rq, &v, &subject, res);
        return OK;
    }
    v.crumbs = crumbs_of(rq, &subject, str_of(""));
    v.ledger = v.own ? arena_printf(rq->mem, "/entries/mine?year=%lld", (long long)v.p->year)
                     : arena_printf(rq->mem, "/entries/members/%lld?year=%lld",
                                    (long long)v.p->member_id, (long long)v.p->year);
    struct out *out = page_begin(rq, subject.title, menu_of(rq));
    view_pledges_show(out, &v);
    page_end(res, out);
    return OK;
}
