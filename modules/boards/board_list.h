/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the columns of the boards ask: proposals, and assignments. */
#ifndef HT_BOARDS_BOARD_LIST_H
#define HT_BOARDS_BOARD_LIST_H
#include "platform/list/list.h"

/* A card. Of an assignment: id is its own, proposal_id its matter's, and what only proposals have
 * is empty. reader_…: whose mark it has, also an old one; 0 = none. */
struct board_row {
    i64 id, proposal_id, version, session_id, serial, docket_no, signer_count, due_on, submitted_at,
        assigned_at, merged_count, reader_id, taken_at, mine_id, system_id;
    bool urgent, confidential, flagship;
    str state, category, kind, title, number, name, role, reader_name;
};

extern const struct list BOARD_PROPOSALS;
extern const struct list BOARD_ASSIGNMENTS;
#endif
