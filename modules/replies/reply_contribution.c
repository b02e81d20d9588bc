/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A cohost's opinion (会办意见, rules.md 2.3): it goes to the host, as a letter with a number of
 * its own; where the site wants it, its leader signs first. */
#include "modules/replies/reply_rules.h"
#include "modules/replies/reply_store.h"
#include "platform/settings/settings.h"

static err tell_host(struct rq *rq, const struct assignment *a)
{
    struct rows rows;
    TRY(assignment_list_of(rq, arena_cstr(rq->mem, a->matter), a->matter_id, &rows));
    const struct assignment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_is(all[i].role, "host"))
            TRY(assignment_tell_agency(rq, &all[i], "assignments.told_contributed",
                                       a->agency_name));
    return OK;
}

err reply_guard_contribute(struct rq *rq, const struct flow_subject *subject)
{
    TRY(assignment_guard_own(rq, subject));
    return assignment_answers(subject->row) ? err_make(ERR_CONFLICT, "assignments.answers_itself")
                                            : OK;
}

/* The cohost's opinion goes out to the host. */
static err contribution_out(struct rq *rq, struct assignment *a, struct flow_step *step)
{
    reply_mark_done(rq, a, rq->today);
    step->fact = a;
    return tell_host(rq, a);
}

/* By the setting the leader signs it first: it then waits, and its clock runs on. */
err reply_effect_contribute(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct contribute_input *in = step->input;
    struct assignment *a = subject->row;
    struct contribution c = { .assignment_id = a->id,
                              .body = in->body,
                              .operator= in->operator,
                              .phone = in->phone,
                              .number = str_of(""),
                              .given_at = rq->now_ms,
                              .given_by = rq->actor->account_id };
    step->held = setting_on(rq, "assignments.sign_contributions");
    step->to = str_of(step->held ? "drafted" : "contributed");
    step->agency_name = a->agency_name;
    TRY(contribution_store_remove_unsigned(rq->db, a->id)); /* it was sent back */
    if (!step->held) {
        c.signed_at = rq->now_ms;
        c.signed_by = rq->actor->account_id;
        TRY(reply_number_next(rq, a, &c.number));
    }
    TRY(contribution_store_add(rq->db, &c));
    return step->held ? OK : contribution_out(rq, a, step);
}

err reply_guard_sign_contribution(struct rq *rq, const struct flow_subject *subject)
{
    i64 id = 0;
    TRY(reply_guard_contribute(rq, subject));
    TRY(contribution_store_find_unsigned(rq->db, subject->id, &id));
    return id > 0 ? OK : err_make(ERR_CONFLICT, "assignments.no_draft");
}

err reply_effect_sign_contribution(struct rq *rq, struct flow_subject *subject,
                                   struct flow_step *step)
{
    const struct sign_input *in = step->input;
    struct assignment *a = subject->row;
    struct contribution c = { 0 };
    TRY(contribution_store_find_unsigned(rq->db, a->id, &c.id));
    TRY(reply_number_next(rq, a, &c.number));
    c.signer = in->signer;
    c.signed_at = rq->now_ms;
    c.signed_by = rq->actor->account_id;
    TRY(contribution_store_sign(rq->db, &c));
    step->agency_name = a->agency_name;
    return contribution_out(rq, a, step);
}
