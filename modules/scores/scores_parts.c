/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A score in words: which records met a gate and what is missing, what each line gives and why. */
#include "modules/scores/scores_views.h"

#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

enum { TABS = 6 };

static const char *const WHYS[SCORE_WHYS] = {
    [SCORE_COUNTED] = "counted",
    [SCORE_START] = "start",
    [SCORE_GIVEN] = "given",
    [SCORE_FIRST_ONES] = "first_ones",
    [SCORE_NOT_YET] = "not_yet",
    [SCORE_UNKNOWN] = "unknown",
    [SCORE_SIMILAR] = "similar",
    [SCORE_CAPPED] = "capped",
    [SCORE_REPLACED] = "replaced",
    [SCORE_LESSER] = "lesser",
    [SCORE_SECTION_CAP] = "section_cap",
    [SCORE_SECTION_FLOOR] = "section_floor",
    [SCORE_SECTION_WEIGHT] = "section_weight",
    [SCORE_BASE_CAP] = "base_cap",
    [SCORE_BONUS_CAP] = "bonus_cap",
    [SCORE_TOTAL_CAP] = "total_cap",
    [SCORE_FLOOR] = "floor",
};

str scores_why_words(enum score_why why)
{
    return text_label("scores.whys", str_of(WHYS[why]));
}

/* ---- records ---- */

static err record_make(struct rq *rq, const struct entry *e, struct scores_record *out)
{
    struct entry_words words = { .kind = text_label("entries.kind", e->kind) };
    err found = entry_words(rq, e->id, &words);
    if (found.code != ERR_NONE && found.code != ERR_NOT_FOUND)
        return found;
    *out = (struct scores_record){ .id = e->id,
                                   .happened_on = e->happened_on,
                                   .label = words.kind,
                                   .what = words.title.len ? words.title : words.number };
    if (found.code == ERR_NONE)
        out->url = arena_printf(rq->mem, "/entries/%lld", (long long)e->id);
    return OK;
}

/* ---- gates ---- */

static bool is_within(const struct scores_period *period, const struct entry *e)
{
    return e->happened_on >= period->from && e->happened_on <= period->to;
}

static err gate_make(struct rq *rq, const struct scores_period *period,
                     const struct scores_row *row, size_t at, struct scores_gate *out)
{
    const struct ruleset_gate *gate = &period->rules->gates[at];
    struct scores_record *records = arena_array(rq->mem, row->count + 1, sizeof *records);
    *out = (struct scores_gate){ .at = at,
                                 .text = gate->text,
                                 .need = gate->need,
                                 .has = row->score->gates[at],
                                 .met = row->score->met >> at & 1,
                                 .records = records };
    for (size_t i = 0; i < row->count; i++)
        if (is_within(period, &row->list[i]) && score_fits(&gate->match, &row->seen[i]))
            TRY(record_make(rq, &row->list[i], &records[out->count++]));
    return OK;
}

err scores_gates_make(struct rq *rq, const struct scores_period *period,
                      const struct scores_row *row, struct scores_member_view *v)
{
    struct scores_gate *gates = arena_array(rq->mem, RULESET_GATES, sizeof *gates);
    v->gates = gates;
    for (size_t i = 0; period->rules && i < period->rules->gate_count; i++) {
        if (!(row->score->duties >> i & 1))
            continue;
        TRY(gate_make(rq, period, row, i, &gates[v->gate_count]));
        v->gates_met += gates[v->gate_count++].met;
    }
    return OK;
}

/* ---- lines ---- */

/* What a rule gives, in the words of the set's own page. */
static str worth_of(const struct rows *lines, str id)
{
    const struct ruleset_line *all = lines->items;
    for (size_t i = 0; i < lines->count; i++)
        if (all[i].part == RULESET_RULE && str_eq(all[i].key, id))
            return all[i].worth;
    return str_of("");
}

static str more(struct rq *rq, str words, const char *name, str a)
{
    str next = text_format(rq->mem, name, a, str_of(""));
    return words.len ? text_format(rq->mem, "scores.then", words, next) : next;
}

/* "1 件，每件 8 分；3 人一起，按规定分摊；合 2 分；到了上限，记 1 分". */
static str arithmetic(struct rq *rq, const struct score_line *line, const struct rule *rule,
                      const struct score_entry *e, str worth)
{
    str amount =
        arena_printf(rq->mem, "%.*s %.*s", (int)ruleset_points(rq->mem, e->quantity).len,
                     ruleset_points(rq->mem, e->quantity).ptr, (int)rule->unit.len, rule->unit.ptr);
    str words = text_format(rq->mem, "scores.amount", amount, worth);
    i64 plain = rule->yearly ? rule->points : e->quantity * rule->points / POINT;
    if (line->why != SCORE_COUNTED && line->why != SCORE_CAPPED)
        return more(rq, words, arena_printf(rq->mem, "scores.whys.%s", WHYS[line->why]).ptr,
                    str_of(""));
    if (score_part(rule, e) != POINT)
        words = more(rq, words, "scores.part", ruleset_points(rq->mem, score_part(rule, e) * 100));
    if (e->people > 1 && rule->share != SHARE_FULL)
        words =
            more(rq, words, "scores.people", arena_printf(rq->mem, "%lld", (long long)e->people));
    if (line->full != plain)
        words = more(rq, words, "scores.full", ruleset_points(rq->mem, line->full));
    if (line->why == SCORE_CAPPED)
        words = more(rq, words, "scores.capped", ruleset_points(rq->mem, line->points));
    return words;
}

/* The earlier record for which a line gives less, with its own words. */
static err like_make(struct rq *rq, const struct scores_row *row, const struct score_line *line,
                     const struct rule *rule, struct scores_line *out)
{
    struct rows likes;
    if (score_part(rule, &row->seen[line->entry]) == POINT)
        return OK;
    TRY(entry_list_like(rq, &row->list[line->entry], &likes));
    if (likes.count == 0)
        return OK;
    out->like = likes.items;
    out->words = text_format(rq->mem, "scores.then", out->words, out->like->words);
    return OK;
}

static err line_make(struct rq *rq, const struct scores_period *period,
                     const struct scores_row *row, const struct score_line *line,
                     struct scores_line *out)
{
    const struct ruleset *rules = period->rules;
    const struct rule *rule = line->rule >= 0 ? &rules->rules[line->rule] : NULL;
    struct rows words = ruleset_lines(rq->mem, rules);
    *out = (struct scores_line){ .at = line->rule,
                                 .points = line->points,
                                 .words = scores_why_words(line->why) };
    if (rule) {
        out->rule = rule->text;
        out->key = rule->id;
    }
    if (line->entry < 0 || !rule)
        return OK;
    struct scores_record *record = arena_zero(rq->mem, sizeof *record);
    TRY(record_make(rq, &row->list[line->entry], record));
    out->record = record;
    out->words = arithmetic(rq, line, rule, &row->seen[line->entry], worth_of(&words, rule->id));
    return like_make(rq, row, line, rule, out);
}

/* Lines of a section (-1: of the whole) in the order in which they were found. */
static err part_make(struct rq *rq, const struct scores_period *period,
                     const struct scores_row *row, int section, struct scores_part *out)
{
    const struct score *score = row->score;
    struct scores_line *lines = arena_array(rq->mem, score->line_count + 1, sizeof *lines);
    out->name = section < 0 ? text_find("scores.overall") : period->rules->sections[section].name;
    out->lines = lines;
    out->points = 0;
    for (size_t i = 0; i < score->line_count; i++) {
        if (score->lines[i].section != section)
            continue;
        out->points += score->lines[i].points;
        TRY(line_make(rq, period, row, &score->lines[i], &lines[out->count++]));
    }
    return OK;
}

err scores_parts_make(struct rq *rq, const struct scores_period *period,
                      const struct scores_row *row, struct scores_member_view *v)
{
    if (!period->rules)
        return OK;
    int sections = (int)period->rules->section_count;
    struct scores_part *parts = arena_array(rq->mem, RULESET_SECTIONS + 1, sizeof *parts);
    v->parts = parts;
    for (int i = 0; i <= sections; i++) {
        struct scores_part *part = &parts[v->part_count];
        *part = (struct scores_part){ 0 };
        TRY(part_make(rq, period, row, i < sections ? i : -1, part));
        v->part_count += i < sections || part->count > 0;
    }
    return OK;
}

/* ---- words ---- */

str scores_grade(const struct scores_period *period, const struct scores_row *row)
{
    return row->score->grade < 0 || !period->rules ? str_of("")
                                                   : period->rules->grades[row->score->grade].name;
}

str scores_vetoes(struct rq *rq, const struct scores_period *period, const struct scores_row *row)
{
    str words = str_of("");
    for (size_t i = 0; period->rules && i < period->rules->veto_count; i++)
        if (row->score->vetoes >> i & 1)
            words = words.len
                        ? text_format(rq->mem, "scores.then", words, period->rules->vetoes[i].text)
                        : period->rules->vetoes[i].text;
    return words;
}

str scores_stand_words(const struct scores_person *person)
{
    static const char *const NAMES[SCORES_STANDS] = { [SCORES_SUSPENDED] = "suspended",
                                                      [SCORES_LEFT] = "left",
                                                      [SCORES_DIED] = "died",
                                                      [SCORES_EXEMPT] = "exempt" };
    if (person->stand != SCORES_SERVING)
        return text_label("scores.stands", str_of(NAMES[person->stand]));
    return person->joined ? text_label("scores.stands", str_of("joined")) : str_of("");
}

/* Whether who had these seats had one in the year. */
static bool sat(struct rq *rq, const struct rows *seats, i64 year)
{
    const struct scores_days days = scores_period_days(rq, year);
    const struct scores_seat *list = seats->items;
    for (size_t i = 0; i < seats->count; i++)
        if (list[i].from_on <= days.to && (!list[i].to_on || list[i].to_on >= days.from))
            return true;
    return false;
}

struct view_tabs scores_years(struct rq *rq, const struct scores_period *period, const char *path,
                              str query, const struct rows *seats)
{
    struct view_tab *tabs = arena_array(rq->mem, TABS + 1, sizeof *tabs);
    i64 now = scores_year_of(rq, rq->today), shown = period->year;
    size_t n = 0;
    for (i64 year = now; year > now - TABS; year--) {
        str name = arena_printf(rq->mem, "%lld", (long long)year);
        if (!seats || sat(rq, seats, year))
            tabs[n++] =
                (struct view_tab){ text_format(rq->mem, "scores.year_of", name, str_of("")),
                                   arena_printf(rq->mem, "%s?year=%.*s%.*s", path, (int)name.len,
                                                name.ptr, (int)query.len, query.ptr),
                                   -1, year == shown };
    }
    return (struct view_tabs){ text_find("scores.year"), tabs, n };
}
