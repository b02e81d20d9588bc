/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A matter's sheet as JSON. What is on the sheet may be shown (assignment_sheet.c); nothing is
 * decided here, but for the version: it would count evaluations to an agency that waits, so that
 * only who can act gets it. */
#include "modules/assignments/assignment_sheet.h"
#include "platform/web/json.h"

static void put_contacts(const struct assignment_sheet *s, const struct assignment *a,
                         struct json *j)
{
    const struct contact *all = s->contacts.items;
    json_array(j, "contacts");
    for (size_t i = 0; i < s->contacts.count; i++) {
        if (all[i].assignment_id != a->id)
            continue;
        json_object(j, NULL);
        json_i64(j, "round", all[i].round);
        json_str(j, "way", all[i].way);
        json_day(j, "held_on", all[i].held_on);
        json_str(j, "with_whom", all[i].with_whom);
        json_str(j, "content", all[i].content);
        json_object_end(j);
    }
    json_array_end(j);
}

static void put_contributions(const struct assignment_sheet *s, const struct assignment *a,
                              struct json *j)
{
    const struct contribution *all = s->contributions.items;
    json_array(j, "contributions");
    for (size_t i = 0; i < s->contributions.count; i++) {
        if (all[i].assignment_id != a->id)
            continue;
        json_object(j, NULL);
        json_str(j, "body", all[i].body);
        json_str(j, "operator", all[i].operator);
        json_str(j, "phone", all[i].phone);
        json_time(j, "given_at", all[i].given_at);
        json_str(j, "number", all[i].number);
        json_str(j, "signer", all[i].signer);
        json_time(j, "signed_at", all[i].signed_at);
        json_bool(j, "draft", all[i].signed_at == 0);
        json_object_end(j);
    }
    json_array_end(j);
}

static void put_reply(const struct assignment_sheet *s, const struct reply *r, struct json *j)
{
    const struct reply_answer *answers = s->answers.items;
    json_object(j, NULL);
    json_i64(j, "round", r->round);
    json_str(j, "class", r->class);
    json_str(j, "number", r->number);
    json_str(j, "signer", r->signer);
    json_str(j, "opening", r->opening);
    json_array(j, "answers");
    for (size_t i = 0; i < s->answers.count; i++) {
        if (answers[i].reply_id != r->id)
            continue;
        json_object(j, NULL);
        json_i64(j, "number", answers[i].number);
        json_str(j, "result", answers[i].result);
        json_str(j, "text", answers[i].text);
        json_object_end(j);
    }
    json_array_end(j);
    json_str(j, "closing", r->closing);
    json_str(j, "operator", r->operator);
    json_str(j, "phone", r->phone);
    json_str(j, "copies", r->copies);
    json_bool(j, "public", r->public);
    json_bool(j, "draft", r->delivered_at == 0);
    json_time(j, "signed_at", r->signed_at);
    json_time(j, "delivered_at", r->delivered_at);
    if (r->delivered_at == 0)
        json_i64(j, "version", r->version);
    json_object_end(j);
}

static void put_replies(const struct assignment_sheet *s, const struct assignment *a,
                        struct json *j)
{
    const struct reply *all = s->replies.items;
    json_array(j, "replies");
    for (size_t i = 0; i < s->replies.count; i++)
        if (all[i].assignment_id == a->id)
            put_reply(s, &all[i], j);
    json_array_end(j);
}

static void put_evaluations(const struct assignment_sheet *s, const struct assignment *a,
                            struct json *j)
{
    const struct evaluation *all = s->evaluations.items;
    json_array(j, "evaluations");
    for (size_t i = 0; i < s->evaluations.count; i++) {
        const struct evaluation *e = &all[i];
        if (e->assignment_id != a->id)
            continue;
        json_object(j, NULL);
        json_i64(j, "round", e->round);
        json_str(j, "person_name", e->person_name);
        json_day(j, "due_on", e->due_on);
        json_time(j, "given_at", e->given_at);
        json_str(j, "visit", e->visit);
        json_str(j, "manner", e->manner);
        json_str(j, "hearing", e->hearing);
        json_str(j, "relevance", e->relevance);
        json_str(j, "handling", e->handling);
        json_str(j, "result", e->result);
        json_str(j, "text", e->text);
        json_i64(j, "id", e->id);
        json_bool(j, "proxy", e->proxy_account_id > 0);
        json_bool(j, "transcribed", e->transcribed_by > 0);
        json_str(j, "basis", e->basis);
        json_object_end(j);
    }
    json_array_end(j);
}

static void put_bounces(const struct assignment_sheet *s, const struct assignment *a,
                        struct json *j)
{
    const struct bounce *all = s->bounces.items;
    json_array(j, "bounces");
    for (size_t i = 0; i < s->bounces.count; i++) {
        if (all[i].assignment_id != a->id)
            continue;
        json_object(j, NULL);
        json_str(j, "reason", all[i].reason);
        json_i64(j, "better_agency_id", all[i].better_agency_id);
        json_time(j, "asked_at", all[i].asked_at);
        json_str(j, "decision", all[i].decision);
        json_time(j, "decided_at", all[i].decided_at);
        json_str(j, "answer", all[i].answer);
        json_object_end(j);
    }
    json_array_end(j);
}

static void put_extensions(const struct assignment_sheet *s, const struct assignment *a,
                           struct json *j)
{
    const struct extension *all = s->extensions.items;
    json_array(j, "extensions");
    for (size_t i = 0; i < s->extensions.count; i++) {
        if (all[i].assignment_id != a->id)
            continue;
        json_object(j, NULL);
        json_day(j, "from_on", all[i].from_on);
        json_day(j, "to_on", all[i].to_on);
        json_str(j, "reason", all[i].reason);
        json_time(j, "asked_at", all[i].asked_at);
        json_str(j, "decision", all[i].decision);
        json_time(j, "decided_at", all[i].decided_at);
        json_str(j, "answer", all[i].answer);
        json_object_end(j);
    }
    json_array_end(j);
}

/* What the actor can do with it now. */
static void put_allowed(struct rq *rq, const struct assignment *a, struct json *j)
{
    struct flow_subject subject = { a->id,           a->version,       a->state,
                                    a->matter_title, a->matter_number, (void *)a };
    struct flow_allowed allowed = flow_allowed(rq, &ASSIGNMENTS_FLOW, &subject);
    if (allowed.count > 0)
        json_i64(j, "version", a->version);
    flow_json_allowed(j, "allowed", &ASSIGNMENTS_FLOW, &subject, &allowed);
}

void sheet_json_one(struct rq *rq, const struct assignment_sheet *sheet, const struct assignment *a,
                    struct json *j)
{
    json_i64(j, "id", a->id);
    json_str(j, "matter", a->matter);
    json_i64(j, "matter_id", a->matter_id);
    json_str(j, "matter_title", a->matter_title);
    json_str(j, "matter_number", a->matter_number);
    json_i64(j, "agency_id", a->agency_id);
    json_str(j, "agency_name", a->agency_name);
    json_str(j, "role", a->role);
    json_str(j, "state", a->state);
    json_i64(j, "round", a->round);
    json_time(j, "assigned_at", a->assigned_at);
    json_day(j, "accept_due_on", a->accept_due_on);
    json_day(j, "due_on", a->due_on);
    json_time(j, "accepted_at", a->accepted_at);
    json_time(j, "replied_at", a->replied_at);
    json_time(j, "closed_at", a->closed_at);
    json_bool(j, "was_late", a->was_late);
    put_contacts(sheet, a, j);
    put_contributions(sheet, a, j);
    put_replies(sheet, a, j);
    put_evaluations(sheet, a, j);
    put_bounces(sheet, a, j);
    put_extensions(sheet, a, j);
    put_allowed(rq, a, j);
}

void sheet_json(struct rq *rq, const struct assignment_sheet *sheet, i64 only_id, struct json *j)
{
    const struct assignment *all = sheet->assignments.items;
    json_array(j, "assignments");
    for (size_t i = 0; i < sheet->assignments.count; i++) {
        if (only_id > 0 && all[i].id != only_id)
            continue;
        json_object(j, NULL);
        sheet_json_one(rq, sheet, &all[i], j);
        json_object_end(j);
    }
    json_array_end(j);
}

err assignment_json(struct rq *rq, const char *collection, i64 matter_id, struct json *j)
{
    struct matter_key key = { str_of(collection), matter_id };
    struct assignment_sheet sheet;
    TRY(assignment_sheet_load(rq, &key, &sheet));
    sheet_json(rq, &sheet, 0, j);
    return OK;
}
