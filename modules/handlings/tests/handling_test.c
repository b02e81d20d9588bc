/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The road of a letter: handed out and never saying who wrote (canary), answered, judged, again, an
 * opinion, running along, withdrawn, asked again a month later; days by hand. Expectations:
 * README.md. The clock begins on Wednesday 2026-11-25, 09:00. */
#include <unistd.h>

#include "modules/assignments/assignment.h"
#include "modules/handlings/handling_rules.h"
#include "modules/mailbox/letter_rules.h"
#include "modules/opinions/opinion.h"
#include "modules/proposals/tests/desk.h"
#include "platform/calendar/calendar.h"
#include "platform/files/files.h"
#include "platform/jobs/jobs.h"
#include "platform/settings/settings.h"

/* What nobody of a unit may ever read. */
static const char *const CANARIES[] = { "Canary Zhang", "13812340001", "canary@example.net",
                                        "23.88424" };

struct sent {
    struct letter_new new;
    i64 id;
};

static err send_in(struct rq *rq, void *context)
{
    struct sent *s = context;
    return letter_add(rq, &s->new, &s->id);
}

static i64 sent(struct desk *d, const char *title, bool handover)
{
    struct sent s = { .new = { .kind = str_of("concern"),
                               .lane = str_of("staff"),
                               .via = str_of("phone"),
                               .title = str_of(title),
                               .body =
                                   str_of("The lamp is out. I am Canary Zhang, call 13812340001 "
                                          "or canary@example.net."),
                               .place = str_of("by the old well"),
                               .point = str_of("23.88424,100.08612"),
                               .point_by = str_of("phone"),
                               .notice = str_of("1"),
                               .sender = { .name = str_of(CANARIES[0]),
                                           .phone = str_of(CANARIES[1]),
                                           .mail = str_of(CANARIES[2]),
                                           .contact = true,
                                           .handover = handover } } };
    assert_ok(test_write(d->t, send_in, &s));
    return s.id;
}

static struct letter load(struct desk *d, i64 id)
{
    struct rq rq = test_system_rq(d->t);
    struct letter l;
    assert_ok(letter_find_house(&rq, id, &l));
    return l;
}

static i64 day(const char *text)
{
    i64 day = 0;
    assert_true(day_parse(str_of(text), &day));
    return day;
}

static struct test_answer step(struct desk *d, i64 id, const char *verb, const char *json)
{
    const char *path = arena_printf(d->t->mem, "/api/v1/letters/%lld/%s", (long long)id, verb).ptr;
    return test_api(d->t, POST, path, test_versioned(d->t, json, load(d, id).version));
}

static void must(struct desk *d, i64 id, const char *verb, const char *json)
{
    struct test_answer a = step(d, id, verb, json);
    if (a.status != 200)
        fail_msg("%s: %d %.*s", verb, a.status, (int)a.body.len, a.body.ptr);
}

static i64 triaged(struct desk *d, const char *title, bool handover)
{
    i64 id = sent(d, title, handover);
    desk_as_staff(d);
    must(d, id, "triage", "{\"category\":\"utilities\",\"kind\":\"concern\"}");
    return id;
}

static void assign(struct desk *d, i64 id, const char *more)
{
    desk_as_staff(d);
    must(d, id, "assign",
         arena_printf(d->t->mem, "{\"host_id\":%lld%s}", (long long)d->agency[0], more).ptr);
}

static i64 assigned(struct desk *d, const char *title)
{
    i64 id = triaged(d, title, false);
    assign(d, id, "");
    return id;
}

/* ---- the unit ---- */

static struct assignment assignment_of(struct desk *d, i64 id)
{
    struct rq rq = test_system_rq(d->t);
    struct rows rows;
    assert_ok(assignment_list_of(&rq, "letters", id, &rows));
    assert_true(rows.count > 0);
    return ((const struct assignment *)rows.items)[0];
}

static int unit(struct desk *d, i64 id, const char *verb, const char *json)
{
    struct assignment a = assignment_of(d, id);
    const char *path =
        arena_printf(d->t->mem, "/api/v1/assignments/%lld/%s", (long long)a.id, verb).ptr;
    return test_api(d->t, POST, path, test_versioned(d->t, json, a.version)).status;
}

static void answer(struct desk *d, i64 id, const char *text)
{
    desk_as_operator(d, 0);
    if (str_is(assignment_of(d, id).state, "assigned"))
        assert_int_equal(unit(d, id, "accept", "{}"), 200);
    str json = arena_printf(d->t->mem,
                            "{\"opening\":\"We have it.\",\"results\":[\"adopted\"],\"answers\":["
                            "\"%s\"],\"closing\":\"Thank you.\",\"operator\":\"Wang\","
                            "\"phone\":\"0883-1234567\"}",
                            text);
    assert_int_equal(unit(d, id, "reply", json.ptr), 200);
    desk_as_agency_leader(d, 0);
    assert_int_equal(unit(d, id, "sign", "{\"signer\":\"Li\"}"), 200);
}

/* ---- the sender ---- */

struct verdict {
    i64 id;
    struct letter_evaluate_input in;
};

static err judge_in(struct rq *rq, void *context)
{
    const struct verdict *v = context;
    return flow_move(rq, &LETTERS_FLOW, v->id, "evaluate", &v->in);
}

static void judge(struct desk *d, i64 id, const char *verdict, const char *text)
{
    struct verdict v = { id, { .verdict = str_of(verdict), .text = str_of(text) } };
    assert_ok(test_write(d->t, judge_in, &v));
}

static err withdraw_in(struct rq *rq, void *context)
{
    return flow_move(rq, &LETTERS_FLOW, *(const i64 *)context, "withdraw", NULL);
}

static i64 count(struct desk *d, struct sql sql)
{
    i64 n = -1;
    assert_ok(db_i64(d->t->db, sql, &n));
    return n;
}

static i64 open_todos(struct desk *d, i64 id, const char *verb)
{
    str name = str_of(verb);
    return count(d, SQL("SELECT COUNT(*) FROM todos WHERE org_id = :org AND flow = 'letters' AND "
                        "subject_id = :id AND verb = :name",
                        P(id), P(name)));
}

/* ---- handing out ---- */

/* 15 working days from 2026-11-25: 12-16; 2 to take it: 11-27; 10 more: 12-30. */
static void handed_out_by_the_days_of_the_place(void **state)
{
    struct desk *d = *state;
    i64 id = triaged(d, "Dark lane", false);
    assert_int_equal(open_todos(d, id, "assign"), 1);
    assign(d, id, "");
    struct letter l = load(d, id);
    struct assignment a = assignment_of(d, id);
    desk_same(l.state, "assigned");
    assert_int_equal(l.due_on, day("2026-12-16"));
    assert_true(a.plain);
    desk_same(a.role, "sole");
    assert_int_equal(a.accept_due_on, day("2026-11-27"));
    assert_int_equal(a.due_on, day("2026-12-16"));
    assert_int_equal(a.extend_to_on, day("2026-12-30"));
    assert_int_equal(open_todos(d, id, "assign"), 0);
}

static void several_units_and_a_day_given(void **state)
{
    struct desk *d = *state;
    i64 id = triaged(d, "Dark lane", false);
    struct test_answer a =
        step(d, id, "assign",
             arena_printf(d->t->mem, "{\"host_id\":%lld,\"due_on\":\"2026-11-25\"}",
                          (long long)d->agency[0])
                 .ptr);
    assert_int_equal(a.status, 422); /* not behind today */
    assert_true(test_has(&a, "due_on"));
    a = step(d, id, "assign", "{\"host_id\":987654}");
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "host_id"));
    assign(d, id,
           arena_printf(d->t->mem, ",\"cohosts\":[%lld],\"due_on\":\"2026-12-04\"",
                        (long long)d->agency[1])
               .ptr);
    desk_same(assignment_of(d, id).role, "host");
    assert_int_equal(load(d, id).due_on, day("2026-12-04"));
}

static void the_dispatcher_hands_out_what_is_sorted(void **state)
{
    struct desk *d = *state;
    i64 id = sent(d, "Dark lane", false);
    desk_as_dispatcher(d);
    const char *json = arena_printf(d->t->mem, "{\"host_id\":%lld}", (long long)d->agency[0]).ptr;
    assert_int_equal(step(d, id, "assign", json).status, 409); /* nobody has sorted it */
    id = triaged(d, "Dark lane", false);
    desk_as_dispatcher(d);
    assert_int_equal(step(d, id, "assign", json).status, 200);
    desk_as_operator(d, 0);
    assert_int_equal(step(d, id, "assign", json).status, 403);
}

/* ---- P8: who wrote never reaches a unit ---- */

static void has_no_canary(struct desk *d, const char *where, str body)
{
    for (size_t i = 0; i < sizeof CANARIES / sizeof *CANARIES; i++)
        if (str_find(body, str_of(CANARIES[i]), 0) >= 0)
            fail_msg("%s tells %s", where, CANARIES[i]);
    (void)d;
}

static void walk(struct desk *d, i64 assignment_id)
{
    static const char *const PLACES[] = {
        "/assignments/#",
        "/api/v1/assignments/#",
        "/assignments",
        "/api/v1/assignments",
        "/assignments/#/reply",
        "/assignments/#/pdf",
        "/api/v1/assignments/#/pdf",
        "/assignments/#/docx",
        "/assignments.csv",
        "/assignments.xlsx",
        "/",
        "/todos",
        "/inbox",
        "/api/v1/inbox",
        "/search?q=Canary",
        "/assignments/#/bounce",
        "/assignments/#/extend",
        "/api/v1/todos",
    };
    const char *number = arena_printf(d->t->mem, "%lld", (long long)assignment_id).ptr;
    for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++) {
        const char *mark = strchr(PLACES[i], '#');
        const char *path = mark ? arena_printf(d->t->mem, "%.*s%s%s", (int)(mark - PLACES[i]),
                                               PLACES[i], number, mark + 1)
                                      .ptr
                                : PLACES[i];
        struct test_answer a = test_get(d->t, path);
        has_no_canary(d, path, a.body);
    }
}

static void a_unit_never_reads_who_wrote(void **state)
{
    struct desk *d = *state;
    i64 id = triaged(d, "Canary Zhang 13812340001 says it is dark", false);
    assign(d, id, "");
    i64 a = assignment_of(d, id).id;
    desk_as_operator(d, 0);
    struct test_answer shown = desk_page(d, "/assignments/", a, "");
    assert_true(test_has(&shown, "The lamp is out."));
    assert_true(test_has(&shown, "by the old well"));
    walk(d, a);
    assert_int_equal(desk_page(d, "/letters/", id, "").status, 403);
    assert_int_equal(desk_page(d, "/api/v1/letters/", id, "").status, 403);
    answer(d, id, "It shines.");
    judge(d, id, "unsolved", "Still dark, says Canary Zhang, 13812340001.");
    desk_as_operator(d, 0);
    shown = desk_page(d, "/assignments/", a, "");
    assert_true(test_has(&shown, "Still dark"));
    walk(d, a);
    desk_as_agency_leader(d, 0);
    walk(d, a);
    /* nor do the rows that a unit's pages, files and messages are made of */
    static const char *const HOW = "%Canary%";
    str how = str_of(HOW);
    assert_int_equal(count(d, SQL("SELECT COUNT(*) FROM assignments WHERE org_id = :org AND "
                                  "matter_title LIKE :how",
                                  P(how))),
                     0);
    assert_int_equal(count(d, SQL("SELECT COUNT(*) FROM deliveries WHERE org_id = :org AND "
                                  "words LIKE :how",
                                  P(how))),
                     0);
}

/* He agrees to be known, and takes that back. */
static err forget_in(struct rq *rq, void *context)
{
    return sender_forget(rq, *(const i64 *)context);
}

static void who_agrees_is_named_as_long_as_he_agrees(void **state)
{
    struct desk *d = *state;
    i64 id = triaged(d, "Dark lane", true);
    assign(d, id, "");
    i64 a = assignment_of(d, id).id;
    desk_as_operator(d, 0);
    struct test_answer shown = desk_page(d, "/assignments/", a, "");
    assert_true(test_has(&shown, CANARIES[0]) && test_has(&shown, CANARIES[1]));
    assert_ok(test_write(d->t, forget_in, &id));
    shown = desk_page(d, "/assignments/", a, "");
    assert_false(test_has(&shown, CANARIES[1]));
}

static err erased(struct rq *rq, void *context)
{
    const struct letter *l = context;
    return event_emit(rq, "mailbox.erased", l->id, l);
}

/* ---- photos: none by default, what staff chose while it is handled, for who handles it ---- */

static err paper_write(void *context, int fd)
{
    static const char PDF[] = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n";
    (void)context;
    return write(fd, PDF, sizeof PDF - 1) == (ssize_t)(sizeof PDF - 1)
               ? OK
               : err_make(ERR_INTERNAL, "test.write");
}

static err photo_in(struct rq *rq, void *context)
{
    struct attachment_made made = { .type = "application/pdf" };
    TRY(attachment_make(rq, paper_write, NULL, &made));
    made.owner = str_of("letters");
    made.owner_id = *(const i64 *)context;
    made.name = str_of("photo.pdf");
    made.made_by = str_of("");
    return attachment_add(rq, &made);
}

static i64 photo(struct desk *d, i64 letter_id)
{
    assert_ok(test_write(d->t, photo_in, &letter_id));
    return count(d, SQL("SELECT MAX(id) FROM attachments WHERE org_id = :org"));
}

/* Of an assignment, in both forms. */
static int photo_seen(struct desk *d, i64 assignment_id, i64 photo_id)
{
    static const char *const FORMS[] = { "photos", "previews" };
    int status[2];
    for (size_t i = 0; i < 2; i++)
        status[i] =
            test_get(d->t, arena_printf(d->t->mem, "/assignments/%lld/%s/%lld",
                                        (long long)assignment_id, FORMS[i], (long long)photo_id)
                               .ptr)
                .status;
    assert_int_equal(status[0], status[1]);
    return status[0];
}

static void disclose(struct desk *d, i64 id, i64 photo_id, int status)
{
    desk_as_staff(d);
    const char *json = photo_id
                           ? arena_printf(d->t->mem, "{\"photos\":[%lld]}", (long long)photo_id).ptr
                           : "{\"photos\":[]}";
    assert_int_equal(step(d, id, "disclose", json).status, status);
}

static i64 audited(struct desk *d, const char *act)
{
    str name = str_of(act);
    return count(d,
                 SQL("SELECT COUNT(*) FROM audits WHERE org_id = :org AND act = :name", P(name)));
}

static void a_unit_sees_the_photos_that_staff_chose(void **state)
{
    struct desk *d = *state;
    i64 id = triaged(d, "Dark lane", false), one = photo(d, id), two = photo(d, id);
    i64 foreign = photo(d, sent(d, "No light", false));
    desk_as_staff(d);
    assert_int_equal(step(d, id, "assign",
                          arena_printf(d->t->mem, "{\"host_id\":%lld,\"photos\":[%lld]}",
                                       (long long)d->agency[0], (long long)foreign)
                              .ptr)
                         .status,
                     422); /* another letter's */
    assign(d, id, "");
    i64 a = assignment_of(d, id).id;
    desk_as_operator(d, 0);
    assert_int_equal(photo_seen(d, a, one), 404); /* none by default */
    disclose(d, id, foreign, 422);
    disclose(d, id, one, 200);
    desk_as_operator(d, 0);
    assert_int_equal(audited(d, "letters.photo_seen"), 0);
    assert_int_equal(photo_seen(d, a, one), 200);
    assert_int_equal(audited(d, "letters.photo_seen"), 1);
    assert_int_equal(photo_seen(d, a, two), 404);
    assert_int_equal(photo_seen(d, a, foreign), 404);
    struct test_answer shown = desk_page(d, "/assignments/", a, "");
    assert_true(test_has(&shown, arena_printf(d->t->mem, "/photos/%lld\"", (long long)one).ptr));
    assert_false(test_has(&shown, arena_printf(d->t->mem, "/photos/%lld\"", (long long)two).ptr));
    assert_int_equal(test_get(d->t, arena_printf(d->t->mem, "/letters/%lld/photos/%lld",
                                                 (long long)id, (long long)one)
                                        .ptr)
                         .status,
                     403); /* only through its assignment */
    assert_int_equal(audited(d, "letters.photos_disclosed"), 1);
    disclose(d, id, 0, 200); /* taken back */
    desk_as_operator(d, 0);
    assert_int_equal(photo_seen(d, a, one), 404);
    assert_int_equal(audited(d, "letters.photos_disclosed"), 2);
}

/* Chosen with the handing-out. */
static i64 handed_with(struct desk *d, i64 *photo_id)
{
    i64 id = triaged(d, "Dark lane", false);
    *photo_id = photo(d, id);
    assign(d, id, arena_printf(d->t->mem, ",\"photos\":[%lld]", (long long)*photo_id).ptr);
    return id;
}

static void who_does_not_handle_it_sees_no_photo(void **state)
{
    struct desk *d = *state;
    i64 one, id = handed_with(d, &one), a = assignment_of(d, id).id;
    desk_as_operator(d, 0);
    assert_int_equal(photo_seen(d, a, one), 200);
    desk_as_operator(d, 1); /* a unit that has no part in it */
    assert_int_equal(photo_seen(d, a, one), 404);
    desk_as_reviewer(d); /* reads assignments and slips of all, but no letters */
    struct test_answer shown = desk_page(d, "/assignments/", a, "");
    assert_int_equal(shown.status, 200);
    assert_false(test_has(&shown, "/photos/"));
    assert_int_equal(photo_seen(d, a, one), 404);
    desk_as_other_member(d);
    assert_int_not_equal(photo_seen(d, a, one), 200);
    desk_as_staff(d);
    assert_int_equal(photo_seen(d, a, one), 200);
}

static void a_unit_that_gave_it_back_sees_no_photo(void **state)
{
    struct desk *d = *state;
    i64 one, id = handed_with(d, &one), a = assignment_of(d, id).id;
    desk_as_dispatcher(d);
    str json = arena_printf(d->t->mem, "{\"agency_id\":%lld}", (long long)d->agency[1]);
    assert_int_equal(unit(d, id, "reassign", json.ptr), 200);
    desk_as_operator(d, 0);
    assert_int_equal(photo_seen(d, a, one), 404);
    desk_as_staff(d);
    assert_int_equal(photo_seen(d, a, one), 404); /* nor is it shown there to anybody */
    desk_as_operator(d, 1);
    i64 now = count(d, SQL("SELECT MAX(id) FROM assignments WHERE org_id = :org"));
    assert_int_equal(photo_seen(d, now, one), 200);
}

static void photos_end_with_the_handling(void **state)
{
    struct desk *d = *state;
    i64 one, two, id = handed_with(d, &one), back = handed_with(d, &two);
    i64 a = assignment_of(d, id).id, b = assignment_of(d, back).id;
    assert_ok(test_write(d->t, withdraw_in, &back));
    desk_as_operator(d, 0);
    assert_int_equal(photo_seen(d, b, two), 404); /* its sender took it back */
    answer(d, id, "It shines.");
    desk_as_operator(d, 0);
    assert_int_equal(photo_seen(d, a, one), 200); /* it may be asked for again */
    judge(d, id, "partly", "");
    desk_as_staff(d);
    must(d, id, "close", "{}");
    desk_as_operator(d, 0);
    assert_int_equal(photo_seen(d, a, one), 404);
    struct letter l = load(d, id);
    assert_ok(test_write(d->t, erased, &l));
    assert_int_equal(count(d, SQL("SELECT COUNT(*) FROM letter_disclosures WHERE org_id = :org AND "
                                  "letter_id = :id",
                                  P(id))),
                     0);
}

static void a_photo_of_who_runs_along_is_shown_with_its_lead(void **state)
{
    struct desk *d = *state;
    i64 lead = assigned(d, "Dark lane"), along = sent(d, "No light", false);
    i64 one = photo(d, along), a = assignment_of(d, lead).id;
    desk_as_staff(d);
    must(d, along, "attach", arena_printf(d->t->mem, "{\"lead_id\":%lld}", (long long)lead).ptr);
    disclose(d, along, one, 200);
    desk_as_operator(d, 0);
    assert_int_equal(photo_seen(d, a, one), 200);
    assert_ok(test_write(d->t, withdraw_in, &along));
    desk_as_operator(d, 0);
    assert_int_equal(photo_seen(d, a, one), 404);
}

static err pointless_in(struct rq *rq, void *context)
{
    struct letter l;
    TRY(letter_find_house(rq, *(const i64 *)context, &l));
    l.point = l.point_by = str_of("");
    return letter_update(rq, &l);
}

static void without_photos_and_point_there_is_nothing_to_choose(void **state)
{
    struct desk *d = *state;
    i64 id = assigned(d, "Dark lane");
    assert_ok(test_write(d->t, pointless_in, &id));
    disclose(d, id, 0, 409);
    desk_as_staff(d);
    assert_false(test_has(&(struct test_answer){ .body = desk_page(d, "/letters/", id, "").body },
                          "/disclose"));
}

/* ---- the point: where staff say so, for who handles it ---- */

static bool point_seen(struct desk *d, i64 assignment_id)
{
    struct test_answer page = desk_page(d, "/assignments/", assignment_id, "");
    struct test_answer json = desk_page(d, "/api/v1/assignments/", assignment_id, "");
    bool seen = test_has(&page, "geo:23.88424,100.08612");
    assert_true(seen == test_has(&json, "23.88424,100.08612"));
    return seen;
}

static void a_unit_sees_the_point_where_staff_say_so(void **state)
{
    struct desk *d = *state;
    i64 id = assigned(d, "Dark lane"), a = assignment_of(d, id).id;
    desk_as_operator(d, 0);
    assert_false(point_seen(d, a));
    desk_as_staff(d);
    struct test_answer page = desk_page(d, "/letters/", id, "/disclose"); /* without photos too */
    assert_int_equal(page.status, 200);
    must(d, id, "disclose", "{\"point_disclosed\":true}");
    assert_int_equal(audited(d, "letters.point_disclosed"), 1);
    page = desk_page(d, "/letters/", id, "");
    assert_true(test_has(&page, "承办单位看得到定位"));
    desk_as_operator(d, 0);
    assert_true(point_seen(d, a));
    desk_as_reviewer(d); /* reads assignments of all, but no letters */
    assert_false(point_seen(d, a));
    answer(d, id, "It shines.");
    judge(d, id, "partly", "");
    desk_as_operator(d, 0);
    assert_true(point_seen(d, a));
    desk_as_staff(d);
    must(d, id, "close", "{}");
    desk_as_operator(d, 0);
    assert_false(point_seen(d, a));
    id = triaged(d, "Dark lane", false);
    assign(d, id, ",\"point_disclosed\":true");
    a = assignment_of(d, id).id;
    desk_as_operator(d, 0);
    assert_true(point_seen(d, a));
    desk_as_staff(d);
    must(d, id, "disclose", "{}"); /* taken back */
    desk_as_operator(d, 0);
    assert_false(point_seen(d, a));
}

/* ---- the answer and the verdict ---- */

static void the_answer_reaches_the_sender(void **state)
{
    struct desk *d = *state;
    i64 id = assigned(d, "Dark lane");
    answer(d, id, "It shines.");
    struct letter l = load(d, id);
    desk_same(l.state, "replied");
    desk_same(l.reply_agency, "Roads");
    desk_same(l.reply, "We have it.\n\nIt shines.\n\nThank you.\n\n"
                       "联系人：Wang，电话：0883-1234567");
    assert_int_equal(l.due_on, 0);
}

static err examine_in(struct rq *rq, void *context)
{
    (void)context;
    return setting_store(rq, "handlings.examine", str_of("1"), rq->today);
}

static void the_office_releases_where_it_wants_to(void **state)
{
    struct desk *d = *state;
    assert_false(assignment_of(d, assigned(d, "Dark lane")).examine);
    assert_ok(test_write(d->t, examine_in, NULL));
    i64 id = assigned(d, "No light");
    answer(d, id, "It shines.");
    desk_same(load(d, id).state, "assigned"); /* signed, not released */
    desk_as_dispatcher(d);
    assert_int_equal(unit(d, id, "deliver", "{}"), 200);
    desk_same(load(d, id).state, "replied");
}

/* Unsolved once: the same unit again in 10 working days (11-25 + 10 = 12-09); twice: the office. */
static void unsolved_once_is_handled_again_twice_goes_to_the_committee(void **state)
{
    struct desk *d = *state;
    i64 id = assigned(d, "Dark lane");
    answer(d, id, "It shines.");
    judge(d, id, "unsolved", "Still dark.");
    struct letter l = load(d, id);
    desk_same(l.state, "assigned");
    assert_int_equal(l.round, 2);
    assert_int_equal(l.due_on, day("2026-12-09"));
    desk_same(assignment_of(d, id).state, "redoing");
    answer(d, id, "Now it does.");
    judge(d, id, "unsolved", "No.");
    desk_same(load(d, id).state, "evaluated");
    assert_int_equal(open_todos(d, id, "feed"), 1);
    desk_as_staff(d);
    must(d, id, "feed",
         "{\"title\":\"Lamps of the lanes\",\"situation\":\"Lanes are dark, says Canary Zhang.\","
         "\"analysis\":\"Nobody feels responsible.\",\"suggestions\":\"Name one.\"}");
    assert_int_equal(open_todos(d, id, "feed"), 0);
    assert_int_equal(count(d, SQL("SELECT COUNT(*) FROM opinions WHERE org_id = :org AND kind = "
                                  "'staff' AND state = 'submitted' AND situation NOT LIKE "
                                  "'%Canary%' AND number <> ''")),
                     1);
    must(d, id, "close", "{}");
    desk_same(load(d, id).ended, "office");
    desk_same(assignment_of(d, id).state, "closed");
}

static err keep_in(struct rq *rq, void *context)
{
    static const struct opinion_keep_input IN = { .keep_reason = { "vague", 5 } };
    return flow_move(rq, &OPINIONS_FLOW, *(const i64 *)context, "keep", &IN);
}

static err take_in(struct rq *rq, void *context)
{
    static const struct opinion_take_input IN = { .category = { "economy", 7 } };
    return flow_move(rq, &OPINIONS_FLOW, *(const i64 *)context, "take", &IN);
}

/* What the editors do not use is the office's to think of again, which may end it. */
static void an_opinion_that_is_not_used_is_told_and_thought_of_again(void **state)
{
    struct desk *d = *state;
    i64 id = assigned(d, "Dark lane"), opinion = 0;
    answer(d, id, "It shines.");
    judge(d, id, "unsolved", "Still dark.");
    answer(d, id, "Now it does.");
    judge(d, id, "unsolved", "No.");
    desk_as_staff(d);
    must(d, id, "feed",
         "{\"title\":\"Lamps of the lanes\",\"situation\":\"Lanes are dark at night.\","
         "\"analysis\":\"Nobody feels responsible.\",\"suggestions\":\"Name one.\"}");
    assert_ok(db_i64(d->t->db, SQL("SELECT MAX(id) FROM opinions WHERE org_id = :org"), &opinion));
    const char *page = arena_printf(d->t->mem, "/letters/%lld", (long long)id).ptr;
    struct test_answer a = test_get(d->t, page);
    assert_false(test_has(&a, "编辑没有采用"));
    assert_ok(test_write(d->t, keep_in, &opinion));
    assert_int_equal(open_todos(d, id, "feed"), 1);
    desk_as_staff(d);
    a = test_get(d->t, page);
    assert_true(test_has(&a, "编辑没有采用这件来信转成的社情民意"));
    assert_true(test_has(&a, "编辑没有采用转成的社情民意；")); /* its history */
    assert_ok(test_write(d->t, take_in, &opinion));            /* after all */
    assert_int_equal(open_todos(d, id, "feed"), 0);
    desk_as_staff(d);
    a = test_get(d->t, page);
    assert_false(test_has(&a, "编辑没有采用这件来信"));
    assert_true(test_has(&a, "编辑又采用了"));
    assert_ok(test_write(d->t, keep_in, &opinion));
    desk_as_staff(d);
    must(d, id, "close", "{}");
    desk_same(load(d, id).ended, "office");
    assert_int_equal(open_todos(d, id, "feed"), 0);
    a = test_get(d->t, page);
    assert_false(test_has(&a, "可以另写一件再转；没有别的办法"));
}

static err job_in(struct rq *rq, void *context)
{
    bool again;
    (void)context;
    return job_handling_ask_again(rq, &again);
}

static err say_no_in(struct rq *rq, void *context)
{
    struct letter l;
    TRY(letter_find_house(rq, *(const i64 *)context, &l));
    l.still = str_of("no");
    return letter_update(rq, &l);
}

static void clock_on(struct desk *d, const char *on)
{
    desk_on_day(d, on);
    assert_ok(test_write(d->t, job_in, NULL));
}

static void solved_is_asked_again_and_ends(void **state)
{
    struct desk *d = *state;
    i64 id = assigned(d, "Dark lane"), gone = assigned(d, "No light");
    answer(d, id, "It shines.");
    answer(d, gone, "It shines.");
    judge(d, id, "solved", "");
    judge(d, gone, "partly", "");
    clock_on(d, "2026-12-25"); /* 30 days to the minute are not more than 30 */
    assert_int_equal(load(d, id).asked_again_at, 0);
    clock_on(d, "2026-12-26");
    assert_true(load(d, id).asked_again_at > 0);
    assert_int_equal(count(d, SQL("SELECT COUNT(*) FROM outbox WHERE org_id = :org AND payload "
                                  "LIKE 'canary@example.net%' AND payload NOT LIKE '%lane%'")),
                     2);
    clock_on(d, "2026-12-27"); /* asked once only */
    assert_int_equal(count(d, SQL("SELECT COUNT(*) FROM outbox WHERE org_id = :org")), 2);
    assert_ok(test_write(d->t, say_no_in, &gone));
    clock_on(d, "2027-01-11"); /* 16 days of silence */
    desk_same(load(d, id).state, "closed");
    desk_same(load(d, id).ended, "solved");
    desk_same(assignment_of(d, id).state, "closed");
    desk_same(load(d, gone).state, "evaluated"); /* "not any more": the office's to think of */
}

static void who_is_named_in_an_opinion_has_agreed(void **state)
{
    struct desk *d = *state;
    i64 id = assigned(d, "Dark lane");
    answer(d, id, "It shines.");
    desk_as_staff(d);
    static const char JSON[] = "{\"title\":\"Lamps\",\"situation\":\"Lanes are dark at night.\","
                               "\"analysis\":\"So it is.\",\"suggestions\":\"Mend them.\","
                               "\"named\":true}";
    struct test_answer a = step(d, id, "feed", JSON);
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "named"));
    a = step(d, id, "feed",
             "{\"title\":\"Lamps\",\"situation\":\"Lanes are dark at night.\","
             "\"suggestions\":\"Mend them.\"}");
    assert_int_equal(a.status, 422); /* what the opinion lacks is told at its field */
    assert_true(test_has(&a, "analysis"));
    id = triaged(d, "Dark lane", true);
    assign(d, id, "");
    answer(d, id, "It shines.");
    desk_as_staff(d);
    must(d, id, "feed", JSON);
    assert_int_equal(count(d, SQL("SELECT COUNT(*) FROM opinions WHERE org_id = :org AND situation "
                                  "LIKE '%Canary Zhang%'")),
                     1);
}

/* ---- running along ---- */

static void attach(struct desk *d, i64 id, i64 lead_id, int status)
{
    str json = arena_printf(d->t->mem, "{\"lead_id\":%lld}", (long long)lead_id);
    desk_as_staff(d);
    assert_int_equal(step(d, id, "attach", json.ptr).status, status);
}

static void who_runs_along_gets_the_same_answer_and_judges_for_himself(void **state)
{
    struct desk *d = *state;
    i64 lead = triaged(d, "Dark lane", false), early = sent(d, "No light", false),
        third = sent(d, "Lamp", false);
    attach(d, early, lead, 200);
    attach(d, third, early, 200); /* the one it runs along with stands for it */
    assert_int_equal(load(d, third).lead_id, lead);
    desk_same(load(d, early).state, "triaged");
    assert_int_equal(open_todos(d, early, "assign"), 0);
    attach(d, lead, early, 422); /* its own lead */
    attach(d, early, 987654, 422);
    assign(d, lead, "");
    desk_same(load(d, early).state, "assigned");
    i64 late = sent(d, "Still no light", false);
    attach(d, late, lead, 200);
    desk_same(load(d, late).state, "assigned");
    answer(d, lead, "It shines.");
    desk_same(load(d, early).state, "replied");
    desk_same(load(d, late).reply, "We have it.\n\nIt shines.\n\nThank you.\n\n"
                                   "联系人：Wang，电话：0883-1234567");
    i64 last = sent(d, "Lamp out", false);
    attach(d, last, lead, 200); /* it reads at once what is known */
    desk_same(load(d, last).state, "replied");
    judge(d, lead, "solved", "");
    judge(d, early, "unsolved", "Not here.");
    desk_same(load(d, early).state, "assigned");
    desk_same(load(d, lead).state, "evaluated");
    answer(d, lead, "Here too.");
    desk_same(load(d, early).state, "replied");
    desk_same(load(d, lead).state, "evaluated");
}

static void what_is_over_leads_nobody(void **state)
{
    struct desk *d = *state;
    i64 lead = sent(d, "Dark lane", false), along = sent(d, "No light", false);
    attach(d, along, lead, 200);
    desk_as_staff(d);
    must(d, lead, "dismiss", "{\"reason\":\"outside\"}");
    assert_int_equal(load(d, along).lead_id, 0); /* stands alone, to be handed out */
    assert_int_equal(open_todos(d, along, "assign"), 1);
    i64 other = sent(d, "Lamp", false);
    attach(d, other, lead, 422);
}

static void taken_back_it_is_cancelled_unless_others_wait(void **state)
{
    struct desk *d = *state;
    i64 alone = assigned(d, "Dark lane"), lead = assigned(d, "No light"),
        along = sent(d, "Lamp", false);
    assert_ok(test_write(d->t, withdraw_in, &alone));
    assert_true(assignment_of(d, alone).cancelled_at > 0);
    attach(d, along, lead, 200);
    assert_ok(test_write(d->t, withdraw_in, &lead));
    assert_int_equal(assignment_of(d, lead).cancelled_at, 0);
    answer(d, lead, "It shines.");
    desk_same(load(d, along).state, "replied");
    desk_same(load(d, lead).state, "closed");
}

static i64 titles_left(struct desk *d)
{
    i64 n = 0;
    assert_ok(db_i64(d->t->db,
                     SQL("SELECT (SELECT COUNT(*) FROM assignments WHERE org_id = :org AND matter "
                         "= 'letters' AND matter_title LIKE '%Gone%') + (SELECT COUNT(*) FROM "
                         "assignment_items WHERE org_id = :org AND matter = 'letters' AND text "
                         "LIKE '%Gone%') + (SELECT COUNT(*) FROM urgings WHERE org_id = :org AND "
                         "matter = 'letters' AND matter_title LIKE '%Gone%')"),
                     &n));
    return n;
}

/* The title is the sender's words as the text is. */
static void what_retention_takes_goes_from_the_units_too(void **state)
{
    struct desk *d = *state;
    i64 id = assigned(d, "Gone is the lamp");
    struct assignment a = assignment_of(d, id);
    struct letter l = load(d, id);
    desk_as_staff(d);
    const char *slip = arena_printf(d->t->mem,
                                    "{\"flow\":\"assignments\",\"subject_id\":%lld,\"cause\":"
                                    "\"manual\"}",
                                    (long long)a.id)
                           .ptr;
    assert_int_equal(test_api(d->t, POST, "/api/v1/urgings", slip).status, 200);
    assert_int_equal(titles_left(d), 3);
    l.title = str_of("(erased)");
    assert_ok(test_write(d->t, erased, &l));
    assert_int_equal(titles_left(d), 0);
}

static void the_office_answers_for_all(void **state)
{
    struct desk *d = *state;
    i64 lead = triaged(d, "Dark lane", false), along = sent(d, "No light", false);
    attach(d, along, lead, 200);
    desk_as_staff(d);
    must(d, lead, "answer", "{\"opinion\":\"It will be mended on Monday.\"}");
    desk_same(load(d, along).reply, "It will be mended on Monday.");
    judge(d, along, "unsolved", "It was not.");
    desk_same(load(d, along).state, "triaged"); /* no unit has it: the office sorts it anew */
    assert_int_equal(load(d, along).lead_id, 0);
    assert_int_equal(open_todos(d, along, "assign"), 1);
}

/* ---- among the assignments, slips and nudges of other matters ---- */

static bool lists(struct desk *d, const char *path, const char *word)
{
    struct test_answer a = test_get(d->t, path);
    assert_int_equal(a.status, 200);
    return test_has(&a, word);
}

static void letters_are_told_apart_and_pressed_like_proposals(void **state)
{
    struct desk *d = *state;
    i64 id = assigned(d, "Dark lane"), a = assignment_of(d, id).id;
    desk_as_staff(d);
    assert_true(lists(d, "/api/v1/assignments?matter=letters", "Dark lane"));
    assert_false(lists(d, "/api/v1/assignments?matter=proposals", "Dark lane"));
    assert_true(lists(d, "/assignments.csv?matter=letters", "来信"));
    str slip = arena_printf(d->t->mem,
                            "{\"flow\":\"assignments\",\"subject_id\":%lld,\"cause\":"
                            "\"manual\"}",
                            (long long)a);
    assert_int_equal(test_api(d->t, POST, "/api/v1/urgings", slip.ptr).status, 200);
    assert_true(lists(d, "/api/v1/urgings?matter=letters", "Dark lane"));
    assert_false(lists(d, "/api/v1/urgings?matter=proposals", "Dark lane"));
    assert_true(lists(d, "/urgings.csv?matter=letters", "来信"));
    assert_true(
        lists(d, arena_printf(d->t->mem, "/letters/%lld", (long long)id).ptr, "/urgings/remind"));
    str nudge =
        arena_printf(d->t->mem, "{\"flow\":\"assignments\",\"subject_id\":%lld}", (long long)a);
    assert_int_equal(test_api(d->t, POST, "/api/v1/urgings/remind", nudge.ptr).status, 200);
    assert_int_equal(count(d, SQL("SELECT COUNT(*) FROM reminders WHERE org_id = :org AND matter = "
                                  "'letters' AND matter_id = :id AND told = 'Roads'",
                                  P(id))),
                     1);
    assert_true(lists(d, "/api/v1/urgings/reminders?matter=letters", "Dark lane"));
    assert_false(lists(d, "/api/v1/urgings/reminders?matter=proposals", "Dark lane"));
    assert_true(lists(d, "/urgings/reminders",
                      arena_printf(d->t->mem, "href=\"/assignments/%lld\"", (long long)a).ptr));
    desk_as_operator(d, 0);
    assert_true(lists(d, "/urgings/reminders", "Dark lane"));
    desk_as_operator(d, 1);
    assert_false(lists(d, "/urgings/reminders", "Dark lane"));
}

/* ---- the unit's days move the sender's ---- */

static void more_time_is_told_to_the_sender(void **state)
{
    struct desk *d = *state;
    i64 id = assigned(d, "Dark lane");
    desk_as_operator(d, 0);
    assert_int_equal(unit(d, id, "accept", "{}"), 200);
    assert_int_equal(unit(d, id, "contact",
                          "{\"way\":\"phone\",\"held_on\":\"2026-11-25\",\"with_whom\":\"S\","
                          "\"content\":\"c\"}"),
                     409); /* there is nobody to call */
    assert_int_equal(unit(d, id, "extend", "{\"to_on\":\"2026-12-31\",\"opinion\":\"Rain.\"}"),
                     422);
    assert_int_equal(unit(d, id, "extend", "{\"to_on\":\"2026-12-30\",\"opinion\":\"Rain.\"}"),
                     200);
    desk_as_dispatcher(d);
    assert_int_equal(unit(d, id, "decide_extension", "{\"decision\":\"granted\"}"), 200);
    assert_int_equal(load(d, id).due_on, day("2026-12-30"));
}

static void who_gets_it_instead_answers_the_same_sender(void **state)
{
    struct desk *d = *state;
    i64 id = assigned(d, "Dark lane");
    desk_as_dispatcher(d);
    str json = arena_printf(d->t->mem, "{\"agency_id\":%lld}", (long long)d->agency[1]);
    desk_on_day(d, "2026-11-26");
    assert_int_equal(unit(d, id, "reassign", json.ptr), 200);
    assert_int_equal(load(d, id).due_on, day("2026-12-17"));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(handed_out_by_the_days_of_the_place),
        CASE(several_units_and_a_day_given),
        CASE(the_dispatcher_hands_out_what_is_sorted),
        CASE(a_unit_never_reads_who_wrote),
        CASE(who_agrees_is_named_as_long_as_he_agrees),
        CASE(a_unit_sees_the_photos_that_staff_chose),
        CASE(who_does_not_handle_it_sees_no_photo),
        CASE(a_unit_that_gave_it_back_sees_no_photo),
        CASE(photos_end_with_the_handling),
        CASE(a_photo_of_who_runs_along_is_shown_with_its_lead),
        CASE(without_photos_and_point_there_is_nothing_to_choose),
        CASE(a_unit_sees_the_point_where_staff_say_so),
        CASE(the_answer_reaches_the_sender),
        CASE(the_office_releases_where_it_wants_to),
        CASE(unsolved_once_is_handled_again_twice_goes_to_the_committee),
        CASE(an_opinion_that_is_not_used_is_told_and_thought_of_again),
        CASE(solved_is_asked_again_and_ends),
        CASE(who_is_named_in_an_opinion_has_agreed),
        CASE(who_runs_along_gets_the_same_answer_and_judges_for_himself),
        CASE(what_is_over_leads_nobody),
        CASE(taken_back_it_is_cancelled_unless_others_wait),
        CASE(what_retention_takes_goes_from_the_units_too),
        CASE(the_office_answers_for_all),
        CASE(letters_are_told_apart_and_pressed_like_proposals),
        CASE(more_time_is_told_to_the_sender),
        CASE(who_gets_it_instead_answers_the_same_sender),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
