/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The end of a term (rules.md 12.7): a new term ends the one before, its seats end by the job, who
 * was elected again stays and stands once in the pickers, accounts lose and regain the role of a
 * member. The clock is the test's. HUOTANG_TEST_DB. */
#include "modules/accounts/account.h"
#include "modules/members/tests/house.h"

#include "modules/members/member_rules.h"
#include "platform/db/db.h"

static i64 day(const char *text)
{
    i64 on = 0;
    assert_true(day_parse(str_of(text), &on));
    return on;
}

static void on_day(const char *text)
{
    house->app.clock.fixed_ms = day_start_ms(day(text)) + 9 * 3600 * 1000;
}

/* ---- doing ---- */

static err session_seven(struct rq *rq, void *context)
{
    (void)context;
    i64 id;
    return session_add(rq,
                       &(struct session){ .term_number = 7,
                                          .number = 1,
                                          .opened_on = day("2031-02-10"),
                                          .closed_on = day("2031-02-14") },
                       &id);
}

static err elected_again(struct rq *rq, void *context)
{
    struct member_record record = { .sector = str_of("农业界"),
                                    .act = str_of("appoint"),
                                    .organ = str_of("常委会会议"),
                                    .birth_on = BIRTH_UNKNOWN,
                                    .from_on = day("2031-02-10"),
                                    .term_number = 7 };
    return member_seat_add(rq, *(i64 *)context, &record);
}

static err expire(struct rq *rq, void *context)
{
    return job_member_expire(rq, context);
}

struct opening {
    i64 member_id, account_id;
};

static err account_open(struct rq *rq, void *context)
{
    struct opening *o = context;
    struct member member;
    TRY(member_find(rq, o->member_id, &member));
    TRY(account_create(rq,
                       &(struct account_new){ .login_name = member.name,
                                              .name = member.name,
                                              .person_id = member.person_id,
                                              .member_id = member.id },
                       &o->account_id));
    return account_give_role(rq, o->account_id, &(struct holding_new){ .role = str_of("member") },
                             NULL);
}

/* ---- looking ---- */

static i64 term_end(i64 number)
{
    i64 to_on = -1;
    assert_ok(
        db_i64(house->db,
               SQL("SELECT to_on FROM terms WHERE org_id = :org AND number = :number", P(number)),
               &to_on));
    return to_on;
}

static i64 held(i64 account_id, const char *on)
{
    i64 count = 0, today = day(on);
    assert_ok(db_i64(house->db,
                     SQL("SELECT COUNT(*) AS n FROM holdings WHERE org_id = :org AND account_id = "
                         ":account_id AND from_on <= :today AND (to_on = 0 OR to_on >= :today)",
                         P(account_id), P(today)),
                     &count));
    return count;
}

static size_t in_picker(i64 id)
{
    struct rq rq = test_system_rq(house);
    struct rows rows;
    size_t times = 0;
    assert_ok(member_list_serving(&rq, 0, &rows));
    for (size_t i = 0; i < rows.count; i++)
        times += ((const struct member *)rows.items)[i].id == id;
    return times;
}

static str act_of(i64 id, i64 *on_on)
{
    struct rows rows;
    assert_ok(change_store_list(house->db, id, house->mem, &rows));
    const struct change *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_is(all[i].act, "expire")) {
            *on_on = all[i].on_on;
            return all[i].act;
        }
    return str_of("");
}

/* ---- the test ---- */

static void a_term_ends_by_itself(void **state)
{
    bool more = true;
    i64 leaver = add_member("届满一"), stayer = add_member("连任二"), on_on = 0;
    struct opening gone = { leaver, 0 }, kept = { stayer, 0 };
    (void)state;
    assert_ok(test_write(house, account_open, &gone));
    assert_ok(test_write(house, account_open, &kept));
    assert_int_equal(term_end(6), 0);
    assert_ok(test_write(house, session_seven, NULL));
    assert_int_equal(term_end(6), day("2031-02-09"));
    on_day("2031-02-09"); /* the last day */
    assert_ok(test_write(house, expire, &more));
    assert_true(str_is(member_of(leaver).status, "serving"));
    assert_ok(test_write(house, elected_again, &stayer));
    on_day("2031-02-10");
    assert_int_equal(in_picker(stayer), 1); /* two seats in force, one member */
    assert_ok(test_write(house, expire, &more));
    assert_false(more);
    assert_true(str_is(member_of(leaver).status, "left"));
    assert_true(str_is(member_of(stayer).status, "serving"));
    assert_true(str_is(act_of(leaver, &on_on), "expire"));
    assert_int_equal(on_on, day("2031-02-09"));
    assert_int_equal(in_picker(leaver), 0);
    assert_int_equal(in_picker(stayer), 1);
    assert_int_equal(held(gone.account_id, "2031-02-10"), 0);
    assert_int_equal(held(kept.account_id, "2031-02-10"), 1);
    assert_ok(test_write(house, expire, &more)); /* nothing left to do */
    assert_ok(test_write(house, elected_again, &leaver));
    assert_int_equal(held(gone.account_id, "2031-02-10"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(a_term_ends_by_itself) };
    return cmocka_run_group_tests(tests, house_open, house_close);
}
