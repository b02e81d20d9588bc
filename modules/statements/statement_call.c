/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Asking for reports: of whom and as what, reminding, the order in which an oral one goes. */
#include "modules/statements/statement_rules.h"

#include "modules/members/audience.h"
#include "modules/members/member.h"
#include "modules/scores/scores.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"

enum { PLACE_MAX = 9999 };

/* ---- whom ---- */

/* As what the members of a group report: its post, else as members. */
static str post_of(struct rq *rq, str group)
{
    str post = str_of("post:");
    if (!str_starts(group, post))
        return text_find("statements.as_member");
    return dictionary_label(rq, "members.posts", str_sub(group, post.len, group.len));
}

static bool is_among(const ids *people, i64 person_id)
{
    for (size_t i = 0; i < people->count; i++)
        if (people->items[i] == person_id)
            return true;
    return false;
}

static err ask(struct rq *rq, struct statement *s)
{
    TRY(statement_store_add(rq->db, s, &s->id));
    const struct flow_subject subject = statement_subject(rq, s);
    TRY(flow_begin_quiet(rq, &STATEMENTS_FLOW, &subject));
    return flow_todo_add(rq, &STATEMENTS_FLOW, &subject,
                         &(struct todo_new){ .holder = "person",
                                             .holder_id = s->person_id,
                                             .verb = "submit",
                                             .due_on = s->due_on,
                                             .url = arena_printf(rq->mem, "/statements/%lld/edit",
                                                                 (long long)s->id) });
}

/* Those of one group who serve and are not among the asked yet. */
static err ask_group(struct rq *rq, const struct statement_call *c, str group, ids *asked)
{
    struct rows readers;
    TRY(audience_readers(rq, group, &readers));
    const struct reader *all = readers.items;
    i64 *people = arena_array(rq->mem, asked->count + readers.count + 1, sizeof *people);
    memcpy(people, asked->items, asked->count * sizeof *people);
    asked->items = people;
    for (size_t i = 0; i < readers.count; i++) {
        struct member m;
        if (is_among(asked, all[i].person_id))
            continue;
        TRY(member_find_by_person(rq, all[i].person_id, &m));
        if (!str_is(m.status, "serving"))
            continue;
        people[asked->count++] = m.person_id;
        struct statement s = { .statement_call_id = c->id,
                               .state = str_of("draft"),
                               .member_id = m.id,
                               .person_id = m.person_id,
                               .name = m.name,
                               .sector = m.sector_name,
                               .post = post_of(rq, group),
                               .year = c->year,
                               .due_on = c->due_on,
                               .place = (i64)asked->count,
                               .version = 1 };
        TRY(ask(rq, &s));
    }
    return OK;
}

err statement_call_add(struct rq *rq, const struct statement_call_input *in, i64 *id)
{
    struct statement_call c = { .year = scores_year_of(rq, rq->today),
                                .title = in->title,
                                .audience = audience_join(rq->mem, &in->audience),
                                .form = in->form,
                                .due_on = in->due_on,
                                .note = in->note,
                                .called_at = rq->now_ms,
                                .caller_name = rq->actor->name };
    i64 none[1] = { 0 };
    ids asked = { none, 0 };
    /* Reports of a year are often asked for when it has just ended. */
    if (rq->today - scores_period_days(rq, c.year).from <
        setting_number(rq, "statements.last_year_days"))
        c.year--;
    if (in->due_on < rq->today) {
        rq_fault(rq, "due_on", "statements.due_past", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    TRY(audience_name(rq, c.audience, &c.audience_name));
    TRY(statement_call_store_add(rq->db, &c, &c.id));
    for (size_t i = 0; i < in->audience.count; i++)
        TRY(ask_group(rq, &c, in->audience.items[i], &asked));
    if (asked.count == 0) {
        rq_fault(rq, "audience", "statements.nobody", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    *id = c.id;
    return audit_add(rq, &(struct audit_entry){ .act = "statements.call",
                                                .object = "statement_calls",
                                                .object_id = c.id,
                                                .after = c.title });
}

/* ---- reminding ---- */

static err remind(struct rq *rq, const struct statement *s)
{
    const char *key =
        arena_printf(rq->mem, "statements.%lld.%lld", (long long)s->id, (long long)rq->today).ptr;
    return notify_send(rq, &(struct notify_to){ .person_id = s->person_id },
                       &(struct notify_message){
                           .text = "statements.told_remind",
                           .arg = { str_number(rq->mem, s->year), text_date(rq->mem, s->due_on) },
                           .url = arena_printf(rq->mem, "/statements/%lld/edit", (long long)s->id),
                           .key = key });
}

err statement_call_remind(struct rq *rq, i64 id, i64 *count)
{
    struct statement_call c;
    struct rows rows;
    TRY(list_find(rq, &STATEMENT_CALL_LIST, id, &c));
    TRY(statement_store_list_call(rq->db, id, rq->mem, &rows));
    const struct statement *all = rows.items;
    *count = 0;
    for (size_t i = 0; i < rows.count; i++) {
        if (!str_is(all[i].state, "draft") && !str_is(all[i].state, "revising"))
            continue;
        TRY(remind(rq, &all[i]));
        ++*count;
    }
    return audit_add(rq, &(struct audit_entry){ .act = "statements.remind",
                                                .object = "statement_calls",
                                                .object_id = id,
                                                .after = str_number(rq->mem, *count) });
}

/* ---- the order ---- */

static err place(struct rq *rq, struct statement *s, str typed)
{
    i64 wanted;
    if (!str_to_i64(typed, &wanted) || wanted < 1 || wanted > PLACE_MAX) {
        rq_fault(rq, "places", "statements.bad_place", s->name, str_of(""));
        return OK;
    }
    if (s->place == wanted)
        return OK;
    s->place = wanted;
    return statement_store_place(rq->db, s);
}

/* What stands, line by line of what was typed. */
static struct statement_order_input stored_order(struct rq *rq,
                                                 const struct statement_order_input *in,
                                                 const struct rows *rows)
{
    struct statement_order_input out = *in;
    const struct statement *all = rows->items;
    out.places = (strs){ 0 };
    for (size_t i = 0; i < in->statements.count; i++) {
        i64 place = 0;
        for (size_t k = 0; k < rows->count; k++)
            place = all[k].id == in->statements.items[i] ? all[k].place : place;
        strs_add(rq->mem, &out.places, str_number(rq->mem, place));
    }
    return out;
}

err statement_call_order(struct rq *rq, const struct statement_order_input *in)
{
    struct statement_call c;
    struct rows rows;
    TRY(list_find(rq, &STATEMENT_CALL_LIST, in->id, &c));
    TRY(statement_store_list_call(rq->db, in->id, rq->mem, &rows));
    struct statement *all = rows.items;
    const struct statement_order_input stored = stored_order(rq, in, &rows);
    TRY(conflict_check(rq, "web.version", in->version, c.version, &stored));
    for (size_t i = 0; i < in->statements.count && i < in->places.count; i++)
        for (size_t k = 0; k < rows.count; k++)
            if (all[k].id == in->statements.items[i])
                TRY(place(rq, &all[k], in->places.items[i]));
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    TRY(statement_call_store_raise(rq->db, &c));
    return audit_add(rq, &(struct audit_entry){ .act = "statements.order",
                                                .object = "statement_calls",
                                                .object_id = in->id,
                                                .after = c.title });
}
