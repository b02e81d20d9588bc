/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The demo city has every side road: each state of each flow is there, also when only a few
 * proposals are made and on whichever day. A new flow, or a new state, without demo fails here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "modules/scores/scores.h"
#include "platform/app.h"
#include "platform/base/clock.h"
#include "platform/base/log.h"
#include "platform/flow/flow.h"
#include "platform/module.h"
#include "platform/web/lanes.h"
#include "server/demo.h"
#include "server/start.h"
#include "tests/harness/test_db.h"
#include "tests/harness/test_err.h"

enum { FEW = 120, COUNTS_MAX = 200 };

struct count {
    str flow, state;
    i64 count;
};

static const struct field COUNT_ROW[] = {
    FIELD(struct count, flow), FIELD(struct count, state), FIELD(struct count, count), { 0 }
};

/* Every table in which something moves. */
static err count_states(struct db *db, struct arena *mem, struct rows *out)
{
    return db_list(
        db,
        SQL("SELECT 'proposals' AS flow, state AS state, COUNT(*) AS count FROM proposals "
            "WHERE org_id = :org GROUP BY state UNION ALL "
            "SELECT 'assignments', state, COUNT(*) FROM assignments WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'cosigners', state, COUNT(*) FROM cosigners WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'disputes', state, COUNT(*) FROM disputes WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'preassignments', state, COUNT(*) FROM preassignments WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'promises', state, COUNT(*) FROM promises WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'followups', state, COUNT(*) FROM followups WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'urgings', state, COUNT(*) FROM urgings WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'publications', state, COUNT(*) FROM publications WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'flagships', state, COUNT(*) FROM flagships WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'commendations', state, COUNT(*) FROM commendations WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'calls', state, COUNT(*) FROM calls WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'amendments', state, COUNT(*) FROM amendments WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'opinions', state, COUNT(*) FROM opinions WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'letters', state, COUNT(*) FROM letters WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'clusters', state, COUNT(*) FROM clusters WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'topics', state, COUNT(*) FROM topics WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'issues', state, COUNT(*) FROM issues WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'rulesets', state, COUNT(*) FROM rulesets WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'commissions', state, COUNT(*) FROM commissions WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'invitations', state, COUNT(*) FROM invitations WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'meetings', state, COUNT(*) FROM meetings WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'claims', state, COUNT(*) FROM claims WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'appeals', state, COUNT(*) FROM appeals WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'pledges', state, COUNT(*) FROM pledges WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'schemes', state, COUNT(*) FROM schemes WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'seatings', state, COUNT(*) FROM seatings WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'provisions', state, COUNT(*) FROM provisions WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'speech_calls', state, COUNT(*) FROM speech_calls WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'speeches', state, COUNT(*) FROM speeches WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'burdens', state, COUNT(*) FROM burdens WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'statements', state, COUNT(*) FROM statements WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'departures', state, COUNT(*) FROM departures WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'talks', state, COUNT(*) FROM talks WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'exemptions', state, COUNT(*) FROM exemptions WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'warnings', state, COUNT(*) FROM warnings WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'assessments', state, COUNT(*) FROM assessments WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'renewals', state, COUNT(*) FROM renewals WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'nominations', state, COUNT(*) FROM nominations WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'invitees', state, COUNT(*) FROM invitees WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'reporters', state, COUNT(*) FROM reporters WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'errands', state, COUNT(*) FROM errands WHERE org_id = :org "
            "GROUP BY state UNION ALL "
            "SELECT 'notices', state, COUNT(*) FROM notices WHERE org_id = :org GROUP BY state"),
        COUNT_ROW, mem, out);
}

/* What has no state of its own, by how often it must be there. */
static const struct {
    const char *what;
    i64 least;
} OTHERS[] = {
    { "circulars", 1 },        { "endorsements", 1 },
    { "instructions", 1 },     { "mediations", 1 },
    { "ladder 1", 1 },         { "ladder 2", 1 },
    { "ladder 3", 1 },         { "ladder 4", 1 },
    { "by hand", 1 },          { "merged into", 1 },
    { "referrals", 1 },        { "strict", 1 },
    { "rechecks", 1 },         { "topics", 4 },
    { "redone", 1 },           { "late", 1 },
    { "extended", 1 },         { "evaluations", 20 },
    { "withdraw asked", 1 },   { "meetings", 1 },
    { "no letter yet", 1 },    { "transcribed", 1 },
    { "made an opinion", 1 },  { "made a proposal", 1 },
    { "asked to recast", 1 },  { "letters' photos", 5 },
    { "letters' points", 20 }, { "dossiers on paper", 2 },
    { "dossiers' files", 1 },  { "voted on", 5 },
    { "groups' rolls", 1 },    { "commended", 1 },
};

static err count_others(struct db *db, struct arena *mem, struct rows *out)
{
    return db_list(
        db,
        SQL("SELECT 'circulars' AS flow, '' AS state, COUNT(*) AS count FROM circulars "
            "WHERE org_id = :org UNION ALL "
            "SELECT 'endorsements', '', COUNT(*) FROM endorsements WHERE org_id = :org UNION ALL "
            "SELECT 'instructions', '', COUNT(*) FROM instructions WHERE org_id = :org UNION ALL "
            "SELECT 'mediations', '', COUNT(*) FROM mediations WHERE org_id = :org UNION ALL "
            "SELECT 'ladder 1', '', COUNT(*) FROM reminders WHERE org_id = :org AND level = 1 "
            "UNION ALL "
            "SELECT 'ladder 2', '', COUNT(*) FROM reminders WHERE org_id = :org AND level = 2 "
            "UNION ALL "
            "SELECT 'ladder 3', '', COUNT(*) FROM reminders WHERE org_id = :org AND level = 3 "
            "UNION ALL "
            "SELECT 'ladder 4', '', COUNT(*) FROM reminders WHERE org_id = :org AND level = 4 "
            "UNION ALL "
            "SELECT 'by hand', '', COUNT(*) FROM reminders WHERE org_id = :org AND level = 0 "
            "UNION ALL "
            "SELECT 'merged into', '', COUNT(*) FROM proposals WHERE org_id = :org AND main_id > 0 "
            "UNION ALL "
            "SELECT 'withdraw asked', '', COUNT(*) FROM proposals WHERE org_id = :org "
            "AND withdraw_asked_at > 0 AND state <> 'withdrawn' UNION ALL "
            "SELECT 'no letter yet', '', COUNT(*) FROM proposals WHERE org_id = :org "
            "AND unreached = 1 AND informed_on = 0 UNION ALL "
            "SELECT 'referrals', '', COUNT(*) FROM referrals WHERE org_id = :org UNION ALL "
            "SELECT 'voted on', '', COUNT(*) FROM ballot_counts WHERE org_id = :org UNION ALL "
            "SELECT 'groups'' rolls', '', COUNT(*) FROM scheme_rolls WHERE org_id = :org UNION ALL "
            "SELECT 'commended', '', COUNT(*) FROM gradings WHERE org_id = :org AND honour = "
            "'granted' UNION ALL "
            "SELECT 'strict', '', COUNT(*) FROM assignments WHERE org_id = :org AND strict = 1 "
            "UNION ALL "
            "SELECT 'late', '', COUNT(*) FROM assignments WHERE org_id = :org AND first_late = 1 "
            "UNION ALL "
            "SELECT 'extended', '', COUNT(*) FROM requests WHERE org_id = :org "
            "AND kind = 'extension' AND decision = 'granted' UNION ALL "
            "SELECT 'redone', '', COUNT(*) FROM assignments WHERE org_id = :org AND round = 2 "
            "UNION ALL "
            "SELECT 'rechecks', '', COUNT(*) FROM rechecks WHERE org_id = :org UNION ALL "
            "SELECT 'evaluations', '', COUNT(*) FROM evaluations WHERE org_id = :org "
            "AND given_at > 0 UNION ALL "
            "SELECT 'transcribed', '', COUNT(*) FROM opinions WHERE org_id = :org "
            "AND transcribed_name <> '' UNION ALL "
            "SELECT 'meetings', '', COUNT(*) FROM preassignment_meetings WHERE org_id = :org "
            "UNION ALL "
            "SELECT 'made an opinion', '', COUNT(*) FROM recasts WHERE org_id = :org "
            "AND way = 'to_opinion' AND state = 'done' UNION ALL "
            "SELECT 'made a proposal', '', COUNT(*) FROM recasts WHERE org_id = :org "
            "AND way = 'to_proposal' AND state = 'done' UNION ALL "
            "SELECT 'asked to recast', '', COUNT(*) FROM recasts WHERE org_id = :org "
            "AND state = 'asked' UNION ALL "
            "SELECT 'letters'' photos', '', COUNT(*) FROM attachments WHERE org_id = :org "
            "AND owner = 'letters' UNION ALL "
            "SELECT 'letters'' points', '', COUNT(*) FROM letters WHERE org_id = :org "
            "AND point <> '' UNION ALL "
            "SELECT 'dossiers on paper', '', COUNT(*) FROM dossier_papers WHERE org_id = :org "
            "UNION ALL "
            "SELECT 'dossiers'' files', '', COUNT(*) FROM dossier_runs WHERE org_id = :org "
            "UNION ALL "
            "SELECT 'topics', '', COUNT(*) FROM call_topics WHERE org_id = :org"),
        COUNT_ROW, mem, out);
}

static i64 count_of(const struct rows *rows, const char *flow, const char *state)
{
    const struct count *all = rows->items;
    for (size_t i = 0; i < rows->count; i++)
        if (str_is(all[i].flow, flow) && str_is(all[i].state, state))
            return all[i].count;
    return 0;
}

/* ---- a house whose today the test sets ---- */

struct house {
    struct arena *mem;
    struct db *db;
    char folder[64];
    struct app app;
};

static int set_up(void **state)
{
    struct arena *mem = arena_new((size_t)2 << 30, 0);
    struct house *h = arena_zero(mem, sizeof *h);
    str why = str_of("");
    h->mem = mem;
    log_set_level(LOG_ERROR);
    h->db = test_db_open(NULL);
    memcpy(h->folder, "/tmp/huotang-demo-XXXXXX", sizeof "/tmp/huotang-demo-XXXXXX");
    assert_non_null(mkdtemp(h->folder));
    struct config config = { .listen = str_of("127.0.0.1:0"),
                             .data = str_of(h->folder),
                             .db = test_db_url(h->db),
                             .secret_file = arena_printf(mem, "%s/secret", h->folder),
                             .loops = 1,
                             .max_connections = 10 };
    assert_ok(start_tables(mem));
    assert_ok(start_app(mem, &config, true, &h->app, &why));
    assert_ok(lanes_start(&h->app, &(struct lanes_options){ .synchronous = true }));
    *state = h;
    return 0;
}

static int tear_down(void **state)
{
    struct house *h = *state;
    lanes_stop(&h->app);
    test_db_close(h->db);
    unlink(arena_printf(h->mem, "%s/secret", h->folder).ptr);
    rmdir(h->folder);
    arena_free(h->mem);
    return 0;
}

static size_t missing_states(const struct rows *rows)
{
    size_t missing = 0;
    for (const struct module *const *m = MODULES; *m; m++)
        for (const struct flow *const *f = (*m)->flows; f && *f; f++)
            for (const struct flow_state *s = (*f)->states; s->code; s++)
                if (count_of(rows, (*f)->name, s->code) == 0) {
                    print_error("no demo of %s in state %s\n", (*f)->name, s->code);
                    missing++;
                }
    return missing;
}

/* The year of assessment: what stands beside each member, in each sector's row and in the sum of
 * all is what the ledger has of what was done (a plenary by its half-days, no absence); who holds a
 * chair is not scored. */
static void sums_are_those_of_the_records(struct house *h, struct db *db, i64 org_id)
{
    struct scores_period period;
    struct scores_group whole;
    struct rows rows;
    struct rq rq;
    i64 sum = 0, scored = 0, in_groups = 0, wanted = 0, chairs = 0;
    app_system_rq(&h->app, db, h->mem, org_id, &rq);
    assert_ok(scores_period_find(&rq, 0, &period));
    assert_ok(scores_list(&rq, &(struct scores_ask){ .period = &period }, &rows));
    const struct scores_row *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        sum += all[i].entries;
        scored += all[i].assessed;
        assert_false(all[i].assessed && str_find(all[i].person->posts, str_of("chair"), 0) >= 0);
    }
    struct rows groups = scores_groups(&rq, &rows, SCORES_BY_SECTOR, &whole);
    for (size_t i = 0; i < groups.count; i++)
        in_groups += ((const struct scores_group *)groups.items)[i].entries;
    i64 from = period.from, to = period.to;
    assert_ok(db_i64(db,
                     SQL("SELECT COUNT(*) AS id FROM entries WHERE org_id = :org AND state = "
                         "'live' AND happened_on BETWEEN :from AND :to AND kind <> "
                         "'plenary.whole' AND kind NOT LIKE '%.absent' AND kind NOT LIKE "
                         "'%.leave' AND kind NOT LIKE '%.late'",
                         P(from), P(to)),
                     &wanted));
    assert_ok(db_i64(db,
                     SQL("SELECT COUNT(DISTINCT s.member_id) AS id FROM seats s JOIN members m ON "
                         "m.org_id = s.org_id AND m.id = s.member_id JOIN tenures t ON t.org_id = "
                         "m.org_id AND t.person_id = m.person_id AND t.post IN ('chair', "
                         "'vice_chair') WHERE s.org_id = :org AND s.status = 'serving'"),
                     &chairs));
    assert_true(wanted > 0);
    assert_int_equal(sum, wanted);
    assert_int_equal(in_groups, wanted);
    assert_int_equal(whole.entries, wanted);
    assert_int_equal(whole.assessed, scored);
    assert_int_equal(chairs, 5);
    assert_true(scored > 300);
}

static void every_state_is_there_on(struct house *h, i64 day)
{
    struct demo d = {
        .mem = h->mem, .rng = rng_seeded(1), .side = rng_seeded(1000004), .cases = FEW
    };
    struct rows states = { .size = sizeof(struct count) }, others = states;
    struct db *db;
    str password;
    h->app.clock = clock_fixed(day_start_ms(day) + 10 * 3600000);
    assert_ok(demo_make(&h->app, &d, &password));
    assert_ok(db_open(h->app.config.db, DB_READ, &db));
    db_set_org(db, d.org_id);
    sums_are_those_of_the_records(h, db, d.org_id);
    assert_ok(count_states(db, h->mem, &states));
    assert_int_equal(missing_states(&states), 0);
    assert_ok(count_others(db, h->mem, &others));
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++)
        if (count_of(&others, OTHERS[i].what, "") < OTHERS[i].least)
            fail_msg("no demo of: %s", OTHERS[i].what);
    db_close(db);
}

static void every_state_is_there(void **state)
{
    every_state_is_there_on(*state, day_from_civil(2026, 11, 26));
}

/* A Sunday, in the weeks of a plenary; which day it is does not hang on the engine. */
static void also_on_a_day_off_in_february(void **state)
{
    if (test_db_engine() == DB_POSTGRES)
        skip();
    every_state_is_there_on(*state, day_from_civil(2027, 2, 28));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_state_is_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(also_on_a_day_off_in_february, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
