/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the forms of this module fill; the tables of limits stand in proposal_module.c. */
#ifndef HT_PROPOSALS_PROPOSAL_FORMS_H
#define HT_PROPOSALS_PROPOSAL_FORMS_H
#include "platform/web/web.h"

/* Beginning a draft. proposer_id: staff write for this member (代录); of a collective proposal, its
 * contact. body: in whose name, "committee:3", "sector:5", "org:7"; empty = a person's. body_name:
 * of a members' group (委员小组), which is in no list. */
struct proposal_new_input {
    i64 proposer_id;
    str body, body_name, title;
};

/* Saving a draft (and, in the API, beginning one: id 0). version: the one it was typed on; 0 for a
 * new draft. */
struct proposal_input {
    i64 id, version, proposer_id; /* proposer_id: staff write for this member (代录) */
    str body, body_name;          /* as in proposal_new_input; looked at when the draft is begun */
    str kind, title, situation, analysis, research, consent, consent_reason;
    strs suggestions;
    ids hosts, cohosts; /* wished agencies */
    ids attachments;
    bool researched;
    str more; /* the button: "1" one more suggestion (without JavaScript), "later" save, "check" go
                 on */
    i64 remove; /* attachment to be taken away */
};

/* Query of the form's page: one more empty suggestion. */
struct proposal_edit_input {
    i64 id;
    bool more;
};

struct proposal_versions_input {
    i64 id, number; /* number: the version to compare; 0 = the newest ones */
};

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

struct proposal_assign_input {
    i64 id, host_id, due_on;
    str mode; /* sole, host, split */
    ids cohosts, splits;
    str opinion;
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
