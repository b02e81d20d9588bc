/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Working out: the ledger is read once, member by member, into what the rules see (score.h); then
 * quotas and places, which are of all. What of it outlives a look: scores_memory.h. */
#include "modules/scores/scores_memory.h"

#include <stdlib.h>
#include <string.h>

#include "platform/base/str.h"

enum { SCRATCH = 1 << 20, ROOM = 256, KNOWN = 256, FEW = 200 };

/* What a text of the ledger is to the rules: the same few come a million times. */
struct known {
    str text;
    uint64_t value;
};

/* Entries as a set of rules sees them. */
struct side {
    const struct ruleset *rules;
    struct score_entry *entries;
    struct known kinds[KNOWN], tags[KNOWN];
};

/* before: what the year before was, where rules ask for it; its rules NULL = they do not. */
struct reading {
    struct rq *rq;
    const struct scores_ask *ask;
    struct scores_period before;
    struct side now, then;
    const struct scores_person *people;
    size_t person_count, at, count, room;
    const struct entry *list; /* of a member alone: his rows, which stay */
    struct scores_row *rows;
    i64 seen; /* rows within the year */
};

/* ---- rows of the ledger ---- */

static bool is_within(const struct scores_days *all, size_t count, i64 day)
{
    for (size_t i = 0; i < count; i++)
        if (all[i].from <= day && day <= all[i].to)
            return true;
    return false;
}

/* While he is suspended or exempt nobody has to come: what he missed then is no fault of his. */
static bool is_excused(const struct scores_person *p, const struct entry *e)
{
    return (is_within(p->pauses, p->pause_count, e->happened_on) ||
            is_within(p->exemptions, p->exemption_count, e->happened_on)) &&
           entry_is_missed(e->kind);
}

uint64_t scores_tags(const struct ruleset *rules, str tags)
{
    uint64_t bits = 0;
    str tag;
    while (str_split(&tags, ' ', &tag)) {
        int at = ruleset_tag(rules, tag);
        bits |= at >= 0 ? 1ULL << at : 0;
    }
    return bits;
}

static uint64_t kind_of(const struct ruleset *rules, str kind)
{
    return (uint64_t)(i64)ruleset_kind(rules, kind);
}

static uint64_t look_up(struct reading *r, struct side *side, struct known *all, str text)
{
    uint64_t hash = text.len;
    for (size_t i = 0; i < text.len; i++)
        hash = hash * 31 + (unsigned char)text.ptr[i];
    struct known *known = &all[hash % KNOWN];
    if (!known->text.ptr || !str_eq(known->text, text))
        *known = (struct known){ arena_str(r->rq->mem, text),
                                 all == side->kinds ? kind_of(side->rules, text)
                                                    : scores_tags(side->rules, text) };
    return known->value;
}

static void side_put(struct reading *r, struct side *side, const struct entry *e, bool excused)
{
    if (side->rules)
        side->entries[r->count] = (struct score_entry){
            .day = e->happened_on,
            .quantity = e->quantity,
            .people = e->people,
            .kind = excused ? -1 : (int)(i64)look_up(r, side, side->kinds, e->kind),
            .tags = look_up(r, side, side->tags, e->tags),
        };
}

static void side_grow(struct reading *r, struct side *side, size_t room)
{
    struct score_entry *more = arena_array(r->rq->mem, room, sizeof *more);
    if (r->count)
        memcpy(more, side->entries, r->count * sizeof *more);
    side->entries = more;
}

static void entry_take(struct reading *r, const struct scores_person *p, const struct entry *e)
{
    const struct scores_period *period = r->ask->period;
    if (r->count == r->room) {
        size_t room = r->room ? r->room * 2 : ROOM;
        side_grow(r, &r->now, room);
        side_grow(r, &r->then, room);
        r->room = room;
    }
    bool excused = is_excused(p, e);
    side_put(r, &r->now, e, excused);
    side_put(r, &r->then, e, excused);
    r->count++;
    r->seen +=
        e->happened_on >= period->from && e->happened_on <= period->to && entry_is_deed(e->kind);
}

/* ---- one member ---- */

/* What he is at the year's end: posts by their codes, of the standing committee "standing". */
static uint64_t person_tags(const struct ruleset *rules, const struct scores_person *p)
{
    uint64_t bits = scores_tags(rules, p->posts);
    bits |= p->standing ? scores_tags(rules, str_of("standing")) : 0;
    return bits | (p->joined ? scores_tags(rules, str_of("new")) : 0);
}

static uint64_t tags_or_none(const struct ruleset *rules, const struct scores_person *p)
{
    return rules ? person_tags(rules, p) : 0;
}

static struct score_ask ask_of(struct reading *r, const struct scores_person *p,
                               const struct scores_period *period, const struct side *side)
{
    return (struct score_ask){ .set = side->rules,
                               .entries = side->entries,
                               .count = r->count,
                               .term_from = period->term_from,
                               .before_from = period->before_from,
                               .from = period->from,
                               .to = period->to,
                               .since = p->since,
                               .tags = person_tags(side->rules, p),
                               .brief = !r->ask->only };
}

/* The year before is held against him only if he was there all of it. */
static void before_take(struct reading *r, const struct scores_person *p, struct score_ask *ask)
{
    if (!r->then.rules || p->since > r->before.from ||
        scores_is_exempt(p, r->before.from, r->before.to))
        return;
    struct score score;
    struct score_ask then = ask_of(r, p, &r->before, &r->then);
    then.brief = true;
    score_make(r->rq->mem, &then, &score);
    ask->has_before = score.scored;
    ask->before_total = score.total;
}

static void person_end(struct reading *r)
{
    const struct scores_person *p = &r->people[r->at];
    struct scores_row *row = &r->rows[r->at++];
    *row = (struct scores_row){ .person = p, .entries = r->seen };
    if (r->ask->only) {
        row->list = r->list;
        row->seen = r->now.entries;
        row->count = r->now.rules ? r->count : 0;
    }
    row->score = arena_zero(r->rq->mem, sizeof *row->score);
    row->score->grade = -1;
    if (r->now.rules && p->stand != SCORES_SUSPENDED) {
        struct score_ask ask = ask_of(r, p, r->ask->period, &r->now);
        ask.exempt = p->stand == SCORES_EXEMPT;
        before_take(r, p, &ask);
        score_make(r->rq->mem, &ask, row->score);
        row->assessed = row->score->scored && p->stand == SCORES_SERVING;
        if (!row->assessed)
            row->score->grade = -1;
    }
    r->count = 0;
    r->seen = 0;
}

static err on_entry(void *context, void *row)
{
    struct reading *r = context;
    const struct entry *e = row;
    while (r->at < r->person_count && r->people[r->at].member_id < e->member_id)
        person_end(r);
    if (r->at < r->person_count && r->people[r->at].member_id == e->member_id)
        entry_take(r, &r->people[r->at], e);
    return OK;
}

/* ---- all of them ---- */

static bool asks_for(const struct ruleset *rules, enum ruleset_span span, bool below)
{
    for (size_t i = 0; rules && i < rules->veto_count; i++)
        if (rules->vetoes[i].span == span && (rules->vetoes[i].test == TEST_BELOW) == below)
            return true;
    return false;
}

/* The first day that anything hangs on. */
static i64 first_day(const struct scores_period *period)
{
    i64 from = period->from;
    bool two = asks_for(period->rules, SPAN_TWO_PERIODS, false) ||
               asks_for(period->rules, SPAN_TWO_PERIODS, true);
    if (two)
        from = period->before_from;
    if (asks_for(period->rules, SPAN_TERM, false) && period->term_from < from)
        from = period->term_from;
    return from;
}

/* Of everybody, or of one whose rows need not stay. */
static err read_through(struct reading *r, i64 member_id, i64 from, i64 to)
{
    struct arena *scratch = arena_new(SCRATCH, 0);
    const struct entry_each each = { .member_id = member_id,
                                     .from_on = from,
                                     .to_on = to,
                                     .brief = member_id == 0,
                                     .mem = scratch,
                                     .fn = on_entry,
                                     .context = r };
    err e = entry_each(r->rq, &each);
    arena_free(scratch);
    return e;
}

static int by_day(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    i64 p = x->id ? x->id : INT64_MAX, q = y->id ? y->id : INT64_MAX; /* the newest of a day */
    if (x->happened_on != y->happened_on)
        return x->happened_on < y->happened_on ? -1 : 1;
    return p < q ? -1 : p > q ? 1 : 0;
}

/* Rows as if they stood among the others. */
static void extra_take(struct reading *r, struct rows *rows)
{
    const struct rows *extra = r->ask->extra;
    struct entry *all = arena_array(r->rq->mem, rows->count + extra->count + 1, sizeof *all);
    if (rows->count)
        memcpy(all, rows->items, rows->count * sizeof *all);
    if (extra->count)
        memcpy(all + rows->count, extra->items, extra->count * sizeof *all);
    *rows = (struct rows){ all, rows->count + extra->count, sizeof *all };
    qsort(all, rows->count, sizeof *all, by_day);
}

static err read_one(struct reading *r, i64 from, i64 to)
{
    struct rows rows;
    TRY(entry_list(r->rq, r->ask->only, from, to, &rows));
    if (r->ask->extra)
        extra_take(r, &rows);
    r->list = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(on_entry(r, (void *)&r->list[i]));
    return OK;
}

/* Who has no number in the roster, as one who left, stands behind those who have one. */
static int by_roster(const void *a, const void *b)
{
    const struct scores_person *x = ((const struct scores_row *)a)->person;
    const struct scores_person *y = ((const struct scores_row *)b)->person;
    if (x->sector_place != y->sector_place)
        return x->sector_place < y->sector_place ? -1 : 1;
    int order = str_cmp(x->sector, y->sector);
    order = order ? order : (x->code.len == 0) - (y->code.len == 0);
    order = order ? order : str_cmp(x->code, y->code);
    return order ? order : x->member_id < y->member_id ? -1 : 1;
}

static int by_points(const void *a, const void *b)
{
    const struct scores_row *x = *(struct scores_row *const *)a;
    const struct scores_row *y = *(struct scores_row *const *)b;
    return x->score->total < y->score->total ? 1 : x->score->total > y->score->total ? -1 : 0;
}

/* Grades that are only for so many, and places: of those assessed. */
static void compare_all(struct rq *rq, const struct ruleset *rules, struct scores_row *rows,
                        size_t count)
{
    struct scores_row **sorted = arena_array(rq->mem, count + 1, sizeof(struct scores_row *));
    struct score **scores = arena_array(rq->mem, count + 1, sizeof(struct score *));
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        if (rows[i].assessed)
            sorted[n++] = &rows[i];
    qsort(sorted, n, sizeof(struct scores_row *), by_points);
    for (size_t i = 0; i < n; i++) {
        bool same = i > 0 && sorted[i]->score->total == sorted[i - 1]->score->total;
        sorted[i]->place = same ? sorted[i - 1]->place : (i64)i + 1;
        scores[i] = sorted[i]->score;
    }
    score_quotas(rq->mem, rules, scores, n);
}

/* Those whose years are kept and hold are taken from there; the few others are read one by one. */
static err read_stale(struct reading *r, const struct scores_look *look, i64 from, i64 to)
{
    for (size_t i = 0; i < r->person_count; i++) {
        if (look->fresh[i]) {
            scores_look_take(look, i, r->rq->mem, &r->rows[r->at++]);
            continue;
        }
        TRY(read_through(r, r->people[i].member_id, from, to));
        person_end(r);
    }
    return OK;
}

/* Two years can be kept side by side: this one and the last are looked at in turn. A draft is tried
 * once. */
static struct db_kept *kept_at(struct rq *rq, const struct scores_ask *ask)
{
    if (ask->kept || str_is(ask->period->set.state, "draft"))
        return ask->kept;
    return db_kept(rq->db, ask->period->year % 2 ? "scores.odd" : "scores.even");
}

static err read_everybody(struct reading *r, i64 from, i64 to)
{
    struct scores_look look = { .kept = kept_at(r->rq, r->ask),
                                .period = r->ask->period,
                                .before = &r->before,
                                .count = r->person_count };
    look.bases = arena_array(r->rq->mem, look.count + 1, sizeof *look.bases);
    for (size_t i = 0; i < look.count; i++)
        look.bases[i] =
            (struct scores_basis){ .person = &r->people[i],
                                   .tags = tags_or_none(r->now.rules, &r->people[i]),
                                   .tags_before = tags_or_none(r->then.rules, &r->people[i]) };
    TRY(scores_look_begin(r->rq, &look));
    if (look.stale < look.count && look.stale <= FEW)
        TRY(read_stale(r, &look, from, to));
    else {
        look.stale = look.count;
        TRY(read_through(r, 0, from, to));
    }
    while (r->at < r->person_count)
        person_end(r);
    scores_look_end(&look, r->rows);
    return OK;
}

static err work_out(struct rq *rq, const struct scores_ask *ask, struct rows *out)
{
    const struct scores_period *period = ask->period;
    struct reading r = { .rq = rq, .ask = ask, .now = { .rules = period->rules } };
    struct rows people;
    TRY(scores_people(rq, period, ask->only, &people));
    if (asks_for(period->rules, SPAN_TWO_PERIODS, true)) {
        TRY(scores_period_find(rq, period->year - 1, &r.before));
        r.then.rules = r.before.rules;
    }
    r.people = people.items;
    r.person_count = people.count;
    r.rows = arena_array(rq->mem, people.count + 1, sizeof *r.rows);
    if (!ask->only)
        TRY(read_everybody(&r, first_day(period), period->to));
    else
        TRY(read_one(&r, first_day(period), period->to));
    while (r.at < r.person_count)
        person_end(&r);
    *out = (struct rows){ r.rows, r.person_count, sizeof *r.rows };
    return OK;
}

static err everybody(struct rq *rq, const struct scores_ask *ask, struct rows *out)
{
    const struct scores_period *period = ask->period;
    TRY(work_out(rq, &(struct scores_ask){ .period = period, .kept = ask->kept }, out));
    struct scores_row *rows = (struct scores_row *)out->items;
    qsort(rows, out->count, sizeof *rows, by_roster);
    if (period->rules)
        compare_all(rq, period->rules, rows, out->count);
    return OK;
}

err scores_list(struct rq *rq, const struct scores_ask *ask, struct rows *out)
{
    if (!ask->only)
        return everybody(rq, ask, out);
    TRY(work_out(rq, ask, out));
    struct scores_row *rows = (struct scores_row *)out->items;
    if (!ask->all || out->count == 0)
        return OK;
    TRY(everybody(rq, ask, ask->all));
    const struct scores_row *others = ask->all->items;
    for (size_t i = 0; i < ask->all->count; i++)
        if (others[i].person->member_id == ask->only) {
            rows[0].score->grade = others[i].score->grade;
            rows[0].place = others[i].place;
        }
    return OK;
}
