/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of endorsements (附议) and their two buttons. What the page shows of them:
 * cosigner_pages.c. */
#include "modules/cosigners/endorsement.h"

#include "modules/cosigners/cosigner_store.h"
#include "modules/members/member.h"
#include "platform/audit/audit.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

/* From the list of cases on, until an answer is there. */
static bool is_open(const struct proposal *p)
{
    return str_is(p->state, "docketed") || str_is(p->state, "preassigned") ||
           str_is(p->state, "assigned");
}

/* A serving member who does not sign it and did not write it. */
static err check_person(struct rq *rq, const struct proposal *p)
{
    bool serving = false, own = false;
    if (rq->actor->member_id)
        TRY(member_is_serving(rq, rq->actor->member_id, rq->today, &serving));
    if (!serving || rq->actor->person_id == 0)
        return err_make(ERR_FORBIDDEN, "cosigners.not_serving");
    TRY(proposal_is_owner(rq, p, &own));
    if (!own)
        TRY(proposal_is_drafter(rq, p->id, rq->actor->person_id, &own));
    return own ? err_make(ERR_FORBIDDEN, "cosigners.own_proposal") : OK;
}

static err check(struct rq *rq, const struct proposal *p)
{
    if (!setting_on(rq, "cosigners.endorse"))
        return err_make(ERR_CONFLICT, "cosigners.endorse_off");
    if (!is_open(p))
        return err_make(ERR_CONFLICT, "cosigners.endorse_state");
    return check_person(rq, p);
}

err endorsement_may(struct rq *rq, const struct proposal *p, bool *out)
{
    err e = actor_may(rq->actor, "cosigners.endorse") ? check(rq, p)
                                                      : err_make(ERR_FORBIDDEN, "flows.may_not");
    *out = e.code == ERR_NONE;
    return e.code == ERR_CONFLICT || e.code == ERR_FORBIDDEN ? OK : e;
}

static err note(struct rq *rq, const struct proposal *p, const char *act, str who)
{
    return audit_add(rq, &(struct audit_entry){
                             .act = act, .object = "proposals", .object_id = p->id, .after = who });
}

static err tell_lead(struct rq *rq, const struct proposal *p)
{
    if (p->lead_person_id == 0)
        return OK;
    return notify_send(rq, &(struct notify_to){ .person_id = p->lead_person_id },
                       &(struct notify_message){
                           .text = "cosigners.told_endorse",
                           .arg = { p->title, rq->actor->name },
                           .url = arena_printf(rq->mem, "/proposals/%lld", (long long)p->id) });
}

err endorsement_add(struct rq *rq, i64 proposal_id)
{
    struct proposal p;
    struct member m;
    struct endorsement e = { 0 };
    TRY(proposal_find(rq, proposal_id, &p));
    TRY(check(rq, &p));
    TRY(member_find(rq, rq->actor->member_id, &m));
    err found = endorsement_store_find(rq->db, p.id, rq->actor->person_id, rq->mem, &e);
    if (found.code == ERR_NONE && e.withdrawn_at == 0)
        return OK; /* a second click */
    e.name = m.name;
    e.endorsed_at = rq->now_ms;
    e.withdrawn_at = 0;
    if (found.code == ERR_NONE) {
        TRY(endorsement_store_update(rq->db, &e));
    } else {
        if (found.code != ERR_NOT_FOUND)
            return found;
        e.proposal_id = p.id;
        e.person_id = rq->actor->person_id;
        TRY(endorsement_store_add(rq->db, &e, &e.id));
    }
    TRY(note(rq, &p, "cosigners.endorse", e.name));
    return tell_lead(rq, &p);
}

err endorsement_end(struct rq *rq, const struct proposal *p, i64 person_id)
{
    struct endorsement e = { 0 };
    err found = endorsement_store_find(rq->db, p->id, person_id, rq->mem, &e);
    if (found.code == ERR_NOT_FOUND || (found.code == ERR_NONE && e.withdrawn_at))
        return OK;
    TRY(found);
    e.withdrawn_at = rq->now_ms;
    TRY(endorsement_store_update(rq->db, &e));
    return note(rq, p, "cosigners.unendorse", e.name);
}

err endorsement_restore(struct rq *rq, const struct proposal *p, i64 person_id, i64 ended_at)
{
    struct endorsement e = { 0 };
    err found = endorsement_store_find(rq->db, p->id, person_id, rq->mem, &e);
    if (found.code == ERR_NOT_FOUND || (found.code == ERR_NONE && e.withdrawn_at != ended_at))
        return OK;
    TRY(found);
    e.withdrawn_at = 0;
    TRY(endorsement_store_update(rq->db, &e));
    return note(rq, p, "cosigners.endorse", e.name);
}

/* Also when it can no longer be supported: nobody is held to it. */
err endorsement_withdraw(struct rq *rq, i64 proposal_id)
{
    struct proposal p;
    TRY(proposal_find(rq, proposal_id, &p));
    return endorsement_end(rq, &p, rq->actor->person_id);
}

err endorsement_list(struct rq *rq, i64 proposal_id, struct rows *out, bool *own)
{
    TRY(endorsement_store_list(rq->db, proposal_id, rq->mem, out));
    const struct endorsement *all = out->items;
    *own = false;
    for (size_t i = 0; i < out->count; i++)
        *own = *own || (all[i].person_id == rq->actor->person_id && all[i].person_id > 0);
    return OK;
}

/* ---- the two buttons ---- */

static void go_back(struct rq *rq, struct res *res, const char *flash)
{
    res_flash(res, flash, str_of(""));
    res_redirect(res, arena_printf(rq->mem, "/proposals/%lld", (long long)rq->path_id));
}

err page_endorsement_add(struct rq *rq, struct res *res)
{
    TRY(endorsement_add(rq, rq->path_id));
    go_back(rq, res, "cosigners.endorsed");
    return OK;
}

err page_endorsement_withdraw(struct rq *rq, struct res *res)
{
    TRY(endorsement_withdraw(rq, rq->path_id));
    go_back(rq, res, "cosigners.unendorsed");
    return OK;
}
