/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What several pages of this module need: choices, worded days. */
#ifndef HT_MEMBERS_MEMBER_PARTS_H
#define HT_MEMBERS_MEMBER_PARTS_H
#include "modules/members/member_views.h"

/* Look of a status: "ok", "warn", "idle". */
const char *member_tone(str status);

/* A day as 2026-11-25, empty for none and for an unknown birthday. */
str member_day_text(struct rq *rq, i64 day);

/* Number of today's term as text; empty where no session has been entered. */
err member_term_text(struct rq *rq, str *out);

/* Choices: rows of a dictionary with an empty one first; sectors of today; acts that fit a status;
 * bodies for offices. */
err member_dictionary_choices(struct rq *rq, const char *name, str chosen,
                              const struct view_choice **out, size_t *count);
err member_sector_choices(struct rq *rq, str chosen, const struct view_choice **out, size_t *count);
err member_body_choices(struct rq *rq, const struct view_choice **out, size_t *count);
const struct view_choice *member_act_choices(struct rq *rq, str status, str chosen, size_t *count);

/* The official list: the standing committee by posts, all by strokes. */
struct member_roster {
    struct member_roster_row *standing, *all;
    size_t standing_count, count;
    i64 on_on;
    str term, house;
    bool may_print;
};

/* What stands behind a name there: that it is a woman's, which nationality if not Han. */
str member_roster_marks(struct arena *mem, const struct member_roster_row *row);
#endif
