/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Acting in the demo's name: whose turn it is, who does it and what is said. The steps themselves:
 * demo_cases.c, demo_side.c, demo_after.c, demo_year.c. */
#include "server/demo_acting.h"

#include <assert.h>

#include "platform/access/access.h"

enum { DAY_MS = 86400000, OPEN_HOUR_MS = 9 * 3600000, OPEN_MS = 8 * 3600000 };

/* ---- time ---- */

static i64 moment(struct acting *a, i64 least, i64 most)
{
    i64 days = least + (a->c->quick ? 0 : rng_below(&a->demo->rng, most - least + 1));
    i64 at =
        day_start_ms(day_of_ms(a->c->at) + days) + OPEN_HOUR_MS + rng_below(&a->demo->rng, OPEN_MS);
    return at > a->c->at ? at : a->c->at + 60000;
}

void demo_end(struct acting *a)
{
    a->c->step = DONE;
    a->c->at = INT64_MAX;
}

static void rest(struct demo_case *c)
{
    if (c->stop && c->step == c->stop) {
        c->step = DONE;
        c->at = INT64_MAX;
    }
}

void demo_later(struct acting *a, i64 least, i64 most, enum step next)
{
    a->c->at = moment(a, least, most);
    a->c->step = (unsigned char)next;
    rest(a->c);
}

void demo_spawn(struct acting *a, i64 least, i64 most, enum step first)
{
    struct demo_cases *all = a->cases;
    assert(all->spawned_count < DEMO_SPAWN_MAX);
    struct demo_case *c = &all->spawned[all->spawned_count++];
    *c = *a->c;
    c->at = moment(a, least, most);
    c->step = (unsigned char)first;
    c->thing = 0;
    rest(c);
}

i64 demo_dice(struct acting *a, i64 n)
{
    return rng_below(&a->demo->side, n);
}

/* ---- who ---- */

void demo_be(struct acting *a, i64 account_id, str name)
{
    a->actor = (struct actor){ .account_id = account_id, .org_id = a->demo->org_id, .name = name };
    memset(a->actor.scopes, SCOPE_ORG, sizeof a->actor.scopes);
    a->rq->actor = &a->actor;
}

void demo_be_office(struct acting *a, i64 account_id)
{
    demo_be(a, account_id, str_of(""));
}

/* The case's signers are of one sector: its lead, the next one of that sector, and so on. */
size_t demo_signer(const struct acting *a, size_t number)
{
    return (a->c->member + number * a->demo->sector_count) % a->demo->member_count;
}

void demo_be_person(struct acting *a, size_t member)
{
    const struct demo_member *m = &a->demo->members[member % a->demo->member_count];
    demo_be(a, m->account_id, m->name);
    a->actor.person_id = m->person_id;
    a->actor.member_id = m->id;
}

void demo_be_signer(struct acting *a, size_t number)
{
    demo_be_person(a, demo_signer(a, number));
}

void demo_be_writer(struct acting *a)
{
    if (a->c->collective)
        demo_be_office(a, a->demo->staff);
    else
        demo_be_signer(a, 0);
}

void demo_be_agency(struct acting *a, i64 agency_id)
{
    for (size_t i = 0; i < a->demo->agency_count; i++)
        if (a->demo->agencies[i].id == agency_id)
            demo_be(a, a->demo->agencies[i].account_id, a->demo->agencies[i].name);
    a->actor.agency_id = agency_id;
}

/* ---- doing and saying ---- */

err demo_act(struct acting *a, const struct flow *flow, i64 id, const char *verb, const void *input)
{
    a->rq->input = input;
    return flow_act(a->rq, flow, id, verb, 0);
}

err demo_unless(err e, const char *name)
{
    return err_is(e, name) ? OK : e;
}

const struct demo_subject *demo_subject_of(const struct acting *a)
{
    return &a->demo->subjects[a->c->subject];
}

str demo_words(struct acting *a, str text)
{
    const strs *places = &a->demo->places;
    str place = a->c->place ? places->items[a->c->place - 1] : demo_pick(a->demo, places);
    return demo_fill(a->demo, a->rq->mem, text, place);
}

str demo_said(struct acting *a, const char *name)
{
    str text = demo_text(name);
    assert(text.len > 0);
    return demo_words(a, text);
}

i64 demo_agency_id(const struct demo *d, str name)
{
    for (size_t i = 0; i < d->agency_count; i++)
        if (str_eq(d->agencies[i].name, name))
            return d->agencies[i].id;
    return d->agencies[0].id;
}

/* ---- the agencies of a case ---- */

err demo_each(struct acting *a, err (*fn)(struct acting *a, const struct assignment *x))
{
    struct rows rows;
    TRY(assignment_list_of(a->rq, "proposals", a->c->id, &rows));
    const struct assignment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(fn(a, &all[i]));
    return OK;
}

bool demo_answers(const struct assignment *x)
{
    return !str_is(x->role, "cohost");
}

err demo_host(struct acting *a, struct assignment *out)
{
    struct rows rows;
    *out = (struct assignment){ 0 };
    TRY(assignment_list_of(a->rq, "proposals", a->c->id, &rows));
    if (rows.count > 0)
        *out = *(const struct assignment *)rows.items;
    return OK;
}
