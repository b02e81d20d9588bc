/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Small answers for views: looks and words by code; the part that other modules put into their
 * pages. */
#include "modules/assignments/assignment_views.h"
#include "modules/orgs/org.h"
#include "platform/text/texts.h"
#include "views/assignments.h"

const char *const REPLY_RESULTS[ASSIGNMENT_RESULTS] = { "adopted", "partly", "planned",
                                                        "not_adopted" };

const char *const PROMISE_EVIDENCE_KINDS[PROMISE_EVIDENCE] = { "document", "photo", "acceptance",
                                                               "site", "other" };

str line_at(const strs *lines, i64 at)
{
    return at >= 0 && (size_t)at < lines->count ? lines->items[at] : str_of("");
}

const char *assignment_tone(str state)
{
    const struct flow_state *found = flow_state_find(&ASSIGNMENTS_FLOW, state);
    return found ? found->tone : "idle";
}

const char *assignment_result_tone(str result)
{
    return str_is(result, "adopted") ? "ok" : str_is(result, "not_adopted") ? "idle" : "info";
}

const char *evaluation_tone(str satisfaction)
{
    return str_is(satisfaction, "satisfied")      ? "ok"
           : str_is(satisfaction, "dissatisfied") ? "bad"
                                                  : "info";
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
        struct assignment_section_shown shown = { .assignment = &all[i],
                                                  .is_own = assignment_is_own(rq, &all[i]),
                                                  .is_signer = sheet->sight.signer,
                                                  .is_office = sheet->sight.office,
                                                  .out = &part };
        TRY(event_emit(rq, "assignments.section_shown", all[i].id, &shown));
        sheet->below[i] = (html){ buf_str(part.buf) };
    }
    return OK;
}

void view_assignment_state(struct out *out, str state, bool cancelled)
{
    view_assignments_state(out, state, cancelled);
}

err assignment_list_waiting(struct rq *rq, const char *kind, struct rows *out)
{
    return request_store_list_waiting(rq->db, kind, rq->mem, out);
}
