/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of renewals, and the same as JSON; verbs of the flow have theirs from the engine. */
#include "modules/meetings/meeting.h"
#include "modules/orgs/org.h"
#include "modules/renewals/renewal.h"
#include "modules/scores/scores.h"
#include "platform/flow/flow_pages.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/renewals.h"

static str url_of(struct rq *rq, i64 id)
{
    return arena_printf(rq->mem, "/renewals/%lld", (long long)id);
}

static err answer(struct rq *rq, struct res *res, i64 id)
{
    res_flash(res, "renewals.saved", str_of(""));
    res_redirect(res, url_of(rq, id));
    return OK;
}

/* ---- the list, what was decided ---- */

/* Nobody has stayed, come or gone before it is carried out: that is no nought. */
static void number_put(struct out *out, const struct renewal *r, i64 number)
{
    if (str_is(r->state, "carried") || str_is(r->state, "closed"))
        PUT(out, number);
    else
        PUT(out, text_find("renewals.not_yet"));
}

static void cell_stayed(struct out *out, const void *row)
{
    number_put(out, row, ((const struct renewal *)row)->stayed);
}

static void cell_came(struct out *out, const void *row)
{
    number_put(out, row, ((const struct renewal *)row)->came);
}

static void cell_gone(struct out *out, const void *row)
{
    number_put(out, row, ((const struct renewal *)row)->gone);
}

static const struct list_cell CELLS[] = {
    { "stayed", cell_stayed },
    { "came", cell_came },
    { "gone", cell_gone },
    { 0 },
};

err page_renewal_list(struct rq *rq, struct res *res)
{
    const struct list_look look = { .list = &RENEWAL_LIST,
                                    .path = "/renewals",
                                    .title = "menu.renewals",
                                    .menu = "renewals",
                                    .main = "term_number",
                                    .empty = "renewals.none",
                                    .create = "renewals.manage",
                                    .cells = CELLS };
    return list_show(rq, &look, res);
}

/* The next term; its days are the committee's to give. */
err page_renewal_new(struct rq *rq, struct res *res)
{
    struct session present;
    struct renewal_input blank = { 0 };
    err e = session_on(rq, rq->today, &present);
    if (e.code == ERR_NONE)
        blank.term_number = present.term_number + 1;
    return form_page(rq, res,
                     &(struct form_look){ .form = &RENEWAL_FORM,
                                          .stored = &blank,
                                          .menu = "renewals",
                                          .title = text_find("renewals.new"),
                                          .subject = text_find("renewals.new_about"),
                                          .button = text_find("renewals.save") });
}

err page_renewal_add(struct rq *rq, struct res *res)
{
    i64 id = 0;
    TRY(renewal_save(rq, 0, rq->input, &id));
    return answer(rq, res, id);
}

/* A form of a draft: its title by text "renewals.edit" …, with a blank for the renewal's. */
static err draft_form(struct rq *rq, struct res *res, const struct renewal *r,
                      const struct form_look *look)
{
    struct form_look shown = *look;
    str name = renewal_title(rq->mem, r);
    shown.menu = "renewals";
    shown.version = conflict_version(rq, r->version);
    shown.back = url_of(rq, r->id);
    shown.crumbs = view_crumbs_of(rq->mem, "renewals", r->id, name, look->title);
    shown.title = text_format(rq->mem, "renewals.titled", look->title, name);
    shown.button = text_find("renewals.save");
    return form_page(rq, res, &shown);
}

err page_renewal_edit_form(struct rq *rq, struct res *res)
{
    struct renewal r;
    TRY(renewal_find_draft(rq, &r));
    const struct renewal_input stored = { .term_number = r.term_number,
                                          .opened_on = r.opened_on,
                                          .closed_on = r.closed_on,
                                          .decided_on = r.decided_on,
                                          .organ = r.organ,
                                          .document = r.document };
    return draft_form(rq, res, &r,
                      &(struct form_look){ &RENEWAL_FORM, &stored,
                                           .title = text_find("renewals.edit") });
}

err page_renewal_edit(struct rq *rq, struct res *res)
{
    i64 id = 0;
    TRY(renewal_save(rq, rq->path_id, rq->input, &id));
    return answer(rq, res, id);
}

/* ---- who stays ---- */

err page_renewal_places_form(struct rq *rq, struct res *res)
{
    struct renewal r;
    struct rows people;
    struct renewal_places_input stored = { 0 };
    TRY(renewal_find_draft(rq, &r));
    TRY(renewal_list_people(rq, &r, &people));
    const struct renewal_person *all = people.items;
    for (size_t i = 0; i < people.count; i++)
        if (all[i].kept)
            strs_add(rq->mem, &stored.members,
                     arena_printf(rq->mem, "%lld", (long long)all[i].member_id));
    return draft_form(rq, res, &r,
                      &(struct form_look){ &RENEWAL_PLACES_FORM, &stored,
                                           .title = text_find("renewals.places"),
                                           .subject = text_find("renewals.places_about") });
}

err page_renewal_places(struct rq *rq, struct res *res)
{
    TRY(renewal_places_save(rq, rq->input));
    return answer(rq, res, rq->path_id);
}

err page_renewal_sector_form(struct rq *rq, struct res *res)
{
    static const struct renewal_sector_input NONE;
    struct renewal r;
    TRY(renewal_find_draft(rq, &r));
    return draft_form(rq, res, &r,
                      &(struct form_look){ &RENEWAL_SECTOR_FORM, &NONE,
                                           .title = text_find("renewals.sectors"),
                                           .subject = text_find("renewals.sectors_about") });
}

err page_renewal_sector(struct rq *rq, struct res *res)
{
    TRY(renewal_sector_save(rq, rq->input));
    return answer(rq, res, rq->path_id);
}

/* ---- one ---- */

/* Those of the new term that are announced already: who is new is not on their lists. */
static err meetings(struct rq *rq, struct renewal_page *v)
{
    struct rows open;
    TRY(meeting_list_open(rq, &open));
    const struct meeting_brief *all = open.items;
    struct renewal_meeting *found = arena_array(rq->mem, open.count + 1, sizeof *found);
    v->meetings = (struct rows){ found, 0, sizeof *found };
    for (size_t i = 0; i < open.count; i++)
        if (str_is(all[i].state, "notified") && all[i].from_on >= v->r->opened_on)
            found[v->meetings.count++] =
                (struct renewal_meeting){ all[i].id, all[i].from_on, all[i].title };
    return OK;
}

static err surroundings(struct rq *rq, struct renewal_page *v)
{
    struct scores_period period;
    v->year = scores_year_of(rq, v->r->opened_on);
    TRY(scores_period_find(rq, v->year, &period));
    if (period.rules) {
        v->rules = period.set.name;
        v->rules_id = period.set.id;
    }
    v->opens_rules = actor_may(rq->actor, "rulesets.read");
    v->opens_meetings = actor_may(rq->actor, "meetings.manage");
    return meetings(rq, v);
}

static void seats_json(struct json *j, const struct renewal_plan *plan)
{
    static const struct field SEAT[] = { FIELD(struct renewal_seat, member_id),
                                         FIELD(struct renewal_seat, nomination_id),
                                         FIELD(struct renewal_seat, sector_id),
                                         FIELD(struct renewal_seat, name),
                                         FIELD(struct renewal_seat, sector),
                                         FIELD(struct renewal_seat, from),
                                         { 0 } };
    static const struct field GONE[] = { FIELD(struct renewal_person, member_id),
                                         FIELD(struct renewal_person, name),
                                         FIELD(struct renewal_person, sector),
                                         FIELD(struct renewal_person, hands),
                                         { 0 } };
    static const struct field OBSTACLE[] = { FIELD(struct renewal_obstacle, words),
                                             FIELD(struct renewal_obstacle, url),
                                             { 0 } };
    json_i64(j, "stays", plan->stays);
    json_i64(j, "comes", plan->comes);
    json_i64(j, "leaves", (i64)plan->gone.count);
    json_i64(j, "posts", plan->posts);
    json_i64(j, "hands", plan->hands);
    json_i64(j, "waiting", plan->leaving);
    json_rows(j, "seats", SEAT, &plan->seats);
    json_rows(j, "leaving", GONE, &plan->gone);
    json_rows(j, "obstacles", OBSTACLE, &plan->obstacles);
}

static void show_json(struct rq *rq, struct res *res, const struct renewal_page *v,
                      const struct flow_subject *subject)
{
    struct json j = json_begin(rq);
    list_row_json(rq, &RENEWAL_LIST, v->r, LIST_ROW_ONE, &j);
    if (v->open)
        seats_json(&j, v->plan);
    json_i64(&j, "year", v->year);
    json_str(&j, "rules", v->rules);
    flow_json_allowed(&j, "actions", &RENEWALS_FLOW, subject, &v->allowed);
    json_send(&j, res);
}

err page_renewal_show(struct rq *rq, struct res *res)
{
    static const char *const BACK[] = { "reopen", "drop", NULL };
    struct flow_subject subject;
    struct view_steps steps;
    struct renewal_plan plan = { .stays = 0 };
    TRY(renewal_flow_load(rq, rq->path_id, &subject));
    struct renewal_page v = { .rq = rq,
                              .r = subject.row,
                              .plan = &plan,
                              .allowed = flow_allowed(rq, &RENEWALS_FLOW, &subject),
                              .steps = &steps,
                              .title = subject.title };
    v.open = str_is(v.r->state, "draft") || str_is(v.r->state, "ready");
    v.may_edit = str_is(v.r->state, "draft") && actor_may(rq->actor, "renewals.manage");
    if (v.open)
        TRY(renewal_plan_make(rq, v.r, &plan));
    TRY(surroundings(rq, &v));
    if (rq->api) {
        show_json(rq, res, &v, &subject);
        return OK;
    }
    TRY(flow_steps(rq, &RENEWALS_FLOW, v.r->id, BACK, &steps));
    struct out *out = page_begin(rq, subject.title, "renewals");
    view_renewals_show(out, &v);
    page_end(res, out);
    return OK;
}
