/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The demo city's sets of rules: one that was tried for two years, the one that holds, a draft of
 * the next and one that nobody wanted. */
#include "modules/duty/duty.h"
#include "platform/access/access.h"
#include "platform/base/str.h"
#include "server/demo_opinions.h"
#include <assert.h>

enum { TRIED, HOLDS, NEXT, UNWANTED, SETS };

/* The seed's document with words changed, which it has: name and what differs of a set. */
static str changed(struct arena *mem, str text, const char *from, str to)
{
    i64 at = str_find(text, str_of(from), 0);
    assert(at >= 0);
    str tail = str_sub(text, (size_t)at + strlen(from), text.len);
    return arena_printf(mem, "%.*s%.*s%.*s", (int)at, text.ptr, (int)to.len, to.ptr, (int)tail.len,
                        tail.ptr);
}

static str document_of(struct rq *rq, int which)
{
    static const char *const NAMES[SETS] = { "ruleset_tried", "ruleset_holds", "ruleset_next",
                                             "ruleset_unwanted" };
    str text = changed(rq->mem, demo_seed("demo/ruleset.json"), "{name}", demo_text(NAMES[which]));
    if (which == TRIED)
        text = changed(rq->mem, text, "\"points\": 12,", str_of("\"points\": 15,"));
    if (which == NEXT) { /* less for how many proposals and opinions, more for going to see */
        text = changed(rq->mem, text, "\"points\": 12,", str_of("\"points\": 9,"));
        text = changed(rq->mem, text, "\"points\": 2,", str_of("\"points\": 1,"));
        text = changed(rq->mem, text, "\"points\": 10,", str_of("\"points\": 12,"));
        text =
            changed(rq->mem, text, "\"need\": 2, \"span\": \"term\"", str_of("\"span\": \"term\""));
    }
    return text;
}

static err enact(struct rq *rq, i64 id, i64 from_on)
{
    const struct duty_enact_input in = { .from_on = from_on, .organ = demo_text("ruleset_organ") };
    return demo_opinion_step(rq, &RULESETS_FLOW, id, "enact", &in);
}

err demo_make_duty(struct rq *rq, void *demo)
{
    const struct demo *d = demo;
    i64 id[SETS];
    int year, month, mday;
    day_to_civil(rq->today, &year, &month, &mday);
    const struct duty_retire_input over = { .to_on = day_from_civil(year - 2, 12, 31),
                                            .opinion = demo_text("ruleset_over") };
    TRY(demo_opinion_be(rq, d, d->staff, NULL));
    for (int i = 0; i < SETS; i++) {
        const struct duty_set_input in = { .document = document_of(rq, i) };
        TRY(duty_set_save(rq, &in, &id[i]));
    }
    TRY(enact(rq, id[TRIED], day_from_civil(year - 3, 1, 1)));
    TRY(demo_opinion_step(rq, &RULESETS_FLOW, id[TRIED], "retire", &over));
    TRY(enact(rq, id[HOLDS], day_from_civil(year - 1, 1, 1)));
    return demo_opinion_step(rq, &RULESETS_FLOW, id[UNWANTED], "drop", NULL);
}
