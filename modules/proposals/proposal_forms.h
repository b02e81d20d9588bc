/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the forms of this module fill; the tables of limits stand in proposal_module.c. */
#ifndef HT_PROPOSALS_PROPOSAL_FORMS_H
#define HT_PROPOSALS_PROPOSAL_FORMS_H
#include "platform/web/web.h"

/* Writing and saving a draft. version: the one it was typed on; 0 for a new draft. */
struct proposal_input {
    i64 id, version, proposer_id; /* proposer_id: staff write for this member (代录) */
    str kind, title, situation, analysis, research, consent, consent_reason;
    strs suggestions;
    ids hosts, cohosts; /* wished agencies */
    ids attachments;
    bool researched;
    str more; /* "one more suggestion" pressed without JavaScript */
};

struct proposal_submit_input {
    i64 id;
    bool confirmed; /* 已核对 */
};

struct proposal_screen_input {
    i64 id;
    str opinion;
};

struct proposal_revise_input {
    i64 id;
    str opinion;
};

struct proposal_docket_input {
    i64 id;
    str category, opinion;
    ids hosts, cohosts; /* the reviewer's wish */
};

struct proposal_reject_input {
    i64 id;
    str reason, destination, opinion;
};

struct proposal_assign_input {
    i64 id, host_id, due_on;
    str mode; /* sole, host, split */
    ids cohosts, splits;
    str opinion;
};

struct proposal_redo_input {
    i64 id;
    str opinion;
};

struct proposal_similar_input {
    i64 id, limit;
    str title, text, situation; /* text as the API names it; situation as the form does */
};

struct receipt_input {
    str receipt;
};
#endif
