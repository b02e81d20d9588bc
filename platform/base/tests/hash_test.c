/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The hash of text: the same text wherever it lies, every byte and the length tell, names that
 * differ little spread over a table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "platform/base/hash.h"
#include "platform/base/str.h"

static void the_same_wherever_it_lies(void **state)
{
    char place[40];
    (void)state;
    for (size_t len = 0; len < 20; len++)
        for (size_t at = 0; at < 8; at++) {
            memset(place, 'x', sizeof place);
            memcpy(place + at, "proposals.figures.all", len);
            assert_true(hash_text((str){ place + at, len }) ==
                        hash_text((str){ "proposals.figures.all", len }));
        }
}

static void every_byte_and_the_length_tell(void **state)
{
    char text[24] = "menu.proposals.figures";
    uint64_t before = hash_text((str){ text, 22 });
    (void)state;
    for (size_t i = 0; i < 22; i++) {
        text[i] ^= 1;
        assert_true(hash_text((str){ text, 22 }) != before);
        text[i] ^= 1;
    }
    assert_true(hash_text((str){ "a\0", 2 }) != hash_text((str){ "a", 1 }));
    assert_true(hash_text((str){ "\0\0\0\0\0\0\0\0", 8 }) != hash_text(str_of("")));
}

/* 2,000 names in 4,096 places: by chance some 1,580 are hit (4,096 × (1 − e^(−2,000/4,096))). */
static void names_spread_over_a_table(void **state)
{
    static bool hit[4096];
    size_t places = 0;
    (void)state;
    for (int i = 0; i < 2000; i++) {
        char name[40];
        int n = snprintf(name, sizeof name, "settings.proposals.number_%d", i);
        size_t at = hash_text((str){ name, (size_t)n }) % 4096;
        places += !hit[at];
        hit[at] = true;
    }
    assert_in_range(places, 1480, 1680);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_wherever_it_lies),
        cmocka_unit_test(every_byte_and_the_length_tell),
        cmocka_unit_test(names_spread_over_a_table),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
