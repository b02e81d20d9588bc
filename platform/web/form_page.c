/* SPDX-License-Identifier: MulanPSL-2.0 */
/* From declared inputs to drawn fields (form_page.h). The markup is views/form.html. */
#include "platform/web/form_page.h"

#include <assert.h>

#include "platform/settings/settings.h"
#include "platform/web/conflict.h"
#include "platform/web/exchange.h"
#include "platform/web/forms.h"
#include "views/web.h"

enum { FEW = 5, WORDS_MAX = 60, WORDS_TYPED_MAX = 8000 };

static void choice_add(struct drawn_field *to, const struct view_choice *choice)
{
    struct view_choice *choices = (struct view_choice *)to->field.choices;
    choices[to->field.count++] = *choice;
}

static err choices_make(struct rq *rq, const struct input *input, struct drawn_field *to)
{
    struct rows rows = { .size = sizeof(struct dictionary_row) }, data = { 0 };
    str rest = str_of(input->choices), word;
    const char *prefix = arena_printf(rq->mem, "choices.%s", input->field.name).ptr;
    if (input->dictionary)
        TRY(dictionary_list(rq, input->dictionary, &rows));
    if (input->values)
        TRY(input->values(rq, &data));
    to->field.choices =
        arena_array(rq->mem, WORDS_MAX + rows.count + data.count, sizeof(struct view_choice));
    if (input->kind == INPUT_CHOICE) /* nothing is chosen by itself */
        choice_add(to, &(struct view_choice){ .label = text_find("form.choose") });
    while (str_split(&rest, ' ', &word) && to->field.count < WORDS_MAX)
        if (word.len)
            choice_add(to,
                       &(struct view_choice){ .value = word, .label = text_label(prefix, word) });
    const struct dictionary_row *items = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        choice_add(to, &(struct view_choice){ .value = items[i].code, .label = items[i].label });
    for (size_t i = 0; i < data.count; i++)
        choice_add(to, &((const struct view_choice *)data.items)[i]);
    to->few = input->kind == INPUT_CHOICE && to->field.count <= FEW + 1;
    if (to->few) { /* buttons: none is pressed at first */
        to->field.choices++;
        to->field.count--;
    }
    return OK;
}

/* More than can be drawn: a field for words; what is stored stands as the only choice. */
static err words_make(struct rq *rq, const struct input *input, const void *stored,
                      struct drawn_field *to)
{
    struct rows rows = { 0 };
    str value = stored ? *(const str *)((const char *)stored + input->field.offset) : str_of("");
    if (value.len)
        TRY(rq->web->find(rq, value, &rows));
    to->few = rows.count == 1;
    to->field.choices = rows.items;
    to->field.count = to->few ? 1 : 0;
    if (to->few)
        return OK;
    to->kind = INPUT_TEXT;
    if (!to->field.hint.len)
        to->field.hint = text_find("form.find_hint");
    return OK;
}

/* Words that were typed beside the choices. */
static str words_of(struct rq *rq, const struct drawn_field *f)
{
    strs typed = rq_typed_all(rq, f->field.name.ptr, (strs){ 0 });
    struct buf *b = buf_new(rq->mem, WORDS_TYPED_MAX);
    for (size_t i = 0; i < typed.count; i++) {
        bool drawn = false;
        for (size_t k = 0; k < f->field.count && !drawn; k++)
            drawn = str_eq(f->field.choices[k].value, typed.items[i]);
        if (drawn || !typed.items[i].len)
            continue;
        buf_put(b, b->len ? " " : "");
        buf_add(b, typed.items[i]);
    }
    return buf_str(b);
}

static err field_make(struct rq *rq, const struct form *form, const struct input *input,
                      struct drawn_field *to)
{
    bool is_text = input->kind == INPUT_TEXT || input->kind == INPUT_AREA;
    to->kind = input->kind;
    to->field.name = str_of(input->field.name);
    to->field.label = text_find(form_label(rq->mem, form, input));
    to->field.hint = input->hint ? text_find(input->hint) : str_of("");
    to->field.optional = !input->required && input->kind != INPUT_BOOL;
    to->field.multiple = input->kind == INPUT_FILES;
    if (is_text && input->limit_setting)
        to->field.max_chars = setting_number(rq, input->limit_setting);
    else if (is_text)
        to->field.max_chars = input->max;
    if (input->kind == INPUT_NUMBER || input->kind == INPUT_ID)
        to->field.inputmode = str_of("numeric");
    if (input->kind == INPUT_PASSWORD)
        to->field.type = str_of("password");
    bool several = input->kind == INPUT_LINES && input->values;
    rq->web->find = NULL;
    if (input->kind == INPUT_CHOICE || several)
        TRY(choices_make(rq, input, to));
    to->finds = rq->web->find != NULL;
    if (to->finds && several)
        to->words = words_of(rq, to);
    return OK;
}

/* What stands in the field at first. */
static void stored_put(struct rq *rq, const struct input *input, const void *stored,
                       struct view_field *to)
{
    const void *at = (const char *)stored + input->field.offset;
    if (input->field.type == FIELD_STR)
        to->value = *(const str *)at;
    else if (input->field.type == FIELD_BOOL)
        to->checked = *(const bool *)at;
    else if (input->kind == INPUT_DAY)
        to->day = *(const i64 *)at;
    else if (input->field.type == FIELD_I64)
        to->value = arena_printf(rq->mem, "%lld", (long long)*(const i64 *)at);
    const strs *several = input->field.type == FIELD_STRS ? at : &(strs){ &to->value, 1 };
    for (size_t i = 0; i < to->count; i++)
        for (size_t k = 0; k < several->count; k++)
            ((struct view_choice *)to->choices)[i].chosen |=
                str_eq(to->choices[i].value, several->items[k]);
}

static bool is_drawn(const struct input *input)
{
    return strcmp(input->field.name, "id") != 0 && strcmp(input->field.name, "version") != 0;
}

static err fields_make(struct rq *rq, const struct form *form, const void *stored,
                       struct drawn_form *to)
{
    size_t most = 0;
    for (const struct input *i = form ? form->inputs : NULL; i && i->field.name; i++)
        most++;
    to->fields = arena_array(rq->mem, most + 1, sizeof *to->fields);
    for (size_t i = 0; i < most; i++) {
        const struct input *input = &form->inputs[i];
        if (!is_drawn(input))
            continue;
        to->has_files |= input->kind == INPUT_FILES;
        TRY(field_make(rq, form, input, &to->fields[to->count]));
        if (to->fields[to->count].finds && input->kind == INPUT_CHOICE)
            TRY(words_make(rq, input, stored, &to->fields[to->count]));
        if (stored)
            stored_put(rq, input, stored, &to->fields[to->count].field);
        to->count++;
    }
    return OK;
}

/* The row of the verb that the actor may do now. */
static err action_find(struct rq *rq, const struct route_entry *entry,
                       const struct flow_subject *subject, struct drawn_form *to)
{
    TRY(flow_may(rq, entry->flow, subject, entry->action->verb));
    struct flow_allowed allowed = flow_allowed(rq, entry->flow, subject);
    for (size_t i = 0; i < allowed.count; i++)
        if (strcmp(allowed.actions[i]->verb, entry->action->verb) == 0) {
            to->title = to->button = allowed.labels[i];
            to->look = str_of(allowed.actions[i]->weight == FLOW_DANGER ? "bad" : "pri");
        }
    return OK;
}

static err draw(struct rq *rq, struct res *res, const struct drawn_form *form, const char *menu)
{
    struct out *out = page_begin(rq, form->title, menu);
    view_form_page(out, form);
    page_end(res, out);
    return OK;
}

err form_page(struct rq *rq, struct res *res, const struct form_look *look)
{
    struct drawn_form form = { .title = look->title,
                               .subject = look->subject,
                               .back = look->back,
                               .action = rq->path,
                               .button = look->button.len ? look->button : text_find("form.save"),
                               .look = str_of("pri"),
                               .version = conflict_version(rq, look->version),
                               .crumbs = look->crumbs };
    if (!form.back.len)
        form.back = arena_printf(rq->mem, "/%s", look->menu);
    if (!form.crumbs)
        form.crumbs = view_crumbs(rq->mem, look->menu, look->title);
    TRY(fields_make(rq, look->form, look->stored, &form));
    return draw(rq, res, &form, look->menu);
}

err flow_form_page(struct rq *rq, struct res *res, const struct route_entry *entry,
                   const struct flow_subject *subject)
{
    assert(entry->flow && entry->action);
    struct drawn_form form = { .subject = subject->title, .version = subject->version };
    form.back = arena_printf(rq->mem, "/%s/%lld", entry->flow->name, (long long)subject->id);
    form.action =
        arena_printf(rq->mem, "%.*s/%s", (int)form.back.len, form.back.ptr, entry->action->verb);
    TRY(action_find(rq, entry, subject, &form));
    TRY(fields_make(rq, entry->action->form, NULL, &form));
    form.crumbs =
        view_crumbs_of(rq->mem, entry->flow->name, subject->id, subject->title, form.title);
    return draw(rq, res, &form, entry->flow->name);
}
