/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The tree of areas: top, one area with what stands under and in it, searching, and writing for the
 * administrator of the installation; pages and JSON. Rules: area.c. */
#include "modules/orgs/area.h"
#include "modules/orgs/area_forms.h"
#include "modules/orgs/org_parts.h"
#include "modules/orgs/org_views.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/orgs.h"

/* ---- JSON ---- */

static const struct field AREA_JSON[] = {
    FIELD(struct area, id),    FIELD(struct area, code),      FIELD(struct area, name),
    FIELD(struct area, level), FIELD(struct area, parent_id), FIELD(struct area, from_on),
    FIELD(struct area, to_on), FIELD(struct area, version),   { 0 },
};

static const struct field NAME_JSON[] = {
    FIELD(struct former_name, name),
    FIELD(struct former_name, until_on),
    { 0 },
};

static const struct field ORG_JSON[] = {
    FIELD(struct org_in_area, id),
    FIELD(struct org_in_area, name),
    FIELD(struct org_in_area, kind),
    FIELD(struct org_in_area, to_on),
    { 0 },
};

/* ---- reading ---- */

/* What is shown; area NULL = the top of the tree, or what was found. */
struct area_sight {
    const struct area *area;
    struct rows path, under, names, orgs;
    str q;
};

/* Bodies are the organisation's own: only for who may read them. */
static err orgs_in(struct rq *rq, i64 area_id, struct rows *out)
{
    *out = (struct rows){ .size = sizeof(struct org_in_area) };
    return actor_may(rq->actor, "orgs.read") ? area_store_list_orgs(rq->db, area_id, rq->mem, out)
                                             : OK;
}

static void send_sight(struct rq *rq, struct res *res, const struct area_sight *sight)
{
    struct json j = json_begin(rq);
    if (sight->area) {
        json_fields(&j, AREA_JSON, sight->area);
        json_rows(&j, "path", AREA_JSON, &sight->path);
        json_rows(&j, "former_names", NAME_JSON, &sight->names);
        json_rows(&j, "orgs", ORG_JSON, &sight->orgs);
    }
    json_rows(&j, sight->area ? "areas" : "items", AREA_JSON, &sight->under);
    json_send(&j, res);
}

static const struct view_link *crumbs_of(struct rq *rq, const struct rows *path, str here)
{
    const struct area *all = path->items;
    struct view_link *links = arena_array(rq->mem, path->count + 3, sizeof *links), *to = links;
    *to++ = (struct view_link){ text_find("menu.areas"), str_of("/areas") };
    for (size_t i = 0; i < path->count; i++)
        *to++ = (struct view_link){ all[i].name,
                                    arena_printf(rq->mem, "/areas/%lld", (long long)all[i].id) };
    if (here.len)
        *to++ = (struct view_link){ here, str_of("") };
    else if (to > links)
        to[-1].url = str_of("");
    return links;
}

static str names_text(struct rq *rq, const struct rows *names)
{
    const struct former_name *all = names->items;
    struct buf *b = buf_new(rq->mem, 1 << 14);
    for (size_t i = 0; i < names->count; i++)
        buf_add(b, text_format(rq->mem, "orgs.former_name", all[i].name,
                               org_day_text(rq->mem, all[i].until_on)));
    return buf_str(b);
}

static struct view_facts facts_of(struct rq *rq, const struct area_sight *sight)
{
    const struct area *a = sight->area;
    struct view_fact *f = arena_array(rq->mem, 5, sizeof *f);
    size_t n = 0;
    f[n++] = (struct view_fact){ .label = text_find("areas.code"), .value = a->code };
    f[n++] = (struct view_fact){ .label = text_find("areas.level"),
                                 .value = text_label("choices.level", a->level) };
    if (a->from_on)
        f[n++] = (struct view_fact){ .label = text_find("areas.from_on"),
                                     .value = org_day_text(rq->mem, a->from_on) };
    if (a->to_on)
        f[n++] = (struct view_fact){ .label = text_find("areas.to_on"),
                                     .value = org_day_text(rq->mem, a->to_on) };
    if (sight->names.count)
        f[n++] = (struct view_fact){ .label = text_find("areas.former_names"),
                                     .value = names_text(rq, &sight->names) };
    return (struct view_facts){ f, n };
}

static err draw(struct rq *rq, struct res *res, const struct area_sight *sight)
{
    str title = sight->area ? sight->area->name : text_find("menu.areas");
    struct area_page v = { .area = sight->area,
                           .crumbs = crumbs_of(rq, &sight->path, str_of("")),
                           .title = title,
                           .q = sight->q,
                           .items = sight->under.items,
                           .count = sight->under.count,
                           .orgs = sight->orgs.items,
                           .org_count = sight->orgs.count,
                           .full = sight->q.len && sight->under.count == AREA_FOUND_MAX,
                           .today = rq->today };
    if (sight->area)
        v.facts = facts_of(rq, sight);
    TRY(area_may_change(rq, &v.may_change));
    struct out *out = page_begin(rq, title, "areas");
    view_areas_show(out, &v);
    page_end(res, out);
    return OK;
}

static err answer(struct rq *rq, struct res *res, const struct area_sight *sight)
{
    if (!rq->api)
        return draw(rq, res, sight);
    send_sight(rq, res, sight);
    return OK;
}

err page_area_list(struct rq *rq, struct res *res)
{
    const struct area_query *in = rq->input;
    struct area_sight sight = { .q = in->q };
    if (in->q.len)
        TRY(area_search(rq, in->q, &sight.under));
    else
        TRY(area_store_list_under(rq->db, 0, rq->mem, &sight.under));
    return answer(rq, res, &sight);
}

static err show(struct rq *rq, struct res *res, i64 id)
{
    struct area area;
    struct area_sight sight = { .area = &area };
    TRY(area_find(rq, id, &area));
    TRY(area_path(rq, &area, &sight.path));
    TRY(area_store_list_under(rq->db, id, rq->mem, &sight.under));
    TRY(area_store_list_names(rq->db, id, rq->mem, &sight.names));
    TRY(orgs_in(rq, id, &sight.orgs));
    return answer(rq, res, &sight);
}

err page_area_show(struct rq *rq, struct res *res)
{
    return show(rq, res, rq->path_id);
}

/* ---- writing ---- */

static err form(struct rq *rq, struct res *res, const struct area_input *in,
                const struct rows *path)
{
    str title = text_find(path->count && in->version ? "areas.edit" : "areas.new");
    const struct area *all = path->items;
    i64 id = path->count ? all[path->count - 1].id : 0;
    struct form_look look = { .form = &AREA_FORM,
                              .stored = in,
                              .menu = "areas",
                              .title = title,
                              .version = in->version,
                              .crumbs = crumbs_of(rq, path, title) };
    if (id)
        look.back = arena_printf(rq->mem, "/areas/%lld", (long long)id);
    return form_page(rq, res, &look);
}

/* Under the area from which one came; redrawn: what was typed stands in the fields. */
err page_area_new(struct rq *rq, struct res *res)
{
    const struct area_query *in =
        rq->route->method == GET ? rq->input : &(struct area_query){ .q = { "", 0 } };
    struct area above = { 0 };
    struct rows path = { .size = sizeof above };
    struct area_input stored = { .parent = in->parent };
    TRY(area_check_host(rq));
    if (in->parent.len)
        TRY(area_find_by_code(rq, in->parent, &above));
    if (above.id)
        TRY(area_path(rq, &above, &path));
    stored.level = area_level_below(above.level);
    return form(rq, res, &stored, &path);
}

/* The area of the path as its form shows it. */
static err stored_area(struct rq *rq, struct area_input *out, struct rows *path)
{
    struct area a;
    TRY(area_find(rq, rq->path_id, &a));
    TRY(area_path(rq, &a, path));
    const struct area *all = path->items;
    *out = (struct area_input){ .version = a.version,
                                .from_on = a.from_on,
                                .to_on = a.to_on,
                                .code = a.code,
                                .name = a.name,
                                .level = a.level };
    if (path->count > 1)
        out->parent = all[path->count - 2].code;
    return OK;
}

/* Of the area of the path, that nobody has written it since; a parent may be typed by name. */
static err check_seen(struct rq *rq)
{
    const struct area_input *in = rq->input;
    struct area_input stored;
    struct area typed = { 0 };
    struct rows path;
    TRY(area_check_host(rq));
    TRY(stored_area(rq, &stored, &path));
    stored.renamed_on = in->renamed_on;
    if (in->parent.len)
        TRY(area_find_by_text(rq, in->parent, &typed));
    if (str_eq(typed.code, stored.parent))
        stored.parent = in->parent;
    return conflict_check(rq, "web.version", in->version, stored.version, &stored);
}

err page_area_edit(struct rq *rq, struct res *res)
{
    struct area_input in;
    struct rows path;
    TRY(area_check_host(rq));
    TRY(stored_area(rq, &in, &path));
    return form(rq, res, &in, &path);
}

/* A new one, or the one of the path. */
err page_area_save(struct rq *rq, struct res *res)
{
    const struct area_input *in = rq->input;
    struct area_change change = { .area = { .id = rq->path_id,
                                            .version = in->version,
                                            .from_on = org_day(in->from_on),
                                            .to_on = org_day(in->to_on),
                                            .code = in->code,
                                            .name = in->name,
                                            .level = in->level },
                                  .parent = in->parent,
                                  .renamed_on = in->renamed_on };
    i64 id;
    if (rq->path_id)
        TRY(check_seen(rq));
    TRY(area_save(rq, &change, &id));
    if (rq->api)
        return show(rq, res, id);
    res_flash(res, "orgs.saved", in->name);
    res_redirect(res, arena_printf(rq->mem, "/areas/%lld", (long long)id));
    return OK;
}
