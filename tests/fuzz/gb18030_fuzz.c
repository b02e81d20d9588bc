/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Fuzzes the decoding of GB18030: bytes behind a head that makes the file no UTF-8. Every cell must
 * come out as UTF-8. */
#include "tests/fuzz/sheet_input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char HEAD[] = "\xB0\xB8\xD3\xC9,\xCC\xE1\xB0\xB8\xC8\xCB\n";
    struct arena *mem = arena_new(8 << 20, 0);
    struct buf *text = buf_new(mem, 4 << 20);
    buf_put(text, HEAD);
    buf_add(text, (str){ (const char *)data, size });
    sheet_input_read(text->ptr, text->len, ".csv");
    arena_free(mem);
    return 0;
}
