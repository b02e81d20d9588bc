/* SPDX-License-Identifier: MulanPSL-2.0 */
/* `huotang export KIND [FILE]`: a declared list (struct module.lists) as CSV or XLSX, as the house
 * itself, at constant memory; the same rows, words and audit entry as the page's export. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "platform/files/temp.h"
#include "platform/list/list.h"
#include "platform/text/texts.h"
#include "platform/web/exchange.h"
#include "server/command.h"

enum { PIECE = 64 * 1024 };

static const struct list *find_list(str name)
{
    for (const struct module *const *m = MODULES; *m; m++)
        for (const struct list *const *l = (*m)->lists; l && *l; l++)
            if (str_is(name, (*l)->name))
                return *l;
    return NULL;
}

static str known_lists(struct arena *mem)
{
    struct buf *names = buf_new(mem, 4096);
    for (const struct module *const *m = MODULES; *m; m++)
        for (const struct list *const *l = (*m)->lists; l && *l; l++)
            buf_printf(names, "%s%s", names->len ? " " : "", (*l)->name);
    return buf_str(names);
}

static err copy(int from, int to)
{
    char piece[PIECE];
    ssize_t n;
    if (lseek(from, 0, SEEK_SET) != 0)
        return err_make(ERR_BUSY, "docs.disk");
    while ((n = read(from, piece, sizeof piece)) > 0)
        TRY(temp_write(to, (str){ piece, (size_t)n }));
    return n == 0 ? OK : err_make(ERR_BUSY, "docs.disk");
}

/* Whoever finds the file under its name finds it whole. */
static err copy_to_file(struct arena *mem, int from, str path)
{
    const char *name = arena_cstr(mem, path), *part = arena_printf(mem, "%s.part", name).ptr;
    int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    err e = fd >= 0 ? copy(from, fd) : err_make(ERR_BUSY, "docs.disk");
    if (!e.code && (fsync(fd) != 0 || rename(part, name) != 0))
        e = err_make(ERR_BUSY, "docs.disk");
    if (fd >= 0)
        close(fd);
    if (e.code && fd >= 0)
        unlink(part);
    return e;
}

static err export(struct command_line *line, struct app *app, const struct list *list, str path)
{
    struct rq *rq = arena_zero(line->mem, sizeof *rq);
    struct res *res = arena_zero(line->mem, sizeof *res);
    struct list_query query;
    struct db *db;
    i64 org_id = command_org(line, app);
    if (org_id == 0)
        return err_make(ERR_INVALID, "command.no_org");
    TRY(db_open(app->config.db, DB_READ, &db));
    app_system_rq(app, db, line->mem, org_id, rq);
    *res = (struct res){ .rq = rq, .fd = -1 };
    err e = db_begin(db);
    if (!e.code)
        e = list_parse_text(rq, list, str_of(""), &query);
    if (!e.code)
        e = list_export(rq, list, &query, str_ends(path, str_of(".xlsx")), res);
    db_rollback(db);
    db_close(db);
    TRY(e);
    return path.len ? copy_to_file(line->mem, res->fd, path) : copy(res->fd, STDOUT_FILENO);
}

int command_export(struct command_line *line)
{
    struct app app;
    if (line->words.count && str_is(line->words.items[0], "cases"))
        return command_export_cases(line);
    const struct list *list = line->words.count ? find_list(line->words.items[0]) : NULL;
    str path = line->words.count > 1 ? line->words.items[1] : str_of("");
    bool known = path.len == 0 || str_ends(path, str_of(".csv")) || str_ends(path, str_of(".xlsx"));
    if (!list || !known || line->words.count > 2)
        return command_failed(line, err_make_with(ERR_INVALID, "export.usage",
                                                  known_lists(line->mem), str_of(""))),
               EXIT_USAGE;
    if (!command_open(line, false, &app))
        return EXIT_FAILED;
    err e = export(line, &app, list, path);
    command_close(&app);
    if (e.code)
        return command_failed(line, e);
    if (path.len)
        command_say(text_format(line->mem, "export.done", path, str_of("")));
    return EXIT_DONE;
}
