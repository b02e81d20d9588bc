/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Areas from a list in the form of seed/areas (code, name, level, code of the one above; parents
 * first), for the page, the API and `huotang import areas FILE`: an area is known again by its
 * code. A name that differs corrects the stored one; an empty parent leaves what is stored. */
#include "modules/orgs/area.h"
#include "modules/orgs/area_forms.h"
#include "modules/orgs/org_forms.h"
#include "platform/files/import_page.h"
#include "platform/text/texts.h"

const struct import_field AREA_FIELDS[] = {
    { "code", "areas.import.code", true },
    { "name", "areas.import.name", true },
    { "level", "areas.import.level", true },
    { "parent", "areas.import.parent", false },
    { 0 },
};

/* A level by code or label; "县" for "县级" too. */
static str level_of(str text)
{
    for (const char *const *level = area_levels; *level; level++)
        if (text.len && str_starts(text_label("choices.level", str_of(*level)), text))
            return str_of(*level);
    return text;
}

err area_import_row(struct rq *rq, const struct import_row *row, char *result)
{
    struct area old, above = { 0 };
    struct area_change change = { .parent = import_value(row, "parent") };
    i64 id;
    TRY(area_find_by_code(rq, import_value(row, "code"), &old));
    change.area = old;
    change.area.code = import_value(row, "code");
    change.area.name = import_value(row, "name");
    change.area.level = level_of(import_value(row, "level"));
    if (str_chars(change.area.name) > AREA_NAME_MAX)
        rq_fault(rq, "name", "areas.long_name", str_of(""), str_of(""));
    if (change.parent.len)
        TRY(area_find_by_text(rq, change.parent, &above));
    else if (old.parent_id) /* a list without that column says nothing of it */
        TRY(area_find(rq, old.parent_id, &above));
    if (above.id)
        change.parent = above.code;
    bool same = old.id && str_eq(old.name, change.area.name) &&
                str_eq(old.level, change.area.level) && old.parent_id == above.id;
    *result = !old.id ? 'c' : same ? '=' : 'u';
    return same && !rq_has_faults(rq) ? OK : area_save(rq, &change, &id);
}

/* ---- the page ---- */

enum { PAGE_ROWS_MAX = 3000 };

static struct import_page page_of_areas(void)
{
    return (struct import_page){ .kind = &ORG_IMPORTS[1],
                                 .home = "areas",
                                 .title = "areas.import",
                                 .hint = "areas.import_hint",
                                 .done = "areas.imported",
                                 .act = "areas.import",
                                 .most = PAGE_ROWS_MAX };
}

err page_area_import_form(struct rq *rq, struct res *res)
{
    struct import_page page = page_of_areas();
    TRY(area_check_host(rq));
    return import_page_form(rq, res, &page);
}

err page_area_import_receive(struct rq *rq, struct res *res)
{
    struct import_page page = page_of_areas();
    TRY(area_check_host(rq));
    return import_page_receive(rq, res, &page);
}

err page_area_import(struct rq *rq, struct res *res)
{
    struct import_page page = page_of_areas();
    TRY(area_check_host(rq));
    return import_page_take(rq, res, &page);
}

err api_area_import(struct rq *rq, struct res *res)
{
    struct import_page page = page_of_areas();
    TRY(area_check_host(rq));
    return import_page_api(rq, res, &page);
}
