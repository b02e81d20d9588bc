/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Lists of proposals by the front door: looked at and then imported, faults by row and column. What
 * becomes of them: transfer_import_test.c. */
#include "modules/proposals/tests/desk.h"

static void a_list_is_looked_at_and_then_imported(void **state)
{
    static const char LIST[] = "Nr,Subject line,Who,Words\n1,A lamp,Li,Dark.\n2,A well,Wang,Dry.\n";
    struct desk *d = *state;
    const struct test_file files[] = { { "file", "list.csv", { LIST, sizeof LIST - 1 } }, { 0 } };
    desk_as_staff(d);
    assert_int_equal(test_get(d->t, "/proposals/import").status, 200);
    assert_int_equal(test_post(d->t, "/proposals/import", "source", "x", NULL).status, 422);
    struct test_answer a = test_upload(d->t, "/proposals/import", files, "source", "north", NULL);
    assert_int_equal(a.status, 422); /* no known header: columns are asked for, the file stays */
    const char *kept = arena_cstr(d->t->mem, test_field(d->t, &a, "kept"));
    assert_true(strlen(kept) > 0);
    a = test_post(d->t, "/proposals/import", "kept", kept, "source", "north", "header_row", "1",
                  "header_rows", "1", "columns", "number", "columns", "title", "columns",
                  "proposers", "columns", "body", NULL);
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "name=\"run\""));
    struct test_answer list = test_get(d->t, "/api/v1/proposals?source=north");
    desk_same(test_json(d->t, &list, "total"), "0"); /* only looked at */
    a = test_post(d->t, "/proposals/import", "kept", kept, "source", "north", "header_row", "1",
                  "header_rows", "1", "columns", "number", "columns", "title", "columns",
                  "proposers", "columns", "body", "run", "1", NULL);
    assert_int_equal(a.status, 303);
    list = test_get(d->t, "/api/v1/proposals?source=north&sort=-submitted_at");
    desk_same(test_json(d->t, &list, "total"), "2");
    a = test_upload(d->t, "/proposals/import", files, "source", "north", NULL);
    assert_int_equal(a.status, 200); /* the sender's columns are known now */
    assert_true(desk_has(&a, "name=\"run\""));
    desk_as_reviewer(d);
    assert_int_equal(test_get(d->t, "/proposals/import").status, 403);
}

static void faults_of_a_list_are_shown_by_row_and_column(void **state)
{
    static const char LIST[] = "title,date\nA lamp,2026-02-01\n,2026-02-01\nA well,someday\n";
    struct desk *d = *state;
    const struct test_file files[] = { { "file", "list.csv", { LIST, sizeof LIST - 1 } }, { 0 } };
    desk_as_staff(d);
    struct test_answer a = test_upload(d->t, "/api/v1/proposals/import", files, "run", "1", NULL);
    assert_int_equal(a.status, 422);
    desk_same(test_json(d->t, &a, "imported"), "false");
    desk_same(test_json(d->t, &a, "refused"), "2");
    desk_same(test_json(d->t, &a, "faults.0.row"), "3");
    desk_same(test_json(d->t, &a, "faults.0.column"), "title");
    desk_same(test_json(d->t, &a, "faults.1.row"), "4");
    desk_same(test_json(d->t, &a, "faults.1.column"), "date");
    a = test_get(d->t, "/api/v1/proposals");
    desk_same(test_json(d->t, &a, "total"), "0");
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_list_is_looked_at_and_then_imported),
        T(faults_of_a_list_are_shown_by_row_and_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
