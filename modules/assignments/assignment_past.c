/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Stores what agencies did in earlier years (assignment_past.h). */
#include "modules/assignments/assignment_past.h"

#include "modules/assignments/assignment_past_store.h"

/* One matter on its way in. there: struct assignment rows that it has already. */
struct past {
    struct rq *rq;
    const struct matter *matter;
    struct matter_key key;
    struct rows there;
};

/* Whom the answer was for. Nobody is asked for a verdict: what was said then is recorded by the
 * matter as a whole. */
static err persons_store(const struct past *p)
{
    const struct matter *m = p->matter;
    TRY(past_store_clear_persons(p->rq->db, &p->key));
    for (size_t i = 0; i < m->names.count; i++) {
        const struct assignment_person person = { .position = (i64)i + 1,
                                                  .person_id = m->persons.items[i],
                                                  .name = m->names.items[i] };
        TRY(assignment_store_add_person(p->rq->db, &p->key, &person));
    }
    return OK;
}

static err reply_put(const struct past *p, i64 assignment_id, const struct assignment_past *one)
{
    if (str_is(one->role, "cohost")) /* it may have been the host in an earlier list */
        return past_store_clear_reply(p->rq->db, assignment_id);
    return past_store_put_reply(p->rq->db, assignment_id, one);
}

static err contact_put(const struct past *p, i64 assignment_id, const struct assignment_past *one)
{
    str names = str_of("");
    TRY(past_store_clear_contacts(p->rq->db, assignment_id));
    if (one->talked_on == 0)
        return OK;
    if (p->matter->names.count)
        names = p->matter->names.items[0];
    const struct contact c = { .assignment_id = assignment_id,
                               .round = 1,
                               .way = one->talk_way,
                               .held_on = one->talked_on,
                               .with_whom = names,
                               .content = str_of(""),
                               .recorded_at = p->rq->now_ms };
    return contact_store_add(p->rq->db, &c);
}

static err part_store(const struct past *p, struct assignment *a, const struct assignment_past *one)
{
    struct db *db = p->rq->db;
    if (!a->id) {
        TRY(assignment_store_add(db, a, &a->id));
        a->version = 1;
    }
    a->due_on = one->due_on;
    a->accepted_at = a->accepted_by = 0; /* lists do not tell */
    a->replied_at = a->first_replied_at = one->replied_at;
    a->was_late = a->first_late = one->late;
    a->closed_at = one->closed_at;
    a->talks = one->talked_on > 0;
    a->contacted_on = one->talked_on;
    TRY(assignment_store_update(db, a, str_of("closed")));
    a->version++;
    TRY(past_store_set_part(db, a));
    TRY(reply_put(p, a->id, one));
    TRY(contact_put(p, a->id, one));
    return event_emit(p->rq, "assignments.retold", a->id, NULL);
}

static err part_put(const struct past *p, const struct assignment_past *one)
{
    const struct matter *m = p->matter;
    struct assignment a = { .matter = p->key.matter, .matter_id = m->id, .round = 1 };
    const struct assignment *all = p->there.items;
    for (size_t i = 0; i < p->there.count; i++)
        if (all[i].agency_id == one->agency_id)
            a = all[i];
    a.agency_id = one->agency_id;
    a.agency_name = one->name;
    a.role = one->role;
    a.matter_title = m->title;
    a.matter_number = m->number;
    a.session_id = m->session_id;
    a.assigned_at = one->assigned_at;
    a.plenary = m->plenary;
    a.party = m->party;
    return part_store(p, &a, one);
}

static bool is_named(const struct assignment *a, const struct assignment_past *all, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (all[i].agency_id == a->agency_id)
            return true;
    return false;
}

err assignment_put_past(struct rq *rq, const struct matter *matter,
                        const struct assignment_past *all, size_t count)
{
    struct past p = { .rq = rq,
                      .matter = matter,
                      .key = { str_of(matter->collection), matter->id } };
    TRY(assignment_list_of(rq, matter->collection, matter->id, &p.there));
    struct assignment *there = p.there.items;
    for (size_t i = 0; i < p.there.count; i++)
        if (!is_named(&there[i], all, count)) { /* a corrected list names others */
            TRY(assignment_store_update(rq->db, &there[i], str_of("reassigned")));
            TRY(past_store_clear_reply(rq->db, there[i].id));
            TRY(past_store_clear_contacts(rq->db, there[i].id));
            TRY(event_emit(rq, "assignments.retold", there[i].id, NULL));
        }
    TRY(persons_store(&p));
    for (size_t i = 0; i < count; i++)
        TRY(part_put(&p, &all[i]));
    return OK;
}
