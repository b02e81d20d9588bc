/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The secret file: 32 random bytes from which every key of the house is derived. Whether they are
 * the right ones for a database: platform/access/secret_mark.h. */
#ifndef HT_SERVER_SECRET_H
#define HT_SERVER_SECRET_H
#include "platform/app.h"

enum { SECRET_SIZE = 32 };

/* Reads the secret. Errors: NOT_FOUND start.secret_lost when there is no such file; INVALID
 * start.secret (file, reason) when it cannot be read or has not exactly 32 bytes. */
err secret_read(struct arena *mem, str path, bytes *out);

/* Makes a new secret: whole and on disk under its name, or not there at all. Another process that
 * was first wins, then its bytes are given. Errors: INVALID start.secret. */
err secret_make(struct arena *mem, str path, bytes *out);
#endif
