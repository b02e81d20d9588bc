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
    { "answer_days", true, false, false },
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

static str word(const struct figure_set *s, const char *prefix, const char *name)
{
    return text_find(arena_printf(s->rq->mem, "%s%s%s", s->world->words, prefix, name).ptr);
}

static const struct figure_head *heads_make(const struct figure_set *s)
{
    struct rq *rq = s->rq;
    static const char *const NAMES[DAY_COLUMNS] = { "count", "median", "most" };
    struct figure_head *heads = arena_array(rq->mem, DAY_COLUMNS, sizeof *heads);
    for (size_t i = 0; i < DAY_COLUMNS; i++)
        heads[i] = (struct figure_head){ word(s, "days.", NAMES[i]),
                                         arena_printf(rq->mem, "%s#days", s->world->explain) };
    return heads;
}

static struct figure_table table_of(const struct figure_set *s, str caption, const char *first,
                                    size_t lines)
{
    return (struct figure_table){ .caption = caption,
                                  .first = word(s, "", first),
                                  .heads = heads_make(s),
                                  .head_count = DAY_COLUMNS,
                                  .lines = arena_array(s->rq->mem, lines + 1,
                                                       sizeof(struct figure_line)) };
}

static void line_add(struct rq *rq, struct figure_table *t, str label, const struct stage_days *d)
{
    struct figure_cell *cells = arena_array(rq->mem, DAY_COLUMNS, sizeof *cells);
    cells_put(rq, d, cells);
    ((struct figure_line *)t->lines)[t->count++] =
        (struct figure_line){ .label = label, .cells = cells };
}

static bool is_counted(const struct figure_set *s, const struct stage *stage)
{
    str rest = str_of(s->world->stages), name;
    while (str_split(&rest, ' ', &name))
        if (str_is(name, stage->name))
            return (!stage->of_forms || s->forms) && (!stage->of_disputes || s->disputed);
    return false;
}

err days_of_stage(const struct figure_set *s, const char *stage, struct stage_days *out)
{
    struct tally t;
    TRY(tally_make(s, stage, &t));
    days_make(s->rq, &t, NULL, out);
    return OK;
}

/* A table of the agencies, each with its own days of a stage. */
static struct figure_table agencies_of(const struct figure_set *s, str stage, const struct tally *t,
                                       const struct table_ask *agencies)
{
    struct stage_days d;
    str caption = text_format(s->rq->mem, figure_key(s, "stage_of_agencies"), stage, str_of(""));
    struct figure_table own = table_of(s, caption, "agency", agencies->count);
    for (size_t k = 0; k < agencies->count; k++)
        for (size_t n = 0; n < t->count; n++)
            if (t->lines[n].agency_id == agencies->lines[k].counts->agency_id) {
                days_make(s->rq, t, &t->lines[n], &d);
                line_add(s->rq, &own, agencies->lines[k].label, &d);
            }
    return own;
}

err days_tables_make(const struct figure_set *s, const char *figures, struct figure_table *out,
                     size_t *count)
{
    struct table_ask agencies;
    struct figure_table *all = &out[(*count)++];
    TRY(figure_lines_of_agencies(s, figures, &agencies));
    *all = table_of(s, word(s, "by.", "stage"), "stage", STAGE_COUNT);
    for (size_t i = 0; i < STAGE_COUNT; i++) {
        struct tally t;
        struct stage_days d;
        if (!is_counted(s, &STAGES[i]))
            continue;
        TRY(tally_make(s, STAGES[i].name, &t));
        str label = word(s, "", STAGES[i].name);
        days_make(s->rq, &t, NULL, &d);
        line_add(s->rq, all, label, &d);
        if (STAGES[i].by_agency)
            out[(*count)++] = agencies_of(s, label, &t, &agencies);
    }
    return OK;
}

/* How many they are of stands in the table already. */
void days_columns_add(const struct figure_set *s, const struct stage_days *days,
                      struct figure_table *t)
{
    struct arena *mem = s->rq->mem;
    const size_t more = DAY_COLUMNS - 1, width = t->head_count + more;
    struct figure_head *heads = arena_array(mem, width, sizeof *heads);
    struct figure_line *lines = arena_array(mem, t->count + 1, sizeof *lines);
    memcpy(heads, t->heads, t->head_count * sizeof *heads);
    memcpy(heads + t->head_count, heads_make(s) + 1, more * sizeof *heads);
    for (size_t i = 0; i < t->count; i++) {
        struct figure_cell own[DAY_COLUMNS] = { 0 };
        struct figure_cell *cells = arena_array(mem, width, sizeof *cells);
        cells_put(s->rq, &days[i], own);
        memcpy(cells, t->lines[i].cells, t->head_count * sizeof *cells);
        memcpy(cells + t->head_count, own + 1, more * sizeof *cells);
        lines[i] = t->lines[i];
        lines[i].cells = cells;
    }
    t->heads = heads;
    t->lines = lines;
    t->head_count = width;
}
