/* SPDX-License-Identifier: MulanPSL-2.0 */
/* In whose name a draft is begun, and saving it (draft.h). What a text must be: modules/proposals.
 */
#include "modules/drafts/draft.h"

#include "modules/proposals/proposal_kinds.h"
#include "platform/settings/settings.h"
#include "platform/web/conflict.h"

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

/* ---- saving ---- */

/* What stands now, as the form shows it. */
static err stored_input(struct rq *rq, const struct proposal *p, struct proposal_input *out)
{
    struct proposal_sheet sheet;
    struct draft_note note;
    i64 *hosts = NULL, *cohosts = NULL;
    TRY(proposal_sheet_load(rq, p, &sheet));
    TRY(draft_note_find(rq, p->id, &note));
    const struct rows rows = sheet.wishes;
    const struct wish *all = rows.items;
    out->hosts = (ids){ hosts = arena_array(rq->mem, rows.count + 1, sizeof *hosts), 0 };
    out->cohosts = (ids){ cohosts = arena_array(rq->mem, rows.count + 1, sizeof *cohosts), 0 };
    for (size_t i = 0; i < rows.count; i++)
        if (str_is(all[i].by_whom, "proposer") && str_is(all[i].role, "host"))
            hosts[out->hosts.count++] = all[i].agency_id;
        else if (str_is(all[i].by_whom, "proposer"))
            cohosts[out->cohosts.count++] = all[i].agency_id;
    out->suggestions = sheet.suggestions;
    out->authorship = note.authorship;
    out->talk_wish = note.talk_wish;
    out->title = p->title;
    out->situation = p->situation;
    out->analysis = p->analysis;
    out->research = p->research;
    out->researched = p->researched;
    out->consent = p->consent;
    out->consent_reason = p->consent_reason;
    return OK;
}

/* A draft may lack anything, and is never over its limits. */
static err check_lengths(struct rq *rq, const struct proposal_input *in)
{
    i64 max = setting_number(rq, "proposals.suggestion_max");
    str limit = arena_printf(rq->mem, "%lld", (long long)max);
    for (size_t i = 0; i < in->suggestions.count; i++)
        if (str_chars(in->suggestions.items[i]) > max)
            rq_fault(rq, "suggestions", "proposals.suggestion_too_long",
                     arena_printf(rq->mem, "%zu", i + 1), limit);
    max = setting_number(rq, "drafts.total_max");
    i64 total = draft_length(in);
    if (max > 0 && total > max)
        rq_fault(rq, "situation", "drafts.too_long", arena_printf(rq->mem, "%lld", (long long)max),
                 arena_printf(rq->mem, "%lld", (long long)total));
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

i64 draft_length(const struct proposal_input *in)
{
    i64 total = str_chars(in->situation) + str_chars(in->analysis);
    for (size_t i = 0; i < in->suggestions.count; i++)
        total += str_chars(in->suggestions.items[i]);
    return total;
}

err draft_note_find(struct rq *rq, i64 proposal_id, struct draft_note *out)
{
    err e = draft_store_find_note(rq->db, proposal_id, rq->mem, out);
    if (e.code != ERR_NOT_FOUND)
        return e;
    *out = (struct draft_note){ 0 };
    return OK;
}

static err note_save(struct rq *rq, i64 proposal_id, const struct proposal_input *in)
{
    struct draft_note note;
    TRY(draft_note_find(rq, proposal_id, &note));
    if (str_eq(note.authorship, in->authorship) && str_eq(note.talk_wish, in->talk_wish))
        return OK;
    return draft_store_save_note(rq->db, proposal_id,
                                 &(struct draft_note){ in->authorship, in->talk_wish });
}

static err begin(struct rq *rq, const struct proposal_input *in, const char *reason,
                 struct proposal *out)
{
    struct proposal_author author;
    TRY(find_author(rq, in, &author));
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    TRY(proposal_begin(rq, in, &author, reason, out));
    return note_save(rq, out->id, in);
}

err draft_save(struct rq *rq, const struct proposal_input *in, const char *reason,
               struct proposal *out)
{
    struct proposal_input stored = *in;
    TRY(check_lengths(rq, in));
    if (in->id == 0)
        return begin(rq, in, reason, out);
    TRY(proposal_find_editable(rq, in->id, out));
    if (in->version != out->version)
        TRY(stored_input(rq, out, &stored));
    TRY(conflict_check(rq, "proposals.version", in->version, out->version, &stored));
    TRY(note_save(rq, in->id, in)); /* before the version that is kept of it */
    return proposal_save(rq, in, reason, out);
}
