/* SPDX-License-Identifier: MulanPSL-2.0 */
/* In whose name a draft is begun, and saving it (draft.h). What a text must be: modules/proposals.
 */
#include "modules/drafts/draft.h"

#include "modules/proposals/proposal_kinds.h"

static bool is_office(const struct rq *rq)
{
    return actor_scope(rq->actor, "proposals.write") == SCOPE_ORG;
}

static void fault(struct rq *rq, const char *field, const char *name)
{
    rq_fault(rq, field, name, str_of(""), str_of(""));
}

static err find_body(struct rq *rq, const struct proposal_input *in, struct proposal_body *out)
{
    struct rows rows;
    *out = (struct proposal_body){ .kind = str_of("personal") };
    if (in->body.len == 0 && in->body_name.len == 0)
        return OK;
    if (in->body.len == 0) { /* a group of members stands in no list: the office names it */
        *out = (struct proposal_body){ .kind = str_of("group"), .name = in->body_name };
        if (!is_office(rq))
            fault(rq, "body_name", "proposals.not_contact");
        return OK;
    }
    TRY(proposal_bodies(rq, &rows));
    const struct proposal_body *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_eq(all[i].key, in->body))
            *out = all[i];
    if (out->body_id == 0)
        fault(rq, "body", "proposals.not_contact");
    return OK;
}

/* Who leads: the member who writes, or the member for whom the office types it in. */
static err find_lead(struct rq *rq, const struct proposal_input *in, struct member *out)
{
    *out = (struct member){ 0 };
    if (in->proposer_id && in->proposer_id != rq->actor->member_id) {
        if (!is_office(rq))
            return err_make(ERR_FORBIDDEN, "proposals.not_yours");
        err e = member_find(rq, in->proposer_id, out);
        if (e.code == ERR_NOT_FOUND)
            fault(rq, "proposer_id", "proposals.no_member");
        return e.code == ERR_NOT_FOUND ? OK : e;
    }
    if (rq->actor->member_id)
        return member_find(rq, rq->actor->member_id, out);
    return OK;
}

static err find_author(struct rq *rq, const struct proposal_input *in, struct proposal_author *out)
{
    TRY(find_body(rq, in, &out->body));
    TRY(find_lead(rq, in, &out->lead));
    if (out->lead.id == 0 && !proposal_is_collective(out->body.kind) && !rq_has_faults(rq))
        fault(rq, "proposer_id", "proposals.no_member");
    if (in->kind.len && !str_eq(in->kind, out->body.kind))
        fault(rq, "kind", "proposals.kind_by_body");
    return OK;
}

err draft_save(struct rq *rq, const struct proposal_input *in, const char *reason,
               struct proposal *out)
{
    struct proposal_author author;
    if (in->id)
        return proposal_save(rq, in, reason, out);
    TRY(find_author(rq, in, &author));
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    return proposal_begin(rq, in, &author, reason, out);
}
