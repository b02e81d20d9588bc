/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Fuzzes multipart bodies that arrive in pieces; the first byte says how long those are. */
#include <stdlib.h>

#include "tests/fuzz/request_input.h"

static void try_multipart(struct arena *mem, str text)
{
    struct params params = { 0 };
    struct upload_set *set;
    struct upload_limits limits = { str_of(""), 3, 10000 };
    size_t piece = text.len ? (size_t)(unsigned char)text.ptr[0] + 1 : 1;
    if (upload_start(mem, str_of("multipart/form-data; boundary=b"), limits, &set).code)
        abort();
    err e = OK;
    for (size_t at = 1; at < text.len && e.code == ERR_NONE; at += piece)
        e = upload_add(set, str_sub(text, at, piece));
    if (e.code == ERR_NONE)
        e = upload_end(set, &params);
    if (e.code == ERR_NONE)
        request_input_check(&params);
    if (upload_all(set).count > 3)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *mem = request_input_mem();
    str text = { (const char *)data, size };
    try_multipart(mem, text);
    arena_free(mem);
    return 0;
}
