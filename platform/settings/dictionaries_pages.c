/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Dictionaries as pages and JSON. Rules: dictionaries.c. */
#include "platform/app.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/settings/settings_handlers.h"
#include "platform/settings/settings_pages.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/settings.h"

enum { JSON_MAX = 1 << 20 };

static const str NONE = { "", 0 };

static str label_of(const struct dictionary *dictionary)
{
    return text_label("dictionaries", str_of(dictionary->name));
}

/* The declared dictionary that the input names. */
static err named(struct rq *rq, const struct dictionary **out)
{
    const struct dictionary_edit *in = rq->input;
    *out = dictionary_find(rq->app, arena_cstr(rq->mem, in->name));
    return *out ? OK : err_make_with(ERR_NOT_FOUND, "dictionaries.unknown", in->name, NONE);
}

err page_dictionaries_list(struct rq *rq, struct res *res)
{
    struct dictionaries_page page = { .count = 0 };
    size_t most = 0;
    for (const struct module *const *m = rq->app->modules; *m; m++)
        for (const struct dictionary *d = (*m)->dictionaries; d && d->name; d++)
            most++;
    struct dictionary_line *lines = arena_array(rq->mem, most, sizeof *lines);
    for (const struct module *const *m = rq->app->modules; *m; m++)
        for (const struct dictionary *d = (*m)->dictionaries; d && d->name; d++) {
            struct rows rows;
            TRY(dictionary_list(rq, d->name, &rows));
            const struct dictionary_row *first = rows.items;
            lines[page.count++] = (struct dictionary_line){
                .label = label_of(d),
                .name = str_of(d->name),
                .url = arena_printf(rq->mem, "/dictionaries/edit?name=%s", d->name),
                .rows = (i64)rows.count,
                .own = rows.count > 0 && first->id != 0,
            };
        }
    page.lines = lines;
    page.crumbs[0] = (struct view_link){ text_find("menu.dictionaries"), NONE };
    struct out *out = page_begin(rq, text_find("menu.dictionaries"), "dictionaries");
    view_settings_dictionaries(out, &page);
    page_end(res, out);
    return OK;
}

err page_dictionary_edit(struct rq *rq, struct res *res)
{
    const struct dictionary_edit *in = rq->input;
    const struct dictionary *dictionary = NULL;
    struct rows rows;
    TRY(named(rq, &dictionary));
    TRY(dictionary_list_all(rq, dictionary->name, &rows));
    struct dictionary_page page = { .name = str_of(dictionary->name),
                                    .label = label_of(dictionary),
                                    .source = source_words(dictionary->source),
                                    .rows = rows.items,
                                    .count = rows.count,
                                    .today = rq->today };
    for (size_t i = 0; i < rows.count; i++)
        if (in->code.len > 0 && str_eq(page.rows[i].code, in->code))
            page.row = page.rows[i];
    page.crumbs[0] = (struct view_link){ text_find("menu.dictionaries"), str_of("/dictionaries") };
    page.crumbs[1] = (struct view_link){ page.label, NONE };
    struct out *out = page_begin(rq, page.label, "dictionaries");
    view_settings_dictionary(out, &page);
    page_end(res, out);
    return OK;
}

static err edit_store(struct rq *rq)
{
    const struct dictionary_edit *in = rq->input;
    const struct dictionary *dictionary = NULL;
    TRY(named(rq, &dictionary));
    struct dictionary_row row = { .code = in->code,
                                  .label = in->label,
                                  .note = in->note,
                                  .position = in->position,
                                  .from_on = in->from_on > 0 ? in->from_on : 0,
                                  .to_on = in->to_on > 0 ? in->to_on : 0 };
    str before = dictionary_label(rq, dictionary->name, in->code);
    err stored = dictionary_store(rq, dictionary->name, &row);
    if (stored.code == ERR_INVALID) {
        const char *field = err_is(stored, "dictionaries.code")    ? "code"
                            : err_is(stored, "dictionaries.dates") ? "to_on"
                                                                   : "label";
        rq_fault(rq, field, stored.name, stored.arg[0], stored.arg[1]);
        return err_make(ERR_INVALID, "form.faults");
    }
    TRY(stored);
    struct audit_entry entry = {
        .act = "settings.manage",
        .object = "dictionaries",
        .before = before,
        .after = arena_printf(rq->mem, "%s/%.*s=%.*s", dictionary->name, (int)in->code.len,
                              in->code.ptr, (int)in->label.len, in->label.ptr),
    };
    return audit_add(rq, &entry);
}

err page_dictionary_store(struct rq *rq, struct res *res)
{
    const struct dictionary_edit *in = rq->input;
    TRY(edit_store(rq));
    res_flash(res, "settings.stored", in->label);
    res_redirect(res, arena_printf(rq->mem, "/dictionaries/edit?name=%.*s", (int)in->name.len,
                                   in->name.ptr));
    return OK;
}

/* ---- API ---- */

static void row_json(struct json *j, const struct dictionary_row *row)
{
    json_object(j, NULL);
    json_str(j, "code", row->code);
    json_str(j, "label", row->label);
    json_str(j, "note", row->note);
    json_i64(j, "position", row->position);
    json_day(j, "from_on", row->from_on);
    json_day(j, "to_on", row->to_on);
    json_object_end(j);
}

err api_dictionary_list(struct rq *rq, struct res *res)
{
    const struct dictionary *dictionary = NULL;
    struct rows rows;
    TRY(named(rq, &dictionary));
    TRY(dictionary_list(rq, dictionary->name, &rows));
    struct json j = json_begin(rq);
    json_array(&j, "items");
    for (size_t i = 0; i < rows.count; i++)
        row_json(&j, (struct dictionary_row *)rows.items + i);
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

err api_dictionary_store(struct rq *rq, struct res *res)
{
    TRY(edit_store(rq));
    return api_dictionary_list(rq, res);
}
