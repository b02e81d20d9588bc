/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Dictionaries: shipped codes with labels, which a site replaces by its own rows. The cache:
 * cache.c. */
#include <assert.h>

#include "platform/app.h"
#include "platform/base/str.h"
#include "platform/settings/settings_internal.h"
#include "platform/text/texts.h"

enum { CODE_MAX = 40, LABEL_MAX = 60, NOTE_MAX = 200 };

static const struct dictionary *declared(struct rq *rq, const char *name)
{
    const struct dictionary *dictionary = dictionary_find(rq->app, name);
    if (!dictionary)
        log_note(LOG_ERROR, "dictionaries.undeclared", "name", str_of(name));
    assert(dictionary);
    return dictionary;
}

/* What a code is called since its last change up to `day`; NULL where nothing changed it. With the
 * cache locked. */
static const struct dictionary_stored *word_on(const struct settings_cached *cached,
                                               const char *name, str code, i64 day)
{
    const struct dictionary_stored *found = NULL, *rows = cached->words.items;
    for (size_t i = 0; i < cached->words.count; i++)
        if (rows[i].from_on <= day && str_is(rows[i].name, name) && str_eq(rows[i].code, code))
            found = &rows[i]; /* by day: the last that has begun */
    return found;
}

/* The organisation's own rows with their words of a day, copied for the request; none when it keeps
 * what was shipped. */
static struct rows own_rows(struct rq *rq, const char *name, i64 day)
{
    const struct settings_cached *cached = settings_lock(rq);
    size_t all = cached ? cached->dictionaries.count : 0, count = 0;
    const struct dictionary_stored *from = all ? cached->dictionaries.items : NULL;
    struct dictionary_row *rows = arena_array(rq->mem, all, sizeof *rows);
    for (size_t i = 0; i < all; i++) {
        if (!str_is(from[i].name, name))
            continue;
        const struct dictionary_stored *word = word_on(cached, name, from[i].code, day);
        rows[count++] = (struct dictionary_row){
            .id = from[i].id,
            .position = from[i].position,
            .from_on = from[i].from_on,
            .to_on = from[i].to_on,
            .code = arena_str(rq->mem, from[i].code),
            .label = arena_str(rq->mem, word ? word->label : from[i].label),
            .note = arena_str(rq->mem, word ? word->note : from[i].note),
        };
    }
    settings_unlock();
    return (struct rows){ .items = rows, .count = count, .size = sizeof *rows };
}

static struct rows shipped_rows(struct rq *rq, const struct dictionary *dictionary)
{
    size_t count = 0;
    while (dictionary->values && dictionary->values[count].code)
        count++;
    struct dictionary_row *rows = arena_array(rq->mem, count, sizeof *rows);
    for (size_t i = 0; i < count; i++)
        rows[i] = (struct dictionary_row){
            .position = (i64)i + 1,
            .code = str_of(dictionary->values[i].code),
            .label = text_find(dictionary->values[i].label),
        };
    return (struct rows){ .items = rows, .count = count, .size = sizeof *rows };
}

err dictionary_list_all(struct rq *rq, const char *name, struct rows *out)
{
    const struct dictionary *dictionary = declared(rq, name);
    *out = own_rows(rq, name, rq->today);
    if (out->count == 0)
        *out = shipped_rows(rq, dictionary);
    return OK;
}

static bool is_in_force(const struct dictionary_row *row, i64 day)
{
    return row->from_on <= day && (row->to_on == 0 || day <= row->to_on);
}

err dictionary_list(struct rq *rq, const char *name, struct rows *out)
{
    TRY(dictionary_list_all(rq, name, out));
    struct dictionary_row *rows = out->items;
    size_t count = 0;
    for (size_t i = 0; i < out->count; i++)
        if (is_in_force(&rows[i], rq->today))
            rows[count++] = rows[i];
    out->count = count;
    return OK;
}

/* What a site called a code on a day by a row of its own; empty when it has none. */
static str own_label(struct rq *rq, const char *name, str code, i64 day)
{
    const struct settings_cached *cached = settings_lock(rq);
    const struct dictionary_stored *from = cached ? cached->dictionaries.items : NULL;
    const struct dictionary_stored *word = cached ? word_on(cached, name, code, day) : NULL;
    str label = word ? arena_str(rq->mem, word->label) : str_of("");
    for (size_t i = 0; cached && !label.len && i < cached->dictionaries.count; i++)
        if (str_is(from[i].name, name) && str_eq(from[i].code, code))
            label = arena_str(rq->mem, from[i].label);
    settings_unlock();
    return label;
}

str dictionary_label(struct rq *rq, const char *name, str code)
{
    return dictionary_label_on(rq, name, code, rq->today);
}

str dictionary_label_on(struct rq *rq, const char *name, str code, i64 day)
{
    const struct dictionary *dictionary = declared(rq, name);
    str own = own_label(rq, name, code, day);
    if (own.len)
        return own;
    for (const struct dictionary_value *v = dictionary->values; v && v->code; v++)
        if (str_is(code, v->code))
            return text_find(v->label);
    return code;
}

bool dictionary_has(struct rq *rq, const char *name, str code)
{
    struct rows rows;
    if (dictionary_list(rq, name, &rows).code != ERR_NONE)
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (str_eq(((struct dictionary_row *)rows.items)[i].code, code))
            return true;
    return false;
}

/* ---- storing ---- */

static bool is_code(str code)
{
    for (size_t i = 0; i < code.len; i++) {
        char c = code.ptr[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.'))
            return false;
    }
    return code.len > 0 && code.len <= CODE_MAX;
}

static err row_put(struct rq *rq, const char *name, const struct dictionary_row *row)
{
    struct dictionary_stored stored = {
        .name = str_of(name),
        .code = row->code,
        .label = row->label,
        .note = row->note,
        .position = row->position,
        .from_on = row->from_on,
        .to_on = row->to_on,
    };
    return dictionaries_store_put(rq, &stored);
}

static err row_check(const struct dictionary_row *row)
{
    if (!is_code(row->code))
        return err_make(ERR_INVALID, "dictionaries.code");
    if (str_trim(row->label).len == 0 || str_chars(row->label) > LABEL_MAX ||
        str_chars(row->note) > NOTE_MAX)
        return err_make(ERR_INVALID, "dictionaries.label");
    if (row->from_on < 0 || row->to_on < 0 || (row->to_on && row->to_on < row->from_on))
        return err_make(ERR_INVALID, "dictionaries.dates");
    return OK;
}

/* The organisation's rows with their first words; the first change copies what was shipped. */
static err rows_owned(struct rq *rq, const char *name, struct rows *out)
{
    const struct dictionary *dictionary = dictionary_find(rq->app, name);
    if (!dictionary)
        return err_make_with(ERR_NOT_FOUND, "dictionaries.unknown", str_of(name), (str){ "", 0 });
    *out = own_rows(rq, name, 0);
    if (out->count > 0)
        return OK;
    *out = shipped_rows(rq, dictionary);
    for (size_t i = 0; i < out->count; i++)
        TRY(row_put(rq, name, (struct dictionary_row *)out->items + i));
    return OK;
}

static const struct dictionary_row *row_of(const struct rows *rows, str code)
{
    const struct dictionary_row *row = rows->items, *end = row + rows->count;
    while (row < end && !str_eq(row->code, code))
        row++;
    return row < end ? row : NULL;
}

static err word_put(struct rq *rq, const char *name, const struct dictionary_row *row, i64 from_on)
{
    struct dictionary_stored word = { .name = str_of(name),
                                      .code = row->code,
                                      .label = str_trim(row->label),
                                      .note = row->note,
                                      .from_on = from_on };
    return dictionaries_store_put_word(rq, &word);
}

/* Since when the code is called as it is today; 0 = since always. */
static i64 called_since(struct rq *rq, const char *name, str code)
{
    const struct settings_cached *cached = settings_lock(rq);
    const struct dictionary_stored *word = cached ? word_on(cached, name, code, rq->today) : NULL;
    i64 since = word ? word->from_on : 0;
    settings_unlock();
    return since;
}

err dictionary_store(struct rq *rq, const char *name, const struct dictionary_row *row)
{
    struct rows rows;
    i64 last = 0;
    TRY(rows_owned(rq, name, &rows));
    TRY(row_check(row));
    for (size_t i = 0; i < rows.count; i++) {
        i64 place = ((struct dictionary_row *)rows.items)[i].position;
        last = place > last ? place : last;
    }
    struct dictionary_row put = *row;
    put.position = row->position > 0 ? row->position : last + 1;
    put.label = str_trim(row->label);
    i64 since = called_since(rq, name, row->code);
    if (since) { /* what it is called today is mended; what it was called before stays */
        const struct dictionary_row *first = row_of(&rows, row->code);
        TRY(word_put(rq, name, row, since));
        put.label = first ? first->label : put.label;
        put.note = first ? first->note : put.note;
    }
    TRY(row_put(rq, name, &put));
    settings_changed(rq);
    return OK;
}

err dictionary_rename(struct rq *rq, const char *name, const struct dictionary_row *row,
                      i64 from_on)
{
    struct rows rows;
    TRY(rows_owned(rq, name, &rows));
    TRY(row_check(row));
    if (!row_of(&rows, row->code))
        return err_make(ERR_INVALID, "dictionaries.code");
    TRY(word_put(rq, name, row, from_on));
    settings_changed(rq);
    return OK;
}
