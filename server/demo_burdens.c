/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Complaints of burden of the demo city: of the last months, told with and without a name, answered
 * in each way, one still waiting. After the claims. */
#include "modules/burdens/burden.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "server/demo_opinions.h"

enum { FIRST = 4, TEN_MS = 10 * 3600 * 1000 };

static const struct {
    const char *kind, *place, *way;
    i64 back, answer_back;
    bool hidden;
} TOLD[] = {
    { "form", "burden_table", "dropped", 75, 70, false },
    { "meeting", "burden_meeting", "eased", 40, 33, true },
    { "ranking", "burden_ranking", "kept", 32, 30, false },
    { "form", "burden_summary", "dropped", 12, 6, true },
    { "task", "burden_task", "", 2, 0, true },
    { "system", "burden_login", "", 1, 0, false },
};

static void on_day(struct rq *rq, i64 day)
{
    rq->today = day;
    rq->now_ms = day_start_ms(day) + TEN_MS;
}

static err one(struct rq *rq, const struct demo *d, size_t i)
{
    const struct demo_member *member = &d->members[FIRST + i];
    const struct burden_input in = { .kind = str_of(TOLD[i].kind),
                                     .place = demo_text(TOLD[i].place),
                                     .words = demo_text("burden_words"),
                                     .hidden = TOLD[i].hidden };
    const struct burden_answer_input out = { .way = str_of(TOLD[i].way),
                                             .opinion = demo_text("burden_answer"),
                                             .published = true };
    i64 id;
    on_day(rq, d->today - TOLD[i].back);
    TRY(demo_opinion_be(rq, d, member->account_id, member));
    TRY(burden_add(rq, &in, &id));
    if (!*TOLD[i].way)
        return OK;
    on_day(rq, d->today - TOLD[i].answer_back);
    TRY(demo_opinion_be(rq, d, d->staff, NULL));
    return demo_opinion_step(rq, &BURDENS_FLOW, id, "answer", &out);
}

err demo_make_burdens(struct rq *rq, void *demo)
{
    const struct demo *d = demo;
    for (size_t i = 0; i < sizeof TOLD / sizeof *TOLD; i++)
        TRY(one(rq, d, i));
    on_day(rq, d->today);
    return setting_store(rq, "burdens.public", str_of("1"), 1);
}
