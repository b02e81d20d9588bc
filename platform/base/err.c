/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Names and HTTP statuses of error codes. The wording of stable names is in text/zh.txt files. */
#include "platform/base/err.h"

#include <assert.h>
#include <string.h>

static const struct {
    const char *name;
    int status;
} CODES[] = {
    [ERR_NONE] = { "NONE", 200 },         [ERR_NOT_FOUND] = { "NOT_FOUND", 404 },
    [ERR_INVALID] = { "INVALID", 422 },   [ERR_FORBIDDEN] = { "FORBIDDEN", 403 },
    [ERR_CONFLICT] = { "CONFLICT", 409 }, [ERR_LIMIT] = { "LIMIT", 429 },
    [ERR_BUSY] = { "BUSY", 503 },         [ERR_INTERNAL] = { "INTERNAL", 500 },
};

bool err_is(err e, const char *name)
{
    return e.name && strcmp(e.name, name) == 0;
}

int err_status(enum err_code code)
{
    assert(code <= ERR_INTERNAL);
    return CODES[code].status;
}

const char *err_code_name(enum err_code code)
{
    assert(code <= ERR_INTERNAL);
    return CODES[code].name;
}
