/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What stands of urging on the pages and in the JSON of others: how late it is, what was sent, what
 * the reader can do. */
#include "modules/proposals/proposal.h"
#include "modules/urgings/urging_views.h"
#include "platform/calendar/calendar.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/urgings.h"

/* ---- below an agency ---- */

/* The day that the agency is to keep now; 0 = it has nothing to do. */
static i64 day_of(const struct assignment *a)
{
    static const char *const HANDLED[] = { "accepted", "drafted", "redrafting", "redoing" };
    if (str_is(a->state, "assigned"))
        return a->accept_due_on;
    for (size_t i = 0; i < sizeof HANDLED / sizeof *HANDLED; i++)
        if (str_is(a->state, HANDLED[i]))
            return a->due_on;
    return 0;
}

static i64 soon_on(struct rq *rq)
{
    return calendar_add_working(calendar_current(), rq->today,
                                setting_number(rq, "assignments.warn_days"));
}

/* ---- with the case ---- */

static const struct field URGING[] = {
    FIELD(struct urging, id),     FIELD(struct urging, number),
    FIELD(struct urging, cause),  FIELD(struct urging, agency_name),
    FIELD(struct urging, state),  FIELD(struct urging, issued_at),
    FIELD(struct urging, due_on), { 0 },
};

static const struct field REMINDER[] = {
    FIELD(struct reminder, id),     FIELD(struct reminder, flow),
    FIELD(struct reminder, kind),   FIELD(struct reminder, level),
    FIELD(struct reminder, told),   FIELD(struct reminder, text),
    FIELD(struct reminder, on_day), { 0 },
};

static bool is_pressed(const struct urging *u)
{
    return u->issued_at > 0 && !str_is(u->state, "passed") && !str_is(u->state, "closed");
}

/* Slips: the office all; an agency what was issued to it; others none, but that one is under way.
 */
static err urgings_load(struct rq *rq, str matter, i64 id, struct urged_case *v)
{
    const struct actor *actor = rq->actor;
    size_t kept = 0;
    TRY(urging_store_list_of(rq->db, matter, id, rq->mem, &v->urgings));
    struct urging *all = v->urgings.items;
    for (size_t i = 0; i < v->urgings.count; i++) {
        bool own =
            actor_may(actor, "urgings.read") && urging_is_own(rq, &all[i]) && all[i].issued_at > 0;
        bool foreign = !v->office && actor->agency_id > 0 && !own;
        v->pressed = v->pressed || (is_pressed(&all[i]) && !foreign);
        if (v->office || own)
            all[kept++] = all[i];
    }
    v->urgings.count = kept;
    return OK;
}

/* ---- with the agency of what is no proposal ---- */

static bool is_about(const struct assignment *a, str flow, i64 subject_id)
{
    return str_is(flow, "assignments") && subject_id == a->id;
}

/* Of one assignment: what was sent to its agency, and its slips. */
static err past_load(struct rq *rq, const struct assignment *a, struct urged_case *v)
{
    size_t kept = 0;
    TRY(urgings_load(rq, a->matter, a->matter_id, v));
    struct urging *slips = v->urgings.items;
    for (size_t i = 0; i < v->urgings.count; i++)
        if (is_about(a, slips[i].flow, slips[i].subject_id))
            slips[kept++] = slips[i];
    v->urgings.count = kept;
    kept = 0;
    TRY(reminder_list(rq, a->matter, a->matter_id, &v->reminders));
    struct reminder *nudges = v->reminders.items;
    for (size_t i = 0; i < v->reminders.count; i++)
        if (is_about(a, nudges[i].flow, nudges[i].subject_id))
            nudges[kept++] = nudges[i];
    v->reminders.count = kept;
    return OK;
}

/* A proposal's page lists all of the case in one place (on_urged_case_shown). */
static err past_shown(struct rq *rq, const struct assignment_section_shown *shown, bool office)
{
    struct urged_case v = { .office = office, .look = str_of("") };
    if (str_is(shown->assignment->matter, "proposals"))
        return OK;
    TRY(past_load(rq, shown->assignment, &v));
    if (shown->json) {
        json_rows(shown->json, "urgings", URGING, &v.urgings);
        json_rows(shown->json, "reminders", REMINDER, &v.reminders);
    } else {
        view_urgings_past(shown->out, &v, shown->assignment->agency_name);
    }
    return OK;
}

err on_urged_section_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct assignment_section_shown *shown = fact;
    const struct assignment *a = shown->assignment;
    bool office = actor_scope(rq->actor, "urgings.read") == SCOPE_ORG;
    TRY(past_shown(rq, shown, office));
    if (!office || a->cancelled_at > 0 || str_is(a->state, "reassigned"))
        return OK;
    struct urged_section part = { .a = a, .days_late = urging_days_late(rq, day_of(a)) };
    part.look = urging_look(rq, day_of(a), soon_on(rq));
    if (shown->json) {
        json_i64(shown->json, "days_late", part.days_late);
        json_str(shown->json, "look", part.look);
        return OK;
    }
    str path = arena_printf(rq->mem, "/%.*s/", (int)a->matter.len, a->matter.ptr);
    part.on_case = str_starts(rq->path, path);
    part.may_propose = actor_may(rq->actor, "urgings.propose");
    TRY(reminder_may(rq, str_of("assignments"), id, &part.may_remind));
    view_urgings_section(shown->out, &part);
    return OK;
}

/* ---- the case as a whole ---- */

/* How late the worst of the case is. */
static err look_of(struct rq *rq, const struct proposal *p, str *out)
{
    struct rows rows;
    i64 due_on = p->due_on;
    *out = str_of("");
    if (p->closed_at > 0 || p->outcome.len == 0 || p->assigned_at == 0)
        return OK;
    TRY(assignment_list_of(rq, "proposals", p->id, &rows));
    const struct assignment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        i64 day = day_of(&all[i]);
        due_on = day > 0 && (due_on <= 0 || day < due_on) ? day : due_on;
    }
    if (urging_days_late(rq, due_on) > 0)
        *out = urging_look(rq, due_on, rq->today);
    return OK;
}

static err case_load(struct rq *rq, const struct proposal *p, const char *place,
                     struct urged_case *v)
{
    v->office = actor_scope(rq->actor, "urgings.read") == SCOPE_ORG;
    TRY(urgings_load(rq, str_of("proposals"), p->id, v));
    if (strcmp(place, "head") == 0)
        return v->office ? look_of(rq, p, &v->look) : OK;
    TRY(reminder_list(rq, str_of("proposals"), p->id, &v->reminders));
    return *place ? reminder_may(rq, str_of("proposals"), p->id, &v->may_remind) : OK;
}

err on_urged_case_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct proposal_shown *shown = fact;
    struct urged_case v = { .proposal_id = id, .look = str_of("") };
    bool head = strcmp(shown->place, "head") == 0, side = strcmp(shown->place, "side") == 0;
    if (shown->proposal->submitted_at == 0 || !(head || side || shown->json))
        return OK;
    TRY(case_load(rq, shown->proposal, shown->place, &v));
    if (shown->json) {
        json_rows(shown->json, "urgings", URGING, &v.urgings);
        json_rows(shown->json, "reminders", REMINDER, &v.reminders);
    } else if (head) {
        view_urgings_case_head(shown->out, &v);
    } else {
        view_urgings_case_side(shown->out, &v);
    }
    return OK;
}
