/* SPDX-License-Identifier: MulanPSL-2.0 */
/* JSON of bodies, sessions, sectors and committees. */
#include "modules/orgs/org.h"
#include "modules/orgs/org_forms.h"
#include "modules/orgs/org_list.h"
#include "platform/web/json.h"

static const struct field ORG_JSON[] = {
    FIELD(struct org, id),         FIELD(struct org, kind),       FIELD(struct org, name),
    FIELD(struct org, short_name), FIELD(struct org, code),       FIELD(struct org, letter_prefix),
    FIELD(struct org, agency),     FIELD(struct org, dispatcher), FIELD(struct org, position),
    FIELD(struct org, from_on),    FIELD(struct org, to_on),      FIELD(struct org, source),
    FIELD(struct org, source_id),  FIELD(struct org, version),    { 0 },
};

static err send_org(struct rq *rq, struct res *res, i64 id)
{
    struct org org;
    TRY(org_find(rq, id, &org));
    struct json j = json_begin(rq);
    json_fields(&j, ORG_JSON, &org);
    json_send(&j, res);
    return OK;
}

err api_org_show(struct rq *rq, struct res *res)
{
    return send_org(rq, res, rq->path_id);
}

err api_org_save(struct rq *rq, struct res *res)
{
    struct org org;
    i64 id;
    TRY(org_input_take(rq, &org));
    TRY(org_save(rq, &org, &id));
    return send_org(rq, res, id);
}

static void put_session(struct rq *rq, struct json *j, const struct session *s)
{
    json_object(j, NULL);
    json_i64(j, "id", s->id);
    json_i64(j, "term_number", s->term_number);
    json_i64(j, "number", s->number);
    json_str(j, "name", session_name(rq->mem, s));
    json_day(j, "opened_on", s->opened_on);
    json_day(j, "closed_on", s->closed_on);
    json_day(j, "until_on", s->until_on);
    json_object_end(j);
}

err api_session_list(struct rq *rq, struct res *res)
{
    struct rows rows;
    TRY(session_list(rq, &rows));
    const struct session *all = rows.items;
    struct json j = json_begin(rq);
    json_array(&j, "items");
    for (size_t i = 0; i < rows.count; i++)
        put_session(rq, &j, &all[i]);
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

err api_session_add(struct rq *rq, struct res *res)
{
    const struct session_input *in = rq->input;
    struct session session = { .term_number = in->term_number,
                               .number = in->number,
                               .opened_on = in->opened_on,
                               .closed_on = in->closed_on };
    TRY(session_add(rq, &session, &session.id));
    TRY(session_find(rq, session.id, &session));
    struct buf *b = buf_new(rq->mem, 1 << 16);
    struct json j = json_on(b);
    put_session(rq, &j, &session);
    res_json(res, b);
    return OK;
}

static err send_bodies(struct rq *rq, struct res *res, const struct rows *rows)
{
    const struct body *all = rows->items;
    struct json j = json_begin(rq);
    json_array(&j, "items");
    for (size_t i = 0; i < rows->count; i++) {
        json_object(&j, NULL);
        json_i64(&j, "id", all[i].id);
        json_str(&j, "name", all[i].name);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

err api_sector_list(struct rq *rq, struct res *res)
{
    struct rows rows;
    TRY(sector_list(rq, rq->today, &rows));
    return send_bodies(rq, res, &rows);
}

err api_committee_list(struct rq *rq, struct res *res)
{
    struct rows rows;
    TRY(committee_list(rq, rq->today, &rows));
    return send_bodies(rq, res, &rows);
}
