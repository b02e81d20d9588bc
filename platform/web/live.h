/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Live events (server-sent events, /events): the hub that keeps the last events and the streams
 * that wait for more. Modules send with live_send (platform/notify/notify.h), which delivers
 * after COMMIT. Platform only. */
#ifndef HT_WEB_LIVE_H
#define HT_WEB_LIVE_H
#include "platform/base/arena.h"
#include "platform/base/err.h"
#include "platform/base/types.h"

struct app;
struct arena;
struct db;

/* An event on its way. account_id 0: everybody of the organisation. */
struct live_event {
    i64 org_id, account_id;
    const char *name;
    str data;
    struct live_event *next;
};
/* mem: of the events, made with the first; what a request resets meanwhile does not touch them. */
struct live_list {
    struct arena *mem;
    struct live_event *first, *last;
};

/* The list that live_send of this thread adds to (NULL: publishes at once). Set by lanes around
 * a task's run. */
void live_collect(struct live_list *list);

/* Tells the other nodes of the database what was collected, within the transaction: they hear it
 * when it commits. Errors: those of the database. */
err live_cross(struct app *app, struct db *db, const struct live_list *list);

/* Publishes what was collected; called after COMMIT. */
void live_publish(struct app *app, const struct live_list *list);

/* Empties the list and gives its memory back. */
void live_forget(struct live_list *list);

/* ---- the hub ---- */

enum { LIVE_KEPT = 512, LIVE_DATA_MAX = 2048, LIVE_PER_LOGIN = 8, LIVE_LIFE_MS = 300000 };

struct hub;

/* A client that listens. It keeps only its place in the ring of kept events. */
struct stream;

/* A hub in mem for a process. boot: what distinguishes this process from earlier ones and from
 * other nodes, in event ids. */
struct hub *hub_new(struct arena *mem, i64 boot);

/* What a stream asks of its connection. Both are called under the hub's lock and must not call
 * back: sleep when nothing waits, wake (from any thread) when something does. */
struct stream_options {
    i64 org_id, account_id;
    i64 login_id; /* has at most LIVE_PER_LOGIN streams */
    i64 most;     /* streams of the process in all; 0 = any number */
    str last_id;  /* Last-Event-ID as sent: what came after it and is still kept is sent first */
    void (*sleep)(void *context);
    void (*wake)(void *context);
    void *context;
};

/* Opens a stream, which lives in mem until stream_close. When last_id is too old or of an
 * earlier process, the stream begins with an event "reset" that tells the page to load anew.
 * NULL when there are too many streams, of all or of this login, or the hub has ended. */
struct stream *stream_open(struct hub *hub, struct arena *mem,
                           const struct stream_options *options);
void stream_close(struct stream *stream);

/* Whether a heartbeat waits to be read: time to look whether the login still holds. */
bool stream_beats(struct stream *stream);

/* Writes what waits into to, at least LIVE_DATA_MAX * 2 bytes; 0 = nothing now, sleep was
 * called; -1 = the stream has ended (too old: the client comes back with its last id; or
 * stopping). */
i64 stream_read(struct stream *stream, char *to, size_t size);

/* Sends an event to the streams that may see it. */
void hub_publish(struct hub *hub, const struct live_event *event);

/* Events were lost: every stream tells its page to load anew. */
void hub_lost(struct hub *hub);

/* What distinguishes this process from others. */
i64 hub_boot(const struct hub *hub);

/* A comment line to every stream, so that dead connections are found. */
void hub_heartbeat(struct hub *hub);

/* Ends all streams and opens no more: the process stops. */
void hub_end(struct hub *hub);

/* Streams open now; events sent since start. */
i64 hub_streams(struct hub *hub);
i64 hub_sent(struct hub *hub);
#endif
