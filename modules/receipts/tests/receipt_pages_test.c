/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The receipt is its owner's; its digits open state and digest to whoever holds them, in every
 * organisation, on the page and as JSON; the title only where it may be published. */
#include "modules/proposals/tests/desk_look.h"
#include "platform/docs/docs.h"

static void the_receipt_is_the_owners_and_opens_state_and_digest(void **state)
{
    struct desk *d = *state;
    i64 id = desk_submitted(d, "A ramp at the station");
    struct test_answer a = desk_page(d, "/api/v1/proposals/", id, "");
    str digits = test_json(d->t, &a, "receipt");
    assert_int_equal(digits.len, 20);
    desk_as_member(d, 1);
    assert_int_equal(desk_page(d, "/proposals/", id, "/receipt").status, 404);
    desk_as_reviewer(d);
    a = desk_page(d, "/api/v1/proposals/", id, "");
    desk_same(test_json(d->t, &a, "receipt"), ""); /* staff read the text, not the digits */
    test_as_nobody(d->t);
    a = test_get(d->t, "/receipt");
    assert_int_equal(a.status, 200);
    str spaced = arena_printf(d->t->mem, "%.4s %.4s %.4s-%.4s %.4s", digits.ptr, digits.ptr + 4,
                              digits.ptr + 8, digits.ptr + 12, digits.ptr + 16);
    a = test_post(d->t, "/receipt", "receipt", spaced.ptr, NULL);
    assert_int_equal(a.status, 200);
    str words = test_words(d->t, &a), digest = desk_load(d, id).digest;
    assert_true(str_find(words, str_sub(digest, 0, 8), 0) >= 0);
    a = test_post(d->t, "/receipt", "receipt", "12345678901234567890", NULL);
    assert_int_equal(a.status, 422);
    a = test_post(d->t, "/receipt", "receipt", "1234", NULL);
    assert_int_equal(a.status, 422);
    desk_same(test_field(d->t, &a, "receipt"), "1234");
}

static void a_receipt_of_the_other_organisation_is_found_too(void **state)
{
    struct desk *d = *state;
    i64 id = 0;
    desk_as_other_member(d);
    struct test_answer a = test_api(d->t, POST, "/api/v1/proposals", desk_text(d, "Theirs"));
    assert_true(str_to_i64(test_json(d->t, &a, "id"), &id));
    assert_int_equal(desk_act(d, id, "submit", "{\"confirmed\":true}"), 200);
    a = desk_page(d, "/api/v1/proposals/", id, "");
    str digits = test_json(d->t, &a, "receipt");
    test_as_nobody(d->t);
    test_get(d->t, "/receipt");
    a = test_post(d->t, "/receipt", "receipt", arena_cstr(d->t->mem, digits), NULL);
    assert_int_equal(a.status, 200);
}

static void the_receipt_is_read_by_the_api_and_its_code_carries_it(void **state)
{
    struct desk *d = *state;
    i64 id = desk_submitted(d, "A receipt");
    struct test_answer a = desk_page(d, "/api/v1/proposals/", id, "");
    const char *digits = arena_cstr(d->t->mem, test_json(d->t, &a, "receipt"));
    assert_int_equal(strlen(digits), 20);
    struct buf *qr = buf_new(d->t->mem, 1 << 16);
    str base = d->t->app.config.public_url;
    assert_ok(qr_svg(d->t->mem,
                     arena_printf(d->t->mem, "%.*s/receipt#%s", (int)base.len, base.ptr, digits),
                     qr));
    a = desk_page(d, "/proposals/", id, "/receipt");
    assert_true(desk_has(&a, arena_cstr(d->t->mem, buf_str(qr))));
    test_as_nobody(d->t);
    str json = arena_printf(d->t->mem, "{\"receipt\":\"%s\"}", digits);
    a = test_api(d->t, POST, "/api/v1/receipt", json.ptr);
    assert_int_equal(a.status, 200);
    desk_same(test_json(d->t, &a, "state"), "submitted");
    desk_same(test_json(d->t, &a, "title"), "A receipt");
    desk_same(test_json(d->t, &a, "attestation.text_digest"),
              arena_cstr(d->t->mem, desk_load(d, id).digest));
    desk_same(test_json(d->t, &a, "attestation.stands"), "true");
    desk_same(test_json(d->t, &a, "attestation.text_same"), "true");
    str entry = test_json(d->t, &a, "attestation.entry");
    assert_true(str_find(entry, str_of("\"name\":\"\",\"act\":\"attestations.add\""), 0) > 0);
    str seq = test_json(d->t, &a, "attestation.seq");
    test_get(d->t, "/receipt");
    a = test_post(d->t, "/receipt", "receipt", digits, NULL);
    assert_true(desk_has(
        &a,
        arena_printf(d->t->mem, "日志记录号</dt><dd class=\"n\">%.*s", (int)seq.len, seq.ptr).ptr));
    assert_true(desk_has(&a, "一字不差"));
    desk_set_private(d, id);
    a = test_api(d->t, POST, "/api/v1/receipt", json.ptr);
    desk_same(test_json(d->t, &a, "title"), "");
    a = test_api(d->t, POST, "/api/v1/receipt", "{\"receipt\":\"12345\"}");
    assert_int_equal(a.status, 422);
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(the_receipt_is_the_owners_and_opens_state_and_digest),
        T(a_receipt_of_the_other_organisation_is_found_too),
        T(the_receipt_is_read_by_the_api_and_its_code_carries_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
