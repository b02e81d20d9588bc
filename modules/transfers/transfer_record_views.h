/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of lists of earlier years draw (views/past.html). */
#ifndef HT_TRANSFERS_TRANSFER_RECORD_VIEWS_H
#define HT_TRANSFERS_TRANSFER_RECORD_VIEWS_H
#include "modules/transfers/transfer_record_store.h"
#include "platform/web/view_parts.h"

/* A session or a body that a list names and that is not entered. code: "3-2" of a session. */
struct transfer_missing {
    str name, code;
};
struct transfer_offers {
    struct rows sessions, agencies; /* struct transfer_missing */
    bool may;                       /* enter them */
    const struct view_choice *kinds;
    size_t kind_count;
};

/* Beside a case of earlier years: what the list said. satisfaction: the case's label, empty where
 * it is not for the reader. steps: struct transfer_step; words only for the office. */
struct transfer_shown {
    const struct transfer_kept *kept;
    str satisfaction, guesses, main_number;
    i64 main_id;
    struct rows steps;
    bool is_office;
};

/* The table of codes, and one that is being changed. */
struct transfer_code_item {
    const struct transfer_code *code;
    str state, verb; /* labels */
    str url;
    bool own; /* not as shipped */
};
struct transfer_codes_page {
    struct view_link crumbs[4];
    const struct transfer_code_item *items;
    size_t count;
    struct transfer_code chosen; /* word empty = none */
    str chosen_code;
    bool chosen_own;
    const struct view_choice *states, *verbs;
    size_t state_count, verb_count;
};
#endif
