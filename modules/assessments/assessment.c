/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of yearly assessments (README.md; rules.md 4): opening, working out anew, grades that
 * people choose, the organ's decision, telling. What the ledger says: assessment_take.c. */
#include "modules/assessments/assessment_rules.h"

#include "modules/talks/talk.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

static err fault(struct rq *rq, const char *field, const char *name, str a)
{
    rq_fault(rq, field, name, a, str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

/* ---- words ---- */

str assessment_title(struct rq *rq, const struct assessment *a)
{
    return text_format(rq->mem, a->corrects_id ? "assessments.title_correct" : "assessments.title",
                       str_number(rq->mem, a->year), str_of(""));
}

str grading_words(const struct grading *g, str grade)
{
    if (!g->assessed)
        return text_label("assessments.stands", g->stand);
    return grade.len ? grade : text_find("assessments.ungraded");
}

bool assessment_is_decided(const struct assessment *a)
{
    return str_is(a->state, "approved") || str_is(a->state, "notified") ||
           str_is(a->state, "closed");
}

err assessment_rules(struct rq *rq, const struct assessment *a, const struct ruleset **out)
{
    struct duty_set set;
    TRY(duty_set_find(rq, a->ruleset_id, &set));
    return ruleset_read(rq->mem, set.document, out);
}

/* ---- opening ---- */

/* What people chose in the decision before stays theirs, as far as there is still such a grade. */
static void carry(struct rq *rq, const struct ruleset *rules, const struct grading *from,
                  struct grading *g)
{
    struct rows grades = grading_grades(rq, rules);
    const struct grading_sum *all = grades.items;
    bool there = from->grade.len == 0;
    for (size_t i = 0; i < grades.count; i++)
        there |= str_eq(all[i].name, from->grade);
    if (!g->assessed || !from->reason.len || !there)
        return;
    g->grade = from->grade;
    g->reason = from->reason;
    g->changer_name = from->changer_name;
    g->changed_at = from->changed_at;
}

static const struct grading *of_member(const struct rows *rows, i64 member_id)
{
    const struct grading *all = rows->items;
    size_t from = 0, to = rows->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (all[middle].member_id < member_id)
            from = middle + 1;
        else
            to = middle;
    }
    return from < rows->count && all[from].member_id == member_id ? &all[from] : NULL;
}

/* The gradings of the decision that a correction is of; none of a first one. */
static err list_corrected(struct rq *rq, const struct assessment *a, struct rows *out)
{
    *out = (struct rows){ .size = sizeof(struct grading) };
    return a->corrects_id ? grading_store_list(rq->db, a->corrects_id, rq->mem, out) : OK;
}

/* A new row, with what the decision before says of its member. */
static err row_add(struct rq *rq, const struct assessment_take *take, const struct rows *before,
                   struct grading *g, i64 *id)
{
    const struct grading *old = of_member(before, g->member_id);
    g->earlier = old ? old->grade : str_of("");
    if (old)
        carry(rq, take->period.rules, old, g);
    return grading_store_add(rq->db, g, id);
}

static err rows_add(struct rq *rq, const struct assessment *a, const struct assessment_take *take)
{
    const struct grading *all = take->rows.items;
    struct rows before;
    i64 id;
    TRY(list_corrected(rq, a, &before));
    for (size_t i = 0; i < take->rows.count; i++) {
        struct grading g = all[i];
        g.assessment_id = a->id;
        TRY(row_add(rq, take, &before, &g, &id));
    }
    return OK;
}

static err check_open(struct rq *rq, const struct assessment_open_input *in,
                      const struct assessment_take *take, const struct assessment *standing)
{
    const struct scores_period *period = &take->period;
    if (period->from > rq->today)
        return fault(rq, "year", "assessments.not_begun", text_date(rq->mem, period->from));
    if (!period->rules)
        return fault(rq, "year", "assessments.no_rules", str_number(rq->mem, in->year));
    if (take->rows.count == 0)
        return fault(rq, "year", "assessments.nobody", str_number(rq->mem, in->year));
    if (standing->id && !in->reason.len)
        return fault(rq, "reason", "assessments.why_correct", standing->meeting);
    return OK;
}

err assessment_open(struct rq *rq, const struct assessment_open_input *in, i64 *id)
{
    const struct assessment_take *take;
    struct assessment work, standing;
    TRY(assessment_take(rq, in->year, &take));
    TRY(assessment_store_find_work(rq->db, in->year, rq->mem, &work));
    TRY(assessment_store_find_standing(rq->db, in->year, rq->mem, &standing));
    if (work.id)
        return err_make_with(ERR_CONFLICT, "assessments.at_work", str_number(rq->mem, in->year),
                             str_of(""));
    TRY(check_open(rq, in, take, &standing));
    struct assessment a = { .year = in->year,
                            .from_on = take->period.from,
                            .to_on = take->period.to,
                            .state = str_of("opened"),
                            .ruleset_id = take->period.set.id,
                            .ruleset_name = take->period.set.name,
                            .corrects_id = standing.id,
                            .reason = standing.id ? in->reason : str_of(""),
                            .opened_at = rq->now_ms,
                            .opener_name = rq->actor->name,
                            .taken_at = rq->now_ms,
                            .version = 1 };
    TRY(assessment_store_add(rq->db, &a, &a.id));
    TRY(rows_add(rq, &a, take));
    *id = a.id;
    const struct flow_subject subject = {
        a.id, 1, a.state, assessment_title(rq, &a), str_of(""), &a
    };
    return flow_begin(rq, &ASSESSMENTS_FLOW, &subject, NULL);
}

/* ---- working out anew ---- */

static bool is_placed_alike(const struct grading *a, const struct grading *b)
{
    return a->position == b->position && a->entries == b->entries && str_eq(a->code, b->code) &&
           str_eq(a->name, b->name) && str_eq(a->sector, b->sector) &&
           str_eq(a->committee, b->committee) && str_eq(a->why, b->why) &&
           str_eq(a->why_text, b->why_text);
}

static err row_renew(struct rq *rq, const struct assessment_take *take, const struct grading *old,
                     const struct grading *now)
{
    struct grading g = *now;
    g.id = old->id;
    g.version = old->version;
    carry(rq, take->period.rules, old, &g);
    return grading_store_update(rq->db, &g);
}

static err rows_renew(struct rq *rq, const struct assessment *a, const struct assessment_take *take,
                      i64 *changed)
{
    struct rows stored, before;
    i64 id;
    TRY(grading_store_list(rq->db, a->id, rq->mem, &stored));
    TRY(list_corrected(rq, a, &before));
    *changed = (i64)grading_differences(rq->mem, &stored, &take->rows).count;
    const struct grading *now = take->rows.items, *was = stored.items;
    for (size_t i = 0; i < take->rows.count; i++) {
        const struct grading *old = of_member(&stored, now[i].member_id);
        struct grading fresh = now[i];
        fresh.assessment_id = a->id;
        if (!old)
            TRY(row_add(rq, take, &before, &fresh, &id));
        else if (!is_placed_alike(old, &now[i]) || !grading_is_same(old, &now[i]))
            TRY(row_renew(rq, take, old, &now[i]));
    }
    for (size_t i = 0; i < stored.count; i++)
        if (!of_member(&take->rows, was[i].member_id))
            TRY(grading_store_remove(rq->db, was[i].id));
    return OK;
}

err assessment_retake(struct rq *rq, i64 id, i64 version, i64 *changed)
{
    const struct assessment_take *take;
    struct assessment a;
    TRY(list_find(rq, &ASSESSMENT_LIST, id, &a));
    TRY(rq_need_version(rq, version));
    if (version != a.version)
        return err_make(ERR_CONFLICT, "web.version");
    if (!str_is(a.state, "opened"))
        return err_make(ERR_CONFLICT, "assessments.not_opened");
    TRY(assessment_take(rq, a.year, &take));
    if (!take->period.rules)
        return err_make_with(ERR_CONFLICT, "assessments.no_rules", str_number(rq->mem, a.year),
                             str_of(""));
    TRY(rows_renew(rq, &a, take, changed));
    a.from_on = take->period.from;
    a.to_on = take->period.to;
    a.ruleset_id = take->period.set.id;
    a.ruleset_name = take->period.set.name;
    a.taken_at = rq->now_ms;
    TRY(assessment_store_update(rq->db, &a));
    return audit_add(rq, &(struct audit_entry){ .act = "assessments.retake",
                                                .object = "assessments",
                                                .object_id = id,
                                                .after = str_number(rq->mem, *changed) });
}

/* ---- grades that people choose ---- */

err grading_load(struct rq *rq, i64 id, struct grading *out, struct assessment *a)
{
    err e = grading_store_find(rq->db, id, rq->mem, out);
    if (e.code == ERR_NONE)
        e = list_find(rq, &ASSESSMENT_LIST, out->assessment_id, a);
    return e.code == ERR_NOT_FOUND ? err_make(ERR_NOT_FOUND, "assessments.no_grading") : e;
}

err grading_may_change(const struct rq *rq, const struct assessment *a)
{
    bool open = str_is(a->state, "opened");
    if (!open && !str_is(a->state, "proposed"))
        return err_make(ERR_CONFLICT, "assessments.fixed");
    if (actor_may(rq->actor, open ? "assessments.prepare" : "assessments.decide"))
        return OK;
    return err_make(ERR_FORBIDDEN, open ? "assessments.staffs_turn" : "assessments.leaders_turn");
}

static bool is_grade(const struct rows *grades, str name)
{
    const struct grading_sum *all = grades->items;
    for (size_t i = 0; i < grades->count; i++)
        if (str_eq(all[i].name, name))
            return true;
    return false;
}

err grading_change(struct rq *rq, i64 id, const struct grading_change_input *in)
{
    const struct ruleset *rules;
    struct grading g;
    struct assessment a;
    TRY(grading_load(rq, id, &g, &a));
    TRY(grading_may_change(rq, &a));
    TRY(rq_need_version(rq, in->version));
    if (in->version != g.version)
        return err_make(ERR_CONFLICT, "web.version");
    if (!g.assessed)
        return err_make(ERR_CONFLICT, "assessments.not_assessed");
    TRY(assessment_rules(rq, &a, &rules));
    struct rows grades = grading_grades(rq, rules);
    str wanted = str_is(in->grade, "none") ? str_of("") : in->grade;
    if (wanted.len && !is_grade(&grades, wanted))
        return fault(rq, "grade", "assessments.no_grade", str_of(""));
    bool back = str_eq(wanted, g.proposed);
    str before = grading_words(&g, g.grade);
    g.grade = wanted;
    g.reason = back ? str_of("") : in->reason;
    g.changer_name = back ? str_of("") : rq->actor->name;
    g.changed_at = back ? 0 : rq->now_ms;
    TRY(grading_store_update(rq->db, &g));
    TRY(assessment_store_update(rq->db, &a)); /* who decides on what he saw before is told */
    return audit_add(rq, &(struct audit_entry){
                             .act = "assessments.change",
                             .object = "gradings",
                             .object_id = id,
                             .before = before,
                             .after = text_format(rq->mem, "assessments.changed_to",
                                                  grading_words(&g, g.grade), in->reason) });
}

bool grading_awaits_talk(const struct grading *g)
{
    return str_is(g->talk_state, "asked") || (g->talk && !g->talk_id);
}

/* ---- the flow ---- */

err assessment_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct assessment *a = arena_zero(rq->mem, sizeof *a);
    if (rq->actor->account_id) {
        TRY(list_find(rq, &ASSESSMENT_LIST, id, a));
    } else {
        TRY(assessment_store_find(rq->db, id, rq->mem, a));
    }
    *out = (struct flow_subject){ a->id,      a->version, a->state, assessment_title(rq, a),
                                  str_of(""), a };
    return OK;
}

err assessment_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    struct assessment a = *(const struct assessment *)subject->row;
    a.state = to;
    return assessment_store_update(rq->db, &a);
}

/* A year that still runs can be prepared, not proposed: its last days would be missing. */
err assessment_guard_over(struct rq *rq, const struct flow_subject *subject)
{
    const struct assessment *a = subject->row;
    if (rq->today > a->to_on)
        return OK;
    return err_make_with(ERR_CONFLICT, "assessments.running", text_date(rq->mem, a->to_on),
                         str_of(""));
}

static err check_quotas(struct rq *rq, const struct assessment *a, const struct rows *gradings)
{
    const struct ruleset *rules;
    TRY(assessment_rules(rq, a, &rules));
    struct rows sums = grading_sums(rq, rules, gradings);
    const struct grading_sum *all = sums.items;
    for (size_t i = 0; i < sums.count; i++)
        if (all[i].most >= 0 && all[i].count > all[i].most)
            return err_make_with(ERR_CONFLICT, "assessments.quota", all[i].name,
                                 text_format(rq->mem, "assessments.of_most",
                                             str_number(rq->mem, all[i].most),
                                             str_number(rq->mem, all[i].count)));
    return OK;
}

/* How many gradings are not what the ledger says now. */
static err count_stale(struct rq *rq, const struct assessment *a, const struct rows *gradings,
                       i64 *out)
{
    const struct assessment_take *take;
    TRY(assessment_take(rq, a->year, &take));
    *out = (i64)grading_differences(rq->mem, gradings, &take->rows).count;
    return OK;
}

err assessment_effect_propose(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct assessment *a = subject->row;
    struct rows gradings;
    i64 stale;
    (void)step;
    TRY(grading_store_list(rq->db, a->id, rq->mem, &gradings));
    TRY(count_stale(rq, a, &gradings, &stale));
    if (stale)
        return err_make_with(ERR_CONFLICT, "assessments.stale", str_number(rq->mem, stale),
                             str_of(""));
    return check_quotas(rq, a, &gradings);
}

/* The gradings that members know: of the last decision before this one of which they were told.
 * There may be corrections between that were never told. */
static err list_known(struct rq *rq, const struct assessment *a, struct rows *out)
{
    struct assessment old = *a;
    *out = (struct rows){ .size = sizeof(struct grading) };
    while (old.corrects_id) {
        i64 id = old.corrects_id;
        TRY(assessment_store_find(rq->db, id, rq->mem, &old));
        if (old.notified_at)
            return grading_store_list(rq->db, id, rq->mem, out);
    }
    return OK;
}

/* The lowest grades of a set of rules, as many as the setting assessments.talk_grades says, but
 * never all. */
static err list_lowest(struct rq *rq, const struct assessment *a, struct rows *out)
{
    const struct ruleset *rules;
    TRY(assessment_rules(rq, a, &rules));
    struct rows grades = grading_grades(rq, rules);
    struct grading_sum *names = (struct grading_sum *)grades.items;
    size_t low = (size_t)setting_number(rq, "assessments.talk_grades");
    *out = (struct rows){ .size = sizeof *names };
    if (grades.count < 2 || low == 0)
        return OK;
    size_t from = low < grades.count ? grades.count - low : 1;
    *out = (struct rows){ names + from, grades.count - from, sizeof *names };
    return OK;
}

/* Whoever has one of the lowest grades is talked to. A correction goes on with the talk that the
 * decision before has asked for. */
static err talks_mark(struct rq *rq, const struct assessment *a, const struct rows *gradings)
{
    struct rows lowest, known;
    TRY(list_lowest(rq, a, &lowest));
    TRY(list_known(rq, a, &known));
    const struct grading *all = gradings->items;
    for (size_t i = 0; i < gradings->count; i++) {
        struct grading g = all[i];
        const struct grading *old = of_member(&known, g.member_id);
        g.talk = g.assessed && g.grade.len && is_grade(&lowest, g.grade);
        g.talk_id = old && old->talk ? old->talk_id : 0;
        if (g.talk || g.talk_id)
            TRY(grading_store_update(rq->db, &g));
    }
    return OK;
}

/* Asked for once the member knows his grade; taken back where a corrected grade asks for none. With
 * who has left or died nobody talks. */
static err talk_ask(struct rq *rq, const struct assessment *a, struct grading *g)
{
    if (g->talk_id && !g->talk)
        return talk_void(rq, g->talk_id, text_find("assessments.talk_void"));
    if (g->talk_id || !g->talk)
        return OK;
    const struct talk_new talk = { .member_id = g->member_id,
                                   .kind = str_of("caution"),
                                   .ground = str_of("grade"),
                                   .words = text_format(rq->mem, "assessments.talk_words",
                                                        str_number(rq->mem, a->year), g->grade),
                                   .asker = a->meeting };
    err e = talk_open(rq, &talk, &g->talk_id);
    if (err_is(e, "talks.not_serving"))
        return OK;
    TRY(e);
    return grading_store_update(rq->db, g);
}

static err check_day(struct rq *rq, const struct assessment *a, i64 on)
{
    if (on > rq->today)
        return fault(rq, "on_on", "assessments.future", str_of(""));
    if (on <= a->to_on)
        return fault(rq, "on_on", "assessments.before_end", text_date(rq->mem, a->to_on));
    return OK;
}

err assessment_effect_approve(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct assessment_approve_input *in = step->input;
    struct assessment *a = subject->row;
    struct rows gradings;
    i64 stale;
    TRY(check_day(rq, a, in->on_on));
    TRY(grading_store_list(rq->db, a->id, rq->mem, &gradings));
    TRY(count_stale(rq, a, &gradings, &stale));
    if (stale && !in->as_proposed)
        return fault(rq, "as_proposed", "assessments.stale_decide", str_number(rq->mem, stale));
    TRY(check_quotas(rq, a, &gradings));
    TRY(talks_mark(rq, a, &gradings));
    TRY(grading_store_list(rq->db, a->id, rq->mem, &gradings)); /* their versions have moved on */
    TRY(honours_mark(rq, a, &gradings));
    a->organ = in->organ;
    a->meeting = in->meeting;
    a->document = in->document;
    a->decided_on = in->on_on;
    return a->corrects_id ? flow_move(rq, &ASSESSMENTS_FLOW, a->corrects_id, "supersede", NULL)
                          : OK;
}

/* knows: what the member knows of this year; NULL = nothing. */
static err tell(struct rq *rq, const struct assessment *a, const struct grading *knows,
                const struct grading *g)
{
    if (knows ? str_eq(g->grade, knows->grade) : !g->assessed)
        return OK;
    return notify_send(rq, &(struct notify_to){ .person_id = g->person_id },
                       &(struct notify_message){
                           .text = knows ? "assessments.told_correct" : "assessments.told",
                           .arg = { str_number(rq->mem, a->year), grading_words(g, g->grade) },
                           .url = str_of("/assessments/mine") });
}

/* Each learns his own; after a correction only those for whom it changes something. */
err assessment_effect_notify(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct assessment *a = subject->row;
    struct rows gradings, known;
    (void)step;
    TRY(list_known(rq, a, &known));
    TRY(grading_store_list(rq->db, a->id, rq->mem, &gradings));
    struct grading *all = (struct grading *)gradings.items;
    for (size_t i = 0; i < gradings.count; i++) {
        TRY(tell(rq, a, of_member(&known, all[i].member_id), &all[i]));
        TRY(talk_ask(rq, a, &all[i]));
    }
    a->notified_at = rq->now_ms;
    return honours_publish(rq, a, &known, &gradings);
}

err assessment_effect_close(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct assessment *a = subject->row;
    struct rows gradings;
    i64 open = 0;
    (void)step;
    TRY(grading_store_list(rq->db, a->id, rq->mem, &gradings));
    const struct grading *all = gradings.items;
    for (size_t i = 0; i < gradings.count; i++)
        open += str_is(all[i].talk_state, "asked");
    return open ? err_make_with(ERR_CONFLICT, "assessments.talks_open", str_number(rq->mem, open),
                                str_of(""))
                : OK;
}

/* ---- for others ---- */

err assessments_of_member(struct rq *rq, i64 member_id, i64 from_on, i64 to_on, struct rows *out)
{
    const struct grading_query query = { member_id, from_on, to_on, 0 };
    return grading_store_list_member(rq->db, &query, rq->mem, out);
}

err assessments_of_all(struct rq *rq, i64 from_on, i64 to_on, struct rows *out)
{
    TRY(grading_store_list_verdicts(rq->db, from_on, to_on, rq->mem, out));
    struct assessment_verdict *all = out->items;
    for (size_t i = 0; i < out->count; i++) {
        const struct grading g = { .assessed = all[i].assessed, .stand = all[i].stand };
        all[i].words = grading_words(&g, all[i].words);
        if (all[i].honoured)
            all[i].words = text_format(rq->mem, "assessments.honoured", all[i].words, str_of(""));
    }
    return OK;
}
