/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the forms of this module fill; the tables of limits stand in proposal_module.c. */
#ifndef HT_PROPOSALS_PROPOSAL_FORMS_H
#define HT_PROPOSALS_PROPOSAL_FORMS_H
#include "platform/web/web.h"

struct proposal_file_input {
    i64 id, file;
};

struct proposal_submit_input {
    i64 id;
    bool confirmed;  /* 已核对 */
    bool unanswered; /* goes without those who have not answered an invitation to sign */
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

/* Told in writing that it was rejected. */
struct proposal_inform_input {
    i64 id, informed_on;
    str opinion; /* how, and by whom */
};

struct assignment_new;
struct proposal_assign_input {
    i64 id, host_id, due_on;
    str mode; /* sole, host, split */
    ids cohosts, splits;
    str opinion;
    const struct assignment_new *agencies; /* never typed: instead of the above, by C alone */
    size_t agency_count;
};

/* Where it goes instead: letter, opinion. */
struct proposal_divert_input {
    i64 id;
    str destination, opinion;
};

/* A step with a finding of the review or a reason: screening, sending back, again; asking to
 * withdraw, agreeing to it or not, calling to talk. */
struct proposal_reason_input {
    i64 id;
    str opinion;
};

/* Into which one it is merged, and why. */
struct proposal_merge_input {
    i64 id, main_id;
    str opinion;
};

struct proposal_consent_input {
    i64 id;
    str consent, consent_reason;
};

/* The office's marks, as they are to stand. */
struct proposal_mark_input {
    i64 id;
    bool urgent, confidential;
    str opinion;
};

/* Record of a talk face to face; its columns in struct mediation. */
struct proposal_settle_input {
    i64 id, held_on;
    str place, present, agency_said, proposer_said, result, satisfaction, opinion;
};
#endif
