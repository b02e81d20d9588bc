/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Fuzzes paths against a small route table: what {names} are filled with must be found again. */
#include <stdlib.h>

#include "tests/fuzz/request_input.h"

static err never(struct rq *rq, struct res *res)
{
    (void)rq;
    (void)res;
    return OK;
}

static const struct route ROUTES[] = {
    { GET, "/", never, .may = PUBLIC },
    { GET, "/a/{id}", never, .may = PUBLIC },
    { GET, "/a/{id}.json", never, .may = PUBLIC },
    { GET, "/a/{name}/b", never, .may = PUBLIC },
    { POST, "/a/{name}/{x_id}/c", never, .may = PUBLIC },
    { 0 },
};

static void try_path(struct arena *mem, str text)
{
    static struct router *router;
    static const struct module *const NO_MODULES[] = { NULL };
    struct route_hit hit;
    if (!router && router_new(arena_new(1 << 20, 0), NO_MODULES, ROUTES, &router).code)
        abort();
    if (router_find(router, GET, text, mem, &hit).code || !hit.entry)
        return;
    for (size_t i = 0; i < hit.entry->name_count; i++)
        if (!str_is_utf8(hit.values[i]) || hit.values[i].len == 0 ||
            memchr(hit.values[i].ptr, '/', hit.values[i].len))
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *mem = request_input_mem();
    str text = { (const char *)data, size };
    try_path(mem, text);
    arena_free(mem);
    return 0;
}
