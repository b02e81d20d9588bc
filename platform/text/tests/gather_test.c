/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Vectors, profiles and placing, with vectors made by hand: every expected number is worked out
 * beside it. How good it is on real letters: tests/quality/gather_test.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "platform/text/fold.h"
#include "platform/text/gather.h"

static struct arena *mem;

static int setup(void **state)
{
    (void)state;
    mem = arena_new(8 << 20, 0);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(mem);
    return 0;
}

static struct gather_vector vector_of(const struct text_weights *w, const char *title,
                                      const char *body)
{
    struct gather_vector v;
    gather_vector(mem, w, fold_text(mem, str_of(title)), fold_text(mem, str_of(body)), &v);
    return v;
}

/* Of one term, of two. */
static struct gather_vector one(uint32_t key)
{
    return (struct gather_vector){ .terms = { { key, GATHER_ONE } }, .count = 1 };
}

static struct gather_vector two(uint32_t a, int32_t weight_a, uint32_t b, int32_t weight_b)
{
    return (struct gather_vector){ .terms = { { a, weight_a }, { b, weight_b } }, .count = 2 };
}

static struct gather_profile profile_of(struct gather_vector v)
{
    struct gather_profile p = { 0 };
    gather_add(mem, &p, &v);
    return p;
}

/* ---- weights and vectors ---- */

/* ln((3 + 1) / (2 + 1/2)) and, for what nobody has, ln(4 / 0.5). */
static void what_stands_in_fewer_documents_says_more(void **state)
{
    (void)state;
    struct text_weights *w = text_weights_new(mem);
    text_weights_add(w, str_of("路灯"), str_of("路灯 不亮 路灯"));
    text_weights_add(w, str_of("路灯"), str_of(""));
    text_weights_add(w, str_of("停车"), str_of(""));
    assert_int_equal(text_weights_docs(w), 3);
    assert_int_equal(1000 * text_weights_idf(w, text_key(str_of("路灯"))), 470);
    assert_int_equal(1000 * text_weights_idf(w, text_key(str_of("垃圾"))), 2079);
}

static void what_stands_everywhere_says_nothing_once_there_are_enough(void **state)
{
    (void)state;
    struct text_weights *w = text_weights_new(mem);
    uint32_t key = text_key(str_of("您好"));
    for (int i = 0; i < 25; i++)
        text_weights_add(w, str_of("您好"), str_of(""));
    assert_true(text_weights_idf(w, key) > 0);
    text_weights_add(w, str_of("您好"), str_of(""));
    assert_true(text_weights_idf(w, key) <= 0);
    for (int i = 26; i < 103; i++)
        text_weights_add(w, str_of("其他"), str_of(""));
    assert_true(text_weights_idf(w, key) <= 0); /* 26 of 103 */
    text_weights_add(w, str_of("其他"), str_of(""));
    assert_true(text_weights_idf(w, key) > 0); /* 26 of 104: a quarter */
}

/* Counts 4, 3, 3 (a title's words three times) under equal weights: 1 + ln count is 2.386, 2.099,
 * 2.099; the length 3.808; so 4096 × 0.6266 and 4096 × 0.5511. */
static void a_title_counts_three_times(void **state)
{
    (void)state;
    struct text_weights *w = text_weights_new(mem);
    struct gather_vector v = vector_of(w, "路灯不亮", "路灯");
    assert_int_equal(v.count, 3);
    assert_int_equal(v.terms[0].key, text_key(str_of("路灯")));
    assert_int_equal(v.terms[0].weight, 2567);
    assert_int_equal(v.terms[1].weight, 2257);
    assert_int_equal(v.terms[2].weight, 2257);
    assert_true(v.terms[1].key < v.terms[2].key);
}

static void characters_that_stand_alone_and_marks_say_nothing(void **state)
{
    (void)state;
    struct text_weights *w = text_weights_new(mem);
    assert_int_equal(vector_of(w, "路、灯、A3、坏", "！？").count, 1);
    assert_int_equal(vector_of(w, "", "").count, 0);
}

static void only_the_heaviest_eighty_stay(void **state)
{
    (void)state;
    char text[400 * 3 + 1];
    struct text_weights *w = text_weights_new(mem);
    for (uint32_t i = 0; i < 400; i++)
        str_put_char(0x4E00 + i, text + (size_t)3 * i);
    text[sizeof text - 1] = '\0';
    struct gather_vector v = vector_of(w, "丰收", text);
    assert_int_equal(v.count, GATHER_TERMS);
    assert_int_equal(v.terms[0].key, text_key(str_of("丰收")));
}

/* ---- profiles ---- */

/* cos 45° is 0.7071; two at right angles share nothing. */
static void likeness_is_the_cosine(void **state)
{
    (void)state;
    struct gather_vector a = one(1), half = two(1, 2896, 2, 2896);
    struct gather_profile p = profile_of(one(1)), other = profile_of(one(2));
    assert_int_equal(gather_degree(&a, &p), 1000);
    assert_int_equal(gather_degree(&half, &p), 707);
    assert_int_equal(gather_degree_two(&p, &other), 0);
    gather_merge(mem, &p, &other);
    assert_int_equal(p.texts, 2);
    assert_int_equal(gather_degree(&a, &p), 707);
    assert_int_equal(gather_degree_two(&p, &other), 707);
    struct gather_vector none = { .count = 0 };
    struct gather_profile empty = { 0 };
    assert_int_equal(gather_degree(&none, &p), 0);
    assert_int_equal(gather_degree(&a, &empty), 0);
}

/* Three times the same: three times as long, and as like as before. */
static void the_same_again_changes_nothing_but_the_number(void **state)
{
    (void)state;
    struct gather_vector v = one(5);
    struct gather_profile p = { 0 };
    for (int i = 0; i < 3; i++)
        gather_add(mem, &p, &v);
    assert_int_equal(p.texts, 3);
    assert_int_equal(p.count, 1);
    assert_int_equal(p.terms[0].weight, 3 * GATHER_ONE);
    assert_int_equal(p.square, 9LL * GATHER_ONE * GATHER_ONE);
    assert_int_equal(gather_degree(&v, &p), 1000);
}

static struct gather_profile wide(uint32_t first, uint32_t count, int32_t weight)
{
    struct gather_profile p = { 1, (i64)GATHER_ONE * GATHER_ONE,
                                arena_array(mem, count, sizeof(struct gather_term)), count };
    for (uint32_t i = 0; i < count; i++)
        p.terms[i] = (struct gather_term){ first + i, weight };
    return p;
}

/* 200 of weight 1 and 200 of weight 2: all of the second, the first 56 of the first. */
static void a_profile_keeps_its_heaviest_terms(void **state)
{
    (void)state;
    struct gather_profile p = wide(1, 200, 1), other = wide(1000, 200, 2);
    gather_merge(mem, &p, &other);
    assert_int_equal(p.count, GATHER_PROFILE);
    assert_int_equal(p.terms[55].key, 56);
    assert_int_equal(p.terms[56].key, 1000);
    assert_int_equal(p.terms[255].key, 1199);
}

static void a_full_profile_takes_no_more(void **state)
{
    (void)state;
    struct gather_vector v = one(1);
    struct gather_profile p = profile_of(v);
    for (int i = 0; i < 18; i++) {
        struct gather_profile same = p;
        gather_merge(mem, &p, &same);
    }
    assert_int_equal(p.texts, GATHER_TEXTS_MAX);
    gather_add(mem, &p, &v);
    assert_int_equal(p.texts, GATHER_TEXTS_MAX);
    assert_int_equal(gather_degree(&v, &p), 1000);
    struct gather_profile back;
    assert_true(gather_unpack(mem, gather_pack(mem, &p), &back));
}

/* ---- stored ---- */

static void a_profile_comes_back_as_it_was_stored(void **state)
{
    (void)state;
    struct gather_profile p = profile_of(two(0xFFFFFFF0u, 3000, 7, 2789)), back;
    bytes packed = gather_pack(mem, &p);
    assert_int_equal(packed.len, 15 + 2 * 8);
    assert_true(gather_unpack(mem, packed, &back));
    assert_int_equal(back.texts, 1);
    assert_int_equal(back.square, p.square);
    assert_int_equal(back.count, 2);
    assert_int_equal(back.terms[0].key, 7);
    assert_int_equal(back.terms[1].key, 0xFFFFFFF0u);
    assert_int_equal(back.terms[1].weight, 3000);
    for (size_t length = 0; length < packed.len; length++)
        assert_false(gather_unpack(mem, (bytes){ packed.ptr, length }, &back));
}

/* Places: form 0, texts 1-4, square 5-12, count 13-14, then key and weight of four bytes each. */
static void other_bytes_are_no_profile(void **state)
{
    (void)state;
    static const struct {
        size_t at;
        unsigned char value;
    } ODD[] = {
        { 0, 2 },     /* another form */
        { 4, 1 },     /* 16 million texts */
        { 12, 0x80 }, /* a square below 0 */
        { 11, 1 },    /* and one that is no sum of a text */
        { 13, 3 },    /* more terms than there are */
        { 14, 1 },    /* 258 of them */
        { 15, 9 },    /* keys that do not go up */
        { 22, 0x80 }, /* a weight below 0 */
        { 21, 0xFF }, /* and one that is too heavy for a text */
    };
    struct gather_profile p = profile_of(two(9, 3000, 7, 2789)), back;
    for (size_t i = 0; i < sizeof ODD / sizeof *ODD; i++) {
        bytes packed = gather_pack(mem, &p);
        unsigned char *copy = arena_zero(mem, packed.len);
        memcpy(copy, packed.ptr, packed.len);
        copy[ODD[i].at] = ODD[i].value;
        assert_false(gather_unpack(mem, (bytes){ copy, packed.len }, &back));
    }
}

/* ---- votes ---- */

/* A key votes once for an id: 9 has 3000², 2 and 5 have 2000² each, the older one first. */
static void candidates_are_those_with_most_votes(void **state)
{
    (void)state;
    struct gather_vector v = two(1, 3000, 2, 2000);
    const struct gather_post items[] = { { 1, 5 }, { 1, 5 }, { 0, 9 }, { 1, 2 }, { 0, 0 } };
    const struct gather_posts posts = { items, 5 }, none = { items, 0 };
    ids found;
    gather_vote(mem, &v, &posts, 8, &found);
    assert_int_equal(found.count, 3);
    assert_int_equal(found.items[0], 9);
    assert_int_equal(found.items[1], 2);
    assert_int_equal(found.items[2], 5);
    gather_vote(mem, &v, &posts, 2, &found);
    assert_int_equal(found.count, 2);
    gather_vote(mem, &v, &none, 2, &found);
    assert_int_equal(found.count, 0);
}

/* ---- placing ---- */

struct
try {
    struct gather_vector vector;
    struct gather_candidate candidates[3];
    size_t count;
    struct gather_apart apart;
};

static struct gather_placing place(const struct try *t)
{
    struct gather_placing placing;
    gather_place(mem,
                 &(struct gather_ask){ &t->vector, t->candidates, t->count, &t->apart,
                                       t->apart.a != 0 },
                 &placing);
    return placing;
}

static void a_text_without_like_begins_a_cluster(void **state)
{
    (void)state;
    struct try t = { .vector = one(1), .candidates = { { 4, profile_of(one(2)) } }, .count = 1 };
    struct gather_placing p = place(&t);
    assert_int_equal(p.into, 0);
    assert_int_equal(p.stays, 0);
    assert_int_equal(p.profile.texts, 1);
    t.count = 0;
    assert_int_equal(place(&t).into, 0);
}

/* 1229 ÷ 4096 is 0.3000, 1228 ÷ 4096 is 0.2998. */
static void three_tenths_are_enough(void **state)
{
    (void)state;
    struct try t = { .vector = two(2, 3907, 1, 1229),
                     .candidates = { { 4, profile_of(one(1)) } },
                     .count = 1 };
    struct gather_placing p = place(&t);
    assert_int_equal(p.into, 4);
    assert_int_equal(p.stays, 4);
    assert_int_equal(p.degree, 300);
    assert_int_equal(p.profile.texts, 2);
    assert_int_equal(p.joined.count, 0);
    t.vector.terms[1].weight = 1228;
    assert_int_equal(place(&t).into, 0);
}

/* Equally like both (0.707): the older takes it. With it, 0.383 like the other, so they are one. */
static void a_text_between_two_brings_them_together(void **state)
{
    (void)state;
    struct try t = { .vector = two(1, 2896, 2, 2896),
                     .candidates = { { 7, profile_of(one(1)) }, { 3, profile_of(one(2)) } },
                     .count = 2 };
    struct gather_placing p = place(&t);
    assert_int_equal(p.into, 3);
    assert_int_equal(p.degree, 707);
    assert_int_equal(p.joined.count, 1);
    assert_int_equal(p.joined.items[0], 7);
    assert_int_equal(p.stays, 3);
    assert_int_equal(p.profile.texts, 3);
    assert_int_equal(profile_of(one(1)).texts, 1); /* candidates are left as they are */
    assert_int_equal(t.candidates[0].profile.texts, 1);
    assert_int_equal(t.candidates[1].profile.texts, 1);
    t.apart = (struct gather_apart){ 7, 3 };
    p = place(&t);
    assert_int_equal(p.into, 3);
    assert_int_equal(p.joined.count, 0);
    assert_int_equal(p.profile.texts, 2);
}

/* Nearer to the newer one, which takes it; the older id goes on all the same. */
static void the_oldest_goes_on(void **state)
{
    (void)state;
    struct try t = { .vector = two(1, 3277, 2, 2457),
                     .candidates = { { 7, profile_of(one(1)) }, { 3, profile_of(one(2)) } },
                     .count = 2 };
    struct gather_placing p = place(&t);
    assert_int_equal(p.into, 7);
    assert_int_equal(p.stays, 3);
    assert_int_equal(p.joined.items[0], 3);
}

/* 0.9 and 0.436 like them; with the text the first is 0.224 like the second: below a quarter. */
static void two_matters_that_a_text_only_names_stay_two(void **state)
{
    (void)state;
    struct try t = { .vector = two(1, 3686, 3, 1786),
                     .candidates = { { 1, profile_of(one(1)) }, { 2, profile_of(one(3)) } },
                     .count = 2 };
    struct gather_placing p = place(&t);
    assert_int_equal(p.into, 1);
    assert_int_equal(p.joined.count, 0);
}

/* What is apart from one that has just been joined is apart from the whole. */
static void apart_holds_for_all_that_came_together(void **state)
{
    (void)state;
    struct try t = { .vector = { .terms = { { 1, 2365 }, { 2, 2365 }, { 3, 2365 } }, .count = 3 },
                     .candidates = { { 1, profile_of(one(1)) },
                                     { 2, profile_of(one(2)) },
                                     { 3, profile_of(one(3)) } },
                     .count = 3 };
    assert_int_equal(place(&t).joined.count, 2);
    t.apart = (struct gather_apart){ 3, 2 };
    struct gather_placing p = place(&t);
    assert_int_equal(p.into, 1);
    assert_int_equal(p.joined.count, 1);
    assert_int_equal(p.joined.items[0], 2);
}

/* ---- how hot ---- */

/* Days 1 to 90 are ninety; 1 to 91 are not. */
static void the_densest_days_are_found(void **state)
{
    (void)state;
    const i64 days[] = { 1, 1, 50, 90, 91, 200 };
    struct gather_crowd c = gather_crowd_of(days, 6, 90);
    assert_int_equal(c.most, 4);
    assert_int_equal(c.from, 1);
    assert_int_equal(c.to, 90);
    assert_int_equal(gather_crowd_of(days, 6, 1).most, 2);
    assert_int_equal(gather_crowd_of(days, 6, 1000).most, 6);
    assert_int_equal(gather_crowd_of(days, 0, 90).most, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_stands_in_fewer_documents_says_more, setup, teardown),
        cmocka_unit_test_setup_teardown(what_stands_everywhere_says_nothing_once_there_are_enough,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(a_title_counts_three_times, setup, teardown),
        cmocka_unit_test_setup_teardown(characters_that_stand_alone_and_marks_say_nothing, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(only_the_heaviest_eighty_stay, setup, teardown),
        cmocka_unit_test_setup_teardown(likeness_is_the_cosine, setup, teardown),
        cmocka_unit_test_setup_teardown(the_same_again_changes_nothing_but_the_number, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_profile_keeps_its_heaviest_terms, setup, teardown),
        cmocka_unit_test_setup_teardown(a_full_profile_takes_no_more, setup, teardown),
        cmocka_unit_test_setup_teardown(a_profile_comes_back_as_it_was_stored, setup, teardown),
        cmocka_unit_test_setup_teardown(other_bytes_are_no_profile, setup, teardown),
        cmocka_unit_test_setup_teardown(candidates_are_those_with_most_votes, setup, teardown),
        cmocka_unit_test_setup_teardown(a_text_without_like_begins_a_cluster, setup, teardown),
        cmocka_unit_test_setup_teardown(three_tenths_are_enough, setup, teardown),
        cmocka_unit_test_setup_teardown(a_text_between_two_brings_them_together, setup, teardown),
        cmocka_unit_test_setup_teardown(the_oldest_goes_on, setup, teardown),
        cmocka_unit_test_setup_teardown(two_matters_that_a_text_only_names_stay_two, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(apart_holds_for_all_that_came_together, setup, teardown),
        cmocka_unit_test_setup_teardown(the_densest_days_are_found, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
