/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What is merged (并案, rules.md 2.2) as the rest of the road needs it: whoever is concerned by the
 * one is concerned by the other, and they are handed out together. Merging itself, what is proposed
 * for it, and its pages are the module mergers'. */
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

err proposal_count_items(struct rq *rq, i64 id, i64 *count)
{
    return proposal_store_count_items(rq->db, id, count);
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

/* ---- joining and leaving a main one ---- */

static err count_merged(struct rq *rq, const struct proposal *main, i64 change)
{
    err e = proposal_store_count_merged(rq->db, main, change);
    return err_is(e, "db.version") ? err_make(ERR_CONFLICT, "flows.version") : e;
}

/* Who leads the main one learns that he is answered together with somebody, and that he is not. */
static err tell_main(struct rq *rq, const struct proposal *main, const char *text, str other)
{
    struct proposal row = *main;
    const struct flow_subject of_main = { .id = main->id, .title = main->title, .row = &row };
    return proposal_tell_lead(rq, &of_main, text, other);
}

err proposal_join_main(struct rq *rq, struct proposal *p, const struct proposal *main)
{
    p->main_id = main->id;
    p->merged_at = rq->now_ms;
    TRY(count_merged(rq, main, 1));
    TRY(proposal_store_set_merger(rq->db, p));
    return tell_main(rq, main, "proposals.told_merged_into", p->title);
}

err proposal_part_main(struct rq *rq, struct proposal *p)
{
    struct proposal main;
    TRY(find_main(rq, p->main_id, &main));
    TRY(count_merged(rq, &main, -1));
    p->main_id = p->merged_at = 0;
    TRY(proposal_store_set_merger(rq->db, p));
    return tell_main(rq, &main, "proposals.told_left", p->title);
}

err proposal_leave_main(struct rq *rq, struct proposal *p)
{
    i64 main_id = p->main_id;
    if (!str_is(p->state, "merged"))
        return OK;
    TRY(proposal_part_main(rq, p));
    return event_emit(rq, "proposals.unmerged", p->id, &main_id);
}
