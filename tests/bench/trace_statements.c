/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Loaded before a server (LD_PRELOAD), writes every SQL statement that SQLite runs, with its
 * values, to the file BENCH_TRACE names: so the bench measures the very statements of a page, not
 * what somebody believes them to be. */
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int file = -1;

static int on_statement(unsigned kind, void *context, void *statement, void *text)
{
    (void)kind;
    (void)context;
    (void)text;
    char *sql = sqlite3_expanded_sql(statement);
    char *line = sql ? sqlite3_mprintf("%s;\n", sql) : NULL;
    if (line && write(file, line, strlen(line)) < 0)
        abort();
    sqlite3_free(line);
    sqlite3_free(sql);
    return 0;
}

static int on_open(sqlite3 *db, const char **why, const struct sqlite3_api_routines *api)
{
    (void)why;
    (void)api;
    return sqlite3_trace_v2(db, SQLITE_TRACE_STMT, on_statement, NULL);
}

__attribute__((constructor)) static void begin(void)
{
    const char *path = getenv("BENCH_TRACE");
    if (!path)
        return;
    file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    sqlite3_auto_extension((void (*)(void))on_open);
}
