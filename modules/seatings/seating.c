/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of who sits where (README.md): one chair by hand, who comes, telling, the flow. Seating
 * everybody: seating_fill.c; the hall: seating_hall.c. */
#include "modules/seatings/seating.h"

#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/notify/notify.h"
#include "platform/text/texts.h"

static const char INVITEE[] = "invitee:";

/* ---- the people of one ---- */

void seating_hall_of(const struct seating *s, struct seating_hall *out)
{
    i64 at; /* what is stored was read before: no faults */
    seating_lines_read(s->rostrum, &out->part[SEATING_ROSTRUM], &at);
    seating_lines_read(s->floor, &out->part[SEATING_FLOOR], &at);
}

str seating_spot_words(struct rq *rq, const struct seating *s, const struct seating_hall *hall,
                       const struct seating_spot *spot)
{
    bool floor = spot->part == SEATING_FLOOR;
    i64 number = spot->chair;
    if (floor && seating_is_chair(hall, spot))
        number = seating_number_of(spot->chair, hall->part[spot->part].items[spot->line - 1].chairs,
                                   str_is(s->numbering, "odd_even"));
    return text_format(rq->mem, floor ? "seatings.floor_words" : "seatings.rostrum_words",
                       str_number(rq->mem, spot->line), str_number(rq->mem, number));
}

err seating_people_find(struct rq *rq, const struct seating *s, struct seating_people *out)
{
    TRY(meeting_list_invited(rq, s->meeting_id, &out->invited));
    return seating_place_store_list(rq->db, s->id, rq->mem, &out->places);
}

const struct meeting_invited *seating_invited(const struct seating_people *p, i64 invitee_id)
{
    const struct meeting_invited *all = p->invited.items;
    for (size_t i = 0; i < p->invited.count; i++)
        if (all[i].invitee_id == invitee_id)
            return &all[i];
    return NULL;
}

struct seating_spot seating_spot_of(const struct seating_place *place)
{
    return (struct seating_spot){ str_is(place->part, "floor") ? SEATING_FLOOR : SEATING_ROSTRUM,
                                  place->line, place->chair };
}

const struct seating_place *seating_place_at(const struct seating_people *p,
                                             const struct seating_spot *spot)
{
    const struct seating_place *all = p->places.items;
    for (size_t i = 0; i < p->places.count; i++) {
        const struct seating_spot here = seating_spot_of(&all[i]);
        if (here.part == spot->part && here.line == spot->line && here.chair == spot->chair)
            return &all[i];
    }
    return NULL;
}

const struct seating_place *seating_place_of(const struct seating_people *p, i64 invitee_id)
{
    const struct seating_place *all = p->places.items;
    for (size_t i = 0; i < p->places.count; i++)
        if (invitee_id && all[i].invitee_id == invitee_id)
            return &all[i];
    return NULL;
}

/* A leave that is only asked for keeps the chair. */
bool seating_comes(const struct meeting_invited *who)
{
    return who && !str_is(who->state, "absenting") && !str_is(who->state, "leave_granted") &&
           !str_is(who->state, "cancelled");
}

bool seating_is_taken(const struct seating_people *p, const struct seating_place *place)
{
    return place &&
           (place->invitee_id == 0 || seating_comes(seating_invited(p, place->invitee_id)));
}

err seating_tell(struct rq *rq, const struct seating *s, const struct seating_place *place)
{
    struct seating_hall hall;
    if (!place->person_id)
        return OK;
    seating_hall_of(s, &hall);
    const struct seating_spot spot = seating_spot_of(place);
    return notify_send(rq, &(struct notify_to){ .person_id = place->person_id },
                       &(struct notify_message){
                           .text = "seatings.told",
                           .arg = { s->title, seating_spot_words(rq, s, &hall, &spot) },
                           .url = arena_printf(rq->mem, "/seatings/%lld", (long long)s->id) });
}

/* Of a published one whose chair is taken away, or which is dropped. */
static err tell_gone(struct rq *rq, const struct seating *s, const struct seating_place *place)
{
    if (!place->person_id || !str_is(s->state, "published"))
        return OK;
    return notify_send(rq, &(struct notify_to){ .person_id = place->person_id },
                       &(struct notify_message){ .text = "seatings.told_gone",
                                                 .arg = { s->title },
                                                 .url = arena_printf(rq->mem, "/meetings/%lld",
                                                                     (long long)s->meeting_id) });
}

/* ---- one chair by hand ---- */

/* What an act by hand works on. */
struct hand {
    struct seating s;
    struct seating_hall hall;
    struct seating_people people;
};

static err hand_open(struct rq *rq, const struct seating_chair_input *in, struct hand *out)
{
    TRY(list_find(rq, &SEATING_LIST, in->id, &out->s));
    if (str_is(out->s.state, "dropped"))
        return err_make(ERR_CONFLICT, "seatings.dropped");
    TRY(rq_need_version(rq, in->version));
    if (in->version != out->s.version)
        return err_make(ERR_CONFLICT, "seatings.moved_since");
    seating_hall_of(&out->s, &out->hall);
    return seating_people_find(rq, &out->s, &out->people);
}

static err fault(struct rq *rq, const char *field, const char *name)
{
    rq_fault(rq, field, name, str_of(""), str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

static err hand_close(struct rq *rq, const struct hand *h, const char *act, str before, str after)
{
    TRY(seating_store_update(rq->db, &h->s));
    return audit_add(rq, &(struct audit_entry){ .act = act,
                                                .object = "seatings",
                                                .object_id = h->s.id,
                                                .before = before,
                                                .after = after });
}

/* A chair that the hall has. */
static err spot_find(struct rq *rq, const struct hand *h, const char *field, str text,
                     struct seating_spot *out)
{
    if (!seating_spot_read(text, out) || !seating_is_chair(&h->hall, out))
        return fault(rq, field, "seatings.no_chair");
    return OK;
}

static str name_of(const struct hand *h, const struct seating_place *p)
{
    const struct meeting_invited *who = seating_invited(&h->people, p->invitee_id);
    return who ? who->name : p->name;
}

static str words_of(struct rq *rq, const struct hand *h, const struct seating_place *p)
{
    const struct seating_spot spot = seating_spot_of(p);
    if (!p->line)
        return text_format(rq->mem, "seatings.without", name_of(h, p), str_of(""));
    return text_format(rq->mem, "seatings.at", name_of(h, p),
                       seating_spot_words(rq, &h->s, &h->hall, &spot));
}

/* Who is to be moved, with his place or (line 0) without. */
static err from_find(struct rq *rq, const struct hand *h, str from, struct seating_place *out)
{
    i64 invitee_id = 0;
    struct seating_spot spot;
    *out = (struct seating_place){ .seating_id = h->s.id };
    if (!str_starts(from, str_of(INVITEE))) {
        TRY(spot_find(rq, h, "from", from, &spot));
        const struct seating_place *place = seating_place_at(&h->people, &spot);
        if (!seating_is_taken(&h->people, place))
            return fault(rq, "from", "seatings.nobody_there");
        *out = *place;
        return OK;
    }
    str_to_i64(str_sub(from, sizeof INVITEE - 1, from.len), &invitee_id);
    const struct meeting_invited *who = seating_invited(&h->people, invitee_id);
    if (!seating_comes(who))
        return fault(rq, "from", "seatings.not_coming");
    const struct seating_place *place = seating_place_of(&h->people, invitee_id);
    if (place)
        *out = *place;
    out->invitee_id = who->invitee_id;
    out->member_id = who->member_id;
    out->person_id = who->person_id;
    return OK;
}

/* Puts somebody on a free chair, and tells him if the seating is out. */
static err put(struct rq *rq, const struct hand *h, const struct seating_place *who,
               const struct seating_spot *spot)
{
    struct seating_place p = *who;
    p.part = str_of(seating_part_name(spot->part));
    p.line = spot->line;
    p.chair = spot->chair;
    TRY(seating_place_store_add(rq->db, &p));
    return str_is(h->s.state, "published") ? seating_tell(rq, &h->s, &p) : OK;
}

/* Who is there moves to where the other comes from. */
static err swap(struct rq *rq, const struct hand *h, const struct seating_place *who,
                const struct seating_spot *to)
{
    const struct seating_place *there = seating_place_at(&h->people, to);
    const struct seating_spot from = seating_spot_of(who);
    bool taken = seating_is_taken(&h->people, there) && there->id != who->id;
    if (who->fixed || (taken && there->fixed))
        return err_make(ERR_CONFLICT, "seatings.fixed_there");
    if (taken && !who->line)
        return fault(rq, "to", "seatings.taken");
    if (who->line)
        TRY(seating_place_store_remove(rq->db, who->id));
    if (there && there->id != who->id)
        TRY(seating_place_store_remove(rq->db, there->id));
    TRY(put(rq, h, who, to));
    return taken ? put(rq, h, there, &from) : OK;
}

err seating_move(struct rq *rq, const struct seating_chair_input *in)
{
    struct hand h;
    struct seating_place who;
    struct seating_spot to;
    TRY(hand_open(rq, in, &h));
    TRY(from_find(rq, &h, in->from, &who));
    str before = words_of(rq, &h, &who);
    if (str_is(in->to, "out")) {
        if (who.fixed)
            return err_make(ERR_CONFLICT, "seatings.fixed_there");
        if (who.line) {
            TRY(seating_place_store_remove(rq->db, who.id));
            TRY(tell_gone(rq, &h.s, &who));
        }
        return hand_close(rq, &h, "seatings.move", before,
                          text_format(rq->mem, "seatings.without", name_of(&h, &who), str_of("")));
    }
    TRY(spot_find(rq, &h, "to", in->to, &to));
    TRY(swap(rq, &h, &who, &to));
    return hand_close(rq, &h, "seatings.move", before, seating_spot_words(rq, &h.s, &h.hall, &to));
}

err seating_fix(struct rq *rq, const struct seating_chair_input *in)
{
    struct hand h;
    struct seating_spot at;
    TRY(hand_open(rq, in, &h));
    TRY(spot_find(rq, &h, "at", in->at, &at));
    const struct seating_place *place = seating_place_at(&h.people, &at);
    if (!seating_is_taken(&h.people, place))
        return fault(rq, "at", "seatings.nobody_there");
    TRY(seating_place_store_fix(rq->db, place->id, in->fixed));
    return hand_close(rq, &h, "seatings.fix", words_of(rq, &h, place),
                      str_number(rq->mem, in->fixed));
}

/* A guest's chair stays his when the others are seated anew. */
err seating_reserve(struct rq *rq, const struct seating_chair_input *in)
{
    struct hand h;
    struct seating_spot at;
    TRY(hand_open(rq, in, &h));
    TRY(spot_find(rq, &h, "at", in->at, &at));
    const struct seating_place *there = seating_place_at(&h.people, &at);
    if (seating_is_taken(&h.people, there))
        return fault(rq, "at", "seatings.taken");
    if (there)
        TRY(seating_place_store_remove(rq->db, there->id));
    const struct seating_place guest = { .seating_id = h.s.id, .name = in->name, .fixed = 1 };
    TRY(put(rq, &h, &guest, &at));
    return hand_close(rq, &h, "seatings.reserve", str_of(""), in->name);
}

/* ---- the flow ---- */

static struct flow_subject subject_of(struct seating *s)
{
    return (struct flow_subject){ s->id, s->version, s->state, s->title, str_of(""), s };
}

err seating_begin(struct rq *rq, const struct seating_input *in, i64 *id)
{
    struct seating *s = arena_zero(rq->mem, sizeof *s);
    struct meeting_brief m;
    TRY(meeting_find_choice(rq, in->meeting, &m));
    *s = (struct seating){
        .meeting_id = m.id, .meeting_on = m.from_on, .state = str_of("draft"), .version = 1
    };
    TRY(seating_fill(rq, s, in));
    *id = s->id;
    struct flow_subject subject = subject_of(s);
    return flow_begin(rq, &SEATINGS_FLOW, &subject, NULL);
}

struct seating_input seating_input_of(struct arena *mem, const struct seating *s)
{
    return (struct seating_input){ .id = s->id,
                                   .version = s->version,
                                   .title = s->title,
                                   .rostrum = s->rostrum,
                                   .leaders = s->leaders,
                                   .floor = s->floor,
                                   .numbering = s->numbering,
                                   .arrangement = s->arrangement,
                                   .run = s->run,
                                   .scheme = seating_scheme_choice(mem, s->scheme_id) };
}

err seating_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct seating *s = arena_zero(rq->mem, sizeof *s);
    TRY(list_find(rq, &SEATING_LIST, id, s));
    *out = subject_of(s);
    return OK;
}

err seating_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    struct seating s = *(const struct seating *)subject->row;
    s.state = to;
    return seating_store_update(rq->db, &s);
}

err seating_effect_fill(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    return seating_fill(rq, subject->row, step->input);
}

err seating_effect_complete(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    i64 seated = 0;
    (void)step;
    TRY(seating_complete(rq, subject->row, &seated));
    return seated ? OK : err_make(ERR_CONFLICT, "seatings.none_to_seat");
}

err seating_effect_drop(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct seating *s = subject->row;
    struct seating_people people;
    (void)step;
    TRY(seating_people_find(rq, s, &people));
    const struct seating_place *all = people.places.items;
    for (size_t i = 0; i < people.places.count; i++)
        if (seating_is_taken(&people, &all[i]))
            TRY(tell_gone(rq, s, &all[i]));
    return OK;
}

err seating_effect_publish(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct seating *s = subject->row;
    struct seating_people people;
    (void)step;
    s->published_at = rq->now_ms;
    TRY(seating_people_find(rq, s, &people));
    const struct seating_place *all = people.places.items;
    for (size_t i = 0; i < people.places.count; i++)
        if (seating_is_taken(&people, &all[i]))
            TRY(seating_tell(rq, s, &all[i]));
    return OK;
}
