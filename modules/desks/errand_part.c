/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What stands of the agency's inside in the page and JSON of its assignment: what is split, and how
 * far the answer is on its way out. For its own people alone. */
#include "modules/desks/errand_store.h"
#include "modules/desks/errand_views.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/desks.h"

enum { WAY_STEPS = 5 };

static str name_of(struct rq *rq, i64 account_id)
{
    struct account a = { 0 };
    if (account_id == 0 || account_find(rq, account_id, &a).code != ERR_NONE)
        return str_of("");
    return a.name;
}

/* Done, waited for now, or still to come. */
static void add(struct view_step *steps, size_t *n, bool *waits, struct view_step step)
{
    if (step.at == 0) {
        step.look = str_of(*waits ? "next" : "now");
        *waits = true;
    }
    steps[(*n)++] = step;
}

/* How many parts of the present round are in, of how many that count. */
static void count_parts(const struct assignment *a, const struct rows *errands, i64 *in, i64 *all)
{
    const struct errand *e = errands->items;
    *in = *all = 0;
    for (size_t i = 0; i < errands->count; i++) {
        bool counts = e[i].round == a->round && !str_is(e[i].state, "dropped");
        *all += counts;
        *in += counts && str_is(e[i].state, "passed");
    }
}

static i64 last_passed(const struct rows *errands)
{
    const struct errand *e = errands->items;
    i64 last = 0;
    for (size_t i = 0; i < errands->count; i++)
        last = e[i].passed_at > last ? e[i].passed_at : last;
    return last;
}

err errand_way_out(struct rq *rq, const struct assignment *a, const struct rows *errands,
                   struct view_steps *out)
{
    struct view_step *steps = arena_array(rq->mem, WAY_STEPS + 1, sizeof *steps);
    struct sign_off s;
    size_t n = 0;
    bool waits = false;
    i64 in, all;
    TRY(reply_sign_off(rq, a, &s));
    count_parts(a, errands, &in, &all);
    if (all > 0)
        add(steps, &n, &waits,
            (struct view_step){ .at = in == all ? last_passed(errands) : 0,
                                .what = text_find("errands.way.parts"),
                                .words =
                                    text_format(rq->mem, "errands.way.count",
                                                arena_printf(rq->mem, "%lld", (long long)in),
                                                arena_printf(rq->mem, "%lld", (long long)all)) });
    if (s.drafted_at > 0)
        waits = false; /* handed in, whatever desks still owe */
    add(steps, &n, &waits,
        (struct view_step){ .at = s.drafted_at,
                            .what = text_find("errands.way.draft"),
                            .who = name_of(rq, s.drafted_by) });
    if (s.vets)
        add(steps, &n, &waits,
            (struct view_step){ .at = s.vetted_at,
                                .what = text_find("errands.way.vet"),
                                .who = name_of(rq, s.vetted_by) });
    add(steps, &n, &waits,
        (struct view_step){
            .at = s.signed_at, .what = text_find("errands.way.sign"), .who = s.signer });
    if (s.examines)
        add(steps, &n, &waits,
            (struct view_step){ .at = s.delivered_at, .what = text_find("errands.way.deliver") });
    *out = (struct view_steps){ steps, n };
    return OK;
}

static const struct field ERRAND[] = {
    FIELD(struct errand, id),
    FIELD(struct errand, numbers),
    FIELD(struct errand, ask),
    FIELD(struct errand, desk_id),
    FIELD(struct errand, desk_name),
    FIELD(struct errand, account_id),
    FIELD(struct errand, account_name),
    FIELD(struct errand, due_on),
    FIELD(struct errand, state),
    FIELD(struct errand, finished_at),
    FIELD(struct errand, approved_at),
    FIELD(struct errand, passed_at),
    { 0 },
};

/* A cohost gives an opinion, which has no such way. */
static err part_make(struct rq *rq, const struct assignment *a, struct errand_part *part)
{
    part->a = a;
    TRY(errand_store_list(rq, a->id, false, &part->errands));
    part->may_give = actor_may(rq->actor, "errands.give") && a->cancelled_at == 0 &&
                     (str_is(a->state, "accepted") || str_is(a->state, "redrafting") ||
                      str_is(a->state, "redoing"));
    if (!str_is(a->role, "cohost") && a->cancelled_at == 0 && !str_is(a->state, "assigned"))
        TRY(errand_way_out(rq, a, &part->errands, &part->steps));
    return OK;
}

err on_errand_section_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct assignment_section_shown *shown = fact;
    const struct assignment *a = shown->assignment;
    struct errand_part part = { 0 };
    (void)id;
    if (!shown->is_own || rq->actor->agency_id != a->agency_id ||
        !actor_may(rq->actor, "desks.read") || str_is(a->state, "reassigned"))
        return OK;
    TRY(part_make(rq, a, &part));
    if (shown->json)
        json_rows(shown->json, "errands", ERRAND, &part.errands);
    else if (part.errands.count > 0 || part.may_give)
        view_desks_errand_part(shown->out, &part);
    return OK;
}

err on_errand_draft_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct reply_draft_shown *shown = fact;
    struct rows open;
    TRY(errand_store_list(rq, id, true, &open));
    if (open.count > 0)
        view_desks_errands_open(shown->out, id, (i64)open.count);
    return OK;
}
