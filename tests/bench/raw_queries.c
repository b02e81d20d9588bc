/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The statements of the list page and of a case page in raw C on SQLite, with all cores: the
 * database's share of the limit L that
 * `./dev bench` compares with. Usage: raw_queries FILE list|case SECONDS. Prints executions per
 * second. */
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char *const LIST[] = {
    "SELECT id, docket_no, title, proposer_name, state, category, host_name, due_on, submitted_at, "
    "class, satisfaction FROM proposals WHERE org_id = 1 AND state = 'closed' "
    "ORDER BY submitted_at DESC, id DESC LIMIT 51",
    NULL,
};
static const char *const CASE[] = {
    "SELECT * FROM proposals WHERE org_id = 1 AND id = ?1",
    "SELECT text FROM suggestions WHERE org_id = 1 AND proposal_id = ?1 ORDER BY number",
    "SELECT * FROM proposers WHERE org_id = 1 AND proposal_id = ?1 ORDER BY rank",
    "SELECT * FROM wishes WHERE org_id = 1 AND proposal_id = ?1",
    "SELECT * FROM findings WHERE org_id = 1 AND proposal_id = ?1 ORDER BY id",
    "SELECT * FROM assignments WHERE org_id = 1 AND matter = 'proposals' AND matter_id = ?1",
    "SELECT * FROM trails WHERE org_id = 1 AND flow = 'proposals' AND subject_id = ?1 ORDER BY id",
    "SELECT * FROM clocks WHERE org_id = 1 AND flow = 'proposals' AND subject_id = ?1 ORDER BY id",
    NULL,
};

struct work {
    const char *file;
    const char *const *texts;
    double seconds;
    long done;
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void run_all(sqlite3_stmt **s, int count, long id)
{
    for (int i = 0; i < count; i++) {
        if (sqlite3_bind_parameter_count(s[i]))
            sqlite3_bind_int64(s[i], 1, id);
        while (sqlite3_step(s[i]) == SQLITE_ROW)
            for (int c = 0; c < sqlite3_column_count(s[i]); c++)
                (void)sqlite3_column_text(s[i], c);
        sqlite3_reset(s[i]);
    }
}

static void *work(void *context)
{
    struct work *w = context;
    sqlite3 *db;
    sqlite3_stmt *s[16];
    int count = 0;
    if (sqlite3_open_v2(w->file, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
        exit(1);
    sqlite3_exec(db, "PRAGMA mmap_size=268435456", NULL, NULL, NULL);
    for (; w->texts[count]; count++)
        if (sqlite3_prepare_v2(db, w->texts[count], -1, &s[count], NULL) != SQLITE_OK)
            exit(1);
    for (double end = now() + w->seconds; now() < end; w->done++) {
        sqlite3_exec(db, "BEGIN", NULL, NULL, NULL);
        run_all(s, count, 1 + w->done % 900);
        sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    int cores = (int)sysconf(_SC_NPROCESSORS_ONLN);
    struct work *all = calloc((size_t)cores, sizeof *all);
    pthread_t *threads = calloc((size_t)cores, sizeof *threads);
    long done = 0;
    for (int i = 0; i < cores; i++) {
        all[i] =
            (struct work){ argv[1], strcmp(argv[2], "list") == 0 ? LIST : CASE, atof(argv[3]), 0 };
        if (pthread_create(&threads[i], NULL, work, &all[i]))
            return 1;
    }
    for (int i = 0; i < cores; i++) {
        pthread_join(threads[i], NULL);
        done += all[i].done;
    }
    printf("%.0f\n", (double)done / atof(argv[3]));
    free(all);
    free(threads);
    return 0;
}
