/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Checking in (签到): which half-day is open, the code at the door, the gate's marks, and putting
 * attendance down by them. Neither where somebody is nor which telephone he has is asked. Ways can
 * be shut, the telephone's is until the clerk opens it (issue 5; peers.md 6.1). */
#include "modules/meetings/checkin.h"

#include "platform/app.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"
#include "platform/web/digest.h"

enum { NOON_MS = 12 * 3600 * 1000, STEP_MS = CHECKIN_STEP_S * 1000, MINUTE_MS = 60 * 1000 };

/* ---- ways ---- */

bool checkin_has_code(struct rq *rq)
{
    return setting_on(rq, "meetings.checkin_code");
}

bool checkin_has_gate(struct rq *rq)
{
    return setting_on(rq, "meetings.checkin_gate");
}

bool checkin_has_register(struct rq *rq)
{
    return setting_on(rq, "meetings.register") || !(checkin_has_code(rq) || checkin_has_gate(rq));
}

/* ---- half-days ---- */

static i64 halves_of(const struct meeting *m)
{
    return meeting_halves(m->from_on, m->from_half, m->to_on, m->to_half);
}

static i64 is_late_start(const struct meeting *m)
{
    return str_is(m->from_half, "afternoon");
}

i64 checkin_half_at(const struct meeting *m, i64 ms)
{
    i64 day = day_of_ms(ms);
    if (day < m->from_on || day > m->to_on)
        return -1;
    i64 part = ms - day_start_ms(day) >= NOON_MS;
    if (day == m->from_on && is_late_start(m))
        part = 1;
    if (day == m->to_on && str_is(m->to_half, "morning"))
        part = 0;
    return 2 * (day - m->from_on) + part - is_late_start(m);
}

i64 checkin_half_day(const struct meeting *m, i64 half)
{
    return m->from_on + (half + is_late_start(m)) / 2;
}

i64 checkin_half_start(const struct meeting *m, i64 half)
{
    i64 day = checkin_half_day(m, half), start = day_start_ms(day);
    return checkin_half_at(m, start) == half ? start : start + NOON_MS;
}

str checkin_half_words(struct rq *rq, const struct meeting *m, i64 half)
{
    bool morning = (half + is_late_start(m)) % 2 == 0;
    return text_format(rq->mem, "meetings.half", text_date(rq->mem, checkin_half_day(m, half)),
                       text_label("choices.half", str_of(morning ? "morning" : "afternoon")));
}

static bool is_going_on(const struct meeting *m)
{
    return str_is(m->state, "notified") || str_is(m->state, "held");
}

err checkin_open(struct rq *rq, const struct meeting *m, i64 *half)
{
    *half = checkin_half_at(m, rq->now_ms);
    return is_going_on(m) && *half >= 0 ? OK : err_make(ERR_CONFLICT, "meetings.door_closed");
}

/* ---- the code ---- */

/* A key for each meeting: what one door shows opens no other. */
static str signature(struct rq *rq, const struct meeting *m, i64 step)
{
    unsigned char house[DIGEST_SIZE], key[DIGEST_SIZE];
    app_key(rq->app, "checkins", house);
    digest_derive(
        (bytes){ house, sizeof house },
        arena_printf(rq->mem, "%lld.%lld", (long long)rq->actor->org_id, (long long)m->id), key);
    return digest_sign(rq->mem, key, arena_printf(rq->mem, "%lld", (long long)step));
}

static str code_at(struct rq *rq, const struct meeting *m, i64 step)
{
    str sign = signature(rq, m, step);
    return arena_printf(rq->mem, "%lld-%.*s", (long long)step, (int)sign.len, sign.ptr);
}

str checkin_code(struct rq *rq, const struct meeting *m)
{
    return code_at(rq, m, rq->now_ms / STEP_MS);
}

err checkin_code_judge(struct rq *rq, const struct meeting *m, str code)
{
    i64 step = 0, now = rq->now_ms / STEP_MS;
    i64 minutes = setting_number(rq, "meetings.code_minutes");
    str rest = str_trim(code), first;
    if (rest.len == 0)
        return err_make(ERR_INVALID, "meetings.code_missing");
    if (!str_split(&rest, '-', &first) || !str_to_i64(first, &step) || step > now + 1 || step < 0 ||
        !digest_is_same(code_at(rq, m, step), str_trim(code)))
        return err_make(ERR_INVALID, "meetings.code_wrong");
    if ((now - step) * STEP_MS > minutes * MINUTE_MS)
        return err_make(ERR_INVALID, "meetings.code_old");
    return OK;
}

/* ---- marks ---- */

/* By number: the list is in that order. Whoever was asked is on it, whatever he answered. */
static struct invitee *listed(const struct rows *rows, i64 id)
{
    struct invitee *all = rows->items;
    size_t from = 0, to = rows->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (all[middle].id < id)
            from = middle + 1;
        else
            to = middle;
    }
    return from < rows->count && all[from].id == id ? &all[from] : NULL;
}

err checkin_by_code(struct rq *rq, const struct meeting *m, str code)
{
    struct checkin c = { .meeting_id = m->id,
                         .invitee_id = m->invitee_id,
                         .way = str_of("code"),
                         .came_at = rq->now_ms,
                         .noted_at = rq->now_ms,
                         .noted_name = rq->actor->name };
    i64 changed = 0;
    if (!checkin_has_code(rq))
        return err_make(ERR_CONFLICT, "meetings.code_off");
    TRY(checkin_open(rq, m, &c.half));
    TRY(checkin_code_judge(rq, m, code));
    if (!m->invitee_id)
        return err_make(ERR_FORBIDDEN, "meetings.not_listed");
    TRY(checkin_store_add(rq->db, &c, &changed));
    if (!changed)
        return OK;
    return audit_add(rq, &(struct audit_entry){ "meetings.checkin", "invitees", c.invitee_id,
                                                .after = checkin_half_words(rq, m, c.half) });
}

/* What the gate noted without a net keeps its own time, set right by how far its clock is out; one
 * that is of another day cannot be. */
static i64 came_at(struct rq *rq, const struct meeting *m, const struct checkin *c,
                   const struct gate_input *in, size_t k)
{
    i64 at = 0, clock = 0;
    str typed = k < in->came.count ? str_trim(in->came.items[k]) : str_of("");
    if (!str_to_i64(typed, &at))
        return rq->now_ms;
    if (str_to_i64(str_trim(in->clock), &clock))
        at += rq->now_ms - clock;
    return at > rq->now_ms || day_of_ms(at) != checkin_half_day(m, c->half) ? rq->now_ms : at;
}

static err gate_half(struct rq *rq, const struct meeting *m, str typed, i64 *half)
{
    *half = checkin_half_at(m, rq->now_ms);
    if (str_trim(typed).len && !str_to_i64(str_trim(typed), half))
        *half = -1;
    if (*half >= 0 && *half < halves_of(m) && checkin_half_day(m, *half) <= rq->today)
        return OK;
    rq_fault(rq, "half", "meetings.half_odd", str_of(""), str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

static str clock_words(struct rq *rq, i64 ms)
{
    i64 minute = (ms - day_start_ms(day_of_ms(ms))) / MINUTE_MS;
    return arena_printf(rq->mem, "%02lld:%02lld", (long long)minute / 60, (long long)minute % 60);
}

static struct gate_odd *odd_add(struct gate_outcome *out, const struct invitee *i, const char *what)
{
    struct gate_odd *one = &out->odd[out->odd_count++];
    *one = (struct gate_odd){ i->id, i->name, str_of(what), str_of("") };
    return one;
}

static bool is_away(const struct invitee *i)
{
    return str_is(i->state, "leave_asked") || str_is(i->state, "leave_granted") ||
           str_is(i->state, "absenting");
}

/* What of him does not go with his having come. */
static void judge(struct rq *rq, const struct invitee *i, struct gate_outcome *out)
{
    if (str_is(i->state, "dropped"))
        odd_add(out, i, "dropped")->words = text_find("meetings.gate_dropped");
    else if (str_is(i->result, "leave") || str_is(i->result, "absent"))
        odd_add(out, i, "result")->words =
            text_format(rq->mem, "meetings.gate_result", text_label("choices.result", i->result),
                        str_of(""));
    else if (is_away(i))
        odd_add(out, i, "leave")->words =
            text_format(rq->mem, "meetings.gate_leave", text_label("states.invitees", i->state),
                        str_of(""));
}

/* One mark. It stood already, or had been taken back since: who sends it learns which. */
static err mark(struct rq *rq, const struct checkin *c, const struct invitee *i,
                struct gate_outcome *out)
{
    struct checkin stands = { 0 };
    i64 before = out->changed;
    judge(rq, i, out);
    TRY(checkin_store_add(rq->db, c, &out->changed));
    if (out->changed > before)
        return OK;
    TRY(checkin_store_undone(rq->db, c, rq->mem, &stands));
    if (stands.undone_at) {
        odd_add(out, i, "undone")->words =
            text_format(rq->mem, "meetings.gate_undone", clock_words(rq, stands.undone_at),
                        stands.undone_name);
        return OK;
    }
    out->doubled++;
    return checkin_store_advance(rq->db, c);
}

/* Whoever was left out since the list was made was seen all the same; if he has been asked anew it
 * counts for that. */
static err find_marked(struct rq *rq, i64 meeting_id, struct rows *rows, i64 id,
                       struct invitee *out)
{
    struct invitee *all = rows->items, *one = listed(rows, id);
    *out = (struct invitee){ 0 };
    if (one) {
        *out = *one;
        return OK;
    }
    err e = invitee_store_find(rq->db, id, rq->mem, out);
    if (e.code && e.code != ERR_NOT_FOUND)
        return e;
    if (e.code || out->meeting_id != meeting_id) {
        rq_fault(rq, "invitees", "meetings.lines_odd", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    for (size_t i = 0; i < rows->count; i++)
        if (all[i].member_id == out->member_id) {
            *out = all[i];
            break;
        }
    return OK;
}

static err gate_audit(struct rq *rq, const struct meeting *m, const struct gate_input *in,
                      const struct checkin *c, i64 changed)
{
    if (changed == 0)
        return OK;
    str words = text_format(rq->mem, "meetings.gate_noted", checkin_half_words(rq, m, c->half),
                            arena_printf(rq->mem, "%lld", (long long)changed));
    struct audit_entry entry = { in->undo ? "meetings.uncheck" : "meetings.checkin", "meetings",
                                 m->id, .after = words };
    return audit_add(rq, &entry);
}

err checkin_by_gate(struct rq *rq, const struct meeting *m, const struct gate_input *in,
                    struct gate_outcome *out)
{
    struct checkin c = { .meeting_id = m->id,
                         .way = str_of("gate"),
                         .noted_at = rq->now_ms,
                         .noted_name = rq->actor->name };
    struct rows rows;
    *out = (struct gate_outcome){ 0 };
    if (!checkin_has_gate(rq))
        return err_make(ERR_CONFLICT, "meetings.gate_off");
    if (!is_going_on(m))
        return err_make(ERR_CONFLICT, "meetings.gate_closed");
    TRY(gate_half(rq, m, in->half, &c.half));
    TRY(invitee_store_list(rq->db, m->id, rq->mem, &rows));
    out->odd = arena_array(rq->mem, 2 * in->invitees.count + 1, sizeof *out->odd);
    for (size_t k = 0; k < in->invitees.count; k++) {
        struct invitee i;
        TRY(find_marked(rq, m->id, &rows, in->invitees.items[k], &i));
        c.invitee_id = i.id;
        c.came_at = came_at(rq, m, &c, in, k);
        TRY(in->undo ? checkin_store_undo(rq->db, &c, &out->changed) : mark(rq, &c, &i, out));
    }
    return gate_audit(rq, m, in, &c, out->changed);
}

/* ---- attendance by them ---- */

err checkin_count(struct rq *rq, i64 meeting_id, struct rows *invitees)
{
    struct rows rows;
    TRY(checkin_store_list(rq->db, meeting_id, rq->mem, &rows));
    const struct checkin *marks = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        struct invitee *one = listed(invitees, marks[i].invitee_id);
        if (one) /* else he was left out afterwards */
            one->checkins++;
    }
    return OK;
}

bool checkin_is_odd(const struct invitee *i)
{
    if (i->checkins == 0)
        return false;
    return str_is(i->result, "leave") || str_is(i->result, "absent") ||
           (str_is(i->result, "part") && i->halves < i->checkins);
}

bool checkin_is_surprise(const struct invitee *i)
{
    return i->checkins > 0 && i->result.len == 0 && is_away(i);
}

/* In how many half-days anybody was noted. */
static err noted_halves(struct rq *rq, const struct meeting *m, i64 *out)
{
    struct rows rows;
    bool seen[2 * MEETING_DAYS_MAX] = { false };
    TRY(checkin_store_list(rq->db, m->id, rq->mem, &rows));
    const struct checkin *marks = rows.items;
    *out = 0;
    for (size_t i = 0; i < rows.count; i++) {
        if (marks[i].half < 0 || marks[i].half >= halves_of(m) || seen[marks[i].half])
            continue;
        seen[marks[i].half] = true;
        ++*out;
    }
    return OK;
}

err meeting_guard_tally(struct rq *rq, const struct flow_subject *subject)
{
    i64 noted = 0;
    TRY(meeting_may_manage(rq, subject->row));
    TRY(noted_halves(rq, subject->row, &noted));
    return noted ? OK : err_make(ERR_CONFLICT, "meetings.nobody_in");
}

struct tally {
    i64 noted, total;
    bool sure; /* nobody will be put down by hand */
};

/* What checking in says of him; empty = nothing certain. */
static const char *said_by(const struct tally *t, const struct invitee *i)
{
    if (i->checkins > 0 && i->checkins >= t->noted)
        return "whole";
    if (i->checkins > 0)
        return t->sure || t->noted == t->total ? "part" : "";
    if (str_is(i->state, "leave_granted"))
        return "leave";
    return t->sure && invitee_must(i) ? "absent" : "";
}

/* Lines that have a result stay. Where the door was not kept in every half-day, who is missing in
 * one is left to be put down by hand: the meeting may have taken him elsewhere. */
err meeting_effect_tally(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct meeting *m = subject->row;
    struct tally t = { .total = halves_of(m), .sure = !checkin_has_register(rq) };
    struct rows rows;
    (void)step;
    TRY(noted_halves(rq, m, &t.noted));
    TRY(invitee_store_list(rq->db, m->id, rq->mem, &rows));
    TRY(checkin_count(rq, m->id, &rows));
    struct invitee *all = rows.items;
    for (size_t k = 0; k < rows.count; k++) {
        struct invitee *i = &all[k];
        str said = str_of(said_by(&t, i));
        if (i->result.len || said.len == 0)
            continue;
        i->result = said;
        i->halves = str_is(said, "whole") ? t.total : str_is(said, "part") ? i->checkins : 0;
        TRY(invitee_store_update(rq->db, i));
    }
    return OK;
}
