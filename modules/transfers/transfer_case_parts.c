/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the files of pages about whole cases share (transfer_case_parts.h): the list's content,
 * words and JSON of a file, who may send. */
#include "modules/transfers/transfer_case_parts.h"

#include "modules/orgs/org.h"
#include "modules/transfers/transfer_store.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"

enum { SHOWN = 50, RANGES = 3 };

str transfer_what(struct rq *rq, const struct transfer *t)
{
    bool in = str_is(t->direction, "in");
    (void)rq;
    return text_label(in ? "transfers.came" : "transfers.went", t->purpose);
}

static err sessions_make(struct rq *rq, struct transfer_list_view *v)
{
    struct rows rows;
    TRY(session_list(rq, &rows));
    const struct session *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    choices[0] = (struct view_choice){ .label = text_find("transfers.every_session") };
    for (size_t i = 0; i < rows.count; i++)
        choices[i + 1] =
            (struct view_choice){ .value = arena_printf(rq->mem, "%lld", (long long)all[i].id),
                                  .label = session_name(rq->mem, &all[i]) };
    v->sessions = choices;
    v->session_count = rows.count + 1;
    return OK;
}

static void ranges_make(struct rq *rq, struct transfer_list_view *v)
{
    static const char *const CODES[RANGES] = { "closed", "assigned", "all" };
    struct view_choice *choices = arena_array(rq->mem, RANGES, sizeof *choices);
    for (size_t i = 0; i < RANGES; i++)
        choices[i] = (struct view_choice){ .value = str_of(CODES[i]),
                                           .label = text_label("choices.range", str_of(CODES[i])),
                                           .chosen = i == 0 };
    v->ranges = choices;
    v->range_count = RANGES;
}

err transfer_list_make(struct rq *rq, struct transfer_list_view *v)
{
    struct rows rows;
    i64 before = 0;
    str at = rq->query;
    if (str_starts(at, str_of("before=")))
        str_to_i64(str_sub(at, strlen("before="), at.len), &before);
    TRY(transfer_store_list(rq->db, before > 0 ? before : 0, SHOWN + 1, rq->mem, &rows));
    const struct transfer *all = rows.items;
    struct transfer_item *items = arena_array(rq->mem, rows.count + 1, sizeof *items);
    v->count = rows.count > SHOWN ? SHOWN : rows.count;
    for (size_t i = 0; i < v->count; i++)
        items[i] = (struct transfer_item){ &all[i], transfer_what(rq, &all[i]) };
    v->items = items;
    if (rows.count > SHOWN)
        v->older = arena_printf(rq->mem, "/transfers?before=%lld", (long long)all[SHOWN - 1].id);
    v->may_take = actor_may(rq->actor, "transfers.import");
    ranges_make(rq, v);
    return sessions_make(rq, v);
}

void transfer_json(struct json *j, const struct transfer *t)
{
    json_i64(j, "id", t->id);
    json_str(j, "direction", t->direction);
    json_str(j, "purpose", t->purpose);
    json_str(j, "peer", t->peer);
    json_str(j, "peer_name", t->peer_name);
    json_str(j, "digest", t->digest);
    json_i64(j, "case_count", t->case_count);
    json_i64(j, "left_count", t->left_count);
    json_i64(j, "open_links", t->open_links);
    json_bool(j, "files", t->files);
    json_bool(j, "confidential", t->confidential);
    json_time(j, "made_at", t->made_at);
    json_str(j, "made_name", t->made_name);
}

bool transfer_may_send(const struct rq *rq)
{
    return rq->actor->agency_id == 0 && actor_scope(rq->actor, "transfers.export") == SCOPE_ORG &&
           actor_scope(rq->actor, "evaluations.read") == SCOPE_ORG;
}

err transfer_find_origin(struct rq *rq, i64 proposal_id, struct transfer *t,
                         struct transfer_case *out)
{
    TRY(transfer_case_store_find_origin(rq->db, proposal_id, rq->mem, out));
    return transfer_store_find(rq->db, out->transfer_id, rq->mem, t);
}
