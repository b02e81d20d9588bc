/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of this module show. Filled by cosigner_pages.c; all texts unescaped. */
#ifndef HT_COSIGNERS_COSIGNER_VIEWS_H
#define HT_COSIGNERS_COSIGNER_VIEWS_H
#include "modules/cosigners/cosigner.h"
#include "modules/cosigners/drafter.h"
#include "modules/cosigners/endorsement.h"
#include "platform/web/view_parts.h"

struct json;

/* Those who are asked, as part of a case's page and on their own page. */
struct cosigner_case {
    const struct proposal *p;
    struct rows rows; /* struct cosigner */
    i64 cosigned, declined, asked, lapsed;
    i64 expires_at; /* of the round that runs; 0 = none */
    i64 hours;      /* of a round sent out now; 0 = not asked for */
    bool answers, reasons, speaks;
};

/* Members to choose from: q part of a name or employer, sector_id 0 = all; nothing is looked for
 * without one of both. on: who served on that day, 0 = who serves today. taken: persons who are no
 * choice. */
struct cosigner_search {
    str q;
    i64 sector_id, on;
    ids taken;
    const struct view_choice *sectors, *found;
    size_t sector_count, found_count;
    bool more; /* found more than are shown */
    bool searched;
};

/* Fills sectors and what is found among those members; "found" of a JSON. Errors: those of the
 * database. */
err cosigner_search_make(struct rq *rq, struct cosigner_search *s);
void cosigner_search_json(struct json *j, const struct cosigner_search *s);

/* Their own page. */
struct cosigner_prepare {
    struct cosigner_case c;
    const struct view_link *crumbs;
    struct cosigner_search find;
    i64 most; /* signers with the lead */
};

/* Those who wrote a collective one. */
struct drafter_show {
    struct drafter_case c;
    const struct view_link *crumbs;
    struct cosigner_search find;
    i64 most;
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
