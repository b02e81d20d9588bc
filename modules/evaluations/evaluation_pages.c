/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of giving a verdict, one's own and in another's name. Who may, and what is taken:
 * evaluation.c. */
#include "modules/evaluations/evaluation_pages.h"

#include "modules/evaluations/evaluation_rules.h"
#include "modules/evaluations/evaluation_views.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "views/evaluations.h"

/* A group of choices for each question, as given so far. */
static void questions_make(struct rq *rq, bool collective, struct evaluation_form *v)
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

err page_evaluation_give(struct rq *rq, struct res *res)
{
    struct assignment a;
    struct assignment_sheet sheet;
    struct evaluation_form v = { .a = &a, .sheet = &sheet };
    TRY(assignment_find_for(rq, "evaluate", &a));
    struct matter_key key = assignment_matter(&a);
    TRY(assignment_sheet_load(rq, &key, &sheet));
    TRY(evaluation_may_give(rq, &a, &v.given));
    v.crumbs = assignment_crumbs(rq, &a);
    v.reply = sheet_delivered(&sheet, a.id);
    v.action = arena_printf(rq->mem, "/assignments/%lld/evaluate", (long long)a.id);
    questions_make(rq, evaluation_is_collective(&a, &v.given), &v);
    v.change_minutes = setting_number(rq, "assignments.evaluate_change_minutes");
    struct out *out = page_begin(rq, assignment_verb_label(rq, "evaluate"), "assignments");
    view_evaluations_form(out, &v);
    page_end(res, out);
    return OK;
}

/* Those who are asked and have not given theirs; who was never asked is the first name of the
 * matter. */
static err whose_make(struct rq *rq, const struct assignment *a, struct evaluation_form *v)
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

err page_evaluation_transcribe(struct rq *rq, struct res *res)
{
    struct assignment a;
    struct assignment_sheet sheet;
    struct evaluation_form v = { .a = &a, .sheet = &sheet };
    TRY(assignment_find_for(rq, "transcribe", &a));
    struct matter_key key = assignment_matter(&a);
    TRY(assignment_sheet_load(rq, &key, &sheet));
    TRY(whose_make(rq, &a, &v));
    v.crumbs = assignment_crumbs(rq, &a);
    v.reply = sheet_delivered(&sheet, a.id);
    v.action = arena_printf(rq->mem, "/assignments/%lld/transcribe", (long long)a.id);
    questions_make(rq, true, &v); /* whose it is, is chosen on the page */
    struct out *out = page_begin(rq, assignment_verb_label(rq, "transcribe"), "assignments");
    view_evaluations_form(out, &v);
    page_end(res, out);
    return OK;
}
