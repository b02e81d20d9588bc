/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A seating as it is shown: every chair of the hall with who sits there, who has none. */
#include "modules/seatings/seating.h"

#include "platform/base/str.h"
#include "platform/text/texts.h"

static const char INVITEE[] = "invitee:";

/* What the page is made of. */
struct showing {
    struct rq *rq;
    struct seating_people people;
    struct seating_page *page;
    struct seating_chair_view *picked;
    /* by chair, so that a hall of thousands is walked once */
    const struct seating_place *at[SEATING_PARTS][SEATING_LINES_MAX + 1][SEATING_CHAIRS_MAX + 1];
};

static str pick_url(struct rq *rq, i64 id, str what)
{
    return arena_printf(rq->mem, "/seatings/%lld?pick=%.*s", (long long)id, (int)what.len,
                        what.ptr);
}

/* As what he comes, where that is not as a member of the meeting, and of which sector. */
static str about(struct rq *rq, const struct meeting_invited *who)
{
    if (!who || str_is(who->role, "member"))
        return who ? who->sector_name : str_of("");
    return text_format(rq->mem, "seatings.about", text_label("choices.role", who->role),
                       who->sector_name);
}

/* Only the office learns who gave a chair up. */
static void holder_put(struct showing *x, const struct seating_place *place,
                       struct seating_chair_view *v)
{
    const struct meeting_invited *who = seating_invited(&x->people, place->invitee_id);
    bool taken = seating_is_taken(&x->people, place);
    v->gone = !taken && x->page->office;
    if (!taken && !v->gone)
        return;
    v->guest = place->invitee_id == 0;
    v->fixed = place->fixed;
    v->invitee_id = place->invitee_id;
    v->name = who ? who->name : place->name;
    v->sector_name = about(x->rq, who);
    v->own = who && who->person_id == x->page->own_person && who->person_id;
}

static void chair_put(struct showing *x, const struct seating_line *line, struct seating_spot spot,
                      struct seating_chair_view *v)
{
    struct seating_page *page = x->page;
    const struct seating_place *place = x->at[spot.part][spot.line][spot.chair];
    str text = seating_spot_text(x->rq->mem, &spot);
    *v = (struct seating_chair_view){ .spot = spot };
    v->number =
        seating_number_of(spot.chair, line->chairs,
                          spot.part == SEATING_FLOOR && str_is(page->s->numbering, "odd_even"));
    v->aisle = seating_is_after_aisle(line, spot.chair);
    v->value = text;
    v->words = seating_spot_words(x->rq, page->s, page->hall, &spot);
    if (place)
        holder_put(x, place, v);
    v->picked = page->may_move && str_eq(page->pick, text);
    v->url = page->may_move ? pick_url(x->rq, page->s->id, text) : str_of("");
    if (v->picked)
        page->picked = v;
    if (v->own)
        page->own = v->words;
    page->chairs++;
    page->free += !v->name.len || v->gone;
    page->leaves |= v->gone;
}

static void line_put(struct showing *x, enum seating_part part, size_t i)
{
    const struct seating_line *line = &x->page->hall->part[part].items[i];
    struct seating_line_view *lines = (struct seating_line_view *)x->page->lines;
    struct seating_chair_view *chairs =
        arena_array(x->rq->mem, (size_t)line->chairs + 1, sizeof *chairs);
    for (i64 c = 1; c <= line->chairs; c++)
        chair_put(x, line, (struct seating_spot){ part, (i64)i + 1, c }, &chairs[c - 1]);
    lines[x->page->line_count++] =
        (struct seating_line_view){ part, (i64)i + 1, chairs, (size_t)line->chairs };
}

/* Who comes and has no chair. */
static void unseated_put(struct showing *x, str pick)
{
    const struct meeting_invited *all = x->people.invited.items;
    struct seating_unseated *none =
        arena_array(x->rq->mem, x->people.invited.count + 1, sizeof *none);
    for (size_t i = 0; i < x->people.invited.count; i++) {
        if (!seating_comes(&all[i]) || seating_place_of(&x->people, all[i].invitee_id))
            continue;
        str value = arena_printf(x->rq->mem, "%s%lld", INVITEE, (long long)all[i].invitee_id);
        struct seating_unseated *one = &none[x->page->unseated_count++];
        *one = (struct seating_unseated){ &all[i], pick_url(x->rq, x->page->s->id, value),
                                          x->page->may_move && str_eq(value, pick) };
        if (!one->picked)
            continue;
        struct seating_chair_view *v = arena_zero(x->rq->mem, sizeof *v);
        *v = (struct seating_chair_view){ .name = all[i].name,
                                          .sector_name = about(x->rq, &all[i]),
                                          .invitee_id = all[i].invitee_id,
                                          .value = value };
        x->page->picked = v;
    }
    x->page->unseated = none;
}

static void places_put(struct showing *x)
{
    const struct seating_place *all = x->people.places.items;
    for (size_t i = 0; i < x->people.places.count; i++) {
        const struct seating_spot spot = seating_spot_of(&all[i]);
        if (seating_is_chair(x->page->hall, &spot))
            x->at[spot.part][spot.line][spot.chair] = &all[i];
    }
}

err seating_shown_make(struct rq *rq, const struct seating *s, str pick, struct seating_page *out)
{
    struct seating_hall *hall = arena_zero(rq->mem, sizeof *hall);
    struct showing *x = arena_zero(rq->mem, sizeof *x);
    seating_hall_of(s, hall);
    *out = (struct seating_page){ .s = s,
                                  .hall = hall,
                                  .pick = pick,
                                  .own_person = rq->actor->person_id,
                                  .office = actor_may(rq->actor, "seatings.manage") };
    out->may_move = out->office && !str_is(s->state, "dropped");
    x->rq = rq;
    x->page = out;
    TRY(seating_people_find(rq, s, &x->people));
    const struct seating_lines *rostrum = &hall->part[SEATING_ROSTRUM],
                               *floor = &hall->part[SEATING_FLOOR];
    out->lines =
        arena_array(rq->mem, rostrum->count + floor->count + 1, sizeof(struct seating_line_view));
    places_put(x);
    for (size_t i = rostrum->count; i > 0; i--)
        line_put(x, SEATING_ROSTRUM, i - 1);
    for (size_t i = 0; i < floor->count; i++)
        line_put(x, SEATING_FLOOR, i);
    unseated_put(x, pick);
    const struct seating_chair_view *who = out->picked;
    out->held = who && !who->fixed && !who->gone && who->name.len;
    return OK;
}
