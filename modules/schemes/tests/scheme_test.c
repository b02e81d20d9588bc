/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Groups of a meeting: how people are divided, by the front door moved, led, published; who sees
 * what. Expectations: README.md, reckoned by hand. The clock begins on Wednesday 2026-11-25. */
#include "modules/schemes/scheme.h"

#include "modules/proposals/tests/desk_look.h"

enum { LI, WANG, ZHAO, PEOPLE = 11 };

/* ---- dividing ---- */

/* Five of A, three of B, three of C, as they come. */
static void eleven(struct scheme_person *people)
{
    static const char *const SECTORS[PEOPLE] = { "C", "A", "B", "A", "A", "C",
                                                 "B", "A", "B", "A", "C" };
    for (size_t i = 0; i < PEOPLE; i++)
        people[i] =
            (struct scheme_person){ .invitee_id = (i64)i + 1, .together = str_of(SECTORS[i]) };
}

static void those_of_a_sector_stay_together_and_sizes_are_even(void **state)
{
    struct scheme_person people[PEOPLE];
    i64 size[4] = { 0 };
    (void)state;
    eleven(people);
    scheme_divide(people, PEOPLE, 3, false);
    for (size_t i = 0; i < PEOPLE; i++) {
        size[people[i].number]++;
        if (i > 0) /* one after the other: nobody's sector comes back later */
            assert_true(people[i].number >= people[i - 1].number);
    }
    assert_int_equal(size[1], 4); /* AAAA | ABBB | CCC */
    assert_int_equal(size[2], 4);
    assert_int_equal(size[3], 3);
    assert_true(str_is(people[3].together, "A") && str_is(people[4].together, "A"));
    assert_int_equal(people[4].number, 2);
    assert_true(str_is(people[8].together, "C"));
    assert_int_equal(people[8].number, 3);
}

static void mixed_groups_have_some_of_each(void **state)
{
    struct scheme_person people[PEOPLE];
    i64 of_a[4] = { 0 }, size[4] = { 0 };
    (void)state;
    eleven(people);
    scheme_divide(people, PEOPLE, 3, true);
    for (size_t i = 0; i < PEOPLE; i++) {
        size[people[i].number]++;
        of_a[people[i].number] += str_is(people[i].together, "A");
    }
    assert_true(of_a[1] == 2 && of_a[2] == 2 && of_a[3] == 1);
    assert_true(size[1] == 4 && size[2] == 4 && size[3] == 3);
}

/* ---- by the front door ---- */

static struct test_answer post(struct desk *d, i64 id, const char *verb, const char *json)
{
    struct test_answer a =
        test_get(d->t, arena_printf(d->t->mem, "/api/v1/schemes/%lld", (long long)id).ptr);
    i64 version = 1;
    if (a.status == 200)
        assert_true(str_to_i64(test_json(d->t, &a, "version"), &version));
    str path = arena_printf(d->t->mem, "/api/v1/schemes/%lld/%s", (long long)id, verb);
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

static struct test_answer begin(struct desk *d, i64 meeting_id, int groups)
{
    return test_api(d->t, POST, "/api/v1/schemes",
                    arena_printf(d->t->mem,
                                 "{\"meeting\":\"meeting:%lld\",\"kind\":\"sectoral\",\"groups\":%d"
                                 ",\"title\":\"Talks\"}",
                                 (long long)meeting_id, groups)
                        .ptr);
}

static i64 begun(struct desk *d)
{
    struct test_answer a = begin(d, meeting(d, true), 2);
    if (a.status != 200)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
    return desk_count(d, SQL("SELECT MAX(id) FROM schemes WHERE org_id = :org"));
}

static i64 number_at(struct desk *d, i64 id, const char *path)
{
    struct test_answer a = desk_page(d, "/api/v1/schemes/", id, "");
    i64 n = 0;
    str_to_i64(test_json(d->t, &a, path), &n);
    return n;
}

static i64 told(struct desk *d)
{
    return desk_count(d, SQL("SELECT COUNT(*) FROM deliveries WHERE org_id = :org AND words LIKE "
                             "'Talks：您在%'"));
}

static i64 in_group(struct desk *d, size_t member)
{
    i64 person_id = d->person[member];
    return desk_count(d, SQL("SELECT COALESCE(MAX(group_id), 0) FROM placements WHERE org_id = "
                             ":org AND person_id = :person_id",
                             P(person_id)));
}

static void a_meeting_is_divided_moved_and_published(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    struct test_answer a = begin(d, meeting(d, false), 2);
    assert_int_equal(a.status, 409); /* nobody is invited yet */
    assert_true(desk_has(&a, "还没有参会的人"));
    a = begin(d, meeting(d, true), 4);
    assert_int_equal(a.status, 409);
    assert_true(desk_has(&a, "参会的只有 3 人，分不成 4 组"));
    i64 id = begun(d);
    desk_as_member(d, LI);
    assert_int_equal(desk_page(d, "/schemes/", id, "").status, 404); /* a draft */
    desk_as_staff(d);
    i64 first = number_at(d, id, "partition.0.id"), second = number_at(d, id, "partition.1.id");
    i64 was = in_group(d, LI), other = was == first ? second : first, person_id = d->person[LI];
    i64 invitee = desk_count(d, SQL("SELECT invitee_id FROM placements WHERE org_id = :org AND "
                                    "person_id = :person_id",
                                    P(person_id)));
    str path = arena_printf(d->t->mem, "/api/v1/scheme_groups/%lld", (long long)was);
    a = test_api(d->t, PUT, path.ptr,
                 arena_printf(d->t->mem,
                              "{\"name\":\"Hills\",\"room\":\"R1\",\"convener\":\"member:%lld\","
                              "\"version\":1}",
                              (long long)d->member[LI])
                     .ptr);
    if (a.status != 200)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
    path = arena_printf(d->t->mem, "/api/v1/scheme_groups/%lld", (long long)other);
    a = test_api(d->t, PUT, path.ptr,
                 arena_printf(d->t->mem,
                              "{\"name\":\"Lakes\",\"convener\":\"member:%lld\",\"version\":1}",
                              (long long)d->member[LI])
                     .ptr);
    assert_int_equal(a.status, 422); /* he is not in it */
    does(d, id, "publish", "{}");
    assert_int_equal(told(d), 1); /* Li alone signs in */
    assert_int_equal(post(d, id, "divide", "{\"groups\":2}").status, 409);
    const char *move = arena_printf(d->t->mem, "{\"invitees\":[%lld],\"to\":\"group:%lld\"}",
                                    (long long)invitee, (long long)other)
                           .ptr;
    does(d, id, "move", move);
    assert_int_equal(in_group(d, LI), other);
    assert_int_equal(told(d), 2);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM scheme_groups WHERE org_id = :org AND "
                                       "convener_id <> 0")),
                     0); /* who left the group leads it no more */
    does(d, id, "move", move);
    assert_int_equal(told(d), 2); /* there already */
    path = arena_printf(d->t->mem, "/schemes/%lld/move", (long long)id);
    a = test_post(d->t, path.ptr, "version", "2", "invitees",
                  arena_printf(d->t->mem, "%lld", (long long)invitee).ptr, "to", "out", NULL);
    assert_int_equal(a.status, 409); /* another clerk has moved people since */
    assert_true(desk_has(&a, "别人调整过分组") && desk_has(&a, "\" checked"));
    assert_true(desk_has(&a, "value=\"out\" selected") &&
                desk_has(&a, "name=\"version\" value=\"3\""));
    assert_int_equal(in_group(d, LI), other);
    does(d, id, "move",
         arena_printf(d->t->mem, "{\"invitees\":[%lld],\"to\":\"out\"}", (long long)invitee).ptr);
    assert_int_equal(in_group(d, LI), 0);
    assert_int_equal(number_at(d, id, "unplaced.0.invitee_id"), invitee);
    a = post(d, id, "move", "{\"invitees\":[1],\"to\":\"group:999\"}");
    assert_true(a.status == 422 && desk_has(&a, "请选一个组"));
}

static void a_member_finds_his_group_on_the_meetings_page(void **state)
{
    struct desk *d = *state;
    i64 id = begun(d);
    i64 meeting_id = desk_count(d, SQL("SELECT MAX(meeting_id) FROM schemes WHERE org_id = :org"));
    desk_as_member(d, WANG);
    struct test_answer a = desk_page(d, "/meetings/", meeting_id, "");
    assert_false(desk_has(&a, "我的小组"));
    desk_as_staff(d);
    does(d, id, "publish", "{}");
    a = desk_page(d, "/schemes/", id, "/pdf");
    assert_int_equal(a.status, 200);
    desk_as_member(d, WANG);
    a = desk_page(d, "/meetings/", meeting_id, "");
    assert_true(desk_has(&a, "我的小组") && desk_has(&a, "Talks"));
    a = desk_page(d, "/schemes/", id, "");
    assert_int_equal(a.status, 200);
    assert_false(desk_has(&a, "name=\"invitees\""));
    i64 mine = str_find(a.body, str_of("我的小组"), 0); /* stands first, its list unfolded */
    assert_true(mine > 0 && str_find(a.body, str_of("我的小组"), (size_t)mine + 1) < 0);
    assert_true(str_find(a.body, str_of("<details class=\"fold\" open"), 0) > mine);
    desk_as_staff(d);
    a = desk_page(d, "/schemes/", id, "");
    assert_false(desk_has(&a, "我的小组"));
    does(d, id, "drop", "{}");
    desk_as_member(d, WANG);
    assert_int_equal(desk_page(d, "/schemes/", id, "").status, 404);
}

static void each_group_has_its_attendance(void **state)
{
    struct desk *d = *state;
    i64 id = begun(d);
    i64 meeting_id = desk_count(d, SQL("SELECT MAX(meeting_id) FROM schemes WHERE org_id = :org"));
    i64 first = number_at(d, id, "partition.0.id");
    i64 invitee = number_at(d, id, "partition.0.people.0.invitee_id");
    assert_true(first && invitee);
    desk_on_day(d, "2026-12-03");
    desk_as_staff(d);
    str path = arena_printf(d->t->mem, "/api/v1/meetings/%lld/hold", (long long)meeting_id);
    struct test_answer a = test_api(d->t, POST, path.ptr, "{\"version\":2}");
    assert_int_equal(a.status, 200);
    i64 version =
        desk_count(d, SQL("SELECT version FROM invitees WHERE org_id = :org AND id = :invitee",
                          P(invitee)));
    path = arena_printf(d->t->mem, "/api/v1/meetings/%lld/attendance", (long long)meeting_id);
    a = test_api(d->t, POST, path.ptr,
                 arena_printf(d->t->mem,
                              "{\"invitees\":[%lld],\"versions\":[\"%lld\"],\"results\":[\"late\"],"
                              "\"halves\":[\"\"]}",
                              (long long)invitee, (long long)version)
                     .ptr);
    if (a.status != 200)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
    assert_int_equal(number_at(d, id, "partition.0.present"), 1);
    assert_int_equal(number_at(d, id, "partition.1.present"), 0);
    a = desk_page(d, "/schemes/", id, "");
    assert_true(desk_has(&a, "实到 1 人，请假 0 人，缺席 0 人"));
    desk_count(d, SQL("UPDATE invitees SET role = 'guest' WHERE org_id = :org AND id = :invitee "
                      "RETURNING id",
                      P(invitee)));
    assert_int_equal(number_at(d, id, "partition.0.present"), 0); /* 列席 has no duty to be there */
}

static struct test_answer invitee_does(struct desk *d, size_t member, const char *verb,
                                       const char *json)
{
    i64 person_id = d->person[member];
    i64 id = desk_count(d, SQL("SELECT MAX(id) FROM invitees WHERE org_id = :org AND person_id = "
                               ":person_id",
                               P(person_id)));
    i64 version =
        desk_count(d, SQL("SELECT version FROM invitees WHERE org_id = :org AND id = :id", P(id)));
    str path = arena_printf(d->t->mem, "/api/v1/invitees/%lld/%s", (long long)id, verb);
    return test_api(d->t, POST, path.ptr, test_versioned(d->t, json, version));
}

/* Of Li: whether he is in a state, with so many open to-dos and running clocks. */
static void stands(struct desk *d, const char *state, i64 todos)
{
    i64 person_id = d->person[LI];
    str wanted = str_of(state);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM invitees WHERE org_id = :org AND "
                                       "person_id = :person_id AND state = :wanted",
                                       P(person_id), P(wanted))),
                     1);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM todos WHERE org_id = :org AND flow = "
                                       "'invitees' AND holder = 'person' AND holder_id = "
                                       ":person_id",
                                       P(person_id))),
                     todos);
}

/* modules/meetings: what a guest answered is no answer of a member, and a guest asks no leave. */
static void who_stops_being_a_guest_is_asked_anew(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    meeting(d, true);
    assert_int_equal(invitee_does(d, LI, "designate", "{\"role\":\"guest\"}").status, 200);
    stands(d, "pending", 1);
    desk_as_member(d, LI);
    assert_int_equal(invitee_does(d, LI, "decline", "{}").status, 200);
    stands(d, "absenting", 0);
    desk_as_staff(d);
    assert_int_equal(invitee_does(d, LI, "designate", "{\"role\":\"member\"}").status, 200);
    stands(d, "pending", 1);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM deliveries WHERE org_id = :org AND "
                                       "words LIKE '%身份改为正式参会，原来的答复不再算数%'")),
                     1);
    desk_as_member(d, LI);
    assert_int_equal(invitee_does(d, LI, "decline", "{}").status, 409); /* he must come */
    assert_int_equal(invitee_does(d, LI, "confirm", "{}").status, 200);
    desk_as_staff(
        d); /* who comes anyway, and who is asked for something else, is not asked again */
    assert_int_equal(invitee_does(d, LI, "designate", "{\"role\":\"speaker\"}").status, 200);
    assert_int_equal(invitee_does(d, LI, "designate", "{\"role\":\"guest\"}").status, 200);
    stands(d, "going", 0);
    assert_int_equal(invitee_does(d, LI, "designate", "{\"role\":\"member\"}").status, 200);
    desk_as_member(d, LI);
    assert_int_equal(
        invitee_does(d, LI, "leave", "{\"kind\":\"illness\",\"reason\":\"In bed.\"}").status, 200);
    stands(d, "leave_asked", 0);
    desk_as_staff(d);
    assert_int_equal(invitee_does(d, LI, "designate", "{\"role\":\"guest\"}").status, 200);
    stands(d, "pending", 1);
}

/* ---- talks ---- */

struct credited {
    struct desk *d;
    i64 meeting_id;
    char text[256], keepers[256];
};

/* What talks give to the ledger, a line each. */
static err credits_read(struct rq *rq, void *context)
{
    static const char *const NAMES[] = { "Li", "Wang", "Zhao" };
    struct credited *c = context;
    struct rows rows;
    size_t used = 0, names = 0;
    TRY(meeting_attendance(rq, c->meeting_id, &rows));
    const struct meeting_attended *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        for (size_t m = 0; m < DESK_MEMBERS && str_starts(all[i].kind, str_of("group.")); m++)
            if (all[i].member_id == c->d->member[m]) {
                names += (size_t)snprintf(c->keepers + names, sizeof c->keepers - names, "%.*s;",
                                          (int)all[i].recorded_name.len, all[i].recorded_name.ptr);
                used += (size_t)snprintf(c->text + used, sizeof c->text - used, "%s %.*s %lld;",
                                         NAMES[m], (int)all[i].kind.len, all[i].kind.ptr,
                                         (long long)all[i].quantity);
            }
    return OK;
}

static void credits(struct desk *d, i64 meeting_id, const char *expected)
{
    struct credited c = { .d = d, .meeting_id = meeting_id };
    assert_ok(desk_in_org(d, d->t->org, credits_read, &c));
    assert_string_equal(c.text, expected);
}

/* Who kept the rolls that those lines rest on. */
static void kept_by(struct desk *d, i64 meeting_id, const char *expected)
{
    struct credited c = { .d = d, .meeting_id = meeting_id };
    assert_ok(desk_in_org(d, d->t->org, credits_read, &c));
    assert_string_equal(c.keepers, expected);
}

/* The result that the office put down of Wang. */
static void wang_was(struct desk *d, const char *result)
{
    i64 wang = d->person[WANG];
    str word = str_of(result);
    desk_count(d, SQL("UPDATE invitees SET result = :word WHERE org_id = :org AND person_id = "
                      ":wang RETURNING id",
                      P(word), P(wang)));
}

static void stands_as(struct desk *d, const char *state)
{
    str word = str_of(state);
    desk_count(d,
               SQL("UPDATE meetings SET state = :word WHERE org_id = :org RETURNING id", P(word)));
}

/* Whether who looks at a scheme is offered a roll. */
static void offers(struct desk *d, i64 id, bool wanted)
{
    struct test_answer a = desk_page(d, "/schemes/", id, "");
    assert_int_equal(a.status, 200);
    assert_int_equal(desk_has(&a, "小组点名"), wanted);
}

static i64 placed(struct desk *d, i64 id, size_t member)
{
    i64 person_id = d->person[member];
    return desk_count(d, SQL("SELECT invitee_id FROM placements WHERE org_id = :org AND "
                             "scheme_id = :id AND person_id = :person_id",
                             P(id), P(person_id)));
}

static struct test_answer puts_down(struct desk *d, i64 group, const char *json)
{
    str path = arena_printf(d->t->mem, "/api/v1/scheme_groups/%lld/roll", (long long)group);
    return test_api(d->t, POST, path.ptr, json);
}

/* Words: what Li, Wang and Zhao did on a half-day. */
static struct test_answer rolls(struct desk *d, i64 id, i64 group, const char *half_and_version,
                                const char *words)
{
    return puts_down(
        d, group,
        arena_printf(d->t->mem, "{%s,\"invitees\":[%lld,%lld,%lld],\"presences\":[%s]}",
                     half_and_version, (long long)placed(d, id, LI), (long long)placed(d, id, WANG),
                     (long long)placed(d, id, ZHAO), words)
            .ptr);
}

/* Rolls in the log that say so of the first half-day of the Hills. */
static i64 logged(struct desk *d, const char *before, const char *after)
{
    str was = arena_printf(d->t->mem, "Hills，2026年12月3日 上午：%s", before);
    str now = arena_printf(d->t->mem, "Hills，2026年12月3日 上午：%s", after);
    return desk_count(d, SQL("SELECT COUNT(*) FROM audits WHERE org_id = :org AND act = "
                             "'schemes.roll' AND before_text = :was AND after_text = :now",
                             P(was), P(now)));
}

/* How often Li was told that he is down as absent, and whom to tell that he is not. */
static i64 told_absent(struct desk *d)
{
    return desk_count(d, SQL("SELECT COUNT(*) FROM deliveries WHERE org_id = :org AND words LIKE "
                             "'Talks，2026年12月3日 上午的小组点名记您缺席。%请告诉%或会务。'"));
}

/* Another scheme of the same meeting, of one group, published by the office; its group. */
static i64 second_scheme(struct desk *d, i64 meeting_id, i64 *id)
{
    assert_int_equal(begin(d, meeting_id, 1).status, 200);
    *id = desk_count(d, SQL("SELECT MAX(id) FROM schemes WHERE org_id = :org"));
    does(d, *id, "publish", "{}");
    return number_at(d, *id, "partition.0.id");
}

/* 广水: who stays away from the talks without leave; the group is Li (its convener), Wang and Zhao,
 * who has leave of the meeting. Only Li is there. */
static void who_was_at_the_talks_is_put_down_by_the_convener(void **state)
{
    static const char *const GONE = "\"absent\",\"absent\",\"absent\"";
    struct desk *d = *state;
    desk_lead_signs_in(d);
    struct test_answer a = begin(d, meeting(d, true), 1);
    assert_int_equal(a.status, 200);
    i64 id = desk_count(d, SQL("SELECT MAX(id) FROM schemes WHERE org_id = :org"));
    i64 meeting_id = desk_count(d, SQL("SELECT MAX(meeting_id) FROM schemes WHERE org_id = :org"));
    i64 group = number_at(d, id, "partition.0.id"), zhao = d->person[ZHAO];
    str path = arena_printf(d->t->mem, "/api/v1/scheme_groups/%lld", (long long)group);
    a = test_api(d->t, PUT, path.ptr,
                 arena_printf(d->t->mem,
                              "{\"name\":\"Hills\",\"convener\":\"member:%lld\",\"version\":1}",
                              (long long)d->member[LI])
                     .ptr);
    assert_int_equal(a.status, 200);
    does(d, id, "publish", "{}");
    desk_signs_in(d, ZHAO, "zhao"); /* excused: nobody tells him that he is down as absent */
    desk_as_staff(d);
    i64 other = 0, others = second_scheme(d, meeting_id, &other), spare = 0;
    second_scheme(d, meeting_id, &spare);
    desk_count(d, SQL("UPDATE invitees SET state = 'leave_granted' WHERE org_id = :org AND "
                      "person_id = :zhao RETURNING id",
                      P(zhao)));
    desk_as_member(d, LI);
    assert_int_equal(desk_page(d, "/scheme_groups/", group, "/roll").status, 409); /* not yet */
    offers(d, id, false);
    desk_on_day(d, "2026-12-03"); /* 9:00 */
    stands_as(d, "cancelled");    /* nothing could be saved */
    offers(d, id, false);
    stands_as(d, "notified");
    offers(d, id, true);
    desk_as_member(d, WANG);
    a = desk_page(d, "/scheme_groups/", group, "/roll");
    assert_true(a.status == 403 && desk_has(&a, "由这一组的召集人"));
    desk_as_other_member(d);
    assert_int_equal(desk_page(d, "/scheme_groups/", group, "/roll").status, 404);
    desk_as_member(d, LI);
    d->actor->name = str_of("Li");
    a = desk_page(d, "/scheme_groups/", group, "/roll");
    assert_true(a.status == 200 && desk_has(&a, "2026年12月3日 上午"));
    a = desk_page(d, "/api/v1/scheme_groups/", group, "/roll");
    assert_true(desk_has(&a, "\"presence\":\"leave\"")); /* Zhao's, beforehand */
    a = rolls(d, id, group, "\"half\":1", GONE);
    assert_true(a.status == 422 && desk_has(&a, "还没到"));
    a = rolls(d, id, group, "\"half\":0", "\"absent\",\"here\",\"absent\"");
    assert_int_equal(a.status, 422);
    a = rolls(d, id, group, "\"half\":0", GONE);
    if (a.status != 200)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
    assert_int_equal(logged(d, "", "Li 缺席；Wang 缺席；Zhao 缺席；"), 1);
    assert_int_equal(told_absent(d), 1);
    a = rolls(d, id, group, "\"half\":0,\"version\":0", GONE);
    assert_true(a.status == 409 && desk_has(&a, "别人保存过"));
    i64 li = d->person[LI];
    desk_count(d, SQL("UPDATE scheme_presences SET presence = 'present' WHERE org_id = :org AND "
                      "person_id = :li RETURNING id",
                      P(li)));
    credits(d, meeting_id, ""); /* not settled */
    desk_count(d, SQL("UPDATE meetings SET state = 'settled' WHERE org_id = :org AND id = "
                      ":meeting_id RETURNING id",
                      P(meeting_id)));
    credits(d, meeting_id, "Li group.attended 1000;Wang group.absent 1000;");
    kept_by(d, meeting_id, "Li;Li;");
    wang_was(d, "leave"); /* whoever gave it to him */
    credits(d, meeting_id, "Li group.attended 1000;");
    wang_was(d, "absent");
    desk_as_member(d, LI);
    a = rolls(d, id, group, "\"half\":0,\"version\":1", GONE);
    assert_true(a.status == 409 && desk_has(&a, "由会务更正"));
    offers(d, id, false);
    desk_as_staff(d);
    offers(d, id, true);
    assert_int_equal(rolls(d, id, group, "\"half\":0,\"version\":1", GONE).status, 200);
    assert_int_equal(logged(d, "Li 到会；", "Li 缺席；"), 1); /* the others are as they were */
    assert_int_equal(told_absent(d), 2);
    credits(d, meeting_id, "Li group.absent 1000;Wang group.absent 1000;");
    /* once for each half-day: there beats leave beats absent */
    a = rolls(d, other, others, "\"half\":0", "\"present\",\"absent\",\"absent\"");
    assert_int_equal(a.status, 200);
    credits(d, meeting_id, "Li group.attended 1000;Wang group.absent 1000;");
    a = rolls(d, other, others, "\"half\":0,\"version\":1", "\"present\",\"leave\",\"absent\"");
    assert_int_equal(a.status, 200);
    credits(d, meeting_id, "Li group.attended 1000;");
    i64 wang = placed(d, other, WANG); /* moved out: his leave stays, when others are put down */
    does(d, other, "move",
         arena_printf(d->t->mem, "{\"invitees\":[%lld],\"to\":\"out\"}", (long long)wang).ptr);
    str two = arena_printf(d->t->mem,
                           "{\"half\":0,\"version\":2,\"invitees\":[%lld,%lld],\"presences\":["
                           "\"absent\",\"absent\"]}",
                           (long long)placed(d, other, LI), (long long)placed(d, other, ZHAO));
    a = puts_down(d, others, two.ptr);
    assert_int_equal(a.status, 200);
    credits(d, meeting_id, "Li group.absent 1000;");
    a = post(d, id, "drop", "{}"); /* the ledger rests on it */
    assert_true(a.status == 409 && desk_has(&a, "已经记入履职记录"));
    credits(d, meeting_id, "Li group.absent 1000;");
    does(d, spare, "drop", "{}"); /* without a roll */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(those_of_a_sector_stay_together_and_sizes_are_even),
        cmocka_unit_test(mixed_groups_have_some_of_each),
        cmocka_unit_test_setup_teardown(a_meeting_is_divided_moved_and_published, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_member_finds_his_group_on_the_meetings_page, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(each_group_has_its_attendance, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(who_stops_being_a_guest_is_asked_anew, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(who_was_at_the_talks_is_put_down_by_the_convener,
                                        desk_setup, desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
