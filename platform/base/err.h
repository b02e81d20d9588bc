/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The only error type: a code (what kind), a stable name (which one; worded in text/zh.txt) and up
 * to two arguments for the wording. Returned by value; ignoring one does not compile. Results go
 * out by pointer. */
#ifndef HT_BASE_ERR_H
#define HT_BASE_ERR_H
#include "platform/base/types.h"

enum err_code {
    ERR_NONE,
    ERR_NOT_FOUND, /* 404 */
    ERR_INVALID,   /* 422, with the faults of the form where there is one */
    ERR_FORBIDDEN, /* 403 */
    ERR_CONFLICT,  /* 409 */
    ERR_LIMIT,     /* 429 */
    ERR_BUSY,      /* 503 */
    ERR_INTERNAL   /* 500 */
};

typedef struct [[nodiscard]] err {
    enum err_code code;
    const char *name; /* stable, e.g. "proposals.not_draft"; NULL when code is ERR_NONE */
    str arg[2];       /* for the wording: {0} and {1}; must live as long as the request */
    const char *file; /* where TRY first passed it on */
    int line;
} err;

static const err OK = { 0 };

/* An error of the given code and stable name, without arguments. */
static inline err err_make(enum err_code code, const char *name)
{
    return (err){ .code = code, .name = name };
}

/* The same with arguments for the wording; pass an empty str for an unused second one. */
static inline err err_make_with(enum err_code code, const char *name, str a, str b)
{
    return (err){ .code = code, .name = name, .arg = { a, b } };
}

/* Notes the first place that passed the error on; called by TRY only. */
static inline err err_at(err e, const char *file, int line)
{
    if (!e.file) {
        e.file = file;
        e.line = line;
    }
    return e;
}

/* Whether e has this stable name; for callers that handle one case and pass on the others. */
bool err_is(err e, const char *name);

/* HTTP status of a code: ERR_NONE 200, and as listed above. */
int err_status(enum err_code code);

/* The code's own name for logs and problem+json, e.g. "NOT_FOUND". */
const char *err_code_name(enum err_code code);

/* TRY(call): returns early from a function that returns err. */
#define TRY(call_)                                       \
    do {                                                 \
        err try_err_ = (call_);                          \
        if (try_err_.code != ERR_NONE)                   \
            return err_at(try_err_, __FILE__, __LINE__); \
    } while (0)
#endif
