/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The two digests a chain may use: SM3 (GB/T 32905) and SHA-256, by OpenSSL. The algorithm's name
 * stands in every entry, so that a chain may change it. What is digested: audit.c. */
#ifndef HT_AUDIT_DIGEST_H
#define HT_AUDIT_DIGEST_H
#include "platform/base/arena.h"
#include "platform/base/err.h"

/* Hex digest of a followed by b. algorithm: "sm3" or "sha256". Errors: INTERNAL audit.digest
 * (unknown name, or OpenSSL was built without it). */
err digest_chain(struct arena *mem, str algorithm, str a, str b, str *out);
#endif
