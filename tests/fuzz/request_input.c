/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of request_input.h. */
#include "tests/fuzz/request_input.h"

#include <stdlib.h>

struct arena *request_input_mem(void)
{
    return arena_new(32 << 20, 256 << 20);
}

void request_input_check(const struct params *params)
{
    if (params->count > PARAMS_MAX)
        abort();
    for (size_t i = 0; i < params->count; i++)
        if (!str_is_utf8(params->items[i].name) || !str_is_utf8(params->items[i].value))
            abort();
}
