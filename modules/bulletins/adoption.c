/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of what comes of an issued opinion (rules.md 3, 12.2): adopted at each level, a leader's
 * instruction, handed to units, told to its reporters. SQL: bulletin_store.c. */
#include "modules/bulletins/adoption.h"

#include "modules/assignments/assignment.h"
#include "modules/bulletins/bulletin_store.h"
#include "modules/opinions/opinion_edit.h"
#include "modules/orgs/org.h"
#include "modules/outcomes/outcome.h"
#include "platform/audit/audit.h"
#include "platform/calendar/calendar.h"
#include "platform/files/files.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/view_parts.h"

static const char SCANS[] = "instructions"; /* owner of the scans */

static err item_find(struct rq *rq, i64 opinion_id, struct issue_item *item, bool *is_any)
{
    err e = issue_store_find_item(rq->db, opinion_id, rq->mem, item);
    *is_any = e.code == ERR_NONE;
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err adoption_find_opinion(struct rq *rq, i64 id, struct opinion *o, struct issue_item *item)
{
    bool is_any;
    TRY(opinion_find(rq, id, o));
    TRY(item_find(rq, id, item, &is_any));
    return is_any && o->signed_at ? OK : err_make(ERR_CONFLICT, "adoptions.not_issued");
}

/* The reporters are to be told: until they are, it stands with the editors. */
static err want_telling(struct rq *rq, const struct opinion *o)
{
    struct flow_subject subject = { o->id, o->version, o->state, o->title, o->number, (void *)o };
    return flow_todo_add(rq, &OPINIONS_FLOW, &subject,
                         &(struct todo_new){
                             .holder = "may:opinions.edit",
                             .verb = "inform",
                             .url = arena_printf(rq->mem, "/opinions/%lld", (long long)o->id) });
}

/* ---- adoptions ---- */

err destination_choices(struct rq *rq, struct rows *out)
{
    struct rows rows;
    struct opinion o;
    TRY(opinion_find(rq, rq->path_id, &o));
    TRY(destination_store_list_opinion(rq->db, o.id, rq->mem, &rows));
    const struct destination *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    for (size_t i = 0; i < rows.count; i++)
        choices[i] =
            (struct view_choice){ .value = arena_printf(rq->mem, "%lld", (long long)all[i].id),
                                  .label = all[i].body };
    *out = (struct rows){ choices, rows.count, sizeof *choices };
    return OK;
}

static err judge(struct rq *rq, i64 opinion_id, const struct adoption_input *in,
                 struct destination *to)
{
    struct rows rows;
    i64 id = 0;
    str none = str_of("");
    TRY(destination_store_list_opinion(rq->db, opinion_id, rq->mem, &rows));
    const struct destination *all = rows.items;
    if (!str_to_i64(in->destination, &id))
        id = 0;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].id == id)
            *to = all[i];
    if (to->id == 0)
        rq_fault(rq, "destination", "adoptions.no_destination", none, none);
    if (in->adopted_on > rq->today || (to->id && in->adopted_on < to->sent_on))
        rq_fault(rq, "adopted_on", "adoptions.day", none, none);
    if (in->place.len == 0 && !str_is(in->kind, "unused"))
        rq_fault(rq, "place", "adoptions.no_place", none, none);
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

static err name_of(struct rq *rq, i64 issue_id, str *out)
{
    struct issue n;
    TRY(issue_store_find(rq->db, issue_id, rq->mem, &n));
    *out = issue_name(rq, &n);
    return OK;
}

err adoption_add(struct rq *rq, i64 opinion_id, const struct adoption_input *in, i64 *id)
{
    struct opinion o;
    struct issue_item item;
    struct destination to = { 0 };
    int year, month, mday;
    *id = 0;
    TRY(adoption_find_opinion(rq, opinion_id, &o, &item));
    TRY(judge(rq, opinion_id, in, &to));
    day_to_civil(in->adopted_on, &year, &month, &mday);
    struct adoption a = { .destination_id = to.id,
                          .opinion_id = o.id,
                          .adopted_on = in->adopted_on,
                          .year = year,
                          .recorded_at = rq->now_ms,
                          .recorded_by = rq->actor->account_id,
                          .body = to.body,
                          .level = to.level,
                          .title = item.title,
                          .kind = in->kind,
                          .place = in->place,
                          .text = in->text };
    TRY(name_of(rq, item.issue_id, &a.issue_number));
    TRY(adoption_store_add(rq->db, &a, id));
    if (*id == 0)
        return err_make_with(ERR_CONFLICT, "adoptions.already", to.body, str_of(""));
    TRY(want_telling(rq, &o));
    return audit_add(rq, &(struct audit_entry){ .act = "adoptions.record",
                                                .object = "opinions",
                                                .object_id = o.id,
                                                .before = to.body,
                                                .after = in->kind });
}

/* ---- instructions ---- */

err adoption_instruct(struct rq *rq, i64 opinion_id, const struct opinion_instruction_input *in,
                      i64 *id)
{
    struct opinion o;
    struct issue_item item;
    TRY(adoption_find_opinion(rq, opinion_id, &o, &item));
    TRY(instruction_record(rq,
                           &(struct instruction_new){
                               .collection = "opinions",
                               .matter_id = o.id,
                               .title = item.title,
                               .url = arena_printf(rq->mem, "/opinions/%lld", (long long)o.id),
                               .instructed_on = in->instructed_on,
                               .leader = in->leader,
                               .level = in->level,
                               .text = in->text },
                           id));
    TRY(attachment_keep(rq, "scans", SCANS, *id));
    return want_telling(rq, &o);
}

/* ---- handed to units ---- */

/* The last day: given, else by setting, shorter for an urgent one (rules.md 3). */
static i64 last_day(struct rq *rq, const struct opinion *o, i64 given)
{
    if (given > 0)
        return given;
    i64 days = setting_number(rq, o->urgent ? "bulletins.urgent_days" : "bulletins.reply_days");
    return calendar_due(calendar_current(), rq->today, days, "days", true);
}

static err units_take(struct rq *rq, const struct opinion_assign_input *in, i64 due_on,
                      struct assignment_new *units)
{
    bool past = due_on <= rq->today;
    for (size_t i = 0; i < in->agencies.count; i++) {
        units[i] = (struct assignment_new){ .role = in->agencies.count == 1 ? "sole" : "split",
                                            .due_on = due_on };
        if (!str_to_i64(in->agencies.items[i], &units[i].agency_id))
            rq_fault(rq, "agencies", "form.not_a_choice", str_of(""), str_of(""));
    }
    if (past)
        rq_fault(rq, "due_on", "bulletins.due_past", str_of(""), str_of(""));
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

/* The unit answers a plain matter: to the office, without talks and verdicts; whose opinion it is
 * does not leave the house, and what it is about stands in no list of assignments. */
err bulletin_effect_assign(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct opinion_assign_input *in = step->input;
    const struct opinion *o = subject->row;
    struct issue_item item;
    struct issue n;
    bool is_any;
    TRY(item_find(rq, o->id, &item, &is_any));
    if (!is_any)
        return err_make(ERR_CONFLICT, "adoptions.not_issued");
    TRY(issue_store_find(rq->db, item.issue_id, rq->mem, &n));
    struct assignment_new *units = arena_array(rq->mem, in->agencies.count + 1, sizeof *units);
    TRY(units_take(rq, in, last_day(rq, o, in->due_on), units));
    str ask = in->opinion.len ? in->opinion : text_find("bulletins.ask");
    str from = n.office;
    str position = arena_printf(rq->mem, "%lld", (long long)item.position);
    struct matter matter = { .collection = "opinions",
                             .id = o->id,
                             .title =
                                 text_format(rq->mem, "bulletins.matter", position, str_of("")),
                             .number = issue_name(rq, &n),
                             .items = { &ask, 1 },
                             .persons = { arena_zero(rq->mem, sizeof(i64)), 1 },
                             .names = { &from, 1 },
                             .plain = true };
    TRY(assignment_hand_out(rq, &matter, units, in->agencies.count));
    item.ask = ask;
    item.assigned_at = rq->now_ms;
    return issue_store_update_item(rq->db, &item);
}

static err is_all_answered(struct rq *rq, i64 opinion_id, bool *out)
{
    struct rows rows;
    TRY(assignment_list_of(rq, "opinions", opinion_id, &rows));
    const struct assignment *all = rows.items;
    *out = rows.count > 0;
    for (size_t i = 0; i < rows.count; i++)
        *out = *out && all[i].replied_at > 0;
    return OK;
}

err on_bulletin_replied(struct rq *rq, i64 id, const void *fact)
{
    const struct assignment *a = fact;
    struct issue_item item;
    bool is_any = false, all = false;
    (void)id;
    if (!str_is(a->matter, "opinions"))
        return OK;
    TRY(item_find(rq, a->matter_id, &item, &is_any));
    TRY(is_all_answered(rq, a->matter_id, &all));
    if (!is_any || !all || item.replied_at)
        return OK;
    item.replied_at = rq->now_ms;
    TRY(issue_store_update_item(rq->db, &item));
    return flow_move(rq, &OPINIONS_FLOW, a->matter_id, "reply", NULL);
}

/* ---- told to the reporters ---- */

/* The latest moment of what can be told. */
static err newest(struct rq *rq, const struct opinion *o, const struct issue_item *item, i64 *out)
{
    struct rows adoptions, instructions;
    *out = item->replied_at;
    TRY(adoption_store_list(rq->db, o->id, rq->mem, &adoptions));
    TRY(instruction_list_of(rq, "opinions", o->id, &instructions));
    const struct adoption *all = adoptions.items;
    const struct instruction *notes = instructions.items;
    for (size_t i = 0; i < adoptions.count; i++)
        *out = all[i].recorded_at > *out ? all[i].recorded_at : *out;
    for (size_t i = 0; i < instructions.count; i++)
        *out = notes[i].recorded_at > *out ? notes[i].recorded_at : *out;
    return OK;
}

err bulletin_guard_inform(struct rq *rq, const struct flow_subject *subject)
{
    const struct opinion *o = subject->row;
    struct issue_item item;
    bool is_any;
    i64 last = 0;
    TRY(item_find(rq, o->id, &item, &is_any));
    if (!is_any)
        return err_make(ERR_CONFLICT, "adoptions.not_issued");
    TRY(newest(rq, o, &item, &last));
    return last > item.informed_at ? OK : err_make(ERR_CONFLICT, "adoptions.nothing_new");
}

/* While a unit has not answered it stays with the unit; after that it is over. */
err bulletin_effect_inform(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct opinion_inform_input *in = step->input;
    const struct opinion *o = subject->row;
    struct issue_item item;
    TRY(issue_store_find_item(rq->db, o->id, rq->mem, &item));
    item.informed_at = rq->now_ms;
    TRY(issue_store_update_item(rq->db, &item));
    if (!str_is(o->state, "assigned"))
        step->to = str_of("informed");
    if (str_is(o->state, "replied"))
        TRY(assignment_close(rq, "opinions", o->id));
    TRY(flow_todo_done(rq, &OPINIONS_FLOW, o->id, "inform", 0));
    return opinion_tell_credited(rq, o, "bulletins.told_outcome", in->opinion);
}

/* ---- what is seen of it ---- */

/* Reporters read what was written down until they were told, no later rows. */
static void keep_told(struct opinion_outcome *v)
{
    struct adoption *all = v->adoptions.items;
    struct instruction *notes = v->instructions.items;
    size_t kept = 0;
    for (size_t i = 0; i < v->adoptions.count; i++)
        if (all[i].recorded_at <= v->item.informed_at)
            all[kept++] = all[i];
    v->adoptions.count = kept;
    kept = 0;
    for (size_t i = 0; i < v->instructions.count; i++)
        if (notes[i].recorded_at <= v->item.informed_at)
            notes[kept++] = notes[i];
    v->instructions.count = kept;
}

static err scans_list(struct rq *rq, const struct rows *instructions, struct rows *out)
{
    const struct instruction *notes = instructions->items;
    struct rows *each = arena_array(rq->mem, instructions->count + 1, sizeof *each);
    size_t count = 0;
    for (size_t i = 0; i < instructions->count; i++) {
        TRY(attachment_list(rq, SCANS, notes[i].id, &each[i]));
        count += each[i].count;
    }
    struct attachment *all = arena_array(rq->mem, count + 1, sizeof *all);
    *out = (struct rows){ all, 0, sizeof *all };
    for (size_t i = 0; i < instructions->count; i++)
        for (size_t k = 0; k < each[i].count; k++)
            all[out->count++] = ((const struct attachment *)each[i].items)[k];
    return OK;
}

err adoption_outcome(struct rq *rq, const struct opinion *o, struct opinion_outcome *v,
                     bool *is_any)
{
    struct issue *n = arena_zero(rq->mem, sizeof *n);
    i64 last = 0;
    *v = (struct opinion_outcome){ .issue = n };
    v->desk = actor_scope(rq->actor, "issues.read") == SCOPE_ORG;
    TRY(item_find(rq, o->id, &v->item, is_any));
    if (!*is_any)
        return OK;
    TRY(issue_store_find(rq->db, v->item.issue_id, rq->mem, n));
    *is_any = n->serial > 0 || v->desk;
    if (!*is_any)
        return OK;
    TRY(destination_store_list_opinion(rq->db, o->id, rq->mem, &v->destinations));
    TRY(adoption_store_list(rq->db, o->id, rq->mem, &v->adoptions));
    TRY(instruction_list_of(rq, "opinions", o->id, &v->instructions));
    TRY(newest(rq, o, &v->item, &last));
    v->untold = last > v->item.informed_at;
    if (!v->desk)
        keep_told(v);
    return scans_list(rq, &v->instructions, &v->scans);
}
