/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of sessions: a session's working year decides number and timing; sessions stand one behind
 * the other, in the order of their numbers, without overlap. Terms: term.c. No SQL
 * (session_store.c), no HTTP (session_pages.c). */
#include "modules/orgs/session.h"

#include "modules/orgs/org_parts.h"
#include "modules/orgs/session_store.h"
#include "modules/orgs/term.h"
#include "platform/audit/audit.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

static err not_found(err e, const char *name)
{
    return err_is(e, "db.no_row") ? err_make(ERR_NOT_FOUND, name) : e;
}

err session_find(struct rq *rq, i64 id, struct session *out)
{
    return not_found(session_store_find(rq->db, id, rq->mem, out), "orgs.no_such_session");
}

err session_on(struct rq *rq, i64 on, struct session *out)
{
    return not_found(session_store_find_on(rq->db, on, rq->mem, out), "orgs.no_session");
}

const char *session_timing(const struct session *session, i64 on)
{
    if (on < session->opened_on)
        return "before";
    return on <= session->closed_on ? "during" : "between";
}

err session_list(struct rq *rq, struct rows *out)
{
    return session_store_list(rq->db, rq->mem, out);
}

/* ---- names ---- */

/* A number from 1 to 99 in Chinese, from the digits of text "orgs.digits". */
static str chinese_number(struct arena *mem, i64 n)
{
    str digits = text_find("orgs.digits"); /* ten characters: 1 to 10 */
    str ten = str_sub(digits, 27, 3), ones = str_of(""), tens = str_of("");
    if (n < 1 || n > 99)
        return arena_printf(mem, "%lld", (long long)n);
    if (n % 10)
        ones = str_sub(digits, (size_t)(n % 10 - 1) * 3, 3);
    if (n >= 20)
        tens = str_sub(digits, (size_t)(n / 10 - 1) * 3, 3);
    return arena_printf(mem, "%.*s%.*s%.*s", (int)tens.len, tens.ptr, n >= 10 ? (int)ten.len : 0,
                        ten.ptr, (int)ones.len, ones.ptr);
}

str session_name(struct arena *mem, const struct session *session)
{
    return text_format(mem, "orgs.session_name", chinese_number(mem, session->term_number),
                       chinese_number(mem, session->number));
}

str term_name(struct arena *mem, const struct term *term)
{
    return text_format(mem, "orgs.term_name", chinese_number(mem, term->number), str_of(""));
}

str session_words(struct arena *mem, const struct session *s)
{
    str name = session_name(mem, s), from = org_day_text(mem, s->opened_on),
        to = org_day_text(mem, s->closed_on), until = org_day_text(mem, s->until_on);
    return arena_printf(mem, "%.*s %.*s/%.*s %.*s", (int)name.len, name.ptr, (int)from.len,
                        from.ptr, (int)to.len, to.ptr, (int)until.len, until.ptr);
}

/* ---- order ---- */

/* Whether a stands before b by number. */
static bool is_before(const struct session *a, const struct session *b)
{
    return a->term_number != b->term_number ? a->term_number < b->term_number
                                            : a->number < b->number;
}

/* The sessions before and after one by number, itself (by id) left out; id 0 = none. */
struct neighbours {
    struct session previous, next;
    bool taken; /* there is one of the same number */
};

static err find_neighbours(struct rq *rq, const struct session *s, struct neighbours *out)
{
    struct rows rows;
    *out = (struct neighbours){ .taken = false };
    TRY(session_list(rq, &rows));
    const struct session *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        if (all[i].id == s->id)
            continue;
        if (is_before(&all[i], s) && (!out->previous.id || is_before(&out->previous, &all[i])))
            out->previous = all[i];
        else if (is_before(s, &all[i]) && (!out->next.id || is_before(&all[i], &out->next)))
            out->next = all[i];
        else if (!is_before(&all[i], s) && !is_before(s, &all[i]))
            out->taken = true;
    }
    return OK;
}

static void fault(struct rq *rq, const char *field, const char *name, const struct session *other,
                  i64 day)
{
    rq_fault(rq, field, name, other ? session_name(rq->mem, other) : str_of(""),
             org_day_text(rq->mem, day));
}

/* The one before closes and stops taking proposals before this one opens. */
static void check_previous(struct rq *rq, const struct session *s, const struct session *p)
{
    if (p->closed_on >= s->opened_on)
        fault(rq, "opened_on", "orgs.session_overlaps_before", p, p->closed_on);
    else if (!p->until_on)
        fault(rq, "opened_on", "orgs.session_open_before", p, 0);
    else if (p->until_on >= s->opened_on)
        fault(rq, "opened_on", "orgs.session_collects_before", p, p->until_on);
}

/* And so does this one before the next. */
static void check_next(struct rq *rq, const struct session *s, const struct session *next)
{
    if (s->closed_on >= next->opened_on)
        fault(rq, "closed_on", "orgs.session_overlaps_after", next, next->opened_on);
    if (!s->until_on)
        fault(rq, "until_on", "orgs.session_needs_end", next, next->opened_on);
    else if (s->until_on >= next->opened_on)
        fault(rq, "until_on", "orgs.session_until_late", next, next->opened_on);
}

/* Plenaries and working years stand one behind the other. */
static void check_order(struct rq *rq, const struct session *s, const struct neighbours *n)
{
    if (s->closed_on < s->opened_on)
        fault(rq, "closed_on", "orgs.session_days", NULL, 0);
    if (n->previous.id)
        check_previous(rq, s, &n->previous);
    if (n->next.id)
        check_next(rq, s, &n->next);
    if (s->until_on && s->until_on < s->closed_on)
        fault(rq, "until_on", "orgs.session_until_early", s, s->closed_on);
}

/* ---- adding ---- */

static err tell(struct rq *rq, const struct session *before, const struct session *after,
                i64 next_id)
{
    struct session_corrected fact = { *before, *after, next_id };
    return event_emit(rq, "orgs.session_corrected", after->id, &fact);
}

static i64 between(i64 low, i64 day, i64 high)
{
    i64 capped = day < high ? day : high;
    return capped > low ? capped : low;
}

/* The last day of a session before an opening: collecting for the next has begun, but no earlier
 * than its own plenary ends and than the last of what hangs on it already; yet before the opening.
 */
static err last_day(struct rq *rq, const struct session *s, i64 opened_on, i64 *until_on)
{
    i64 used_on = 0;
    struct session_closing fact = { s->id, &used_on };
    if (s->id)
        TRY(event_emit(rq, "orgs.session_closing", s->id, &fact));
    i64 computed = opened_on - setting_number(rq, "orgs.collect_days") - 1;
    *until_on = between(s->closed_on, computed > used_on ? computed : used_on, opened_on - 1);
    return OK;
}

/* Days that nobody gave: of one that is entered after the one that follows it, and of the one
 * before that is still open. */
static err fill_days(struct rq *rq, struct session *row, struct neighbours *n)
{
    if (n->next.id && !row->until_on)
        TRY(last_day(rq, row, n->next.opened_on, &row->until_on));
    if (n->previous.id && !n->previous.until_on)
        TRY(last_day(rq, &n->previous, row->opened_on, &n->previous.until_on));
    return OK;
}

/* The one before was open: it ends where fill_days says. */
static err close_previous(struct rq *rq, const struct session *closed)
{
    struct session was = *closed;
    was.until_on = 0;
    TRY(session_store_update(rq->db, closed));
    TRY(tell(rq, &was, closed, 0));
    return audit_add(rq, &(struct audit_entry){ "orgs.session_correct", "sessions", closed->id,
                                                .before = session_words(rq->mem, &was),
                                                .after = session_words(rq->mem, closed) });
}

/* A new one takes its days from the one that follows: its own began with none. */
static err tell_taken(struct rq *rq, const struct session *row, const struct neighbours *n)
{
    struct session without_days = *row;
    without_days.until_on = n->previous.id ? n->previous.until_on : -1;
    return n->next.id ? tell(rq, &without_days, row, n->next.id) : OK;
}

err session_add(struct rq *rq, const struct session *session, i64 *id)
{
    struct session row = *session;
    struct neighbours n;
    row.id = 0;
    TRY(find_neighbours(rq, &row, &n));
    if (n.taken)
        return err_make(ERR_CONFLICT, "orgs.session_taken");
    bool open = n.previous.id && !n.previous.until_on;
    TRY(fill_days(rq, &row, &n));
    check_order(rq, &row, &n);
    TRY(org_faults(rq));
    TRY(term_take(rq, &row, n.previous.term_number != row.term_number));
    if (open)
        TRY(close_previous(rq, &n.previous));
    TRY(session_store_add(rq->db, &row, id));
    row.id = *id;
    TRY(tell_taken(rq, &row, &n));
    return audit_add(rq, &(struct audit_entry){ "orgs.session_add", "sessions", *id,
                                                .after = session_words(rq->mem, &row) });
}

/* ---- correcting ---- */

err session_correct(struct rq *rq, const struct session *session)
{
    struct session row = *session, old;
    struct neighbours n;
    TRY(rq_need_version(rq, session->version));
    TRY(session_find(rq, session->id, &old));
    TRY(term_check_there(rq, &row));
    TRY(find_neighbours(rq, session, &n));
    if (n.taken)
        return err_make(ERR_CONFLICT, "orgs.session_taken");
    check_order(rq, session, &n);
    TRY(org_faults(rq));
    TRY(session_store_update(rq->db, &row));
    TRY(term_follow(rq, &old, &row));
    TRY(tell(rq, &old, &row, n.next.id));
    return audit_add(rq, &(struct audit_entry){ "orgs.session_correct", "sessions", row.id,
                                                .before = session_words(rq->mem, &old),
                                                .after = session_words(rq->mem, &row) });
}
