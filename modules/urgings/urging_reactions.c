/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What facts of other modules mean for slips: what proposes one (rules.md 12.5: overdue, key,
 * unsatisfied, instruction), and what takes its reason away. A redo is heard of only when it is
 * decided, never the verdicts behind it (design 4.6). */
#include "modules/assignments/assignment_title.h"
#include "modules/outcomes/outcome.h"
#include "modules/urgings/urging_rules.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

/* ---- what ends one ---- */

err on_urged_answered(struct rq *rq, i64 id, const void *fact)
{
    (void)fact;
    return urged_lapse(rq, "assignments", id, false);
}

/* Only more time takes the reason away. */
err on_urged_moved(struct rq *rq, i64 id, const void *fact)
{
    const struct due_change *change = fact;
    return change->extended ? urged_lapse(rq, "assignments", id, false) : OK;
}

err on_urged_gone(struct rq *rq, i64 id, const void *fact)
{
    (void)fact;
    return urged_lapse(rq, "assignments", id, true);
}

err on_urged_promise_moved(struct rq *rq, i64 id, const void *fact)
{
    (void)fact;
    return urged_lapse(rq, "promises", id, false);
}

err on_urged_promise_gone(struct rq *rq, i64 id, const void *fact)
{
    (void)fact;
    return urged_lapse(rq, "promises", id, true);
}

/* ---- what proposes one ---- */

static struct urged urged_of(const struct assignment *a)
{
    return (struct urged){ .flow = str_of("assignments"),
                           .id = a->id,
                           .matter = a->matter,
                           .matter_id = a->matter_id,
                           .title = a->matter_title,
                           .number = a->matter_number,
                           .agency_id = a->agency_id,
                           .agency_name = a->agency_name };
}

err on_urged_redone(struct rq *rq, i64 id, const void *fact)
{
    struct urged what = urged_of(fact);
    struct urging_new wanted = { .flow = "assignments", .cause = "redo", .subject_id = id };
    return urged_propose(rq, &what, &wanted, NULL);
}

/* One agency of a matter, or, for 0, all who have to answer. */
struct matter_of {
    str matter;
    i64 matter_id, agency_id;
};

static err propose_to(struct rq *rq, const char *cause, const struct matter_of *of)
{
    struct rows rows;
    TRY(assignment_list_of(rq, arena_cstr(rq->mem, of->matter), of->matter_id, &rows));
    const struct assignment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        bool wanted =
            of->agency_id ? all[i].agency_id == of->agency_id : !str_is(all[i].role, "cohost");
        struct urged what = urged_of(&all[i]);
        struct urging_new slip = { .cause = cause };
        if (wanted && all[i].cancelled_at == 0)
            TRY(urged_propose(rq, &what, &slip, NULL));
    }
    return OK;
}

err on_urged_retitled(struct rq *rq, i64 id, const void *fact)
{
    const struct matter_retitled *now = fact;
    return urging_store_retitle(rq->db, now->collection, id, now->title);
}

err on_urged_followup(struct rq *rq, i64 id, const void *fact)
{
    const struct followup *f = fact;
    (void)id;
    if (!str_is(f->result, "unsolved"))
        return OK;
    return propose_to(rq, "unsolved", &(struct matter_of){ f->matter, f->matter_id, 0 });
}

err on_urged_instruction(struct rq *rq, i64 id, const void *fact)
{
    const struct instruction *n = fact;
    (void)id;
    return propose_to(rq, "instruction",
                      &(struct matter_of){ n->matter, n->matter_id, n->to_agency_id });
}
