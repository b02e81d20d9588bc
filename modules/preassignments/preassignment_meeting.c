/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The meeting where what is handed out is settled (交办会, rules.md 2.3 K34): its list, its
 * minutes, and handing out what is agreed. Pages: preassignment_meeting_pages.c; its list on paper:
 * preassignment_paper.c. */
#include "modules/assignments/assignment.h"
#include "modules/orgs/org.h"
#include "modules/preassignments/preassignment.h"
#include "modules/preassignments/preassignment_store.h"
#include "modules/proposals/proposal.h"
#include "platform/audit/audit.h"
#include "platform/jobs/jobs.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"
#include "platform/web/view_parts.h"

enum { STUCK_MAX = 200 };

err preassignment_meeting_sessions(struct rq *rq, struct rows *out)
{
    struct rows sessions;
    TRY(session_list(rq, &sessions));
    const struct session *all = sessions.items;
    struct view_choice *choices = arena_array(rq->mem, sessions.count + 1, sizeof *choices);
    for (size_t i = 0; i < sessions.count; i++)
        choices[i] =
            (struct view_choice){ .value = arena_printf(rq->mem, "%lld", (long long)all[i].id),
                                  .label = session_name(rq->mem, &all[i]) };
    *out = (struct rows){ choices, sessions.count, sizeof *choices };
    return OK;
}

i64 preassignment_meeting_last_day(struct rq *rq, i64 session_id)
{
    struct session session;
    err e = session_find(rq, session_id, &session);
    if (e.code != ERR_NONE || session.closed_on <= 0)
        return 0;
    return session.closed_on + setting_number(rq, "preassignments.meeting_days");
}

/* ---- the meeting itself ---- */

err preassignment_meeting_find(struct rq *rq, i64 id, struct preassignment_meeting *out)
{
    err e = preassignment_meeting_store_find(rq->db, id, rq->mem, out);
    return e.code == ERR_NOT_FOUND ? err_make(ERR_NOT_FOUND, "preassignments.no_meeting") : e;
}

static err change(struct rq *rq, const struct preassignment_meeting *m, i64 version)
{
    TRY(rq_need_version(rq, version));
    err e = version == m->version ? preassignment_meeting_store_update(rq->db, m)
                                  : err_make(ERR_CONFLICT, "flows.version");
    return err_is(e, "db.version") ? err_make(ERR_CONFLICT, "flows.version") : e;
}

static err note(struct rq *rq, const char *act, i64 id, str after)
{
    return audit_add(rq, &(struct audit_entry){ .act = act,
                                                .object = "preassignment_meetings",
                                                .object_id = id,
                                                .after = after });
}

err preassignment_meeting_save(struct rq *rq, const struct preassignment_meeting_input *in, i64 *id)
{
    struct preassignment_meeting m = { .state = str_of("draft"),
                                       .made_at = rq->now_ms,
                                       .made_by = rq->actor->account_id };
    struct session session;
    if (in->id > 0)
        TRY(preassignment_meeting_find(rq, in->id, &m));
    if (str_is(m.state, "held"))
        return err_make(ERR_CONFLICT, "preassignments.held");
    if (in->id == 0 && !str_to_i64(in->session, &m.session_id))
        return err_make(ERR_NOT_FOUND, "orgs.no_session");
    TRY(session_find(rq, m.session_id, &session));
    m.name = in->name;
    m.held_on = in->held_on;
    m.place = in->place;
    *id = m.id;
    if (in->id > 0)
        TRY(change(rq, &m, in->version));
    else
        TRY(preassignment_meeting_store_add(rq->db, &m, id));
    return note(rq, "preassignments.meeting", *id,
                arena_printf(rq->mem, "%.*s %s", (int)m.name.len, m.name.ptr,
                             arena_cstr(rq->mem, text_day(rq->mem, m.held_on))));
}

/* Once written down they can be mended: each time is in the log. */
err preassignment_meeting_record(struct rq *rq, const struct minutes_input *in)
{
    struct preassignment_meeting m;
    TRY(preassignment_meeting_find(rq, in->id, &m));
    if (in->held_on > rq->today) {
        rq_fault(rq, "held_on", "preassignments.not_held_yet", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    m.held_on = in->held_on;
    m.minutes = in->minutes;
    m.state = str_of("held");
    TRY(change(rq, &m, in->version));
    return note(rq, "preassignments.record", m.id, in->minutes);
}

/* ---- its list ---- */

/* An agency sees its own. */
static struct preassignment_meeting_ask ask_of(struct rq *rq, const struct preassignment_meeting *m,
                                               i64 agency_id)
{
    i64 own = preassignment_is_office(rq) ? agency_id
              : rq->actor->agency_id > 0  ? rq->actor->agency_id
                                          : -1;
    return (struct preassignment_meeting_ask){ m->session_id, m->id,
                                               own,           PREASSIGNMENT_MEETING_LINES,
                                               rq->today,     str_of("") };
}

/* Both parts in one order, which each has. */
static bool is_before(const struct preassignment_meeting_agency *a,
                      const struct preassignment_meeting_agency *b)
{
    if ((a->objected > 0) != (b->objected > 0))
        return a->objected > 0;
    if (a->position != b->position)
        return a->position < b->position;
    return a->agency_id < b->agency_id;
}

static void agency_add(struct preassignment_meeting_agency *all, size_t *count,
                       const struct preassignment_meeting_agency *one)
{
    for (size_t i = 0; i < *count; i++)
        if (all[i].agency_id == one->agency_id) {
            all[i].hosts += one->hosts;
            all[i].cohosts += one->cohosts;
            all[i].handed += one->handed;
            return;
        }
    size_t at = (*count)++;
    for (; at > 0 && is_before(one, &all[at - 1]); at--)
        all[at] = all[at - 1];
    all[at] = *one;
}

err preassignment_meeting_agencies(struct rq *rq, const struct preassignment_meeting *m,
                                   struct rows *out)
{
    struct preassignment_meeting_ask ask = ask_of(rq, m, 0);
    struct rows open, handed;
    size_t count = 0;
    TRY(preassignment_store_count_open(rq->db, &ask, rq->mem, &open));
    TRY(preassignment_store_count_handed(rq->db, &ask, rq->mem, &handed));
    struct preassignment_meeting_agency *all =
        arena_array(rq->mem, open.count + handed.count + 1, sizeof *all);
    for (size_t i = 0; i < open.count; i++)
        agency_add(all, &count, (const struct preassignment_meeting_agency *)open.items + i);
    for (size_t i = 0; i < handed.count; i++)
        agency_add(all, &count, (const struct preassignment_meeting_agency *)handed.items + i);
    *out = (struct rows){ all, count, sizeof *all };
    return OK;
}

/* The day as it is when it is handed out at the meeting; what is handed out has its own. */
static void days_fill(struct rq *rq, const struct preassignment_meeting *m, struct rows *rows)
{
    struct preassignment *all = rows->items;
    i64 from_on = m->held_on > rq->today ? m->held_on : rq->today;
    for (size_t i = 0; i < rows->count; i++)
        if (all[i].handed_at == 0)
            all[i].due_on = preassignment_due(rq, &all[i], from_on);
}

/* What waits, then what was handed out here, agency by agency. */
static void merge(const struct rows *agencies, const struct rows *parts, struct preassignment *out,
                  size_t *count)
{
    const struct preassignment_meeting_agency *all = agencies->items;
    for (size_t i = 0; i < agencies->count; i++)
        for (size_t part = 0; part < 2; part++) {
            const struct preassignment *p = parts[part].items;
            for (size_t k = 0; k < parts[part].count; k++)
                if (p[k].agency_id == all[i].agency_id)
                    out[(*count)++] = p[k];
        }
}

/* One more is asked for than is shown. */
static bool cut_to_most(struct rows *rows)
{
    bool cut = rows->count > PREASSIGNMENT_MEETING_LINES;
    if (cut)
        rows->count = PREASSIGNMENT_MEETING_LINES;
    return cut;
}

err preassignment_meeting_lines(struct rq *rq, const struct preassignment_meeting *m, i64 agency_id,
                                struct rows *out, bool *cut)
{
    struct preassignment_meeting_ask ask = ask_of(rq, m, agency_id);
    struct rows agencies, parts[2];
    size_t count = 0;
    ask.limit = PREASSIGNMENT_MEETING_LINES + 1;
    TRY(preassignment_meeting_agencies(rq, m, &agencies));
    TRY(preassignment_store_list_open(rq->db, &ask, rq->mem, &parts[0]));
    TRY(preassignment_store_list_handed(rq->db, &ask, rq->mem, &parts[1]));
    *cut = cut_to_most(&parts[0]);
    *cut |= cut_to_most(&parts[1]);
    struct preassignment *all =
        arena_array(rq->mem, parts[0].count + parts[1].count + 1, sizeof *all);
    merge(&agencies, parts, all, &count);
    *out = (struct rows){ all, count, sizeof *all };
    days_fill(rq, m, out);
    return OK;
}

err preassignment_meeting_disputed(struct rq *rq, const struct preassignment_meeting *m,
                                   struct rows *out)
{
    struct preassignment_meeting_ask ask = ask_of(rq, m, 0);
    ask.state = str_of("objected");
    TRY(preassignment_store_list_open(rq->db, &ask, rq->mem, out));
    days_fill(rq, m, out);
    return OK;
}

err preassignment_meeting_ready(struct rq *rq, const struct preassignment_meeting *m, i64 limit,
                                ids *out, i64 *count)
{
    struct preassignment_meeting_ask ask = ask_of(rq, m, 0);
    struct rows rows;
    TRY(preassignment_store_list_ready(rq->db, &ask, rq->mem, &rows));
    const struct ready_row *all = rows.items;
    *count = (i64)rows.count;
    out->items = arena_array(rq->mem, rows.count + 1, sizeof(i64));
    out->count = 0;
    for (size_t i = 0; i < rows.count && (i64)i < limit; i++)
        out->items[out->count++] = all[i].proposal_id;
    return OK;
}

err preassignment_meeting_stuck(struct rq *rq, const struct preassignment_meeting *m,
                                struct rows *out)
{
    struct preassignment_meeting_ask ask = ask_of(rq, m, 0);
    ask.limit = STUCK_MAX;
    return preassignment_store_list_stuck(rq->db, &ask, rq->mem, out);
}

/* ---- handing out ---- */

struct hand_one {
    const struct preassignment_meeting *meeting;
    i64 proposal_id;
};

/* All agencies of it have agreed, or the dispatcher has settled. */
static err agreed_of(struct rq *rq, const struct proposal *p, struct rows *rows)
{
    TRY(preassignment_store_list_of(rq->db, p->id, 0, rq->mem, rows));
    const struct preassignment *all = rows->items;
    if (rows->count == 0 && str_is(p->state, "docketed"))
        return err_make(ERR_CONFLICT, "preassignments.nobody_asked");
    if (rows->count > 0 && all[0].handed_at > 0)
        return err_make(ERR_CONFLICT, "preassignments.handed");
    for (size_t i = 0; i < rows->count; i++)
        if (!preassignment_is_agreed(&all[i]))
            return err_make_with(ERR_CONFLICT, "preassignments.not_agreed", all[i].agency_name,
                                 text_label("states.preassignments", all[i].state));
    return OK;
}

/* Which meeting it was, for its list. */
static err at_meeting(struct rq *rq, i64 proposal_id, i64 meeting_id)
{
    struct rows rows;
    TRY(preassignment_store_list_of(rq->db, proposal_id, 0, rq->mem, &rows));
    struct preassignment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        all[i].meeting_id = meeting_id;
        TRY(preassignment_store_update(rq->db, &all[i], all[i].state));
    }
    return OK;
}

static err hand_one(struct rq *rq, void *context)
{
    const struct hand_one *one = context;
    struct proposal p;
    struct rows rows;
    TRY(proposal_find(rq, one->proposal_id, &p));
    if (p.session_id != one->meeting->session_id)
        return err_make(ERR_CONFLICT, "preassignments.other_session");
    TRY(agreed_of(rq, &p, &rows));
    const struct preassignment *all = rows.items;
    struct assignment_new *agencies = arena_array(rq->mem, rows.count + 1, sizeof *agencies);
    for (size_t i = 0; i < rows.count; i++) {
        if (all[i].due_on > 0 && all[i].due_on <= rq->today)
            return err_make_with(ERR_CONFLICT, "preassignments.due_past", all[i].agency_name,
                                 text_date(rq->mem, all[i].due_on));
        agencies[i] = (struct assignment_new){ all[i].agency_id, arena_cstr(rq->mem, all[i].role),
                                               all[i].due_on };
    }
    TRY(proposal_hand_out(rq, &(struct proposal_handout){ .id = p.id,
                                                          .version = p.version,
                                                          .verb = "assign",
                                                          .agencies = agencies,
                                                          .count = rows.count }));
    return at_meeting(rq, p.id, one->meeting->id);
}

err preassignment_meeting_hand_out(struct rq *rq, const struct preassignment_meeting *m,
                                   const struct hand_out_input *in, struct rows *out)
{
    ids list = in->ids;
    i64 ready = 0;
    size_t done = 0;
    if (list.count == 0)
        TRY(preassignment_meeting_ready(rq, m, HAND_OUT_MAX, &list, &ready));
    struct handed *all = arena_zero(rq->mem, (list.count + 1) * sizeof *all);
    for (size_t i = 0; i < list.count; i++) {
        struct hand_one one = { m, list.items[i] };
        struct proposal p;
        all[i].proposal_id = one.proposal_id;
        err e = job_part(rq, hand_one, &one);
        if (db_may_retry(e))
            return e;
        all[i].fault = e;
        done += e.code == ERR_NONE;
        if (proposal_find(rq, one.proposal_id, &p).code != ERR_NONE)
            continue;
        all[i].number = proposal_number(rq, &p);
        all[i].title = p.title;
    }
    *out = (struct rows){ all, list.count, sizeof *all };
    return note(rq, "preassignments.hand_out", m->id,
                arena_printf(rq->mem, "%zu/%zu", done, list.count));
}
