/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of this module show. Filled by the pages files; all texts unescaped. */
#ifndef HT_MAILBOX_LETTER_VIEWS_H
#define HT_MAILBOX_LETTER_VIEWS_H
#include "modules/mailbox/letter_rules.h"
#include "platform/web/view_parts.h"

/* One, for staff. photos: struct attachment rows; messages: struct letter_message rows; consents:
 * struct sender_consent rows. below, side: what modules above know.
 * question: what he was asked and has not answered.
 * came: how it came, in words; taken_by: who wrote it down for somebody, empty = nobody. */
struct letter_page {
    const struct letter *l;
    const struct view_link *crumbs;
    str category, reason, came, taken_by;
    struct flow_allowed allowed;
    struct rows photos, messages, consents;
    struct letter_sender sender;
    struct view_steps steps;
    struct letter_question question;
    i64 triage_due_on;
    html below, side;
    bool may_unmask, unmasked;
};

/* What view_letter_point shows; by: "phone", "typed". */
struct letter_point {
    str lat, lng, by;
};

struct letter_unmask_page {
    const struct letter *l;
    const struct view_link *crumbs;
};
#endif
