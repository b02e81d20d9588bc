/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Building and searching the tree of routes (router.h). What the routes of flows do is in
 * flow_routes.c. */
#include "platform/web/router.h"

#include <assert.h>

#include "platform/base/str.h"
#include "platform/web/anonymous.h"
#include "platform/web/flow_routes.h"

/* Where a segment leads. literal: the segment itself; else a {name} with what must follow it,
 * and whether it is a number. */
struct edge {
    str literal;
    str suffix;
    bool is_number;
    struct node *to;
};

struct node {
    struct edge *literals; /* in byte order */
    struct edge *names;    /* numbers first, longer suffixes first */
    size_t literal_count, name_count;
    const struct route_entry *by_method[METHOD_COUNT];
};

struct router {
    struct arena *mem;
    struct node *root;
    const struct route_entry **entries;
    size_t count, cap;
};

static const char *const METHODS[METHOD_COUNT] = {
    [GET] = "GET", [POST] = "POST", [PUT] = "PUT", [PATCH] = "PATCH", [DELETE] = "DELETE",
};

const char *method_name(enum web_method method)
{
    assert(method >= GET && method <= DELETE);
    return METHODS[method];
}

enum web_method method_of(str name)
{
    for (int i = GET; i <= DELETE; i++)
        if (str_is(name, METHODS[i]))
            return (enum web_method)i;
    return str_is(name, "HEAD") ? GET : 0;
}

/* ---- building ---- */

static err fault(const char *name, const char *path)
{
    return err_make_with(ERR_INVALID, name, str_of(path), str_of(""));
}

static int edge_order(const struct edge *a, const struct edge *b)
{
    int c = str_cmp(a->literal, b->literal);
    if (c || a->literal.len)
        return c;
    if (a->is_number != b->is_number)
        return a->is_number ? -1 : 1;
    if (a->suffix.len != b->suffix.len)
        return a->suffix.len > b->suffix.len ? -1 : 1;
    return str_cmp(a->suffix, b->suffix);
}

/* The node behind an edge, made where it is missing; edges stay in order. */
static struct node *edge_follow(struct arena *mem, struct edge **edges, size_t *count,
                                struct edge edge)
{
    size_t at = 0;
    while (at < *count && edge_order(&(*edges)[at], &edge) < 0)
        at++;
    if (at < *count && edge_order(&(*edges)[at], &edge) == 0)
        return (*edges)[at].to;
    struct edge *more = arena_array(mem, *count + 1, sizeof *more);
    if (at)
        memcpy(more, *edges, at * sizeof *more);
    if (at < *count)
        memcpy(more + at + 1, *edges + at, (*count - at) * sizeof *more);
    edge.to = arena_zero(mem, sizeof *edge.to);
    more[at] = edge;
    *edges = more;
    ++*count;
    return edge.to;
}

static bool is_number_name(str name)
{
    return str_is(name, "id") || str_ends(name, str_of("_id"));
}

/* One step of a declared path; notes the {name} in the entry. NULL when the segment is
 * malformed. */
static struct node *step_add(struct arena *mem, struct node *node, str segment,
                             struct route_entry *entry)
{
    if (segment.len == 0)
        return NULL;
    if (segment.ptr[0] != '{')
        return edge_follow(mem, &node->literals, &node->literal_count,
                           (struct edge){ .literal = segment });
    i64 end = str_find(segment, str_of("}"), 0);
    if (end < 2 || entry->name_count == ROUTE_NAMES_MAX)
        return NULL;
    str name = str_sub(segment, 1, (size_t)end - 1);
    entry->names[entry->name_count++] = name;
    struct edge edge = { .suffix = str_sub(segment, (size_t)end + 1, segment.len),
                         .is_number = is_number_name(name) };
    return edge_follow(mem, &node->names, &node->name_count, edge);
}

static void entries_add(struct router *router, const struct route_entry *entry)
{
    if (router->count == router->cap) {
        size_t cap = router->cap ? router->cap * 2 : 64;
        const struct route_entry **more = arena_array(router->mem, cap, sizeof(void *));
        if (router->count)
            memcpy(more, router->entries, router->count * sizeof(void *));
        router->entries = more;
        router->cap = cap;
    }
    router->entries[router->count++] = entry;
}

/* One form is one page and its twin of the API: a stamp for it is good for nothing else. */
static bool is_taken(const struct router *router, const struct route_entry *entry)
{
    const struct route *mine = &entry->route;
    if (!mine->anonymous || mine->method == GET)
        return false;
    for (size_t i = 0; i < router->count; i++) {
        const struct route *r = &router->entries[i]->route;
        if (r->anonymous && r->method != GET && router->entries[i]->api == entry->api &&
            strcmp(r->anonymous->name, mine->anonymous->name) == 0)
            return true;
    }
    return false;
}

static err route_add(struct router *router, struct route_entry entry)
{
    const char *path = entry.route.path;
    str rest = str_of(path), segment;
    if (!entry.route.may)
        return fault("web.route_open", path);
    if (!entry.route.handler && !entry.route.slow)
        return fault("web.route_empty", path);
    if (rest.len == 0 || rest.ptr[0] != '/' || entry.route.method < GET ||
        entry.route.method > DELETE)
        return fault("web.route_path", path);
    rest = str_sub(rest, 1, rest.len);
    struct node *node = router->root;
    entry.api = str_starts(str_of(path), str_of("/api/v1/"));
    if (!anonymous_is_sound(&entry.route) || is_taken(router, &entry))
        return fault("web.route_anonymous", path);
    for (int depth = 0; str_split(&rest, '/', &segment); depth++) {
        node = step_add(router->mem, node, segment, &entry);
        if (!node || depth == ROUTE_SEGMENTS_MAX)
            return fault("web.route_path", path);
    }
    if (node->by_method[entry.route.method])
        return fault("web.route_twice", path);
    struct route_entry *kept = arena_zero(router->mem, sizeof *kept);
    *kept = entry;
    kept->figures = arena_zero(router->mem, sizeof *kept->figures);
    node->by_method[entry.route.method] = kept;
    entries_add(router, kept);
    return OK;
}

/* What a route with .api also answers. */
static struct route api_twin(struct arena *mem, struct route route)
{
    str path = str_of(route.path), fresh = str_of("/new"), edit = str_of("/edit");
    bool edits = str_ends(path, edit);
    size_t cut = edits ? edit.len : str_ends(path, fresh) ? fresh.len : 0;
    route.path = arena_printf(mem, "/api/v1%.*s", (int)(path.len - cut), path.ptr).ptr;
    route.method = edits ? PUT : route.method;
    route.redraw = NULL;
    return route;
}

static err routes_add(struct router *router, const struct route *routes)
{
    for (const struct route *r = routes; r && r->path; r++) {
        TRY(route_add(router, (struct route_entry){ .route = *r }));
        if (r->api)
            TRY(route_add(router, (struct route_entry){ .route = api_twin(router->mem, *r) }));
    }
    return OK;
}

/* Whether a verb's row is the first one of the flow, and its other rows have the same form. */
static err verb_check(const struct flow *flow, const struct flow_action *action, bool *first)
{
    *first = true;
    for (const struct flow_action *a = flow->actions; a->verb; a++) {
        if (strcmp(a->verb, action->verb) != 0)
            continue;
        if (a < action)
            *first = false;
        if (a->form != action->form && strcmp(a->may, FLOW_SYSTEM) != 0)
            return err_make_with(ERR_INVALID, "web.flow_forms", str_of(flow->name),
                                 str_of(a->verb));
    }
    return OK;
}

/* The page that another module than the flow's declares where a step's form would be drawn. */
static const struct route *own_page(const struct module *const *modules, const struct module *of,
                                    const char *path)
{
    for (const struct module *const *m = modules; *m; m++)
        for (const struct route *r = (*m)->routes; r && r->path; r++)
            if (*m != of && r->method == GET && r->handler && strcmp(r->path, path) == 0)
                return r;
    return NULL;
}

static err flow_add(struct router *router, const struct module *const *modules,
                    const struct module *of, const struct flow *flow)
{
    for (const struct flow_action *a = flow->actions; a->verb; a++) {
        struct route_entry made[FLOW_ROUTES];
        bool first;
        if (strcmp(a->may, FLOW_SYSTEM) == 0)
            continue;
        TRY(verb_check(flow, a, &first));
        if (!first)
            continue;
        flow_routes_make(router->mem, flow, a, made);
        const struct route *page = own_page(modules, of, made[0].route.path);
        for (int i = page ? 1 : 0; i < FLOW_ROUTES; i++) {
            made[i].own_page = page;
            TRY(route_add(router, made[i]));
        }
    }
    return OK;
}

err router_new(struct arena *mem, const struct module *const *modules, const struct route *more,
               struct router **out)
{
    struct router *router = arena_zero(mem, sizeof *router);
    router->mem = mem;
    router->root = arena_zero(mem, sizeof *router->root);
    TRY(routes_add(router, more));
    for (const struct module *const *m = modules; *m; m++) {
        TRY(routes_add(router, (*m)->routes));
        for (const struct flow *const *f = (*m)->flows; f && *f; f++)
            TRY(flow_add(router, modules, *m, *f));
    }
    *out = router;
    return OK;
}

const struct route_entry *const *router_entries(const struct router *router, size_t *count)
{
    *count = router->count;
    return router->entries;
}

/* ---- finding ---- */

/* A search in progress: the decoded segments and what {names} took. */
struct search {
    str segments[ROUTE_SEGMENTS_MAX];
    size_t count;
    str taken[ROUTE_NAMES_MAX];
    enum web_method method;
    struct route_hit *hit;
};

static err segment_check(str raw, str decoded)
{
    if (str_is(decoded, ".") || str_is(decoded, ".."))
        return err_make(ERR_INVALID, "web.path");
    for (size_t i = 0; i < decoded.len; i++) {
        unsigned char c = (unsigned char)decoded.ptr[i];
        if (c < 0x20 || c == 0x7F || c == '/' || c == '\\')
            return err_make(ERR_INVALID, "web.path");
    }
    for (size_t i = 0; i < raw.len; i++)
        if ((unsigned char)raw.ptr[i] <= 0x20 || (unsigned char)raw.ptr[i] >= 0x7F)
            return err_make(ERR_INVALID, "web.path");
    return OK;
}

/* Splits and decodes. *deep: more segments than any route has. */
static err path_split(str path, struct arena *mem, struct search *search, bool *deep)
{
    if (path.len == 0 || path.ptr[0] != '/')
        return err_make(ERR_INVALID, "web.path");
    str rest = str_sub(path, 1, path.len), raw, decoded;
    *deep = str_ends(rest, str_of("/"));
    while (str_split(&rest, '/', &raw)) {
        if (params_decode(mem, raw, false, &decoded).code)
            return err_make(ERR_INVALID, "web.path");
        TRY(segment_check(raw, decoded));
        if (search->count == ROUTE_SEGMENTS_MAX) {
            *deep = true;
            continue;
        }
        search->segments[search->count++] = decoded;
    }
    return OK;
}

static const struct node *literal_find(const struct node *node, str segment)
{
    size_t low = 0, high = node->literal_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int c = str_cmp(node->literals[middle].literal, segment);
        if (c == 0)
            return node->literals[middle].to;
        if (c < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static bool name_takes(const struct edge *edge, str segment, str *value)
{
    i64 number;
    if (segment.len <= edge->suffix.len || !str_ends(segment, edge->suffix))
        return false;
    *value = str_sub(segment, 0, segment.len - edge->suffix.len);
    if (!edge->is_number)
        return true;
    return value->ptr[0] >= '1' && value->ptr[0] <= '9' && str_to_i64(*value, &number);
}

static bool end_take(struct search *search, const struct node *node)
{
    const struct route_entry *entry = node->by_method[search->method];
    for (int i = GET; i <= DELETE; i++)
        if (node->by_method[i])
            search->hit->allowed |= 1u << i;
    if (!entry)
        return false;
    search->hit->entry = entry;
    for (size_t i = 0; i < entry->name_count; i++)
        search->hit->values[i] = search->taken[i];
    return true;
}

static bool walk(struct search *search, const struct node *node, size_t depth, size_t names)
{
    if (depth == search->count)
        return end_take(search, node);
    str segment = search->segments[depth];
    const struct node *next = literal_find(node, segment);
    if (next && walk(search, next, depth + 1, names))
        return true;
    for (size_t i = 0; i < node->name_count && names < ROUTE_NAMES_MAX; i++)
        if (name_takes(&node->names[i], segment, &search->taken[names]) &&
            walk(search, node->names[i].to, depth + 1, names + 1))
            return true;
    return false;
}

err router_find(const struct router *router, enum web_method method, str path, struct arena *mem,
                struct route_hit *out)
{
    struct search search = { .method = method, .hit = out };
    bool deep = false;
    *out = (struct route_hit){ 0 };
    assert(method >= GET && method <= DELETE);
    TRY(path_split(path, mem, &search, &deep));
    if (path.len == 1)
        deep = false;
    if (!deep)
        walk(&search, router->root, 0, 0);
    return OK;
}
