/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Reports of the demo city: its standing members report in a meeting, some members in writing; in
 * each state, by real steps of members, a clerk and a leader. After the pledges. */
#include "modules/members/member_act.h"
#include "modules/statements/ballot.h"
#include "platform/base/str.h"
#include "server/demo_opinions.h"

enum {
    NINE_MS = 9 * 3600 * 1000,
    CALLED = 20,
    GIVEN = 14,
    WRITERS = 12,
    CAME = 700,
    TOGETHER = 3,
    PAPERS = 41
};

/* What becomes of the report of one of the first members. */
static const char *const ENDS[WRITERS] = { "",       "submit",   "remark",   "revise",
                                           "submit", "together", "together", "together",
                                           "late",   "",         "submit",   "remark" };

struct reporting {
    const struct demo *d;
    i64 today;
    ids together;
};

static void on_day(struct rq *rq, i64 day)
{
    rq->today = day;
    rq->now_ms = day_start_ms(day) + NINE_MS;
}

static err call(struct rq *rq, const struct reporting *r, const struct statement_call_input *in,
                i64 *id)
{
    on_day(rq, r->today - CALLED);
    TRY(demo_opinion_be(rq, r->d, r->d->staff, NULL));
    return statement_call_add(rq, in, id);
}

static err written(struct rq *rq, const struct demo_member *m, i64 id)
{
    struct statement s;
    TRY(statement_find(rq, id, &s));
    struct statement_edit_input in = { .id = id, .version = s.version };
    TRY(statement_fill(rq, &s, &in.body));
    in.body = arena_printf(rq->mem, "%.*s\n%.*s", (int)in.body.len, in.body.ptr,
                           (int)demo_text("statement_next").len, demo_text("statement_next").ptr);
    (void)m;
    return statement_save(rq, &in, &s);
}

static err end(struct rq *rq, struct reporting *r, i64 id, const char *what)
{
    const struct statement_revise_input back = { .opinion = demo_text("statement_reason") };
    const struct statement_remark_input word = { .text = demo_text("statement_remark") };
    on_day(rq, r->today - 3);
    if (str_is(str_of(what), "revise")) {
        TRY(demo_opinion_be(rq, r->d, r->d->staff, NULL));
        return demo_opinion_step(rq, &STATEMENTS_FLOW, id, "revise", &back);
    }
    if (str_is(str_of(what), "together"))
        ((i64 *)r->together.items)[r->together.count++] = id;
    if (!str_is(str_of(what), "remark"))
        return OK;
    TRY(demo_opinion_be(rq, r->d, r->d->leader, NULL));
    return demo_opinion_step(rq, &STATEMENTS_FLOW, id, "remark", &word);
}

static err report(struct rq *rq, struct reporting *r, size_t nth, const struct rows *asked)
{
    const struct demo_member *m = &r->d->members[nth];
    const struct statement *all = asked->items;
    bool late = str_is(str_of(ENDS[nth]), "late");
    size_t i = 0;
    while (i < asked->count && all[i].member_id != m->id)
        i++;
    if (i == asked->count || !*ENDS[nth])
        return OK;
    on_day(rq, late ? r->today - 4 : r->today - CALLED + 5);
    TRY(demo_opinion_be(rq, r->d, m->account_id, m));
    TRY(written(rq, m, all[i].id));
    TRY(demo_opinion_step(rq, &STATEMENTS_FLOW, all[i].id, "submit", NULL));
    return end(rq, r, all[i].id, ENDS[nth]);
}

/* Who leaves without a report: beside the city's members, so that these stay as many as they are.
 */
static err come(struct rq *rq, const struct reporting *r, i64 *id)
{
    struct member first;
    char result;
    on_day(rq, r->today - CALLED);
    TRY(member_find(rq, r->d->members[0].id, &first));
    const struct member_record record = { .name = demo_text("statement_name_left"),
                                          .sector = first.sector_name,
                                          .birth_on = BIRTH_UNKNOWN,
                                          .from_on = r->today - CAME };
    return member_save_record(rq, &record, id, &result);
}

static err leave(struct rq *rq, const struct reporting *r, i64 member_id)
{
    const struct member_act removed = { .verb = str_of("remove"),
                                        .on_on = r->today - 2,
                                        .organ = demo_text("departure_standing"),
                                        .reason = demo_text("departure_job_changed") };
    on_day(rq, r->today - 2);
    TRY(demo_opinion_be(rq, r->d, r->d->staff, NULL));
    return member_record_act(rq, member_id, &removed);
}

/* What 41 valid papers say of the nth of those who reported. */
static void vote(struct rq *rq, i64 nth, i64 id, struct ballot_input *in)
{
    const i64 votes[BALLOT_GRADES] = { PAPERS - 8 - nth, 6 + nth, 1, 0, 1 };
    strs *const lists[BALLOT_GRADES] = { &in->excellent, &in->competent, &in->basic,
                                         &in->incompetent, &in->abstained };
    in->statements.items[in->statements.count++] = id;
    for (size_t g = 0; g < BALLOT_GRADES; g++)
        strs_add(rq->mem, lists[g], str_number(rq->mem, votes[g]));
}

static err ballot(struct rq *rq, const struct reporting *r, i64 call_id)
{
    struct statement_call c;
    struct rows asked;
    struct ballot_input in = { .id = call_id,
                               .held_on = r->today - 2,
                               .issued = PAPERS + 2,
                               .returned = PAPERS + 1,
                               .valid = PAPERS,
                               .teller_name = demo_text("statement_teller"),
                               .second_teller_name = demo_text("statement_second") };
    on_day(rq, r->today - 1);
    TRY(demo_opinion_be(rq, r->d, r->d->staff, NULL));
    TRY(list_find(rq, &STATEMENT_CALL_LIST, call_id, &c));
    TRY(statement_store_list_call(rq->db, call_id, rq->mem, &asked));
    const struct statement *all = asked.items;
    in.version = c.version;
    in.statements.items = arena_array(rq->mem, asked.count + 1, sizeof *in.statements.items);
    for (size_t i = 0; i < asked.count; i++)
        if (statement_is_handed_in(&all[i]))
            vote(rq, (i64)in.statements.count, all[i].id, &in);
    return ballot_save(rq, &in);
}

static err standing(struct rq *rq, const struct reporting *r)
{
    struct statement_call_input in = { .title = demo_text("statement_standing"),
                                       .form = str_of("oral"),
                                       .due_on = r->today + GIVEN,
                                       .note = demo_text("statement_note") };
    i64 id;
    strs_add(rq->mem, &in.audience, str_of("post:standing_member"));
    return call(rq, r, &in, &id);
}

err demo_make_statements(struct rq *rq, void *demo)
{
    const struct demo *d = demo;
    struct reporting r = { .d = d, .today = d->today };
    struct statement_call_input in = { .title = demo_text("statement_members"),
                                       .form = str_of("written"),
                                       .due_on = d->today - 5 };
    struct rows asked;
    i64 left, id, count;
    r.together.items = arena_array(rq->mem, TOGETHER, sizeof *r.together.items);
    TRY(come(rq, &r, &left));
    for (size_t i = 0; i < WRITERS && i < d->member_count; i++)
        strs_add(rq->mem, &in.audience,
                 arena_printf(rq->mem, "member:%lld", (long long)d->members[i].id));
    strs_add(rq->mem, &in.audience, arena_printf(rq->mem, "member:%lld", (long long)left));
    TRY(call(rq, &r, &in, &id));
    TRY(statement_store_list_call(rq->db, id, rq->mem, &asked));
    for (size_t i = 0; i < WRITERS && i < d->member_count; i++)
        TRY(report(rq, &r, i, &asked));
    TRY(demo_opinion_be(rq, d, d->leader, NULL));
    TRY(statement_remark_together(
        rq,
        &(struct statement_together_input){
            .id = id, .statements = r.together, .text = demo_text("statement_together") },
        &count));
    TRY(ballot(rq, &r, id));
    TRY(leave(rq, &r, left));
    return standing(rq, &r);
}
