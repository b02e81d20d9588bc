/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of this module show. Filled by cosigner_pages.c; all texts unescaped. */
#ifndef HT_COSIGNERS_COSIGNER_VIEWS_H
#define HT_COSIGNERS_COSIGNER_VIEWS_H
#include "modules/cosigners/cosigner.h"
#include "modules/cosigners/endorsement.h"
#include "platform/web/view_parts.h"

/* Those who are asked, as part of a case's page and on their own page. */
struct cosigner_case {
    const struct proposal *p;
    struct rows rows; /* struct cosigner */
    i64 cosigned, declined, asked, lapsed;
    i64 expires_at; /* of the round that runs; 0 = none */
    i64 hours;      /* of a round sent out now; 0 = not asked for */
    bool answers, reasons, speaks;
};

/* Their own page. */
struct cosigner_prepare {
    struct cosigner_case c;
    const struct view_link *crumbs;
    str q;
    const struct view_choice *sectors, *found;
    size_t sector_count, found_count;
    i64 most;  /* signers with the lead */
    bool more; /* found more than are shown */
    bool searched;
};

/* One invitation for who is asked. */
struct cosigner_show {
    const struct cosigner *c;
    const struct view_link *crumbs;
    const struct proposal *p;
    struct flow_allowed allowed;
    html text;
    bool own, shows_text, signs; /* signs: its page is open to him */
};

struct endorsement_show {
    const struct proposal *p;
    struct rows rows; /* struct endorsement */
    str names;        /* joined */
    bool own, may;
};
#endif
