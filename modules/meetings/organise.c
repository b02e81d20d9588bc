/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who may manage which meeting: the office all, the head of a committee (专委会主任) what his
 * committee organises, with its members. The one place that decides it; the list's scope says the
 * same of what he sees (meeting_list.c). */
#include "modules/meetings/meeting_rules.h"

#include "modules/accounts/account.h"
#include "modules/members/audience.h"
#include "modules/members/member.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

static const char COMMITTEE[] = "committee:", MEMBER[] = "member:";

/* The number behind a word, "committee:5"; 0 = it is no such group. */
static i64 number_of(str group, const char *word)
{
    i64 id = 0;
    if (!str_starts(group, str_of(word)))
        return 0;
    return str_to_i64(str_sub(group, strlen(word), group.len), &id) ? id : 0;
}

i64 meeting_committee(str organiser)
{
    return number_of(organiser, COMMITTEE);
}

bool meeting_is_core(str kind)
{
    return str_is(kind, "plenary") || str_is(kind, "standing") || str_is(kind, "chairs");
}

/* ---- who ---- */

bool meeting_is_office(const struct rq *rq)
{
    return rq->actor->account_id == 0 || actor_may(rq->actor, "meetings.manage");
}

/* Who heads a committee today and serves: a suspended head organises nothing. */
static err list_directors(struct rq *rq, i64 committee_id, ids *out)
{
    const struct member_body body = { committee_id, str_of("committee"), str_of("") };
    struct rows rows;
    TRY(member_list_holding(rq, &body, "director", &rows));
    const struct member_post *all = rows.items;
    i64 *directors = arena_array(rq->mem, rows.count + 1, sizeof *directors);
    *out = (ids){ directors, 0 };
    for (size_t i = 0; i < rows.count; i++) {
        bool serves;
        TRY(member_is_serving(rq, all[i].member_id, rq->today, &serves));
        if (serves)
            directors[out->count++] = all[i].person_id;
    }
    return OK;
}

static bool is_in(const ids *all, i64 id)
{
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i] == id)
            return true;
    return false;
}

static err heads(struct rq *rq, i64 committee_id, bool *out)
{
    ids directors = { 0 };
    if (committee_id && rq->actor->person_id)
        TRY(list_directors(rq, committee_id, &directors));
    *out = is_in(&directors, rq->actor->person_id);
    return OK;
}

err meeting_headed(struct rq *rq, ids *out)
{
    struct rows rows = { 0 };
    if (rq->actor->person_id && actor_may(rq->actor, "meetings.organise"))
        TRY(member_list_bodies(rq, rq->actor->person_id, &rows));
    const struct member_body *all = rows.items;
    i64 *headed = arena_array(rq->mem, rows.count + 1, sizeof *headed);
    *out = (ids){ headed, 0 };
    for (size_t i = 0; i < rows.count; i++) {
        bool his = false;
        if (str_is(all[i].body, "committee"))
            TRY(heads(rq, all[i].body_id, &his));
        if (his)
            headed[out->count++] = all[i].body_id;
    }
    return OK;
}

err meeting_may_begin(struct rq *rq)
{
    ids headed;
    if (meeting_is_office(rq))
        return OK;
    TRY(meeting_headed(rq, &headed));
    return headed.count ? OK : err_make(ERR_FORBIDDEN, "meetings.heads_none");
}

err meeting_manages(struct rq *rq, str organiser, str kind, bool *out)
{
    *out = meeting_is_office(rq);
    if (*out || meeting_is_core(kind) || !actor_may(rq->actor, "meetings.organise"))
        return OK;
    return heads(rq, meeting_committee(organiser), out);
}

err meeting_may_manage(struct rq *rq, const struct meeting *m)
{
    bool his;
    TRY(meeting_manages(rq, m->organiser, m->kind, &his));
    return his ? OK : err_make(ERR_FORBIDDEN, "meetings.not_his");
}

err meeting_find_managed(struct rq *rq, i64 id, struct meeting *out)
{
    TRY(meeting_find(rq, id, out));
    return meeting_may_manage(rq, out);
}

/* ---- what he chooses from ---- */

/* The committees of who is not the office. NOT_FOUND: he heads none, or the meeting of the path is
 * not his, and the handler says so. */
static err need_headed(struct rq *rq, ids *out)
{
    struct meeting m;
    if (rq->path_id && meeting_find_managed(rq, rq->path_id, &m).code)
        return err_make(ERR_NOT_FOUND, "meetings.not_found");
    TRY(meeting_headed(rq, out));
    return out->count ? OK : err_make(ERR_NOT_FOUND, "meetings.heads_none");
}

/* Keeps of choices the groups of his committees, and with singles whoever is named alone. */
static void keep(struct rows *choices, const ids *headed, bool singles)
{
    struct view_choice *all = choices->items;
    size_t kept = 0;
    for (size_t i = 0; i < choices->count; i++)
        if (is_in(headed, meeting_committee(all[i].value)) ||
            (singles && number_of(all[i].value, MEMBER)))
            all[kept++] = all[i];
    choices->count = kept;
}

err meeting_organisers(struct rq *rq, struct rows *out)
{
    ids headed;
    TRY(audience_bodies(rq, 1, out));
    struct view_choice *all = out->items;
    all[0] =
        (struct view_choice){ .value = str_of("office"), .label = text_find("meetings.office") };
    if (meeting_is_office(rq))
        return OK;
    TRY(need_headed(rq, &headed));
    keep(out, &headed, false);
    return OK;
}

err meeting_kinds(struct rq *rq, struct rows *out)
{
    struct rows rows;
    bool office = meeting_is_office(rq);
    TRY(dictionary_list(rq, "meetings.kinds", &rows));
    const struct dictionary_row *all = rows.items;
    struct view_choice *kinds = arena_array(rq->mem, rows.count + 1, sizeof *kinds);
    *out = (struct rows){ kinds, 0, sizeof *kinds };
    for (size_t i = 0; i < rows.count; i++)
        if (office || !meeting_is_core(all[i].code))
            kinds[out->count++] =
                (struct view_choice){ .value = all[i].code, .label = all[i].label };
    return OK;
}

err meeting_audience(struct rq *rq, struct rows *out)
{
    struct rows bodies;
    ids headed;
    if (meeting_is_office(rq))
        return audience_members(rq, out);
    TRY(need_headed(rq, &headed));
    TRY(audience_bodies(rq, 0, &bodies));
    keep(&bodies, &headed, false);
    *out = (struct rows){ .size = sizeof(struct view_choice) };
    struct view_choice *all = arena_array(rq->mem, 1, sizeof *all);
    for (size_t i = 0; i < bodies.count; i++) {
        const struct view_choice *body = &((const struct view_choice *)bodies.items)[i];
        struct rows rows;
        TRY(member_list_committee(rq, meeting_committee(body->value), &rows));
        const struct member *members = rows.items;
        struct view_choice *more = arena_array(rq->mem, out->count + rows.count + 1, sizeof *more);
        memcpy(more, all, out->count * sizeof *more);
        all = more;
        all[out->count++] = *body;
        for (size_t k = 0; k < rows.count; k++)
            all[out->count++] = (struct view_choice){
                .value = arena_printf(rq->mem, "%s%lld", MEMBER, (long long)members[k].id),
                .label = members[k].name,
                .hint = text_format(rq->mem, "audiences.members_of", body->label, str_of(""))
            };
    }
    out->items = all;
    return OK;
}

err meeting_invitable(struct rq *rq, struct rows *out)
{
    ids headed;
    if (meeting_is_office(rq))
        return audience_members(rq, out);
    TRY(need_headed(rq, &headed));
    TRY(audience_members(rq, out));
    keep(out, &headed, true);
    return OK;
}

err meeting_prefill(struct rq *rq, struct meeting *m)
{
    ids headed;
    if (meeting_is_office(rq))
        return OK;
    TRY(meeting_headed(rq, &headed));
    if (headed.count != 1)
        return OK;
    m->kind = str_of("committee");
    m->organiser = m->audience =
        arena_printf(rq->mem, "%s%lld", COMMITTEE, (long long)headed.items[0]);
    return OK;
}

/* ---- whom he may ask ---- */

/* Whether a member is in the committee that organises it. */
static err is_of_committee(struct rq *rq, str organiser, i64 member_id, bool *out)
{
    struct rows rows;
    TRY(member_list_committee(rq, meeting_committee(organiser), &rows));
    const struct member *all = rows.items;
    *out = false;
    for (size_t i = 0; i < rows.count; i++)
        *out = *out || all[i].id == member_id;
    return OK;
}

/* A speaker earns more than who is there: nobody of another committee becomes one afterwards. */
err meeting_may_ask(struct rq *rq, const struct meeting *m, i64 member_id, str role)
{
    bool his = meeting_is_office(rq) || str_is(role, "guest");
    bool speaker = str_is(role, "speaker");
    if (!his)
        TRY(is_of_committee(rq, m->organiser, member_id, &his));
    if (his || (speaker && str_is(m->state, "notified")))
        return OK;
    return err_make(ERR_FORBIDDEN, speaker ? "meetings.speaker_late" : "meetings.asks_others");
}

/* A group is his committee, or one of whom he may ask. */
err meeting_judge_audience(struct rq *rq, const struct meeting *m, str audience, str role)
{
    str group;
    if (meeting_is_office(rq))
        return OK;
    while (str_split(&audience, ' ', &group)) {
        err e = OK;
        if (group.len && !str_eq(group, m->organiser))
            e = number_of(group, MEMBER) ? meeting_may_ask(rq, m, number_of(group, MEMBER), role)
                                         : err_make(ERR_FORBIDDEN, "meetings.asks_others");
        TRY(e);
    }
    return OK;
}

/* ---- his to-do ---- */

err meeting_when_headed(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    const struct meeting *m = subject->row;
    (void)rq;
    *out = meeting_committee(m->organiser) > 0 && !meeting_is_core(m->kind);
    return OK;
}

err meeting_flow_holder(struct rq *rq, const struct flow_subject *subject,
                        const struct flow_todo *todo, ids *out)
{
    const struct meeting *m = subject->row;
    ids directors;
    (void)todo;
    TRY(list_directors(rq, meeting_committee(m->organiser), &directors));
    i64 *holders = arena_array(rq->mem, directors.count + 1, sizeof *holders);
    *out = (ids){ holders, 0 };
    for (size_t i = 0; i < directors.count; i++) {
        bool may = false;
        struct account account;
        TRY(account_find_of_person(rq, directors.items[i], &account));
        if (account.id)
            TRY(account_may(rq, account.id, "meetings.organise", &may));
        if (may) /* else it would lie with who cannot settle it */
            holders[out->count++] = directors.items[i];
    }
    return OK;
}

/* Whether who is to settle it now are those who have the to-do. */
static err is_handed_on(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    struct rows rows;
    ids holders;
    size_t same = 0, persons = 0;
    TRY(meeting_flow_holder(rq, subject, NULL, &holders));
    TRY(flow_todo_holders(rq, &MEETINGS_FLOW, subject->id, &rows));
    const struct flow_holder *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        bool person = str_is(all[i].holder, "person");
        persons += person;
        same += person && is_in(&holders, all[i].holder_id);
    }
    *out = same == persons && same == holders.count;
    return OK;
}

err meeting_todos_hand_on(struct rq *rq)
{
    struct rows rows;
    i64 after_id = 0;
    do {
        TRY(meeting_store_list_held(rq->db, after_id, rq->mem, &rows));
        struct meeting *all = rows.items;
        for (size_t i = 0; i < rows.count; i++) {
            struct flow_subject subject = { all[i].id,    all[i].version, all[i].state,
                                            all[i].title, str_of(""),     &all[i] };
            bool done;
            TRY(is_handed_on(rq, &subject, &done));
            if (!done)
                TRY(flow_todos_renew(rq, &MEETINGS_FLOW, &subject));
            after_id = all[i].id;
        }
    } while (rows.count == MEETINGS_HELD);
    return OK;
}
