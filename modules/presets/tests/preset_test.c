/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Shipped presets fit what the modules declare; applying one stores what it shows, from its day,
 * leaves no rule of an earlier one behind and keeps the words of the past; a preview names the open
 * cases, with days counted by hand. */
#include "modules/presets/preset.h"
#include "modules/proposals/tests/desk_look.h"

static i64 day(const char *text)
{
    i64 day = 0;
    assert_true(day_parse(str_of(text), &day));
    return day;
}

/* ---- files ---- */

static void shipped_presets_fit_what_is_declared(void **state)
{
    struct desk *d = *state;
    struct rows rows;
    assert_ok(preset_list(d->t->mem, &rows));
    assert_true(rows.count >= 4);
    for (size_t i = 0; i < rows.count; i++) {
        const struct preset *preset = (const struct preset *)rows.items + i;
        const struct preset_line *lines = preset->lines.items;
        for (size_t k = 0; k < preset->lines.count; k++) {
            const char *name = arena_cstr(d->t->mem, lines[k].name);
            assert_true(lines[k].source.len > 0);
            if (lines[k].code.len > 0) {
                assert_non_null(dictionary_find(&d->t->app, name));
                continue;
            }
            const struct setting *setting = setting_find(&d->t->app, name);
            assert_non_null(setting);
            assert_ok(setting_fits(d->t->mem, setting, lines[k].value));
        }
    }
}

static void a_broken_file_is_told(void **state)
{
    static const struct {
        const char *text, *fault; /* NULL = it can be read */
    } CASES[] = {
        { "title = A\nsource = B\nbegan =\na.b = 3 | c\n", NULL },
        { "# only a remark\n", "title, source or lines" },
        { "title = A\na.b = 3 | c\n", "title, source or lines" },
        { "title = A\nsource = B\nbegan = 2008-13-01\na.b = 3\n", "began = 2008-13-01" },
        { "title = A\nsource = B\nwords without a sign\n", "words without a sign" },
        { "title = A\nsource = B\na.b/c =\n", "a.b/c =" },
        { "title = A\nsource = B\n = 3\n", "= 3" },
    };
    struct desk *d = *state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct preset preset;
        str fault;
        bool read = preset_read(d->t->mem, str_of("x"), str_of(CASES[i].text), &preset, &fault);
        assert_int_equal(read, CASES[i].fault == NULL);
        desk_same(fault, CASES[i].fault ? CASES[i].fault : "");
    }
}

/* ---- applying ---- */

static struct test_answer apply(struct desk *d, const char *name, const char *from_on)
{
    desk_as_staff(d);
    return test_api(
        d->t, POST, "/api/v1/presets/apply",
        arena_printf(d->t->mem, "{\"name\":\"%s\",\"from_on\":\"%s\"}", name, from_on).ptr);
}

struct asked {
    struct arena *mem; /* the request's is gone when the answer is looked at */
    const char *name, *on;
    str value;
};

static err read_value(struct rq *rq, void *context)
{
    struct asked *asked = context;
    asked->value = arena_str(asked->mem, setting_text_on(rq, asked->name, day(asked->on)));
    return OK;
}

static str value_on(struct desk *d, const char *name, const char *on)
{
    struct asked asked = { d->t->mem, name, on, { "", 0 } };
    assert_ok(desk_in_org(d, d->t->org, read_value, &asked));
    return asked.value;
}

static void its_values_hold_from_its_day_and_none_of_an_earlier_one_stays(void **state)
{
    struct desk *d = *state;
    struct test_answer a = apply(d, "county", "2026-12-01");
    assert_int_equal(a.status, 200);
    desk_same(value_on(d, "assignments.contact_days", "2026-11-30"), "0");
    desk_same(value_on(d, "assignments.contact_days", "2026-12-01"), "15");
    a = apply(d, "county", "2026-12-01");
    assert_int_equal(desk_number_at(a.body, "\"changed\":"), 0);
    /* What is planned comes first, or is replaced on its own day. */
    a = apply(d, "municipality", "2027-01-01");
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "已经安排好从2026年12月1日起的改动"));
    desk_on_day(d, "2026-12-01");
    /* Shanghai says two months and nothing of a first talk. */
    assert_int_equal(apply(d, "municipality", "2027-01-01").status, 200);
    desk_same(value_on(d, "assignments.host_months", "2026-12-31"), "3");
    desk_same(value_on(d, "assignments.host_months", "2027-01-01"), "2");
    desk_same(value_on(d, "assignments.contact_days", "2027-01-01"), "0");
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM presets")), 3);
}

/* 湖南: leave three days before a plenary; the rules of proposals stay those of the county. */
static void those_of_meetings_stand_beside_those_of_proposals(void **state)
{
    struct desk *d = *state;
    assert_int_equal(apply(d, "county", "2026-12-01").status, 200);
    assert_int_equal(apply(d, "meetings_hunan", "2026-11-25").status, 200); /* no waiting */
    desk_same(value_on(d, "meetings.leave_days_plenary", "2026-11-25"), "3");
    desk_same(value_on(d, "meetings.leave_days_standing", "2026-11-25"), "2");
    desk_same(value_on(d, "assignments.contact_days", "2026-12-01"), "15");
    assert_int_equal(apply(d, "meetings_weihai", "2026-11-25").status, 200);
    desk_same(value_on(d, "meetings.two_thirds", "2026-11-25"), "1");
    desk_same(value_on(d, "meetings.leave_days_plenary", "2026-11-25"), "2"); /* as shipped */
    desk_same(value_on(d, "assignments.contact_days", "2026-12-01"), "15");
}

static err codes_now(struct rq *rq, void *context)
{
    struct rows rows;
    TRY(dictionary_list(rq, "assignments.classes", &rows));
    *(size_t *)context = rows.count;
    return OK;
}

static void a_planned_change_is_replaced_on_its_day_and_nothing_ends_before(void **state)
{
    struct desk *d = *state;
    size_t now = 0;
    assert_int_equal(apply(d, "city_three", "2027-01-01").status, 200);
    assert_ok(desk_in_org(d, d->t->org, codes_now, &now));
    assert_int_equal(now, 4); /* D can still be chosen this year */
    assert_int_equal(apply(d, "city_four", "2027-01-01").status, 200);
    assert_ok(desk_in_org(d, d->t->org, codes_now, &now));
    assert_int_equal(now, 4);
    desk_on_day(d, "2027-01-04");
    assert_ok(desk_in_org(d, d->t->org, codes_now, &now));
    assert_int_equal(now, 4);
    desk_same(value_on(d, "assignments.plenary_last_day", "2027-01-04"), "");
    desk_same(value_on(d, "assignments.last_day", "2027-01-04"), "09-30");
}

static void days_to_return_are_those_of_the_handing_out(void **state)
{
    struct desk *d = *state;
    assert_int_equal(apply(d, "city_four", "2026-11-25").status, 200); /* ten days */
    i64 id = desk_assignment(d, desk_assigned(d, "A road"));
    desk_on_day(d, "2026-12-03");
    assert_int_equal(apply(d, "city_three", "2026-12-03").status, 200); /* three working days */
    desk_as_operator(d, 0);
    const char *body = arena_printf(d->t->mem, "{\"version\":%lld,\"opinion\":\"Not ours.\"}",
                                    (long long)desk_assignment_version(d, id))
                           .ptr;
    const char *path =
        arena_printf(d->t->mem, "/api/v1/assignments/%lld/bounce", (long long)id).ptr;
    assert_int_equal(test_api(d->t, POST, path, body).status, 200);
}

struct classes {
    struct arena *mem;
    const char *code, *on;
    str label;
    size_t count;
};

static err read_classes(struct rq *rq, void *context)
{
    struct classes *c = context;
    struct rows rows;
    TRY(dictionary_list(rq, "assignments.classes", &rows));
    c->count = rows.count;
    c->label = arena_str(c->mem, dictionary_label_on(rq, "assignments.classes", str_of(c->code),
                                                     day(c->on)));
    return OK;
}

static void classes_change_and_old_cases_keep_their_words(void **state)
{
    static const struct {
        const char *preset, *code, *on, *label;
        size_t count; /* that can be chosen */
    } STEPS[] = {
        { "city_three", "c", "2026-11-25", "C 留作参考或不可行", 3 },
        { "city_three", "c", "2026-11-24", "C 因条件限制以后解决", 3 },
        { "city_three", "d", "2026-11-25", "D 留作参考", 3 },
    };
    struct desk *d = *state;
    for (size_t i = 0; i < sizeof STEPS / sizeof *STEPS; i++) {
        struct classes c = { d->t->mem, STEPS[i].code, STEPS[i].on, { "", 0 }, 0 };
        assert_int_equal(apply(d, STEPS[i].preset, "2026-11-25").status, 200);
        assert_ok(desk_in_org(d, d->t->org, read_classes, &c));
        desk_same(c.label, STEPS[i].label);
        assert_int_equal(c.count, STEPS[i].count);
    }
    /* Back to four: D can be chosen again. */
    desk_on_day(d, "2026-12-07");
    assert_int_equal(apply(d, "province", "2026-12-07").status, 200);
    struct classes c = { d->t->mem, "c", "2026-12-07", { "", 0 }, 0 };
    assert_ok(desk_in_org(d, d->t->org, read_classes, &c));
    desk_same(c.label, "C 因条件限制以后解决");
    assert_int_equal(c.count, 4);
}

static void bad_askings_are_refused(void **state)
{
    struct desk *d = *state;
    struct test_answer a = apply(d, "county", "2026-11-24");
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "生效日期不能早于今天"));
    assert_int_equal(apply(d, "atlantis", "2026-12-01").status, 404);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM presets")), 0);
    desk_as_reviewer(d);
    assert_int_equal(test_get(d->t, "/presets").status, 403);
}

static err check_december(struct rq *rq, void *context)
{
    (void)context;
    return preset_check(rq, day("2026-12-01"));
}

static void values_must_fit_each_other(void **state)
{
    static const struct {
        const char *name, *value, *fault;
    } CASES[] = {
        { "assignments.cohost_months", "4", "presets.cohost_longer" },
        { "assignments.cohost_months", "1", NULL },
        { "assignments.total_months", "2", "presets.extend_longer" },
        { "assignments.total_months", "0", NULL },
        { "assignments.promise_classes", "b z", "presets.class_gone" },
    };
    struct desk *d = *state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        desk_set(d, CASES[i].name, CASES[i].value);
        err e = desk_in_org(d, d->t->org, check_december, NULL);
        if (CASES[i].fault)
            assert_err(e, ERR_INVALID, CASES[i].fault);
        else
            assert_ok(e);
    }
}

/* ---- before it ---- */

static void a_preview_names_what_follows_and_what_keeps_its_day(void **state)
{
    struct desk *d = *state;
    desk_docketed(d, "A bridge");
    i64 running = desk_assignment(d, desk_assigned(d, "A road"));
    desk_as_operator(d, 0);
    struct test_answer a =
        test_api(d->t, POST,
                 arena_printf(d->t->mem, "/api/v1/assignments/%lld/accept", (long long)running).ptr,
                 arena_printf(d->t->mem, "{\"version\":%lld}",
                              (long long)desk_assignment_version(d, running))
                     .ptr);
    assert_int_equal(a.status, 200);
    desk_as_staff(d);
    a = test_get(d->t, "/api/v1/settings/preview?name=assignments.host_months&value=2"
                       "&from_on=2026-12-01");
    assert_int_equal(a.status, 200);
    /* Three months from 1 December are Monday 1 March, two are Monday 1 February. */
    assert_true(desk_has(&a, "\"title\":\"A bridge\""));
    assert_true(desk_has(&a, "\"due_on\":\"2027-03-01\",\"would_be_on\":\"2027-02-01\""));
    /* Handed out on 25 November for three months: Thursday 25 February, and it stays. */
    assert_true(desk_has(&a, "\"title\":\"A road\""));
    assert_true(desk_has(&a, "\"due_on\":\"2027-02-25\",\"would_be_on\":null"));
    a = test_get(d->t, "/presets/show?name=municipality&from_on=2026-12-01");
    assert_true(desk_has(&a, "A bridge"));
    assert_true(desk_has(&a, "2027年2月1日"));
    a = test_get(d->t, "/settings/preview?name=assignments.host_months&value=99"
                       "&from_on=2026-12-01");
    assert_int_equal(a.status, 422);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM settings WHERE name ="
                                       " 'assignments.host_months'")),
                     0);
}

static void nobody_learns_of_a_draft(void **state)
{
    struct desk *d = *state;
    desk_draft(d, "A secret");
    desk_as_staff(d);
    struct test_answer a = test_get(d->t, "/api/v1/settings/preview?name=proposals.review_days"
                                          "&value=9&from_on=2026-12-01");
    assert_int_equal(a.status, 200);
    assert_false(desk_has(&a, "A secret"));
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(shipped_presets_fit_what_is_declared),
        T(a_broken_file_is_told),
        T(its_values_hold_from_its_day_and_none_of_an_earlier_one_stays),
        T(those_of_meetings_stand_beside_those_of_proposals),
        T(a_planned_change_is_replaced_on_its_day_and_nothing_ends_before),
        T(days_to_return_are_those_of_the_handing_out),
        T(classes_change_and_old_cases_keep_their_words),
        T(bad_askings_are_refused),
        T(values_must_fit_each_other),
        T(a_preview_names_what_follows_and_what_keeps_its_day),
        T(nobody_learns_of_a_draft),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
