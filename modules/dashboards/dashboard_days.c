/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Where the days were spent (glossary, rates and counts): whole days of each stage, the one in the
 * middle and the one that nine of ten do not pass, by nearest rank. Counters: dashboard_facts.h. */
#include "modules/dashboards/dashboard_days.h"

#include "platform/base/str.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"

/* by_agency: each agency's own. of_forms: only for who may see evaluations; of_disputes: only for
 * who sees all of those. */
static const struct stage {
    const char *name;
    bool by_agency, of_forms, of_disputes;
} STAGES[] = {
    { "review_days", false, false, false }, { "assign_days", false, false, false },
    { "accept_days", true, false, false },  { "handle_days", true, false, false },
    { "sign_days", true, false, false },    { "cohost_days", true, false, false },
    { "evaluate_days", true, true, false }, { "dispute_days", true, false, true },
};
enum { STAGE_COUNT = sizeof STAGES / sizeof *STAGES, MEDIAN = 50, NINE_OF_TEN = 90 };

/* ---- ranks ---- */

static int by_days(const void *a, const void *b)
{
    i64 x = ((const struct day_count *)a)->days, y = ((const struct day_count *)b)->days;
    return (x > y) - (x < y);
}

i64 days_at_rank(const struct day_count *all, size_t count, i64 percent)
{
    i64 n = 0, seen = 0;
    for (size_t i = 0; i < count; i++)
        n += all[i].count;
    i64 rank = (n * percent + 99) / 100;
    for (size_t i = 0; i < count; i++)
        if ((seen += all[i].count) >= rank)
            return all[i].days;
    return -1;
}

/* The counts of a line, or of all lines where line is NULL, in order of days. */
static void days_make(struct rq *rq, const struct tally *t, const struct tally_line *line,
                      struct stage_days *out)
{
    size_t room = line ? line->count : 0;
    for (size_t i = 0; !line && i < t->count; i++)
        room += t->lines[i].count;
    struct day_count *all = arena_array(rq->mem, room + 1, sizeof *all);
    size_t n = 0;
    *out = (struct stage_days){ .median = -1, .most = -1 };
    for (size_t i = 0; i < t->count; i++)
        for (size_t k = 0; (!line || line == &t->lines[i]) && k < t->lines[i].count; k++) {
            const struct dashboard_count *c = &t->lines[i].counts[k];
            i64 days = 0;
            (void)str_to_i64(c->metric, &days);
            all[n++] = (struct day_count){ days, c->value };
            out->count += c->value;
        }
    qsort(all, n, sizeof *all, by_days);
    out->median = days_at_rank(all, n, MEDIAN);
    out->most = days_at_rank(all, n, NINE_OF_TEN);
}

/* ---- tables ---- */

static str days_words(struct rq *rq, i64 days)
{
    return days < 0 ? str_of("\u2014") : arena_printf(rq->mem, "%lld", (long long)days);
}

static void cells_put(struct rq *rq, const struct stage_days *d, struct figure_cell *cells)
{
    cells[0].rate = days_words(rq, d->count);
    cells[1].rate = days_words(rq, d->median);
    cells[2].rate = days_words(rq, d->most);
}

static str word(struct rq *rq, const char *prefix, const char *name)
{
    return text_find(arena_printf(rq->mem, "%s%s", prefix, name).ptr);
}

static const struct figure_head *heads_make(struct rq *rq)
{
    static const char *const NAMES[DAY_COLUMNS] = { "count", "median", "most" };
    struct figure_head *heads = arena_array(rq->mem, DAY_COLUMNS, sizeof *heads);
    for (size_t i = 0; i < DAY_COLUMNS; i++)
        heads[i] = (struct figure_head){ word(rq, "proposals.figures.days.", NAMES[i]),
                                         str_of("/proposals/figures/explain#days") };
    return heads;
}

static struct figure_table table_of(struct rq *rq, str caption, const char *first, size_t lines)
{
    return (struct figure_table){ .caption = caption,
                                  .first = text_find(first),
                                  .heads = heads_make(rq),
                                  .head_count = DAY_COLUMNS,
                                  .lines =
                                      arena_array(rq->mem, lines + 1, sizeof(struct figure_line)) };
}

static void line_add(struct rq *rq, struct figure_table *t, str label, const struct stage_days *d)
{
    struct figure_cell *cells = arena_array(rq->mem, DAY_COLUMNS, sizeof *cells);
    cells_put(rq, d, cells);
    ((struct figure_line *)t->lines)[t->count++] =
        (struct figure_line){ .label = label, .cells = cells };
}

err days_tables_make(const struct figure_set *s, struct figure_table *out, size_t *count)
{
    struct rq *rq = s->rq;
    struct table_ask agencies;
    TRY(figure_lines_of_agencies(s, AGENCY_FIGURES, &agencies));
    out[0] = table_of(rq, text_find("proposals.figures.by.stage"), "proposals.figures.stage",
                      STAGE_COUNT);
    *count = 1;
    for (size_t i = 0; i < STAGE_COUNT; i++) {
        struct tally t;
        struct stage_days d;
        if ((STAGES[i].of_forms && !s->forms) || (STAGES[i].of_disputes && !s->disputed))
            continue;
        TRY(tally_make(s, STAGES[i].name, &t));
        str label = word(rq, "proposals.figures.", STAGES[i].name);
        days_make(rq, &t, NULL, &d);
        line_add(rq, &out[0], label, &d);
        if (!STAGES[i].by_agency)
            continue;
        struct figure_table *own = &out[(*count)++];
        *own =
            table_of(rq,
                     text_format(rq->mem, "proposals.figures.stage_of_agencies", label, str_of("")),
                     "proposals.figures.agency", agencies.count);
        for (size_t k = 0; k < agencies.count; k++)
            for (size_t n = 0; n < t.count; n++)
                if (t.lines[n].agency_id == agencies.lines[k].counts->agency_id) {
                    days_make(rq, &t, &t.lines[n], &d);
                    line_add(rq, own, agencies.lines[k].label, &d);
                }
    }
    return OK;
}
