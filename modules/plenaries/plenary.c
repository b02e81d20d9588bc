/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The space of a plenary: gathers what the modules below know of it, and what the clerk should do.
 * Charter: two thirds of all members must be there. */
#include "modules/plenaries/plenary.h"

#include "modules/orgs/org.h"
#include "modules/proposals/proposal.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"

enum { MINUTE_MS = 60 * 1000, DAY_MINUTES = 24 * 60 };

/* ---- the quorum ---- */

static bool is_put_down(const struct plenary *p)
{
    return p->m.present + p->m.leave + p->m.absent > 0;
}

bool plenary_has_quorum(const struct plenary *p)
{
    if (p->m.all_members == 0)
        return false;
    return (is_put_down(p) ? p->m.counted : p->m.came) >= p->wanted;
}

/* ---- the programme ---- */

/* Digits at a place of a line; -1 = none. *at: behind them. */
static i64 digits_at(str line, size_t *at)
{
    i64 n = -1;
    for (; *at < line.len && line.ptr[*at] >= '0' && line.ptr[*at] <= '9' && n < 10000; ++*at)
        n = (n < 0 ? 0 : n) * 10 + (line.ptr[*at] - '0');
    return n;
}

static bool skips(str line, size_t *at, str word)
{
    if (!str_starts(str_sub(line, *at, line.len), word))
        return false;
    *at += word.len;
    return true;
}

/* The day at the front of a line, in the year of the plenary's first day or the one after it. */
static i64 day_at(str line, i64 from_on)
{
    int year, month, mday;
    size_t at = 0;
    i64 first = digits_at(line, &at), second;
    if (first < 1 || first > 12 || !skips(line, &at, text_find("plenaries.month")))
        return 0;
    second = digits_at(line, &at);
    if (second < 1 || second > 31 || !skips(line, &at, text_find("plenaries.day")))
        return 0;
    day_to_civil(from_on, &year, &month, &mday);
    i64 day = day_from_civil(first < month ? year + 1 : year, (int)first, (int)second);
    return day;
}

/* The first "9:00" of a line as a minute of the day, -1 = none; behind "afternoon" 3:00 is 15:00.
 */
static i64 minute_at(str line)
{
    i64 noon = str_find(line, text_find("plenaries.afternoon"), 0);
    for (size_t at = 0; at < line.len; at++) {
        size_t next = at;
        i64 hour = digits_at(line, &next);
        if (hour < 0)
            continue;
        if (hour < 24 &&
            (skips(line, &next, str_of(":")) || skips(line, &next, text_find("plenaries.colon")))) {
            i64 minute = digits_at(line, &next);
            if (minute >= 0 && minute < 60)
                return (noon >= 0 && noon < (i64)at && hour < 12 ? hour + 12 : hour) * 60 + minute;
        }
        at = next > at ? next - 1 : at;
    }
    return -1;
}

str plenary_next_line(str agenda, i64 from_on, i64 today, i64 minute)
{
    str rest = agenda, line;
    i64 day = from_on;
    while (str_split(&rest, '\n', &line)) {
        line = str_trim(line);
        i64 said = day_at(line, from_on), at = minute_at(line);
        day = said ? said : day;
        if (at >= 0 && day * DAY_MINUTES + at >= today * DAY_MINUTES + minute)
            return line;
    }
    return str_of("");
}

/* ---- gathering ---- */

static err add_schemes(struct rq *rq, struct plenary *p)
{
    struct rows rows;
    i64 person_id = rq->actor->person_id;
    if (!actor_may(rq->actor, "schemes.read") || (!p->m.others && person_id == 0))
        return OK;
    TRY(scheme_store_list(rq->db, p->m.brief.id, p->m.others ? 0 : person_id, rq->mem, &rows));
    const struct scheme *all = rows.items;
    p->schemes = arena_array(rq->mem, rows.count + 1, sizeof *p->schemes);
    for (size_t i = 0; i < rows.count; i++) {
        struct scheme_page shown;
        struct plenary_scheme *one = &p->schemes[p->scheme_count];
        if (!p->office && !str_is(all[i].state, "published"))
            continue;
        TRY(scheme_shown_make(rq, &all[i], &shown));
        *one = (struct plenary_scheme){ .s = &all[i],
                                        .groups = (i64)shown.count,
                                        .placed = shown.placed,
                                        .unplaced = (i64)shown.unplaced_count };
        for (size_t g = 0; g < shown.count; g++)
            for (size_t k = 0; person_id && k < shown.groups[g].count; k++)
                if (shown.groups[g].lines[k].person_id == person_id)
                    one->mine = &shown.groups[g];
        p->scheme_count++;
    }
    return OK;
}

static void count_speech(struct plenary_speeches *one, const struct speech *s, i64 person_id)
{
    bool spoken = str_is(s->state, "spoken"), given = str_is(s->state, "given");
    one->waiting += str_is(s->state, "submitted");
    one->written += str_is(s->state, "written");
    one->spoken += spoken;
    one->given += given;
    one->minutes += spoken || given ? s->minutes : 0;
    if (spoken && !one->next) /* they come in the order of speaking */
        one->next = s;
    if (person_id && s->person_id == person_id && !one->mine)
        one->mine = s;
}

static err add_speeches(struct rq *rq, struct plenary *p)
{
    struct rows rows;
    if (!actor_may(rq->actor, "speeches.read"))
        return OK;
    TRY(speech_call_store_list(rq->db, p->m.brief.id, p->office, rq->mem, &rows));
    const struct speech_call *all = rows.items;
    p->speeches = arena_array(rq->mem, rows.count + 1, sizeof *p->speeches);
    p->speech_count = rows.count;
    for (size_t i = 0; i < rows.count; i++) {
        struct plenary_speeches *one = &p->speeches[i];
        *one = (struct plenary_speeches){ .c = &all[i] };
        TRY(speech_store_list(rq->db, all[i].id, rq->mem, &one->all));
        const struct speech *s = one->all.items;
        for (size_t k = 0; k < one->all.count; k++)
            count_speech(one, &s[k], rq->actor->person_id);
    }
    return OK;
}

static err add_proposals(struct rq *rq, struct plenary *p)
{
    struct session session;
    struct call *call = arena_zero(rq->mem, sizeof *call);
    bool found = false;
    err e = session_on(rq, p->m.brief.from_on, &session);
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    p->session_id = session.id;
    TRY(call_of_plenary(rq, session.id, call, &found));
    p->call = found ? call : NULL;
    p->until = found ? call_moment(rq, call->until_at) : str_of("");
    p->takes = found && rq->now_ms <= call->until_at && rq->now_ms >= call->from_at;
    if (!p->m.others && rq->actor->person_id == 0)
        return OK;
    return proposal_count_handed_in(rq, session.id, p->m.others ? 0 : rq->actor->person_id,
                                    &p->handed_in);
}

/* ---- what the clerk should do ---- */

static void todo_add(struct plenary *p, str words, str url)
{
    if (p->todo_count < PLENARY_TODOS_MAX)
        p->todos[p->todo_count++] = (struct plenary_todo){ words, url };
}

static void todo_count(struct rq *rq, struct plenary *p, const char *text, i64 n, str url)
{
    if (n > 0)
        todo_add(p, text_format(rq->mem, text, str_number(rq->mem, n), str_of("")), url);
}

static str meeting_url(struct rq *rq, const struct plenary *p, const char *rest)
{
    return arena_printf(rq->mem, "/meetings/%lld%s", (long long)p->m.brief.id, rest);
}

static str invitees_url(struct rq *rq, const struct plenary *p, const char *state)
{
    return arena_printf(rq->mem, "/invitees?meeting_id=%lld&state=%s", (long long)p->m.brief.id,
                        state);
}

static void add_todos_above(struct rq *rq, struct plenary *p)
{
    for (size_t i = 0; i < p->scheme_count; i++) {
        const struct plenary_scheme *one = &p->schemes[i];
        str url = arena_printf(rq->mem, "/schemes/%lld", (long long)one->s->id);
        if (str_is(one->s->state, "draft"))
            todo_add(p, text_format(rq->mem, "plenaries.todo_publish", one->s->title, str_of("")),
                     url);
        else
            todo_count(rq, p, "plenaries.todo_unplaced", one->unplaced, url);
    }
    for (size_t i = 0; i < p->speech_count; i++)
        todo_count(rq, p, "plenaries.todo_choose", p->speeches[i].waiting,
                   arena_printf(rq->mem, "/speech_calls/%lld", (long long)p->speeches[i].c->id));
}

static void add_todos(struct rq *rq, struct plenary *p)
{
    str state = p->m.brief.state;
    if (!p->office || str_is(state, "settled") || str_is(state, "cancelled"))
        return;
    if (str_is(state, "draft"))
        todo_add(p, text_find("plenaries.todo_notify"), meeting_url(rq, p, ""));
    todo_count(rq, p, "plenaries.todo_leaves", p->m.undecided, invitees_url(rq, p, "leave_asked"));
    todo_count(rq, p, "plenaries.todo_waiting", p->m.waiting, invitees_url(rq, p, "pending"));
    if (p->m.agenda.len == 0)
        todo_add(p, text_find("plenaries.todo_agenda"), meeting_url(rq, p, ""));
    if (p->m.papers == 0)
        todo_add(p, text_find("plenaries.todo_papers"), meeting_url(rq, p, ""));
    add_todos_above(rq, p);
    if (str_is(state, "held"))
        todo_count(rq, p, "plenaries.todo_record", p->m.open, meeting_url(rq, p, "/attendance"));
}

err plenary_find(struct rq *rq, i64 id, struct plenary *out)
{
    i64 minute = (rq->now_ms - day_start_ms(rq->today)) / MINUTE_MS;
    *out = (struct plenary){ .office = actor_may(rq->actor, "meetings.manage"),
                             .member = rq->actor->member_id > 0 };
    err e = meeting_overview_find(rq, id, &out->m);
    if (e.code == ERR_NOT_FOUND || (!e.code && !str_is(out->m.brief.kind, "plenary")))
        return err_make(ERR_NOT_FOUND, "plenaries.not_found");
    TRY(e);
    out->wanted = meeting_quorum_of(out->m.brief.kind, out->m.all_members);
    out->next = plenary_next_line(out->m.agenda, out->m.brief.from_on, rq->today, minute);
    TRY(add_schemes(rq, out));
    TRY(add_speeches(rq, out));
    TRY(add_proposals(rq, out));
    add_todos(rq, out);
    return OK;
}
