/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The mark of the secret in the database (secret_mark.h), rule and SQL. */
#include "platform/access/secret_mark.h"

#include <assert.h>

#include "platform/access/secret.h"
#include "platform/base/str.h"

enum { MEM = 1 << 16 };

struct mark_row {
    str mark;
};
static const struct field MARK[] = { FIELD(struct mark_row, mark), { 0 } };

static err add(struct db *db, str mark, bool *fresh)
{
    i64 changed = 0;
    TRY(db_run(db,
               SQL("INSERT INTO secret_marks (id, mark) VALUES (1, :mark) ON CONFLICT (id) DO"
                   " NOTHING",
                   P(mark)),
               &changed));
    *fresh = changed > 0;
    return OK;
}

static err check(const struct app *app, struct db *db, struct arena *mem, bool *fresh)
{
    struct mark_row kept = { 0 };
    str mark = field_index(app, mem, "secret_mark", str_of("huotang"));
    if (fresh)
        TRY(add(db, mark, fresh));
    err e = db_one(db, SQL("SELECT mark FROM secret_marks WHERE id = 1"), MARK, mem, &kept);
    if (err_is(e, "db.no_row"))
        return OK;
    TRY(e);
    return secret_eq(kept.mark, mark) ? OK
                                      : err_make_with(ERR_INVALID, "start.secret_wrong",
                                                      app->config.secret_file, str_of(""));
}

err secret_mark_check(const struct app *app, struct db *db, bool *fresh)
{
    struct arena *mem = arena_new(MEM, 0);
    assert(app->secret.len > 0);
    err e = check(app, db, mem, fresh);
    arena_free(mem);
    return e;
}
