/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Digits as people type them: with blanks or dashes between, in full-width forms. */
#ifndef HT_TEXT_DIGITS_H
#define HT_TEXT_DIGITS_H
#include "platform/base/arena.h"
#include "platform/base/str.h"

/* The digits out of what was typed, in mem: exactly count of them, with nothing else but blanks and
 * dashes; else empty. */
str digits_read(struct arena *mem, str typed, size_t count);
#endif
