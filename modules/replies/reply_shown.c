/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the page of an assignment says to its agency while the answer passes out. The answer itself
 * is drawn by modules/assignments. */
#include "modules/replies/reply_rules.h"
#include "platform/web/view.h"
#include "views/replies.h"

/* Handed in, to be checked by somebody else. */
err on_reply_section_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct assignment_section_shown *shown = fact;
    struct assignment a = *shown->assignment;
    struct flow_subject subject = { id, a.version, a.state, a.matter_title, a.matter_number, &a };
    bool waits = false;
    if (!shown->acts || !shown->is_own || !str_is(a.state, "drafted"))
        return OK;
    TRY(reply_waits_vetting(rq, &subject, &waits));
    if (waits && flow_may(rq, &ASSIGNMENTS_FLOW, &subject, "vet").code != ERR_NONE)
        view_replies_waits_vetting(shown->acts);
    return OK;
}
