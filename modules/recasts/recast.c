/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of recasts (README.md): who may, what the text becomes, that it counts once. Pages:
 * recast_pages.c. */
#include "modules/recasts/recast.h"

#include "modules/drafts/draft.h"
#include "modules/drafts/draft_cut.h"
#include "modules/opinions/opinion_house.h"
#include "modules/opinions/opinion_record.h"
#include "modules/proposals/proposal_kinds.h"
#include "modules/recasts/recast_store.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

enum { LAPSED_AT_ONCE = 50 };

/* ---- finding ---- */

static void first_of(const struct rows *rows, struct recast *out)
{
    const struct recast *all = rows->items;
    *out = rows->count ? all[0] : (struct recast){ 0 };
}

err recast_of_proposal(struct rq *rq, i64 proposal_id, struct recast *out)
{
    struct rows rows;
    TRY(recast_store_list_proposal(rq->db, proposal_id, rq->mem, &rows));
    first_of(&rows, out);
    return OK;
}

err recast_of_opinion(struct rq *rq, i64 opinion_id, struct recast *out)
{
    struct rows rows;
    TRY(recast_store_list_opinion(rq->db, opinion_id, rq->mem, &rows));
    first_of(&rows, out);
    return OK;
}

/* ---- both ways ---- */

/* At both ends: who looks at one finds what became of the other. */
static err note(struct rq *rq, const struct recast *r)
{
    TRY(audit_add(rq, &(struct audit_entry){ .act = "recasts.make",
                                             .object = "proposals",
                                             .object_id = r->proposal_id,
                                             .before = r->way,
                                             .after = str_number(rq->mem, r->opinion_id) }));
    return audit_add(rq, &(struct audit_entry){ .act = "recasts.make",
                                                .object = "opinions",
                                                .object_id = r->opinion_id,
                                                .before = r->way,
                                                .after = str_number(rq->mem, r->proposal_id) });
}

static err add(struct rq *rq, struct recast *r)
{
    TRY(recast_store_add(rq->db, r, &r->id));
    return r->id ? OK : err_make(ERR_CONFLICT, "recasts.done");
}

static err too_long(void)
{
    return err_make(ERR_CONFLICT, "recasts.too_long");
}

/* ---- proposal to opinion: who may ---- */

static bool is_lead(const struct rq *rq, const struct proposal *p)
{
    return p->lead_person_id > 0 && p->lead_person_id == rq->actor->person_id;
}

/* rules.md 3: a non-filed one may become 社情民意. */
static bool is_refused(const struct proposal *p)
{
    return str_is(p->outcome, "rejected") || str_is(p->outcome, "diverted") ||
           str_is(p->outcome, "withdrawn");
}

static err check_open(const struct proposal *p, const struct recast *r)
{
    if (p->serial == 0)
        return err_make(ERR_CONFLICT, "recasts.not_sent");
    if (p->confidential)
        return err_make(ERR_CONFLICT, "recasts.confidential");
    return str_is(r->state, "done") ? err_make(ERR_CONFLICT, "recasts.done") : OK;
}

err recast_may_make(struct rq *rq, const struct proposal *p, const struct recast *r)
{
    if (!is_lead(rq, p))
        return err_make(ERR_FORBIDDEN, "recasts.not_yours");
    TRY(check_open(p, r));
    if (str_is(r->state, "asked"))
        return err_make(ERR_CONFLICT, "recasts.asked");
    return is_refused(p) ? OK : err_make(ERR_CONFLICT, "recasts.not_refused");
}

err recast_may_ask(struct rq *rq, const struct proposal *p, const struct recast *r)
{
    (void)rq;
    TRY(check_open(p, r));
    if (p->lead_person_id == 0)
        return err_make(ERR_CONFLICT, "recasts.no_writer");
    return str_is(r->state, "asked") ? err_make(ERR_CONFLICT, "recasts.waiting") : OK;
}

/* ---- proposal to opinion: the text ---- */

/* In the body's name where he may report in it, else in his own. */
static err body_key(struct rq *rq, const struct proposal *p, str *out)
{
    struct rows rows;
    *out = str_of("");
    if (!proposal_is_collective(p->kind))
        return OK;
    TRY(opinion_bodies(rq, &rows));
    const struct opinion_body *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_eq(all[i].name, p->proposer_name))
            *out = all[i].key;
    return OK;
}

static str numbered(struct rq *rq, const strs *suggestions)
{
    size_t room = 64;
    for (size_t i = 0; i < suggestions->count; i++)
        room += suggestions->items[i].len + 32;
    struct buf *b = buf_new(rq->mem, room);
    for (size_t i = 0; i < suggestions->count; i++) {
        if (suggestions->count > 1)
            buf_add(b, arena_printf(rq->mem, "%s%zu. ", i ? "\n" : "", i + 1));
        buf_add(b, suggestions->items[i]);
    }
    return buf_str(b);
}

/* Who signed it with the lead is asked, when it is sent, whether he reports it with him. */
static str others(struct rq *rq, const struct proposal *p, const struct rows *proposers)
{
    const struct proposer *all = proposers->items;
    strs names = { 0 };
    if (proposal_is_collective(p->kind) || proposers->count > REPORTERS_MAX)
        return str_of("");
    for (size_t i = 0; i < proposers->count; i++)
        if (all[i].person_id && all[i].person_id != p->lead_person_id)
            strs_add(rq->mem, &names, all[i].name);
    return proposal_join(rq->mem, &names, text_find("opinions.between_names"));
}

static err write_opinion(struct rq *rq, const struct proposal *p, i64 *id)
{
    struct proposal_sheet sheet;
    struct opinion o;
    struct opinion_input in = { .title = p->title,
                                .situation = p->situation,
                                .analysis = p->analysis };
    TRY(proposal_sheet_load(rq, p, &sheet));
    TRY(body_key(rq, p, &in.body));
    in.suggestions = numbered(rq, &sheet.suggestions);
    in.joint = others(rq, p, &sheet.proposers);
    if (str_chars(in.situation) > OPINION_PART_MAX || str_chars(in.analysis) > OPINION_PART_MAX ||
        str_chars(in.suggestions) > OPINION_PART_MAX)
        return too_long();
    TRY(opinion_begin(rq, &in, &o));
    *id = o.id;
    return opinion_count_as_proposal(rq, o.id);
}

err recast_make_opinion(struct rq *rq, i64 proposal_id, i64 *opinion_id)
{
    struct proposal p;
    struct recast r;
    TRY(proposal_find(rq, proposal_id, &p));
    TRY(recast_of_proposal(rq, p.id, &r));
    TRY(recast_may_make(rq, &p, &r));
    r = (struct recast){ .way = str_of("to_opinion"),
                         .state = str_of("done"),
                         .proposal_id = p.id,
                         .person_id = p.lead_person_id,
                         .title = p.title,
                         .number = proposal_number(rq, &p),
                         .decided_at = rq->now_ms };
    TRY(write_opinion(rq, &p, &r.opinion_id));
    TRY(add(rq, &r));
    *opinion_id = r.opinion_id;
    return note(rq, &r);
}

/* ---- with the writer's consent ---- */

err recast_ask(struct rq *rq, i64 proposal_id, str remark)
{
    struct proposal p;
    struct recast r;
    TRY(proposal_find(rq, proposal_id, &p));
    TRY(recast_of_proposal(rq, p.id, &r));
    TRY(recast_may_ask(rq, &p, &r));
    r = (struct recast){ .way = str_of("to_opinion"),
                         .state = str_of("asked"),
                         .proposal_id = p.id,
                         .person_id = p.lead_person_id,
                         .title = p.title,
                         .number = proposal_number(rq, &p),
                         .remark = remark,
                         .asked_at = rq->now_ms,
                         .asked_by = rq->actor->account_id };
    TRY(add(rq, &r));
    TRY(audit_add(
        rq, &(struct audit_entry){
                .act = "recasts.ask", .object = "proposals", .object_id = p.id, .after = remark }));
    return notify_send(rq, &(struct notify_to){ .person_id = p.lead_person_id },
                       &(struct notify_message){
                           .text = "recasts.told_asked",
                           .arg = { p.title },
                           .url =
                               arena_printf(rq->mem, "/proposals/%lld#recasts", (long long)p.id) });
}

/* Only whom it asks may know of it. */
static err find_asked(struct rq *rq, i64 id, struct recast *out)
{
    err e = recast_store_find(rq->db, id, rq->mem, out);
    bool own = e.code == ERR_NONE && out->asked_at > 0 && rq->actor->person_id > 0 &&
               out->person_id == rq->actor->person_id;
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_NONE && !own))
        return err_make(ERR_NOT_FOUND, "recasts.not_found");
    TRY(e);
    return str_is(out->state, "asked") ? OK : err_make(ERR_CONFLICT, "recasts.answered");
}

err recast_answer(struct rq *rq, i64 id, bool agree, struct recast *out)
{
    struct proposal p;
    TRY(find_asked(rq, id, out));
    TRY(proposal_find(rq, out->proposal_id, &p));
    if (!is_lead(rq, &p))
        return err_make(ERR_FORBIDDEN, "recasts.not_yours");
    if (agree) {
        TRY(check_open(&p, out));
        TRY(write_opinion(rq, &p, &out->opinion_id));
        TRY(note(rq, out));
    } else {
        TRY(audit_add(rq, &(struct audit_entry){ .act = "recasts.decline",
                                                 .object = "proposals",
                                                 .object_id = p.id }));
    }
    out->state = str_of(agree ? "done" : "declined");
    out->decided_at = rq->now_ms;
    TRY(recast_store_update(rq->db, out));
    return notify_send(rq, &(struct notify_to){ .account_id = out->asked_by },
                       &(struct notify_message){
                           .text = agree ? "recasts.told_agreed" : "recasts.told_declined",
                           .arg = { p.title },
                           .url =
                               arena_printf(rq->mem, "/proposals/%lld#recasts", (long long)p.id) });
}

/* Over without an answer: as declined, so that the office may ask again. */
static err end(struct rq *rq, struct recast *r, const char *how)
{
    r->state = str_of("declined");
    r->ended = str_of(how);
    r->decided_at = rq->now_ms;
    TRY(recast_store_update(rq->db, r));
    return audit_add(rq, &(struct audit_entry){ .act = "recasts.recall",
                                                .object = "proposals",
                                                .object_id = r->proposal_id,
                                                .after = r->ended });
}

static err tell_ended(struct rq *rq, const struct recast *r, const struct notify_to *to,
                      const char *text)
{
    return notify_send(rq, to,
                       &(struct notify_message){ .text = text,
                                                 .arg = { r->title },
                                                 .url = arena_printf(rq->mem,
                                                                     "/proposals/%lld#recasts",
                                                                     (long long)r->proposal_id) });
}

err recast_recall(struct rq *rq, i64 id, struct recast *out)
{
    struct proposal p;
    err e = recast_store_find(rq->db, id, rq->mem, out);
    if (e.code == ERR_NOT_FOUND)
        return err_make(ERR_NOT_FOUND, "recasts.not_found");
    TRY(e);
    TRY(proposal_find(rq, out->proposal_id, &p));
    if (!str_is(out->state, "asked"))
        return err_make(ERR_CONFLICT, "recasts.over");
    TRY(end(rq, out, "recalled"));
    return tell_ended(rq, out, &(struct notify_to){ .person_id = out->person_id },
                      "recasts.told_recalled");
}

err job_recast_lapse(struct rq *rq, bool *again)
{
    struct rows rows;
    i64 days = setting_number(rq, "recasts.answer_days");
    if (days == 0)
        return OK;
    TRY(recast_store_list_open(rq->db, day_start_ms(rq->today - days), rq->mem, &rows));
    struct recast *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        TRY(end(rq, &all[i], "lapsed"));
        TRY(tell_ended(rq, &all[i], &(struct notify_to){ .account_id = all[i].asked_by },
                       "recasts.told_lapsed"));
    }
    *again = rows.count == LAPSED_AT_ONCE;
    return OK;
}

/* ---- opinion to proposal ---- */

err recast_may_propose(struct rq *rq, const struct opinion *o, const struct recast *r)
{
    static const char *const AT_DESK[] = { "submitted", "taken", "editing", "signing" };
    if (!opinion_is_own(rq, o) || rq->actor->member_id == 0)
        return err_make(ERR_FORBIDDEN, "recasts.not_yours");
    if (r->id)
        return err_make(ERR_CONFLICT, "recasts.done");
    for (size_t i = 0; i < sizeof AT_DESK / sizeof *AT_DESK; i++)
        if (str_is(o->state, AT_DESK[i]))
            return err_make(ERR_CONFLICT, "recasts.at_desk");
    return OK;
}

/* In the body's name where he may propose in it, else in his own. */
static err proposing_key(struct rq *rq, const struct opinion *o, str *out)
{
    struct rows rows;
    *out = str_of("");
    if (o->body_id == 0)
        return OK;
    TRY(proposal_bodies(rq, &rows));
    const struct proposal_body *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].body_id == o->body_id && str_eq(all[i].name, o->body_name))
            *out = all[i].key;
    return OK;
}

static bool is_within(struct rq *rq, const struct proposal_input *in)
{
    i64 part = setting_number(rq, "proposals.part_max"),
        one = setting_number(rq, "proposals.suggestion_max"),
        all = setting_number(rq, "drafts.total_max");
    for (size_t i = 0; i < in->suggestions.count; i++)
        if (str_chars(in->suggestions.items[i]) > one)
            return false;
    return str_chars(in->title) <= setting_number(rq, "proposals.title_max") &&
           str_chars(in->situation) <= part && str_chars(in->analysis) <= part &&
           in->suggestions.count <= PROPOSAL_SUGGESTIONS_MAX &&
           (all == 0 || draft_length(in) <= all);
}

err recast_make_proposal(struct rq *rq, i64 opinion_id, i64 *proposal_id)
{
    struct opinion o;
    struct recast r;
    struct proposal p;
    TRY(opinion_find(rq, opinion_id, &o));
    TRY(recast_of_opinion(rq, o.id, &r));
    TRY(recast_may_propose(rq, &o, &r));
    struct proposal_input in = { .title = o.title,
                                 .situation = o.situation,
                                 .analysis = o.analysis };
    TRY(proposing_key(rq, &o, &in.body));
    if (o.suggestions.len)
        in.suggestions = draft_cut_suggestions(rq->mem, o.suggestions);
    if (!is_within(rq, &in))
        return too_long();
    TRY(draft_save(rq, &in, "save", &p));
    r = (struct recast){ .way = str_of("to_proposal"),
                         .state = str_of("done"),
                         .proposal_id = p.id,
                         .opinion_id = o.id,
                         .person_id = rq->actor->person_id,
                         .title = o.title,
                         .number = o.number,
                         .decided_at = rq->now_ms };
    TRY(add(rq, &r));
    *proposal_id = p.id;
    return note(rq, &r);
}

err on_recast_submitted(struct rq *rq, i64 id, const void *fact)
{
    struct recast r;
    (void)fact;
    TRY(recast_of_proposal(rq, id, &r));
    if (!str_is(r.way, "to_proposal"))
        return OK;
    return opinion_count_as_proposal(rq, r.opinion_id);
}
