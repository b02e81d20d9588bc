/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See stage.h. */
#include "platform/flow/tests/stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "embed.h"
#include "platform/base/str.h"
#include "platform/calendar/calendar.h"
#include "platform/text/texts.h"

static void calendar_put(struct arena *mem)
{
    const struct embed_file *file = embed_data;
    while (file->name && strcmp(file->name, "calendar/cn.txt") != 0)
        file++;
    struct calendar *calendar;
    stage_expect(calendar_load(mem, (str){ (const char *)file->data, file->size }, &calendar),
                 NULL);
    calendar_set_current(calendar);
}

void stage_open(struct stage *stage, const struct module *const *modules,
                const struct db_schema *schemas)
{
    const char *url = getenv("HUOTANG_TEST_DB");
    stage->mem = arena_new(64 << 20, 0);
    stage->app = (struct app){
        .mem = stage->mem,
        .clock = clock_fixed(day_start_ms(stage_day("2026-11-25")) + 10 * 3600 * 1000),
        .rng = rng_seeded(42),
        .modules = modules,
    };
    stage_expect(text_load(stage->mem, embed_texts), NULL);
    calendar_put(stage->mem);
    if (!url || strcmp(url, "sqlite:") == 0)
        url = "sqlite::memory:";
    stage_expect(db_open(str_of(url), DB_WRITE, &stage->db), NULL);
    stage_expect(db_migrate(stage->db, schemas, NULL), NULL);
}

void stage_close(struct stage *stage)
{
    db_close(stage->db);
    arena_free(stage->mem);
}

void stage_begin(struct stage *stage)
{
    stage_expect(db_begin(stage->db), NULL);
}

void stage_end(struct stage *stage)
{
    db_rollback(stage->db);
}

struct rq *stage_rq(struct stage *stage, const struct actor *actor)
{
    struct rq *rq = arena_zero(stage->mem, sizeof *rq);
    i64 now_ms = stage->app.clock.now_ms(&stage->app.clock);
    *rq = (struct rq){
        .app = &stage->app,
        .mem = stage->mem,
        .db = stage->db,
        .actor = actor,
        .now_ms = now_ms,
        .today = day_of_ms(now_ms),
        .rng = &stage->app.rng,
        .id = str_of("test"),
        .path = str_of("/"),
        .mode = str_of("standard"),
    };
    db_set_org(stage->db, actor->org_id);
    return rq;
}

i64 stage_day(const char *text)
{
    i64 day = 0;
    assert_true(day_parse(str_of(text), &day));
    return day;
}

void stage_expect(err e, const char *name)
{
    if (name ? !err_is(e, name) : e.code != ERR_NONE)
        fail_msg("expected %s, got %s (%.*s) from %s:%d", name ? name : "OK",
                 e.name ? e.name : "OK", (int)e.arg[0].len, e.arg[0].ptr ? e.arg[0].ptr : "",
                 e.file ? e.file : "?", e.line);
}
