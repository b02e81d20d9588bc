/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of appeals: a member objects to what the ledger says of him, the office corrects it or says
 * why it stands; both stay. Pages: appeal_pages.c. */
#include "modules/claims/claim.h"
#include "modules/members/member.h"
#include "platform/base/str.h"
#include "platform/calendar/calendar.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

static struct flow_subject subject_of(struct appeal *a)
{
    return (struct flow_subject){ a->id, a->version, a->state, a->label, str_of(""), a };
}

/* The row that he objects to: his, and standing. */
static err object_to(struct rq *rq, struct appeal *a)
{
    struct entry_words e;
    struct rows open;
    TRY(entry_words(rq, a->entry_id, &e));
    if (e.member_id != a->member_id)
        return err_make(ERR_FORBIDDEN, "appeals.not_yours");
    if (!str_is(e.state, "live"))
        return err_make(ERR_CONFLICT, "entries.not_live");
    TRY(appeal_store_list_entry(rq->db, a->entry_id, rq->mem, &open));
    const struct appeal *all = open.items;
    for (size_t i = 0; i < open.count; i++)
        if (str_is(all[i].state, "asked"))
            return err_make(ERR_CONFLICT, "appeals.open");
    a->label = e.kind;
    a->happened_on = e.happened_on;
    return OK;
}

static err begin(struct rq *rq, struct appeal *a, i64 *id)
{
    TRY(appeal_store_add(rq->db, a, &a->id));
    *id = a->id;
    struct flow_subject subject = subject_of(a);
    i64 due_on = calendar_add_working(calendar_current(), rq->today,
                                      setting_number(rq, "claims.answer_days"));
    TRY(flow_start(rq, &APPEALS_FLOW, a->id, "answer", due_on));
    return flow_begin(rq, &APPEALS_FLOW, &subject, NULL);
}

err appeal_file(struct rq *rq, i64 entry_id, const struct appeal_input *in, i64 *id)
{
    struct appeal *a = arena_zero(rq->mem, sizeof *a);
    struct member m;
    if (!rq->actor->member_id)
        return err_make(ERR_FORBIDDEN, "entries.no_member");
    TRY(member_find(rq, rq->actor->member_id, &m));
    *a = (struct appeal){ .member_id = m.id,
                          .person_id = m.person_id,
                          .entry_id = entry_id,
                          .happened_on = in->happened_on,
                          .asked_at = rq->now_ms,
                          .version = 1,
                          .state = str_of("asked"),
                          .name = m.name,
                          .label = text_find("appeals.is_missing"),
                          .text = in->text };
    if (entry_id) {
        TRY(object_to(rq, a));
    } else if (a->happened_on > rq->today) {
        rq_fault(rq, "happened_on", "claims.future", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    return begin(rq, a, id);
}

/* ---- an item of the year ---- */

bool appeal_is_year_open(struct rq *rq, const struct scores_period *period)
{
    return period->rules && rq->today <= period->to + setting_number(rq, "claims.review_days");
}

/* Items of the running year, then of the last one while it is open; struct scores_item rows. */
static err items_of(struct rq *rq, struct rows *out)
{
    struct rows years[2];
    struct scores_period period = { 0 };
    *out = (struct rows){ .size = sizeof(struct scores_item) };
    for (size_t i = 0; i < 2; i++) {
        TRY(scores_period_find(rq, i ? period.year - 1 : 0, &period));
        years[i] = (struct rows){ .size = sizeof(struct scores_item) };
        if (appeal_is_year_open(rq, &period))
            TRY(scores_items(rq, &period, &years[i]));
    }
    struct scores_item *all = arena_array(rq->mem, years[0].count + years[1].count + 1, out->size);
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < years[i].count; k++)
            all[out->count++] = ((const struct scores_item *)years[i].items)[k];
    out->items = all;
    return OK;
}

static str label_of(struct rq *rq, const struct scores_item *item)
{
    return text_format(rq->mem, "appeals.item_of",
                       arena_printf(rq->mem, "%lld", (long long)item->year), item->name);
}

err appeal_items(struct rq *rq, struct rows *out)
{
    struct rows rows;
    TRY(items_of(rq, &rows));
    const struct scores_item *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    for (size_t i = 0; i < rows.count; i++)
        choices[i] =
            (struct view_choice){ .value = all[i].key,
                                  .label = text_format(rq->mem, "appeals.item_words",
                                                       label_of(rq, &all[i]), all[i].words) };
    *out = (struct rows){ choices, rows.count, sizeof *choices };
    return OK;
}

static err item_find(struct rq *rq, str key, struct scores_item *out)
{
    struct rows rows;
    TRY(items_of(rq, &rows));
    const struct scores_item *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_eq(all[i].key, key)) {
            *out = all[i];
            return OK;
        }
    rq_fault(rq, "item", "appeals.no_item", str_of(""), str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

/* One of an item, or of its row, at a time. */
static err none_open(struct rq *rq, const struct appeal *a)
{
    struct rows rows;
    TRY(appeal_store_list_year(rq->db, a->member_id, a->year, rq->mem, &rows));
    const struct appeal *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_eq(all[i].item, a->item) && str_is(all[i].state, "asked"))
            return err_make(ERR_CONFLICT, "appeals.open");
    TRY(appeal_store_list_entry(rq->db, a->entry_id, rq->mem, &rows));
    all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_is(all[i].state, "asked"))
            return err_make(ERR_CONFLICT, "appeals.open");
    return OK;
}

err appeal_file_point(struct rq *rq, const struct appeal_point_input *in, i64 *id)
{
    struct appeal *a = arena_zero(rq->mem, sizeof *a);
    struct scores_item item;
    struct member m;
    if (!rq->actor->member_id)
        return err_make(ERR_FORBIDDEN, "entries.no_member");
    TRY(member_find(rq, rq->actor->member_id, &m));
    TRY(item_find(rq, in->item, &item));
    *a = (struct appeal){ .member_id = m.id,
                          .person_id = m.person_id,
                          .entry_id = item.entry_id,
                          .happened_on = item.happened_on,
                          .asked_at = rq->now_ms,
                          .version = 1,
                          .year = item.year,
                          .points = item.points,
                          .state = str_of("asked"),
                          .name = m.name,
                          .label = label_of(rq, &item),
                          .item = item.key,
                          .item_text = item.name,
                          .words = item.words,
                          .text = in->text };
    TRY(none_open(rq, a));
    return begin(rq, a, id);
}

/* ---- the flow ---- */

err appeal_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct appeal *a = arena_zero(rq->mem, sizeof *a);
    TRY(list_find(rq, &APPEAL_LIST, id, a));
    *out = subject_of(a);
    return OK;
}

err appeal_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    struct appeal a = *(const struct appeal *)subject->row;
    a.state = to;
    return appeal_store_update(rq->db, &a);
}

err appeal_guard_own(struct rq *rq, const struct flow_subject *subject)
{
    const struct appeal *a = subject->row;
    return a->member_id == rq->actor->member_id ? OK : err_make(ERR_FORBIDDEN, "claims.not_yours");
}

static err answer(struct rq *rq, struct appeal *a, str words, const char *text)
{
    if (a->year) { /* what it gives by now: the answer may have taken a row back */
        const struct scores_item item = { .year = a->year,
                                          .name = a->item_text,
                                          .is_gate = str_find(a->item, str_of(".gate"), 0) >= 0 };
        TRY(scores_item_points(rq, a->member_id, &item, &a->points_after));
    }
    a->answer = words;
    a->answered_at = rq->now_ms;
    a->answerer_name = rq->actor->name;
    return notify_send(rq, &(struct notify_to){ .person_id = a->person_id },
                       &(struct notify_message){
                           .text = text,
                           .arg = { a->label, text_date(rq->mem, a->happened_on) },
                           .url = arena_printf(rq->mem, "/appeals/%lld", (long long)a->id) });
}

err appeal_effect_correct(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct appeal_answer_input *in = step->input;
    struct appeal *a = subject->row;
    if (str_is(in->way, "strike") && !a->entry_id) {
        rq_fault(rq, "way", "appeals.no_entry", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    if (str_is(in->way, "strike"))
        TRY(entry_strike(rq, a->entry_id, in->opinion));
    a->way = in->way;
    return answer(rq, a, in->opinion, "appeals.told_corrected");
}

err appeal_effect_explain(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct claim_reason_input *in = step->input;
    return answer(rq, subject->row, in->opinion, "appeals.told_explained");
}
