/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who sits where: the hall, ranks, numbers; by the front door filled, moved, fixed, published;
 * leave and who comes later. Expectations: README.md, reckoned by hand. The clock begins on
 * Wednesday 2026-11-25. */
#include "modules/seatings/seating.h"

#include "modules/proposals/tests/desk_look.h"

enum { LI, WANG, ZHAO };

/* ---- the hall ---- */

static void a_hall_is_read_as_it_is_written(void **state)
{
    static const struct {
        const char *text, *fault;
        i64 at, lines, chairs;
    } CASES[] = {
        { "9", NULL, 1, 1, 9 },
        { "8+12+8", NULL, 1, 1, 28 },
        { "2排 8 + 12+8\n\n3 排6＋6", NULL, 3, 5, 92 },
        { "", NULL, 0, 0, 0 },
        { "8+", "seatings.line_wrong", 1, 0, 0 },
        { "8\nten", "seatings.line_wrong", 2, 0, 0 },
        { "8 9", "seatings.line_wrong", 1, 0, 0 },
        { "0排 8", "seatings.line_wrong", 1, 0, 0 },
        { "81", "seatings.line_long", 1, 0, 0 },
        { "1+1+1+1+1+1+1+1+1", "seatings.line_long", 1, 0, 0 },
        { "81排 8", "seatings.too_many_lines", 1, 0, 0 },
        { "60排 60", "seatings.too_many_chairs", 1, 0, 0 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct seating_lines lines;
        i64 at;
        const char *fault = seating_lines_read(str_of(CASES[i].text), &lines, &at);
        if (CASES[i].fault)
            assert_string_equal(fault, CASES[i].fault);
        else
            assert_null(fault);
        assert_int_equal(at, CASES[i].at);
        if (fault)
            continue;
        assert_int_equal(lines.count, CASES[i].lines);
        assert_int_equal(lines.chairs, CASES[i].chairs);
    }
}

/* As the hall sees it: seven sit 7 5 3 1 2 4 6, eight 7 5 3 1 2 4 6 8. */
static void the_rostrum_goes_by_rank_from_the_middle(void **state)
{
    static const i64 SEVEN[] = { 4, 5, 3, 6, 2, 7, 1 }, EIGHT[] = { 4, 5, 3, 6, 2, 7, 1, 8 };
    (void)state;
    for (i64 k = 1; k <= 7; k++)
        assert_int_equal(seating_chair_of(k, 7), SEVEN[k - 1]);
    for (i64 k = 1; k <= 8; k++)
        assert_int_equal(seating_chair_of(k, 8), EIGHT[k - 1]);
    assert_int_equal(seating_chair_of(1, 1), 1);
    /* numbers of a row of six, odd and even: 5 3 1 2 4 6; of five: 5 3 1 2 4 */
    static const i64 SIX[] = { 5, 3, 1, 2, 4, 6 };
    for (i64 c = 1; c <= 6; c++)
        assert_int_equal(seating_number_of(c, 6, true), SIX[c - 1]);
    assert_int_equal(seating_number_of(5, 5, true), 4);
    assert_int_equal(seating_number_of(5, 6, false), 5);
}

static void the_floor_is_filled_in_rows_or_from_aisle_to_aisle(void **state)
{
    struct seating_hall hall = { 0 };
    struct seating_spot out[7], back;
    struct arena *mem = arena_new(64 << 10, 64 << 10);
    i64 at;
    (void)state;
    assert_null(seating_lines_read(str_of("2+1\n2+2"), &hall.part[SEATING_FLOOR], &at));
    seating_floor_order(&hall, false, out);
    assert_true(out[2].line == 1 && out[2].chair == 3);
    assert_true(out[3].line == 2 && out[3].chair == 1);
    seating_floor_order(&hall, true, out); /* 1.1 1.2 2.1 2.2 | 1.3 2.3 2.4 */
    assert_true(out[2].line == 2 && out[2].chair == 1);
    assert_true(out[4].line == 1 && out[4].chair == 3);
    assert_true(out[6].line == 2 && out[6].chair == 4);
    assert_true(seating_is_after_aisle(&hall.part[SEATING_FLOOR].items[0], 3));
    assert_false(seating_is_after_aisle(&hall.part[SEATING_FLOOR].items[0], 2));
    assert_true(seating_spot_read(seating_spot_text(mem, &out[6]), &back) && back.chair == 4);
    assert_true(seating_is_chair(&hall, &back));
    back.chair = 5;
    assert_false(seating_is_chair(&hall, &back));
    assert_false(seating_spot_read(str_of("stage:1:1"), &back));
    assert_false(seating_spot_read(str_of("floor:1"), &back));
    arena_free(mem);
}

/* ---- by the front door ---- */

static struct test_answer post(struct desk *d, i64 id, const char *verb, const char *json)
{
    i64 version = desk_count(d, SQL("SELECT COALESCE(MAX(version), 1) FROM seatings WHERE org_id = "
                                    ":org AND id = :id",
                                    P(id)));
    str path = arena_printf(d->t->mem, "/api/v1/seatings/%lld/%s", (long long)id, verb);
    return test_api(d->t, POST, path.ptr, test_versioned(d->t, json, version));
}

static void does(struct desk *d, i64 id, const char *verb, const char *json)
{
    struct test_answer a = post(d, id, verb, json);
    if (a.status != 200)
        fail_msg("%s: %d %.*s", verb, a.status, (int)a.body.len, a.body.ptr);
}

static i64 meeting(struct desk *d, bool notify)
{
    desk_as_staff(d);
    struct test_answer a = test_api(
        d->t, POST, "/api/v1/meetings",
        "{\"title\":\"Plenary\",\"organiser\":\"office\",\"place\":\"Hall\",\"from_on\":"
        "\"2026-12-03\",\"from_half\":\"morning\",\"to_half\":\"afternoon\",\"kind\":\"plenary\","
        "\"attending\":\"mandatory\",\"audience\":[\"members\"]}");
    assert_int_equal(a.status, 200);
    i64 id = desk_count(d, SQL("SELECT MAX(id) FROM meetings WHERE org_id = :org"));
    str path = arena_printf(d->t->mem, "/api/v1/meetings/%lld/notify", (long long)id);
    if (notify)
        assert_int_equal(test_api(d->t, POST, path.ptr, "{\"version\":1}").status, 200);
    return id;
}

/* rest: more members of the JSON object, each with a comma before it. */
static struct test_answer begin(struct desk *d, i64 meeting_id, const char *floor, const char *rest)
{
    return test_api(d->t, POST, "/api/v1/seatings",
                    arena_printf(d->t->mem,
                                 "{\"meeting\":\"meeting:%lld\",\"title\":\"Opening\",\"floor\":"
                                 "\"%s\",\"numbering\":\"odd_even\",\"run\":\"rows\"%s}",
                                 (long long)meeting_id, floor, rest)
                        .ptr);
}

#define BY_NAME ",\"arrangement\":\"names\""

static i64 begun(struct desk *d, i64 meeting_id, const char *floor, const char *rest)
{
    struct test_answer a = begin(d, meeting_id, floor, rest);
    if (a.status != 200)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
    return desk_count(d, SQL("SELECT MAX(id) FROM seatings WHERE org_id = :org"));
}

/* Where somebody sits: part (floor 1), row, chair in one number; 0 = nowhere. */
static i64 spot_of(struct desk *d, i64 id, size_t member)
{
    i64 person_id = d->person[member];
    return desk_count(d, SQL("SELECT COALESCE(MAX(CASE part WHEN 'floor' THEN 10000 ELSE 0 END + "
                             "line * 100 + chair), 0) FROM seating_places WHERE org_id = :org AND "
                             "seating_id = :id AND person_id = :person_id",
                             P(id), P(person_id)));
}

static i64 invitee_of(struct desk *d, i64 meeting_id, size_t member)
{
    i64 person_id = d->person[member];
    return desk_count(d, SQL("SELECT id FROM invitees WHERE org_id = :org AND meeting_id = "
                             ":meeting_id AND person_id = :person_id",
                             P(meeting_id), P(person_id)));
}

static str name_of(struct desk *d, size_t member)
{
    i64 person_id = d->person[member];
    struct text_row {
        str name;
    } row;
    static const struct field ROW[] = { FIELD(struct text_row, name), { 0 } };
    assert_int_equal(db_one(d->t->db,
                            SQL("SELECT name FROM invitees WHERE org_id = :org AND person_id = "
                                ":person_id LIMIT 1",
                                P(person_id)),
                            ROW, d->t->mem, &row)
                         .code,
                     0);
    return row.name;
}

static i64 told(struct desk *d)
{
    return desk_count(d, SQL("SELECT COUNT(*) FROM deliveries WHERE org_id = :org AND words LIKE "
                             "'Opening：您的座位是%'"));
}

static i64 told_gone(struct desk *d)
{
    return desk_count(d, SQL("SELECT COUNT(*) FROM deliveries WHERE org_id = :org AND words LIKE "
                             "'Opening：您原来的座位不再有效%'"));
}

static void what_cannot_be_seated_is_refused(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    struct test_answer a = begin(d, meeting(d, false), "4", BY_NAME);
    assert_true(a.status == 409 && desk_has(&a, "还没有参会的人"));
    i64 meeting_id = meeting(d, true);
    a = begin(d, meeting_id, "4\\nfour", BY_NAME);
    assert_true(a.status == 422 && desk_has(&a, "第 2 行看不懂"));
    a = begin(d, meeting_id, "4", ",\"arrangement\":\"groups\"");
    assert_true(a.status == 422 && desk_has(&a, "还没有分组"));
    a = begin(d, meeting_id, "4", BY_NAME ",\"rostrum\":\"3\",\"leaders\":\"Nobody\"");
    assert_true(a.status == 422 && desk_has(&a, "参会名单里没有“Nobody”"));
    a = begin(d, meeting_id, "4", BY_NAME ",\"rostrum\":\"1\",\"leaders\":\"A 来宾\\nB　来宾\"");
    assert_true(a.status == 422 && desk_has(&a, "主席台只有 1 座"));
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM seatings WHERE org_id = :org")), 0);
}

/* The rostrum of three: a guest in the middle, Li at his left hand; the others on the floor. */
static void a_hall_is_filled_moved_fixed_and_published(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    i64 meeting_id = meeting(d, true);
    str li = name_of(d, LI);
    str rest =
        arena_printf(d->t->mem, BY_NAME ",\"rostrum\":\"3\",\"leaders\":\"Mayor 来宾\\n%.*s\"",
                     (int)li.len, li.ptr);
    i64 id = begun(d, meeting_id, "2+2", rest.ptr);
    assert_int_equal(spot_of(d, id, LI), 103);
    i64 wang = spot_of(d, id, WANG), zhao = spot_of(d, id, ZHAO);
    assert_true((wang == 10101 && zhao == 10102) || (wang == 10102 && zhao == 10101));
    desk_as_member(d, LI);
    assert_int_equal(desk_page(d, "/seatings/", id, "").status, 404); /* a draft */
    desk_as_staff(d);
    const char *swap = "{\"from\":\"floor:1:1\",\"to\":\"floor:1:2\"}";
    does(d, id, "move", swap);
    assert_true(spot_of(d, id, WANG) == zhao && spot_of(d, id, ZHAO) == wang);
    struct test_answer a =
        test_post(d->t, arena_printf(d->t->mem, "/seatings/%lld/move", (long long)id).ptr,
                  "version", "1", "from", "floor:1:1", "to", "floor:1:3", NULL);
    assert_int_equal(a.status, 409); /* by an older picture */
    assert_true(desk_has(&a, "别人调整过座次") && desk_has(&a, "正在调整"));
    assert_true(desk_has(&a, "name=\"version\" value=\"2\""));
    does(d, id, "fix", "{\"at\":\"floor:1:2\",\"fixed\":true}");
    a = post(d, id, "move", swap);
    assert_true(a.status == 409 && desk_has(&a, "已经固定"));
    a = post(d, id, "move", "{\"from\":\"floor:1:4\",\"to\":\"floor:1:3\"}");
    assert_true(a.status == 422 && desk_has(&a, "现在没有人"));
    a = post(d, id, "move", "{\"from\":\"floor:1:1\",\"to\":\"floor:9:9\"}");
    assert_true(a.status == 422 && desk_has(&a, "没有这个座位"));
    a = post(d, id, "reserve", "{\"at\":\"floor:1:1\",\"name\":\"Press\"}");
    assert_true(a.status == 422 && desk_has(&a, "有人了"));
    does(d, id, "reserve", "{\"at\":\"floor:1:4\",\"name\":\"Press\"}");
    size_t kept = spot_of(d, id, WANG) == 10102 ? WANG : ZHAO;
    /* seated anew with rows of one: who is fixed at 1.2 has no such chair any more */
    does(d, id, "fill",
         "{\"title\":\"Opening\",\"floor\":\"1\\n4\",\"numbering\":\"left\",\"arrangement\":"
         "\"names\",\"run\":\"rows\"}");
    assert_int_equal(spot_of(d, id, LI) / 10000, 1);
    assert_true(spot_of(d, id, kept) != 0);
    does(d, id, "fix", "{\"at\":\"floor:2:1\",\"fixed\":true}");
    kept = spot_of(d, id, LI) == 10201 ? LI : spot_of(d, id, WANG) == 10201 ? WANG : ZHAO;
    does(d, id, "fill",
         "{\"title\":\"Opening\",\"floor\":\"2\\n4\",\"numbering\":\"left\",\"arrangement\":"
         "\"sectors\",\"run\":\"rows\"}");
    assert_int_equal(spot_of(d, id, kept), 10201); /* fixed, though 1.1 comes first */
    does(d, id, "publish", "{}");
    assert_int_equal(told(d), 1); /* Li alone signs in */
    assert_int_equal(post(d, id, "fill", "{}").status, 422);
    a = post(d, id, "complete", "{}");
    assert_true(a.status == 409 && desk_has(&a, "没有可补的"));
    a = desk_page(d, "/seatings/", id, "/pdf");
    assert_true(a.status == 200 && str_starts(a.body, str_of("%PDF")));
    assert_int_equal(desk_page(d, "/seatings/", id, "/plan.xlsx").status, 200);
    a = desk_page(d, "/seatings/", id, "/cards.pdf?of=all");
    assert_true(a.status == 200 && str_starts(a.body, str_of("%PDF")));
    a = desk_page(d, "/seatings/", id, "/cards.pdf?of=all&size=large");
    assert_true(a.status == 200 && str_starts(a.body, str_of("%PDF")));
    assert_int_equal(desk_page(d, "/seatings/", id, "/cards.pdf?size=huge").status, 422);
    a = desk_page(d, "/seatings/", id, "/cards.pdf?of=rostrum");
    assert_int_equal(a.status, 409); /* the hall as it was filled last has none */
    desk_as_member(d, LI);
    a = desk_page(d, "/seatings/", id, "");
    assert_true(a.status == 200 && desk_has(&a, "我的座位：<b>"));
    assert_false(desk_has(&a, "name=\"to\""));
    a = desk_page(d, "/meetings/", meeting_id, "");
    assert_true(desk_has(&a, "我的座位") && desk_has(&a, "Opening"));
    desk_as_staff(d);
    does(d, id, "drop", "{}");
    assert_int_equal(told_gone(d), 1);
    assert_int_equal(post(d, id, "move", swap).status, 409);
}

static void holds(struct desk *d, size_t member, const char *post)
{
    i64 person_id = d->person[member];
    str code = str_of(post);
    assert_ok(db_run(d->t->db,
                     SQL("INSERT INTO tenures (org_id, person_id, post, body, body_id, from_on) "
                         "VALUES (:org, :person_id, :code, 'cppcc', 1, 1)",
                         P(person_id), P(code)),
                     NULL));
}

/* Nobody is named: the chair in the middle, the vice-chair who was put down first at his left hand,
 * though he is the later member. Who loses a published chair is told. */
static void the_rostrum_ranks_vice_chairs_as_they_were_put_down(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    i64 meeting_id = meeting(d, true);
    holds(d, ZHAO, "vice_chair");
    holds(d, LI, "vice_chair");
    holds(d, WANG, "chair");
    i64 id = begun(d, meeting_id, "4", BY_NAME ",\"rostrum\":\"3\"");
    assert_int_equal(spot_of(d, id, WANG), 102);
    assert_int_equal(spot_of(d, id, ZHAO), 103);
    assert_int_equal(spot_of(d, id, LI), 101);
    does(d, id, "publish", "{}");
    assert_int_equal(told_gone(d), 0);
    does(d, id, "move", "{\"from\":\"rostrum:1:1\",\"to\":\"out\"}");
    assert_int_equal(told_gone(d), 1);
}

/* Leave frees the chair; coming after all gives it back, unless somebody else has it. */
static void leave_frees_a_chair_and_who_comes_later_gets_one(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    i64 meeting_id = meeting(d, true);
    i64 id = begun(d, meeting_id, "2", BY_NAME); /* three people, two chairs */
    size_t without = !spot_of(d, id, LI) ? LI : !spot_of(d, id, WANG) ? WANG : ZHAO;
    size_t leaving = without == WANG ? ZHAO : WANG;
    struct test_answer a = desk_page(d, "/api/v1/seatings/", id, "");
    i64 invitee = 0;
    str_to_i64(test_json(d->t, &a, "unseated.0.invitee_id"), &invitee);
    assert_int_equal(invitee, invitee_of(d, meeting_id, without));
    a = post(d, id, "complete", "{}");
    assert_int_equal(a.status, 409); /* full */
    does(d, id, "publish", "{}");
    i64 chair = spot_of(d, id, leaving);
    i64 leaver = invitee_of(d, meeting_id, leaving);
    assert_int_equal(db_run(d->t->db,
                            SQL("UPDATE invitees SET state = 'leave_granted' WHERE org_id = :org "
                                "AND id = :leaver",
                                P(leaver)),
                            &(i64){ 0 })
                         .code,
                     0);
    a = desk_page(d, "/seatings/", id, "");
    assert_true(desk_has(&a, "空 1 座") && desk_has(&a, "座位已空出"));
    a = desk_page(d, "/seatings/", id,
                  arena_printf(d->t->mem, "?pick=invitee:%lld", (long long)invitee).ptr);
    assert_true(desk_has(&a, "正在调整") && desk_has(&a, "<br>还没有座位"));
    a = post(d, id, "move",
             arena_printf(d->t->mem, "{\"from\":\"invitee:%lld\",\"to\":\"floor:1:1\"}",
                          (long long)leaver)
                 .ptr);
    assert_true(a.status == 422 && desk_has(&a, "已经请假"));
    does(d, id, "complete", "{}");
    assert_int_equal(spot_of(d, id, without), chair);
    assert_int_equal(spot_of(d, id, leaving), 0);
    does(d, id, "move", "{\"from\":\"floor:1:1\",\"to\":\"out\"}");
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM seating_places WHERE org_id = :org")),
                     1);
    desk_on_day(d, "2026-12-03");
    desk_as_staff(d);
    a = desk_page(d, "/api/v1/meetings/", meeting_id, "/gate");
    assert_true(a.status == 200 && desk_has(&a, "\"seat\":\"1排"));
}

static i64 grouped(struct desk *d, i64 meeting_id)
{
    struct test_answer a =
        test_api(d->t, POST, "/api/v1/schemes",
                 arena_printf(d->t->mem,
                              "{\"meeting\":\"meeting:%lld\",\"kind\":\"sectoral\",\"groups\":3,"
                              "\"title\":\"Talks\"}",
                              (long long)meeting_id)
                     .ptr);
    assert_int_equal(a.status, 200);
    return desk_count(d, SQL("SELECT MAX(id) FROM schemes WHERE org_id = :org"));
}

/* A hall of three chairs, one for each group of one: who is in the group that is first has the
 * first chair, whatever names and sectors say. */
static void sits_by(struct desk *d, i64 id, i64 scheme_id)
{
    for (size_t member = LI; member <= ZHAO; member++) {
        i64 person_id = d->person[member];
        i64 place = desk_count(
            d, SQL("SELECT COUNT(*) FROM scheme_groups f JOIN scheme_groups g ON g.org_id = "
                   "f.org_id AND g.scheme_id = f.scheme_id AND g.number >= f.number JOIN "
                   "placements p ON p.org_id = g.org_id AND p.group_id = g.id WHERE f.org_id = "
                   ":org AND f.scheme_id = :scheme_id AND p.person_id = :person_id",
                   P(scheme_id), P(person_id)));
        assert_int_equal(spot_of(d, id, member), 10100 + place);
    }
}

static void fills_by(struct desk *d, i64 id, const char *scheme)
{
    does(d, id, "fill",
         arena_printf(d->t->mem,
                      "{\"title\":\"Opening\",\"floor\":\"3\",\"numbering\":\"left\","
                      "\"arrangement\":\"groups\",\"run\":\"rows\"%s}",
                      scheme)
             .ptr);
}

/* Of two groupings the newest, unless the office chooses. */
static void a_group_sits_together(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    i64 meeting_id = meeting(d, true), first = grouped(d, meeting_id);
    i64 id = begun(d, meeting_id, "3", ",\"arrangement\":\"groups\"");
    sits_by(d, id, first);
    i64 second = grouped(d, meeting_id);
    assert_ok(db_run(d->t->db, /* the same groups the other way round */
                     SQL("UPDATE scheme_groups SET number = 10 - number WHERE org_id = :org AND "
                         "scheme_id = :second",
                         P(second)),
                     NULL));
    fills_by(d, id, "");
    sits_by(d, id, second);
    str choice = arena_printf(d->t->mem, ",\"scheme\":\"scheme:%lld\"", (long long)first);
    fills_by(d, id, choice.ptr);
    sits_by(d, id, first);
    struct test_answer a = desk_page(d, "/seatings/", id, "/fill");
    assert_true(desk_has(&a, "最新公布的一套") && desk_has(&a, "Talks（草稿）"));
    assert_int_equal(post(d, id, "fill",
                          "{\"title\":\"Opening\",\"floor\":\"3\",\"numbering\":\"left\","
                          "\"arrangement\":\"groups\",\"run\":\"rows\",\"scheme\":"
                          "\"scheme:999\"}")
                         .status,
                     422);
}

static void is_of(struct desk *d, size_t member, const char *sector, i64 position)
{
    i64 person_id = d->person[member], id;
    str name = str_of(sector);
    assert_ok(db_insert(d->t->db,
                        SQL("INSERT INTO sectors (org_id, name, position, from_on) VALUES (:org, "
                            ":name, :position, 1) RETURNING id",
                            P(name), P(position)),
                        &id));
    assert_ok(db_run(d->t->db,
                     SQL("UPDATE invitees SET sector_name = :name WHERE org_id = :org AND "
                         "person_id = :person_id",
                         P(name), P(person_id)),
                     NULL));
}

/* Not by their names: the sector that the office puts first has the first chair. */
static void sectors_sit_in_their_official_order(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    i64 meeting_id = meeting(d, true);
    is_of(d, LI, "Arts", 9);
    is_of(d, WANG, "Youth", 7);
    is_of(d, ZHAO, "Law", 8);
    i64 id = begun(d, meeting_id, "3", ",\"arrangement\":\"sectors\"");
    assert_int_equal(spot_of(d, id, WANG), 10101);
    assert_int_equal(spot_of(d, id, ZHAO), 10102);
    assert_int_equal(spot_of(d, id, LI), 10103);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hall_is_read_as_it_is_written),
        cmocka_unit_test(the_rostrum_goes_by_rank_from_the_middle),
        cmocka_unit_test(the_floor_is_filled_in_rows_or_from_aisle_to_aisle),
        cmocka_unit_test_setup_teardown(what_cannot_be_seated_is_refused, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_hall_is_filled_moved_fixed_and_published, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(leave_frees_a_chair_and_who_comes_later_gets_one,
                                        desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(the_rostrum_ranks_vice_chairs_as_they_were_put_down,
                                        desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_group_sits_together, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(sectors_sit_in_their_official_order, desk_setup,
                                        desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
