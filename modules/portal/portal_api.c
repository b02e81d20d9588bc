/* SPDX-License-Identifier: MulanPSL-2.0 */
/* JSON of the portal: the signed-in person's to-dos. */
#include "modules/portal/portal.h"
#include "platform/web/json.h"

err api_portal_todos(struct rq *rq, struct res *res)
{
    struct rows rows;
    TRY(flow_todos(rq, 200, &rows));
    const struct todo *all = rows.items;
    struct json j = json_begin(rq);
    json_array(&j, "items");
    for (size_t i = 0; i < rows.count; i++) {
        json_object(&j, NULL);
        json_str(&j, "flow", all[i].flow);
        json_i64(&j, "id", all[i].subject_id);
        json_str(&j, "verb", all[i].verb);
        json_str(&j, "title", all[i].title);
        json_str(&j, "number", all[i].number);
        json_day(&j, "due_on", all[i].due_on);
        json_str(&j, "url", portal_todo_url(rq, &all[i]));
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}
