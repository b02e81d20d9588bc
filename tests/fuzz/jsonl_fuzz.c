/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Fuzzes the reader of JSON Lines: two passes over the same bytes must agree about names. */
#include "tests/fuzz/sheet_input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sheet_input_read(data, size, ".jsonl");
    return 0;
}
