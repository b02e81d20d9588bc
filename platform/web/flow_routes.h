/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The routes that follow from a flow's table: for each verb a form page, its POST, and the same
 * in the API. The engine that runs a verb is platform/flow. */
#ifndef HT_WEB_FLOW_ROUTES_H
#define HT_WEB_FLOW_ROUTES_H
#include "platform/web/router.h"

enum { FLOW_ROUTES = 3 };

/* Makes, in this order, GET and POST /{flow}/{id}/{verb} and POST /api/v1/{flow}/{id}/{verb} of an
 * action. Permission: the action's; where rows of the verb differ, SIGNED_IN, and the engine
 * judges. mem: for paths. */
void flow_routes_make(struct arena *mem, const struct flow *flow, const struct flow_action *action,
                      struct route_entry out[FLOW_ROUTES]);
#endif
