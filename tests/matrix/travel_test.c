/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A round trip over the world of the matrix, whose cases have gone every side road: everything
 * leaves as a file, the house is emptied of cases, the file comes back, and what leaves then is the
 * same to the byte (docs/guide/transfer.md: nothing but accounts stays behind). Then bad files:
 * each is refused by name and nothing of it stays. */
#include <fcntl.h>
#include <unistd.h>

#include "modules/dashboards/dashboard.h"
#include "modules/transfers/transfer_case.h"
#include "platform/base/str.h"
#include "platform/db/made.h"
#include "platform/files/temp.h"
#include "platform/text/texts.h"
#include "platform/transfer/transfer_plan.h"
#include "platform/web/json_tree.h"
#include "tests/harness/test_err.h"
#include "tests/matrix/travel_roads.h"

enum { FILE_MAX = 8 << 20 };

struct trip {
    struct world *w;
    int fd;
    str first, second;
    struct transfer transfer;
    struct transfer_report report;
    i64 hosts_before, hosts_after;   /* public agencies: not in the file, kept by steps */
    i64 public_before, public_after; /* what everybody reads */
    size_t differing;                /* cases here of which the file says otherwise */
    err result;
    str arg, stranger;
};

static str file_text(struct arena *mem, int fd)
{
    char *to = arena_bytes(mem, FILE_MAX);
    ssize_t n = pread(fd, to, FILE_MAX, 0);
    assert_true(n > 0 && n < FILE_MAX);
    return (str){ to, (size_t)n };
}

static err export_all(struct rq *rq, str *out, struct arena *mem)
{
    const struct transfer_ask ask = { .purpose = str_of("copy"),
                                      .query = str_of(""),
                                      .peer_name = str_of(""),
                                      .files = true,
                                      .confidential = true };
    struct transfer_choice choice;
    struct transfer t;
    int fd;
    TRY(transfer_choose(rq, &ask, &choice));
    TRY(temp_open(&fd));
    err e = transfer_cases_write(rq, &ask, &choice, fd, &t);
    if (!e.code)
        *out = file_text(mem, fd);
    temp_close(fd);
    return e;
}

/* One place of the file replaced. */
static str replaced(struct arena *mem, str text, const char *from, const char *to)
{
    i64 at = str_find(text, str_of(from), 0);
    assert_true(at >= 0);
    size_t behind = (size_t)at + strlen(from);
    str out = { arena_bytes(mem, text.len + strlen(to) + 1), 0 };
    char *p = (char *)(uintptr_t)out.ptr;
    memcpy(p, text.ptr, (size_t)at);
    memcpy(p + at, to, strlen(to));
    memcpy(p + (size_t)at + strlen(to), text.ptr + behind, text.len - behind);
    out.len = text.len - strlen(from) + strlen(to);
    return out;
}

/* The cases as they come back: what was decided there is not decided here. */
static str undecided(struct arena *mem, str text)
{
    static const char THERE[] = "\"state\":\"published\",\"reply_mode\"";
    while (str_find(text, str_of(THERE), 0) >= 0)
        text = replaced(mem, text, THERE, "\"state\":\"prepared\",\"reply_mode\"");
    i64 end = str_find(text, str_of("\n],\"count\":"), 0); /* behind it stands the digest */
    assert_true(end > 0);
    return str_sub(text, 0, (size_t)end);
}

/* Children first, as a house has them that never knew a case. */
static err cases_remove(struct rq *rq)
{
    const struct transfer_plan *plan = transfer_plan(rq);
    /* what stays, or is kept by each step */
    TRY(db_run(rq->db, SQL("DELETE FROM errands WHERE org_id = :org"), NULL));
    TRY(db_run(rq->db, SQL("DELETE FROM publication_hosts WHERE org_id = :org"), NULL));
    for (size_t i = plan->count; i-- > 0;) {
        const struct transfer_table *t = plan->entries[i].table;
        const struct param none = { 0 };
        bool any = t->under && strcmp(t->under, "*") == 0;
        str text = arena_printf(rq->mem, "DELETE FROM %s WHERE org_id = :org%s", t->name,
                                any && strcmp(t->name, "attachments") == 0
                                    ? " AND owner IN ('proposals', 'promises', 'urgings')"
                                    : "");
        TRY(db_run(rq->db, db_made(text.ptr, 0, &none), NULL));
    }
    return OK;
}

static err file_take(struct rq *rq, str text, struct trip *trip)
{
    int fd;
    TRY(temp_open(&fd));
    err e = temp_write(fd, text);
    if (!e.code)
        e = transfer_cases_look(rq, fd, &(struct transfer_taking){ .loose = false }, &trip->report);
    const struct transfer_same *same = trip->report.same.items;
    trip->differing = 0;
    for (size_t i = 0; !e.code && i < trip->report.same.count; i++)
        trip->differing += same[i].differs.len > 0;
    if (!e.code)
        e = transfer_cases_take(rq, fd, &(struct transfer_taking){ .loose = false },
                                &trip->transfer);
    temp_close(fd);
    return e;
}

static err count_hosts(struct rq *rq, i64 *out)
{
    return db_i64(rq->db, SQL("SELECT COUNT(*) FROM publication_hosts WHERE org_id = :org"), out);
}

static err count_public(struct rq *rq, i64 *out)
{
    return db_i64(rq->db,
                  SQL("SELECT COUNT(*) FROM publications WHERE org_id = :org AND state = "
                      "'published'"),
                  out);
}

/* Drafts stay; so they must not stand in the way of those that come back. */
static err round_trip(struct rq *rq, void *context)
{
    struct trip *trip = context;
    struct arena *mem = trip->w->t->mem;
    TRY(export_all(rq, &trip->first, mem));
    TRY(count_hosts(rq, &trip->hosts_before));
    TRY(count_public(rq, &trip->public_before));
    TRY(cases_remove(rq));
    TRY(dashboard_recount(rq));
    TRY(file_take(rq, trip->first, trip));
    TRY(count_hosts(rq, &trip->hosts_after));
    TRY(count_public(rq, &trip->public_after));
    return export_all(rq, &trip->second, mem);
}

static bool has_table(str text, const char *name)
{
    char word[64];
    snprintf(word, sizeof word, "\"%s\":[{", name);
    return str_find(text, str_of(word), 0) >= 0;
}

static void what_leaves_comes_back_to_the_byte(void **state)
{
    struct trip trip = { .w = *state };
    struct dashboard_check check;
    struct rq rq;
    assert_ok(test_write(trip.w->t, round_trip, &trip));
    assert_int_equal(trip.report.strangers.count, 0);
    assert_true(trip.transfer.case_count > 20);
    /* what was public there is public here when this office says so */
    assert_true(trip.hosts_before > 0 && trip.public_before > 0);
    assert_int_equal(trip.hosts_after, 0);
    assert_int_equal(trip.public_after, 0);
    trip.first = undecided(trip.w->t->mem, trip.first);
    trip.second = undecided(trip.w->t->mem, trip.second);
    assert_int_equal(trip.first.len, trip.second.len);
    assert_memory_equal(trip.first.ptr, trip.second.ptr, trip.first.len);
    rq = test_system_rq(trip.w->t);
    const struct transfer_plan *plan = transfer_plan(&rq);
    size_t empty = 0; /* a table without a row would prove nothing */
    for (size_t i = 0; i < plan->count; i++)
        if (!has_table(trip.first, plan->entries[i].table->name)) {
            print_message("# no row of %s in this world\n", plan->entries[i].table->name);
            empty++;
        }
    for (size_t i = 0; i < plan->count; i++) /* differences are told by these words */
        assert_true(
            text_has(arena_printf(rq.mem, "transfers.table.%s", plan->entries[i].table->name).ptr));
    assert_int_equal(empty, 0);
    assert_ok(dashboard_verify(&rq, &check)); /* counters are those of the rows that came */
    assert_int_equal(check.stale, 0);
    assert_int_equal(check.counters, 0);
}

static err take_again(struct rq *rq, void *context)
{
    struct trip *trip = context;
    return file_take(rq, trip->first, trip);
}

static err only_export(struct rq *rq, void *context)
{
    struct trip *trip = context;
    return export_all(rq, &trip->first, trip->w->t->mem);
}

static void what_is_here_stays_as_it_is(void **state)
{
    struct trip trip = { .w = *state };
    assert_ok(test_write(trip.w->t, only_export, &trip));
    assert_ok(test_write(trip.w->t, take_again, &trip));
    assert_int_equal(trip.transfer.case_count, 0);
    assert_int_equal(trip.transfer.left_count, trip.report.cases);
    assert_int_equal(trip.report.here, trip.report.cases);
    assert_int_equal(trip.report.same.count, trip.report.cases);
    assert_int_equal(trip.differing, 0); /* nothing of what just left is otherwise */
}

/* ---- bad files ---- */

struct bad {
    const char *from, *to, *name;
};

static err take_bad(struct rq *rq, void *context)
{
    struct trip *trip = context;
    TRY(cases_remove(rq));
    trip->result = file_take(rq, trip->second, trip);
    trip->arg = arena_str(trip->w->t->mem, trip->result.arg[0]);
    const struct transfer_stranger *strangers = trip->report.strangers.items;
    if (trip->report.strangers.count) /* the report ends with the request */
        trip->stranger = arena_str(trip->w->t->mem, strangers[0].kind);
    return err_make(ERR_CONFLICT, "test.undone"); /* nothing of it may stay */
}

static void a_bad_file_is_refused_by_name(void **state)
{
    static const struct bad BAD[] = {
        { "huotang-cases/1", "huotang-cases/2", "transfers.newer" },
        { "huotang-cases/1", "notes", "transfers.not_ours" },
        { "\"purpose\":\"copy\"", "\"purpose\":\"sell\"", "transfers.not_ours" },
        { "\"docket_no\":0", "\"docket_no\":\"none\"", "transfers.want_number" },
        { "\"docket_no\":0", "\"docket_no\":1.5", "transfers.want_number" },
        { "\"docket_no\":0", "\"docket_no\":1000001", "transfers.want_number" },
        { "\"main_id\":0", "\"main_id\":{\"house\":\"a\",\"house_id\":1}", "transfers.bad_link" },
        { "\"session_id\":1", "\"session_id\":{\"house\":\"a\",\"house_id\":1}",
          "transfers.bad_link" },
        { "\"matter\":\"proposals\"", "\"matter\":\"notices\"", "transfers.bad_link" },
        { "\"kind\":\"personal\"", "\"kind\":7", "transfers.not_a_text" },
        { "\"docket_no\":0", "\"docket_no\":0,\"colour\":1", "transfers.unknown_member" },
        { "\"suggestions\":[", "\"suggestions\":{},\"suggestion\":[", "transfers.unknown_member" },
        { "\"session_id\":1", "\"session_id\":99", "transfers.bad_link" },
        { "\"session_id\":1", "\"session_id\":-1", "transfers.bad_link" },
        { "\"proposal_id\":1", "\"proposal_id\":0", "transfers.bad_link" },
        { "\"flow\":\"proposals\"", "\"flow\":\"suggestions\"", "transfers.bad_link" },
        { "\"flow\":\"proposals\"", "\"flow\":\"accounts\"", "transfers.bad_link" },
        { "\"house_id\":", "\"house_id\":-", "transfers.bad_origin" },
        { "\"title\":\"", "\"title\":\"\xe6\x8f", "transfers.broken_case" }, /* half a character */
        { "\"title\":\"", "\"title\":\"\\u0000", "transfers.broken_case" },
        { "\"title\":\"", "\"title\":\"x", "transfers.digest" },
        { "\"count\":", "\"count\":1", "transfers.digest" },
    };
    struct trip trip = { .w = *state };
    assert_ok(test_write(trip.w->t, only_export, &trip));
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        trip.second = replaced(trip.w->t->mem, trip.first, BAD[i].from, BAD[i].to);
        assert_true(err_is(test_write(trip.w->t, take_bad, &trip), "test.undone"));
        if (!err_is(trip.result, BAD[i].name))
            fail_msg("%s -> %s: %s %.*s", BAD[i].from, BAD[i].to,
                     trip.result.name ? trip.result.name : "taken", (int)trip.arg.len,
                     trip.arg.ptr);
    }
}

static void a_cut_or_deep_file_is_refused(void **state)
{
    struct trip trip = { .w = *state };
    struct arena *mem = trip.w->t->mem;
    assert_ok(test_write(trip.w->t, only_export, &trip));
    for (size_t part = 1; part < 12; part++) { /* cut anywhere: never taken, never a crash */
        trip.second = str_sub(trip.first, 0, trip.first.len * part / 12);
        assert_true(err_is(test_write(trip.w->t, take_bad, &trip), "test.undone"));
        assert_int_equal(trip.result.code, ERR_INVALID);
    }
    struct buf *deep = buf_new(mem, 1 << 20);
    for (int i = 0; i < 100000; i++)
        buf_put(deep, "[");
    trip.second =
        replaced(mem, trip.first, "\"suggestions\":[",
                 arena_printf(mem, "\"suggestions\":[%.*s", (int)deep->len, deep->ptr).ptr);
    assert_true(err_is(test_write(trip.w->t, take_bad, &trip), "test.undone"));
    assert_true(err_is(trip.result, "web.json_deep"));
    trip.second = str_of("");
    assert_true(err_is(test_write(trip.w->t, take_bad, &trip), "test.undone"));
    assert_true(err_is(trip.result, "transfers.cut_off"));
}

/* A house that lacks a session says so. */
static void who_is_not_here_is_named(void **state)
{
    struct trip trip = { .w = *state };
    struct arena *mem = trip.w->t->mem;
    assert_ok(test_write(trip.w->t, only_export, &trip));
    trip.second = replaced(mem, trip.first, "\"term\":", "\"term\":9");
    assert_true(err_is(test_write(trip.w->t, take_bad, &trip), "test.undone"));
    /* the text was changed, so its digest is another: who reads on says so first */
    assert_true(err_is(trip.result, "transfers.digest"));
    assert_int_equal(trip.report.strangers.count, 1);
    assert_true(str_is(trip.stranger, "sessions"));
}

static int setup(void **state)
{
    int made = world_setup(state);
    if (made == 0)
        travel_roads_walk(*state);
    return made;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_here_stays_as_it_is),
        cmocka_unit_test(a_bad_file_is_refused_by_name),
        cmocka_unit_test(a_cut_or_deep_file_is_refused),
        cmocka_unit_test(who_is_not_here_is_named),
        cmocka_unit_test(what_leaves_comes_back_to_the_byte),
    };
    return cmocka_run_group_tests(tests, setup, world_teardown);
}
