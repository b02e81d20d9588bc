/* SPDX-License-Identifier: MulanPSL-2.0 */
/* JSON of what waits for the dispatcher and of the sums of verdicts (desk_pages.c). The inbox is
 * the list of assignments, which has its own. */
#include "modules/assignments/assignment_desk.h"
#include "modules/desks/desk_pages.h"
#include "modules/evaluations/evaluation.h"
#include "platform/web/json.h"

static void put_waiting(const char *key, const struct rows *rows, struct json *j)
{
    const struct waiting *all = rows->items;
    json_array(j, key);
    for (size_t i = 0; i < rows->count; i++) {
        json_object(j, NULL);
        json_i64(j, "assignment_id", all[i].assignment_id);
        json_str(j, "matter_number", all[i].matter_number);
        json_str(j, "matter_title", all[i].matter_title);
        json_str(j, "agency_name", all[i].agency_name);
        json_str(j, "role", all[i].role);
        json_str(j, "reason", all[i].reason);
        json_time(j, "asked_at", all[i].asked_at);
        if (str_is(all[i].kind, "bounce")) {
            json_i64(j, "better_agency_id", all[i].better_agency_id);
            json_str(j, "advice", all[i].advice);
        } else {
            json_day(j, "from_on", all[i].from_on);
            json_day(j, "to_on", all[i].to_on);
        }
        json_object_end(j);
    }
    json_array_end(j);
}

err api_desk_waiting(struct rq *rq, struct res *res)
{
    struct rows bounces, extensions;
    TRY(assignment_list_waiting(rq, REQUEST_BOUNCE, &bounces));
    TRY(assignment_list_waiting(rq, REQUEST_EXTENSION, &extensions));
    struct json j = json_begin(rq);
    put_waiting("bounces", &bounces, &j);
    put_waiting("extensions", &extensions, &j);
    json_send(&j, res);
    return OK;
}

err api_desk_feedback(struct rq *rq, struct res *res)
{
    struct evaluation_sums sums;
    TRY(evaluation_sums_of(rq, rq->actor->agency_id, &sums));
    struct json j = json_begin(rq);
    json_i64(&j, "given", sums.given);
    json_array(&j, "sums");
    for (size_t i = 0; sums.given > 0 && i < sums.count; i++) {
        json_object(&j, NULL);
        json_str(&j, "question", str_of(sums.items[i].question));
        json_str(&j, "value", str_of(sums.items[i].value));
        json_i64(&j, "count", sums.items[i].count);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}
