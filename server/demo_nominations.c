/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Nominations of the demo city in each state, by real steps of the office: one seat more, and those
 * that became vacant; a meeting of the standing committee that has voted, and one ahead. Last of
 * all, so that the city's members stay as many as they are. */
#include "modules/meetings/meeting_rules.h"
#include "modules/nominations/nomination.h"
#include "modules/orgs/org.h"
#include "server/demo_opinions.h"

enum { NINE_MS = 9 * 3600 * 1000, NAMED = 40, CHECKED = 30, VOTED = 4, CERTIFIED = 2, AHEAD = 12 };

struct naming {
    struct demo *d;
    i64 today, past, ahead, sector, vacant;
    size_t named;
};

static void on_day(struct rq *rq, i64 day)
{
    rq->today = day;
    rq->now_ms = day_start_ms(day) + NINE_MS;
}

static err meeting(struct rq *rq, i64 on, const char *title, i64 *id)
{
    struct meeting_input in = { .from_on = on,
                                .to_on = on,
                                .kind = str_of("standing"),
                                .title = demo_text(title),
                                .organiser = str_of("office"),
                                .attending = str_of("mandatory"),
                                .from_half = str_of("morning"),
                                .to_half = str_of("afternoon"),
                                .hour = str_of("9:00"),
                                .place = demo_text("meeting_hall"),
                                .agenda = demo_text("nomination_agenda") };
    strs_add(rq->mem, &in.audience, str_of("post:standing_member"));
    return meeting_save(rq, 0, &in, id);
}

static err step(struct rq *rq, i64 id, const char *verb, const void *input)
{
    return demo_opinion_step(rq, &NOMINATIONS_FLOW, id, verb, input);
}

static err name(struct rq *rq, struct naming *n, bool fills, i64 *id)
{
    strs names = { 0 };
    demo_list(n->d, "nomination_names", &names);
    const struct nomination_input in = {
        .nominated_on = n->today - NAMED,
        .kind = str_of(fills ? "fill" : "augment"),
        .vacancy = fills ? arena_printf(rq->mem, "%lld", (long long)n->vacant) : str_of(""),
        .nominator_kind = str_of("party"),
        .nominator = demo_text("nomination_nominator"),
        .name = names.items[n->named % names.count],
        .gender = str_of(n->named % 2 ? "male" : "female"),
        .birth = arena_printf(rq->mem, "%zu-04-12", 1971 + 3 * n->named),
        .party = str_of("cdl"),
        .employer = demo_text("nomination_employer"),
        .job = demo_text("nomination_job"),
        .sector = arena_printf(rq->mem, "%lld", (long long)n->sector),
        .reason = demo_text("nomination_reason"),
        .distinct = true
    };
    n->named++;
    on_day(rq, n->today - NAMED);
    return nomination_save(rq, 0, &in, id);
}

static err propose(struct rq *rq, const struct naming *n, i64 id, const char *ground)
{
    const struct nomination_check_input in = { .checked_on = n->today - CHECKED,
                                               .ground = str_of(ground),
                                               .opinion = demo_text("nomination_checked") };
    on_day(rq, n->today - CHECKED);
    return step(rq, id, "propose", &in);
}

static err list(struct rq *rq, i64 id, i64 meeting_id)
{
    const struct nomination_list_input in = { .meeting = arena_printf(rq->mem, "%lld",
                                                                      (long long)meeting_id) };
    return step(rq, id, "list", &in);
}

/* More than half of all say yes, or one too few. */
static err vote(struct rq *rq, const struct naming *n, i64 id, bool passes)
{
    struct member_standing standing;
    struct nomination_vote_input in = { .on_on = n->today - VOTED };
    TRY(member_count_standing(rq, in.on_on, &standing));
    in.yes = nomination_needed(standing.all) - (passes ? 0 : 1);
    in.abstained = standing.able > in.yes ? 1 : 0;
    on_day(rq, n->today - VOTED);
    return step(rq, id, "vote", &in);
}

static err make_voted(struct rq *rq, struct naming *n)
{
    const struct nomination_certify_input certificate = { .certified_on = n->today - CERTIFIED,
                                                          .certificate =
                                                              demo_text("nomination_certificate"),
                                                          .document =
                                                              demo_text("nomination_document") };
    i64 id;
    for (size_t i = 0; i < 3; i++) { /* certified, passed, not passed */
        TRY(name(rq, n, i == 0 && n->vacant, &id));
        TRY(propose(rq, n, id, "clear"));
        TRY(list(rq, id, n->past));
        TRY(vote(rq, n, id, i < 2));
        on_day(rq, n->today - CERTIFIED);
        if (i == 0)
            TRY(step(rq, id, "certify", &certificate));
    }
    return OK;
}

static err make_open(struct rq *rq, struct naming *n)
{
    const struct nomination_reason_input why = { .opinion = demo_text("nomination_withdrawn") };
    i64 id;
    TRY(name(rq, n, false, &id));
    TRY(propose(rq, n, id, "clear"));
    TRY(list(rq, id, n->ahead));
    TRY(name(rq, n, false, &id));
    TRY(propose(rq, n, id, "clear"));
    TRY(name(rq, n, false, &id));
    TRY(propose(rq, n, id, "investigated"));
    TRY(name(rq, n, false, &id));
    TRY(step(rq, id, "withdraw", &why));
    return name(rq, n, false, &id);
}

err demo_make_nominations(struct rq *rq, void *demo)
{
    struct naming n = { .d = demo, .today = rq->today };
    struct rows sectors, vacancies;
    i64 now_ms = rq->now_ms;
    TRY(demo_opinion_be(rq, n.d, n.d->staff, NULL));
    TRY(sector_list(rq, n.today, &sectors));
    TRY(nomination_store_list_vacancies(rq->db, n.today, rq->mem, &vacancies));
    n.sector = ((const struct body *)sectors.items)[sectors.count - 1].id;
    n.vacant =
        vacancies.count
            ? ((const struct nomination_vacancy *)vacancies.items)[vacancies.count - 1].seat_id
            : 0;
    on_day(rq, n.today - NAMED);
    TRY(meeting(rq, n.today - VOTED, "nomination_meeting_past", &n.past));
    TRY(meeting(rq, n.today + AHEAD, "nomination_meeting_ahead", &n.ahead));
    TRY(make_voted(rq, &n));
    TRY(make_open(rq, &n));
    rq->today = n.today;
    rq->now_ms = now_ms;
    return OK;
}
