/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Which passwords are let through: length, common ones, own names, and by profile classes of
 * characters. Hashing is secret.h; history and age need the database and are judged in account.c.
 * Profile "asvs": ASVS 5.0 V6 (length and list only); "mlps": GB/T 22239 8.1.4.1 (classes, history,
 * change every 90 days). */
#ifndef HT_ACCESS_PASSWORD_H
#define HT_ACCESS_PASSWORD_H
#include "platform/base/arena.h"
#include "platform/base/types.h"

enum { PASSWORD_CHARS_MAX = 128 };

/* What the site asks for. min: characters; classes: of lower case, upper case, digits, others; 0 =
 * any. */
struct password_rule {
    i64 min;
    i64 classes;
};

/* Stable name of what is wrong with a password, or NULL: "accounts.password_short", "_long",
 * "_common", "_personal", "_classes". names: login name and name of the person, which the password
 * must not contain. mem: scratch. */
const char *password_fault(struct arena *mem, const struct password_rule *rule, str password,
                           const str names[2]);

/* Whether it stands in the list of common passwords (seed/passwords/common.txt, folded to lower
 * case). */
bool password_is_common(struct arena *mem, str password);
#endif
