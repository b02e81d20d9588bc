/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the pages of a meeting and of an invitee show alike. */
#include "modules/meetings/meeting_rules.h"
#include "platform/base/str.h"
#include "platform/files/files.h"
#include "platform/settings/settings.h"

err meeting_shown_make(struct rq *rq, const struct meeting *m, struct meeting_page *out)
{
    struct rows *papers = arena_zero(rq->mem, sizeof *papers);
    TRY(attachment_list(rq, "meetings", m->id, papers));
    *out = (struct meeting_page){ .m = m,
                                  .papers = papers,
                                  .when = meeting_when(rq, m),
                                  .kind = dictionary_label(rq, "meetings.kinds", m->kind),
                                  .halves = meeting_halves(m->from_on, m->from_half, m->to_on,
                                                           m->to_half),
                                  .office = actor_may(rq->actor, "meetings.manage"),
                                  .others = actor_may(rq->actor, "meetings.excuse") };
    out->shows_minutes = m->minutes.len && (out->others || str_is(m->state, "settled"));
    out->may_record = out->office && str_is(m->state, "held");
    return OK;
}
