/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Secrets: sealed personal fields, blind indexes, random tokens and their hashes, argon2id. All of
 * libsodium is behind this file; digests of the audit chain (SM3, SHA-256) are
 * platform/audit/digest.h. Rules for passwords: password.h. */
#ifndef HT_ACCESS_SECRET_H
#define HT_ACCESS_SECRET_H
#include "platform/app.h"
#include "platform/base/arena.h"
#include "platform/base/err.h"

/* Encrypts a personal field for storage in a @bytes column: XChaCha20-Poly1305 under app_key
 * "fields". purpose: table and column, "persons.phone"; it is authenticated, so a value moved to
 * another column does not open. rng gives the nonce. Empty text gives empty bytes. The same text
 * twice gives different bytes: look up by field_index. */
bytes field_seal(const struct app *app, struct rng *rng, struct arena *mem, const char *purpose,
                 str text);

/* Opens what field_seal made, into mem. Errors: INTERNAL access.field_broken (other key, other
 * purpose, damaged). */
err field_open(const struct app *app, struct arena *mem, const char *purpose, bytes sealed,
               str *out);

/* A keyed digest of a field for equality look-ups beside the sealed column, 32 hex digits; empty
 * for empty text. The caller folds the text first (trim, upper case). Without the key it cannot be
 * reversed by trying all numbers. */
str field_index(const struct app *app, struct arena *mem, const char *purpose, str text);

/* A fresh token of 256 random bits, 43 characters of base64url. */
str secret_token(struct rng *rng, struct arena *mem);

/* A fresh code of groups of four letters and digits without look-alikes, "K7QX-3MHA-…" (5 bits a
 * character). */
str secret_code(struct rng *rng, struct arena *mem, int groups);

/* What is stored of a token or code: hex BLAKE2b-256. Fast, so only for texts of 80 random bits and
 * more. */
str secret_hash(struct arena *mem, str token);

/* Equality in time that does not depend on where texts differ. */
bool secret_eq(str a, str b);

/* Overwrites memory so that the compiler cannot leave it out. */
void secret_wipe(void *ptr, size_t size);

/* argon2id in its own text form: 64 MiB, two passes, about 100 ms; slow lane only.
 * Errors: BUSY access.memory when the 64 MiB are not there. */
err password_hash(struct arena *mem, str password, str *out);

/* Whether the password belongs to the hash. An empty hash (no password, no such account) costs as
 * much time and is false. */
bool password_verify(struct arena *mem, str hash, str password);
#endif
