/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules as data: each way to count that rules.md 4 names, told apart from its neighbours; and
 * documents that are refused with the line and the reason. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "modules/duty/tests/ledgers.h"
#include "platform/base/str.h"

#define HEAD_ "{\"id\": \"x\", \"name\": \"X\",\n"

static i64 total_of(struct arena *mem, const char *document, const char *ledger)
{
    return ledgers_score(mem, ledgers_read(mem, document), ledger, "").total;
}

static void a_start_a_floor_and_a_cap_bound_the_whole(void **state)
{
    const char *set = HEAD_ "\"start\": 85, \"floor\": 60, \"total\": 100, \"items\": [\n"
                            "{\"category\": \"a\", \"item\": \"absent\", \"points\": -10},\n"
                            "{\"category\": \"a\", \"item\": \"did\", \"points\": 4}]}";
    assert_int_equal(total_of(*state, set, ""), 85 * POINT);
    assert_int_equal(total_of(*state, set, "absent"), 75 * POINT);
    assert_int_equal(total_of(*state, set, "absent*4"), 60 * POINT);
    assert_int_equal(total_of(*state, set, "did*3"), 97 * POINT);
    assert_int_equal(total_of(*state, set, "did*4"), 100 * POINT);
}

static void only_the_period_counts(void **state)
{
    const char *set = HEAD_ "\"items\": [{\"category\": \"a\", \"item\": \"did\", \"points\": 4}]}";
    assert_int_equal(total_of(*state, set, "did#1000 did#1366"), 0);
    assert_int_equal(total_of(*state, set, "did#1001 did#1365"), 8 * POINT);
}

static void what_is_shared_by_three_is_rounded_once_each(void **state)
{
    const char *set = HEAD_ "\"items\": [{\"category\": \"a\", \"item\": \"did\", \"points\": 10,"
                            " \"share\": \"half_then_even\"}]}";
    assert_int_equal(total_of(*state, set, "did@first/4"), 5000);
    assert_int_equal(total_of(*state, set, "did/4"), 1667); /* 5 / 3 */
    assert_int_equal(total_of(*state, set, "did/1"), 10000);
}

static void half_for_all_and_nothing_but_for_the_first(void **state)
{
    const char *half = HEAD_ "\"items\": [{\"category\": \"a\", \"item\": \"did\", \"points\": 3,"
                             " \"share\": \"half\"}]}";
    const char *first = HEAD_ "\"items\": [{\"category\": \"a\", \"item\": \"did\", \"points\": 3,"
                              " \"share\": \"first_only\"}]}";
    assert_int_equal(total_of(*state, half, "did@first/2 did/3"), 3000);
    assert_int_equal(total_of(*state, first, "did@first/2 did/3"), 3000);
    assert_int_equal(total_of(*state, first, "did/3"), 0);
}

#define PARTS                                                                          \
    HEAD_ "\"items\": ["                                                               \
          "{\"category\": \"a\", \"item\": \"did\", \"points\": 4, \"cap\": 10,"       \
          " \"similar\": 0, \"echo\": 0.5},"                                           \
          "{\"category\": \"a\", \"item\": \"met\", \"points\": 3, \"each\": 2,"       \
          " \"similar\": 0},"                                                          \
          "{\"category\": \"a\", \"item\": \"with\", \"points\": 3, \"similar\": 0.5," \
          " \"share\": \"half_then_even\"},"                                           \
          "{\"category\": \"a\", \"item\": \"plain\", \"points\": 2}],"                \
          "\"gates\": [{\"text\": \"g\", \"counts\": \"plain\", \"need\": 2},"         \
          "{\"text\": \"h\", \"counts\": \"plain\", \"need\": 2, \"without\": \"similar\"}]}"

/* Worked out by hand: 4 each, nothing for a similar one, half for an echo, 10 at most; 3 for each
 * two; 3 shared and then halved; 2 each whatever it is like. */
static void what_is_similar_earns_once(void **state)
{
    static const struct {
        const char *ledger;
        i64 total;
        const char *why; /* of the last line */
    } CASES[] = {
        { "did", 4000, "" },
        { "did did", 8000, "" },
        { "did did@similar", 4000, "similar" },
        { "did@similar did", 4000, "" },
        { "did did@echo", 6000, "" },
        { "did did@similar,echo", 4000, "similar" }, /* of both the less */
        { "did@echo*3", 6000, "" },                  /* 12, halved */
        { "did did did@similar did", 10000, "" },    /* what earns nothing uses up no cap */
        { "did did did@echo", 10000, "" },           /* 8 + 2 is just the most */
        { "did did did did@echo", 10000, "" },
        { "met met", 3000, "" },
        { "met met@similar", 0, "similar" }, /* is not the second of two */
        { "met met@similar met", 3000, "" },
        { "met met@echo", 3000, "" }, /* the rule says nothing of echoes */
        { "with@first,similar/3", 750, "" },
        { "with@similar/3", 375, "" }, /* 3 / 2 / 2, halved */
        { "plain plain@similar", 4000, "" },
        { "plain@similar,echo", 2000, "" },
    };
    const struct ruleset *set = ledgers_read(*state, PARTS);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct score score = ledgers_score(*state, set, CASES[i].ledger, "");
        if (score.total != CASES[i].total)
            print_error("%s gives %lld\n", CASES[i].ledger, (long long)score.total);
        assert_int_equal(score.total, CASES[i].total);
        bool nothing = score.lines[score.line_count - 1].why == SCORE_SIMILAR;
        assert_int_equal(nothing, CASES[i].why[0] != 0);
    }
    struct score score = ledgers_score(*state, set, "plain plain@similar", "");
    assert_int_equal(score.met, 1); /* the gate that says so does not count it */
}

/* Said once for the document, a rule that earns may say otherwise; what takes away is left as it
 * is.
 */
static void what_is_similar_is_said_once_for_all(void **state)
{
    const char *set = HEAD_ "\"similar\": 0, \"echo\": 0.5, \"items\": ["
                            "{\"category\": \"a\", \"item\": \"did\", \"points\": 4},"
                            "{\"category\": \"a\", \"item\": \"wrote\", \"points\": 4,"
                            " \"similar\": 1},"
                            "{\"category\": \"a\", \"item\": \"missed\", \"points\": -2}]}";
    assert_int_equal(total_of(*state, set, "did did@similar"), 4000);
    assert_int_equal(total_of(*state, set, "did did@echo"), 6000);
    assert_int_equal(total_of(*state, set, "wrote wrote@similar"), 8000);
    assert_int_equal(total_of(*state, set, "missed missed@similar"), -4000);
}

/* Taken away is shared as given is, and is used up by its cap. */
static void what_is_taken_away_mirrors_what_is_given(void **state)
{
    const char *set = HEAD_ "\"items\": [{\"category\": \"a\", \"item\": \"missed\","
                            " \"points\": -10, \"cap\": 15, \"share\": \"half_then_even\"}]}";
    assert_int_equal(total_of(*state, set, "missed/4"), -1667);
    assert_int_equal(total_of(*state, set, "missed missed"), -15000);
}

static void so_many_together_count_once(void **state)
{
    const char *set = HEAD_ "\"items\": [{\"category\": \"a\", \"item\": \"did\","
                            " \"points\": 3, \"each\": 2}]}";
    const struct ruleset *read = ledgers_read(*state, set);
    struct score score = ledgers_score(*state, read, "did did did did did", "");
    assert_int_equal(score.total, 6000);
    assert_int_equal(score.lines[2].why, SCORE_NOT_YET);
    assert_int_equal(score.lines[3].points, 3000);
    assert_int_equal(total_of(*state, set, "did*4"), 6000);
}

static void of_a_set_the_best_counts_whatever_it_came_by(void **state)
{
    const char *set = HEAD_ "\"items\": [{\"category\": \"a\", \"item\": \"stands\", \"points\": 5,"
                            " \"given\": true, \"exclusive\": \"x\"},\n"
                            "{\"category\": \"a\", \"item\": \"did\", \"points\": 3,"
                            " \"exclusive\": \"x\"},\n"
                            "{\"category\": \"a\", \"item\": \"late\", \"points\": -1,"
                            " \"exclusive\": \"y\"},\n"
                            "{\"category\": \"a\", \"item\": \"absent\", \"points\": -2,"
                            " \"exclusive\": \"y\"}]}";
    assert_int_equal(total_of(*state, set, "did"), 5000);
    assert_int_equal(total_of(*state, set, "did*2"), 6000);
    assert_int_equal(total_of(*state, set, "absent"), 3000); /* what did not happen is no better */
    assert_int_equal(total_of(*state, set, "absent late"), 4000);
}

/* Caps of a pool may differ; what is used up is used up, and never taken back. */
static void a_pool_is_used_up_by_all_its_rules(void **state)
{
    const char *set =
        HEAD_ "\"items\": [{\"category\": \"a\", \"item\": \"more\", \"points\": 2, \"cap\": 10,"
              " \"pool\": \"p\"},\n"
              "{\"category\": \"a\", \"item\": \"once\", \"points\": 5, \"unit\": \"年\","
              " \"pool\": \"p\"}]}";
    assert_int_equal(total_of(*state, set, "more*5 once"), 10000);
    assert_int_equal(total_of(*state, set, "once more*5"), 10000);
    assert_int_equal(total_of(*state, set, "more once"), 5000); /* 2, and 3 up to its own cap */
}

static void only_what_counts_replaces(void **state)
{
    const char *set = HEAD_ "\"items\": [{\"category\": \"a\", \"item\": \"one\", \"points\": 1,"
                            " \"counts\": \"training\"},\n"
                            "{\"category\": \"a\", \"item\": \"two\", \"points\": 5, \"each\": 2,"
                            " \"counts\": \"training\", \"replaces\": \"one\"}]}";
    assert_int_equal(total_of(*state, set, "training"), 1000);
    assert_int_equal(total_of(*state, set, "training training"), 5000);
}

static void a_section_is_cut_once_and_weighed(void **state)
{
    const char *set = HEAD_
        "\"bonus_cap\": 20, \"sections\": [{\"name\": \"b\", \"weight\": 0.5}], \"items\": [\n"
        "{\"category\": \"a80\", \"item\": \"base\", \"points\": 60},\n"
        "{\"category\": \"a80\", \"item\": \"more\", \"points\": 40, \"type\": \"bonus\"},\n"
        "{\"category\": \"b\", \"item\": \"job\", \"points\": 30}]}";
    assert_int_equal(total_of(*state, set, "base more"), 80000); /* 60 and 20 of 40 */
    assert_int_equal(total_of(*state, set, "job"), 15000);
}

/* 宜良 2008: no opinion and no proposal for two years. */
static void what_was_not_done_is_a_veto_for_who_was_there(void **state)
{
    const struct ruleset *set =
        ledgers_read(*state, HEAD_ "\"vetoes\": [{\"text\": \"nothing\", \"at_most\": 0,"
                                   " \"counts\": [\"proposal\", \"opinion\"],"
                                   " \"span\": \"two_periods\"}]}");
    assert_int_equal(ledgers_score(*state, set, "", "").vetoes, 1);
    assert_int_equal(ledgers_score(*state, set, "opinion#635", "").vetoes, 1);
    assert_int_equal(ledgers_score(*state, set, "opinion#636", "").vetoes, 0);
    struct score score;
    score_make(*state,
               &(struct score_ask){ .set = set,
                                    .term_from = 1,
                                    .before_from = 636,
                                    .from = 1001,
                                    .to = 1365,
                                    .since = 637 },
               &score);
    assert_int_equal(score.vetoes, 0); /* he came a day later */
}

/* 宜良 2008: more than four leaves, those of who was sent officially left out. */
static void official_leaves_can_be_left_out(void **state)
{
    const struct ruleset *set =
        ledgers_read(*state, HEAD_ "\"vetoes\": [{\"text\": \"leaves\", \"need\": 5,"
                                   " \"counts\": [\"standing.leave\"],"
                                   " \"without\": [\"leave_official\", \"leave_abroad\"],"
                                   " \"span\": \"term\"}]}");
    assert_int_equal(ledgers_score(*state, set, "standing.leave*4@leave_illness", "").vetoes, 0);
    assert_int_equal(ledgers_score(*state, set, "standing.leave*5@leave_illness", "").vetoes, 1);
    assert_int_equal(ledgers_score(*state, set, "standing.leave*5", "").vetoes, 1);
    assert_int_equal(ledgers_score(*state, set,
                                   "standing.leave*4@leave_affair standing.leave@leave_official"
                                   " standing.leave*3@leave_abroad",
                                   "")
                         .vetoes,
                     0);
}

/* 济南: below 60 two years running. */
static void low_totals_two_years_running_are_a_veto(void **state)
{
    const struct ruleset *set =
        ledgers_read(*state, HEAD_
                     "\"items\": [{\"category\": \"a\", \"item\": \"did\", \"points\": 1}],"
                     " \"vetoes\": [{\"text\": \"low\", \"total_below\": 60,"
                     " \"span\": \"two_periods\"}, {\"text\": \"now\", \"total_below\": 60}]}");
    const struct score_entry did = { .day = 1100, .quantity = 59 * POINT, .people = 1, .kind = 0 };
    struct score_ask ask = { .set = set,
                             .entries = &did,
                             .count = 1,
                             .term_from = 1,
                             .before_from = 636,
                             .from = 1001,
                             .to = 1365,
                             .since = 1 };
    struct score score;
    score_make(*state, &ask, &score);
    assert_int_equal(score.vetoes, 2); /* the year before was not scored */
    ask.has_before = true;
    ask.before_total = 60 * POINT;
    score_make(*state, &ask, &score);
    assert_int_equal(score.vetoes, 2);
    ask.before_total = 60 * POINT - 1;
    score_make(*state, &ask, &score);
    assert_int_equal(score.vetoes, 3);
}

static void a_missed_gate_lifts_nobody(void **state)
{
    const struct ruleset *set =
        ledgers_read(*state, HEAD_
                     "\"gates\": [{\"text\": \"must\"}], \"without_gates\": \"fair\","
                     " \"grades\": [{\"name\": \"good\", \"threshold\": 85},"
                     " {\"name\": \"fair\", \"threshold\": 60}, {\"name\": \"bad\"}],"
                     " \"items\": [{\"category\": \"a\", \"item\": \"did\", \"points\": 1}]}");
    assert_int_equal(ledgers_score(*state, set, "did*30", "").grade, -1);
    assert_int_equal(ledgers_score(*state, set, "did*90", "").grade, 1);
    assert_int_equal(ledgers_score(*state, set, "did*90 must", "").grade, 0);
}

/* Levels add up: each adoption higher up is an entry of its own kind. */
static void levels_of_adoption_add(void **state)
{
    const char *set = HEAD_ "\"items\": [\n"
                            "{\"category\": \"a\", \"item\": \"district\", \"points\": 2},\n"
                            "{\"category\": \"a\", \"item\": \"city\", \"points\": 4},\n"
                            "{\"category\": \"a\", \"item\": \"both\", \"points\": 0.5,"
                            " \"unit\": \"倍\", \"counts\": [\"district\", \"city\"],"
                            " \"with\": [\"composite\"], \"exclusive\": \"half\"},\n"
                            "{\"category\": \"a\", \"item\": \"joint\", \"points\": 0.5,"
                            " \"unit\": \"倍\", \"counts\": [\"district\", \"city\"],"
                            " \"with\": [\"joint\"], \"exclusive\": \"half\"}]}";
    assert_int_equal(total_of(*state, set, "district city"), 6000);
    assert_int_equal(total_of(*state, set, "district@joint city"), 5000);
    assert_int_equal(total_of(*state, set, "district city@joint,composite"), 4000);
}

static void sections_keep_their_bounds_apart(void **state)
{
    const char *set =
        HEAD_ "\"sections\": [{\"name\": \"b\", \"cap\": 6, \"floor\": -2}], \"bonus_cap\": 5,"
              "\"items\": [\n"
              "{\"category\": \"a4\", \"item\": \"base\", \"points\": 3},\n"
              "{\"category\": \"b\", \"item\": \"more\", \"points\": 2, \"type\": \"bonus\"},\n"
              "{\"category\": \"b\", \"item\": \"less\", \"points\": -3, \"type\": \"deduct\"},\n"
              "{\"category\": \"c\", \"item\": \"extra\", \"points\": 1, \"type\": \"bonus\"}]}";
    assert_int_equal(total_of(*state, set, "base*2"), 4000); /* the name's number */
    assert_int_equal(total_of(*state, set, "base*2 less"), 2000);
    assert_int_equal(total_of(*state, set, "less*2"), -2000);
    assert_int_equal(total_of(*state, set, "more*2 extra*3"), 5000); /* 7, five of it bonus */
    assert_int_equal(total_of(*state, set, "extra*9"), 5000);
    struct score score = ledgers_score(*state, ledgers_read(*state, set), "base more*4 extra", "");
    assert_int_equal(score.base, 3000);
    assert_int_equal(score.bonus, 5000); /* 9, of which 2 are over the cap of b */
    assert_int_equal(score.sections[0], 6000);
    assert_int_equal(score.total, 8000);
}

/* A thing that comes later counts only as far as there is room, and the line says so. */
static void a_cap_is_used_up_in_order(void **state)
{
    const struct ruleset *set =
        ledgers_read(*state, HEAD_ "\"items\": [{\"category\": \"a\", \"item\": \"did\","
                                   " \"points\": 4, \"cap\": 6}]}");
    struct score score = ledgers_score(*state, set, "did#1010 did#1020 did#1030", "");
    assert_int_equal(score.line_count, 3);
    assert_int_equal(score.lines[0].points, 4000);
    assert_int_equal(score.lines[0].why, SCORE_COUNTED);
    assert_int_equal(score.lines[1].points, 2000);
    assert_int_equal(score.lines[1].full, 4000);
    assert_int_equal(score.lines[1].why, SCORE_CAPPED);
    assert_int_equal(score.lines[2].points, 0);
    assert_int_equal(score.lines[2].entry, 2);
}

static void gates_stand_apart_from_points(void **state)
{
    const struct ruleset *set =
        ledgers_read(*state, HEAD_
                     "\"gates\": [{\"text\": \"two\", \"counts\": \"did\", \"need\": 2},\n"
                     "{\"text\": \"led\", \"counts\": \"led\", \"who\": \"standing\"}],\n"
                     "\"grades\": [{\"name\": \"good\", \"threshold\": 10},"
                     " {\"name\": \"fair\", \"threshold\": 0}], \"without_gates\": \"fair\",\n"
                     "\"items\": [{\"category\": \"a\", \"item\": \"did\", \"points\": 10}]}");
    struct score one = ledgers_score(*state, set, "did", "");
    assert_int_equal(one.total, 10 * POINT);
    assert_int_equal(one.duties, 1);
    assert_int_equal(one.met, 0);
    assert_int_equal(one.gates[0], POINT);
    assert_int_equal(one.grade, 1);
    assert_int_equal(ledgers_score(*state, set, "did*2", "").grade, 0);
    struct score standing = ledgers_score(*state, set, "did*2", "standing");
    assert_int_equal(standing.duties, 3);
    assert_int_equal(standing.met, 1);
    assert_int_equal(standing.grade, 1);
}

/* 山东 2013: a standing member with 3 absences in a year or 7 in the term. */
static void vetoes_look_back_as_far_as_they_say(void **state)
{
    const struct ruleset *set =
        ledgers_read(*state, HEAD_
                     "\"grades\": [{\"name\": \"good\", \"threshold\": 0},"
                     " {\"name\": \"bad\", \"threshold\": -100}],\n"
                     "\"vetoes\": [\n"
                     "{\"text\": \"year\", \"counts\": \"absent\", \"need\": 3, \"grade\": \"bad\","
                     " \"who\": \"standing\"},\n"
                     "{\"text\": \"two\", \"counts\": \"low\", \"need\": 2,"
                     " \"span\": \"two_periods\"},\n"
                     "{\"text\": \"term\", \"counts\": \"absent\", \"need\": 7,"
                     " \"span\": \"term\"}]}");
    struct score score = ledgers_score(*state, set, "absent*2#900 absent*2", "standing");
    assert_int_equal(score.vetoes, 0);
    assert_int_equal(score.grade, 0);
    score = ledgers_score(*state, set, "absent*3", "standing");
    assert_int_equal(score.vetoes, 1);
    assert_int_equal(score.grade, 1);
    assert_int_equal(ledgers_score(*state, set, "absent*3", "").vetoes, 0);
    assert_int_equal(ledgers_score(*state, set, "low#700 low", "").vetoes, 2);
    assert_int_equal(ledgers_score(*state, set, "low#600 low", "").vetoes, 0);
    assert_int_equal(ledgers_score(*state, set, "absent*5#2 absent*2", "").vetoes, 4);
}

static void some_are_not_scored(void **state)
{
    const struct ruleset *set =
        ledgers_read(*state, HEAD_ "\"start\": 5, \"not_scored\": [\"chair\"], \"items\": []}");
    struct score score = ledgers_score(*state, set, "", "chair");
    assert_false(score.scored);
    assert_int_equal(score.total, 0);
    assert_int_equal(score.line_count, 0);
    assert_true(ledgers_score(*state, set, "", "").scored);
}

/* Who is not scored stays away all the same: what is asked of absences holds, nothing else; whom a
 * rule leaves out it does not concern. */
static void absences_concern_who_is_not_scored(void **state)
{
    const struct ruleset *set =
        ledgers_read(*state,
                     HEAD_ "\"not_scored\": [\"chair\"], \"items\": [], \"vetoes\": ["
                           "{\"text\": \"away\", \"counts\": [\"plenary.absent\"], \"need\": 2},"
                           "{\"text\": \"mixed\", \"counts\": [\"plenary.absent\", \"did\"]},"
                           "{\"text\": \"idle\", \"counts\": [\"did\"], \"at_most\": 0},"
                           "{\"text\": \"others\", \"counts\": [\"plenary.absent\"],"
                           " \"who_not\": [\"chair\"]},"
                           "{\"text\": \"low\", \"total_below\": 5}]}");
    assert_true(set->vetoes[0].of_absences);
    assert_false(set->vetoes[1].of_absences);
    assert_false(set->vetoes[2].of_absences);
    struct score score = ledgers_score(*state, set, "plenary.absent*2", "chair");
    assert_false(score.scored);
    assert_int_equal(score.vetoes, 1);
    assert_int_equal(score.counts[0], 2 * POINT);
    assert_int_equal(score.grade, -1);
    assert_int_equal(ledgers_score(*state, set, "plenary.absent", "chair").vetoes, 0);
    assert_int_equal(ledgers_score(*state, set, "plenary.absent*2", "").vetoes, 31);
}

/* 20 of a hundred of five are one: the best keeps it, and of two equals neither. */
static void a_quota_keeps_the_best(void **state)
{
    struct arena *mem = *state;
    const struct ruleset *set =
        ledgers_read(mem, HEAD_ "\"grades\": [{\"name\": \"A\", \"threshold\": 90, \"quota\": 20},"
                                " {\"name\": \"B\", \"threshold\": 60}]}");
    struct score scores[5] = { 0 }, *all[5];
    static const int TOTALS[] = { 91, 95, 99, 50, 70 }, GRADES[] = { 1, 1, 0, -1, 1 };
    for (size_t i = 0; i < 5; i++) {
        scores[i] = (struct score){ .scored = true,
                                    .total = TOTALS[i] * POINT,
                                    .grade = TOTALS[i] >= 90   ? 0
                                             : TOTALS[i] >= 60 ? 1
                                                               : -1 };
        all[i] = &scores[i];
    }
    score_quotas(mem, set, all, 5);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(scores[i].grade, GRADES[i]);
    struct ruleset *tight = arena_zero(mem, sizeof *tight);
    *tight = *set;
    tight->grades[0].quota = POINT / 2; /* half a percent of five is nobody */
    scores[2].grade = 0;
    score_quotas(mem, tight, all, 5);
    assert_int_equal(scores[2].grade, 1);
    scores[1].total = 99 * POINT;
    scores[1].grade = scores[2].grade = 0;
    score_quotas(mem, set, all, 5);
    assert_int_equal(scores[1].grade, 1);
    assert_int_equal(scores[2].grade, 1);
}

/* ---- documents ---- */

static void refused(struct arena *mem, const char *document, const char *name, const char *place,
                    const char *what)
{
    const struct ruleset *set;
    err e = ruleset_read(mem, str_of(document), &set);
    assert_string_equal(e.name, name);
    assert_int_equal(e.code, ERR_INVALID);
    if (!str_is(e.arg[0], place))
        fail_msg("%.*s is not %s", (int)e.arg[0].len, e.arg[0].ptr, place);
    assert_true(!what || str_is(e.arg[1], what));
}

static void a_fault_is_told_with_its_line(void **state)
{
    refused(*state, "{\n\"id\": ", "web.json_broken", "2", NULL);
    refused(*state, "[]", "duty.value", "文件开头的总体设置", NULL);
    refused(*state, "{\"id\": \"x\"}", "duty.missing", "文件开头的总体设置", "name");
    refused(*state, HEAD_ "\"itmes\": []}", "duty.field", "第 2 行（文件开头的总体设置）", "itmes");
    refused(*state, HEAD_ "\"items\": [],\n\"total\": \"many\"}", "duty.value",
            "第 3 行（文件开头的总体设置）", "total");
    refused(*state, HEAD_ "\n\n\"without_gates\": \"fair\"}", "duty.name",
            "第 4 行（文件开头的总体设置）", "fair");
    refused(*state, HEAD_ "\"duties\": [\"a\"],\n\"count_each\": {\"b\": 1}}", "duty.name",
            "第 3 行（文件开头的总体设置）", "b");
    refused(*state, HEAD_ "\"duties\": [\"a: who\"]}", "duty.name", "第 2 行（文件开头的总体设置）",
            "who");
    refused(*state,
            HEAD_ "\"items\": [{\"category\": \"a\", \"item\": \"did\"}], \"group_items\": [\n"
                  "{\"category\": \"a\", \"item\": \"did\", \"points\": \"x\"}]}",
            "duty.value", "第 3 行（group_items 第 1 项）", "points");
    refused(*state,
            HEAD_ "\"notes\": \"{[items\",\n\"items\": [\n"
                  "{\"category\": \"a\", \"item\": \"did\", \"points\": 1},\n\n"
                  "{\"category\": \"a\", \"item\": \"more\", \"points\": \"two\"}]}",
            "duty.value", "第 6 行（items 第 2 项）", "points");
}

/* One rule with more fields. */
static void item_refused(struct arena *mem, const char *more, const char *name, const char *what)
{
    str document =
        arena_printf(mem, HEAD_ "\"items\": [{\"category\": \"a\", \"item\": \"did\", %s}]}", more);
    refused(mem, document.ptr, name, "第 2 行（items 第 1 项）", what);
}

static void each_kind_of_fault_has_its_reason(void **state)
{
    refused(*state, HEAD_ "\"sections\": [{\"name\": \"a\", \"cap\": 30, \"floor\": 40}]}",
            "duty.bounds", "第 2 行（sections 第 1 项）", "a");
    refused(*state, HEAD_ "\"section_floor\": {\"a10\": 11}}", "duty.bounds",
            "第 2 行（文件开头的总体设置）", "a10");
    refused(*state, HEAD_ "\"total\": 100, \"floor\": 101}", "duty.bounds",
            "第 2 行（文件开头的总体设置）", "floor");
    item_refused(*state, "\"points\": 1.0005", "duty.value", "points");
    item_refused(*state, "\"points\": 1, \"similar\": 1.1", "duty.value", "similar");
    item_refused(*state, "\"points\": -1, \"echo\": 0", "duty.apart", NULL);
    item_refused(*state, "\"points\": 1, \"given\": true, \"similar\": 0", "duty.apart", NULL);
    item_refused(*state, "\"points\": 1, \"cap\": -1", "duty.value", "cap");
    item_refused(*state, "\"points\": 1, \"type\": \"plus\"", "duty.value", "type");
    item_refused(*state, "\"points\": 1, \"type\": \"deduct\"", "duty.sign", "points");
    item_refused(*state, "\"points\": 1, \"given\": 1", "duty.value", "given");
    item_refused(*state, "\"points\": 1, \"counts\": [1]", "duty.value", "counts");
    item_refused(*state, "\"points\": 1, \"replaces\": \"other\"", "duty.name", "other");
    item_refused(*state, "\"points\": 1, \"replaces\": \"did\"", "duty.name", "did");
    refused(*state,
            HEAD_ "\"items\": [{\"category\": \"a\", \"item\": \"did\"},\n"
                  "{\"category\": \"a\", \"item\": \"did\"}]}",
            "duty.twice", "第 3 行（items 第 2 项）", "did");
    item_refused(*state, "\"points\": 1000001", "duty.value", "points");
    item_refused(*state, "\"points\": 1, \"pool\": \"p\", \"exclusive\": \"x\"", "duty.apart",
                 "pool, exclusive");
    refused(*state, HEAD_ "\"vetoes\": [{\"text\": \"v\", \"need\": 1, \"at_most\": 0}]}",
            "duty.apart", "第 2 行（vetoes 第 1 项）", NULL);
    refused(*state, HEAD_ "\"grades\": [{\"name\": \"A\", \"quota\": 100.5}]}", "duty.value",
            "第 2 行（grades 第 1 项）", "quota");
    refused(*state, HEAD_ "\"items\": [3]}", "duty.value", "items 第 1 项", "items");
    refused(*state, HEAD_ "\"gates\": [{\"text\": \"g\", \"need\": 0}]}", "duty.value",
            "第 2 行（gates 第 1 项）", "need");
    refused(*state, HEAD_ "\"vetoes\": [{\"text\": \"v\", \"grade\": \"X\"}]}", "duty.name",
            "第 2 行（vetoes 第 1 项）", "X");
    refused(*state,
            HEAD_ "\"grades\": [{\"name\": \"A\", \"threshold\": 5},\n"
                  "{\"name\": \"B\", \"threshold\": 5}]}",
            "duty.order", "第 3 行（grades 第 2 项）", "B");
}

/* Every set of the collection as it stands there, a line each: rules, sets of units that answer
 * proposals, minimum duties. Each reads, whatever its text leaves open. */
static void the_collected_sets_read_as_they_stand(void **state)
{
    enum { SPACE = 1 << 16, RULES = 8, UNITS = 4, DUTIES = 5 };
    char *text = arena_bytes(*state, SPACE);
    FILE *file = fopen("modules/duty/tests/collected.jsonl", "r");
    assert_non_null(file);
    size_t others = 0, duties = 0, sets = 0;
    for (; fgets(text, SPACE, file); sets++) {
        const struct ruleset *set = ledgers_read(*state, text);
        bool gates_only = set->gate_count && !set->rule_count;
        others += set->of_others;
        duties += gates_only;
        assert_true(gates_only || set->rule_count > 0);
        assert_int_equal(set->group != NULL, str_is(set->id, "guangshui-2017"));
        if (str_is(set->name, "重庆社情民意")) {
            assert_int_equal(set->gates[0].need, 3 * POINT);
            assert_int_equal(set->gates[1].need, POINT);
            assert_int_equal(set->gates[0].who, set->gates[1].who_not);
            assert_true(set->gates[0].who != 0);
        }
        if (str_is(set->name, "闵行最低"))
            assert_int_equal(set->gates[1].need, 3 * POINT);
    }
    fclose(file);
    assert_int_equal(sets, RULES + UNITS + DUTIES);
    assert_int_equal(others, UNITS);
    assert_int_equal(duties, DUTIES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_collected_sets_read_as_they_stand),
        cmocka_unit_test(a_start_a_floor_and_a_cap_bound_the_whole),
        cmocka_unit_test(only_the_period_counts),
        cmocka_unit_test(what_is_shared_by_three_is_rounded_once_each),
        cmocka_unit_test(half_for_all_and_nothing_but_for_the_first),
        cmocka_unit_test(what_is_similar_earns_once),
        cmocka_unit_test(what_is_similar_is_said_once_for_all),
        cmocka_unit_test(what_is_taken_away_mirrors_what_is_given),
        cmocka_unit_test(so_many_together_count_once),
        cmocka_unit_test(of_a_set_the_best_counts_whatever_it_came_by),
        cmocka_unit_test(a_pool_is_used_up_by_all_its_rules),
        cmocka_unit_test(only_what_counts_replaces),
        cmocka_unit_test(a_section_is_cut_once_and_weighed),
        cmocka_unit_test(what_was_not_done_is_a_veto_for_who_was_there),
        cmocka_unit_test(official_leaves_can_be_left_out),
        cmocka_unit_test(low_totals_two_years_running_are_a_veto),
        cmocka_unit_test(a_missed_gate_lifts_nobody),
        cmocka_unit_test(levels_of_adoption_add),
        cmocka_unit_test(sections_keep_their_bounds_apart),
        cmocka_unit_test(a_cap_is_used_up_in_order),
        cmocka_unit_test(gates_stand_apart_from_points),
        cmocka_unit_test(vetoes_look_back_as_far_as_they_say),
        cmocka_unit_test(some_are_not_scored),
        cmocka_unit_test(absences_concern_who_is_not_scored),
        cmocka_unit_test(a_quota_keeps_the_best),
        cmocka_unit_test(a_fault_is_told_with_its_line),
        cmocka_unit_test(each_kind_of_fault_has_its_reason),
    };
    return cmocka_run_group_tests(tests, ledgers_set_up, ledgers_tear_down);
}
