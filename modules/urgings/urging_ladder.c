/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the clock does by itself with what is late (rules.md 12.5): first and second reminder, a
 * slip proposed, a talk or circular asked for; each once for a day that has passed, a later day
 * begins anew. Only on working days, a step a day. One run goes through the lists once a day, in
 * batches; where it stands is kept, so that it may stop anywhere. */
#include <stdlib.h>

#include "modules/outcomes/outcome.h"
#include "modules/proposals/proposal.h"
#include "modules/urgings/urging_rules.h"
#include "platform/calendar/calendar.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

enum { BATCH = 50, STEP_SLIP = 3, STEP_TALK = 4 };

/* Working days behind the day at which each step is taken; 0 = never. */
static const char *const DAYS[] = { NULL, "urgings.first_days", "urgings.second_days",
                                    "urgings.urge_days", "urgings.circular_days" };

/* ---- the lists ---- */

static err assignment_row(struct rq *rq, const struct late_query *query,
                          const struct flow_due_row *due, struct late_row *out)
{
    struct assignment a;
    TRY(assignment_find_house(rq, due->subject_id, &a));
    *out = (struct late_row){
        .id = due->id,
        .subject_id = a.id,
        .matter_id = a.matter_id,
        .agency_id = a.agency_id,
        .due_on = due->due_on,
        .days_late = calendar_working_between(calendar_current(), due->due_on, rq->today),
        .stage = str_of(query->stage),
        .matter = a.matter,
        .title = a.matter_title,
        .number = a.matter_number,
        .agency_name = a.agency_name,
    };
    return OK;
}

err urging_list_late_assignments(struct rq *rq, const struct late_query *query, struct rows *out)
{
    struct flow_due_query clocks = { query->stage, late_last_day(rq->today, query->least),
                                     query->after_on, query->after_id, query->limit };
    struct rows rows;
    TRY(flow_due_list(rq, &ASSIGNMENTS_FLOW, &clocks, &rows));
    const struct flow_due_row *all = rows.items;
    struct late_row *late = arena_array(rq->mem, rows.count + 1, sizeof *late);
    for (size_t i = 0; i < rows.count; i++)
        TRY(assignment_row(rq, query, &all[i], &late[i]));
    *out = (struct rows){ late, rows.count, sizeof *late };
    return OK;
}

static err proposals_late(struct rq *rq, const struct late_query *query, struct rows *out)
{
    struct flow_due_query clocks = { query->stage, late_last_day(rq->today, query->least),
                                     query->after_on, query->after_id, query->limit };
    struct rows rows;
    TRY(flow_due_list(rq, &PROPOSALS_FLOW, &clocks, &rows));
    const struct flow_due_row *all = rows.items;
    struct late_row *late = arena_array(rq->mem, rows.count + 1, sizeof *late);
    for (size_t i = 0; i < rows.count; i++) {
        struct proposal p;
        TRY(proposal_find_house(rq, all[i].subject_id, &p));
        late[i] = (struct late_row){ .id = all[i].id,
                                     .subject_id = p.id,
                                     .matter_id = p.id,
                                     .due_on = all[i].due_on,
                                     .days_late = urging_days_late(rq, all[i].due_on),
                                     .stage = str_of(query->stage),
                                     .matter = str_of("proposals"),
                                     .title = p.title,
                                     .number = proposal_number(rq, &p),
                                     .agency_name = str_of("") };
    }
    *out = (struct rows){ late, rows.count, sizeof *late };
    return OK;
}

/* Slips that nobody has answered. */
static err urgings_late(struct rq *rq, const struct late_query *query, struct rows *out)
{
    struct flow_due_query clocks = { query->stage, late_last_day(rq->today, query->least),
                                     query->after_on, query->after_id, query->limit };
    struct rows rows;
    TRY(flow_due_list(rq, &URGINGS_FLOW, &clocks, &rows));
    const struct flow_due_row *all = rows.items;
    struct late_row *late = arena_array(rq->mem, rows.count + 1, sizeof *late);
    for (size_t i = 0; i < rows.count; i++) {
        struct urging u;
        TRY(urging_store_find(rq->db, all[i].subject_id, rq->mem, &u));
        late[i] = (struct late_row){ .id = all[i].id,
                                     .subject_id = u.id,
                                     .matter_id = u.matter_id,
                                     .agency_id = u.agency_id,
                                     .due_on = all[i].due_on,
                                     .days_late = urging_days_late(rq, all[i].due_on),
                                     .stage = str_of(query->stage),
                                     .matter = u.matter,
                                     .title = u.matter_title,
                                     .number = u.number,
                                     .agency_name = u.agency_name };
    }
    *out = (struct rows){ late, rows.count, sizeof *late };
    return OK;
}

/* who: is late; a slip goes to an agency, of the office its leaders are told, a proposer is only
 * reminded. */
enum late_who { LATE_AGENCY, LATE_OFFICE, LATE_PROPOSER };
struct source {
    const char *flow, *stage;
    err (*list)(struct rq *rq, const struct late_query *query, struct rows *out);
    enum late_who who;
};
static const struct source SOURCES[] = {
    { "assignments", "accept", urging_list_late_assignments, LATE_AGENCY },
    { "assignments", "contact", urging_list_late_assignments, LATE_AGENCY },
    { "assignments", "handle", urging_list_late_assignments, LATE_AGENCY },
    { "assignments", "decide", urging_list_late_assignments, LATE_OFFICE },
    { "promises", "promise", promise_late_list, LATE_AGENCY },
    { "urgings", "answer", urgings_late, LATE_AGENCY },
    { "proposals", "review", proposals_late, LATE_OFFICE },
    { "proposals", "assign", proposals_late, LATE_OFFICE },
    { "proposals", "mediate", proposals_late, LATE_OFFICE },
    { "proposals", "revise", proposals_late, LATE_PROPOSER },
};
enum { SOURCE_COUNT = sizeof SOURCES / sizeof *SOURCES };

/* ---- colours ---- */

i64 urging_days_late(const struct rq *rq, i64 due_on)
{
    if (due_on <= 0 || due_on >= rq->today)
        return 0;
    return calendar_working_between(calendar_current(), due_on, rq->today);
}

str urging_look(struct rq *rq, i64 due_on, i64 soon_on)
{
    i64 late = urging_days_late(rq, due_on), most = setting_number(rq, "urgings.urge_days");
    if (due_on <= 0 || due_on > soon_on)
        return str_of("fine");
    if (due_on >= rq->today)
        return str_of("amber");
    return str_of(most > 0 && late >= most ? "double" : "red");
}

static int by_lateness(const void *a, const void *b)
{
    const struct late_thing *x = a, *y = b;
    if (x->row.days_late != y->row.days_late)
        return x->row.days_late > y->row.days_late ? -1 : 1;
    return x->row.id < y->row.id ? -1 : x->row.id > y->row.id;
}

/* A case that its reader may not see yet, such as one in review to a dispatcher, is not named. */
static err may_see(struct rq *rq, const struct late_row *late, bool *out)
{
    struct proposal p;
    *out = true;
    if (!str_is(late->matter, "proposals"))
        return OK;
    err e = proposal_find(rq, late->matter_id, &p);
    *out = e.code == ERR_NONE;
    return e.code == ERR_NOT_FOUND ? OK : e;
}

static err count_late(struct rq *rq, const struct source *source, i64 *count)
{
    i64 to_on = late_last_day(rq->today, 1);
    return strcmp(source->flow, "promises") == 0
               ? late_store_count_promises(rq->db, to_on, count)
               : late_store_count_clocks(
                     rq->db, &(struct late_clocks){ source->flow, source->stage, to_on }, count);
}

err urging_list_late(struct rq *rq, i64 each, struct rows *out, i64 *total)
{
    struct late_thing *all = arena_array(rq->mem, (size_t)each * SOURCE_COUNT + 1, sizeof *all);
    *out = (struct rows){ .items = all, .size = sizeof *all };
    *total = 0;
    for (size_t s = 0; s < SOURCE_COUNT; s++) {
        i64 count;
        struct late_query query = { .stage = SOURCES[s].stage, .least = 1, .limit = each };
        struct rows rows;
        TRY(SOURCES[s].list(rq, &query, &rows));
        const struct late_row *late = rows.items;
        count = (i64)rows.count;
        if (count == each)
            TRY(count_late(rq, &SOURCES[s], &count));
        *total += count;
        for (size_t i = 0; i < rows.count; i++) {
            bool seen;
            TRY(may_see(rq, &late[i], &seen));
            *total -= !seen;
            if (seen)
                all[out->count++] =
                    (struct late_thing){ late[i], str_of(SOURCES[s].flow),
                                         urging_look(rq, late[i].due_on, rq->today) };
        }
    }
    if (out->count > 1)
        qsort(all, out->count, sizeof *all, by_lateness);
    return OK;
}

/* ---- one step ---- */

/* What is late, and how far its ladder goes today. */
struct rung {
    const struct source *source;
    const struct late_row *late;
    i64 level;
};

static str url_of(struct rq *rq, const struct rung *r)
{
    return arena_printf(rq->mem, "/%s/%lld", r->source->flow, (long long)r->late->subject_id);
}

/* "第二次催办：答复，已逾期 5 个工作日". */
static str words_of(struct rq *rq, const struct rung *r)
{
    const char *key = arena_printf(rq->mem, "urgings.rung.%lld", (long long)r->level).ptr;
    return text_format(rq->mem, key, text_label("urgings.stage", r->late->stage),
                       arena_printf(rq->mem, "%lld", (long long)r->late->days_late));
}

static err send(struct rq *rq, const struct rung *r, const struct notify_to *to)
{
    return notify_send(rq, to,
                       &(struct notify_message){ .text = "urgings.nudge",
                                                 .arg = { r->late->title, words_of(rq, r) },
                                                 .url = url_of(rq, r) });
}

/* Who has it to do in the office, or who wrote it. */
static err tell_holders(struct rq *rq, const struct rung *r, const char *kind)
{
    struct rows rows;
    TRY(flow_todo_holders(rq, flow_find(rq->app, str_of(r->source->flow)), r->late->subject_id,
                          &rows));
    const struct flow_holder *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        struct notify_to to = { 0 };
        if (!str_is(all[i].holder, kind))
            continue;
        if (all[i].permission.len > 0)
            to.permission = arena_cstr(rq->mem, all[i].permission);
        else
            to.person_id = all[i].holder_id;
        TRY(send(rq, r, &to));
    }
    return OK;
}

static err remind(struct rq *rq, const struct rung *r)
{
    if (r->source->who == LATE_AGENCY) /* its leader is among its people */
        return send(rq, r, &(struct notify_to){ .agency_id = r->late->agency_id });
    return tell_holders(rq, r, r->source->who == LATE_OFFICE ? "may" : "person");
}

/* The open slip of what is late; of a late slip it is this one itself. */
static err slip_of(struct rq *rq, const struct rung *r, i64 *id)
{
    struct urging_new wanted = { .flow = r->source->flow,
                                 .cause = "overdue",
                                 .subject_id = r->late->subject_id,
                                 .late_on = r->late->due_on };
    *id = r->late->subject_id;
    return strcmp(r->source->flow, "urgings") == 0 ? OK : urging_propose(rq, &wanted, id);
}

/* 约谈/通报 is the issuer's to do. */
static err ask_for_talk(struct rq *rq, i64 id)
{
    struct urging u;
    TRY(urging_store_find(rq->db, id, rq->mem, &u));
    struct flow_subject subject = {
        u.id, u.version, u.state, u.matter_title, u.number.len ? u.number : u.matter_number, &u
    };
    return flow_todo_add(rq, &URGINGS_FLOW, &subject,
                         &(struct todo_new){
                             .holder = "may:urgings.issue",
                             .verb = "summon",
                             .due_on = rq->today,
                             .url = arena_printf(rq->mem, "/urgings/%lld", (long long)u.id) });
}

/* Behind the reminders: a slip, and the talk; the office's leaders where it is itself late. */
static err press(struct rq *rq, const struct rung *r)
{
    i64 id = 0;
    if (r->source->who == LATE_OFFICE)
        return send(rq, r, &(struct notify_to){ .permission = "urgings.issue" });
    TRY(slip_of(rq, r, &id));
    return r->level == STEP_TALK ? ask_for_talk(rq, id) : OK;
}

static err keep(struct rq *rq, const struct rung *r)
{
    bool agency = r->source->who == LATE_AGENCY && r->level < STEP_SLIP;
    struct reminder row = { .flow = str_of(r->source->flow),
                            .subject_id = r->late->subject_id,
                            .matter = r->late->matter,
                            .matter_id = r->late->matter_id,
                            .agency_id = agency ? r->late->agency_id : 0,
                            .kind = str_of("house"),
                            .level = r->level,
                            .stage = r->late->stage,
                            .due_on = r->late->due_on,
                            .on_day = rq->today,
                            .text = words_of(rq, r),
                            .told = r->late->agency_name,
                            .sent_at = rq->now_ms };
    TRY(reminder_store_add(rq->db, &row, &row.id));
    return row.id ? event_emit(rq, "urgings.reminded", row.id, NULL) : OK;
}

/* The highest step of its ladder that its days have reached. */
static i64 level_of(struct rq *rq, const struct source *source, i64 days_late)
{
    i64 level = 0, last = source->who == LATE_PROPOSER ? STEP_SLIP - 1 : STEP_TALK;
    for (i64 step = 1; step <= last; step++) {
        i64 days = setting_number(rq, DAYS[step]);
        if (days > 0 && days_late >= days)
            level = step;
    }
    return level;
}

/* Steps left out because nobody looked for days are not made up for: the one that is due counts. */
static err climb(struct rq *rq, const struct source *source, const struct late_row *late,
                 bool *acted)
{
    struct rung r = { source, late, level_of(rq, source, late->days_late) };
    struct reminder like = { .flow = str_of(source->flow),
                             .subject_id = late->subject_id,
                             .stage = late->stage,
                             .due_on = late->due_on };
    i64 reached = 0;
    *acted = false;
    TRY(reminder_store_level(rq->db, &like, &reached));
    if (r.level <= reached)
        return OK;
    *acted = true;
    TRY(r.level < STEP_SLIP ? remind(rq, &r) : press(rq, &r));
    return keep(rq, &r);
}

/* ---- the day's run ---- */

/* A part of one list; *left: how much may still be done in this batch. */
static err go_on(struct rq *rq, struct urging_run *run, i64 *left)
{
    const struct source *source = &SOURCES[run->source];
    struct late_query query = { .stage = source->stage,
                                .least = 1,
                                .after_on = run->after_on,
                                .after_id = run->after_id,
                                .limit = BATCH };
    struct rows rows;
    TRY(source->list(rq, &query, &rows));
    const struct late_row *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        bool acted;
        TRY(climb(rq, source, &all[i], &acted));
        run->after_on = all[i].due_on;
        run->after_id = all[i].id;
        *left -= acted ? 2 : 1;
    }
    if (rows.count == BATCH)
        return OK;
    run->source++;
    run->after_on = run->after_id = 0;
    return OK;
}

err job_urging_escalate(struct rq *rq, bool *again)
{
    struct urging_run run;
    i64 left = BATCH;
    *again = false;
    if (!calendar_is_working(calendar_current(), rq->today))
        return OK;
    TRY(urging_run_store_find(rq->db, &run));
    if (run.on_day != rq->today)
        run = (struct urging_run){ .on_day = rq->today };
    if (run.source >= SOURCE_COUNT)
        return OK;
    while (left > 0 && run.source < SOURCE_COUNT)
        TRY(go_on(rq, &run, &left));
    *again = run.source < SOURCE_COUNT;
    return urging_run_store_put(rq->db, &run);
}

/* ---- looking again ---- */

err job_urging_close(struct rq *rq, bool *again)
{
    struct rows rows;
    TRY(urging_store_list_look(rq->db, rq->today, BATCH, rq->mem, &rows));
    struct urging *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        struct urging *u = &all[i];
        struct flow_subject subject = {
            u->id, u->version, u->state, u->matter_title, u->number, u
        };
        TRY(urging_store_set_asked(rq->db, u->id, u->version, rq->now_ms));
        TRY(flow_todo_add(rq, &URGINGS_FLOW, &subject,
                          &(struct todo_new){
                              .holder = "may:urgings.pass",
                              .verb = "close",
                              .due_on = u->look_on,
                              .url = arena_printf(rq->mem, "/urgings/%lld", (long long)u->id) }));
    }
    *again = rows.count == BATCH;
    return OK;
}
