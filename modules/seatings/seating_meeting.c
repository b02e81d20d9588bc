/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What pages of a meeting say of who sits where: the meeting's own, and the list of its gate. */
#include "modules/seatings/seating.h"

#include "platform/base/str.h"
#include "platform/web/json.h"
#include "views/seatings.h"

/* Where somebody sits, in words; empty = he has no chair there. */
static err words_of(struct rq *rq, const struct seating *s, i64 person_id, str *out)
{
    struct seating_hall hall;
    struct seating_people people;
    *out = str_of("");
    if (!person_id)
        return OK;
    TRY(seating_people_find(rq, s, &people));
    seating_hall_of(s, &hall);
    const struct seating_place *all = people.places.items;
    for (size_t i = 0; i < people.places.count; i++) {
        const struct seating_spot spot = seating_spot_of(&all[i]);
        if (all[i].person_id == person_id && seating_is_taken(&people, &all[i]))
            *out = seating_spot_words(rq, s, &hall, &spot);
    }
    return OK;
}

static void own_json(struct json *j, const struct seating_own *own)
{
    json_object(j, NULL);
    json_i64(j, "id", own->s->id);
    json_str(j, "title", own->s->title);
    json_str(j, "state", own->s->state);
    json_str(j, "own", own->words);
    json_object_end(j);
}

err on_seating_meeting_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct meeting_shown *shown = fact;
    bool office = actor_may(rq->actor, "seatings.manage");
    i64 person_id = rq->actor->person_id;
    struct rows rows;
    if (!actor_may(rq->actor, "seatings.read") || (!office && !person_id))
        return OK;
    TRY(seating_store_list(rq->db, id, office ? 0 : person_id, rq->mem, &rows));
    const struct seating *all = rows.items;
    struct seating_own *own = arena_array(rq->mem, rows.count + 1, sizeof *own);
    for (size_t i = 0; i < rows.count; i++) {
        own[i].s = &all[i];
        TRY(words_of(rq, &all[i], person_id, &own[i].words));
    }
    if (shown->out) {
        view_seatings_meeting(shown->out,
                              &(struct seating_meeting_view){ own, rows.count, office });
        return OK;
    }
    json_array(shown->json, "seatings");
    for (size_t i = 0; i < rows.count; i++)
        own_json(shown->json, &own[i]);
    json_array_end(shown->json);
    return OK;
}

static err lines_put(struct rq *rq, const struct seating *s, const struct meeting_gate *gate)
{
    struct seating_hall hall;
    struct seating_people people;
    seating_hall_of(s, &hall);
    TRY(seating_people_find(rq, s, &people));
    const struct seating_place *all = people.places.items;
    for (size_t i = 0; i < people.places.count; i++)
        for (size_t k = 0;
             all[i].invitee_id && seating_is_taken(&people, &all[i]) && k < gate->count; k++)
            if (gate->lines[k].invitee_id == all[i].invitee_id && gate->lines[k].seat.len == 0) {
                const struct seating_spot spot = seating_spot_of(&all[i]);
                gate->lines[k].seat = seating_spot_words(rq, s, &hall, &spot);
            }
    return OK;
}

/* The newest that is published counts. */
err on_seating_gate_listed(struct rq *rq, i64 id, const void *fact)
{
    struct rows rows;
    TRY(seating_store_list(rq->db, id, 0, rq->mem, &rows));
    const struct seating *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_is(all[i].state, "published"))
            return lines_put(rq, &all[i], fact);
    return OK;
}
