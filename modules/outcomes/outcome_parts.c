/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What stands of outcomes on the pages and in the JSON of others: promises below an agency's part;
 * looks, what was found and instructions with the case. */
#include "modules/assignments/assignment.h"
#include "modules/outcomes/outcome_rules.h"
#include "modules/outcomes/outcome_views.h"
#include "modules/proposals/proposal.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/outcomes.h"

/* ---- below an agency ---- */

static const struct field PROMISE[] = {
    FIELD(struct promise, id),           FIELD(struct promise, number),
    FIELD(struct promise, round),        FIELD(struct promise, item_number),
    FIELD(struct promise, text),         FIELD(struct promise, owner),
    FIELD(struct promise, first_due_on), FIELD(struct promise, due_on),
    FIELD(struct promise, state),        FIELD(struct promise, percent),
    FIELD(struct promise, met_on),       FIELD(struct promise, confirmed_at),
    FIELD(struct promise, was_late),     { 0 },
};

/* For who may read them: its agency, who asked, the office. */
err on_section_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct assignment_section_shown *shown = fact;
    struct promise_part part = { .agency_name = shown->assignment->agency_name, .id = id };
    if (shown->assignment->first_replied_at == 0 || !actor_may(rq->actor, "outcomes.read") ||
        !(shown->is_own || shown->is_signer || shown->is_office))
        return OK;
    TRY(promise_store_list_assignment(rq->db, id, rq->mem, &part.promises));
    if (shown->json)
        json_rows(shown->json, "promises", PROMISE, &part.promises);
    else if (part.promises.count > 0)
        view_outcomes_promise_part(shown->out, &part);
    return OK;
}

/* ---- with the case ---- */

/* The office, who asked, and the agencies that have it. */
static err may_read(struct rq *rq, i64 id, bool *out)
{
    *out = actor_scope(rq->actor, "outcomes.read") == SCOPE_ORG;
    if (*out || !actor_may(rq->actor, "outcomes.read"))
        return OK;
    if (rq->actor->agency_id > 0)
        return assignment_is_with(rq, "proposals", id, rq->actor->agency_id, out);
    ids persons = { 0 };
    TRY(assignment_persons(rq, "proposals", id, &persons));
    for (size_t i = 0; i < persons.count; i++)
        *out = *out || persons.items[i] == rq->actor->person_id;
    return OK;
}

static const struct field FOLLOWUP[] = {
    FIELD(struct followup, id),
    FIELD(struct followup, state),
    FIELD(struct followup, class),
    FIELD(struct followup, planned_on),
    FIELD(struct followup, held_on),
    FIELD(struct followup, place),
    FIELD(struct followup, result),
    FIELD(struct followup, text),
    { 0 },
};

static const struct field INSTRUCTION[] = {
    FIELD(struct instruction, id),     FIELD(struct instruction, leader),
    FIELD(struct instruction, level),  FIELD(struct instruction, instructed_on),
    FIELD(struct instruction, text),   FIELD(struct instruction, to_agency_name),
    FIELD(struct instruction, hidden), { 0 },
};

static void case_json(const struct case_part *part, struct json *j)
{
    const struct followup *last = followup_last(&part->followups);
    json_str(j, "tracking", last ? last->result : str_of(""));
    json_rows(j, "followups", FOLLOWUP, &part->followups);
    json_rows(j, "instructions", INSTRUCTION, &part->instructions);
}

static err case_load(struct rq *rq, const struct proposal *p, const char *place,
                     struct case_part *part)
{
    bool looks = strcmp(place, "side") != 0, notes = strcmp(place, "side") == 0 || !*place;
    if (looks && p->closed_at > 0)
        TRY(followup_store_list_of(rq->db, str_of("proposals"), p->id, rq->mem, &part->followups));
    if (notes)
        TRY(instruction_list_of(rq, "proposals", p->id, &part->instructions));
    part->class = outcome_class_words(rq, p);
    part->may_record = actor_scope(rq->actor, "instructions.record") == SCOPE_ORG;
    part->may_plan = p->closed_at > 0 && actor_scope(rq->actor, "followups.record") == SCOPE_ORG;
    const struct followup *all = part->followups.items;
    for (size_t i = 0; i < part->followups.count; i++)
        part->may_plan = part->may_plan && !str_is(all[i].state, "planned");
    return OK;
}

err on_case_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct proposal_shown *shown = fact;
    const struct proposal *p = shown->proposal;
    struct case_part part = { .proposal_id = id,
                              .followups = { .size = sizeof(struct followup) },
                              .instructions = { .size = sizeof(struct instruction) } };
    bool may = false;
    if (p->assigned_at == 0 || strcmp(shown->place, "text") == 0)
        return OK;
    TRY(may_read(rq, id, &may));
    if (!may)
        return OK;
    TRY(case_load(rq, p, shown->place, &part));
    if (shown->json)
        case_json(&part, shown->json);
    else if (strcmp(shown->place, "head") == 0)
        view_outcomes_case_head(shown->out, &part);
    else if (strcmp(shown->place, "main") == 0)
        view_outcomes_case_main(shown->out, &part);
    else
        view_outcomes_case_side(shown->out, &part, rq);
    if (shown->more)
        view_outcomes_case_more(shown->more, &part);
    return OK;
}

/* ---- for other modules ---- */

err promise_list_of(struct rq *rq, const char *collection, i64 matter_id, struct rows *out)
{
    TRY(promise_store_list_of(rq->db, str_of(collection), matter_id, rq->mem, out));
    struct promise *all = out->items;
    size_t kept = 0;
    for (size_t i = 0; i < out->count; i++)
        if (all[i].superseded_at == 0)
            all[kept++] = all[i];
    out->count = kept;
    return OK;
}

err outcome_look_of(struct rq *rq, const char *collection, i64 matter_id, struct outcome_look *out)
{
    struct rows rows;
    TRY(followup_store_list_of(rq->db, str_of(collection), matter_id, rq->mem, &rows));
    const struct followup *last = followup_last(&rows);
    *out = last ? (struct outcome_look){ last->held_on, last->result } : (struct outcome_look){ 0 };
    return OK;
}
