/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Fuzzes url-encoded text, as it stands in addresses and in the bodies of forms. */
#include "tests/fuzz/request_input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *mem = request_input_mem();
    str text = { (const char *)data, size };
    struct params params = { 0 };
    if (params_urlencoded(mem, text, FROM_BODY, &params).code == ERR_NONE)
        request_input_check(&params);
    arena_free(mem);
    return 0;
}
