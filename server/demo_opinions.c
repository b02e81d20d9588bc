/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A few opinions of the demo city in each state, by real steps of their writers and an editor, who
 * gets his account here. Last of all, so that the dice of the cases fall as before. */
#include "server/demo_opinions.h"
#include "modules/accounts/account.h"
#include "modules/commissions/commission.h"
#include "modules/opinions/opinion_edit.h"
#include "modules/opinions/opinion_record.h"
#include "modules/quotas/quota.h"
#include "modules/recasts/recast.h"
#include "platform/access/access.h"

enum { NINE_MS = 9 * 3600 * 1000, DAYS_BACK = 9, JOINT = 3, ASKED = 4 };

/* What becomes of them, one after the other. */
enum outcome {
    DRAFT,
    RETURNED,
    SENT,
    URGENT_ONE,
    WITH_OTHERS,
    KEPT_ONE,
    TAKEN_ONE,
    SOURCE,
    EDITING,
    SIGNING,
    SENT_BACK,
    PRINTED_ONE, /* from here on in an issue: enum demo_issued */
    OUTCOMES = PRINTED_ONE + DEMO_ISSUES
};

enum { ROUNDS = 2 };

struct making {
    struct demo *d;
    i64 editor, kept, sources[ROUNDS], waiting[DEMO_ISSUES][ROUNDS];
    size_t source_count, waiting_count[DEMO_ISSUES];
    const struct demo_member *asked[ASKED]; /* who have names that nobody shares */
};

err demo_opinion_be(struct rq *rq, const struct demo *d, i64 account_id,
                    const struct demo_member *member)
{
    struct actor *actor = arena_zero(rq->mem, sizeof *actor);
    struct account account;
    TRY(account_find(rq, account_id, &account));
    actor->account_id = account.id;
    actor->org_id = d->org_id;
    actor->name = member ? member->name : account.name;
    actor->person_id = member ? member->person_id : 0;
    actor->member_id = member ? member->id : 0;
    memset(actor->scopes, member ? SCOPE_SELF : SCOPE_ORG, sizeof actor->scopes);
    rq->actor = actor;
    return OK;
}

static void on_day(struct rq *rq, i64 day)
{
    rq->today = day;
    rq->now_ms = day_start_ms(day) + NINE_MS;
}

err demo_opinion_step(struct rq *rq, const struct flow *flow, i64 id, const char *verb,
                      const void *input)
{
    rq->input = input;
    return flow_act(rq, flow, id, verb, 0);
}

/* ---- writing ---- */

static bool is_only(const struct demo *d, const struct demo_member *one)
{
    for (size_t i = 0; i < d->member_count; i++)
        if (&d->members[i] != one && str_eq(d->members[i].name, one->name))
            return false;
    return true;
}

/* The last of the members, who write none themselves. Errors: INTERNAL demo.seed. */
static err find_asked(struct making *m)
{
    size_t count = 0;
    for (size_t i = m->d->member_count; i-- > ROUNDS * OUTCOMES && count < ASKED;)
        if (is_only(m->d, &m->d->members[i]))
            m->asked[count++] = &m->d->members[i];
    return count == ASKED ? OK : err_make(ERR_INTERNAL, "demo.seed");
}

/* The subject of a proposal, in the words of a report. */
static str title_of(str title)
{
    str about = demo_text("opinion_about"), end = demo_text("opinion_end");
    if (str_starts(title, about))
        title = str_sub(title, about.len, title.len);
    if (str_ends(title, end))
        title = str_sub(title, 0, title.len - end.len);
    return title;
}

static str joined(struct rq *rq, const strs *lines)
{
    struct buf *b = buf_new(rq->mem, 1 << 16);
    for (size_t i = 0; i < lines->count; i++) {
        buf_add(b, i ? str_of("\n") : str_of(""));
        buf_add(b, lines->items[i]);
    }
    return buf_str(b);
}

static err write_one(struct rq *rq, struct making *m, size_t i, enum outcome outcome, i64 *id)
{
    struct demo *d = m->d;
    const struct demo_subject *s = &d->subjects[i % d->subject_count];
    const strs *places = &d->places;
    str place = places->items[i % places->count];
    str suggestions = demo_fill(d, rq->mem, joined(rq, &s->suggestions), place);
    struct opinion o;
    struct opinion_input in = { .title = title_of(demo_fill(d, rq->mem, s->title, place)),
                                .situation = demo_fill(d, rq->mem, s->situation, place),
                                .analysis = demo_fill(d, rq->mem, s->analysis, place),
                                .suggestions = suggestions,
                                .urgent = outcome == URGENT_ONE };
    if (in.urgent)
        in.urgent_reason = demo_text("opinion_urgent");
    if (outcome == WITH_OTHERS) {
        struct buf *names = buf_new(rq->mem, 4096);
        for (size_t k = 0; k < ASKED; k++) {
            buf_add(names, m->asked[k]->name);
            buf_add(names, str_of(","));
        }
        in.joint = buf_str(names);
    }
    TRY(opinion_save(rq, &in, "save", &o));
    *id = o.id;
    return OK;
}

/* ---- the road ---- */

/* One joins, one does not, one keeps silent until it is over; one is still asked. */
static err answer(struct rq *rq, struct making *m, i64 id)
{
    struct rows rows;
    TRY(reporter_list(rq, id, &rows));
    const struct reporter *all = rows.items;
    for (size_t k = 0; k < rows.count && k < JOINT; k++) {
        const struct demo_member *member = m->asked[k];
        TRY(demo_opinion_be(rq, m->d, member->account_id, member));
        if (k < 2)
            TRY(demo_opinion_step(rq, &REPORTERS_FLOW, all[k].id, k ? "decline" : "join", NULL));
        else
            TRY(flow_move(rq, &REPORTERS_FLOW, all[k].id, "lapse", NULL));
    }
    return OK;
}

/* What the editor makes of it, and the leader. */
static err sign(struct rq *rq, struct making *m, i64 id, enum outcome outcome)
{
    struct opinion_redraft_input redraft = { id, demo_text("opinion_redraft") };
    TRY(demo_opinion_step(rq, &OPINIONS_FLOW, id, "edit", NULL));
    if (outcome == EDITING)
        return OK;
    TRY(demo_opinion_step(rq, &OPINIONS_FLOW, id, "pass", NULL));
    if (outcome == SIGNING)
        return OK;
    if (outcome >= PRINTED_ONE) {
        int far = (int)outcome - PRINTED_ONE;
        m->waiting[far][m->waiting_count[far]++] = id;
        return OK;
    }
    TRY(demo_opinion_be(rq, m->d, m->d->leader, NULL));
    return demo_opinion_step(rq, &OPINIONS_FLOW, id, "redraft", &redraft);
}

static err edit(struct rq *rq, struct making *m, i64 id, enum outcome outcome)
{
    struct opinion_keep_input keep = { id, str_of("vague"), demo_text("opinion_keep") };
    struct opinion_take_input take = { id, str_of("city") };
    struct opinion_revise_input revise = { id, demo_text("opinion_revise") };
    TRY(demo_opinion_be(rq, m->d, m->editor, NULL));
    if (outcome == RETURNED)
        return demo_opinion_step(rq, &OPINIONS_FLOW, id, "revise", &revise);
    if (outcome == KEPT_ONE && m->kept == 0)
        m->kept = id;
    if (outcome == KEPT_ONE)
        return demo_opinion_step(rq, &OPINIONS_FLOW, id, "keep", &keep);
    if (outcome < TAKEN_ONE)
        return OK;
    TRY(demo_opinion_step(rq, &OPINIONS_FLOW, id, "take", &take));
    if (outcome == SOURCE)
        m->sources[m->source_count++] = id;
    return outcome >= EDITING ? sign(rq, m, id, outcome) : OK;
}

static err make_one(struct rq *rq, struct making *m, size_t i)
{
    enum outcome outcome = (enum outcome)(i % OUTCOMES);
    const struct demo_member *member = &m->d->members[i];
    i64 id = 0, today = m->d->today;
    on_day(rq, outcome == WITH_OTHERS ? today : today - DAYS_BACK + (i64)(i % DAYS_BACK));
    TRY(demo_opinion_be(rq, m->d, member->account_id, member));
    TRY(write_one(rq, m, i, outcome, &id));
    if (outcome == DRAFT)
        return OK;
    TRY(demo_opinion_step(rq, &OPINIONS_FLOW, id, "submit", NULL));
    if (outcome == WITH_OTHERS)
        return answer(rq, m, id);
    return edit(rq, m, id, outcome);
}

static err compose(struct rq *rq, struct making *m)
{
    struct opinion o;
    const struct opinion_compose_input in = { .opinions = { m->sources, m->source_count },
                                              .title = demo_text("opinion_composite") };
    on_day(rq, m->d->today);
    TRY(demo_opinion_be(rq, m->d, m->editor, NULL));
    return opinion_compose(rq, &in, &o);
}

/* A letter that the editor writes down for somebody who does not sign in. */
static err transcribe(struct rq *rq, struct making *m)
{
    struct demo *d = m->d;
    const struct demo_subject *s = &d->subjects[(size_t)2 * OUTCOMES % d->subject_count];
    str place = d->places.items[0];
    struct opinion o;
    const struct opinion_record r = { .title = title_of(demo_fill(d, rq->mem, s->title, place)),
                                      .situation = demo_fill(d, rq->mem, s->situation, place),
                                      .analysis = demo_fill(d, rq->mem, s->analysis, place),
                                      .suggestions =
                                          demo_fill(d, rq->mem, joined(rq, &s->suggestions), place),
                                      .reporter = demo_name(d),
                                      .kind = str_of("station"),
                                      .basis = demo_text("opinion_basis"),
                                      .outcome = str_of("submitted"),
                                      .submitted_on = d->today };
    return opinion_transcribe(rq, &r, &o);
}

/* The first that was kept: its writer makes a proposal of it. */
static err recast(struct rq *rq, struct making *m)
{
    const struct demo_member *member = &m->d->members[KEPT_ONE];
    i64 proposal_id;
    on_day(rq, m->d->today);
    TRY(demo_opinion_be(rq, m->d, member->account_id, member));
    return recast_make_proposal(rq, m->kept, &proposal_id);
}

/* The invitation of a member in the newest commission. */
static err find_invited(struct rq *rq, i64 commission_id, i64 person_id, i64 *id)
{
    struct rows rows;
    TRY(invitation_store_list(rq->db, commission_id, rq->mem, &rows));
    const struct invitation *all = rows.items;
    *id = 0;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].person_id == person_id)
            *id = all[i].id;
    return OK;
}

/* What an invited member does: nothing, writes, writes and sends, declines. */
enum { SILENT, BEGINS, HANDS_IN, DECLINES, INVITED, FIRST_INVITED = 40 };

static err answer_commission(struct rq *rq, struct making *m, i64 commission_id, int what)
{
    const struct demo_member *member = &m->d->members[FIRST_INVITED + what];
    const struct invitation_decline_input no = { .opinion = demo_text("commission_no") };
    i64 id;
    struct opinion o;
    TRY(find_invited(rq, commission_id, member->person_id, &id));
    TRY(demo_opinion_be(rq, m->d, member->account_id, member));
    if (what == DECLINES)
        return demo_opinion_step(rq, &INVITATIONS_FLOW, id, "decline", &no);
    if (what == SILENT)
        return OK;
    TRY(demo_opinion_step(rq, &INVITATIONS_FLOW, id, "write", NULL));
    if (what == BEGINS)
        return OK;
    struct invitation i;
    TRY(invitation_store_find(rq->db, id, rq->mem, &i));
    TRY(opinion_find(rq, i.opinion_id, &o));
    const struct opinion_input in = { .id = o.id,
                                      .version = o.version,
                                      .title = i.title,
                                      .situation = demo_text("commission_situation"),
                                      .analysis = demo_text("commission_analysis"),
                                      .suggestions = demo_text("commission_suggestions") };
    TRY(opinion_save(rq, &in, "save", &o));
    return demo_opinion_step(rq, &OPINIONS_FLOW, o.id, "submit", NULL);
}

/* One that is over, to which nobody wrote, and one that is open. */
static err make_commissions(struct rq *rq, struct making *m)
{
    static const char *const TITLES[] = { "commission_closed", "commission_open" };
    struct commission_input in = { .body = demo_text("commission_body") };
    i64 id = 0;
    for (int what = SILENT; what < INVITED; what++)
        strs_add(rq->mem, &in.audience,
                 arena_printf(rq->mem, "member:%lld",
                              (long long)m->d->members[FIRST_INVITED + what].id));
    for (size_t i = 0; i < sizeof TITLES / sizeof *TITLES; i++) {
        TRY(demo_opinion_be(rq, m->d, m->editor, NULL));
        in.title = demo_text(TITLES[i]);
        TRY(commission_send(rq, &in, &id));
        if (i == 0)
            TRY(demo_opinion_step(rq, &COMMISSIONS_FLOW, id, "close", NULL));
    }
    for (int what = SILENT; what < INVITED; what++)
        TRY(answer_commission(rq, m, id, what));
    return OK;
}

/* How many a year from whom (rules.md 3: 常委 3, others 1); some sectors are short. */
static err make_quotas(struct rq *rq)
{
    static const struct {
        const char *target;
        i64 sent, used, place;
    } ROWS[] = { { "chair", 1, 0, 1 },    { "vice_chair", 1, 0, 2 },
                 { "director", 6, 2, 3 }, { "standing_member", 3, 1, 4 },
                 { "member", 1, 0, 60 },  { "committee", 4, 2, 70 },
                 { "sector", 2, 0, 80 } };
    i64 id;
    int year, month, mday;
    day_to_civil(rq->today, &year, &month, &mday);
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
        TRY(quota_save(rq,
                       &(struct quota_input){ .target = str_of(ROWS[i].target),
                                              .from_year = year - 1,
                                              .sent = ROWS[i].sent,
                                              .used = ROWS[i].used,
                                              .place = ROWS[i].place },
                       &id));
    return OK;
}

err demo_make_opinions(struct rq *rq, void *demo)
{
    struct making m = { .d = demo };
    ids waiting[DEMO_ISSUES];
    i64 now_ms = rq->now_ms, today = rq->today;
    TRY(find_asked(&m));
    TRY(account_create(rq,
                       &(struct account_new){ .login_name = str_of("editor"),
                                              .name = demo_name(m.d),
                                              .password_hash = m.d->hash },
                       &m.editor));
    TRY(account_give_role(rq, m.editor, &(struct holding_new){ .role = str_of("editor") }, NULL));
    for (size_t i = 0; i < ROUNDS * OUTCOMES; i++)
        TRY(make_one(rq, &m, i));
    TRY(compose(rq, &m));
    TRY(transcribe(rq, &m)); /* still the editor, today */
    TRY(make_quotas(rq));
    TRY(make_commissions(rq, &m));
    TRY(recast(rq, &m));
    for (int far = 0; far < DEMO_ISSUES; far++)
        waiting[far] = (ids){ m.waiting[far], m.waiting_count[far] };
    TRY(demo_make_bulletins(rq, m.d, m.editor, waiting));
    rq->now_ms = now_ms;
    rq->today = today;
    return OK;
}
