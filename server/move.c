/* SPDX-License-Identifier: MulanPSL-2.0 */
/* `huotang move ADDRESS`: from one engine to the other, or to another place. The rows are the
 * database layer's (platform/db/move.h); here the new database is made before, and afterwards
 * opened as the house opens it: the secret fits, the audit chains are whole, the search index is
 * anew. */
#include <stdio.h>

#include "platform/audit/audit.h"
#include "platform/db/move.h"
#include "platform/text/texts.h"
#include "platform/web/lanes.h"
#include "server/command.h"
#include "server/start.h"

enum { WORK = 32 << 20 };

struct move_call {
    struct command_line *line;
    str url; /* of the new database */
    struct app app;
    struct db_rows rows;
};

/* Only what has no table of ours is taken: nobody's data is written over. */
static err make_empty(struct move_call *call, struct db *to)
{
    bool has = false;
    TRY(db_has_schema(to, &has));
    if (has)
        return err_make_with(ERR_CONFLICT, "move.not_empty", call->url, str_of(""));
    return db_migrate(to, app_schemas(call->line->mem, call->app.modules), NULL);
}

static err move_rows(struct move_call *call)
{
    struct db *from, *to;
    TRY(db_open(call->url, DB_WRITE, &to));
    err e = make_empty(call, to);
    if (!e.code)
        e = db_open(call->app.config.db, DB_READ, &from);
    if (!e.code) {
        e = db_move(from, to, call->line->mem, &call->rows);
        db_close(from);
    }
    if (!e.code)
        e = db_analyze(to, true);
    db_close(to);
    return e;
}

static err check_chains(const struct app *app)
{
    struct audit_check check;
    struct arena *mem = arena_new(WORK, 0);
    struct db *db;
    err e = db_open(app->config.db, DB_READ, &db);
    if (!e.code) {
        e = audit_verify(app, db, mem, &check);
        db_close(db);
    }
    arena_free(mem);
    return e;
}

/* As the house will open it. */
static err open_moved(struct move_call *call)
{
    struct config config = call->app.config;
    struct app moved;
    str why;
    config.db = call->url;
    TRY(start_app(call->line->mem, &config, false, &moved, &why));
    TRY(lanes_start(&moved, &(struct lanes_options){ .synchronous = true }));
    err e = command_index_anew(call->line, &moved);
    if (!e.code)
        e = check_chains(&moved);
    lanes_stop(&moved);
    return e;
}

int command_move(struct command_line *line)
{
    struct move_call call = { .line = line };
    if (line->words.count != 1)
        return command_failed(line, err_make(ERR_INVALID, "move.usage")), EXIT_USAGE;
    if (!command_open(line, false, &call.app))
        return EXIT_FAILED;
    call.url = line->words.items[0];
    err e = move_rows(&call);
    command_close(&call.app);
    if (!e.code)
        e = open_moved(&call);
    if (e.code)
        return command_failed(line, e);
    command_say(text_format(line->mem, "move.done",
                            arena_printf(line->mem, "%lld", (long long)call.rows.rows),
                            call.rows.digest));
    command_say(text_find("move.next"));
    return EXIT_DONE;
}
