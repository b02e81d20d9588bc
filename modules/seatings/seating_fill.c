/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Seating everybody: what the office wrote is checked, fixed chairs stay, the rostrum goes by rank,
 * the floor in the order that was chosen. One chair by hand: seating.c. */
#include "modules/members/member.h"
#include "modules/orgs/org.h"
#include "modules/schemes/scheme.h"
#include "modules/seatings/seating.h"
#include "platform/base/str.h"
#include "platform/text/strokes.h"
#include "platform/text/texts.h"

#define WIDE_BLANK "\u3000"

enum { NO_GROUP = INT32_MAX, LEADERS_TEXT_MAX = 20000 };

/* One to be seated; group: of the meeting's scheme, by number; sector: its place in the official
 * order, those that have ended behind all. */
struct person {
    const struct meeting_invited *who;
    i64 group, sector;
    str key; /* of the name's strokes */
};

/* What filling works on: chairs that are given, people that have one. */
struct filling {
    struct rq *rq;
    const struct seating *s;
    struct seating_hall hall;
    struct seating_people people; /* as they sat before */
    bool given[SEATING_PARTS][SEATING_LINES_MAX + 1][SEATING_CHAIRS_MAX + 1];
    bool tells;
};

static bool *given_at(struct filling *f, const struct seating_spot *spot)
{
    return &f->given[spot->part][spot->line][spot->chair];
}

static err give(struct filling *f, const struct seating_place *who, const struct seating_spot *spot)
{
    struct seating_place p = *who;
    p.seating_id = f->s->id;
    p.part = str_of(seating_part_name(spot->part));
    p.line = spot->line;
    p.chair = spot->chair;
    *given_at(f, spot) = true;
    TRY(seating_place_store_add(f->rq->db, &p));
    return f->tells ? seating_tell(f->rq, f->s, &p) : OK;
}

static struct seating_place place_for(const struct meeting_invited *who)
{
    return (struct seating_place){ .invitee_id = who->invitee_id,
                                   .member_id = who->member_id,
                                   .person_id = who->person_id };
}

/* ---- in which order people come ---- */

static int by_id(const struct person *x, const struct person *y)
{
    i64 a = x->who->invitee_id, b = y->who->invitee_id;
    return a < b ? -1 : a > b;
}

static int by_name(const void *a, const void *b)
{
    const struct person *x = a, *y = b;
    int order = str_cmp(x->key, y->key);
    return order ? order : by_id(x, y);
}

static int by_sector(const void *a, const void *b)
{
    const struct person *x = a, *y = b;
    if (x->sector != y->sector)
        return x->sector < y->sector ? -1 : 1;
    int order = str_cmp(x->who->sector_name, y->who->sector_name);
    return order ? order : by_name(a, b);
}

static int by_group(const void *a, const void *b)
{
    const struct person *x = a, *y = b;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    return by_sector(a, b);
}

/* The grouping that was chosen; where none was, or it was dropped since, the newest published one
 * of the meeting, else the newest; false = there is none. */
static err scheme_of(struct rq *rq, const struct seating *s, struct scheme *out, bool *found)
{
    struct rows rows;
    TRY(scheme_store_list(rq->db, s->meeting_id, 0, rq->mem, &rows));
    const struct scheme *all = rows.items;
    *found = rows.count > 0;
    for (size_t i = 0; i < rows.count; i++)
        if (i == 0 || str_is(all[i].state, "published") || !str_is(out->state, "published"))
            *out = all[i];
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].id == s->scheme_id)
            *out = all[i];
    return OK;
}

static const char SCHEME[] = "scheme:";

str seating_scheme_choice(struct arena *mem, i64 scheme_id)
{
    return scheme_id ? arena_printf(mem, "%s%lld", SCHEME, (long long)scheme_id) : str_of("newest");
}

static i64 scheme_chosen(str choice)
{
    i64 id = 0;
    return str_to_i64(str_sub(choice, sizeof SCHEME - 1, choice.len), &id) ? id : 0;
}

err seating_schemes(struct rq *rq, struct rows *out)
{
    struct seating s;
    struct rows rows;
    TRY(list_find(rq, &SEATING_LIST, rq->path_id, &s));
    TRY(scheme_store_list(rq->db, s.meeting_id, 0, rq->mem, &rows));
    const struct scheme *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    choices[0] = (struct view_choice){ .value = seating_scheme_choice(rq->mem, 0),
                                       .label = text_find("seatings.scheme_newest") };
    for (size_t i = 0; i < rows.count; i++)
        choices[i + 1] =
            (struct view_choice){ .value = seating_scheme_choice(rq->mem, all[i].id),
                                  .label =
                                      text_format(rq->mem, "seatings.scheme_of", all[i].title,
                                                  text_label("states.schemes", all[i].state)) };
    *out = (struct rows){ choices, rows.count + 1, sizeof *choices };
    return OK;
}

static i64 number_of(const struct rows *groups, i64 group_id)
{
    const struct scheme_group *all = groups->items;
    for (size_t i = 0; i < groups->count; i++)
        if (all[i].id == group_id)
            return all[i].number;
    return NO_GROUP;
}

static err groups_put(struct filling *f, struct person *people, size_t count)
{
    struct scheme scheme = { 0 };
    struct rows groups, placed;
    bool found = false;
    TRY(scheme_of(f->rq, f->s, &scheme, &found));
    if (!found)
        return OK;
    TRY(scheme_group_store_list(f->rq->db, scheme.id, f->rq->mem, &groups));
    TRY(placement_store_list(f->rq->db, scheme.id, f->rq->mem, &placed));
    const struct placement *all = placed.items;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < placed.count; k++)
            if (all[k].invitee_id == people[i].who->invitee_id)
                people[i].group = number_of(&groups, all[k].group_id);
    return OK;
}

static i64 sector_of(const struct rows *sectors, str name)
{
    const struct body *all = sectors->items;
    for (size_t i = 0; i < sectors->count; i++)
        if (str_eq(all[i].name, name))
            return (i64)i;
    return (i64)sectors->count;
}

/* Who comes, in the order in which the floor is filled. */
static err people_in_order(struct filling *f, struct person **out, size_t *count)
{
    const struct meeting_invited *all = f->people.invited.items;
    struct person *people = arena_array(f->rq->mem, f->people.invited.count + 1, sizeof *people);
    struct rows sectors;
    TRY(sector_list(f->rq, f->s->meeting_on, &sectors));
    *count = 0;
    for (size_t i = 0; i < f->people.invited.count; i++)
        if (seating_comes(&all[i]))
            people[(*count)++] =
                (struct person){ &all[i], NO_GROUP, sector_of(&sectors, all[i].sector_name),
                                 strokes_key(f->rq->mem, all[i].name) };
    if (str_is(f->s->arrangement, "groups"))
        TRY(groups_put(f, people, *count));
    qsort(people, *count, sizeof *people,
          str_is(f->s->arrangement, "groups")    ? by_group
          : str_is(f->s->arrangement, "sectors") ? by_sector
                                                 : by_name);
    *out = people;
    return OK;
}

/* ---- the rostrum ---- */

/* The holder of a post that ranks next behind a tenure; NULL = nobody. */
static const struct member_post *holder_next(const struct rows *rows, const char *post, i64 behind)
{
    const struct member_post *all = rows->items, *next = NULL;
    for (size_t i = 0; i < rows->count; i++)
        if (str_is(all[i].post, post) && all[i].tenure_id > behind &&
            (!next || all[i].tenure_id < next->tenure_id))
            next = &all[i];
    return next;
}

/* Who sits there by rank, where the office names nobody: chair, vice-chairs as they were put down,
 * secretary-general, each by name and sector, as leader_read takes it. */
static err leaders_by_post(struct filling *f, str *out)
{
    static const char *const POSTS[] = { "chair", "vice_chair", "secretary_general" };
    struct buf *names = buf_new(f->rq->mem, LEADERS_TEXT_MAX);
    struct rows rows;
    TRY(member_list_posts(f->rq, f->s->meeting_on, &rows));
    const struct meeting_invited *all = f->people.invited.items;
    for (size_t p = 0; p < sizeof POSTS / sizeof *POSTS; p++)
        for (const struct member_post *who = holder_next(&rows, POSTS[p], 0); who;
             who = holder_next(&rows, POSTS[p], who->tenure_id))
            for (size_t k = 0; k < f->people.invited.count; k++)
                if (all[k].member_id == who->member_id) {
                    buf_add(names, all[k].name);
                    buf_put(names, WIDE_BLANK);
                    buf_add(names, all[k].sector_name);
                    buf_put(names, "\n");
                }
    *out = str_trim(buf_str(names));
    return OK;
}

/* Whom a line names: "name", "name sector" where two have one name, "name <word for guest>"; a wide
 * blank parts them where a name has blanks of its own. */
static const char *leader_read(struct filling *f, str line, struct seating_place *out)
{
    const struct meeting_invited *all = f->people.invited.items;
    i64 at = str_find(line, str_of(WIDE_BLANK), 0);
    str rest = line, name = { 0 }, guest = text_find("seatings.guest_word");
    size_t found = 0;
    if (at < 0)
        str_split(&rest, ' ', &name);
    else {
        name = str_sub(line, 0, (size_t)at);
        rest = str_sub(line, (size_t)at + sizeof WIDE_BLANK - 1, line.len);
    }
    rest = str_trim(rest);
    *out = (struct seating_place){ .name = name };
    if (str_eq(rest, guest))
        return NULL;
    for (size_t i = 0; i < f->people.invited.count; i++) {
        if (!str_eq(all[i].name, name) || (rest.len && !str_eq(all[i].sector_name, rest)))
            continue;
        *out = place_for(&all[i]);
        found++;
    }
    if (found == 1)
        return NULL;
    return found ? "seatings.leader_twice" : "seatings.leader_unknown";
}

static bool has_chair(const struct rows *places, const struct seating_place *who)
{
    const struct seating_place *all = places->items;
    for (size_t i = 0; i < places->count; i++)
        if (who->invitee_id ? all[i].invitee_id == who->invitee_id
                            : all[i].invitee_id == 0 && str_eq(all[i].name, who->name))
            return true;
    return false;
}

/* The next chair of the rostrum by rank: its rows from the front, each from the middle. */
static bool rostrum_next(struct filling *f, struct seating_spot *out)
{
    const struct seating_lines *rostrum = &f->hall.part[SEATING_ROSTRUM];
    for (size_t i = 0; i < rostrum->count; i++)
        for (i64 k = 1; k <= rostrum->items[i].chairs; k++) {
            *out = (struct seating_spot){ SEATING_ROSTRUM, (i64)i + 1,
                                          seating_chair_of(k, rostrum->items[i].chairs) };
            if (!*given_at(f, out))
                return true;
        }
    return false;
}

/* seated: who has a chair so far, room for all. Who does not come is passed over: the others move
 * up. */
static err rostrum_fill(struct filling *f, struct rows *seated)
{
    struct seating_place *places = seated->items;
    str rest = f->s->leaders, line;
    while (str_split(&rest, '\n', &line)) {
        struct seating_place who;
        struct seating_spot spot;
        line = str_trim(line);
        if (line.len == 0)
            continue;
        const char *wrong = leader_read(f, line, &who);
        if (wrong) {
            rq_fault(f->rq, "leaders", wrong, line, str_of(""));
            continue;
        }
        if (has_chair(seated, &who) ||
            (who.invitee_id && !seating_comes(seating_invited(&f->people, who.invitee_id))))
            continue;
        if (!rostrum_next(f, &spot)) {
            rq_fault(f->rq, "leaders", "seatings.leaders_many",
                     str_number(f->rq->mem, f->hall.part[SEATING_ROSTRUM].chairs), str_of(""));
            break;
        }
        TRY(give(f, &who, &spot));
        places[seated->count++] = who;
    }
    return rq_has_faults(f->rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

/* ---- the floor ---- */

static err floor_fill(struct filling *f, const struct rows *seated, i64 *count)
{
    i64 chairs = f->hall.part[SEATING_FLOOR].chairs, at = 0;
    struct seating_spot *order = arena_array(f->rq->mem, (size_t)chairs + 1, sizeof *order);
    struct person *people;
    size_t all;
    TRY(people_in_order(f, &people, &all));
    seating_floor_order(&f->hall, str_is(f->s->run, "blocks"), order);
    for (size_t i = 0; i < all; i++) {
        const struct seating_place who = place_for(people[i].who);
        if (has_chair(seated, &who))
            continue;
        while (at < chairs && *given_at(f, &order[at]))
            at++;
        if (at == chairs)
            return OK;
        TRY(give(f, &who, &order[at]));
        (*count)++;
    }
    return OK;
}

/* ---- all of it ---- */

static void lines_check(struct rq *rq, const char *field, str text, struct seating_lines *out)
{
    i64 at = 0;
    const char *wrong = seating_lines_read(text, out, &at);
    if (wrong)
        rq_fault(rq, field, wrong, str_number(rq->mem, at), str_of(""));
}

static void take_over(struct seating *s, const struct seating_input *in)
{
    s->title = in->title;
    s->rostrum = in->rostrum;
    s->leaders = in->leaders;
    s->floor = in->floor;
    s->numbering = in->numbering;
    s->arrangement = in->arrangement;
    s->run = in->run;
    s->scheme_id = scheme_chosen(in->scheme);
}

/* Reads the hall and who is there; a fixed chair stays with who has it, if both are there still. */
static err open(struct filling *f, const struct seating *s)
{
    bool found = true;
    struct scheme scheme = { 0 };
    lines_check(f->rq, "rostrum", s->rostrum, &f->hall.part[SEATING_ROSTRUM]);
    lines_check(f->rq, "floor", s->floor, &f->hall.part[SEATING_FLOOR]);
    if (str_is(s->arrangement, "groups"))
        TRY(scheme_of(f->rq, s, &scheme, &found));
    if (!found)
        rq_fault(f->rq, "arrangement", "seatings.no_groups", str_of(""), str_of(""));
    if (rq_has_faults(f->rq))
        return err_make(ERR_INVALID, "form.faults");
    TRY(seating_people_find(f->rq, s, &f->people));
    return f->people.invited.count ? OK : err_make(ERR_CONFLICT, "seatings.nobody");
}

static err keep_fixed(struct filling *f, struct rows *seated)
{
    const struct seating_place *all = f->people.places.items;
    struct seating_place *places = seated->items;
    for (size_t i = 0; i < f->people.places.count; i++) {
        const struct seating_spot spot = seating_spot_of(&all[i]);
        if (!all[i].fixed || !seating_is_chair(&f->hall, &spot) ||
            !seating_is_taken(&f->people, &all[i]))
            continue;
        TRY(give(f, &all[i], &spot));
        places[seated->count++] = all[i];
    }
    return OK;
}

err seating_fill(struct rq *rq, struct seating *s, const struct seating_input *in)
{
    struct filling *f = arena_zero(rq->mem, sizeof *f);
    i64 count = 0;
    f->rq = rq;
    f->s = s;
    take_over(s, in);
    TRY(open(f, s));
    if (s->leaders.len == 0 && f->hall.part[SEATING_ROSTRUM].chairs)
        TRY(leaders_by_post(f, &s->leaders));
    if (s->id)
        TRY(seating_place_store_clear(rq->db, s->id));
    else
        TRY(seating_store_add(rq->db, s, &s->id));
    size_t room = f->people.places.count + f->people.invited.count + SEATING_PLACES_MAX;
    struct rows seated = { arena_array(rq->mem, room, sizeof(struct seating_place)), 0,
                           sizeof(struct seating_place) };
    TRY(keep_fixed(f, &seated));
    TRY(rostrum_fill(f, &seated));
    return str_is(s->arrangement, "hand") ? OK : floor_fill(f, &seated, &count);
}

err seating_complete(struct rq *rq, const struct seating *s, i64 *seated)
{
    struct filling *f = arena_zero(rq->mem, sizeof *f);
    f->rq = rq;
    f->s = s;
    f->tells = str_is(s->state, "published");
    *seated = 0;
    TRY(open(f, s));
    const struct seating_place *all = f->people.places.items;
    for (size_t i = 0; i < f->people.places.count; i++) {
        const struct seating_spot spot = seating_spot_of(&all[i]);
        if (seating_is_taken(&f->people, &all[i]))
            *given_at(f, &spot) = true;
        else
            TRY(seating_place_store_remove(rq->db, all[i].id));
    }
    return floor_fill(f, &f->people.places, seated);
}
