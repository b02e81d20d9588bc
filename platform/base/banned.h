/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Functions that do not compile outside platform/base: each has a safe house form (arena, str, buf,
 * clock). Included by the build before every other header, so the library's own declarations come
 * first. */
#ifndef HT_BASE_BANNED_H
#define HT_BASE_BANNED_H
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
/* With clang, glibc's fortified headers make macros of these, and a macro cannot be poisoned.
 * `rand` is a parameter's name in OpenSSL's headers: tools/checks/banned.py finds it. */
#undef sprintf
#undef vsprintf
#pragma GCC poison strcpy strncpy strcat strncat sprintf vsprintf gets strtok strtok_r atoi atol \
    atof
#pragma GCC poison system popen tmpnam mktemp srand localtime gmtime mktime ctime asctime
#endif
