/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Long work of the operator beside a serving house, such as a backup: while others use the machine
 * it works a thirtieth of the time, so that nobody waits for it (quality D6); alone it works at
 * full speed. */
#pragma once
#include "platform/base/types.h"

/* From here on the process is gentle, until it ends: lowest priority, and rests inside whatever it
 * computes (SIGPROF; calls that it interrupts go on by themselves). Without /proc it does not rest.
 */
void gentle_begin(void);

/* What all processors did up to a moment, from the first line of /proc/stat, in ticks; what this
 * process did and the wall clock, in microseconds. */
struct gentle_moment {
    i64 busy_ticks, own_us, wall_us;
};

/* Busy ticks of "cpu  user nice system idle iowait irq softirq …"; -1 = not such a line. */
i64 gentle_busy_ticks(const char *line);

/* Whether others used more than a tenth of one processor between two moments; ticks_per_s: of
 * busy_ticks. */
bool gentle_others_work(const struct gentle_moment *from, const struct gentle_moment *to,
                        i64 ticks_per_s);
