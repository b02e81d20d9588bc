/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of the desk show; all texts unescaped. */
#ifndef HT_TRIAGE_TRIAGE_VIEWS_H
#define HT_TRIAGE_TRIAGE_VIEWS_H
#include "modules/guesses/guess_agency.h"
#include "modules/triage/triage.h"
#include "platform/web/view_parts.h"

/* A line of the queue: copies of one text. id: the letter that is opened. */
struct triage_line {
    i64 id, count, days;
    str title, place;
    bool is_current;
};

/* A category with its key, 1 to 9. degree 0 = not guessed, only offered. */
struct triage_choice {
    str code, label, because, key;
    i64 degree;
};

/* A letter about something like it that is not over. */
struct triage_alike {
    i64 id, degree;
    str title, state;
};

/* A stretch of the letter; found: it leads to a person. */
struct triage_piece {
    str text;
    bool found;
};

/* Copies that are being dismissed; seconds: in which it can still be taken back. */
struct triage_ending {
    i64 first_id, count, seconds;
    str title, reason;
};

/* What the actor has dismissed by itself a moment ago. */
struct triage_dismissed {
    i64 id, seconds;
    str title, reason;
};

struct triage_page {
    const struct view_link *crumbs;
    const struct letter *l;                 /* NULL = nothing waits */
    const struct triage_line *lines, *many; /* many: of which most wait */
    size_t line_count, many_count;
    const struct triage_choice *choices;
    size_t choice_count;
    struct guess_agencies agencies; /* for the category below, the likeliest or its own */
    str agency_category, agency_label;
    const struct view_choice *categories, *kinds;
    size_t category_count, kind_count;
    const struct triage_alike *alike;
    size_t alike_count;
    const struct triage_piece *pieces;
    size_t piece_count, found_count;
    const struct triage_ending *endings;
    size_t ending_count;
    const struct triage_dismissed *dismissed;
    size_t dismissed_count;
    struct rows reasons, route_phrases, ask_phrases, messages; /* dictionary_row; letter_message */
    str masked;
    i64 copies, waiting, apart_waiting, next_id, before_id;
    bool apart, is_new, may_assign, may_read; /* may_read: how often guesses were right */
};
#endif
