/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The thread at the listening socket (acceptor.h). What becomes of a connection: http_mhd.c. */
#include "platform/web/acceptor.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { FULL_MS = 2, NO_FILE_US = 10000, IN_A_ROW = 64 };

struct acceptor {
    struct acceptor_options options;
    pthread_t thread;
    int stop_fd;
};

/* Until somebody comes, or for a while when there is no room; false = it is to end. */
static bool wait_for_somebody(struct acceptor *a, bool room)
{
    struct pollfd fds[] = { { .fd = a->stop_fd, .events = POLLIN },
                            { .fd = room ? a->options.fd : -1, .events = POLLIN } };
    poll(fds, 2, room ? -1 : FULL_MS);
    return !(fds[0].revents & POLLIN);
}

static bool accept_one(struct acceptor *a)
{
    struct sockaddr_storage from = { 0 };
    struct sockaddr *at = (struct sockaddr *)(void *)&from;
    socklen_t size = sizeof from;
    int fd = accept4(a->options.fd, at, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd >= 0)
        a->options.take(a->options.owner, fd, at, size);
    else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
        usleep(NO_FILE_US);
    return fd >= 0;
}

static void *run(void *context)
{
    struct acceptor *a = context;
    for (;;) {
        if (!wait_for_somebody(a, a->options.has_room(a->options.owner)))
            return NULL;
        /* not for ever: a stop is looked for in between */
        for (int i = 0; i < IN_A_ROW; i++)
            if (!a->options.has_room(a->options.owner) || !accept_one(a))
                break;
    }
}

err acceptor_start(struct arena *mem, const struct acceptor_options *options, struct acceptor **out)
{
    struct acceptor *a = arena_zero(mem, sizeof *a);
    assert(options->fd >= 0 && options->has_room && options->take);
    a->options = *options;
    int flags = fcntl(options->fd, F_GETFL); /* systemd's may block */
    fcntl(options->fd, F_SETFL, flags | O_NONBLOCK);
    a->stop_fd = eventfd(0, EFD_CLOEXEC);
    if (a->stop_fd < 0 || pthread_create(&a->thread, NULL, run, a) != 0)
        return err_make(ERR_INTERNAL, "web.serve");
    *out = a;
    return OK;
}

void acceptor_stop(struct acceptor *a)
{
    if (!a) /* it did not start */
        return;
    uint64_t one = 1;
    ssize_t told = write(a->stop_fd, &one, sizeof one);
    assert(told == sizeof one);
    (void)told;
    pthread_join(a->thread, NULL);
    close(a->stop_fd);
}
