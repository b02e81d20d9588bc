/* SPDX-License-Identifier: MulanPSL-2.0 */
/* An OLE container ([MS-CFB]): the streams of one file, as Office wrote them from 1997 to 2003. The
 * whole file is held in memory, and every place in it is looked up with its bounds: a stranger made
 * it. For platform/files only. */
#ifndef HT_FILES_OLE_H
#define HT_FILES_OLE_H
#include "platform/base/arena.h"
#include "platform/base/err.h"
#include "platform/base/types.h"

struct ole;

/* Reads an open file of at most so many bytes. Errors: INVALID files.broken, files.too_big. */
err ole_open(struct arena *mem, int fd, i64 most, struct ole **out);

/* The bytes of a stream by its name (ASCII; case as written). Errors: NOT_FOUND files.broken: there
 * is none; INVALID files.broken. */
err ole_read(struct ole *ole, const char *name, bytes *out);

/* Numbers of a text of bytes, the smallest byte first; 0 beyond its end. */
uint32_t ole_u16(bytes b, size_t at);
uint32_t ole_u32(bytes b, size_t at);
#endif
