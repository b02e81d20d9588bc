/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What stands of bulletins on the pages and in the JSON of others: with an opinion what became of
 * it, for the unit that has it the text as it was issued. */
#include "modules/assignments/assignment.h"
#include "modules/bulletins/bulletin_store.h"
#include "modules/bulletins/bulletin_views.h"
#include "modules/opinions/opinion_edit.h"
#include "platform/audit/audit.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/bulletins.h"

const char *adoption_tone(str kind)
{
    if (str_is(kind, "single") || str_is(kind, "combined"))
        return "ok";
    return str_is(kind, "passed") ? "info" : "idle";
}

static str level_label(struct rq *rq, str code)
{
    return dictionary_label(rq, "outcomes.instruction_levels", code);
}

static const struct field DESTINATION[] = {
    FIELD(struct destination, id),
    FIELD(struct destination, body),
    FIELD(struct destination, level),
    FIELD(struct destination, sent_on),
    { 0 },
};

static const struct field ADOPTION[] = {
    FIELD(struct adoption, id),
    FIELD(struct adoption, destination_id),
    FIELD(struct adoption, body),
    FIELD(struct adoption, level),
    FIELD(struct adoption, kind),
    FIELD(struct adoption, adopted_on),
    FIELD(struct adoption, place),
    FIELD(struct adoption, text),
    { 0 },
};

static const struct field INSTRUCTION[] = {
    FIELD(struct instruction, id),    FIELD(struct instruction, leader),
    FIELD(struct instruction, level), FIELD(struct instruction, instructed_on),
    FIELD(struct instruction, text),  { 0 },
};

static const struct field SCAN[] = {
    FIELD(struct attachment, id),
    FIELD(struct attachment, owner_id),
    FIELD(struct attachment, name),
    { 0 },
};

static void outcome_json(struct rq *rq, const struct opinion *o, const struct opinion_outcome *v,
                         struct json *j)
{
    json_object(j, "outcome");
    json_i64(j, "opinion_id", o->id);
    json_i64(j, "issue_id", v->desk ? v->issue->id : 0);
    json_str(j, "issue", issue_name(rq, v->issue));
    json_day(j, "issued_on", v->issue->issued_on);
    json_rows(j, "destinations", DESTINATION, &v->destinations);
    json_rows(j, "adoptions", ADOPTION, &v->adoptions);
    json_rows(j, "instructions", INSTRUCTION, &v->instructions);
    json_rows(j, "scans", SCAN, &v->scans);
    json_time(j, "assigned_at", v->item.assigned_at);
    json_time(j, "replied_at", v->item.replied_at);
    json_time(j, "informed_at", v->item.informed_at);
    json_object_end(j);
}

/* What became of it; of one that went into a composite what became of that. */
err on_bulletin_opinion_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct opinion_shown *shown = fact;
    struct opinion composite = { 0 };
    struct opinion_outcome v;
    bool is_any;
    (void)id;
    const struct opinion *o = shown->opinion;
    if (o->composite_id) {
        err e = opinion_find(rq, o->composite_id, &composite);
        if (e.code == ERR_NOT_FOUND || e.code == ERR_FORBIDDEN)
            return OK;
        TRY(e);
        o = &composite;
    }
    TRY(adoption_outcome(rq, o, &v, &is_any));
    if (!is_any) {
        if (shown->out && str_is(o->state, "signing") && actor_may(rq->actor, "issues.edit"))
            view_bulletins_waiting(shown->out);
        return OK;
    }
    bool answers = v.item.assigned_at && (v.desk || v.item.informed_at);
    if (shown->json) {
        outcome_json(rq, o, &v, shown->json);
        return answers ? assignment_answers_json(rq, "opinions", o->id, shown->json) : OK;
    }
    struct outcome_part part = { .o = o,
                                 .v = &v,
                                 .used_in = composite.id ? composite.title : str_of(""),
                                 .issue_name = issue_name(rq, v.issue),
                                 .may_record = actor_may(rq->actor, "adoptions.record"),
                                 .level = level_label,
                                 .rq = rq };
    view_bulletins_outcome(shown->out, &part);
    return answers ? assignment_answers_section(rq, "opinions", o->id, shown->out) : OK;
}

/* ---- for the unit that has it ---- */

/* Of the unit that it was handed to, and of nobody else: the house reads it in its issue. */
static err matter_find(struct rq *rq, i64 opinion_id, struct matter_part *v, bool *is_theirs)
{
    struct issue_item *item = arena_zero(rq->mem, sizeof *item);
    struct issue n;
    *is_theirs = false;
    if (rq->actor->agency_id)
        TRY(assignment_is_with(rq, "opinions", opinion_id, rq->actor->agency_id, is_theirs));
    if (!*is_theirs)
        return OK;
    TRY(issue_store_find_item(rq->db, opinion_id, rq->mem, item));
    TRY(issue_store_find(rq->db, item->issue_id, rq->mem, &n));
    *v = (struct matter_part){ .item = item, .issue_name = issue_name(rq, &n) };
    return OK;
}

/* On the page of the assignment stands what is asked, not the text: who opens that is noted first
 * (rules.md 3: the channel is internal). */
err on_bulletin_matter_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct matter_shown *shown = fact;
    struct matter_part v;
    bool is_theirs;
    if (!str_is(shown->collection, "opinions"))
        return OK;
    TRY(matter_find(rq, id, &v, &is_theirs));
    if (!is_theirs)
        return OK;
    if (shown->out)
        view_bulletins_matter(shown->out, &v);
    else {
        json_i64(shown->json, "opinion_id", id);
        json_str(shown->json, "issue", v.issue_name);
        json_str(shown->json, "ask", v.item->ask);
    }
    return OK;
}

/* The text as it was issued and the instructions; who reported it does not leave the house. */
err page_opinion_issued(struct rq *rq, struct res *res)
{
    struct matter_part v;
    bool is_theirs;
    TRY(matter_find(rq, rq->path_id, &v, &is_theirs));
    if (!is_theirs)
        return err_make(ERR_NOT_FOUND, "issues.not_found");
    TRY(audit_leaving(rq, &(struct audit_entry){ .act = "opinions.read",
                                                 .object = "opinions",
                                                 .object_id = rq->path_id }));
    TRY(instruction_list_of(rq, "opinions", rq->path_id, &v.instructions));
    if (rq->api) {
        struct json j = json_begin(rq);
        json_str(&j, "issue", v.issue_name);
        json_str(&j, "ask", v.item->ask);
        json_str(&j, "title", v.item->title);
        json_str(&j, "situation", v.item->situation);
        json_str(&j, "analysis", v.item->analysis);
        json_str(&j, "suggestions", v.item->suggestions);
        json_rows(&j, "instructions", INSTRUCTION, &v.instructions);
        json_send(&j, res);
        return OK;
    }
    v.crumbs = view_crumbs(rq->mem, "assignments", v.item->title);
    struct out *out =
        page_begin(rq, text_format(rq->mem, "bulletins.page.issued", v.item->title, str_of("")),
                   "assignments");
    view_bulletins_issued(out, &v);
    page_end(res, out);
    return OK;
}
