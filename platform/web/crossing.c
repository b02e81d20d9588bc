/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Listening (crossing.h). A notice is "BOOT ORG ACCOUNT NAME", a line feed, the data. While the
 * connection is lost nothing is heard: afterwards every page is told to load anew. */
#include "platform/web/crossing.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "platform/base/str.h"
#include "platform/web/live.h"

enum { WAIT_MS = 500, NAME_MAX_BYTES = 40 };

struct crossing {
    struct app *app;
    pthread_t thread;
    struct db *db; /* NULL while the database is away */
    bool lost;     /* something may have been said meanwhile */
    _Atomic bool stopping;
};

static bool number_take(str *rest, i64 *out)
{
    str part;
    return str_split(rest, ' ', &part) && str_to_i64(part, out);
}

/* What is said by whoever may write to the database is judged all the same: nothing that does not
 * fit a hub gets into it. */
static void hear(void *context, str text)
{
    struct crossing *c = context;
    struct hub *hub = c->app->web->hub;
    char name[NAME_MAX_BYTES] = "";
    struct live_event event = { .name = name };
    str rest = text, head;
    i64 boot = 0;
    if (!str_split(&rest, '\n', &head) || !number_take(&head, &boot) ||
        !number_take(&head, &event.org_id) || !number_take(&head, &event.account_id))
        return;
    if (boot == hub_boot(hub) || head.len == 0 || head.len >= sizeof name ||
        rest.len >= LIVE_DATA_MAX)
        return;
    memcpy(name, head.ptr, head.len);
    event.data = rest;
    hub_publish(hub, &event);
}

static void drop(struct crossing *c)
{
    if (c->db)
        db_close(c->db);
    c->db = NULL;
    c->lost = true;
}

static err open_ear(struct crossing *c)
{
    bool hears = false;
    TRY(db_open(c->app->config.db, DB_WRITE, &c->db));
    TRY(db_listen(c->db, &hears));
    if (c->lost)
        hub_lost(c->app->web->hub);
    c->lost = false;
    return OK;
}

static void *run(void *context)
{
    struct crossing *c = context;
    while (!atomic_load(&c->stopping)) {
        err e = c->db ? OK : open_ear(c);
        if (e.code == ERR_NONE)
            e = db_wait(c->db, WAIT_MS, hear, c);
        if (e.code == ERR_NONE)
            continue;
        drop(c);
        usleep(WAIT_MS * 1000);
    }
    return NULL;
}

err crossing_start(struct app *app, struct crossing **out)
{
    struct db *db;
    bool hears = false;
    assert(app->web);
    *out = NULL;
    TRY(db_open(app->config.db, DB_WRITE, &db));
    err e = db_listen(db, &hears);
    if (e.code != ERR_NONE || !hears) {
        db_close(db);
        return e;
    }
    struct crossing *c = arena_zero(app->mem, sizeof *c);
    c->app = app;
    c->db = db;
    if (pthread_create(&c->thread, NULL, run, c) != 0) {
        db_close(db);
        return err_make(ERR_INTERNAL, "web.serve");
    }
    *out = c;
    return OK;
}

void crossing_stop(struct crossing *c)
{
    if (!c)
        return;
    atomic_store(&c->stopping, true);
    pthread_join(c->thread, NULL);
    drop(c);
}
