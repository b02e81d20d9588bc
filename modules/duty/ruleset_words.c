/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of ruleset_words.h: each part's line from its own texts. */
#include "modules/duty/ruleset_words.h"

#include "platform/base/buf.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"

enum { WORDS_MAX = 1 << 16 };

/* Lines as they grow. */
struct writing {
    struct arena *mem;
    const struct ruleset *set;
    struct ruleset_line *lines;
    size_t count;
};

const char *ruleset_part_name(enum ruleset_part part)
{
    static const char *const NAMES[RULESET_PARTS] = {
        [RULESET_WHOLE] = "whole", [RULESET_SECTION] = "sections", [RULESET_RULE] = "rules",
        [RULESET_GATE] = "gates",  [RULESET_VETO] = "vetoes",      [RULESET_GRADE] = "grades",
        [RULESET_GROUP] = "group",
    };
    return NAMES[part];
}

str ruleset_points(struct arena *mem, i64 value)
{
    i64 size = value < 0 ? -value : value;
    str text = arena_printf(mem, "%s%lld.%03lld", value < 0 ? "-" : "", (long long)(size / POINT),
                            (long long)(size % POINT));
    while (text.ptr[text.len - 1] == '0')
        text.len--;
    if (text.ptr[text.len - 1] == '.')
        text.len--;
    return text;
}

/* ---- pieces ---- */

static str points(const struct writing *w, i64 value)
{
    return ruleset_points(w->mem, value);
}

static str size(const struct writing *w, i64 value)
{
    return points(w, value < 0 ? -value : value);
}

/* Adds a text with its arguments behind what is there. */
static void say(const struct writing *w, struct buf *b, const char *name, str first, str second)
{
    if (b->len)
        buf_add(b, text_find("duty.semicolon"));
    buf_add(b, text_format(w->mem, name, first, second));
}

static str unit_of(const struct rule *rule)
{
    return rule->unit.len ? rule->unit : text_find("duty.once");
}

/* "“甲”“乙”": the rules of a set of bits, without one of them. */
static str named(const struct writing *w, const bool *chosen, size_t without)
{
    struct buf *b = buf_new(w->mem, WORDS_MAX);
    for (size_t i = 0; i < w->set->rule_count; i++)
        if (chosen[i] && i != without)
            buf_add(b, text_format(w->mem, "duty.quoted", w->set->rules[i].text, str_of("")));
    return buf_str(b);
}

static void list_add(struct buf *b, str word)
{
    if (b->len)
        buf_add(b, text_find("duty.comma"));
    buf_add(b, word);
}

static str tags_named(const struct writing *w, uint64_t tags)
{
    struct buf *b = buf_new(w->mem, WORDS_MAX);
    for (size_t i = 0; i < w->set->tag_count; i++)
        if (tags >> i & 1)
            list_add(b, text_label("duty.tags", w->set->tags[i]));
    return buf_str(b);
}

/* What counts, unless it is only what is named as the line itself: no record comes by a name that
 * is no kind of the ledger, and the line says so. */
static void say_match(const struct writing *w, struct buf *b, const struct ruleset_match *match,
                      str own)
{
    struct buf *kinds = buf_new(w->mem, WORDS_MAX);
    for (size_t i = 0; i < w->set->kind_count; i++)
        if (match->kinds[i / 64] >> (i % 64) & 1 && !str_eq(w->set->kinds[i], own))
            list_add(kinds, text_label("entries.kind", w->set->kinds[i]));
    if (kinds->len)
        say(w, b, "duty.counts", buf_str(kinds), str_of(""));
    else if (!w->set->of_others &&
             !text_has(arena_printf(w->mem, "entries.kind.%.*s", (int)own.len, own.ptr).ptr))
        say(w, b, "duty.no_counts", str_of(""), str_of(""));
    if (match->with)
        say(w, b, "duty.with", tags_named(w, match->with), str_of(""));
    if (match->without)
        say(w, b, "duty.without", tags_named(w, match->without), str_of(""));
}

/* Two vetoes may have one text: the second is another all the same. */
static struct ruleset_line *line_add(struct writing *w, enum ruleset_part part, str key, str name)
{
    struct ruleset_line *line = &w->lines[w->count];
    for (size_t i = 0; i < w->count; i++)
        if (w->lines[i].part == part && str_eq(w->lines[i].key, key))
            key = arena_printf(w->mem, "%.*s+", (int)key.len, key.ptr);
    *line = (struct ruleset_line){ .part = part, .key = key, .name = name };
    w->count++;
    return line;
}

/* ---- rules ---- */

static str rule_worth(const struct writing *w, const struct rule *rule)
{
    str unit = unit_of(rule), worth = size(w, rule->points);
    if (!rule->known)
        return text_find("duty.unknown");
    if (rule->type == RULE_FACTOR)
        return text_format(w->mem, "duty.times", worth, str_of(""));
    if (rule->given)
        return text_format(w->mem, rule->if_gates ? "duty.if_gates" : "duty.given",
                           points(w, rule->points), str_of(""));
    bool takes = rule->points < 0;
    str need = size(w, rule->need);
    if (rule->yearly && rule->need)
        return text_format(w->mem, takes ? "duty.takes_once_full" : "duty.gives_once_full", need,
                           worth);
    if (rule->yearly)
        return text_format(w->mem, takes ? "duty.takes_once" : "duty.gives_once", worth,
                           str_of(""));
    if (rule->need)
        unit = text_format(w->mem, "duty.full", need, unit);
    return text_format(w->mem, takes ? "duty.takes" : "duty.gives", unit, worth);
}

static void say_company(const struct writing *w, struct buf *b, size_t at)
{
    const struct rule *rule = &w->set->rules[at];
    bool pool[RULESET_RULES], set[RULESET_RULES], gone[RULESET_RULES];
    size_t pooled = 0, exclusive = 0, replaced = 0;
    for (size_t i = 0; i < w->set->rule_count; i++) {
        pool[i] = w->set->rules[i].pool == rule->pool;
        set[i] = rule->exclusive >= 0 && w->set->rules[i].exclusive == rule->exclusive;
        gone[i] = rule->replaces[i / 64] >> (i % 64) & 1;
        pooled += pool[i] && i != at;
        exclusive += set[i] && i != at;
        replaced += gone[i];
    }
    if (pooled)
        say(w, b, "duty.pool", named(w, pool, at), str_of(""));
    if (exclusive)
        say(w, b, "duty.exclusive", named(w, set, at), str_of(""));
    if (replaced)
        say(w, b, "duty.replaces", named(w, gone, at), str_of(""));
}

/* What one gives that is like an earlier one. */
static void say_part(const struct writing *w, struct buf *b, i64 part, const char *some,
                     const char *none)
{
    if (part != POINT)
        say(w, b, part ? some : none, points(w, part * 100), str_of(""));
}

static str rule_terms(const struct writing *w, size_t at)
{
    static const char *const SHARES[] = { [SHARE_FIRST_ONLY] = "duty.share.first_only",
                                          [SHARE_HALF] = "duty.share.half",
                                          [SHARE_HALF_THEN_EVEN] = "duty.share.half_then_even" };
    const struct rule *rule = &w->set->rules[at];
    struct buf *b = buf_new(w->mem, WORDS_MAX);
    i64 once = rule->points < 0 ? -rule->points : rule->points;
    if (rule->from)
        say(w, b, "duty.after", size(w, rule->from),
            rule->yearly ? text_find("duty.once") : unit_of(rule));
    if (rule->cap && !(rule->yearly && rule->cap == once) && !(rule->given && rule->cap == once))
        say(w, b, rule->type == RULE_DEDUCT ? "duty.most_taken" : "duty.most", size(w, rule->cap),
            str_of(""));
    if (rule->type == RULE_BONUS)
        say(w, b, "duty.bonus", str_of(""), str_of(""));
    if (rule->share != SHARE_FULL)
        say(w, b, SHARES[rule->share], str_of(""), str_of(""));
    say_part(w, b, rule->similar, "duty.part.similar", "duty.part.similar_none");
    say_part(w, b, rule->echo, "duty.part.echo", "duty.part.echo_none");
    say_company(w, b, at);
    if (rule->known && !rule->given)
        say_match(w, b, &rule->match, rule->id);
    return buf_str(b);
}

static void section_say(struct writing *w, int at)
{
    const struct ruleset_section *section = &w->set->sections[at];
    struct ruleset_line *line = line_add(w, RULESET_SECTION, section->name, section->name);
    struct buf *b = buf_new(w->mem, WORDS_MAX);
    if (section->cap)
        line->worth = text_format(w->mem, "duty.most", points(w, section->cap), str_of(""));
    if (section->has_floor)
        say(w, b, "duty.least", points(w, section->floor), str_of(""));
    if (section->weight != POINT)
        say(w, b, "duty.weight", points(w, section->weight * 100), str_of(""));
    line->terms = buf_str(b);
    for (size_t i = 0; i < w->set->rule_count; i++) {
        const struct rule *rule = &w->set->rules[i];
        if (rule->section != at)
            continue;
        line = line_add(w, RULESET_RULE, rule->id, rule->text);
        line->section = section->name;
        line->worth = rule_worth(w, rule);
        line->terms = rule_terms(w, i);
    }
}

/* ---- the rest ---- */

static void whole_say(struct writing *w)
{
    const struct ruleset *set = w->set;
    const struct {
        const char *name;
        bool given;
        i64 value;
    } FACTS[] = {
        { "start", set->start != 0, set->start },
        { "total", set->total != 0, set->total },
        { "base_total", set->base_total != 0, set->base_total },
        { "bonus_cap", set->bonus_cap != 0, set->bonus_cap },
        { "floor", set->has_floor, set->floor },
        { "pass_line", set->has_pass, set->pass },
    };
    for (size_t i = 0; i < sizeof FACTS / sizeof *FACTS; i++)
        if (FACTS[i].given) {
            str name = str_of(FACTS[i].name);
            line_add(w, RULESET_WHOLE, name, text_label("duty.facts", name))->worth =
                text_format(w->mem, "duty.amount", points(w, FACTS[i].value), str_of(""));
        }
    if (set->not_scored)
        line_add(w, RULESET_WHOLE, str_of("not_scored"), text_find("duty.facts.not_scored"))
            ->worth = tags_named(w, set->not_scored);
    if (set->without_gates >= 0)
        line_add(w, RULESET_WHOLE, str_of("without_gates"), text_find("duty.facts.without_gates"))
            ->worth = set->grades[set->without_gates].name;
}

static void gate_say(struct writing *w, const struct ruleset_gate *gate)
{
    struct ruleset_line *line = line_add(w, RULESET_GATE, gate->text, gate->text);
    struct buf *b = buf_new(w->mem, WORDS_MAX);
    line->worth = text_format(w->mem, "duty.need", size(w, gate->need), str_of(""));
    if (gate->who)
        say(w, b, "duty.who", tags_named(w, gate->who), str_of(""));
    if (gate->who_not)
        say(w, b, "duty.who_not", tags_named(w, gate->who_not), str_of(""));
    say_match(w, b, &gate->match, gate->text);
    line->terms = buf_str(b);
}

static void veto_say(struct writing *w, const struct ruleset_veto *veto)
{
    static const char *const TESTS[] = { [TEST_AT_LEAST] = "duty.veto.at_least",
                                         [TEST_AT_MOST] = "duty.veto.at_most",
                                         [TEST_BELOW] = "duty.veto.below" };
    static const char *const SPANS[] = { [SPAN_PERIOD] = "duty.spans.period",
                                         [SPAN_TWO_PERIODS] = "duty.spans.two_periods",
                                         [SPAN_TERM] = "duty.spans.term" };
    struct ruleset_line *line = line_add(w, RULESET_VETO, veto->text, veto->text);
    struct buf *b = buf_new(w->mem, WORDS_MAX);
    line->worth = veto->grade < 0 ? text_find("duty.veto.said")
                                  : text_format(w->mem, "duty.veto.grade",
                                                w->set->grades[veto->grade].name, str_of(""));
    say(w, b, TESTS[veto->test], text_find(SPANS[veto->span]), points(w, veto->bound));
    if (veto->who)
        say(w, b, "duty.who", tags_named(w, veto->who), str_of(""));
    if (veto->who_not)
        say(w, b, "duty.who_not", tags_named(w, veto->who_not), str_of(""));
    if (veto->test != TEST_BELOW)
        say_match(w, b, &veto->match, veto->text);
    line->terms = buf_str(b);
}

static void grade_say(struct writing *w, const struct ruleset_grade *grade)
{
    struct ruleset_line *line = line_add(w, RULESET_GRADE, grade->name, grade->name);
    struct buf *b = buf_new(w->mem, WORDS_MAX);
    line->worth = grade->known ? text_format(w->mem, "duty.from_points",
                                             points(w, grade->threshold), str_of(""))
                               : text_find("duty.unknown");
    if (grade->quota)
        say(w, b, "duty.quota", points(w, grade->quota), str_of(""));
    if (grade->colour.len)
        say(w, b, "duty.colour", grade->colour, str_of(""));
    line->terms = buf_str(b);
}

/* What groups earn: each item with its section, since a line stands for itself. */
static void group_say(struct writing *w)
{
    const struct ruleset *whole = w->set;
    w->set = whole->group;
    for (size_t i = 0; i < w->set->rule_count; i++) {
        const struct rule *rule = &w->set->rules[i];
        struct ruleset_line *line = line_add(w, RULESET_GROUP, rule->id, rule->text);
        struct buf *b = buf_new(w->mem, WORDS_MAX);
        line->section = w->set->sections[rule->section].name;
        line->worth = rule_worth(w, rule);
        say(w, b, "duty.in_section", line->section, str_of(""));
        str terms = rule_terms(w, i);
        if (terms.len)
            buf_add(b, text_find("duty.semicolon"));
        buf_add(b, terms);
        line->terms = buf_str(b);
    }
    w->set = whole;
}

struct rows ruleset_lines(struct arena *mem, const struct ruleset *set)
{
    enum { WHOLE_LINES = 8 };
    size_t most = WHOLE_LINES + set->section_count + set->rule_count + set->gate_count +
                  set->veto_count + set->grade_count + (set->group ? set->group->rule_count : 0);
    struct writing w = { mem, set, arena_array(mem, most, sizeof(struct ruleset_line)), 0 };
    whole_say(&w);
    for (size_t i = 0; i < set->section_count; i++)
        section_say(&w, (int)i);
    for (size_t i = 0; i < set->gate_count; i++)
        gate_say(&w, &set->gates[i]);
    for (size_t i = 0; i < set->veto_count; i++)
        veto_say(&w, &set->vetoes[i]);
    for (size_t i = 0; i < set->grade_count; i++)
        grade_say(&w, &set->grades[i]);
    if (set->group)
        group_say(&w);
    return (struct rows){ w.lines, w.count, sizeof *w.lines };
}

/* ---- two sets ---- */

static const struct ruleset_line *line_find(const struct rows *lines,
                                            const struct ruleset_line *wanted)
{
    const struct ruleset_line *all = lines->items;
    for (size_t i = 0; i < lines->count; i++)
        if (all[i].part == wanted->part && str_eq(all[i].key, wanted->key))
            return &all[i];
    return NULL;
}

static bool says_same(const struct ruleset_line *a, const struct ruleset_line *b)
{
    return str_eq(a->name, b->name) && str_eq(a->section, b->section) &&
           str_eq(a->worth, b->worth) && str_eq(a->terms, b->terms);
}

struct rows ruleset_changes(struct arena *mem, const struct ruleset *from, const struct ruleset *to)
{
    struct rows old = ruleset_lines(mem, from), new = ruleset_lines(mem, to);
    const struct ruleset_line *was = old.items, *is = new.items;
    struct ruleset_change *out = arena_array(mem, old.count + new.count + 1, sizeof *out);
    size_t count = 0;
    for (size_t i = 0; i < new.count; i++) {
        const struct ruleset_line *before = line_find(&old, &is[i]);
        if (!before || !says_same(before, &is[i]))
            out[count++] = (struct ruleset_change){ before, &is[i] };
    }
    for (size_t i = 0; i < old.count; i++)
        if (!line_find(&new, &was[i]))
            out[count++] = (struct ruleset_change){ &was[i], NULL };
    return (struct rows){ out, count, sizeof *out };
}
