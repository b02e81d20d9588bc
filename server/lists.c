/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Commands over what modules declare: import KIND FILE, reindex, recount. An import is one
 * transaction: all rows or none. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "modules/dashboards/dashboard.h"
#include "modules/entries/entry_rules.h"
#include "platform/files/mapping.h"
#include "platform/text/text.h"
#include "platform/text/texts.h"
#include "server/command.h"
#include "server/reader.h"
#include "server/start.h"

enum { MAPPING_MAX = 1 << 20 };

/* ---- import ---- */

struct import_call {
    struct command_line *line;
    const struct import_kind *kind;
    struct import_options options;
    struct import_report report;
};

static const struct import_kind *find_kind(str name)
{
    for (const struct module *const *m = MODULES; *m; m++)
        for (const struct import_kind *k = (*m)->imports; k && k->name; k++)
            if (str_is(name, k->name))
                return k;
    return NULL;
}

static err run_import(struct rq *rq, void *context)
{
    struct import_call *call = context;
    return import_run(rq, call->line->mem, call->kind, &call->options, &call->report);
}

static err read_mapping(struct import_call *call)
{
    str path = command_option(call->line, "map");
    struct import_mapping *mapping = arena_zero(call->line->mem, sizeof *mapping);
    if (path.len == 0)
        return OK;
    char *space = arena_zero(call->line->mem, MAPPING_MAX);
    int fd = open(arena_cstr(call->line->mem, path), O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, space, MAPPING_MAX);
    if (fd >= 0)
        close(fd);
    if (n < 0)
        return err_make_with(ERR_INVALID, "command.unreadable", path, str_of(""));
    call->options.mapping = mapping;
    return import_mapping_read(call->line->mem, (str){ space, (size_t)n }, call->kind, mapping);
}

static void print_report(const struct import_call *call)
{
    const struct import_report *r = &call->report;
    struct arena *mem = call->line->mem;
    for (size_t i = 0; i < r->fault_count; i++) {
        const struct import_fault *f = &r->faults[i];
        str place = text_format(mem, f->column.len ? "command.import_cell" : "command.import_row",
                                arena_printf(mem, "%lld", (long long)f->row), f->column);
        str why = text_format(mem, f->reason, f->arg[0], f->arg[1]);
        fprintf(stderr, "%.*s%.*s\n", (int)place.len, place.ptr, (int)why.len, why.ptr);
    }
    printf("created %lld, updated %lld, unchanged %lld, refused %lld\n", (long long)r->created,
           (long long)r->updated, (long long)r->unchanged, (long long)r->refused);
}

static int import(struct app *app, struct import_call *call)
{
    i64 org_id = command_org(call->line, app);
    err e = org_id ? read_mapping(call) : err_make(ERR_INVALID, "command.no_org");
    if (!e.code) /* before the transaction: a house that serves would wait with it */
        e = sheet_spool(call->line->mem, call->line->words.items[1], &call->options.list);
    if (!e.code)
        e = start_write(app, org_id, run_import, call);
    if (e.code && call->report.refused == 0)
        return command_failed(call->line, e);
    print_report(call);
    return call->report.refused ? EXIT_FAILED : EXIT_DONE;
}

int command_import(struct command_line *line)
{
    struct app app;
    if (line->words.count && str_is(line->words.items[0], "cases"))
        return command_import_cases(line);
    struct import_call call = { .line = line };
    call.kind = line->words.count == 2 ? find_kind(line->words.items[0]) : NULL;
    if (!call.kind)
        return command_failed(line, err_make(ERR_INVALID, "command.import_usage")), EXIT_USAGE;
    call.options = (struct import_options){ .source = command_option(line, "source"),
                                            .dry_run = command_option(line, "dry-run").len > 0 };
    err e = reader_start(true);
    if (e.code)
        return command_failed(line, e);
    if (!command_open(line, false, &app))
        return EXIT_FAILED;
    int status = import(&app, &call);
    command_close(&app);
    return status;
}

/* ---- reindex ---- */

struct reindex_call {
    const struct text_source *source;
    i64 after;
};

static err reindex_batch(struct rq *rq, void *context)
{
    struct reindex_call *call = context;
    return text_reindex(rq, call->source, &call->after);
}

static err reindex_clear(struct rq *rq, void *context)
{
    (void)context;
    return text_clear(rq);
}

/* Every organisation in turn, in batches: the house may serve meanwhile, though its searches find
 * only what is already done. */
static err reindex_org(struct app *app, i64 org_id)
{
    for (const struct module *const *m = app->modules; *m; m++)
        for (const struct text_source *s = (*m)->texts; s && s->collection; s++) {
            struct reindex_call call = { s, 0 };
            do
                TRY(start_write(app, org_id, reindex_batch, &call));
            while (call.after);
        }
    return OK;
}

err command_index_anew(struct command_line *line, struct app *app)
{
    ids orgs;
    TRY(command_orgs(line, app, &orgs));
    if (orgs.count)
        TRY(start_write(app, orgs.items[0], reindex_clear, NULL));
    for (size_t i = 0; i < orgs.count; i++)
        TRY(reindex_org(app, orgs.items[i]));
    return OK;
}

int command_reindex(struct command_line *line)
{
    struct app app;
    if (!command_open(line, false, &app))
        return EXIT_FAILED;
    err e = command_index_anew(line, &app);
    command_close(&app);
    if (e.code)
        return command_failed(line, e);
    command_say(text_find("command.reindexed"));
    return EXIT_DONE;
}

/* ---- recount ---- */

static err recount(struct rq *rq, void *context)
{
    (void)context;
    return dashboard_recount(rq);
}

static err gather_begin(struct rq *rq, void *context)
{
    (void)context;
    err e = entry_gather_begin(rq);
    return e.code == ERR_CONFLICT ? OK : e; /* one goes on: it is brought to its end */
}

static err gather_on(struct rq *rq, void *context)
{
    return job_entry_gather(rq, context);
}

/* The ledger in batches, while the house may serve. */
static err gather(struct app *app, i64 org_id)
{
    bool again = true;
    TRY(start_write(app, org_id, gather_begin, NULL));
    while (again)
        TRY(start_write(app, org_id, gather_on, &again));
    return OK;
}

int command_recount(struct command_line *line)
{
    struct app app;
    ids orgs;
    if (!command_open(line, false, &app))
        return EXIT_FAILED;
    err e = command_orgs(line, &app, &orgs);
    for (size_t i = 0; !e.code && i < orgs.count; i++)
        if (!(e = start_write(&app, orgs.items[i], recount, NULL)).code)
            e = gather(&app, orgs.items[i]);
    command_close(&app);
    if (e.code)
        return command_failed(line, e);
    command_say(text_find("command.recounted"));
    return EXIT_DONE;
}
