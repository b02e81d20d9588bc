/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the forms of steps fill that the flow of letters leaves to modules above; their limits stand
 * in letter_module.c. What the steps do: modules/handlings. */
#ifndef HT_MAILBOX_LETTER_FORMS_H
#define HT_MAILBOX_LETTER_FORMS_H
#include "platform/web/web.h"

/* Handing out. masked_body: what the units will read; photos: which they will see; due_on: last
 * day, 0 or less = by setting. */
struct letter_assign_input {
    i64 id, host_id, due_on;
    ids cohosts, photos;
    str masked_body;
    bool point_disclosed;
};

/* Which photos the units see from now on: these and no others; and whether they see its point. */
struct letter_disclose_input {
    i64 id;
    ids photos;
    bool point_disclosed;
};

/* Running along with another letter. */
struct letter_attach_input {
    i64 id, lead_id;
};

/* Becoming an opinion of the committee. named: with the sender's name, where he agreed to it. */
struct letter_feed_input {
    i64 id;
    str title, situation, analysis, suggestions;
    bool named;
};

/* Becoming a candidate topic for consultation. */
struct letter_offer_input {
    i64 id;
    str title, body;
};

/* Given by the house itself: the answer that a sender reads, whose it is, and whether its day had
 * passed. */
struct letter_deliver_input {
    str reply, agency;
    i64 agency_id;
    bool late;
};
#endif
