/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of assignments: inbox, list, one assignment, what waits for the dispatcher, sums of
 * verdicts. Steps with pages of their own: assignment_step_pages.c. What may be shown:
 * assignment_sheet.c. */
#include "modules/assignments/assignment_pages.h"
#include "modules/assignments/assignment_views.h"
#include "platform/calendar/calendar.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "views/assignments.h"

/* ---- inbox ---- */

enum { INBOX_GROUPS = 6, INBOX_ROWS = 10, URL_MAX = 400 };

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
    { "handling", "accepted,redrafting,redoing,bouncing", DUE_LATER, "due_on" },
    { "review", "drafted", DUE_ANY, "due_on" },
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

static err inbox_group(struct rq *rq, const struct inbox_rule *rule, struct inbox_group *out)
{
    struct list_query query;
    struct list_result result;
    str text = inbox_query(rq, rule);
    TRY(list_parse_text(rq, &ASSIGNMENT_LIST, text, &query));
    query.limit = INBOX_ROWS;
    TRY(list_page(rq, &ASSIGNMENT_LIST, &query, &result));
    *out = (struct inbox_group){ .name = str_of(rule->name),
                                 .label = text_label("assignments.inbox", str_of(rule->name)),
                                 .hint = text_label("assignments.inbox_hint", str_of(rule->name)),
                                 .url = arena_printf(rq->mem, "/assignments?%.*s", (int)text.len,
                                                     text.ptr),
                                 .total = result.total,
                                 .rows = result.rows.items,
                                 .count = result.rows.count };
    if (str_eq(out->hint, out->name))
        out->hint = str_of("");
    return OK;
}

err page_assignment_inbox(struct rq *rq, struct res *res)
{
    struct inbox_group *groups = arena_array(rq->mem, INBOX_GROUPS, sizeof *groups);
    struct inbox_view v = { .groups = groups, .count = INBOX_GROUPS };
    if (rq->query.len > 0 || actor_scope(rq->actor, "assignments.list") == SCOPE_ORG)
        return list_show(rq, &ASSIGNMENT_LOOK, res);
    for (size_t i = 0; i < INBOX_GROUPS; i++) {
        TRY(inbox_group(rq, &INBOX[i], &groups[i]));
        v.total += groups[i].total;
    }
    v.agency = assignment_agency_name(rq, rq->actor->agency_id);
    v.may_export = actor_may(rq->actor, "assignments.export");
    struct out *out = page_begin(rq, text_find("assignments.title"), "assignments");
    view_assignments_inbox(out, &v);
    page_end(res, out);
    return OK;
}

err page_assignment_save_view(struct rq *rq, struct res *res)
{
    return list_view_post(rq, &ASSIGNMENT_LOOK, res);
}

err page_assignment_remove_view(struct rq *rq, struct res *res)
{
    return list_view_post_remove(rq, &ASSIGNMENT_LOOK, res);
}

err api_assignment_view_list(struct rq *rq, struct res *res)
{
    return list_view_list(rq, &ASSIGNMENT_LOOK, res);
}

/* ---- one assignment ---- */

/* The matter's text by its own module, written into a buffer of its own. */
static err matter_html(struct rq *rq, const struct assignment *a, struct out *page, html *out)
{
    struct out inner = { .buf = buf_new(rq->mem, page->buf->max), .page = page->page };
    struct matter_shown shown = { .collection = a->matter, .out = &inner };
    TRY(event_emit(rq, "assignments.shown", a->matter_id, &shown));
    out->s = buf_str(inner.buf);
    return OK;
}

static const struct request *open_bounce(const struct assignment_sheet *sheet, i64 id)
{
    const struct request *all = sheet->bounces.items;
    for (size_t i = 0; i < sheet->bounces.count; i++)
        if (all[i].assignment_id == id && all[i].decision.len == 0)
            return &all[i];
    return NULL;
}

static bool may_verb(const struct flow_allowed *allowed, const char *verb)
{
    for (size_t i = 0; i < allowed->count; i++)
        if (strcmp(allowed->actions[i]->verb, verb) == 0)
            return true;
    return false;
}

static err show_fill(struct rq *rq, struct assignment *a, struct assignment_show *v,
                     struct assignment_sheet *sheet)
{
    struct matter_key key = assignment_matter(a);
    struct flow_subject subject = { a->id,           a->version,       a->state,
                                    a->matter_title, a->matter_number, a };
    TRY(assignment_sheet_load(rq, &key, sheet));
    TRY(assignment_steps_of(rq, a, &sheet->sight, &v->steps));
    v->a = a;
    v->sheet = sheet;
    v->allowed = flow_allowed(rq, &ASSIGNMENTS_FLOW, &subject);
    v->bounce = open_bounce(sheet, a->id);
    v->contacts_min = setting_number(rq, "assignments.contacts_min");
    if (may_verb(&v->allowed, "bounce"))
        v->bounce_last_on = assignment_bounce_last(rq, a);
    if (sheet->sight.office || assignment_is_own(rq, a))
        TRY(flow_clocks(rq, &ASSIGNMENTS_FLOW, a->id, &v->clocks));
    return OK;
}

err page_assignment_show(struct rq *rq, struct res *res)
{
    struct assignment a;
    struct assignment_sheet sheet;
    struct assignment_show v = { 0 };
    TRY(assignment_find(rq, rq->path_id, &a));
    TRY(show_fill(rq, &a, &v, &sheet));
    struct view_link crumbs[] = { { text_find("menu.assignments"), str_of("/assignments") },
                                  { a.matter_number, str_of("") },
                                  { .label = { 0 } } };
    v.crumbs = actor_may(rq->actor, "assignments.list") ? crumbs : NULL;
    str title = text_format(rq->mem, "assignments.title_show", a.matter_title, str_of(""));
    struct out *out = page_begin(rq, title, "assignments");
    TRY(matter_html(rq, &a, out, &v.matter));
    TRY(sheet_draw_below(rq, &sheet, a.id, out));
    view_assignments_show(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- what waits, and sums ---- */

err page_assignment_waiting(struct rq *rq, struct res *res)
{
    struct waiting_view v = { 0 };
    TRY(request_store_list_waiting(rq->db, REQUEST_BOUNCE, rq->mem, &v.bounces));
    TRY(request_store_list_waiting(rq->db, REQUEST_EXTENSION, rq->mem, &v.extensions));
    const struct waiting *bounces = v.bounces.items;
    v.better = arena_array(rq->mem, v.bounces.count + 1, sizeof *v.better);
    for (size_t i = 0; i < v.bounces.count; i++)
        v.better[i] = assignment_agency_name(rq, bounces[i].better_agency_id);
    struct out *out = page_begin(rq, text_find("menu.assignment_waiting"), "assignment_waiting");
    view_assignments_waiting(out, &v);
    page_end(res, out);
    return OK;
}

err page_assignment_feedback(struct rq *rq, struct res *res)
{
    struct feedback_view v = { .agency = assignment_agency_name(rq, rq->actor->agency_id) };
    TRY(evaluation_sums_of(rq, rq->actor->agency_id, &v.sums));
    struct out *out = page_begin(rq, text_find("menu.assignment_feedback"), "assignment_feedback");
    view_assignments_feedback(out, &v);
    page_end(res, out);
    return OK;
}
