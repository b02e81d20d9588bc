/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Time limits of connections: a client that sends its request or takes its answer too slowly is
 * cut off, however steadily it trickles (libmicrohttpd only limits silence). One slot a
 * connection, looked over once a second, more often while room is short: then also who has left
 * is cut off. (libmicrohttpd overlooks for a minute that somebody left who did so before it read
 * the last of what he had sent; a crowd that comes and goes would keep all others out.) */
#ifndef HT_WEB_CONNECTIONS_H
#define HT_WEB_CONNECTIONS_H
#include <stdatomic.h>

#include "platform/base/arena.h"

struct connections;
struct connection_slot;

/* For at most `most` connections; *open counts them. mem: lives as long as the server. */
struct connections *connections_new(struct arena *mem, i64 most, _Atomic int64_t *open);

/* A connection on a socket begins and ends; NULL when there is no slot (then it has no limits of
 * its own). The socket is still open when connection_closed is called. */
struct connection_slot *connection_opened(struct connections *all, int fd);
void connection_closed(struct connections *all, struct connection_slot *slot);

/* What it is doing now; each sets a new limit. NULL is allowed. size: announced bytes of what
 * comes or goes. */
void connection_idle(struct connection_slot *slot); /* waits for a request: 60 s */
/* its body: 30 s and 1 s for each 16 KiB */
void connection_receiving(struct connection_slot *slot, i64 size);
void connection_working(struct connection_slot *slot); /* we work: no limit */
/* its answer: 60 s and 1 s for each 16 KiB; 0 = a stream, no limit */
void connection_sending(struct connection_slot *slot, i64 size);

/* Shuts down sockets whose limit has passed, and while more than three quarters of the slots are
 * taken those on which nothing is under way and whose client has left. Called by the ticker; tells
 * in how many milliseconds it should be called again. */
i64 connections_check(struct connections *all);

/* Shuts down sockets on which nothing is under way; all of them. */
void connections_end_idle(struct connections *all);
void connections_end_all(struct connections *all);
#endif
