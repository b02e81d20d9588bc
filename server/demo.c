/* SPDX-License-Identifier: MulanPSL-2.0 */
/* `huotang demo`: fills an empty installation with the demo city and prints its log-ins. World:
 * demo_world.c. Histories: demo_cases.c. */
#include <stdio.h>

#include "modules/accounts/account.h"
#include "platform/base/clock.h"
#include "platform/text/texts.h"
#include "server/command.h"
#include "server/demo.h"
#include "server/start.h"

enum { NINE_MS = 9 * 3600 * 1000 };

static i64 number_option(const struct command_line *line, const char *name, i64 fallback)
{
    i64 value;
    str text = command_option(line, name);
    return text.len && str_to_i64(text, &value) && value >= 0 ? value : fallback;
}

/* One password for all demo accounts, made from the seed: known to whoever runs the demo, to nobody
 * else. */
static err make_password(struct rq *rq, struct demo *d, str *password)
{
    struct rng rng = rng_system();
    struct rng *kept = rq->rng;
    rq->rng = &rng;
    err e = account_make_password(rq, password, &d->hash);
    rq->rng = kept;
    *password = arena_str(d->mem, *password); /* rq's memory ends with its transaction */
    d->hash = arena_str(d->mem, d->hash);
    return e;
}

struct demo_call {
    struct demo *demo;
    str password;
};

static err begin(struct rq *rq, void *context)
{
    struct demo_call *call = context;
    TRY(make_password(rq, call->demo, &call->password));
    return demo_make_world(rq, call->demo);
}

static err analyze(struct rq *rq, void *context)
{
    (void)context;
    return db_analyze(rq->db, true);
}

/* What its people do they do from nine o'clock on. Made earlier in the day, the demo is one of the
 * day before, so that nothing of it lies ahead. */
static void clock_settle(struct app *app)
{
    i64 now = app->clock.now_ms(&app->clock), day = day_of_ms(now);
    if (now < day_start_ms(day) + NINE_MS)
        app->clock = clock_fixed(day_start_ms(day) - 1);
}

err demo_make(struct app *app, struct demo *d, str *password)
{
    struct demo_call call = { .demo = d };
    clock_settle(app);
    d->today = day_of_ms(app->clock.now_ms(&app->clock));
    TRY(demo_read(d));
    TRY(start_write(app, 0, begin, &call));
    *password = call.password;
    struct demo_cases *cases = demo_cases_new(d);
    i64 writes = 0, analyze_at = 100; /* the planner's figures grow with the tables */
    TRY(start_write(app, 0, analyze, NULL));
    while (!demo_cases_done(cases)) {
        TRY(start_write(app, d->org_id, demo_cases_run, cases));
        if (++writes < analyze_at)
            continue;
        TRY(start_write(app, 0, analyze, NULL));
        analyze_at *= 2;
    }
    TRY(start_write(app, d->org_id, demo_make_desks, d));
    TRY(start_write(app, d->org_id, demo_make_opinions, d));
    TRY(start_write(app, d->org_id, demo_make_duty, d));
    TRY(start_write(app, d->org_id, demo_make_meetings, d));
    while (d->cases >= DEMO_CASES && !demo_round_done(d))
        TRY(start_write(app, d->org_id, demo_make_round, d));
    TRY(start_write(app, d->org_id, demo_make_claims, d));
    TRY(start_write(app, d->org_id, demo_make_pledges, d));
    TRY(start_write(app, d->org_id, demo_make_schemes, d));
    TRY(start_write(app, d->org_id, demo_make_seatings, d));
    TRY(start_write(app, d->org_id, demo_make_provisions, d));
    TRY(start_write(app, d->org_id, demo_make_speeches, d));
    TRY(start_write(app, d->org_id, demo_make_burdens, d));
    TRY(start_write(app, d->org_id, demo_make_statements, d));
    TRY(start_write(app, d->org_id, demo_make_departures, d));
    TRY(start_write(app, d->org_id, demo_make_welfare, d));
    while (!demo_assessments_done(d))
        TRY(start_write(app, d->org_id, demo_make_assessments, d));
    TRY(start_write(app, d->org_id, demo_make_talks, d));
    TRY(start_write(app, d->org_id, demo_make_nominations, d));
    TRY(start_write(app, d->org_id, demo_make_renewals, d));
    if (d->cases > 0)
        TRY(start_write(app, d->org_id, demo_make_letters, d));
    if (d->cases > 0)
        TRY(start_write(app, d->org_id, demo_make_dossiers, d));
    return start_write(app, 0, analyze, NULL);
}

int command_demo(struct command_line *line)
{
    struct app app;
    ids orgs;
    struct arena *mem = arena_new((size_t)4 << 30, 0);
    i64 seed = number_option(line, "seed", 1);
    struct demo d = { .mem = mem,
                      .rng = rng_seeded((uint64_t)seed),
                      .side = rng_seeded((uint64_t)seed + 1000003),
                      .cases = DEMO_CASES * number_option(line, "scale", 1) };
    str password = str_of("");
    if (!command_open(line, true, &app))
        return EXIT_FAILED;
    err e = command_orgs(line, &app, &orgs);
    if (!e.code && orgs.count)
        e = err_make(ERR_CONFLICT, "demo.not_empty");
    if (!e.code)
        e = demo_make(&app, &d, &password);
    command_close(&app);
    if (e.code)
        fprintf(stderr, "%s:%d\n", e.file ? e.file : "", e.line);
    if (!e.code)
        command_say(text_format(line->mem, "demo.done", password, str_of("")));
    arena_free(mem);
    return e.code ? command_failed(line, e) : EXIT_DONE;
}
