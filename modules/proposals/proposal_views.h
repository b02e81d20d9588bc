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

/* What this reader can do at an agency's part of it: evaluate, accept … */
struct assignment_act {
    i64 id;
    str verb, label;
    bool main;
};

struct proposal_show {
    const struct proposal *p;
    const struct view_link *crumbs;
    str number, category, kind, timing, reject_reason, destination, class, signers; /* worded */
    const char *tone;
    struct proposal_now now;
    strs suggestions;
    struct rows proposers, wishes, findings, attachments,
        mediations; /* proposer, wish, finding, attachment, mediation rows */
    struct view_steps steps;
    struct flow_allowed allowed;
    const struct assignment_act *acts;
    size_t act_count;
    html assignments;            /* drawn by the assignments module; empty before assignment */
    html head, text, main, side; /* what modules above put in (struct proposal_shown) */
    bool may_edit, is_owner, shows_findings, shows_versions, shows_reason;
};

/* The text on an assignment's page. */
struct proposal_matter {
    const struct proposal *p;
    str number, proposers;
    strs suggestions;
};

struct proposal_form {
    const struct proposal *p;
    const struct view_link *crumbs;
    str action;       /* own path that the form goes to */
    i64 version;      /* the one that the next save names */
    str returned;     /* why it was sent back, in revising */
    strs suggestions; /* as typed or stored, with the empty rows to write in */
    const struct view_choice *hosts, *cohosts; /* hosts: one more, the empty first */
    size_t agency_count;
    i64 title_max, part_max, suggestion_max, suggestion_count_max;
    struct rows attachments;
    bool cohosts_open;
};

struct proposal_new {
    const struct view_link *crumbs;
    const struct view_choice *members; /* staff choose for whom they type; empty for a member */
    size_t member_count;
    const struct view_choice *bodies; /* in whose name; empty = only one's own */
    size_t body_count;
    bool office; /* may name a members' group */
    i64 title_max;
};

/* Check your answers before submitting. A fact's note is the name of its field. */
struct proposal_check {
    const struct proposal *p;
    const struct view_link *crumbs;
    const char *verb; /* submit, invite */
    struct view_facts facts;
    html more; /* what modules above say to it (struct proposal_shown) */
    bool complete;
};

/* Own pages of docket and assign: choices, and what helps to choose. agency_count: of cohosts,
 * splits; hosts has one more, the empty first. */
struct proposal_choose {
    const struct proposal *p;
    const struct view_link *crumbs;
    str number;
    const struct view_choice *categories, *hosts, *cohosts, *splits, *modes;
    size_t category_count, agency_count, mode_count;
    struct rows wishes;
    strs suggestions;
    html aside; /* what modules above put in */
    bool cohosts_open;
};

struct version_item {
    i64 number, saved_at;
    str reason, who; /* who: whoever saved it, and for whom */
    html title_diff, situation_diff, analysis_diff, suggestions_diff, research_diff, consent_diff,
        wishes_diff, kind_diff;
    bool same, open;
    str url; /* where it is compared; empty = here */
};
struct proposal_versions {
    const struct proposal *p;
    const struct view_link *crumbs;
    const struct version_item *items;
    size_t count;
};
#endif
