/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The sandbox of the worker (quality O2): each forbidden action is tried twice by a process of its
 * own, free and locked in; it must be refused in the second. Arguments are such that nothing
 * happens where it is not refused. What the worker has to do still goes. That the worker of a
 * running house is locked in: tests/security/sandbox_test.py. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/base/str.h"
#include "server/sandbox.h"
#include "tests/harness/test_app.h"

/* Two folders beside each other: the worker's own, and another with a file in it. */
static char base[64];

static const char *at(const char *name)
{
    static char path[8][160];
    static int turn;
    char *to = path[turn++ % 8];
    snprintf(to, sizeof path[0], "%s/%s", base, name);
    return to;
}

static int closed(int fd)
{
    if (fd >= 0)
        close(fd);
    return fd >= 0 ? 0 : -1;
}

/* ---- forbidden: system calls ---- */

static long try_execve(void)
{
    return syscall(SYS_execve, NULL, NULL, NULL);
}
static long try_execveat(void)
{
    return syscall(SYS_execveat, -1, NULL, NULL, NULL, 0);
}
static long try_ptrace(void)
{
    return ptrace(PTRACE_PEEKDATA, (pid_t)-1, NULL, NULL);
}
static long try_process_vm_readv(void)
{
    return syscall(SYS_process_vm_readv, -1, NULL, 0, NULL, 0, 0);
}
static long try_process_vm_writev(void)
{
    return syscall(SYS_process_vm_writev, -1, NULL, 0, NULL, 0, 0);
}
static long try_fork(void)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    return pid > 0 ? waitpid(pid, NULL, 0) : -1;
}
static long try_clone_user(void)
{
    return syscall(SYS_clone, CLONE_NEWUSER | CLONE_FS, 0, 0, 0, 0);
}
static long try_kill(void)
{
    return kill(getppid(), 0);
}
static long try_tgkill(void)
{
    return syscall(SYS_tgkill, getppid(), getppid(), 0);
}
static long try_tkill(void)
{
    return syscall(SYS_tkill, -1, 0);
}
static long try_sigqueue(void)
{
    return syscall(SYS_rt_sigqueueinfo, getppid(), 0, NULL);
}
static long try_prlimit(void)
{
    struct rlimit limit;
    return prlimit(getppid(), RLIMIT_NOFILE, NULL, &limit);
}
static long try_own(void)
{
    return fcntl(-1, F_SETOWN, getppid());
}
static long try_own_ex(void)
{
    return fcntl(-1, F_SETOWN_EX, NULL);
}
static long try_set_signal(void)
{
    return fcntl(-1, F_SETSIG, SIGKILL);
}
static long try_own_socket(void)
{
    return ioctl(-1, FIOSETOWN, NULL);
}
static long try_kcmp(void)
{
    return syscall(SYS_kcmp, -1, -1, 0, 0, 0);
}
static long try_mount(void)
{
    return syscall(SYS_mount, NULL, NULL, NULL, 0, NULL);
}
static long try_umount(void)
{
    return syscall(SYS_umount2, "", 0);
}
static long try_pivot_root(void)
{
    return syscall(SYS_pivot_root, "", "");
}
static long try_chroot(void)
{
    return chroot("");
}
static long try_mknod(void)
{
    return syscall(SYS_mknodat, AT_FDCWD, "", S_IFCHR, 0);
}
static long try_open_by_handle(void)
{
    return syscall(SYS_open_by_handle_at, -1, NULL, 0);
}
static long try_fanotify(void)
{
    return syscall(SYS_fanotify_init, -1, 0);
}
static long try_setns(void)
{
    return setns(-1, 0);
}
static long try_unshare(void)
{
    return unshare(1);
}
static long try_bpf(void)
{
    return syscall(SYS_bpf, -1, NULL, 0);
}
static long try_perf(void)
{
    return syscall(SYS_perf_event_open, NULL, 0, 0, -1, 0);
}
static long try_kexec(void)
{
    return syscall(SYS_kexec_load, 0, 100, NULL, 0);
}
static long try_init_module(void)
{
    return syscall(SYS_init_module, NULL, 0, NULL);
}
static long try_finit_module(void)
{
    return syscall(SYS_finit_module, -1, NULL, 0);
}
static long try_delete_module(void)
{
    return syscall(SYS_delete_module, NULL, 0);
}
static long try_reboot(void)
{
    return syscall(SYS_reboot, 0, 0, 0, NULL);
}
static long try_swapon(void)
{
    return syscall(SYS_swapon, "", 0);
}
static long try_swapoff(void)
{
    return syscall(SYS_swapoff, "");
}
static long try_syslog(void)
{
    return syscall(SYS_syslog, -1, NULL, 0);
}
static long try_userfaultfd(void)
{
    return syscall(SYS_userfaultfd, -1);
}
static long try_io_uring(void)
{
    return syscall(SYS_io_uring_setup, 0, NULL);
}
static long try_personality(void)
{
    return syscall(SYS_personality, 0xFFFFFFFF) < 0 ? -1 : 0;
}
static long try_sethostname(void)
{
    return syscall(SYS_sethostname, NULL, -1);
}
static long try_clock_settime(void)
{
    return syscall(SYS_clock_settime, -1, NULL);
}
static long try_add_key(void)
{
    return syscall(SYS_add_key, NULL, NULL, NULL, 0, 0);
}
static long try_keyctl(void)
{
    return syscall(SYS_keyctl, -1, 0, 0, 0, 0);
}
static long try_request_key(void)
{
    return syscall(SYS_request_key, NULL, NULL, NULL, 0);
}
static long try_setuid(void)
{
    return syscall(SYS_setuid, getuid());
}
static long try_setgroups(void)
{
    return syscall(SYS_setgroups, -1, NULL);
}
static long try_capset(void)
{
    return syscall(SYS_capset, NULL, NULL);
}
static long try_chown(void)
{
    return fchown(-1, 0, 0);
}
static long try_packet_socket(void)
{
    return closed(socket(AF_PACKET, SOCK_DGRAM, 0));
}
static long try_raw_socket(void)
{
    return closed(socket(AF_INET, SOCK_RAW, 0));
}
static long try_vsock(void)
{
    return closed(socket(AF_VSOCK, SOCK_STREAM, 0));
}
static long try_crypto_socket(void)
{
    return closed(socket(AF_ALG, SOCK_SEQPACKET, 0));
}
static long try_writable_code(void)
{
    void *p = mmap(NULL, 4096, PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return p == MAP_FAILED ? -1 : munmap(p, 4096);
}
static long try_written_code(void)
{
    void *p = mmap(NULL, 4096, PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return mprotect(p, 4096, PROT_READ | PROT_EXEC);
}
static long try_typing(void)
{
    return ioctl(-1, TIOCSTI, "x");
}

/* ---- forbidden: files ---- */

static long try_read_outside(void)
{
    return closed(open(at("outside/secret"), O_RDONLY | O_CLOEXEC));
}
static long try_list_outside(void)
{
    return closed(open(at("outside"), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}
static long try_write_outside(void)
{
    return closed(open(at("outside/secret"), O_WRONLY | O_CLOEXEC));
}
static long try_create_outside(void)
{
    return closed(open(at("outside/new"), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
}
static long try_mkdir_outside(void)
{
    return mkdir(at("outside/folder"), 0700);
}
static long try_unlink_outside(void)
{
    return unlink(at("outside/gone"));
}
static long try_move_outside(void)
{
    return rename(at("data/mine"), at("outside/mine"));
}
static long try_truncate_outside(void)
{
    return truncate(at("outside/secret"), 1);
}
static long try_symlink(void)
{
    return symlink("/etc/passwd", at("data/link"));
}
static long try_fifo(void)
{
    return mkfifo(at("data/fifo"), 0600);
}
static long try_socket_file(void)
{
    struct sockaddr_un to = { .sun_family = AF_UNIX };
    snprintf(to.sun_path, sizeof to.sun_path, "%s/data/socket", base);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    long result = bind(fd, (struct sockaddr *)(void *)&to, sizeof to);
    int error = errno;
    close(fd);
    errno = error;
    return result;
}
static long try_other_process(void)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/mem", (int)getppid());
    return closed(open(path, O_RDONLY | O_CLOEXEC));
}
static long try_bind(void)
{
    struct sockaddr_storage to = { .ss_family = AF_INET };
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    long result = bind(fd, (struct sockaddr *)(void *)&to, 16);
    int error = errno;
    close(fd);
    errno = error;
    return result;
}

/* abi: the version of Landlock that refuses it; 0 = a system call. watched: allowed in a build that
 * a sanitizer watches. */
static const struct forbidden {
    const char *name;
    long (*act)(void);
    int abi;
    bool watched;
} FORBIDDEN[] = {
    { "execve", try_execve, 0, false },
    { "execveat", try_execveat, 0, false },
    { "ptrace", try_ptrace, 0, true },
    { "process_vm_readv", try_process_vm_readv, 0, false },
    { "process_vm_writev", try_process_vm_writev, 0, false },
    { "fork", try_fork, 0, true },
    { "clone with new users", try_clone_user, 0, false },
    { "kill another", try_kill, 0, false },
    { "tgkill another", try_tgkill, 0, false },
    { "tkill", try_tkill, 0, false },
    { "rt_sigqueueinfo", try_sigqueue, 0, false },
    { "limits of another", try_prlimit, 0, false },
    { "signals of a file to another", try_own, 0, false },
    { "signals of a file to a thread", try_own_ex, 0, false },
    { "another signal of a file", try_set_signal, 0, false },
    { "signals of a socket to another", try_own_socket, 0, false },
    { "kcmp", try_kcmp, 0, false },
    { "mount", try_mount, 0, false },
    { "umount", try_umount, 0, false },
    { "pivot_root", try_pivot_root, 0, false },
    { "chroot", try_chroot, 0, false },
    { "mknod", try_mknod, 0, false },
    { "open_by_handle_at", try_open_by_handle, 0, false },
    { "fanotify_init", try_fanotify, 0, false },
    { "setns", try_setns, 0, false },
    { "unshare", try_unshare, 0, false },
    { "bpf", try_bpf, 0, false },
    { "perf_event_open", try_perf, 0, false },
    { "kexec_load", try_kexec, 0, false },
    { "init_module", try_init_module, 0, false },
    { "finit_module", try_finit_module, 0, false },
    { "delete_module", try_delete_module, 0, false },
    { "reboot", try_reboot, 0, false },
    { "swapon", try_swapon, 0, false },
    { "swapoff", try_swapoff, 0, false },
    { "syslog", try_syslog, 0, false },
    { "userfaultfd", try_userfaultfd, 0, false },
    { "io_uring", try_io_uring, 0, false },
    { "personality", try_personality, 0, false },
    { "sethostname", try_sethostname, 0, false },
    { "clock_settime", try_clock_settime, 0, false },
    { "add_key", try_add_key, 0, false },
    { "keyctl", try_keyctl, 0, false },
    { "request_key", try_request_key, 0, false },
    { "setuid", try_setuid, 0, false },
    { "setgroups", try_setgroups, 0, false },
    { "capset", try_capset, 0, false },
    { "chown", try_chown, 0, false },
    { "packet socket", try_packet_socket, 0, false },
    { "raw socket", try_raw_socket, 0, false },
    { "socket to the host of a virtual machine", try_vsock, 0, false },
    { "socket to the kernel's ciphers", try_crypto_socket, 0, false },
    { "memory to write and execute", try_writable_code, 0, false },
    { "executing what was written", try_written_code, 0, false },
    { "typing into a terminal", try_typing, 0, false },
    { "reading outside", try_read_outside, 1, false },
    { "listing outside", try_list_outside, 1, false },
    { "writing outside", try_write_outside, 1, false },
    { "creating outside", try_create_outside, 1, false },
    { "a folder outside", try_mkdir_outside, 1, false },
    { "removing outside", try_unlink_outside, 1, false },
    { "moving out", try_move_outside, 1, false },
    { "truncating outside", try_truncate_outside, 3, false },
    { "a symbolic link", try_symlink, 1, false },
    { "a pipe with a name", try_fifo, 1, false },
    { "a socket with a name", try_socket_file, 1, false },
    { "the memory of another", try_other_process, 1, false },
    { "listening on a port", try_bind, 4, false },
};

/* ---- trying ---- */

static void plant(const char *name)
{
    int fd = open(at(name), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    assert_true(fd >= 0 && write(fd, "secret", 6) == 6);
    close(fd);
}

static int folders_make(void **state)
{
    (void)state;
    snprintf(base, sizeof base, "/tmp/huotang-sandbox-XXXXXX");
    if (!mkdtemp(base))
        return 1;
    mkdir(at("data"), 0700);
    mkdir(at("outside"), 0700);
    plant("outside/secret");
    plant("outside/gone");
    plant("data/mine");
    return 0;
}

static int folders_remove(void **state)
{
    char command[128];
    (void)state;
    snprintf(command, sizeof command, "rm -rf '%s'", base);
    return system(command);
}

static struct sandbox_state enter(struct arena *mem)
{
    struct sandbox_paths paths = { 0 };
    strs_add(mem, &paths.writable, str_of(at("data")));
    return sandbox_enter(mem, &paths);
}

/* What a child process found, in memory that it shares with the test. */
struct found {
    struct sandbox_state state;
    int error[100];
    bool good[20];
};

static struct found *found_new(void)
{
    struct found *f =
        mmap(NULL, sizeof *f, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(f != MAP_FAILED);
    return f;
}

static void run_child(struct found *f, bool locked, void (*work)(struct found *))
{
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        struct arena *mem = arena_new(1 << 20, 0);
        if (locked)
            f->state = enter(mem);
        work(f);
        _exit(0);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

enum { FORBIDDEN_COUNT = sizeof FORBIDDEN / sizeof *FORBIDDEN };

static void try_calls(struct found *f)
{
    for (size_t i = 0; i < FORBIDDEN_COUNT; i++) {
        errno = 0;
        if (FORBIDDEN[i].abi == 0)
            f->error[i] = FORBIDDEN[i].act() < 0 ? errno : 0;
    }
}

static void try_all(struct found *f)
{
    try_calls(f);
    for (size_t i = 0; i < FORBIDDEN_COUNT; i++) {
        errno = 0;
        if (FORBIDDEN[i].abi)
            f->error[i] = FORBIDDEN[i].act() < 0 ? errno : 0;
    }
}

static bool is_refusal(int error)
{
    return error == EPERM || error == EACCES || error == EXDEV;
}

static void what_is_forbidden_is_refused(void **state)
{
    struct found *freely = found_new(), *locked = found_new();
    int refused = 0, asked = 0, alike = 0;
    (void)state;
    run_child(locked, true, try_all);
    run_child(freely, false, try_calls); /* files are left as they are */
    if (!locked->state.calls)
        skip();
    for (size_t i = 0; i < FORBIDDEN_COUNT; i++) {
        const struct forbidden *one = &FORBIDDEN[i];
        if (one->abi > locked->state.files || (one->watched && sandbox_is_watched())) {
            printf("# not refused here: %s (Landlock %d)\n", one->name, (int)locked->state.files);
            continue;
        }
        asked++;
        refused += is_refusal(locked->error[i]);
        alike += one->abi == 0 && freely->error[i] == EPERM;
        if (!is_refusal(locked->error[i]))
            print_error("%s: %s\n", one->name, strerror(locked->error[i]));
    }
    printf("# %d of %d refused; %d of them to free processes of this user, too\n", refused, asked,
           alike);
    assert_int_equal(refused, asked);
    assert_true(asked >= 30);
}

/* ---- what must go ---- */

static void *thread_run(void *context)
{
    *(bool *)context = true;
    return NULL;
}

static bool can_start_threads(void)
{
    pthread_t thread;
    bool ran = false;
    return pthread_create(&thread, NULL, thread_run, &ran) == 0 &&
           pthread_join(thread, NULL) == 0 && ran;
}

static bool can_keep_files(void)
{
    int fd = open(at("data/a"), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    bool good = fd >= 0 && write(fd, "abc", 3) == 3 && ftruncate(fd, 1) == 0 && fsync(fd) == 0 &&
                mkdir(at("data/sub"), 0700) == 0;
    close(fd);
    return good && link(at("data/a"), at("data/sub/b")) == 0 &&
           rename(at("data/a"), at("data/sub/c")) == 0 && unlink(at("data/sub/b")) == 0 &&
           unlink(at("data/sub/c")) == 0 && rmdir(at("data/sub")) == 0;
}

static bool can_keep_nameless_files(void)
{
    int fd = open(at("data"), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    bool good = (fd >= 0 && write(fd, "abc", 3) == 3) || errno == EOPNOTSUPP;
    close(fd);
    return good;
}

static bool can_find_hosts(void)
{
    struct addrinfo *list = NULL;
    int result = getaddrinfo("localhost", "25", NULL, &list);
    if (list)
        freeaddrinfo(list);
    return result == 0;
}

static bool can_call_out(void)
{
    struct sockaddr_storage to = { .ss_family = AF_INET };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool good =
        fd >= 0 && connect(fd, (struct sockaddr *)(void *)&to, 16) < 0 && !is_refusal(errno);
    close(fd);
    return good;
}

static bool can_raise_own_limits(void)
{
    struct rlimit limit;
    return getrlimit(RLIMIT_NOFILE, &limit) == 0 && setrlimit(RLIMIT_NOFILE, &limit) == 0;
}

static bool can_end_itself(void)
{
    return kill(getpid(), 0) == 0 && raise(0) == 0;
}

static const struct needed {
    const char *name;
    bool (*can)(void);
} NEEDED[] = {
    { "threads", can_start_threads },
    { "files of its own", can_keep_files },
    { "files without a name", can_keep_nameless_files },
    { "names of hosts", can_find_hosts },
    { "calling out", can_call_out },
    { "its own limits", can_raise_own_limits },
    { "signals to itself", can_end_itself },
};

static void try_needed(struct found *f)
{
    for (size_t i = 0; i < sizeof NEEDED / sizeof *NEEDED; i++)
        f->good[i] = NEEDED[i].can();
}

static void what_is_needed_goes(void **state)
{
    struct found *f = found_new();
    size_t bad = 0;
    (void)state;
    run_child(f, true, try_needed);
    for (size_t i = 0; i < sizeof NEEDED / sizeof *NEEDED; i++)
        if (!f->good[i]) {
            bad++;
            print_error("refused although needed: %s\n", NEEDED[i].name);
        }
    assert_int_equal(bad, 0);
}

static void a_kernel_says_what_it_has(void **state)
{
    struct found *f = found_new();
    (void)state;
    run_child(f, true, try_needed);
    if (f->state.files == 0 || !f->state.calls) {
        printf("# this kernel: seccomp %s, Landlock ABI %d\n", f->state.calls ? "on" : "missing",
               (int)f->state.files);
        skip();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_forbidden_is_refused, folders_make, folders_remove),
        cmocka_unit_test_setup_teardown(what_is_needed_goes, folders_make, folders_remove),
        cmocka_unit_test_setup_teardown(a_kernel_says_what_it_has, folders_make, folders_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
