/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of drafter.h. Who reads what he helped to write: modules/proposals; what it leaves in the
 * ledger: modules/entries, which is told by proposals.retold. */
#include "modules/cosigners/drafter.h"

#include "modules/cosigners/cosigner_store.h"
#include "modules/cosigners/endorsement.h"
#include "modules/members/member.h"
#include "platform/app.h"
#include "platform/audit/audit.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

/* ---- who may ---- */

static err may_edit(struct rq *rq, const struct proposal *p, bool *out)
{
    *out = false;
    return actor_may(rq->actor, "cosigners.name_drafters") ? proposal_may_edit(rq, p, out) : OK;
}

err drafter_may_name(struct rq *rq, const struct proposal *p, bool *out)
{
    *out = false;
    if (!proposal_is_collective(p->kind))
        return OK;
    TRY(may_edit(rq, p, out));
    if (!*out && p->submitted_at)
        *out = actor_scope(rq->actor, "cosigners.name_drafters") == SCOPE_ORG;
    return OK;
}

err drafter_find_case(struct rq *rq, i64 proposal_id, struct drafter_case *out)
{
    bool may = false, edits = false;
    TRY(proposal_find(rq, proposal_id, &out->p));
    if (!proposal_is_collective(out->p.kind))
        return err_make(ERR_CONFLICT, "cosigners.not_collective");
    TRY(drafter_may_name(rq, &out->p, &may));
    if (!may)
        return err_make(ERR_FORBIDDEN, "cosigners.not_writer");
    TRY(may_edit(rq, &out->p, &edits));
    out->corrects = !edits;
    return proposal_list_drafters(rq, proposal_id, &out->rows);
}

/* ---- changing ---- */

/* What the office corrects it corrects for others: not a list on which who acts stands or would
 * stand, since each change moves who is the first of it. */
static bool is_own_cause(const struct rq *rq, const struct drafter_case *c, i64 person_id)
{
    return c->corrects && actor_is_person(rq->actor, person_id);
}

/* Where a reason is wanted it is asked for together with all other faults. */
static err check(struct rq *rq, const struct drafter_case *c, str note)
{
    const struct proposal_drafter *all = c->rows.items;
    for (size_t i = 0; i < c->rows.count; i++)
        if (is_own_cause(rq, c, all[i].person_id))
            rq_fault(rq, "note", "cosigners.own_list", str_of(""), str_of(""));
    if (c->corrects && note.len == 0)
        rq_fault(rq, "note", "cosigners.note_needed", str_of(""), str_of(""));
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

static str words(struct rq *rq, const struct rows *rows)
{
    return rows->count ? proposal_drafters(rq, rows) : text_find("cosigners.nobody");
}

/* What was handed in tells of it in its history, and the ledger follows. */
static err record(struct rq *rq, const struct drafter_case *c, str change, str note)
{
    const struct actor *actor = rq->actor;
    struct flow_trail trail = {
        .at = rq->now_ms,
        .verb = str_of("drafters"),
        .from_state = c->p.state,
        .to_state = c->p.state,
        .actor_account_id = actor->account_id,
        .actor_name = actor->name,
        .delegator_account_id = actor->delegator_account_id,
        .delegator_name = actor->delegator_name,
        .opinion = note.len ? text_format(rq->mem, "cosigners.because", change, note) : change
    };
    TRY(flow_trail_add(rq, &PROPOSALS_FLOW, c->p.id, &trail));
    return event_emit(rq, "proposals.retold", c->p.id, NULL);
}

/* Its contact, or who handed it in for it; where the office itself acts for it there is nobody. */
static err tell_body(struct rq *rq, const struct proposal *p, str change)
{
    i64 lead = p->lead_person_id;
    if (lead == 0 || lead == rq->actor->person_id)
        return OK;
    return notify_send(rq, &(struct notify_to){ .person_id = lead },
                       &(struct notify_message){
                           .text = "cosigners.told_corrected",
                           .arg = { p->title, change },
                           .url = arena_printf(rq->mem, "/proposals/%lld", (long long)p->id) });
}

/* Ranks without gaps; then it is told what changed. */
static err finish(struct rq *rq, const struct drafter_case *c, str note)
{
    struct rows rows;
    TRY(proposal_list_drafters(rq, c->p.id, &rows));
    const struct proposal_drafter *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].rank != (i64)i + 1)
            TRY(drafter_store_set_rank(rq->db, &all[i], (i64)i + 1));
    str before = words(rq, &c->rows), after = words(rq, &rows);
    TRY(audit_add(rq, &(struct audit_entry){ .act = "cosigners.name_drafters",
                                             .object = "proposals",
                                             .object_id = c->p.id,
                                             .before = before,
                                             .after = after }));
    if (c->p.submitted_at == 0)
        return OK;
    str change = text_format(rq->mem, "cosigners.drafters_from_to", before, after);
    if (c->corrects)
        TRY(tell_body(rq, &c->p, change));
    return record(rq, c, change, note);
}

static err tell(struct rq *rq, const struct proposal *p, i64 person_id, const char *text)
{
    if (person_id == rq->actor->person_id)
        return OK;
    return notify_send(rq, &(struct notify_to){ .person_id = person_id },
                       &(struct notify_message){
                           .text = text,
                           .arg = { p->title, p->proposer_name },
                           .url = arena_printf(rq->mem, "/proposals/%lld", (long long)p->id) });
}

static const struct proposal_drafter *of_person(const struct rows *rows, i64 person_id)
{
    const struct proposal_drafter *all = rows->items;
    for (size_t i = 0; i < rows->count; i++)
        if (all[i].person_id == person_id)
            return &all[i];
    return NULL;
}

i64 drafter_day(const struct proposal *p)
{
    return p->submitted_at ? day_of_ms(p->submitted_at) : 0;
}

/* A member who served when it was handed in; of a draft who serves today. */
static err find_member(struct rq *rq, const struct drafter_case *c, i64 id, struct member *out)
{
    bool serving = false;
    i64 on = drafter_day(&c->p);
    err e = member_find(rq, id, out);
    if (e.code == ERR_NOT_FOUND) {
        rq_fault(rq, "members", "cosigners.no_member", str_of(""), str_of(""));
        return OK;
    }
    TRY(e);
    TRY(member_is_serving(rq, id, on ? on : rq->today, &serving));
    if (is_own_cause(rq, c, out->person_id))
        rq_fault(rq, "members", "cosigners.own_name", str_of(""), str_of(""));
    if (!serving)
        rq_fault(rq, "members", "cosigners.not_served", out->name, str_of(""));
    return OK;
}

err drafter_add(struct rq *rq, i64 proposal_id, const struct drafter_add_input *in)
{
    struct drafter_case c = { 0 };
    i64 most = setting_number(rq, "cosigners.drafters_max");
    size_t count = 0;
    TRY(drafter_find_case(rq, proposal_id, &c));
    struct member *fresh = arena_array(rq->mem, in->members.count + 1, sizeof *fresh);
    for (size_t i = 0; i < in->members.count; i++) {
        bool twice = false;
        TRY(find_member(rq, &c, in->members.items[i], &fresh[count]));
        for (size_t k = 0; k < count; k++)
            twice = twice || fresh[k].id == fresh[count].id;
        if (!twice && !of_person(&c.rows, fresh[count].person_id))
            count++;
    }
    if ((i64)(c.rows.count + count) > most)
        rq_fault(rq, "members", "cosigners.too_many_drafters",
                 arena_printf(rq->mem, "%lld", (long long)most), str_of(""));
    TRY(check(rq, &c, in->note));
    for (size_t i = 0; i < count; i++) {
        const struct proposal_drafter d = { .rank = (i64)(c.rows.count + i) + 1,
                                            .person_id = fresh[i].person_id,
                                            .named_at = rq->now_ms,
                                            .name = fresh[i].name,
                                            .contact = fresh[i].employer };
        TRY(drafter_store_add(rq->db, proposal_id, &d));
        TRY(endorsement_end(rq, &c.p, d.person_id));
        if (c.p.submitted_at)
            TRY(tell(rq, &c.p, d.person_id, "cosigners.told_drafter"));
    }
    return count ? finish(rq, &c, in->note) : OK;
}

/* The case and the one of its drafters who is meant. */
static err find_one(struct rq *rq, i64 proposal_id, const struct drafter_change_input *in,
                    struct drafter_case *c, const struct proposal_drafter **out)
{
    TRY(drafter_find_case(rq, proposal_id, c));
    const struct proposal_drafter *all = c->rows.items;
    *out = NULL;
    for (size_t i = 0; i < c->rows.count; i++)
        if (all[i].id == in->drafter_id)
            *out = &all[i];
    if (!*out)
        return err_make(ERR_NOT_FOUND, "cosigners.drafter_not_found");
    return check(rq, c, in->note);
}

err drafter_remove(struct rq *rq, i64 proposal_id, const struct drafter_change_input *in)
{
    struct drafter_case c = { 0 };
    const struct proposal_drafter *one;
    TRY(find_one(rq, proposal_id, in, &c, &one));
    TRY(drafter_store_remove(rq->db, one->id));
    TRY(endorsement_restore(rq, &c.p, one->person_id, one->named_at));
    if (c.p.submitted_at)
        TRY(tell(rq, &c.p, one->person_id, "cosigners.told_no_drafter"));
    return finish(rq, &c, in->note);
}

err drafter_lead(struct rq *rq, i64 proposal_id, const struct drafter_change_input *in)
{
    struct drafter_case c = { 0 };
    const struct proposal_drafter *one;
    TRY(find_one(rq, proposal_id, in, &c, &one));
    if (one->rank == 1)
        return OK;                               /* a second click */
    TRY(drafter_store_set_rank(rq->db, one, 0)); /* before all others, who are then counted anew */
    return finish(rq, &c, in->note);
}

/* ---- handed in ---- */

err on_drafters_submitted(struct rq *rq, i64 id, const void *fact)
{
    const struct flow_step *step = fact;
    struct proposal p;
    struct rows rows;
    if (str_is(step->from, "revising")) /* they were told the first time, or when named since */
        return OK;
    TRY(proposal_find_house(rq, id, &p));
    if (!proposal_is_collective(p.kind))
        return OK;
    TRY(proposal_list_drafters(rq, id, &rows));
    const struct proposal_drafter *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(tell(rq, &p, all[i].person_id, "cosigners.told_drafter"));
    return OK;
}
