/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of conflict.h: compares two structs of one form field by field, as JSON and as
 * words. */
#include "platform/web/conflict.h"

#include "platform/settings/settings.h"
#include "platform/text/text.h"
#include "platform/text/texts.h"
#include "platform/web/exchange.h"
#include "platform/web/forms.h"
#include "platform/web/json.h"
#include "platform/web/view_parts.h"

enum { PLAIN_MAX = 1 << 20 };

err conflict_found(struct rq *rq, const char *name, i64 present, const void *stored)
{
    const struct form *form = rq->route ? rq->route->form : NULL;
    void *kept = form ? arena_bytes(rq->mem, form->size) : NULL;
    if (kept)
        memcpy(kept, stored, form->size);
    rq->web->conflict = (struct conflict){ present, kept };
    return err_make(ERR_CONFLICT, name);
}

err conflict_check(struct rq *rq, const char *name, i64 seen, i64 present, const void *stored)
{
    TRY(rq_need_version(rq, seen));
    return seen == present ? OK : conflict_found(rq, name, present, stored);
}

i64 conflict_version(const struct rq *rq, i64 present)
{
    i64 seen = 0;
    bool refused = rq->error.code != ERR_NONE, shown = rq->web->conflict.stored != NULL;
    return refused && !shown && str_to_i64(rq_typed(rq, "version", str_of("")), &seen) && seen >= 0
               ? seen
               : present;
}

/* ---- values ---- */

static const void *at(const struct input *input, const void *base)
{
    return (const char *)base + input->field.offset;
}

static str day_text(struct arena *mem, i64 day)
{
    return day == 0 || day == -1 ? str_of("") : text_day(mem, day);
}

static strs ids_text(struct arena *mem, const ids *list)
{
    strs texts = { 0 };
    for (size_t i = 0; i < list->count; i++)
        strs_add(mem, &texts, arena_printf(mem, "%lld", (long long)list->items[i]));
    return texts;
}

/* The texts of a field's value; empty ones at the end count for nothing. */
static strs texts_of(struct arena *mem, const struct input *input, const void *base)
{
    const void *value = at(input, base);
    strs texts = { 0 };
    i64 number = input->field.type == FIELD_I64 ? *(const i64 *)value : 0;
    if (input->field.type == FIELD_STR)
        strs_add(mem, &texts, *(const str *)value);
    else if (input->field.type == FIELD_BOOL)
        strs_add(mem, &texts, str_of(*(const bool *)value ? "1" : ""));
    else if (input->field.type == FIELD_STRS)
        texts = *(const strs *)value;
    else if (input->field.type == FIELD_IDS)
        texts = ids_text(mem, value);
    else if (input->kind == INPUT_DAY)
        strs_add(mem, &texts, day_text(mem, number));
    else if (number)
        strs_add(mem, &texts, arena_printf(mem, "%lld", (long long)number));
    while (texts.count && texts.items[texts.count - 1].len == 0)
        texts.count--;
    return texts;
}

static bool holds(const strs *texts, str text)
{
    for (size_t i = 0; i < texts->count; i++)
        if (str_eq(texts->items[i], text))
            return true;
    return false;
}

/* Chosen things are the same in whatever order. */
static bool is_same(const strs *a, const strs *b, bool in_order)
{
    bool same = a->count == b->count;
    for (size_t i = 0; i < a->count && same; i++)
        same = in_order ? str_eq(a->items[i], b->items[i]) : holds(b, a->items[i]);
    return same;
}

static bool is_compared(const struct input *input)
{
    return strcmp(input->field.name, "id") != 0 && strcmp(input->field.name, "version") != 0 &&
           input->kind != INPUT_PASSWORD && input->kind != INPUT_FILES;
}

static bool differs(struct rq *rq, const struct input *input)
{
    if (!is_compared(input))
        return false;
    strs stored = texts_of(rq->mem, input, rq->web->conflict.stored);
    strs typed = texts_of(rq->mem, input, rq->input);
    bool chosen =
        input->field.type == FIELD_IDS || (input->field.type == FIELD_STRS && input->values);
    return !is_same(&stored, &typed, !chosen);
}

static bool is_noted(const struct rq *rq)
{
    return rq->web->conflict.stored && rq->input;
}

/* ---- JSON ---- */

static void list_json(struct json *j, const struct input *input, const void *value)
{
    const strs *texts = input->field.type == FIELD_STRS ? value : NULL;
    const ids *numbers = texts ? NULL : value;
    json_array(j, input->field.name);
    for (size_t i = 0; texts && i < texts->count; i++)
        json_str(j, NULL, texts->items[i]);
    for (size_t i = 0; numbers && i < numbers->count; i++)
        json_i64(j, NULL, numbers->items[i]);
    json_array_end(j);
}

static void value_json(struct json *j, const struct input *input, const void *base)
{
    const void *value = at(input, base);
    const char *name = input->field.name;
    if (input->field.type == FIELD_STR)
        json_str(j, name, *(const str *)value);
    else if (input->field.type == FIELD_BOOL)
        json_bool(j, name, *(const bool *)value);
    else if (input->field.type != FIELD_I64)
        list_json(j, input, value);
    else if (input->kind == INPUT_DAY)
        json_day(j, name, *(const i64 *)value);
    else
        json_i64(j, name, *(const i64 *)value);
}

static void side_json(struct rq *rq, struct json *j, const char *key, const void *base)
{
    json_object(j, key);
    for (const struct input *i = rq->route->form->inputs; i->field.name; i++)
        if (differs(rq, i))
            value_json(j, i, base);
    json_object_end(j);
}

void conflict_json(struct rq *rq, struct json *j)
{
    if (!is_noted(rq))
        return;
    json_i64(j, "version", rq->web->conflict.version);
    side_json(rq, j, "fields", rq->web->conflict.stored);
    side_json(rq, j, "typed", rq->input);
}

err conflict_answer(struct rq *rq, struct res *res, err e)
{
    if (e.code != ERR_CONFLICT || rq->api || !is_noted(rq))
        return e;
    struct json j = json_begin(rq);
    json_str(&j, "code", str_of(e.name));
    json_str(&j, "detail", text_format(rq->mem, e.name, e.arg[0], e.arg[1]));
    conflict_json(rq, &j);
    json_send(&j, res);
    res_status(res, err_status(ERR_CONFLICT));
    return OK;
}

/* ---- words ---- */

/* A code as the form calls it: of a dictionary, of choices that are data, or a text. choices: what
 * input->values gave. */
static str word_of(struct rq *rq, const struct input *input, const struct rows *choices, str code)
{
    const struct view_choice *all = choices->items;
    const char *name = input->field.name;
    const char *texts[] = {
        arena_printf(rq->mem, "choices.%s.%.*s", name, (int)code.len, code.ptr).ptr,
        arena_printf(rq->mem, "%s.%s.%.*s", rq->route->form->name, name, (int)code.len, code.ptr)
            .ptr,
    };
    if (code.len == 0)
        return code;
    if (input->kind == INPUT_BOOL)
        return text_find("form.yes");
    if (input->dictionary)
        return dictionary_label(rq, input->dictionary, code);
    for (size_t i = 0; i < choices->count; i++)
        if (str_eq(all[i].value, code))
            return all[i].label;
    for (size_t i = 0; i < 2 && input->choices; i++)
        if (text_has(texts[i]))
            return text_find(texts[i]);
    return code;
}

static str words_of(struct rq *rq, const struct input *input, const struct rows *choices,
                    const void *base)
{
    struct buf *b = buf_new(rq->mem, PLAIN_MAX);
    strs texts = texts_of(rq->mem, input, base);
    for (size_t i = 0; i < texts.count; i++) {
        buf_put(b, i ? "\n" : "");
        buf_add(b, word_of(rq, input, choices, texts.items[i]));
    }
    return buf_str(b);
}

/* Long texts by what changed in them; a name or number as a whole, for its pieces say nothing. */
static html diff_of(struct rq *rq, const struct input *input)
{
    struct rows choices = { 0 }; /* read once: a roster of members is long */
    if (input->values && input->values(rq, &choices).code != ERR_NONE)
        choices = (struct rows){ 0 };
    str stored = words_of(rq, input, &choices, rq->web->conflict.stored);
    str typed = words_of(rq, input, &choices, rq->input), none = str_of("");
    if (input->kind == INPUT_AREA || input->kind == INPUT_LINES)
        return text_diff(rq->mem, stored, typed);
    html gone = text_diff(rq->mem, stored, none), new = text_diff(rq->mem, none, typed);
    struct buf *b = buf_new(rq->mem, gone.s.len + new.s.len + 2);
    buf_add(b, gone.s);
    buf_put(b, gone.s.len && new.s.len ? " " : "");
    buf_add(b, new.s);
    return (html){ buf_str(b) };
}

/* Whether the form has a page to begin anew from. */
static bool has_page(struct rq *rq)
{
    struct route_hit hit = { 0 };
    const struct web *web = rq->web->exchange->web;
    err e = router_find(web->router, GET, rq->path, rq->mem, &hit);
    return e.code == ERR_NONE && hit.entry;
}

void conflict_show(struct rq *rq, struct view_page *page)
{
    if (rq->error.code != ERR_CONFLICT || !is_noted(rq))
        return;
    size_t most = 0, count = 0;
    const struct input *inputs = rq->route->form->inputs;
    for (; inputs[most].field.name; most++)
        page->files_lost |= inputs[most].kind == INPUT_FILES;
    struct view_difference *made = arena_array(rq->mem, most + 1, sizeof *made);
    for (const struct input *i = inputs; i->field.name; i++)
        if (differs(rq, i))
            made[count++] =
                (struct view_difference){ text_find(form_label(rq->mem, rq->route->form, i)),
                                          diff_of(rq, i) };
    page->differences = made;
    page->anew = has_page(rq) ? rq->path : str_of("");
}
