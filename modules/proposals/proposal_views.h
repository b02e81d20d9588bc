/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of this module show. Filled by the pages files; all texts unescaped. */
#ifndef HT_PROPOSALS_PROPOSAL_VIEWS_H
#define HT_PROPOSALS_PROPOSAL_VIEWS_H
#include "modules/proposals/proposal_store.h"
#include "platform/flow/flow.h"
#include "platform/web/view_parts.h"

/* A similar proposal, as shown beside a text. */
struct similar_item {
    i64 id, degree;
    str title, number, state;
};
struct similar_view {
    const struct similar_item *items;
    size_t count;
};

struct proposal_show {
    const struct proposal *p;
    const struct view_link *crumbs;
    str number, category, kind, timing, tone;
    strs suggestions;
    struct rows proposers, wishes, findings,
        attachments; /* proposer, wish, finding, attachment rows */
    struct view_facts facts;
    struct view_steps steps;
    struct flow_allowed allowed;
    struct similar_view similar; /* for reviewers */
    html assignments;            /* drawn by the assignments module; empty before assignment */
    bool may_edit, is_owner, shows_findings;
};

struct proposal_form {
    const struct proposal *p;
    const struct view_link *crumbs;
    str action; /* own path that the form goes to */
    strs suggestions;
    const struct view_choice *agencies, *cohosts;
    size_t agency_count;
    i64 title_max, part_max, suggestion_max;
    struct rows attachments;
    bool conflict; /* somebody saved in between: theirs is shown beside */
    html title_diff, situation_diff, analysis_diff;
};

struct proposal_new {
    const struct view_link *crumbs;
    const struct view_choice *members; /* staff choose for whom they type; empty for a member */
    size_t member_count;
    i64 title_max;
};

/* Check your answers before submitting. */
struct proposal_check {
    const struct proposal *p;
    const struct view_link *crumbs;
    struct view_facts facts;
    bool complete;
};

/* Own pages of docket and assign: choices. */
struct proposal_choose {
    const struct proposal *p;
    const struct view_link *crumbs;
    str number;
    const struct view_choice *categories, *hosts, *cohosts, *splits, *modes;
    size_t category_count, agency_count, mode_count;
    struct rows wishes;
    i64 due_on;
    str category;
};

struct version_item {
    i64 number, saved_at;
    str reason, title;
    html title_diff, situation_diff, analysis_diff, suggestions_diff;
};
struct proposal_versions {
    const struct proposal *p;
    const struct view_link *crumbs;
    const struct version_item *items;
    size_t count;
};

struct receipt_view {
    const struct proposal *p; /* NULL: nothing found or nothing asked */
    const struct view_link *crumbs;
    str receipt, number, state, digest, session;
    html qr;
    bool asked;
};

/* A line of the figures: a label, counts, each with the list behind it. */
struct figure_cell {
    i64 value;
    str url;
};
enum { FIGURE_CELLS = 7 };
struct figure_line {
    str label;
    struct figure_cell cells[FIGURE_CELLS];
};
struct figure_table {
    str caption, first;
    const struct figure_line *lines;
    size_t count;
};
struct proposal_figures {
    const struct view_link *crumbs;
    const struct view_tab *sessions;
    size_t session_count;
    const struct view_fact *tiles;
    size_t tile_count;
    struct figure_table categories, agencies;
    str export_url;
};
#endif
