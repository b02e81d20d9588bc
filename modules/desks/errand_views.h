/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of desks' inside show: views/sections.html, views/errands.html. Filled by
 * desk_sections_pages.c, errand_pages.c, errand_part.c; all texts unescaped. */
#ifndef HT_DESKS_ERRAND_VIEWS_H
#define HT_DESKS_ERRAND_VIEWS_H
#include "modules/accounts/account.h"
#include "modules/desks/desk_sections.h"
#include "modules/desks/errand.h"
#include "platform/web/view_parts.h"

enum { ERRAND_SOON_DAYS = 2, ERRAND_RESULTS = 4 };
extern const char *const ERRAND_RESULT_CODES[ERRAND_RESULTS];

/* A desk with the names of who belongs. */
struct desk_item {
    const struct desk *d;
    str head, names;
};

struct desk_page {
    const struct desk_item *items;
    size_t count, ended;
    bool may_manage;
};

/* One desk; rows: its open errands. */
struct desk_show {
    struct desk_item item;
    struct rows errands; /* struct errand */
    bool may_manage;
};

struct desk_edit {
    struct desk d; /* id 0 = a new one */
    const struct view_choice *accounts, *heads;
    size_t account_count, head_count;
    i64 version;
};

/* Splitting one assignment. */
struct give_page {
    const struct assignment *a;
    struct rows errands; /* struct errand */
    const struct view_choice *numbers, *desks, *accounts;
    size_t number_count, desk_count, account_count;
    i64 due_on;
    struct view_steps steps;
    bool may_give, has_desks, may_manage;
};

struct errand_show {
    const struct errand *e;
    const struct errand_sheet *sheet;
    struct flow_allowed allowed;
    struct view_steps steps;
    str next; /* who is to do what now */
    bool may_write;
};

/* Writing it; and choosing what stays. */
struct errand_form {
    const struct errand *e;
    const struct errand_sheet *sheet;
    strs results, answers, keeps;
    i64 version;
    str redraft; /* why it came back */
};

/* Below an agency's part, for itself. */
struct errand_part {
    const struct assignment *a;
    struct rows errands;
    struct view_steps steps;
    bool may_give;
};
#endif
