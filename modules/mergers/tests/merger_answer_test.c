/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Three proposals handled as one (issue 3, point 3): 2, 3 and 1 suggestions become six items, each
 * with its origin; five signers, of whom one signs two, are asked once each; the one answer goes
 * out as three letters with numbers that follow each other, each to its own signers and with its
 * own items only; each proposer gives his verdict; other members see what is the main one's. */
#include <zip.h>

#include "modules/mergers/merger.h"
#include "modules/proposals/tests/desk.h"
#include "modules/proposals/tests/desk_look.h"
#include "modules/transfers/transfer_record.h"
#include "platform/settings/settings.h"

/* ---- three proposals ---- */

struct three {
    struct desk *d;
    i64 main, second, third, assignment;
    bool of_a_body; /* the third */
};

static err record(struct rq *rq, const char *title, const char *const *suggestions,
                  const char *const *proposers, i64 *id)
{
    char result;
    struct transfer_record r = { .title = str_of(title),
                                 .situation = str_of("Eight thousand wait for one bus."),
                                 .analysis = str_of("The line was planned for the old town."),
                                 .consent = str_of("yes"),
                                 .source = str_of("test"),
                                 .source_id = str_of(title) };
    for (; *suggestions; suggestions++)
        strs_add(rq->mem, &r.suggestions, str_of(*suggestions));
    for (; *proposers; proposers++)
        strs_add(rq->mem, &r.proposers, str_of(*proposers));
    return transfer_save_record(rq, &r, id, &result);
}

static err three_make(struct rq *rq, void *context)
{
    static const char *const FIRST[] = { "A line over the bridge.", "A later last bus.", NULL };
    static const char *const SECOND[] = { "Roofs at the stops.", "A later last bus!", "Lamps.",
                                          NULL };
    static const char *const THIRD[] = { "A stop at the school.", NULL };
    static const char *const LI_WANG[] = { "Li", "Wang", NULL };
    static const char *const ZHAO_SUN[] = { "Zhao", "Sun", NULL };
    static const char *const LI_ZHOU[] = { "Li", "Zhou", NULL };
    static const char *const A_UNION[] = { "Union of glass works", NULL };
    struct three *t = context;
    TRY(record(rq, "The bridge", FIRST, LI_WANG, &t->main));
    TRY(record(rq, "The stops", SECOND, ZHAO_SUN, &t->second));
    return record(rq, "The school", THIRD, t->of_a_body ? A_UNION : LI_ZHOU, &t->third);
}

static struct three three_made(struct desk *d, bool of_a_body)
{
    struct three t = { .d = d, .of_a_body = of_a_body };
    assert_ok(test_write(d->t, three_make, &t));
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, t.main, "docket", "{\"category\":\"transport\"}"), 200);
    const char *into = arena_printf(d->t->mem, "{\"main_id\":%lld}", (long long)t.main).ptr;
    assert_int_equal(desk_act(d, t.second, "merge", into), 200);
    assert_int_equal(desk_act(d, t.third, "merge", into), 200);
    desk_assign(d, t.main);
    t.assignment = desk_assignment(d, t.main);
    return t;
}

static struct three three_of(struct desk *d)
{
    return three_made(d, false);
}

/* ---- one answer ---- */

static void step(struct three *t, const char *verb, const char *json)
{
    struct desk *d = t->d;
    const char *path =
        arena_printf(d->t->mem, "/api/v1/assignments/%lld/%s", (long long)t->assignment, verb).ptr;
    struct test_answer a =
        test_api(d->t, POST, path,
                 test_versioned(d->t, json, desk_assignment_version(d, t->assignment)));
    if (a.status != 200)
        fail_msg("%s: %d %.*s", verb, a.status, (int)a.body.len, a.body.ptr);
}

/* The answer to item n is "Answer n."; one promise is about item 4, which is the second's. */
static void answer(struct three *t)
{
    desk_as_operator(t->d, 0);
    step(t, "accept", "{}");
    step(
        t, "contact",
        "{\"way\":\"visit\",\"held_on\":\"2026-11-25\",\"with_whom\":\"Li\",\"content\":\"Met.\"}");
    step(t, "reply",
         "{\"class\":\"b\",\"opening\":\"We have your proposal.\",\"results\":[\"adopted\","
         "\"adopted\",\"planned\",\"adopted\",\"adopted\",\"planned\"],\"answers\":[\"Answer 1.\","
         "\"Answer 2.\",\"Answer 3.\",\"Answer 4.\",\"Answer 5.\",\"Answer 6.\"],"
         "\"promise_texts\":[\"A later bus on Fridays\"],\"promise_days\":[\"2027-06-30\"],"
         "\"promise_owners\":[\"Ma\"],\"promise_items\":[\"4\"],\"closing\":\"Thank you.\","
         "\"operator\":\"Ding\",\"phone\":\"0883-1234567\",\"public\":true}");
    desk_as_agency_leader(t->d, 0);
    step(t, "sign", "{\"signer\":\"He\"}");
}

/* ---- looking ---- */

static str at(struct three *t, const struct test_answer *a, const char *path)
{
    return test_json(t->d->t, a, path);
}

static const char *id_text(struct three *t, i64 id)
{
    return arena_printf(t->d->t->mem, "%lld", (long long)id).ptr;
}

/* word/document.xml of a letter. */
static str letter(struct three *t, i64 origin)
{
    const char *of =
        origin ? arena_printf(t->d->t->mem, "?origin=%lld", (long long)origin).ptr : "";
    struct test_answer a = desk_page(t->d, "/assignments/", t->assignment,
                                     arena_printf(t->d->t->mem, "/docx%s", of).ptr);
    assert_int_equal(a.status, 200);
    zip_error_t error;
    zip_source_t *source = zip_source_buffer_create(a.body.ptr, a.body.len, 0, &error);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    assert_non_null(zip);
    struct zip_stat stat;
    assert_int_equal(zip_stat(zip, "word/document.xml", 0, &stat), 0);
    char *text = arena_zero(t->d->t->mem, stat.size + 1);
    zip_file_t *file = zip_fopen(zip, "word/document.xml", 0);
    assert_int_equal(zip_fread(file, text, stat.size), (zip_int64_t)stat.size);
    zip_fclose(file);
    zip_discard(zip);
    return (str){ text, stat.size };
}

static bool says(str text, const char *words)
{
    return strstr(text.ptr, words) != NULL;
}

static void items_and_persons_are_of_all_three(void **state)
{
    struct desk *d = *state;
    struct three t = three_of(d);
    const i64 origins[] = { t.main, t.main, t.second, t.second, t.second, t.third };
    static const char *const NUMBERS[] = { "1", "2", "1", "2", "3", "1" };
    desk_as_operator(d, 0);
    struct test_answer a = desk_page(d, "/api/v1/assignments/", t.assignment, "");
    for (int i = 0; i < 6; i++) {
        desk_same(at(&t, &a, arena_printf(d->t->mem, "items.%d.origin_id", i).ptr),
                  id_text(&t, origins[i]));
        desk_same(at(&t, &a, arena_printf(d->t->mem, "items.%d.origin_number", i).ptr), NUMBERS[i]);
    }
    desk_same(at(&t, &a, "items.6.number"), "");
    desk_same(at(&t, &a, "items.3.text"), "A later last bus!（同第2条）");
    desk_same(at(&t, &a, "persons.4"), "Zhou"); /* Li once, though he signs two */
    desk_same(at(&t, &a, "persons.5"), "");
    desk_same(at(&t, &a, "subject.merged.1.id"), id_text(&t, t.third));
    a = desk_page(d, "/assignments/", t.assignment, "");
    assert_true(desk_has(&a, "The stops"));
    assert_int_equal(desk_page(d, "/api/v1/proposals/", t.second, "").status, 200);
    a = desk_page(d, "/assignments/", t.assignment, "/reply");
    assert_int_equal(a.status, 409); /* not taken yet */
}

static void each_proposal_gets_a_letter_of_its_own(void **state)
{
    struct desk *d = *state;
    struct three t = three_of(d);
    answer(&t);
    desk_as_member(d, 2); /* Zhao, of the second */
    struct test_answer a = desk_page(d, "/api/v1/proposals/", t.second, "");
    str number = at(&t, &a, "letters.0.number");
    assert_true(says(number, "2号")); /* next to that of the main one */
    a = desk_page(d, "/proposals/", t.second, "");
    assert_true(desk_has(&a, "对这件提案的答复函"));
    assert_true(desk_has(&a, arena_printf(d->t->mem, "origin=%lld", (long long)t.second).ptr));
    str own = letter(&t, t.second);
    assert_true(says(own, "Zhao委员、Sun：") && !says(own, "Li委员"));
    assert_true(says(own, "Answer 3.") && says(own, "Answer 4.") && says(own, "Answer 5."));
    assert_false(says(own, "Answer 2.") || says(own, "Answer 6."));
    assert_true(says(own, "关于第1条建议") && says(own, "关于第3条建议"));
    assert_false(says(own, "关于第4条建议"));
    assert_true(says(own, "第0002号") && says(own, "合并办理"));
    assert_true(says(own, "1. A later bus on Fridays") && says(own, "对应第2条建议"));
    str main = letter(&t, 0);
    assert_true(says(main, "Li委员、Wang委员：") && says(main, "Answer 1."));
    assert_false(says(main, "Answer 3.") || says(main, "合并办理"));
    assert_false(says(main, "A later bus on Fridays"));
    assert_true(says(letter(&t, t.third), "Answer 6."));
    a = test_get(d->t, arena_printf(d->t->mem, "/assignments/%lld/pdf?origin=%lld",
                                    (long long)t.assignment, (long long)t.third)
                           .ptr);
    assert_int_equal(a.status, 200);
    a = test_get(
        d->t,
        arena_printf(d->t->mem, "/assignments/%lld/pdf?origin=99999", (long long)t.assignment).ptr);
    assert_int_equal(a.status, 404);
    desk_as_reviewer(d);
    a = desk_page(d, "/api/v1/assignments/", t.assignment, "");
    assert_true(says(at(&t, &a, "replies.0.letters.0.number"), "1号"));
    assert_true(says(at(&t, &a, "replies.0.letters.1.number"), "2号"));
    assert_true(says(at(&t, &a, "replies.0.letters.2.number"), "3号"));
}

static int evaluate(struct three *t, size_t member)
{
    desk_as_member(t->d, member);
    const char *path =
        arena_printf(t->d->t->mem, "/api/v1/assignments/%lld/evaluate", (long long)t->assignment)
            .ptr;
    return test_api(t->d->t, POST, path,
                    test_versioned(
                        t->d->t,
                        "{\"visit\":\"visited\",\"manner\":\"satisfied\",\"hearing\":\"visit\","
                        "\"relevance\":\"direct\",\"handling\":\"satisfied\","
                        "\"result\":\"satisfied\",\"text\":\"Noted.\"}",
                        desk_assignment_version(t->d, t->assignment)))
        .status;
}

/* Li, Wang and Zhao are members: one verdict each, and the third closes it. */
static void every_proposer_gives_his_verdict(void **state)
{
    struct desk *d = *state;
    struct three t = three_of(d);
    answer(&t);
    assert_int_equal(evaluate(&t, 0), 200);
    assert_int_equal(evaluate(&t, 1), 200);
    desk_same(desk_load(d, t.main).state, "evaluating");
    assert_int_equal(evaluate(&t, 2), 200);
    assert_true(desk_load(d, t.main).closed_at > 0);
    desk_same(desk_load(d, t.third).state, "merged");
}

/* The office writes down the union's word, which is one of several that are open. */
static int transcribe(struct three *t)
{
    struct arena *mem = t->d->t->mem;
    i64 id = 0, assignment_id = t->assignment;
    assert_ok(db_i64(t->d->t->db,
                     SQL("SELECT id FROM evaluations WHERE org_id = :org AND assignment_id = "
                         ":assignment_id AND person_id = 0",
                         P(assignment_id)),
                     &id));
    desk_as_staff(t->d);
    str path = arena_printf(mem, "/api/v1/assignments/%lld/transcribe", (long long)t->assignment);
    str json = arena_printf(mem,
                            "{\"visit\":\"visited\",\"manner\":\"satisfied\",\"hearing\":\"visit\","
                            "\"relevance\":\"direct\",\"handling\":\"satisfied\",\"result\":"
                            "\"satisfied\",\"basis\":\"Their letter of today.\","
                            "\"evaluation_id\":%lld}",
                            (long long)id);
    return test_api(t->d->t, POST, path.ptr,
                    test_versioned(t->d->t, json.ptr, desk_assignment_version(t->d, t->assignment)))
        .status;
}

/* A body that asked alone gives its own verdict beside those of the others' members. */
static void a_body_is_asked_for_its_own(void **state)
{
    struct desk *d = *state;
    struct three t = three_made(d, true);
    answer(&t);
    for (size_t member = 0; member < 3; member++)
        assert_int_equal(evaluate(&t, member), 200);
    desk_same(desk_load(d, t.main).state, "evaluating"); /* the union has not spoken */
    assert_int_equal(transcribe(&t), 200);
    assert_true(desk_load(d, t.main).closed_at > 0);
}

static err close_by_leads(struct rq *rq, void *context)
{
    (void)context;
    return setting_store(rq, "assignments.close_rule", str_of("lead"), rq->today);
}

/* With the word of leads alone it waits for the first of each of the three. */
static void the_lead_of_each_has_a_word(void **state)
{
    struct desk *d = *state;
    struct three t = three_made(d, true);
    assert_ok(test_write(d->t, close_by_leads, NULL));
    answer(&t);
    assert_int_equal(evaluate(&t, 0), 200); /* Li, of the main one */
    assert_int_equal(transcribe(&t), 200);
    desk_same(desk_load(d, t.main).state, "evaluating");
    assert_int_equal(evaluate(&t, 2), 200); /* Zhao, of the second; Wang is nobody's first */
    assert_true(desk_load(d, t.main).closed_at > 0);
}

/* Who stands far from it reads what is the main one's: whether the others agree to publication is
 * theirs. */
static void others_read_the_main_ones_part(void **state)
{
    struct desk *d = *state;
    struct three t = three_of(d);
    answer(&t);
    desk_as_member(d, 0);
    d->actor->person_id = d->actor->member_id = 9999; /* a member who signs none of them */
    struct test_answer a = desk_page(d, "/proposals/", t.main, "");
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "Answer 1."));
    assert_false(desk_has(&a, "Answer 3."));
    assert_false(desk_has(&a, "Roofs at the stops."));
    a = desk_page(d, "/api/v1/proposals/", t.main, "");
    assert_false(desk_has(&a, "Answer 3."));
    assert_false(desk_has(&a, "A later bus on Fridays"));
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(items_and_persons_are_of_all_three), T(each_proposal_gets_a_letter_of_its_own),
        T(every_proposer_gives_his_verdict),   T(a_body_is_asked_for_its_own),
        T(the_lead_of_each_has_a_word),        T(others_read_the_main_ones_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
