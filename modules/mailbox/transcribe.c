/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See transcribe.h. */
#include "modules/mailbox/transcribe.h"

/* The one below parent of that name; id 0 = none. */
static err below_of_name(struct rq *rq, i64 parent_id, str name, struct area *out)
{
    struct rows rows;
    TRY(area_list_below(rq, parent_id, &rows));
    const struct area *all = rows.items;
    *out = (struct area){ 0 };
    for (size_t i = 0; i < rows.count; i++)
        if (str_eq(all[i].name, name))
            *out = all[i];
    return OK;
}

err transcribe_area(struct rq *rq, str text, struct area *out)
{
    str word;
    text = str_trim(text);
    *out = (struct area){ 0 };
    if (!text.len)
        return OK;
    TRY(area_find_by_text(rq, text, out));
    if (out->id || !str_split(&text, ' ', &word))
        return OK;
    TRY(area_find_by_text(rq, word, out));
    while (out->id && str_split(&text, ' ', &word))
        if (word.len)
            TRY(below_of_name(rq, out->id, word, out));
    return OK;
}

/* One and, down to the towns, what lies in it: villages are too many to choose from. */
static err areas_add(struct rq *rq, const struct area *area, strs *out)
{
    struct rows rows;
    str name;
    TRY(intake_area_name(rq, area, &name));
    strs_add(rq->mem, out, name);
    if (str_is(area->level, "town"))
        return OK;
    TRY(area_list_below(rq, area->id, &rows));
    const struct area *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_is(area->level, "county"))
            strs_add(rq->mem, out,
                     arena_printf(rq->mem, "%.*s %.*s", (int)name.len, name.ptr,
                                  (int)all[i].name.len, all[i].name.ptr));
    return OK;
}

err transcribe_areas(struct rq *rq, strs *out)
{
    struct org org;
    struct area own;
    struct rows rows;
    *out = (strs){ 0 };
    TRY(org_find_cppcc(rq, &org));
    if (!org.area_id)
        return OK;
    TRY(area_find(rq, org.area_id, &own));
    if (str_is(own.level, "county") || str_is(own.level, "town"))
        return areas_add(rq, &own, out);
    TRY(area_list_below(rq, own.id, &rows));
    const struct area *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(areas_add(rq, &all[i], out));
    return OK;
}
