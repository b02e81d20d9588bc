/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Small answers for views: looks and words by code, choices of a form. */
#include "modules/outcomes/outcome_views.h"
#include "modules/assignments/assignment.h"
#include "modules/outcomes/outcome_pages.h"
#include "modules/proposals/proposal.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

const char *promise_tone(str state)
{
    const struct flow_state *found = flow_state_find(&PROMISES_FLOW, state);
    return found ? found->tone : "idle";
}

const char *tracking_tone(str result)
{
    return str_is(result, "solved") ? "ok" : str_is(result, "unsolved") ? "bad" : "info";
}

const char *followup_tone(const struct followup *f)
{
    return str_is(f->state, "held") ? tracking_tone(f->result) : "idle";
}

/* By the day on which somebody looked, not the planned one; two of a day by when they were written
 * down. */
static bool is_later(const struct followup *f, const struct followup *than)
{
    return f->held_on != than->held_on ? f->held_on > than->held_on
                                       : f->recorded_at >= than->recorded_at;
}

const struct followup *followup_last(const struct rows *followups)
{
    const struct followup *all = followups->items, *last = NULL;
    for (size_t i = 0; i < followups->count; i++)
        if (str_is(all[i].state, "held") && (!last || is_later(&all[i], last)))
            last = &all[i];
    return last;
}

str outcome_class_words(struct rq *rq, const struct proposal *p)
{
    i64 at = p->replied_at > 0 ? p->replied_at : p->first_replied_at;
    i64 day = at > 0 ? day_of_ms(at) : rq->today;
    return p->class.len ? dictionary_label_on(rq, "assignments.classes", p->class, day)
                        : str_of("");
}

str instruction_level(struct rq *rq, str level)
{
    return dictionary_label(rq, "outcomes.instruction_levels", level);
}

err instruction_agencies(struct rq *rq, struct rows *out)
{
    struct rows rows;
    TRY(assignment_list_of(rq, "proposals", rq->path_id, &rows));
    const struct assignment *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    *out = (struct rows){ .items = choices, .size = sizeof *choices };
    choices[out->count++] =
        (struct view_choice){ .value = str_of(""), .label = text_find("instructions.to_nobody") };
    for (size_t i = 0; i < rows.count; i++)
        choices[out->count++] =
            (struct view_choice){ .value =
                                      arena_printf(rq->mem, "%lld", (long long)all[i].agency_id),
                                  .label = all[i].agency_name };
    return OK;
}
