/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of disputes show. Filled by dispute_pages.c; all texts unescaped. */
#ifndef HT_DISPUTES_DISPUTE_VIEWS_H
#define HT_DISPUTES_DISPUTE_VIEWS_H
#include "modules/disputes/dispute_rules.h"
#include "platform/web/view_parts.h"

/* allowed: steps of the dispute; settling: those of its assignment that end it, at its version. */
struct dispute_show {
    const struct dispute *d;
    struct flow_allowed allowed, settling;
    i64 assignment_version;
    bool has_assignment; /* which this actor may see */
    bool may_settle;     /* decides, once it is heard */
    struct view_steps steps;
};

/* Look of a state. */
const char *dispute_tone(str state);
#endif
