/* SPDX-License-Identifier: MulanPSL-2.0 */
/* JSON of bodies. Sessions, sectors, committees and areas answer in their pages' handlers. */
#include "modules/orgs/area.h"
#include "modules/orgs/org_forms.h"
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
    struct area area = { 0 };
    if (org.area_id)
        TRY(area_find(rq, org.area_id, &area));
    struct json j = json_begin(rq);
    json_fields(&j, ORG_JSON, &org);
    json_i64(&j, "area_id", area.id);
    json_str(&j, "area", area.code);
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
