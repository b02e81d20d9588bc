/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Fuzzes the view compiler with any bytes as a template: it must end, with C or with one message
 * that names a line of the template, and never write an expression outside of the places that
 * escape it. */
#include <assert.h>

#include "tools/tmplc/tmplc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char SPDX[] = "{# SPDX-License-Identifier: x #}{view view_x(int v)}";
    struct arena *mem = arena_new(256 << 20, 0);
    struct buf *src = buf_new(mem, 1 << 20);
    struct tmpl t;
    buf_put(src, size && data[0] == '{' ? "" : SPDX);
    buf_add(src, (str){ (const char *)data, size });
    tmpl_init(&t, mem, "x.html", buf_str(src));
    bool good = tmpl_compile(&t);
    assert(good == (t.error->len == 0));
    assert(good || str_starts(buf_str(t.error), str_of("x.html:")));
    assert(t.line <= (int)src->len + 1 && t.depth >= 0 && t.depth <= DEPTH_MAX);
    arena_free(mem);
    return 0;
}
