/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Roads of the demo's cases beside the straight one: called back, turned away, withdrawn, merged,
 * on trial, contested, talked over. The straight one: demo_cases.c. */
#include "modules/cosigners/cosigner.h"
#include "modules/disputes/dispute_store.h"
#include "modules/drafts/draft.h"
#include "modules/members/member.h"
#include "modules/preassignments/preassignment.h"
#include "modules/preassignments/preassignment_store.h"
#include "modules/recasts/recast.h"
#include "modules/referrals/referral_rules.h"
#include "server/demo_acting.h"

enum { SIGNERS_MAX = 5, ANSWER_MS = 25 * 60000 };

/* ---- signing together ---- */

/* How many of the sector sign together, the lead with them; each of them serves on that day. */
static err signers_of(struct acting *a)
{
    size_t least = a->c->road == SILENT ? 4 : 2;
    size_t most = least + (size_t)demo_dice(a, SIGNERS_MAX - (i64)least + 1), n = 1;
    for (bool serving = true; n < most; n += serving) {
        TRY(member_is_serving(a->rq, a->demo->members[demo_signer(a, n)].id, a->rq->today,
                              &serving));
        if (!serving)
            break;
    }
    a->c->signers = (unsigned char)n;
    return OK;
}

/* Within the hours that they have; one may decline, on one road the last one never answers. The
 * last answer hands it in. */
static err answer_invitations(struct acting *a)
{
    struct rows rows;
    TRY(cosigner_list_of(a->rq, a->c->id, &rows));
    const struct cosigner *all = rows.items;
    bool silent = a->c->road == SILENT && rows.count > 1;
    size_t answer = rows.count - silent;
    for (size_t i = 0; i < answer; i++) {
        bool last = i + 1 == answer;
        bool declines = last && (silent || demo_dice(a, 4) == 0);
        struct cosigner_decline_input why = { .id = all[i].id };
        a->rq->now_ms += ANSWER_MS;
        demo_be_signer(a, i + 1);
        TRY(demo_act(a, &COSIGNERS_FLOW, all[i].id, declines ? "decline" : "cosign",
                     declines ? &why : NULL));
        a->c->signers = (unsigned char)(a->c->signers - declines);
    }
    a->c->signers = (unsigned char)(a->c->signers - silent);
    a->c->at = a->rq->now_ms;
    demo_later(a, silent ? 0 : 1, silent ? 0 : 4, silent ? GATHER : SCREEN);
    return OK;
}

err demo_write_joint(struct acting *a, const struct proposal_input *in)
{
    struct proposal p;
    i64 asked[SIGNERS_MAX];
    size_t n = 0;
    TRY(signers_of(a));
    for (; n + 1 < a->c->signers; n++)
        asked[n] = a->demo->members[demo_signer(a, n + 1)].id;
    TRY(draft_save(a->rq, in, "save", &p));
    a->c->id = p.id;
    if (n == 0) { /* nobody serves beside him */
        demo_later(a, 0, 2, SUBMIT);
        return OK;
    }
    TRY(cosigner_add(a->rq, p.id, &(ids){ asked, n }));
    TRY(demo_act(a, &PROPOSALS_FLOW, p.id, "invite", NULL));
    if (a->c->road != RECALLED)
        return answer_invitations(a);
    a->rq->now_ms += ANSWER_MS;
    a->c->at = a->rq->now_ms;
    TRY(demo_act(a, &PROPOSALS_FLOW, p.id, "recall",
                 &(struct proposal_reason_input){ p.id, in->title }));
    demo_later(a, 0, 1, INVITE_AGAIN);
    return OK;
}

err demo_invite_again(struct acting *a)
{
    demo_be_signer(a, 0);
    TRY(demo_act(a, &PROPOSALS_FLOW, a->c->id, "invite", NULL));
    return answer_invitations(a);
}

/* The lead does not wait longer for who is silent. */
err demo_gather(struct acting *a)
{
    demo_be_signer(a, 0);
    TRY(demo_act(a, &PROPOSALS_FLOW, a->c->id, "submit",
                 &(struct proposal_submit_input){
                     .id = a->c->id, .confirmed = true, .unanswered = true }));
    demo_later(a, 1, 4, SCREEN);
    return OK;
}

/* ---- turned away ---- */

static err told(struct acting *a)
{
    struct proposal_inform_input in = { a->c->id, a->rq->today, demo_said(a, "inform") };
    if (a->c->road == UNREACHED)
        return OK;
    demo_be_office(a, a->demo->staff);
    err e = demo_act(a, &PROPOSALS_FLOW, a->c->id, "inform", &in);
    return e.code == ERR_CONFLICT || e.code == ERR_FORBIDDEN ? OK : e; /* the house reached them */
}

err demo_divert(struct acting *a)
{
    struct proposal_divert_input in = { a->c->id, str_of("letter"), demo_said(a, "divert") };
    demo_be_office(a, a->demo->reviewer);
    TRY(demo_act(a, &PROPOSALS_FLOW, a->c->id, "divert", &in));
    TRY(told(a));
    if (!a->c->collective) /* it might rather be an opinion: its lead has not answered yet */
        TRY(recast_ask(a->rq, a->c->id, str_of("")));
    demo_later(a, 2, 6, REFER);
    return OK;
}

/* What the review sent that way, its lead makes an opinion. */
static err recast(struct acting *a, str destination)
{
    i64 opinion_id;
    if (!str_is(destination, "opinion") || a->c->collective || a->c->road == UNREACHED)
        return OK;
    demo_be_writer(a);
    return recast_make_opinion(a->rq, a->c->id, &opinion_id);
}

err demo_reject(struct acting *a)
{
    static const char *const REASONS[] = { "academic", "private", "empty", "litigation",
                                           "promotion" };
    struct proposal_reject_input in = { .id = a->c->id,
                                        .reason = str_of(REASONS[demo_dice(a, 5)]),
                                        .destination =
                                            str_of(demo_dice(a, 2) ? "opinion" : "letter"),
                                        .opinion = demo_said(a, "reject") };
    demo_be_office(a, a->demo->reviewer);
    TRY(demo_act(a, &PROPOSALS_FLOW, a->c->id, "reject", &in));
    TRY(told(a));
    TRY(recast(a, in.destination));
    demo_later(a, 2, 9, demo_dice(a, 3) || a->c->road == UNREACHED ? ARCHIVE : REFER);
    return OK;
}

err demo_refer(struct acting *a)
{
    struct refer_input in = { a->c->id, demo_agency_id(a->demo, demo_subject_of(a)->host),
                              demo_said(a, "refer") };
    demo_be_office(a, a->demo->reviewer);
    TRY(referral_add(a->rq, a->c->id, &in, &a->c->thing));
    demo_later(a, 4, 20, NOTE);
    return OK;
}

err demo_note(struct acting *a)
{
    struct note_input in = { a->c->thing, 1, demo_said(a, "noted") };
    demo_be_agency(a, demo_agency_id(a->demo, demo_subject_of(a)->host));
    TRY(referral_note(a->rq, a->c->thing, &in));
    demo_later(a, 100, 300, ARCHIVE);
    return OK;
}

/* ---- withdrawn ---- */

err demo_ask_withdraw(struct acting *a)
{
    demo_be_writer(a);
    TRY(demo_act(a, &PROPOSALS_FLOW, a->c->id, "ask_withdraw",
                 &(struct proposal_reason_input){ a->c->id, demo_said(a, "withdraw_ask") }));
    demo_later(a, 2, 6, WITHDRAW);
    return OK;
}

err demo_withdraw(struct acting *a)
{
    bool kept = a->c->road == KEPT;
    demo_be_office(a, a->demo->reviewer);
    TRY(demo_act(a, &PROPOSALS_FLOW, a->c->id, kept ? "keep" : "withdraw",
                 &(struct proposal_reason_input){ a->c->id,
                                                  demo_said(a, kept ? "keep" : "withdraw") }));
    demo_later(a, kept ? 1 : 100, kept ? 6 : 200, kept ? ASSIGN : ARCHIVE);
    return OK;
}

/* ---- merged ---- */

/* Into the last one of its subject, while that is not handed out. */
err demo_merge(struct acting *a)
{
    i64 main_id = a->cases->docketed[a->c->subject].id;
    demo_be_office(a, a->demo->reviewer);
    err e = demo_act(a, &PROPOSALS_FLOW, a->c->id, "merge",
                     &(struct proposal_merge_input){ a->c->id, main_id, demo_said(a, "merge") });
    if (e.code == ERR_CONFLICT) { /* it is gone, or of another session */
        demo_later(a, 3, 18, ASSIGN);
        return OK;
    }
    TRY(e);
    if (a->c->road == UNMERGED) {
        demo_later(a, 1, 2, UNMERGE);
        return OK;
    }
    if ((size_t)main_id < a->cases->merged_size)
        a->cases->merged[main_id] = 1;
    demo_end(a);
    return OK;
}

err demo_unmerge(struct acting *a)
{
    demo_be_office(a, a->demo->reviewer);
    err e = demo_act(a, &PROPOSALS_FLOW, a->c->id, "unmerge",
                     &(struct proposal_reason_input){ a->c->id, demo_said(a, "unmerge") });
    if (e.code == ERR_CONFLICT) { /* too late: the main one is handed out */
        demo_end(a);
        return OK;
    }
    TRY(e);
    demo_later(a, 3, 18, ASSIGN);
    return OK;
}

/* ---- on trial ---- */

err demo_trial(struct acting *a)
{
    struct proposal_assign_input in;
    i64 cohosts[8];
    TRY(demo_hand_out(a, &in, cohosts));
    demo_be_office(a, a->demo->dispatcher);
    TRY(demo_act(a, &PROPOSALS_FLOW, a->c->id, "preassign", &in));
    demo_later(a, 0, 1, TRIAL_ANSWER);
    return OK;
}

static err list_trial(struct acting *a, struct rows *rows)
{
    return preassignment_store_list_of(a->rq->db, a->c->id, 0, a->rq->mem, rows);
}

err demo_tried(struct acting *a, struct proposal_assign_input *in)
{
    struct rows rows;
    if (a->c->step != ASSIGN)
        return OK;
    TRY(list_trial(a, &rows));
    if (rows.count == 0)
        return OK;
    const struct preassignment *all = rows.items;
    struct assignment_new *to = arena_array(a->rq->mem, rows.count, sizeof *to);
    for (size_t i = 0; i < rows.count; i++)
        to[i] = (struct assignment_new){ all[i].agency_id, arena_cstr(a->rq->mem, all[i].role), 0 };
    *in = (struct proposal_assign_input){ .id = a->c->id,
                                          .agencies = to,
                                          .agency_count = rows.count };
    return OK;
}

static err agree(struct acting *a, const struct preassignment *p)
{
    demo_be_agency(a, p->agency_id);
    return demo_act(a, &PREASSIGNMENTS_FLOW, p->id, "agree", &(struct agree_input){ p->id });
}

err demo_trial_answer(struct acting *a)
{
    bool objects = a->c->road == OBJECTED || a->c->road == MOVED;
    struct rows rows;
    TRY(list_trial(a, &rows));
    const struct preassignment *all = rows.items;
    for (size_t i = objects; i < rows.count; i++)
        TRY(agree(a, &all[i]));
    if (objects && rows.count > 0) {
        struct object_input in = { all[0].id, demo_said(a, "object"), str_of("") };
        demo_be_agency(a, all[0].agency_id);
        TRY(demo_act(a, &PREASSIGNMENTS_FLOW, all[0].id, "object", &in));
    }
    demo_later(a, 1, 6, objects ? TRIAL_SETTLE : ASSIGN);
    return OK;
}

/* Another agency than those that are asked. */
static i64 another(struct acting *a, const struct rows *rows)
{
    const struct preassignment *all = rows->items;
    for (;;) {
        i64 id = a->demo->agencies[2 + (size_t)demo_dice(a, 40)].id;
        bool there = false;
        for (size_t i = 0; i < rows->count; i++)
            there = there || all[i].agency_id == id;
        if (!there)
            return id;
    }
}

err demo_trial_settle(struct acting *a)
{
    struct rows rows;
    TRY(list_trial(a, &rows));
    const struct preassignment *p = rows.items;
    demo_be_office(a, a->demo->dispatcher);
    if (a->c->road == OBJECTED) {
        TRY(demo_act(a, &PREASSIGNMENTS_FLOW, p->id, "settle",
                     &(struct settle_input){ p->id, demo_said(a, "agreed") }));
    } else {
        struct move_input in = { p->id, p->version, another(a, &rows), demo_said(a, "moved") };
        TRY(preassignment_move(a->rq, p->id, &in));
        TRY(list_trial(a, &rows));
        const struct preassignment *all = rows.items;
        for (size_t i = 0; i < rows.count; i++)
            if (str_is(all[i].state, "asked"))
                TRY(agree(a, &all[i]));
    }
    demo_later(a, 1, 5, ASSIGN);
    return OK;
}

/* ---- given back, contested ---- */

err demo_bounce(struct acting *a)
{
    struct assignment x;
    TRY(demo_host(a, &x));
    struct bounce_input in = { .id = x.id,
                               .advice = str_of("instead"),
                               .opinion = demo_said(a, "bounce") };
    struct rows rows;
    TRY(assignment_list_of(a->rq, "proposals", a->c->id, &rows));
    const struct assignment *all = rows.items;
    while (in.better_agency_id == 0) {
        in.better_agency_id = a->demo->agencies[2 + (size_t)demo_dice(a, 40)].id;
        for (size_t i = 0; i < rows.count; i++)
            if (all[i].agency_id == in.better_agency_id)
                in.better_agency_id = 0;
    }
    a->c->thing = in.better_agency_id;
    demo_be_agency(a, x.agency_id);
    TRY(demo_act(a, &ASSIGNMENTS_FLOW, x.id, "bounce", &in));
    demo_later(a, 1, 6, REASSIGN);
    return OK;
}

static err decide(struct acting *a, bool moves, str decided_by)
{
    struct assignment x;
    TRY(demo_host(a, &x));
    demo_be_office(a, a->demo->dispatcher);
    if (moves)
        return demo_act(a, &ASSIGNMENTS_FLOW, x.id, "reassign",
                        &(struct reassign_input){ .id = x.id,
                                                  .agency_id = a->c->thing,
                                                  .opinion = demo_said(a, "moved"),
                                                  .decided_by = decided_by });
    return demo_act(a, &ASSIGNMENTS_FLOW, x.id, "uphold",
                    &(struct reason_input){ x.id, demo_said(a, "decided"), decided_by });
}

err demo_reassign(struct acting *a)
{
    bool contested = a->c->road == CONTESTED_UPHELD || a->c->road == CONTESTED_MOVED;
    TRY(decide(a, a->c->road == BOUNCED, str_of("")));
    demo_later(a, 1, 3, contested ? DISPUTE : ACCEPT);
    return OK;
}

err demo_dispute(struct acting *a)
{
    struct assignment x;
    TRY(demo_host(a, &x));
    demo_be_agency(a, x.agency_id);
    TRY(demo_act(a, &ASSIGNMENTS_FLOW, x.id, "dispute",
                 &(struct dispute_input){ x.id, a->c->thing, demo_said(a, "dispute") }));
    demo_later(a, 2, 5, HEAR);
    return OK;
}

err demo_hear(struct acting *a)
{
    struct assignment x;
    struct dispute d;
    TRY(demo_host(a, &x));
    TRY(dispute_store_find_of(a->rq->db, x.id, a->rq->mem, &d));
    demo_be_office(a, a->demo->dispatcher);
    TRY(demo_act(a, &DISPUTES_FLOW, d.id, "hear",
                 &(struct hear_input){ d.id, a->rq->today, demo_said(a, "hear_present"),
                                       demo_said(a, "hear_record") }));
    demo_later(a, 1, 3, SETTLE_DISPUTE);
    return OK;
}

err demo_settle_dispute(struct acting *a)
{
    str by = demo_said(a, "decider");
    TRY(decide(a, a->c->road == CONTESTED_MOVED, by));
    demo_later(a, 1, 3, ACCEPT);
    return OK;
}

/* ---- answered badly ---- */

static err redraft_one(struct acting *a, const struct assignment *x)
{
    if (!str_is(x->state, "drafted") || !demo_answers(x))
        return OK;
    demo_be_agency(a, x->agency_id);
    return demo_act(a, &ASSIGNMENTS_FLOW, x->id, "redraft",
                    &(struct reason_input){ .id = x->id, .opinion = demo_said(a, "redraft") });
}

err demo_redraft(struct acting *a)
{
    TRY(demo_each(a, redraft_one));
    demo_later(a, 1, 4, REPLY_AGAIN);
    return OK;
}

err demo_mediate(struct acting *a)
{
    demo_be_office(a, a->demo->reviewer);
    TRY(demo_act(a, &PROPOSALS_FLOW, a->c->id, "mediate",
                 &(struct proposal_reason_input){ a->c->id, demo_said(a, "mediate") }));
    demo_later(a, 3, 10, SETTLE);
    return OK;
}

err demo_settle(struct acting *a)
{
    bool agreed = demo_dice(a, 3) > 0;
    struct proposal_settle_input in = { .id = a->c->id,
                                        .held_on = a->rq->today,
                                        .place = demo_said(a, "hall"),
                                        .present = demo_said(a, "settle_present"),
                                        .agency_said = demo_said(a, "settle_agency"),
                                        .proposer_said = demo_said(a, "settle_proposer"),
                                        .result = str_of(agreed ? "agreed" : "explained"),
                                        .satisfaction = str_of(agreed ? "fair" : "dissatisfied"),
                                        .opinion = demo_said(a, "settle_opinion") };
    demo_be_office(a, a->demo->reviewer);
    TRY(demo_act(a, &PROPOSALS_FLOW, a->c->id, "settle", &in));
    demo_later(a, 60, 160, KEEP);
    return OK;
}
