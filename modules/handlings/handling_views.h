/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of this module show; all texts unescaped. */
#ifndef HT_HANDLINGS_HANDLING_VIEWS_H
#define HT_HANDLINGS_HANDLING_VIEWS_H
#include "modules/guesses/guess_agency.h"
#include "modules/handlings/handling_rules.h"
#include "platform/web/view_parts.h"

/* A letter as a unit reads it. sender: only where he lets himself be known. again: why he thinks it
 * is not solved, in a round again. */
struct handling_matter {
    const struct letter *l;
    str text, category, again, sender_name, sender_phone;
    i64 along, assignment_id;
    struct rows photos; /* struct handling_photo */
    bool reads_letters;
};

/* Photos of a letter to choose from; choices: as many as photos. */
struct handling_choice {
    i64 letter_id;
    const struct handling_photo *photos;
    const struct view_choice *choices;
    size_t count;
};

struct handling_disclose {
    const struct letter *l;
    const struct view_link *crumbs;
    struct handling_choice photos;
};

/* Handing out: units to choose from (hosts has one more, the empty first), what they will read. */
struct handling_assign {
    const struct letter *l;
    const struct view_link *crumbs;
    const struct view_choice *hosts, *cohosts;
    const struct guess_agencies *guesses; /* which units answered letters of this kind */
    size_t count;
    struct handling_choice photos;
    str text;
    i64 due_on;
    bool cohosts_open, shows_point, may_read; /* may_read: how often guesses were right */
};

/* Running along: letters that are like this one. */
struct handling_attach {
    const struct letter *l;
    const struct view_link *crumbs;
    const struct view_choice *leads;
    size_t count;
    str back;
};

struct handling_feed {
    const struct letter *l;
    const struct view_link *crumbs;
    str title, situation; /* as they begin, without who wrote */
    bool may_name, analysis_needed;
};

/* The part in a letter's page. lead: id 0 = it runs along with none; photos: how many of its own
 * the units see; kept: the editors use nothing of what was made of it, and it is not over. */
struct handling_part {
    const struct letter *l;
    struct letter lead;
    struct rows along, opinions;
    i64 photos;
    bool kept;
};
#endif
