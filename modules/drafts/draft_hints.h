/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a reader of many proposals would say to a text before it is handed in. Plain rules over the
 * text, no judgement of its matter; a hint never stops anybody. */
#ifndef HT_DRAFTS_DRAFT_HINTS_H
#define HT_DRAFTS_DRAFT_HINTS_H
#include "platform/base/str.h"

struct draft_text {
    str title, situation, analysis;
    const strs *suggestions;
};

/* name: text key of its words, with number as {0}: of the suggestion, from 1; 0 = none. field: name
 * of the field where it is mended. */
struct draft_hint {
    const char *name, *field;
    i64 number;
};

enum { DRAFT_HINTS_MAX = 40 };

/* Notes hints in hints, which has room for DRAFT_HINTS_MAX; gives their number. mem: what is worked
 * with stays there. */
size_t draft_hints(struct arena *mem, const struct draft_text *text, struct draft_hint *hints);
#endif
