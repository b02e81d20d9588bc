/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The table of all routes as a tree of path segments: of the modules, of the platform, and those
 * that follow from flows. Finding costs one step a segment, however many routes there are. A
 * literal segment wins over a {name}. */
#ifndef HT_WEB_ROUTER_H
#define HT_WEB_ROUTER_H
#include <stdatomic.h>

#include "platform/flow/flow.h"
#include "platform/web/params.h"
#include "platform/web/web.h"

enum { ROUTE_NAMES_MAX = 6, ROUTE_SEGMENTS_MAX = 12, METHOD_COUNT = 6, TIME_BUCKETS = 12 };
enum { REFUSAL_KINDS = 3 }; /* 401, 403, 429 */

/* How often and how long a route was answered; written by many threads. */
struct route_figures {
    _Atomic int64_t buckets[TIME_BUCKETS]; /* by BOUNDS_US of metrics.c, not yet summed up */
    _Atomic int64_t micros;
    _Atomic int64_t by_class[6]; /* answers by hundreds of the status */
};

/* A route in the table, with what was worked out at start. */
struct route_entry {
    struct route route;
    const struct flow *flow;          /* set on routes that follow from a flow */
    const struct flow_action *action; /* the first row of the verb */
    const struct route *own_page;     /* of a step, declared by a module above; NULL = none */
    str names[ROUTE_NAMES_MAX];       /* of its {names}, in order */
    size_t name_count;
    bool api;
    struct route_figures *figures;
};

struct router;

/* What was found. entry NULL: nothing there; then allowed has bit 1 << method for methods that
 * the path does have. */
struct route_hit {
    const struct route_entry *entry;
    unsigned allowed;
    str values[ROUTE_NAMES_MAX]; /* of entry->names, decoded */
};

/* Builds the table. more: routes beside those of modules, ended by a zero row. A module that
 * declares GET at the path of a step of another's flow draws that step's page, also again after a
 * fault, in place of the drawn form. mem: lives as long as the router. Errors: INVALID
 * web.route_twice, web.route_open (no .may), web.route_empty (no function), web.route_path,
 * web.route_anonymous (anonymous.h; or a second route for one form),
 * web.flow_forms (rows of one verb differ in form), each with the path as first argument. */
err router_new(struct arena *mem, const struct module *const *modules, const struct route *more,
               struct router **out);

/* Finds a path as it was sent, without query; HEAD is asked as GET. mem: for decoded segments.
 * Errors: INVALID web.path (broken encoding, NUL, control characters, dot segments, encoded
 * slash). Not finding is none. */
err router_find(const struct router *router, enum web_method method, str path, struct arena *mem,
                struct route_hit *out);

/* All entries, in order of declaration; for describe, metrics and the permission matrix. */
const struct route_entry *const *router_entries(const struct router *router, size_t *count);

/* "GET" … of a method; 0 of a name that is none. */
const char *method_name(enum web_method method);
enum web_method method_of(str name);
#endif
