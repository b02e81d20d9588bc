/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_proposals.h. */
#include "tests/matrix/world_proposals.h"

#include "platform/base/str.h"
#include "tests/matrix/roads.h"
#include "tests/matrix/rules.h"
#include "tests/matrix/world_accounts.h"

enum { STEPS = 16 };

static void ask_withdraw(struct road *m)
{
    road_on_proposal(m, MEMBER_JOB, "ask_withdraw",
                     arena_printf(m->w->t->mem, "{\"opinion\":\"%sIt is solved.\"}", m->mark));
}

static void withdraw(struct road *m)
{
    road_on_proposal(m, REVIEWER_JOB, "withdraw", str_of("{}"));
}

static void divert(struct road *m)
{
    road_on_proposal(m, REVIEWER_JOB, "divert",
                     str_of("{\"destination\":\"letter\",\"opinion\":\"One street only.\"}"));
}

static void mediate(struct road *m)
{
    road_on_proposal(m, REVIEWER_JOB, "mediate",
                     arena_printf(m->w->t->mem, "{\"opinion\":\"%sTalk about the stop.\"}",
                                  m->mark));
}

static void merge(struct road *m)
{
    road_on_proposal(m, REVIEWER_JOB, "merge",
                     arena_printf(m->w->t->mem, "{\"main_id\":%lld,\"opinion\":\"%sOne bridge.\"}",
                                  (long long)m->w->thing[m->set][MAIN], m->mark));
}

static const struct {
    int thing;
    road_step *steps[STEPS]; /* ended by NULL */
} ROADS[] = {
    { DRAFT, { road_draft_attached } },
    { SUBMITTED, { road_draft_attached, road_submit } },
    { REVISING, { road_draft, road_submit, road_revise } },
    { DOCKETED, { road_draft, road_submit, road_docket } },
    { ASSIGNED, { road_draft_attached, road_submit, road_docket, road_assign } },
    { ACCEPTED, { road_draft, road_submit, road_docket, road_assign, road_accept, road_contact } },
    { BOUNCING, { road_draft, road_submit, road_docket, road_assign, road_bounce } },
    { EXTENDING, { road_draft, road_submit, road_docket, road_assign, road_accept, road_extend } },
    { DRAFTED,
      { road_draft, road_submit, road_docket, road_assign, road_accept, road_contact,
        road_reply } },
    { REPLIED,
      { road_draft, road_submit, road_docket, road_assign, road_accept, road_contact, road_reply,
        road_sign } },
    { REDOABLE,
      { road_draft, road_submit, road_docket, road_assign, road_accept, road_contact, road_reply,
        road_sign, road_evaluate } },
    { COHOST, { road_draft, road_submit, road_docket, road_assign_cohost, road_accept } },
    { CLOSED,
      { road_draft, road_submit, road_docket, road_assign, road_accept, road_contact, road_reply,
        road_sign, road_evaluate_well } },
    { REDOING,
      { road_draft, road_submit, road_docket, road_assign, road_accept, road_contact, road_reply,
        road_sign, road_evaluate, road_redo } },
    { PRIVATE, { road_draft_private, road_submit, road_docket, road_assign } },
    { REJECTED, { road_draft, road_submit, road_reject } },
    { UNREACHED, { road_transcribe, road_submit_transcribed, road_reject } },
    { TRANSCRIBED, { road_transcribe } },
    { ASKED_BACK, { road_draft, road_submit, road_docket, ask_withdraw } },
    { WITHDRAWN, { road_draft, road_submit, road_docket, road_assign, ask_withdraw, withdraw } },
    { DIVERTED, { road_draft, road_submit, divert } },
    { MAIN, { road_draft, road_submit, road_docket } },
    { MERGED, { road_draft, road_submit, merge } },
    { MEDIATABLE,
      { road_draft, road_submit, road_docket, road_assign, road_accept, road_contact, road_reply,
        road_sign, road_evaluate, road_redo, road_contact, road_reply, road_sign, road_evaluate } },
    { MEDIATING,
      { road_draft, road_submit, road_docket, road_assign, road_accept, road_contact, road_reply,
        road_sign, road_evaluate, road_redo, road_contact, road_reply, road_sign, road_evaluate,
        mediate } },
};

static err view_make(struct rq *rq, struct world *w, int set)
{
    i64 account_id = w->thing[set][ACCOUNT], now = rq->now_ms;
    str words = str_of(set == SET_FOREIGN ? "CANARY-WORDS" : "Words");
    return db_insert(rq->db,
                     SQL("INSERT INTO list_views (org_id, account_id, list, name, query, saved_at) "
                         "VALUES (:org, :account_id, 'proposals', :words, '', :now) RETURNING id",
                         P(account_id), P(words), P(now)),
                     &w->thing[set][PROPOSAL_VIEW]);
}

static void proposals_make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, view_make);
    for (int set = 0; set < SETS; set++)
        for (size_t i = 0; i < sizeof ROADS / sizeof *ROADS; i++)
            road_walk(w, set, ROADS[i].thing, ROADS[i].steps);
}

static i64 proposals_version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM proposals WHERE org_id = :org AND id = :id",
                            P(id)));
}

static const struct thing THINGS_OWN[] = {
    { DRAFT, "draft", NULL, false },
    { SUBMITTED, "submitted", "submitted", false },
    { REVISING, "revising", NULL, false },
    { DOCKETED, "docketed", NULL, false },
    { ASSIGNED, "assigned", NULL, false },
    { ACCEPTED, "accepted", NULL, false },
    { BOUNCING, "bouncing", NULL, false },
    { EXTENDING, "extending", NULL, false },
    { DRAFTED, "drafted", NULL, false },
    { REPLIED, "replied", NULL, false },
    { REDOABLE, "redoable", NULL, false },
    { COHOST, "cohost", NULL, false },
    { CLOSED, "closed", NULL, false },
    { REDOING, "redoing", NULL, false },
    { PRIVATE, "private", NULL, false },
    { REJECTED, "rejected", NULL, false },
    { UNREACHED, "unreached", NULL, false },
    { TRANSCRIBED, "transcribed", NULL, false },
    { ASKED_BACK, "asked_back", NULL, false },
    { WITHDRAWN, "withdrawn", NULL, false },
    { DIVERTED, "diverted", NULL, false },
    { MEDIATABLE, "mediatable", NULL, false },
    { MEDIATING, "mediating", NULL, false },
    { MAIN, "main", "main", false },
    { MERGED, "merged", "merged", false },
    { PROPOSAL_VIEW, "view", NULL, false },
    { 0 },
};

const struct part PART_OF_PROPOSALS = { .name = "proposals",
                                        .specimens = SPECIMENS_PROPOSALS,
                                        .things = THINGS_OWN,
                                        .make = proposals_make,
                                        .version = proposals_version,
                                        .own = rules_proposals_own };
