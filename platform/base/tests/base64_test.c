/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Base64: the vectors of RFC 4648 section 10 both ways, and what is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "platform/base/base64.h"
#include "platform/base/str.h"

static const char *const VECTORS[][2] = {
    { "", "" },
    { "f", "Zg==" },
    { "fo", "Zm8=" },
    { "foo", "Zm9v" },
    { "foob", "Zm9vYg==" },
    { "fooba", "Zm9vYmE=" },
    { "foobar", "Zm9vYmFy" },
};

static void the_vectors_go_both_ways(void **state)
{
    struct arena *mem = arena_new(1 << 16, 0);
    (void)state;
    for (size_t i = 0; i < sizeof VECTORS / sizeof *VECTORS; i++) {
        str plain = str_of(VECTORS[i][0]);
        struct buf *b = buf_new(mem, 100);
        bytes back;
        base64_put(b, (bytes){ (const unsigned char *)plain.ptr, plain.len });
        assert_true(str_is(buf_str(b), VECTORS[i][1]));
        assert_true(base64_read(mem, buf_str(b), &back));
        assert_true(str_eq((str){ (const char *)back.ptr, back.len }, plain));
    }
    arena_free(mem);
}

static void every_byte_comes_back(void **state)
{
    struct arena *mem = arena_new(1 << 16, 0);
    unsigned char all[256];
    struct buf *b = buf_new(mem, 1000);
    bytes back;
    (void)state;
    for (size_t i = 0; i < sizeof all; i++)
        all[i] = (unsigned char)i;
    base64_put(b, (bytes){ all, sizeof all });
    assert_int_equal(b->len, 344);
    assert_true(base64_read(mem, buf_str(b), &back));
    assert_int_equal(back.len, sizeof all);
    assert_memory_equal(back.ptr, all, sizeof all);
    arena_free(mem);
}

static void what_is_none_is_refused(void **state)
{
    static const char *const BAD[] = { "Z", "Zg", "Zg=", "Zm9v\n", "Zm=v", "====", "Zm9*", "Z===" };
    struct arena *mem = arena_new(1 << 16, 0);
    bytes back;
    (void)state;
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
        assert_false(base64_read(mem, str_of(BAD[i]), &back));
    arena_free(mem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_vectors_go_both_ways),
        cmocka_unit_test(every_byte_comes_back),
        cmocka_unit_test(what_is_none_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
