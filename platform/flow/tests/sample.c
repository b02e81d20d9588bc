/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See sample.h. Made like a module: rows, guards, effects, then the tables. */
#include "platform/flow/tests/sample.h"

#include <string.h>

#include "platform/base/str.h"
#include "platform/flow/tests/stage.h"
#include "platform/settings/settings.h"

const char SAMPLE_SCHEMA[] =
    "CREATE TABLE samples (id @id, org_id @int NOT NULL, version @int NOT NULL DEFAULT 1,"
    " agency_id @int NOT NULL DEFAULT 0,"
    " author_id @int NOT NULL, state TEXT NOT NULL, title TEXT NOT NULL);";

static const struct field SAMPLE_ROW[] = {
    FIELD(struct sample, id),
    FIELD(struct sample, version),
    FIELD(struct sample, agency_id),
    FIELD(struct sample, author_id),
    FIELD(struct sample, state),
    FIELD(struct sample, title),
    { 0 },
};

static err sample_find(struct rq *rq, i64 id, struct sample *out)
{
    return db_one(
        rq->db,
        SQL("SELECT id, version, agency_id, author_id, state, title FROM samples WHERE org_id ="
            " :org"
            " AND id = :id",
            P(id)),
        SAMPLE_ROW, rq->mem, out);
}

/* Everyone who reads sees all of the organisation's; an agency only what is assigned to it. */
static err sample_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct sample *s = arena_zero(rq->mem, sizeof *s);
    TRY(sample_find(rq, id, s));
    if (actor_scope(rq->actor, "samples.read") == SCOPE_AGENCY &&
        s->agency_id != rq->actor->agency_id)
        return err_make(ERR_NOT_FOUND, "db.no_row");
    *out = (struct flow_subject){
        .id = s->id, .version = s->version, .state = s->state, .title = s->title, .row = s
    };
    return OK;
}

static err sample_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    return db_update(rq->db,
                     SQL("UPDATE samples SET state = :to, version = version + 1 WHERE org_id = :org"
                         " AND id = :id AND version = :version",
                         P(to), P(subject->id), P(subject->version)));
}

static err sample_holder(struct rq *rq, const struct flow_subject *subject,
                         const struct flow_todo *todo, ids *out)
{
    const struct sample *s = subject->row;
    i64 *one = arena_zero(rq->mem, sizeof *one);
    *one = strcmp(todo->holder, "agency") == 0 ? s->agency_id : s->author_id;
    *out = (ids){ .items = one, .count = 1 };
    return OK;
}

static err is_author(struct rq *rq, const struct flow_subject *subject)
{
    const struct sample *s = subject->row;
    return s->author_id == rq->actor->person_id ? OK : err_make(ERR_FORBIDDEN, "samples.not_yours");
}

static err assign_effect(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct sample *s = subject->row;
    const struct sample_input *in = step->input;
    i64 agency_id = in && in->agency_id ? in->agency_id : 31;
    TRY(db_update(
        rq->db,
        SQL("UPDATE samples SET agency_id = :agency_id, version = version + 1 WHERE org_id = :org"
            " AND id = :id AND version = :version",
            P(agency_id), P(subject->id), P(subject->version))));
    s->agency_id = agency_id;
    subject->version++;
    return OK;
}

static err evaluate_effect(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    (void)rq;
    (void)subject;
    const struct sample_input *in = step->input;
    step->to = str_of(in && in->satisfied ? "closed" : "assigned");
    step->opinion_hidden = true;
    return OK;
}

static err refuse_effect(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    (void)rq;
    (void)subject;
    (void)step;
    return err_make(ERR_INVALID, "samples.refused");
}

static const struct input WORDS[] = {
    { FIELD(struct sample_input, opinion), .kind = INPUT_AREA, .max = 500 },
    { .field = { 0 } },
};
static const struct form WORDS_FORM = { "samples", sizeof(struct sample_input), WORDS };

static const struct flow_state STATES[] = {
    { "draft", .first = true, .tone = "idle" },
    { "submitted", .tone = "info" },
    { "revising", .tone = "warn" },
    { "docketed", .tone = "info" },
    { "assigned", .tone = "info" },
    { "replied", .tone = "ok" },
    { "closed", .final = true, .tone = "ok" },
    { "rejected", .final = true, .tone = "bad" },
    { 0 },
};

static const struct flow_action ACTIONS[] = {
    { "submit", "draft revising", "submitted", .may = "samples.write", .guard = is_author,
      .weight = FLOW_MAIN },
    { "revise", "submitted", "revising", .may = "samples.docket", .form = &WORDS_FORM },
    { "docket", "submitted", "docketed", .may = "samples.docket", .form = &WORDS_FORM,
      .event = "samples.docketed", .clocks = "start:dispatch", .weight = FLOW_MAIN },
    { "reject", "submitted", "rejected", .may = "samples.docket", .form = &WORDS_FORM,
      .weight = FLOW_DANGER },
    { "assign", "docketed assigned", "assigned", .may = "samples.assign", .effect = assign_effect,
      .clocks = "stop:dispatch start:handle" },
    { "wait", "assigned", .may = "samples.reply", .clocks = "freeze:handle" },
    { "resume", "assigned", .may = "samples.reply", .clocks = "thaw:handle" },
    { "reply", "assigned", "replied", .may = "samples.reply", .form = &WORDS_FORM,
      .clocks = "stop:handle" },
    { "evaluate", "replied", .may = "samples.write", .form = &WORDS_FORM, .guard = is_author,
      .effect = evaluate_effect, .outcomes = "closed assigned" },
    { "spoil", "submitted", "closed", .may = "samples.docket", .effect = refuse_effect },
    { "lapse", "*", "closed", .may = FLOW_SYSTEM },
    { 0 },
};

static const struct flow_clock CLOCKS[] = {
    { "dispatch", "samples.dispatch_days", .unit = "working_days" },
    { "handle", "samples.handle_months", .unit = "months",
      .extend_setting = "samples.extend_months" },
    { 0 },
};

static const struct flow_todo TODOS[] = {
    { "draft", "person", .verb = "submit" },
    { "revising", "person", .verb = "submit" },
    { "submitted", "may:samples.docket", .verb = "docket" },
    { "docketed", "may:samples.assign", .verb = "assign", .due = "dispatch" },
    { "assigned", "agency", .verb = "reply", .due = "handle" },
    { "replied", "person", .verb = "evaluate" },
    { 0 },
};

const struct flow SAMPLE_FLOW = {
    .name = "samples",
    .read = "samples.read",
    .states = STATES,
    .actions = ACTIONS,
    .clocks = CLOCKS,
    .todos = TODOS,
    .load = sample_load,
    .store = sample_store,
    .holder = sample_holder,
};

static const struct setting SETTINGS[] = {
    { "samples.dispatch_days", SETTING_NUMBER, "working_days", 1, 30, "5", NULL, "product" },
    { "samples.handle_months", SETTING_NUMBER, "months", 1, 12, "3", NULL, "product" },
    { "samples.extend_months", SETTING_NUMBER, "months", 0, 12, "2", NULL, "product" },
    { 0 },
};
static const struct permission PERMISSIONS[] = {
    { "samples.read", .roles = "member staff operator" },
    { "samples.write", .roles = "member" },
    { "samples.docket", .roles = "staff" },
    { "samples.assign", .roles = "staff" },
    { "samples.reply", .roles = "operator" },
    { 0 },
};
static const struct event EVENTS[] = { { "samples.docketed", "a paper is on the list" }, { 0 } };
static const struct flow *const FLOWS[] = { &SAMPLE_FLOW, NULL };

const struct module SAMPLE_MODULE = { .name = "samples",
                                      .permissions = PERMISSIONS,
                                      .flows = FLOWS,
                                      .settings = SETTINGS,
                                      .events = EVENTS };

i64 sample_new(struct rq *rq, const char *title, i64 author_id)
{
    i64 id = 0;
    str words = str_of(title);
    stage_expect(
        db_insert(
            rq->db,
            SQL("INSERT INTO samples (org_id, author_id, state, title) VALUES (:org, :author_id,"
                " 'draft', :words) RETURNING id",
                P(author_id), P(words)),
            &id),
        NULL);
    struct flow_subject subject = { 0 };
    stage_expect(sample_load(rq, id, &subject), NULL);
    stage_expect(flow_begin(rq, &SAMPLE_FLOW, &subject, NULL), NULL);
    return id;
}

struct sample sample_read(struct rq *rq, i64 id)
{
    struct sample s = { 0 };
    stage_expect(sample_find(rq, id, &s), NULL);
    return s;
}
