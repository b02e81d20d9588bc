/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Fuzzes the Cookie header, and paths that a form wants to be led to. */
#include <stdlib.h>

#include "tests/fuzz/request_input.h"

static void try_cookies(str text)
{
    struct http_request in = { .header_count = 1 };
    in.headers[0] = (struct http_header){ str_of("cookie"), text };
    str value = http_cookie_of(&in, str_of("login"));
    if (value.len > text.len)
        abort();
    web_is_own_path(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    try_cookies((str){ (const char *)data, size });
    return 0;
}
