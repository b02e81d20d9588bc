/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Fuzzes the reader of stored profiles of clusters: any bytes are refused, or give a profile that
 * can be added to, compared and stored again as the same bytes. */
#include <stdlib.h>

#include "platform/text/gather.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *mem = arena_new(16 << 20, 0);
    struct gather_profile p;
    if (gather_unpack(mem, (bytes){ data, size }, &p)) {
        bytes again = gather_pack(mem, &p);
        if (again.len != size || memcmp(again.ptr, data, size) != 0)
            abort();
        struct gather_vector v = { .terms = { { 1, GATHER_ONE } }, .count = 1 };
        struct gather_profile sum = p;
        gather_add(mem, &sum, &v);
        gather_merge(mem, &sum, &p);
        i64 degree = gather_degree_two(&sum, &p);
        if (degree < 0 || degree > 1000 || gather_degree(&v, &sum) > 1000)
            abort();
    }
    arena_free(mem);
    return 0;
}
