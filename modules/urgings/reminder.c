/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Nudges by hand (催办): the office to whoever has something to do with a case, an answer, a
 * promise or a slip; a proposer to the office about his own case. A few a day (setting). By the
 * clock: urging_ladder.c. */
#include "modules/outcomes/outcome.h"
#include "modules/proposals/proposal.h"
#include "modules/urgings/urging_rules.h"
#include "platform/audit/audit.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

enum { TOLD_MAX = 400 };

/* What is nudged about, and as whom. */
struct nudge {
    const struct flow *flow;
    struct flow_subject subject;
    struct rows holders; /* struct flow_holder: who is to be told */
    bool office;         /* else a proposer */
    bool reads;          /* who asks reads single verdicts of it */
    struct reminder row;
};

static bool is_office(const struct rq *rq)
{
    return actor_scope(rq->actor, "urgings.remind") == SCOPE_ORG;
}

/* ---- what it is about ---- */

static void of_matter(struct reminder *r, str matter, i64 matter_id, i64 agency_id)
{
    r->matter = matter;
    r->matter_id = matter_id;
    r->agency_id = agency_id;
}

static void place(struct nudge *n)
{
    const void *row = n->subject.row;
    if (n->flow == &PROPOSALS_FLOW) {
        of_matter(&n->row, str_of("proposals"), n->subject.id, 0);
    } else if (n->flow == &ASSIGNMENTS_FLOW) {
        const struct assignment *a = row;
        of_matter(&n->row, a->matter, a->matter_id, a->agency_id);
    } else if (n->flow == &PROMISES_FLOW) {
        const struct promise *p = row;
        of_matter(&n->row, p->matter, p->matter_id, p->agency_id);
    } else {
        const struct urging *u = row;
        of_matter(&n->row, u->matter, u->matter_id, u->agency_id);
    }
}

static const struct flow *flow_of(str name)
{
    static const struct flow *const FLOWS[] = { &PROPOSALS_FLOW, &ASSIGNMENTS_FLOW, &PROMISES_FLOW,
                                                &URGINGS_FLOW };
    for (size_t i = 0; i < sizeof FLOWS / sizeof *FLOWS; i++)
        if (str_is(name, FLOWS[i]->name))
            return FLOWS[i];
    return NULL;
}

/* A proposer speaks of what he signs, as the case that it is. */
static err check_own(struct rq *rq, const struct nudge *n)
{
    bool own = false;
    if (n->flow == &PROPOSALS_FLOW)
        TRY(proposal_is_owner(rq, n->subject.row, &own));
    return own ? OK : err_make(ERR_FORBIDDEN, "urgings.not_your_case");
}

/* As modules/assignments shows them: not to who works for an agency that has the matter, host or
 * not, be it while he acts for another. */
static err check_reads(struct rq *rq, struct nudge *n)
{
    bool on_matter = false;
    TRY(assignment_works_on(rq, arena_cstr(rq->mem, n->row.matter), n->row.matter_id, &on_matter));
    n->reads = actor_scope(rq->actor, "evaluations.read") == SCOPE_ORG && !on_matter;
    return OK;
}

/* The subject as rq's actor sees it, and the row to be. */
static err nudge_load(struct rq *rq, str flow, i64 id, struct nudge *out)
{
    *out = (struct nudge){ .flow = flow_of(flow), .office = is_office(rq) };
    if (!out->flow) {
        rq_fault(rq, "flow", "urgings.what", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    TRY(out->flow->load(rq, id, &out->subject));
    if (!out->office)
        TRY(check_own(rq, out));
    out->row.flow = str_of(out->flow->name);
    out->row.subject_id = id;
    out->row.kind = str_of(out->office ? "office" : "member");
    out->row.stage = str_of("");
    out->row.on_day = rq->today;
    place(out);
    return check_reads(rq, out);
}

/* ---- who is told ---- */

static bool is_may(const struct flow_holder *h)
{
    return str_is(h->holder, "may");
}

static bool is_same(const struct flow_holder *a, const struct flow_holder *b)
{
    return a->holder_id == b->holder_id && str_eq(a->holder, b->holder) &&
           str_eq(a->permission, b->permission);
}

/* Who still has to give his verdict is told by who may read it: to others the step would say
 * whether it is given (blind). */
static bool may_press(const struct nudge *n, const struct flow_holder *h)
{
    if (!n->office)
        return is_may(h); /* a proposer only reaches the office */
    return n->reads || !str_is(h->verb, "evaluate");
}

/* Each holder once. */
static err holders_find(struct rq *rq, struct nudge *n)
{
    struct rows all;
    size_t kept = 0;
    TRY(flow_todo_holders(rq, n->flow, n->subject.id, &all));
    struct flow_holder *items = all.items;
    for (size_t i = 0; i < all.count; i++) {
        bool again = false;
        for (size_t k = 0; k < kept; k++)
            again = again || is_same(&items[k], &items[i]);
        if (!again && may_press(n, &items[i]))
            items[kept++] = items[i];
    }
    n->holders = (struct rows){ items, kept, sizeof *items };
    return OK;
}

/* Where the agencies have the case, the office is asked to press them. */
static bool office_presses(const struct nudge *n)
{
    const struct proposal *p = n->subject.row;
    return !n->office && p->assigned_at > 0 && p->closed_at == 0;
}

static str told_name(const struct nudge *n, const struct flow_holder *h)
{
    if (!str_is(h->holder, "agency") || n->flow == &PROPOSALS_FLOW)
        return text_label("urgings.holder", h->holder);
    if (n->flow == &ASSIGNMENTS_FLOW)
        return ((const struct assignment *)n->subject.row)->agency_name;
    if (n->flow == &PROMISES_FLOW)
        return ((const struct promise *)n->subject.row)->agency_name;
    return ((const struct urging *)n->subject.row)->agency_name;
}

static err tell(struct rq *rq, const struct nudge *n, const struct flow_holder *h, str text)
{
    str verb = str_is(h->verb, "urge") ? text_find("urgings.press")
                                       : flow_verb_label(rq, n->flow, h->verb);
    struct notify_to to = { .except_account_id = rq->actor->account_id };
    if (is_may(h))
        to.permission = arena_cstr(rq->mem, h->permission);
    else if (str_is(h->holder, "agency"))
        to.agency_id = h->holder_id;
    else
        to.person_id = h->holder_id;
    str what = text.len ? text_format(rq->mem, "urgings.verb_and_words", verb, text) : verb;
    return notify_send(rq, &to,
                       &(struct notify_message){ .text = n->office ? "urgings.nudge"
                                                                   : "urgings.nudge_of_proposer",
                                                 .arg = { n->subject.title, what },
                                                 .url = h->url });
}

/* The names of who was told, each once. */
static err tell_all(struct rq *rq, struct nudge *n, str text)
{
    struct buf *names = buf_new(rq->mem, TOLD_MAX);
    const struct flow_holder *all = n->holders.items;
    bool agency = false;
    str last = str_of("");
    for (size_t i = 0; i < n->holders.count; i++) {
        str name = told_name(n, &all[i]);
        TRY(tell(rq, n, &all[i], text));
        if (last.len > 0 && !str_eq(last, name))
            buf_add(names, text_find("urgings.and"));
        if (!str_eq(last, name))
            buf_add(names, name);
        last = name;
        agency = agency || str_is(all[i].holder, "agency");
    }
    n->row.told = buf_str(names);
    if (!agency)
        n->row.agency_id = 0; /* what others have to do is not the agency's to read of */
    return OK;
}

/* ---- sending ---- */

static err check_cap(struct rq *rq, struct nudge *n, bool *enough)
{
    i64 count = 0, most = setting_number(rq, "urgings.reminders_per_day");
    TRY(reminder_store_count(rq->db, &n->row, &count));
    n->row.position = count + 1;
    *enough = count >= most;
    return OK;
}

static err too_often(struct rq *rq)
{
    i64 most = setting_number(rq, "urgings.reminders_per_day");
    return err_make_with(ERR_CONFLICT, "urgings.reminded_enough",
                         arena_printf(rq->mem, "%lld", (long long)most), str_of(""));
}

/* Who is to act is the office itself or, of a draft, the proposer. */
static err nobody(const struct nudge *n)
{
    const struct proposal *p = n->subject.row;
    bool own_turn = !n->office && p->closed_at == 0 && p->outcome.len == 0;
    return err_make(ERR_CONFLICT, own_turn ? "urgings.your_turn" : "urgings.nobody");
}

static err keep(struct rq *rq, struct nudge *n, str text)
{
    n->row.text = text;
    n->row.sent_at = rq->now_ms;
    n->row.sent_by = rq->actor->account_id;
    n->row.sent_name = rq->actor->name;
    TRY(reminder_store_add(rq->db, &n->row, &n->row.id));
    if (!n->row.id)
        return too_often(rq);
    TRY(event_emit(rq, "urgings.reminded", n->row.id, NULL));
    return audit_add(rq, &(struct audit_entry){ .act = "urgings.remind",
                                                .object = n->flow->name,
                                                .object_id = n->subject.id,
                                                .after = n->row.told });
}

err reminder_send(struct rq *rq, const struct remind_input *in, struct reminder *out)
{
    struct nudge n;
    bool enough = false;
    TRY(nudge_load(rq, in->flow, in->subject_id, &n));
    TRY(holders_find(rq, &n));
    if (n.holders.count == 0 && office_presses(&n)) {
        struct flow_holder *office = arena_zero(rq->mem, sizeof *office);
        *office = (struct flow_holder){ .holder = str_of("may"),
                                        .permission = str_of("urgings.issue"),
                                        .verb = str_of("urge"),
                                        .url = arena_printf(rq->mem, "/proposals/%lld",
                                                            (long long)n.subject.id) };
        n.holders = (struct rows){ office, 1, sizeof *office };
    }
    if (n.holders.count == 0)
        return nobody(&n);
    TRY(check_cap(rq, &n, &enough));
    if (enough)
        return too_often(rq);
    TRY(tell_all(rq, &n, in->text));
    TRY(keep(rq, &n, in->text));
    *out = n.row;
    return OK;
}

err reminder_may(struct rq *rq, str flow, i64 id, bool *out)
{
    struct nudge n;
    bool enough = false;
    *out = false;
    if (!actor_may(rq->actor, "urgings.remind"))
        return OK;
    err e = nudge_load(rq, flow, id, &n);
    if (e.code == ERR_NOT_FOUND || e.code == ERR_FORBIDDEN)
        return OK;
    TRY(e);
    TRY(holders_find(rq, &n));
    TRY(check_cap(rq, &n, &enough));
    *out = !enough && (n.holders.count > 0 || office_presses(&n));
    return OK;
}

/* ---- reading ---- */

err reminder_list(struct rq *rq, str matter, i64 matter_id, struct rows *out)
{
    const struct actor *actor = rq->actor;
    bool office = actor_scope(actor, "urgings.read") == SCOPE_ORG;
    size_t kept = 0;
    TRY(reminder_store_list_of(rq->db, matter, matter_id, rq->mem, out));
    struct reminder *all = out->items;
    for (size_t i = 0; i < out->count; i++) {
        bool agency = actor->agency_id > 0 && all[i].agency_id == actor->agency_id &&
                      !str_is(all[i].kind, "member");
        bool own = actor->account_id > 0 && all[i].sent_by == actor->account_id;
        if (office || agency || own)
            all[kept++] = all[i];
    }
    out->count = kept;
    return OK;
}
