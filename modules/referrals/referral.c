/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Passing on for reference (转送参考): who may, what the body reads, what it says. The statements:
 * referral_store.c. */
#include "modules/orgs/org.h"
#include "modules/referrals/referral_store.h"
#include "platform/audit/audit.h"
#include "platform/notify/notify.h"

bool referral_may_begin(const struct proposal *p)
{
    return (str_is(p->outcome, "rejected") || str_is(p->outcome, "diverted")) && !p->confidential;
}

static err agency_of(struct rq *rq, const struct refer_input *in, struct org *out)
{
    err e = org_find(rq, in->agency_id, out);
    if (e.code == ERR_NONE && out->agency && out->from_on <= rq->today &&
        (out->to_on == 0 || out->to_on >= rq->today))
        return OK;
    if (e.code != ERR_NONE && e.code != ERR_NOT_FOUND)
        return e;
    rq_fault(rq, "agency_id", "form.not_a_choice", str_of(""), str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

static err add(struct rq *rq, const struct proposal *p, const struct org *agency,
               const struct refer_input *in, i64 *id)
{
    struct referral r = { .proposal_id = p->id,
                          .title = p->title,
                          .number = proposal_number(rq, p),
                          .agency_id = agency->id,
                          .agency_name = agency->name,
                          .remark = in->remark,
                          .referred_at = rq->now_ms,
                          .referred_by = rq->actor->account_id };
    *id = 0;
    TRY(referral_store_add(rq->db, &r, id));
    if (*id == 0)
        return err_make_with(ERR_CONFLICT, "referrals.already", agency->name, str_of(""));
    return audit_add(rq, &(struct audit_entry){ .act = "referrals.refer",
                                                .object = "proposals",
                                                .object_id = p->id,
                                                .after = agency->name });
}

err referral_add(struct rq *rq, i64 proposal_id, const struct refer_input *in, i64 *id)
{
    struct proposal p;
    struct org agency;
    struct notify_to to = { 0 };
    struct notify_message message = { .text = "referrals.told" };
    TRY(proposal_find(rq, proposal_id, &p));
    if (p.confidential)
        return err_make(ERR_CONFLICT, "referrals.confidential");
    if (!referral_may_begin(&p))
        return err_make(ERR_CONFLICT, "referrals.not_refused");
    TRY(agency_of(rq, in, &agency));
    TRY(add(rq, &p, &agency, in, id));
    to.agency_id = agency.id;
    message.arg[0] = p.title;
    message.url = arena_printf(rq->mem, "/referrals/%lld", (long long)*id);
    return notify_send(rq, &to, &message);
}

/* ---- what the body says ---- */

/* Everybody who signs, in his own words of the proposal's page. */
static err tell_signers(struct rq *rq, const struct referral *r)
{
    struct proposal p;
    struct proposal_sheet sheet;
    TRY(proposal_find_house(rq, r->proposal_id, &p));
    TRY(proposal_sheet_load(rq, &p, &sheet));
    const struct proposer *all = sheet.proposers.items;
    struct notify_message message = { .text = "referrals.told_note",
                                      .arg = { p.title, r->agency_name },
                                      .url = arena_printf(rq->mem, "/proposals/%lld",
                                                          (long long)p.id) };
    for (size_t i = 0; i < sheet.proposers.count; i++)
        if (all[i].person_id > 0)
            TRY(notify_send(rq, &(struct notify_to){ .person_id = all[i].person_id }, &message));
    return OK;
}

static err find_own(struct rq *rq, i64 id, struct referral *out)
{
    TRY(list_find(rq, &REFERRAL_LIST, id, out));
    return rq->actor->agency_id > 0 && rq->actor->agency_id == out->agency_id
               ? OK
               : err_make(ERR_FORBIDDEN, "referrals.not_yours");
}

err referral_read(struct rq *rq, i64 id)
{
    struct referral r = { 0 };
    TRY(find_own(rq, id, &r));
    if (r.read_at > 0)
        return OK;
    r.read_at = rq->now_ms;
    TRY(referral_store_read(rq->db, &r));
    return audit_add(rq, &(struct audit_entry){ .act = "referrals.note",
                                                .object = "referrals",
                                                .object_id = id,
                                                .after = str_of("read") });
}

err referral_note(struct rq *rq, i64 id, const struct note_input *in)
{
    struct referral r = { 0 };
    TRY(find_own(rq, id, &r));
    TRY(rq_need_version(rq, in->version));
    if (in->version != r.version)
        return err_make(ERR_CONFLICT, "db.version");
    r.note = in->note;
    r.noted_at = rq->now_ms;
    r.noted_by = rq->actor->account_id;
    TRY(referral_store_note(rq->db, &r));
    TRY(audit_add(rq, &(struct audit_entry){ .act = "referrals.note",
                                             .object = "referrals",
                                             .object_id = r.id,
                                             .after = in->note }));
    return tell_signers(rq, &r);
}

/* ---- reading ---- */

err referral_text(struct rq *rq, const struct referral *r, struct proposal *p, strs *suggestions)
{
    struct proposal_sheet sheet;
    TRY(proposal_find_house(rq, r->proposal_id, p));
    if (p->confidential && actor_scope(rq->actor, "referrals.read") != SCOPE_ORG)
        return err_make(ERR_NOT_FOUND, "referrals.not_found"); /* it has become so since */
    TRY(proposal_sheet_load(rq, p, &sheet));
    *suggestions = sheet.suggestions;
    return OK;
}

err referral_list_of(struct rq *rq, i64 proposal_id, struct rows *out)
{
    return referral_store_list(rq->db, proposal_id, rq->mem, out);
}
