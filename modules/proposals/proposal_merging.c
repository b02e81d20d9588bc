/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Merging one proposal into another (并案, rules.md 2.2): guards and effects, and that whoever is
 * concerned by the one is concerned by the other. What is proposed for merging, and the page for
 * it, are the module mergers'. */
#include "modules/assignments/assignment.h"
#include "modules/proposals/proposal_steps.h"
#include "platform/settings/settings.h"
#include "platform/text/fold.h"
#include "platform/text/texts.h"

static err find_main(struct rq *rq, i64 id, struct proposal *out)
{
    err e = proposal_store_find(rq->db, id, rq->mem, out);
    return e.code == ERR_NOT_FOUND ? err_make(ERR_NOT_FOUND, "proposals.not_found") : e;
}

err proposal_stands_as(struct rq *rq, const struct proposal *p, const struct proposal **out)
{
    struct proposal *main = arena_zero(rq->mem, sizeof *main);
    *out = p;
    if (!str_is(p->state, "merged"))
        return OK;
    err e = find_main(rq, p->main_id, main);
    if (e.code == ERR_NOT_FOUND) /* then it is as hidden as it can be */
        return OK;
    *out = main;
    return e;
}

err proposal_list_merged(struct rq *rq, i64 main_id, struct rows *out)
{
    return proposal_store_list_merged(rq->db, main_id, rq->mem, out);
}

err proposal_list_docket(struct rq *rq, const struct proposal_docket_query *query, ids *out)
{
    struct rows rows;
    TRY(proposal_store_list_docket(rq->db, query, rq->mem, &rows));
    const struct finished *all = rows.items;
    *out = (ids){ arena_array(rq->mem, rows.count + 1, sizeof(i64)), rows.count };
    for (size_t i = 0; i < rows.count; i++)
        out->items[i] = all[i].id;
    return OK;
}

err proposal_merge(struct rq *rq, const struct proposal_merge *m)
{
    struct proposal_merge_input *in = arena_zero(rq->mem, sizeof *in);
    *in = (struct proposal_merge_input){ m->id, m->main_id, m->opinion };
    rq->input = in;
    return flow_act(rq, &PROPOSALS_FLOW, m->id, "merge", m->version);
}

err proposal_find_by_number(struct rq *rq, const struct proposal_call *call, struct proposal *out)
{
    i64 id = 0;
    err e =
        proposal_store_find_by_number(rq->db, call->session_id, call->docket_no, call->serial, &id);
    if (e.code == ERR_NOT_FOUND)
        return err_make(ERR_NOT_FOUND, "proposals.not_found");
    TRY(e);
    return proposal_find(rq, id, out);
}

/* ---- handed out together ---- */

err proposal_tell_leads(struct rq *rq, const struct flow_subject *subject, const char *text,
                        str more)
{
    struct rows rows;
    const struct proposal *p = subject->row;
    TRY(proposal_tell_lead(rq, subject, text, more));
    if (p->merged_count == 0)
        return OK;
    TRY(proposal_list_merged(rq, p->id, &rows));
    struct proposal *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        const struct flow_subject merged = { .id = all[i].id,
                                             .title = all[i].title,
                                             .row = &all[i] };
        TRY(proposal_tell_lead(rq, &merged, text, more));
    }
    return OK;
}

/* What would have answered it, the withdrawal, is not possible any more. */
static err drop_request(struct rq *rq, struct proposal *p, str main_number)
{
    const struct flow_subject subject = {
        p->id, p->version, p->state, p->title, proposal_number(rq, p), p
    };
    if (p->withdraw_asked_at == 0)
        return OK;
    TRY(proposal_drop_request(rq, &subject, "proposals.told_merged_late", main_number));
    return flow_todos_renew(rq, &PROPOSALS_FLOW, &subject);
}

err proposal_drop_merged_requests(struct rq *rq, const struct proposal *main)
{
    struct rows rows;
    if (main->merged_count == 0)
        return OK;
    TRY(proposal_list_merged(rq, main->id, &rows));
    struct proposal *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(drop_request(rq, &all[i], proposal_number(rq, main)));
    return OK;
}

/* Every signer: persons give a verdict on the answer, bodies (person 0) are addressed. */
static err signers_of(struct rq *rq, i64 id, ids *persons, strs *names)
{
    struct rows rows;
    TRY(proposal_store_list_proposers(rq->db, id, rq->mem, &rows));
    const struct proposer *all = rows.items;
    *persons = (ids){ arena_array(rq->mem, rows.count + 1, sizeof(i64)), 0 };
    for (size_t i = 0; i < rows.count; i++) {
        persons->items[persons->count++] = all[i].person_id;
        strs_add(rq->mem, names, all[i].name);
    }
    return OK;
}

/* Who signs two of them is asked once. */
static bool is_among(const struct matter *m, i64 person_id, str name)
{
    for (size_t i = 0; i < m->persons.count; i++)
        if (m->persons.items[i] == person_id && (person_id || str_eq(m->names.items[i], name)))
            return true;
    return false;
}

/* What an earlier one asks for in the same words is said, but stands: each is answered. */
static str noted(struct rq *rq, const strs *earlier, str text)
{
    str folded = fold_text(rq->mem, text);
    for (size_t i = 0; i < earlier->count; i++)
        if (str_eq(fold_text(rq->mem, earlier->items[i]), folded))
            return text_format(rq->mem, "proposals.same_item", text,
                               arena_printf(rq->mem, "%zu", i + 1));
    return text;
}

/* Adds what one of them brings: items behind those of the others, persons who are not there yet. */
static err origin_add(struct rq *rq, const struct proposal *p, struct matter *m,
                      struct matter_origin *o)
{
    const strs earlier = m->items;
    strs suggestions;
    *o = (struct matter_origin){ .id = p->id, .number = proposal_number(rq, p), .title = p->title };
    TRY(proposal_store_list_suggestions(rq->db, p->id, rq->mem, &suggestions));
    TRY(signers_of(rq, p->id, &o->persons, &o->names));
    o->items = suggestions.count;
    for (size_t i = 0; i < suggestions.count; i++)
        strs_add(rq->mem, &m->items, noted(rq, &earlier, suggestions.items[i]));
    i64 *persons = arena_array(rq->mem, m->persons.count + o->persons.count + 1, sizeof *persons);
    for (size_t i = 0; i < m->persons.count; i++)
        persons[i] = m->persons.items[i];
    m->persons.items = persons;
    for (size_t i = 0; i < o->persons.count; i++) {
        if (is_among(m, o->persons.items[i], o->names.items[i]))
            continue;
        m->persons.items[m->persons.count++] = o->persons.items[i];
        strs_add(rq->mem, &m->names, o->names.items[i]);
    }
    return OK;
}

err proposal_matter_parts(struct rq *rq, const struct proposal *p, struct matter *out)
{
    struct rows rows = { 0 };
    if (p->merged_count)
        TRY(proposal_list_merged(rq, p->id, &rows));
    const struct proposal *all = rows.items;
    struct matter_origin *origins = arena_array(rq->mem, rows.count + 1, sizeof *origins);
    TRY(origin_add(rq, p, out, &origins[0]));
    for (size_t i = 0; i < rows.count; i++)
        TRY(origin_add(rq, &all[i], out, &origins[i + 1]));
    out->origins = origins;
    out->origin_count = rows.count ? rows.count + 1 : 0;
    return OK;
}

/* ---- guards ---- */

err proposal_guard_alone(const struct proposal *p)
{
    return p->merged_count ? err_make(ERR_CONFLICT, "proposals.has_merged") : OK;
}

err proposal_guard_merged_open(struct rq *rq, const struct proposal *p)
{
    const struct proposal *main;
    TRY(proposal_stands_as(rq, p, &main));
    if (main == p || main->assigned_at == 0)
        return OK;
    return err_make_with(ERR_CONFLICT, "proposals.merged_assigned", proposal_number(rq, main),
                         str_of(""));
}

err proposal_guard_turn_away(struct rq *rq, const struct flow_subject *subject)
{
    TRY(proposal_guard_screened(rq, subject));
    return proposal_guard_alone(subject->row);
}

/* First what its proposer wants is decided: afterwards it is no matter of its own. */
err proposal_guard_merge(struct rq *rq, const struct flow_subject *subject)
{
    const struct proposal *p = subject->row;
    (void)rq;
    TRY(proposal_guard_alone(p));
    return p->withdraw_asked_at ? err_make(ERR_CONFLICT, "proposals.withdraw_first") : OK;
}

err proposal_guard_unmerge(struct rq *rq, const struct flow_subject *subject)
{
    return proposal_guard_merged_open(rq, subject->row);
}

/* ---- effects ---- */

/* Not handed out, and not with its lead, under whose hands it would change. */
static bool can_be_main(str state)
{
    return str_is(state, "submitted") || str_is(state, "screened") || str_is(state, "docketed") ||
           str_is(state, "preassigned");
}

/* All of them get one answer: what it does not hold is said here, not when it is handed out. */
static err check_items(struct rq *rq, const struct proposal *p, const struct proposal *main)
{
    i64 own = 0, others = 0;
    TRY(proposal_store_count_items(rq->db, p->id, &own));
    TRY(proposal_store_count_items(rq->db, main->id, &others));
    if (own + others <= ASSIGNMENT_ITEMS_MAX)
        return OK;
    return err_make_with(ERR_CONFLICT, "proposals.merge_items", proposal_number(rq, main),
                         arena_printf(rq->mem, "%d", ASSIGNMENT_ITEMS_MAX));
}

/* One handling, so neither a chain nor a circle: the main one is merged into nothing. */
static err check_main(struct rq *rq, const struct proposal *p, const struct proposal *main)
{
    str number = proposal_number(rq, main);
    if (main->id == p->id)
        return err_make(ERR_CONFLICT, "proposals.merge_self");
    if (str_is(main->state, "merged"))
        return err_make_with(ERR_CONFLICT, "proposals.main_merged", number, str_of(""));
    if (!can_be_main(main->state))
        return err_make_with(ERR_CONFLICT, "proposals.main_state", number,
                             flow_state_label(rq, &PROPOSALS_FLOW, main->state));
    if (main->session_id != p->session_id)
        return err_make_with(ERR_CONFLICT, "proposals.merge_sessions", number, str_of(""));
    return check_items(rq, p, main);
}

static err count_merged(struct rq *rq, const struct proposal *main, i64 change)
{
    err e = proposal_store_count_merged(rq->db, main, change);
    return err_is(e, "db.version") ? err_make(ERR_CONFLICT, "flows.version") : e;
}

static err tell_signers(struct rq *rq, const struct flow_subject *subject, const char *text,
                        str more)
{
    bool reached;
    return proposal_tell_signers(rq, subject,
                                 &(struct notify_message){
                                     .text = text,
                                     .arg = { subject->title, more },
                                     .url = arena_printf(rq->mem, "/proposals/%lld",
                                                         (long long)subject->id) },
                                 &reached);
}

/* Who leads the main one learns that he is answered together with somebody, and that he is not. */
static err tell_main(struct rq *rq, const struct proposal *main, const char *text, str other)
{
    struct proposal row = *main;
    const struct flow_subject of_main = { .id = main->id, .title = main->title, .row = &row };
    return proposal_tell_lead(rq, &of_main, text, other);
}

/* rules.md 2.2: a site that counts what is merged among what is docketed gives it a number too; the
 * number stays, whatever becomes of it (no gaps). */
err proposal_effect_merge(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct proposal_merge_input *in = step->input;
    struct proposal *p = subject->row, main;
    TRY(proposal_find(rq, in->main_id, &main));
    TRY(check_main(rq, p, &main));
    p->merged_from = p->state;
    p->main_id = main.id;
    p->merged_at = rq->now_ms;
    p->outcome = str_of("merged");
    p->due_on = 0;
    if (p->docket_no == 0 && setting_on(rq, "proposals.merged_numbered"))
        TRY(proposal_next_docket_no(rq, p->session_id, &p->docket_no));
    TRY(count_merged(rq, &main, 1));
    TRY(proposal_store_set_merger(rq->db, p));
    subject->number = proposal_number(rq, p);
    TRY(proposal_add_finding(rq, subject, step));
    TRY(tell_main(rq, &main, "proposals.told_merged_into", subject->title));
    return tell_signers(rq, subject, "proposals.told_merge", proposal_number(rq, &main));
}

/* What stood still runs on with the days that were left. */
static err thaw(struct rq *rq, i64 id, const char *clock, i64 *due_on)
{
    i64 frozen = 0;
    TRY(flow_due(rq, &PROPOSALS_FLOW, id, clock, &frozen));
    if (frozen == 0)
        return OK; /* none runs: it came in a list */
    TRY(flow_thaw(rq, &PROPOSALS_FLOW, id, clock));
    return flow_due(rq, &PROPOSALS_FLOW, id, clock, due_on);
}

static err leave(struct rq *rq, struct proposal *p)
{
    struct proposal main;
    TRY(find_main(rq, p->main_id, &main));
    TRY(count_merged(rq, &main, -1));
    p->main_id = p->merged_at = 0;
    return tell_main(rq, &main, "proposals.told_left", p->title);
}

err proposal_leave_main(struct rq *rq, struct proposal *p)
{
    i64 main_id = p->main_id;
    if (!str_is(p->state, "merged"))
        return OK;
    TRY(leave(rq, p));
    TRY(proposal_store_set_merger(rq->db, p));
    return event_emit(rq, "proposals.unmerged", p->id, &main_id);
}

err proposal_effect_unmerge(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct proposal *p = subject->row;
    bool docketed = str_is(p->merged_from, "docketed");
    i64 *main_id = arena_array(rq->mem, 1, sizeof *main_id);
    *main_id = p->main_id;
    step->fact = main_id; /* what it leaves */
    step->to = p->merged_from;
    TRY(thaw(rq, p->id, docketed ? "assign" : "review", &p->due_on));
    p->outcome = str_of(docketed ? "docketed" : "");
    TRY(leave(rq, p));
    TRY(proposal_store_set_merger(rq->db, p));
    TRY(proposal_add_finding(rq, subject, step));
    return tell_signers(rq, subject, "proposals.told_unmerge",
                        flow_state_label(rq, &PROPOSALS_FLOW, p->merged_from));
}
