/* SPDX-License-Identifier: MulanPSL-2.0 */
/* One file that holds many, by libarchive, as a stream at constant memory: compressed (tar + zstd),
 * written and read, for backups, whose order is server/backup.c's business; and .zip, which any
 * computer opens, written only, for papers that people take along. */
#ifndef HT_FILES_PACK_H
#define HT_FILES_PACK_H
#include "platform/base/arena.h"
#include "platform/base/err.h"
#include "platform/base/str.h"

struct pack; /* being written */

/* Begins PATH.part, mode 0600, freed with mem. Errors: BUSY files.disk. */
err pack_create(struct arena *mem, str path, struct pack **out);

/* Adds an open file from its begin under a name. *sha256: digest of what was written, in mem.
 * Errors: BUSY files.disk; INTERNAL files.pack_changed (its size changed meanwhile). */
err pack_add(struct pack *pack, struct arena *mem, str name, int fd, str *sha256);

/* Completes the file, forces it to disk and gives it its name. Errors: BUSY files.disk. */
err pack_finish(struct pack *pack);

/* Removes what was begun; nothing after pack_finish. */
void pack_drop(struct pack *pack);

struct bundle; /* a .zip being written */

/* Begins one on a descriptor, which stays the caller's. made_ms: the time of all that is in it.
 * Errors: BUSY files.disk. */
err bundle_begin(struct arena *mem, int fd, i64 made_ms, struct bundle **out);

/* Adds bytes under a name (UTF-8) as they are: papers are compressed already. Errors: BUSY
 * files.disk. */
err bundle_add(struct bundle *bundle, struct arena *mem, str name, bytes body);

/* Completes the file; one that is not completed is dropped with its memory. Errors: BUSY
 * files.disk. */
err bundle_end(struct bundle *bundle);

struct unpack; /* being read */

/* An entry: a regular file unless is_file is false. name: as written in the file, so judge it;
 * empty behind the last one. Valid until the next call. */
struct unpack_entry {
    str name;
    i64 size;
    bool is_file;
};

/* Opens a packed file, freed with mem. Errors: NOT_FOUND files.pack_missing; INVALID
 * files.pack_broken.
 */
err unpack_open(struct arena *mem, str path, struct unpack **out);

/* Goes to the next entry. Errors: INVALID files.pack_broken (torn, changed, or no packed file). */
err unpack_next(struct unpack *unpack, struct unpack_entry *out);

/* Reads on in the entry; *got = 0 at its end. Errors: INVALID files.pack_broken. */
err unpack_read(struct unpack *unpack, char *space, size_t size, size_t *got);
#endif
