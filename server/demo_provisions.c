/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Buses and meals of the demo's meetings that are ahead, one of each state, by real steps of a
 * clerk, who puts down what was said by telephone. After the meetings. */
#include "modules/provisions/provision.h"
#include "platform/base/str.h"
#include "server/demo_opinions.h"

/* meeting: its kind; answered: it was published, and answers came. */
static const struct {
    const char *meeting, *verb;
    bool answered;
} PROVISIONS[] = {
    { "training", "drop", false }, { "training", "", false },    { "standing", "publish", true },
    { "research", "close", true }, { "study", "outdate", true },
};

static err meeting_of(struct rq *rq, const char *kind, struct meeting_brief *out)
{
    struct rows rows;
    TRY(meeting_list_open(rq, &rows));
    const struct meeting_brief *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_is(all[i].kind, kind) && all[i].to_on >= rq->today) {
            *out = all[i];
            return OK;
        }
    return err_make(ERR_INTERNAL, "demo.seed");
}

/* One answer in three takes no bus; some eat otherwise, one cannot eat everything. */
static err answer(struct rq *rq, const struct provision *p, const struct provision_people *people,
                  size_t n)
{
    static const char *const DIETS[] = { "plain", "plain", "halal", "plain", "vegetarian" };
    const struct meeting_invited *who = (const struct meeting_invited *)people->invited.items + n;
    const struct provision_item *items = people->items.items;
    struct rows rows = provision_rides(rq->mem, &people->items);
    const struct provision_ride *rides = rows.items;
    i64 *meals = arena_array(rq->mem, people->items.count + 1, sizeof *meals);
    struct provision_answer_input in = { .invitee = who->invitee_id,
                                         .meals = { meals, 0 },
                                         .diet = str_of(DIETS[n % 5]),
                                         .drives = n % 3 == 0,
                                         .avoid =
                                             n == 1 ? demo_text("provision_avoid") : str_of("") };
    if (!provision_comes(who))
        return OK;
    for (size_t i = 0; i < rows.count; i++)
        strs_add(rq->mem, &in.rides,
                 n % 3 == 0
                     ? arena_printf(rq->mem, "none:%.*s", (int)rides[i].key.len, rides[i].key.ptr)
                     : str_number(rq->mem, items[rides[i].first + n % rides[i].count].id));
    for (size_t i = 0; i < people->items.count; i++)
        if (items[i].meal.len)
            meals[in.meals.count++] = items[i].id;
    return provision_answer_for(rq, p, &in);
}

/* All but the last two. */
static err answers(struct rq *rq, i64 id)
{
    struct provision p;
    struct provision_people people;
    TRY(provision_store_find(rq->db, id, rq->mem, &p));
    TRY(provision_people_find(rq, id, p.meeting_id, &people));
    for (size_t n = 0; n + 2 < people.invited.count; n++)
        TRY(answer(rq, &p, &people, n));
    return OK;
}

/* The meals that are usual, and where. */
static err offer(struct rq *rq, const struct meeting_brief *m, i64 *id)
{
    struct provision_input in;
    TRY(provision_input_for(rq, m->id, &in));
    in.there = demo_text("provision_there");
    in.back = demo_text("provision_back");
    in.note = demo_text("provision_note");
    return provision_begin(rq, &in, id);
}

static err step(struct rq *rq, i64 id, const char *verb, i64 to_on)
{
    if (strcmp(verb, "outdate") == 0)
        return flow_move(rq, &PROVISIONS_FLOW, id, verb, &to_on);
    return demo_opinion_step(rq, &PROVISIONS_FLOW, id, verb, NULL);
}

err demo_make_provisions(struct rq *rq, void *demo)
{
    const struct demo *d = demo;
    TRY(demo_opinion_be(rq, d, d->staff, NULL));
    for (size_t i = 0; i < sizeof PROVISIONS / sizeof *PROVISIONS; i++) {
        const char *verb = PROVISIONS[i].verb;
        struct meeting_brief m;
        i64 id;
        TRY(meeting_of(rq, PROVISIONS[i].meeting, &m));
        TRY(offer(rq, &m, &id));
        if (PROVISIONS[i].answered) {
            TRY(step(rq, id, "publish", 0));
            TRY(answers(rq, id));
        }
        if (*verb && strcmp(verb, "publish") != 0)
            TRY(step(rq, id, verb, m.to_on));
    }
    return OK;
}
