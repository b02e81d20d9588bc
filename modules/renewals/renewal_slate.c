/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The list of nominees of the coming term (换届建议名单), who stays beside who is new, and the
 * balance of the body that would come of it. Statements: renewal_store.c; pages: renewal_lists.c.
 */
#include <stdlib.h>

#include "modules/renewals/renewal_lists.h"
#include "platform/base/clock.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

/* ---- who is on it ---- */

struct drawing {
    struct rq *rq;
    struct renewal_slate *out;
    struct rows people, named;
    i64 *named_ids; /* members.id of who is on the list by a nomination, ascending */
    size_t named_count;
    i64 *sitting_ids; /* likewise, of who sits today */
    size_t sitting_count;
};

static int by_number(const void *a, const void *b)
{
    i64 x = *(const i64 *)a, y = *(const i64 *)b;
    return x < y ? -1 : x > y;
}

static bool holds(const i64 *numbers, size_t count, i64 id)
{
    return count && bsearch(&id, numbers, count, sizeof *numbers, by_number);
}

/* Checked, and not voted down: who is put to the vote or was voted for. */
static bool is_put_up(const struct nomination *n)
{
    return str_is(n->state, "candidate") || str_is(n->state, "listed") ||
           str_is(n->state, "appointed") || str_is(n->state, "certified");
}

bool renewal_is_sitting(const struct renewal_person *p)
{
    return p->ended || str_is(p->status, "serving") || str_is(p->status, "suspended");
}

static void index_all(struct drawing *d)
{
    const struct nomination *named = d->named.items;
    const struct renewal_person *people = d->people.items;
    d->named_ids = arena_array(d->rq->mem, d->named.count + 1, sizeof *d->named_ids);
    d->sitting_ids = arena_array(d->rq->mem, d->people.count + 1, sizeof *d->sitting_ids);
    for (size_t i = 0; i < d->named.count; i++) {
        if (named[i].member_id && is_put_up(&named[i]))
            d->named_ids[d->named_count++] = named[i].member_id;
        d->out->unchecked += str_is(named[i].state, "nominated");
    }
    for (size_t i = 0; i < d->people.count; i++)
        if (renewal_is_sitting(&people[i]))
            d->sitting_ids[d->sitting_count++] = people[i].member_id;
    if (d->named_count)
        qsort(d->named_ids, d->named_count, sizeof *d->named_ids, by_number);
    if (d->sitting_count)
        qsort(d->sitting_ids, d->sitting_count, sizeof *d->sitting_ids, by_number);
}

static struct nominee nominee_of_person(const struct renewal_person *p)
{
    return (struct nominee){ .sector_id = p->sector_id,
                             .birth_on = p->birth_on,
                             .name = p->name,
                             .gender = p->gender,
                             .ethnic = p->ethnic,
                             .party = p->party,
                             .employer = p->employer,
                             .job = p->job,
                             .sector = p->sector };
}

static void put(struct drawing *d, struct nominee nominee, struct renewal_seat seat)
{
    struct nominee *nominees = d->out->list.nominees.items;
    struct renewal_seat *seats = d->out->seats.items;
    seat.name = nominee.name;
    seat.sector = nominee.sector;
    seat.sector_id = nominee.sector_id;
    nominee.remark = text_label("renewals.remark", seat.from);
    nominee.at = d->out->seats.count;
    nominees[d->out->list.nominees.count++] = nominee;
    seats[d->out->seats.count++] = seat;
}

/* Who was chosen, and is named too, stands on it by his nomination. */
static void put_kept(struct drawing *d)
{
    const struct renewal_person *all = d->people.items;
    for (size_t i = 0; i < d->people.count; i++) {
        if (!all[i].kept || holds(d->named_ids, d->named_count, all[i].member_id))
            continue;
        if (!all[i].ended && !str_is(all[i].status, "serving")) {
            d->out->barred++;
            continue;
        }
        put(d, nominee_of_person(&all[i]),
            (struct renewal_seat){ .member_id = all[i].member_id, .from = str_of("kept") });
        d->out->stays++;
    }
}

static void put_named(struct drawing *d)
{
    const struct nomination *all = d->named.items;
    for (size_t i = 0; i < d->named.count; i++) {
        if (!is_put_up(&all[i]))
            continue;
        bool sits = all[i].member_id && holds(d->sitting_ids, d->sitting_count, all[i].member_id);
        const char *from = sits ? "renewed" : all[i].member_id ? "former" : "fresh";
        put(d, nominee_of(&all[i]),
            (struct renewal_seat){
                .member_id = all[i].member_id, .nomination_id = all[i].id, .from = str_of(from) });
        d->out->stays += sits;
        d->out->comes += !sits;
        d->out->pending += str_is(all[i].state, "candidate") || str_is(all[i].state, "listed");
    }
}

static void put_today(struct drawing *d)
{
    const struct renewal_person *all = d->people.items;
    struct nominee *today = d->out->today.items;
    for (size_t i = 0; i < d->people.count; i++) {
        if (!renewal_is_sitting(&all[i]))
            continue;
        struct nominee one = nominee_of_person(&all[i]);
        one.sector_id = all[i].seat_sector_id;
        one.sector = all[i].seat_sector;
        today[d->out->today.count++] = one;
    }
}

static void room(struct drawing *d)
{
    size_t most = d->people.count + d->named.count + 1;
    struct nominee *nominees = arena_array(d->rq->mem, most, sizeof *nominees);
    struct nominee *today = arena_array(d->rq->mem, most, sizeof *today);
    struct renewal_seat *seats = arena_array(d->rq->mem, most, sizeof *seats);
    d->out->list.nominees = (struct rows){ nominees, 0, sizeof *nominees };
    d->out->today = (struct rows){ today, 0, sizeof *today };
    d->out->seats = (struct rows){ seats, 0, sizeof *seats };
}

err renewal_slate_load(struct rq *rq, struct renewal *r, struct renewal_slate *out)
{
    struct drawing d = { .rq = rq, .out = out };
    *out = (struct renewal_slate){ .stays = 0 };
    TRY(renewal_find_open(rq, r));
    TRY(renewal_list_people(rq, r, &d.people));
    TRY(nomination_list_term(rq, r->term_number, &d.named));
    room(&d);
    index_all(&d);
    put_kept(&d);
    put_named(&d);
    put_today(&d);
    out->list.title = text_format(rq->mem, "renewals.slate_title",
                                  str_number(rq->mem, r->term_number), str_of(""));
    out->list.note = text_format(rq->mem, "renewals.slate_note", str_number(rq->mem, out->stays),
                                 str_number(rq->mem, out->comes));
    out->list.act = "renewals.paper";
    out->list.object = "renewals";
    out->list.object_id = r->id;
    return nominees_order(rq, r->opened_on > rq->today ? r->opened_on : rq->today,
                          &out->list.nominees);
}

/* ---- the balance ---- */

struct counting {
    struct rq *rq;
    i64 forty, fifty, sixty; /* first days of birth of who is younger on the opening day */
    bool coming;
};

static str side_of(const struct counting *c, const struct nominee *n)
{
    (void)c;
    return str_of(n->party.len == 0 ? "" : nominee_is_other(n->party) ? "others" : "cpc");
}

static str gender_of(const struct counting *c, const struct nominee *n)
{
    (void)c;
    return n->gender;
}

static str minority_of(const struct counting *c, const struct nominee *n)
{
    (void)c;
    return str_of(n->ethnic.len == 0 ? "" : nominee_is_minority(n->ethnic) ? "minority" : "han");
}

static str age_of(const struct counting *c, const struct nominee *n)
{
    if (n->birth_on == BIRTH_UNKNOWN)
        return str_of("");
    if (n->birth_on > c->forty)
        return str_of("39");
    if (n->birth_on > c->fifty)
        return str_of("49");
    return str_of(n->birth_on > c->sixty ? "59" : "60");
}

static str party_of(const struct counting *c, const struct nominee *n)
{
    (void)c;
    return n->party;
}

static str sector_of(const struct counting *c, const struct nominee *n)
{
    (void)c;
    return n->sector;
}

/* labels: those that stand first, in this order, where somebody has them. */
static const struct kind {
    const char *name;
    str (*label)(const struct counting *c, const struct nominee *n);
    const char *labels[6];
} KINDS[RENEWAL_KINDS] = {
    { "side", side_of, { "others", "cpc", "", NULL } },
    { "gender", gender_of, { "female", "male", "", NULL } },
    { "minority", minority_of, { "minority", "han", "", NULL } },
    { "age", age_of, { "39", "49", "59", "60", "", NULL } },
    { "party", party_of, { NULL } },
    { "sector", sector_of, { NULL } },
};

static struct nomination_share *share_of(struct renewal_table *t, str label)
{
    struct nomination_share *all = t->shares.items;
    size_t i = 0;
    while (i < t->shares.count && !str_eq(all[i].label, label))
        i++;
    if (i == t->shares.count)
        all[t->shares.count++] =
            (struct nomination_share){ .kind = str_of(t->kind), .label = label };
    return &all[i];
}

static void count_all(const struct counting *c, const struct kind *kind, const struct rows *people,
                      struct renewal_table *t)
{
    const struct nominee *all = people->items;
    for (size_t i = 0; i < people->count; i++) {
        struct nomination_share *share = share_of(t, kind->label(c, &all[i]));
        share->coming += c->coming;
        share->seated += !c->coming;
    }
}

/* Nobody has a label that only stands there for the order. */
static void drop_empty(struct renewal_table *t)
{
    struct nomination_share *all = t->shares.items;
    size_t stay = 0;
    for (size_t i = 0; i < t->shares.count; i++)
        if (all[i].seated || all[i].coming)
            all[stay++] = all[i];
    t->shares.count = stay;
}

static int by_size(const void *a, const void *b)
{
    const struct nomination_share *x = a, *y = b;
    if (x->coming != y->coming)
        return x->coming > y->coming ? -1 : 1;
    return x->seated > y->seated ? -1 : x->seated < y->seated;
}

static void table_make(struct counting *c, const struct kind *kind,
                       const struct renewal_slate *slate, struct renewal_table *t)
{
    enum { FIXED = 6 };
    size_t most = slate->today.count + slate->list.nominees.count + FIXED;
    struct nomination_share *shares = arena_array(c->rq->mem, most, sizeof *shares);
    *t = (struct renewal_table){ kind->name, { shares, 0, sizeof *shares } };
    for (size_t i = 0; kind->labels[i]; i++)
        share_of(t, str_of(kind->labels[i]));
    c->coming = true;
    count_all(c, kind, &slate->list.nominees, t);
    c->coming = false;
    count_all(c, kind, &slate->today, t);
    drop_empty(t);
    if (strcmp(kind->name, "party") == 0 && t->shares.count)
        qsort(shares, t->shares.count, sizeof *shares, by_size);
}

enum { MONTHS = 12, PERCENT = 100 };

/* Of one label of a table, which it may not have. coming: size of the coming body. */
static struct renewal_measure measure(const struct renewal_table *t, const char *label, i64 floor,
                                      i64 coming)
{
    struct renewal_measure m = { .name = label, .floor = floor };
    const struct nomination_share *all = t->shares.items;
    for (size_t i = 0; i < t->shares.count; i++)
        if (str_is(all[i].label, label)) {
            m.seated = all[i].seated;
            m.coming = all[i].coming;
        }
    m.below = m.coming * PERCENT < floor * coming;
    return m;
}

void renewal_balance_make(struct rq *rq, const struct renewal *r, const struct renewal_slate *slate,
                          struct renewal_balance *out)
{
    struct counting c = { .rq = rq,
                          .forty = day_add_months(r->opened_on, -40 * MONTHS),
                          .fifty = day_add_months(r->opened_on, -50 * MONTHS),
                          .sixty = day_add_months(r->opened_on, -60 * MONTHS) };
    *out = (struct renewal_balance){ .rq = rq, .r = r };
    out->seated = (i64)slate->today.count;
    out->coming = (i64)slate->list.nominees.count;
    for (size_t k = 0; k < RENEWAL_KINDS; k++)
        table_make(&c, &KINDS[k], slate, &out->tables[k]);
    static const char *const MEASURES[RENEWAL_MEASURES][2] = {
        { "others", "renewals.others_min" },
        { "female", "renewals.women_min" },
        { "minority", "renewals.minority_min" },
    };
    for (size_t i = 0; i < RENEWAL_MEASURES; i++)
        out->measures[i] = measure(&out->tables[i], MEASURES[i][0],
                                   setting_number(rq, MEASURES[i][1]), out->coming);
}

str renewal_share_words(struct rq *rq, const struct nomination_share *s)
{
    if (s->label.len && (str_is(s->kind, "side") || str_is(s->kind, "minority")))
        return text_label("renewals.shares", s->label);
    return nomination_share_words(rq, s);
}
