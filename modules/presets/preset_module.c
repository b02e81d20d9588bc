/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of presets, and nothing else; read this first. Rules: preset.c, preset_apply.c. */
#include "embed.h"
#include "modules/presets/preset_pages.h"

static const char MANAGE[] = "settings.manage";

static const struct form SHOW_FORM = {
    "presets",
    sizeof(struct preset_asked),
    (const struct input[]){
        { FIELD(struct preset_asked, name), .kind = INPUT_TEXT, .required = true, .max = 40 },
        { FIELD(struct preset_asked, from_on), .kind = INPUT_DAY },
        { .field = { 0 } },
    },
};

static const struct form APPLY_FORM = {
    "presets",
    sizeof(struct preset_asked),
    (const struct input[]){
        { FIELD(struct preset_asked, name), .kind = INPUT_TEXT, .required = true, .max = 40 },
        { FIELD(struct preset_asked, from_on), .kind = INPUT_DAY, .required = true },
        { .field = { 0 } },
    },
};

static const struct route ROUTES[] = {
    { GET, "/presets", page_preset_list, .may = MANAGE },
    { GET, "/presets/show", page_preset_show, .may = MANAGE, .form = &SHOW_FORM },
    { POST, "/presets/apply", page_preset_apply, .may = MANAGE, .form = &APPLY_FORM },
    { GET, "/api/v1/presets", api_preset_list, .may = MANAGE },
    { GET, "/api/v1/presets/show", api_preset_show, .may = MANAGE, .form = &SHOW_FORM },
    { POST, "/api/v1/presets/apply", api_preset_apply, .may = MANAGE, .form = &APPLY_FORM },
    { 0 },
};

const struct module preset_module = {
    .name = "presets",
    .needs = (const char *const[]){ "settings", "orgs", NULL },
    .routes = ROUTES,
    .schema = presets_schema,
};
