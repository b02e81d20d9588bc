/* SPDX-License-Identifier: MulanPSL-2.0 */
/* `huotang export cases FILE` and `huotang import cases FILE`: whole cases as JSON
 * (docs/guide/transfer.md), as the house itself; the rules are modules/transfers. An import is one
 * transaction: everything or nothing. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "modules/transfers/transfer_case.h"
#include "platform/text/texts.h"
#include "platform/transfer/transfer_meaning.h"
#include "platform/web/json.h"
#include "server/command.h"
#include "server/start.h"

enum { MAP_MAX = 1 << 20 };

struct transfer_call {
    struct command_line *line;
    struct transfer_ask ask;
    struct transfer_report report;
    struct transfer transfer;
    err failure;
    int fd;
    struct transfer_taking how;
};

static str number_text(struct command_line *line, i64 number)
{
    return arena_printf(line->mem, "%lld", (long long)number);
}

/* ---- out ---- */

/* What an error says is gone with the request: it is kept to be printed. */
static err kept(struct transfer_call *call, err e)
{
    call->failure = e;
    call->failure.arg[0] = arena_str(call->line->mem, e.arg[0]);
    call->failure.arg[1] = arena_str(call->line->mem, e.arg[1]);
    return e;
}

static err write_once(struct app *app, struct transfer_call *call, i64 org_id,
                      err (*fn)(struct rq *rq, void *context))
{
    call->failure = OK;
    err e = start_write(app, org_id, fn, call);
    return e.code && call->failure.code ? call->failure : e;
}

static err export_all(struct rq *rq, struct transfer_call *call)
{
    struct transfer_choice choice;
    TRY(transfer_choose(rq, &call->ask, &choice));
    TRY(transfer_cases_write(rq, &call->ask, &choice, call->fd, &call->transfer));
    return transfer_note_left(rq, &call->ask, &choice, &call->transfer);
}

static err run_export(struct rq *rq, void *context)
{
    return kept(context, export_all(rq, context));
}

/* Whoever finds the file under its name finds it whole. */
static err export_to(struct app *app, struct transfer_call *call, str path)
{
    struct arena *mem = call->line->mem;
    const char *name = arena_cstr(mem, path), *part = arena_printf(mem, "%s.part", name).ptr;
    i64 org_id = command_org(call->line, app);
    if (org_id == 0)
        return err_make(ERR_INVALID, "command.no_org");
    call->fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (call->fd < 0)
        return err_make(ERR_BUSY, "docs.disk");
    err e = write_once(app, call, org_id, run_export);
    if (!e.code && (fsync(call->fd) != 0 || rename(part, name) != 0))
        e = err_make(ERR_BUSY, "docs.disk");
    close(call->fd);
    if (e.code)
        unlink(part);
    return e;
}

int command_export_cases(struct command_line *line)
{
    struct app app;
    struct transfer_call call = { .line = line };
    call.ask =
        (struct transfer_ask){ .purpose = str_of("copy"),
                               .query = command_option(line, "query"),
                               .peer_name = str_of(""),
                               .files = command_option(line, "no-files").len == 0,
                               .confidential = command_option(line, "confidential").len > 0 };
    if (line->words.count != 2)
        return command_failed(line, err_make(ERR_INVALID, "transfers.export_usage")), EXIT_USAGE;
    if (!command_open(line, false, &app))
        return EXIT_FAILED;
    err e = export_to(&app, &call, line->words.items[1]);
    command_close(&app);
    if (e.code)
        return command_failed(line, e);
    command_say(text_format(line->mem, "transfers.exported", line->words.items[1],
                            number_text(line, call.transfer.case_count)));
    if (call.transfer.left_count)
        command_say(text_format(line->mem, "transfers.left_secret",
                                number_text(line, call.transfer.left_count), str_of("")));
    return EXIT_DONE;
}

/* ---- in ---- */

/* As the list that --map takes: "to" is to be filled in. */
static void strangers_print(struct transfer_call *call)
{
    const struct transfer_stranger *all = call->report.strangers.items;
    struct buf *b = buf_new(call->line->mem, MAP_MAX);
    struct json j = json_on(b);
    json_array(&j, NULL);
    for (size_t i = 0; i < call->report.strangers.count; i++) {
        buf_put(b, "\n");
        json_object(&j, NULL);
        json_str(&j, "kind", all[i].kind);
        json_str(&j, "name", all[i].name);
        json_str(&j, "code", all[i].code);
        json_str(&j, "to", str_of(""));
        json_object_end(&j);
    }
    json_array_end(&j);
    if (call->report.strangers.count)
        fprintf(stderr, "%.*s\n", (int)b->len, b->ptr);
}

/* What --map says of strangers. */
static err map_read(struct transfer_call *call)
{
    struct arena *mem = call->line->mem;
    str path = command_option(call->line, "map");
    if (path.len == 0)
        return OK;
    char *space = arena_zero(mem, MAP_MAX);
    int fd = open(arena_cstr(mem, path), O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, space, MAP_MAX);
    if (fd >= 0)
        close(fd);
    return n < 0 ? err_make_with(ERR_INVALID, "command.unreadable", path, str_of(""))
                 : transfer_meanings_read(mem, (str){ space, (size_t)n }, &call->how.said);
}

/* What is here already and not taken: where the file says otherwise. */
static void same_print(struct transfer_call *call)
{
    const struct transfer_same *all = call->report.same.items;
    for (size_t i = 0; i < call->report.same.count; i++) {
        str words = all[i].differs.len ? all[i].differs : text_find("transfers.no_difference");
        command_say(text_format(call->line->mem, "transfers.here_already", all[i].title, words));
    }
}

/* Cases that may be other ones: told, and settled as --same or --other says of all. */
static void doubts_settle(struct transfer_call *call)
{
    struct arena *mem = call->line->mem;
    const struct transfer_doubt *all = call->report.doubts.items;
    bool same = command_option(call->line, "same").len > 0;
    bool other = !same && command_option(call->line, "other").len > 0;
    for (size_t i = 0; i < call->report.doubts.count; i++) {
        command_say(text_format(mem, "transfers.may_be_another", all[i].title, all[i].here_title));
        if (same || other)
            strs_add(mem, same ? &call->how.same : &call->how.other, arena_str(mem, all[i].key));
    }
}

static err run_look(struct rq *rq, void *context)
{
    struct transfer_call *call = context;
    err e = kept(call, transfer_cases_look(rq, call->fd, &call->how, &call->report));
    if (!e.code) {
        strangers_print(call);
        same_print(call);
        doubts_settle(call);
    }
    return e;
}

static err run_take(struct rq *rq, void *context)
{
    struct transfer_call *call = context;
    return kept(call, transfer_cases_take(rq, call->fd, &call->how, &call->transfer));
}

static err import_from(struct app *app, struct transfer_call *call, str path)
{
    i64 org_id = command_org(call->line, app);
    if (org_id == 0)
        return err_make(ERR_INVALID, "command.no_org");
    call->fd = open(arena_cstr(call->line->mem, path), O_RDONLY | O_CLOEXEC);
    if (call->fd < 0)
        return err_make_with(ERR_INVALID, "command.unreadable", path, str_of(""));
    err e = write_once(app, call, org_id, run_look);
    if (!e.code && command_option(call->line, "dry-run").len == 0)
        e = write_once(app, call, org_id, run_take);
    close(call->fd);
    return e;
}

int command_import_cases(struct command_line *line)
{
    struct app app;
    struct transfer_call call = { .line = line,
                                  .how = { .loose = command_option(line, "loose").len > 0 } };
    if (line->words.count != 2)
        return command_failed(line, err_make(ERR_INVALID, "transfers.import_usage")), EXIT_USAGE;
    if (!command_open(line, false, &app))
        return EXIT_FAILED;
    err e = map_read(&call);
    if (!e.code)
        e = import_from(&app, &call, line->words.items[1]);
    command_close(&app);
    if (e.code)
        return command_failed(line, e);
    printf("cases %lld, new %lld, here already %lld, not found %zu\n", (long long)call.report.cases,
           (long long)call.transfer.case_count, (long long)call.report.here,
           call.report.strangers.count);
    return EXIT_DONE;
}
