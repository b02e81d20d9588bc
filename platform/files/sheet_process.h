/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Lists and photos that strangers sent are taken apart in a process of their own, so that a file
 * that breaks a library breaks only that process: no files, no sockets, little memory, little time
 * (quality U2, U5, U7). A small helper is made before the house opens anything; for each file it
 * makes a child, which gets the file and a pipe and nothing else. Without a helper (tests, tools)
 * sheet_read takes a list apart itself, and an office file is cleaned there; a photo is not taken.
 */
#ifndef HT_FILES_SHEET_PROCESS_H
#define HT_FILES_SHEET_PROCESS_H
#include "platform/files/sheet_read.h"

/* How the children work. parse: NULL = sheet_parse; tests have others. lock: called in the child
 * before it looks at the file, gives up all rights that reading does not need and says whether it
 * could; NULL = limits only. memory_bytes, cpu_s, wall_s: 0 = 192 MiB, 20 s of processor
 * time, 40 s by the clock (for a photo 256 MiB, 10 s, 20 s); children: 0 = 32 at once. argv: the
 * helper is this program executed again with these words and an empty environment, its main calls
 * sheet_process_serve; NULL = a copy of this process, with all that is in its memory. */
struct sheet_process {
    err (*parse)(struct arena *mem, const struct sheet_input *in,
                 const struct sheet_reader *reader);
    bool (*lock)(void);
    i64 memory_bytes, cpu_s, wall_s, children;
    char *const *argv;
};

/* Makes the helper, for the life of this process, and waits until it is ready. To be called while
 * the process has one thread. With argv neither the helper nor a child has anything of this process
 * but standard error (the child not even that): no configuration, no environment, another layout of
 * memory. All children are copies of one helper, so they share its layout among themselves. Without
 * argv they have what this process then has. A sanitized build sets no limit of memory. Errors:
 * BUSY files.reader_gone. */
err sheet_process_start(const struct sheet_process *how);

/* The helper's whole life, in the program that sheet_process_start executed: how it was told there,
 * without argv. */
_Noreturn void sheet_process_serve(const struct sheet_process *how);

/* Ends it; sheet_read works in this process again. For tests. */
void sheet_process_stop(void);

/* Whether there is one. */
bool sheet_process_is_on(void);

/* Whether there was one that has ended by itself: from now on lists are BUSY files.reader_gone. */
bool sheet_process_is_lost(void);

/* sheet_parse (of a photo: photo_parse) in a child: the same rows, the same errors. What the child
 * says is judged like what a stranger sends: limits and UTF-8 are looked at again. The row
 * function's time counts as the child's: it should only put rows aside (sheet_spool). Besides:
 * INVALID files.reader_died (it crashed, was ended by a limit, or was not done after wall_s); BUSY
 * files.reader_gone (no helper, or it can make no child). */
err sheet_process_read(struct arena *mem, const struct sheet_input *in,
                       const struct sheet_reader *reader);
#endif
