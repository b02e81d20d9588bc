/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What groups earn by themselves (group_items of the rules): the records of such kinds that any of
 * their members has in the year, one after the other as if they were one member's. */
#include "modules/scores/scores.h"

#include <stdlib.h>
#include <string.h>

#include "platform/base/str.h"

enum { SCRATCH = 1 << 20, ROOM = 16 };

/* A record of a group: what the rules see, and which row of the ledger it is. */
struct record {
    struct score_entry seen;
    i64 id;
};

/* The records of one group as they grow. */
struct bucket {
    struct record *records;
    size_t count, room;
};

/* rows: by number of member, as the ledger comes. */
struct gathering {
    struct rq *rq;
    const struct ruleset *set;
    enum scores_by by;
    const struct scores_row **rows;
    size_t row_count, at;
    const struct scores_group *groups;
    struct bucket *buckets;
    size_t group_count;
};

static int by_member(const void *a, const void *b)
{
    i64 x = (*(const struct scores_row *const *)a)->person->member_id,
        y = (*(const struct scores_row *const *)b)->person->member_id;
    return x < y ? -1 : x > y;
}

static int by_day(const void *a, const void *b)
{
    const struct record *x = a, *y = b;
    if (x->seen.day != y->seen.day)
        return x->seen.day < y->seen.day ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

static void record_put(struct gathering *g, struct bucket *b, const struct record *record)
{
    if (b->count == b->room) {
        size_t room = b->room ? b->room * 2 : ROOM;
        struct record *more = arena_array(g->rq->mem, room, sizeof *more);
        if (b->count)
            memcpy(more, b->records, b->count * sizeof *more);
        b->records = more;
        b->room = room;
    }
    b->records[b->count++] = *record;
}

static err on_entry(void *context, void *row)
{
    struct gathering *g = context;
    const struct entry *e = row;
    while (g->at < g->row_count && g->rows[g->at]->person->member_id < e->member_id)
        g->at++;
    const struct scores_row *his = g->at < g->row_count ? g->rows[g->at] : NULL;
    int kind = ruleset_kind(g->set, e->kind);
    if (kind < 0 || !his || his->person->member_id != e->member_id)
        return OK;
    const struct record record = { .seen = { .day = e->happened_on,
                                             .quantity = e->quantity,
                                             .people = e->people,
                                             .kind = kind,
                                             .tags = scores_tags(g->set, e->tags) },
                                   .id = e->id };
    for (size_t i = 0; i < g->group_count; i++)
        if (g->groups[i].key.len && scores_is_in(his, g->by, g->groups[i].key))
            record_put(g, &g->buckets[i], &record);
    return OK;
}

/* A group's score in words: each line of it that a record or a bound gave. */
static void lines_make(struct gathering *g, const struct bucket *b, struct scores_group *group)
{
    const struct score *score = group->own;
    struct scores_group_line *lines = arena_array(g->rq->mem, score->line_count + 1, sizeof *lines);
    for (size_t i = 0; i < score->line_count; i++) {
        const struct score_line *line = &score->lines[i];
        str section = line->section >= 0 ? g->set->sections[line->section].name : str_of("");
        lines[i] = (struct scores_group_line){
            .rule = line->rule >= 0 ? g->set->rules[line->rule].text : section,
            .words = scores_why_words(line->why),
            .entry_id = line->entry >= 0 ? b->records[line->entry].id : 0,
            .happened_on = line->entry >= 0 ? b->records[line->entry].seen.day : 0,
            .points = line->points
        };
    }
    group->lines = lines;
    group->line_count = score->line_count;
}

static void group_make(struct gathering *g, const struct scores_period *period, struct bucket *b,
                       struct scores_group *group)
{
    struct score *score = arena_zero(g->rq->mem, sizeof *score);
    struct score_entry *entries = arena_array(g->rq->mem, b->count + 1, sizeof *entries);
    if (b->count)
        qsort(b->records, b->count, sizeof *b->records, by_day);
    for (size_t i = 0; i < b->count; i++)
        entries[i] = b->records[i].seen;
    score_make(g->rq->mem,
               &(struct score_ask){ .set = g->set,
                                    .entries = entries,
                                    .count = b->count,
                                    .term_from = period->term_from,
                                    .before_from = period->before_from,
                                    .from = period->from,
                                    .to = period->to,
                                    .since = period->from },
               score);
    group->own = score;
    lines_make(g, b, group);
}

bool scores_groups_earn(const struct scores_period *period, enum scores_by by)
{
    return period->rules && period->rules->group &&
           (by == SCORES_BY_SECTOR || by == SCORES_BY_COMMITTEE);
}

err scores_groups_score(struct rq *rq, const struct scores_period *period, const struct rows *rows,
                        enum scores_by by, struct rows *groups)
{
    struct scores_group *all = groups->items;
    const struct scores_row *people = rows->items;
    if (!scores_groups_earn(period, by))
        return OK;
    struct gathering g = { .rq = rq,
                           .set = period->rules->group,
                           .by = by,
                           .rows = arena_array(rq->mem, rows->count + 1, sizeof *g.rows),
                           .row_count = rows->count,
                           .groups = all,
                           .buckets = arena_zero(rq->mem, (groups->count + 1) * sizeof *g.buckets),
                           .group_count = groups->count };
    for (size_t i = 0; i < rows->count; i++)
        g.rows[i] = &people[i];
    qsort(g.rows, g.row_count, sizeof *g.rows, by_member);
    struct arena *scratch = arena_new(SCRATCH, 0);
    err e = entry_each(rq, &(struct entry_each){ .from_on = period->from,
                                                 .to_on = period->to,
                                                 .mem = scratch,
                                                 .fn = on_entry,
                                                 .context = &g });
    arena_free(scratch);
    TRY(e);
    for (size_t i = 0; i < groups->count; i++)
        if (all[i].key.len)
            group_make(&g, period, &g.buckets[i], &all[i]);
    return OK;
}
