/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of bulletins take. */
#ifndef HT_BULLETINS_BULLETIN_VIEWS_H
#define HT_BULLETINS_BULLETIN_VIEWS_H
#include "modules/bulletins/adoption.h"
#include "modules/outcomes/outcome.h"
#include "platform/files/files.h"
#include "platform/web/view_parts.h"

/* One issue. sent: where it went, struct destination rows, each body once. */
struct issue_page {
    const struct issue *n;
    struct rows items, sent;
    struct flow_allowed allowed;
    struct view_steps steps;
    const struct view_link *crumbs;
    bool may_edit;
};

/* One bulletin with what stands in its head and where it goes. */
struct bulletin_page {
    const struct bulletin *b;
    struct view_facts facts;
    const struct view_link *crumbs;
    bool may_manage;
};

/* Outcome of an opinion on its page. used_in: of a composite whose source the reader's opinion is;
 * empty = it is the opinion's own. level: label of a level's code. */
struct outcome_part {
    const struct opinion *o;
    const struct opinion_outcome *v;
    str used_in, issue_name;
    bool may_record;
    str (*level)(struct rq *rq, str code);
    struct rq *rq;
};

/* Look of what a destination made of it. */
const char *adoption_tone(str kind);

/* Figures of a year: all levels in a row each. */
struct figures_year {
    const struct bulletin_year *year;
    const struct bulletin_figure *levels;
    size_t level_count;
};
struct figures_page {
    const struct figures_year *years;
    size_t count;
    const struct view_link *crumbs;
    str (*level)(struct rq *rq, str code);
    struct rq *rq;
};

/* The text of an issued opinion for the unit that has it. */
struct matter_part {
    const struct issue_item *item;
    str issue_name;
    struct rows instructions;
    const struct view_link *crumbs;
};
#endif
