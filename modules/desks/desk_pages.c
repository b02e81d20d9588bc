/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of those who work on assignments: the agency's one inbox (for who sees all of them the
 * list), what waits for the dispatcher, sums of verdicts. One assignment: modules/assignments. */
#include "modules/desks/desk_pages.h"

#include "modules/assignments/assignment.h"
#include "modules/desks/desk_views.h"
#include "modules/replies/reply.h"
#include "platform/calendar/calendar.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "views/desks.h"

/* ---- inbox ---- */

enum { INBOX_GROUPS = 8, INBOX_ROWS = 10, URL_MAX = 400 };

/* A group: what it asks the list. {today}, {soon} are put in as days. */
struct inbox_rule {
    const char *name; /* of the section and of its label, "assignments.inbox.NAME" */
    const char *states;
    enum { DUE_ANY, DUE_PAST, DUE_SOON, DUE_LATER } due;
    const char *sort;
};

static const struct inbox_rule INBOX[INBOX_GROUPS] = {
    { "new", "assigned", DUE_ANY, "due_on" },
    { "late", "accepted,redrafting,redoing", DUE_PAST, "due_on" },
    { "soon", "accepted,redrafting,redoing", DUE_SOON, "due_on" },
    { "handling", "accepted,redrafting,redoing", DUE_LATER, "due_on" },
    { "bouncing", "bouncing", DUE_ANY, "due_on" },
    { "review", "drafted&held=0", DUE_ANY, "due_on" },
    { "held", "drafted&held=1", DUE_ANY, "due_on" },
    { "done", "replied,contributed,closed", DUE_ANY, "-assigned_at" },
};

static str inbox_query(struct rq *rq, const struct inbox_rule *rule)
{
    i64 soon = calendar_add_working(calendar_current(), rq->today,
                                    setting_number(rq, "assignments.warn_days"));
    struct buf *b = buf_new(rq->mem, URL_MAX);
    buf_printf(b, "state=%s&sort=%s", rule->states, rule->sort);
    str today = text_day(rq->mem, rq->today), last = text_day(rq->mem, soon),
        past = text_day(rq->mem, rq->today - 1), later = text_day(rq->mem, soon + 1);
    if (rule->due == DUE_PAST)
        buf_printf(b, "&due_on_to=%.*s", (int)past.len, past.ptr);
    else if (rule->due == DUE_SOON)
        buf_printf(b, "&due_on_from=%.*s&due_on_to=%.*s", (int)today.len, today.ptr, (int)last.len,
                   last.ptr);
    else if (rule->due == DUE_LATER)
        buf_printf(b, "&due_on_from=%.*s", (int)later.len, later.ptr);
    return buf_str(b);
}

/* Whom a drafted answer waits for: who checks, who signs, or who releases it. */
static err stage_of(struct rq *rq, const struct assignment_row *row, str *out)
{
    struct assignment a = { .id = row->id, .round = row->round, .state = row->state };
    struct sign_off s = { 0 };
    if (!str_is(row->state, "drafted"))
        return OK;
    if (!row->held && !str_is(row->role, "cohost"))
        TRY(reply_sign_off(rq, &a, &s));
    *out = text_label("assignments.stage", str_of(row->held                ? "deliver"
                                                  : s.vets && !s.vetted_at ? "vet"
                                                                           : "sign"));
    return OK;
}

static err inbox_group(struct rq *rq, const struct inbox_rule *rule, struct desk_inbox_group *out)
{
    struct list_query query;
    struct list_result result;
    str text = inbox_query(rq, rule);
    TRY(list_parse_text(rq, &ASSIGNMENT_LIST, text, &query));
    query.limit = INBOX_ROWS;
    TRY(list_page(rq, &ASSIGNMENT_LIST, &query, &result));
    *out =
        (struct desk_inbox_group){ .name = str_of(rule->name),
                                   .label = text_label("assignments.inbox", str_of(rule->name)),
                                   .hint = text_label("assignments.inbox_hint", str_of(rule->name)),
                                   .url = arena_printf(rq->mem, "/assignments?%.*s", (int)text.len,
                                                       text.ptr),
                                   .total = result.total,
                                   .rows = result.rows.items,
                                   .count = result.rows.count };
    if (str_eq(out->hint, out->name))
        out->hint = str_of("");
    out->stages = arena_array(rq->mem, out->count + 1, sizeof *out->stages);
    for (size_t i = 0; i < out->count; i++)
        TRY(stage_of(rq, &out->rows[i], &out->stages[i]));
    return OK;
}

err page_desk_inbox(struct rq *rq, struct res *res)
{
    struct desk_inbox_group *groups = arena_array(rq->mem, INBOX_GROUPS, sizeof *groups);
    struct desk_inbox_view v = { .groups = groups, .count = INBOX_GROUPS };
    if (rq->query.len > 0 || actor_scope(rq->actor, "assignments.list") == SCOPE_ORG)
        return list_show(rq, &ASSIGNMENT_LOOK, res);
    for (size_t i = 0; i < INBOX_GROUPS; i++) {
        TRY(inbox_group(rq, &INBOX[i], &groups[i]));
        v.total += groups[i].total;
    }
    v.agency = assignment_agency_name(rq, rq->actor->agency_id);
    v.may_export = actor_may(rq->actor, "assignments.export");
    struct out *out = page_begin(rq, text_find("assignments.title"), "assignments");
    view_desks_inbox(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- what waits, and sums ---- */

err page_desk_waiting(struct rq *rq, struct res *res)
{
    struct desk_waiting v = { 0 };
    TRY(assignment_list_waiting(rq, REQUEST_BOUNCE, &v.bounces));
    TRY(assignment_list_waiting(rq, REQUEST_EXTENSION, &v.extensions));
    const struct waiting *bounces = v.bounces.items;
    v.better = arena_array(rq->mem, v.bounces.count + 1, sizeof *v.better);
    for (size_t i = 0; i < v.bounces.count; i++)
        v.better[i] = assignment_agency_name(rq, bounces[i].better_agency_id);
    struct out *out = page_begin(rq, text_find("menu.assignment_waiting"), "assignment_waiting");
    view_desks_waiting(out, &v);
    page_end(res, out);
    return OK;
}

err page_desk_feedback(struct rq *rq, struct res *res)
{
    struct desk_feedback v = { .agency = assignment_agency_name(rq, rq->actor->agency_id) };
    TRY(evaluation_sums_of(rq, rq->actor->agency_id, &v.sums));
    struct out *out = page_begin(rq, text_find("menu.assignment_feedback"), "assignment_feedback");
    view_desks_feedback(out, &v);
    page_end(res, out);
    return OK;
}
