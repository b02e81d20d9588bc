/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of temp.h. */
#include "platform/files/temp.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

err temp_open(int *fd)
{
    const char *dir = getenv("TMPDIR");
    char path[512];
    int n = snprintf(path, sizeof path, "%s", dir && dir[0] ? dir : "/tmp");
    *fd = open(path, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    bool fits = n > 0 && (size_t)n + sizeof "/huotang-XXXXXX" <= sizeof path;
    if (*fd < 0 && fits) { /* a file system that has only files with names */
        snprintf(path + n, sizeof path - (size_t)n, "/huotang-XXXXXX");
        *fd = mkstemp(path);
        if (*fd >= 0)
            unlink(path);
    }
    return *fd < 0 ? err_make(ERR_BUSY, "docs.disk") : OK;
}

err temp_write(int fd, str text)
{
    while (text.len) {
        ssize_t n = write(fd, text.ptr, text.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return err_make(ERR_BUSY, "docs.disk");
        text = str_sub(text, (size_t)n, text.len);
    }
    return OK;
}

void temp_close(int fd)
{
    close(fd);
}
