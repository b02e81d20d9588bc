/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A provision as it is shown: what is taken and by how many, who has not answered; the form of one
 * answer. */
#include "modules/provisions/provision.h"

#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"

/* ---- counting ---- */

/* A list that grows up to everybody. */
static struct provision_person *persons_new(struct rq *rq, const struct provision_people *people)
{
    return arena_array(rq->mem, people->invited.count + 1, sizeof(struct provision_person));
}

static void person_add(struct provision_persons *list, const struct provision_person *who)
{
    ((struct provision_person *)list->items)[list->count++] = *who;
}

static void item_count(struct rq *rq, const struct provision_people *people,
                       const struct provision_persons *answered, struct provision_item_view *v)
{
    v->words = provision_item_words(rq->mem, v->item);
    v->takers.items = persons_new(rq, people);
    for (size_t i = 0; i < answered->count; i++) {
        const struct provision_answer *a = answered->items[i].answer;
        if (!provision_takes(people, a, v->item->id))
            continue;
        person_add(&v->takers, &answered->items[i]);
        v->halal += str_is(a->diet, "halal");
        v->vegetarian += str_is(a->diet, "vegetarian");
        v->plain += !str_is(a->diet, "halal") && !str_is(a->diet, "vegetarian");
    }
}

void provision_count(struct rq *rq, const struct provision *p,
                     const struct provision_people *people, struct provision_counts *out)
{
    const struct meeting_invited *all = people->invited.items;
    *out = (struct provision_counts){ .unanswered = { persons_new(rq, people), 0 },
                                      .answered = { persons_new(rq, people), 0 },
                                      .drivers = { persons_new(rq, people), 0 },
                                      .avoiding = { persons_new(rq, people), 0 } };
    for (size_t i = 0; i < people->invited.count; i++) {
        const struct provision_person who = {
            &all[i], provision_answer_of(people, all[i].invitee_id),
            arena_printf(rq->mem, "/provisions/%lld/proxy?invitee=%lld", (long long)p->id,
                         (long long)all[i].invitee_id)
        };
        if (!provision_comes(&all[i]))
            continue;
        out->coming++;
        bool counts = provision_counts(people, &all[i]);
        person_add(counts ? &out->answered : &out->unanswered, &who);
        if (counts && who.answer->drives)
            person_add(&out->drivers, &who);
        if (counts && who.answer->avoid.len)
            person_add(&out->avoiding, &who);
    }
    const struct provision_item *items = people->items.items;
    struct provision_item_view *views =
        arena_array(rq->mem, people->items.count + 1, sizeof *views);
    for (size_t i = 0; i < people->items.count; i++) {
        views[i].item = &items[i];
        item_count(rq, people, &out->answered, &views[i]);
    }
    out->items = views;
    out->count = people->items.count;
}

/* ---- the form of one ---- */

static bool is_among(const strs *all, str value)
{
    for (size_t i = 0; i < all->count; i++)
        if (str_eq(all->items[i], value))
            return true;
    return false;
}

/* What is asked of somebody, and what stands in it at first. */
struct asking {
    struct rq *rq;
    const struct provision_people *people;
    const struct provision_answer *answer; /* NULL = has not answered yet */
    strs typed;                            /* of rides, where it is drawn again */
};

static bool takes(const struct asking *a, const struct provision_item *item)
{
    return a->answer && provision_takes(a->people, a->answer, item->id);
}

/* Whether he said that he takes none of its buses. An answer that is stale may take none because
 * his bus is gone, or the ride is new: then its words tell. */
static bool declines(const struct asking *a, const struct provision_item *bus, bool any)
{
    if (!a->answer || any)
        return false;
    return !a->answer->stale ||
           str_find(a->answer->chosen, provision_declined_words(a->rq->mem, bus), 0) >= 0;
}

/* Of one that was answered, stale or not: what he said. Where he has said nothing: the only bus
 * there is if he has not answered at all, else he must choose. */
static struct view_field ride_field(struct asking *a, const struct provision_ride *ride, size_t n)
{
    const struct provision_item *bus =
        (const struct provision_item *)a->people->items.items + ride->first;
    struct view_choice *choices = arena_array(a->rq->mem, ride->count + 2, sizeof *choices);
    str none = arena_printf(a->rq->mem, "none:%.*s", (int)ride->key.len, ride->key.ptr);
    bool any = false;
    size_t count = 1;
    for (size_t i = 0; i < ride->count; i++) {
        str value = str_number(a->rq->mem, bus[i].id);
        str words = text_format(a->rq->mem, "provisions.item",
                                provision_time_words(a->rq->mem, bus[i].minute), bus[i].place);
        bool usual = !a->answer && ride->count == 1;
        bool chosen = a->rq->error.code ? is_among(&a->typed, value) : takes(a, &bus[i]) || usual;
        any |= chosen;
        choices[count++] = (struct view_choice){ .value = value, .label = words, .chosen = chosen };
    }
    bool nothing = a->rq->error.code ? is_among(&a->typed, none) : declines(a, bus, any);
    choices[count++] = (struct view_choice){ .value = none,
                                             .label = text_find("provisions.no_bus"),
                                             .chosen = nothing };
    choices[0] = (struct view_choice){ .label = text_find("provisions.choose") };
    return (struct view_field){ .name = n ? arena_printf(a->rq->mem, "rides-%zu", n + 1)
                                          : str_of("rides"),
                                .label = provision_ride_words(a->rq->mem, bus),
                                .choices = choices,
                                .count = count };
}

static struct view_field meals_field(struct asking *a)
{
    const struct provision_item *all = a->people->items.items;
    struct view_choice *choices =
        arena_array(a->rq->mem, a->people->items.count + 1, sizeof *choices);
    size_t count = 0;
    for (size_t i = 0; i < a->people->items.count; i++)
        if (all[i].meal.len)
            choices[count++] =
                (struct view_choice){ .value = str_number(a->rq->mem, all[i].id),
                                      .label = provision_item_words(a->rq->mem, &all[i]),
                                      .chosen = a->answer ? takes(a, &all[i]) : true };
    return (struct view_field){ .name = str_of("meals"),
                                .label = text_find("provisions.answer.meals"),
                                .choices = choices,
                                .count = count };
}

static struct view_field diet_field(struct asking *a)
{
    static const char *const DIETS[] = { "plain", "halal", "vegetarian" };
    enum { COUNT = sizeof DIETS / sizeof *DIETS };
    struct view_choice *choices = arena_array(a->rq->mem, COUNT, sizeof *choices);
    str value = a->answer && a->answer->diet.len ? a->answer->diet : str_of("plain");
    for (size_t i = 0; i < COUNT; i++)
        choices[i] = (struct view_choice){ .value = str_of(DIETS[i]),
                                           .label = text_label("choices.diet", str_of(DIETS[i])),
                                           .chosen = str_is(value, DIETS[i]) };
    return (struct view_field){ .name = str_of("diet"),
                                .label = text_find("provisions.answer.diet"),
                                .value = value,
                                .look = str_of("h"),
                                .choices = choices,
                                .count = COUNT };
}

void provision_ask(struct rq *rq, const struct provision *p, const struct provision_people *people,
                   const struct meeting_invited *who, struct provision_asked *out)
{
    struct asking a = { .rq = rq,
                        .people = people,
                        .answer = provision_answer_of(people, who->invitee_id),
                        .typed = rq_typed_all(rq, "rides", (strs){ 0 }) };
    struct rows rows = provision_rides(rq->mem, &people->items);
    const struct provision_ride *rides = rows.items;
    struct view_field *fields = arena_array(rq->mem, rows.count + 1, sizeof *fields);
    for (size_t i = 0; i < rows.count; i++)
        fields[i] = ride_field(&a, &rides[i], i);
    *out =
        (struct provision_asked){ .who = who,
                                  .answer = a.answer,
                                  .rides = fields,
                                  .ride_count = rows.count,
                                  .meals = meals_field(&a),
                                  .diet = diet_field(&a),
                                  .action = arena_printf(rq->mem, "/provisions/%lld/answer",
                                                         (long long)p->id),
                                  .version = conflict_version(rq, a.answer ? a.answer->version : 0),
                                  .keep_days = setting_number(rq, "retention.provision_days"),
                                  .drives = a.answer && a.answer->drives,
                                  .faulty = rq->error.code != ERR_NONE };
}
