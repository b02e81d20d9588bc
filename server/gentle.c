/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Resting while others work (gentle.h). A clock of this process's own processor time interrupts it
 * every few milliseconds; what is called then is safe in a signal handler. */
#include "server/gentle.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

/* After FREE_US, which nobody notices: WORK_US of work, then RESTS times as long of rest. LOOK_US:
 * how often it looks at the others. */
enum {
    FREE_US = 150000,
    WORK_US = 5000,
    RESTS = 30,
    LOOK_US = 250000,
    LINE = 200,
    MILLION = 1000000
};

static struct {
    struct gentle_moment looked;
    i64 rested_us; /* own time at the last rest */
    i64 ticks_per_s;
    bool resting;
} gentle;

static i64 clock_us(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (i64)t.tv_sec * MILLION + t.tv_nsec / 1000;
}

i64 gentle_busy_ticks(const char *line)
{
    enum { IDLE = 3, IOWAIT = 4, FIELDS = 7 };
    i64 busy = 0;
    if (line[0] != 'c' || line[1] != 'p' || line[2] != 'u' || line[3] != ' ')
        return -1;
    line += 4;
    for (int i = 0; i < FIELDS; i++) {
        i64 ticks = 0;
        while (*line == ' ')
            line++;
        if (*line < '0' || *line > '9')
            return -1;
        for (; *line >= '0' && *line <= '9'; line++)
            ticks = ticks * 10 + (*line - '0');
        if (i != IDLE && i != IOWAIT)
            busy += ticks;
    }
    return busy;
}

bool gentle_others_work(const struct gentle_moment *from, const struct gentle_moment *to,
                        i64 ticks_per_s)
{
    i64 all_us = (to->busy_ticks - from->busy_ticks) * MILLION / ticks_per_s;
    i64 others_us = all_us - (to->own_us - from->own_us);
    return from->busy_ticks >= 0 && to->busy_ticks >= 0 &&
           others_us * 10 > to->wall_us - from->wall_us;
}

static struct gentle_moment moment_now(void)
{
    char line[LINE] = { 0 };
    int fd = open("/proc/stat", O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        if (read(fd, line, sizeof line - 1) < 0)
            line[0] = 0;
        close(fd);
    }
    return (struct gentle_moment){ gentle_busy_ticks(line), clock_us(CLOCK_PROCESS_CPUTIME_ID),
                                   clock_us(CLOCK_MONOTONIC) };
}

static void rest(int signal_number)
{
    int kept = errno;
    (void)signal_number;
    if (clock_us(CLOCK_MONOTONIC) - gentle.looked.wall_us >= LOOK_US) {
        struct gentle_moment now = moment_now();
        gentle.resting = gentle_others_work(&gentle.looked, &now, gentle.ticks_per_s);
        gentle.looked = now;
    }
    i64 own = clock_us(CLOCK_PROCESS_CPUTIME_ID), rest_us = (own - gentle.rested_us) * RESTS;
    gentle.rested_us = own;
    if (gentle.resting && own > FREE_US) {
        struct timespec t = { rest_us / MILLION, rest_us % MILLION * 1000 };
        nanosleep(&t, NULL);
    }
    errno = kept;
}

void gentle_begin(void)
{
    struct sigaction action = { .sa_handler = rest, .sa_flags = SA_RESTART };
    struct itimerval every = { { 0, WORK_US }, { 0, WORK_US } };
    setpriority(PRIO_PROCESS, 0, 19);
    gentle.ticks_per_s = sysconf(_SC_CLK_TCK);
    gentle.looked = moment_now();
    gentle.rested_us = gentle.looked.own_us;
    gentle.resting = true; /* until it has looked */
    if (gentle.looked.busy_ticks < 0 || sigaction(SIGPROF, &action, NULL) != 0)
        return;
    setitimer(ITIMER_PROF, &every, NULL);
}
