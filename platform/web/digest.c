/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Digests by libsodium; the only file of this folder that includes it. No algorithm of our own. */
#include "platform/web/digest.h"

#include <assert.h>
#include <sodium.h>

#include "platform/base/str.h"

static_assert(sizeof(crypto_hash_sha256_state) <= DIGEST_STATE, "state must fit");
static_assert(crypto_hash_sha256_BYTES == DIGEST_SIZE, "SHA-256 has 32 bytes");

static crypto_hash_sha256_state *state_of(struct digest *d)
{
    return (crypto_hash_sha256_state *)(void *)d->state;
}

void digest_start(struct digest *d)
{
    crypto_hash_sha256_init(state_of(d));
}

void digest_add(struct digest *d, bytes data)
{
    crypto_hash_sha256_update(state_of(d), data.ptr, data.len);
}

void digest_end(struct digest *d, unsigned char out[DIGEST_SIZE])
{
    crypto_hash_sha256_final(state_of(d), out);
}

str digest_hex(struct arena *mem, str text)
{
    unsigned char out[DIGEST_SIZE];
    crypto_hash_sha256(out, (const unsigned char *)text.ptr, text.len);
    return str_hex(mem, (bytes){ out, sizeof out });
}

str digest_sign(struct arena *mem, const unsigned char key[DIGEST_SIZE], str text)
{
    unsigned char out[16];
    int failed = crypto_generichash(out, sizeof out, (const unsigned char *)text.ptr, text.len, key,
                                    DIGEST_SIZE);
    assert(!failed);
    (void)failed;
    return str_hex(mem, (bytes){ out, sizeof out });
}

uint64_t digest_short(bytes data)
{
    unsigned char out[16];
    uint64_t number;
    crypto_generichash(out, sizeof out, data.ptr, data.len, NULL, 0);
    memcpy(&number, out, sizeof number);
    return number;
}

void digest_derive(bytes secret, str purpose, unsigned char out[DIGEST_SIZE])
{
    assert(secret.len <= crypto_generichash_KEYBYTES_MAX && purpose.len > 0);
    crypto_generichash(out, DIGEST_SIZE, (const unsigned char *)purpose.ptr, purpose.len,
                       secret.ptr, secret.len);
}

bool digest_is_same(str a, str b)
{
    return a.len == b.len && sodium_memcmp(a.ptr, b.ptr, a.len) == 0;
}
