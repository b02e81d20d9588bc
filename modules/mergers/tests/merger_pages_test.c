/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Merging by the front door: what is proposed, side by side, merged at once or not at all,
 * dismissed; what stands on the pages of the proposals; who may; the other organisation. The step's
 * own rules: modules/proposals/tests/proposal_merging_test.c. */
#include "modules/mergers/merger.h"
#include "modules/proposals/tests/desk.h"
#include "modules/transfers/transfer_record.h"

extern const struct module merger_module;

static const char *id_text(struct desk *d, i64 id)
{
    return arena_printf(d->t->mem, "%lld", (long long)id).ptr;
}

static const char *seen(struct desk *d, i64 id)
{
    return arena_printf(d->t->mem, "%lld:%lld", (long long)id, (long long)desk_load(d, id).version)
        .ptr;
}

/* A text of its own: three sentences that only this matter has. */
static i64 written(struct desk *d, size_t member, const char *title, const char *body)
{
    i64 id = 0;
    desk_as_member(d, member);
    const char *json = arena_printf(d->t->mem,
                                    "{\"title\":\"%s\",\"situation\":\"%s\",\"analysis\":\"%s\","
                                    "\"suggestions\":[\"%s\"],\"consent\":\"yes\"}",
                                    title, body, body, body)
                           .ptr;
    struct test_answer a = test_api(d->t, POST, "/api/v1/proposals", json);
    assert_int_equal(a.status, 201);
    assert_true(str_to_i64(test_json(d->t, &a, "id"), &id));
    assert_int_equal(desk_act(d, id, "submit", "{\"confirmed\":true}"), 200);
    return id;
}

/* Two about a bridge, two about old trees, one about neither. */
struct five {
    i64 bridge, bus, trees, tea, school;
};

static struct five five_of(struct desk *d)
{
    return (struct five){
        written(d, 0, "关于增设过江公交线路的建议", "新城到老城只有一条公交线，早晚高峰挤不上车"),
        written(d, 1, "关于增加过江公交的提案", "新城到老城只有一条公交线，学生早晚高峰挤不上车"),
        written(d, 0, "关于保护古茶树的建议", "山上的古茶树没有登记，有人砍了当柴烧"),
        written(d, 2, "关于加强古茶树保护的提案", "山上的古茶树没有登记，也没有挂牌保护"),
        written(d, 0, "关于建设乡村图书馆的建议", "孩子放学后没有地方看书写作业"),
    };
}

static str at(struct desk *d, const struct test_answer *a, const char *path)
{
    return test_json(d->t, a, path);
}

static void what_is_alike_is_proposed_and_can_be_dismissed(void **state)
{
    struct desk *d = *state;
    struct five f = five_of(d);
    desk_as_reviewer(d);
    struct test_answer a = test_get(d->t, "/api/v1/mergers");
    assert_int_equal(a.status, 200);
    bool bridge_first = str_is(at(d, &a, "proposed.0.proposals.0.id"), id_text(d, f.bridge));
    desk_same(at(d, &a, bridge_first ? "proposed.0.proposals.1.id" : "proposed.1.proposals.1.id"),
              id_text(d, f.bus));
    desk_same(at(d, &a, "proposed.0.proposals.2.id"), "");
    desk_same(at(d, &a, "proposed.2.proposals.0.id"), "");
    a = test_get(d->t, "/mergers");
    assert_true(desk_has(&a, "关于加强古茶树保护的提案"));
    assert_false(desk_has(&a, "乡村图书馆"));
    a = test_post(d->t, "/mergers/dismiss", "ids", id_text(d, f.tea), "ids", id_text(d, f.trees),
                  NULL);
    assert_int_equal(a.status, 303);
    a = test_post(d->t, "/mergers/dismiss", "ids", id_text(d, f.tea), "ids", id_text(d, f.trees),
                  NULL);
    assert_int_equal(a.status, 303); /* again changes nothing */
    a = test_get(d->t, "/mergers");
    assert_false(desk_has(&a, "古茶树"));
    assert_true(desk_has(&a, "过江公交"));
    assert_int_equal(test_post(d->t, "/mergers/dismiss", "ids", id_text(d, f.tea), NULL).status,
                     422);
}

static void texts_stand_side_by_side_with_what_is_the_same(void **state)
{
    struct desk *d = *state;
    struct five f = five_of(d);
    desk_as_reviewer(d);
    struct test_answer a =
        test_get(d->t, arena_printf(d->t->mem, "/mergers/new?ids=%lld&ids=%lld&ids=%lld",
                                    (long long)f.bridge, (long long)f.bus, (long long)f.bridge)
                           .ptr);
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "<mark>新城到老城只有一条公交线，</mark>学生"));
    assert_true(test_has_form(&a, "/mergers/new"));
    /* one more by its number: serial 5 */
    a = test_get(d->t,
                 arena_printf(d->t->mem, "/mergers/new?ids=%lld&add=5", (long long)f.bridge).ptr);
    assert_true(desk_has(&a, "乡村图书馆"));
    a = test_get(d->t,
                 arena_printf(d->t->mem, "/mergers/new?ids=%lld&add=99", (long long)f.bridge).ptr);
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "本次会议没有第 99 号提案"));
    assert_int_equal(test_get(d->t, "/mergers/new").status, 200);
    assert_int_equal(test_get(d->t, "/mergers/new?ids=99999").status, 404);
    /* the step's own page leads here */
    a = desk_page(d, "/proposals/", f.bus, "/merge");
    assert_int_equal(a.status, 303);
    desk_same(a.location, arena_printf(d->t->mem, "/mergers/new?ids=%lld", (long long)f.bus).ptr);
}

struct long_one {
    size_t number;
    i64 id;
};

/* No two passages of eight characters are the same: characters are drawn anew all the time. */
static err long_save(struct rq *rq, void *context)
{
    struct long_one *l = context;
    char result;
    uint32_t drawn = (uint32_t)l->number * 7919 + 1;
    struct buf *b = buf_new(rq->mem, 1 << 20);
    for (int i = 0; i < 20000; i++) {
        drawn = drawn * 1664525 + 1013904223;
        uint32_t c = 0x4E00 + (drawn >> 8) % 20000;
        buf_put_byte(b, (char)(0xE0 | (c >> 12)));
        buf_put_byte(b, (char)(0x80 | ((c >> 6) & 0x3F)));
        buf_put_byte(b, (char)(0x80 | (c & 0x3F)));
    }
    struct transfer_record r = { .title = arena_printf(rq->mem, "Long %zu", l->number),
                                 .situation = buf_str(b),
                                 .analysis = str_of("新城到老城只有一条公交线"),
                                 .consent = str_of("yes") };
    strs_add(rq->mem, &r.suggestions, str_of("One."));
    strs_add(rq->mem, &r.proposers, str_of("Li"));
    return transfer_save_record(rq, &r, &l->id, &result);
}

/* Twenty long texts are shown, without marks; two of them with marks. Both on the slow lane. */
static void long_texts_stand_side_by_side_without_marks(void **state)
{
    struct desk *d = *state;
    struct buf *path = buf_new(d->t->mem, 4096);
    str two = { 0 };
    buf_put(path, "/mergers/new?");
    for (size_t i = 0; i < MERGER_AT_ONCE; i++) {
        struct long_one l = { .number = i };
        assert_ok(desk_in_org(d, d->t->org, long_save, &l));
        buf_printf(path, "&ids=%lld", (long long)l.id);
        if (i == 1)
            two = arena_str(d->t->mem, buf_str(path));
    }
    desk_as_reviewer(d);
    struct test_answer a = test_get(d->t, buf_str(path).ptr);
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "Long 19"));
    assert_true(desk_has(&a, "没有标出相同的话"));
    assert_false(desk_has(&a, "<mark>"));
    a = test_get(d->t, two.ptr);
    assert_true(desk_has(&a, "<mark>新城到老城只有一条公交线"));
    for (const struct route *r = merger_module.routes; r->path; r++)
        if (r->method == GET && strcmp(r->path, "/mergers/new") == 0)
            assert_true(r->slow && !r->handler);
}

/* README, "Merging": a body's before a person's, also where a contact acts for the body. */
static void a_bodys_proposal_is_suggested_as_the_main_one(void **state)
{
    struct desk *d = *state;
    i64 person = written(d, 1, "关于增加过江公交的提案", "新城到老城只有一条公交线");
    i64 body = written(d, 0, "关于增设过江公交线路的建议", "新城到老城只有一条公交线");
    assert_ok(db_run(d->t->db,
                     SQL("UPDATE proposals SET kind = 'committee' WHERE org_id = :org AND id = "
                         ":body",
                         P(body)),
                     NULL));
    assert_int_equal(desk_load(d, body).lead_person_id, d->person[0]);
    assert_true(desk_load(d, body).serial > desk_load(d, person).serial);
    desk_as_reviewer(d);
    struct test_answer a = test_get(d->t, arena_printf(d->t->mem, "/mergers/new?ids=%lld&ids=%lld",
                                                       (long long)person, (long long)body)
                                              .ptr);
    assert_int_equal(a.status, 200);
    str choice = arena_printf(d->t->mem, "name=\"main_id\" value=\"%lld\"", (long long)body);
    int64_t from = str_find(a.body, choice, 0);
    assert_true(from >= 0);
    str rest = str_sub(a.body, (size_t)from, a.body.len);
    int64_t checked = str_find(rest, str_of("checked"), 0);
    assert_true(checked > 0 && checked < str_find(rest, str_of(">"), 0));
}

static void several_are_merged_at_once_or_none(void **state)
{
    struct desk *d = *state;
    struct five f = five_of(d);
    desk_as_reviewer(d);
    const char *stale = arena_printf(d->t->mem, "%lld:99", (long long)f.tea).ptr;
    struct test_answer a = test_post(d->t, "/mergers/new", "main_id", id_text(d, f.bridge), "ids",
                                     id_text(d, f.bus), "ids", id_text(d, f.tea), "seen",
                                     seen(d, f.bus), "seen", stale, "opinion", "One bridge.", NULL);
    assert_int_equal(a.status, 409);
    assert_true(test_has_form(&a, "/mergers/new")); /* drawn again */
    desk_same(desk_load(d, f.bus).state, "submitted");
    a = test_post(d->t, "/mergers/new", "main_id", id_text(d, f.bridge), "ids",
                  id_text(d, f.bridge), NULL);
    assert_int_equal(a.status, 422);
    a = test_post(d->t, "/mergers/new", "main_id", id_text(d, f.bridge), "ids", id_text(d, f.bus),
                  NULL);
    assert_int_equal(a.status, 422); /* no version was seen */
    a = test_post(d->t, "/mergers/new", "main_id", id_text(d, f.bridge), "ids",
                  id_text(d, f.bridge), "ids", id_text(d, f.bus), "ids", id_text(d, f.tea), "seen",
                  seen(d, f.bridge), "seen", seen(d, f.bus), "seen", seen(d, f.tea), NULL);
    assert_int_equal(a.status, 303);
    desk_same(a.location, arena_printf(d->t->mem, "/proposals/%lld", (long long)f.bridge).ptr);
    assert_int_equal(desk_load(d, f.bridge).merged_count, 2);
    a = test_get(d->t, "/api/v1/mergers");
    desk_same(at(d, &a, "merged.0.proposals.0.id"), id_text(d, f.bridge));
    desk_same(at(d, &a, "merged.0.proposals.2.id"), id_text(d, f.tea));
    desk_same(at(d, &a, "proposed.0.proposals.0.id"), ""); /* nothing is left that is alike */
}

static void pages_say_what_belongs_together(void **state)
{
    struct desk *d = *state;
    struct five f = five_of(d);
    desk_as_reviewer(d);
    const char *json =
        arena_printf(d->t->mem, "{\"main_id\":%lld,\"ids\":[%lld],\"seen\":[\"%s\"]}",
                     (long long)f.bridge, (long long)f.bus, seen(d, f.bus))
            .ptr;
    assert_int_equal(test_api(d->t, POST, "/api/v1/mergers", json).status, 200);
    struct test_answer a = desk_page(d, "/proposals/", f.bridge, "");
    assert_true(desk_has(&a, "并入 1 件"));
    assert_true(desk_has(&a, "关于增加过江公交的提案"));
    assert_true(
        desk_has(&a, arena_printf(d->t->mem, "/proposals/%lld/unmerge", (long long)f.bus).ptr));
    desk_as_member(d, 1);
    a = desk_page(d, "/proposals/", f.bus, "");
    assert_true(desk_has(&a, "这件提案已并入下面这件"));
    assert_true(desk_has(&a, "关于增设过江公交线路的建议"));
    desk_as_member(d, 2); /* sees neither, and no word of it elsewhere */
    assert_int_equal(desk_page(d, "/proposals/", f.bus, "").status, 404);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, f.bus, "unmerge", "{}"), 200);
    a = desk_page(d, "/proposals/", f.bridge, "");
    assert_false(desk_has(&a, "并入 1 件"));
    a = test_get(d->t, "/api/v1/mergers");
    desk_same(at(d, &a, "merged.0.proposals.0.id"), "");
}

static void another_house_has_its_own(void **state)
{
    struct desk *d = *state;
    struct five f = five_of(d);
    desk_as_other_reviewer(d);
    struct test_answer a = test_get(d->t, "/api/v1/mergers");
    assert_int_equal(a.status, 200);
    desk_same(at(d, &a, "proposed.0.proposals.0.id"), "");
    assert_int_equal(test_post(d->t, "/mergers/dismiss", "ids", id_text(d, f.tea), "ids",
                               id_text(d, f.trees), NULL)
                         .status,
                     404);
    desk_as_member(d, 0);
    assert_int_equal(test_get(d->t, "/mergers").status, 403);
    desk_as_staff(d);
    assert_int_equal(test_get(d->t, "/mergers").status, 200);
    assert_int_equal(test_post(d->t, "/mergers/dismiss", "ids", id_text(d, f.tea), "ids",
                               id_text(d, f.trees), NULL)
                         .status,
                     403);
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(what_is_alike_is_proposed_and_can_be_dismissed),
        T(texts_stand_side_by_side_with_what_is_the_same),
        T(long_texts_stand_side_by_side_without_marks),
        T(a_bodys_proposal_is_suggested_as_the_main_one),
        T(several_are_merged_at_once_or_none),
        T(pages_say_what_belongs_together),
        T(another_house_has_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
