/* SPDX-License-Identifier: MulanPSL-2.0 */
/* `huotang serve`: supervisor and worker. The worker opens the house, its lanes, jobs and the
 * socket, in that order, and ends them in the opposite one. What happens to a request:
 * ARCHITECTURE.md. */
#include <libgen.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "modules/accounts/account.h"
#include "platform/base/log.h"
#include "platform/base/str.h"
#include "platform/calendar/calendar.h"
#include "platform/files/sheet_process.h"
#include "platform/jobs/jobs.h"
#include "platform/text/texts.h"
#include "platform/web/exchange.h"
#include "platform/web/lanes.h"
#include "platform/web/serve.h"
#include "platform/web/web.h"
#include "server/command.h"
#include "server/config.h"
#include "server/reader.h"
#include "server/sandbox.h"
#include "server/start.h"
#include "server/supervisor.h"

enum { HANG_MS = 180000 }; /* no statement may take 30 s, no handler nearly as long */

struct serving {
    struct command_line *line;
    struct config config;
    struct app app;
    struct jobs *jobs;
    struct server *server;
};

/* An installation without accounts prints the code with which the first administrators are made
 * (quality A6). */
static err print_first_code(struct rq *rq, void *context)
{
    bool needed;
    str *out = context, code;
    TRY(first_is_needed(rq, &needed));
    if (!needed)
        return OK;
    TRY(first_code_make(rq, &code));
    *out = arena_str(rq->app->mem, code); /* outlives the transaction */
    return OK;
}

static err read_calendar(struct app *app, struct db *db, struct arena *mem, void *context)
{
    (void)mem;
    (void)context;
    return calendar_start(app, db);
}

/* From here on the worker has only what serving needs. Files without a name go into the data
 * directory too, so that no other needs to be writable. */
static void lock_in(struct arena *mem, const struct config *config)
{
    struct sandbox_paths paths = { 0 };
    str prefix = str_of("sqlite:"), db = config->db;
    if (!config->sandbox) {
        log_note(LOG_WARN, "sandbox", "calls", str_of("off"));
        return;
    }
    setenv("TMPDIR", web_upload_dir(mem, config).ptr, 1);
    strs_add(mem, &paths.writable, config->data);
    if (str_starts(db, prefix)) {
        char *path = (char *)(uintptr_t)arena_cstr(mem, str_sub(db, prefix.len, db.len));
        strs_add(mem, &paths.writable, str_of(dirname(path)));
    }
    strs_add(mem, &paths.readable, config->smtp_password_file);
    sandbox_enter(mem, &paths);
}

static err open_all(struct serving *s, int listen_fd, str *why)
{
    struct arena *mem = s->line->mem;
    str code = str_of("");
    TRY(reader_start(s->config.sandbox));
    TRY(start_app(mem, &s->config, true, &s->app, why));
    if (config_lacks_proxies(&s->config))
        log_note(LOG_WARN, "config.proxies_missing", "hint", text_find("config.proxies_missing"));
    lock_in(mem, &s->config);
    TRY(lanes_start(&s->app, &(struct lanes_options){ 0 }));
    TRY(lanes_write(&s->app, read_calendar, NULL));
    TRY(start_write(&s->app, 0, print_first_code, &code));
    TRY(web_new(&s->app));
    TRY(jobs_start(&s->app, &s->jobs));
    TRY(serve_start(&s->app, listen_fd, &s->server));
    str address = arena_printf(mem, "http://%.*s", (int)s->config.listen.len, s->config.listen.ptr);
    if (code.len)
        command_say(text_format(mem, "command.first_code", address, code));
    return OK;
}

/* What waits for the database is alive; what has stood in one request for minutes is not. A worker
 * may start no process: without its reader of lists another one takes its place. */
static bool is_alive(void *context)
{
    struct serving *s = context;
    if (sheet_process_is_lost())
        supervisor_replace();
    return lanes_stuck_ms(s->app.lanes) < HANG_MS && serve_stuck_ms(s->server) < HANG_MS;
}

static int work(int listen_fd, void *context)
{
    struct serving *s = context;
    str why = str_of("");
    supervisor_prepare();
    err e = open_all(s, listen_fd, &why);
    if (e.code) {
        if (why.len == 0)
            why = text_format(s->line->mem, e.name, e.arg[0], e.arg[1]);
        fprintf(stderr, "%.*s\n", (int)why.len, why.ptr);
        return EXIT_FAILED;
    }
    supervisor_ready();
    supervisor_wait(is_alive, s);
    jobs_stop(s->jobs);
    serve_stop(s->server, 10000);
    lanes_stop(&s->app);
    return EXIT_DONE;
}

int command_serve(struct command_line *line)
{
    struct serving s = { .line = line };
    str why = str_of("");
    enum log_level level;
    err e = config_read(line->mem, line->config_path, &s.config, &why);
    if (e.code) {
        fprintf(stderr, "%.*s\n", (int)why.len, why.ptr);
        return EXIT_USAGE;
    }
    if (log_level_parse(s.config.log_level, &level))
        log_set_level(level);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a full disk is an error of the write, not the end of the process */
    return supervisor_run(&(struct supervisor_start){
        .listen = s.config.listen, .argv = line->argv, .worker = work, .context = &s });
}
