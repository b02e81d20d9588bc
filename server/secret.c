/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Reading and making the secret file (secret.h). Written beside its place, flushed, then linked to
 * its name, so that a power cut leaves no short or empty secret behind. */
#include "server/secret.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <unistd.h>

#include "platform/base/str.h"

static err refuse(str path, const char *why)
{
    return err_make_with(ERR_INVALID, "start.secret", path, str_of(why));
}

err secret_read(struct arena *mem, str path, bytes *out)
{
    unsigned char *secret = arena_zero(mem, SECRET_SIZE + 1);
    int fd = open(arena_cstr(mem, path), O_RDONLY | O_CLOEXEC);
    *out = (bytes){ secret, SECRET_SIZE };
    if (fd < 0 && errno == ENOENT)
        return err_make_with(ERR_NOT_FOUND, "start.secret_lost", path, str_of(""));
    if (fd < 0)
        return refuse(path, strerror(errno));
    ssize_t n = read(fd, secret, SECRET_SIZE + 1);
    close(fd);
    return n == SECRET_SIZE ? OK : refuse(path, "32");
}

/* The folder of a path, opened for flushing it; -1 with errno. */
static int open_folder(struct arena *mem, str path)
{
    char *copy = arena_zero(mem, path.len + 1);
    memcpy(copy, path.ptr, path.len);
    return open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static bool write_whole(const char *path, bytes secret)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    bool good =
        fd >= 0 && write(fd, secret.ptr, secret.len) == (ssize_t)secret.len && fsync(fd) == 0;
    int why = errno;
    if (fd >= 0)
        close(fd);
    errno = why;
    return good;
}

err secret_make(struct arena *mem, str path, bytes *out)
{
    unsigned char *secret = arena_zero(mem, SECRET_SIZE);
    struct rng rng = rng_system();
    const char *part =
        arena_printf(mem, "%.*s.%lld.part", (int)path.len, path.ptr, (long long)getpid()).ptr;
    assert(path.len > 0);
    rng.fill(&rng, secret, SECRET_SIZE);
    *out = (bytes){ secret, SECRET_SIZE };
    int folder = open_folder(mem, path);
    unlink(part); /* of a process that died with our number */
    bool made = folder >= 0 && write_whole(part, *out);
    bool linked = made && link(part, arena_cstr(mem, path)) == 0;
    bool other = made && !linked && errno == EEXIST;
    bool good = linked && fsync(folder) == 0;
    int why = errno;
    unlink(part);
    if (folder >= 0)
        close(folder);
    if (other)
        return secret_read(mem, path, out);
    return good ? OK : refuse(path, strerror(why));
}
