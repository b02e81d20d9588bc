/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The page of one assignment. Inbox, what waits for the
 * dispatcher, sums of verdicts, pages of steps: modules/desks, of
 * answers modules/replies. What may be shown:
 * assignment_sheet.c. */
#include "modules/assignments/assignment_pages.h"
#include "modules/assignments/assignment_views.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "views/assignments.h"

/* ---- one assignment ---- */

/* The matter's text by its own module, written into a buffer of its own. */
static err matter_html(struct rq *rq, const struct assignment *a, struct out *page, html *out)
{
    struct out inner = { .buf = buf_new(rq->mem, page->buf->max), .page = page->page };
    struct matter_shown shown = { .collection = a->matter, .assignment = a, .out = &inner };
    TRY(event_emit(rq, "assignments.shown", a->matter_id, &shown));
    out->s = buf_str(inner.buf);
    return OK;
}

/* What is about all of it, by modules above. */
static err end_html(struct rq *rq, const struct assignment *a, const struct assignment_sheet *sheet,
                    struct out *page, html *out)
{
    struct out inner = { .buf = buf_new(rq->mem, page->buf->max), .page = page->page };
    struct assignment_part_shown part = { sheet, assignment_matter(a), a->id, &inner };
    TRY(event_emit(rq, "assignments.part_shown", a->matter_id, &part));
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

static const struct request *refused_bounce(const struct assignment_sheet *sheet, i64 id)
{
    const struct request *all = sheet->bounces.items;
    for (size_t i = 0; i < sheet->bounces.count; i++)
        if (all[i].assignment_id == id && str_is(all[i].decision, "refused"))
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
    const struct request *refused = refused_bounce(sheet, a->id);
    if (refused && may_verb(&v->allowed, "dispute"))
        v->dispute_last_on = assignment_dispute_last(rq, refused);
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
    TRY(end_html(rq, &a, &sheet, out, &v.end));
    view_assignments_show(out, &v);
    page_end(res, out);
    return OK;
}
