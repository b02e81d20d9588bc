/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The stamp of a form that anybody may send: what the house writes on the empty form, and the work
 * that the sender's browser puts into it. Nothing is kept of a stamp until it is used (anonymous.c
 * claims it then), so a million empty forms cost no memory. Pure functions; who may send how often
 * is judged in anonymous.c, the browser's side is ui/js/stamp.js. */
#ifndef HT_WEB_STAMP_H
#define HT_WEB_STAMP_H
#include "platform/base/arena.h"
#include "platform/base/err.h"
#include "platform/web/digest.h"

/* STAMP_LIFE_MS: how long after it was drawn a form may be sent; less than an answer is kept
 * (IDEMPOTENCY_KEPT_MS), so that a stamp dies before its use is forgotten. STAMP_PIECES: a proof
 * has so many parts, each as hard as the other: the time that it takes varies less than with one.
 */
enum {
    STAMP_LIFE_MS = 4 * 3600 * 1000,
    STAMP_SKEW_MS = 60 * 1000, /* clocks of two nodes may differ by so much */
    STAMP_PIECES = 8,
    STAMP_NONCE = 32, /* hexadecimal digits */
    STAMP_PROOF = STAMP_PIECES * 8,
    STAMP_BITS_MIN = 1,
    STAMP_BITS_MAX = 24
};

struct stamp {
    i64 bits;      /* of each piece: 2^bits digests on average, STAMP_PIECES times */
    i64 issued_at; /* UTC milliseconds */
    str nonce;     /* STAMP_NONCE hexadecimal digits, never twice */
};

/* What a stamp is good for: one form of one organisation of this installation. */
struct stamp_scope {
    const unsigned char *key; /* DIGEST_SIZE bytes: app_key(app, "stamps") */
    i64 org_id;
    const char *form;
};

/* "BITS-ISSUED-NONCE-SIGNATURE", all of digits: fits an attribute and an address as it is. */
str stamp_write(struct arena *mem, const struct stamp_scope *scope, const struct stamp *stamp);

/* Reads one and judges it at a moment. out: points into text. Errors: INVALID web.stamp_bad (not
 * written by this house, or for another form or organisation), web.stamp_old. */
err stamp_read(struct arena *mem, const struct stamp_scope *scope, i64 now_ms, str text,
               struct stamp *out);

/* Whether a proof is one of this stamp: STAMP_PIECES numbers of 8 hexadecimal digits; the SHA-256
 * of nonce, piece (4 bytes, big-endian) and number (4 bytes) begins with so many zero bits. About
 * STAMP_PIECES digests, whatever the proof. */
bool stamp_is_solved(const struct stamp *stamp, str proof);
#endif
