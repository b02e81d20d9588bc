/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A quick hash of text for tables in memory. Nothing is kept by it, and it withstands nobody who
 * chooses his texts: digests are libsodium's. */
#ifndef HT_BASE_HASH_H
#define HT_BASE_HASH_H
#include "platform/base/types.h"

/* Of all bytes and the length, eight bytes at a step: a page asks for hundreds of names. The same
 * in one process only: it reads bytes in the machine's order. */
uint64_t hash_text(str text);
#endif
