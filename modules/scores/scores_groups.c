/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Sums by sector, committee and post: each is the sum of the rows that its list shows. */
#include "modules/scores/scores.h"

#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

#include <string.h>

enum { KEYS = 16, FIRST = 64 };

i64 scores_count(uint64_t set)
{
    i64 n = 0;
    for (; set; set &= set - 1)
        n++;
    return n;
}

const char *scores_by_name(enum scores_by by)
{
    static const char *const NAMES[SCORES_BYS] = { [SCORES_BY_SECTOR] = "sector",
                                                   [SCORES_BY_COMMITTEE] = "committee",
                                                   [SCORES_BY_POST] = "post",
                                                   [SCORES_BY_PARTY] = "party" };
    return NAMES[by];
}

/* The groups that somebody is in; who is in none is in the one without a name. */
static size_t keys_of(const struct scores_person *p, enum scores_by by, str keys[KEYS])
{
    size_t n = 0;
    str rest = p->posts;
    if (by == SCORES_BY_SECTOR)
        keys[n++] = p->sector;
    else if (by == SCORES_BY_PARTY)
        keys[n++] = p->party;
    else if (by == SCORES_BY_COMMITTEE)
        for (; n < p->committee_count; n++)
            keys[n] = p->committee_names[n];
    else
        while (n < KEYS && str_split(&rest, ' ', &keys[n]))
            n++;
    if (n == 0)
        keys[n++] = str_of("");
    return n;
}

bool scores_is_in(const struct scores_row *row, enum scores_by by, str key)
{
    str keys[KEYS];
    size_t n = keys_of(row->person, by, keys);
    for (size_t i = 0; i < n; i++)
        if (str_eq(keys[i], key))
            return true;
    return false;
}

static void count(struct scores_group *g, const struct scores_row *row)
{
    g->people++;
    g->entries += row->entries;
    if (!row->assessed)
        return;
    g->assessed++;
    g->sum += row->score->total;
    g->due += row->score->duties != 0;
    g->met += row->score->duties != 0 && row->score->met == row->score->duties;
}

str scores_key_label(struct rq *rq, enum scores_by by, str key)
{
    if (key.len == 0)
        return text_label("scores.without", str_of(scores_by_name(by)));
    if (by == SCORES_BY_PARTY)
        return dictionary_label(rq, "members.parties", key);
    return by == SCORES_BY_POST ? dictionary_label(rq, "members.posts", key) : key;
}

/* The group of a key; there are few, so that looking through them is quick. */
struct grouping {
    struct rq *rq;
    struct scores_group *groups;
    size_t count, room;
};

static struct scores_group *group_of(struct grouping *g, enum scores_by by, str key)
{
    for (size_t i = 0; i < g->count; i++)
        if (str_eq(g->groups[i].key, key))
            return &g->groups[i];
    if (g->count == g->room) {
        size_t room = g->room ? g->room * 2 : FIRST;
        struct scores_group *more = arena_array(g->rq->mem, room, sizeof *more);
        if (g->count)
            memcpy(more, g->groups, g->count * sizeof *more);
        g->groups = more;
        g->room = room;
    }
    g->groups[g->count] =
        (struct scores_group){ .key = key, .label = scores_key_label(g->rq, by, key) };
    return &g->groups[g->count++];
}

struct rows scores_groups(struct rq *rq, const struct rows *rows, enum scores_by by,
                          struct scores_group *whole)
{
    const struct scores_row *all = rows->items;
    struct grouping g = { .rq = rq };
    *whole = (struct scores_group){ .label = text_find("scores.whole") };
    for (size_t i = 0; i < rows->count; i++) {
        str keys[KEYS];
        size_t in = keys_of(all[i].person, by, keys);
        count(whole, &all[i]);
        for (size_t k = 0; k < in; k++)
            count(group_of(&g, by, keys[k]), &all[i]);
    }
    return (struct rows){ g.groups, g.count, sizeof *g.groups };
}

i64 scores_average(const struct scores_group *group)
{
    if (group->assessed == 0)
        return 0;
    i64 twice = group->sum * 2 + (group->sum < 0 ? -group->assessed : group->assessed);
    return twice / (group->assessed * 2);
}
