/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the shipped sets of rules make of small ledgers. Each row was worked out by hand from the
 * words of the rule (seed/rulesets, its source stands there); of every score the lines must add up
 * to the total. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "embed.h"
#include "modules/duty/score.h"
#include "modules/duty/tests/ledgers.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"

/* ledger: entries as ledgers.h writes them. tags: what the person is. points: in points. */
struct row {
    const char *ledger, *tags;
    double points;
    const char *grade; /* NULL = none */
};

static void check(struct arena *mem, const char *name, const struct row *rows, size_t count)
{
    const struct ruleset *set = ledgers_ruleset(mem, name);
    assert_true(count >= 12);
    for (size_t i = 0; i < count; i++) {
        struct score score = ledgers_score(mem, set, rows[i].ledger, rows[i].tags);
        i64 sum = 0, want = ledgers_points(rows[i].points);
        for (size_t k = 0; k < score.line_count; k++)
            sum += score.lines[k].points;
        if (score.total != want)
            print_error("%s, row %zu: %s gives %g\n", name, i + 1, rows[i].ledger,
                        (double)score.total / POINT);
        assert_int_equal(score.total, want);
        assert_int_equal(sum, want);
        str grade = score.grade < 0 ? str_of("-") : set->grades[score.grade].name;
        if (!str_is(grade, rows[i].grade ? rows[i].grade : "-"))
            print_error("%s, row %zu: grade %.*s\n", name, i + 1, (int)grade.len, grade.ptr);
        assert_true(str_is(grade, rows[i].grade ? rows[i].grade : "-"));
    }
}
/* 70 for who has met all minimum duties, up to 50 more; 85 and 60. */
static void jinan_opens_its_base_by_gates(void **state)
{
#define MET "plenary.whole proposals.submitted activity.attended "
    static const struct row ROWS[] = {
        { MET, "", 70, "称职" },
        { "", "", 0, "不称职" },
        { "plenary.whole proposals.submitted", "", 0, "不称职" },
        { "standing.attended*3 opinions.submitted activity.attended", "standing", 70, "称职" },
        { "standing.attended*2 opinions.submitted activity.attended", "standing", 0, "不称职" },
        { MET "proposals.docketed*3", "", 80, "称职" },
        { MET "proposals.docketed proposals.docketed@joint/3", "", 70, "称职" },
        { MET "proposals.docketed*2 proposals.key proposals.commended", "", 90, "优秀" },
        { MET "welfare.attended*7", "", 80, "称职" },
        { MET "proposals.docketed*11 welfare.attended*5", "", 120, "优秀" },
        { "plenary.absent", "", -30, "不称职" },
        { "proposals.submitted activity.attended plenary.leave", "", -10, "不称职" },
        { MET "proposals.docketed*4", "", 85, "优秀" },
        { MET "proposals.docketed*3 welfare.attended*2", "", 84, "称职" },
    };
    check(*state, "jinan-2015", ROWS, sizeof ROWS / sizeof *ROWS);
}

/* Four duties of 20, attendance 10 from which is taken, learning 10, up to 10 more, 100 in all. */
static void guangshui_takes_from_attendance(void **state)
{
#define ALL "proposals.docketed opinions.submitted project.served household.helped "
    static const struct row ROWS[] = {
        { "", "", 10, NULL },
        { "proposals.docketed", "", 30, NULL },
        { "proposals.docketed@joint/4", "", 25, NULL },
        { "proposals.docketed proposals.docketed@joint/4", "", 30, NULL },
        { "proposals.recast proposals.docketed@joint/2", "", 30, NULL },
        { "proposals.recast@joint/2", "", 20, NULL },
        { "opinions.submitted history.written", "", 30, NULL },
        { ALL, "", 90, NULL },
        { ALL "notes.kept essay.written", "", 100, NULL },
        { ALL "notes.kept*3", "", 95, NULL },
        { ALL "notes.kept essay.written honour.nation", "", 100, NULL },
        { "standing.absent*2 group.absent", "", 2.5, NULL },
        { "standing.absent*4", "", 0, NULL },
        { "plenary.late*2 meeting.late meeting.absent*2", "", 4, NULL },
        { "honour.province honour.city", "", 20, NULL },
    };
    check(*state, "guangshui-2017", ROWS, sizeof ROWS / sizeof *ROWS);
}

/* 50, 25, 10 and 15; of a joint proposal the first has half, the others share the other half. */
static void tongcheng_shares_what_was_done_together(void **state)
{
    static const struct row ROWS[] = {
        { "plenary.whole", "", 50, NULL },
        { "plenary.leave", "", 30, NULL },
        { "plenary.absent", "", 0, NULL },
        { "plenary.whole proposals.submitted proposals.docketed", "", 75, "合格" },
        { "plenary.whole proposals.submitted*3", "", 75, "合格" },
        { "plenary.whole proposals.submitted@first/4", "", 55, NULL },
        { "plenary.whole proposals.submitted@joint/4", "", 51.667, NULL },
        { "plenary.whole proposals.submitted@joint/2", "", 55, NULL },
        { "activity.attended*4 speech.written", "", 10, NULL },
        { "opinions.submitted*2 opinions.adopted", "", 15, NULL },
        { "plenary.whole standing.leave@standing standing.absent@standing", "standing", 43, NULL },
        { "plenary.whole standing.absent", "", 50, NULL },
        { "plenary.whole proposals.submitted proposals.docketed activity.attended*5"
          " opinions.submitted opinions.adopted",
          "", 100, "合格" },
        { "plenary.whole plenary.leave", "", 30, NULL },
        { "plenary.whole proposals.submitted", "", 60, "合格" },
    };
    check(*state, "tongcheng-2019", ROWS, sizeof ROWS / sizeof *ROWS);
}

/* 30 for the plenary, 30 for two activities, 5 for each proposal from the second on. */
static void hefei_counts_from_the_second(void **state)
{
    static const struct row ROWS[] = {
        { "plenary.whole", "", 30, NULL },
        { "plenary.whole@standing", "standing", 0, NULL },
        { "activity.attended", "", 0, NULL },
        { "activity.attended*2", "", 30, NULL },
        { "activity.attended activity.attended activity.attended activity.attended", "", 30, NULL },
        { "training.whole activity.attended", "", 30, NULL },
        { "proposals.docketed", "", 0, NULL },
        { "proposals.docketed*3", "", 10, NULL },
        { "proposals.docketed*9", "", 20, NULL },
        { "plenary.absent", "", -10, NULL },
        { "plenary.absent@standing", "standing", -4, NULL },
        { "standing.absent*2@standing", "standing", -8, NULL },
        { "plenary.leave", "", 0, NULL },
        { "plenary.whole activity.attended*2 proposals.docketed*2", "", 65, NULL },
        { "opinions.adopted", "", 0, NULL },
    };
    check(*state, "hefei-2015", ROWS, sizeof ROWS / sizeof *ROWS);
}

/* No upper bound; of the ways to a docketed proposal only the best counts, once a year. */
static void minhang_takes_the_best_of_a_set(void **state)
{
    static const struct row ROWS[] = {
        { "plenary.halfday*6", "", 30, NULL },
        { "meeting.attended*2 activity.attended", "", 15, NULL },
        { "training.whole training.part", "", 15, NULL },
        { "proposals.docketed*3", "", 15, NULL },
        { "proposals.docketed@first/3", "", 15, NULL },
        { "proposals.docketed@joint/3", "", 3, NULL },
        { "proposals.docketed proposals.docketed@joint/2", "", 15, NULL },
        { "proposals.docketed*4@joint/3", "", 3, NULL },
        { "proposals.key", "", 15, NULL },
        { "proposals.key*2@joint/3", "", 6, NULL },
        { "proposals.commended@first/2", "", 10, NULL },
        { "proposals.commended@joint/2", "", 2, NULL },
        { "plenary.halfday*6 meeting.attended*10 proposals.docketed proposals.key"
          " proposals.commended",
          "", 120, NULL },
    };
    check(*state, "minhang", ROWS, sizeof ROWS / sizeof *ROWS);
}

/* 50 to begin with, taken away by absences until they are used up; 30 for a proposal. */
static void anqing_begins_with_its_fifty(void **state)
{
    static const struct row ROWS[] = {
        { "", "", 50, "不称职" },
        { "proposals.submitted", "", 80, "良好" },
        { "proposals.submitted*3", "", 80, "良好" },
        { "meeting.absent", "", 45, "不称职" },
        { "proposals.submitted meeting.absent*2", "", 70, "称职" },
        { "proposals.submitted plenary.absent", "", 70, "称职" },
        { "proposals.submitted plenary.absent*2", "", 60, "称职" },
        { "proposals.submitted plenary.absent*3", "", 50, "不称职" },
        { "plenary.absent*5", "", 0, "不称职" },
        { "plenary.absent*6", "", 0, "不称职" },
        { "meeting.absent*11", "", 0, "不称职" },
        { "meeting.absent*10 plenary.absent", "", 0, "不称职" },
        { "proposals.submitted standing.absent*4", "", 60, "称职" },
    };
    check(*state, "anqing-2018", ROWS, sizeof ROWS / sizeof *ROWS);
}

/* Only what is known of its points: leave one, absence two, a sign-up not kept one. */
static void hongkou_takes_for_not_coming(void **state)
{
    static const struct row ROWS[] = {
        { "meeting.attended@mandatory", "", 0, NULL },
        { "meeting.leave@mandatory", "", -1, NULL },
        { "meeting.absent@mandatory", "", -2, NULL },
        { "meeting.absent", "", -1, NULL },
        { "meeting.leave", "", 0, NULL },
        { "meeting.leave*2@mandatory", "", -2, NULL },
        { "meeting.absent*2@mandatory meeting.absent", "", -5, NULL },
        { "opinions.adopted@shared", "", 0, NULL },
        { "meeting.attended", "", 0, NULL },
        { "meeting.leave@mandatory meeting.absent@mandatory meeting.absent", "", -4, NULL },
        { "meeting.attended@unregistered", "", 0, NULL },
        { "meeting.absent*3", "", -3, NULL },
    };
    check(*state, "hongkou-system", ROWS, sizeof ROWS / sizeof *ROWS);
}

/* Its text names areas and colours but no points: nothing is made up. */
static void fengjie_gives_no_points_that_are_not_written(void **state)
{
    const struct ruleset *set = ledgers_ruleset(*state, "fengjie-2023");
    struct score score = ledgers_score(*state, set, "meeting.attended*3 proposals.submitted", "");
    assert_int_equal(score.total, 0);
    assert_int_equal(score.grade, -1);
    assert_int_equal(score.line_count, 2);
    assert_int_equal(score.lines[0].why, SCORE_UNKNOWN);
    assert_int_equal(score.lines[1].why, SCORE_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(jinan_opens_its_base_by_gates),
        cmocka_unit_test(guangshui_takes_from_attendance),
        cmocka_unit_test(tongcheng_shares_what_was_done_together),
        cmocka_unit_test(hefei_counts_from_the_second),
        cmocka_unit_test(minhang_takes_the_best_of_a_set),
        cmocka_unit_test(anqing_begins_with_its_fifty),
        cmocka_unit_test(hongkou_takes_for_not_coming),
        cmocka_unit_test(fengjie_gives_no_points_that_are_not_written),
    };
    return cmocka_run_group_tests(tests, ledgers_set_up, ledgers_tear_down);
}
