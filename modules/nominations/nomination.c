/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of nominations (README.md; rules.md 8, 12.7): who is named for which seat, the background
 * check, the list, the vote of the standing committee. The seat itself: modules/members.
 * Statements: nomination_store.c; pages: nomination_pages.c. */
#include "modules/nominations/nomination.h"

#include "modules/meetings/meeting.h"
#include "modules/nominations/nomination_end.h"
#include "modules/orgs/org.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/files/mapping.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"
#include "platform/web/view_parts.h"

static void fault(struct rq *rq, const char *field, const char *name, str arg)
{
    rq_fault(rq, field, name, arg, str_of(""));
}

static err faults(struct rq *rq)
{
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

/* ---- choices ---- */

/* What hangs on a nomination that is not to be seen has no choices: it is refused as not found. */
static err check_path(struct rq *rq)
{
    struct nomination n;
    return rq->path_id ? list_find(rq, &NOMINATION_LIST, rq->path_id, &n) : OK;
}

err nomination_vacancies(struct rq *rq, struct rows *out)
{
    struct rows rows;
    TRY(check_path(rq));
    TRY(nomination_store_list_vacancies(rq->db, rq->today, rq->mem, &rows));
    const struct nomination_vacancy *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    for (size_t i = 0; i < rows.count; i++)
        choices[i] = (struct view_choice){ .value = str_number(rq->mem, all[i].seat_id),
                                           .label = text_format(rq->mem, "nominations.vacant",
                                                                all[i].name, all[i].sector_name),
                                           .hint = text_date(rq->mem, all[i].to_on) };
    *out = (struct rows){ choices, rows.count, sizeof *choices };
    return OK;
}

err nomination_sectors(struct rq *rq, struct rows *out)
{
    struct rows rows;
    TRY(check_path(rq));
    TRY(sector_list(rq, rq->today, &rows));
    const struct body *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    for (size_t i = 0; i < rows.count; i++)
        choices[i] =
            (struct view_choice){ .value = str_number(rq->mem, all[i].id), .label = all[i].name };
    *out = (struct rows){ choices, rows.count, sizeof *choices };
    return OK;
}

err nomination_meetings(struct rq *rq, struct rows *out)
{
    struct rows rows;
    TRY(check_path(rq));
    TRY(meeting_list_open(rq, &rows));
    const struct meeting_brief *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    *out = (struct rows){ choices, 0, sizeof *choices };
    for (size_t i = 0; i < rows.count; i++)
        if (str_is(all[i].kind, "standing"))
            choices[out->count++] =
                (struct view_choice){ .value = str_number(rq->mem, all[i].id),
                                      .label = text_format(rq->mem, "nominations.meeting_of",
                                                           all[i].title,
                                                           text_date(rq->mem, all[i].from_on)) };
    return OK;
}

/* ---- somebody is named ---- */

/* The term after the one that has begun last. Named once, he stays named for it. */
static err find_coming(struct rq *rq, struct nomination *n)
{
    struct rows rows;
    TRY(session_list(rq, &rows)); /* newest first */
    const struct session *all = rows.items;
    for (size_t i = 0; i < rows.count && !n->term_number; i++)
        if (all[i].opened_on <= rq->today)
            n->term_number = all[i].term_number + 1;
    return n->term_number ? OK : err_make(ERR_NOT_FOUND, "orgs.no_session");
}

/* Fill: a seat that is vacant; augment: one more; renew: one of the coming term. */
static err check_seat(struct rq *rq, struct nomination *n, const struct nomination_input *in)
{
    n->vacant_seat_id = 0;
    if (!str_to_i64(in->sector, &n->sector_id))
        n->sector_id = 0;
    if (in->vacancy.len && !str_to_i64(in->vacancy, &n->vacant_seat_id))
        n->vacant_seat_id = 0;
    if (str_is(in->kind, "fill") && n->vacant_seat_id == 0)
        fault(rq, "vacancy", "nominations.need_vacancy", str_of(""));
    if (!str_is(in->kind, "fill") && n->vacant_seat_id)
        fault(rq, "vacancy", "nominations.no_vacancy", str_of(""));
    return str_is(in->kind, "renew") ? find_coming(rq, n) : OK;
}

static void check_days(struct rq *rq, struct nomination *n, const struct nomination_input *in)
{
    if (in->nominated_on > rq->today)
        fault(rq, "nominated_on", "nominations.future", str_of(""));
    if (!import_day(in->birth, &n->birth_on) || n->birth_on == DAY_NONE || n->birth_on >= rq->today)
        fault(rq, "birth", "nominations.bad_birth", in->birth);
}

/* Who was a member before keeps his record: he has a number, bears that name and does not serve,
 * unless it is for the coming term. */
static err check_former(struct rq *rq, struct nomination *n, str code)
{
    struct member member;
    err e = member_find_by_code(rq, code, &member);
    if (e.code == ERR_NOT_FOUND) {
        fault(rq, "code", "nominations.no_code", code);
        return OK;
    }
    TRY(e);
    if (!str_eq(member.name, n->name))
        fault(rq, "code", "nominations.other_name", member.name);
    else if (str_is(member.status, "suspended") ||
             (str_is(member.status, "serving") && !n->term_number))
        fault(rq, "code", "nominations.serves", member.name);
    n->member_id = member.id;
    return OK;
}

/* Two people must not become one, nor one two. */
static err check_same(struct rq *rq, const struct nomination *n)
{
    struct rows members, named;
    TRY(member_list_by_name(rq, n->name, &members));
    TRY(nomination_store_list_named(rq->db, n->name, rq->mem, &named));
    const struct nomination *open = named.items;
    const struct member *all = members.items;
    for (size_t i = 0; i < named.count; i++)
        if (open[i].id != n->id) {
            fault(rq, "distinct", "nominations.named_already", open[i].nominator);
            return OK;
        }
    if (members.count)
        fault(rq, "distinct", "nominations.same_name",
              all->code.len ? all->code : text_find("nominations.no_number"));
    return OK;
}

static err check(struct rq *rq, struct nomination *n, const struct nomination_input *in)
{
    n->member_id = 0;
    n->term_number = str_is(in->kind, "renew") ? n->term_number : 0;
    TRY(check_seat(rq, n, in));
    check_days(rq, n, in);
    if (in->code.len)
        TRY(check_former(rq, n, in->code));
    else if (!in->distinct)
        TRY(check_same(rq, n));
    return faults(rq);
}

static void take(struct nomination *n, const struct nomination_input *in)
{
    n->kind = in->kind;
    n->nominator_kind = in->nominator_kind;
    n->nominator = in->nominator;
    n->nominated_on = in->nominated_on;
    n->name = in->name;
    n->gender = in->gender;
    n->ethnic = in->ethnic;
    n->party = in->party;
    n->education = in->education;
    n->employer = in->employer;
    n->job = in->job;
    n->reason = in->reason;
}

static struct flow_subject subject_of(struct nomination *n)
{
    return (struct flow_subject){ n->id, n->version, n->state, n->name, str_of(""), n };
}

bool nomination_may_edit(const struct nomination *n)
{
    return str_is(n->state, "nominated");
}

err nomination_save(struct rq *rq, i64 in_id, const struct nomination_input *in, i64 *id)
{
    struct nomination n = { .state = str_of("nominated"), .version = 1 };
    if (in_id) {
        TRY(rq_need_version(rq, in->version));
        TRY(list_find(rq, &NOMINATION_LIST, in_id, &n));
        if (!nomination_may_edit(&n))
            return err_make(ERR_CONFLICT, "nominations.checked");
        n.version = in->version;
    }
    str before = n.name;
    take(&n, in);
    TRY(check(rq, &n, in));
    if (in_id == 0) {
        TRY(nomination_store_add(rq->db, &n, &n.id));
        *id = n.id;
        struct flow_subject subject = subject_of(&n);
        return flow_begin(rq, &NOMINATIONS_FLOW, &subject, NULL);
    }
    *id = in_id;
    TRY(nomination_store_update(rq->db, &n));
    return audit_add(rq, &(struct audit_entry){ "nominations.edit", "nominations", n.id,
                                                .before = before, .after = n.name });
}

/* ---- the check and the list ---- */

/* Charter 37: who has done serious harm, was punished or sentenced, is under investigation, or is
 * not who he says he is, shall not be nominated. Whatever else stands against him is for the
 * parties to weigh (decline). */
err nomination_effect_propose(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct nomination *n = subject->row;
    const struct nomination_check_input *in = step->input;
    if (in->checked_on > rq->today)
        fault(rq, "checked_on", "nominations.future", str_of(""));
    if (in->checked_on < n->nominated_on)
        fault(rq, "checked_on", "nominations.before_named", str_of(""));
    TRY(faults(rq));
    n->ground = in->ground;
    n->checked_on = in->checked_on;
    n->checked_words = in->opinion;
    step->to = str_of(str_is(in->ground, "clear") ? "candidate" : "declined");
    return OK;
}

err nomination_effect_note(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct nomination *n = subject->row;
    const struct nomination_reason_input *in = step->input;
    (void)rq;
    n->note = in->opinion;
    return OK;
}

err nomination_effect_list(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct nomination *n = subject->row;
    const struct nomination_list_input *in = step->input;
    struct meeting_brief meeting;
    struct rows rows;
    bool vacant = n->vacant_seat_id == 0;
    i64 id;
    TRY(str_to_i64(in->meeting, &id) ? meeting_brief_find(rq, id, &meeting)
                                     : err_make(ERR_NOT_FOUND, "meetings.not_found"));
    if (meeting.to_on < n->checked_on) {
        fault(rq, "meeting", "nominations.before_check", str_of(""));
        return faults(rq);
    }
    TRY(nomination_store_list_vacancies(rq->db, rq->today, rq->mem, &rows));
    const struct nomination_vacancy *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        vacant = vacant || all[i].seat_id == n->vacant_seat_id;
    if (!vacant)
        return err_make(ERR_CONFLICT, "nominations.taken");
    n->meeting_id = meeting.id;
    n->meeting_title = meeting.title;
    n->note = str_of("");
    return OK;
}

err nomination_effect_unlist(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct nomination *n = subject->row;
    n->meeting_id = 0;
    n->meeting_title = str_of("");
    return nomination_effect_note(rq, subject, step);
}

/* ---- the vote ---- */

i64 nomination_needed(i64 standing)
{
    return standing / 2 + 1;
}

static err check_vote(struct rq *rq, const struct nomination *n,
                      const struct nomination_vote_input *in, struct member_standing *standing)
{
    struct meeting_brief meeting;
    TRY(meeting_brief_find(rq, n->meeting_id, &meeting));
    if (str_is(meeting.state, "cancelled"))
        return err_make(ERR_CONFLICT, "nominations.meeting_cancelled");
    TRY(member_count_standing(rq, in->on_on, standing));
    i64 votes = in->yes + in->no + in->abstained;
    if (in->on_on > rq->today)
        fault(rq, "on_on", "nominations.future", str_of(""));
    else if (in->on_on < meeting.from_on || in->on_on > meeting.to_on)
        rq_fault(rq, "on_on", "nominations.not_that_day", text_date(rq->mem, meeting.from_on),
                 text_date(rq->mem, meeting.to_on));
    else if (standing->all == 0)
        fault(rq, "on_on", "nominations.no_standing", str_of(""));
    else if (votes == 0)
        fault(rq, "yes", "nominations.no_votes", str_of(""));
    else if (votes > standing->able)
        rq_fault(rq, "yes", "nominations.too_many_votes", str_number(rq->mem, votes),
                 str_number(rq->mem, standing->able));
    return faults(rq);
}

/* Who has been a member goes on with the same record; who is new gets one, never that of somebody
 * else of his name (nomination_save has asked). */
static err add_member(struct rq *rq, struct nomination *n, const struct member_act *act)
{
    char result;
    const struct member_record record = { .name = n->name,
                                          .gender = n->gender,
                                          .ethnic = n->ethnic,
                                          .party = n->party,
                                          .education = n->education,
                                          .employer = n->employer,
                                          .job = n->job,
                                          .sector = act->sector,
                                          .source = str_of("nominations"),
                                          .source_id = str_number(rq->mem, n->id),
                                          .act = act->verb,
                                          .organ = act->organ,
                                          .document = act->document,
                                          .birth_on = n->birth_on,
                                          .from_on = act->on_on,
                                          .term_number = act->term_number };
    return member_save_record(rq, &record, &n->member_id, &result);
}

static err take_seat(struct rq *rq, struct nomination *n)
{
    struct session session;
    TRY(session_on(rq, n->voted_on, &session));
    const struct member_act act = { .verb = n->kind,
                                    .organ = n->meeting_title,
                                    .document = n->document,
                                    .sector = n->sector,
                                    .on_on = n->voted_on,
                                    .term_number = session.term_number };
    return n->member_id ? member_record_act(rq, n->member_id, &act) : add_member(rq, n, &act);
}

err nomination_check_count(struct rq *rq, const struct rows *rows)
{
    return rows->count > NOMINATIONS_MAX
               ? err_make_with(ERR_CONFLICT, "nominations.too_many",
                               str_number(rq->mem, NOMINATIONS_MAX), str_of(""))
               : OK;
}

err nomination_list_term(struct rq *rq, i64 term_number, struct rows *out)
{
    TRY(nomination_store_list_term(rq->db, term_number, rq->mem, out));
    return nomination_check_count(rq, out);
}

err nomination_seat(struct rq *rq, const struct nomination *n, const struct member_act *act)
{
    struct nomination seated = *n;
    if (n->member_id)
        return member_renew(rq, n->member_id, act);
    TRY(add_member(rq, &seated, act));
    return nomination_store_update(rq->db, &seated);
}

/* rules.md 8: a majority of all members of the standing committee, not of those who came. */
err nomination_effect_vote(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct nomination *n = subject->row;
    const struct nomination_vote_input *in = step->input;
    struct member_standing standing;
    TRY(check_vote(rq, n, in, &standing));
    n->voted_on = in->on_on;
    n->standing = standing.all;
    n->able = standing.able;
    n->yes = in->yes;
    n->no = in->no;
    n->abstained = in->abstained;
    n->document = in->document;
    if (in->yes < nomination_needed(standing.all)) {
        step->to = str_of("refused");
        return OK;
    }
    step->to = str_of("appointed");
    return n->term_number ? OK : take_seat(rq, n); /* of the coming term: when it begins */
}

err nomination_effect_certify(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct nomination *n = subject->row;
    const struct nomination_certify_input *in = step->input;
    if (in->certified_on > rq->today)
        fault(rq, "certified_on", "nominations.future", str_of(""));
    if (in->certified_on < n->voted_on)
        fault(rq, "certified_on", "nominations.before_vote", str_of(""));
    TRY(faults(rq));
    n->certificate = in->certificate;
    n->certified_on = in->certified_on;
    if (in->document.len)
        n->document = in->document;
    return OK;
}

/* ---- balance ---- */

str nomination_percent(struct arena *mem, i64 part, i64 whole)
{
    i64 tenths = whole ? (part * 1000 + whole / 2) / whole : 0;
    return arena_printf(mem, "%lld.%lld", (long long)(tenths / 10), (long long)(tenths % 10));
}

str nomination_share_words(struct rq *rq, const struct nomination_share *s)
{
    if (s->label.len == 0)
        return text_find("nominations.unknown");
    if (str_is(s->kind, "gender"))
        return text_label("members.gender", s->label);
    if (str_is(s->kind, "party"))
        return dictionary_label(rq, "members.parties", s->label);
    return str_is(s->kind, "age") ? text_label("nominations.age", s->label) : s->label;
}

/* ---- the flow ---- */

err nomination_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct nomination *n = arena_zero(rq->mem, sizeof *n);
    TRY(rq->actor->account_id ? list_find(rq, &NOMINATION_LIST, id, n)
                              : nomination_store_find(rq->db, id, rq->mem, n));
    *out = subject_of(n);
    return OK;
}

/* A certificate has its number alone; a vacant seat is put to the vote once. */
err nomination_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    struct nomination n = *(const struct nomination *)subject->row;
    n.state = to;
    err e = nomination_store_update(rq->db, &n);
    if (!err_is(e, "db.unique"))
        return e;
    return err_make(ERR_CONFLICT, str_is(to, "certified") ? "nominations.certificate_taken"
                                                          : "nominations.taken");
}

/* ---- the end ---- */

err nomination_forget(struct rq *rq, i64 id)
{
    struct nomination n;
    TRY(nomination_store_find(rq->db, id, rq->mem, &n));
    n.name = text_find("nominations.forgotten_name");
    n.birth_on = BIRTH_UNKNOWN;
    n.forgotten_at = rq->now_ms;
    TRY(flow_words_forget(rq, &NOMINATIONS_FLOW, id));
    return nomination_store_forget(rq->db, &n);
}
