/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of invitations: whom the lead may choose, and what each of them may answer until when. What
 * happens when all have answered or the time is over: cosigner_round.c. */
#include "modules/cosigners/cosigner.h"

#include "modules/cosigners/cosigner_store.h"
#include "modules/members/member.h"
#include "modules/orgs/org.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

enum { HOUR_MS = 3600 * 1000 };

static void fault(struct rq *rq, const char *name, str more)
{
    rq_fault(rq, "members", name, more, str_of(""));
}

/* ---- choosing ---- */

err cosigner_find_case(struct rq *rq, i64 proposal_id, struct proposal *out)
{
    bool speaks = false;
    TRY(proposal_find(rq, proposal_id, out));
    TRY(proposal_speaks_for(rq, out, &speaks));
    return speaks ? OK : err_make(ERR_FORBIDDEN, "cosigners.not_lead");
}

err cosigner_find_draft(struct rq *rq, i64 proposal_id, struct proposal *out)
{
    TRY(cosigner_find_case(rq, proposal_id, out));
    return str_is(out->state, "draft") ? OK : err_make(ERR_CONFLICT, "cosigners.not_draft");
}

err cosigner_list_of(struct rq *rq, i64 proposal_id, struct rows *out)
{
    return cosigner_store_list(rq->db, proposal_id, rq->mem, out);
}

static bool is_chosen(const struct rows *rows, i64 person_id)
{
    const struct cosigner *all = rows->items;
    for (size_t i = 0; i < rows->count; i++)
        if (all[i].person_id == person_id)
            return true;
    return false;
}

/* A serving member of this organisation, not the lead himself. */
static err find_member(struct rq *rq, const struct proposal *p, i64 id, struct member *out)
{
    bool serving = false;
    err e = member_find(rq, id, out);
    if (e.code == ERR_NOT_FOUND) {
        fault(rq, "cosigners.no_member", str_of(""));
        return OK;
    }
    TRY(e);
    TRY(member_is_serving(rq, id, rq->today, &serving));
    if (!serving)
        fault(rq, "cosigners.not_member", out->name);
    else if (out->person_id == p->lead_person_id)
        fault(rq, "cosigners.self", str_of(""));
    return OK;
}

static err check_count(struct rq *rq, size_t count)
{
    i64 most = setting_number(rq, "proposals.signers_max");
    if ((i64)count + 1 > most) /* with the lead */
        fault(rq, "cosigners.too_many", arena_printf(rq->mem, "%lld", (long long)most));
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

/* Puts them at their places, counted from 1, and tells the proposal how many there are. */
static err put_order(struct rq *rq, const struct proposal *p, const struct rows *rows)
{
    const struct cosigner *all = rows->items;
    for (size_t i = 0; i < rows->count; i++)
        if (all[i].rank != (i64)i + 1)
            TRY(cosigner_store_set_rank(rq->db, &all[i], (i64)i + 1));
    return proposal_set_invited(rq, p, (i64)rows->count, 0);
}

static err list_again(struct rq *rq, const struct proposal *p)
{
    struct rows rows;
    TRY(cosigner_list_of(rq, p->id, &rows));
    return put_order(rq, p, &rows);
}

static err add_one(struct rq *rq, const struct proposal *p, const struct member *m, i64 rank)
{
    struct cosigner *c = arena_zero(rq->mem, sizeof *c);
    *c = (struct cosigner){ .proposal_id = p->id,
                            .rank = rank,
                            .person_id = m->person_id,
                            .name = m->name,
                            .contact = m->employer,
                            .state = str_of("prepared"),
                            .version = 1 };
    TRY(cosigner_store_add(rq->db, c, &c->id));
    struct flow_subject subject = { c->id, c->version, c->state, p->title, str_of(""), c };
    return flow_begin(rq, &COSIGNERS_FLOW, &subject, NULL);
}

err cosigner_add(struct rq *rq, i64 proposal_id, const ids *members)
{
    struct proposal p;
    struct rows rows;
    TRY(cosigner_find_draft(rq, proposal_id, &p));
    TRY(cosigner_list_of(rq, proposal_id, &rows));
    struct member *fresh = arena_array(rq->mem, members->count + 1, sizeof *fresh);
    size_t count = 0;
    for (size_t i = 0; i < members->count; i++) {
        bool twice = false;
        TRY(find_member(rq, &p, members->items[i], &fresh[count]));
        for (size_t k = 0; k < count; k++)
            twice = twice || fresh[k].id == fresh[count].id;
        if (!twice && !is_chosen(&rows, fresh[count].person_id))
            count++;
    }
    TRY(check_count(rq, rows.count + count));
    for (size_t i = 0; i < count; i++)
        TRY(add_one(rq, &p, &fresh[i], (i64)(rows.count + i) + 1));
    return list_again(rq, &p);
}

/* Its place in the list; the count where it is not there. */
static size_t place_of(const struct rows *rows, i64 cosigner_id)
{
    const struct cosigner *all = rows->items;
    size_t at = 0;
    while (at < rows->count && all[at].id != cosigner_id)
        at++;
    return at;
}

err cosigner_remove(struct rq *rq, i64 proposal_id, i64 cosigner_id)
{
    struct proposal p;
    struct rows rows;
    TRY(cosigner_find_draft(rq, proposal_id, &p));
    TRY(cosigner_list_of(rq, proposal_id, &rows));
    if (place_of(&rows, cosigner_id) == rows.count)
        return err_make(ERR_NOT_FOUND, "cosigners.not_found");
    TRY(cosigner_store_remove(rq->db, cosigner_id));
    return list_again(rq, &p);
}

err cosigner_move(struct rq *rq, i64 proposal_id, i64 cosigner_id, i64 rank)
{
    struct proposal p;
    struct rows rows;
    TRY(cosigner_find_draft(rq, proposal_id, &p));
    TRY(cosigner_list_of(rq, proposal_id, &rows));
    size_t from = place_of(&rows, cosigner_id);
    if (from == rows.count)
        return err_make(ERR_NOT_FOUND, "cosigners.not_found");
    size_t to = rank > (i64)rows.count ? rows.count - 1 : (size_t)(rank - 1);
    struct cosigner *all = rows.items, moved = all[from];
    if (to > from)
        memmove(all + from, all + from + 1, (to - from) * sizeof *all);
    else
        memmove(all + to + 1, all + to, (from - to) * sizeof *all);
    all[to] = moved;
    return put_order(rq, &p, &rows);
}

/* ---- days and sight ---- */

err cosigner_hours(struct rq *rq, i64 *hours)
{
    struct session session;
    err e = session_on(rq, rq->today, &session);
    if (e.code != ERR_NOT_FOUND)
        TRY(e);
    bool plenary = e.code == ERR_NONE && strcmp(session_timing(&session, rq->today), "during") == 0;
    *hours = setting_number(rq, plenary ? "cosigners.plenary_hours" : "cosigners.between_hours");
    return OK;
}

err cosigner_expiry(struct rq *rq, i64 *expires_at)
{
    struct session session; /* without one nothing can be handed in */
    i64 hours = 0;
    TRY(session_on(rq, rq->today, &session));
    TRY(cosigner_hours(rq, &hours));
    *expires_at = rq->now_ms + hours * HOUR_MS;
    return OK;
}

err cosigner_sees_answers(struct rq *rq, const struct proposal *p, bool *answers, bool *reasons)
{
    bool sent = !str_is(p->state, "draft") && !str_is(p->state, "cosigning");
    bool speaks = false;
    TRY(proposal_speaks_for(rq, p, &speaks));
    *reasons = p->lead_person_id && p->lead_person_id == rq->actor->person_id;
    *answers = speaks || *reasons ||
               (sent && actor_scope(rq->actor, "proposals.read_pending") == SCOPE_ORG);
    return OK;
}

err cosigner_shows_text(struct rq *rq, const struct cosigner *c, struct proposal *out, bool *shows)
{
    bool own = c->person_id == rq->actor->person_id && c->person_id > 0;
    TRY(proposal_find_house(rq, c->proposal_id, out));
    *shows = own && str_is(out->state, "cosigning") &&
             (str_is(c->state, "cosigned") ||
              (str_is(c->state, "asked") && rq->now_ms <= c->expires_at));
    return OK;
}

const char *cosigner_tone(str state)
{
    const struct flow_state *s = flow_state_find(&COSIGNERS_FLOW, state);
    return s ? s->tone : "idle";
}

/* ---- the flow's own functions ---- */

/* The house itself sees every row; a person those that the list shows him. */
static err find(struct rq *rq, i64 id, struct cosigner *out)
{
    if (rq->actor->account_id)
        TRY(list_find(rq, &COSIGNER_LIST, id, out));
    err e = cosigner_store_find(rq->db, id, rq->mem, out);
    return e.code == ERR_NOT_FOUND ? err_make(ERR_NOT_FOUND, "cosigners.not_found") : e;
}

err cosigner_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct cosigner *c = arena_zero(rq->mem, sizeof *c);
    TRY(find(rq, id, c));
    *out = (struct flow_subject){ c->id, c->version, c->state, c->title, str_of(""), c };
    return OK;
}

/* Also writes what the effects below changed in the row. */
err cosigner_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    struct cosigner c = *(const struct cosigner *)subject->row;
    c.state = to;
    return cosigner_store_update(rq->db, &c);
}

err cosigner_flow_holder(struct rq *rq, const struct flow_subject *subject,
                         const struct flow_todo *todo, ids *out)
{
    (void)todo;
    *out = (ids){ arena_array(rq->mem, 1, sizeof(i64)), 1 };
    out->items[0] = ((const struct cosigner *)subject->row)->person_id;
    return OK;
}

/* He signs what he was shown, in time, while he serves. */
static err check_open(struct rq *rq, const struct cosigner *c)
{
    struct proposal p;
    struct member m;
    str digest;
    bool serving = false;
    TRY(proposal_find_house(rq, c->proposal_id, &p));
    if (!str_is(p.state, "cosigning"))
        return err_make(ERR_CONFLICT, "cosigners.over");
    if (rq->now_ms > c->expires_at)
        return err_make(ERR_CONFLICT, "cosigners.expired");
    TRY(proposal_text_digest(rq, &p, &digest));
    if (!str_eq(digest, c->digest))
        return err_make(ERR_CONFLICT, "cosigners.text_changed");
    TRY(member_find_by_person(rq, c->person_id, &m));
    TRY(member_is_serving(rq, m.id, rq->today, &serving));
    return serving ? OK : err_make(ERR_FORBIDDEN, "cosigners.not_serving");
}

err cosigner_guard_answer(struct rq *rq, const struct flow_subject *subject)
{
    const struct cosigner *c = subject->row;
    if (c->person_id != rq->actor->person_id || c->person_id == 0)
        return err_make(ERR_FORBIDDEN, "cosigners.not_yours");
    return check_open(rq, c);
}

err cosigner_guard_transcribe(struct rq *rq, const struct flow_subject *subject)
{
    return check_open(rq, subject->row);
}

/* What to do, for whom and until when: there may be three hours only. */
static str todo_words(struct rq *rq, const struct cosigner *c)
{
    i64 minutes = (c->expires_at - day_start_ms(day_of_ms(c->expires_at))) / 60000;
    str until = arena_printf(rq->mem, "%s %02lld:%02lld",
                             arena_cstr(rq->mem, text_date(rq->mem, day_of_ms(c->expires_at))),
                             (long long)(minutes / 60), (long long)(minutes % 60));
    return text_format(rq->mem, "cosigners.asked_by",
                       text_format(rq->mem, "cosigners.of", c->lead_name, c->title), until);
}

err cosigner_effect_ask(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct cosigner_ask *ask = step->input;
    struct cosigner *c = subject->row;
    c->asked_at = rq->now_ms;
    c->expires_at = ask->expires_at;
    c->digest = ask->digest;
    c->title = subject->title = ask->title;
    c->lead_name = ask->lead_name;
    struct flow_subject worded = *subject;
    worded.state = str_of("asked");
    worded.title = todo_words(rq, c);
    return flow_todo_add(rq, &COSIGNERS_FLOW, &worded,
                         &(struct todo_new){
                             .holder = "person",
                             .holder_id = c->person_id,
                             .verb = "cosign",
                             .due_on = day_of_ms(c->expires_at),
                             .url = arena_printf(rq->mem, "/cosigners/%lld", (long long)c->id) });
}

/* Why not is for the lead alone. */
err cosigner_effect_answer(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct cosigner *c = subject->row;
    c->answered_at = rq->now_ms;
    c->opinion = step->opinion;
    step->opinion_hidden = true;
    return OK;
}

/* Written down from a letter or a call; he is told, so that nobody signs for him unknown. */
err cosigner_effect_transcribe(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct cosigner_transcribe_input *in = step->input;
    struct cosigner *c = subject->row;
    bool agrees = str_is(in->answer, "cosign");
    c->answered_at = rq->now_ms;
    c->transcribed_by = rq->actor->account_id;
    c->basis = in->basis;
    step->to = str_of(agrees ? "cosigned" : "declined");
    return notify_send(rq, &(struct notify_to){ .person_id = c->person_id },
                       &(struct notify_message){
                           .text =
                               agrees ? "cosigners.told_written_yes" : "cosigners.told_written_no",
                           .arg = { c->title, in->basis },
                           .url = arena_printf(rq->mem, "/cosigners/%lld", (long long)c->id) });
}

/* The answer was to a text that will change. */
err cosigner_effect_recall(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct cosigner *c = subject->row;
    c->earlier = step->from;
    c->asked_at = c->expires_at = c->answered_at = c->transcribed_by = 0;
    c->digest = c->basis = c->opinion = str_of("");
    return flow_todo_done(rq, &COSIGNERS_FLOW, subject->id, "cosign", 0);
}
