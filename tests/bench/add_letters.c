/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Letters come into the house of HUOTANG_DATA, as from a list: stored, indexed, sorted
 * by copies, placed into their clusters. Usage: add_letters FILE BATCH; a line of FILE is a title,
 * a tab and a text; BATCH letters a transaction. With BATCH 1 each is first placed alone, in a
 * transaction that is given up, and it prints "FIGURES place_p50 place_p95 add_p50 add_p95
 * cpu_p50 cpu_p95" in milliseconds; adding with everything up to the end of COMMIT; cpu: processor
 * time of placing, which other work on the machine leaves nearly alone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "modules/clusters/cluster_rules.h"
#include "modules/mailbox/letter.h"
#include "platform/base/clock.h"
#include "server/command.h"
#include "server/start.h"

enum { LETTERS_MAX = 100000, LINE_MAX_BYTES = 100000 };
static const i64 NO_LETTER = INT64_C(1) << 40;

struct posting {
    struct cluster_text texts[LETTERS_MAX];
    size_t count, from, batch;
    i64 place_ns, cpu_ns;
};

static void must(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "add_letters: %s\n", what);
    exit(1);
}

static void read_file(struct arena *mem, const char *path, struct posting *p)
{
    static char line[LINE_MAX_BYTES];
    FILE *file = fopen(path, "r");
    must(file, path);
    while (fgets(line, sizeof line, file)) {
        char *tab = strchr(line, '\t');
        must(tab && p->count < LETTERS_MAX, "a line is no letter");
        line[strcspn(line, "\n")] = 0;
        p->texts[p->count++] =
            (struct cluster_text){ .title = arena_str(mem, (str){ line, (size_t)(tab - line) }),
                                   .body = arena_str(mem, str_of(tab + 1)) };
    }
    fclose(file);
}

/* ---- in transactions ---- */

static err warm(struct rq *rq, void *context)
{
    (void)context;
    return cluster_warm(rq, &CLUSTER_LETTERS);
}

static i64 processor_ns(void)
{
    struct timespec at;
    must(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at) == 0, "no clock of the processor");
    return (i64)at.tv_sec * 1000000000 + at.tv_nsec;
}

static err place(struct rq *rq, void *context)
{
    struct posting *p = context;
    struct cluster_text text = p->texts[p->from];
    i64 cluster_id, begun = clock_steady_ns(), worked = processor_ns();
    text.id = NO_LETTER + (i64)p->from;
    text.day_on = rq->today;
    TRY(cluster_place(rq, &CLUSTER_LETTERS, &text, &cluster_id));
    p->place_ns = clock_steady_ns() - begun;
    p->cpu_ns = processor_ns() - worked;
    return err_make(ERR_CONFLICT, "db.version"); /* nothing of it stays */
}

static err add(struct rq *rq, void *context)
{
    struct posting *p = context;
    for (size_t i = p->from; i < p->count && i < p->from + p->batch; i++) {
        const struct letter_new new = { .kind = str_of("concern"),
                                        .lane = str_of("import"),
                                        .title = p->texts[i].title,
                                        .body = p->texts[i].body,
                                        .quiet = true };
        struct arena_mark mark = arena_mark(rq->mem);
        i64 id;
        TRY(letter_add(rq, &new, &id));
        if (p->batch > 1)
            arena_reset_to(rq->mem, mark);
    }
    return OK;
}

/* ---- measuring ---- */

static int by_size(const void *a, const void *b)
{
    i64 x = *(const i64 *)a, y = *(const i64 *)b;
    return x < y ? -1 : x > y;
}

static double part_ms(i64 *times, size_t count, double part)
{
    qsort(times, count, sizeof *times, by_size);
    return (double)times[(size_t)((double)(count - 1) * part)] / 1e6;
}

static void measure(struct app *app, i64 org_id, struct posting *p)
{
    static i64 places[LETTERS_MAX], adds[LETTERS_MAX], works[LETTERS_MAX];
    for (p->from = 0; p->from < p->count; p->from++) {
        must(err_is(start_write(app, org_id, place, p), "db.version"), "placing failed");
        places[p->from] = p->place_ns;
        works[p->from] = p->cpu_ns;
        i64 begun = clock_steady_ns();
        must(start_write(app, org_id, add, p).code == ERR_NONE, "adding failed");
        adds[p->from] = clock_steady_ns() - begun;
    }
    printf("FIGURES %f %f %f %f %f %f\n", part_ms(places, p->count, .50),
           part_ms(places, p->count, .95), part_ms(adds, p->count, .50),
           part_ms(adds, p->count, .95), part_ms(works, p->count, .50),
           part_ms(works, p->count, .95));
}

int main(int argc, char **argv)
{
    static struct posting p;
    struct command_line line = { .mem = arena_new((size_t)1 << 30, 0), .argv = argv };
    struct app app;
    must(argc == 3, "usage: add_letters FILE BATCH");
    p.batch = (size_t)strtoul(argv[2], NULL, 10);
    must(p.batch > 0, "a batch of none");
    must(start_tables(line.mem).code == ERR_NONE, "no tables");
    read_file(line.mem, argv[1], &p);
    must(command_open(&line, false, &app), "the house does not open");
    i64 org_id = command_org(&line, &app);
    must(start_write(&app, org_id, warm, NULL).code == ERR_NONE, "no weights");
    if (p.batch == 1)
        measure(&app, org_id, &p);
    else
        for (; p.from < p.count; p.from += p.batch)
            must(start_write(&app, org_id, add, &p).code == ERR_NONE, "adding failed");
    command_close(&app);
    return 0;
}
