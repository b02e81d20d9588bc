/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Small answers for views: looks and words by code; the part that other modules put into their
 * pages. */
#include "modules/assignments/assignment_views.h"
#include "modules/orgs/org.h"
#include "platform/text/texts.h"
#include "views/assignments.h"

enum { WORDS_MAX = 2000 };

const char *assignment_tone(str state)
{
    const struct flow_state *found = flow_state_find(&ASSIGNMENTS_FLOW, state);
    return found ? found->tone : "idle";
}

const char *assignment_result_tone(str result)
{
    return str_is(result, "adopted") ? "ok" : str_is(result, "not_adopted") ? "idle" : "info";
}

str sheet_agency_of(const struct assignment_sheet *sheet, i64 assignment_id)
{
    const struct assignment *all = sheet->assignments.items;
    for (size_t i = 0; i < sheet->assignments.count; i++)
        if (all[i].id == assignment_id)
            return all[i].agency_name;
    return str_of("");
}

bool assignment_is_open(const struct assignment *a)
{
    return !str_is(a->state, "replied") && !str_is(a->state, "contributed") &&
           !str_is(a->state, "closed") && !str_is(a->state, "reassigned");
}

bool assignment_clock_late(const struct assignment *a, const struct flow_clock_row *clock)
{
    if (!str_is(clock->name, "contact"))
        return clock->was_late;
    return a->contacted_on == 0 || a->contacted_on > clock->due_on;
}

bool sheet_is_open(const struct assignment_sheet *sheet, i64 assignment_id)
{
    const struct assignment *all = sheet->assignments.items;
    for (size_t i = 0; i < sheet->assignments.count; i++)
        if (all[i].id == assignment_id)
            return assignment_is_open(&all[i]);
    return false;
}

str assignment_agency_name(struct rq *rq, i64 agency_id)
{
    struct org org;
    if (agency_id <= 0 || org_find(rq, agency_id, &org).code != ERR_NONE)
        return str_of("");
    return org.name;
}

str promise_words(struct rq *rq, const struct reply_promise *p)
{
    struct buf *b = buf_new(rq->mem, WORDS_MAX);
    if (p->item_number > 0)
        buf_add(b,
                text_format(rq->mem, "assignments.promise_item",
                            arena_printf(rq->mem, "%lld", (long long)p->item_number), str_of("")));
    buf_add(b, text_format(rq->mem,
                           p->phone.len ? "assignments.promise_owner_phone"
                                        : "assignments.promise_owner_name",
                           p->owner, p->phone));
    if (p->evidence_kind.len > 0)
        buf_add(b,
                text_format(rq->mem, "assignments.promise_evidence_words",
                            text_label("choices.promise_evidence", p->evidence_kind), str_of("")));
    return buf_str(b);
}

/* ---- for pages of steps ---- */

err assignment_find_for(struct rq *rq, const char *verb, struct assignment *out)
{
    TRY(assignment_find(rq, rq->path_id, out));
    struct flow_subject subject = { out->id,           out->version,       out->state,
                                    out->matter_title, out->matter_number, out };
    return flow_may(rq, &ASSIGNMENTS_FLOW, &subject, verb);
}

const struct view_link *assignment_crumbs(struct rq *rq, const struct assignment *a)
{
    struct view_link *crumbs = arena_array(rq->mem, 3, sizeof *crumbs);
    bool lists = actor_may(rq->actor, "assignments.list");
    crumbs[0] =
        (struct view_link){ text_find("menu.assignments"), str_of(lists ? "/assignments" : "") };
    crumbs[1] = (struct view_link){ a->matter_title,
                                    arena_printf(rq->mem, "/assignments/%lld", (long long)a->id) };
    return crumbs;
}

str assignment_verb_label(struct rq *rq, const char *verb)
{
    return flow_verb_label(rq, &ASSIGNMENTS_FLOW, str_of(verb));
}

/* ---- for other modules' pages ---- */

err assignment_section(struct rq *rq, const char *collection, i64 matter_id, struct out *out)
{
    struct matter_key key = { str_of(collection), matter_id };
    struct assignment_sheet sheet;
    TRY(assignment_sheet_load(rq, &key, &sheet));
    if (sheet.assignments.count == 0)
        return OK;
    TRY(sheet_draw_below(rq, &sheet, 0, out));
    view_assignments_section(out, &sheet);
    struct assignment_part_shown part = { &sheet, key, 0, out };
    return event_emit(rq, "assignments.part_shown", matter_id, &part);
}

err assignment_answers_section(struct rq *rq, const char *collection, i64 matter_id,
                               struct out *out)
{
    struct matter_key key = { str_of(collection), matter_id };
    struct assignment_sheet sheet;
    TRY(assignment_sheet_public(rq, &key, &sheet));
    if (sheet.assignments.count)
        view_assignments_section(out, &sheet);
    return OK;
}

err sheet_draw_below(struct rq *rq, struct assignment_sheet *sheet, i64 only_id,
                     const struct out *page)
{
    const struct assignment *all = sheet->assignments.items;
    sheet->below = arena_array(rq->mem, sheet->assignments.count + 1, sizeof *sheet->below);
    for (size_t i = 0; i < sheet->assignments.count; i++) {
        if (only_id > 0 && all[i].id != only_id)
            continue;
        struct out part = { .buf = buf_new(rq->mem, page->buf->max), .page = page->page };
        struct out acts = { .buf = buf_new(rq->mem, page->buf->max), .page = page->page };
        struct assignment_section_shown shown = { .assignment = &all[i],
                                                  .is_own = assignment_is_own(rq, &all[i]),
                                                  .is_signer = sheet->sight.signer,
                                                  .is_office = sheet->sight.office,
                                                  .reads_verdicts = sheet->sight.verdicts,
                                                  .out = &part,
                                                  .acts = only_id > 0 ? &acts : NULL };
        TRY(event_emit(rq, "assignments.section_shown", all[i].id, &shown));
        sheet->below[i] = (html){ buf_str(part.buf) };
        sheet->acts = (html){ buf_str(acts.buf) };
    }
    return OK;
}

void view_assignment_state(struct out *out, str state, bool cancelled)
{
    view_assignments_state(out, state, cancelled);
}

void view_assignment_reply(struct out *out, const struct assignment_sheet *sheet,
                           const struct reply *reply)
{
    view_assignments_reply(out, sheet, reply);
}

void view_assignment_contributions(struct out *out, const struct assignment_sheet *sheet)
{
    view_assignments_contributions(out, sheet);
}

void view_assignment_item_origin(struct out *out, const struct assignment_sheet *sheet,
                                 const struct assignment_item *item)
{
    view_assignments_item_origin(out, sheet, item);
}

void view_assignment_advice(struct out *out, str advice, str better)
{
    view_assignments_advice(out, advice, better);
}

void view_assignment_consent(struct out *out, const struct request *extension)
{
    view_assignments_consent(out, extension);
}

err assignment_list_waiting(struct rq *rq, const char *kind, struct rows *out)
{
    return request_store_list_waiting(rq->db, kind, rq->mem, out);
}
