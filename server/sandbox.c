/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Files that the worker may open (sandbox.h): its own folders, and what the libraries that it uses
 * read. By Landlock, which asks for no rights. Refused system calls: sandbox_calls.c. */
#include "server/sandbox.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "platform/base/log.h"
#include "platform/base/str.h"

/* Of the kernel's interface (Documentation/userspace-api/landlock.rst): headers of Debian 12 know
 * only its second version, the kernel that runs may be newer. */
enum {
    EXECUTE = 1 << 0,
    WRITE_FILE = 1 << 1,
    READ_FILE = 1 << 2,
    READ_DIR = 1 << 3,
    REMOVE_DIR = 1 << 4,
    REMOVE_FILE = 1 << 5,
    MAKE_DIR = 1 << 7,
    MAKE_REG = 1 << 8,
    REFER = 1 << 13,    /* ABI 2: move between folders */
    TRUNCATE = 1 << 14, /* ABI 3 */
    FIRST_ABI = (1 << 13) - 1,
    BIND_TCP = 1 << 0,           /* ABI 4 */
    SCOPE_ALL = 1 << 0 | 1 << 1, /* ABI 6: abstract sockets and signals of others */
    READ = READ_FILE | READ_DIR,
    CHANGE = WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | REFER | TRUNCATE,
    ON_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE, /* what a rule for a file may name */
    RULE_OF_PATH = 1,
    ASK_ABI = 1,
};

struct rights {
    uint64_t files, net, scope;
};

struct path_rule {
    uint64_t allowed;
    int32_t parent;
} __attribute__((packed));

/* What the C library, libpq, curl, fontconfig, iconv and the sanitizers read. */
static const char *const LIBRARIES[] = {
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/share",
    "/usr/local/lib",
    "/usr/local/share",
    "/var/cache/fontconfig",
    "/var/lib/fonts",
    "/etc", /* whole: resolv.conf and hosts are replaced while we run, a rule stays with the old
               file */
    "/run/systemd/resolve",
    "/run/resolvconf",
    "/run/NetworkManager",
    "/proc",
    "/sys/devices/system",
    "/sys/fs/cgroup",
    "/sys/kernel/mm",
    "/dev/urandom",
    "/dev/random",
    "/dev/null",
};

/* Below the home directory: an operator's fonts, and what libpq reads there. */
static const char *const AT_HOME[] = {
    ".fonts",  ".local/share/fonts", ".config/fontconfig", ".cache/fontconfig",
    ".pgpass", ".postgresql",        ".pg_service.conf",
};

static uint64_t known_rights(i64 abi)
{
    uint64_t all = FIRST_ABI;
    if (abi >= 2)
        all |= REFER;
    if (abi >= 3)
        all |= TRUNCATE;
    return all;
}

/* Lets the process do that below a path; a path that does not exist needs no rule. */
static bool allow(int ruleset, uint64_t allowed, const char *path)
{
    struct stat info;
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT || errno == ENOTDIR || errno == EACCES;
    bool good = fstat(fd, &info) == 0;
    if (good && !S_ISDIR(info.st_mode))
        allowed &= ON_FILES;
    struct path_rule rule = { allowed, fd };
    good = good && syscall(SYS_landlock_add_rule, ruleset, RULE_OF_PATH, &rule, 0) == 0;
    close(fd);
    return good;
}

static bool allow_list(struct arena *mem, int ruleset, uint64_t allowed, const strs *paths)
{
    for (size_t i = 0; i < paths->count; i++)
        if (paths->items[i].len && !allow(ruleset, allowed, arena_cstr(mem, paths->items[i])))
            return false;
    return true;
}

static bool allow_libraries(struct arena *mem, int ruleset)
{
    const char *home = getenv("HOME");
    for (size_t i = 0; i < sizeof LIBRARIES / sizeof *LIBRARIES; i++)
        if (!allow(ruleset, READ, LIBRARIES[i]))
            return false;
    for (size_t i = 0; home && *home && i < sizeof AT_HOME / sizeof *AT_HOME; i++)
        if (!allow(ruleset, READ, arena_printf(mem, "%s/%s", home, AT_HOME[i]).ptr))
            return false;
    return allow(ruleset, READ_FILE | WRITE_FILE, "/dev/null");
}

i64 sandbox_files(struct arena *mem, const struct sandbox_paths *paths)
{
    assert(paths && paths->writable.count);
    i64 abi = syscall(SYS_landlock_create_ruleset, NULL, 0, ASK_ABI);
    if (abi < 1)
        return 0;
    uint64_t known = known_rights(abi);
    struct rights rights = { known, abi >= 4 ? BIND_TCP : 0, abi >= 6 ? SCOPE_ALL : 0 };
    size_t size = abi >= 6 ? sizeof rights : abi >= 4 ? 2 * sizeof(uint64_t) : sizeof(uint64_t);
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &rights, size, 0);
    if (ruleset < 0)
        return 0;
    bool good = allow_list(mem, ruleset, (READ | CHANGE) & known, &paths->writable) &&
                allow_list(mem, ruleset, READ, &paths->readable) && allow_libraries(mem, ruleset) &&
                prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    close(ruleset);
    return good ? abi : 0;
}

struct sandbox_state sandbox_enter(struct arena *mem, const struct sandbox_paths *paths)
{
    struct sandbox_state state = { 0 };
    state.files = sandbox_files(mem, paths);
    state.calls = sandbox_calls();
    const struct log_pair pairs[] = {
        { .key = "calls", .text = str_of(state.calls ? "on" : "off") },
        { .key = "files", .text = str_of(state.files ? "on" : "off") },
        { .key = "landlock", .number = state.files },
        { 0 }
    };
    log_line(state.calls && state.files ? LOG_INFO : LOG_WARN, "sandbox", pairs);
    return state;
}
