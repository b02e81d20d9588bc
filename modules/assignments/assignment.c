/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handing out, who may see, and where a matter stands: the face to other modules. Steps:
 * assignment_steps.c; answers: assignment_reply.c; what a page shows: assignment_sheet.c. Verdicts:
 * modules/evaluations. */
#include "modules/assignments/assignment_origin.h"
#include "modules/assignments/assignment_rules.h"
#include "modules/assignments/assignment_title.h"
#include "modules/orgs/org.h"
#include "platform/calendar/calendar.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

/* ---- seeing ---- */

bool assignment_is_own(const struct rq *rq, const struct assignment *a)
{
    return rq->actor->agency_id > 0 && rq->actor->agency_id == a->agency_id;
}

bool assignment_works_for(const struct rq *rq, i64 agency_id)
{
    const struct actor *actor = rq->actor;
    return agency_id > 0 &&
           (actor->agency_id == agency_id ||
            (actor->delegator_account_id > 0 && actor->delegate_agency_id == agency_id));
}

bool assignment_answers(const struct assignment *a)
{
    return !str_is(a->role, "cohost");
}

struct matter_key assignment_matter(const struct assignment *a)
{
    return (struct matter_key){ a->matter, a->matter_id };
}

static err may_read(struct rq *rq, const struct assignment *a, bool *out)
{
    *out = actor_scope(rq->actor, "assignments.read") == SCOPE_ORG ||
           (actor_scope(rq->actor, "assignments.read") == SCOPE_AGENCY &&
            assignment_is_own(rq, a) && !str_is(a->state, "reassigned"));
    if (*out || rq->actor->person_id == 0)
        return OK;
    if (!assignment_answers(a) || a->first_replied_at == 0)
        return OK;
    struct matter_key key = assignment_matter(a);
    return assignment_store_is_asked(rq->db, &key, rq->actor->person_id, out);
}

err assignment_find(struct rq *rq, i64 id, struct assignment *out)
{
    bool seen = false;
    err e = assignment_store_find(rq->db, id, rq->mem, out);
    if (e.code == ERR_NOT_FOUND)
        return err_make(ERR_NOT_FOUND, "assignments.not_found");
    TRY(e);
    TRY(may_read(rq, out, &seen));
    return seen ? OK : err_make(ERR_NOT_FOUND, "assignments.not_found");
}

err assignment_find_house(struct rq *rq, i64 id, struct assignment *out)
{
    return assignment_store_find(rq->db, id, rq->mem, out);
}

err assignment_list_of(struct rq *rq, const char *collection, i64 matter_id, struct rows *out)
{
    struct matter_key key = { str_of(collection), matter_id };
    TRY(assignment_store_list(rq->db, &key, rq->mem, out));
    struct assignment *all = out->items;
    size_t kept = 0;
    for (size_t i = 0; i < out->count; i++)
        if (!str_is(all[i].state, "reassigned"))
            all[kept++] = all[i];
    out->count = kept;
    return OK;
}

err assignment_persons(struct rq *rq, const char *collection, i64 matter_id, ids *out)
{
    struct matter_key key = { str_of(collection), matter_id };
    struct rows rows;
    TRY(assignment_store_list_persons(rq->db, &key, rq->mem, &rows));
    const struct assignment_person *all = rows.items;
    *out = (ids){ arena_array(rq->mem, rows.count + 1, sizeof(i64)), 0 };
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].person_id > 0)
            out->items[out->count++] = all[i].person_id;
    return OK;
}

err assignment_list_persons(struct rq *rq, const struct assignment *a, struct rows *out)
{
    struct matter_key key = assignment_matter(a);
    return assignment_store_list_persons(rq->db, &key, rq->mem, out);
}

err assignment_list_items(struct rq *rq, const struct assignment *a, struct rows *out)
{
    struct matter_key key = assignment_matter(a);
    return assignment_store_list_items(rq->db, &key, rq->mem, out);
}

err assignment_count_talk_days(struct rq *rq, const struct assignment *a, i64 *out)
{
    struct matter_key key = assignment_matter(a);
    struct rows rows;
    i64 last = 0;
    *out = 0;
    TRY(contact_store_list(rq->db, &key, rq->mem, &rows));
    const struct contact *all = rows.items; /* in order of their days */
    for (size_t i = 0; i < rows.count; i++) {
        if (all[i].assignment_id != a->id || all[i].held_on == last)
            continue;
        last = all[i].held_on;
        ++*out;
    }
    return OK;
}

err assignment_works_on(struct rq *rq, const char *collection, i64 matter_id, bool *out)
{
    const struct actor *actor = rq->actor;
    TRY(assignment_is_with(rq, collection, matter_id, actor->agency_id, out));
    if (*out || actor->delegator_account_id == 0)
        return OK;
    return assignment_is_with(rq, collection, matter_id, actor->delegate_agency_id, out);
}

err assignment_is_with(struct rq *rq, const char *collection, i64 matter_id, i64 agency_id,
                       bool *out)
{
    struct matter_key key = { str_of(collection), matter_id };
    i64 count = 0;
    *out = false;
    if (agency_id <= 0)
        return OK;
    TRY(assignment_store_count(rq->db, &key, agency_id, &count));
    *out = count > 0;
    return OK;
}

/* ---- telling ---- */

static struct notify_message message_of(struct rq *rq, const struct assignment *a, const char *text,
                                        str more)
{
    return (struct notify_message){ .text = text,
                                    .arg = { a->matter_title, more },
                                    .url = arena_printf(rq->mem, "/assignments/%lld",
                                                        (long long)a->id) };
}

err assignment_tell_agency(struct rq *rq, const struct assignment *a, const char *text, str more)
{
    struct notify_to to = { .agency_id = a->agency_id, .except_account_id = rq->actor->account_id };
    struct notify_message message = message_of(rq, a, text, more);
    return notify_send(rq, &to, &message);
}

err assignment_tell_permission(struct rq *rq, const struct assignment *a, const char *permission,
                               const char *text)
{
    struct notify_to to = { .permission = permission, .except_account_id = rq->actor->account_id };
    struct notify_message message = message_of(rq, a, text, a->agency_name);
    return notify_send(rq, &to, &message);
}

/* ---- handing out ---- */

err assignment_host_due(struct rq *rq, const struct assignment *a, i64 *out)
{
    struct rows rows;
    *out = 0;
    TRY(assignment_list_of(rq, arena_cstr(rq->mem, a->matter), a->matter_id, &rows));
    const struct assignment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_is(all[i].role, "host"))
            *out = all[i].due_on;
    return OK;
}

/* rules.md 2.3: one sole; or one host with any cohosts; or two or more split. */
static bool roles_fit(const struct assignment_new *agencies, size_t count)
{
    size_t sole = 0, host = 0, cohost = 0, split = 0;
    for (size_t i = 0; i < count; i++) {
        str role = str_of(agencies[i].role);
        sole += str_is(role, "sole");
        host += str_is(role, "host");
        cohost += str_is(role, "cohost");
        split += str_is(role, "split");
    }
    return (sole == 1 && count == 1) || (host == 1 && host + cohost == count) ||
           (split >= 2 && split == count);
}

static bool is_twice(const struct assignment_new *agencies, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = i + 1; k < count; k++)
            if (agencies[i].agency_id == agencies[k].agency_id)
                return true;
    return false;
}

err assignment_check_agency(struct rq *rq, const struct matter_key *key, i64 agency_id,
                            struct org *out)
{
    i64 count = 0;
    err e = org_find(rq, agency_id, out);
    bool known = e.code == ERR_NONE;
    if (e.code != ERR_NOT_FOUND)
        TRY(e);
    if (!known || !out->agency || out->from_on > rq->today ||
        (out->to_on > 0 && out->to_on < rq->today))
        return err_make_with(ERR_INVALID, "assignments.not_an_agency",
                             known ? out->name : str_of(""), str_of(""));
    TRY(assignment_store_count(rq->db, key, agency_id, &count));
    return count == 0
               ? OK
               : err_make_with(ERR_INVALID, "assignments.agency_twice", out->name, str_of(""));
}

err assignment_begin(struct rq *rq, struct assignment *a)
{
    TRY(assignment_store_add(rq->db, a, &a->id));
    return flow_move(rq, &ASSIGNMENTS_FLOW, a->id, "assign",
                     &(struct begin_input){ .by = rq->actor->name });
}

static err add_one(struct rq *rq, const struct matter *matter, const struct assignment_new *new,
                   i64 host_due)
{
    struct matter_key key = { str_of(matter->collection), matter->id };
    struct org agency;
    TRY(assignment_check_agency(rq, &key, new->agency_id, &agency));
    struct assignment a = { .matter = key.matter,
                            .matter_id = key.matter_id,
                            .matter_title = matter->title,
                            .matter_number = matter->number,
                            .session_id = matter->session_id,
                            .agency_id = agency.id,
                            .agency_name = agency.name,
                            .role = str_of(new->role),
                            .round = 1,
                            .dispatcher_id = rq->actor->agency_id,
                            .assigned_at = rq->now_ms,
                            .assigned_by = rq->actor->account_id,
                            .plenary = matter->plenary,
                            .party = matter->party,
                            .plain = matter->plain,
                            .examine = matter->examine,
                            .numbered = matter->numbered,
                            .accept_due_on = matter->accept_due_on,
                            .extend_to_on = matter->extend_to_on,
                            .due_on = new->due_on };
    struct due_ask ask = assignment_due_ask(rq, &a);
    if (a.due_on <= 0)
        a.due_on = assignment_due(rq, &ask);
    if (!assignment_answers(&a) && a.due_on > host_due)
        a.due_on = host_due; /* the host needs it before its own day */
    return assignment_begin(rq, &a);
}

/* Whose the items are, and whom each one's letter is for. */
static err add_origins(struct rq *rq, const struct matter_key *key, const struct matter *matter,
                       struct assignment_item *items)
{
    size_t at = 0;
    for (size_t i = 0; i < matter->origin_count; i++) {
        const struct matter_origin *o = &matter->origins[i];
        TRY(origin_store_add(rq->db, key,
                             &(struct assignment_origin){
                                 (i64)i + 1, o->id, o->number, o->title,
                                 origin_addressee(rq, &o->persons, &o->names) }));
        for (size_t k = 0; k < o->items; k++, at++) {
            items[at].origin_id = o->id;
            items[at].origin_number = (i64)k + 1;
        }
    }
    return OK;
}

static str name_of(const strs *names, size_t i)
{
    return i < names->count ? names->items[i] : str_of("");
}

static bool has_person(const ids *persons)
{
    for (size_t i = 0; i < persons->count; i++)
        if (persons->items[i] > 0)
            return true;
    return false;
}

/* Who of one matter is asked for a verdict: its persons or, where it has none, the body or the
 * stranger who is named first. The first of them is its lead (setting assignments.close_rule);
 * among all of what is answered together one is asked once. */
static void mark_verdicts(struct assignment_person *all, size_t count, const ids *persons,
                          const strs *names)
{
    bool of_persons = has_person(persons), lead = true;
    for (size_t i = 0; i < persons->count && (lead || of_persons); i++) {
        i64 person_id = persons->items[i];
        if (of_persons && person_id == 0)
            continue;
        for (size_t k = 0; k < count; k++)
            if (all[k].person_id == person_id &&
                (person_id > 0 || str_eq(all[k].name, name_of(names, i))) &&
                (lead || all[k].verdict.len == 0))
                all[k].verdict = str_of(lead ? "lead" : "asked");
        lead = false;
    }
}

static err add_persons(struct rq *rq, const struct matter_key *key, const struct matter *matter)
{
    size_t count = matter->persons.count;
    struct assignment_person *all = arena_array(rq->mem, count + 1, sizeof *all);
    for (size_t i = 0; i < count; i++)
        all[i] = (struct assignment_person){ .position = (i64)i + 1,
                                             .person_id = matter->persons.items[i],
                                             .name = name_of(&matter->names, i) };
    for (size_t i = 0; i < matter->origin_count && !matter->plain; i++)
        mark_verdicts(all, count, &matter->origins[i].persons, &matter->origins[i].names);
    if (matter->origin_count == 0 && !matter->plain)
        mark_verdicts(all, count, &matter->persons, &matter->names);
    for (size_t i = 0; i < count; i++)
        TRY(assignment_store_add_person(rq->db, key, &all[i]));
    return OK;
}

static err add_parts(struct rq *rq, const struct matter_key *key, const struct matter *matter)
{
    struct assignment_item *items = arena_array(rq->mem, matter->items.count + 1, sizeof *items);
    if (matter->items.count > ASSIGNMENT_ITEMS_MAX)
        return err_make_with(ERR_CONFLICT, "assignments.too_many_items",
                             arena_printf(rq->mem, "%d", ASSIGNMENT_ITEMS_MAX), str_of(""));
    for (size_t i = 0; i < matter->items.count; i++)
        items[i] = (struct assignment_item){ .number = (i64)i + 1, .text = matter->items.items[i] };
    TRY(add_origins(rq, key, matter, items));
    for (size_t i = 0; i < matter->items.count; i++)
        TRY(assignment_store_add_item(rq->db, key, &items[i]));
    return add_persons(rq, key, matter);
}

static err check_roles(const struct assignment_new *agencies, size_t count)
{
    if (!roles_fit(agencies, count))
        return err_make(ERR_INVALID, "assignments.roles");
    return is_twice(agencies, count)
               ? err_make_with(ERR_INVALID, "assignments.agency_twice", str_of(""), str_of(""))
               : OK;
}

err assignment_judge(struct rq *rq, const char *collection, i64 matter_id,
                     const struct assignment_new *agencies, size_t count)
{
    const struct matter_key key = { str_of(collection), matter_id };
    struct org org;
    TRY(check_roles(agencies, count));
    for (size_t i = 0; i < count; i++)
        TRY(assignment_check_agency(rq, &key, agencies[i].agency_id, &org));
    return OK;
}

err assignment_hand_out(struct rq *rq, const struct matter *matter,
                        const struct assignment_new *agencies, size_t count)
{
    struct matter_key key = { str_of(matter->collection), matter->id };
    struct due_ask ask = { str_of("host"), matter->plenary, matter->party, rq->today };
    i64 already = 0, host_due = assignment_due(rq, &ask);
    TRY(check_roles(agencies, count));
    TRY(assignment_store_count(rq->db, &key, 0, &already));
    if (already > 0)
        return err_make(ERR_CONFLICT, "assignments.already");
    TRY(add_parts(rq, &key, matter));
    for (size_t i = 0; i < count; i++)
        if (str_is(str_of(agencies[i].role), "host") && agencies[i].due_on > 0)
            host_due = agencies[i].due_on;
    for (size_t i = 0; i < count; i++)
        TRY(add_one(rq, matter, &agencies[i], host_due));
    return OK;
}

/* ---- again, and the end ---- */

/* rules.md 2.6: not satisfied → handled and answered again. */
err assignment_redo(struct rq *rq, i64 id, i64 due_on)
{
    struct begin_input in = { .by = rq->actor->name, .due_on = due_on };
    if (due_on <= 0)
        in.due_on = calendar_due(calendar_current(), rq->today,
                                 setting_number(rq, "assignments.redo_months"), "months", true);
    return flow_move(rq, &ASSIGNMENTS_FLOW, id, "redo", &in);
}

err assignment_close(struct rq *rq, const char *collection, i64 matter_id)
{
    struct rows rows;
    TRY(assignment_list_of(rq, collection, matter_id, &rows));
    const struct assignment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (!str_is(all[i].state, "closed"))
            TRY(flow_move(rq, &ASSIGNMENTS_FLOW, all[i].id, "close", NULL));
    return OK;
}

err assignment_retitle(struct rq *rq, const char *collection, i64 matter_id, str title)
{
    const struct matter_key key = { str_of(collection), matter_id };
    const struct matter_retitled fact = { key.matter, title };
    TRY(assignment_store_retitle(rq->db, &key, title));
    return event_emit(rq, "assignments.retitled", matter_id, &fact);
}

err assignment_cancel(struct rq *rq, const char *collection, i64 matter_id)
{
    struct rows rows;
    struct begin_input in = { .by = rq->actor->name };
    TRY(assignment_list_of(rq, collection, matter_id, &rows));
    const struct assignment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        if (str_is(all[i].state, "closed"))
            continue;
        TRY(flow_move(rq, &ASSIGNMENTS_FLOW, all[i].id, "cancel", &in));
        TRY(assignment_tell_agency(rq, &all[i], "assignments.told_cancelled", str_of("")));
    }
    return OK;
}
