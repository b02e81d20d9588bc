/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of joint reporters (reporter.h): whom the typed names mean, asking, answering in time,
 * telling; the page of an invitation. */
#include "modules/opinions/reporter.h"

#include "modules/members/member.h"
#include "modules/opinions/opinion_store.h"
#include "modules/opinions/opinion_views.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/opinions.h"

enum { HOUR_MS = 3600 * 1000, LAPSED_AT_ONCE = 50 };

static str path_of(struct rq *rq, const char *what, i64 id)
{
    return arena_printf(rq->mem, "/%s/%lld", what, (long long)id);
}

static void fault(struct rq *rq, const char *name, str more)
{
    rq_fault(rq, "joint", name, more, str_of(""));
}

/* ---- names ---- */

/* The typed names one by one: between commas, 、, semicolons, spaces. */
static strs names_of(struct rq *rq, str typed)
{
    strs names = { 0 };
    str marks = text_find("opinions.name_marks"), mark;
    struct buf *b = buf_new(rq->mem, 4096);
    while (typed.len) {
        size_t skip = str_starts(typed, str_of(" "));
        str rest = marks;
        while (skip == 0 && str_split(&rest, '|', &mark))
            skip = mark.len && str_starts(typed, mark) ? mark.len : 0;
        buf_add(b, skip ? str_of("\n") : str_sub(typed, 0, 1));
        typed = str_sub(typed, skip ? skip : 1, typed.len);
    }
    str all = buf_str(b), one;
    while (str_split(&all, '\n', &one))
        if (str_trim(one).len)
            strs_add(rq->mem, &names, str_trim(one));
    return names;
}

static bool is_among(const struct rows *rows, i64 person_id)
{
    const struct member *all = rows->items;
    for (size_t i = 0; i < rows->count; i++)
        if (all[i].person_id == person_id)
            return true;
    return false;
}

/* The only serving member of a name. */
static err add_named(struct rq *rq, const struct opinion *o, str name, struct rows *out)
{
    struct rows found;
    const struct member *one = NULL;
    size_t serving = 0;
    TRY(member_list_by_name(rq, name, &found));
    const struct member *all = found.items;
    for (size_t i = 0; i < found.count; i++) {
        bool serves = false;
        TRY(member_is_serving(rq, all[i].id, rq->today, &serves));
        serving += serves;
        one = serves ? &all[i] : one;
    }
    if (serving != 1)
        fault(rq, serving ? "opinions.joint_several" : "opinions.joint_unknown", name);
    else if (one->person_id == o->person_id)
        fault(rq, "opinions.joint_self", str_of(""));
    else if (is_among(out, one->person_id))
        fault(rq, "opinions.joint_twice", name);
    else
        ((struct member *)out->items)[out->count++] = *one;
    return OK;
}

err reporter_members(struct rq *rq, const struct opinion *o, struct rows *out)
{
    strs names = names_of(rq, o->joint);
    *out = (struct rows){ arena_array(rq->mem, REPORTERS_MAX, sizeof(struct member)), 0,
                          sizeof(struct member) };
    if (names.count >= REPORTERS_MAX) {
        fault(rq, "opinions.joint_many", arena_printf(rq->mem, "%d", REPORTERS_MAX - 1));
        return OK;
    }
    for (size_t i = 0; i < names.count; i++)
        TRY(add_named(rq, o, names.items[i], out));
    return OK;
}

/* ---- asking, ending ---- */

static err ask(struct rq *rq, const struct opinion *o, const struct member *m, i64 rank)
{
    struct reporter *r = arena_zero(rq->mem, sizeof *r);
    *r = (struct reporter){ .opinion_id = o->id,
                            .rank = rank,
                            .person_id = m->person_id,
                            .name = m->name,
                            .title = o->title,
                            .lead_name = o->reporter_name,
                            .state = str_of("asked"),
                            .asked_at = rq->now_ms,
                            .version = 1 };
    r->expires_at = rq->now_ms + setting_number(rq, "opinions.joint_hours") * HOUR_MS;
    TRY(reporter_store_add(rq->db, r, &r->id));
    struct flow_subject subject = { r->id, 1, r->state, r->title, str_of(""), r };
    return flow_begin(rq, &REPORTERS_FLOW, &subject, NULL);
}

err reporter_ask_all(struct rq *rq, const struct opinion *o)
{
    struct rows rows;
    TRY(reporter_members(rq, o, &rows));
    const struct member *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(ask(rq, o, &all[i], (i64)i + 2));
    return OK;
}

err reporter_list(struct rq *rq, i64 opinion_id, struct rows *out)
{
    return reporter_store_list(rq->db, opinion_id, rq->mem, out);
}

err reporter_lapse_all(struct rq *rq, i64 opinion_id)
{
    struct rows rows;
    TRY(reporter_list(rq, opinion_id, &rows));
    const struct reporter *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(flow_move(rq, &REPORTERS_FLOW, all[i].id, "lapse", NULL));
    return OK;
}

err job_reporter_lapse(struct rq *rq, bool *again)
{
    struct rows rows;
    TRY(reporter_store_list_due(rq->db, rq->now_ms, LAPSED_AT_ONCE, rq->mem, &rows));
    const struct reporter *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(flow_move(rq, &REPORTERS_FLOW, all[i].id, "lapse", NULL));
    *again = rows.count == LAPSED_AT_ONCE;
    return OK;
}

static err tell(struct rq *rq, struct notify_to to, const struct notify_message *message)
{
    if (!to.account_id && !to.person_id)
        return OK; /* written down for somebody who does not sign in */
    to.except_account_id = rq->actor->account_id;
    return notify_send(rq, &to, message);
}

static struct notify_to writer_of(const struct opinion *o)
{
    return o->person_id ? (struct notify_to){ .person_id = o->person_id }
                        : (struct notify_to){ .account_id = o->account_id };
}

err reporter_tell_all(struct rq *rq, const struct opinion *o, const char *text, str more)
{
    struct rows rows;
    const struct notify_message message = { .text = text,
                                            .arg = { o->title, more },
                                            .url = path_of(rq, "opinions", o->id) };
    TRY(tell(rq, writer_of(o), &message));
    TRY(reporter_list(rq, o->id, &rows));
    const struct reporter *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_is(all[i].state, "joined"))
            TRY(tell(rq, (struct notify_to){ .person_id = all[i].person_id }, &message));
    return OK;
}

/* ---- the flow ---- */

const char *reporter_tone(str state)
{
    const struct flow_state *s = flow_state_find(&REPORTERS_FLOW, state);
    return s ? s->tone : "idle";
}

/* His own; the house itself sees each. */
err reporter_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct reporter *r = arena_zero(rq->mem, sizeof *r);
    err e = reporter_store_find(rq->db, id, rq->mem, r);
    bool own = r->person_id > 0 && r->person_id == rq->actor->person_id;
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_NONE && rq->actor->account_id && !own))
        return err_make(ERR_NOT_FOUND, "reporters.not_found");
    TRY(e);
    *out = (struct flow_subject){ r->id, r->version, r->state, r->title, str_of(""), r };
    return OK;
}

err reporter_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    return reporter_store_update(rq->db, subject->row, to);
}

err reporter_flow_holder(struct rq *rq, const struct flow_subject *subject,
                         const struct flow_todo *todo, ids *out)
{
    (void)todo;
    *out = (ids){ arena_array(rq->mem, 1, sizeof(i64)), 1 };
    out->items[0] = ((const struct reporter *)subject->row)->person_id;
    return OK;
}

/* In time, while he serves. */
err reporter_guard_answer(struct rq *rq, const struct flow_subject *subject)
{
    const struct reporter *r = subject->row;
    struct member m;
    bool serving = false;
    if (r->person_id != rq->actor->person_id)
        return err_make(ERR_FORBIDDEN, "opinions.not_yours");
    if (rq->now_ms > r->expires_at)
        return err_make(ERR_CONFLICT, "reporters.expired");
    TRY(member_find_by_person(rq, r->person_id, &m));
    TRY(member_is_serving(rq, m.id, rq->today, &serving));
    return serving ? OK : err_make(ERR_FORBIDDEN, "opinions.not_serving");
}

err reporter_effect_answer(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct reporter *r = subject->row;
    struct opinion o;
    r->answered_at = rq->now_ms;
    TRY(opinion_store_find(rq->db, r->opinion_id, rq->mem, &o));
    const struct notify_message message = { .text = strcmp(step->action->verb, "join") == 0
                                                        ? "reporters.told_joined"
                                                        : "reporters.told_declined",
                                            .arg = { o.title, r->name },
                                            .url = path_of(rq, "opinions", o.id) };
    return tell(rq, writer_of(&o), &message);
}

/* ---- the invitation ---- */

static const struct field REPORTER[] = {
    FIELD(struct reporter, id),        FIELD(struct reporter, opinion_id),
    FIELD(struct reporter, name),      FIELD(struct reporter, title),
    FIELD(struct reporter, lead_name), FIELD(struct reporter, state),
    FIELD(struct reporter, asked_at),  FIELD(struct reporter, expires_at),
    FIELD(struct reporter, version),   { 0 },
};

err page_reporter_list(struct rq *rq, struct res *res)
{
    (void)rq;
    res_redirect(res, str_of("/opinions"));
    return OK;
}

err page_reporter_show(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    struct opinion o = { 0 };
    TRY(reporter_flow_load(rq, rq->path_id, &subject));
    struct reporter_page v = { .r = subject.row, .o = &o };
    if (!str_is(v.r->state, "declined") && !str_is(v.r->state, "lapsed"))
        TRY(opinion_open(rq, v.r->opinion_id, &o));
    v.allowed = flow_allowed(rq, &REPORTERS_FLOW, &subject);
    if (rq->api) {
        struct json j = json_begin(rq);
        json_fields(&j, REPORTER, v.r);
        flow_json_allowed(&j, "actions", &REPORTERS_FLOW, &subject, &v.allowed);
        json_send(&j, res);
        return OK;
    }
    v.crumbs = view_crumbs(rq->mem, "opinions", text_find("reporters.page.show"));
    struct out *out = page_begin(rq, text_find("reporters.page.show"), "opinions");
    view_opinions_invitation(out, &v);
    page_end(res, out);
    return OK;
}
