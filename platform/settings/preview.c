/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What would a change of settings touch? The modules answer, each for its own things; the pages
 * that ask: settings_pages.c and the module presets. */
#include "platform/module.h"
#include "platform/settings/settings.h"
#include "platform/web/json.h"

bool settings_preview_has(const struct settings_preview *preview, const char *name)
{
    const struct setting_value *values = preview->values->items;
    for (size_t i = 0; i < preview->values->count; i++)
        if (str_is(values[i].name, name))
            return true;
    return false;
}

void settings_preview_day(struct rq *rq, const struct settings_preview *preview,
                          const struct setting_day *day, struct setting_touch *out)
{
    i64 today = rq->today;
    rq->today = preview->from_on;
    out->due_on = day->due(rq, day->of);
    settings_suppose(rq, preview->values);
    out->would_be_on = day->due(rq, day->of);
    settings_suppose(rq, NULL);
    rq->today = today;
}

void settings_touch(const struct settings_preview *preview, const struct setting_touch *touch)
{
    struct settings_touched *t = preview->touched;
    if (touch->would_be_on) {
        if (t->follows_count < SETTINGS_FOLLOWS_MAX)
            t->follows[t->follows_count++] = *touch;
        else
            t->follows_more++;
    } else if (t->keeps_count < SETTINGS_KEEPS_MAX) {
        t->keeps[t->keeps_count++] = *touch;
    } else {
        t->keeps_more++;
    }
}

err settings_preview(struct rq *rq, const struct rows *values, i64 from_on,
                     struct settings_touched **out)
{
    struct settings_preview preview = { .values = values, .from_on = from_on };
    preview.touched = *out = arena_zero(rq->mem, sizeof **out);
    return event_emit(rq, "settings.previewed", 0, &preview);
}

static void rows_json(struct json *j, const char *key, const struct setting_touch *rows,
                      size_t count)
{
    json_array(j, key);
    for (size_t i = 0; i < count; i++) {
        json_object(j, NULL);
        json_str(j, "what", rows[i].what);
        json_str(j, "number", rows[i].number);
        json_str(j, "title", rows[i].title);
        json_str(j, "href", rows[i].url);
        json_day(j, "due_on", rows[i].due_on);
        json_day(j, "would_be_on", rows[i].would_be_on);
        json_object_end(j);
    }
    json_array_end(j);
}

void settings_touched_json(struct json *j, const struct settings_touched *touched)
{
    rows_json(j, "keeps", touched->keeps, touched->keeps_count);
    json_i64(j, "keeps_more", touched->keeps_more);
    rows_json(j, "follows", touched->follows, touched->follows_count);
    json_i64(j, "follows_more", touched->follows_more);
}
