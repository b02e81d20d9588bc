/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Real letters with their answers (shared data: messages_replied) go the whole road, each at the
 * moments at which it did: taken in, sorted, handed out, taken, answered, signed, judged. What the
 * house then counts equals what was counted over the file (expected_statistics.json): in the file
 * itself, and of every tenth letter in the house (of all where HUOTANG_WHOLE is set). Skipped
 * where the data is absent. Issue 4, "real input". */
#include <stdlib.h>
#include <unistd.h>

#include "modules/assignments/assignment.h"
#include "modules/assignments/assignment_forms.h"
#include "modules/mailbox/letter_forms.h"
#include "modules/mailbox/letter_rules.h"
#include "modules/proposals/tests/desk.h"
#include "platform/files/files.h"
#include "platform/files/mapping.h"
#include "platform/settings/settings.h"

enum {
    LETTERS = 2006,
    EACH = 10,
    ID = 0,
    TIME = 2,
    TITLE = 3,
    BODY = 4,
    REPLY = 5,
    REPLY_TIME = 6
};

struct road {
    struct desk *d;
    struct rq *rq;
    strs rows[LETTERS + 1];
    size_t count, each, walked; /* each: one of so many is walked */
};

static err keep_row(void *context, const struct sheet_row *row)
{
    struct road *r = context;
    strs kept = { 0 };
    for (size_t i = 0; i < row->cells.count; i++)
        strs_add(r->d->t->mem, &kept, arena_str(r->d->t->mem, row->cells.items[i]));
    if (row->number > 1) {
        assert_true(r->count < LETTERS);
        r->rows[r->count++] = kept;
    }
    return OK;
}

/* ---- one letter ---- */

static void at(struct road *r, i64 ms)
{
    r->rq->now_ms = ms;
    r->rq->today = day_of_ms(ms);
}

static void be(struct road *r, i64 agency_id)
{
    struct actor *actor = arena_zero(r->rq->mem, sizeof *actor);
    *actor = (struct actor){ .account_id = agency_id ? 120 : 110,
                             .org_id = r->d->t->org,
                             .agency_id = agency_id,
                             .name = str_of("Somebody") };
    memset(actor->scopes, agency_id ? SCOPE_AGENCY : SCOPE_ORG, sizeof actor->scopes);
    r->rq->actor = actor;
}

static err act(struct road *r, const struct flow *flow, i64 id, const char *verb, const void *input)
{
    r->rq->input = input;
    return flow_act(r->rq, flow, id, verb, 0);
}

static err office(struct road *r, i64 id)
{
    struct letter_triage_input sort = { .id = id,
                                        .kind = str_of("concern"),
                                        .category = str_of("other") };
    struct letter_assign_input out = { .id = id, .host_id = r->d->agency[0] };
    be(r, 0);
    TRY(act(r, &LETTERS_FLOW, id, "triage", &sort));
    return act(r, &LETTERS_FLOW, id, "assign", &out);
}

static err unit(struct road *r, i64 id, str text)
{
    struct rows rows;
    str adopted = str_of("adopted");
    struct reply_input reply = { .opening = str_of("Read."),
                                 .closing = str_of("Thank you."),
                                 .operator= str_of("Wang"),
                                 .phone = str_of("12345"),
                                 .results = { &adopted, 1 },
                                 .answers = { &text, 1 } };
    struct sign_input sign = { .signer = str_of("Li") };
    TRY(assignment_list_of(r->rq, "letters", id, &rows));
    i64 assignment_id = ((const struct assignment *)rows.items)[0].id;
    be(r, r->d->agency[0]);
    TRY(act(r, &ASSIGNMENTS_FLOW, assignment_id, "accept", NULL));
    TRY(act(r, &ASSIGNMENTS_FLOW, assignment_id, "reply", &reply));
    return act(r, &ASSIGNMENTS_FLOW, assignment_id, "sign", &sign);
}

static void times_of(const strs *row, i64 *received_at, i64 *replied_at)
{
    assert_true(import_time(row->items[TIME], received_at));
    assert_true(import_time(row->items[REPLY_TIME], replied_at));
}

static err walk(struct road *r, const strs *row, i64 *id)
{
    struct letter_evaluate_input verdict = { str_of("solved"), str_of("") };
    struct letter_new new = { .kind = str_of("concern"),
                              .lane = str_of("staff"),
                              .via = str_of("phone"),
                              .title = str_cut_chars(row->items[TITLE], 60),
                              .body = row->items[BODY],
                              .source = str_of("real"),
                              .source_id = row->items[ID] };
    i64 replied_at;
    times_of(row, &new.received_at, &replied_at);
    at(r, new.received_at);
    be(r, 0);
    TRY(letter_add(r->rq, &new, id));
    TRY(office(r, *id));
    at(r, replied_at);
    TRY(unit(r, *id, row->items[REPLY]));
    return flow_move(r->rq, &LETTERS_FLOW, *id, "evaluate", &verdict);
}

static err walk_some(struct rq *rq, void *context)
{
    struct road *r = context;
    r->rq = rq;
    for (size_t i = 0; i < 20 && r->walked < r->count; i++, r->walked += r->each) {
        i64 id;
        TRY(walk(r, &r->rows[r->walked], &id));
    }
    return OK;
}

/* ---- what is counted ---- */

struct figures {
    i64 rows, over_15, over_90, negative, years[10], days_x1000[LETTERS];
};

struct counted {
    i64 received_at, replied_at;
    str state, reply;
};
static const struct field COUNTED_ROW[] = {
    FIELD(struct counted, received_at),
    FIELD(struct counted, replied_at),
    FIELD(struct counted, state),
    FIELD(struct counted, reply),
    { 0 },
};

static int by_size(const void *a, const void *b)
{
    i64 x = *(const i64 *)a, y = *(const i64 *)b;
    return x < y ? -1 : x > y;
}

static void count_one(struct figures *f, i64 received_at, i64 replied_at)
{
    int year, month, mday;
    i64 ms = replied_at - received_at;
    day_to_civil(day_of_ms(received_at), &year, &month, &mday);
    assert_true(year >= 2011 && year <= 2020);
    f->years[year - 2011]++;
    f->over_15 += ms > INT64_C(15) * 86400000;
    f->over_90 += ms > INT64_C(90) * 86400000;
    f->negative += ms < 0;
    f->days_x1000[f->rows++] = (ms + 43200) / 86400; /* thousandths of a day, rounded */
}

static void count_end(struct figures *f)
{
    qsort(f->days_x1000, (size_t)f->rows, sizeof *f->days_x1000, by_size);
}

static void count_file(struct road *r, size_t each, struct figures *f)
{
    for (size_t i = 0; i < r->count; i += each) {
        i64 received_at, replied_at;
        times_of(&r->rows[i], &received_at, &replied_at);
        count_one(f, received_at, replied_at);
    }
    count_end(f);
}

static void count_house(struct desk *d, struct figures *f)
{
    struct rows rows = { .size = sizeof(struct counted) };
    assert_ok(db_list(d->t->db,
                      SQL("SELECT received_at, replied_at, state, reply FROM letters WHERE org_id "
                          "= :org ORDER BY id LIMIT 5000"),
                      COUNTED_ROW, d->t->mem, &rows));
    const struct counted *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        assert_true(str_is(all[i].state, "evaluated") && all[i].reply.len > 0);
        count_one(f, all[i].received_at, all[i].replied_at);
    }
    count_end(f);
}

static struct road *read_file(struct desk *d)
{
    struct road *r = arena_zero(d->t->mem, sizeof *r);
    const struct sheet_reader reader = { .row = keep_row, .context = r };
    r->d = d;
    r->each = getenv("HUOTANG_WHOLE") ? 1 : EACH;
    assert_ok(
        sheet_read(d->t->mem, str_of(desk_shared_file(d, "messages_replied.csv.gz")), &reader));
    assert_int_equal(r->count, LETTERS);
    return r;
}

/* Figures of expected_statistics.json, messages_replied. */
static void are_those_of_the_statistics(const struct figures *f)
{
    static const i64 YEARS[10] = { 4, 43, 78, 74, 96, 160, 317, 608, 622, 4 };
    assert_int_equal(f->rows, LETTERS);
    for (size_t i = 0; i < 10; i++)
        assert_int_equal(f->years[i], YEARS[i]);
    assert_int_equal(f->over_15, 755);
    assert_int_equal(f->over_90, 61);
    assert_int_equal(f->negative, 0);
    assert_int_equal(f->days_x1000[0], 21);
    assert_int_equal(f->days_x1000[LETTERS / 2], 10939); /* of the two in the middle the upper */
    assert_int_equal(f->days_x1000[LETTERS - 1], 1160436);
}

static void the_figures_are_those_of_the_file(void **state)
{
    struct desk *d = *state;
    struct road *r = read_file(d);
    struct figures *whole = arena_zero(d->t->mem, sizeof *whole);
    struct figures *walked = arena_zero(d->t->mem, sizeof *walked);
    struct figures *house = arena_zero(d->t->mem, sizeof *house);
    count_file(r, 1, whole);
    are_those_of_the_statistics(whole);
    while (r->walked < r->count)
        assert_ok(test_write(d->t, walk_some, r));
    count_file(r, r->each, walked);
    count_house(d, house);
    assert_int_equal(house->rows, (LETTERS + (i64)r->each - 1) / (i64)r->each);
    assert_memory_equal(house, walked, sizeof *house);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_figures_are_those_of_the_file, desk_setup,
                                        desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
