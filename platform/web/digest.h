/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Digests that the web layer needs: SHA-256 of uploads, keyed tokens, keys derived from the
 * house's secret. Chained audit digests are in platform/audit, passwords in platform/access. */
#ifndef HT_WEB_DIGEST_H
#define HT_WEB_DIGEST_H
#include "platform/base/arena.h"
#include "platform/base/types.h"

enum { DIGEST_SIZE = 32, DIGEST_STATE = 512 };

/* A running SHA-256. Fill with digest_start, then digest_add any number of times, then
 * digest_end once. */
struct digest {
    _Alignas(16) unsigned char state[DIGEST_STATE];
};
void digest_start(struct digest *d);
void digest_add(struct digest *d, bytes data);
void digest_end(struct digest *d, unsigned char out[DIGEST_SIZE]);

/* SHA-256 of a text as 64 hexadecimal digits in mem. */
str digest_hex(struct arena *mem, str text);

/* Keyed BLAKE2b of a text as 32 hexadecimal digits in mem: unforgeable without the key. */
str digest_sign(struct arena *mem, const unsigned char key[DIGEST_SIZE], str text);

/* BLAKE2b-64 of bytes, unkeyed: ETag of a page, key of a table. */
uint64_t digest_short(bytes data);

/* A key of 32 bytes for a purpose, from a secret of any length up to 64 bytes. */
void digest_derive(bytes secret, str purpose, unsigned char out[DIGEST_SIZE]);

/* Equality in time that depends on the lengths only. */
bool digest_is_same(str a, str b);
#endif
