/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Sealed fields, tokens, argon2id (known answer of the reference implementation), one-time codes
 * (RFC 6238 appendix B), which passwords are let through. No database. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "embed.h"
#include "platform/access/password.h"
#include "platform/access/secret.h"
#include "platform/access/totp.h"
#include "platform/base/str.h"
#include "platform/flow/tests/stage.h"

static struct app app;
static struct rng rng;

static int set_up(void **state)
{
    (void)state;
    rng = rng_seeded(7);
    app = (struct app){ .mem = arena_new(64 << 20, 0) };
    app.secret = (bytes){ (const unsigned char *)"0123456789abcdef0123456789abcdef", 32 };
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(app.mem);
    return 0;
}

static void a_sealed_field_opens_only_whole_and_in_its_place(void **state)
{
    (void)state;
    str out, phone = str_of("13812345678");
    bytes sealed = field_seal(&app, &rng, app.mem, "persons.phone", phone);
    bytes again = field_seal(&app, &rng, app.mem, "persons.phone", phone);
    assert_int_equal(sealed.len, 1 + 24 + 11 + 16);
    assert_memory_not_equal(sealed.ptr, again.ptr, sealed.len);
    stage_expect(field_open(&app, app.mem, "persons.phone", sealed, &out), NULL);
    assert_true(str_eq(out, phone));
    stage_expect(field_open(&app, app.mem, "persons.identity", sealed, &out),
                 "access.field_broken");
    for (size_t i = 0; i < sealed.len; i++) {
        unsigned char *bent = arena_zero(app.mem, sealed.len);
        memcpy(bent, sealed.ptr, sealed.len);
        bent[i] ^= 1;
        stage_expect(field_open(&app, app.mem, "persons.phone", (bytes){ bent, sealed.len }, &out),
                     "access.field_broken");
    }
    stage_expect(field_open(&app, app.mem, "persons.phone", (bytes){ sealed.ptr, 41 }, &out),
                 "access.field_broken");
    struct app other = app;
    other.secret = (bytes){ (const unsigned char *)"0123456789abcdef0123456789abcdeX", 32 };
    stage_expect(field_open(&other, app.mem, "persons.phone", sealed, &out), "access.field_broken");
}

static void an_empty_field_stays_empty(void **state)
{
    (void)state;
    str out = str_of("x");
    assert_int_equal(field_seal(&app, &rng, app.mem, "a.b", (str){ "", 0 }).len, 0);
    stage_expect(field_open(&app, app.mem, "a.b", (bytes){ 0 }, &out), NULL);
    assert_int_equal(out.len, 0);
    assert_int_equal(field_index(&app, app.mem, "a.b", (str){ "", 0 }).len, 0);
}

static void an_index_depends_on_text_purpose_and_key(void **state)
{
    (void)state;
    struct app other = app;
    other.secret = (bytes){ (const unsigned char *)"0123456789abcdef0123456789abcdeX", 32 };
    str text = str_of("530902199001011234"), same = field_index(&app, app.mem, "p.identity", text);
    assert_int_equal(same.len, 32);
    assert_true(str_eq(same, field_index(&app, app.mem, "p.identity", text)));
    assert_false(str_eq(same, field_index(&app, app.mem, "p.phone", text)));
    assert_false(str_eq(same, field_index(&other, app.mem, "p.identity", text)));
    assert_false(
        str_eq(same, field_index(&app, app.mem, "p.identity", str_of("53090219900101123X"))));
}

static void tokens_and_codes_have_their_form(void **state)
{
    (void)state;
    str token = secret_token(&rng, app.mem), other = secret_token(&rng, app.mem);
    assert_int_equal(token.len, 43);
    assert_false(secret_eq(token, other));
    assert_true(secret_eq(token, arena_str(app.mem, token)));
    assert_false(secret_eq(token, str_sub(token, 0, 42)));
    for (size_t i = 0; i < token.len; i++)
        assert_non_null(memchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
                               token.ptr[i], 64));
    str code = secret_code(&rng, app.mem, 4);
    assert_int_equal(code.len, 19);
    for (size_t i = 0; i < code.len; i++)
        assert_non_null(memchr("ABCDEFGHJKLMNPQRSTUVWXYZ23456789-", code.ptr[i], 33));
    assert_int_equal(secret_hash(app.mem, token).len, 64);
    assert_false(str_eq(secret_hash(app.mem, token), secret_hash(app.mem, other)));
}

static void argon2id_gives_the_known_answer(void **state)
{
    (void)state;
    /* phc-winner-argon2, test.c: version 0x13, t=2, m=2^16, p=1, "password", "somesalt". */
    str known = str_of("$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$"
                       "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");
    assert_true(password_verify(app.mem, known, str_of("password")));
    assert_false(password_verify(app.mem, known, str_of("Password")));
}

static void a_hash_has_the_promised_cost_and_fits_its_password_only(void **state)
{
    (void)state;
    str hash;
    char lengthy[65] = { 0 };
    memset(lengthy, 'q', 64);
    stage_expect(password_hash(app.mem, str_of(lengthy), &hash), NULL);
    assert_true(str_starts(hash, str_of("$argon2id$v=19$m=65536,t=2,p=1$")));
    assert_true(password_verify(app.mem, hash, str_of(lengthy)));
    lengthy[63] = 'p';
    assert_false(password_verify(app.mem, hash, str_of(lengthy)));
    assert_false(password_verify(app.mem, (str){ "", 0 }, str_of("")));
    assert_false(password_verify(app.mem, str_of("nonsense"), str_of("nonsense")));
}

static void codes_are_those_of_the_standard(void **state)
{
    (void)state;
    /* RFC 6238 appendix B, SHA-1, the last six of eight digits; the key is
     * "12345678901234567890". */
    str secret = str_of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    static const struct {
        i64 at_s;
        const char *code;
    } CASES[] = { { 59, "287082" },         { 1111111109, "081804" }, { 1111111111, "050471" },
                  { 1234567890, "005924" }, { 2000000000, "279037" }, { 20000000000, "353130" } };
    for (size_t i = 0; i < 6; i++) {
        char code[7];
        assert_true(totp_code(secret, CASES[i].at_s / 30, code));
        assert_string_equal(code, CASES[i].code);
    }
}

static void a_code_counts_in_its_step_and_the_next_to_it_and_once(void **state)
{
    (void)state;
    str secret = totp_secret(&rng, app.mem);
    char code[7];
    i64 step = 59000000, now = step * TOTP_STEP_MS + 5000;
    assert_true(totp_code(secret, step, code));
    assert_int_equal(totp_match(secret, str_of(code), now, 0), step);
    assert_int_equal(totp_match(secret, str_of(code), now + TOTP_STEP_MS, 0), step);
    assert_int_equal(totp_match(secret, str_of(code), now - TOTP_STEP_MS, 0), step);
    assert_int_equal(totp_match(secret, str_of(code), now + 2 * TOTP_STEP_MS, 0), 0);
    assert_int_equal(totp_match(secret, str_of(code), now - 2 * TOTP_STEP_MS, 0), 0);
    assert_int_equal(totp_match(secret, str_of(code), now, step), 0);
    assert_int_equal(totp_match(secret, str_of(code), now, step - 1), step);
    code[0] = (char)(code[0] == '9' ? '0' : code[0] + 1);
    assert_int_equal(totp_match(secret, str_of(code), now, 0), 0);
    assert_int_equal(totp_match(secret, str_of("12345"), now, 0), 0);
    assert_int_equal(totp_match(secret, str_of(""), now, 0), 0);
}

static void a_secret_that_is_none_gives_no_code(void **state)
{
    (void)state;
    char code[7];
    assert_false(totp_code(str_of("SHORT"), 1, code));
    assert_false(totp_code(str_of("gezdgnbvgy3tqojqgezdgnbvgy3tqojq"), 1, code));
    assert_false(totp_code(str_of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), -1, code));
    assert_int_equal(totp_match(str_of("SHORT"), str_of("000000"), 60000, 0), 0);
}

static void the_address_for_the_app_is_encoded(void **state)
{
    (void)state;
    str uri = totp_uri(app.mem, str_of("A&B"), str_of("\xE5\xBC\xA0 1"), str_of("GEZD"));
    assert_true(str_is(uri, "otpauth://totp/A%26B:%E5%BC%A0%201?secret=GEZD&issuer=A%26B"));
}

static void passwords_are_judged_by_table(void **state)
{
    (void)state;
    struct password_rule free_rule = { 10, 0 }, strict = { 10, 3 };
    const str names[2] = { str_of("ZhangSan"), str_of("\xE5\xBC\xA0\xE4\xB8\x89") };
    char lengthy[130] = { 0 };
    memset(lengthy, 'a', 129);
    for (size_t i = 0; i < 129; i += 2)
        lengthy[i] = 'b';
    static const struct {
        bool is_strict;
        const char *password, *fault;
    } CASES[] = {
        { false, "short", "accounts.password_short" },
        { false, "ninechars", "accounts.password_short" },
        { false, "tenletters", NULL },
        { false, "correct horse battery", NULL },
        { false, "1234567890", "accounts.password_common" },
        { false, "QWERTYUIOP", "accounts.password_common" },
        { false, "woaini1314520", NULL },
        { false, "aaaaaaaaaaaa", "accounts.password_common" },
        { false, "xx-zhangsan-2026", "accounts.password_personal" },
        { false,
          "ab\xE5\xBC\xA0\xE4\xB8\x89"
          "cdefgh1",
          "accounts.password_personal" },
        { true, "tenletters", "accounts.password_classes" },
        { true, "{}~{}~{}~{}", "accounts.password_classes" },
        { true, "Tenletters", "accounts.password_classes" },
        { true, "Tenletters1", NULL },
        { true, "tenletters_1", NULL },
        { true, "TENLETTERS_1", NULL },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const char *fault = password_fault(app.mem, CASES[i].is_strict ? &strict : &free_rule,
                                           str_of(CASES[i].password), names);
        if (!fault || !CASES[i].fault)
            assert_ptr_equal(fault, CASES[i].fault);
        else
            assert_string_equal(fault, CASES[i].fault);
    }
    assert_string_equal(password_fault(app.mem, &free_rule, str_of(lengthy), names),
                        "accounts.password_long");
    assert_null(password_fault(app.mem, &free_rule, str_sub(str_of(lengthy), 0, 128), names));
    /* Han characters count as one each: nine are too few, ten are enough. */
    const char *han = "\xE6\xB0\xB4\xE7\x81\xAB\xE5\x9C\x9F\xE6\x9C\xA8\xE9\x87\x91\xE5\xB1\xB1"
                      "\xE6\xB2\xB3\xE6\xB9\x96\xE6\xB5\xB7\xE5\xA4\xA9";
    assert_null(password_fault(app.mem, &free_rule, str_of(han), names));
    assert_string_equal(password_fault(app.mem, &free_rule, str_sub(str_of(han), 0, 27), names),
                        "accounts.password_short");
}

static void the_list_is_sorted_long_enough_and_refused_whole(void **state)
{
    (void)state;
    const struct embed_file *file = embed_data;
    while (file->name && strcmp(file->name, "passwords/common.txt") != 0)
        file++;
    assert_non_null(file->name);
    str rest = { (const char *)file->data, file->size }, line, last = { "", 0 };
    i64 count = 0;
    while (str_split(&rest, '\n', &line)) {
        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        assert_true(str_cmp(last, line) < 0);
        assert_true(password_is_common(app.mem, line));
        last = line;
        count++;
    }
    assert_true(count >= 3000);
    assert_false(password_is_common(app.mem, str_of("# SPDX-License-Identifier: MIT")));
    assert_false(password_is_common(app.mem, str_of("")));
    assert_false(password_is_common(app.mem, str_of("zzzzzzzzzzzzzzzzzzzzzzz")));
    assert_true(password_is_common(app.mem, str_of("woaini1314")));
    assert_true(password_is_common(app.mem, str_of("5201314")));
    assert_true(password_is_common(app.mem, str_of("Password")));
}

static void wiping_leaves_nothing(void **state)
{
    (void)state;
    char text[8] = "secret!";
    secret_wipe(text, sizeof text);
    for (size_t i = 0; i < sizeof text; i++)
        assert_int_equal(text[i], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sealed_field_opens_only_whole_and_in_its_place),
        cmocka_unit_test(an_empty_field_stays_empty),
        cmocka_unit_test(an_index_depends_on_text_purpose_and_key),
        cmocka_unit_test(tokens_and_codes_have_their_form),
        cmocka_unit_test(argon2id_gives_the_known_answer),
        cmocka_unit_test(a_hash_has_the_promised_cost_and_fits_its_password_only),
        cmocka_unit_test(codes_are_those_of_the_standard),
        cmocka_unit_test(a_code_counts_in_its_step_and_the_next_to_it_and_once),
        cmocka_unit_test(a_secret_that_is_none_gives_no_code),
        cmocka_unit_test(the_address_for_the_app_is_encoded),
        cmocka_unit_test(passwords_are_judged_by_table),
        cmocka_unit_test(the_list_is_sorted_long_enough_and_refused_whole),
        cmocka_unit_test(wiping_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
