/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Runs the statements of a page, as the running server wrote them down (trace_statements.c), in raw
 * C on SQLite with all cores: the database's share of the limit L that `./dev bench` compares with.
 * Usage: raw_queries DATABASE STATEMENTS SECONDS. Prints runs of the whole file per second. */
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { STATEMENTS_MAX = 256, CORES_MAX = 256 };

struct work {
    pthread_t thread;
    const char *file, *text;
    double seconds;
    long done;
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void give_up(const char *what)
{
    fprintf(stderr, "raw_queries: %s\n", what);
    exit(1);
}

static size_t prepare(sqlite3 *db, const char *text, sqlite3_stmt **out)
{
    size_t count = 0;
    for (const char *rest = text; *rest;) {
        if (count == STATEMENTS_MAX)
            give_up("too many statements");
        if (sqlite3_prepare_v2(db, rest, -1, &out[count], &rest) != SQLITE_OK)
            give_up(sqlite3_errmsg(db));
        count += out[count] != NULL; /* NULL: white space at the end */
    }
    return count;
}

static void run_all(sqlite3_stmt **statements, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        while (sqlite3_step(statements[i]) == SQLITE_ROW)
            for (int c = 0; c < sqlite3_column_count(statements[i]); c++)
                (void)sqlite3_column_text(statements[i], c);
        if (sqlite3_reset(statements[i]) != SQLITE_OK)
            give_up("a statement failed");
    }
}

static void *work(void *context)
{
    struct work *w = context;
    sqlite3_stmt *statements[STATEMENTS_MAX] = { 0 };
    sqlite3 *db;
    if (sqlite3_open_v2(w->file, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
        give_up("the database does not open");
    sqlite3_exec(db, "PRAGMA mmap_size=268435456", NULL, NULL, NULL);
    size_t count = prepare(db, w->text, statements);
    for (double end = now() + w->seconds; now() < end; w->done++)
        run_all(statements, count);
    for (size_t i = 0; i < count; i++)
        sqlite3_finalize(statements[i]);
    sqlite3_close(db);
    return NULL;
}

static char *read_file(const char *path)
{
    char *text = calloc(1, 1 << 20);
    FILE *file = fopen(path, "r");
    if (!file || !text || fread(text, 1, (1 << 20) - 1, file) == 0)
        give_up("there are no statements");
    fclose(file);
    return text;
}

int main(int argc, char **argv)
{
    static struct work all[CORES_MAX];
    long done = 0, cores = sysconf(_SC_NPROCESSORS_ONLN);
    if (argc != 4)
        return 2;
    char *text = read_file(argv[2]);
    for (long i = 0; i < cores && i < CORES_MAX; i++) {
        all[i] = (struct work){ .file = argv[1], .text = text, .seconds = atof(argv[3]) };
        if (pthread_create(&all[i].thread, NULL, work, &all[i]))
            give_up("no thread");
    }
    for (long i = 0; i < cores && i < CORES_MAX; i++) {
        pthread_join(all[i].thread, NULL);
        done += all[i].done;
    }
    printf("%.0f\n", (double)done / atof(argv[3]));
    free(text);
    return 0;
}
