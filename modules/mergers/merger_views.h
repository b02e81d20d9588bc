/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of this module show. Filled by the pages files; all texts unescaped. */
#ifndef HT_MERGERS_MERGER_VIEWS_H
#define HT_MERGERS_MERGER_VIEWS_H
#include "modules/assignments/assignment.h"
#include "modules/mergers/merger.h"
#include "platform/web/view_parts.h"

/* A proposal as it stands in a list. */
struct merger_item {
    i64 id, version;
    str number, title, proposer, state;
    const char *tone;
    bool may_undo;
};

/* Proposals that may be one matter, or are: main, then the others. */
struct merger_set {
    const struct merger_item *items;
    size_t count;
    i64 mean; /* per mille */
};

struct merger_list {
    const struct view_link *crumbs;
    const struct merger_set *proposed, *standing;
    size_t proposed_count, standing_count;
    bool may_merge;
};

/* A stretch of a text; same: it stands in another one too. */
struct merger_stretch {
    str text;
    bool same;
};
struct merger_side {
    const struct merger_item *item;
    const struct merger_stretch *stretches;
    size_t count;
};

/* The page of merging: the texts side by side, which is the main one, which go in. */
struct merger_new {
    const struct view_link *crumbs;
    const struct merger_item *items;
    const struct merger_side *sides;
    const struct view_choice *mains, *ids;
    size_t count;
    bool may_merge, compared; /* not: together too long */
    str add_query;            /* the others, for the form that adds one more */
};

/* The letter of an agency to one of several that were answered together. */
struct merger_letter {
    i64 assignment_id, round;
    str agency_name, number;
};

/* On the page of a proposal: what it was merged into, or what into it. */
struct merger_shown {
    const struct merger_item *main; /* NULL: not merged, or not to be seen */
    bool is_merged;
    struct merger_set merged;
    struct rows letters; /* struct merger_letter: of the merged one itself */
    i64 id;
};

/* A similar proposal, as shown beside a text. */
struct similar_item {
    i64 id, degree;
    str title, number, state, class, source, source_id;
};
struct similar_view {
    const struct similar_item *items;
    size_t count;
};

/* The submitted proposals most like a text that rq's actor may see, best first, at most
 * query->limit. query->collection is set here. Errors: those of the database. */
struct twin_query;
err merger_similar(struct rq *rq, struct twin_query query, struct similar_view *out);

/* A proposal as an item. */
struct merger_item merger_item_of(struct rq *rq, const struct proposal *p);
#endif
