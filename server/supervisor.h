/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Restarting without losing a request: a small process that holds the listening socket and
 * starts workers on it. SIGHUP or SIGUSR1 starts a new worker of the program as it now lies on
 * disk, waits until it serves, then ends the old one gracefully. A worker that dies is replaced.
 * Serving itself: platform/web/serve.h. */
#ifndef HT_SERVER_SUPERVISOR_H
#define HT_SERVER_SUPERVISOR_H
#include "platform/base/types.h"

struct supervisor_start {
    /* as in the configuration; a socket given by systemd (LISTEN_FDS) goes before it */
    str listen;
    char **argv; /* of this process: a worker is started with the same arguments */
    /* Serves on the socket; calls supervisor_ready when it does, and returns its exit status
     * soon after supervisor_wait returned. Runs in a process of its own. */
    int (*worker)(int listen_fd, void *context);
    void *context;
    int silent_looks; /* half seconds without a word after which a worker is killed; 0 = 240 */
};

/* Runs until SIGTERM or SIGINT; then ends the workers gracefully (30 s at most). In a process
 * that was started as a worker: runs start->worker. Gives the exit status: 0, that of the first
 * worker if it never served (2 = wrong configuration), or 1. */
int supervisor_run(const struct supervisor_start *start);

/* Whether this process is a worker. */
bool supervisor_is_worker(void);

/* For workers: blocks the signals that end it in all threads started later; tells that it serves
 * now; waits for the end (SIGTERM, SIGINT, or death of the supervisor), and says every second that
 * it lives, as long as alive agrees. After two minutes without a word the supervisor kills the
 * worker and starts another one. */
void supervisor_prepare(void);
void supervisor_ready(void);
void supervisor_wait(bool (*alive)(void *context), void *context);

/* For workers: says, once, that another one should take this one's place; it serves on until that
 * serves. The supervisor waits ever longer with workers that say so soon after their start. */
void supervisor_replace(void);
#endif
