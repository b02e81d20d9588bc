/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Loading a matter's sheet and taking out what the actor must not see. Who sees what: README.md,
 * "Who may see". As JSON: assignment_json.c. */
#include "modules/assignments/assignment_sheet.h"
#include "modules/assignments/assignment_origin.h"
#include "modules/assignments/assignment_reply_store.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

/* ---- near and far ---- */

static bool is_signer(const struct rq *rq, const struct rows *persons)
{
    const struct assignment_person *all = persons->items;
    for (size_t i = 0; i < persons->count; i++)
        if (rq->actor->person_id > 0 && all[i].person_id == rq->actor->person_id)
            return true;
    return false;
}

static bool is_on_matter(const struct rq *rq, const struct rows *assignments)
{
    const struct assignment *all = assignments->items;
    for (size_t i = 0; i < assignments->count; i++)
        if (assignment_is_own(rq, &all[i]) && !str_is(all[i].state, "reassigned"))
            return true;
    return false;
}

static struct sight sight_of(const struct rq *rq, const struct assignment_sheet *s)
{
    struct sight sight = { .signer = is_signer(rq, &s->persons),
                           .on_matter = is_on_matter(rq, &s->assignments) };
    sight.office = actor_scope(rq->actor, "assignments.list") == SCOPE_ORG;
    sight.verdicts =
        sight.office && !sight.on_matter && actor_scope(rq->actor, "evaluations.read") == SCOPE_ORG;
    return sight;
}

static const struct assignment *assignment_of(const struct assignment_sheet *s, i64 id)
{
    const struct assignment *all = s->assignments.items;
    for (size_t i = 0; i < s->assignments.count; i++)
        if (all[i].id == id)
            return &all[i];
    return NULL;
}

/* ---- taking out; each loop keeps what may be seen ---- */

/* Taken away from an agency: part of the office's history only. */
static void keep_assignments(const struct rq *rq, struct assignment_sheet *s)
{
    struct assignment *all = s->assignments.items;
    size_t kept = 0;
    (void)rq;
    for (size_t i = 0; i < s->assignments.count; i++)
        if (s->sight.office || !str_is(all[i].state, "reassigned"))
            all[kept++] = all[i];
    s->assignments.count = kept;
}

static bool sees_inside(const struct rq *rq, const struct assignment_sheet *s, i64 assignment_id)
{
    const struct assignment *a = assignment_of(s, assignment_id);
    return a && (s->sight.office || assignment_is_own(rq, a));
}

static void keep_contacts(const struct rq *rq, struct assignment_sheet *s)
{
    struct contact *all = s->contacts.items;
    size_t kept = 0;
    for (size_t i = 0; i < s->contacts.count; i++)
        if (s->sight.signer || sees_inside(rq, s, all[i].assignment_id))
            all[kept++] = all[i];
    s->contacts.count = kept;
}

/* A cohost's opinion is for those who handle the matter, not for the proposer (rules.md 2.3); what
 * its leader has not signed yet is the cohost's own. */
static void keep_contributions(const struct rq *rq, struct assignment_sheet *s)
{
    struct contribution *all = s->contributions.items;
    size_t kept = 0;
    for (size_t i = 0; i < s->contributions.count; i++) {
        const struct assignment *a = assignment_of(s, all[i].assignment_id);
        bool own = a && assignment_is_own(rq, a);
        if (own || (all[i].signed_at && (s->sight.office || s->sight.on_matter)))
            all[kept++] = all[i];
    }
    s->contributions.count = kept;
}

static bool sees_reply(const struct rq *rq, const struct assignment_sheet *s, const struct reply *r)
{
    const struct assignment *a = assignment_of(s, r->assignment_id);
    if (!a)
        return false;
    if (r->delivered_at == 0) /* signed, it waits for the office */
        return assignment_is_own(rq, a) || (a->held_at && r->round == a->round && s->sight.office);
    return r->public || s->sight.office || s->sight.on_matter || s->sight.signer;
}

static void keep_replies(const struct rq *rq, struct assignment_sheet *s)
{
    struct reply *replies = s->replies.items;
    struct reply_answer *answers = s->answers.items;
    size_t kept = 0, kept_answers = 0;
    for (size_t i = 0; i < s->replies.count; i++)
        if (sees_reply(rq, s, &replies[i]))
            replies[kept++] = replies[i];
    s->replies.count = kept;
    for (size_t i = 0; i < s->answers.count; i++)
        for (size_t k = 0; k < kept; k++)
            if (replies[k].id == answers[i].reply_id)
                answers[kept_answers++] = answers[i];
    s->answers.count = kept_answers;
    struct reply_promise *promises = s->promises.items;
    size_t kept_promises = 0;
    for (size_t i = 0; i < s->promises.count; i++)
        for (size_t k = 0; k < kept; k++)
            if (replies[k].id == promises[i].reply_id)
                promises[kept_promises++] = promises[i];
    s->promises.count = kept_promises;
}

static void keep_requests(const struct rq *rq, const struct assignment_sheet *s, struct rows *rows)
{
    struct request *all = rows->items;
    size_t kept = 0;
    for (size_t i = 0; i < rows->count; i++)
        if (sees_inside(rq, s, all[i].assignment_id))
            all[kept++] = all[i];
    rows->count = kept;
}

err assignment_sheet_load(struct rq *rq, const struct matter_key *key, struct assignment_sheet *out)
{
    struct assignment_sheet *s = out;
    *s = (struct assignment_sheet){ .rq = rq };
    TRY(assignment_store_list(rq->db, key, rq->mem, &s->assignments));
    TRY(assignment_store_list_items(rq->db, key, rq->mem, &s->items));
    TRY(assignment_store_list_persons(rq->db, key, rq->mem, &s->persons));
    TRY(origin_store_list(rq->db, key, rq->mem, &s->origins));
    if (s->origins.count)
        TRY(letter_store_list(rq->db, key, rq->mem, &s->letters));
    TRY(contact_store_list(rq->db, key, rq->mem, &s->contacts));
    TRY(contribution_store_list(rq->db, key, rq->mem, &s->contributions));
    TRY(reply_store_list(rq->db, key, rq->mem, &s->replies));
    TRY(reply_store_list_answers(rq->db, key, rq->mem, &s->answers));
    TRY(reply_store_list_promises(rq->db, key, rq->mem, &s->promises));
    TRY(request_store_list(rq->db, key, REQUEST_BOUNCE, rq->mem, &s->bounces));
    TRY(request_store_list(rq->db, key, REQUEST_EXTENSION, rq->mem, &s->extensions));
    s->sight = sight_of(rq, s);
    keep_assignments(rq, s);
    keep_contacts(rq, s);
    keep_contributions(rq, s);
    keep_replies(rq, s);
    if (!s->sight.office && !s->sight.on_matter && !s->sight.signer)
        sheet_keep_main(s, key->matter_id);
    keep_requests(rq, s, &s->bounces);
    keep_requests(rq, s, &s->extensions);
    return OK;
}

err assignment_sheet_public(struct rq *rq, const struct matter_key *key,
                            struct assignment_sheet *out)
{
    struct assignment_sheet *s = out;
    *s = (struct assignment_sheet){ .rq = rq };
    TRY(assignment_store_list(rq->db, key, rq->mem, &s->assignments));
    TRY(assignment_store_list_items(rq->db, key, rq->mem, &s->items));
    TRY(origin_store_list(rq->db, key, rq->mem, &s->origins));
    if (s->origins.count)
        TRY(letter_store_list(rq->db, key, rq->mem, &s->letters));
    TRY(reply_store_list(rq->db, key, rq->mem, &s->replies));
    struct reply *all = s->replies.items;
    size_t kept = 0;
    for (size_t i = 0; i < s->replies.count; i++)
        if (all[i].delivered_at > 0)
            all[kept++] = all[i];
    s->replies.count = kept;
    return reply_store_list_answers(rq->db, key, rq->mem, &s->answers);
}

err assignment_sheet_near(struct rq *rq, i64 id, struct assignment *a,
                          struct assignment_sheet *sheet)
{
    err e = assignment_store_find(rq->db, id, rq->mem, a);
    if (e.code == ERR_NOT_FOUND)
        return err_make(ERR_NOT_FOUND, "assignments.not_found");
    TRY(e);
    struct matter_key key = assignment_matter(a);
    TRY(assignment_sheet_load(rq, &key, sheet));
    bool near = sheet->sight.office || sheet->sight.on_matter || sheet->sight.signer;
    return near ? OK : assignment_find(rq, id, a);
}

/* ---- looking things up ---- */

const struct reply *sheet_delivered(const struct assignment_sheet *sheet, i64 assignment_id)
{
    const struct reply *all = sheet->replies.items, *last = NULL;
    for (size_t i = 0; i < sheet->replies.count; i++)
        if (all[i].assignment_id == assignment_id && all[i].delivered_at > 0)
            last = &all[i];
    return last;
}

const struct reply *sheet_draft(const struct assignment_sheet *sheet, const struct assignment *a)
{
    const struct reply *all = sheet->replies.items;
    for (size_t i = 0; i < sheet->replies.count; i++)
        if (all[i].assignment_id == a->id && all[i].round == a->round && all[i].delivered_at == 0)
            return &all[i];
    return NULL;
}

const struct reply_answer *sheet_answer(const struct assignment_sheet *sheet, i64 reply_id,
                                        i64 number)
{
    const struct reply_answer *all = sheet->answers.items;
    for (size_t i = 0; i < sheet->answers.count; i++)
        if (all[i].reply_id == reply_id && all[i].number == number)
            return &all[i];
    return NULL;
}

/* The first word of the site's label, "A" (rules.md 2.5: the letters are the site's). */
str assignment_class_mark(struct rq *rq, str code, i64 at)
{
    str rest = assignment_class_label(rq, code, at), word;
    return str_split(&rest, ' ', &word) ? word : code;
}

str assignment_class_label(struct rq *rq, str code, i64 at)
{
    i64 day = at ? day_of_ms(at) : rq->today;
    return code.len ? dictionary_label_on(rq, "assignments.classes", code, day) : str_of("");
}

bool sheet_is_plain(const struct assignment_sheet *sheet, const struct reply *reply)
{
    const struct assignment *all = sheet->assignments.items;
    for (size_t i = 0; i < sheet->assignments.count; i++)
        if (all[i].id == reply->assignment_id)
            return all[i].plain;
    return false;
}

/* ---- history ---- */

/* "市交通运输局 丁一（代何局长）": the body, who acted, and for whom on a delegation. */
static str who_of(struct rq *rq, const struct flow_trail *t)
{
    str name = t->actor_name;
    if (name.len == 0)
        return t->agency_name;
    if (t->delegator_name.len > 0)
        name = text_format(rq->mem, "assignments.by_delegation", name, t->delegator_name);
    if (t->agency_name.len == 0 || str_eq(t->agency_name, t->actor_name))
        return name;
    return text_format(rq->mem, "assignments.who", t->agency_name, name);
}

err assignment_steps_of(struct rq *rq, const struct assignment *a, const struct sight *sight,
                        struct view_steps *out)
{
    struct rows rows;
    TRY(flow_trails(rq, &ASSIGNMENTS_FLOW, a->id, &rows));
    const struct flow_trail *trails = rows.items;
    struct view_step *steps = arena_array(rq->mem, rows.count + 1, sizeof *steps);
    *out = (struct view_steps){ .items = steps };
    for (size_t i = 0; i < rows.count; i++) {
        const struct flow_trail *t = &trails[i];
        bool own = rq->actor->account_id > 0 && t->actor_account_id == rq->actor->account_id;
        bool verdict = str_is(t->verb, "evaluate") || str_is(t->verb, "transcribe");
        bool inside = str_is(t->verb, "note_quality");
        if ((verdict && !sight->verdicts && !own) ||
            (inside && !sight->office && !assignment_is_own(rq, a)))
            continue;
        bool back =
            str_is(t->verb, "redraft") || str_is(t->verb, "bounce") || str_is(t->verb, "redo");
        steps[out->count++] =
            (struct view_step){ .at = t->at,
                                .what = flow_verb_label(rq, &ASSIGNMENTS_FLOW, t->verb),
                                .who = who_of(rq, t),
                                .words = t->opinion,
                                .look = str_of(back ? "back" : "") };
    }
    return OK;
}
