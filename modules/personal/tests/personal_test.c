/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The copy of what is held about oneself: no table and no column of the schema forgotten (P5), his
 * rows and nobody else's, no key of the door. The house of the members' tests. HUOTANG_TEST_DB. */
#include "modules/accounts/account.h"
#include "modules/members/tests/house.h"
#include "modules/personal/personal.h"
#include "platform/app.h"
#include "platform/text/texts.h"

extern const struct module account_module, personal_module;
extern const struct module *const MODULES[];

static i64 own, other;

static int open_all(void **state)
{
    house_with(&personal_module);
    int failed = house_open(state);
    own = add_member("欧阳一");
    other = add_member("上官二");
    return failed;
}

static const struct personal_table *listed(str name)
{
    for (const struct personal_table *t = PERSONAL_TABLES; t->name; t++)
        if (str_is(name, t->name))
            return t;
    return NULL;
}

static bool names_someone(const struct db_table *t)
{
    for (size_t i = 0; i < t->count; i++)
        if (personal_column_whose(t, &t->columns[i]) != WHOSE_NOBODY)
            return true;
    return false;
}

static const struct db_table *tables(size_t *count)
{
    struct rows rows;
    db_tables(house->mem, app_schemas(house->mem, MODULES), &rows);
    *count = rows.count;
    return rows.items;
}

/* What the whole product keeps, not only this house. */
static void no_table_with_a_person_is_forgotten(void **state)
{
    (void)state;
    size_t count, people = 0;
    const struct db_table *all = tables(&count);
    for (size_t i = 0; i < count; i++) {
        const struct personal_table *t = listed(all[i].name);
        if (!names_someone(&all[i]) && !(t && t->by))
            continue;
        people++;
        if (!listed(all[i].name))
            fail_msg("%.*s names a person and is not in personal_tables.c", (int)all[i].name.len,
                     all[i].name.ptr);
    }
    size_t length = 0;
    while (PERSONAL_TABLES[length].name)
        length++;
    assert_int_equal(length, people); /* none is there twice, none that is gone */
}

static void each_table_and_column_has_words(void **state)
{
    (void)state;
    size_t count;
    const struct db_table *all = tables(&count);
    for (size_t i = 0; i < count; i++) {
        const struct personal_table *t = listed(all[i].name);
        if (!t)
            continue;
        assert_true(text_has(arena_printf(house->mem, "personal.tables.%s", t->name).ptr));
        if (t->why) {
            assert_true(text_has(arena_printf(house->mem, "personal.why.%s", t->why).ptr));
            continue;
        }
        for (size_t k = 0; k < all[i].count; k++) {
            str name = all[i].columns[k].name;
            const char *words =
                arena_printf(house->mem, "personal.columns.%.*s", (int)name.len, name.ptr).ptr;
            if (personal_column_is_copied(t, &all[i].columns[k]) && !text_has(words))
                fail_msg("%s.%.*s has no words", t->name, (int)name.len, name.ptr);
        }
    }
}

/* What opens an account or a seal is in no copy, whatever the list says. */
static void no_key_of_the_door_is_copied(void **state)
{
    static const char *const KEYS[] = { "password_hash", "token_hash",   "code_hash",
                                        "totp_secret",   "totp_pending", "csrf",
                                        "identity_key",  "phone_key",    "once_key" };
    (void)state;
    size_t count, seen = 0;
    const struct db_table *all = tables(&count);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < all[i].count; k++)
            for (size_t n = 0; n < sizeof KEYS / sizeof *KEYS; n++) {
                const struct personal_table *t = listed(all[i].name);
                if (!t || !str_is(all[i].columns[k].name, KEYS[n]))
                    continue;
                seen++;
                assert_false(!t->why && personal_column_is_copied(t, &all[i].columns[k]));
            }
    assert_true(seen >= sizeof KEYS / sizeof *KEYS);
}

static struct actor *as_member(i64 id)
{
    struct actor *actor = test_as_role(house, "member");
    actor->member_id = id;
    actor->person_id = member_of(id).person_id;
    return actor;
}

static i64 entries_of_log(void)
{
    struct rq rq = test_system_rq(house);
    i64 n;
    assert_ok(db_i64(rq.db,
                     SQL("SELECT COUNT(*) AS n FROM audits WHERE org_id = :org AND act = "
                         "'personal.export'"),
                     &n));
    return n;
}

static void a_copy_has_own_rows_and_nobody_elses(void **state)
{
    (void)state;
    i64 before = entries_of_log();
    as_member(own);
    struct test_answer a = test_api(house, GET, "/api/v1/personal/file", NULL);
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "欧阳一"));
    assert_true(test_has(&a, "13712345678")); /* sealed in the table, opened for its owner */
    assert_false(test_has(&a, "上官二"));
    assert_false(test_has(&a, "\"proposals\"")); /* no part of this house */
    assert_int_equal(entries_of_log(), before + 1);

    as_member(other);
    a = test_api(house, GET, "/api/v1/personal/file", NULL);
    assert_true(test_has(&a, "上官二"));
    assert_false(test_has(&a, "欧阳一"));
}

/* Nobody's number is 0: rows of the office, with 0 in such a column, are no one's. */
static void who_is_no_member_has_no_member_rows(void **state)
{
    (void)state;
    struct actor *actor = test_as_role(house, "staff");
    actor->member_id = 0;
    actor->person_id = 0;
    struct test_answer a = test_api(house, GET, "/api/v1/personal/file", NULL);
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "\"seats\":[]"));
    assert_true(test_has(&a, "\"persons\":[]"));
    assert_false(test_has(&a, "欧阳一"));
}

static void only_oneself_has_it(void **state)
{
    static const char *const PATHS[] = { "/personal", "/personal/file" };
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        as_member(own)->delegator_account_id = 101;
        assert_int_equal(test_get(house, PATHS[i]).status, 403);
        as_member(own)->by_token = true;
        str api = arena_printf(house->mem, "/api/v1%s", PATHS[i]);
        assert_int_equal(test_api(house, GET, api.ptr, NULL).status, 403);
        test_as_nobody(house);
        assert_int_equal(test_get(house, PATHS[i]).status, 303);
    }
}

static void the_page_counts_and_the_workbook_is_one(void **state)
{
    (void)state;
    as_member(own);
    struct test_answer a = test_get(house, "/personal");
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "我的个人信息"));
    assert_true(test_has(&a, "委员资格"));
    assert_true(test_has(&a, "密码和两步验证")); /* why not */
    assert_false(test_has(&a, "提案"
                              "</th>")); /* none of his */
    a = test_get(house, "/personal/file");
    assert_int_equal(a.status, 200);
    assert_true(str_starts(a.body, str_of("PK")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_table_with_a_person_is_forgotten),
        cmocka_unit_test(each_table_and_column_has_words),
        cmocka_unit_test(no_key_of_the_door_is_copied),
        cmocka_unit_test(a_copy_has_own_rows_and_nobody_elses),
        cmocka_unit_test(who_is_no_member_has_no_member_rows),
        cmocka_unit_test(only_oneself_has_it),
        cmocka_unit_test(the_page_counts_and_the_workbook_is_one),
    };
    return cmocka_run_group_tests(tests, open_all, house_close);
}
