/* SPDX-License-Identifier: MulanPSL-2.0 */
/* JSON of proposals: list, one with everything its page shows. Saving: modules/drafts. Steps
 * (submit, docket …) follow from the flow's table. */
#include "modules/assignments/assignment.h"
#include "modules/proposals/proposal_list.h"
#include "modules/proposals/proposal_pages.h"
#include "modules/proposals/proposal_parts.h"
#include "platform/files/files.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"

enum { BEST_MAX = 200 };

/* ---- list ---- */

static void row_json(const struct rq *rq, struct json *j, const struct proposal_row *row,
                     str number)
{
    json_object(j, NULL);
    json_str(j, "number", number);
    list_row_json(rq, &PROPOSAL_LIST, row, LIST_ROW_PAGE, j);
    json_object_end(j);
}

/* Who asks for words and for no order wants the best hit first. That can be given where all hits
 * are on the page; more of them than that come newest first, so that pages hold together. */
static bool wants_best(struct rq *rq, const struct list_query *query, const struct list_result *r)
{
    return query->q.len && query->after.len == 0 && r->next.len == 0 &&
           str_find(rq->query, str_of("sort="), 0) < 0;
}

static void order(struct list_result *result, const struct rows *found)
{
    const struct text_hit *hits = found->items;
    struct proposal_row *rows = result->rows.items;
    size_t done = 0, count = result->rows.count;
    for (size_t h = 0; h < found->count && done < count; h++)
        for (size_t i = done; i < count; i++)
            if (rows[i].id == hits[h].item_id) {
                struct proposal_row row = rows[i];
                memmove(&rows[done + 1], &rows[done], (i - done) * sizeof *rows);
                rows[done++] = row;
            }
}

/* Nothing has all of the words: the few that come nearest, as far as this reader may see them. */
static err nearest(struct rq *rq, const struct rows *found, struct list_result *result)
{
    struct list_query query;
    const struct text_hit *hits = found->items;
    struct buf *ids_asked = buf_new(rq->mem, 1000);
    for (size_t h = 0; h < found->count && h < LIST_VALUES_MAX; h++)
        buf_printf(ids_asked, "%sid=%lld", h ? "&" : "", (long long)hits[h].item_id);
    if (found->count == 0)
        return OK;
    TRY(list_parse_text(rq, &PROPOSAL_LIST, buf_str(ids_asked), &query));
    return list_page(rq, &PROPOSAL_LIST, &query, result);
}

static err best_first(struct rq *rq, const struct list_query *query, struct list_result *result)
{
    struct rows found;
    const struct text_query best = { .collection = "proposals",
                                     .words = query->q,
                                     .limit = BEST_MAX };
    if (!wants_best(rq, query, result))
        return OK;
    TRY(text_search_best(rq, &best, &found));
    if (result->rows.count == 0 && query->filter_count == 0)
        TRY(nearest(rq, &found, result));
    order(result, &found);
    return OK;
}

err api_proposal_list(struct rq *rq, struct res *res)
{
    struct list_query query;
    struct list_result result;
    struct proposal_numbers numbers;
    struct json j = json_begin(rq);
    TRY(list_parse(rq, &PROPOSAL_LIST, &query));
    TRY(list_page(rq, &PROPOSAL_LIST, &query, &result));
    TRY(best_first(rq, &query, &result));
    TRY(proposal_numbers_load(rq, &numbers));
    const struct proposal_row *rows = result.rows.items;
    json_array(&j, "items");
    for (size_t i = 0; i < result.rows.count; i++)
        row_json(rq, &j, &rows[i],
                 proposal_number_of(rq, &numbers, rows[i].session_id, rows[i].serial,
                                    rows[i].docket_no));
    json_array_end(&j);
    if (result.next.len)
        json_str(&j, "next", result.next);
    else
        json_null(&j, "next");
    json_i64(&j, "total", result.total);
    json_send(&j, res);
    return OK;
}

/* ---- one ---- */

static void texts_json(struct json *j, const char *key, const strs *texts)
{
    json_array(j, key);
    for (size_t i = 0; i < texts->count; i++)
        json_str(j, NULL, texts->items[i]);
    json_array_end(j);
}

static err head_json(struct rq *rq, struct json *j, const struct proposal *p)
{
    bool sees_reason = false;
    TRY(proposal_sees_reason(rq, p, &sees_reason));
    json_i64(j, "id", p->id);
    json_str(j, "number", proposal_number(rq, p));
    json_str(j, "title", p->title);
    json_str(j, "state", p->state);
    json_i64(j, "version", p->version);
    json_i64(j, "session_id", p->session_id);
    json_i64(j, "serial", p->serial);
    json_i64(j, "docket_no", p->docket_no);
    json_str(j, "kind", p->kind);
    json_str(j, "timing", p->timing);
    json_str(j, "category", p->category);
    json_str(j, "situation", p->situation);
    json_str(j, "analysis", p->analysis);
    json_bool(j, "researched", p->researched);
    json_str(j, "research", p->research);
    json_str(j, "consent", p->consent);
    json_bool(j, "urgent", p->urgent);
    json_bool(j, "confidential", p->confidential);
    if (sees_reason) {
        json_str(j, "consent_reason", p->consent_reason);
        json_time(j, "withdraw_asked_at", p->withdraw_asked_at);
        json_str(j, "withdraw_reason", p->withdraw_reason);
    }
    return OK;
}

static void course_json(struct rq *rq, struct json *j, const struct proposal *p)
{
    json_str(j, "proposer_name", p->proposer_name);
    json_bool(j, "transcribed", p->transcribed_by > 0);
    json_str(j, "host_name", p->host_name);
    json_str(j, "class", p->class);
    if (actor_scope(rq->actor, "evaluations.read") == SCOPE_ORG) /* blind for the agencies */
        json_str(j, "satisfaction", p->satisfaction);
    json_bool(j, "was_late", p->was_late);
    json_bool(j, "first_late", p->first_late);
    json_i64(j, "rounds", p->rounds);
    json_str(j, "outcome", p->outcome);
    json_i64(j, "main_id", p->main_id);
    json_i64(j, "merged_count", p->merged_count);
    json_time(j, "merged_at", p->merged_at);
    json_str(j, "reject_reason", p->reject_reason);
    json_str(j, "reject_note", p->reject_note);
    json_str(j, "destination", p->destination);
    json_bool(j, "unreached", p->unreached);
    json_day(j, "informed_on", p->informed_on);
    json_day(j, "due_on", p->due_on);
    json_time(j, "created_at", p->created_at);
    json_time(j, "updated_at", p->updated_at);
    json_time(j, "submitted_at", p->submitted_at);
    json_time(j, "docketed_at", p->docketed_at);
    json_time(j, "assigned_at", p->assigned_at);
    json_time(j, "replied_at", p->replied_at);
    json_time(j, "first_replied_at", p->first_replied_at);
    json_time(j, "closed_at", p->closed_at);
    json_str(j, "digest", p->digest);
    json_str(j, "source", p->source);
    json_str(j, "source_id", p->source_id);
}

static err drafters_json(struct rq *rq, struct json *j, i64 id)
{
    struct rows rows;
    TRY(proposal_list_drafters(rq, id, &rows));
    const struct proposal_drafter *all = rows.items;
    json_array(j, "drafters");
    for (size_t i = 0; i < rows.count; i++) {
        json_object(j, NULL);
        json_i64(j, "id", all[i].id);
        json_i64(j, "rank", all[i].rank);
        json_str(j, "name", all[i].name);
        json_str(j, "contact", all[i].contact);
        json_object_end(j);
    }
    json_array_end(j);
    return OK;
}

static err people_json(struct rq *rq, struct json *j, i64 id)
{
    struct rows rows;
    TRY(proposal_store_list_proposers(rq->db, id, rq->mem, &rows));
    const struct proposer *proposers = rows.items;
    json_array(j, "proposers");
    for (size_t i = 0; i < rows.count; i++) {
        json_object(j, NULL);
        json_i64(j, "rank", proposers[i].rank);
        json_str(j, "name", proposers[i].name);
        json_str(j, "contact", proposers[i].contact);
        json_object_end(j);
    }
    json_array_end(j);
    TRY(drafters_json(rq, j, id));
    TRY(proposal_store_list_wishes(rq->db, id, rq->mem, &rows));
    const struct wish *wishes = rows.items;
    json_array(j, "wishes");
    bool house = actor_scope(rq->actor, "proposals.read") == SCOPE_ORG;
    for (size_t i = 0; i < rows.count; i++) {
        if (!house && str_is(wishes[i].by_whom, "reviewer"))
            continue; /* what the reviewer advises is the office's own, as on the page */
        json_object(j, NULL);
        json_i64(j, "agency_id", wishes[i].agency_id);
        json_str(j, "name", wishes[i].name);
        json_str(j, "role", wishes[i].role);
        json_str(j, "by_whom", wishes[i].by_whom);
        json_object_end(j);
    }
    json_array_end(j);
    return OK;
}

static err files_json(struct rq *rq, struct json *j, i64 id)
{
    struct rows rows;
    TRY(attachment_list(rq, "proposals", id, &rows));
    const struct attachment *files = rows.items;
    json_array(j, "attachments");
    for (size_t i = 0; i < rows.count; i++) {
        json_object(j, NULL);
        json_i64(j, "id", files[i].id);
        json_str(j, "name", files[i].name);
        json_str(j, "type", files[i].type);
        json_i64(j, "size_bytes", files[i].size_bytes);
        json_str(j, "sha256", files[i].sha256);
        json_str(j, "href",
                 arena_printf(rq->mem, "/proposals/%lld/attachments/%lld", (long long)id,
                              (long long)files[i].id));
        json_object_end(j);
    }
    json_array_end(j);
    return OK;
}

static err trail_json(struct rq *rq, struct json *j, i64 id)
{
    struct rows rows;
    TRY(flow_trails(rq, &PROPOSALS_FLOW, id, &rows));
    const struct flow_trail *trails = rows.items;
    json_array(j, "trail");
    for (size_t i = 0; i < rows.count; i++) {
        json_object(j, NULL);
        json_time(j, "at", trails[i].at);
        json_str(j, "verb", trails[i].verb);
        json_str(j, "from_state", trails[i].from_state);
        json_str(j, "to_state", trails[i].to_state);
        json_str(j, "actor_name", trails[i].actor_name);
        json_str(j, "agency_name", trails[i].agency_name);
        json_str(j, "delegator_name", trails[i].delegator_name);
        json_str(j, "opinion", trails[i].opinion);
        json_object_end(j);
    }
    json_array_end(j);
    return OK;
}

static err findings_json(struct rq *rq, struct json *j, i64 id)
{
    struct rows rows;
    if (actor_scope(rq->actor, "proposals.read") != SCOPE_ORG)
        return OK;
    TRY(proposal_store_list_findings(rq->db, id, rq->mem, &rows));
    const struct finding *findings = rows.items;
    json_array(j, "findings");
    for (size_t i = 0; i < rows.count; i++) {
        json_object(j, NULL);
        json_str(j, "verb", findings[i].verb);
        json_str(j, "text", findings[i].text);
        json_time(j, "written_at", findings[i].written_at);
        json_object_end(j);
    }
    json_array_end(j);
    return OK;
}

/* The digits only for whom the receipt page shows them to. */
static err receipt_json(struct rq *rq, struct json *j, const struct proposal *p)
{
    bool owner = false;
    TRY(proposal_is_owner(rq, p, &owner));
    if (owner && p->submitted_at)
        json_str(j, "receipt", proposal_receipt(rq, p));
    return OK;
}

static err parts_json(struct rq *rq, struct json *j, struct flow_subject *subject)
{
    const struct proposal *p = subject->row;
    strs suggestions;
    TRY(proposal_store_list_suggestions(rq->db, p->id, rq->mem, &suggestions));
    texts_json(j, "suggestions", &suggestions);
    TRY(people_json(rq, j, p->id));
    TRY(files_json(rq, j, p->id));
    TRY(findings_json(rq, j, p->id));
    TRY(receipt_json(rq, j, p));
    TRY(assignment_json(rq, "proposals", p->id, j));
    TRY(trail_json(rq, j, p->id));
    TRY(event_emit(rq, "proposals.shown", p->id,
                   &(struct proposal_shown){ .proposal = p, .place = "", .json = j }));
    struct flow_allowed allowed = flow_allowed(rq, &PROPOSALS_FLOW, subject);
    flow_json_allowed(j, "actions", &PROPOSALS_FLOW, subject, &allowed);
    return OK;
}

err api_proposal_show(struct rq *rq, struct res *res)
{
    struct flow_subject subject = { 0 };
    struct json j = json_begin(rq);
    TRY(proposal_flow_load(rq, rq->path_id, &subject));
    TRY(head_json(rq, &j, subject.row));
    course_json(rq, &j, subject.row);
    TRY(parts_json(rq, &j, &subject));
    json_send(&j, res);
    return OK;
}
