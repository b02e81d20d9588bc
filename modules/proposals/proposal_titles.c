/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Two proposals of a session with the same title: told on the page before it is handed in, or not
 * taken, as the site wants. Likeness of texts is modules/mergers' business. */
#include "modules/orgs/org.h"
#include "modules/proposals/proposal_rules.h"
#include "platform/settings/settings.h"
#include "platform/text/fold.h"
#include "platform/text/texts.h"

err proposal_find_same_title(struct rq *rq, const struct proposal *p, struct proposal *out,
                             bool *found)
{
    struct session session = { .id = p->session_id };
    struct rows rows;
    str wanted = fold_text(rq->mem, str_trim(p->title));
    *out = (struct proposal){ 0 };
    *found = false;
    if (wanted.len == 0)
        return OK;
    if (p->serial == 0) /* it will be one of today's session */
        TRY(session_on(rq, rq->today, &session));
    TRY(proposal_store_list_titles(rq->db, session.id, rq->mem, &rows));
    const struct proposal_title *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        if (all[i].id == p->id || !str_eq(fold_text(rq->mem, str_trim(all[i].title)), wanted))
            continue;
        *found = true;
        err e = proposal_find(rq, all[i].id, out);
        if (e.code != ERR_NOT_FOUND)
            return e;
        *out = (struct proposal){ 0 };
    }
    return OK;
}

err proposal_check_title(struct rq *rq, const struct proposal *p)
{
    struct proposal other;
    bool found = false;
    if (!str_is(setting_text(rq, "proposals.same_title"), "block"))
        return OK;
    TRY(proposal_find_same_title(rq, p, &other, &found));
    if (found)
        rq_fault(rq, "title", "proposals.same_title",
                 other.id ? proposal_number(rq, &other) : text_find("proposals.another"),
                 str_of(""));
    return OK;
}
