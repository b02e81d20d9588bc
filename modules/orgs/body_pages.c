/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Sectors and committees: one set of pages and JSON for both, told apart by the path. Rules:
 * body.c. */
#include "modules/orgs/body.h"
#include "modules/orgs/org_forms.h"
#include "modules/orgs/org_parts.h"
#include "modules/orgs/org_views.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/orgs.h"

/* What differs between the two. */
struct kind_words {
    const char *path, *title, *hint, *edit;
};
static const struct kind_words WORDS[] = {
    [BODY_SECTOR] = { "/sectors", "orgs.sectors", "orgs.sectors_hint", "orgs.sector_edit" },
    [BODY_COMMITTEE] = { "/committees", "orgs.committees", "orgs.committees_hint",
                         "orgs.committee_edit" },
};

static enum body_kind kind_of(const struct rq *rq)
{
    bool sector =
        str_starts(rq->path, str_of("/sectors")) || str_starts(rq->path, str_of("/api/v1/sectors"));
    return sector ? BODY_SECTOR : BODY_COMMITTEE;
}

/* ---- JSON ---- */

static const struct field BODY_JSON[] = {
    FIELD(struct body, id),
    FIELD(struct body, name),
    FIELD(struct body, position),
    FIELD(struct body, from_on),
    FIELD(struct body, to_on),
    FIELD(struct body, version),
    { 0 },
};

static const struct field NAME_JSON[] = {
    FIELD(struct former_name, name),
    FIELD(struct former_name, until_on),
    { 0 },
};

static err send_body(struct rq *rq, struct res *res, i64 id)
{
    struct body body;
    struct rows names;
    TRY(body_find(rq, kind_of(rq), id, &body));
    TRY(body_list_names(rq, kind_of(rq), id, &names));
    struct json j = json_begin(rq);
    json_fields(&j, BODY_JSON, &body);
    json_rows(&j, "former_names", NAME_JSON, &names);
    json_send(&j, res);
    return OK;
}

err api_body_show(struct rq *rq, struct res *res)
{
    return send_body(rq, res, rq->path_id);
}

static err send_bodies(struct rq *rq, struct res *res, const struct rows *rows)
{
    struct json j = json_begin(rq);
    json_rows(&j, "items", BODY_JSON, rows);
    json_send(&j, res);
    return OK;
}

/* ---- pages ---- */

err page_body_list(struct rq *rq, struct res *res)
{
    enum body_kind kind = kind_of(rq);
    const struct kind_words *words = &WORDS[kind];
    struct rows rows, gone = { .size = 0 };
    TRY(body_list(rq, kind, rq->today, &rows));
    if (rq->api)
        return send_bodies(rq, res, &rows);
    TRY(body_list_gone(rq, kind, &gone));
    str title = text_find(words->title);
    struct body_page v = { .crumbs = view_crumbs(rq->mem, "orgs", title),
                           .title = title,
                           .name = str_of(words->path + 1),
                           .hint = text_find(words->hint),
                           .items = rows.items,
                           .count = rows.count,
                           .gone = gone.items,
                           .gone_count = gone.count,
                           .may_manage = actor_may(rq->actor, "orgs.manage") };
    struct out *out = page_begin(rq, title, "orgs");
    view_orgs_bodies(out, &v);
    page_end(res, out);
    return OK;
}

static err done(struct rq *rq, struct res *res, str name)
{
    res_flash(res, "orgs.saved", name);
    res_redirect(res, str_of(WORDS[kind_of(rq)].path));
    return OK;
}

err page_body_add(struct rq *rq, struct res *res)
{
    const struct body_input *in = rq->input;
    struct body body = { .name = in->name, .position = in->position };
    i64 id;
    TRY(body_save(rq, kind_of(rq), &body, &id));
    return rq->api ? send_body(rq, res, id) : done(rq, res, in->name);
}

/* "also called … until …", for the line under the title. */
static err former_names(struct rq *rq, i64 id, str *out)
{
    struct rows rows;
    TRY(body_list_names(rq, kind_of(rq), id, &rows));
    const struct former_name *all = rows.items;
    struct buf *b = buf_new(rq->mem, 1 << 14);
    for (size_t i = 0; i < rows.count; i++)
        buf_add(b, text_format(rq->mem, "orgs.former_name", all[i].name,
                               org_day_text(rq->mem, all[i].until_on)));
    *out = buf_str(b);
    return OK;
}

err page_body_edit(struct rq *rq, struct res *res)
{
    const struct kind_words *words = &WORDS[kind_of(rq)];
    struct body b;
    TRY(body_find(rq, kind_of(rq), rq->path_id, &b));
    struct body_input in = {
        .position = b.position, .from_on = b.from_on, .to_on = b.to_on, .name = b.name
    };
    struct view_link *crumbs = arena_array(rq->mem, 4, sizeof *crumbs);
    crumbs[0] = (struct view_link){ text_find("menu.orgs"), str_of("/orgs") };
    crumbs[1] = (struct view_link){ text_find(words->title), str_of(words->path) };
    crumbs[2] = (struct view_link){ b.name, str_of("") };
    struct form_look look = { .form = &BODY_FORM,
                              .stored = &in,
                              .menu = "orgs",
                              .title = text_find(words->edit),
                              .version = b.version,
                              .back = str_of(words->path),
                              .crumbs = crumbs };
    TRY(former_names(rq, b.id, &look.subject));
    return form_page(rq, res, &look);
}

err page_body_save(struct rq *rq, struct res *res)
{
    const struct body_input *in = rq->input;
    struct body body = { .id = in->id,
                         .position = in->position,
                         .from_on = org_day(in->from_on),
                         .to_on = org_day(in->to_on),
                         .version = in->version,
                         .name = in->name };
    struct body old;
    struct body_input stored = *in;
    TRY(body_find(rq, kind_of(rq), body.id, &old));
    stored.name = old.name;
    stored.position = old.position;
    stored.from_on = old.from_on;
    stored.to_on = old.to_on;
    TRY(conflict_check(rq, "web.version", in->version, old.version, &stored));
    TRY(body_change(rq, kind_of(rq), &body, in->renamed_on));
    return rq->api ? send_body(rq, res, body.id) : done(rq, res, body.name);
}
