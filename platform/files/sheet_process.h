/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Lists that strangers sent are taken apart in a process of their own, so that a file that breaks a
 * library breaks only that process: no files, no sockets, little memory, little time (quality U2).
 * A small helper is made before the house opens anything; for each list it makes a child, which
 * gets the file and a pipe and nothing else. Without a helper (tests, tools) sheet_read takes the
 * list apart itself. */
#ifndef HT_FILES_SHEET_PROCESS_H
#define HT_FILES_SHEET_PROCESS_H
#include "platform/files/sheet_read.h"

/* How the children work. parse: NULL = sheet_parse; tests have others. lock: called in the child
 * before it looks at the file, gives up all rights that reading does not need and says whether it
 * could; NULL = limits only. memory_bytes, cpu_s: 0 = 192 MiB, 20 s. */
struct sheet_process {
    err (*parse)(struct arena *mem, const struct sheet_input *in,
                 const struct sheet_reader *reader);
    bool (*lock)(void);
    i64 memory_bytes, cpu_s;
};

/* Makes the helper, for the life of this process. To be called while the process has one thread and
 * before it reads secrets or opens the database: children have what it has then. A sanitized build
 * sets no limit of memory. Errors: BUSY files.reader_gone. */
err sheet_process_start(const struct sheet_process *how);

/* Ends it; sheet_read works in this process again. For tests. */
void sheet_process_stop(void);

/* Whether there is one. */
bool sheet_process_is_on(void);

/* sheet_parse in a child: the same rows, the same errors. What the child says is judged like what a
 * stranger sends: limits and UTF-8 are looked at again. Besides: INVALID files.reader_died (it
 * crashed, was ended by a limit, or said nothing for 30 s); BUSY files.reader_gone. */
err sheet_process_read(struct arena *mem, const struct sheet_input *in,
                       const struct sheet_reader *reader);
#endif
