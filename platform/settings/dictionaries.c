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

/* The organisation's own rows, copied for the request; none when it keeps what was shipped. */
static struct rows own_rows(struct rq *rq, const char *name)
{
    const struct settings_cached *cached = settings_lock(rq);
    size_t all = cached ? cached->dictionaries.count : 0, count = 0;
    const struct dictionary_stored *from = all ? cached->dictionaries.items : NULL;
    struct dictionary_row *rows = arena_array(rq->mem, all, sizeof *rows);
    for (size_t i = 0; i < all; i++)
        if (str_is(from[i].name, name))
            rows[count++] = (struct dictionary_row){
                .id = from[i].id,
                .position = from[i].position,
                .from_on = from[i].from_on,
                .to_on = from[i].to_on,
                .code = arena_str(rq->mem, from[i].code),
                .label = arena_str(rq->mem, from[i].label),
                .note = arena_str(rq->mem, from[i].note),
            };
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
    *out = own_rows(rq, name);
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

/* What a site calls a code by a row of its own; empty when it has none. */
static str own_label(struct rq *rq, const char *name, str code)
{
    const struct settings_cached *cached = settings_lock(rq);
    const struct dictionary_stored *from = cached ? cached->dictionaries.items : NULL;
    str label = str_of("");
    for (size_t i = 0; cached && !label.len && i < cached->dictionaries.count; i++)
        if (str_is(from[i].name, name) && str_eq(from[i].code, code))
            label = arena_str(rq->mem, from[i].label);
    settings_unlock();
    return label;
}

str dictionary_label(struct rq *rq, const char *name, str code)
{
    const struct dictionary *dictionary = declared(rq, name);
    str own = own_label(rq, name, code);
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
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'))
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

err dictionary_store(struct rq *rq, const char *name, const struct dictionary_row *row)
{
    const struct dictionary *dictionary = dictionary_find(rq->app, name);
    if (!dictionary)
        return err_make_with(ERR_NOT_FOUND, "dictionaries.unknown", str_of(name), (str){ "", 0 });
    if (!is_code(row->code))
        return err_make(ERR_INVALID, "dictionaries.code");
    if (str_trim(row->label).len == 0 || str_chars(row->label) > LABEL_MAX ||
        str_chars(row->note) > NOTE_MAX)
        return err_make(ERR_INVALID, "dictionaries.label");
    if (row->from_on < 0 || row->to_on < 0 || (row->to_on && row->to_on < row->from_on))
        return err_make(ERR_INVALID, "dictionaries.dates");
    struct rows own = own_rows(rq, name), shipped = shipped_rows(rq, dictionary);
    struct rows present = own.count ? own : shipped;
    i64 last = 0;
    for (size_t i = 0; i < present.count; i++) {
        const struct dictionary_row *old = (struct dictionary_row *)present.items + i;
        last = old->position > last ? old->position : last;
        if (own.count == 0)
            TRY(row_put(rq, name, old));
    }
    struct dictionary_row put = *row;
    put.position = row->position > 0 ? row->position : last + 1;
    put.label = str_trim(row->label);
    TRY(row_put(rq, name, &put));
    settings_changed(rq);
    return OK;
}
