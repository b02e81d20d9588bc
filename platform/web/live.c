/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The hub (live.h): one ring of kept events under one lock; a stream remembers the number of the
 * next event that it has not looked at, so that nothing is queued per client and a slow one
 * costs nothing. */
#include "platform/web/live.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#include "platform/base/clock.h"
#include "platform/base/str.h"
#include "platform/notify/notify.h"
#include "platform/web/exchange.h"

enum { EVENT_NAME_MAX = 40, LIST_SOFT = 32 << 20 };

struct kept {
    i64 org_id, account_id;
    char name[EVENT_NAME_MAX];
    char data[LIVE_DATA_MAX];
    size_t size;
};

struct stream {
    struct hub *hub;
    struct stream *prev, *next;
    struct stream_options options;
    i64 seen; /* number of the next event to look at */
    i64 opened_ms;
    bool greeting, reset, beat, asleep;
};

struct hub {
    pthread_mutex_t mutex;
    i64 boot, count; /* count: number that the next event gets, beginning with 1 */
    struct stream *streams;
    i64 stream_count;
    _Atomic int64_t sent;
    bool ended;
    struct kept ring[LIVE_KEPT];
};

static _Thread_local struct live_list *collecting;

struct hub *hub_new(struct arena *mem, i64 boot)
{
    struct hub *hub = arena_zero(mem, sizeof *hub);
    int failed = pthread_mutex_init(&hub->mutex, NULL);
    assert(!failed);
    (void)failed;
    hub->boot = boot;
    hub->count = 1;
    return hub;
}

/* ---- sending ---- */

static bool may_see(const struct stream *s, i64 org_id, i64 account_id)
{
    return s->options.org_id == org_id && (account_id == 0 || s->options.account_id == account_id);
}

static void wake(struct stream *s)
{
    if (!s->asleep)
        return;
    s->asleep = false;
    s->options.wake(s->options.context);
}

void hub_publish(struct hub *hub, const struct live_event *event)
{
    assert(strlen(event->name) < EVENT_NAME_MAX && event->data.len < LIVE_DATA_MAX);
    pthread_mutex_lock(&hub->mutex);
    struct kept *kept = &hub->ring[hub->count % LIVE_KEPT];
    kept->org_id = event->org_id;
    kept->account_id = event->account_id;
    snprintf(kept->name, sizeof kept->name, "%s", event->name);
    if (event->data.len)
        memcpy(kept->data, event->data.ptr, event->data.len);
    kept->size = event->data.len;
    hub->count++;
    for (struct stream *s = hub->streams; s; s = s->next)
        if (may_see(s, event->org_id, event->account_id))
            wake(s);
    pthread_mutex_unlock(&hub->mutex);
}

void hub_lost(struct hub *hub)
{
    pthread_mutex_lock(&hub->mutex);
    for (struct stream *s = hub->streams; s; s = s->next) {
        s->reset = true;
        wake(s);
    }
    pthread_mutex_unlock(&hub->mutex);
}

i64 hub_boot(const struct hub *hub)
{
    return hub->boot;
}

void hub_heartbeat(struct hub *hub)
{
    pthread_mutex_lock(&hub->mutex);
    for (struct stream *s = hub->streams; s; s = s->next) {
        s->beat = true;
        wake(s);
    }
    pthread_mutex_unlock(&hub->mutex);
}

void hub_end(struct hub *hub)
{
    pthread_mutex_lock(&hub->mutex);
    hub->ended = true;
    for (struct stream *s = hub->streams; s; s = s->next)
        wake(s);
    pthread_mutex_unlock(&hub->mutex);
}

i64 hub_streams(struct hub *hub)
{
    pthread_mutex_lock(&hub->mutex);
    i64 count = hub->stream_count;
    pthread_mutex_unlock(&hub->mutex);
    return count;
}

i64 hub_sent(struct hub *hub)
{
    return atomic_load(&hub->sent);
}

/* ---- streams ---- */

/* The place behind "BOOT-NUMBER"; *reset when it says nothing about this ring. */
static i64 place_of(const struct hub *hub, str last_id, bool *reset)
{
    i64 boot, number, dash = str_find(last_id, str_of("-"), 0);
    if (last_id.len == 0)
        return hub->count;
    *reset = dash <= 0 || !str_to_i64(str_sub(last_id, 0, (size_t)dash), &boot) ||
             !str_to_i64(str_sub(last_id, (size_t)dash + 1, last_id.len), &number) ||
             boot != hub->boot || number >= hub->count || number + 1 < hub->count - LIVE_KEPT ||
             number < 0;
    return *reset ? hub->count : number + 1;
}

static bool has_room(const struct hub *hub, const struct stream_options *options)
{
    i64 same = 0;
    for (const struct stream *s = hub->streams; s; s = s->next)
        same += s->options.org_id == options->org_id &&
                s->options.account_id == options->account_id &&
                s->options.login_id == options->login_id;
    bool full = options->most && hub->stream_count >= options->most;
    return !hub->ended && !full && same < LIVE_PER_LOGIN;
}

struct stream *stream_open(struct hub *hub, struct arena *mem, const struct stream_options *options)
{
    struct stream *s = arena_zero(mem, sizeof *s);
    assert(options->sleep && options->wake);
    *s = (struct stream){
        .hub = hub, .options = *options, .opened_ms = clock_steady_ms(), .greeting = true
    };
    pthread_mutex_lock(&hub->mutex);
    bool fits = has_room(hub, options);
    if (fits) {
        s->seen = place_of(hub, options->last_id, &s->reset);
        s->next = hub->streams;
        if (s->next)
            s->next->prev = s;
        hub->streams = s;
        hub->stream_count++;
    }
    pthread_mutex_unlock(&hub->mutex);
    return fits ? s : NULL;
}

void stream_close(struct stream *s)
{
    struct hub *hub = s->hub;
    pthread_mutex_lock(&hub->mutex);
    assert(hub->stream_count > 0 && (s->prev || hub->streams == s));
    if (s->prev)
        s->prev->next = s->next;
    else
        hub->streams = s->next;
    if (s->next)
        s->next->prev = s->prev;
    hub->stream_count--;
    pthread_mutex_unlock(&hub->mutex);
}

/* ---- reading ---- */

/* "data:" before each line; the id comes last, so that it counts only when the event is whole. */
static i64 put_event(const struct hub *hub, const struct kept *kept, i64 number, char *to,
                     size_t size)
{
    int n = snprintf(to, size, "event: %s\ndata: ", kept->name);
    size_t len = (size_t)n;
    for (size_t i = 0; i < kept->size && len + 100 < size; i++)
        if (kept->data[i] == '\n')
            len += (size_t)snprintf(to + len, size - len, "\ndata: ");
        else if (kept->data[i] != '\r')
            to[len++] = kept->data[i];
    return (i64)len + snprintf(to + len, size - len, "\nid: %lld-%lld\n\n", (long long)hub->boot,
                               (long long)number);
}

static i64 put_reset(const struct hub *hub, char *to, size_t size)
{
    return snprintf(to, size, "event: reset\ndata: {}\nid: %lld-%lld\n\n", (long long)hub->boot,
                    (long long)hub->count - 1);
}

/* The next event that the stream may see; 0 if there is none. */
static i64 next_event(struct stream *s, char *to, size_t size)
{
    struct hub *hub = s->hub;
    if (s->seen < hub->count - LIVE_KEPT)
        s->reset = true;
    if (s->reset) {
        s->reset = false;
        s->seen = hub->count;
        return put_reset(hub, to, size);
    }
    while (s->seen < hub->count) {
        i64 number = s->seen++;
        const struct kept *kept = &hub->ring[number % LIVE_KEPT];
        if (may_see(s, kept->org_id, kept->account_id)) {
            atomic_fetch_add(&hub->sent, 1);
            return put_event(hub, kept, number, to, size);
        }
    }
    return 0;
}

static i64 read_locked(struct stream *s, char *to, size_t size)
{
    assert(s->seen <= s->hub->count);
    if (s->hub->ended || clock_steady_ms() - s->opened_ms > LIVE_LIFE_MS)
        return -1;
    if (s->greeting) {
        s->greeting = false;
        return snprintf(to, size, "retry: 2000\n\n");
    }
    i64 n = next_event(s, to, size);
    if (n)
        return n;
    if (s->beat) {
        s->beat = false;
        return snprintf(to, size, ":\n\n");
    }
    s->asleep = true;
    s->options.sleep(s->options.context);
    return 0;
}

bool stream_beats(struct stream *s)
{
    pthread_mutex_lock(&s->hub->mutex);
    bool beats = s->beat;
    pthread_mutex_unlock(&s->hub->mutex);
    return beats;
}

i64 stream_read(struct stream *s, char *to, size_t size)
{
    assert(size >= LIVE_DATA_MAX * 2);
    pthread_mutex_lock(&s->hub->mutex);
    i64 n = read_locked(s, to, size);
    pthread_mutex_unlock(&s->hub->mutex);
    return n;
}

/* ---- from modules ---- */

void live_collect(struct live_list *list)
{
    collecting = list;
}

err live_cross(struct app *app, struct db *db, const struct live_list *list)
{
    char text[DB_NOTICE_MAX];
    for (const struct live_event *e = list->first; e && app->web; e = e->next) {
        int head =
            snprintf(text, sizeof text, "%lld %lld %lld %s\n", (long long)hub_boot(app->web->hub),
                     (long long)e->org_id, (long long)e->account_id, e->name);
        assert(head > 0 && (size_t)head + e->data.len <= sizeof text);
        memcpy(text + head, e->data.ptr, e->data.len);
        TRY(db_notify(db, (str){ text, (size_t)head + e->data.len }));
    }
    return OK;
}

void live_publish(struct app *app, const struct live_list *list)
{
    for (const struct live_event *e = list->first; e && app->web; e = e->next)
        hub_publish(app->web->hub, e);
}

void live_forget(struct live_list *list)
{
    arena_free(list->mem);
    *list = (struct live_list){ 0 };
}

void live_send(struct rq *rq, i64 account_id, const char *event, str data)
{
    struct live_list *list = collecting;
    if (list && !list->mem)
        list->mem = arena_new(LIST_SOFT, 0);
    struct arena *mem = list ? list->mem : rq->mem;
    struct live_event *e = arena_zero(mem, sizeof *e);
    if (data.len >= LIVE_DATA_MAX)
        data = str_of("{}"); /* too long to be sent: the page asks for the rest */
    *e = (struct live_event){ .org_id = rq->actor->org_id,
                              .account_id = account_id,
                              .name = event,
                              .data = arena_str(mem, data) };
    const struct live_list one = { .first = e, .last = e };
    if (!list) {
        live_publish(rq->app, &one);
        return;
    }
    if (list->last)
        list->last->next = e;
    else
        list->first = e;
    list->last = e;
}
