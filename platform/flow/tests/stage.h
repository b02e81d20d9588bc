/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A small stage for tests of platform parts below the web layer: a database of HUOTANG_TEST_DB with
 * given schemas, a clock that stands, two organisations, and requests made by hand inside a
 * transaction that is rolled back at the end. Tests that go through routes use
 * tests/harness/test_app.h instead. */
#ifndef HT_FLOW_TESTS_STAGE_H
#define HT_FLOW_TESTS_STAGE_H
#include "platform/app.h"
#include "platform/web/web.h"

enum { STAGE_ORG = 1, STAGE_OTHER_ORG = 2 };

struct stage {
    struct app app;
    struct arena *mem;
    struct db *db;
};

/* Opens the database and applies the schemas; modules are what the app declares. Texts are loaded,
 * the shipped calendar is in force. The clock stands at 2026-11-25 10:00 in China. */
void stage_open(struct stage *stage, const struct module *const *modules,
                const struct db_schema *schemas);
void stage_close(struct stage *stage);

/* Begins and rolls back a test's transaction. */
void stage_begin(struct stage *stage);
void stage_end(struct stage *stage);

/* A request of an actor in its organisation; lives until stage_close. actor->scopes are the
 * caller's business. */
struct rq *stage_rq(struct stage *stage, const struct actor *actor);

/* The day of a text such as "2026-11-25"; fails the test when it is none. */
i64 stage_day(const char *text);

/* Fails unless the error has this name (NULL = must be OK). */
void stage_expect(err e, const char *name);
#endif
