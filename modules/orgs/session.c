/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of terms and sessions: a session's working year decides number and timing; sessions and
 * terms stand one behind the other, in the order of their numbers, without overlap. No SQL
 * (session_store.c), no HTTP (session_pages.c). */
#include "modules/orgs/session.h"

#include "modules/orgs/org_parts.h"
#include "modules/orgs/session_store.h"
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

err term_list(struct rq *rq, struct rows *out)
{
    return term_store_list(rq->db, rq->mem, out);
}

err term_find(struct rq *rq, i64 id, struct term *out)
{
    return not_found(term_store_find(rq->db, id, rq->mem, out), "orgs.no_term");
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

/* What the audit log keeps: name and days. */
static str session_words(struct arena *mem, const struct session *s)
{
    str name = session_name(mem, s), from = org_day_text(mem, s->opened_on),
        to = org_day_text(mem, s->closed_on), until = org_day_text(mem, s->until_on);
    return arena_printf(mem, "%.*s %.*s/%.*s %.*s", (int)name.len, name.ptr, (int)from.len,
                        from.ptr, (int)to.len, to.ptr, (int)until.len, until.ptr);
}

static str term_words(struct arena *mem, const struct term *t)
{
    str name = term_name(mem, t), from = org_day_text(mem, t->from_on),
        to = org_day_text(mem, t->to_on);
    return arena_printf(mem, "%.*s %.*s/%.*s", (int)name.len, name.ptr, (int)from.len, from.ptr,
                        (int)to.len, to.ptr);
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

static err term_for(struct rq *rq, const struct session *session, struct term *term)
{
    err e = term_store_find_by_number(rq->db, session->term_number, rq->mem, term);
    if (e.code != ERR_NOT_FOUND)
        return e;
    *term = (struct term){ .number = session->term_number, .from_on = session->opened_on };
    TRY(term_store_add(rq->db, term, &term->id));
    /* the one before lasts to the day before its first session */
    return term_store_end_before(rq->db, term->number, session->opened_on - 1);
}

err session_add(struct rq *rq, const struct session *session, i64 *id)
{
    struct session row = *session;
    struct neighbours n;
    struct term term;
    i64 collect_days = setting_number(rq, "orgs.collect_days");
    row.id = 0;
    TRY(find_neighbours(rq, &row, &n));
    if (n.taken)
        return err_make(ERR_CONFLICT, "orgs.session_taken");
    if (n.next.id && !row.until_on) /* entered after the one that follows it */
        row.until_on = n.next.opened_on - collect_days - 1;
    if (n.previous.id && n.previous.until_on == 0) /* is closed below */
        n.previous.until_on = row.opened_on - collect_days - 1;
    check_order(rq, &row, &n);
    TRY(org_faults(rq));
    TRY(term_for(rq, session, &term));
    row.term_id = term.id;
    TRY(session_store_close_before(rq->db, row.opened_on, row.opened_on - collect_days - 1));
    TRY(session_store_add(rq->db, &row, id));
    return audit_add(rq, &(struct audit_entry){ "orgs.session_add", "sessions", *id,
                                                .after = session_name(rq->mem, session) });
}

/* ---- correcting ---- */

/* The term that a corrected session then belongs to: one that is there. */
static err find_term(struct rq *rq, const struct session *s, struct term *term)
{
    err e = term_store_find_by_number(rq->db, s->term_number, rq->mem, term);
    if (e.code != ERR_NOT_FOUND)
        return e;
    rq_fault(rq, "term_number", "orgs.term_not_there",
             term_name(rq->mem, &(struct term){ .number = s->term_number }), str_of(""));
    return org_faults(rq);
}

/* A term that began with this opening begins with the corrected one, and the term before ends the
 * day before. */
static err move_term(struct rq *rq, const struct session *old, const struct session *s)
{
    struct term term;
    struct rows rows;
    if (old->term_id != s->term_id || old->opened_on == s->opened_on)
        return OK;
    TRY(term_find(rq, s->term_id, &term));
    if (term.from_on != old->opened_on)
        return OK;
    term.from_on = s->opened_on;
    TRY(term_store_update(rq->db, &term));
    TRY(term_list(rq, &rows));
    struct term *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].number < term.number && all[i].to_on == old->opened_on - 1) {
            all[i].to_on = s->opened_on - 1;
            return term_store_update(rq->db, &all[i]);
        }
    return OK;
}

/* A session lies in its term. */
static err check_term(struct rq *rq, const struct session *s)
{
    struct term term;
    TRY(term_find(rq, s->term_id, &term));
    if (s->opened_on < term.from_on || (term.to_on && s->opened_on > term.to_on))
        rq_fault(rq, "opened_on", "orgs.session_outside_term", term_name(rq->mem, &term),
                 term_words(rq->mem, &term));
    return org_faults(rq);
}

static err tell(struct rq *rq, const struct session *before, const struct session *after,
                i64 next_id)
{
    struct session_corrected fact = { *before, *after, next_id };
    return event_emit(rq, "orgs.session_corrected", after->id, &fact);
}

err session_correct(struct rq *rq, const struct session *session)
{
    struct session row = *session, old;
    struct neighbours n;
    struct term term;
    TRY(rq_need_version(rq, session->version));
    TRY(session_find(rq, session->id, &old));
    TRY(find_term(rq, session, &term));
    TRY(find_neighbours(rq, session, &n));
    if (n.taken)
        return err_make(ERR_CONFLICT, "orgs.session_taken");
    check_order(rq, session, &n);
    TRY(org_faults(rq));
    row.term_id = term.id;
    TRY(session_store_update(rq->db, &row));
    TRY(move_term(rq, &old, &row));
    TRY(check_term(rq, &row));
    TRY(tell(rq, &old, &row, n.next.id));
    return audit_add(rq, &(struct audit_entry){ "orgs.session_correct", "sessions", row.id,
                                                .before = session_words(rq->mem, &old),
                                                .after = session_words(rq->mem, &row) });
}

static void check_beside(struct rq *rq, const struct term *t, const struct term *other)
{
    str name = term_name(rq->mem, other);
    if (other->number < t->number && (!other->to_on || other->to_on >= t->from_on))
        rq_fault(rq, "from_on", "orgs.term_overlaps", name, term_words(rq->mem, other));
    if (other->number > t->number && (!t->to_on || t->to_on >= other->from_on))
        rq_fault(rq, "to_on", "orgs.term_overlaps", name, term_words(rq->mem, other));
}

static err check_terms(struct rq *rq, const struct term *t)
{
    struct rows rows;
    TRY(term_list(rq, &rows));
    const struct term *all = rows.items;
    if (t->to_on && t->to_on < t->from_on)
        rq_fault(rq, "to_on", "orgs.ends_before", str_of(""), str_of(""));
    for (size_t i = 0; i < rows.count && !rq_has_faults(rq); i++) {
        if (all[i].id == t->id)
            continue;
        if (all[i].number == t->number)
            return err_make(ERR_CONFLICT, "orgs.term_taken");
        check_beside(rq, t, &all[i]);
    }
    return org_faults(rq);
}

/* Its sessions lie in it; those that hang on its number hear of a new one. */
static err check_sessions(struct rq *rq, const struct term *old, const struct term *t)
{
    struct rows rows;
    TRY(session_list(rq, &rows));
    const struct session *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        if (all[i].term_id != t->id)
            continue;
        if (all[i].opened_on < t->from_on)
            fault(rq, "from_on", "orgs.term_without_session", &all[i], all[i].opened_on);
        if (t->to_on && all[i].opened_on > t->to_on)
            fault(rq, "to_on", "orgs.term_without_session", &all[i], all[i].opened_on);
        TRY(org_faults(rq));
        struct session before = all[i];
        before.term_number = old->number;
        if (old->number != t->number)
            TRY(tell(rq, &before, &all[i], 0));
    }
    return OK;
}

err term_correct(struct rq *rq, const struct term *term)
{
    struct term old;
    TRY(rq_need_version(rq, term->version));
    TRY(term_find(rq, term->id, &old));
    TRY(check_terms(rq, term));
    TRY(term_store_update(rq->db, term));
    TRY(check_sessions(rq, &old, term));
    return audit_add(rq, &(struct audit_entry){ "orgs.term_correct", "terms", term->id,
                                                .before = term_words(rq->mem, &old),
                                                .after = term_words(rq->mem, term) });
}
