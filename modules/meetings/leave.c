/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who decides a leave and by when it is asked, by kind of meeting (rules.md 1: chair, secretary-
 * general or the committee's head, different by place). The steps themselves: invitee.c. */
#include "modules/meetings/meeting_rules.h"

#include "modules/accounts/account.h"
#include "modules/members/member.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

/* ---- the table ---- */

struct rule {
    const char *kind, *by, *days; /* by, days: settings */
};

/* The last is of every other kind. */
static const struct rule RULES[] = {
    { "plenary", "meetings.leave_by_plenary", "meetings.leave_days_plenary" },
    { "standing", "meetings.leave_by_standing", "meetings.leave_days_standing" },
    { "chairs", "meetings.leave_by_chairs", "meetings.leave_days_chairs" },
    { "committee", "meetings.leave_by_committee", "meetings.leave_days_committee" },
    { "", "meetings.leave_by_other", "meetings.leave_days_other" },
};

static const struct rule *rule_of(str kind)
{
    size_t last = sizeof RULES / sizeof *RULES - 1;
    for (size_t i = 0; i < last; i++)
        if (str_is(kind, RULES[i].kind))
            return &RULES[i];
    return &RULES[last];
}

i64 leave_days(struct rq *rq, const struct invitee *i)
{
    return setting_number(rq, rule_of(i->kind)->days);
}

/* ---- who decides ---- */

/* Whom it goes to when there is nobody of the one before; leaders are many. */
static const char *const UPWARDS[] = { "head", "secretary_general", "leader" };

static str next_of(str by)
{
    if (str_is(by, "chair"))
        return str_of("secretary_general");
    for (size_t i = 0; i + 1 < sizeof UPWARDS / sizeof *UPWARDS; i++)
        if (str_is(by, UPWARDS[i]))
            return str_of(UPWARDS[i + 1]);
    return str_of("leader");
}

/* Who holds the post today, can sign in, and does not ask himself; person_id 0 = nobody. */
static err holder_find(struct rq *rq, const struct invitee *i, str by, struct leave_route *out)
{
    bool head = str_is(by, "head");
    const struct member_body body = { head ? meeting_committee(i->organiser) : rq->actor->org_id,
                                      str_of(head ? "committee" : "cppcc"), str_of("") };
    struct rows rows;
    if (body.body_id == 0)
        return OK;
    TRY(member_list_holding(rq, &body, head ? "director" : arena_cstr(rq->mem, by), &rows));
    const struct member_post *all = rows.items;
    for (size_t k = 0; k < rows.count; k++) {
        bool serves = false, may = false;
        struct account account;
        if (all[k].person_id == i->person_id)
            continue;
        TRY(member_is_serving(rq, all[k].member_id, rq->today, &serves));
        TRY(account_find_of_person(rq, all[k].person_id, &account));
        if (serves && account.id)
            TRY(account_may(rq, account.id, "meetings.decide", &may));
        if (!may) /* it would lie with who cannot decide it, and nobody else may */
            continue;
        out->person_id = all[k].person_id;
        out->name = all[k].name;
        return OK;
    }
    return OK;
}

err leave_route_find(struct rq *rq, const struct invitee *i, struct leave_route *out)
{
    *out = (struct leave_route){ .wanted = setting_text(rq, rule_of(i->kind)->by) };
    for (out->by = out->wanted; !str_is(out->by, "staff") && !str_is(out->by, "leader");
         out->by = next_of(out->by)) {
        TRY(holder_find(rq, i, out->by, out));
        if (out->person_id)
            return OK;
    }
    return OK;
}

static str by_words(str by)
{
    return text_label("invitees.by", by);
}

str leave_route_words(struct rq *rq, const struct leave_route *route)
{
    str who = by_words(route->by);
    if (route->person_id)
        who = text_format(rq->mem, "invitees.by_name", who, route->name);
    if (str_eq(route->by, route->wanted))
        return who;
    return text_format(rq->mem, "invitees.by_raised", who, by_words(route->wanted));
}

err leave_decider(struct rq *rq, const struct invitee *i, str *out)
{
    struct leave_route route;
    *out = str_of("");
    if (!str_is(i->state, "leave_asked"))
        return OK;
    TRY(leave_route_find(rq, i, &route));
    *out = leave_route_words(rq, &route);
    return OK;
}

err leave_may_decide(struct rq *rq, const struct invitee *i)
{
    struct leave_route route;
    if (actor_is_person(rq->actor, i->person_id))
        return err_make(ERR_FORBIDDEN, "invitees.own_leave");
    TRY(leave_route_find(rq, i, &route));
    bool his = route.person_id
                   ? rq->actor->person_id == route.person_id
                   : actor_may(rq->actor,
                               str_is(route.by, "leader") ? "meetings.approve" : "meetings.manage");
    return his ? OK
               : err_make_with(ERR_FORBIDDEN, "invitees.for_other", leave_route_words(rq, &route),
                               str_of(""));
}

err leave_route_set(struct rq *rq, struct invitee *i)
{
    struct leave_route route;
    TRY(leave_route_find(rq, i, &route));
    i->leave_by = route.by;
    i->approver_id = route.person_id;
    return OK;
}

/* ---- to-dos ---- */

err invitee_when_leader(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    const struct invitee *i = subject->row;
    (void)rq;
    *out = i->approver_id == 0 && str_is(i->leave_by, "leader");
    return OK;
}

err invitee_when_staff(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    const struct invitee *i = subject->row;
    (void)rq;
    *out = i->approver_id == 0 && !str_is(i->leave_by, "leader");
    return OK;
}

err invitee_when_person(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    const struct invitee *i = subject->row;
    (void)rq;
    *out = i->approver_id > 0;
    return OK;
}

/* ---- who held the post holds it no more ---- */

err invitee_effect_reroute(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct invitee *i = subject->row;
    struct leave_route route;
    TRY(leave_route_find(rq, i, &route));
    TRY(leave_route_set(rq, i));
    step->opinion = leave_route_words(rq, &route);
    subject->title = text_format(rq->mem, "invitees.leave_of", i->name, i->title);
    return OK;
}

err job_meeting_leaves(struct rq *rq, bool *again)
{
    struct rows rows;
    i64 after_id = 0;
    (void)again;
    do {
        TRY(invitee_store_list_undecided(rq->db, after_id, rq->mem, &rows));
        const struct invitee *all = rows.items;
        for (size_t k = 0; k < rows.count; k++) {
            struct leave_route route;
            TRY(leave_route_find(rq, &all[k], &route));
            if (route.person_id != all[k].approver_id || !str_eq(route.by, all[k].leave_by))
                TRY(flow_move(rq, &INVITEES_FLOW, all[k].id, "reroute", NULL));
            after_id = all[k].id;
        }
    } while (rows.count == INVITEES_UNDECIDED);
    return meeting_todos_hand_on(rq);
}
