/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Claims and appeals of the demo city in each state, items of the year that are contested, by real
 * steps of members and a clerk. After all else of the year: a welfare day that was recorded for
 * many, so that those who are scored have ITEMS records in it. */
#include "modules/claims/claim.h"
#include "modules/scores/scores.h"
#include "platform/base/str.h"
#include "server/demo_opinions.h"

enum { NINE_MS = 9 * 3600 * 1000, FIRST = 4, MANY = 24, WELFARE_BACK = 12, ITEMS = 3606, DAYS = 4 };

/* What becomes of a claim: a row a member. */
static const struct {
    const char *kind, *title, *verb;
    i64 back;
} CLAIMS[] = {
    { "lecture.given", "claim_lecture", "approve", 30 },
    { "history.written", "claim_history", "revise", 21 },
    { "household.helped", "claim_household", "", 3 },
    { "essay.written", "claim_essay", "withdraw", 6 },
    { "honour.city", "claim_honour", "annul", 45 },
    { "welfare.attended", "claim_welfare", "", 1 },
};

static void today(struct rq *rq, const struct demo *d)
{
    rq->today = d->today;
    rq->now_ms = day_start_ms(d->today) + NINE_MS;
}

static err decide(struct rq *rq, const struct demo *d, i64 id, const char *verb)
{
    const struct claim_reason_input why = { .opinion = demo_text("claim_reason") };
    if (!*verb || strcmp(verb, "withdraw") == 0)
        return *verb ? demo_opinion_step(rq, &CLAIMS_FLOW, id, verb, NULL) : OK;
    TRY(demo_opinion_be(rq, d, d->staff, NULL));
    if (strcmp(verb, "annul") == 0)
        TRY(demo_opinion_step(rq, &CLAIMS_FLOW, id, "approve", NULL));
    return demo_opinion_step(rq, &CLAIMS_FLOW, id, verb,
                             strcmp(verb, "approve") == 0 ? NULL : &why);
}

static err make_claims(struct rq *rq, const struct demo *d)
{
    for (size_t i = 0; i < sizeof CLAIMS / sizeof *CLAIMS; i++) {
        const struct demo_member *member = &d->members[i == 0 ? 0 : FIRST + i];
        const struct claim_input in = { .kind = str_of(CLAIMS[i].kind),
                                        .happened_on = d->today - CLAIMS[i].back,
                                        .title = demo_text(CLAIMS[i].title),
                                        .text = demo_text("claim_text"),
                                        .quantity = 1,
                                        .distinct = true };
        i64 id;
        TRY(demo_opinion_be(rq, d, member->account_id, member));
        TRY(claim_file(rq, &in, &id));
        TRY(decide(rq, d, id, CLAIMS[i].verb));
    }
    return OK;
}

/* What becomes of an appeal. */
static const char *const ANSWERS[] = { "correct", "explain", "withdraw", "" };

static err answer(struct rq *rq, const struct demo *d, i64 id, const char *verb)
{
    const struct appeal_answer_input right = { .way = str_of("recorded"),
                                               .opinion = demo_text("appeal_corrected") };
    const struct claim_reason_input why = { .opinion = demo_text("appeal_explained") };
    if (!*verb || strcmp(verb, "withdraw") == 0)
        return *verb ? demo_opinion_step(rq, &APPEALS_FLOW, id, verb, NULL) : OK;
    TRY(demo_opinion_be(rq, d, d->staff, NULL));
    return demo_opinion_step(rq, &APPEALS_FLOW, id, verb,
                             strcmp(verb, "correct") == 0 ? (const void *)&right : &why);
}

static err make_appeals(struct rq *rq, const struct demo *d)
{
    for (size_t i = 0; i < sizeof ANSWERS / sizeof *ANSWERS; i++) {
        const struct demo_member *member = &d->members[i == 0 ? 0 : FIRST + i];
        const struct appeal_input in = { .happened_on = d->today - WELFARE_BACK - (i64)i,
                                         .text = demo_text("appeal_text") };
        i64 id;
        TRY(demo_opinion_be(rq, d, member->account_id, member));
        TRY(appeal_file(rq, 0, &in, &id));
        TRY(answer(rq, d, id, ANSWERS[i]));
    }
    return OK;
}

/* Two members contest an item of their year; one is answered. */
static err make_points(struct rq *rq, const struct demo *d)
{
    for (size_t i = 0; i < 2; i++) {
        const struct demo_member *member = &d->members[FIRST + i];
        struct rows rows;
        i64 id;
        TRY(demo_opinion_be(rq, d, member->account_id, member));
        TRY(appeal_items(rq, &rows));
        if (rows.count == 0)
            continue;
        const struct view_choice *items = rows.items;
        const struct appeal_point_input in = { .item = items[0].value,
                                               .text = demo_text("point_text") };
        TRY(appeal_file_point(rq, &in, &id));
        TRY(answer(rq, d, id, i ? "explain" : ""));
    }
    return OK;
}

err demo_make_claims(struct rq *rq, void *demo)
{
    const struct demo *d = demo;
    today(rq, d);
    TRY(make_claims(rq, d));
    TRY(make_appeals(rq, d));
    return make_points(rq, d);
}

/* How many more records those who are scored need, to have ITEMS together in the year, if DAYS days
 * can give them: a city of full size late in the year. Else some. */
static size_t welfare_count(const struct demo *d, const struct rows *rows)
{
    const struct scores_row *all = rows->items;
    i64 items = 0, scored = 0;
    for (size_t i = 0; i < rows->count; i++)
        if (all[i].assessed) {
            items += all[i].entries;
            scored++;
        }
    bool near = d->cases >= DEMO_CASES && items < ITEMS && ITEMS - items <= DAYS * scored;
    return near ? (size_t)(ITEMS - items) : MANY;
}

/* A day for as many of those who are scored as are still wanted. */
static err welfare_day(struct rq *rq, i64 on, const struct rows *rows, size_t *wanted)
{
    const struct scores_row *all = rows->items;
    struct claim_input in = { .kind = str_of("welfare.attended"),
                              .happened_on = on,
                              .title = demo_text("claim_welfare_day"),
                              .quantity = 1,
                              .distinct = true };
    i64 id;
    for (size_t i = 0; i < rows->count && in.audience.count < *wanted; i++)
        if (all[i].assessed)
            strs_add(rq->mem, &in.audience,
                     arena_printf(rq->mem, "member:%lld", (long long)all[i].person->member_id));
    *wanted -= in.audience.count;
    return claim_record(rq, &in, &id);
}

err demo_make_welfare(struct rq *rq, void *demo)
{
    const struct demo *d = demo;
    struct scores_period period;
    struct rows rows;
    today(rq, d);
    TRY(demo_opinion_be(rq, d, d->staff, NULL));
    TRY(scores_period_find(rq, 0, &period));
    TRY(scores_list(rq, &(struct scores_ask){ .period = &period }, &rows));
    size_t wanted = welfare_count(d, &rows);
    for (i64 days = 1; wanted && days <= DAYS; days++)
        TRY(welfare_day(rq, d->today - days * WELFARE_BACK, &rows, &wanted));
    return OK;
}
