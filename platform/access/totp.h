/* SPDX-License-Identifier: MulanPSL-2.0 */
/* One-time codes by time (RFC 6238: SHA-1, six digits, 30 seconds, as every authenticator app has
 * it). Pure functions; that a code counts once and five wrong ones lock is signin.h. */
#ifndef HT_ACCESS_TOTP_H
#define HT_ACCESS_TOTP_H
#include "platform/base/arena.h"
#include "platform/base/clock.h"

enum { TOTP_SECRET_BYTES = 20, TOTP_STEP_MS = 30000 };

/* A fresh secret as base32 text (32 characters), the form people type and apps read. */
str totp_secret(struct rng *rng, struct arena *mem);

/* The address for the QR code: otpauth://totp/ISSUER:NAME?secret=…&issuer=ISSUER,
 * percent-encoded. */
str totp_uri(struct arena *mem, str issuer, str name, str secret);

/* The step a code belongs to, at now_ms or one step before or after; 0 if the code is wrong or its
 * step is not newer than last_step (used already). code: six ASCII digits. */
i64 totp_match(str secret, str code, i64 now_ms, i64 last_step);

/* The code of a step, six digits; for tests and for the command line's check. */
bool totp_code(str secret, i64 step, char out[7]);
#endif
