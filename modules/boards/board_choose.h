/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the pages of docketing and handing out show; all texts unescaped. */
#ifndef HT_BOARDS_BOARD_CHOOSE_H
#define HT_BOARDS_BOARD_CHOOSE_H
#include "modules/proposals/proposal_drafting.h"
#include "modules/proposals/proposal_forms.h"
#include "platform/web/view_parts.h"

/* Own pages of docket and assign: choices, and what helps to choose. agency_count: of cohosts,
 * splits; hosts has one more, the empty first. */
struct board_choose {
    const struct proposal *p;
    const struct view_link *crumbs;
    str number;
    const struct view_choice *categories, *hosts, *cohosts, *splits, *modes;
    size_t category_count, agency_count, mode_count;
    struct rows wishes;
    strs suggestions;
    html text;  /* of the proposal */
    html aside; /* what modules above put in */
    str verb;   /* of handing out: assign, preassign */
    bool cohosts_open, splits_open;
};
#endif
