/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of calls: when proposals are taken, who sees a call, what it may say. SQL: call_store.c. */
#include "modules/calls/call_rules.h"

#include "modules/orgs/org.h"
#include "platform/audit/audit.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"

enum {
    MINUTE_MS = 60000,
    DAY_MINUTES = 24 * 60,
    CLOSED_AT_ONCE = 20,
    LINE_MAX = 200, /* as any line of a form */
    TEXT_MAX = 1000
};

/* ---- for whoever takes proposals ---- */

static err first_of(err e, const struct rows *rows, struct call *out, bool *found)
{
    TRY(e);
    *found = rows->count > 0;
    *out = *found ? *(const struct call *)rows->items : (struct call){ 0 };
    return OK;
}

err call_open_at(struct rq *rq, i64 ms, struct call *out, bool *found)
{
    struct rows rows = { 0 };
    err e = call_store_list_at(rq->db, ms, rq->mem, &rows);
    return first_of(e, &rows, out, found);
}

err call_next_after(struct rq *rq, i64 ms, struct call *out, bool *found)
{
    struct rows rows = { 0 };
    err e = call_store_list_after(rq->db, ms, rq->mem, &rows);
    return first_of(e, &rows, out, found);
}

err call_is_past(struct rq *rq, i64 session_id, i64 ms, bool *out)
{
    i64 count = 0;
    TRY(call_store_count_past(rq->db, session_id, ms, &count));
    *out = count > 0;
    return OK;
}

err call_of_plenary(struct rq *rq, i64 session_id, struct call *out, bool *found)
{
    struct rows rows;
    TRY(call_store_list(rq->db, false, rq->mem, &rows));
    const struct call *all = rows.items;
    *found = false;
    for (size_t i = 0; i < rows.count && !*found; i++) {
        *found = all[i].session_id == session_id && str_is(all[i].timing, "plenary");
        *out = all[i];
    }
    return OK;
}

/* Minutes of the day at a moment. */
static i64 minutes_of(i64 ms)
{
    return (ms - day_start_ms(day_of_ms(ms))) / MINUTE_MS;
}

static str time_of(struct rq *rq, i64 ms)
{
    i64 minutes = minutes_of(ms);
    return arena_printf(rq->mem, "%02lld:%02lld", (long long)(minutes / 60),
                        (long long)(minutes % 60));
}

str call_moment(struct rq *rq, i64 ms)
{
    str day = text_date(rq->mem, day_of_ms(ms)), time = time_of(rq, ms);
    return arena_printf(rq->mem, "%.*s %.*s", (int)day.len, day.ptr, (int)time.len, time.ptr);
}

/* ---- who sees it ---- */

bool call_sees_drafts(const struct rq *rq)
{
    return rq->actor->account_id == 0 || actor_may(rq->actor, "calls.manage");
}

err call_find(struct rq *rq, i64 id, struct call *out, struct rows *topics)
{
    err e = call_store_find(rq->db, id, rq->mem, out);
    if (e.code == ERR_NOT_FOUND ||
        (e.code == ERR_NONE && str_is(out->state, "draft") && !call_sees_drafts(rq)))
        return err_make(ERR_NOT_FOUND, "calls.not_found");
    TRY(e);
    return call_store_list_topics(rq->db, id, rq->mem, topics);
}

/* ---- saving ---- */

static void fault(struct rq *rq, const char *field, const char *name)
{
    rq_fault(rq, field, name, str_of(""), str_of(""));
}

/* "18:00" as minutes of the day, 24:00 too. */
static bool time_parse(str text, i64 *minutes)
{
    i64 hour = 0, minute = 0;
    i64 colon = str_find(text, str_of(":"), 0);
    if (colon < 1 || !str_to_i64(str_sub(text, 0, (size_t)colon), &hour) ||
        !str_to_i64(str_sub(text, (size_t)colon + 1, text.len), &minute))
        return false;
    *minutes = hour * 60 + minute;
    return hour >= 0 && minute >= 0 && minute < 60 && *minutes <= DAY_MINUTES;
}

/* A day and a time of the form as a moment; empty: minutes as given. */
static i64 moment_of(struct rq *rq, const char *field, i64 day, str time)
{
    bool until = strcmp(field, "until_time") == 0;
    i64 minutes = until ? DAY_MINUTES : 0;
    if (time.len && !time_parse(time, &minutes))
        fault(rq, field, "calls.bad_time");
    i64 ms = day_start_ms(day) + minutes * MINUTE_MS;
    return minutes == DAY_MINUTES ? ms - 1 : ms; /* the day's last moment is its own */
}

static void check_length(struct rq *rq, const char *field, str text, i64 max)
{
    if (str_chars(text) > max)
        rq_fault(rq, field, "form.too_long", arena_printf(rq->mem, "%lld", (long long)max),
                 arena_printf(rq->mem, "%lld", (long long)str_chars(text)));
}

/* Faults stand at the head of the topics, which is where a page can lead to. */
static struct rows topics_of(struct rq *rq, const struct call_input *in)
{
    struct call_topic *all = arena_array(rq->mem, in->titles.count + 1, sizeof *all);
    size_t n = 0;
    for (size_t i = 0; i < in->titles.count; i++) {
        str text = i < in->texts.count ? in->texts.items[i] : str_of("");
        str source = i < in->sources.count ? in->sources.items[i] : str_of("");
        check_length(rq, "titles", in->titles.items[i], LINE_MAX);
        check_length(rq, "titles", text, TEXT_MAX);
        check_length(rq, "titles", source, LINE_MAX);
        if (in->titles.items[i].len) {
            all[n] = (struct call_topic){ (i64)n + 1, in->titles.items[i], text, source };
            n++;
        } else if (text.len || source.len) {
            fault(rq, "titles", "calls.need_title");
        }
    }
    return (struct rows){ all, n, sizeof *all };
}

void call_input_of(struct rq *rq, const struct call *c, const struct rows *topics,
                   struct call_input *out)
{
    const struct call_topic *all = topics->items;
    i64 last = minutes_of(c->until_at + 1);
    out->id = c->id;
    out->version = c->version;
    out->titles = out->texts = out->sources = (strs){ 0 };
    for (size_t i = 0; i < topics->count; i++) {
        strs_add(rq->mem, &out->titles, all[i].title);
        strs_add(rq->mem, &out->texts, all[i].text);
        strs_add(rq->mem, &out->sources, all[i].source);
    }
    out->name = c->name;
    out->timing = c->timing;
    out->text = c->text;
    out->from_on = day_of_ms(c->from_at);
    out->until_on = day_of_ms(c->until_at);
    out->from_time = time_of(rq, c->from_at);
    out->until_time = last == 0 ? str_of("24:00") : time_of(rq, c->until_at);
}

static err change(struct rq *rq, const struct call_input *in, struct call *c)
{
    struct call stored;
    struct rows topics;
    struct call_input seen = *in;
    TRY(call_find(rq, in->id, &stored, &topics));
    if (str_is(stored.state, "closed"))
        return err_make(ERR_CONFLICT, "calls.is_closed");
    call_input_of(rq, &stored, &topics, &seen);
    TRY(conflict_check(rq, "web.version", in->version, stored.version, &seen));
    c->id = stored.id;
    c->version = stored.version;
    return call_store_update(rq->db, c);
}

static err add(struct rq *rq, struct call *c)
{
    TRY(call_store_add(rq->db, c, &c->id));
    struct flow_subject subject = { c->id, 1, str_of("draft"), c->name, str_of(""), c };
    return flow_begin(rq, &CALLS_FLOW, &subject, NULL);
}

err call_save(struct rq *rq, const struct call_input *in, i64 *id)
{
    struct session session;
    struct call c = { .name = in->name, .timing = in->timing, .text = in->text };
    c.from_at = moment_of(rq, "from_time", in->from_on, in->from_time);
    c.until_at = moment_of(rq, "until_time", in->until_on, in->until_time);
    struct rows topics = topics_of(rq, in);
    if (c.until_at <= c.from_at)
        fault(rq, "until_on", "calls.ends_first");
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    TRY(session_on(rq, in->from_on, &session));
    c.session_id = session.id;
    TRY(in->id ? change(rq, in, &c) : add(rq, &c));
    *id = c.id;
    TRY(call_store_replace_topics(rq->db, c.id, &topics));
    return audit_add(rq, &(struct audit_entry){ .act = "calls.manage",
                                                .object = "calls",
                                                .object_id = c.id,
                                                .after = c.name });
}

/* ---- flow ---- */

err call_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct call *c = arena_zero(rq->mem, sizeof *c);
    struct rows topics;
    TRY(call_find(rq, id, c, &topics));
    *out = (struct flow_subject){ c->id, c->version, c->state, c->name, str_of(""), c };
    return OK;
}

err call_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    return call_store_set_state(rq->db, subject->id, subject->version, to);
}

err call_guard_publish(struct rq *rq, const struct flow_subject *subject)
{
    const struct call *c = subject->row;
    return c->until_at > rq->now_ms ? OK : err_make(ERR_CONFLICT, "calls.is_over");
}

err job_call_close(struct rq *rq, bool *again)
{
    struct rows rows;
    TRY(call_store_list_over(rq->db, rq->now_ms, rq->mem, &rows));
    const struct call *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(flow_move(rq, &CALLS_FLOW, all[i].id, "close", NULL));
    *again = rows.count == CLOSED_AT_ONCE;
    return OK;
}
