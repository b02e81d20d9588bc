/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Digits of a receipt and what is kept of them. There is no way from a letter to its digits: they
 * come from the form that was sent (anonymous_secret), not from the letter. */
#include "modules/mailbox/letter_rules.h"

#include "platform/app.h"
#include "platform/web/digest.h"

/* Each guess of who has stolen database and secret costs so many digests: README, "Receipt". */
enum { ROUNDS = 20000 };

str letter_receipt_digits(struct arena *mem, const unsigned char random[32])
{
    char *digits = arena_zero(mem, RECEIPT_DIGITS + 1);
    unsigned char rest[32];
    memcpy(rest, random, sizeof rest);
    for (int i = RECEIPT_DIGITS - 1; i >= 0; i--) { /* the number modulo ten, and the rest of it */
        unsigned carry = 0;
        for (size_t b = 0; b < sizeof rest; b++) {
            unsigned value = carry << 8 | rest[b];
            rest[b] = (unsigned char)(value / 10);
            carry = value % 10;
        }
        digits[i] = (char)('0' + carry);
    }
    return (str){ digits, RECEIPT_DIGITS };
}

str letter_receipt_hash(struct rq *rq, str digits)
{
    unsigned char key[DIGEST_SIZE];
    char state[2 * DIGEST_SIZE];
    str text = digits;
    app_key(rq->app, "letters.receipts", key);
    struct arena *scratch = arena_new(4 << 20, 0);
    for (int i = 0; i < ROUNDS; i++) {
        str hex = digest_sign(scratch, key, text);
        memcpy(state, hex.ptr, hex.len);
        text = (str){ state, hex.len };
    }
    str out = arena_str(rq->mem, text);
    arena_free(scratch);
    return out;
}

/* ---- what proves it ---- */

str letter_digest(struct arena *mem, const struct letter *l, str digits)
{
    const str parts[] = { digits, l->body, l->place, l->point };
    return attestation_digest(mem, parts, sizeof parts / sizeof *parts);
}

err letter_attested(struct rq *rq, const struct letter *l, str digits, struct attestation *out)
{
    TRY(attestation_find(rq, "letters", l->id, out));
    out->text_now = letter_digest(rq->mem, l, digits);
    return OK;
}
