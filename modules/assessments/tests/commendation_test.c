/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Commendation after the assessment by the front door: who is proposed, taken out, granted, taken
 * back; corrections; a closed year; letters to employers and nominators. Expectations: README.md,
 * rules.md 4. The house: year.h. */
#include "modules/assessments/assessment.h"
#include "modules/assessments/tests/year.h"
#include "modules/nominations/tests/paper_words.h"
#include "platform/settings/settings.h"

/* ---- commendation ---- */

/* By whoever is signed in. */
static struct test_answer withhold(struct desk *d, i64 grading_id, const char *json)
{
    i64 version = 0;
    const char *path = arena_printf(d->t->mem, "/api/v1/gradings/%lld", (long long)grading_id).ptr;
    struct test_answer a = test_get(d->t, path);
    assert_true(str_to_i64(test_json(d->t, &a, "grading.version"), &version));
    return test_api(d->t, POST, arena_printf(d->t->mem, "%s/honour", path).ptr,
                    test_versioned(d->t, json, version));
}

static struct test_answer withholds(struct desk *d, const char *role, i64 grading_id,
                                    const char *json)
{
    test_as_role(d->t, role);
    return withhold(d, grading_id, json);
}

static i64 honours_audited(struct desk *d, const char *before, const char *after)
{
    str from = str_of(before), to = str_of(after);
    return desk_count(d, SQL("SELECT COUNT(*) FROM audits WHERE org_id = :org AND act = "
                             "'assessments.honour' AND before_text = :from AND after_text = :to",
                             P(from), P(to)));
}

static i64 ledger_of_kind(struct desk *d, int who, const char *kind)
{
    i64 member_id = year_member[who];
    str wanted = str_of(kind);
    return desk_count(d, SQL("SELECT COUNT(*) FROM entries WHERE org_id = :org AND member_id = "
                             ":member_id AND kind LIKE :wanted AND source = 'gradings' AND "
                             "state = 'live'",
                             P(member_id), P(wanted)));
}

static i64 ledger_of(struct desk *d, int who)
{
    return ledger_of_kind(d, who, "honour.city");
}

#define WRONG "{\"honour\":\"withheld\",\"reason\":\"No wish\"}"
#define HONOUR                                                                         \
    "{\"title\":\"Best\",\"organ\":\"standing\",\"meeting\":\"Standing 9\",\"on_on\":" \
    "\"2026-01-25\",\"document\":\"Doc 4\"}"

/* The level counts of the day of the honour: here from the first of January on. */
static i64 honouring(struct desk *d)
{
    struct rq rq = test_system_rq(d->t);
    assert_ok(setting_store(&rq, "assessments.honour", str_of("city"), year_day("2026-01-01")));
    i64 id = year_opened(d, "{\"year\":2025}");
    year_does(d, "staff", id, "propose", "{}");
    year_does(d, "leader", id, "approve", DECIDED);
    return id;
}

/* Only Ann has the best grade: Bob has points for it, but no place. */
static void the_best_are_commended_by_people(void **state)
{
    struct desk *d = *state;
    i64 id = honouring(d), ann = year_grading_of(d, id, ANN);
    struct test_answer a = year_at(d, id);
    year_said(d, &a, "gradings.0.honour", "proposed");
    year_said(d, &a, "gradings.1.honour", "");
    assert_int_equal(withholds(d, "staff", ann, "{\"honour\":\"withheld\"}").status, 422);
    assert_int_equal(withholds(d, "staff", ann, WRONG).status, 200);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM todos WHERE org_id = :org AND verb = "
                                       "'honour'")),
                     0);
    assert_int_equal(
        withholds(d, "staff", year_grading_of(d, id, BOB), "{\"honour\":\"proposed\"}").status,
        409);
    assert_int_equal(year_step(d, "leader", id, "honour", HONOUR).status, 409); /* nobody is left */
    test_as_role(d->t, "staff")->person_id = year_person[ANN]; /* a clerk with a seat, in her own */
    a = withhold(d, ann, "{\"honour\":\"proposed\"}");
    assert_int_equal(a.status, 403);
    assert_true(test_has(&a, "assessments.own_honour"));
    a = test_get(d->t, arena_printf(d->t->mem, "/gradings/%lld", (long long)ann).ptr);
    assert_false(test_has(&a, "恢复建议"));
    assert_int_equal(
        test_get(d->t, arena_printf(d->t->mem, "/gradings/%lld/honour", (long long)ann).ptr).status,
        403);
    assert_int_equal(withholds(d, "leader", ann, "{\"honour\":\"proposed\"}").status, 200);
    assert_int_equal(honours_audited(d, "建议表彰", "不表彰：No wish"), 1); /* whatever follows */
    assert_int_equal(honours_audited(d, "不表彰：No wish", "建议表彰"), 1);
    assert_int_equal(year_step(d, "staff", id, "honour", HONOUR).status, 403);
    a = year_step(
        d, "leader", id, "honour",
        "{\"title\":\"Best\",\"organ\":\"chairs\",\"meeting\":\"C 3\",\"on_on\":\"2026-01-19\"}");
    assert_int_equal(a.status, 422);             /* before the grades */
    desk_set(d, "assessments.honour", "nation"); /* later than the day of the honour */
    year_does(d, "leader", id, "honour", HONOUR);
    assert_int_equal(year_step(d, "leader", id, "honour", HONOUR).status, 409);
    assert_int_equal(withholds(d, "leader", ann, "{\"honour\":\"proposed\"}").status,
                     422);                  /* why? */
    assert_int_equal(ledger_of(d, ANN), 0); /* she is not told yet */
    year_does(d, "staff", id, "notify", "{}");
    assert_int_equal(year_told(d, ANN), 2); /* her grade, her honour */
    assert_int_equal(year_told(d, BOB), 1);
    assert_int_equal(ledger_of(d, ANN), 1);
    year_as_own(d, ANN);
    a = test_get(d->t, "/api/v1/assessments/mine");
    year_said(d, &a, "items.0.honour_title", "Best");
    a = test_get(d->t, "/assessments/mine");
    assert_true(test_has(&a, "Best"));
    test_as_role(d->t, "staff");
    a = test_get(d->t, arena_printf(d->t->mem, "/gradings/%lld", (long long)ann).ptr);
    assert_true(test_has(&a, "已表彰") && test_has(&a, "Standing 9"));
    a = test_get(d->t,
                 arena_printf(d->t->mem, "/assessments/%lld/circular.docx", (long long)id).ptr);
    assert_true(str_find(year_docx_words(d, &a), str_of("授予下列委员“Best”称号：Member 0。"), 0) >=
                0);
    struct rq rq = test_system_rq(d->t);
    struct rows rows;
    assert_ok(assessments_of_all(&rq, year_day("2025-01-01"), year_day("2025-12-31"), &rows));
    desk_same(((const struct assessment_verdict *)rows.items)->words, "Good（获表彰）");
}

static i64 corrected(struct desk *d, const char *bob, const char *ann)
{
    i64 id = year_opened(d, "{\"year\":2025,\"reason\":\"Once more.\"}");
    if (bob)
        year_changes(d, "staff", year_grading_of(d, id, BOB), bob);
    if (ann)
        year_changes(d, "staff", year_grading_of(d, id, ANN), ann);
    year_does(d, "staff", id, "propose", "{}");
    year_does(d, "leader", id, "approve", DECIDED);
    year_does(d, "staff", id, "notify", "{}");
    return id;
}

/* The grade stays, she and the ledger know, the log has it. */
static void what_was_granted_wrongly_is_taken_back(void **state)
{
    struct desk *d = *state;
    i64 id = honouring(d), ann = year_grading_of(d, id, ANN);
    year_does(d, "leader", id, "honour", HONOUR);
    year_does(d, "staff", id, "notify", "{}");
    assert_int_equal(withholds(d, "staff", ann, WRONG).status, 403); /* a leader does */
    withholds(d, "leader", ann, "{\"honour\":\"proposed\",\"reason\":\"Typo\"}");
    assert_int_equal(honours_audited(d, "已表彰：Best", "建议表彰：Typo"), 1);
    assert_int_equal(ledger_of(d, ANN), 0);
    year_does(d, "leader", id, "honour", HONOUR); /* now as it should be */
    assert_int_equal(withholds(d, "leader", ann, WRONG).status, 200);
    assert_int_equal(year_told(d, ANN), 5);
    struct test_answer a = year_at(d, corrected(d, NULL, NULL)); /* nor is she proposed again */
    year_said(d, &a, "gradings.0.honour_note", "No wish");
}

/* What a correction takes away goes from the ledger, and she is told. What was granted stays, of
 * the level of its day, whatever the setting says by now; "off" proposes nobody new. */
static void a_correction_takes_the_honour_back(void **state)
{
    struct desk *d = *state;
    i64 first = honouring(d), second;
    year_does(d, "leader", first, "honour", HONOUR);
    year_does(d, "staff", first, "notify", "{}");
    second = year_opened(d, "{\"year\":2025,\"reason\":\"Counted wrongly.\"}");
    year_changes(d, "staff", year_grading_of(d, second, ANN),
                 "{\"grade\":\"Fair\",\"reason\":\"Late\"}");
    year_changes(d, "staff", year_grading_of(d, second, BOB),
                 "{\"grade\":\"Good\",\"reason\":\"Best\"}");
    year_does(d, "staff", second, "propose", "{}");
    year_does(d, "leader", second, "approve", DECIDED);
    struct test_answer a = year_at(d, second);
    year_said(d, &a, "gradings.0.honour", "");
    year_said(d, &a, "gradings.1.honour", "proposed");
    assert_int_equal(ledger_of(d, ANN), 1); /* until it is told */
    year_does(d, "staff", second, "notify", "{}");
    assert_int_equal(ledger_of(d, ANN), 0);
    assert_int_equal(year_told(d, ANN), 4);
    year_does(d, "leader", second, "honour", HONOUR); /* afterwards: at once */
    assert_int_equal(ledger_of(d, BOB), 1);
    assert_int_equal(year_told(d, BOB), 3);
    desk_set(d, "assessments.honour", "off");
    a = year_at(d, corrected(d, NULL, NULL));
    year_said(d, &a, "gradings.1.honour", "granted");
    year_said(d, &a, "gradings.1.honour_title", "Best");
    year_said(d, &a, "gradings.1.honour_level", "city");
    assert_int_equal(ledger_of(d, BOB), 1);
    assert_int_equal(year_told(d, BOB), 3); /* it is no news */
    desk_set(d, "assessments.honour", "nation");
    corrected(d, NULL, NULL);
    assert_int_equal(ledger_of(d, BOB), 1);
    assert_int_equal(ledger_of_kind(d, BOB, "honour.%"), 1);
    desk_set(d, "assessments.honour", "off");
    a = year_at(d, corrected(d, "{\"grade\":\"Fair\",\"reason\":\"Late\"}",
                             "{\"grade\":\"Good\",\"reason\":\"Best\"}"));
    year_said(d, &a, "gradings.0.grade", "Good");
    year_said(d, &a, "gradings.0.honour", "");
    year_said(d, &a, "gradings.1.honour", "");
    assert_int_equal(ledger_of_kind(d, BOB, "honour.%"), 0);
}

static i64 told_words(struct desk *d, const char *like)
{
    str words = str_of(like);
    return desk_count(
        d,
        SQL("SELECT COUNT(*) FROM deliveries WHERE org_id = :org AND words LIKE :words", P(words)));
}

/* Opened anew and decided, not told yet. */
static i64 decided_anew(struct desk *d)
{
    i64 id = year_opened(d, "{\"year\":2025,\"reason\":\"Once more.\"}");
    year_does(d, "staff", id, "propose", "{}");
    year_does(d, "leader", id, "approve", DECIDED);
    return id;
}

/* Each learns why he has it no more, and what it is called by now. */
static void a_correction_says_why_and_what(void **state)
{
    struct desk *d = *state;
    i64 id = honouring(d);
    year_does(d, "leader", id, "honour", HONOUR);
    year_does(d, "staff", id, "notify", "{}");
    assert_int_equal(told_words(d, "%获表彰：%"), 1);
    id = decided_anew(d);
    withholds(d, "leader", year_grading_of(d, id, ANN),
              "{\"honour\":\"proposed\",\"reason\":\"Typo\"}");
    year_does(d, "leader", id, "honour",
              "{\"title\":\"Better\",\"organ\":\"standing\",\"meeting\":\"Standing 9\","
              "\"on_on\":\"2026-01-25\"}");
    assert_int_equal(told_words(d, "%获表彰：Better"), 0); /* once it is told */
    year_does(d, "staff", id, "notify", "{}");
    assert_int_equal(told_words(d, "%获表彰：Better"), 1);
    assert_int_equal(told_words(d, "%获表彰：%"), 2);
    id = decided_anew(d);
    assert_int_equal(withholds(d, "leader", year_grading_of(d, id, ANN), WRONG).status, 200);
    year_does(d, "staff", id, "notify", "{}");
    assert_int_equal(told_words(d, "%“Better”表彰已经撤回：No wish"), 1);
    assert_int_equal(told_words(d, "%的表彰不再有效"), 0);
    assert_int_equal(ledger_of_kind(d, ANN, "honour.%"), 0);
}

/* Also where the grade between was another. */
static void who_is_taken_out_stays_out(void **state)
{
    struct desk *d = *state;
    i64 id = honouring(d);
    assert_int_equal(withholds(d, "staff", year_grading_of(d, id, ANN), WRONG).status, 200);
    year_does(d, "staff", id, "notify", "{}");
    struct test_answer a =
        year_at(d, corrected(d, NULL, "{\"grade\":\"Fair\",\"reason\":\"Late\"}"));
    year_said(d, &a, "gradings.0.honour", "");
    a = year_at(d, corrected(d, NULL, "{\"grade\":\"Good\",\"reason\":\"Best\"}"));
    year_said(d, &a, "gradings.0.grade", "Good");
    year_said(d, &a, "gradings.0.honour", "withheld");
    year_said(d, &a, "gradings.0.honour_note", "No wish");
}

static i64 honour_todos(struct desk *d)
{
    return desk_count(d, SQL("SELECT COUNT(*) FROM todos WHERE org_id = :org AND verb = 'honour'"));
}

/* Who is still proposed when it is closed can be set aside by who decides, before anything is
 * granted; what is granted offers no answer of its own. */
static void nobody_slips_in_after_closing(void **state)
{
    struct desk *d = *state;
    desk_set(d, "assessments.talk_grades", "0");
    i64 id = honouring(d), ann = year_grading_of(d, id, ANN);
    const char *form = arena_printf(d->t->mem, "/gradings/%lld/honour", (long long)ann).ptr;
    year_does(d, "staff", id, "notify", "{}");
    year_does(d, "staff", id, "close", "{}");
    assert_int_equal(honour_todos(d), 1);
    assert_int_equal(withholds(d, "staff", ann, WRONG).status, 409);
    test_as_role(d->t, "leader");
    struct test_answer a = test_get(d->t, form);
    assert_true(a.status == 200 && (test_has(&a, " checked") || test_has(&a, " selected")));
    assert_int_equal(withholds(d, "leader", ann, WRONG).status, 200);
    assert_int_equal(honour_todos(d), 0);
    assert_int_equal(year_step(d, "leader", id, "honour", HONOUR).status, 409);
    assert_int_equal(withholds(d, "leader", ann, "{\"honour\":\"proposed\"}").status, 200);
    year_does(d, "leader", id, "honour", HONOUR);
    assert_int_equal(ledger_of(d, ANN), 1);
    assert_int_equal(honour_todos(d), 0);
    test_as_role(d->t, "leader");
    a = test_get(d->t, form);
    assert_int_equal(a.status, 200);
    assert_false(test_has(&a, " checked") || test_has(&a, " selected"));
}

static struct test_answer letters(struct desk *d, i64 id, const char *to)
{
    test_as_role(d->t, "staff");
    return test_get(
        d->t,
        arena_printf(d->t->mem, "/assessments/%lld/letters.pdf?to=%s", (long long)id, to).ptr);
}

/* Whether the page of the assessment offers the letters. */
static bool offers(struct desk *d, i64 id, const char *to)
{
    test_as_role(d->t, "staff");
    struct test_answer a =
        test_get(d->t, arena_printf(d->t->mem, "/assessments/%lld", (long long)id).ptr);
    assert_int_equal(a.status, 200);
    return test_has(&a, arena_printf(d->t->mem, "letters.pdf?to=%s", to).ptr);
}

/* A page for each body with its own people: Ann and Bob are of Works, Cid of Mills. */
static void employers_and_nominators_are_written_to(void **state)
{
    struct desk *d = *state;
    i64 id = honouring(d), ann = year_person[ANN], bob = year_person[BOB], cid = year_person[CID];
    i64 eve = year_member[EVE];
    year_does(d, "leader", id, "honour", HONOUR);
    assert_int_equal(letters(d, id, "employer").status, 409); /* she is told first */
    year_does(d, "staff", id, "notify", "{}");
    assert_int_equal(letters(d, id, "employer").status, 409); /* nobody's is known */
    assert_false(offers(d, id, "employer") || offers(d, id, "nominator"));
    assert_int_equal(letters(d, id, "nobody").status, 422);
    year_run(d,
             SQL("UPDATE persons SET employer = CASE WHEN id = :cid THEN 'Mills' ELSE 'Works' END "
                 "WHERE org_id = :org AND id IN (:ann, :bob, :cid)",
                 P(cid), P(ann), P(bob)));
    struct test_answer a = letters(d, id, "employer");
    assert_int_equal(a.status, 200);
    str words = paper_words(d->t->mem, a.body), title = str_of("年度政协委员履职考核结果的函");
    bool read = words.len > 0; /* where nothing can, there is still the file */
    i64 one = str_find(words, title, 0), two = str_find(words, title, (size_t)one + 1);
    assert_true(!read || (one >= 0 && two > one && str_find(words, title, (size_t)two + 1) < 0));
    assert_true(!read || str_find(words, str_of("Member 0：Good，授予“Best”称号"), 0) >= 0);
    assert_true(!read || str_find(words, str_of("Member 3"), 0) < 0);
    assert_int_equal(letters(d, id, "nominator").status, 409);
    assert_true(offers(d, id, "employer") && !offers(d, id, "nominator"));
    year_run(
        d, SQL("INSERT INTO nominations (org_id, state, kind, nominator_kind, nominator, "
               "nominated_on, member_id, name, gender, birth_on, party, employer, sector_id) "
               "SELECT :org, 'appointed', 'augment', 'party', 'League', 1, :eve, '', 'female', 0, "
               "'cpc', '', MIN(id) FROM sectors WHERE org_id = :org",
               P(eve)));
    assert_true(offers(d, id, "nominator"));
    a = letters(d, id, "nominator");
    assert_int_equal(a.status, 200);
    assert_true(!read || str_find(paper_words(d->t->mem, a.body), str_of("League"), 0) >= 0);
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, year_open, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(the_best_are_commended_by_people),
        T(what_was_granted_wrongly_is_taken_back),
        T(a_correction_takes_the_honour_back),
        T(a_correction_says_why_and_what),
        T(who_is_taken_out_stays_out),
        T(nobody_slips_in_after_closing),
        T(employers_and_nominators_are_written_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
