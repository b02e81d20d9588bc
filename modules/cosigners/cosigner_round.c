/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A round of invitations on the road of its proposal: it begins with proposals.invited, and ends
 * when all have answered, when the time is over, when the lead hands in or calls it back. Who may
 * answer what: cosigner.c. */
#include "modules/cosigners/cosigner.h"
#include "modules/cosigners/cosigner_store.h"
#include "modules/members/member.h"
#include "platform/base/log.h"
#include "platform/jobs/jobs.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

enum { ROUNDS_AT_ONCE = 20 };

static str proposal_url(struct rq *rq, i64 id)
{
    return arena_printf(rq->mem, "/proposals/%lld", (long long)id);
}

static err is_serving(struct rq *rq, i64 person_id, bool *out)
{
    struct member m;
    err e = member_find_by_person(rq, person_id, &m);
    *out = false;
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    return member_is_serving(rq, m.id, rq->today, out);
}

/* The lead; where somebody wrote for him, that one too. */
static err tell_lead(struct rq *rq, const struct proposal *p, const char *text, str more)
{
    struct notify_message message = { .text = text,
                                      .arg = { p->title, more },
                                      .url = proposal_url(rq, p->id) };
    if (p->transcribed_by && p->transcribed_by == p->created_by)
        TRY(notify_send(rq,
                        &(struct notify_to){ .account_id = p->created_by,
                                             .except_account_id = rq->actor->account_id },
                        &message));
    if (p->lead_person_id == 0)
        return OK;
    return notify_send(rq,
                       &(struct notify_to){ .person_id = p->lead_person_id,
                                            .except_account_id = rq->actor->account_id },
                       &message);
}

static err tell_one(struct rq *rq, const struct cosigner *c, const struct notify_message *message)
{
    struct notify_message told = *message;
    told.arg[0] = c->title;
    return notify_send(rq, &(struct notify_to){ .person_id = c->person_id }, &told);
}

static i64 count_in(const struct rows *rows, const char *state)
{
    const struct cosigner *all = rows->items;
    i64 n = 0;
    for (size_t i = 0; i < rows->count; i++)
        n += str_is(all[i].state, state);
    return n;
}

/* ---- it begins ---- */

/* As the profile is now: it may have changed since they were chosen. Judged here, once for all. */
static err check_asked(struct rq *rq, i64 asked)
{
    i64 most = setting_number(rq, "proposals.signers_max");
    i64 quorum = setting_number(rq, "cosigners.quorum");
    if (asked == 0)
        return err_make(ERR_CONFLICT, "cosigners.nobody_serves");
    if (asked + 1 > most) /* with the lead */
        return err_make_with(ERR_CONFLICT, "cosigners.too_many",
                             arena_printf(rq->mem, "%lld", (long long)most), str_of(""));
    if (quorum > asked)
        return err_make_with(ERR_CONFLICT, "cosigners.quorum_short",
                             arena_printf(rq->mem, "%lld", (long long)quorum),
                             arena_printf(rq->mem, "%lld", (long long)(quorum - asked)));
    return OK;
}

/* Who has left since he was chosen is not asked. */
err on_proposal_invited(struct rq *rq, i64 id, const void *fact)
{
    struct proposal p;
    struct cosigner_ask ask;
    struct rows rows;
    i64 asked = 0;
    (void)fact;
    TRY(proposal_find_house(rq, id, &p));
    TRY(cosigner_list_of(rq, id, &rows));
    ask = (struct cosigner_ask){ .title = p.title, .lead_name = p.proposer_name };
    TRY(cosigner_expiry(rq, &ask.expires_at));
    TRY(proposal_text_digest(rq, &p, &ask.digest));
    const struct cosigner *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        bool serving = false;
        TRY(is_serving(rq, all[i].person_id, &serving));
        if (serving)
            TRY(flow_move(rq, &COSIGNERS_FLOW, all[i].id, "ask", &ask));
        else
            TRY(cosigner_store_remove(rq->db, all[i].id));
        asked += serving;
    }
    TRY(check_asked(rq, asked));
    return proposal_set_invited(rq, &p, asked, day_of_ms(ask.expires_at));
}

/* ---- it is called back: the text will change, so no answer to it stands ---- */

static err drop_answers(struct rq *rq, const struct rows *rows,
                        const struct notify_message *message)
{
    const struct cosigner *all = rows->items;
    for (size_t i = 0; i < rows->count; i++) {
        if (str_is(all[i].state, "prepared"))
            continue;
        if (str_is(all[i].state, "asked") || str_is(all[i].state, "cosigned"))
            TRY(tell_one(rq, &all[i], message));
        TRY(flow_move(rq, &COSIGNERS_FLOW, all[i].id, "recall", NULL));
    }
    return OK;
}

err on_proposal_recalled(struct rq *rq, i64 id, const void *fact)
{
    const struct flow_step *step = fact;
    struct proposal p;
    struct rows rows;
    TRY(proposal_find_house(rq, id, &p));
    TRY(cosigner_list_of(rq, id, &rows));
    struct notify_message told = { .text = "cosigners.told_recall",
                                   .arg = { { 0 }, p.proposer_name },
                                   .url = str_of("/cosigners") };
    if (step->opinion.len)
        told.arg[1] = text_format(rq->mem, "cosigners.of", p.proposer_name, step->opinion);
    TRY(drop_answers(rq, &rows, &told));
    return proposal_set_invited(rq, &p, (i64)rows.count, 0);
}

/* ---- it ends ---- */

/* The silent fall off, and who has signed but does not serve any more. */
static err lapse(struct rq *rq, i64 id, struct rows *rows)
{
    TRY(cosigner_list_of(rq, id, rows));
    struct cosigner *all = rows->items;
    for (size_t i = 0; i < rows->count; i++) {
        bool falls = str_is(all[i].state, "asked"), serving = false;
        if (str_is(all[i].state, "cosigned")) {
            TRY(is_serving(rq, all[i].person_id, &serving));
            falls = !serving;
        }
        if (!falls)
            continue;
        TRY(flow_move(rq, &COSIGNERS_FLOW, all[i].id, "lapse", NULL));
        all[i].state = str_of("lapsed");
        TRY(tell_one(rq, &all[i],
                     &(struct notify_message){ .text = "cosigners.told_lapse",
                                               .url = str_of("/cosigners") }));
    }
    return OK;
}

static bool is_too_few(struct rq *rq, const struct rows *rows)
{
    return count_in(rows, "cosigned") < setting_number(rq, "cosigners.quorum");
}

/* Back to the draft, where the lead sees why; who agreed hears that it was not he who called it
 * back. */
static err give_back(struct rq *rq, const struct proposal *p, const char *lead, const char *agreed)
{
    struct rows rows;
    TRY(cosigner_list_of(rq, p->id, &rows));
    TRY(tell_lead(rq, p, lead,
                  arena_printf(rq->mem, "%lld",
                               (long long)setting_number(rq, "cosigners.quorum"))));
    TRY(drop_answers(rq, &rows,
                     &(struct notify_message){ .text = agreed, .url = str_of("/cosigners") }));
    return flow_move(rq, &PROPOSALS_FLOW, p->id, "recall", NULL);
}

/* The site lets the lead send it off himself. */
static err leave_to_lead(struct rq *rq, struct proposal *p)
{
    TRY(proposal_set_invited(rq, p, 0, 0));
    TRY(tell_lead(rq, p, "cosigners.told_complete", str_of("")));
    if (p->lead_person_id == 0)
        return OK;
    struct flow_subject subject = { p->id, p->version, p->state, p->title, str_of(""), p };
    return flow_todo_add(rq, &PROPOSALS_FLOW, &subject,
                         &(struct todo_new){ .holder = "person",
                                             .holder_id = p->lead_person_id,
                                             .verb = "submit",
                                             .url = proposal_url(rq, p->id) });
}

static err give_back_unready(struct rq *rq, struct proposal *p)
{
    struct rows rows;
    TRY(lapse(rq, p->id, &rows));
    return give_back(rq, p, "cosigners.told_not_ready", "cosigners.told_back");
}

static err close_ready(struct rq *rq, struct proposal *p)
{
    struct rows rows;
    bool ready = false;
    TRY(lapse(rq, p->id, &rows));
    if (is_too_few(rq, &rows))
        return give_back(rq, p, "cosigners.told_few", "cosigners.told_back_few");
    TRY(proposal_is_ready(rq, p, &ready)); /* the lead has left, or limits have changed since */
    if (!ready)
        return give_back_unready(rq, p);
    if (!setting_on(rq, "cosigners.auto_submit"))
        return leave_to_lead(rq, p);
    return flow_move(rq, &PROPOSALS_FLOW, p->id, "gather", NULL);
}

/* context: the proposal's id. */
static err close_one(struct rq *rq, void *context)
{
    struct proposal p;
    TRY(proposal_find_house(rq, *(const i64 *)context, &p));
    return close_ready(rq, &p);
}

static err give_back_one(struct rq *rq, void *context)
{
    struct proposal p;
    TRY(proposal_find_house(rq, *(const i64 *)context, &p));
    return give_back_unready(rq, &p);
}

/* A round that cannot be closed, whatever it lacks, must not hold up the last answer or others. */
static err close_round(struct rq *rq, i64 id)
{
    err e = job_part(rq, close_one, &id);
    if (e.code == ERR_NONE || db_may_retry(e))
        return e;
    log_note(LOG_WARN, "cosigners.round", "name", str_of(e.name));
    return job_part(rq, give_back_one, &id);
}

err on_cosigner_answered(struct rq *rq, i64 id, const void *fact)
{
    const struct flow_step *step = fact;
    const struct cosigner *c = step->subject->row;
    struct proposal p;
    struct rows rows;
    bool agrees = str_is(step->to, "cosigned");
    (void)id;
    TRY(proposal_find_house(rq, c->proposal_id, &p));
    TRY(cosigner_list_of(rq, p.id, &rows));
    i64 open = count_in(&rows, "asked");
    TRY(proposal_set_invited(rq, &p, open, p.due_on));
    TRY(tell_lead(rq, &p, agrees ? "cosigners.told_yes" : "cosigners.told_no", c->name));
    return open ? OK : close_round(rq, p.id);
}

/* Who has agreed signs, in the order that the lead gave. */
err on_proposal_submitted(struct rq *rq, i64 id, const void *fact)
{
    const struct flow_step *step = fact;
    struct proposal p;
    struct rows rows;
    size_t count = 0;
    if (!str_is(step->from, "cosigning"))
        return OK;
    TRY(proposal_find_house(rq, id, &p));
    TRY(lapse(rq, id, &rows));
    if (is_too_few(rq, &rows)) /* handed in by the lead before the time is over */
        return err_make_with(ERR_CONFLICT, "cosigners.quorum",
                             arena_printf(rq->mem, "%lld",
                                          (long long)setting_number(rq, "cosigners.quorum")),
                             str_of(""));
    const struct cosigner *all = rows.items;
    struct proposal_signer *signers = arena_array(rq->mem, rows.count + 1, sizeof *signers);
    for (size_t i = 0; i < rows.count; i++) {
        if (!str_is(all[i].state, "cosigned"))
            continue;
        signers[count++] = (struct proposal_signer){ .person_id = all[i].person_id,
                                                     .asked_at = all[i].asked_at,
                                                     .answered_at = all[i].answered_at,
                                                     .name = all[i].name,
                                                     .contact = all[i].contact };
        TRY(tell_one(rq, &all[i],
                     &(struct notify_message){ .text = "cosigners.told_submit",
                                               .url = proposal_url(rq, id) }));
    }
    TRY(proposal_set_signers(rq, &p, signers, count));
    return strcmp(step->action->may, FLOW_SYSTEM) == 0
               ? tell_lead(rq, &p, "cosigners.told_gather", proposal_number(rq, &p))
               : OK;
}

/* Every minute, with the house's clock. */
err job_cosigner_expire(struct rq *rq, bool *again)
{
    struct rows rows;
    size_t closed = 0;
    TRY(cosigner_store_list_due(rq->db, rq->now_ms, ROUNDS_AT_ONCE, rq->mem, &rows));
    const struct cosigner_due *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        err e = close_round(rq, all[i].proposal_id);
        if (db_may_retry(e))
            return e;
        closed += e.code == ERR_NONE;
    }
    *again = closed == ROUNDS_AT_ONCE;
    return OK;
}
