/* SPDX-License-Identifier: MulanPSL-2.0 */
/* City and county (transfer_handing.h). There the case is a proposal like any other, handed in by
 * the house that asks; here the answer goes the agency's own steps, so that clocks, notices,
 * letters and verdicts are those of every answer. */
#include "modules/transfers/transfer_handing.h"

#include "modules/assignments/assignment.h"
#include "modules/assignments/assignment_forms.h"
#include "modules/members/member.h"
#include "modules/proposals/proposal_whole.h"
#include "modules/transfers/transfer_names.h"
#include "modules/transfers/transfer_store.h"
#include "modules/transfers/transfer_tables.h"
#include "platform/app.h"
#include "platform/files/files.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/transfer/transfer.h"
#include "platform/web/json.h"
#include "platform/web/json_tree.h"

enum { TABLES_MAX = 128, PROPOSERS_MAX = 200 };

/* ---- what stays here ---- */

static bool goes_along(const struct transfer_ask *ask, const char *table)
{
    static const char *const HANDLE[] = { "proposals", "proposers", "suggestions", "attachments" };
    static const char *const ANSWER[] = { "proposals", "assignments",   "contacts",
                                          "replies",   "reply_answers", "reply_promises" };
    bool handle = str_is(ask->purpose, "handle");
    const char *const *names = handle ? HANDLE : ANSWER;
    size_t count = handle ? sizeof HANDLE / sizeof *HANDLE : sizeof ANSWER / sizeof *ANSWER;
    if (strcmp(table, "attachments") == 0 && !ask->files)
        return false;
    if (str_is(ask->purpose, "copy"))
        return true;
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], table) == 0)
            return true;
    return false;
}

const char *const *transfer_without(struct rq *rq, const struct transfer_ask *ask)
{
    const char **names = arena_array(rq->mem, TABLES_MAX, sizeof *names);
    size_t n = 0;
    for (const struct module *const *m = rq->app->modules; *m; m++)
        for (const struct transfer_table *t = (*m)->transfers; t && t->name; t++)
            if (!goes_along(ask, t->name) && n + 1 < TABLES_MAX)
                names[n++] = t->name;
    return names;
}

/* What is between the proposer and this house, or for its office alone: whoever handles or answers
 * elsewhere stands for the agency, which is blind. */
const char *const *transfer_blank(const struct transfer_ask *ask)
{
    static const char *const BLANK[] = { "satisfaction",
                                         "withdraw_reason",
                                         "withdraw_asked_at",
                                         "reject_note",
                                         "merged_from",
                                         "quality",
                                         NULL };
    return str_is(ask->purpose, "copy") ? NULL : BLANK;
}

/* ---- leaving ---- */

static err with_agency(struct rq *rq, i64 id, i64 agency_id, struct assignment *out)
{
    struct rows rows;
    TRY(assignment_list_of(rq, "proposals", id, &rows));
    const struct assignment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].agency_id == agency_id && !str_is(all[i].role, "cohost")) {
            *out = all[i];
            return OK;
        }
    return err_make(ERR_CONFLICT, "transfers.not_with");
}

/* One agency answers for the whole: whose letter else would it be? */
static err answering_check(struct rq *rq, i64 id, bool *answered)
{
    struct rows rows;
    size_t answering = 0;
    *answered = false;
    TRY(assignment_list_of(rq, "proposals", id, &rows));
    const struct assignment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        if (str_is(all[i].role, "cohost") || str_is(all[i].state, "reassigned"))
            continue;
        answering++;
        *answered = all[i].replied_at > 0;
    }
    return answering == 1 ? OK : err_make(ERR_CONFLICT, "transfers.split_stays");
}

static err handle_write(struct rq *rq, const struct transfer_ask *ask, i64 id, struct json *j)
{
    struct assignment a;
    struct proposal p;
    bool answered;
    TRY(proposal_find_house(rq, id, &p));
    TRY(with_agency(rq, id, ask->agency_id, &a));
    if (p.merged_count)
        return err_make(ERR_CONFLICT, "transfers.merged_stays");
    if (p.confidential)
        return err_make(ERR_CONFLICT, "transfers.confidential_stays");
    TRY(answering_check(rq, id, &answered));
    json_object(j, "handing");
    json_str(j, "number", a.matter_number);
    json_day(j, "due_on", a.due_on);
    json_object(j, "agency");
    TRY(transfer_name_write(rq, "orgs", a.agency_id, j));
    json_object_end(j);
    json_object_end(j);
    return OK;
}

static err answer_write(struct rq *rq, i64 id, struct json *j)
{
    struct transfer t;
    struct transfer_case came;
    bool answered;
    err e = transfer_find_origin(rq, id, &t, &came);
    if (e.code == ERR_NOT_FOUND || (!e.code && !str_is(came.purpose, "handle")))
        return err_make(ERR_CONFLICT, "transfers.not_asked");
    TRY(e);
    TRY(answering_check(rq, id, &answered));
    if (!answered)
        return err_make(ERR_CONFLICT, "transfers.not_answered_yet");
    json_object(j, "handing");
    json_str(j, "asker", t.peer); /* not where it began, when that was further away */
    transfer_origin_write(&(struct transfer_origin){ came.house, came.house_id, came.begun_at }, j);
    json_object_end(j);
    return OK;
}

err transfer_handing_write(struct rq *rq, const struct transfer_ask *ask, i64 id, struct json *j)
{
    if (str_is(ask->purpose, "handle"))
        return handle_write(rq, ask, id, j);
    return str_is(ask->purpose, "answer") ? answer_write(rq, id, j) : OK;
}

/* ---- reading members that transfer_check has judged ---- */

static const struct json_tree *nth(const struct json_tree *tree, const char *list, size_t n)
{
    return json_tree_item(json_tree_member(tree, list), n);
}

static size_t count_of(const struct json_tree *tree, const char *list)
{
    return json_tree_items(json_tree_member(tree, list));
}

static str text_of(const struct json_tree *row, const char *name)
{
    str text = { "", 0 };
    json_tree_text(json_tree_member(row, name), &text);
    return text;
}

static i64 number_of(const struct json_tree *row, const char *name)
{
    i64 number = 0;
    json_tree_number(json_tree_member(row, name), &number);
    return number;
}

static i64 day_of(const struct json_tree *row, const char *name)
{
    i64 day = 0;
    return day_parse(text_of(row, name), &day) ? day : 0;
}

/* ---- to be handled here ---- */

static void signers_read(struct rq *rq, const struct json_tree *tree, struct proposal_whole *whole)
{
    size_t count = count_of(tree, "proposers");
    struct proposer *all = arena_array(rq->mem, PROPOSERS_MAX, sizeof *all);
    whole->signers = (struct rows){ all, 0, sizeof *all };
    for (size_t i = 0; i < count && whole->signers.count < PROPOSERS_MAX; i++) {
        const struct json_tree *row = nth(tree, "proposers", i);
        if (number_of(row, "proposal_id") != 1)
            continue;
        all[whole->signers.count] = (struct proposer){ .rank = (i64)whole->signers.count + 1,
                                                       .asked_at = rq->now_ms,
                                                       .answered_at = rq->now_ms,
                                                       .name = text_of(row, "name"),
                                                       .contact = text_of(row, "contact") };
        whole->signers.count++;
    }
    whole->row.proposer_name = whole->signers.count ? all[0].name : str_of("");
    whole->row.signer_count = (i64)whole->signers.count;
}

static err whole_read(struct rq *rq, const struct json_tree *tree, struct proposal_whole *whole)
{
    const struct json_tree *row = nth(tree, "proposals", 0);
    struct proposal *p = &whole->row;
    str category = text_of(row, "category"), house = text_of(row, "house");
    str source_id =
        arena_printf(rq->mem, "%.*s:%lld:%lld", (int)house.len, house.ptr,
                     (long long)number_of(row, "house_id"), (long long)number_of(row, "begun_at"));
    if (number_of(row, "confidential"))
        return err_make(ERR_INVALID, "transfers.confidential_stays");
    *p = (struct proposal){ .submitted_at = rq->now_ms,
                            .kind = text_of(row, "kind"),
                            .title = text_of(row, "title"),
                            .situation = text_of(row, "situation"),
                            .analysis = text_of(row, "analysis"),
                            .research = text_of(row, "research"),
                            .consent = text_of(row, "consent"),
                            .consent_reason = text_of(row, "consent_reason"),
                            .source_id = source_id };
    p->researched = p->research.len > 0;
    p->category = dictionary_has(rq, "proposals.categories", category) ? category : str_of("");
    for (size_t i = 0; i < count_of(tree, "suggestions"); i++)
        strs_add(rq->mem, &whole->suggestions, text_of(nth(tree, "suggestions", i), "text"));
    signers_read(rq, tree, whole);
    return p->title.len && whole->suggestions.count && whole->signers.count
               ? OK
               : err_make(ERR_INVALID, "transfers.no_text");
}

static err attachments_take(struct rq *rq, const struct json_tree *tree, i64 id)
{
    for (size_t i = 0; i < count_of(tree, "attachments"); i++) {
        const struct json_tree *row = nth(tree, "attachments", i);
        const struct attachment_made made = { .owner = str_of("proposals"),
                                              .owner_id = id,
                                              .name = text_of(row, "name"),
                                              .sha256 = text_of(row, "sha256"),
                                              .made_by = text_of(row, "uploaded_by"),
                                              .type = arena_cstr(rq->mem, text_of(row, "type")),
                                              .size_bytes = number_of(row, "size_bytes") };
        if (str_is(text_of(row, "owner"), "proposals"))
            TRY(attachment_add(rq, &made));
    }
    return OK;
}

err transfer_handle_take(struct rq *rq, const struct json_tree *tree, str path, str peer_name,
                         struct transfer_case *came)
{
    struct proposal_whole whole = { .suggestions = { 0 } };
    const struct json_tree *row = nth(tree, "proposals", 0);
    err e = whole_read(rq, tree, &whole);
    whole.row.source = peer_name;
    if (!e.code)
        e = proposal_add_whole(rq, &whole);
    if (e.code && e.arg[0].len == 0)
        e.arg[0] = path;
    TRY(e);
    came->proposal_id = whole.row.id;
    came->house = text_of(row, "house");
    came->house_id = number_of(row, "house_id");
    came->begun_at = number_of(row, "begun_at");
    came->due_on = day_of(json_tree_member(tree, "handing"), "due_on");
    return attachments_take(rq, tree, whole.row.id);
}

/* ---- the answer comes back ---- */

/* Which of the file's rows is the answer: the assignment that answers, its last delivered reply. */
struct answer {
    const struct json_tree *assignment, *reply;
    i64 assignment_place, reply_place;
};

static err answer_find(const struct json_tree *tree, struct answer *out)
{
    *out = (struct answer){ 0 };
    for (size_t i = 0; i < count_of(tree, "assignments"); i++) {
        const struct json_tree *row = nth(tree, "assignments", i);
        if (!str_is(text_of(row, "role"), "cohost") && number_of(row, "replied_at") > 0) {
            out->assignment = row;
            out->assignment_place = (i64)i + 1;
        }
    }
    for (size_t i = 0; i < count_of(tree, "replies"); i++) {
        const struct json_tree *row = nth(tree, "replies", i);
        if (number_of(row, "assignment_id") == out->assignment_place &&
            number_of(row, "delivered_at") > 0) {
            out->reply = row;
            out->reply_place = (i64)i + 1;
        }
    }
    return out->assignment && out->reply ? OK : err_make(ERR_INVALID, "transfers.no_answer");
}

static void answers_read(struct rq *rq, const struct json_tree *tree, const struct answer *a,
                         struct reply_input *in)
{
    for (size_t i = 0; i < count_of(tree, "reply_answers"); i++) {
        const struct json_tree *row = nth(tree, "reply_answers", i);
        if (number_of(row, "reply_id") != a->reply_place)
            continue;
        strs_add(rq->mem, &in->results, text_of(row, "result"));
        strs_add(rq->mem, &in->answers, text_of(row, "text"));
    }
    for (size_t i = 0; i < count_of(tree, "reply_promises"); i++) {
        const struct json_tree *row = nth(tree, "reply_promises", i);
        if (number_of(row, "reply_id") != a->reply_place)
            continue;
        strs_add(rq->mem, &in->promise_texts, text_of(row, "text"));
        strs_add(rq->mem, &in->promise_days, text_of(row, "due_on"));
        strs_add(rq->mem, &in->promise_owners, text_of(row, "owner"));
        strs_add(rq->mem, &in->promise_phones, text_of(row, "phone"));
        strs_add(rq->mem, &in->promise_evidence, text_of(row, "evidence_kind"));
        strs_add(rq->mem, &in->promise_items,
                 arena_printf(rq->mem, "%lld", (long long)number_of(row, "item_number")));
    }
}

static err contacts_take(struct rq *rq, const struct json_tree *tree, const struct answer *a,
                         i64 id)
{
    for (size_t i = 0; i < count_of(tree, "contacts"); i++) {
        const struct json_tree *row = nth(tree, "contacts", i);
        const struct contact_input in = { .id = id,
                                          .held_on = day_of(row, "held_on"),
                                          .way = text_of(row, "way"),
                                          .with_whom = text_of(row, "with_whom"),
                                          .content = text_of(row, "content") };
        if (number_of(row, "assignment_id") == a->assignment_place &&
            number_of(row, "round") == number_of(a->reply, "round"))
            TRY(flow_move(rq, &ASSIGNMENTS_FLOW, id, "contact", &in));
    }
    return OK;
}

static err steps_take(struct rq *rq, const struct json_tree *tree, const struct answer *a,
                      const struct assignment *to)
{
    struct reply_input in = { .id = to->id,
                              .class = text_of(a->reply, "class"),
                              .opening = text_of(a->reply, "opening"),
                              .closing = text_of(a->reply, "closing"),
                              .operator= text_of(a->reply, "operator"),
                              .phone = text_of(a->reply, "phone"),
                              .copies = text_of(a->reply, "copies"),
                              .public = number_of(a->reply, "public") == 1,
                              .send = str_of("1") };
    const struct sign_input sign = { .id = to->id,
                                     .signer = text_of(a->reply, "signer"),
                                     .number = text_of(a->reply, "number") };
    answers_read(rq, tree, a, &in);
    if (str_is(to->state, "assigned"))
        TRY(flow_move(rq, &ASSIGNMENTS_FLOW, to->id, "accept", NULL));
    TRY(contacts_take(rq, tree, a, to->id));
    TRY(flow_move(rq, &ASSIGNMENTS_FLOW, to->id, "reply", &in));
    TRY(flow_move(rq, &ASSIGNMENTS_FLOW, to->id, "sign", &sign));
    return transfer_reply_landed(rq, 0, a->reply);
}

/* The assignment of ours for which it was sent away; the case may have begun further away still. An
 * answer is for who asked: it does not pass by a house in between. */
static err asked_find(struct rq *rq, const struct json_tree *handing, struct transfer_case *handed,
                      struct assignment *to)
{
    struct transfer_origin from;
    str asker = text_of(handing, "asker"), mark = transfer_mark(rq);
    i64 id = 0;
    bool unsure; /* handed away from here: that it is the one, the record of handing says */
    bool told = transfer_origin_read(handing, &from);
    if (!told || !str_eq(asker.len ? asker : from.house, mark))
        return err_make(ERR_CONFLICT, "transfers.not_ours_to_answer");
    TRY(transfer_case_here(rq, &from, &id, &unsure));
    err e = transfer_case_store_find_handed(rq->db, id, rq->mem, handed);
    if (e.code == ERR_NOT_FOUND)
        return err_make(ERR_CONFLICT, "transfers.not_handed");
    TRY(e);
    TRY(with_agency(rq, id, handed->agency_id, to));
    bool open = str_is(to->state, "assigned") || str_is(to->state, "accepted") ||
                str_is(to->state, "redoing");
    return open ? OK : err_make(ERR_CONFLICT, "transfers.answered");
}

err transfer_answer_take(struct rq *rq, const struct json_tree *tree, str path,
                         struct transfer_case *came)
{
    struct answer a;
    struct assignment to;
    struct transfer_case handed = { 0 };
    err e = answer_find(tree, &a);
    if (!e.code)
        e = asked_find(rq, json_tree_member(tree, "handing"), &handed, &to);
    if (!e.code)
        e = steps_take(rq, tree, &a, &to);
    if (err_is(e, "form.faults"))
        e = err_make(ERR_CONFLICT, "transfers.answer_refused");
    if (e.code && e.arg[0].len == 0)
        e.arg[0] = path;
    TRY(e);
    came->proposal_id = handed.proposal_id;
    came->house = handed.house;
    came->house_id = handed.house_id;
    came->agency_id = handed.agency_id;
    return OK;
}
