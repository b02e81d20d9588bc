/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Fuzzes the reader of old workbooks: bytes that begin as a container are the whole file; others
 * are the stream of records in a sound one, so that the fuzzer need not invent tables of sectors.
 */
#include "platform/base/arena.h"
#include "platform/files/tests/xls_make.h"
#include "tests/fuzz/sheet_input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 1 && data[0] == 0xD0 && data[1] == 0xCF) {
        sheet_input_read(data, size, ".xls");
        return 0;
    }
    if (!size)
        return 0;
    struct arena *mem = arena_new(16 << 20, 0);
    str file = ole_make(mem, "Workbook", (str){ (const char *)data, size });
    sheet_input_read(file.ptr, file.len, ".xls");
    arena_free(mem);
    return 0;
}
