/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who is asked, what he answers, what counts of it (README.md). */
#include "modules/provisions/provision.h"

#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"

enum { CHOSEN_MAX = 4000 };

/* ---- the people ---- */

err provision_people_find(struct rq *rq, i64 provision_id, i64 meeting_id,
                          struct provision_people *out)
{
    TRY(meeting_list_invited(rq, meeting_id, &out->invited));
    TRY(provision_item_store_list(rq->db, provision_id, rq->mem, &out->items));
    TRY(provision_answer_store_list(rq->db, provision_id, rq->mem, &out->answers));
    return provision_choice_store_list(rq->db, provision_id, rq->mem, &out->choices);
}

bool provision_comes(const struct meeting_invited *who)
{
    return who && !str_is(who->state, "absenting") && !str_is(who->state, "leave_granted") &&
           !str_is(who->state, "cancelled");
}

const struct meeting_invited *provision_invited(const struct provision_people *p, i64 invitee_id)
{
    const struct meeting_invited *all = p->invited.items;
    for (size_t i = 0; i < p->invited.count; i++)
        if (all[i].invitee_id == invitee_id)
            return &all[i];
    return NULL;
}

const struct meeting_invited *provision_own(const struct provision_people *p, i64 person_id)
{
    const struct meeting_invited *all = p->invited.items;
    for (size_t i = 0; person_id && i < p->invited.count; i++)
        if (all[i].person_id == person_id)
            return &all[i];
    return NULL;
}

/* Answers stand by invitee. */
const struct provision_answer *provision_answer_of(const struct provision_people *p, i64 invitee_id)
{
    const struct provision_answer *all = p->answers.items;
    size_t low = 0, high = p->answers.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all[middle].invitee_id < invitee_id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < p->answers.count && all[low].invitee_id == invitee_id ? &all[low] : NULL;
}

/* Choices stand by answer. */
bool provision_takes(const struct provision_people *p, const struct provision_answer *a,
                     i64 item_id)
{
    const struct provision_choice *all = p->choices.items;
    size_t low = 0, high = p->choices.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all[middle].answer_id < a->id)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < p->choices.count && all[low].answer_id == a->id; low++)
        if (all[low].item_id == item_id)
            return true;
    return false;
}

bool provision_counts(const struct provision_people *p, const struct meeting_invited *who)
{
    const struct provision_answer *a = provision_answer_of(p, who->invitee_id);
    return provision_comes(who) && a && !a->stale;
}

struct rows provision_rides(struct arena *mem, const struct rows *items)
{
    const struct provision_item *all = items->items;
    struct provision_ride *rides = arena_array(mem, items->count + 1, sizeof *rides);
    struct rows rows = { rides, 0, sizeof *rides };
    for (size_t i = 0; i < items->count; i++) {
        if (all[i].meal.len)
            continue;
        if (i > 0 && str_eq(all[i].kind, all[i - 1].kind) && all[i].held_on == all[i - 1].held_on) {
            rides[rows.count - 1].count++;
            continue;
        }
        rides[rows.count++] =
            (struct provision_ride){ i, 1,
                                     arena_printf(mem, "%.*s:%lld", (int)all[i].kind.len,
                                                  all[i].kind.ptr, (long long)all[i].held_on) };
    }
    return rows;
}

bool provision_is_open(const struct rq *rq, const struct provision *p)
{
    return str_is(p->state, "published") && rq->today <= p->answer_on;
}

/* ---- answering ---- */

/* What is at work while somebody answers. */
struct answering {
    struct rq *rq;
    const struct provision *p;
    const struct provision_answer_input *in;
    struct provision_people people;
    bool taken[PROVISION_ITEMS_MAX]; /* items by place */
};

/* How often a ride was answered to, by one of its buses or by none of them. */
static i64 ride_read(struct answering *a, const struct provision_ride *ride)
{
    const struct provision_item *all = a->people.items.items;
    i64 times = 0;
    for (size_t i = 0; i < a->in->rides.count; i++) {
        str value = a->in->rides.items[i], none = str_of("none:");
        i64 id = 0;
        if (str_starts(value, none) && str_eq(str_sub(value, none.len, value.len), ride->key))
            times++;
        else if (str_to_i64(value, &id))
            for (size_t k = ride->first; k < ride->first + ride->count; k++)
                if (k < PROVISION_ITEMS_MAX && all[k].id == id) {
                    a->taken[k] = true;
                    times++;
                }
    }
    return times;
}

static void rides_read(struct answering *a)
{
    struct rows rows = provision_rides(a->rq->mem, &a->people.items);
    const struct provision_item *all = a->people.items.items;
    const struct provision_ride *rides = rows.items;
    i64 answered = 0;
    for (size_t i = 0; i < rows.count; i++) {
        i64 times = ride_read(a, &rides[i]);
        answered += times;
        if (times != 1)
            rq_fault(a->rq, "rides", times ? "provisions.ride_twice" : "provisions.ride_missing",
                     provision_ride_words(a->rq->mem, &all[rides[i].first]), str_of(""));
    }
    if (answered < (i64)a->in->rides.count && !rq_has_faults(a->rq))
        rq_fault(a->rq, "rides", "provisions.not_offered", str_of(""), str_of(""));
}

static void meals_read(struct answering *a)
{
    const struct provision_item *all = a->people.items.items;
    for (size_t i = 0; i < a->in->meals.count; i++) {
        bool found = false;
        for (size_t k = 0; k < a->people.items.count && k < PROVISION_ITEMS_MAX; k++)
            if (all[k].id == a->in->meals.items[i] && all[k].meal.len)
                found = a->taken[k] = true;
        if (!found)
            rq_fault(a->rq, "meals", "provisions.not_offered", str_of(""), str_of(""));
    }
}

static void chosen_add(struct buf *b, str words)
{
    if (buf_str(b).len)
        buf_add(b, text_find("provisions.and"));
    buf_add(b, words);
}

/* The buses that he takes of a ride, or that he takes none. */
static void ride_write(struct answering *a, const struct provision_ride *ride, struct buf *b)
{
    const struct provision_item *all = a->people.items.items;
    bool any = false;
    for (size_t i = ride->first; i < ride->first + ride->count && i < PROVISION_ITEMS_MAX; i++) {
        if (!a->taken[i])
            continue;
        any = true;
        chosen_add(b, text_format(a->rq->mem, "provisions.ride",
                                  text_label("choices.ride", all[i].kind),
                                  provision_item_words(a->rq->mem, &all[i])));
    }
    if (!any)
        chosen_add(b, provision_declined_words(a->rq->mem, &all[ride->first]));
}

/* What is taken, and which rides are not, in words for the person, the office, his copy; and for
 * the form, when he is asked anew. */
static str chosen_words(struct answering *a)
{
    struct buf *b = buf_new(a->rq->mem, CHOSEN_MAX);
    const struct provision_item *all = a->people.items.items;
    struct rows rows = provision_rides(a->rq->mem, &a->people.items);
    const struct provision_ride *rides = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        ride_write(a, &rides[i], b);
    for (size_t i = 0; i < a->people.items.count && i < PROVISION_ITEMS_MAX; i++)
        if (a->taken[i] && all[i].meal.len)
            chosen_add(b, provision_item_words(a->rq->mem, &all[i]));
    return buf_str(b).len ? buf_str(b) : text_find("provisions.takes_nothing");
}

/* Writes the row and what is taken; a plate says that he drives. */
static err answer_write(struct answering *a, const struct meeting_invited *who, str proxy_name)
{
    const struct provision_answer *before = provision_answer_of(&a->people, who->invitee_id);
    struct provision_answer row = before ? *before : (struct provision_answer){ .version = 0 };
    const struct provision_item *all = a->people.items.items;
    row.provision_id = a->p->id;
    row.invitee_id = who->invitee_id;
    row.member_id = who->member_id;
    row.person_id = who->person_id;
    row.chosen = chosen_words(a);
    row.drives = a->in->drives || a->in->plate.len > 0;
    row.plate = a->in->plate;
    row.diet = a->in->diet.len ? a->in->diet : str_of("plain");
    row.avoid = a->in->avoid;
    row.stale = 0;
    row.answered_at = a->rq->now_ms;
    row.proxy_name = proxy_name;
    row.until_on = a->p->to_on;
    if (before)
        TRY(provision_answer_store_update(a->rq->db, &row));
    else
        TRY(provision_answer_store_add(a->rq->db, &row, &row.id));
    TRY(provision_choice_store_clear(a->rq->db, row.id));
    for (size_t i = 0; i < a->people.items.count && i < PROVISION_ITEMS_MAX; i++)
        if (a->taken[i])
            TRY(provision_choice_store_add(a->rq->db, row.id, all[i].id));
    /* What he eats and drives is in no entry of the log, which outlives it. */
    return audit_add(a->rq, &(struct audit_entry){ .act = "provisions.answer",
                                                   .object = "provisions",
                                                   .object_id = a->p->id,
                                                   .before = before ? before->chosen : str_of(""),
                                                   .after = row.chosen });
}

/* The version that was seen; 0 where nobody had answered. */
static err version_check(struct answering *a, const struct meeting_invited *who)
{
    const struct provision_answer *before = provision_answer_of(&a->people, who->invitee_id);
    struct provision_answer_input stored = *a->in;
    if (!before)
        return OK;
    stored.drives = before->drives;
    stored.plate = before->plate;
    stored.diet = before->diet;
    stored.avoid = before->avoid;
    return conflict_check(a->rq, "web.version", a->in->version, before->version, &stored);
}

static err answer(struct answering *a, const struct meeting_invited *who, str proxy_name)
{
    if (!provision_comes(who))
        return err_make(ERR_CONFLICT, "provisions.not_coming");
    TRY(version_check(a, who));
    rides_read(a);
    meals_read(a);
    if (rq_has_faults(a->rq))
        return err_make(ERR_INVALID, "form.faults");
    TRY(answer_write(a, who, proxy_name));
    return provision_todo_end(a->rq, who->invitee_id);
}

static err begin(struct rq *rq, const struct provision *p, const struct provision_answer_input *in,
                 struct answering *out)
{
    out->rq = rq;
    out->p = p;
    out->in = in;
    return provision_people_find(rq, p->id, p->meeting_id, &out->people);
}

err provision_answer_own(struct rq *rq, const struct provision *p,
                         const struct provision_answer_input *in)
{
    struct answering *a = arena_zero(rq->mem, sizeof *a);
    TRY(begin(rq, p, in, a));
    const struct meeting_invited *who = provision_own(&a->people, rq->actor->person_id);
    if (!who)
        return err_make(ERR_FORBIDDEN, "provisions.not_invited");
    if (!provision_is_open(rq, p))
        return err_make(ERR_CONFLICT, "provisions.over");
    return answer(a, who, str_of(""));
}

err provision_answer_for(struct rq *rq, const struct provision *p,
                         const struct provision_answer_input *in)
{
    struct answering *a = arena_zero(rq->mem, sizeof *a);
    if (!str_is(p->state, "published") && !str_is(p->state, "closed"))
        return err_make(ERR_CONFLICT, "provisions.not_out");
    TRY(begin(rq, p, in, a));
    return answer(a, provision_invited(&a->people, in->invitee), rq->actor->name);
}

err provision_stale(struct rq *rq, const struct provision_people *people, i64 item_id, i64 until_on)
{
    struct provision_answer *all = people->answers.items;
    for (size_t i = 0; i < people->answers.count; i++) {
        if (item_id && (all[i].stale || !provision_takes(people, &all[i], item_id)))
            continue;
        all[i].stale = 1;
        if (until_on)
            all[i].until_on = until_on;
        TRY(provision_answer_store_update(rq->db, &all[i]));
        all[i].version++;
    }
    return OK;
}
