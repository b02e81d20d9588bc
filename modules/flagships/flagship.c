/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of key proposals (rules.md 2.7): nominated, chosen by a meeting with who leads them,
 * planned, approved by who leads, carried out, finished. Excellent ones: commendation.c. */
#include "modules/flagships/flagship_store.h"
#include "modules/members/member.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

static struct flagship *row_of(const struct flow_subject *subject)
{
    return subject->row;
}

static bool is_office(const struct rq *rq)
{
    return actor_scope(rq->actor, "flagships.read") == SCOPE_ORG;
}

err flagship_is_visible(struct rq *rq, const struct flagship *f, bool *out)
{
    struct proposal p;
    *out = false;
    if (!is_office(rq) && (str_is(f->state, "nominated") || str_is(f->state, "declined")))
        return OK;
    err e = proposal_find(rq, f->proposal_id, &p);
    *out = e.code == ERR_NONE;
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err flagship_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct flagship *f = arena_zero(rq->mem, sizeof *f);
    bool visible = false;
    err e = flagship_store_find(rq->db, id, rq->mem, f);
    if (e.code == ERR_NONE)
        e = flagship_is_visible(rq, f, &visible);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_NONE && !visible))
        return err_make(ERR_NOT_FOUND, "flagships.not_found");
    TRY(e);
    *out = (struct flow_subject){ f->id, f->version, f->state, f->title, f->number, f };
    return OK;
}

err flagship_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    return flagship_store_update(rq->db, row_of(subject), to);
}

const char *flagship_tone(str state)
{
    const struct flow_state *s = flow_state_find(&FLAGSHIPS_FLOW, state);
    return s ? s->tone : "idle";
}

/* ---- nominating ---- */

static bool is_open(const struct proposal *p)
{
    static const char *const OPEN[] = { "docketed",   "preassigned", "assigned", "replied",
                                        "evaluating", "redoing",     "mediating" };
    for (size_t i = 0; i < sizeof OPEN / sizeof *OPEN; i++)
        if (str_is(p->state, OPEN[i]))
            return true;
    return false;
}

err flagship_nominate(struct rq *rq, i64 proposal_id, const struct flagship_nominate_input *in,
                      i64 *id)
{
    struct proposal p;
    struct flagship there = { 0 };
    TRY(proposal_find(rq, proposal_id, &p));
    if (!is_open(&p))
        return err_make(ERR_CONFLICT, "flagships.not_open");
    TRY(flagship_store_find_of(rq->db, p.id, rq->mem, &there));
    if (there.id)
        return err_make(ERR_CONFLICT, "flagships.already");
    struct flagship f = { .proposal_id = p.id,
                          .session_id = p.session_id,
                          .nominated_at = rq->now_ms,
                          .version = 1,
                          .title = p.title,
                          .number = proposal_number(rq, &p),
                          .state = str_of("nominated"),
                          .grounds = in->grounds,
                          .nominated_name = rq->actor->name };
    TRY(flagship_store_add(rq->db, &f, &f.id));
    *id = f.id;
    struct flow_subject subject = { f.id, 1, f.state, f.title, f.number, &f };
    return flow_begin(rq, &FLAGSHIPS_FLOW, &subject, NULL);
}

/* ---- who leads ---- */

err flagship_flow_holder(struct rq *rq, const struct flow_subject *subject,
                         const struct flow_todo *todo, ids *out)
{
    (void)todo;
    i64 *one = arena_zero(rq->mem, sizeof *one);
    *one = row_of(subject)->champion_person_id;
    *out = (ids){ one, *one > 0 };
    return OK;
}

err flagship_has_champion(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    (void)rq;
    *out = row_of(subject)->champion_person_id > 0;
    return OK;
}

err flagship_lacks_champion(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    TRY(flagship_has_champion(rq, subject, out));
    *out = !*out;
    return OK;
}

/* The leader of the house, or who leads this one. */
err flagship_guard_approve(struct rq *rq, const struct flow_subject *subject)
{
    i64 champion_id = row_of(subject)->champion_person_id;
    bool own = champion_id > 0 && champion_id == rq->actor->person_id;
    return own || actor_scope(rq->actor, "flagships.approve") == SCOPE_ORG
               ? OK
               : err_make(ERR_FORBIDDEN, "flagships.not_champion");
}

/* The only member of that name; nobody where there are several or none. */
static err champion_find(struct rq *rq, str name, i64 *person_id)
{
    struct rows rows;
    TRY(member_list_by_name(rq, name, &rows));
    *person_id = rows.count == 1 ? ((const struct member *)rows.items)->person_id : 0;
    return OK;
}

/* ---- steps ---- */

static err check_past(struct rq *rq, const char *field, i64 day)
{
    if (day <= rq->today)
        return OK;
    rq_fault(rq, field, "flagships.future", str_of(""), str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

err flagship_effect_choose(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct flagship_choose_input *in = step->input;
    struct flagship *f = row_of(subject);
    TRY(check_past(rq, "decided_on", in->decided_on));
    TRY(champion_find(rq, in->champion_name, &f->champion_person_id));
    f->champion_name = in->champion_name;
    f->champion_post = in->champion_post;
    f->decided_on = in->decided_on;
    f->meeting = in->meeting;
    return proposal_set_flag(rq, f->proposal_id, "flagship", true);
}

err flagship_effect_plan(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct flagship_plan_input *in = step->input;
    struct flagship *f = row_of(subject);
    (void)rq;
    f->plan_form = in->plan_form;
    f->plan_on = in->plan_on;
    f->plan_who = in->plan_who;
    f->plan = in->plan;
    return OK;
}

err flagship_effect_approve(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct flagship *f = row_of(subject);
    (void)step;
    f->approved_at = rq->now_ms;
    f->approved_name = rq->actor->name;
    return OK;
}

err flagship_effect_record(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct flagship_record_input *in = step->input;
    TRY(check_past(rq, "held_on", in->held_on));
    step->opinion = in->text;
    const struct flagship_event event = { .flagship_id = subject->id,
                                          .held_on = in->held_on,
                                          .recorded_at = rq->now_ms,
                                          .recorded_by = rq->actor->account_id,
                                          .kind = in->kind,
                                          .text = in->text,
                                          .recorded_name = rq->actor->name };
    return flagship_store_add_event(rq->db, &event);
}

err flagship_effect_finish(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct flagship_finish_input *in = step->input;
    struct flagship *f = row_of(subject);
    TRY(check_past(rq, "finished_on", in->finished_on));
    f->finished_on = in->finished_on;
    f->result = in->result;
    step->opinion = in->result;
    return OK;
}

err flagship_effect_drop(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    (void)step;
    return proposal_set_flag(rq, row_of(subject)->proposal_id, "flagship", false);
}

err on_proposal_dropped(struct rq *rq, i64 id, const void *fact)
{
    struct flagship f = { 0 };
    (void)fact;
    TRY(flagship_store_find_of(rq->db, id, rq->mem, &f));
    if (f.id == 0 || str_is(f.state, "finished"))
        return OK;
    return flow_move(rq, &FLAGSHIPS_FLOW, f.id, "drop", NULL);
}
