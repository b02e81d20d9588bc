/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Which rows of a year are asked for and may be seen: for the page and for the table as a file. */
#include "modules/scores/scores_views.h"

#include "platform/base/str.h"

#include <stdlib.h>

enum scores_by scores_by_of(str name)
{
    enum scores_by by = SCORES_BY_SECTOR;
    while (by + 1 < SCORES_BYS && !str_is(name, scores_by_name(by)))
        by++;
    return by;
}

void scores_keep_seen(struct rq *rq, struct rows *rows)
{
    struct scores_row *all = (struct scores_row *)rows->items;
    size_t n = 0;
    for (size_t i = 0; i < rows->count; i++)
        if (scores_may_see(rq, all[i].person))
            all[n++] = all[i];
    rows->count = n;
}

static bool is_open(const struct scores_row *row)
{
    return row->assessed && row->score->met != row->score->duties;
}

static void keep_asked(const struct scores_list_input *in, struct rows *rows)
{
    struct scores_row *all = (struct scores_row *)rows->items;
    size_t n = 0;
    for (size_t i = 0; i < rows->count; i++) {
        bool shown = str_is(in->show, "open")   ? is_open(&all[i])
                     : str_is(in->show, "away") ? !all[i].assessed
                                                : true;
        if (shown && (!in->by.len || scores_is_in(&all[i], scores_by_of(in->by), in->name)))
            all[n++] = all[i];
    }
    rows->count = n;
}

static int by_place(const void *a, const void *b)
{
    const struct scores_row *x = a, *y = b;
    i64 p = x->place ? x->place : INT64_MAX, q = y->place ? y->place : INT64_MAX;
    if (p != q)
        return p < q ? -1 : 1;
    return str_cmp(x->person->code, y->person->code);
}

err scores_list_load(struct rq *rq, struct scores_period *period, struct rows *rows,
                     struct scores_list_view *v)
{
    const struct scores_list_input *in = rq->input;
    TRY(scores_period_find(rq, in->year, period));
    TRY(scores_list(rq, &(struct scores_ask){ .period = period }, rows));
    scores_keep_seen(rq, rows);
    v->period = period;
    v->rq = rq;
    v->shows = scores_shows_others(rq);
    scores_groups(rq, rows, SCORES_BY_SECTOR, &v->whole);
    keep_asked(in, rows);
    scores_groups(rq, rows, SCORES_BY_SECTOR, &v->shown);
    if (v->shows.ranking && str_is(in->sort, "place"))
        qsort((void *)rows->items, rows->count, rows->size, by_place);
    return OK;
}
