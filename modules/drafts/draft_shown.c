/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of draft_shown.h. */
#include "modules/drafts/draft_shown.h"

#include "modules/assignments/assignment.h"
#include "modules/drafts/draft.h"
#include "modules/drafts/draft_views.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/drafts.h"

static err put(struct rq *rq, i64 id, struct out *out, struct json *json)
{
    struct draft_note note;
    struct draft_note_shown v = { 0 };
    TRY(draft_note_find(rq, id, &note));
    if (json) {
        json_str(json, "authorship", note.authorship);
        json_str(json, "talk_wish", note.talk_wish);
        return OK;
    }
    if (note.authorship.len)
        v.authorship = text_label("choices.authorship", note.authorship);
    if (note.talk_wish.len)
        v.talk_wish = dictionary_label(rq, "assignments.contact_ways", note.talk_wish);
    if (note.authorship.len || note.talk_wish.len)
        view_drafts_note(out, &v);
    return OK;
}

err on_draft_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct proposal_shown *shown = fact;
    bool here = shown->json || strcmp(shown->place, "text") == 0;
    return here ? put(rq, id, shown->out, shown->json) : OK;
}

err on_draft_matter_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct matter_shown *shown = fact;
    struct proposal p;
    if (!str_is(shown->collection, "proposals"))
        return OK;
    err e = proposal_find(rq, id, &p);
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    return put(rq, id, shown->out, shown->json);
}
