/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of this module show. Filled by the pages files; all texts unescaped. */
#ifndef HT_BOARDS_BOARD_VIEWS_H
#define HT_BOARDS_BOARD_VIEWS_H
#include "modules/boards/board_list.h"
#include "platform/web/view_parts.h"

/* seen: "id:version" where it can be ticked, else empty. reader: who reads it, worded; mine: that
 * is who looks. place: address of what stands there. */
struct board_card {
    const struct board_row *row;
    str seen, number, kind, category, reader, place;
    bool mine;
};

/* One column. verb: the step that a card takes when it is dropped here, or empty. all: address of
 * the column alone; next, previous: of its pages, when it stands alone. */
struct board_column {
    str code, label, verb, all, next, previous;
    const struct board_card *cards;
    size_t count;
    i64 total;
    bool capped;
};

/* A step that can be done with several. key: of the keyboard, or empty. */
struct board_verb {
    str verb, label, key;
};

struct board_page {
    const struct view_link *crumbs;
    str board, title, path, next; /* path: of the board; next: the same as it is filtered */
    const struct board_column *columns;
    size_t count;
    const struct board_verb *verbs;
    size_t verb_count;
    const struct view_choice *sessions, *categories, *kinds;
    size_t session_count, category_count, kind_count;
    struct view_tabs tabs, boards;
    bool single, mine, own, may_own;
    bool no_session; /* none is on today, and none was chosen: nothing stands here */
};

/* One of those that were ticked. allowed: the step can be done as it stands now; changed: somebody
 * changed it since the board was shown. */
struct board_ticked {
    str seen, number, title, state, reader;
    i64 id;
    bool allowed, changed;
};

struct board_steps_page {
    const struct view_link *crumbs;
    str verb, label, next;
    const struct board_ticked *cases;
    size_t count;
    const struct view_choice *categories, *hosts, *cohosts, *reasons, *destinations;
    size_t category_count, agency_count, reason_count, destination_count;
    bool own;
};
#endif
