/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The worker locks itself in before it hears its first request (quality O2): system calls that it
 * never needs are refused by seccomp, files outside of its own folders by Landlock. Whoever takes
 * over the process gains no shell, no other file and no other process. The supervisor, which has to
 * start workers, and the short commands are not locked in. */
#ifndef HT_SERVER_SANDBOX_H
#define HT_SERVER_SANDBOX_H
#include "platform/base/arena.h"

/* How far it went. */
struct sandbox_state {
    bool calls; /* seccomp is in force */
    i64 files;  /* ABI of Landlock in force; 0 = none */
};

/* Folders and files, by path; those that do not exist are passed over. What the program itself
 * reads (libraries, fonts, time zones, certificates, names of hosts) need not be named. */
struct sandbox_paths {
    strs writable; /* folders in which files are made, changed and removed */
    strs readable;
};

/* Locks the calling process in, for good. To be called while it has one thread. Gives what is in
 * force: a kernel without one of the two leaves that part out. */
struct sandbox_state sandbox_enter(struct arena *mem, const struct sandbox_paths *paths);

/* The two parts; for sandbox_enter and its tests. Give whether the part (which ABI of it) is in
 * force. */
bool sandbox_calls(void);
i64 sandbox_files(struct arena *mem, const struct sandbox_paths *paths);

/* Locks a process in that takes a stranger's list apart (platform/files/sheet_process.h): it has
 * what it has open, memory and its end; it opens no file, no socket, starts nothing, signals
 * nobody. Gives whether that is in force. */
bool sandbox_reader(void);

/* Whether this build is watched by a sanitizer that stops its threads at the end; it keeps ptrace
 * and the start of processes. */
bool sandbox_is_watched(void);
#endif
