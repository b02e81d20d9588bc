/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Writing, reading and proving stamps (stamp.h). */
#include "platform/web/stamp.h"

#include <assert.h>

#include "platform/base/str.h"

enum { SIGNATURE = 32, BLOCK = STAMP_NONCE + 8 };

static str signature_of(struct arena *mem, const struct stamp_scope *scope, str head)
{
    str text = arena_printf(mem, "stamp\n%lld\n%s\n%.*s", (long long)scope->org_id, scope->form,
                            (int)head.len, head.ptr);
    return digest_sign(mem, scope->key, text);
}

str stamp_write(struct arena *mem, const struct stamp_scope *scope, const struct stamp *stamp)
{
    assert(stamp->bits >= STAMP_BITS_MIN && stamp->bits <= STAMP_BITS_MAX);
    assert(stamp->nonce.len == STAMP_NONCE);
    str head = arena_printf(mem, "%lld-%lld-%.*s", (long long)stamp->bits,
                            (long long)stamp->issued_at, STAMP_NONCE, stamp->nonce.ptr);
    str signature = signature_of(mem, scope, head);
    return arena_printf(mem, "%.*s-%.*s", (int)head.len, head.ptr, SIGNATURE, signature.ptr);
}

err stamp_read(struct arena *mem, const struct stamp_scope *scope, i64 now_ms, str text,
               struct stamp *out)
{
    const err bad = err_make(ERR_INVALID, "web.stamp_bad");
    enum { REST = STAMP_NONCE + SIGNATURE + 2, SHORTEST = REST + 3, LONGEST = REST + 40 };
    str bits, issued;
    if (text.len < SHORTEST || text.len > LONGEST)
        return bad;
    str head = str_sub(text, 0, text.len - SIGNATURE - 1);
    str signature = str_sub(text, text.len - SIGNATURE, SIGNATURE);
    if (text.ptr[head.len] != '-' || !digest_is_same(signature_of(mem, scope, head), signature))
        return bad;
    str rest = head; /* from here on it is what this house wrote */
    bool whole = str_split(&rest, '-', &bits) && str_split(&rest, '-', &issued) &&
                 str_to_i64(bits, &out->bits) && str_to_i64(issued, &out->issued_at);
    if (!whole || rest.len != STAMP_NONCE || out->bits < STAMP_BITS_MIN ||
        out->bits > STAMP_BITS_MAX)
        return bad;
    out->nonce = rest;
    i64 age = now_ms - out->issued_at;
    return age > STAMP_LIFE_MS || age < -STAMP_SKEW_MS ? err_make(ERR_INVALID, "web.stamp_old")
                                                       : OK;
}

static int hex_of(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Puts four bytes from eight digits; false if one is none. */
static bool number_put(const char *digits, unsigned char *to)
{
    for (int i = 0; i < 4; i++) {
        int high = hex_of(digits[2 * i]), low = hex_of(digits[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        to[i] = (unsigned char)(high * 16 + low);
    }
    return true;
}

static bool begins_with_zeros(const unsigned char *digest, i64 bits)
{
    i64 whole = bits / 8, rest = bits % 8;
    for (i64 i = 0; i < whole; i++)
        if (digest[i])
            return false;
    return rest == 0 || digest[whole] >> (8 - rest) == 0;
}

bool stamp_is_solved(const struct stamp *stamp, str proof)
{
    unsigned char block[BLOCK], out[DIGEST_SIZE];
    assert(stamp->nonce.len == STAMP_NONCE);
    if (proof.len != STAMP_PROOF)
        return false;
    memcpy(block, stamp->nonce.ptr, STAMP_NONCE);
    for (size_t piece = 0; piece < STAMP_PIECES; piece++) {
        struct digest digest;
        memset(block + STAMP_NONCE, 0, 4);
        block[STAMP_NONCE + 3] = (unsigned char)piece;
        if (!number_put(proof.ptr + piece * 8, block + STAMP_NONCE + 4))
            return false;
        digest_start(&digest);
        digest_add(&digest, (bytes){ block, sizeof block });
        digest_end(&digest, out);
        if (!begins_with_zeros(out, stamp->bits))
            return false;
    }
    return true;
}
