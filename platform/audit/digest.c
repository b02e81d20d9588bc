/* SPDX-License-Identifier: MulanPSL-2.0 */
/* OpenSSL's EVP behind one function. */
#include "platform/audit/digest.h"

#include <openssl/evp.h>

#include "platform/base/str.h"

enum { SIZE = 32 };

static const EVP_MD *method(str algorithm)
{
    if (str_is(algorithm, "sm3"))
        return EVP_sm3();
    return str_is(algorithm, "sha256") ? EVP_sha256() : NULL;
}

err digest_chain(struct arena *mem, str algorithm, str a, str b, str *out)
{
    unsigned char digest[SIZE];
    const EVP_MD *md = method(algorithm);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool good = md && context && EVP_DigestInit_ex(context, md, NULL) == 1 &&
                EVP_DigestUpdate(context, a.ptr, a.len) == 1 &&
                EVP_DigestUpdate(context, b.ptr, b.len) == 1 &&
                EVP_DigestFinal_ex(context, digest, NULL) == 1;
    EVP_MD_CTX_free(context);
    if (!good)
        return err_make(ERR_INTERNAL, "audit.digest");
    *out = str_hex(mem, (bytes){ digest, SIZE });
    return OK;
}
