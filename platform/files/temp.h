/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A temporary file without a name: gone when it is closed, whatever happens to the process. */
#ifndef HT_FILES_TEMP_H
#define HT_FILES_TEMP_H
#include "platform/base/err.h"
#include "platform/base/str.h"

/* Opens one for reading and writing in $TMPDIR or /tmp; the caller closes it. Errors: BUSY
 * docs.disk. */
err temp_open(int *fd);

/* Writes all of text at the file's present place. Errors: BUSY docs.disk (no room). */
err temp_write(int fd, str text);

/* Closes it; what was in it is gone. */
void temp_close(int fd);
#endif
