/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Fuzzes bodies of the JSON API. */
#include "tests/fuzz/request_input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *mem = request_input_mem();
    str text = { (const char *)data, size };
    struct params params = { 0 };
    if (params_json(mem, text, &params).code == ERR_NONE)
        request_input_check(&params);
    arena_free(mem);
    return 0;
}
