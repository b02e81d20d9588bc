/* SPDX-License-Identifier: MulanPSL-2.0 */
/* liboath behind the house's types, and base32. Who calls when, and how often: signin.c. */
#include "platform/access/totp.h"

#include <assert.h>
#include <liboath/oath.h>

#include "platform/access/secret.h"
#include "platform/base/buf.h"
#include "platform/base/str.h"

static const char BASE32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

str totp_secret(struct rng *rng, struct arena *mem)
{
    assert(rng && rng->fill);
    unsigned char random[TOTP_SECRET_BYTES];
    size_t length = TOTP_SECRET_BYTES * 8 / 5;
    char *out = arena_zero(mem, length + 1);
    rng->fill(rng, random, sizeof random);
    for (size_t i = 0; i < length; i++) {
        size_t bit = i * 5, byte = bit / 8;
        /* cppcheck-suppress arrayIndexOutOfBounds ; the condition says so */
        unsigned next = byte + 1 < sizeof random ? random[byte + 1] : 0;
        unsigned window = (unsigned)random[byte] << 8 | next;
        out[i] = BASE32[window >> (11 - bit % 8) & 31];
    }
    secret_wipe(random, sizeof random);
    return (str){ out, length };
}

/* The 20 bytes of a base32 secret; false if it is not one of ours. */
static bool secret_bytes(str secret, unsigned char out[TOTP_SECRET_BYTES])
{
    unsigned window = 0;
    int bits = 0;
    size_t count = 0;
    if (secret.len != TOTP_SECRET_BYTES * 8 / 5)
        return false;
    for (size_t i = 0; i < secret.len; i++) {
        const char *at = memchr(BASE32, secret.ptr[i], 32);
        if (!at)
            return false;
        window = window << 5 | (unsigned)(at - BASE32);
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            out[count++] = (unsigned char)(window >> bits);
        }
    }
    return true;
}

bool totp_code(str secret, i64 step, char out[7])
{
    unsigned char key[TOTP_SECRET_BYTES];
    if (step < 0 || !secret_bytes(secret, key))
        return false;
    int state = oath_hotp_generate((const char *)key, sizeof key, (uint64_t)step, 6, false,
                                   OATH_HOTP_DYNAMIC_TRUNCATION, out);
    secret_wipe(key, sizeof key);
    return state == OATH_OK;
}

i64 totp_match(str secret, str code, i64 now_ms, i64 last_step)
{
    i64 found = 0, now = now_ms / TOTP_STEP_MS;
    for (i64 step = now - 1; step <= now + 1; step++) {
        char right[7] = "";
        if (totp_code(secret, step, right) && secret_eq(str_of(right), code) && step > last_step &&
            !found)
            found = step;
        secret_wipe(right, sizeof right);
    }
    return found;
}

static void put_encoded(struct buf *out, str s)
{
    static const char HEX[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
            strchr("-._~", c)) {
            buf_put_byte(out, (char)c);
        } else {
            buf_put_byte(out, '%');
            buf_put_byte(out, HEX[c >> 4]);
            buf_put_byte(out, HEX[c & 15]);
        }
    }
}

str totp_uri(struct arena *mem, str issuer, str name, str secret)
{
    struct buf *out = buf_new(mem, 2000);
    buf_put(out, "otpauth://totp/");
    put_encoded(out, issuer);
    buf_put_byte(out, ':');
    put_encoded(out, name);
    buf_put(out, "?secret=");
    buf_add(out, secret);
    buf_put(out, "&issuer=");
    put_encoded(out, issuer);
    return buf_str(out);
}
