/* SPDX-License-Identifier: MulanPSL-2.0 */
/* System calls that the worker may not make (sandbox.h). A list of what is refused, not of what is
 * allowed: libraries that we do not own (libpq, curl, Pango, the C library) may take another road
 * with each version, and a wrong refusal would stop the house. What is refused is what the way out
 * of a broken process needs: programs, processes, kernel, devices, rights, executable memory. The
 * child that takes a stranger's list apart has a list of what is allowed: it needs hardly anything.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server/sandbox.h"

/* By name, since some are unknown to older kernels or to other machines: those are left out. */
static const char *const NEVER[] = {
    /* programs */
    "execve",
    "execveat",
    /* other processes */
    "process_vm_readv",
    "process_vm_writev",
    "process_madvise",
    "process_mrelease",
    "pidfd_getfd",
    "pidfd_send_signal",
    "rt_sigqueueinfo",
    "rt_tgsigqueueinfo",
    "tkill",
    "kcmp",
    "migrate_pages",
    "move_pages",
    /* the tree of files as the kernel sees it */
    "mount",
    "umount",
    "umount2",
    "pivot_root",
    "chroot",
    "move_mount",
    "open_tree",
    "fsopen",
    "fsconfig",
    "fsmount",
    "fspick",
    "mount_setattr",
    "mknod",
    "mknodat",
    "name_to_handle_at",
    "open_by_handle_at",
    "fanotify_init",
    "fanotify_mark",
    "quotactl",
    "quotactl_fd",
    "acct",
    /* other worlds */
    "setns",
    "unshare",
    /* the kernel */
    "bpf",
    "perf_event_open",
    "kexec_load",
    "kexec_file_load",
    "init_module",
    "finit_module",
    "delete_module",
    "create_module",
    "reboot",
    "swapon",
    "swapoff",
    "syslog",
    "userfaultfd",
    "io_uring_setup",
    "io_uring_enter",
    "io_uring_register",
    "lookup_dcookie",
    "nfsservctl",
    "_sysctl",
    "uselib",
    "personality",
    "modify_ldt",
    "iopl",
    "ioperm",
    "vhangup",
    "sethostname",
    "setdomainname",
    "settimeofday",
    "clock_settime",
    "clock_adjtime",
    "adjtimex",
    "stime",
    /* keys and rights */
    "add_key",
    "keyctl",
    "request_key",
    "setuid",
    "setgid",
    "setreuid",
    "setregid",
    "setresuid",
    "setresgid",
    "setfsuid",
    "setfsgid",
    "setgroups",
    "capset",
    "chown",
    "fchown",
    "lchown",
    "fchownat",
};

/* What a sanitizer does at the end of the process, to look for leaks: it stops all threads. */
static const char *const NEVER_UNWATCHED[] = { "ptrace", "fork", "vfork" };

bool sandbox_is_watched(void)
{
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
    return true;
#elif defined __has_feature
    return __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
    return false;
#endif
}

static bool refuse(scmp_filter_ctx filter, const char *name, struct scmp_arg_cmp *when, int error)
{
    int number = seccomp_syscall_resolve_name(name);
    if (number < 0)
        return true;
    return seccomp_rule_add_array(filter, SCMP_ACT_ERRNO((unsigned)error), number, when ? 1 : 0,
                                  when) == 0;
}

static bool refuse_all(scmp_filter_ctx filter, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!refuse(filter, names[i], NULL, EPERM))
            return false;
    return true;
}

/* Threads, but no processes, and no worlds of their own. clone3 hides its flags from a filter: the
 * C library takes clone instead when it is not there. */
static bool refuse_processes(scmp_filter_ctx filter)
{
    static const scmp_datum_t WORLDS[] = { CLONE_NEWNS,    CLONE_NEWUTS, CLONE_NEWIPC,
                                           CLONE_NEWUSER,  CLONE_NEWPID, CLONE_NEWNET,
                                           CLONE_NEWCGROUP };
    for (size_t i = 0; i < sizeof WORLDS / sizeof *WORLDS; i++)
        if (!refuse(filter, "clone",
                    &(struct scmp_arg_cmp){ 0, SCMP_CMP_MASKED_EQ, WORLDS[i], WORLDS[i] }, EPERM))
            return false;
    struct scmp_arg_cmp process = { 0, SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0 };
    if (!sandbox_is_watched() && !refuse(filter, "clone", &process, EPERM))
        return false;
    return refuse(filter, "clone3", NULL, ENOSYS);
}

/* Signals and limits: only one's own. */
static bool refuse_others(scmp_filter_ctx filter)
{
    scmp_datum_t own = (scmp_datum_t)getpid();
    struct scmp_arg_cmp other = { 0, SCMP_CMP_NE, own, 0 }, named = { 0, SCMP_CMP_NE, 0, 0 };
    return refuse(filter, "kill", &other, EPERM) && refuse(filter, "tgkill", &other, EPERM) &&
           refuse(filter, "prlimit64", &named, EPERM);
}

/* Local sockets, the two kinds of internet, and the question which addresses this machine has
 * (netlink), which the C library asks before it looks up a name. */
static bool refuse_families(scmp_filter_ctx filter)
{
    static const scmp_datum_t USED[] = { AF_UNIX, AF_INET, AF_INET6, AF_NETLINK };
    for (scmp_datum_t family = 0, used = 0; family <= AF_NETLINK; family++) {
        if (family == USED[used]) {
            used++;
            continue;
        }
        if (!refuse(filter, "socket", &(struct scmp_arg_cmp){ 0, SCMP_CMP_EQ, family, 0 }, EPERM))
            return false;
    }
    struct scmp_arg_cmp beyond = { 0, SCMP_CMP_GT, AF_NETLINK, 0 };
    struct scmp_arg_cmp raw[] = { { 0, SCMP_CMP_NE, AF_NETLINK, 0 },
                                  { 1, SCMP_CMP_MASKED_EQ, 0xF, SOCK_RAW } };
    struct scmp_arg_cmp pair = { 0, SCMP_CMP_NE, AF_UNIX, 0 };
    return refuse(filter, "socket", &beyond, EPERM) && refuse(filter, "socketpair", &pair, EPERM) &&
           seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 2, raw) == 0;
}

/* Memory is written or executed, never both; what was written never becomes a program. */
static bool refuse_code(scmp_filter_ctx filter)
{
    const scmp_datum_t both = PROT_WRITE | PROT_EXEC;
    struct scmp_arg_cmp map = { 2, SCMP_CMP_MASKED_EQ, both, both };
    struct scmp_arg_cmp change = { 2, SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC };
    return refuse(filter, "mmap", &map, EPERM) && refuse(filter, "mprotect", &change, EPERM) &&
           refuse(filter, "pkey_mprotect", &change, EPERM);
}

/* Signals of a terminal that somebody left open. */
static bool refuse_typing(scmp_filter_ctx filter)
{
    enum { TYPE_INTO = 0x5412, PASTE_INTO = 0x541C }; /* TIOCSTI, TIOCLINUX */
    struct scmp_arg_cmp type = { 1, SCMP_CMP_MASKED_EQ, 0xFFFFFFFF, TYPE_INTO };
    struct scmp_arg_cmp paste = { 1, SCMP_CMP_MASKED_EQ, 0xFFFFFFFF, PASTE_INTO };
    return refuse(filter, "ioctl", &type, EPERM) && refuse(filter, "ioctl", &paste, EPERM);
}

/* A file or socket that is made somebody else's sends signals to that one: kill by another name. */
static bool refuse_owners(scmp_filter_ctx filter)
{
    enum { SOCKET_OWNER = 0x8901, SOCKET_GROUP = 0x8902 }; /* FIOSETOWN, SIOCSPGRP */
    static const struct {
        const char *call;
        scmp_datum_t command;
    } WAYS[] = { { "fcntl", F_SETOWN },
                 { "fcntl", F_SETOWN_EX },
                 { "fcntl", F_SETSIG },
                 { "ioctl", SOCKET_OWNER },
                 { "ioctl", SOCKET_GROUP } };
    for (size_t i = 0; i < sizeof WAYS / sizeof *WAYS; i++)
        if (!refuse(filter, WAYS[i].call,
                    &(struct scmp_arg_cmp){ 1, SCMP_CMP_MASKED_EQ, 0xFFFFFFFF, WAYS[i].command },
                    EPERM))
            return false;
    return true;
}

static bool fill(scmp_filter_ctx filter)
{
    return seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1) == 0 &&
           seccomp_attr_set(filter, SCMP_FLTATR_CTL_NNP, 1) == 0 &&
           refuse_all(filter, NEVER, sizeof NEVER / sizeof *NEVER) &&
           (sandbox_is_watched() || refuse_all(filter, NEVER_UNWATCHED,
                                               sizeof NEVER_UNWATCHED / sizeof *NEVER_UNWATCHED)) &&
           refuse_processes(filter) && refuse_others(filter) && refuse_families(filter) &&
           refuse_code(filter) && refuse_typing(filter) && refuse_owners(filter);
}

bool sandbox_calls(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (!filter)
        return false;
    seccomp_attr_set(filter, SCMP_FLTATR_CTL_SSB, 1); /* older libraries do without */
    bool good = fill(filter) && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return good;
}

/* ---- a reader ---- */

/* All that a process needs that takes apart a list it was given: what it has open, memory, its
 * end. */
static const char *const READING[] = {
    "read",         "readv",          "pread64",      "write",        "writev",
    "lseek",        "close",          "dup",          "fstat",        "munmap",
    "mremap",       "madvise",        "brk",          "futex",        "getrandom",
    "exit",         "exit_group",     "getpid",       "gettid",       "clock_gettime",
    "gettimeofday", "rt_sigprocmask", "rt_sigaction", "rt_sigreturn", "sigaltstack",
    "sched_yield",
};

static bool allow(scmp_filter_ctx filter, const char *name, struct scmp_arg_cmp *when)
{
    int number = seccomp_syscall_resolve_name(name);
    return number < 0 ||
           seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, number, when ? 1 : 0, when) == 0;
}

/* What fcntl does to descriptors; not whom they send signals. */
static bool allow_descriptors(scmp_filter_ctx filter)
{
    static const scmp_datum_t COMMANDS[] = { F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC };
    for (size_t i = 0; i < sizeof COMMANDS / sizeof *COMMANDS; i++)
        if (!allow(filter, "fcntl", &(struct scmp_arg_cmp){ 1, SCMP_CMP_EQ, COMMANDS[i], 0 }))
            return false;
    return true;
}

/* Memory of its own that is no program; fstat of an open file as newer C libraries write it. */
static bool allow_reading(scmp_filter_ctx filter)
{
    struct scmp_arg_cmp own[] = { { 2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0 },
                                  { 3, SCMP_CMP_MASKED_EQ, MAP_SHARED, 0 } };
    struct scmp_arg_cmp change = { 2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0 };
    struct scmp_arg_cmp open = { 3, SCMP_CMP_EQ, AT_EMPTY_PATH, 0 };
    for (size_t i = 0; i < sizeof READING / sizeof *READING; i++)
        if (!allow(filter, READING[i], NULL))
            return false;
    return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2, own) == 0 &&
           allow(filter, "mprotect", &change) && allow(filter, "newfstatat", &open) &&
           allow_descriptors(filter);
}

bool sandbox_reader(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (!filter)
        return false;
    bool good = allow_reading(filter) && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return good;
}
