/* SPDX-License-Identifier: MulanPSL-2.0 */
/* For modules that keep groups of a meeting: its half-days, and what their talks give to the duty
 * ledger. All else of a meeting: meeting.h. */
#ifndef HT_MEETINGS_MEETING_GROUPS_H
#define HT_MEETINGS_MEETING_GROUPS_H
#include "modules/meetings/meeting.h"

/* The half-days of a meeting from the first, whoever asks: struct meeting_half rows. begun: it goes
 * on or is over. Errors: NOT_FOUND meetings.not_found. */
struct meeting_half {
    i64 half;
    str words;
    bool begun;
};
err meeting_list_halves(struct rq *rq, i64 meeting_id, struct rows *out);

/* Event meetings.credited (id = the meeting): what it gives to the ledger is being put together,
 * and modules above add what belongs to it, of kinds that the meeting itself does not give. */
struct meeting_credit_list {
    struct meeting_attended *items;
    size_t count, room;
};
struct meeting_credits {
    i64 happened_on;
    struct meeting_credit_list *list; /* added to by meeting_credit_add */
};
void meeting_credit_add(struct rq *rq, const struct meeting_credits *to,
                        const struct meeting_attended *entry);
#endif
