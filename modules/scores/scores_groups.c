/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Sums by sector, committee and post: each is the sum of the rows that its list shows. */
#include "modules/scores/scores.h"

#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

enum { KEYS = 16 };

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
                                                   [SCORES_BY_POST] = "post" };
    return NAMES[by];
}

/* The groups that somebody is in; who is in none is in the one without a name. */
static size_t keys_of(const struct scores_person *p, enum scores_by by, str keys[KEYS])
{
    size_t n = 0;
    str rest = p->posts;
    if (by == SCORES_BY_SECTOR)
        keys[n++] = p->sector;
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
    return by == SCORES_BY_POST ? dictionary_label(rq, "members.posts", key) : key;
}

struct rows scores_groups(struct rq *rq, const struct rows *rows, enum scores_by by,
                          struct scores_group *whole)
{
    const struct scores_row *all = rows->items;
    size_t most = rows->count * KEYS + 1, n = 0;
    struct scores_group *groups = arena_array(rq->mem, most, sizeof *groups);
    *whole = (struct scores_group){ .label = text_find("scores.whole") };
    for (size_t i = 0; i < rows->count; i++) {
        str keys[KEYS];
        size_t in = keys_of(all[i].person, by, keys);
        count(whole, &all[i]);
        for (size_t k = 0, g; k < in; k++) {
            for (g = 0; g < n && !str_eq(groups[g].key, keys[k]);)
                g++;
            if (g == n)
                groups[n++] = (struct scores_group){ .key = keys[k],
                                                     .label = scores_key_label(rq, by, keys[k]) };
            count(&groups[g], &all[i]);
        }
    }
    return (struct rows){ groups, n, sizeof *groups };
}

i64 scores_average(const struct scores_group *group)
{
    if (group->assessed == 0)
        return 0;
    i64 twice = group->sum * 2 + (group->sum < 0 ? -group->assessed : group->assessed);
    return twice / (group->assessed * 2);
}
