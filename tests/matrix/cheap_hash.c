/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See cheap_hash.h. The library's function is taken by its name from the program, which the linker
 * prefers. */
#include "tests/matrix/cheap_hash.h"

#include <dlfcn.h>
#include <sodium.h>
#include <stdbool.h>
#include <string.h>

static bool cheap;

void hash_cheaply(void)
{
    cheap = true;
}

int crypto_pwhash_argon2id_str(char out[crypto_pwhash_argon2id_STRBYTES],
                               const char *const password, unsigned long long len,
                               unsigned long long passes, size_t memory)
{
    static int (*library)(char *, const char *, unsigned long long, unsigned long long, size_t);
    if (!library) {
        void *found = dlsym(RTLD_NEXT, "crypto_pwhash_argon2id_str");
        memcpy(&library, &found, sizeof library);
    }
    if (cheap) {
        passes = crypto_pwhash_argon2id_OPSLIMIT_MIN;
        memory = crypto_pwhash_argon2id_MEMLIMIT_MIN;
    }
    return library(out, password, len, passes, memory);
}
