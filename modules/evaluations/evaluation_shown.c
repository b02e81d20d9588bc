/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Verdicts where a matter or an assignment stands: on its page and in its JSON. Blind (README): who
 * may read single ones, and who gave them; everything else in this module goes through here. */
#include "modules/evaluations/evaluation_pages.h"
#include "modules/evaluations/evaluation_views.h"
#include "platform/web/json.h"
#include "views/evaluations.h"

static const struct field EVALUATION[] = {
    FIELD(struct evaluation, id),
    FIELD(struct evaluation, basis),
    FIELD(struct evaluation, round),
    FIELD(struct evaluation, person_name),
    FIELD(struct evaluation, due_on),
    FIELD(struct evaluation, given_at),
    FIELD(struct evaluation, visit),
    FIELD(struct evaluation, manner),
    FIELD(struct evaluation, hearing),
    FIELD(struct evaluation, relevance),
    FIELD(struct evaluation, handling),
    FIELD(struct evaluation, result),
    FIELD(struct evaluation, text),
    FIELD(struct evaluation, agreement),
    FIELD(struct evaluation, leader_replied),
    { 0 },
};

/* Keeps what rq's actor may see; only_id 0 = of all assignments. */
static void keep_seen(const struct rq *rq, bool reads_verdicts, i64 only_id, struct rows *rows)
{
    struct evaluation *all = rows->items;
    size_t kept = 0;
    for (size_t i = 0; i < rows->count; i++) {
        bool own = rq->actor->person_id > 0 && all[i].person_id == rq->actor->person_id;
        if ((reads_verdicts || own) && (only_id == 0 || all[i].assignment_id == only_id))
            all[kept++] = all[i];
    }
    rows->count = kept;
}

const char *evaluation_tone(str satisfaction)
{
    return str_is(satisfaction, "satisfied")      ? "ok"
           : str_is(satisfaction, "dissatisfied") ? "bad"
                                                  : "info";
}

err on_evaluation_part_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct assignment_part_shown *part = fact;
    struct evaluations_shown v = { .sheet = part->sheet };
    bool reads = part->sheet->sight.verdicts;
    (void)id;
    if (!reads && rq->actor->person_id == 0)
        return OK;
    TRY(evaluation_store_list(rq->db, &part->key, rq->mem, &v.rows));
    keep_seen(rq, reads, 0, &v.rows);
    bool any = v.rows.count > 0;
    keep_seen(rq, reads, part->only_id, &v.rows);
    if (any)
        view_evaluations_table(part->out, &v);
    return OK;
}

err on_evaluation_section_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct assignment_section_shown *shown = fact;
    struct json *j = shown->json;
    struct rows rows = { 0 };
    if (!j)
        return OK;
    if (shown->reads_verdicts || rq->actor->person_id > 0)
        TRY(evaluation_store_list_one(rq->db, id, rq->mem, &rows));
    keep_seen(rq, shown->reads_verdicts, 0, &rows);
    const struct evaluation *all = rows.items;
    json_array(j, "evaluations");
    for (size_t i = 0; i < rows.count; i++) {
        json_object(j, NULL);
        json_fields(j, EVALUATION, &all[i]);
        json_bool(j, "proxy", all[i].proxy_account_id > 0);
        json_bool(j, "transcribed", all[i].transcribed_by > 0);
        json_object_end(j);
    }
    json_array_end(j);
    return OK;
}
