/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Typed forms (forms.h). Each kind of input has one reading function; what all share is finding
 * the values and noting faults. */
#include "platform/web/forms.h"

#include <assert.h>

#include "platform/base/buf.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/text/tidy.h"
#include "platform/web/view_parts.h"

enum {
    TEXT_MAX = 200,
    AREA_MAX = 20000,
    LINE_ITEM_MAX = 5000,
    ITEMS_MAX = 200,
    FILES_MAX = 20,
    FAULTS_MAX = 1000
};

/* One input being read. */
struct reading {
    struct rq *rq;
    const struct input *input;
    void *into; /* the member */
    const struct web_param *first;
    size_t count; /* values sent */
    enum param_source source;
};

/* ---- faults ---- */

void rq_fault(struct rq *rq, const char *field, const char *name, str a, str b)
{
    struct web_request *w = rq->web;
    assert(w && name);
    if (w->fault_count >= FAULTS_MAX)
        return;
    if (w->fault_count + 1 >= w->fault_cap) {
        size_t cap = w->fault_cap ? w->fault_cap * 2 : 8;
        struct fault *more = arena_array(rq->mem, cap, sizeof *more);
        if (w->fault_count)
            memcpy(more, w->collected, w->fault_count * sizeof *more);
        w->collected = more;
        w->fault_cap = cap;
    }
    struct fault *table = (struct fault *)w->collected;
    table[w->fault_count++] = (struct fault){ field, name, { a, b } };
    rq->faults = table;
}

bool rq_has_faults(const struct rq *rq)
{
    return rq->faults && rq->faults->name;
}

err rq_need_version(struct rq *rq, i64 version)
{
    if (version > 0)
        return OK;
    rq_fault(rq, "version", "web.version_missing", (str){ "", 0 }, (str){ "", 0 });
    return err_make(ERR_INVALID, "form.faults");
}

const struct fault *rq_fault_of(const struct rq *rq, const char *field)
{
    for (const struct fault *f = rq->faults; f && f->name; f++)
        if (f->field == field || (f->field && field && strcmp(f->field, field) == 0))
            return f;
    return NULL;
}

str fault_words(struct arena *mem, const struct fault *fault)
{
    return text_format(mem, fault->name, fault->arg[0], fault->arg[1]);
}

static void note(const struct reading *r, const char *name)
{
    rq_fault(r->rq, r->input->field.name, name, str_of(""), str_of(""));
}

static void note_number(const struct reading *r, const char *name, i64 a, i64 b)
{
    struct arena *mem = r->rq->mem;
    rq_fault(r->rq, r->input->field.name, name, arena_printf(mem, "%lld", (long long)a),
             arena_printf(mem, "%lld", (long long)b));
}

/* ---- declarations ---- */

const struct input *form_input(const struct form *form, str name)
{
    for (const struct input *i = form ? form->inputs : NULL; i && i->field.name; i++)
        if (str_is(name, i->field.name))
            return i;
    return NULL;
}

const char *form_label(struct arena *mem, const struct form *form, const struct input *input)
{
    return input->label ? input->label
                        : arena_printf(mem, "%s.%s", form->name, input->field.name).ptr;
}

enum param_source form_source(const struct rq *rq, const struct input *input)
{
    assert(rq->route && rq->web);
    if (params_find(&rq->web->params, str_of(input->field.name), FROM_PATH))
        return FROM_PATH;
    return input->query || rq->route->method == GET ? FROM_QUERY : FROM_BODY;
}

static i64 limit_of(const struct reading *r, i64 fallback)
{
    if (r->input->limit_setting)
        return setting_number(r->rq, r->input->limit_setting);
    return r->input->max ? r->input->max : fallback;
}

/* ---- texts ---- */

/* One line: CRLF and CR to LF, so that both are refused alike; TAB to a space. */
static str fold_line(struct arena *mem, str s)
{
    char *to = arena_zero(mem, s.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (c == '\r') {
            if (i + 1 < s.len && s.ptr[i + 1] == '\n')
                continue;
            c = '\n';
        }
        to[len++] = c == '\t' ? ' ' : c;
    }
    return (str){ to, len };
}

static const char *text_fault(str s, bool one_line)
{
    if (!str_is_utf8(s))
        return "form.not_text";
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c == '\n' && one_line)
            return "form.line_break";
        if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F)
            return "form.control";
        /* U+FFFE and U+FFFF are no characters: XML has no place for them, nor has a workbook */
        if (c == 0xEF && (unsigned char)s.ptr[i + 1] == 0xBF && (unsigned char)s.ptr[i + 2] >= 0xBE)
            return "form.control";
    }
    return NULL;
}

/* Judges and tidies one text; false when a fault was noted. Everything that people write in several
 * lines comes in here, as a form or as JSON, autosaved or handed in. */
static bool text_take(const struct reading *r, str raw, i64 max, str *out)
{
    bool one_line = r->input->kind == INPUT_TEXT || r->input->kind == INPUT_CHOICE;
    struct arena *mem = r->rq->mem;
    str s = one_line ? str_trim(fold_line(mem, raw)) : text_tidy(mem, raw);
    const char *fault = text_fault(s, one_line);
    *out = s;
    if (fault)
        note(r, fault);
    else if (s.len > (size_t)max && str_chars(s) > max)
        note_number(r, "form.too_long", max, str_chars(s));
    else
        return true;
    return false;
}

static void read_text(const struct reading *r)
{
    i64 max = limit_of(r, r->input->kind == INPUT_AREA ? AREA_MAX : TEXT_MAX);
    str *out = r->into;
    if (!text_take(r, r->first->value, max, out))
        return;
    if (out->len == 0) {
        if (r->input->required)
            note(r, "form.required");
    } else if (r->input->min && str_chars(*out) < r->input->min) {
        note_number(r, "form.too_short", r->input->min, str_chars(*out));
    }
}

static void read_password(const struct reading *r)
{
    str *out = r->into;
    *out = r->first->value;
    i64 max = limit_of(r, TEXT_MAX);
    if (!str_is_utf8(*out))
        note(r, "form.not_text");
    else if (out->len == 0 && r->input->required)
        note(r, "form.required");
    else if (str_chars(*out) > max)
        note_number(r, "form.too_long", max, str_chars(*out));
    else if (out->len && str_chars(*out) < r->input->min)
        note_number(r, "form.too_short", r->input->min, str_chars(*out));
}

void rq_choices_find(struct rq *rq, choice_find *find)
{
    if (rq->web)
        rq->web->find = find;
}

/* Choices that cannot be read are none: the value is then refused. false: the thing on which they
 * hang is not there for this actor, and nothing is judged: the handler says so, whatever is sent.
 */
static bool choices_of(const struct reading *r, struct rows *out)
{
    struct rows rows = { 0 };
    r->rq->web->find = NULL;
    err e = r->input->values ? r->input->values(r->rq, &rows) : OK;
    *out = e.code == ERR_NONE ? rows : (struct rows){ 0 };
    return e.code != ERR_NOT_FOUND;
}

static bool is_among(const struct rows *rows, str value)
{
    for (size_t i = 0; i < rows->count; i++)
        if (str_eq(((const struct view_choice *)rows->items)[i].value, value))
            return true;
    return false;
}

enum { MEANT_MAX = 2000 };

/* What typed words mean, where an input finds more than it draws; false: nothing, or several. */
static bool is_found(const struct reading *r, str *value)
{
    struct rows rows = { 0 };
    if (r->rq->web->find(r->rq, *value, &rows).code != ERR_NONE || rows.count == 0) {
        rq_fault(r->rq, r->input->field.name, "form.not_found", *value, str_of(""));
        return false;
    }
    const struct view_choice *all = rows.items;
    if (rows.count == 1) {
        *value = all[0].value;
        return true;
    }
    struct buf *labels = buf_new(r->rq->mem, MEANT_MAX);
    for (size_t i = 0; i < rows.count; i++) {
        buf_add(labels, i ? text_find("form.or") : str_of(""));
        buf_add(labels, all[i].label);
    }
    rq_fault(r->rq, r->input->field.name, "form.several", *value, buf_str(labels));
    return false;
}

static void read_choice(const struct reading *r)
{
    str *out = r->into, value;
    if (!text_take(r, r->first->value, TEXT_MAX, &value))
        return;
    if (value.len == 0) {
        if (r->input->required)
            note(r, "form.required");
        return;
    }
    bool known = r->input->choices && str_has_word(str_of(r->input->choices), value);
    if (!known && r->input->dictionary)
        known = dictionary_has(r->rq, r->input->dictionary, value);
    if (!known) {
        struct rows rows;
        known = !choices_of(r, &rows) || is_among(&rows, value);
    }
    if (known || (r->rq->web->find && is_found(r, &value)))
        *out = value;
    else if (!r->rq->web->find)
        note(r, "form.not_a_choice");
}

/* ---- numbers and days ---- */

/* Full-width digits and signs, as Chinese input methods give them, to ASCII. */
static str fold_width(struct arena *mem, str s)
{
    char *to = arena_zero(mem, s.len + 1);
    size_t len = 0, at = 0;
    while (at < s.len) {
        uint32_t c = str_next_char(s, &at);
        if (c >= 0xFF01 && c <= 0xFF5E)
            c -= 0xFEE0;
        len += str_put_char(c, to + len);
    }
    return str_trim((str){ to, len });
}

/* The value tidied; false when it is empty (a fault if required) or no text. */
static bool plain_value(const struct reading *r, str *out)
{
    if (!str_is_utf8(r->first->value) || r->first->value.len > 100) {
        note(r, "form.not_text");
        return false;
    }
    *out = fold_width(r->rq->mem, r->first->value);
    if (out->len == 0 && r->input->required)
        note(r, "form.required");
    return out->len > 0;
}

static void read_number(const struct reading *r)
{
    const struct input *input = r->input;
    i64 value = 0, max = limit_of(r, 0);
    str s;
    if (!plain_value(r, &s))
        return;
    if (!str_to_i64(s, &value))
        note(r, "form.not_a_number");
    else if ((input->min || max) && (value < input->min || (max && value > max)))
        note_number(r, max ? "form.out_of_range" : "form.too_small", input->min, max);
    else
        *(i64 *)r->into = value;
}

static void read_day(const struct reading *r)
{
    str s;
    if (plain_value(r, &s) && !day_parse(s, r->into)) {
        *(i64 *)r->into = -1;
        note(r, "form.not_a_day");
    }
}

static void read_bool(const struct reading *r)
{
    static const char NO[] = "0 false no off";
    str value = r->first->value;
    bool on = value.len == 0 || !str_has_word(str_of(NO), value);
    *(bool *)r->into = on;
    if (!on && r->input->required)
        note(r, "form.required");
}

static bool id_take(const struct reading *r, str value, i64 *out)
{
    if (str_to_i64(str_trim(value), out) && *out > 0)
        return true;
    note(r, "form.not_an_id");
    return false;
}

static void read_id(const struct reading *r)
{
    str s;
    i64 id;
    if (plain_value(r, &s) && id_take(r, s, &id))
        *(i64 *)r->into = id;
}

/* ---- lists ---- */

static bool is_mine(const struct reading *r, const struct web_param *p)
{
    return p->source == r->source && str_is(p->name, r->input->field.name);
}

static void check_items(const struct reading *r, i64 count, i64 fallback)
{
    i64 max = limit_of(r, fallback), min = r->input->min;
    if (r->input->required && min < 1)
        min = 1;
    if (count > max)
        note_number(r, "form.too_many", max, count);
    else if (count < min)
        note_number(r, count ? "form.too_few" : "form.required", min, count);
}

static void read_ids(const struct reading *r)
{
    const struct params *params = &r->rq->web->params;
    ids *out = r->into;
    out->items = arena_array(r->rq->mem, r->count + 1, sizeof *out->items);
    for (size_t i = 0; i < params->count; i++) {
        i64 id;
        const struct web_param *p = &params->items[i];
        if (!is_mine(r, p) || (p->value.len == 0 && !p->other))
            continue;
        if (p->other) {
            note(r, "form.type");
            return;
        }
        if (!id_take(r, p->value, &id))
            return;
        bool known = false;
        for (size_t k = 0; k < out->count && r->count <= ITEMS_MAX; k++)
            known |= out->items[k] == id;
        if (!known)
            out->items[out->count++] = id;
    }
    check_items(r, (i64)out->count, ITEMS_MAX);
}

static bool holds(const strs *list, str value)
{
    bool found = false;
    for (size_t i = 0; i < list->count; i++)
        found |= str_eq(list->items[i], value);
    return found;
}

/* Words with the marks between them that people put there as blanks. */
static str with_blanks(struct arena *mem, str line)
{
    struct buf *b = buf_new(mem, line.len + 1);
    for (size_t at = 0; at < line.len;) {
        str marks = text_find("form.marks"), mark, rest = str_sub(line, at, line.len);
        size_t len = 0;
        while (!len && str_split(&marks, ' ', &mark))
            len = mark.len && str_starts(rest, mark) ? mark.len : 0;
        buf_add(b, len ? str_of(" ") : str_sub(rest, 0, 1));
        at += len ? len : 1;
    }
    return buf_str(b);
}

/* Several of the choices that are data, each once; codes hold no blanks, so one field may hold
 * several. False: one is none of them. */
static bool choices_take(const struct reading *r, const struct rows *rows, str line, strs *out)
{
    str code;
    if (r->rq->web->find)
        line = with_blanks(r->rq->mem, line);
    while (str_split(&line, ' ', &code)) {
        if (code.len && rows && !is_among(rows, code) && !(r->rq->web->find && is_found(r, &code)))
            return false;
        if (code.len && !holds(out, code))
            strs_add(r->rq->mem, out, code);
    }
    return true;
}

static void read_lines(const struct reading *r)
{
    const struct params *params = &r->rq->web->params;
    struct rows rows;
    bool judged = choices_of(r, &rows);
    strs *out = r->into;
    for (size_t i = 0; i < params->count; i++) {
        const struct web_param *p = &params->items[i];
        str line;
        if (!is_mine(r, p))
            continue;
        if (p->other) {
            note(r, "form.type");
            return;
        }
        if (!text_take(r, p->value, LINE_ITEM_MAX, &line))
            return;
        if (r->input->values && !choices_take(r, judged ? &rows : NULL, line, out)) {
            if (!r->rq->web->find)
                note(r, "form.not_a_choice");
            return;
        }
        if (r->input->values)
            continue;
        if (r->input->keep_empty || str_trim(line).len)
            strs_add(r->rq->mem, out, str_trim(line));
    }
    check_items(r, (i64)out->count, ITEMS_MAX);
}

static void read_files(const struct reading *r)
{
    struct uploads files = rq_uploads(r->rq, r->input->field.name);
    ids *out = r->into;
    out->items = arena_array(r->rq->mem, files.count + 1, sizeof *out->items);
    for (size_t i = 0; i < files.count; i++)
        out->items[out->count++] = (i64)i + 1;
    check_items(r, (i64)out->count, FILES_MAX);
}

/* ---- all ---- */

static bool is_list(enum input_kind kind)
{
    return kind == INPUT_IDS || kind == INPUT_LINES || kind == INPUT_FILES;
}

static enum field_type type_of(enum input_kind kind)
{
    switch (kind) {
    case INPUT_NUMBER:
    case INPUT_DAY:
    case INPUT_ID:
        return FIELD_I64;
    case INPUT_BOOL:
        return FIELD_BOOL;
    case INPUT_IDS:
    case INPUT_FILES:
        return FIELD_IDS;
    case INPUT_LINES:
        return FIELD_STRS;
    default:
        return FIELD_STR;
    }
}

static void (*reader_of(enum input_kind kind))(const struct reading *r)
{
    static void (*const READERS[])(const struct reading *r) = {
        [INPUT_TEXT] = read_text,     [INPUT_AREA] = read_text,
        [INPUT_NUMBER] = read_number, [INPUT_DAY] = read_day,
        [INPUT_BOOL] = read_bool,     [INPUT_CHOICE] = read_choice,
        [INPUT_ID] = read_id,         [INPUT_IDS] = read_ids,
        [INPUT_LINES] = read_lines,   [INPUT_PASSWORD] = read_password,
        [INPUT_FILES] = read_files,
    };
    return READERS[kind];
}

static void count_values(struct reading *r)
{
    const struct params *params = &r->rq->web->params;
    r->source = form_source(r->rq, r->input);
    for (size_t i = 0; i < params->count; i++) {
        if (!is_mine(r, &params->items[i]))
            continue;
        if (!r->first)
            r->first = &params->items[i];
        r->count++;
    }
}

static void input_read(struct reading *r)
{
    enum input_kind kind = r->input->kind;
    assert(r->input->field.type == type_of(kind));
    if (kind == INPUT_DAY)
        *(i64 *)r->into = -1;
    count_values(r);
    if (is_list(kind)) {
        reader_of(kind)(r);
    } else if (r->count == 0) {
        if (r->input->required)
            note(r, "form.required");
    } else if (r->count > 1) {
        note(r, "form.doubled");
    } else if (r->first->other) {
        note(r, "form.type");
    } else {
        reader_of(kind)(r);
    }
}

void *form_read(struct rq *rq, const struct form *form)
{
    char *made = arena_zero(rq->mem, form->size);
    for (const struct input *i = form->inputs; i->field.name; i++) {
        struct reading r = { .rq = rq, .input = i, .into = made + i->field.offset };
        assert(i->field.offset < form->size);
        input_read(&r);
    }
    return made;
}

/* ---- typed again ---- */

str rq_typed(const struct rq *rq, const char *field, str stored)
{
    const struct input *input = form_input(rq->route ? rq->route->form : NULL, str_of(field));
    if (rq->error.code == ERR_NONE || !input)
        return stored;
    if (input->kind == INPUT_PASSWORD)
        return str_of("");
    const struct web_param *p =
        params_find(&rq->web->params, str_of(field), form_source(rq, input));
    return p ? p->value : str_of("");
}

strs rq_typed_all(const struct rq *rq, const char *field, strs stored)
{
    const struct input *input = form_input(rq->route ? rq->route->form : NULL, str_of(field));
    const struct params *params = &rq->web->params;
    strs typed = { 0 };
    if (rq->error.code == ERR_NONE || !input || input->kind == INPUT_PASSWORD)
        return stored;
    for (size_t i = 0; i < params->count; i++)
        if (params->items[i].source == form_source(rq, input) &&
            str_is(params->items[i].name, field))
            strs_add(rq->mem, &typed, params->items[i].value);
    return typed;
}
