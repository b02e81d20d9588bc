/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of steps that need choices or show what is decided on, and saving an answer. What a step
 * does: assignment_steps.c. */
#include "modules/assignments/assignment_pages.h"
#include "modules/assignments/assignment_promise.h"
#include "modules/assignments/assignment_views.h"
#include "modules/orgs/org.h"
#include "platform/calendar/calendar.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"
#include "views/assignments.h"

enum { MARKS_MAX = 200 };

/* ---- shared ---- */

/* The assignment, if the verb may be done with it now: a page that cannot be sent is not shown. */
static err find_for(struct rq *rq, const char *verb, struct assignment *out)
{
    TRY(assignment_find(rq, rq->path_id, out));
    struct flow_subject subject = { out->id,           out->version,       out->state,
                                    out->matter_title, out->matter_number, out };
    struct flow_allowed allowed = flow_allowed(rq, &ASSIGNMENTS_FLOW, &subject);
    for (size_t i = 0; i < allowed.count; i++)
        if (strcmp(allowed.actions[i]->verb, verb) == 0)
            return OK;
    return err_make_with(ERR_CONFLICT, "flows.state",
                         flow_state_label(rq, &ASSIGNMENTS_FLOW, out->state),
                         flow_verb_label(rq, &ASSIGNMENTS_FLOW, str_of(verb)));
}

/* Where it is found, and the thing itself. */
static const struct view_link *crumbs_of(struct rq *rq, const struct assignment *a)
{
    struct view_link *crumbs = arena_array(rq->mem, 3, sizeof *crumbs);
    bool lists = actor_may(rq->actor, "assignments.list");
    crumbs[0] =
        (struct view_link){ text_find("menu.assignments"), str_of(lists ? "/assignments" : "") };
    crumbs[1] = (struct view_link){ a->matter_title,
                                    arena_printf(rq->mem, "/assignments/%lld", (long long)a->id) };
    return crumbs;
}

static str title_of(struct rq *rq, const char *verb)
{
    return flow_verb_label(rq, &ASSIGNMENTS_FLOW, str_of(verb));
}

/* ---- bounce, reassign ---- */

/* Bodies that may take it: not those that have the matter. chosen: of the stored suggestion. */
static err choices_make(struct rq *rq, const struct assignment *a, i64 chosen, bool may_be_none,
                        struct agency_form *v)
{
    struct rows bodies, taken;
    TRY(org_agencies(rq, &bodies));
    TRY(assignment_list_of(rq, arena_cstr(rq->mem, a->matter), a->matter_id, &taken));
    const struct org *orgs = bodies.items;
    const struct assignment *with = taken.items;
    struct view_choice *choices = arena_array(rq->mem, bodies.count + 1, sizeof *choices);
    choices[v->agency_count++] = (struct view_choice){
        .value = str_of(""),
        .label = text_find(may_be_none ? "assignments.unknown_agency" : "assignments.choose_agency")
    };
    for (size_t i = 0; i < bodies.count; i++) {
        bool has = false;
        for (size_t k = 0; k < taken.count; k++)
            has = has || with[k].agency_id == orgs[i].id;
        if (!has)
            choices[v->agency_count++] =
                (struct view_choice){ .value = arena_printf(rq->mem, "%lld", (long long)orgs[i].id),
                                      .label = orgs[i].name,
                                      .chosen = orgs[i].id == chosen };
    }
    v->agencies = choices;
    return OK;
}

err page_assignment_bounce(struct rq *rq, struct res *res)
{
    struct assignment a;
    struct agency_form v = { .a = &a };
    TRY(find_for(rq, "bounce", &a));
    TRY(choices_make(rq, &a, 0, true, &v));
    v.crumbs = crumbs_of(rq, &a);
    v.last_on = assignment_bounce_last(rq, &a);
    struct out *out = page_begin(rq, title_of(rq, "bounce"), "assignments");
    view_assignments_bounce(out, &v);
    page_end(res, out);
    return OK;
}

err page_assignment_dispute(struct rq *rq, struct res *res)
{
    struct assignment a;
    struct request refused = { 0 };
    struct agency_form v = { .a = &a, .bounce = &refused };
    TRY(find_for(rq, "dispute", &a));
    TRY(request_store_find_last(rq->db, a.id, REQUEST_BOUNCE, rq->mem, &refused));
    TRY(choices_make(rq, &a, refused.better_agency_id, true, &v));
    v.crumbs = crumbs_of(rq, &a);
    v.last_on = assignment_dispute_last(rq, &refused);
    struct out *out = page_begin(rq, title_of(rq, "dispute"), "assignments");
    view_assignments_dispute(out, &v);
    page_end(res, out);
    return OK;
}

err page_assignment_reassign(struct rq *rq, struct res *res)
{
    struct assignment a;
    struct request bounce = { 0 };
    struct agency_form v = { .a = &a };
    TRY(find_for(rq, "reassign", &a));
    TRY(request_store_find_open(rq->db, a.id, REQUEST_BOUNCE, rq->mem, &bounce));
    bool open = bounce.id > 0;
    struct due_ask ask = assignment_due_ask(rq, &a);
    TRY(choices_make(rq, &a, open ? bounce.better_agency_id : 0, false, &v));
    v.crumbs = crumbs_of(rq, &a);
    v.due_on = assignment_due(rq, &ask);
    v.bounce = open ? &bounce : NULL;
    v.better = assignment_agency_name(rq, bounce.better_agency_id);
    struct out *out = page_begin(rq, title_of(rq, "reassign"), "assignments");
    view_assignments_reassign(out, &v);
    page_end(res, out);
    return OK;
}

err page_assignment_uphold(struct rq *rq, struct res *res)
{
    struct assignment a;
    struct request bounce = { 0 };
    struct agency_form v = { .a = &a };
    TRY(find_for(rq, "uphold", &a));
    TRY(request_store_find_last(rq->db, a.id, REQUEST_BOUNCE, rq->mem, &bounce));
    v.crumbs = crumbs_of(rq, &a);
    v.bounce = bounce.id > 0 ? &bounce : NULL;
    struct out *out = page_begin(rq, title_of(rq, "uphold"), "assignments");
    view_assignments_uphold(out, &v);
    page_end(res, out);
    return OK;
}

/* Until when it may be asked for; and, by the rule of the site, what the proposer says to it. */
err page_assignment_extend(struct rq *rq, struct res *res)
{
    struct assignment a;
    struct flow_clock_row clock = { 0 };
    struct extend_form v = { .a = &a };
    i64 host_due = 0;
    TRY(find_for(rq, "extend", &a));
    TRY(assignment_handle_clock(rq, a.id, &clock));
    TRY(assignment_extend_last(rq, &a, &clock, &v.last_on));
    if (!assignment_answers(&a))
        TRY(assignment_host_due(rq, &a, &host_due));
    if (host_due > 0 && host_due < v.last_on)
        v.last_on = host_due;
    v.crumbs = crumbs_of(rq, &a);
    v.due_on = clock.due_on;
    v.consent =
        assignment_answers(&a) ? setting_text(rq, "assignments.extend_consent") : str_of("none");
    struct out *out = page_begin(rq, title_of(rq, "extend"), "assignments");
    view_assignments_extend(out, &v);
    page_end(res, out);
    return OK;
}

err page_assignment_decide(struct rq *rq, struct res *res)
{
    struct assignment a;
    struct decide_form v = { .a = &a };
    TRY(find_for(rq, "decide_extension", &a));
    TRY(request_store_find_open(rq->db, a.id, REQUEST_EXTENSION, rq->mem, &v.extension));
    v.crumbs = crumbs_of(rq, &a);
    struct out *out = page_begin(rq, title_of(rq, "decide_extension"), "assignments");
    view_assignments_decide(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- answer ---- */

/* The classes as the site has them. */
static err classes_make(struct rq *rq, const struct reply *reply, struct reply_form *v)
{
    struct rows rows;
    TRY(dictionary_list(rq, "assignments.classes", &rows));
    const struct dictionary_row *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    for (size_t i = 0; i < rows.count; i++)
        choices[v->class_count++] =
            (struct view_choice){ .value = all[i].code,
                                  .label = all[i].label,
                                  .hint = all[i].note,
                                  .chosen = str_eq(all[i].code, reply->class) };
    v->classes = choices;
    return OK;
}

/* Why it was sent back the last time. */
static err redraft_reason(struct rq *rq, const struct assignment *a, str *out)
{
    struct rows rows;
    *out = str_of("");
    if (!str_is(a->state, "redrafting"))
        return OK;
    TRY(flow_trails(rq, &ASSIGNMENTS_FLOW, a->id, &rows));
    const struct flow_trail *trails = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_is(trails[i].verb, "redraft") || str_is(trails[i].verb, "vet_redraft"))
            *out = trails[i].opinion;
    return OK;
}

/* The marks of the classes that go out with a promise: "B、C". */
static str classes_wanted(struct rq *rq, const struct reply_form *v)
{
    struct buf *b = buf_new(rq->mem, MARKS_MAX);
    for (size_t i = 0; i < v->class_count; i++) {
        if (!promise_is_wanted(rq, v->classes[i].value))
            continue;
        if (buf_str(b).len > 0)
            buf_add(b, text_find("assignments.letter_and"));
        buf_add(b, assignment_class_mark(rq, v->classes[i].value, 0));
    }
    return buf_str(b);
}

/* What stands, and room for more: without a script, saving gives more room. */
static void promises_make(struct rq *rq, const struct reply_sheet *stored, struct reply_form *v)
{
    struct reply_input in = { 0 };
    struct promise_lines *lines = &v->promises;
    promise_put_input(rq, &stored->promises, &in);
    *lines = (struct promise_lines){
        .texts = rq_typed_all(rq, "promise_texts", in.promise_texts),
        .days = rq_typed_all(rq, "promise_days", in.promise_days),
        .owners = rq_typed_all(rq, "promise_owners", in.promise_owners),
        .phones = rq_typed_all(rq, "promise_phones", in.promise_phones),
        .items = rq_typed_all(rq, "promise_items", in.promise_items),
        .evidence = rq_typed_all(rq, "promise_evidence", in.promise_evidence),
        .wanted = classes_wanted(rq, v),
    };
    size_t used = lines->texts.count;
    while (used > 0 && lines->texts.items[used - 1].len == 0)
        used--;
    lines->count = used + (used == 0 ? 2 : 1);
    lines->open = used > 0 || promise_is_wanted(rq, stored->reply.class) ||
                  rq_fault_of(rq, "promise_texts") != NULL;
}

static err reply_form_fill(struct rq *rq, const struct assignment *a, struct reply_sheet *stored,
                           struct reply_form *v)
{
    strs results = { 0 }, answers = { 0 };
    for (size_t i = 0; i < stored->items.count; i++) {
        strs_add(rq->mem, &results, stored->answers[i].result);
        strs_add(rq->mem, &answers, stored->answers[i].text);
    }
    v->a = a;
    v->crumbs = crumbs_of(rq, a);
    v->reply = &stored->reply;
    v->results = rq_typed_all(rq, "results", results);
    v->answers = rq_typed_all(rq, "answers", answers);
    v->version = conflict_version(rq, stored->reply.version);
    v->contacts_min = setting_number(rq, "assignments.contacts_min");
    v->contacts = a->talks;
    TRY(redraft_reason(rq, a, &v->redraft));
    TRY(classes_make(rq, &stored->reply, v));
    promises_make(rq, stored, v);
    return OK;
}

err page_assignment_reply(struct rq *rq, struct res *res)
{
    struct assignment a;
    struct assignment_sheet sheet;
    struct reply_sheet stored = { 0 };
    struct reply_form v = { .sheet = &sheet };
    TRY(find_for(rq, "reply", &a));
    struct matter_key key = assignment_matter(&a);
    TRY(assignment_sheet_load(rq, &key, &sheet));
    TRY(reply_sheet_load(rq, &a, &stored));
    TRY(reply_form_fill(rq, &a, &stored, &v));
    struct out *out = page_begin(rq, title_of(rq, "reply"), "assignments");
    view_assignments_reply_form(out, &v);
    page_end(res, out);
    return OK;
}

/* Saves; "send" also hands it to the leader, all or nothing. */
err page_assignment_draft(struct rq *rq, struct res *res)
{
    const struct reply_input *in = rq->input;
    struct assignment a;
    struct reply_sheet sheet = { 0 };
    bool send = in->send.len > 0;
    TRY(assignment_find(rq, rq->path_id, &a));
    TRY(reply_save(rq, &a, in, in->version, &sheet));
    if (send)
        TRY(flow_act(rq, &ASSIGNMENTS_FLOW, a.id, "reply", 0));
    res_flash(res, send ? "assignments.sent" : "assignments.saved", str_of(""));
    res_redirect(res, arena_printf(rq->mem, send ? "/assignments/%lld" : "/assignments/%lld/reply",
                                   (long long)a.id));
    return OK;
}

/* Who signs: on a delegation the leader who gave it, not who stands in for him. */
static str acting_name(const struct rq *rq)
{
    return rq->actor->delegator_account_id ? rq->actor->delegator_name : rq->actor->name;
}

/* The answer that waits, for a step of its way out. */
static err way_out_load(struct rq *rq, const char *verb, struct assignment_sheet *sheet,
                        struct sign_form *v)
{
    struct assignment *a = arena_zero(rq->mem, sizeof *a);
    TRY(find_for(rq, verb, a));
    struct matter_key key = assignment_matter(a);
    TRY(assignment_sheet_load(rq, &key, sheet));
    v->a = a;
    v->sheet = sheet;
    v->crumbs = crumbs_of(rq, a);
    v->reply = sheet_draft(sheet, a);
    return v->reply ? OK : err_make(ERR_CONFLICT, "assignments.no_draft");
}

err page_assignment_vet(struct rq *rq, struct res *res)
{
    struct assignment_sheet sheet;
    struct sign_form v = { 0 };
    TRY(way_out_load(rq, "vet", &sheet, &v));
    struct out *out = page_begin(rq, title_of(rq, "vet"), "assignments");
    view_assignments_vet(out, &v);
    page_end(res, out);
    return OK;
}

/* The draft of the own agency that waits for its leader. */
err page_assignment_sign(struct rq *rq, struct res *res)
{
    struct assignment_sheet sheet;
    struct sign_form v = { .signer = acting_name(rq) };
    TRY(way_out_load(rq, "sign", &sheet, &v));
    v.examined = setting_on(rq, "assignments.examine_replies");
    struct out *out = page_begin(rq, title_of(rq, "sign"), "assignments");
    view_assignments_sign(out, &v);
    page_end(res, out);
    return OK;
}

/* Signed, and to be released: the class may be another one. */
err page_assignment_deliver(struct rq *rq, struct res *res)
{
    struct assignment_sheet sheet;
    struct sign_form v = { 0 };
    struct reply_form classes = { 0 };
    TRY(way_out_load(rq, "deliver", &sheet, &v));
    TRY(classes_make(rq, v.reply, &classes));
    v.classes = classes.classes;
    v.class_count = classes.class_count;
    struct out *out = page_begin(rq, title_of(rq, "deliver"), "assignments");
    view_assignments_deliver(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- verdict ---- */

/* A group of choices for each question, as given so far. */
static void questions_make(struct rq *rq, bool collective, struct evaluate_form *v)
{
    bool all_wanted = setting_on(rq, "assignments.evaluate_agreement");
    enum { QUESTIONS_MAX = 10 };
    struct view_field *fields = arena_array(rq->mem, QUESTIONS_MAX, sizeof *fields);
    for (size_t q = 0; EVALUATION_QUESTIONS[q].name; q++) {
        const struct evaluation_question *question = &EVALUATION_QUESTIONS[q];
        str name = str_of(question->name), answer = evaluation_answer(&v->given, q);
        bool further = str_is(name, "agreement") || str_is(name, "leader_replied");
        if (str_is(name, "leader_replied") && !collective)
            continue;
        str hint = text_label("assignments.question_hint", name);
        const char *prefix =
            arena_cstr(rq->mem, arena_printf(rq->mem, "choices.%s", question->name));
        struct view_choice *choices = arena_array(rq->mem, EVALUATION_VALUES_MAX, sizeof *choices);
        struct view_field *f = &fields[v->question_count++];
        *f = (struct view_field){ .name = name,
                                  .label = text_label("assignments.question", name),
                                  .hint = str_eq(hint, name) ? str_of("") : hint,
                                  .look = str_of("h"),
                                  .optional = further && !all_wanted,
                                  .choices = choices };
        for (const char *const *value = question->values; *value; value++)
            choices[f->count++] = (struct view_choice){ .value = str_of(*value),
                                                        .label = text_label(prefix, str_of(*value)),
                                                        .chosen = str_is(answer, *value) };
    }
    v->questions = fields;
}

err page_assignment_evaluate(struct rq *rq, struct res *res)
{
    struct assignment a;
    struct assignment_sheet sheet;
    struct evaluate_form v = { .a = &a, .sheet = &sheet };
    TRY(find_for(rq, "evaluate", &a));
    struct matter_key key = assignment_matter(&a);
    TRY(assignment_sheet_load(rq, &key, &sheet));
    TRY(evaluation_may_give(rq, &a, &v.given));
    v.crumbs = crumbs_of(rq, &a);
    v.reply = sheet_delivered(&sheet, a.id);
    v.action = arena_printf(rq->mem, "/assignments/%lld/evaluate", (long long)a.id);
    questions_make(rq, evaluation_is_collective(&a, &v.given), &v);
    v.change_minutes = setting_number(rq, "assignments.evaluate_change_minutes");
    struct out *out = page_begin(rq, title_of(rq, "evaluate"), "assignments");
    view_assignments_evaluate(out, &v);
    page_end(res, out);
    return OK;
}

/* Those who are asked and have not given theirs; who was never asked is the first name of the
 * matter. */
static err whose_make(struct rq *rq, const struct assignment *a, struct evaluate_form *v)
{
    struct rows rows;
    TRY(evaluation_list_open(rq, a, &rows));
    const struct evaluation *all = rows.items;
    const struct assignment_person *persons = v->sheet->persons.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    for (size_t i = 0; i < rows.count; i++)
        choices[v->whose_count++] =
            (struct view_choice){ .value = arena_printf(rq->mem, "%lld", (long long)all[i].id),
                                  .label = all[i].person_name,
                                  .chosen = rows.count == 1 };
    if (rows.count)
        v->given.due_on = all[0].due_on;
    else
        choices[v->whose_count++] =
            (struct view_choice){ .value = str_of(""),
                                  .label = v->sheet->persons.count ? persons[0].name : str_of(""),
                                  .chosen = true };
    v->whose = choices;
    return OK;
}

err page_assignment_transcribe(struct rq *rq, struct res *res)
{
    struct assignment a;
    struct assignment_sheet sheet;
    struct evaluate_form v = { .a = &a, .sheet = &sheet };
    TRY(find_for(rq, "transcribe", &a));
    struct matter_key key = assignment_matter(&a);
    TRY(assignment_sheet_load(rq, &key, &sheet));
    TRY(whose_make(rq, &a, &v));
    v.crumbs = crumbs_of(rq, &a);
    v.reply = sheet_delivered(&sheet, a.id);
    v.action = arena_printf(rq->mem, "/assignments/%lld/transcribe", (long long)a.id);
    questions_make(rq, true, &v); /* whose it is, is chosen on the page */
    struct out *out = page_begin(rq, title_of(rq, "transcribe"), "assignments");
    view_assignments_evaluate(out, &v);
    page_end(res, out);
    return OK;
}
