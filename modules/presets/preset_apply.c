/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Storing what a preset changes, by the functions of the settings pages, in one transaction. What
 * it changes: preset_compare. */
#include <assert.h>
#include <string.h>

#include "modules/presets/preset.h"
#include "modules/presets/preset_store.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

static i64 number_on(struct rq *rq, const char *name, i64 day)
{
    i64 value = 0;
    bool ok = str_to_i64(setting_text_on(rq, name, day), &value);
    assert(ok); /* only what fits is stored */
    return value;
}

/* ---- cross rules ---- */

static err classes_check(struct rq *rq, const char *setting, i64 day)
{
    struct rows rows;
    TRY(dictionary_list_all(rq, "assignments.classes", &rows));
    const struct dictionary_row *all = rows.items;
    for (str rest = setting_text_on(rq, setting, day), code; str_split(&rest, ' ', &code);) {
        bool found = code.len == 0;
        for (size_t i = 0; i < rows.count && !found; i++)
            found = str_eq(all[i].code, code) && all[i].from_on <= day &&
                    (all[i].to_on == 0 || day <= all[i].to_on);
        if (!found)
            return err_make_with(ERR_INVALID, "presets.class_gone",
                                 text_label("settings", str_of(setting)), code);
    }
    return OK;
}

err preset_check(struct rq *rq, i64 day)
{
    i64 host = number_on(rq, "assignments.host_months", day);
    i64 cohost = number_on(rq, "assignments.cohost_months", day);
    i64 total = number_on(rq, "assignments.total_months", day);
    if (cohost > host)
        return err_make_with(ERR_INVALID, "presets.cohost_longer", str_number(rq->mem, cohost),
                             str_number(rq->mem, host));
    if (total && host > total)
        return err_make_with(ERR_INVALID, "presets.extend_longer", str_number(rq->mem, host),
                             str_number(rq->mem, total));
    TRY(classes_check(rq, "assignments.promise_classes", day));
    TRY(classes_check(rq, "outcomes.track_classes", day));
    return classes_check(rq, "outcomes.followup_classes", day);
}

/* ---- storing ---- */

/* The row of a code, in force or not; code empty where there is none. */
static err row_find(struct rq *rq, const char *name, str code, struct dictionary_row *out)
{
    struct rows rows;
    TRY(dictionary_list_all(rq, name, &rows));
    const struct dictionary_row *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_eq(all[i].code, code))
            *out = all[i];
    return OK;
}

/* From the day on it can no longer be chosen; one that would only begin then never can. */
static err code_end(struct rq *rq, const char *name, struct dictionary_row *row, i64 from_on)
{
    bool never = row->from_on >= from_on;
    row->to_on = never ? rq->today - 1 : from_on - 1;
    row->from_on = never ? rq->today - 1 : row->from_on;
    return dictionary_store(rq, name, row);
}

static err code_store(struct rq *rq, const struct preset_change *change, i64 from_on)
{
    const char *name = arena_cstr(rq->mem, change->line.name);
    struct dictionary_row row = { 0 };
    TRY(row_find(rq, name, change->line.code, &row));
    if (change->after.len == 0)
        return code_end(rq, name, &row, from_on);
    if (row.code.len == 0) {
        struct dictionary_row added = { .code = change->line.code,
                                        .label = change->after,
                                        .from_on = from_on };
        return dictionary_store(rq, name, &added);
    }
    if (row.to_on && row.to_on < from_on) {
        /* An end that was planned for this very day is taken back; one that has come is not. */
        row.from_on = row.to_on >= rq->today ? row.from_on : from_on;
        row.to_on = 0;
        TRY(dictionary_store(rq, name, &row));
    }
    row.label = change->after;
    return dictionary_rename(rq, name, &row, from_on);
}

static err change_store(struct rq *rq, const struct preset_change *change, i64 from_on)
{
    const char *name = arena_cstr(rq->mem, change->line.name);
    if (change->line.code.len > 0)
        TRY(code_store(rq, change, from_on));
    else
        TRY(setting_store(rq, name, change->after, from_on));
    str what = change->line.code.len > 0
                   ? arena_printf(rq->mem, "%s/%.*s", name, (int)change->line.code.len,
                                  change->line.code.ptr)
                   : str_of(name);
    struct audit_entry entry = {
        .act = "settings.manage",
        .object = "presets",
        .before = arena_printf(rq->mem, "%.*s=%.*s", (int)what.len, what.ptr,
                               (int)change->before.len, change->before.ptr),
        .after = arena_printf(rq->mem, "%.*s=%.*s @%lld", (int)what.len, what.ptr,
                              (int)change->after.len, change->after.ptr, (long long)from_on),
    };
    return audit_add(rq, &entry);
}

err preset_apply(struct rq *rq, const struct preset *preset, i64 from_on, i64 *changed)
{
    struct preset_comparison comparison;
    if (from_on < rq->today)
        return err_make(ERR_INVALID, "presets.past");
    i64 planned = 0;
    TRY(preset_planned(rq, preset, &planned));
    if (planned && planned != from_on)
        return err_make_with(ERR_INVALID, "presets.planned", text_date(rq->mem, planned),
                             (str){ "", 0 });
    TRY(preset_compare(rq, preset, from_on, &comparison));
    const struct preset_change *all = comparison.changes.items;
    for (size_t i = 0; i < comparison.changes.count; i++)
        if (all[i].differs)
            TRY(change_store(rq, &all[i], from_on));
    *changed = comparison.differing;
    TRY(preset_check(rq, from_on));
    TRY(settings_in_order(rq, from_on));
    return preset_store_add(rq, preset->name, from_on, comparison.differing);
}

err preset_history(struct rq *rq, struct rows *out)
{
    return preset_store_list(rq, out);
}
