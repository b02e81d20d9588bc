/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of proposal_kinds.h. Saving: proposal.c; the page that asks:
 * modules/drafts; how a list's row gets its kind: modules/transfers. */
#include "modules/proposals/proposal_kinds.h"

#include "modules/orgs/org.h"
#include "modules/proposals/proposal_store.h"
#include "platform/text/texts.h"

bool proposal_is_collective(str kind)
{
    return !str_is(kind, "personal") && !str_is(kind, "joint");
}

/* The kind of proposal that a body outside the cppcc hands in. */
static const char *kind_of_org(str kind)
{
    return str_is(kind, "democratic") ? "democratic"
           : str_is(kind, "township") ? "township"
                                      : "association";
}

static void body_add(struct rq *rq, struct rows *out, const char *prefix,
                     const struct proposal_body *body)
{
    struct proposal_body *all = out->items;
    struct proposal_body *to = &all[out->count++];
    *to = *body;
    to->key = arena_printf(rq->mem, "%s:%lld", prefix, (long long)body->body_id);
}

static err all_bodies(struct rq *rq, struct rows *out)
{
    struct rows committees, sectors, orgs;
    TRY(committee_list(rq, rq->today, &committees));
    TRY(sector_list(rq, rq->today, &sectors));
    TRY(org_proposers(rq, &orgs));
    const struct body *c = committees.items, *s = sectors.items;
    const struct org *o = orgs.items;
    size_t room = committees.count + sectors.count + orgs.count + 1;
    *out = (struct rows){ arena_array(rq->mem, room, sizeof(struct proposal_body)), 0,
                          sizeof(struct proposal_body) };
    for (size_t i = 0; i < orgs.count; i++)
        body_add(rq, out, "org",
                 &(struct proposal_body){ .body_id = o[i].id,
                                          .kind = str_of(kind_of_org(o[i].kind)),
                                          .name = o[i].name });
    for (size_t i = 0; i < committees.count; i++)
        body_add(rq, out, "committee",
                 &(struct proposal_body){
                     .body_id = c[i].id, .kind = str_of("committee"), .name = c[i].name });
    for (size_t i = 0; i < sectors.count; i++)
        body_add(rq, out, "sector",
                 &(struct proposal_body){
                     .body_id = s[i].id, .kind = str_of("sector"), .name = s[i].name });
    return OK;
}

static bool is_office(const struct rq *rq)
{
    return actor_scope(rq->actor, "proposals.write") == SCOPE_ORG;
}

err proposal_bodies(struct rq *rq, struct rows *out)
{
    struct rows own;
    size_t kept = 0;
    TRY(all_bodies(rq, out));
    if (is_office(rq))
        return OK;
    TRY(member_list_bodies(rq, rq->actor->person_id, &own));
    struct proposal_body *all = out->items;
    const struct member_body *mine = own.items;
    for (size_t i = 0; i < out->count; i++)
        for (size_t k = 0; k < own.count; k++)
            if (mine[k].body_id == all[i].body_id && str_starts(all[i].key, mine[k].body)) {
                all[kept++] = all[i];
                break;
            }
    out->count = kept;
    return OK;
}

/* Written by the office, which then names the contact itself; a delegate writes in his giver's
 * name. */
static bool is_by_office(const struct proposal *p)
{
    return p->transcribed_by && p->transcribed_by == p->created_by;
}

err proposal_may_hand_in(struct rq *rq, const struct proposal *p, bool *out)
{
    struct rows signers, bodies;
    bool sent = !str_is(p->state, "draft") && !str_is(p->state, "cosigning");
    *out = sent || !proposal_is_collective(p->kind) || is_by_office(p) || is_office(rq);
    if (*out)
        return OK;
    TRY(proposal_store_list_proposers(rq->db, p->id, rq->mem, &signers));
    TRY(proposal_bodies(rq, &bodies));
    const struct proposer *first = signers.items;
    const struct proposal_body *all = bodies.items;
    for (size_t i = 0; i < bodies.count && signers.count; i++)
        *out = *out || (all[i].body_id == first->body_id && str_eq(all[i].kind, p->kind));
    return OK;
}

err proposal_find_lead(struct rq *rq, const struct proposal_author *author,
                       struct proposal_lead *out)
{
    struct member_traits traits = { 0 };
    *out = (struct proposal_lead){ 0 };
    if (proposal_is_collective(author->body.kind)) {
        if (str_is(author->body.kind, "sector"))
            out->sector_name = author->body.name;
        if (str_is(author->body.kind, "committee"))
            out->committee_name = author->body.name;
        return OK;
    }
    if (author->lead.person_id)
        TRY(member_find_traits(rq, author->lead.person_id, &traits));
    *out = (struct proposal_lead){ author->lead.sector_name, traits.committee, traits.gender,
                                   traits.ethnic, traits.party };
    return OK;
}

str proposal_contact_line(struct rq *rq, const struct proposal_author *author)
{
    const struct member *m = &author->lead;
    if (!proposal_is_collective(author->body.kind))
        return m->employer;
    if (m->id == 0)
        return text_find("proposals.office_contact");
    return text_format(rq->mem, m->employer.len ? "proposals.contact_of" : "proposals.contact_name",
                       m->name, m->employer);
}
