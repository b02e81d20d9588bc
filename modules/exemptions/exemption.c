/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of exemptions (README.md; rules.md 4: persons who are not scored): putting a decision down,
 * shortening it, undoing it. What follows for a year: modules/scores. Statements:
 * exemption_store.c; pages: exemption_pages.c. */
#include "modules/exemptions/exemption_rules.h"

#include "modules/members/member.h"
#include "platform/base/str.h"
#include "platform/notify/notify.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

static err fault(struct rq *rq, const char *field, const char *name)
{
    rq_fault(rq, field, name, str_of(""), str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

static struct flow_subject subject_of(struct rq *rq, struct exemption *x)
{
    str title = text_format(rq->mem, "exemptions.title", x->name, str_of(""));
    return (struct flow_subject){ x->id, x->version, x->state, title, str_of(""), x };
}

static err tell(struct rq *rq, const struct exemption *x, const char *text)
{
    return notify_send(rq, &(struct notify_to){ .person_id = x->person_id },
                       &(struct notify_message){
                           .text = text,
                           .arg = { text_date(rq->mem, x->from_on), text_date(rq->mem, x->to_on) },
                           .url = arena_printf(rq->mem, "/exemptions/%lld", (long long)x->id) });
}

err exemption_list_spans(struct rq *rq, i64 member_id, i64 from_on, i64 to_on, struct rows *out)
{
    const struct exemption_span days = { member_id, from_on, to_on, 0 };
    return exemption_store_list_spans(rq->db, &days, rq->mem, out);
}

static err check(struct rq *rq, i64 member_id, const struct exemption_input *in)
{
    struct rows others;
    if (in->to_on < in->from_on)
        return fault(rq, "to_on", "exemptions.order");
    if (in->decided_on > rq->today)
        return fault(rq, "decided_on", "exemptions.future");
    TRY(exemption_list_spans(rq, member_id, in->from_on, in->to_on, &others));
    return others.count ? fault(rq, "from_on", "exemptions.overlaps") : OK;
}

err exemption_grant(struct rq *rq, const struct exemption_input *in, i64 *id)
{
    struct member member;
    i64 member_id = 0;
    if (!str_to_i64(in->member, &member_id))
        return fault(rq, "member", "form.choice");
    TRY(member_find(rq, member_id, &member));
    TRY(check(rq, member_id, in));
    struct exemption x = { .member_id = member.id,
                           .person_id = member.person_id,
                           .from_on = in->from_on,
                           .to_on = in->to_on,
                           .decided_on = in->decided_on,
                           .granted_at = rq->now_ms,
                           .version = 1,
                           .state = str_of("granted"),
                           .effect = in->effect,
                           .ground = in->ground,
                           .name = member.name,
                           .words = in->words,
                           .organ = in->organ,
                           .document = in->document,
                           .granter_name = rq->actor->name };
    TRY(exemption_store_add(rq->db, &x, &x.id));
    *id = x.id;
    const struct flow_subject subject = subject_of(rq, &x);
    TRY(flow_begin(rq, &EXEMPTIONS_FLOW, &subject, NULL));
    return tell(rq, &x, "exemptions.told");
}

err exemption_effect_shorten(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct exemption *x = subject->row;
    const struct exemption_shorten_input *in = step->input;
    if (in->to_on < x->from_on || in->to_on >= x->to_on)
        return fault(rq, "to_on", "exemptions.not_shorter");
    x->to_on = in->to_on;
    x->note = in->opinion;
    return tell(rq, x, "exemptions.told_shortened");
}

err exemption_effect_undo(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct exemption *x = subject->row;
    const struct exemption_undo_input *in = step->input;
    x->note = in->opinion;
    return tell(rq, x, "exemptions.told_undone");
}

/* ---- the flow: no job moves one, so somebody always asks ---- */

err exemption_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct exemption *x = arena_zero(rq->mem, sizeof *x);
    TRY(list_find(rq, &EXEMPTION_LIST, id, x));
    *out = subject_of(rq, x);
    return OK;
}

err exemption_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    struct exemption x = *(const struct exemption *)subject->row;
    x.state = to;
    return exemption_store_update(rq->db, &x);
}
