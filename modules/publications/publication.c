/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of publications: what may be public, who may stop it, and the flow. Taking down does not
 * wait for anybody: it happens in the step that takes the consent away. What the public sees:
 * publication_facts.c. */
#include "modules/assignments/assignment.h"
#include "modules/publications/publication_store.h"
#include "platform/audit/audit.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/mask.h"
#include "platform/text/text.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"

enum { BODY_MAX = 1 << 20 };

/* ---- what may be public (rules.md 2.7: the proposer's consent) ---- */

err publication_handled(struct rq *rq, const struct proposal *p, struct proposal *out)
{
    *out = *p;
    return p->main_id ? proposal_find_house(rq, p->main_id, out) : OK;
}

static bool is_on_list(const struct proposal *p)
{
    return str_is(p->outcome, "docketed") || (p->main_id > 0 && str_is(p->outcome, "merged"));
}

err publication_judge(struct rq *rq, const struct proposal *p, const char **why)
{
    struct proposal handled;
    i64 objections = 0;
    TRY(publication_handled(rq, p, &handled));
    TRY(objection_store_count(rq->db, p->id, &objections));
    *why = NULL;
    if (!str_is(p->consent, "yes"))
        *why = "publications.no_consent";
    else if (p->confidential || handled.confidential)
        *why = "publications.confidential";
    else if (objections)
        *why = "publications.objected";
    else if (!is_on_list(p) || !is_on_list(&handled))
        *why = "publications.not_docketed";
    return OK;
}

/* One that agrees, with nobody who objects. */
static err is_open(struct rq *rq, const struct proposal *p, bool *open)
{
    i64 objections = 0;
    TRY(objection_store_count(rq->db, p->id, &objections));
    *open = str_is(p->consent, "yes") && !p->confidential && objections == 0;
    return OK;
}

err publication_whole(struct rq *rq, const struct proposal *handled, bool *whole)
{
    struct rows merged;
    TRY(is_open(rq, handled, whole));
    if (handled->merged_count == 0 || !*whole)
        return OK;
    TRY(proposal_list_merged(rq, handled->id, &merged));
    const struct proposal *all = merged.items;
    for (size_t i = 0; i < merged.count && *whole; i++)
        TRY(is_open(rq, &all[i], whole));
    return OK;
}

/* ---- the copy ---- */

static str url_of(struct rq *rq, i64 id)
{
    return arena_printf(rq->mem, "/publications/%lld/edit", (long long)id);
}

static struct flow_subject subject_of(const struct publication *p)
{
    return (struct flow_subject){
        .id = p->id, .version = p->version, .state = p->state, .title = p->title
    };
}

static err prepare(struct rq *rq, const struct proposal *p, i64 *id)
{
    struct proposal_sheet sheet;
    strs suggestions = { 0 };
    TRY(proposal_sheet_load(rq, p, &sheet));
    for (size_t i = 0; i < sheet.suggestions.count; i++)
        strs_add(rq->mem, &suggestions,
                 mask_text(rq->mem, sheet.suggestions.items[i], MASK_NUMBERS));
    bool replies = setting_on(rq, "publications.replies");
    struct publication u = { .proposal_id = p->id,
                             .state = str_of("prepared"),
                             .title = mask_text(rq->mem, p->title, MASK_NUMBERS),
                             .situation = mask_text(rq->mem, p->situation, MASK_NUMBERS),
                             .analysis = mask_text(rq->mem, p->analysis, MASK_NUMBERS),
                             .reply_mode = str_of(replies ? "full" : "none"),
                             .show_progress = true,
                             .prepared_at = rq->now_ms,
                             .version = 1 };
    TRY(publication_store_add(rq->db, &u, &u.id));
    TRY(publication_store_replace_suggestions(rq->db, u.id, &suggestions));
    *id = u.id;
    struct flow_subject subject = subject_of(&u);
    return flow_begin(rq, &PUBLICATIONS_FLOW, &subject, NULL);
}

err publication_prepare(struct rq *rq, i64 proposal_id, i64 *id)
{
    struct proposal p;
    struct publication u;
    const char *why;
    TRY(proposal_find(rq, proposal_id, &p));
    err e = publication_store_find_of(rq->db, p.id, rq->mem, &u);
    if (e.code == ERR_NONE)
        *id = u.id;
    if (e.code != ERR_NOT_FOUND)
        return e;
    TRY(publication_judge(rq, &p, &why));
    return why ? err_make(ERR_CONFLICT, why) : prepare(rq, &p, id);
}

err publication_find(struct rq *rq, i64 id, struct publication *out, strs *suggestions)
{
    struct publishing_row row;
    TRY(list_find(rq, &PUBLISHING_LIST, id, &row));
    TRY(publication_store_find(rq->db, id, rq->mem, out));
    return publication_store_list_suggestions(rq->db, id, rq->mem, suggestions);
}

/* What is searched in. */
static str body_of(struct rq *rq, const struct publication *u, const strs *suggestions)
{
    struct buf *b = buf_new(rq->mem, BODY_MAX);
    buf_add(b, u->situation);
    buf_put_byte(b, '\n');
    buf_add(b, u->analysis);
    for (size_t i = 0; i < suggestions->count; i++) {
        buf_put_byte(b, '\n');
        buf_add(b, suggestions->items[i]);
    }
    return buf_str(b);
}

static err index_text(struct rq *rq, const struct publication *u, const strs *suggestions)
{
    return text_index(rq, "publications", u->id, u->title, body_of(rq, u, suggestions));
}

/* All that the public sees of the copy, for the audit. */
static str whole(struct rq *rq, const struct publication *u, const strs *suggestions)
{
    str body = body_of(rq, u, suggestions);
    return arena_printf(rq->mem, "%.*s\n%.*s\n%.*s %d\n%.*s", (int)u->title.len, u->title.ptr,
                        (int)body.len, body.ptr, (int)u->reply_mode.len, u->reply_mode.ptr,
                        u->show_progress, (int)u->summary.len, u->summary.ptr);
}

static err check(struct rq *rq, const struct publication_input *in, size_t suggestions)
{
    if (in->suggestions.count != suggestions)
        return err_make(ERR_CONFLICT, "publications.suggestions_changed");
    if (str_is(in->reply_mode, "summary") && in->summary.len == 0)
        rq_fault(rq, "summary", "publications.summary_missing", str_of(""), str_of(""));
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

static err hosts_follow(struct rq *rq, i64 publication_id)
{
    i64 handled;
    TRY(publication_store_handled(rq->db, publication_id, &handled));
    return publication_store_set_hosts(rq->db, handled);
}

err publication_save(struct rq *rq, i64 id, const struct publication_input *in)
{
    struct publication u;
    strs suggestions;
    TRY(publication_find(rq, id, &u, &suggestions));
    struct publication_input stored = { .id = id,
                                        .version = u.version,
                                        .title = u.title,
                                        .situation = u.situation,
                                        .analysis = u.analysis,
                                        .suggestions = suggestions,
                                        .reply_mode = u.reply_mode,
                                        .summary = u.summary,
                                        .show_progress = u.show_progress };
    TRY(conflict_check(rq, "web.version", in->version, u.version, &stored));
    TRY(check(rq, in, suggestions.count));
    str before = whole(rq, &u, &suggestions);
    u.title = in->title;
    u.situation = in->situation;
    u.analysis = in->analysis;
    u.reply_mode = in->reply_mode;
    u.summary = in->summary;
    u.show_progress = in->show_progress;
    TRY(publication_store_update(rq->db, &u, u.state));
    TRY(publication_store_replace_suggestions(rq->db, id, &in->suggestions));
    TRY(hosts_follow(rq, id));
    if (str_is(u.state, "published"))
        TRY(index_text(rq, &u, &in->suggestions));
    return audit_add(rq, &(struct audit_entry){ .act = "publications.edit",
                                                .object = "publications",
                                                .object_id = id,
                                                .before = before,
                                                .after = whole(rq, &u, &in->suggestions) });
}

/* ---- names ---- */

err publication_names(struct rq *rq, const struct proposal *p, str *out)
{
    struct proposal_sheet sheet;
    str how = setting_text(rq, "publications.names");
    *out = str_of("");
    if (str_is(how, "none"))
        return OK;
    TRY(proposal_sheet_load(rq, p, &sheet));
    if (str_is(how, "lead") && sheet.proposers.count > 1)
        sheet.proposers.count = 1;
    *out = proposal_signers(rq, &sheet.proposers);
    return OK;
}

/* ---- a signer objects ---- */

static const struct proposer *signer_of(const struct rq *rq, const struct rows *proposers)
{
    const struct proposer *all = proposers->items;
    for (size_t i = 0; i < proposers->count; i++)
        if (all[i].rank > 1 && all[i].person_id > 0 && all[i].person_id == rq->actor->person_id)
            return &all[i];
    return NULL;
}

err publication_may_object(struct rq *rq, const struct proposal *p, bool *may, bool *objects)
{
    struct proposal_sheet sheet;
    struct publication_objection o;
    *objects = false;
    TRY(proposal_sheet_load(rq, p, &sheet));
    *may = p->submitted_at > 0 && signer_of(rq, &sheet.proposers) != NULL &&
           actor_may(rq->actor, "publications.object");
    if (!*may)
        return OK;
    err e = objection_store_find(rq->db, p->id, rq->actor->person_id, rq->mem, &o);
    *objects = e.code == ERR_NONE && o.withdrawn_at == 0;
    return e.code == ERR_NOT_FOUND ? OK : e;
}

static err review(struct rq *rq, const struct proposal *p);

/* Objects (withdrawn_at 0) or takes it back. */
static err set_objection(struct rq *rq, i64 proposal_id, i64 withdrawn_at, const char *act)
{
    struct proposal p;
    struct proposal_sheet sheet;
    struct publication_objection o = { 0 };
    TRY(proposal_find(rq, proposal_id, &p));
    TRY(proposal_sheet_load(rq, &p, &sheet));
    const struct proposer *signer = signer_of(rq, &sheet.proposers);
    if (!signer || p.submitted_at == 0)
        return err_make(ERR_FORBIDDEN, "publications.not_signer");
    err e = objection_store_find(rq->db, p.id, signer->person_id, rq->mem, &o);
    bool there = e.code == ERR_NONE;
    if (!there && e.code != ERR_NOT_FOUND)
        return e;
    if ((there && (o.withdrawn_at == 0) == (withdrawn_at == 0)) || (!there && withdrawn_at))
        return OK; /* a second click */
    o.withdrawn_at = withdrawn_at;
    o.objected_at = withdrawn_at ? o.objected_at : rq->now_ms;
    o.proposal_id = p.id;
    o.person_id = signer->person_id;
    o.name = signer->name;
    TRY(there ? objection_store_update(rq->db, &o) : objection_store_add(rq->db, &o));
    TRY(audit_add(rq, &(struct audit_entry){
                          .act = act, .object = "proposals", .object_id = p.id, .after = o.name }));
    TRY(review(rq, &p));
    return withdrawn_at ? OK : event_emit(rq, "publications.objected", p.id, NULL);
}

err publication_object(struct rq *rq, i64 proposal_id)
{
    return set_objection(rq, proposal_id, 0, "publications.object");
}

err publication_agree(struct rq *rq, i64 proposal_id)
{
    return set_objection(rq, proposal_id, rq->now_ms, "publications.agree");
}

/* ---- the flow ---- */

/* The house takes down what has become confidential too; a person does not come near it. */
err publication_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct publication *u = arena_zero(rq->mem, sizeof *u);
    struct publishing_row row;
    if (rq->actor->account_id)
        TRY(list_find(rq, &PUBLISHING_LIST, id, &row));
    err e = publication_store_find(rq->db, id, rq->mem, u);
    if (e.code == ERR_NOT_FOUND)
        return err_make(ERR_NOT_FOUND, "publications.not_found");
    TRY(e);
    *out = subject_of(u);
    out->row = u;
    return OK;
}

/* Also writes what the effects below changed in the row. */
err publication_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    return publication_store_update(rq->db, subject->row, to);
}

err publication_guard_publish(struct rq *rq, const struct flow_subject *subject)
{
    const struct publication *u = subject->row;
    struct proposal p;
    const char *why;
    TRY(proposal_find_house(rq, u->proposal_id, &p));
    TRY(publication_judge(rq, &p, &why));
    return why ? err_make(ERR_CONFLICT, why) : OK;
}

err publication_effect_publish(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct publication *u = subject->row;
    strs suggestions;
    (void)step;
    u->published_at = rq->now_ms;
    u->retract_reason = str_of("");
    TRY(publication_store_list_suggestions(rq->db, u->id, rq->mem, &suggestions));
    return index_text(rq, u, &suggestions);
}

err publication_effect_retract(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct publication_reason_input *in = step->input;
    struct publication *u = subject->row;
    u->retracted_at = rq->now_ms;
    u->retract_reason = in->opinion;
    return text_remove(rq, "publications", u->id);
}

/* ---- what happens to a proposal ---- */

static err take_down(struct rq *rq, const struct publication *u, const char *why)
{
    struct publication_reason_input reason = { u->id, text_find(why) };
    TRY(flow_move(rq, &PUBLICATIONS_FLOW, u->id, "retract", &reason));
    if (!str_is(u->state, "published"))
        return OK;
    bool secret = strcmp(why, "publications.confidential") == 0;
    return notify_send(rq,
                       &(struct notify_to){ .permission = "publications.manage",
                                            .except_account_id = rq->actor->account_id },
                       &(struct notify_message){ .text = "publications.told_down",
                                                 .arg = { u->title, reason.opinion },
                                                 .url = secret ? str_of("/publications/manage")
                                                               : url_of(rq, u->id) });
}

/* Brings one in line with what is so now. What was taken down comes back by hand only. */
static err review(struct rq *rq, const struct proposal *p)
{
    struct publication u;
    const char *why;
    i64 id;
    TRY(publication_judge(rq, p, &why));
    err e = publication_store_find_of(rq->db, p->id, rq->mem, &u);
    if (e.code == ERR_NOT_FOUND)
        return why ? OK : prepare(rq, p, &id);
    TRY(e);
    return why && !str_is(u.state, "retracted") ? take_down(rq, &u, why) : OK;
}

err on_publication_case(struct rq *rq, i64 id, const void *fact)
{
    struct proposal p;
    struct rows merged;
    (void)fact;
    TRY(proposal_find_house(rq, id, &p));
    TRY(review(rq, &p));
    if (p.merged_count == 0)
        return OK;
    TRY(proposal_list_merged(rq, id, &merged));
    const struct proposal *all = merged.items;
    for (size_t i = 0; i < merged.count; i++)
        TRY(review(rq, &all[i]));
    return OK;
}

/* One that is there; no list of earlier years makes one public. */
static err follow(struct rq *rq, const struct proposal *p, bool *there)
{
    struct publication u;
    err e = publication_store_find_of(rq->db, p->id, rq->mem, &u);
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    *there = true;
    return review(rq, p);
}

err on_publication_retold(struct rq *rq, i64 id, const void *fact)
{
    struct proposal p;
    struct rows merged = { 0 };
    bool there = false;
    (void)fact;
    TRY(proposal_find_house(rq, id, &p));
    TRY(follow(rq, &p, &there));
    if (p.merged_count)
        TRY(proposal_list_merged(rq, id, &merged));
    const struct proposal *all = merged.items;
    for (size_t i = 0; i < merged.count; i++)
        TRY(follow(rq, &all[i], &there));
    return there ? publication_store_set_hosts(rq->db, p.main_id ? p.main_id : id) : OK;
}

/* Which agency the public sees changes with its own steps and when a case goes to an agency. */
err on_publication_stepped(struct rq *rq, i64 id, const void *fact)
{
    const struct flow_step *step = fact;
    const char *verb = step->action ? step->action->verb : "";
    if (step->flow == &PUBLICATIONS_FLOW)
        return hosts_follow(rq, id);
    if (step->flow == &PROPOSALS_FLOW && strcmp(verb, "assign") == 0)
        return publication_store_set_hosts(rq->db, id);
    if (step->flow != &ASSIGNMENTS_FLOW || strcmp(verb, "reassign") != 0)
        return OK;
    const struct assignment *a = step->subject->row;
    return str_is(a->matter, "proposals") ? publication_store_set_hosts(rq->db, a->matter_id) : OK;
}

/* ---- search ---- */

err publication_texts(struct rq *rq, i64 after, i64 limit, struct rows *out)
{
    struct rows rows;
    TRY(publication_store_list_texts(rq->db, after, limit, rq->mem, &rows));
    const struct publication *all = rows.items;
    struct text_document *documents = arena_array(rq->mem, rows.count + 1, sizeof *documents);
    for (size_t i = 0; i < rows.count; i++) {
        strs suggestions;
        TRY(publication_store_list_suggestions(rq->db, all[i].id, rq->mem, &suggestions));
        documents[i] =
            (struct text_document){ all[i].id, all[i].title, body_of(rq, &all[i], &suggestions) };
    }
    *out = (struct rows){ documents, rows.count, sizeof *documents };
    return OK;
}
