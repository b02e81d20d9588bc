/* SPDX-License-Identifier: MulanPSL-2.0 */
/* JSON of notices. Writing and opening post to the pages' handlers; verbs come from the flow. */
#include "modules/notices/notice.h"
#include "platform/web/json.h"

err api_notice_list(struct rq *rq, struct res *res)
{
    struct list_query query;
    TRY(list_parse(rq, notice_list(rq), &query));
    return list_json(rq, notice_list(rq), &query, res);
}

err api_notice_show(struct rq *rq, struct res *res)
{
    static const struct field FIELDS[] = {
        FIELD(struct notice, id),
        FIELD(struct notice, title),
        FIELD(struct notice, body),
        FIELD(struct notice, state),
        FIELD(struct notice, audience),
        FIELD(struct notice, audience_name),
        FIELD(struct notice, version),
        FIELD(struct notice, published_at),
        { 0 },
    };
    struct flow_subject subject;
    TRY(notice_flow_load(rq, rq->path_id, &subject));
    struct flow_allowed allowed = flow_allowed(rq, &NOTICES_FLOW, &subject);
    struct buf *b = buf_new(rq->mem, 1 << 18);
    struct json j = json_on(b);
    json_object(&j, NULL);
    json_fields(&j, FIELDS, subject.row);
    flow_json_allowed(&j, "actions", &NOTICES_FLOW, &subject, &allowed);
    json_object_end(&j);
    res_json(res, b);
    return OK;
}
