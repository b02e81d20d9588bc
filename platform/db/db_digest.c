/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SHA-256 for this folder, which stands below every part that has one: of migrations (db_migrate.c)
 * and of rows on their way (db_move.c). */
#include <sodium.h>

#include "platform/db/db_engine.h"

void db_digest(str text, unsigned char out[DB_DIGEST_SIZE])
{
    _Static_assert(DB_DIGEST_SIZE == crypto_hash_sha256_BYTES, "a digest of SHA-256");
    crypto_hash_sha256(out, (const unsigned char *)(text.ptr ? text.ptr : ""), text.len);
}
