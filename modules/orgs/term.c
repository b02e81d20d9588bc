/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of terms: they stand one behind the other, in the order of their numbers, without overlap,
 * and hold the openings of their sessions. Sessions: session.c. No SQL (session_store.c), no HTTP
 * (session_pages.c). */
#include "modules/orgs/term.h"

#include "modules/orgs/org_parts.h"
#include "modules/orgs/session_store.h"
#include "platform/audit/audit.h"

err term_list(struct rq *rq, struct rows *out)
{
    return term_store_list(rq->db, rq->mem, out);
}

err term_find(struct rq *rq, i64 id, struct term *out)
{
    err e = term_store_find(rq->db, id, rq->mem, out);
    return err_is(e, "db.no_row") ? err_make(ERR_NOT_FOUND, "orgs.no_term") : e;
}

/* What the audit log keeps: name and days. */
static str term_words(struct arena *mem, const struct term *t)
{
    str name = term_name(mem, t), from = org_day_text(mem, t->from_on),
        to = org_day_text(mem, t->to_on);
    return arena_printf(mem, "%.*s %.*s/%.*s", (int)name.len, name.ptr, (int)from.len, from.ptr,
                        (int)to.len, to.ptr);
}

static err write_term(struct rq *rq, const struct term *old, const struct term *t)
{
    TRY(term_store_update(rq->db, t));
    return audit_add(rq, &(struct audit_entry){ "orgs.term_correct", "terms", t->id,
                                                .before = term_words(rq->mem, old),
                                                .after = term_words(rq->mem, t) });
}

/* ---- order ---- */

/* The fields at which faults stand: the term's own, or the opening of the session that moves it. */
struct places {
    const char *from_on, *to_on;
};
static const struct places OWN = { "from_on", "to_on" }, OPENING = { "opened_on", "opened_on" };

static void check_beside(struct rq *rq, const struct places *at, const struct term *t,
                         const struct term *other)
{
    str name = term_name(rq->mem, other);
    if (other->number < t->number && (!other->to_on || other->to_on >= t->from_on))
        rq_fault(rq, at->from_on, "orgs.term_overlaps", name, term_words(rq->mem, other));
    if (other->number > t->number && (!t->to_on || t->to_on >= other->from_on))
        rq_fault(rq, at->to_on, "orgs.term_overlaps", name, term_words(rq->mem, other));
}

static err check_terms(struct rq *rq, const struct places *at, const struct term *t)
{
    struct rows rows;
    TRY(term_list(rq, &rows));
    const struct term *all = rows.items;
    for (size_t i = 0; i < rows.count && !rq_has_faults(rq); i++) {
        if (all[i].id == t->id)
            continue;
        if (all[i].number == t->number)
            return err_make(ERR_CONFLICT, "orgs.term_taken");
        check_beside(rq, at, t, &all[i]);
    }
    if (t->to_on && t->to_on < t->from_on && !rq_has_faults(rq))
        rq_fault(rq, at->to_on, "orgs.ends_before", str_of(""), str_of(""));
    return org_faults(rq);
}

/* A term without one of its sessions. */
static void check_within(struct rq *rq, const struct places *at, const struct term *t,
                         const struct session *s)
{
    str name = session_name(rq->mem, s), day = org_day_text(rq->mem, s->opened_on);
    if (s->opened_on < t->from_on)
        rq_fault(rq, at->from_on, "orgs.term_without_session", name, day);
    if (t->to_on && s->opened_on > t->to_on)
        rq_fault(rq, at->to_on, "orgs.term_without_session", name, day);
}

static err check_sessions(struct rq *rq, const struct places *at, const struct term *t)
{
    struct rows rows;
    TRY(session_list(rq, &rows));
    const struct session *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].term_id == t->id)
            check_within(rq, at, t, &all[i]);
    return org_faults(rq);
}

/* ---- with a session ---- */

/* A session lies in its term. */
static err check_session(struct rq *rq, const struct session *s)
{
    struct term term;
    TRY(term_find(rq, s->term_id, &term));
    if (s->opened_on < term.from_on || (term.to_on && s->opened_on > term.to_on))
        rq_fault(rq, "opened_on", "orgs.session_outside_term", term_name(rq->mem, &term),
                 term_words(rq->mem, &term));
    return org_faults(rq);
}

/* Those before that go on at a beginning end the day before it. */
static err end_before(struct rq *rq, const struct term *term)
{
    struct rows rows;
    i64 to_on = term->from_on - 1;
    TRY(term_list(rq, &rows));
    const struct term *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        struct term ended = all[i];
        bool goes_on = !ended.to_on || ended.to_on > to_on;
        if (ended.number >= term->number || ended.from_on > to_on || !goes_on)
            continue;
        ended.to_on = to_on;
        TRY(write_term(rq, &all[i], &ended));
        TRY(check_sessions(rq, &OPENING, &ended));
    }
    return OK;
}

/* The term before that lasted to the day before a beginning goes along with it. */
static err move_end(struct rq *rq, const struct term *term, i64 was_from_on)
{
    struct rows rows;
    TRY(term_list(rq, &rows));
    const struct term *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        if (all[i].number >= term->number || all[i].to_on != was_from_on - 1)
            continue;
        struct term ended = all[i];
        ended.to_on = term->from_on - 1;
        TRY(write_term(rq, &all[i], &ended));
        return check_sessions(rq, &OPENING, &ended);
    }
    return OK;
}

static err move_begin(struct rq *rq, const struct term *old, i64 from_on)
{
    struct term term = *old;
    term.from_on = from_on;
    TRY(write_term(rq, old, &term));
    TRY(move_end(rq, &term, old->from_on));
    return check_terms(rq, &OPENING, &term);
}

/* A term that is entered after later ones ends before the next of them. */
static err find_end(struct rq *rq, struct term *term)
{
    struct rows rows;
    TRY(term_list(rq, &rows)); /* newest first */
    const struct term *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].number > term->number)
            term->to_on = all[i].from_on - 1;
    return OK;
}

static err add(struct rq *rq, const struct session *session, i64 *id)
{
    struct term term = { .number = session->term_number, .from_on = session->opened_on };
    TRY(find_end(rq, &term));
    TRY(term_store_add(rq->db, &term, &term.id));
    TRY(audit_add(rq, &(struct audit_entry){ "orgs.term_add", "terms", term.id,
                                             .after = term_words(rq->mem, &term) }));
    TRY(end_before(rq, &term));
    *id = term.id;
    return check_terms(rq, &OPENING, &term);
}

err term_take(struct rq *rq, struct session *session, bool first)
{
    struct term term;
    err e = term_store_find_by_number(rq->db, session->term_number, rq->mem, &term);
    if (e.code == ERR_NOT_FOUND)
        return add(rq, session, &session->term_id);
    TRY(e);
    session->term_id = term.id;
    if (first && session->opened_on < term.from_on)
        TRY(move_begin(rq, &term, session->opened_on));
    return check_session(rq, session);
}

err term_check_there(struct rq *rq, struct session *session)
{
    struct term term;
    err e = term_store_find_by_number(rq->db, session->term_number, rq->mem, &term);
    if (e.code == ERR_NOT_FOUND) {
        str name = term_name(rq->mem, &(struct term){ .number = session->term_number });
        rq_fault(rq, "term_number", "orgs.term_not_there", name, str_of(""));
        return org_faults(rq);
    }
    session->term_id = term.id;
    return e;
}

err term_follow(struct rq *rq, const struct session *old, const struct session *session)
{
    struct term term;
    TRY(term_find(rq, session->term_id, &term));
    bool began_with_it = old->term_id == session->term_id && term.from_on == old->opened_on;
    if (began_with_it && old->opened_on != session->opened_on)
        TRY(move_begin(rq, &term, session->opened_on));
    return check_session(rq, session);
}

/* ---- correcting ---- */

/* Those that hang on the number of its sessions hear of a new one. */
static err tell_number(struct rq *rq, const struct term *old, const struct term *t)
{
    struct rows rows;
    if (old->number == t->number)
        return OK;
    TRY(session_list(rq, &rows));
    const struct session *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        struct session_corrected fact = { all[i], all[i], 0 };
        fact.before.term_number = old->number;
        if (all[i].term_id == t->id)
            TRY(event_emit(rq, "orgs.session_corrected", all[i].id, &fact));
    }
    return OK;
}

err term_correct(struct rq *rq, const struct term *term)
{
    struct term old;
    TRY(rq_need_version(rq, term->version));
    TRY(term_find(rq, term->id, &old));
    TRY(check_terms(rq, &OWN, term));
    TRY(write_term(rq, &old, term));
    TRY(check_sessions(rq, &OWN, term));
    return tell_number(rq, &old, term);
}
