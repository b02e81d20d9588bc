/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Base64 (RFC 4648 section 4, with padding): mail, files of cases. */
#ifndef HT_BASE_BASE64_H
#define HT_BASE_BASE64_H
#include "platform/base/arena.h"
#include "platform/base/buf.h"

/* Writes bytes as text: four characters for each three, the last filled up with '='. */
void base64_put(struct buf *b, bytes data);

/* Reads a whole text into mem; false: it is no base64. */
bool base64_read(struct arena *mem, str text, bytes *out);
#endif
