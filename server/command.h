/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A command of the command line. Exit status: 0 done, 1 failed, 2 used wrongly. Every failure says
 * in Chinese what happened, why and what to do; the table is in main.c. */
#ifndef HT_SERVER_COMMAND_H
#define HT_SERVER_COMMAND_H
#include "platform/app.h"
#include "platform/base/buf.h"

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

/* What was typed: words without options, and the options that the command declares. */
struct command_line {
    struct arena *mem;
    const char *config_path; /* --config FILE; NULL = huotang.conf if there is one */
    strs words;              /* after the command's name */
    char **argv;             /* of the process */
    strs options;            /* "--scale=5" as name and value, alternating: "scale", "5" */
};

struct command {
    const char *name;
    const char *usage;   /* text key of the help: "command.NAME" */
    const char *options; /* names with a value end in '=': "scale= seed= dry-run" */
    int (*run)(struct command_line *line);
};

/* Value of an option; empty str when it was not given. A flag has the value "yes". */
str command_option(const struct command_line *line, const char *name);

/* Reads the configuration and opens the house (with synchronous lanes, so that lanes_write works).
 * On failure the reason has been printed. migrate as in start_app. */
bool command_open(struct command_line *line, bool migrate, struct app *app);

/* Ends what command_open began. */
void command_close(struct app *app);

/* Prints an error in its words to standard error and returns EXIT_FAILED. */
int command_failed(struct command_line *line, err e);

/* Prints a line of text to standard output. */
void command_say(str text);

/* The organisation of --org, or the first one; 0 = there is none. */
i64 command_org(struct command_line *line, struct app *app);

/* All organisations. Errors: those of the database. */
err command_orgs(struct command_line *line, struct app *app, ids *out);

/* Looks whether the bytes of every attachment of every organisation are there and right, reading
 * only: the house may serve meanwhile. Errors:
 * INTERNAL verify.lost (number); those of the database. */
err command_attachments(struct command_line *line, struct app *app);

/* Rebuilds the search index of every organisation, in batches. Errors: those of the database. */
err command_index_anew(struct command_line *line, struct app *app);

/* Serves until SIGTERM; SIGHUP changes to a new worker. */
int command_serve(struct command_line *line);
/* Founds a cppcc (--name); prints the one-time code of the first administrators. */
int command_init(struct command_line *line);
/* Fills an empty installation with the demo city and prints its log-ins. */
int command_demo(struct command_line *line);
/* user add|passwd|role|move LOGIN: accounts from the shell. */
int command_user(struct command_line *line);
/* token add LOGIN: a token for the API, printed once. */
int command_token(struct command_line *line);
/* import KIND FILE: a list of a kind that a module declares; last line counts. */
int command_import(struct command_line *line);
/* export KIND [FILE]: a declared list as CSV or XLSX. */
int command_export(struct command_line *line);
/* export cases FILE, import cases FILE: whole cases as JSON (docs/guide/transfer.md). */
int command_export_cases(struct command_line *line);
int command_import_cases(struct command_line *line);
/* backup FILE: database, attachments, manifest in one file, while the house serves. */
int command_backup(struct command_line *line);
/* restore FILE: a backup into an empty data directory, whole or not at all. */
int command_restore(struct command_line *line);
/* move ADDRESS: all rows into an empty database of the same or the other engine, with the proof
 * that they are there; the house does not serve meanwhile. */
int command_move(struct command_line *line);
/* Rebuilds the search index of every organisation in batches. */
int command_reindex(struct command_line *line);
/* Learns anew what can be guessed, for every organisation. */
int command_train(struct command_line *line);
/* Counts the figures of every organisation anew, each in one transaction. */
int command_recount(struct command_line *line);
/* Lists the shipped sets of assessment rules; prints one, or the one of a file, as the program
 * understands it, or its first fault with line and reason. Needs no database. */
int command_rules(struct command_line *line);
/* Brings the database up to date. */
int command_migrate(struct command_line *line);
/* Checks the database, every audit chain and every attachment, while the house serves; prints the
 * chains' heads. --since BACKUP: also that the chains go on where they stood in that backup. */
int command_verify(struct command_line *line);
/* Prints the declarations as Markdown, or one flow as SVG. */
int command_describe(struct command_line *line);
/* Reads the configuration and lists every key. */
int command_check_config(struct command_line *line);
/* Prints the version. */
int command_version(struct command_line *line);
#endif
