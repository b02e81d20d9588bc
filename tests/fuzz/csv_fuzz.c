/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Fuzzes the reader of CSV with any bytes, in whatever encoding they seem to be. */
#include "tests/fuzz/sheet_input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sheet_input_read(data, size, ".csv");
    return 0;
}
