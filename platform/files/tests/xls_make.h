/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Makes old workbooks for tests and fuzz targets: records one behind the other, and the container
 * around them. */
#ifndef HT_FILES_TESTS_XLS_MAKE_H
#define HT_FILES_TESTS_XLS_MAKE_H
#include "platform/base/arena.h"
#include "platform/base/buf.h"

/* A record of so many bytes. */
void xls_record(struct buf *to, unsigned number, const void *data, size_t size);

/* A container with one stream of that name; below 4,096 bytes it lies in small sectors, as Office
 * has it. */
str ole_make(struct arena *mem, const char *name, str stream);
#endif
