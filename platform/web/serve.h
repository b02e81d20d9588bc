/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Serving the web layer on a socket. Order at start: app, lanes_start, web_new, serve_start; at
 * the end serve_stop, lanes_stop. The socket may come from outside (supervisor, systemd), so
 * that a restart loses no connection. */
#ifndef HT_WEB_SERVE_H
#define HT_WEB_SERVE_H
#include "platform/web/exchange.h"

struct server;

/* Opens a listening socket for "127.0.0.1:8080", "[::1]:8080" or ":8080" (all addresses); port 0
 * takes a free one. Errors: INVALID web.listen with the address and the reason. */
err serve_listen(str address, int *fd);

/* The port a socket listens on, 0 if it is none of IP. */
int serve_port(int fd);

/* Raises the limit of open files as far as it goes; gives how many connections fit under it, at
 * most `wanted`. */
i64 serve_file_limit(i64 wanted);

/* Lets no more clients wait at a listening socket than can be served at once: of a longer queue
 * most have left before their turn. */
void serve_queue(int fd, i64 most);

/* Serves on fd with app->config.loops threads (0 = number of cores) and a ticker; fd stays the
 * caller's. Errors: INTERNAL web.serve. */
err serve_start(struct app *app, int fd, struct server **out);

/* How long the loop that has been at it longest has been at its present piece of a request; 0 =
 * none is at one. */
i64 serve_stuck_ms(struct server *server);

/* Graceful end: accepts no more, tells every client to come back on a new connection, ends
 * streams, waits until what was begun is answered, at most max_ms; then cuts what is left and
 * frees the server. Idle clients get a third of the time to come once more. Lanes must still
 * run. */
void serve_stop(struct server *server, i64 max_ms);
#endif
