/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of the text: who may see and change it, what must be there before it is submitted,
 * receipt and digest. Steps of the flow are in proposal_steps.c; SQL in proposal_store.c.
 */
#include "modules/proposals/proposal.h"

#include <sodium.h>

#include "modules/assignments/assignment.h"
#include "modules/members/member.h"
#include "modules/orgs/org.h"
#include "modules/proposals/proposal_cosigning.h"
#include "modules/proposals/proposal_kinds.h"
#include "modules/proposals/proposal_rules.h"
#include "platform/app.h"
#include "platform/settings/settings.h"
#include "platform/text/text.h"
#include "platform/text/texts.h"

enum { PARTS = 4 }; /* that the digest covers before the suggestions */

/* ---- who may ---- */

/* Nobody's but its writer's: the office does not see it either. */
static bool is_unsent(const struct proposal *p)
{
    return str_is(p->state, "draft") || str_is(p->state, "cosigning");
}

/* What is under review, or was turned away or taken back, is not for other members. In the archive
 * only what was closed came off the straight road. proposal_list.c says the same in SQL. */
static bool is_public_state(const struct proposal *p)
{
    static const char *const OWN[] = { "submitted", "revising",  "screened", "rejected",
                                       "diverted",  "withdrawn", "merged" };
    if (is_unsent(p))
        return false;
    for (size_t i = 0; i < sizeof OWN / sizeof *OWN; i++)
        if (str_is(p->state, OWN[i]))
            return false;
    return !str_is(p->state, "archived") || p->closed_at > 0;
}

/* In whose name the actor writes: who acts on a delegation writes as its giver. */
static i64 author_of(const struct actor *actor)
{
    return actor->delegator_account_id ? actor->delegator_account_id : actor->account_id;
}

/* Who types a draft in for another sees it too, as long as that is his office (代录); a body's
 * account its body's. Nobody else sees a draft: staff neither, nor who wrote on a delegation that
 * has ended. */
static bool is_writer(struct rq *rq, const struct proposal *p)
{
    i64 author_id = author_of(rq->actor);
    if (author_id == 0 || p->created_by != author_id)
        return false;
    return p->transcribed_by ? actor_scope(rq->actor, "proposals.write") == SCOPE_ORG
                             : p->lead_person_id == 0;
}

/* Shown to those concerned only: confidential, or its proposer does not agree to publication
 * (rules.md 2.1, privacy). proposal_list.c says the same in SQL. */
static bool is_for_the_concerned(const struct proposal *p)
{
    return p->confidential || str_is(p->consent, "no");
}

/* What is not docketed yet (or never will be) is the review's business, not the dispatcher's. */
static bool is_open_to_office(const struct actor *actor, const struct proposal *p)
{
    if (actor->account_id == 0)
        return true;
    return !is_unsent(p) && (is_public_state(p) || actor_may(actor, "proposals.read_pending"));
}

static i64 main_of(const struct proposal *p)
{
    return str_is(p->state, "merged") ? p->main_id : p->id;
}

/* Who signs one of those that are handled as one is concerned by all of them. */
static err is_related(struct rq *rq, const struct proposal *p, bool *out)
{
    *out = false;
    if (rq->actor->person_id == 0 || (p->merged_count == 0 && main_of(p) == p->id))
        return OK;
    return proposal_store_is_related(rq->db, main_of(p), rq->actor->person_id, out);
}

err proposal_is_owner(struct rq *rq, const struct proposal *p, bool *out)
{
    *out = is_writer(rq, p) || (p->lead_person_id && p->lead_person_id == rq->actor->person_id);
    if (!*out && rq->actor->person_id)
        TRY(proposal_store_is_signer(rq->db, p->id, rq->actor->person_id, out));
    return OK;
}

err proposal_is_concerned(struct rq *rq, const struct proposal *p, bool *out)
{
    TRY(proposal_is_owner(rq, p, out));
    return *out ? OK : is_related(rq, p, out);
}

/* Who helped to write it reads what was handed in of it and what is handled as one with it, as a
 * signer does; to act is the body's. */
static err has_drafted(struct rq *rq, const struct proposal *p, bool *out)
{
    i64 person_id = rq->actor->person_id;
    *out = false;
    if (is_unsent(p) || person_id == 0)
        return OK;
    if (proposal_is_collective(p->kind))
        TRY(proposal_is_drafter(rq, p->id, person_id, out));
    if (*out || (p->merged_count == 0 && main_of(p) == p->id))
        return OK;
    return proposal_store_has_drafted(rq->db, main_of(p), person_id, out);
}

err proposal_may_read(struct rq *rq, const struct proposal *p, bool *out)
{
    const struct actor *actor = rq->actor;
    const struct proposal *stand;
    TRY(proposal_is_concerned(rq, p, out));
    if (!*out)
        TRY(has_drafted(rq, p, out));
    if (*out)
        return OK;
    enum scope scope = actor_scope(actor, "proposals.read");
    TRY(proposal_stands_as(rq, p, &stand));
    if (scope == SCOPE_ORG)
        *out = is_open_to_office(actor, stand);
    else if (scope == SCOPE_AGENCY && actor->agency_id)
        return assignment_is_with(rq, "proposals", main_of(p), actor->agency_id, out);
    else if (scope >= SCOPE_SELF && actor->member_id)
        *out = is_public_state(stand) && !is_for_the_concerned(p) && !is_for_the_concerned(stand);
    return OK;
}

err proposal_list_drafters(struct rq *rq, i64 id, struct rows *out)
{
    return proposal_store_list_drafters(rq->db, id, rq->mem, out);
}

err proposal_is_drafter(struct rq *rq, i64 id, i64 person_id, bool *out)
{
    *out = false;
    return person_id ? proposal_store_is_drafter(rq->db, id, person_id, out) : OK;
}

err proposal_sees_reason(struct rq *rq, const struct proposal *p, bool *out)
{
    *out = actor_scope(rq->actor, "proposals.read") == SCOPE_ORG;
    return *out ? OK : proposal_is_owner(rq, p, out);
}

/* Somebody who can act for the proposer: the lead, while he serves. */
static err has_lead(struct rq *rq, const struct proposal *p, bool *out)
{
    struct member lead;
    *out = false;
    if (p->lead_person_id == 0)
        return OK;
    TRY(member_find_by_person(rq, p->lead_person_id, &lead));
    return member_is_serving(rq, lead.id, rq->today, out);
}

err proposal_has_lead(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    return has_lead(rq, subject->row, out);
}

err proposal_lacks_lead(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    TRY(has_lead(rq, subject->row, out));
    *out = !*out;
    return OK;
}

err proposal_speaks_for(struct rq *rq, const struct proposal *p, bool *out)
{
    bool lead = p->lead_person_id && p->lead_person_id == rq->actor->person_id;
    *out = actor_may(rq->actor, "proposals.write") && (lead || is_writer(rq, p));
    if (*out || actor_scope(rq->actor, "proposals.write") != SCOPE_ORG)
        return OK;
    TRY(has_lead(rq, p, out));
    *out = !*out;
    return OK;
}

/* What was sent back and has nobody who could mend it is the office's to mend (代录). */
err proposal_may_edit(struct rq *rq, const struct proposal *p, bool *out)
{
    bool lead = p->lead_person_id && p->lead_person_id == rq->actor->person_id;
    *out = false;
    if (str_is(p->state, "revising"))
        return proposal_speaks_for(rq, p, out);
    *out = str_is(p->state, "draft") && actor_may(rq->actor, "proposals.write") &&
           (lead || is_writer(rq, p));
    return OK;
}

err proposal_find(struct rq *rq, i64 id, struct proposal *out)
{
    bool may = false;
    err e = proposal_store_find(rq->db, id, rq->mem, out);
    if (e.code == ERR_NONE)
        e = proposal_may_read(rq, out, &may);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_NONE && !may))
        return err_make(ERR_NOT_FOUND, "proposals.not_found");
    return e;
}

/* ---- receipt and digest ---- */

str proposal_digest(struct arena *mem, const struct proposal *p, const strs *suggestions)
{
    size_t count = PARTS + suggestions->count;
    str *parts = arena_array(mem, count, sizeof *parts);
    parts[0] = p->title;
    parts[1] = p->situation;
    parts[2] = p->analysis;
    parts[3] = p->research;
    for (size_t i = 0; i < suggestions->count; i++)
        parts[PARTS + i] = suggestions->items[i];
    return attestation_digest(mem, parts, count);
}

static void keyed(struct rq *rq, const char *purpose, str text, unsigned char out[32])
{
    unsigned char key[32];
    app_key(rq->app, purpose, key);
    crypto_generichash(out, 32, (const unsigned char *)text.ptr, text.len, key, sizeof key);
    sodium_memzero(key, sizeof key);
}

/* 20 digits by division of a keyed 256-bit number; the bias of each digit is below 10^-50. */
str proposal_receipt(struct rq *rq, const struct proposal *p)
{
    unsigned char number[32];
    char *digits = arena_zero(rq->mem, 21);
    str name = arena_printf(rq->mem, "proposals:%lld:%lld", (long long)rq->actor->org_id,
                            (long long)p->id);
    keyed(rq, "receipts", name, number);
    for (int d = 0; d < 20; d++) {
        unsigned rest = 0;
        for (int i = 0; i < 32; i++) {
            unsigned value = rest * 256 + number[i];
            number[i] = (unsigned char)(value / 10);
            rest = value % 10;
        }
        digits[19 - d] = (char)('0' + rest);
    }
    return (str){ digits, 20 };
}

str proposal_receipt_digest(struct rq *rq, str digits)
{
    unsigned char digest[32];
    keyed(rq, "receipt-digests", digits, digest);
    return str_hex(rq->mem, (bytes){ digest, sizeof digest });
}

/* ---- number ---- */

str proposal_number(struct rq *rq, const struct proposal *p)
{
    struct session session;
    if (p->serial == 0 && p->docket_no == 0)
        return str_of("");
    err e = session_find(rq, p->session_id, &session);
    str name = e.code == ERR_NONE ? session_name(rq->mem, &session) : str_of("");
    i64 number = p->docket_no ? p->docket_no : p->serial;
    return text_format(rq->mem,
                       p->docket_no ? "proposals.docket_number" : "proposals.serial_number", name,
                       arena_printf(rq->mem, "%04lld", (long long)number));
}

err proposal_attested(struct rq *rq, const struct proposal *p, struct attestation *out)
{
    TRY(attestation_find(rq, "proposals", p->id, out));
    return out->seq ? proposal_text_digest(rq, p, &out->text_now) : OK;
}

/* The public page serves every organisation of the house: the digits say which. */
err proposal_find_by_receipt(struct rq *rq, str digits, struct receipt_found *out)
{
    str receipt = proposal_receipt_digest(rq, digits);
    i64 org_id = 0, own = db_org(rq->db);
    TRY(proposal_store_find_receipt_org(rq->db, receipt, &org_id));
    db_set_org(rq->db, org_id);
    err e = proposal_store_find_by_receipt(rq->db, receipt, rq->mem, &out->proposal);
    if (e.code == ERR_NONE) {
        out->number = proposal_number(rq, &out->proposal);
        e = proposal_attested(rq, &out->proposal, &out->attested);
    }
    db_set_org(rq->db, own);
    return e;
}

/* ---- search ---- */

err proposal_index(struct rq *rq, const struct proposal *p, const strs *suggestions)
{
    return text_index(rq, "proposals", p->id, p->title,
                      proposal_store_body(rq->mem, p->situation, p->analysis, suggestions));
}

err proposal_body(struct rq *rq, const struct proposal *p, str *out)
{
    strs suggestions;
    TRY(proposal_store_list_suggestions(rq->db, p->id, rq->mem, &suggestions));
    *out = proposal_store_body(rq->mem, p->situation, p->analysis, &suggestions);
    return OK;
}

err proposal_sheet_load(struct rq *rq, const struct proposal *p, struct proposal_sheet *out)
{
    *out = (struct proposal_sheet){ 0 };
    TRY(proposal_store_list_proposers(rq->db, p->id, rq->mem, &out->proposers));
    TRY(proposal_store_list_wishes(rq->db, p->id, rq->mem, &out->wishes));
    if (actor_scope(rq->actor, "proposals.read") == SCOPE_ORG)
        TRY(proposal_store_list_findings(rq->db, p->id, rq->mem, &out->findings));
    return proposal_store_list_suggestions(rq->db, p->id, rq->mem, &out->suggestions);
}

err proposal_list_wishes(struct rq *rq, i64 id, struct rows *out)
{
    return proposal_store_list_wishes(rq->db, id, rq->mem, out);
}

err proposal_texts(struct rq *rq, i64 after, i64 limit, struct rows *out)
{
    return proposal_store_list_texts(rq->db, after, limit, rq->mem, out);
}

err proposal_list_texts(struct rq *rq, i64 limit, struct arena *mem, struct rows *out)
{
    return proposal_store_list_newest(rq->db, limit, mem, out);
}

/* ---- saving ---- */

err proposal_tell_saved(struct rq *rq, const struct proposal *p, const strs *suggestions,
                        const char *reason)
{
    return event_emit(rq, "proposals.saved", p->id,
                      &(struct proposal_saved){ p, suggestions, reason });
}

/* What may be typed again and again; in whose name it is stays as begun. */
static void take_input(struct rq *rq, const struct proposal_input *in, struct proposal *p)
{
    p->title = in->title;
    p->situation = in->situation;
    p->analysis = in->analysis;
    p->research = in->research;
    p->researched = in->researched;
    p->consent = in->consent;
    p->consent_reason = in->consent_reason;
    p->updated_at = rq->now_ms;
}

/* author NULL: signers stay. */
static err store_parts(struct rq *rq, const struct proposal_input *in, const struct proposal *p,
                       const struct proposal_author *author)
{
    struct proposal_lead lead;
    if (author) {
        TRY(proposal_store_remove_proposers(rq->db, p->id));
        TRY(proposal_store_add_proposer(rq->db, p->id,
                                        &(struct proposer){ .rank = 1,
                                                            .person_id = author->lead.person_id,
                                                            .body_id = author->body.body_id,
                                                            .name = p->proposer_name,
                                                            .contact =
                                                                proposal_contact_line(rq, author),
                                                            .asked_at = rq->now_ms,
                                                            .answered_at = rq->now_ms }));
        TRY(proposal_find_lead(rq, author, &lead));
        TRY(proposal_store_set_lead(rq->db, p->id, p->version, &lead));
    }
    TRY(proposal_store_replace_suggestions(rq->db, p->id, &in->suggestions));
    return proposal_store_replace_wishes(rq->db, p->id, str_of("proposer"), &in->hosts,
                                         &in->cohosts);
}

static err add_draft(struct rq *rq, const struct proposal_input *in,
                     const struct proposal_author *author, struct proposal *out)
{
    struct session session;
    TRY(session_on(rq, rq->today, &session));
    *out = (struct proposal){ .session_id = session.id,
                              .timing = str_of(session_timing(&session, rq->today)),
                              .kind = author->body.kind,
                              .state = str_of("draft"),
                              .proposer_name =
                                  author->body.name.len ? author->body.name : author->lead.name,
                              .lead_person_id = author->lead.person_id,
                              .signer_count = 1,
                              .created_at = rq->now_ms,
                              .created_by = author_of(rq->actor),
                              .version = 1 };
    i64 lead_id = author->lead.person_id;
    if (lead_id == 0 || lead_id != rq->actor->person_id || rq->actor->delegator_account_id)
        out->transcribed_by = rq->actor->account_id;
    take_input(rq, in, out);
    TRY(proposal_store_add(rq->db, out, &out->id));
    TRY(store_parts(rq, in, out, author));
    struct flow_subject subject = {
        out->id, out->version, out->state, out->title, str_of(""), out
    };
    return flow_begin(rq, &PROPOSALS_FLOW, &subject, NULL);
}

err proposal_find_editable(struct rq *rq, i64 id, struct proposal *out)
{
    TRY(proposal_find(rq, id, out));
    bool lead = out->lead_person_id && out->lead_person_id == rq->actor->person_id, may = false;
    TRY(proposal_may_edit(rq, out, &may));
    if (may)
        return OK;
    return lead || is_writer(rq, out) ? err_make(ERR_CONFLICT, "proposals.not_editable")
                                      : err_make(ERR_FORBIDDEN, "proposals.not_yours");
}

err proposal_begin(struct rq *rq, const struct proposal_input *in,
                   const struct proposal_author *author, const char *reason, struct proposal *out)
{
    TRY(add_draft(rq, in, author, out));
    return proposal_tell_saved(rq, out, &in->suggestions, reason);
}

err proposal_save(struct rq *rq, const struct proposal_input *in, const char *reason,
                  struct proposal *p)
{
    take_input(rq, in, p);
    TRY(proposal_store_update_text(rq->db, p));
    p->version++;
    TRY(store_parts(rq, in, p, NULL));
    return proposal_tell_saved(rq, p, &in->suggestions, reason);
}

/* ---- completeness ---- */

static void need(struct rq *rq, str value, const char *field, const char *name)
{
    if (value.len == 0)
        rq_fault(rq, field, name, str_of(""), str_of(""));
}

err proposal_check_complete(struct rq *rq, const struct proposal *p)
{
    strs suggestions;
    bool serving = false;
    struct member lead;
    str none = str_of("");
    TRY(proposal_store_list_suggestions(rq->db, p->id, rq->mem, &suggestions));
    need(rq, p->title, "title", "proposals.need_title");
    need(rq, p->situation, "situation", "proposals.need_situation");
    if (!setting_on(rq, "proposals.joined_parts"))
        need(rq, p->analysis, "analysis", "proposals.need_analysis");
    need(rq, p->consent, "consent", "proposals.need_consent");
    if (str_is(p->consent, "no"))
        need(rq, p->consent_reason, "consent_reason", "proposals.need_consent_reason");
    if (p->researched)
        need(rq, p->research, "research", "proposals.need_research");
    if (suggestions.count == 0)
        rq_fault(rq, "suggestions", "proposals.need_suggestion", none, none);
    if (setting_on(rq, "proposals.research_needed") && !p->researched)
        rq_fault(rq, "researched", "proposals.need_researched", none, none);
    TRY(proposal_check_title(rq, p));
    /* a body goes on whoever its contact was; what was handed in once may be mended by the office
     */
    bool own = p->serial == 0 || p->lead_person_id == rq->actor->person_id;
    if (p->lead_person_id && own && !proposal_is_collective(p->kind)) {
        TRY(member_find_by_person(rq, p->lead_person_id, &lead));
        TRY(member_is_serving(rq, lead.id, rq->today, &serving));
        if (!serving)
            rq_fault(rq, NULL, "proposals.not_serving", none, none);
    }
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}
