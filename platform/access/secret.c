/* SPDX-License-Identifier: MulanPSL-2.0 */
/* libsodium behind the house's types. A sealed field is: version byte 1, nonce of 24 bytes,
 * ciphertext with its tag. Which text is sealed where is the callers' business. */
#include "platform/access/secret.h"

#include <assert.h>
#include <sodium.h>

#include "platform/base/str.h"

enum {
    NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES
};
enum { KEY = 32, SEAL_VERSION = 1, MEMORY = 64 << 20, PASSES = 2 };

/* A hash that no password fits, so that an unknown name costs the same time as a known one. */
static const char NO_HASH[] = "$argon2id$v=19$m=65536,t=2,p=1$aHVvdGFuZ2h1b3Rhbmc$"
                              "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

static void sodium_ready(void)
{
    int state = sodium_init(); /* 1 = was ready before; it may be called from any thread */
    assert(state >= 0);
    (void)state;
}

bytes field_seal(const struct app *app, struct rng *rng, struct arena *mem, const char *purpose,
                 str text)
{
    unsigned char key[KEY];
    if (text.len == 0)
        return (bytes){ 0 };
    sodium_ready();
    app_key(app, "fields", key);
    unsigned char *out = arena_zero(mem, 1 + NONCE + text.len + TAG);
    out[0] = SEAL_VERSION;
    rng->fill(rng, out + 1, NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out + 1 + NONCE, NULL,
                                               (const unsigned char *)text.ptr, text.len,
                                               (const unsigned char *)purpose, strlen(purpose),
                                               NULL, out + 1, key);
    sodium_memzero(key, sizeof key);
    return (bytes){ out, 1 + NONCE + text.len + TAG };
}

err field_open(const struct app *app, struct arena *mem, const char *purpose, bytes sealed,
               str *out)
{
    unsigned char key[KEY];
    *out = (str){ "", 0 };
    if (sealed.len == 0)
        return OK;
    if (sealed.len <= 1 + NONCE + TAG || sealed.ptr[0] != SEAL_VERSION)
        return err_make(ERR_INTERNAL, "access.field_broken");
    sodium_ready();
    app_key(app, "fields", key);
    size_t size = sealed.len - 1 - NONCE - TAG;
    char *text = arena_zero(mem, size + 1);
    int state = crypto_aead_xchacha20poly1305_ietf_decrypt((unsigned char *)text, NULL, NULL,
                                                           sealed.ptr + 1 + NONCE, size + TAG,
                                                           (const unsigned char *)purpose,
                                                           strlen(purpose), sealed.ptr + 1, key);
    sodium_memzero(key, sizeof key);
    if (state != 0)
        return err_make(ERR_INTERNAL, "access.field_broken");
    *out = (str){ text, size };
    return OK;
}

str field_index(const struct app *app, struct arena *mem, const char *purpose, str text)
{
    unsigned char key[KEY], digest[16];
    crypto_generichash_state state;
    if (text.len == 0)
        return (str){ "", 0 };
    sodium_ready();
    app_key(app, "field_index", key);
    crypto_generichash_init(&state, key, sizeof key, sizeof digest);
    crypto_generichash_update(&state, (const unsigned char *)purpose, strlen(purpose) + 1);
    crypto_generichash_update(&state, (const unsigned char *)text.ptr, text.len);
    crypto_generichash_final(&state, digest, sizeof digest);
    sodium_memzero(key, sizeof key);
    return str_hex(mem, (bytes){ digest, sizeof digest });
}

str secret_token(struct rng *rng, struct arena *mem)
{
    enum { LENGTH = 44 }; /* with the closing NUL */
    unsigned char random[32];
    char *out = arena_zero(mem, LENGTH);
    sodium_ready();
    rng->fill(rng, random, sizeof random);
    sodium_bin2base64(out, LENGTH, random, sizeof random, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(random, sizeof random);
    return (str){ out, LENGTH - 1 };
}

str secret_code(struct rng *rng, struct arena *mem, int groups)
{
    static const char LETTERS[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"; /* 32: no I, O, 0, 1 */
    assert(groups > 0 && groups < 20);
    size_t length = (size_t)groups * 5 - 1;
    char *out = arena_zero(mem, length + 1);
    for (size_t i = 0; i < length; i++) {
        unsigned char random = 0;
        rng->fill(rng, &random, 1);
        out[i] = i % 5 == 4 ? '-' : LETTERS[random & 31];
    }
    return (str){ out, length };
}

str secret_hash(struct arena *mem, str token)
{
    unsigned char digest[32];
    sodium_ready();
    crypto_generichash(digest, sizeof digest, (const unsigned char *)token.ptr, token.len, NULL, 0);
    return str_hex(mem, (bytes){ digest, sizeof digest });
}

bool secret_eq(str a, str b)
{
    return a.len == b.len && sodium_memcmp(a.ptr, b.ptr, a.len) == 0;
}

void secret_wipe(void *ptr, size_t size)
{
    sodium_memzero(ptr, size);
}

err password_hash(struct arena *mem, str password, str *out)
{
    char *text = arena_zero(mem, crypto_pwhash_argon2id_STRBYTES);
    sodium_ready();
    if (crypto_pwhash_argon2id_str(text, password.ptr, password.len, PASSES, MEMORY) != 0)
        return err_make(ERR_BUSY, "access.memory");
    *out = str_of(text);
    return OK;
}

bool password_verify(struct arena *mem, str hash, str password)
{
    const char *text = hash.len ? arena_cstr(mem, hash) : NO_HASH;
    sodium_ready();
    return crypto_pwhash_argon2id_str_verify(text, password.ptr, password.len) == 0 && hash.len > 0;
}
