/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Commendation after the assessment (rules.md 4): the best grade proposes it, people may take
 * somebody out, an organ decides, the member is told, the ledger gets its row where the setting
 * says of which level. Grades themselves: assessment.c. */
#include "modules/assessments/assessment_rules.h"
#include "modules/entries/entry.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

enum { ONE = 1000, PAST_MAX = 50 };

static bool is_honoured(const struct grading *g)
{
    return g && str_is(g->honour, "granted");
}

bool grading_may_honour(const struct ruleset *rules, const struct grading *g)
{
    return g->assessed && rules->grade_count > 1 && str_eq(g->grade, rules->grades[0].name) &&
           g->vetoes.len == 0;
}

static const struct grading *of_member(const struct rows *rows, i64 member_id)
{
    const struct grading *all = rows->items;
    for (size_t i = 0; i < rows->count; i++)
        if (all[i].member_id == member_id)
            return &all[i];
    return NULL;
}

static bool is_withheld(const struct grading *g)
{
    return g && str_is(g->honour, "withheld");
}

/* What the decision that this one corrects has granted stays, as it was decided; whom people took
 * out stays out. */
static void carry(const struct grading *old, struct grading *g)
{
    g->honour = old->honour;
    g->honour_note = old->honour_note;
    g->honour_title = old->honour_title;
    g->honour_organ = old->honour_organ;
    g->honour_meeting = old->honour_meeting;
    g->honour_on = old->honour_on;
    g->honour_document = old->honour_document;
    g->honour_level = old->honour_level;
}

/* The decisions that this one corrects, the last first. */
struct past {
    struct rows *items; /* struct grading rows of each */
    size_t count;
};

static err past_find(struct rq *rq, const struct assessment *a, struct past *out)
{
    struct assessment old = *a;
    *out = (struct past){ arena_array(rq->mem, PAST_MAX, sizeof *out->items), 0 };
    while (old.corrects_id && out->count < PAST_MAX) {
        i64 id = old.corrects_id;
        TRY(grading_store_list(rq->db, id, rq->mem, &out->items[out->count++]));
        TRY(assessment_store_find(rq->db, id, rq->mem, &old));
    }
    return OK;
}

/* What stays of him: what the last of them has; where that says nothing of a commendation, since
 * his grade was another, that he was taken out before. NULL = nothing. */
static const struct grading *past_of(const struct past *past, i64 member_id)
{
    for (size_t i = 0; i < past->count; i++) {
        const struct grading *old = of_member(&past->items[i], member_id);
        if (old && old->honour.len)
            return is_withheld(old) || (i == 0 && is_honoured(old)) ? old : NULL;
    }
    return NULL;
}

err honours_mark(struct rq *rq, const struct assessment *a, const struct rows *gradings)
{
    const struct ruleset *rules;
    struct past past;
    bool proposes = !str_is(setting_text(rq, "assessments.honour"), "off");
    TRY(assessment_rules(rq, a, &rules));
    TRY(past_find(rq, a, &past));
    const struct grading *all = gradings->items;
    for (size_t i = 0; i < gradings->count; i++) {
        struct grading g = all[i];
        const struct grading *old = past_of(&past, g.member_id);
        if (!grading_may_honour(rules, &g) || !(proposes || old))
            continue;
        g.honour = str_of("proposed");
        if (old)
            carry(old, &g);
        TRY(grading_store_update(rq->db, &g));
    }
    return OK;
}

/* ---- the ledger ---- */

/* The ledger says what stands: a row of the level at which it was granted, or none. */
static err ledger_tell(struct rq *rq, const struct grading *g, bool stands)
{
    str level = g->honour_level;
    struct entry_given given = { .member_id = g->member_id,
                                 .happened_on = g->honour_on,
                                 .quantity = ONE,
                                 .kind = arena_printf(rq->mem, "honour.%.*s", (int)level.len,
                                                      level.ptr) };
    const struct entry_record record = { .source = str_of("gradings"),
                                         .number = g->honour_document,
                                         .title = g->honour_title,
                                         .id = g->id,
                                         .by_actor = true };
    bool counts = stands && level.len && !str_is(level, "kept");
    return entry_give(rq, &record, &(struct rows){ &given, counts, sizeof given });
}

/* ---- people ---- */

/* What an organ has decided takes back who puts its decisions down, as long as the assessment
 * stands. */
static err may_take_back(const struct rq *rq, const struct assessment *a)
{
    if (!actor_may(rq->actor, "assessments.decide"))
        return err_make(ERR_FORBIDDEN, "assessments.is_honoured");
    return assessment_is_decided(a) ? OK : err_make(ERR_CONFLICT, "assessments.not_honouring");
}

err grading_may_withhold(const struct rq *rq, const struct assessment *a, const struct grading *g)
{
    if (!actor_may(rq->actor, "assessments.change"))
        return err_make(ERR_FORBIDDEN, "web.may_not");
    if (actor_is_person(rq->actor, g->person_id))
        return err_make(ERR_FORBIDDEN, "assessments.own_honour");
    if (is_honoured(g))
        return may_take_back(rq, a);
    bool closed = str_is(a->state, "closed") && actor_may(rq->actor, "assessments.decide");
    if (!closed && !str_is(a->state, "approved") && !str_is(a->state, "notified"))
        return err_make(ERR_CONFLICT, "assessments.not_honouring");
    return g->honour.len ? OK : err_make(ERR_CONFLICT, "assessments.not_eligible");
}

/* "不表彰：why", "已表彰：title". */
static str honour_words(struct rq *rq, const struct grading *g, str why)
{
    str words = text_label("assessments.honours", g->honour);
    str more = is_honoured(g) ? g->honour_title : why;
    return more.len ? text_format(rq->mem, "assessments.changed_to", words, more) : words;
}

static void forget(struct grading *g)
{
    g->honour_title = g->honour_organ = g->honour_meeting = str_of("");
    g->honour_document = g->honour_level = str_of("");
    g->honour_on = 0;
}

static err tell_back(struct rq *rq, const struct assessment *a, const struct grading *was, str why)
{
    str what = text_format(rq->mem, "assessments.honour_of", str_number(rq->mem, a->year),
                           was->honour_title);
    return notify_send(rq, &(struct notify_to){ .person_id = was->person_id },
                       &(struct notify_message){ .text = "assessments.told_honour_back",
                                                 .arg = { what, why },
                                                 .url = str_of("/assessments/mine") });
}

/* The member and the ledger follow, where they know of it. */
static err take_back(struct rq *rq, const struct assessment *a, const struct grading *was, str why)
{
    if (!a->notified_at)
        return OK;
    TRY(ledger_tell(rq, was, false));
    return tell_back(rq, a, was, why);
}

/* Somebody waits for the organ's decision, or nobody does any more. */
static err todos_renew(struct rq *rq, i64 assessment_id)
{
    struct flow_subject subject;
    TRY(assessment_flow_load(rq, assessment_id, &subject));
    return flow_todos_renew(rq, &ASSESSMENTS_FLOW, &subject);
}

err grading_withhold(struct rq *rq, i64 id, const struct grading_honour_input *in)
{
    struct assessment a;
    struct grading g;
    TRY(grading_load(rq, id, &g, &a));
    TRY(grading_may_withhold(rq, &a, &g));
    TRY(rq_need_version(rq, in->version));
    if (in->version != g.version)
        return err_make(ERR_CONFLICT, "web.version");
    const struct grading was = g;
    bool withheld = str_is(in->honour, "withheld"), granted = is_honoured(&was);
    if ((withheld || granted) && in->reason.len == 0) {
        rq_fault(rq, "reason", granted ? "assessments.why_back" : "assessments.why_withhold",
                 str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    g.honour = in->honour;
    g.honour_note = withheld ? in->reason : str_of("");
    forget(&g);
    TRY(grading_store_update(rq->db, &g));
    if (granted)
        TRY(take_back(rq, &a, &was, in->reason));
    TRY(todos_renew(rq, a.id));
    return audit_add(rq, &(struct audit_entry){ .act = "assessments.honour",
                                                .object = "gradings",
                                                .object_id = id,
                                                .before = honour_words(rq, &was, was.honour_note),
                                                .after = honour_words(rq, &g, in->reason) });
}

/* ---- the organ's decision ---- */

err assessment_when_honour(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    i64 count;
    TRY(grading_store_count_proposed(rq->db, subject->id, &count));
    *out = count > 0;
    return OK;
}

err assessment_guard_honour(struct rq *rq, const struct flow_subject *subject)
{
    bool some;
    TRY(assessment_when_honour(rq, subject, &some));
    return some ? OK : err_make(ERR_CONFLICT, "assessments.nobody_honoured");
}

static err check_day(struct rq *rq, const struct assessment *a, i64 on)
{
    if (on > rq->today)
        rq_fault(rq, "on_on", "assessments.future", str_of(""), str_of(""));
    else if (on < a->decided_on)
        rq_fault(rq, "on_on", "assessments.honour_early", text_date(rq->mem, a->decided_on),
                 str_of(""));
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

err assessment_effect_honour(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct assessment_honour_input *in = step->input;
    const struct assessment *a = subject->row;
    struct rows gradings, none = { .size = sizeof(struct grading) };
    str level = setting_text_on(rq, "assessments.honour", in->on_on);
    TRY(check_day(rq, a, in->on_on));
    TRY(grading_store_list(rq->db, a->id, rq->mem, &gradings));
    const struct grading *all = gradings.items;
    struct grading *granted = arena_array(rq->mem, gradings.count + 1, sizeof *granted);
    size_t n = 0;
    for (size_t i = 0; i < gradings.count; i++) {
        struct grading g = all[i];
        if (!str_is(g.honour, "proposed"))
            continue;
        g.honour = str_of("granted");
        g.honour_title = in->title;
        g.honour_organ = in->organ;
        g.honour_meeting = in->meeting;
        g.honour_on = in->on_on;
        g.honour_document = in->document;
        g.honour_level = str_is(level, "off") ? str_of("kept") : level;
        TRY(grading_store_update(rq->db, &g));
        granted[n++] = g;
    }
    step->opinion =
        text_format(rq->mem, "assessments.honour_trail", in->title, str_number(rq->mem, (i64)n));
    const struct rows fresh = { granted, n, sizeof *granted };
    return a->notified_at ? honours_publish(rq, a, &none, &fresh) : OK;
}

/* ---- what becomes known ---- */

static err tell(struct rq *rq, const struct assessment *a, const struct grading *g, bool stands)
{
    return notify_send(rq, &(struct notify_to){ .person_id = g->person_id },
                       &(struct notify_message){
                           .text =
                               stands ? "assessments.told_honour" : "assessments.told_honour_over",
                           .arg = { str_number(rq->mem, a->year), g->honour_title },
                           .url = str_of("/assessments/mine") });
}

/* What he has been told already. */
static bool is_known(const struct grading *old, const struct grading *now)
{
    return is_honoured(old) && str_eq(old->honour_title, now->honour_title) &&
           old->honour_on == now->honour_on;
}

err honours_publish(struct rq *rq, const struct assessment *a, const struct rows *before,
                    const struct rows *gradings)
{
    const struct grading *old = before->items, *all = gradings->items;
    for (size_t i = 0; i < before->count; i++) {
        const struct grading *now = of_member(gradings, old[i].member_id);
        if (!is_honoured(&old[i]))
            continue;
        TRY(ledger_tell(rq, &old[i], false)); /* it stands by the new decision, or no more */
        if (is_withheld(now))
            TRY(tell_back(rq, a, &old[i], now->honour_note));
        else if (!is_honoured(now))
            TRY(tell(rq, a, &old[i], false));
    }
    for (size_t i = 0; i < gradings->count; i++) {
        if (!is_honoured(&all[i]))
            continue;
        TRY(ledger_tell(rq, &all[i], true));
        if (!is_known(of_member(before, all[i].member_id), &all[i]))
            TRY(tell(rq, a, &all[i], true));
    }
    return OK;
}
