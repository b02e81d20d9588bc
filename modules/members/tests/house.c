/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Sets up what house.h promises, through the public headers of orgs and members. */
#include "modules/members/tests/house.h"

extern const struct module members_module, orgs_module, account_module;
extern const struct module notify_module, flow_module;
enum { HERE = 5, HERE_MAX = 16 };
static const struct module *modules_here[HERE_MAX + 1] = { &notify_module, &flow_module,
                                                           &orgs_module, &account_module,
                                                           &members_module };

void house_with(const struct module *module)
{
    size_t n = HERE;
    while (modules_here[n])
        n++;
    assert_true(n < HERE_MAX);
    modules_here[n] = module;
}

struct test_app *house;
i64 committees[3];

static err furnish(struct rq *rq, void *context)
{
    static const char *const COMMITTEES[] = { "提案委", "经济委", "文史委" };
    static const char *const SECTORS[] = { "教育界", "农业界" };
    i64 id, opened_on = 0;
    (void)context;
    TRY(org_found_cppcc(rq, &(struct org){ .name = str_of("甲市政协") }, &id));
    assert_int_equal(id, 1);
    TRY(org_found_cppcc(rq, &(struct org){ .name = str_of("乙县政协") }, &id));
    assert_true(day_parse(str_of("2026-02-10"), &opened_on));
    for (i64 number = 5; number <= 6; number++)
        TRY(session_add(rq,
                        &(struct session){ .term_number = number,
                                           .number = 1,
                                           .opened_on = opened_on + (number - 6) * 1826,
                                           .closed_on = opened_on + (number - 6) * 1826 + 4 },
                        &id));
    for (size_t i = 0; i < 3; i++)
        TRY(committee_save(rq, str_of(COMMITTEES[i]), (i64)i, &committees[i]));
    for (size_t i = 0; i < 2; i++)
        TRY(sector_save(rq, str_of(SECTORS[i]), (i64)i, &id));
    return OK;
}

int house_open(void **state)
{
    (void)state;
    house = test_app_new(modules_here);
    assert_ok(test_write(house, furnish, NULL));
    return 0;
}

int house_close(void **state)
{
    (void)state;
    test_app_free(house);
    return 0;
}

struct addition {
    str name;
    i64 id;
};

static err add_now(struct rq *rq, void *context)
{
    struct addition *a = context;
    char result;
    struct member_record record = { .name = a->name,
                                    .sector = str_of("教育界"),
                                    .phone = str_of("13712345678"),
                                    .birth_on = BIRTH_UNKNOWN };
    assert_true(day_parse(str_of("2026-03-01"), &record.from_on));
    return member_save_record(rq, &record, &a->id, &result);
}

i64 add_member(const char *name)
{
    struct addition a = { str_of(name), 0 };
    assert_ok(test_write(house, add_now, &a));
    return a.id;
}

struct member member_of(i64 id)
{
    struct rq rq = test_system_rq(house);
    struct member member;
    assert_ok(member_find(&rq, id, &member));
    return member;
}

i64 count_of(str name)
{
    struct rq rq = test_system_rq(house);
    struct rows rows;
    assert_ok(member_list_by_name(&rq, name, &rows));
    return (i64)rows.count;
}
