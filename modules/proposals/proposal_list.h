/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The declared list of proposals: page, JSON, exports, figures' click-through all ask it. */
#ifndef HT_PROPOSALS_PROPOSAL_LIST_H
#define HT_PROPOSALS_PROPOSAL_LIST_H
#include "platform/list/list.h"

/* A row of the list. */
struct proposal_row {
    i64 id, serial, docket_no, session_id, person_id, signer_count, due_on, submitted_at,
        docketed_at, assigned_at, replied_at, closed_at;
    bool categorised, was_late, researched, redone, extended, first_late, flagship, assigned,
        replied, is_due, mediated, strict, commended, publishable, published;
    str title, proposer_name, host_name, state, kind, timing, category, class, satisfaction,
        consent, reject_reason, outcome, tracking, destination, sector_name, committee_name, gender,
        ethnic, party, source, source_id;
    str agency_name, cohost_name, split_name, wished_host_name, wished_cohost_name,
        field; /* asked only */
};

extern const struct list PROPOSAL_LIST;
#endif
