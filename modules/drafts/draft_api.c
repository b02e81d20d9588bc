/* SPDX-License-Identifier: MulanPSL-2.0 */
/* JSON of writing: saving, autosave, kept versions. Reading: proposal_api.c; steps follow from the
 * flow's table. */
#include "modules/drafts/draft_pages.h"

#include "modules/drafts/draft.h"
#include "modules/drafts/draft_versions.h"
#include "modules/proposals/proposal_drafting.h"
#include "platform/files/files.h"
#include "platform/web/conflict.h"
#include "platform/web/json.h"

/* ---- saving ---- */

static void saved(struct rq *rq, struct res *res, const struct proposal *p)
{
    struct json j = json_begin(rq);
    json_i64(&j, "id", p->id);
    json_str(&j, "state", p->state);
    json_i64(&j, "version", p->version);
    json_i64(&j, "saved_at", p->updated_at); /* milliseconds: the script compares it */
    json_send(&j, res);
}

/* Files of a multipart request are attached; `remove` takes one away. */
static err files_take(struct rq *rq, const struct proposal_input *in, i64 id)
{
    TRY(attachment_keep(rq, "attachments", "proposals", id));
    return in->remove ? attachment_remove(rq, "proposals", id, in->remove) : OK;
}

static err save(struct rq *rq, struct res *res, const char *reason)
{
    struct proposal p = { 0 };
    err e = draft_save(rq, rq->input, reason, &p);
    if (e.code != ERR_NONE)
        return conflict_answer(rq, res, e);
    if (strcmp(reason, "save") == 0)
        TRY(files_take(rq, rq->input, p.id));
    saved(rq, res, &p);
    return OK;
}

err api_draft_save(struct rq *rq, struct res *res)
{
    const struct proposal_input *in = rq->input;
    TRY(save(rq, res, "save"));
    if (in->id == 0)
        res_status(res, 201);
    return OK;
}

err api_draft_autosave(struct rq *rq, struct res *res)
{
    return save(rq, res, "autosave");
}

/* ---- versions ---- */

err api_draft_versions(struct rq *rq, struct res *res)
{
    struct proposal p;
    struct rows rows;
    struct json j = json_begin(rq);
    TRY(draft_find_versioned(rq, rq->path_id, &p));
    TRY(draft_list_versions(rq, &p, &rows));
    const struct kept_version *versions = rows.items;
    json_array(&j, "items");
    for (size_t i = 0; i < rows.count; i++) {
        json_object(&j, NULL);
        json_i64(&j, "number", versions[i].number);
        json_str(&j, "reason", versions[i].reason);
        json_time(&j, "saved_at", versions[i].saved_at);
        json_str(&j, "saved_name", versions[i].saved_name);
        json_str(&j, "delegator_name", versions[i].delegator_name);
        json_str(&j, "title", versions[i].title);
        json_str(&j, "body", versions[i].body); /* the parts, as JSON text */
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}
