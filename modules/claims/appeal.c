/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of appeals: a member objects to what the ledger says of him, the office corrects it or says
 * why it stands; both stay. Pages: appeal_pages.c. */
#include "modules/claims/claim.h"
#include "modules/members/member.h"
#include "platform/base/str.h"
#include "platform/notify/notify.h"
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
    TRY(appeal_store_add(rq->db, a, &a->id));
    *id = a->id;
    struct flow_subject subject = subject_of(a);
    return flow_begin(rq, &APPEALS_FLOW, &subject, NULL);
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
    a->answer = words;
    a->answered_at = rq->now_ms;
    a->answerer_name = rq->actor->name;
    return notify_send(rq, &(struct notify_to){ .person_id = a->person_id },
                       &(struct notify_message){
                           .text = text,
                           .arg = { a->label, text_day(rq->mem, a->happened_on) },
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
