/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The short commands and what all commands share. Longer ones have their own file: serve.c,
 * import.c, export.c, backup.c, demo.c, people.c (init, user, token). */
#include <stdio.h>
#include <unistd.h>

#include "platform/base/log.h"
#include "platform/text/texts.h"
#include "platform/web/lanes.h"
#include "server/command.h"
#include "server/config.h"
#include "server/describe.h"
#include "server/start.h"
#include "version.h"

str command_option(const struct command_line *line, const char *name)
{
    for (size_t i = 0; i + 1 < line->options.count; i += 2)
        if (str_is(line->options.items[i], name))
            return line->options.items[i + 1];
    return str_of("");
}

void command_say(str text)
{
    printf("%.*s\n", (int)text.len, text.ptr);
    fflush(stdout);
}

int command_failed(struct command_line *line, err e)
{
    str words = text_format(line->mem, e.name, e.arg[0], e.arg[1]);
    fprintf(stderr, "%.*s\n", (int)words.len, words.ptr);
    return EXIT_FAILED;
}

bool command_open(struct command_line *line, bool migrate, struct app *app)
{
    struct config config;
    str why = str_of("");
    enum log_level level;
    err e = config_read(line->mem, line->config_path, &config, &why);
    if (!e.code) {
        if (log_level_parse(config.log_level, &level))
            log_set_level(level);
        e = start_app(line->mem, &config, migrate, app, &why);
    }
    if (!e.code) {
        e = lanes_start(app, &(struct lanes_options){ .synchronous = true });
        why = e.code ? text_format(line->mem, e.name, e.arg[0], e.arg[1]) : why;
    }
    if (e.code)
        fprintf(stderr, "%.*s\n", (int)why.len, why.ptr);
    return !e.code;
}

void command_close(struct app *app)
{
    lanes_stop(app);
}

int command_version(struct command_line *line)
{
    (void)line;
    command_say(str_of("huotang " HUOTANG_VERSION));
    return EXIT_DONE;
}

int command_check_config(struct command_line *line)
{
    struct config config;
    str why = str_of("");
    err e = config_read(line->mem, line->config_path, &config, &why);
    if (e.code) {
        fprintf(stderr, "%.*s\n", (int)why.len, why.ptr);
        return EXIT_USAGE;
    }
    struct buf *all = buf_new(line->mem, 1 << 16);
    config_describe(all);
    command_say(buf_str(all));
    if (config_lacks_proxies(&config))
        command_say(text_find("config.proxies_missing"));
    command_say(text_find("command.config_good"));
    return EXIT_DONE;
}

int command_migrate(struct command_line *line)
{
    struct app app;
    if (!command_open(line, true, &app))
        return EXIT_FAILED;
    command_close(&app);
    command_say(text_find("command.migrated"));
    return EXIT_DONE;
}

int command_describe(struct command_line *line)
{
    struct buf *out = buf_new(line->mem, 64 << 20);
    str svg = command_option(line, "svg");
    if (line->words.count != 1)
        return command_failed(line,
                              err_make_with(ERR_INVALID, "describe.kind", str_of(""), str_of(""))),
               EXIT_USAGE;
    err e =
        svg.len ? describe_svg(MODULES, svg, out) : describe(MODULES, line->words.items[0], out);
    if (e.code)
        return command_failed(line, e), EXIT_USAGE;
    fwrite(out->ptr, 1, out->len, stdout);
    return EXIT_DONE;
}
