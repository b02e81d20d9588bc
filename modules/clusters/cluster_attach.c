/* SPDX-License-Identifier: MulanPSL-2.0 */
/* All letters of a cluster that nobody handles yet are handled together: they run along with one of
 * it (verb attach of LETTERS_FLOW), so that one unit answers all. What running along means:
 * modules/handlings. */
#include "modules/clusters/cluster_letters_store.h"
#include "modules/mailbox/letter.h"
#include "modules/mailbox/letter_forms.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"
#include "platform/web/view_parts.h"

/* At once: a step holds the write lane for some 2 ms a letter. */
enum { AT_ONCE = 50, LEADS_SHOWN = 20 };

err cluster_count_open(struct rq *rq, i64 cluster_id, i64 *count)
{
    return cluster_letters_store_count_open(rq->db, cluster_id, count);
}

err cluster_choices_leads(struct rq *rq, struct rows *out)
{
    struct rows rows;
    TRY(cluster_letters_store_list_leads(rq->db, rq->path_id, LEADS_SHOWN, rq->mem, &rows));
    const struct cluster_letter *letters = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    for (size_t i = 0; i < rows.count; i++)
        choices[i] = (struct view_choice){
            .value = str_number(rq->mem, letters[i].id),
            .label = text_format(rq->mem, "clusters.letter_choice", letters[i].title,
                                 text_label("states.letters", letters[i].state)),
        };
    *out = (struct rows){ choices, rows.count, sizeof *choices };
    return OK;
}

/* One to run along, and another one to run along with. */
err cluster_guard_attach(struct rq *rq, const struct flow_subject *subject)
{
    i64 open;
    struct rows leads;
    TRY(cluster_count_open(rq, subject->id, &open));
    TRY(cluster_letters_store_list_leads(rq->db, subject->id, 2, rq->mem, &leads));
    return open > 0 && leads.count > 1 ? OK : err_make(ERR_CONFLICT, "clusters.nothing_open");
}

static err lead_gone(struct rq *rq)
{
    rq_fault(rq, "lead", "clusters.lead_gone", str_of(""), str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

/* A letter of this cluster that is not over and runs along with none itself. */
static err lead_find(struct rq *rq, const struct cluster *c, str chosen, struct letter *out)
{
    struct cluster_member m;
    i64 id = 0;
    if (!str_to_i64(chosen, &id))
        return lead_gone(rq);
    err e = cluster_store_find_member(rq->db, c->owner, id, &m);
    if (e.code == ERR_NOT_FOUND || (!e.code && m.cluster_id != c->id))
        return lead_gone(rq);
    TRY(e);
    TRY(letter_find(rq, id, out));
    bool over = str_is(out->state, "routed") || str_is(out->state, "closed");
    return over || out->lead_id ? lead_gone(rq) : OK;
}

static err attach_one(struct rq *rq, i64 id, i64 lead_id)
{
    struct letter_attach_input *in = arena_zero(rq->mem, sizeof *in);
    const void *own = rq->input;
    *in = (struct letter_attach_input){ id, lead_id };
    rq->input = in;
    err e = flow_act(rq, &LETTERS_FLOW, id, "attach", 0);
    rq->input = own;
    return e;
}

/* The history says how many; never a title, which is a sender's words (quality P6). */
static str note_of(struct rq *rq, const struct letter *lead, i64 attached, i64 left)
{
    str note = text_format(rq->mem, "clusters.attached_note", str_number(rq->mem, lead->id),
                           str_number(rq->mem, attached));
    if (left == 0)
        return note;
    return text_format(rq->mem, "clusters.attached_more", note, str_number(rq->mem, left));
}

err cluster_effect_attach(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct cluster_attach_input *in = step->input;
    struct letter lead;
    struct rows rows;
    i64 attached = 0, left;
    TRY(lead_find(rq, subject->row, in->lead, &lead));
    TRY(cluster_letters_store_list_open(rq->db, subject->id, AT_ONCE + 1, rq->mem, &rows));
    const struct cluster_letter *letters = rows.items;
    for (size_t i = 0; i < rows.count && attached < AT_ONCE; i++) {
        if (letters[i].id == lead.id)
            continue;
        TRY(attach_one(rq, letters[i].id, lead.id));
        attached++;
    }
    if (attached == 0)
        return err_make(ERR_CONFLICT, "clusters.nothing_open");
    TRY(cluster_count_open(rq, subject->id, &left));
    left -= str_is(lead.state, "received") || str_is(lead.state, "triaged");
    step->opinion = note_of(rq, &lead, attached, left);
    return OK;
}
