/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A matter's sheet as JSON. What is on the sheet may be shown (assignment_sheet.c); nothing is
 * decided here, but for the version: it would count evaluations to an agency that waits, so that
 * only who can act gets it. */
#include "modules/assignments/assignment_origin.h"
#include "modules/assignments/assignment_sheet.h"
#include "platform/web/json.h"

static const struct field CONTACT[] = {
    FIELD(struct contact, assignment_id),
    FIELD(struct contact, round),
    FIELD(struct contact, way),
    FIELD(struct contact, held_on),
    FIELD(struct contact, with_whom),
    FIELD(struct contact, content),
    { 0 },
};

static const struct field CONTRIBUTION[] = {
    FIELD(struct contribution, body),      FIELD(struct contribution, operator),
    FIELD(struct contribution, phone),     FIELD(struct contribution, given_at),
    FIELD(struct contribution, number),    FIELD(struct contribution, signer),
    FIELD(struct contribution, signed_at), { 0 },
};

static const struct field PROMISE[] = {
    FIELD(struct reply_promise, number),        FIELD(struct reply_promise, item_number),
    FIELD(struct reply_promise, text),          FIELD(struct reply_promise, due_on),
    FIELD(struct reply_promise, owner),         FIELD(struct reply_promise, phone),
    FIELD(struct reply_promise, evidence_kind), { 0 },
};

static const struct field BOUNCE[] = {
    FIELD(struct request, assignment_id),
    FIELD(struct request, reason),
    FIELD(struct request, better_agency_id),
    FIELD(struct request, advice),
    FIELD(struct request, asked_at),
    FIELD(struct request, decision),
    FIELD(struct request, decided_at),
    FIELD(struct request, answer),
    { 0 },
};

static const struct field EXTENSION[] = {
    FIELD(struct request, assignment_id),
    FIELD(struct request, from_on),
    FIELD(struct request, to_on),
    FIELD(struct request, reason),
    FIELD(struct request, consented_on),
    FIELD(struct request, consent_note),
    FIELD(struct request, asked_at),
    FIELD(struct request, decision),
    FIELD(struct request, decided_at),
    FIELD(struct request, answer),
    { 0 },
};

/* Those rows of the sheet that belong to an assignment; fields begin with assignment_id, which is
 * not written. */
static void put_own(const struct assignment *a, const char *key, const struct rows *rows,
                    const struct field *fields, struct json *j)
{
    json_array(j, key);
    for (size_t i = 0; i < rows->count; i++) {
        const char *row = (const char *)rows->items + i * rows->size;
        if (*(const i64 *)(const void *)(row + fields[0].offset) != a->id)
            continue;
        json_object(j, NULL);
        json_fields(j, fields + 1, row);
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
        json_fields(j, CONTRIBUTION, &all[i]);
        json_bool(j, "draft", all[i].signed_at == 0);
        json_object_end(j);
    }
    json_array_end(j);
}

static void put_letters(const struct assignment_sheet *s, const struct reply *r, struct json *j)
{
    const struct assignment_origin *all = s->origins.items;
    json_array(j, "letters");
    for (size_t i = 0; i < s->origins.count; i++) {
        json_object(j, NULL);
        json_i64(j, "origin_id", all[i].origin_id);
        json_str(j, "number", sheet_letter_number(s, r, &all[i]));
        json_str(j, "matter_number", all[i].number);
        json_object_end(j);
    }
    json_array_end(j);
}

static void put_promises(const struct assignment_sheet *s, const struct reply *r, struct json *j)
{
    const struct reply_promise *all = s->promises.items;
    json_array(j, "promises");
    for (size_t i = 0; i < s->promises.count; i++) {
        if (all[i].reply_id != r->id)
            continue;
        json_object(j, NULL);
        json_fields(j, PROMISE, &all[i]);
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
    put_promises(s, r, j);
    put_letters(s, r, j);
    json_str(j, "closing", r->closing);
    json_str(j, "operator", r->operator);
    json_str(j, "phone", r->phone);
    json_str(j, "copies", r->copies);
    json_bool(j, "public", r->public);
    json_bool(j, "draft", r->delivered_at == 0);
    if (s->sight.office || s->sight.on_matter) { /* as on the page: section.html */
        json_str(j, "signed_class", r->signed_class);
        json_time(j, "vetted_at", r->vetted_at);
    }
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

/* What is between office and agency alone. */
static void put_inside(const struct assignment *a, struct json *j)
{
    json_bool(j, "strict", a->strict);
    json_time(j, "held_at", a->held_at);
    json_i64(j, "disputed", a->disputed);
    json_time(j, "disputed_at", a->disputed_at);
    json_time(j, "settled_at", a->settled_at);
    json_str(j, "decider", a->decider);
    json_str(j, "quality", a->quality);
}

err sheet_json_one(struct rq *rq, const struct assignment_sheet *sheet, const struct assignment *a,
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
    json_time(j, "cancelled_at", a->cancelled_at);
    json_bool(j, "was_late", a->was_late);
    json_time(j, "first_replied_at", a->first_replied_at);
    json_bool(j, "first_late", a->first_late);
    json_i64(j, "talks", a->talks);
    json_day(j, "contacted_on", a->contacted_on);
    json_day(j, "contact_due_on", a->contact_due_on);
    json_bool(j, "plenary", a->plenary);
    json_bool(j, "party", a->party);
    json_bool(j, "plain", a->plain);
    json_day(j, "extend_to_on", a->extend_to_on);
    if (sheet->sight.office || assignment_is_own(rq, a))
        put_inside(a, j);
    put_own(a, "contacts", &sheet->contacts, CONTACT, j);
    put_contributions(sheet, a, j);
    put_replies(sheet, a, j);
    put_own(a, "bounces", &sheet->bounces, BOUNCE, j);
    put_own(a, "extensions", &sheet->extensions, EXTENSION, j);
    put_allowed(rq, a, j);
    struct assignment_section_shown shown = { .assignment = a,
                                              .is_own = assignment_is_own(rq, a),
                                              .is_signer = sheet->sight.signer,
                                              .is_office = sheet->sight.office,
                                              .reads_verdicts = sheet->sight.verdicts,
                                              .json = j };
    return event_emit(rq, "assignments.section_shown", a->id, &shown);
}

err sheet_json(struct rq *rq, const struct assignment_sheet *sheet, i64 only_id, struct json *j)
{
    const struct assignment *all = sheet->assignments.items;
    json_array(j, "assignments");
    for (size_t i = 0; i < sheet->assignments.count; i++) {
        if (only_id > 0 && all[i].id != only_id)
            continue;
        json_object(j, NULL);
        TRY(sheet_json_one(rq, sheet, &all[i], j));
        json_object_end(j);
    }
    json_array_end(j);
    return OK;
}

err assignment_json(struct rq *rq, const char *collection, i64 matter_id, struct json *j)
{
    struct matter_key key = { str_of(collection), matter_id };
    struct assignment_sheet sheet;
    TRY(assignment_sheet_load(rq, &key, &sheet));
    return sheet_json(rq, &sheet, 0, j);
}

err assignment_answers_json(struct rq *rq, const char *collection, i64 matter_id, struct json *j)
{
    static const struct field ANSWER[] = { FIELD(struct reply_answer, number),
                                           FIELD(struct reply_answer, result),
                                           FIELD(struct reply_answer, text),
                                           { 0 } };
    struct matter_key key = { str_of(collection), matter_id };
    struct assignment_sheet sheet;
    TRY(assignment_sheet_public(rq, &key, &sheet));
    const struct reply *replies = sheet.replies.items;
    const struct reply_answer *answers = sheet.answers.items;
    json_array(j, "answers");
    for (size_t i = 0; i < sheet.answers.count; i++)
        for (size_t k = 0; k < sheet.replies.count; k++)
            if (replies[k].id == answers[i].reply_id) {
                json_object(j, NULL);
                json_i64(j, "assignment_id", replies[k].assignment_id);
                json_fields(j, ANSWER, &answers[i]);
                json_object_end(j);
            }
    json_array_end(j);
    return OK;
}
