/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Counting and printing figures (metrics.h). Labels are route templates, never paths: their
 * number is bounded. */
#include "platform/web/metrics.h"

#include <assert.h>

#include <unistd.h>

#include "platform/audit/audit.h"
#include "platform/jobs/jobs.h"
#include "platform/web/health.h"
#include "platform/web/live.h"

static const i64 BOUNDS_US[TIME_BUCKETS] = { 500,   1000,   2500,   5000,    10000,   25000,
                                             50000, 100000, 250000, 1000000, 5000000, INT64_MAX };
static const char *const BOUNDS[TIME_BUCKETS] = { "0.0005", "0.001", "0.0025", "0.005",
                                                  "0.01",   "0.025", "0.05",   "0.1",
                                                  "0.25",   "1",     "5",      "+Inf" };

static struct route_figures *figures_of(struct exchange *ex)
{
    return ex->entry ? ex->entry->figures : &ex->web->other_figures;
}

/* What is turned away, by status; apart from 4xx, which mostly are mistakes. */
static const int REFUSALS[REFUSAL_KINDS] = { 401, 403, 429 };

static void count_refusal(struct web *web, int status)
{
    for (int i = 0; i < REFUSAL_KINDS; i++)
        if (REFUSALS[i] == status)
            atomic_fetch_add_explicit(&web->refusals[i], 1, memory_order_relaxed);
}

void metrics_count(struct exchange *ex, i64 micros)
{
    struct route_figures *f = figures_of(ex);
    assert(micros >= 0 && ex->res.status / 100 < 6);
    int bucket = 0;
    while (micros > BOUNDS_US[bucket])
        bucket++;
    atomic_fetch_add_explicit(&f->buckets[bucket], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&f->micros, micros, memory_order_relaxed);
    atomic_fetch_add_explicit(&f->by_class[ex->res.status / 100], 1, memory_order_relaxed);
    count_refusal(ex->web, ex->res.status);
}

static i64 answers_of(struct route_figures *f)
{
    i64 sum = 0;
    for (int i = 0; i < TIME_BUCKETS; i++)
        sum += atomic_load_explicit(&f->buckets[i], memory_order_relaxed);
    return sum;
}

/* One route's figures and the labels that name it. */
struct labelled {
    const char *method, *path;
    struct route_figures *figures;
};

/* One route's lines of the histogram. */
static void put_times(struct buf *out, struct labelled r)
{
    struct route_figures *f = r.figures;
    static const char NAME[] = "huotang_request_seconds";
    i64 sum = 0;
    if (answers_of(f) == 0)
        return;
    for (int i = 0; i < TIME_BUCKETS; i++) {
        sum += atomic_load_explicit(&f->buckets[i], memory_order_relaxed);
        buf_printf(out, "%s_bucket{method=\"%s\",route=\"%s\",le=\"%s\"} %lld\n", NAME, r.method,
                   r.path, BOUNDS[i], (long long)sum);
    }
    i64 micros = atomic_load_explicit(&f->micros, memory_order_relaxed);
    buf_printf(out, "%s_sum{method=\"%s\",route=\"%s\"} %lld.%06lld\n", NAME, r.method, r.path,
               (long long)(micros / 1000000), (long long)(micros % 1000000));
    buf_printf(out, "%s_count{method=\"%s\",route=\"%s\"} %lld\n", NAME, r.method, r.path,
               (long long)sum);
}

static void put_classes(struct buf *out, struct labelled r)
{
    for (int i = 1; i < 6; i++) {
        i64 n = atomic_load_explicit(&r.figures->by_class[i], memory_order_relaxed);
        if (n)
            buf_printf(out,
                       "huotang_answers_total{method=\"%s\",route=\"%s\",status=\"%dxx\"} %lld\n",
                       r.method, r.path, i, (long long)n);
    }
}

static void put_head(struct buf *out, const char *name, const char *type, const char *help)
{
    buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void each_route(struct web *web, struct buf *out, void (*put)(struct buf *, struct labelled))
{
    size_t count;
    const struct route_entry *const *entries = router_entries(web->router, &count);
    for (size_t i = 0; i < count; i++)
        put(out, (struct labelled){ method_name(entries[i]->route.method), entries[i]->route.path,
                                    entries[i]->figures });
    put(out, (struct labelled){ "-", "-", &web->other_figures });
}

static void put_figure(struct buf *out, const char *name, const char *help, i64 value)
{
    bool is_total = str_ends(str_of(name), str_of("_total"));
    put_head(out, name, is_total ? "counter" : "gauge", help);
    buf_printf(out, "%s %lld\n", name, (long long)value);
}

static void put_seconds(struct buf *out, const char *name, const char *help, i64 micros)
{
    put_head(out, name, "counter", help);
    buf_printf(out, "%s %lld.%06lld\n", name, (long long)(micros / 1000000),
               (long long)(micros % 1000000));
}

static i64 resident_bytes(void)
{
    long long pages = 0, skip = 0;
    FILE *f = fopen("/proc/self/statm", "re");
    if (!f)
        return 0;
    if (fscanf(f, "%lld %lld", &skip, &pages) != 2)
        pages = 0;
    fclose(f);
    return (i64)pages * sysconf(_SC_PAGESIZE);
}

static void put_lanes(struct buf *out, struct lanes *lanes)
{
    struct lanes_figures f;
    lanes_figures(lanes, &f);
    put_figure(out, "huotang_write_queue", "Requests and jobs that wait for the write lane.",
               f.write_queue);
    put_figure(out, "huotang_slow_queue", "Requests that wait for the slow lane.", f.slow_queue);
    put_figure(out, "huotang_commits_total", "Transactions committed, with many requests each.",
               f.commits);
    put_figure(out, "huotang_writes_total", "Requests and jobs committed.", f.committed);
    put_figure(out, "huotang_write_failures_total", "Requests and jobs rolled back.", f.failed);
    put_figure(out, "huotang_reruns_total", "Runs repeated because the database was busy.",
               f.rerun);
    put_figure(out, "huotang_shed_total", "Requests refused because a lane was full.", f.shed);
    put_seconds(out, "huotang_commit_seconds_total", "Time spent in COMMIT.", f.commit_us);
    i64 silence_ms = clock_steady_ms() - f.last_good_ms;
    put_head(out, "huotang_write_silence_seconds", "gauge",
             "Time since the database was last written or probed.");
    buf_printf(out, "huotang_write_silence_seconds %lld.%03lld\n", (long long)(silence_ms / 1000),
               (long long)(silence_ms % 1000));
}

static void put_jobs(struct buf *out, struct db *db, i64 now_ms)
{
    struct jobs_figures f;
    if (!db || jobs_figures(db, now_ms, &f).code != ERR_NONE)
        return;
    put_figure(out, "huotang_jobs_queued", "Pieces of work that wait.", f.queued);
    put_figure(out, "huotang_jobs_failed", "Pieces of work given up.", f.failed);
    put_figure(out, "huotang_outbox_waiting", "Messages that wait to be sent.", f.outbox);
    put_figure(out, "huotang_outbox_failed", "Messages given up.", f.outbox_failed);
    put_figure(out, "huotang_jobs_delay_seconds", "Age of the oldest piece of work that is due.",
               f.oldest_due_ms / 1000);
}

/* Entries of all chains, since the first: the newest of each is numbered. */
static void put_audit(struct buf *out, const struct app *app, struct db *db)
{
    struct arena *mem = arena_new(1 << 20, 0);
    struct rows rows = { 0 };
    i64 entries = 0, unsealed = 0;
    bool good = db && audit_list_tops(db, mem, &rows).code == ERR_NONE;
    const struct audit_top *tops = rows.items;
    for (size_t i = 0; good && i < rows.count; i++)
        entries += tops[i].seq;
    if (good) {
        put_figure(out, "huotang_audit_entries_total", "Entries of the audit chains.", entries);
        put_figure(out, "huotang_audit_chains", "Organisations with an audit chain.",
                   (i64)rows.count);
    }
    if (good && audit_count_unsealed(app, db, mem, &unsealed).code == ERR_NONE)
        put_figure(out, "huotang_audit_unsealed",
                   "Audit chains whose head was changed without our key.", unsealed);
    arena_free(mem);
}

/* Without a backup its age has no end. */
static void put_backup(struct buf *out, struct app *app)
{
    struct arena *mem = arena_new(1 << 16, 0);
    i64 at = health_backup_at(mem, &app->config);
    i64 age_ms = app->clock.now_ms(&app->clock) - at;
    put_head(out, "huotang_backup_age_seconds", "gauge", "Time since the last backup was made.");
    if (at > 0)
        buf_printf(out, "huotang_backup_age_seconds %lld\n", (long long)(age_ms / 1000));
    else
        buf_put(out, "huotang_backup_age_seconds +Inf\n");
    arena_free(mem);
}

static void put_room(struct buf *out, const struct config *config)
{
    struct arena *mem = arena_new(1 << 16, 0);
    struct health_room room;
    if (health_room_of(mem, config, &room)) {
        put_figure(out, "huotang_disk_free_bytes", "Room left where the data is.", room.free);
        put_figure(out, "huotang_disk_size_bytes", "Size of the file system where the data is.",
                   room.size);
    }
    arena_free(mem);
}

/* On SQLite none; without the right to know how far they are, only how many. */
static void put_replication(struct buf *out, struct db *db)
{
    struct db_replication r;
    if (!db || db_find_replication(db, &r).code != ERR_NONE)
        return;
    put_figure(out, "huotang_replicas", "Standbys that the database server sends to.", r.replicas);
    if (r.lag_ms < 0)
        return;
    put_head(out, "huotang_replication_lag_seconds", "gauge",
             "How late the last standby has what the first server has.");
    buf_printf(out, "huotang_replication_lag_seconds %lld.%03lld\n", (long long)(r.lag_ms / 1000),
               (long long)(r.lag_ms % 1000));
    put_figure(out, "huotang_replication_lag_bytes", "Log that the last standby does not have yet.",
               r.lag_bytes);
}

static void put_refusals(struct buf *out, struct web *web)
{
    put_head(out, "huotang_refusals_total", "counter",
             "Answers that turned somebody away: not signed in, not allowed, too often.");
    for (int i = 0; i < REFUSAL_KINDS; i++)
        buf_printf(out, "huotang_refusals_total{status=\"%d\"} %lld\n", REFUSALS[i],
                   (long long)atomic_load(&web->refusals[i]));
}

void metrics_write(struct web *web, struct db *db, struct buf *out)
{
    put_head(out, "huotang_request_seconds", "histogram",
             "Time from request head to answer, by route.");
    each_route(web, out, put_times);
    put_head(out, "huotang_answers_total", "counter", "Answers by route and class of status.");
    each_route(web, out, put_classes);
    put_lanes(out, web->app->lanes);
    put_jobs(out, db, web->app->clock.now_ms(&web->app->clock));
    put_audit(out, web->app, db);
    put_backup(out, web->app);
    put_room(out, &web->app->config);
    put_replication(out, db);
    put_refusals(out, web);
    put_figure(out, "huotang_live_streams", "Open event streams.", hub_streams(web->hub));
    put_figure(out, "huotang_live_events_total", "Events handed to streams.", hub_sent(web->hub));
    put_figure(out, "huotang_connections", "Open HTTP connections.",
               atomic_load(&web->connections));
    put_figure(out, "huotang_proxy_unknown",
               "1 = a proxy of this machine is missing in trusted_proxies: all visitors are one.",
               atomic_load(&web->proxy_unknown));
    put_figure(out, "process_start_time_seconds", "When the worker began, Unix time.",
               web->started_ms / 1000);
    put_figure(out, "process_resident_memory_bytes", "Resident memory.", resident_bytes());
}
