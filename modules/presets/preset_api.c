/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Presets in JSON: the list, one with what it would change and touch, and applying it. */
#include "modules/presets/preset_pages.h"
#include "platform/web/json.h"

static void preset_json(struct json *j, const struct preset *preset, i64 differing)
{
    json_str(j, "name", preset->name);
    json_str(j, "title", preset->title);
    json_str(j, "source", preset->source);
    json_day(j, "began", preset->began);
    json_i64(j, "differing", differing);
}

err api_preset_list(struct rq *rq, struct res *res)
{
    struct rows presets;
    TRY(preset_list(rq->mem, &presets));
    struct json j = json_begin(rq);
    json_array(&j, "items");
    for (size_t i = 0; i < presets.count; i++) {
        const struct preset *preset = (const struct preset *)presets.items + i;
        struct preset_comparison comparison;
        TRY(preset_compare(rq, preset, rq->today, &comparison));
        json_object(&j, NULL);
        preset_json(&j, preset, comparison.differing);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

static void changes_json(struct json *j, const struct rows *changes)
{
    const struct preset_change *all = changes->items;
    json_array(j, "lines");
    for (size_t i = 0; i < changes->count; i++) {
        json_object(j, NULL);
        json_str(j, "name", all[i].line.name);
        json_str(j, "code", all[i].line.code);
        json_str(j, "label", all[i].label);
        json_str(j, "before", all[i].before);
        json_str(j, "after", all[i].after);
        json_str(j, "source", all[i].line.source);
        json_bool(j, "differs", all[i].differs);
        json_object_end(j);
    }
    json_array_end(j);
}

err api_preset_show(struct rq *rq, struct res *res)
{
    const struct preset_asked *in = rq->input;
    struct preset preset;
    struct preset_comparison comparison;
    struct settings_touched *touched;
    i64 from_on = in->from_on > rq->today ? in->from_on : rq->today;
    TRY(preset_find(rq->mem, in->name, &preset));
    TRY(preset_compare(rq, &preset, from_on, &comparison));
    TRY(settings_preview(rq, &comparison.values, from_on, &touched));
    struct json j = json_begin(rq);
    preset_json(&j, &preset, comparison.differing);
    json_day(&j, "from_on", from_on);
    changes_json(&j, &comparison.changes);
    settings_touched_json(&j, touched);
    json_send(&j, res);
    return OK;
}

err api_preset_apply(struct rq *rq, struct res *res)
{
    const struct preset_asked *in = rq->input;
    struct preset preset;
    i64 changed = 0;
    TRY(preset_find(rq->mem, in->name, &preset));
    TRY(preset_apply(rq, &preset, in->from_on, &changed));
    struct json j = json_begin(rq);
    json_str(&j, "name", preset.name);
    json_day(&j, "from_on", in->from_on);
    json_i64(&j, "changed", changed);
    json_send(&j, res);
    return OK;
}
