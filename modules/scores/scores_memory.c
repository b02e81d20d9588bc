/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of scores_memory.h. */
#include "modules/scores/scores_memory.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "platform/base/str.h"

/* A member's year, and what it was worked out from beside his rows. */
struct kept {
    i64 member_id, since, entries;
    uint64_t tags, tags_before;
    enum scores_stand stand;
    size_t pause_count, exemption_count;
    struct scores_days *pauses, *exemptions;
    bool *exempt_years;
    struct score score;
    bool assessed;
};

/* Days and rules of a year. */
struct frame {
    i64 from, to, before_from, term_from;
    str document;
};

/* Everybody's, by member number; of which organisation, year and the one before; up to which row.
 */
struct memory {
    i64 org, newest;
    struct frame year, before;
    struct kept *all;
    size_t count, numbers; /* numbers: in each score's arrays */
};

static struct frame frame_of(const struct scores_period *p)
{
    return (struct frame){ .from = p->from,
                           .to = p->to,
                           .before_from = p->before_from,
                           .term_from = p->term_from,
                           .document = p->rules ? p->set.document : str_of("") };
}

static bool is_frame(const struct frame *f, const struct scores_period *p)
{
    struct frame g = frame_of(p);
    return f->from == g.from && f->to == g.to && f->before_from == g.before_from &&
           f->term_from == g.term_from && str_eq(f->document, g.document);
}

static bool are_same(const void *a, const void *b, size_t size)
{
    return size == 0 || memcmp(a, b, size) == 0;
}

static bool holds(const struct kept *k, const struct scores_basis *b)
{
    const struct scores_person *p = b->person;
    return k->since == p->since && k->stand == p->stand && k->tags == b->tags &&
           k->tags_before == b->tags_before && k->pause_count == p->pause_count &&
           k->exemption_count == p->exemption_count &&
           are_same(k->pauses, p->pauses, p->pause_count * sizeof *p->pauses) &&
           are_same(k->exemptions, p->exemptions, p->exemption_count * sizeof *p->exemptions) &&
           are_same(k->exempt_years, p->exempt_years, p->exemption_count * sizeof *p->exempt_years);
}

static int by_member(const void *key, const void *item)
{
    i64 a = *(const i64 *)key, b = ((const struct kept *)item)->member_id;
    return a < b ? -1 : a > b ? 1 : 0;
}

static int by_basis(const void *key, const void *item)
{
    i64 a = *(const i64 *)key, b = ((const struct scores_basis *)item)->person->member_id;
    return a < b ? -1 : a > b ? 1 : 0;
}

static struct kept *kept_of(const struct scores_look *look, size_t at)
{
    const struct memory *m = look->kept->root;
    return bsearch(&look->bases[at].person->member_id, m->all, m->count, sizeof *m->all, by_member);
}

/* Somebody of whom nothing is kept makes all be worked out anew, and who is gone as well, whose
 * rows would not be noticed until he is back: that is rare. */
static bool fresh_find(struct scores_look *look, const struct rows *changed)
{
    if (((const struct memory *)look->kept->root)->count != look->count)
        return false;
    for (size_t i = 0; i < look->count; i++) {
        const struct kept *k = kept_of(look, i);
        if (!k)
            return false;
        look->fresh[i] = holds(k, &look->bases[i]);
    }
    const struct entry_change *marks = changed->items;
    for (size_t i = 0; i < changed->count; i++) {
        const struct scores_basis *b =
            bsearch(&marks[i].member_id, look->bases, look->count, sizeof *look->bases, by_basis);
        if (b)
            look->fresh[b - look->bases] = false;
    }
    return true;
}

err scores_look_begin(struct rq *rq, struct scores_look *look)
{
    struct rows changed;
    look->stale = look->count;
    look->org = db_org(rq->db);
    if (!look->kept)
        return OK;
    const struct memory *m = look->kept->root;
    bool known = m && !arena_is_over(look->kept->mem) && m->org == look->org &&
                 is_frame(&m->year, look->period) && is_frame(&m->before, look->before);
    TRY(entry_list_since(rq, known ? m->newest : 0, &changed));
    look->newest = changed.count ? ((struct entry_change *)changed.items)->id
                   : known       ? m->newest
                                 : 0;
    look->fresh = arena_array(rq->mem, look->count + 1, sizeof *look->fresh);
    if (!known || changed.count == ENTRY_CHANGES || !fresh_find(look, &changed))
        return OK;
    look->stale = 0;
    for (size_t i = 0; i < look->count; i++)
        look->stale += !look->fresh[i];
    return OK;
}

static void score_copy(struct score *to, const struct score *from, i64 *numbers, size_t count)
{
    *to = *from;
    if (!from->rules) /* nothing was worked out */
        return;
    memcpy(numbers, from->rules, count * sizeof *numbers);
    to->rules = numbers;
    to->sections = numbers + (from->sections - from->rules);
    to->gates = numbers + (from->gates - from->rules);
    to->counts = numbers + (from->counts - from->rules);
}

void scores_look_take(const struct scores_look *look, size_t at, struct arena *mem,
                      struct scores_row *row)
{
    const struct memory *m = look->kept->root;
    const struct kept *k = kept_of(look, at);
    assert(k && look->fresh[at]);
    *row = (struct scores_row){ .person = look->bases[at].person,
                                .entries = k->entries,
                                .assessed = k->assessed,
                                .score = arena_zero(mem, sizeof *row->score) };
    i64 *numbers = k->score.rules ? arena_array(mem, m->numbers, sizeof *numbers) : NULL;
    score_copy(row->score, &k->score, numbers, m->numbers);
}

static void *copied(struct arena *mem, const void *from, size_t size)
{
    void *to = size ? arena_bytes(mem, size) : NULL;
    if (size)
        memcpy(to, from, size);
    return to;
}

static void basis_keep(struct arena *mem, struct kept *k, const struct scores_basis *b)
{
    const struct scores_person *p = b->person;
    k->member_id = p->member_id;
    k->since = p->since;
    k->stand = p->stand;
    k->tags = b->tags;
    k->tags_before = b->tags_before;
    k->pause_count = p->pause_count;
    k->exemption_count = p->exemption_count;
    k->pauses = copied(mem, p->pauses, p->pause_count * sizeof *p->pauses);
    k->exemptions = copied(mem, p->exemptions, p->exemption_count * sizeof *p->exemptions);
    k->exempt_years = copied(mem, p->exempt_years, p->exemption_count * sizeof *p->exempt_years);
}

static void row_keep(struct scores_look *look, struct kept *k, size_t at,
                     const struct scores_row *row)
{
    const struct memory *m = look->kept->root;
    struct arena *mem = look->kept->mem;
    i64 *numbers = k->score.rules;
    if (!k->member_id || !holds(k, &look->bases[at]))
        basis_keep(mem, k, &look->bases[at]);
    k->entries = row->entries;
    k->assessed = row->assessed;
    if (row->score->rules && !numbers)
        numbers = arena_array(mem, m->numbers, sizeof *numbers);
    score_copy(&k->score, row->score, numbers, m->numbers);
}

static void memory_begin(struct scores_look *look)
{
    const struct ruleset *r = look->period->rules;
    struct arena *mem = look->kept->mem;
    arena_reset(mem);
    struct memory *m = arena_zero(mem, sizeof *m);
    m->org = look->org;
    m->year = frame_of(look->period);
    m->year.document = arena_str(mem, m->year.document);
    m->before = frame_of(look->before);
    m->before.document = arena_str(mem, m->before.document);
    m->all = arena_array(mem, look->count + 1, sizeof *m->all);
    m->count = look->count;
    if (r)
        m->numbers = r->rule_count + r->section_count + r->gate_count + r->veto_count + 1;
    look->kept->root = m;
}

void scores_look_end(struct scores_look *look, const struct scores_row *rows)
{
    if (!look->kept)
        return;
    bool all = look->stale == look->count;
    if (all)
        memory_begin(look);
    struct memory *m = look->kept->root;
    for (size_t i = 0; i < look->count; i++)
        if (all || !look->fresh[i])
            row_keep(look, all ? &m->all[i] : kept_of(look, i), i, &rows[i]);
    m->newest = look->newest;
}
