/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A letter from the phone to its end: whose it is, the receipt, what the sender sees and does, what
 * staff sees and does, consents, retention, wrong receipts, what is nowhere written. Expectations:
 * README.md; quality P1, P2, P4, P6, P7, P10. */
#include "modules/mailbox/tests/mailbox.h"
#include "platform/jobs/jobs.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/digest.h"
#include "tests/matrix/dump.h"

static const i64 DAY = INT64_C(86400000);

/* ---- coming in ---- */

static void it_goes_to_who_looks_after_the_place(void **state)
{
    struct house *h = *state;
    house_write(h, "");
    h->t->org = h->city;
    assert_int_equal(house_number(h, SQL("SELECT count(*) AS n FROM letters WHERE org_id = :org "
                                         "AND county = 'Lindistrict' AND town = 'Mangtown' AND "
                                         "area_name = 'Lindistrict Mangtown Lowvillage'")),
                     1);
    struct test_answer a = house_send(h, &(struct stranger){ "/letters/new?area=990200", BOX_HERE,
                                                             "body=No+water+since+May.", false });
    assert_int_equal(a.status, 200);
    h->t->org = h->county;
    assert_int_equal(house_number(h, SQL("SELECT count(*) AS n FROM letters WHERE org_id = :org")),
                     1);
    i64 id = house_newest(h);
    house_as_staff(h); /* the city sees nothing of it */
    a = test_get(h->t, arena_printf(h->t->mem, "/letters/%lld", (long long)id).ptr);
    assert_int_equal(a.status, 404);
    house_as_county(h);
    a = test_get(h->t, arena_printf(h->t->mem, "/letters/%lld", (long long)id).ptr);
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "No water since May"));
}

static void a_place_is_chosen_step_by_step(void **state)
{
    struct house *h = *state;
    test_as_nobody(h->t);
    struct test_answer a = test_get(h->t, "/letters/place");
    assert_true(test_has(&a, "/letters/place?area=990100"));
    a = test_get(h->t, "/letters/place?area=990100001");
    assert_true(test_has(&a, "/letters/new?area=990100001201"));
    assert_true(test_has(&a, "Lindistrict Mangtown"));
    a = test_get(h->t, "/letters/new?area=990100001201");
    assert_true(test_has(&a, "Lindistrict Mangtown Lowvillage"));
    a = test_get(h->t, "/letters/new?area=770000"); /* nowhere: it can be written all the same */
    assert_int_equal(a.status, 200);
}

static void without_a_script_it_comes_in_apart(void **state)
{
    struct house *h = *state;
    struct test_answer a = house_send(h, &(struct stranger){ "/letters/new", BOX_HERE,
                                                             "body=The+bridge+sways.", true });
    assert_int_equal(a.status, 200);
    assert_int_equal(house_digits(h, &a).len, 20);
    assert_int_equal(house_number(h, SQL("SELECT count(*) AS n FROM letters WHERE org_id = :org "
                                         "AND lane = 'unproved'")),
                     1);
    /* nobody's list of what is to be done grows by it */
    assert_int_equal(house_number(h, SQL("SELECT count(*) AS n FROM todos WHERE org_id = :org AND "
                                         "flow = 'letters'")),
                     0);
    house_write(h, "");
    assert_int_equal(house_number(h, SQL("SELECT count(*) AS n FROM todos WHERE org_id = :org AND "
                                         "flow = 'letters'")),
                     1);
}

static void what_is_wrong_is_told_and_nothing_is_lost(void **state)
{
    struct house *h = *state;
    struct test_answer a =
        house_send(h, &(struct stranger){ "/letters/new", BOX_HERE,
                                          "body=The+bridge+sways.&phone=1380000", false });
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "The bridge sways."));
    str words = text_find("mailbox.consent_needed");
    assert_true(str_find(a.body, words, 0) > 0);
    a = house_send(h, &(struct stranger){ "/letters/new", BOX_HERE, "body=x", false });
    assert_int_equal(a.status, 422);
    a = house_send(h, &(struct stranger){ "/letters/new", BOX_HERE,
                                          "body=The+bridge+sways.&mail=nobody&consent=1", false });
    assert_int_equal(a.status, 422);
    assert_int_equal(house_newest(h), 0);
}

static struct test_answer send_stamped(struct house *h, str stamp, str proof, const char *body)
{
    struct test_request rq = { .method = "POST", .target = "/letters/new", .peer = BOX_HERE };
    rq.body = arena_printf(h->t->mem, "%s&stamp=%.*s&proof=%.*s", body, (int)stamp.len, stamp.ptr,
                           (int)proof.len, proof.ptr);
    test_header(&rq, "Content-Type", str_of("application/x-www-form-urlencoded"));
    return test_ask(h->t, &rq);
}

static void sent_twice_it_is_one_and_the_receipt_is_told_again(void **state)
{
    struct house *h = *state;
    test_as_nobody(h->t);
    str stamp = box_stamp(h->t, "/letters/new", BOX_HERE), proof = box_proof(h->t->mem, stamp);
    struct test_answer a = send_stamped(h, stamp, proof, "body=The+bridge+sways.");
    str digits = house_digits(h, &a);
    assert_int_equal(digits.len, 20);
    for (int i = 0; i < 2; i++) {
        a = send_stamped(h, stamp, proof, "body=The+bridge+sways.");
        assert_true(str_eq(house_digits(h, &a), digits));
    }
    assert_int_equal(house_number(h, SQL("SELECT count(*) AS n FROM letters WHERE org_id = :org")),
                     1);
}

/* A telephone that sends when it has a net again: days later, with a new form, once or thrice. */
static void sent_later_it_is_one(void **state)
{
    struct house *h = *state;
    static const char BODY[] = "body=The+bridge+sways.&once=00112233445566778899aabbccddeeff";
    const struct stranger s = { "/letters/new", BOX_HERE, BODY, false };
    struct test_answer a = house_send(h, &s);
    str digits = house_digits(h, &a);
    h->t->app.clock.fixed_ms += 3 * DAY;
    a = house_send(h, &s);
    assert_int_equal(a.status, 200);
    assert_true(str_eq(house_digits(h, &a), digits) && digits.len == 20);
    assert_int_equal(house_number(h, SQL("SELECT count(*) AS n FROM letters WHERE org_id = :org")),
                     1);
    a = house_send(h, &(struct stranger){ "/letters/new", BOX_HERE,
                                          "body=The+bridge+sways.&once=short", false });
    assert_int_equal(a.status, 422);
}

/* ---- following ---- */

static void the_sender_reads_answers_and_judges(void **state)
{
    struct house *h = *state;
    str digits = house_write(h, "");
    i64 id = house_newest(h);
    struct test_answer a = house_follow(h, digits, "");
    assert_int_equal(a.status, 200);
    assert_true(str_find(a.body, text_find("mailbox.now.received"), 0) > 0);
    assert_true(test_has(&a, "2026年11月27日")); /* two working days from Wednesday, the 25th */
    house_as_staff(h);
    assert_int_equal(house_step(h, id, "ask", "{\"opinion\":\"Which lamp is it?\"}").status, 200);
    assert_int_equal(
        house_step(h, id, "triage", "{\"category\":\"roads\",\"kind\":\"concern\"}").status, 200);
    a = house_follow(h, digits, "&act=add&text=The+one+by+the+well.");
    assert_true(test_has(&a, "Which lamp is it?") && test_has(&a, "The one by the well."));
    house_as_staff(h);
    a = test_get(h->t, arena_printf(h->t->mem, "/letters/%lld", (long long)id).ptr);
    assert_true(test_has(&a, "The one by the well."));
    assert_int_equal(house_step(h, id, "close", "{}").status, 409);
    assert_int_equal(house_step(h, id, "answer", "{\"opinion\":\"It is mended.\"}").status, 200);
    assert_int_equal(house_step(h, id, "close", "{}").status, 409); /* his word comes first */
    a = house_follow(h, digits, "");
    assert_true(test_has(&a, "It is mended.") && test_has(&a, "2026年12月10日")); /* 15 days */
    a = house_follow(h, digits, "&act=evaluate");
    assert_int_equal(a.status, 422);
    a = house_follow(h, digits, "&act=evaluate&verdict=partly&text=Half+of+it.");
    assert_int_equal(a.status, 200);
    a = house_follow(h, digits, "&act=evaluate&verdict=solved");
    assert_int_equal(a.status, 409);
    house_as_staff(h);
    assert_int_equal(house_step(h, id, "close", "{}").status, 200);
    assert_int_equal(house_number(h, SQL("SELECT count(*) AS n FROM letters WHERE org_id = :org "
                                         "AND ended = 'office' AND verdict = 'partly' AND "
                                         "verdict_text = 'Half of it.'")),
                     1);
    a = house_follow(h, digits, "&act=add&text=More.");
    assert_int_equal(a.status, 409);
}

static void a_question_without_an_answer_ends(void **state)
{
    struct house *h = *state;
    str digits = house_write(h, "");
    i64 id = house_newest(h);
    const char *page = arena_printf(h->t->mem, "/letters/%lld", (long long)id).ptr;
    const char *json = arena_printf(h->t->mem, "/api/v1/letters/%lld", (long long)id).ptr;
    house_as_staff(h);
    assert_ok(db_run(h->t->db,
                     SQL("INSERT INTO accounts (id, org_id, login_name, name, created_at) VALUES "
                         "(100, :org, 'li', 'Li', 1)"),
                     NULL)); /* staff can be told */
    assert_int_equal(house_step(h, id, "recall", "{}").status, 409);
    struct test_answer a = test_get(h->t, page);
    assert_false(test_has(&a, "收回追问"));
    assert_int_equal(house_step(h, id, "ask", "{\"opinion\":\"Which lamp?\"}").status, 200);
    a = test_get(h->t, page);
    assert_true(test_has(&a, "收回追问") && test_has(&a, "2026年12月10日")); /* 15 days */
    a = house_follow(h, digits, "");
    assert_true(test_has(&a, "2026年12月10日"));
    house_as_county(h);
    assert_int_equal(house_step(h, id, "recall", "{}").status, 404);
    house_as_staff(h);
    assert_int_equal(house_step(h, id, "recall", "{}").status, 200);
    assert_int_equal(house_step(h, id, "recall", "{}").status, 409);
    a = test_get(h->t, json);
    assert_true(str_is(test_json(h->t, &a, "awaits_answer"), "false"));
    a = house_follow(h, digits, "");
    assert_true(test_has(&a, "不用再回答了"));
    /* asked again and answered */
    house_as_staff(h);
    assert_int_equal(house_step(h, id, "ask", "{\"opinion\":\"Which street?\"}").status, 200);
    a = test_get(h->t, json);
    assert_true(str_is(test_json(h->t, &a, "awaits_answer"), "true"));
    assert_true(str_is(test_json(h->t, &a, "answer_until"), "2026-12-10"));
    house_follow(h, digits, "&act=add&text=Well+Street.");
    house_as_staff(h);
    a = test_get(h->t, page);
    assert_true(test_has(&a, "来信人已经回答"));
    assert_int_equal(house_number(h, SQL("SELECT count(*) AS n FROM deliveries WHERE org_id = :org "
                                         "AND words LIKE '%来信人回答了您的追问%'")),
                     1);
    /* asked a third time: silence */
    assert_int_equal(house_step(h, id, "ask", "{\"opinion\":\"Which house?\"}").status, 200);
    h->t->app.clock.fixed_ms += 15 * DAY;
    assert_ok(jobs_run_due(&h->t->app, h->t->app.clock.fixed_ms, NULL));
    a = test_get(h->t, json);
    assert_true(str_is(test_json(h->t, &a, "awaits_answer"), "true")); /* his last day */
    h->t->app.clock.fixed_ms += DAY;
    assert_ok(jobs_run_due(&h->t->app, h->t->app.clock.fixed_ms, NULL));
    a = test_get(h->t, page);
    assert_true(test_has(&a, "没有回答，已失效") && test_has(&a, "追问没有回答，已失效"));
    assert_int_equal(house_number(h, SQL("SELECT count(*) AS n FROM deliveries WHERE org_id = :org "
                                         "AND words LIKE '%追问已经失效%'")),
                     1);
    assert_int_equal(
        house_step(h, id, "triage", "{\"category\":\"roads\",\"kind\":\"concern\"}").status, 200);
}

static void a_question_may_wait_for_ever(void **state)
{
    struct house *h = *state;
    str digits = house_write(h, "");
    i64 id = house_newest(h);
    house_as_staff(h);
    assert_int_equal(house_step(h, id, "ask", "{\"opinion\":\"Which lamp?\"}").status, 200);
    struct rq rq = test_system_rq(h->t);
    assert_ok(setting_store(&rq, "mailbox.question_days", str_of("0"), rq.today));
    h->t->app.clock.fixed_ms += 400 * DAY;
    assert_ok(jobs_run_due(&h->t->app, h->t->app.clock.fixed_ms, NULL));
    struct test_answer a = house_follow(h, digits, "");
    assert_true(test_has(&a, "请您回答。"));
}

static void a_letter_of_the_county_is_followed_at_the_same_door(void **state)
{
    struct house *h = *state;
    struct test_answer a = house_send(h, &(struct stranger){ "/letters/new?area=990200", BOX_HERE,
                                                             "body=No+water+since+May.", false });
    str digits = house_digits(h, &a);
    h->t->org = h->county;
    i64 id = house_newest(h);
    a = house_follow(h, digits, "&act=add&text=Still+none.");
    assert_int_equal(a.status, 200);
    h->t->org = h->county;
    assert_int_equal(house_number(h, SQL("SELECT count(*) AS n FROM letter_messages WHERE org_id = "
                                         ":org AND author = 'sender'")),
                     1);
    house_as_county(h);
    assert_int_equal(house_step(h, id, "route", "{\"opinion\":\"Go to No. 5.\"}").status, 200);
    a = house_follow(h, digits, "");
    assert_true(test_has(&a, "Go to No. 5."));
    assert_true(test_has(&a, " · County Cppcc</title>"));
}

static void until_the_receipt_is_known_the_page_is_in_nobodys_name(void **state)
{
    struct house *h = *state;
    struct test_answer a = house_send(h, &(struct stranger){ "/letters/new?area=990200", BOX_HERE,
                                                             "body=No+water+since+May.", false });
    assert_true(test_has(&a, "County Cppcc"));
    a = test_get(h->t, "/letters/follow");
    assert_int_equal(a.status, 200);
    assert_false(test_has(&a, " · ")); /* neither the first organisation's nor another's */
}

static void silence_ends_it(void **state)
{
    struct house *h = *state;
    house_write(h, "");
    i64 id = house_newest(h);
    house_as_staff(h);
    assert_int_equal(house_step(h, id, "answer", "{\"opinion\":\"It is mended.\"}").status, 200);
    h->t->app.clock.fixed_ms += 15 * DAY - 3600000;
    assert_ok(jobs_run_due(&h->t->app, h->t->app.clock.fixed_ms, NULL));
    assert_int_equal(house_number(h, SQL("SELECT count(*) AS n FROM letters WHERE org_id = :org "
                                         "AND ended = 'silent'")),
                     0);
    h->t->app.clock.fixed_ms += 2 * 3600000;
    assert_ok(jobs_run_due(&h->t->app, h->t->app.clock.fixed_ms, NULL));
    assert_int_equal(house_number(h, SQL("SELECT count(*) AS n FROM letters WHERE org_id = :org "
                                         "AND ended = 'silent' AND state = 'closed'")),
                     1);
}

static void a_wrong_receipt_is_counted(void **state)
{
    struct house *h = *state;
    str digits = house_write(h, "");
    struct test_answer a = house_follow(h, str_of("123"), "");
    assert_int_equal(a.status, 422); /* no receipt at all: only told */
    for (int i = 0; i < 10; i++) {
        a = house_follow(h, str_of("12345678901234567890"), "");
        assert_int_equal(a.status, 422);
    }
    a = house_follow(h, digits, "");
    assert_int_equal(a.status, 429);
    const char *body = arena_printf(h->t->mem, "receipt=%.*s", (int)digits.len, digits.ptr).ptr;
    a = house_send(h, &(struct stranger){ "/letters/follow", "198.51.100.3", body, false });
    assert_int_equal(a.status, 200); /* others are not held up by it */
    h->t->app.clock.fixed_ms += 2 * 3600000;
    assert_int_equal(house_follow(h, digits, "").status, 200);
}

static i64 bits_now(struct house *h)
{
    test_as_nobody(h->t);
    return box_bits(box_stamp(h->t, "/letters/follow", "198.51.100.9"));
}

static void many_wrong_receipts_make_it_harder(void **state)
{
    struct house *h = *state;
    box_setting(h->t, "mailbox.wrong_day", "10");
    i64 before = bits_now(h);
    for (int i = 0; i < 10; i++) {
        const char *from = arena_printf(h->t->mem, "10.0.%d.1", i).ptr;
        house_send(h, &(struct stranger){ "/letters/follow", from, "receipt=12345678901234567890",
                                          false });
    }
    assert_int_equal(bits_now(h), before + 4);
    struct test_answer a =
        house_send(h, &(struct stranger){ "/letters/follow", "10.0.99.1",
                                          "receipt=12345678901234567890", true });
    assert_int_equal(a.status, 429); /* without work not at all */
    h->t->app.clock.fixed_ms += 3 * DAY;
    assert_int_equal(bits_now(h), before);
}

/* ---- who wrote ---- */

static const char KNOWN[] =
    "&name=Canaryname&phone=13812345678&mail=canary%40example.org&consent=1";

static void who_wrote_is_masked_sealed_and_shown_with_a_reason(void **state)
{
    struct house *h = *state;
    house_write(h, KNOWN);
    i64 id = house_newest(h);
    const char *path = arena_printf(h->t->mem, "/letters/%lld", (long long)id).ptr;
    const char *unmask = arena_printf(h->t->mem, "/api/v1/letters/%lld/unmask", (long long)id).ptr;
    house_as_staff(h);
    struct test_answer a = test_get(h->t, path);
    assert_true(test_has(&a, "138****5678"));
    assert_false(test_has(&a, "13812345678") || test_has(&a, "Canaryname"));
    assert_int_equal(test_api(h->t, POST, unmask, "{\"reason\":\"\"}").status, 422);
    a = test_api(h->t, POST, unmask, "{\"reason\":\"To call him back\"}");
    assert_true(test_has(&a, "13812345678") && test_has(&a, "Canaryname"));
    assert_int_equal(house_number(h, SQL("SELECT count(*) AS n FROM audits WHERE org_id = :org AND "
                                         "act = 'letters.unmask' AND after_text = 'To call him "
                                         "back'")),
                     1);
    test_as_role(h->t, "dispatcher");
    assert_int_equal(test_api(h->t, POST, unmask, "{\"reason\":\"Curious\"}").status, 403);
}

static i64 holding(struct house *h, const char *purpose)
{
    str wanted = str_of(purpose);
    return house_number(h, SQL("SELECT count(*) AS n FROM letter_consents WHERE org_id = :org AND "
                               "purpose = :wanted AND withdrawn_at = 0 AND notice <> ''",
                               P(wanted)));
}

static void consents_are_kept_and_end_at_once(void **state)
{
    struct house *h = *state;
    str digits =
        house_write(h, "&name=Canaryname&phone=13812345678&consent=1&handover=1&notice=2026-11");
    assert_int_equal(holding(h, "contact"), 1);
    assert_int_equal(holding(h, "handover"), 1);
    struct test_answer a = house_follow(h, digits, "&act=contact&phone=13812345678&consent=1");
    assert_int_equal(a.status, 200);
    assert_int_equal(holding(h, "contact"), 1);
    assert_int_equal(holding(h, "handover"), 0);
    a = house_follow(h, digits, "&act=contact");
    assert_int_equal(a.status, 200);
    assert_int_equal(holding(h, "contact"), 0);
    assert_int_equal(house_number(h, SQL("SELECT count(*) AS n FROM senders WHERE org_id = :org")),
                     0);
    a = house_follow(h, digits, "&act=contact&phone=13812345678");
    assert_int_equal(a.status, 422); /* not without his consent */
}

static void taken_back_it_is_over_and_forgotten(void **state)
{
    struct house *h = *state;
    str digits = house_write(h, KNOWN);
    struct test_answer a = house_follow(h, digits, "&act=withdraw");
    assert_int_equal(a.status, 200);
    assert_int_equal(house_number(h, SQL("SELECT count(*) AS n FROM senders WHERE org_id = :org")),
                     0);
    assert_int_equal(house_number(h, SQL("SELECT count(*) AS n FROM letters WHERE org_id = :org "
                                         "AND ended = 'withdrawn' AND state = 'closed'")),
                     1);
    assert_int_equal(house_number(h, SQL("SELECT count(*) AS n FROM todos WHERE org_id = :org AND "
                                         "flow = 'letters'")),
                     0);
}

/* Quality P1: of who sends, nothing is in any row: neither address nor browser nor cookie, nor what
 * he left of himself, nor his digits. (The log has no line of ours; what it says of every request:
 * platform/web/tests/anonymous_flood_test.c.) */
static void nothing_of_the_sender_is_written(void **state)
{
    struct house *h = *state;
    str digits = house_write(h, KNOWN);
    assert_int_equal(house_follow(h, digits, "&act=add&text=The+one+by+the+well.").status, 200);
    const char *const words[] = { BOX_HERE,      "203.0.113",  "CanaryBrowser", "CanaryCookie",
                                  "13812345678", "Canaryname", "canary@example" };
    db_set_org(h->t->db, h->city);
    str rows = dump_rows(h->t->db, 0, h->t->mem);
    assert_true(str_find(rows, str_of("The one by the well."), 0) > 0);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_find(rows, str_of(words[i]), 0) >= 0)
            fail_msg("%s is in a row", words[i]);
    assert_true(str_find(rows, digits, 0) < 0);
    assert_int_equal(house_number(h, SQL("SELECT count(*) AS n FROM audits WHERE org_id = :org")),
                     3); /* it came, is proved, and was added to: by nobody, from nowhere */
    assert_int_equal(house_number(h, SQL("SELECT count(*) AS n FROM audits WHERE org_id = :org AND "
                                         "address = '' AND after_text NOT LIKE '%anary%' AND "
                                         "name NOT LIKE '%anary%'")),
                     3);
}

/* ---- what proves it (quality L6) ---- */

static str hand_digest(struct house *h, str digits, const char *rest)
{
    str form = arena_printf(h->t->mem, "20:%.*s%s", (int)digits.len, digits.ptr, rest);
    return digest_hex(h->t->mem, form);
}

static void a_letter_is_proved_by_its_receipt(void **state)
{
    struct house *h = *state;
    test_as_nobody(h->t);
    struct test_answer a =
        house_send(h, &(struct stranger){
                          "/letters/new?area=990100001201", BOX_HERE,
                          "body=The+lamp+is+out.&place=Well&point=23.88424,100.08612", false });
    str digits = house_digits(h, &a);
    /* docs/guide/receipt.md: digits, text, place, point, each with its length */
    str digest = hand_digest(h, digits, "16:The lamp is out.4:Well18:23.88424,100.08612");
    h->t->org = h->city;
    assert_int_equal(house_number(h, SQL("SELECT COUNT(*) AS n FROM attestations WHERE org_id = "
                                         ":org AND object = 'letters' AND text_digest = :digest",
                                         P(digest))),
                     1);
    assert_true(test_has(&a, "一字不差") && test_has(&a, "日志记录号"));
    a = house_follow(h, digits, "");
    assert_true(test_has(&a, "一字不差"));
    assert_true(test_has(&a, arena_cstr(h->t->mem, str_sub(digest, 0, 8))));
    assert_int_equal(house_number(h, SQL("SELECT COUNT(*) AS n FROM audits WHERE org_id = :org AND "
                                         "act = 'attestations.add' AND account_id = 0 AND name = "
                                         "'' AND address = '' AND request = '' AND at % 60000 = "
                                         "0 AND after_text = :digest",
                                         P(digest))),
                     1);
    i64 id = house_newest(h);
    house_as_staff(h); /* sorting, a better title: no other text */
    const char *sorted = "{\"category\":\"roads\",\"kind\":\"concern\",\"title\":\"Lamp\"}";
    assert_int_equal(house_step(h, id, "triage", sorted).status, 200);
    a = house_follow(h, digits, "");
    assert_true(test_has(&a, "一字不差"));
    db_set_org(h->t->db, h->city);
    assert_ok(db_run(
        h->t->db, SQL("UPDATE letters SET body = 'The lamp shines.' WHERE org_id = :org"), NULL));
    a = house_follow(h, digits, "");
    assert_true(test_has(&a, "系统里的正文和提交时不一样"));
    db_set_org(h->t->db, h->city);
    assert_ok(db_run(h->t->db,
                     SQL("UPDATE audits SET at = at + 60000 WHERE org_id = :org AND act = "
                         "'attestations.add'"),
                     NULL));
    a = house_follow(h, digits, "");
    assert_true(test_has(&a, "日志里的这一条对不上了"));
}

/* ---- the point ---- */

/* Five decimals, latitude first, whichever way it was typed; else nothing. */
static void a_point_is_two_numbers_around_china(void **state)
{
    static const struct {
        const char *typed, *kept; /* kept NULL = refused */
    } POINTS[] = {
        { "", "" },
        { "  ", "" },
        { "23.88424,100.08612", "23.88424,100.08612" },
        { "100.08612,23.88424", "23.88424,100.08612" }, /* as maps of China copy it */
        { " 23.884235 \uFF0C 100.0861 ", "23.88424,100.08610" },
        { "23.8842349999,100.5\u3001", NULL },
        { "23\u3001100", "23.00000,100.00000" },
        { "23.5 100.", "23.50000,100.00000" },
        { "23.999995;99.999994", "24.00000,99.99999" },
        { "3,73", "3.00000,73.00000" },
        { "54.00000,136.00000", "54.00000,136.00000" },
        { "54.00001,100", NULL },
        { "2.99999,100", NULL },
        { "23,136.00001", NULL },
        { "23.88424", NULL },
        { "23.88424,", NULL },
        { ",100", NULL },
        { "23.8,23.9", NULL },
        { "100,100", NULL },
        { "0,0", NULL },
        { "-23.88,100.08", NULL },
        { "+23.88,100.08", NULL },
        { "23.8.1,100", NULL },
        { "23.88,100.08,5", NULL },
        { "2e1,1e2", NULL },
        { ".5,100", NULL },
        { "0023.5,100", NULL },
        { "23.12345678901234567,100", NULL },
        { "\uFF12\uFF13,100", NULL },
        { "by the well", NULL },
    };
    struct house *h = *state;
    for (size_t i = 0; i < sizeof POINTS / sizeof *POINTS; i++) {
        str kept;
        bool good = letter_point_read(h->t->mem, str_of(POINTS[i].typed), &kept);
        if (good != (POINTS[i].kept != NULL) || (good && !str_is(kept, POINTS[i].kept)))
            fail_msg("%s: %.*s", POINTS[i].typed, (int)kept.len, kept.ptr);
    }
}

static bool has_point(struct house *h, const char *target)
{
    struct test_answer a = test_get(h->t, target);
    return a.status == 200 && test_has(&a, "23.88424,100.08612");
}

static void where_it_is_goes_with_the_letter_and_with_its_text(void **state)
{
    struct house *h = *state;
    str digits = house_write(h, "&point=100.086121,23.884235&point_by=phone");
    i64 id = house_newest(h);
    assert_int_equal(house_number(h,
                                  SQL("SELECT count(*) AS n FROM letters WHERE org_id = :org AND "
                                      "point = '23.88424,100.08612' AND point_by = 'phone'")),
                     1);
    struct test_answer a = house_follow(h, digits, "");
    assert_true(test_has(&a, "23.88424,100.08612")); /* he reads what is kept of him */
    house_as_staff(h);
    const char *page = arena_printf(h->t->mem, "/letters/%lld", (long long)id).ptr;
    a = test_get(h->t, page);
    assert_true(test_has(&a, "href=\"geo:23.88424,100.08612\"") && test_has(&a, "WGS-84"));
    a = test_get(h->t, arena_printf(h->t->mem, "/api/v1/letters/%lld", (long long)id).ptr);
    assert_true(str_is(test_json(h->t, &a, "point"), "23.88424,100.08612"));
    assert_true(str_is(test_json(h->t, &a, "point_by"), "phone"));
    assert_true(has_point(h, "/letters.csv"));
    assert_int_equal(house_step(h, id, "dismiss", "{\"reason\":\"spam\"}").status, 200);
    h->t->app.clock.fixed_ms += 181 * DAY;
    assert_ok(jobs_run_due(&h->t->app, h->t->app.clock.fixed_ms, NULL));
    assert_int_equal(house_number(h,
                                  SQL("SELECT count(*) AS n FROM letters WHERE org_id = :org AND "
                                      "erased_at > 0 AND point = '' AND point_by = ''")),
                     1);
    house_as_staff(h);
    assert_false(has_point(h, page));
}

static void a_point_that_is_none_is_told_and_kept(void **state)
{
    struct house *h = *state;
    struct test_answer a =
        house_send(h, &(struct stranger){ "/letters/new", BOX_HERE,
                                          "body=The+bridge+sways.&point=by+the+well&point_by=phone",
                                          false });
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "by the well") && test_has(&a, "The bridge sways."));
    assert_true(str_find(a.body, text_find("mailbox.point_form"), 0) > 0);
    house_write(h, "&point=23.88424,100.08612");
    assert_int_equal(house_number(h,
                                  SQL("SELECT count(*) AS n FROM letters WHERE org_id = :org AND "
                                      "point_by = 'typed'")),
                     1);
    house_write(h, "&point_by=phone"); /* nothing was measured */
    assert_int_equal(house_number(h,
                                  SQL("SELECT count(*) AS n FROM letters WHERE org_id = :org AND "
                                      "point = '' AND point_by = ''")),
                     1);
}

/* The browser may be asked where it is by the form alone, also where it is drawn again. */
static void only_the_form_may_ask_where_it_is(void **state)
{
    struct house *h = *state;
    test_as_nobody(h->t);
    struct test_answer form = test_get(h->t, "/letters/new"),
                       place = test_get(h->t, "/letters/place"),
                       again = house_send(h, &(struct stranger){ "/letters/new", BOX_HERE, "body=x",
                                                                 false });
    str asks = str_of("geolocation=(self)"), never = str_of("geolocation=()");
    assert_true(str_find(test_header_of(&form, "Permissions-Policy"), asks, 0) > 0);
    assert_true(str_find(test_header_of(&again, "Permissions-Policy"), asks, 0) > 0);
    assert_true(str_find(test_header_of(&place, "Permissions-Policy"), never, 0) > 0);
}

/* ---- time ---- */

static void time_lets_contacts_and_texts_go(void **state)
{
    struct house *h = *state;
    str digits = house_write(h, KNOWN);
    i64 id = house_newest(h);
    house_as_staff(h);
    assert_int_equal(house_step(h, id, "dismiss", "{\"reason\":\"spam\"}").status, 200);
    h->t->app.clock.fixed_ms += 89 * DAY;
    assert_ok(jobs_run_due(&h->t->app, h->t->app.clock.fixed_ms, NULL));
    assert_int_equal(house_number(h, SQL("SELECT count(*) AS n FROM senders WHERE org_id = :org")),
                     1);
    h->t->app.clock.fixed_ms += 2 * DAY;
    assert_ok(jobs_run_due(&h->t->app, h->t->app.clock.fixed_ms, NULL));
    assert_int_equal(house_number(h, SQL("SELECT count(*) AS n FROM senders WHERE org_id = :org")),
                     0);
    assert_int_equal(house_number(h, SQL("SELECT count(*) AS n FROM letters WHERE org_id = :org "
                                         "AND body <> ''")),
                     1);
    h->t->app.clock.fixed_ms += 90 * DAY;
    assert_ok(jobs_run_due(&h->t->app, h->t->app.clock.fixed_ms, NULL));
    assert_int_equal(house_number(h, SQL("SELECT count(*) AS n FROM letters WHERE org_id = :org "
                                         "AND body = '' AND erased_at > 0 AND receipt_hash = '' "
                                         "AND county = 'Lindistrict' AND ended = 'dismissed'")),
                     1);
    house_as_staff(h);
    struct test_answer a = test_get(h->t, "/api/v1/letters?q=lamp");
    assert_true(str_is(test_json(h->t, &a, "total"), "0")); /* nor in what is searched */
    assert_int_equal(house_follow(h, digits, "").status, 422);
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, house_setup, house_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(it_goes_to_who_looks_after_the_place),
        T(a_place_is_chosen_step_by_step),
        T(without_a_script_it_comes_in_apart),
        T(what_is_wrong_is_told_and_nothing_is_lost),
        T(sent_twice_it_is_one_and_the_receipt_is_told_again),
        T(sent_later_it_is_one),
        T(the_sender_reads_answers_and_judges),
        T(a_question_without_an_answer_ends),
        T(a_question_may_wait_for_ever),
        T(a_letter_of_the_county_is_followed_at_the_same_door),
        T(silence_ends_it),
        T(until_the_receipt_is_known_the_page_is_in_nobodys_name),
        T(a_wrong_receipt_is_counted),
        T(many_wrong_receipts_make_it_harder),
        T(who_wrote_is_masked_sealed_and_shown_with_a_reason),
        T(nothing_of_the_sender_is_written),
        T(consents_are_kept_and_end_at_once),
        T(taken_back_it_is_over_and_forgotten),
        T(a_letter_is_proved_by_its_receipt),
        T(a_point_is_two_numbers_around_china),
        T(where_it_is_goes_with_the_letter_and_with_its_text),
        T(a_point_that_is_none_is_told_and_kept),
        T(only_the_form_may_ask_where_it_is),
        T(time_lets_contacts_and_texts_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
