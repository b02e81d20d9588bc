/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of this module show. Filled by the pages files; all texts unescaped. */
#ifndef HT_PROPOSALS_PROPOSAL_VIEWS_H
#define HT_PROPOSALS_PROPOSAL_VIEWS_H
#include "modules/proposals/proposal_store.h"
#include "platform/flow/flow.h"
#include "platform/web/view_parts.h"

/* The four facts on top: who has it, since when, until when, what comes next; worded. */
struct proposal_now {
    str who, who_note, past, next;
    i64 since_on, due_on;
};

/* Makes them, out of its trail (struct flow_trail rows). For a page that shows several: portal. */
void proposal_now_make(struct rq *rq, const struct rows *trails, const struct proposal *p,
                       struct proposal_now *out);

/* What this reader can do at an agency's part of it: evaluate, accept … */
struct assignment_act {
    i64 id;
    str verb, label;
    bool main;
};

struct proposal_show {
    const struct proposal *p;
    const struct view_link *crumbs;
    str number, category, kind, timing, reject_reason, destination, class, signers,
        drafters; /* worded */
    const char *tone;
    struct proposal_now now;
    strs suggestions;
    struct rows proposers, wishes, findings,
        attachments; /* proposer, wish, finding, attachment rows */
    struct view_steps steps;
    struct flow_allowed allowed;
    const struct assignment_act *acts;
    size_t act_count;
    html assignments; /* drawn by the assignments module; empty before assignment */
    html head, text, main, side, more; /* what modules above put in (struct proposal_shown) */
    bool may_edit, is_owner, shows_findings, shows_versions, shows_reason;
};

/* The text on an assignment's page. */
struct proposal_matter {
    const struct proposal *p;
    str number, proposers;
    strs suggestions;
};
#endif
