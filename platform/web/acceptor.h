/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Takes new connections from the listening socket and hands them to the loops, on a thread of its
 * own: who comes while all loops are busy does not wait for them to look at the socket.
 * (libmicrohttpd takes ten in a turn of its loop, and under load a turn serves hundreds.) */
#ifndef HT_WEB_ACCEPTOR_H
#define HT_WEB_ACCEPTOR_H
#include <sys/socket.h>

#include "platform/base/arena.h"
#include "platform/base/err.h"

struct acceptor;

struct acceptor_options {
    int fd;                        /* listening; stays the caller's */
    bool (*has_room)(void *owner); /* while it says no, who comes waits at the socket */
    void (*take)(void *owner, int fd, const struct sockaddr *from, socklen_t size);
    void *owner;
};

/* Starts it; take is called on its thread and owns the connection. mem: lives as long as the
 * server. Errors: INTERNAL web.serve. */
err acceptor_start(struct arena *mem, const struct acceptor_options *options,
                   struct acceptor **out);

/* Ends it: when it returns, take is not called any more, and what waits at the socket is left. */
void acceptor_stop(struct acceptor *acceptor);
#endif
