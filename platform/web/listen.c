/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Listening sockets and the limit of open files (serve.h). */
#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <netdb.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "platform/web/serve.h"

enum { BACKLOG = 4096, FILES_FOR_US = 200 };

static bool address_split(str address, char host[64], char port[8])
{
    i64 colon = -1;
    for (size_t i = 0; i < address.len; i++)
        if (address.ptr[i] == ':')
            colon = (i64)i;
    if (colon < 0)
        return false;
    str h = str_sub(address, 0, (size_t)colon),
        p = str_sub(address, (size_t)colon + 1, address.len);
    if (h.len > 2 && h.ptr[0] == '[')
        h = str_sub(h, 1, h.len - 2);
    if (h.len >= 64 || p.len >= 8 || p.len == 0)
        return false;
    memcpy(host, h.ptr, h.len);
    host[h.len] = '\0';
    memcpy(port, p.ptr, p.len);
    port[p.len] = '\0';
    return true;
}

static int socket_open(const struct addrinfo *at)
{
    int on = 1, fd = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, at->ai_addr, at->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
        return fd;
    int why = errno;
    close(fd);
    errno = why;
    return -1;
}

err serve_listen(str address, int *fd)
{
    assert(fd);
    char host[64], port[8];
    struct addrinfo hints = { .ai_family = AF_UNSPEC,
                              .ai_socktype = SOCK_STREAM,
                              .ai_flags = AI_PASSIVE | AI_NUMERICSERV | AI_NUMERICHOST },
                    *found = NULL;
    *fd = -1;
    if (!address_split(address, host, port) ||
        getaddrinfo(host[0] ? host : NULL, port, &hints, &found) != 0)
        return err_make_with(ERR_INVALID, "web.listen", address, str_of("address"));
    *fd = socket_open(found);
    int why = errno;
    freeaddrinfo(found);
    if (*fd >= 0)
        return OK;
    return err_make_with(ERR_INVALID, "web.listen", address, str_of(strerror(why)));
}

int serve_port(int fd)
{
    struct sockaddr_storage at = { 0 };
    socklen_t size = sizeof at;
    if (getsockname(fd, (struct sockaddr *)(void *)&at, &size) != 0)
        return 0;
    if (at.ss_family == AF_INET)
        return ntohs(((struct sockaddr_in *)(void *)&at)->sin_port);
    return at.ss_family == AF_INET6 ? ntohs(((struct sockaddr_in6 *)(void *)&at)->sin6_port) : 0;
}

i64 serve_file_limit(i64 wanted)
{
    assert(wanted > 0);
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return wanted;
    rlim_t want = (rlim_t)wanted + FILES_FOR_US;
    if (limit.rlim_cur < want) {
        limit.rlim_cur = limit.rlim_max < want ? limit.rlim_max : want;
        setrlimit(RLIMIT_NOFILE, &limit);
        getrlimit(RLIMIT_NOFILE, &limit);
    }
    i64 fit = (i64)limit.rlim_cur - FILES_FOR_US;
    return fit < 16 ? 16 : fit < wanted ? fit : wanted;
}

void serve_queue(int fd, i64 most)
{
    listen(fd, most < BACKLOG ? (int)most : BACKLOG);
}
