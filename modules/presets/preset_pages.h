/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the pages ask and the views show. */
#ifndef HT_PRESETS_PRESET_PAGES_H
#define HT_PRESETS_PRESET_PAGES_H
#include "modules/presets/preset.h"
#include "platform/web/view_parts.h"

struct preset_asked {
    str name;
    i64 from_on;
};

/* A shipped preset in the list. differing: values that would change today. */
struct preset_item {
    const struct preset *preset;
    i64 differing;
    str url;
};
struct presets_page {
    const struct preset_item *items;
    size_t count;
    const struct preset_applied *applied;
    const str *applied_titles;
    size_t applied_count;
    struct view_link crumbs[3]; /* ended by an empty one */
};

struct preset_page {
    const struct preset *preset;
    const struct preset_comparison *comparison;
    const struct settings_touched *touched;
    i64 from_on;
    str day;                      /* from_on in ISO form, for the form that applies */
    const struct view_link *days; /* first days of coming terms, with their names */
    size_t day_count;
    struct view_link crumbs[4];
};

/* Pages. */
err page_preset_list(struct rq *rq, struct res *res);
err page_preset_show(struct rq *rq, struct res *res);
err page_preset_apply(struct rq *rq, struct res *res);

/* The same in JSON. */
err api_preset_list(struct rq *rq, struct res *res);
err api_preset_show(struct rq *rq, struct res *res);
err api_preset_apply(struct rq *rq, struct res *res);
#endif
