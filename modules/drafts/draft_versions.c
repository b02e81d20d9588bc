/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Keeps versions of texts (draft_versions.h): as JSON of everything that their writers can change.
 */
#include "modules/drafts/draft_versions.h"

#include "modules/drafts/draft.h"
#include "modules/proposals/proposal_drafting.h"
#include "platform/web/json.h"

enum { AUTOSAVE_SLOT_MS = 5 * 60000, BODY_MAX_BYTES = 1 << 20 };

/* ---- keeping ---- */

static void wishes_json(struct json *j, const struct rows *wishes, const char *role)
{
    const struct wish *all = wishes->items;
    json_array(j, str_is(str_of(role), "host") ? "hosts" : "cohosts");
    for (size_t i = 0; i < wishes->count; i++)
        if (str_is(all[i].by_whom, "proposer") && str_is(all[i].role, role))
            json_str(j, NULL, all[i].name);
    json_array_end(j);
}

/* What stands beside the text. */
struct draft_sides {
    struct rows wishes;
    struct draft_note note;
};

/* Everything that its writer can change, as it was then. */
static str body_json(struct rq *rq, const struct proposal *p, const strs *suggestions,
                     const struct draft_sides *sides)
{
    struct buf *b = buf_new(rq->mem, BODY_MAX_BYTES);
    struct json j = json_on(b);
    json_object(&j, NULL);
    json_str(&j, "kind", p->kind);
    json_str(&j, "situation", p->situation);
    json_str(&j, "analysis", p->analysis);
    json_str(&j, "research", p->research);
    json_array(&j, "suggestions");
    for (size_t i = 0; i < suggestions->count; i++)
        json_str(&j, NULL, suggestions->items[i]);
    json_array_end(&j);
    json_str(&j, "consent", p->consent);
    json_str(&j, "consent_reason", p->consent_reason);
    json_str(&j, "authorship", sides->note.authorship);
    json_str(&j, "talk_wish", sides->note.talk_wish);
    wishes_json(&j, &sides->wishes, "host");
    wishes_json(&j, &sides->wishes, "cohost");
    json_object_end(&j);
    return buf_str(b);
}

/* Why a version is kept: of a save, what kind of work it was. */
static const char *reason_of(struct rq *rq, const struct proposal_saved *saved)
{
    const struct proposal *p = saved->proposal;
    if (strcmp(saved->reason, "save") != 0)
        return saved->reason;
    if (str_is(p->state, "revising"))
        return "revise";
    return p->transcribed_by && p->transcribed_by == rq->actor->account_id ? "staff" : "save";
}

err on_draft_saved(struct rq *rq, i64 id, const void *fact)
{
    const struct proposal_saved *saved = fact;
    const struct proposal *p = saved->proposal;
    const struct actor *actor = rq->actor;
    struct draft_sides sides;
    i64 slot = rq->now_ms - rq->now_ms % AUTOSAVE_SLOT_MS;
    TRY(draft_store_remove_autosaves(rq->db, p->id, actor->account_id, slot));
    TRY(proposal_list_wishes(rq, id, &sides.wishes));
    TRY(draft_note_find(rq, id, &sides.note));
    return draft_store_add_version(rq->db, p->id,
                                   &(struct kept_version){
                                       .number = p->version,
                                       .title = p->title,
                                       .body = body_json(rq, p, saved->suggestions, &sides),
                                       .reason = str_of(reason_of(rq, saved)),
                                       .saved_at = rq->now_ms,
                                       .saved_by = actor->account_id,
                                       .saved_name = actor->name,
                                       .delegator_name = actor->delegator_name });
}

/* ---- seeing ---- */

err draft_find_versioned(struct rq *rq, i64 id, struct proposal *out)
{
    bool owner = false;
    TRY(proposal_find(rq, id, out));
    TRY(proposal_is_owner(rq, out, &owner));
    if (owner || actor_scope(rq->actor, "proposals.read_pending") == SCOPE_ORG)
        return OK;
    return err_make(ERR_NOT_FOUND, "proposals.not_found");
}

err draft_list_versions(struct rq *rq, const struct proposal *p, struct rows *out)
{
    bool owner = false;
    i64 from = 0;
    TRY(proposal_is_owner(rq, p, &owner));
    if (!owner) /* from the text as it was first handed in */
        TRY(draft_store_first_submission(rq->db, p->id, &from));
    if (!owner && from == 0) {
        *out = (struct rows){ .size = sizeof(struct kept_version) };
        return OK;
    }
    return draft_store_list_versions(rq->db, p->id, from, rq->mem, out);
}
