/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The command line: finds the command, sorts words from options, and leaves the rest to one
 * function per command (command.h). Texts of help and errors: server/text/zh.txt. */
#include <stdio.h>

#include "platform/base/log.h"
#include "platform/text/texts.h"
#include "server/command.h"
#include "server/reader.h"
#include "server/start.h"

static const struct command COMMANDS[] = {
    { "serve", "command.serve", "", command_serve },
    { "init", "command.init", "name=", command_init },
    { "demo", "command.demo", "scale= seed=", command_demo },
    { "user", "command.user", "org= role= name= agency= password-file=", command_user },
    { "token", "command.token", "org= days=", command_token },
    { "migrate", "command.migrate", "", command_migrate },
    { "import", "command.import", "org= source= map= dry-run loose same other", command_import },
    { "export", "command.export", "org= query= confidential no-files", command_export },
    { "backup", "command.backup", "", command_backup },
    { "restore", "command.restore", "", command_restore },
    { "move", "command.move", "", command_move },
    { "reindex", "command.reindex", "", command_reindex },
    { "train", "command.train", "", command_train },
    { "recount", "command.recount", "", command_recount },
    { "rules", "command.rules", "", command_rules },
    { "verify", "command.verify", "since=", command_verify },
    { "describe", "command.describe", "svg=", command_describe },
    { "check-config", "command.check-config", "", command_check_config },
    { "version", "command.version", "", command_version },
    { 0 },
};

static const struct command *find_command(const char *name)
{
    for (const struct command *c = COMMANDS; c->name; c++)
        if (strcmp(c->name, name) == 0)
            return c;
    return NULL;
}

static void print_help(void)
{
    command_say(text_find("command.head"));
    for (const struct command *c = COMMANDS; c->name; c++)
        command_say(text_find(c->usage));
    command_say(text_find("command.foot"));
}

static int usage(struct arena *mem, const char *key, const char *what)
{
    str words = text_format(mem, key, str_of(what), str_of(""));
    fprintf(stderr, "%.*s\n", (int)words.len, words.ptr);
    return EXIT_USAGE;
}

/* Whether the command knows the option, and whether that takes a value. */
static bool knows(const struct command *c, str name, bool *value)
{
    str all = str_of(c->options), one;
    while (str_split(&all, ' ', &one)) {
        *value = str_ends(one, str_of("="));
        if (*value)
            one.len--;
        if (str_eq(one, name))
            return true;
    }
    return str_is(name, "config") ? (*value = true) : false;
}

/* Takes one option at argv[*i]; false when it is unknown or lacks its value. */
static bool take_option(const struct command *c, char **argv, int *i, struct command_line *line)
{
    str text = str_sub(str_of(argv[*i]), 2, SIZE_MAX), value = str_of("yes");
    i64 equals = str_find(text, str_of("="), 0);
    str name = equals < 0 ? text : str_sub(text, 0, (size_t)equals);
    bool wants;
    if (!knows(c, name, &wants))
        return false;
    if (wants && equals >= 0)
        value = str_sub(text, (size_t)equals + 1, text.len);
    else if (wants && argv[*i + 1])
        value = str_of(argv[++*i]);
    else if (wants || equals >= 0)
        return false;
    if (str_is(name, "config")) {
        line->config_path = arena_cstr(line->mem, value);
        return true;
    }
    strs_add(line->mem, &line->options, name);
    strs_add(line->mem, &line->options, value);
    return true;
}

static int run(struct arena *mem, int argc, char **argv)
{
    struct command_line line = { .mem = mem, .argv = argv };
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        print_help();
        return argc < 2 ? EXIT_USAGE : EXIT_DONE;
    }
    const struct command *c = find_command(argv[1]);
    if (!c)
        return usage(mem, "command.unknown", argv[1]);
    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0) {
            command_say(text_find(c->usage));
            return EXIT_DONE;
        }
        if (strncmp(argv[i], "--", 2) != 0)
            strs_add(mem, &line.words, str_of(argv[i]));
        else if (!take_option(c, argv, &i, &line))
            return usage(mem, "command.option", argv[i] ? argv[i] : argv[i - 1]);
    }
    return c->run(&line);
}

int main(int argc, char **argv)
{
    reader_become(argc, argv);
    struct arena *mem = arena_new(256 << 20, 0);
    err e = start_tables(mem);
    if (e.code) {
        log_note(LOG_ERROR, "start", "error", str_of(e.name));
        return EXIT_FAILED;
    }
    int status = run(mem, argc, argv);
    arena_free(mem);
    return status;
}
