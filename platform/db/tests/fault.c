/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See fault.h: the engine's table of functions is replaced by a copy that counts. */
#include "platform/db/tests/fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "platform/base/log.h"
#include "platform/db/db_engine.h"

enum { STATEMENTS_MAX = 2000 };

static const struct db_ops *true_ops;
static struct db_ops counting;
static i64 left;
static bool fired;

/* Settings are looked at again whenever a second has passed, and the old ones hold when that fails:
 * by design no act says so, and when it happens depends on the machine. */
static bool is_look_at_settings(const struct db_stmt *stmt)
{
    return strstr(stmt->file, "platform/settings/") && strncmp(stmt->text, "SELECT", 6) == 0;
}

static err start(struct db *db, struct db_stmt *stmt, bool each)
{
    if (left > 0 && !is_look_at_settings(stmt) && --left == 0) {
        fired = true;
        return err_make(ERR_BUSY, "db.full");
    }
    return true_ops->start(db, stmt, each);
}

static err held_back_write(struct db *db)
{
    err e = db_sums_write(db);
    return e.code == ERR_NONE ? db_held_write(db) : e;
}

static err run_once(struct db *db, i64 nth, err (*fn)(void *context), void *context)
{
    true_ops = db->ops;
    counting = *db->ops;
    counting.start = start;
    left = nth;
    fired = false;
    if (db_savepoint(db).code != ERR_NONE)
        fail_msg("no savepoint");
    db->ops = &counting;
    err e = fn(context);
    if (e.code == ERR_NONE)
        e = held_back_write(db); /* is part of the act */
    db->ops = true_ops;
    db_savepoint_rollback(db);
    return e;
}

i64 fault_each(struct db *db, err (*fn)(void *context), void *context)
{
    if (held_back_write(db).code != ERR_NONE)
        fail_msg("what was held back before cannot be written");
    log_set_level(LOG_ERROR + 1); /* faults that were asked for are no news */
    for (i64 nth = 1; nth < STATEMENTS_MAX; nth++) {
        err e = run_once(db, nth, fn, context);
        if (!fired) {
            log_set_level(LOG_WARN);
            if (e.code != ERR_NONE)
                fail_msg("runs through, but says %s (%s:%d)", e.name, e.file ? e.file : "", e.line);
            return nth - 1;
        }
        if (e.code == ERR_NONE)
            fail_msg("statement %d failed, yet all was well", (int)nth);
    }
    fail_msg("too many statements");
    return 0;
}
