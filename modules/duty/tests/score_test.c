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

static void check_set(struct arena *mem, const struct ruleset *set, const struct row *rows,
                      size_t count)
{
    const char *name = arena_cstr(mem, set->name);
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

static void check(struct arena *mem, const char *name, const struct row *rows, size_t count)
{
    check_set(mem, ledgers_ruleset(mem, name), rows, count);
}

/* 70 for who has met all minimum duties, up to 50 more; 85 and 60. */
static void jinan_opens_its_base_by_gates(void **state)
{
#define MET "plenary.whole proposals.submitted activity.attended "
    static const struct row ROWS[] = {
        { MET, "", 70, "称职" },
        { "", "", 0, "不称职" },
        { "plenary.whole proposals.submitted", "", 0, "不称职" },
        { MET "standing.attended*3", "standing", 70, "称职" },
        { MET "standing.attended*2", "standing", 0, "不称职" },
        { "standing.attended*3 opinions.submitted activity.attended", "standing", 0, "不称职" },
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
        /* collective: up to three main members, each in full; who else took part nothing */
        { "plenary.whole proposals.submitted@first,collective,main/5", "", 60, "合格" },
        { "proposals.submitted@joint,collective,main/5 proposals.docketed@joint,collective,main/5",
          "", 25, NULL },
        { "proposals.submitted@joint,collective/5 proposals.docketed@joint,collective/5", "", 0,
          NULL },
        { "proposals.submitted@joint,collective,main/4 proposals.submitted@joint/3", "", 12.5,
          NULL },
        { "proposals.submitted*3 proposals.docketed@first,collective,main", "", 25, NULL },
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
        /* collective: 主笔人 15 and 直接参与者 3 a year, the best of the set */
        { "proposals.docketed@first,collective,main", "", 15, NULL },
        { "proposals.docketed*2@joint,collective/4", "", 3, NULL },
        { "proposals.docketed@joint,collective/4 proposals.docketed", "", 15, NULL },
        { "proposals.key@first,collective/4 proposals.key@joint,collective/4", "", 18, NULL },
        { "proposals.commended@joint,collective/2 proposals.docketed@joint,collective/2", "", 5,
          NULL },
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
        { "meeting.attended@guest", "", 0, NULL }, /* the text says no points of these two */
        { "training.whole@speaker meeting.leave@mandatory", "", -1, NULL },
        { "plenary.leave@mandatory", "", -1, NULL }, /* these two must be attended as well */
        { "plenary.absent@mandatory", "", -2, NULL },
        { "standing.leave@mandatory", "", -1, NULL },
        { "standing.absent*2@mandatory", "", -4, NULL },
    };
    check(*state, "hongkou-system", ROWS, sizeof ROWS / sizeof *ROWS);
}

/* Its text names areas and colours but no points: whatever one does gives nothing, and each record
 * that is one of an area says why; nothing is made up. The five colours stand, the best first. */
static void fengjie_gives_no_points_that_are_not_written(void **state)
{
    static const struct {
        const char *ledger;
        size_t lines; /* one a record that an area means */
    } CASES[] = {
        { "", 0 },
        { "meeting.attended", 1 },
        { "meeting.attended*3 proposals.submitted", 2 },
        { "activity.attended", 1 },
        { "proposals.submitted proposals.submitted", 2 },
        { "proposals.docketed", 0 }, /* handing in counts, not the list */
        { "opinions.submitted", 1 },
        { "opinions.adopted", 0 },
        { "meeting.absent", 0 },
        { "standing.attended plenary.whole", 2 },
        { "honour.city", 0 }, /* 加分事项: its text does not say which */
        { "meeting.attended activity.attended proposals.submitted opinions.submitted", 4 },
        { "meeting.attended#900 proposals.submitted#1366", 0 }, /* other years */
        { "proposals.submitted@joint/5 opinions.submitted@first/2", 2 },
    };
    static const char *const COLOURS[] = { "绿", "蓝", "黄", "褐", "红" };
    static const char *const NAMES[] = { "优秀", "优良", "合格", "基本合格", "一般(不合格)" };
    const struct ruleset *set = ledgers_ruleset(*state, "fengjie-2023");
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct score score = ledgers_score(*state, set, CASES[i].ledger, "");
        assert_int_equal(score.total, 0);
        assert_int_equal(score.grade, -1); /* no threshold is known */
        if (score.line_count != CASES[i].lines)
            print_error("%s: %zu lines\n", CASES[i].ledger, score.line_count);
        assert_int_equal(score.line_count, CASES[i].lines);
        for (size_t k = 0; k < score.line_count; k++)
            assert_int_equal(score.lines[k].why, SCORE_UNKNOWN);
    }
    assert_int_equal(set->grade_count, 5);
    for (size_t i = 0; i < set->grade_count; i++) {
        assert_true(str_is(set->grades[i].colour, COLOURS[i]));
        assert_true(str_is(set->grades[i].name, NAMES[i]));
        assert_false(set->grades[i].known);
    }
}

/* Groups (活动组) of 广水: three things of 5 points each, once a year; of the articles its text
 * says no points, so that they give none and say so. A group's records are its own. */
static void guangshui_scores_groups_too(void **state)
{
    static const struct row ROWS[] = {
        { "", "", 0, NULL },
        { "group.planned", "", 5, NULL },
        { "group.planned*2", "", 5, NULL },
        { "group.planned group.planned", "", 5, NULL },
        { "group.registered", "", 5, NULL },
        { "group.ordered", "", 5, NULL },
        { "group.planned group.registered", "", 10, NULL },
        { "group.registered group.ordered", "", 10, NULL },
        { "group.planned group.registered group.ordered", "", 15, NULL },
        { "group.published*4", "", 0, NULL },
        { "group.planned group.published*4", "", 5, NULL },
        { "group.planned group.registered group.ordered group.published*9", "", 15, NULL },
        { "group.planned#900", "", 0, NULL }, /* of another year */
        { "proposals.docketed notes.kept", "", 0, NULL },
    };
    const struct ruleset *set = ledgers_ruleset(*state, "guangshui-2017");
    assert_non_null(set->group);
    check_set(*state, set->group, ROWS, sizeof ROWS / sizeof *ROWS);
    assert_int_equal(set->group->sections[0].cap, 25 * POINT);
    struct score score = ledgers_score(*state, set->group, "group.published*4", "");
    assert_int_equal(score.lines[0].why, SCORE_UNKNOWN);
    assert_int_equal(ledgers_score(*state, set, "group.planned", "").total, 10 * POINT);
}

/* ---- minimum duties ---- */

/* duties: whose it is to meet; met: those that he has, of the gates in their order, the first "1".
 */
struct duty_row {
    const char *ledger, *tags, *duties, *met;
};

static uint64_t bits_of(const char *text)
{
    uint64_t bits = 0;
    for (size_t i = 0; text[i]; i++)
        bits |= text[i] == '1' ? 1ULL << i : 0;
    return bits;
}

static void check_duties(struct arena *mem, const char *name, const struct duty_row *rows,
                         size_t count)
{
    const struct ruleset *set = ledgers_ruleset(mem, name);
    assert_true(count >= 12);
    for (size_t i = 0; i < count; i++) {
        struct score score = ledgers_score(mem, set, rows[i].ledger, rows[i].tags);
        if (score.met != bits_of(rows[i].met) || score.duties != bits_of(rows[i].duties))
            print_error("%s, row %zu: %s\n", name, i + 1, rows[i].ledger);
        assert_int_equal(score.met, bits_of(rows[i].met));
        assert_int_equal(score.duties, bits_of(rows[i].duties));
        assert_int_equal(score.total, 0); /* duties give no points */
    }
}

/* 学习培训, 议政建言活动, 提案, 社情民意, 调研协商, 述职报告: one each. */
static void huating_wants_six_things(void **state)
{
    static const struct duty_row ROWS[] = {
        { "", "", "111111", "000000" },
        { "training.part", "", "111111", "100000" },
        { "training.whole training.whole", "", "111111", "100000" },
        { "meeting.attended", "", "111111", "010000" },
        { "standing.attended", "", "111111", "010000" },
        { "meeting.absent meeting.leave", "", "111111", "000000" },
        { "proposals.submitted@joint/3", "", "111111", "001000" },
        { "opinions.submitted", "", "111111", "000100" },
        { "activity.attended", "", "111111", "000010" },
        { "statements.submitted", "", "111111", "000001" },
        { "statements.submitted#1366", "", "111111", "000000" }, /* the next year's */
        { "training.whole meeting.attended proposals.submitted opinions.submitted"
          " activity.attended",
          "", "111111", "111110" },
        { "training.whole meeting.attended proposals.submitted opinions.submitted"
          " activity.attended statements.submitted",
          "", "111111", "111111" },
    };
    check_duties(*state, "huating-six", ROWS, sizeof ROWS / sizeof *ROWS);
}

/* 社情民意, 工作建议, 提案, 调研或视察, 履职总结: one each. */
static void dongchuan_wants_five_things(void **state)
{
    static const struct duty_row ROWS[] = {
        { "", "", "11111", "00000" },
        { "opinions.submitted", "", "11111", "10000" },
        { "advice.given", "", "11111", "01000" },
        { "proposals.submitted", "", "11111", "00100" },
        { "proposals.submitted@joint/9", "", "11111", "00100" }, /* took part in writing it */
        { "activity.attended", "", "11111", "00010" },
        { "statements.submitted", "", "11111", "00001" },
        { "opinions.adopted proposals.docketed", "", "11111", "00000" },
        { "meeting.attended training.whole", "", "11111", "00000" },
        { "opinions.submitted*5", "", "11111", "10000" },
        { "advice.given#1000 advice.given#1366", "", "11111", "00000" },
        { "opinions.submitted advice.given proposals.submitted activity.attended", "", "11111",
          "11110" },
        { "opinions.submitted advice.given proposals.submitted activity.attended"
          " statements.submitted",
          "", "11111", "11111" },
    };
    check_duties(*state, "dongchuan-five", ROWS, sizeof ROWS / sizeof *ROWS);
}

/* 全体会议, 提案或社情民意, 视察/调研: one each. */
static void jinan_wants_three_things(void **state)
{
    static const struct duty_row ROWS[] = {
        { "", "", "111", "000" },
        { "plenary.whole", "", "111", "100" },
        { "plenary.halfday", "", "111", "100" },
        { "plenary.leave", "", "111", "000" },
        { "plenary.absent", "", "111", "000" },
        { "proposals.submitted", "", "111", "010" },
        { "opinions.submitted", "", "111", "010" },
        { "proposals.submitted opinions.submitted", "", "111", "010" },
        { "activity.attended", "", "111", "001" },
        { "activity.attended#1000", "", "111", "000" },
        { "plenary.whole activity.attended", "", "111", "101" },
        { "plenary.whole opinions.submitted activity.attended", "", "111", "111" },
        { "plenary.whole opinions.submitted activity.attended", "standing", "111", "111" },
    };
    check_duties(*state, "jinan-three", ROWS, sizeof ROWS / sizeof *ROWS);
}

/* Opinions: three of a standing member, one of any other. */
static void chongqing_wants_opinions_by_role(void **state)
{
    static const struct duty_row ROWS[] = {
        { "", "", "01", "00" },
        { "", "standing", "10", "00" },
        { "opinions.submitted", "", "01", "01" },
        { "opinions.submitted", "standing", "10", "00" },
        { "opinions.submitted*2", "standing", "10", "00" },
        { "opinions.submitted opinions.submitted", "standing", "10", "00" },
        { "opinions.submitted*3", "standing", "10", "10" },
        { "opinions.submitted opinions.submitted#1365 opinions.submitted#1001", "standing", "10",
          "10" },
        { "opinions.submitted*2 opinions.submitted#1000", "standing", "10", "00" },
        { "opinions.submitted*4", "", "01", "01" },
        { "opinions.adopted*3", "standing", "10", "00" },
        { "proposals.submitted*3", "", "01", "00" },
    };
    check_duties(*state, "chongqing-opinions", ROWS, sizeof ROWS / sizeof *ROWS);
}

/* 全体会议, three 会议活动, 提案, 社情民意. */
static void minhang_wants_three_meetings(void **state)
{
    static const struct duty_row ROWS[] = {
        { "", "", "1111", "0000" },
        { "plenary.halfday", "", "1111", "1000" },
        { "plenary.whole", "", "1111", "1000" },
        { "plenary.leave", "", "1111", "0000" },
        { "meeting.attended*2", "", "1111", "0000" },
        { "meeting.attended*2 activity.attended", "", "1111", "0100" },
        { "activity.attended*3", "", "1111", "0100" },
        { "meeting.attended meeting.leave meeting.absent", "", "1111", "0000" },
        { "proposals.submitted", "", "1111", "0010" },
        { "opinions.submitted", "", "1111", "0001" },
        { "meeting.attended*2#1000 meeting.attended", "", "1111", "0000" },
        { "plenary.halfday meeting.attended*3 proposals.submitted opinions.submitted", "", "1111",
          "1111" },
    };
    check_duties(*state, "minhang-minimum", ROWS, sizeof ROWS / sizeof *ROWS);
}

/* ---- exit rules ---- */

/* vetoes: those that hold, in their order. Of who is not scored, those about absences alone. */
struct veto_row {
    const char *ledger, *tags, *vetoes;
};

static void check_vetoes(struct arena *mem, const char *name, const struct veto_row *rows,
                         size_t count)
{
    const struct ruleset *set = ledgers_ruleset(mem, name);
    assert_true(count >= 12);
    for (size_t i = 0; i < count; i++) {
        struct score score = ledgers_score(mem, set, rows[i].ledger, rows[i].tags);
        assert_int_equal(strlen(rows[i].vetoes), set->veto_count);
        if (score.vetoes != bits_of(rows[i].vetoes))
            print_error("%s, row %zu: %s\n", name, i + 1, rows[i].ledger);
        assert_int_equal(score.vetoes, bits_of(rows[i].vetoes));
        assert_int_equal(score.total, 0);
        assert_int_equal(score.grade, -1);
    }
}

/* Standing members: three in a year, seven in a term. Everybody: three plenaries in a term. The
 * term began on day 1, the year on 1001. */
static void shandong_counts_a_year_and_a_term(void **state)
{
    static const struct veto_row ROWS[] = {
        { "", "standing", "000" },
        { "standing.absent standing.absent", "standing", "000" },
        { "standing.absent standing.absent standing.leave", "standing", "100" },
        { "standing.absent*3", "", "000" },
        { "standing.absent*2 standing.absent#1000", "standing", "000" },
        { "standing.absent*6#500", "standing", "000" },
        { "standing.absent*6#500 standing.leave", "standing", "010" },
        { "standing.absent*4#500 standing.absent*3", "standing", "110" },
        { "standing.absent*7#0", "standing", "000" }, /* of the term before */
        { "plenary.absent#100 plenary.absent#500", "", "000" },
        { "plenary.absent#100 plenary.leave#500 plenary.absent", "", "001" },
        { "plenary.absent*3#1", "standing", "001" },
        { "plenary.late*3 standing.late*7", "standing", "000" },
        { "meeting.absent*9", "standing", "000" },
    };
    check_vetoes(*state, "shandong-2013", ROWS, sizeof ROWS / sizeof *ROWS);
}

/* Seven and three in a term; who was sent officially or abroad was not absent. */
static void weihai_leaves_out_who_was_sent(void **state)
{
    static const struct veto_row ROWS[] = {
        { "", "standing", "00" },
        { "standing.absent*6", "standing", "00" },
        { "standing.absent*7", "standing", "10" },
        { "standing.absent*7", "", "00" },
        { "standing.absent*3#100 standing.leave*4#800", "standing", "10" },
        { "standing.absent*6 standing.leave@leave_official", "standing", "00" },
        { "standing.absent*6 standing.leave@leave_abroad", "standing", "00" },
        { "standing.absent*6 standing.leave@leave_illness", "standing", "10" },
        { "plenary.absent*2", "", "00" },
        { "plenary.absent#100 plenary.absent#500 plenary.leave", "", "01" },
        { "plenary.absent*2 plenary.leave@leave_abroad", "", "00" },
        { "plenary.leave*3@leave_official", "", "00" },
        { "plenary.absent*3#0", "", "00" },
        { "plenary.absent*3 standing.absent*7", "standing", "11" },
    };
    check_vetoes(*state, "weihai-2013", ROWS, sizeof ROWS / sizeof *ROWS);
}

/* Two whole plenaries, of standing members two whole meetings, without leave, in a term. */
static void hunan_counts_whole_meetings_without_leave(void **state)
{
    static const struct veto_row ROWS[] = {
        { "", "", "00" },
        { "plenary.absent", "", "00" },
        { "plenary.absent#100 plenary.absent#1365", "", "10" },
        { "plenary.absent plenary.leave", "", "00" },
        { "plenary.leave*5", "", "00" },
        { "plenary.absent plenary.halfday*3", "", "00" },
        { "plenary.absent plenary.late*4", "", "00" },
        { "plenary.absent*2#0", "", "00" },
        { "standing.absent*2", "", "00" },
        { "standing.absent", "standing", "00" },
        { "standing.absent#1 standing.absent#1365", "standing", "01" },
        { "standing.absent standing.leave*6", "standing", "00" },
        { "plenary.absent standing.absent", "standing", "00" },
        { "plenary.absent*2 standing.absent*2", "standing", "11" },
    };
    check_vetoes(*state, "hunan-2009", ROWS, sizeof ROWS / sizeof *ROWS);
}

/* Criticism and leaving, by absences and by leaves apart; nothing proposed in two years. */
static void yiliang_counts_absences_and_leaves_apart(void **state)
{
#define WROTE "proposals.submitted "
    static const struct veto_row ROWS[] = {
        { WROTE, "standing", "0000000" },
        { "", "", "0000001" },
        { "opinions.submitted#700", "", "0000000" },
        { "proposals.submitted#635", "", "0000001" },
        { WROTE "plenary.late", "standing", "1000000" },
        { WROTE "plenary.late", "", "0000000" },
        { WROTE "plenary.absent#1", "standing", "1000000" },
        { WROTE "standing.absent", "standing", "0000000" },
        { WROTE "standing.absent*2#300", "standing", "0100000" },
        { WROTE "standing.absent*2#300 standing.absent", "standing", "0110000" },
        { WROTE "standing.absent*3", "", "0000000" },
        { WROTE "standing.leave*4", "standing", "0000000" },
        { WROTE "standing.leave*5", "standing", "0001000" },
        { WROTE "standing.leave*4 standing.absent", "standing", "0000000" },
        { WROTE "plenary.absent", "", "0000000" },
        { WROTE "plenary.absent#100 plenary.absent", "", "0000100" },
        { WROTE "plenary.absent#100 plenary.leave*2", "", "0000000" },
        { WROTE "plenary.leave*3", "standing", "0000010" },
    };
    check_vetoes(*state, "yiliang-2008", ROWS, sizeof ROWS / sizeof *ROWS);
#undef WROTE
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
        cmocka_unit_test(guangshui_scores_groups_too),
        cmocka_unit_test(huating_wants_six_things),
        cmocka_unit_test(dongchuan_wants_five_things),
        cmocka_unit_test(jinan_wants_three_things),
        cmocka_unit_test(chongqing_wants_opinions_by_role),
        cmocka_unit_test(minhang_wants_three_meetings),
        cmocka_unit_test(shandong_counts_a_year_and_a_term),
        cmocka_unit_test(weihai_leaves_out_who_was_sent),
        cmocka_unit_test(hunan_counts_whole_meetings_without_leave),
        cmocka_unit_test(yiliang_counts_absences_and_leaves_apart),
    };
    return cmocka_run_group_tests(tests, ledgers_set_up, ledgers_tear_down);
}
