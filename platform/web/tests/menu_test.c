/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The navigation (menu.h): by place whichever module declares it; headings only for who has many
 * entries, and only over more than one; what stands within another is a tab there; nobody sees what
 * he may not open. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "platform/access/access.h"
#include "platform/web/menu.h"
#include "platform/web/view_parts.h"
#include "platform/web/web.h"

static const struct menu_item FIRST[] = {
    { "late", "/late", "x", SIGNED_IN, MENU_SIDE, 90, NULL },
    { "a1", "/a1", "x", SIGNED_IN, MENU_SIDE, 10, "a" },
    { "a3", "/a3", "x", SIGNED_IN, MENU_TAB, 30, "a" },
    { "only", "/only", "x", SIGNED_IN, MENU_SIDE, 20, "single" },
    { "door", "/door", "x", PUBLIC, MENU_SIDE, 1, NULL },
    { 0 },
};
static const struct menu_item SECOND[] = {
    { "a2", "/a2", "x", SIGNED_IN, MENU_SIDE, 15, "a" },
    { "b1", "/b1", "x", SIGNED_IN, MENU_SIDE, 12, "b" },
    { "b2", "/b2", "x", SIGNED_IN, MENU_SIDE, 80, "b" },
    { 0 },
};
static const struct menu_item MANY[] = {
    { "m1", "/m1", "x", SIGNED_IN, MENU_SIDE, 101, NULL },
    { "m2", "/m2", "x", SIGNED_IN, MENU_SIDE, 102, NULL },
    { "m3", "/m3", "x", SIGNED_IN, MENU_SIDE, 103, NULL },
    { "m4", "/m4", "x", SIGNED_IN, MENU_SIDE, 104, NULL },
    { "m5", "/m5", "x", SIGNED_IN, MENU_SIDE, 105, NULL },
    { "m6", "/m6", "x", SIGNED_IN, MENU_SIDE, 106, NULL },
    { "m7", "/m7", "x", SIGNED_IN, MENU_SIDE, 107, NULL },
    { "m8", "/m8", "x", SIGNED_IN, MENU_SIDE, 108, NULL },
    { 0 },
};
static const struct menu_item INNER[] = {
    { "t2", "/t2", "x", SIGNED_IN, MENU_SIDE, 2, "/a2" },
    { "t1", "/t1", "x", SIGNED_IN, MENU_SIDE, 1, "/a2" },
    { "t3", "/t3", "x", PUBLIC, MENU_SIDE, 3, "/a2" },
    { 0 },
};
static const struct module ONE = { .name = "one", .menu = FIRST };
static const struct module NONE_THERE = { .name = "none" };
static const struct module TWO = { .name = "two", .menu = SECOND };
static const struct module THREE = { .name = "three", .menu = MANY };
static const struct module INSIDE = { .name = "inside", .menu = INNER };
static const struct module *const FEW_MODULES[] = { &ONE, &NONE_THERE, &TWO, NULL };
static const struct module *const MANY_MODULES[] = { &ONE, &NONE_THERE, &TWO, &THREE, NULL };
static const struct module *const INNER_MODULES[] = { &INSIDE, &ONE, &TWO, &THREE, NULL };

/* The menu in one line: "HEADING(open)[url url] …". */
static const char *shown(struct arena *mem, const struct module *const *modules, i64 account,
                         const char *active, size_t *tabs)
{
    struct actor actor = { .account_id = account };
    struct rq rq = { .mem = mem, .actor = &actor };
    struct view_page page = { 0 };
    struct buf *line = buf_new(mem, 4096);
    menu_show(&rq, menu_new(mem, modules), active, &page);
    for (size_t g = 0; g < page.group_count; g++) {
        const struct view_menu_group *group = &page.groups[g];
        buf_printf(line, "%s%.*s%s[", g ? " " : "", (int)group->heading.len, group->heading.ptr,
                   group->open ? "(open)" : "");
        for (size_t i = 0; i < group->count; i++)
            buf_printf(line, "%s%.*s", i ? " " : "", (int)group->items[i].url.len,
                       group->items[i].url.ptr);
        buf_put(line, "]");
    }
    *tabs = 0;
    for (size_t i = 0; i < page.menu_count; i++)
        *tabs += page.menu[i].tab;
    return arena_cstr(mem, buf_str(line));
}

static void few_entries_stand_by_place_without_headings(void **state)
{
    size_t tabs;
    assert_string_equal(shown(*state, FEW_MODULES, 7, NULL, &tabs),
                        "[/door /a1 /b1 /a2 /only /a3 /b2 /late]");
    assert_int_equal(tabs, 1);
}

static void many_stand_under_headings_the_single_ones_first(void **state)
{
    size_t tabs;
    assert_string_equal(
        shown(*state, MANY_MODULES, 7, "b2", &tabs),
        "[/door /only /late /m1 /m2 /m3 /m4 /m5 /m6 /m7 /m8] menu.group.a[/a1 /a2 /a3]"
        " menu.group.b(open)[/b1 /b2]");
    assert_int_equal(tabs, 1);
}

static void a_stranger_sees_the_public_ones_alone(void **state)
{
    size_t tabs;
    assert_string_equal(shown(*state, MANY_MODULES, 0, "door", &tabs), "(open)[/door]");
    assert_int_equal(tabs, 0);
}

/* "/t1 /t2!": the tabs of a page, the present one marked. */
static const char *tabs_at(struct arena *mem, i64 account, const char *path)
{
    struct actor actor = { .account_id = account };
    struct rq rq = { .mem = mem, .actor = &actor, .path = str_of(path) };
    struct view_page page = { 0 };
    struct buf *line = buf_new(mem, 1024);
    menu_show(&rq, menu_new(mem, INNER_MODULES), NULL, &page);
    for (size_t i = 0; page.tabs && i < page.tabs->count; i++) {
        const struct view_tab *tab = &page.tabs->items[i];
        buf_printf(line, "%s%.*s%s", i ? " " : "", (int)tab->url.len, tab->url.ptr,
                   tab->active ? "!" : "");
    }
    return arena_cstr(mem, buf_str(line));
}

static void what_stands_within_an_entry_is_a_tab_there(void **state)
{
    size_t tabs;
    assert_string_equal(
        shown(*state, INNER_MODULES, 7, "t2", &tabs),
        "[/door /only /late /m1 /m2 /m3 /m4 /m5 /m6 /m7 /m8] menu.group.a(open)[/a1 /a2 /a3]"
        " menu.group.b[/b1 /b2]");
    assert_string_equal(tabs_at(*state, 7, "/a2"), "/a2! /t1 /t2 /t3");
    assert_string_equal(tabs_at(*state, 7, "/t1"), "/a2 /t1! /t2 /t3");
    assert_string_equal(tabs_at(*state, 7, "/a2/1"), ""); /* a page of its own */
    assert_string_equal(tabs_at(*state, 7, "/a1"), "");
}

/* A stranger does not see /a2. */
static void who_does_not_see_that_entry_has_it_in_the_menu(void **state)
{
    size_t tabs;
    assert_string_equal(shown(*state, INNER_MODULES, 0, NULL, &tabs), "[/door /t3]");
    assert_string_equal(tabs_at(*state, 0, "/t3"), "");
}

static int set_up(void **state)
{
    *state = arena_new(1 << 20, 0);
    return 0;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(few_entries_stand_by_place_without_headings, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(many_stand_under_headings_the_single_ones_first, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_stranger_sees_the_public_ones_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_stands_within_an_entry_is_a_tab_there, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(who_does_not_see_that_entry_has_it_in_the_menu, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
