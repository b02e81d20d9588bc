/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Dated acts on seats (joining, leaving, suspension), offices. Sources: rules.md 8 and 12.7. A
 * member's own wishes: member_amend.c. A record from a list or a form: member_record.c. */
#include "modules/accounts/account.h"
#include "modules/members/member_rules.h"
#include "modules/orgs/org.h"
#include "platform/audit/audit.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

/* Charter 31 (appointment by the standing committee), 38 (unsuitable), 39 (violation); resign,
 * compel and advise are counted apart (rules.md 8). A revocation decided by the chairs between
 * meetings is ratified by the next standing committee [K127]. */
const struct member_act_kind MEMBER_ACT_KINDS[] = {
    { "appoint", "none left", "serving", .joins = true, .organ = true },
    { "augment", "none left", "serving", .joins = true, .organ = true },
    { "fill", "none left", "serving", .joins = true, .organ = true },
    { "resign", "serving suspended", "left", .organ = true },
    { "compel", "serving suspended", "left", .organ = true, .reason = true },
    { "advise", "serving suspended", "left", .organ = true, .reason = true },
    { "remove", "serving suspended", "left", .organ = true, .reason = true },
    { "revoke", "serving suspended", "left", .organ = true, .reason = true },
    { "ratify", "left", "left", .organ = true },
    { "suspend", "serving", "suspended", .organ = true, .reason = true },
    { "resume", "suspended", "serving", .organ = true },
    { .verb = "resector", .from = "serving suspended", .organ = true, .reason = true },
    { .verb = "decease", .from = "serving suspended", .to = "left" },
    { .verb = "expire", .from = "serving suspended", .to = "left" },
    { 0 },
};

static void fault(struct rq *rq, const char *field, const char *name)
{
    rq_fault(rq, field, name, str_of(""), str_of(""));
}

static err faults(struct rq *rq)
{
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

bool member_act_fits(const struct member_act_kind *kind, str status)
{
    return str_has_word(str_of(kind->from), status.len ? status : str_of("none"));
}

static const struct member_act_kind *kind_of(str verb)
{
    const struct member_act_kind *k = MEMBER_ACT_KINDS;
    while (k->verb && !str_is(verb, k->verb))
        k++;
    return k->verb ? k : NULL;
}

/* ---- acts ---- */

static err check(struct rq *rq, const struct member_act_kind *kind, const struct member_act *act)
{
    if (kind->organ && act->organ.len == 0)
        fault(rq, "organ", "members.need_organ");
    if (kind->reason && act->reason.len == 0)
        fault(rq, "reason", "members.need_reason");
    if (act->on_on <= 0)
        fault(rq, "on_on", "form.required");
    if (act->on_on > rq->today)
        fault(rq, "on_on", "members.future");
    return faults(rq);
}

/* Joining goes the way of a record, which finds term and sector by what they are called. */
static err join(struct rq *rq, const struct member *member, const struct member_act *act)
{
    struct member_record record = {
        .code = member->code,
        .name = member->name,
        .sector = act->sector,
        .act = act->verb,
        .organ = act->organ,
        .document = act->document,
        .reason = act->reason,
        .birth_on = BIRTH_UNKNOWN,
        .from_on = act->on_on,
        .term_number = act->term_number,
        .invited = act->invited,
    };
    return member_seat_add(rq, member->id, &record);
}

static struct member_change change_of(const struct member_act *act)
{
    return (struct member_change){ .on_on = act->on_on,
                                   .act = act->verb,
                                   .organ = act->organ,
                                   .document = act->document,
                                   .reason = act->reason,
                                   .by_chairs = act->by_chairs && str_is(act->verb, "revoke") };
}

static err add_change(struct rq *rq, i64 seat_id, const struct member_act *act)
{
    return change_store_add(rq->db, &(struct change){ .seat_id = seat_id,
                                                      .act = act->verb,
                                                      .on_on = act->on_on,
                                                      .organ = act->organ,
                                                      .document = act->document,
                                                      .reason = act->reason,
                                                      .recorded_by = rq->actor->account_id,
                                                      .recorded_at = rq->now_ms });
}

/* A seat ends the day before the act, but on the last day of the term it lasts to its end. */
static i64 last_day(const struct seat *seat, const struct member_act *act)
{
    i64 last = str_is(act->verb, "expire") ? act->on_on : act->on_on - 1;
    return last < seat->from_on ? seat->from_on : last;
}

/* A ratification confirms a revocation and nothing else, once. */
static err check_ratify(struct rq *rq, i64 member_id, const struct seat *seat)
{
    struct rows rows;
    bool revoked = false;
    TRY(change_store_list(rq->db, member_id, rq->mem, &rows));
    const struct change *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].seat_id == seat->id)
            revoked = str_is(all[i].act, "revoke") || (revoked && !str_is(all[i].act, "ratify"));
    return revoked ? OK : err_make(ERR_CONFLICT, "members.not_revoked");
}

err member_left(struct rq *rq, const struct member *member, i64 last_on,
                const struct member_change *change)
{
    bool serves = false;
    TRY(tenure_store_end_all(rq->db, member->person_id, member->seat_id, last_on));
    TRY(member_is_serving(rq, member->id, last_on + 1, &serves));
    if (serves) /* in the next term too */
        return OK;
    TRY(account_set_membership(rq, member->id, false, last_on));
    if (str_is(change->act, "decease")) /* nobody writes to him any more */
        TRY(account_close_of_person(rq, member->person_id));
    return event_emit(rq, "members.left", member->id, change);
}

err member_renew(struct rq *rq, i64 id, const struct member_act *act)
{
    const struct member_act_kind *kind = kind_of(act->verb);
    struct member member;
    TRY(member_find(rq, id, &member));
    bool fits = str_is(member.status, "serving") || str_is(member.status, "left");
    if (!kind || !kind->joins || !fits)
        return err_make_with(ERR_CONFLICT, "members.act_state",
                             text_label("states.members", member.status),
                             text_label("members.act", act->verb));
    TRY(check(rq, kind, act));
    TRY(join(rq, &member, act));
    return audit_add(rq, &(struct audit_entry){ "members.act", "members", id,
                                                .before = member.status, .after = act->verb });
}

/* What others do when a seat that goes on is another than before. */
static err tell_moved(struct rq *rq, i64 id, const struct member_change *change)
{
    if (str_is(change->act, "suspend"))
        return event_emit(rq, "members.suspended", id, change);
    if (str_is(change->act, "resume"))
        return event_emit(rq, "members.resumed", id, change);
    return event_emit(rq, "members.ratified", id, change);
}

static err move(struct rq *rq, const struct member *member, const struct member_act_kind *kind,
                const struct member_act *act)
{
    struct seat seat;
    TRY(seat_store_find(rq->db, member->seat_id, rq->mem, &seat));
    if (act->on_on < seat.from_on) {
        fault(rq, "on_on", "members.before_seat");
        return faults(rq);
    }
    if (str_is(act->verb, "ratify"))
        TRY(check_ratify(rq, member->id, &seat));
    bool leaves = strcmp(kind->to, "left") == 0 && !str_is(seat.status, "left");
    seat.status = str_of(kind->to);
    if (leaves)
        seat.to_on = last_day(&seat, act);
    TRY(seat_store_update(rq->db, &seat));
    TRY(add_change(rq, seat.id, act));
    struct member_change change = change_of(act);
    return leaves ? member_left(rq, member, seat.to_on, &change)
                  : tell_moved(rq, member->id, &change);
}

/* Who leads a sector is of it: offices that he holds in the one he leaves end the day before. One
 * that began later cannot: it is ended, or the day corrected, by whoever knows which is wrong. */
static err leave_sector(struct rq *rq, const struct seat *seat, const char *day_field, i64 on_on)
{
    struct rows rows;
    i64 person_id;
    if (!seat->sector_id || (seat->to_on && seat->to_on < rq->today))
        return OK;
    TRY(person_store_find_by_seat(rq->db, seat->id, &person_id));
    TRY(tenure_store_list(rq->db, person_id, rq->mem, &rows));
    const struct tenure *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        if (!str_is(all[i].body, "sector") || all[i].body_id != seat->sector_id ||
            (all[i].to_on && all[i].to_on < rq->today))
            continue;
        if (all[i].from_on >= on_on) {
            rq_fault(rq, day_field, "members.post_since", all[i].body_name,
                     text_date(rq->mem, all[i].from_on));
            return faults(rq);
        }
        TRY(tenure_store_cut(rq->db, person_id, all[i].id, on_on - 1));
        TRY(audit_add(rq,
                      &(struct audit_entry){ "members.tenure_end", "persons", person_id,
                                             .before = all[i].post, .after = str_of("resector") }));
    }
    return OK;
}

err member_resector(struct rq *rq, const struct seat *seat, const struct sector_wish *wish)
{
    struct seat moved = *seat;
    i64 last = 0, on_on = wish->on_on ? wish->on_on : seat->sector_id ? rq->today : seat->from_on;
    TRY(sector_move_store_last(rq->db, seat->id, &last));
    if (seat->sector_id == wish->sector_id)
        fault(rq, "sector", "members.same_sector");
    else if (on_on < seat->from_on)
        fault(rq, wish->day_field, "members.before_seat");
    else if (seat->to_on && on_on > seat->to_on)
        fault(rq, wish->day_field, "members.after_seat");
    else if (on_on < last)
        fault(rq, wish->day_field, "members.sector_moved_since");
    TRY(faults(rq));
    TRY(leave_sector(rq, seat, wish->day_field, on_on));
    moved.sector_id = wish->sector_id;
    TRY(seat_store_update(rq->db, &moved));
    return sector_move_store_add(rq->db,
                                 &(struct sector_move){ .seat_id = seat->id,
                                                        .from_sector_id = seat->sector_id,
                                                        .to_sector_id = wish->sector_id,
                                                        .on_on = on_on,
                                                        .organ = wish->organ,
                                                        .document = wish->document,
                                                        .reason = wish->reason,
                                                        .recorded_by = rq->actor->account_id,
                                                        .recorded_at = rq->now_ms });
}

static err resector(struct rq *rq, const struct member *member, const struct member_act *act)
{
    struct seat seat;
    struct sector_wish wish = { .on_on = act->on_on,
                                .day_field = "on_on",
                                .organ = act->organ,
                                .document = act->document,
                                .reason = act->reason };
    TRY(member_sector_named(rq, act->sector, &wish.sector_id));
    TRY(seat_store_find(rq->db, member->seat_id, rq->mem, &seat));
    if (wish.sector_id == 0)
        fault(rq, "sector", "form.required");
    TRY(faults(rq));
    TRY(member_resector(rq, &seat, &wish));
    return audit_add(rq, &(struct audit_entry){ "members.resector", "members", member->id,
                                                .before = seat.sector_name, .after = act->sector });
}

err member_record_act(struct rq *rq, i64 id, const struct member_act *act)
{
    const struct member_act_kind *kind = kind_of(act->verb);
    struct member member;
    TRY(member_find(rq, id, &member));
    if (!kind || !member_act_fits(kind, member.status))
        return err_make_with(ERR_CONFLICT, "members.act_state",
                             text_label("states.members", member.status),
                             text_label("members.act", act->verb));
    TRY(check(rq, kind, act));
    if (!kind->to)
        return resector(rq, &member, act);
    TRY(kind->joins ? join(rq, &member, act) : move(rq, &member, kind, act));
    return audit_add(rq, &(struct audit_entry){ "members.act", "members", id,
                                                .before = member.status, .after = act->verb });
}

/* ---- the end of a term ---- */

static err expire(struct rq *rq, const struct expired_seat *e)
{
    struct seat seat;
    struct change change = { .seat_id = e->id,
                             .act = str_of("expire"),
                             .on_on = e->term_end_on,
                             .recorded_by = rq->actor->account_id,
                             .recorded_at = rq->now_ms };
    TRY(seat_store_find(rq->db, e->id, rq->mem, &seat));
    seat.status = str_of("left");
    seat.to_on = e->term_end_on < seat.from_on ? seat.from_on : e->term_end_on;
    TRY(seat_store_update(rq->db, &seat));
    TRY(change_store_add(rq->db, &change));
    TRY(member_left(
        rq, &(struct member){ .id = e->member_id, .person_id = e->person_id, .seat_id = e->id },
        seat.to_on, &(struct member_change){ .on_on = e->term_end_on, .act = change.act }));
    return audit_add(rq, &(struct audit_entry){ .act = "members.act",
                                                .object = "members",
                                                .object_id = e->member_id,
                                                .after = str_of("expire") });
}

err member_expire_some(struct rq *rq, bool *again)
{
    struct rows rows;
    TRY(seat_store_list_expired(rq->db, rq->today, rq->mem, &rows));
    const struct expired_seat *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(expire(rq, &all[i]));
    *again = rows.count == EXPIRED_BATCH;
    return OK;
}

err member_expire(struct rq *rq)
{
    bool again = true;
    while (again)
        TRY(member_expire_some(rq, &again));
    return OK;
}

/* ---- undoing a revocation ---- */

/* What the seat was before it was revoked; empty: it was not revoked, or that was ratified. */
static err find_revoked(struct rq *rq, i64 member_id, i64 seat_id, str *before)
{
    struct rows rows;
    str status = str_of("serving");
    TRY(change_store_list(rq->db, member_id, rq->mem, &rows));
    const struct change *all = rows.items;
    *before = str_of("");
    for (size_t i = 0; i < rows.count; i++) {
        if (all[i].seat_id != seat_id || str_is(all[i].act, "resector"))
            continue;
        if (str_is(all[i].act, "suspend"))
            status = str_of("suspended");
        else if (str_is(all[i].act, "resume"))
            status = str_of("serving");
        *before = str_is(all[i].act, "revoke") ? status : str_of("");
    }
    return OK;
}

err member_reinstate(struct rq *rq, i64 id, const struct member_act *act)
{
    struct member member;
    struct seat seat;
    struct member_act told = *act;
    str before;
    TRY(member_find(rq, id, &member));
    TRY(seat_store_find(rq->db, member.seat_id, rq->mem, &seat));
    TRY(find_revoked(rq, id, seat.id, &before));
    if (!str_is(seat.status, "left") || before.len == 0)
        return err_make(ERR_CONFLICT, "members.not_revoked");
    told.verb = str_of(str_is(before, "suspended") ? "suspend" : "resume");
    TRY(check(rq, kind_of(told.verb), &told));
    TRY(tenure_store_reopen(rq->db, member.person_id, seat.id));
    seat.status = before;
    seat.to_on = 0;
    TRY(seat_store_update(rq->db, &seat));
    TRY(add_change(rq, seat.id, &told));
    TRY(account_set_membership(rq, id, true, rq->today));
    return audit_add(rq, &(struct audit_entry){ "members.reinstate", "members", id,
                                                .before = str_of("left"), .after = before });
}

/* ---- offices ---- */

i64 member_committee_count(const struct rows *tenures)
{
    const struct tenure *all = tenures->items;
    i64 count = 0;
    for (size_t i = 0; i < tenures->count; i++) {
        bool again = false;
        if (!str_is(all[i].body, "committee") || all[i].to_on)
            continue;
        for (size_t k = 0; k < i; k++)
            again = again || (str_is(all[k].body, "committee") && !all[k].to_on &&
                              all[k].body_id == all[i].body_id);
        count += !again;
    }
    return count;
}

static bool is_in(const struct rows *bodies, i64 id)
{
    const struct body *all = bodies->items;
    for (size_t i = 0; i < bodies->count; i++)
        if (all[i].id == id)
            return true;
    return false;
}

/* One office once: what is open, or ends behind the day on which it would begin, is held
 * already. */
static err check_once(struct rq *rq, const struct tenure *t)
{
    struct rows rows;
    TRY(tenure_store_list(rq->db, t->person_id, rq->mem, &rows));
    const struct tenure *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].body_id == t->body_id && str_eq(all[i].body, t->body) &&
            str_eq(all[i].post, t->post) && (!all[i].to_on || all[i].to_on >= t->from_on) &&
            (!t->to_on || t->to_on >= all[i].from_on)) {
            fault(rq, "post", "members.held_already");
            break;
        }
    return OK;
}

/* In a body outside the cppcc there are no posts here but its contact for proposals. */
static err check_org(struct rq *rq, const struct tenure *t)
{
    struct org org = { 0 };
    err e = org_find(rq, t->body_id, &org);
    if (e.code && e.code != ERR_NOT_FOUND)
        return e;
    if (e.code || !org_may_propose(&org, rq->today))
        fault(rq, "body", "members.no_body");
    if (!str_is(t->post, "liaison"))
        fault(rq, "post", "members.only_liaison");
    return OK;
}

static err check_body(struct rq *rq, const struct tenure *t)
{
    struct rows rows = { 0 };
    struct org cppcc = { 0 };
    if (str_is(t->body, "org"))
        return check_org(rq, t);
    if (str_is(t->body, "committee"))
        TRY(committee_list(rq, rq->today, &rows));
    else if (str_is(t->body, "sector"))
        TRY(sector_list(rq, rq->today, &rows));
    else
        TRY(org_find_cppcc(rq, &cppcc));
    if (cppcc.id ? cppcc.id != t->body_id : !is_in(&rows, t->body_id))
        fault(rq, "body", "members.no_body");
    return OK;
}

static err check_two(struct rq *rq, const struct tenure *t)
{
    struct rows rows;
    TRY(tenure_store_list(rq->db, t->person_id, rq->mem, &rows));
    const struct tenure *all = rows.items;
    bool there = false;
    for (size_t i = 0; i < rows.count; i++)
        there = there ||
                (str_is(all[i].body, "committee") && !all[i].to_on && all[i].body_id == t->body_id);
    if (str_is(t->body, "committee") && !there &&
        member_committee_count(&rows) >= MEMBER_COMMITTEES_MAX)
        fault(rq, "body", "members.two_committees");
    return OK;
}

err member_tenure_add(struct rq *rq, const struct tenure *tenure, i64 *id)
{
    TRY(check_body(rq, tenure));
    TRY(check_two(rq, tenure));
    TRY(check_once(rq, tenure));
    if (tenure->from_on > rq->today)
        fault(rq, "from_on", "members.future");
    TRY(faults(rq));
    TRY(tenure_store_add(rq->db, tenure, id));
    return audit_add(rq, &(struct audit_entry){ "members.tenure_add", "persons", tenure->person_id,
                                                .after = tenure->post });
}

/* The same in SQL, of a body: member_store_list_acting. */
static bool may_act(const struct tenure *t, i64 today)
{
    bool head = str_is(t->post, "director") || str_is(t->post, "vice_director");
    bool in_force = t->from_on <= today && (t->to_on == 0 || t->to_on >= today);
    return in_force && !str_is(t->body, "cppcc") &&
           (str_is(t->post, "liaison") || (head && str_is(t->body, "committee")) ||
            (str_is(t->post, "convener") && str_is(t->body, "sector")));
}

err member_list_bodies(struct rq *rq, i64 person_id, struct rows *out)
{
    struct rows rows;
    TRY(tenure_store_list(rq->db, person_id, rq->mem, &rows));
    const struct tenure *all = rows.items;
    struct member_body *bodies = arena_array(rq->mem, rows.count + 1, sizeof *bodies);
    *out = (struct rows){ bodies, 0, sizeof *bodies };
    for (size_t i = 0; i < rows.count; i++) {
        bool again = false;
        for (size_t k = 0; k < out->count; k++)
            again = again ||
                    (bodies[k].body_id == all[i].body_id && str_eq(bodies[k].body, all[i].body));
        if (!again && may_act(&all[i], rq->today))
            bodies[out->count++] =
                (struct member_body){ all[i].body_id, all[i].body, all[i].body_name };
    }
    return OK;
}

err member_tenure_end(struct rq *rq, i64 person_id, i64 id, i64 to_on)
{
    err e = tenure_store_end(rq->db, person_id, id, to_on);
    if (err_is(e, "db.version"))
        return err_make(ERR_CONFLICT, "members.tenure_ended");
    TRY(e);
    return audit_add(rq, &(struct audit_entry){ "members.tenure_end", "persons",
                                                .object_id = person_id });
}
