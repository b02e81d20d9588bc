/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of this module show. Filled by the pages files; all texts unescaped. */
#ifndef HT_OPINIONS_OPINION_VIEWS_H
#define HT_OPINIONS_OPINION_VIEWS_H
#include "modules/opinions/opinion_edit.h"
#include "platform/web/view_parts.h"

/* Beginning: bodies, the writer's own name first; one = there is no choice. */
struct opinion_new_page {
    const struct view_link *crumbs;
    const struct view_choice *bodies;
    size_t body_count;
    i64 title_max;
};

/* The form. version: the one that the next save names. */
struct opinion_form_page {
    const struct opinion *o;
    const struct view_link *crumbs;
    i64 version, title_max, total, total_max, file_max;
    const struct view_choice *categories; /* the empty one first */
    size_t category_count;
    struct rows attachments;
    bool analysis_needed;
};

/* A hint, worded; it stops nobody. field: where it is mended. */
struct opinion_hint {
    str words, field;
};

/* Check your answers. A fact's note is the name of its field. */
struct opinion_check_page {
    const struct opinion *o;
    const struct view_link *crumbs;
    struct view_facts facts;
    const struct opinion_hint *hints;
    size_t hint_count;
    i64 days; /* working days in which the desk chooses */
    bool complete;
};

/* What the editor chooses by keys while one waits for the desk; ids 0 = none. sorts: the first nine
 * categories, keys 1 to 9; reasons of keeping: struct dictionary_row rows. */
struct opinion_choosing {
    i64 waiting, next_id, before_id;
    struct rows sorts, reasons;
};

/* One. similar: struct opinion_likeness rows, of the desk. choosing: NULL = nothing to choose. */
struct opinion_page {
    const struct opinion *o;
    const struct view_link *crumbs;
    str category, keep_reason, composite_title;
    struct flow_allowed allowed;
    struct rows reporters, attachments, similar, sources; /* sources: struct opinion */
    struct view_steps steps;
    html above; /* by modules above */
    const struct opinion_choosing *choosing;
    bool own, desk, edits, shows_edited, composite, shows_composite;
};

/* Editing: the original of a single one, the sources of a composite (struct opinion rows) beside
 * the form. diff…: what the last save differs from the original in; empty = nothing. */
struct opinion_text_page {
    const struct opinion *o;
    const struct view_link *crumbs;
    i64 version, title_max, total, total_max;
    struct rows sources, attachments;
    html title_diff, situation_diff, analysis_diff, suggestions_diff;
    bool differs;
};

/* Making a composite of those that are ticked: struct opinion rows. */
struct opinion_compose_page {
    const struct view_link *crumbs;
    struct rows sources;
    const struct view_choice *choices; /* one a source */
    i64 title_max;
};

/* Writing down for somebody else. */
struct opinion_transcribe_page {
    const struct view_link *crumbs;
    i64 title_max, total_max;
    const struct view_choice *kinds, *categories;
    size_t kind_count, category_count;
};

/* The categories to choose from, the empty one first. */
err opinion_category_choices(struct rq *rq, str chosen, const struct view_choice **out,
                             size_t *count);

/* The desk's queue. */
struct opinion_waiting {
    const struct opinion *o;
    str category;
    i64 age; /* working days since it was sent */
};
struct opinion_desk_page {
    const struct view_link *crumbs;
    const struct opinion_waiting *sent, *taken, *editing, *signing;
    size_t sent_count, taken_count, editing_count, signing_count, late;
};

/* An invitation; its text is empty where it is no business of his any more. */
struct reporter_page {
    const struct reporter *r;
    const struct opinion *o;
    const struct view_link *crumbs;
    struct flow_allowed allowed;
};

/* Kept versions, each against the one before it. */
struct opinion_version_item {
    i64 number, saved_at;
    str reason, who;
    html title_diff, situation_diff, analysis_diff, suggestions_diff;
    bool same, open;
};
struct opinion_versions_page {
    const struct opinion *o;
    const struct view_link *crumbs;
    const struct opinion_version_item *items;
    size_t count;
};
#endif
