/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of this module show. Filled by the pages files; all texts unescaped. */
#ifndef HT_DRAFTS_DRAFT_VIEWS_H
#define HT_DRAFTS_DRAFT_VIEWS_H
#include "modules/proposals/proposal_drafting.h"
#include "platform/web/view_parts.h"

/* Beginning. */
struct draft_new {
    const struct view_link *crumbs;
    const struct view_choice *members; /* staff choose for whom they type; empty for a member */
    size_t member_count;
    const struct view_choice *bodies; /* in whose name; empty = only one's own */
    size_t body_count;
    str title;   /* to begin with: a topic that was chosen */
    bool office; /* may name a members' group */
    i64 title_max;
};

/* The form of a draft. */
struct draft_form {
    const struct proposal *p;
    const struct view_link *crumbs;
    str action;       /* own path that the form goes to */
    i64 version;      /* the one that the next save names */
    str returned;     /* why it was sent back, in revising */
    strs suggestions; /* as typed or stored, with the empty rows to write in */
    const struct view_choice *hosts, *cohosts; /* hosts: one more, the empty first */
    size_t agency_count;
    i64 title_max, part_max, suggestion_max, suggestion_count_max;
    i64 total, total_max; /* characters of all parts; 0 = as many as one likes */
    const struct view_choice *authorships, *talk_wishes; /* talk_wishes: the empty first */
    size_t talk_count;
    struct rows attachments;
    str filled, kept; /* labels of the parts taken from a file, and of those that were not */
    bool is_filled;   /* shown from a file, not saved */
    bool choose_anew; /* files were chosen beside it: a page cannot keep them */
    bool joined;      /* situation and analysis are one part */
    bool cohosts_open;
};

/* A hint, worded; it never stops anybody. field: where it is mended, on the page of the form. */
struct draft_hint_shown {
    str words, field;
};

/* Beside the text on the page of a proposal. */
struct draft_note_shown {
    str authorship, talk_wish; /* worded */
};

/* Check your answers before submitting. A fact's note is the name of its field. */
struct draft_check {
    const struct proposal *p;
    const struct view_link *crumbs;
    const char *verb; /* submit, invite */
    struct view_facts facts;
    const struct draft_hint_shown *hints;
    size_t hint_count;
    html more;  /* what modules above say to it (struct proposal_shown) */
    str window; /* why it cannot be handed in now; empty = it can */
    bool complete;
};

/* A kept version against the one before it. */
struct draft_version {
    i64 number, saved_at;
    str reason, who; /* who: whoever saved it, and for whom */
    html title_diff, situation_diff, analysis_diff, suggestions_diff, research_diff, consent_diff,
        wishes_diff, kind_diff, authorship_diff, talk_diff;
    bool same, open;
    str url; /* where it is compared; empty = here */
};
struct draft_versions {
    const struct proposal *p;
    const struct view_link *crumbs;
    const struct draft_version *items;
    size_t count;
};
#endif
