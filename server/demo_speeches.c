/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Calls for speeches of the demo city in each state, and speeches in each, by real steps of a clerk
 * and the members: for the meetings that are ahead or not settled, newest first. */
#include "modules/speeches/speech.h"
#include "platform/base/str.h"
#include "server/demo_opinions.h"

enum {
    NINE_MS = 9 * 3600 * 1000,
    FIRST = 30,
    CHARS = 2500,
    MINUTES = 8,
    DAYS_MORE = 6,
    APART = 20
};

/* What becomes of a speech; a row a member. settled: of the call that is settled, else of the open
 * one. */
static const struct {
    const char *title, *verb, *day;
    bool settled, joint;
} SPEECHES[] = {
    { "speech_green", "speak", "give", true, true },
    { "speech_schools", "speak", "miss", true, false },
    { "speech_tea", "print", "", true, false },
    { "speech_parking", "divert", "", true, false },
    { "speech_lights", "decline", "", true, false },
    { "speech_green", "speak", "", false, true },
    { "speech_tourism", "speak", "", false, false },
    { "speech_tea", "print", "", false, false },
    { "speech_schools", "", "", false, false },
    { "speech_parking", "withdraw", "", false, false },
    { "speech_lights", "draft", "", false, false },
};

static void on_day(struct rq *rq, i64 day)
{
    rq->today = day;
    rq->now_ms = day_start_ms(day) + NINE_MS;
}

static err step(struct rq *rq, const struct demo *d, i64 id, const char *verb, const void *input)
{
    TRY(demo_opinion_be(rq, d, d->staff, NULL));
    return demo_opinion_step(rq, &SPEECH_CALLS_FLOW, id, verb, input);
}

static err call_add(struct rq *rq, const struct demo *d, const struct meeting_brief *m,
                    const char *title, i64 *id)
{
    const struct speech_call_input in = {
        .until_on = rq->today < m->from_on ? rq->today : m->from_on,
        .chars_max = CHARS,
        .minutes = MINUTES,
        .meeting = arena_printf(rq->mem, "meeting:%lld", (long long)m->id),
        .title = demo_text(title),
        .text = demo_text("speech_call_text")
    };
    TRY(demo_opinion_be(rq, d, d->staff, NULL));
    return speech_call_save(rq, 0, &in, id);
}

static err choose(struct rq *rq, const struct demo *d, i64 id, const char *verb)
{
    const struct speech_reason_input why = { .opinion = demo_text("speech_reason") };
    bool reason =
        strcmp(verb, "divert") == 0 || strcmp(verb, "decline") == 0 || strcmp(verb, "miss") == 0;
    TRY(demo_opinion_be(rq, d, d->staff, NULL));
    return demo_opinion_step(rq, &SPEECHES_FLOW, id, verb, reason ? &why : NULL);
}

static err speech_add(struct rq *rq, const struct demo *d, i64 call_id, size_t k, i64 *id)
{
    const struct demo_member *who = &d->members[FIRST + k], *with = &d->members[FIRST + k + APART];
    struct speech_input in = { .title = demo_text(SPEECHES[k].title),
                               .text = demo_text("speech_text") };
    const char *verb = SPEECHES[k].verb;
    if (SPEECHES[k].joint)
        strs_add(rq->mem, &in.authors, arena_printf(rq->mem, "member:%lld", (long long)with->id));
    TRY(demo_opinion_be(rq, d, who->account_id, who));
    TRY(speech_begin(rq, call_id, &in, id));
    if (strcmp(verb, "draft") == 0)
        return OK;
    TRY(demo_opinion_step(rq, &SPEECHES_FLOW, *id, "submit", NULL));
    if (strcmp(verb, "withdraw") == 0)
        return demo_opinion_step(rq, &SPEECHES_FLOW, *id, verb, NULL);
    return *verb ? choose(rq, d, *id, verb) : OK;
}

static err speeches_add(struct rq *rq, const struct demo *d, i64 call_id, bool settled,
                        const struct meeting_brief *m)
{
    i64 today = rq->today;
    for (size_t k = 0; k < sizeof SPEECHES / sizeof *SPEECHES; k++) {
        i64 id;
        if (SPEECHES[k].settled != settled)
            continue;
        on_day(rq, today);
        TRY(speech_add(rq, d, call_id, k, &id));
        on_day(rq, m->from_on);
        if (*SPEECHES[k].day)
            TRY(choose(rq, d, id, SPEECHES[k].day));
    }
    on_day(rq, today);
    return OK;
}

/* The last meeting that has been, and the first that is ahead: of those not over, newest first. */
static err meetings_of(struct rq *rq, i64 today, struct meeting_brief *been,
                       struct meeting_brief *ahead)
{
    struct rows rows;
    TRY(meeting_list_open(rq, &rows));
    const struct meeting_brief *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].from_on > today + DAYS_MORE)
            *ahead = all[i];
        else if (all[i].from_on < today && !been->id)
            *been = all[i];
    return been->id && ahead->id ? OK : err_make(ERR_INTERNAL, "demo.seed");
}

err demo_make_speeches(struct rq *rq, void *demo)
{
    const struct demo *d = demo;
    struct meeting_brief been = { 0 }, ahead = { 0 };
    const struct speech_until_input until = { .until_on = d->today + DAYS_MORE };
    i64 id;
    TRY(meetings_of(rq, d->today, &been, &ahead));
    on_day(rq, been.from_on - DAYS_MORE);
    TRY(call_add(rq, d, &been, "speech_call_past", &id));
    TRY(step(rq, d, id, "publish", NULL));
    TRY(speeches_add(rq, d, id, true, &been));
    TRY(step(rq, d, id, "close", NULL));
    on_day(rq, d->today);
    TRY(step(rq, d, id, "settle", NULL));
    TRY(call_add(rq, d, &ahead, "speech_call_now", &id));
    TRY(step(rq, d, id, "publish", NULL));
    TRY(step(rq, d, id, "extend", &until));
    TRY(speeches_add(rq, d, id, false, &ahead));
    on_day(rq, d->today);
    TRY(call_add(rq, d, &ahead, "speech_call_closed", &id));
    TRY(step(rq, d, id, "publish", NULL));
    TRY(step(rq, d, id, "close", NULL));
    return call_add(rq, d, &ahead, "speech_call_next", &id);
}
