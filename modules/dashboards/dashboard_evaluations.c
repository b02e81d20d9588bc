/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The list of evaluation forms that figures lead to: page, files, JSON. Its columns, and for whom
 * it is blind: dashboard_evaluation_list.c. */
#include "modules/dashboards/dashboard_evaluation_list.h"
#include "modules/dashboards/dashboard_pages.h"

const struct list_look EVALUATION_LOOK = {
    .list = &EVALUATION_LIST,
    .path = "/evaluations",
    .rows = "/assignments",
    .row_id = "assignment_id",
    .title = "evaluations.title",
    .menu = "assignments",
    .main = "matter_title",
    .under = "matter_number",
    .empty = "evaluations.empty",
    .exports = true,
};

err page_dashboard_evaluations(struct rq *rq, struct res *res)
{
    return list_show(rq, &EVALUATION_LOOK, res);
}

err api_dashboard_evaluations(struct rq *rq, struct res *res)
{
    struct list_query query;
    TRY(list_parse(rq, &EVALUATION_LIST, &query));
    return list_json(rq, &EVALUATION_LIST, &query, res);
}
