/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of score.h: entries one by one, in order of day, since a cap is used up by what
 * came first; then what holds between rules; then sections; then the whole. */
#include "modules/duty/score.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* A run over one ledger. seen: how much each rule has counted, in thousandths of a unit; pools:
 * what those with one cap have given together. */
struct run {
    struct arena *mem;
    const struct score_ask *ask;
    const struct ruleset *set;
    struct score *out;
    i64 seen[RULESET_RULES], pools[RULESET_RULES];
    bool counts[RULESET_RULES]; /* gave something, were it a written 0 */
    size_t room;
};

static void line_add(struct run *r, struct score_line line)
{
    struct score *out = r->out;
    out->total += line.points;
    if (r->ask->brief)
        return;
    if (out->line_count == r->room) {
        size_t more = r->room ? r->room * 2 : 32;
        struct score_line *lines = arena_array(r->mem, more, sizeof *lines);
        if (out->line_count)
            memcpy(lines, out->lines, out->line_count * sizeof *lines);
        out->lines = lines;
        r->room = more;
    }
    out->lines[out->line_count++] = line;
}

/* Half away from zero: what is shared by three must not depend on the sign. */
static i64 divided(i64 value, i64 by)
{
    i64 half = by / 2;
    return value < 0 ? -((-value + half) / by) : (value + half) / by;
}

static bool has_bit(const uint64_t *bits, int at)
{
    return bits[at / 64] >> (at % 64) & 1;
}

bool score_fits(const struct ruleset_match *match, const struct score_entry *entry)
{
    return entry->kind >= 0 && has_bit(match->kinds, entry->kind) &&
           (entry->tags & match->with) == match->with && !(entry->tags & match->without);
}

/* ---- entries ---- */

static i64 shared(const struct rule *rule, const struct score_entry *entry, i64 points)
{
    bool first = entry->tags & RULESET_FIRST;
    if (entry->people < 2 || rule->share == SHARE_FULL)
        return points;
    if (rule->share == SHARE_FIRST_ONLY)
        return first ? points : 0;
    if (rule->share == SHARE_HALF || first)
        return divided(points, 2);
    return divided(points, 2 * (entry->people - 1));
}

i64 score_part(const struct rule *rule, const struct score_entry *entry)
{
    i64 similar = entry->tags & RULESET_SIMILAR ? rule->similar : POINT;
    i64 echo = entry->tags & RULESET_ECHO ? rule->echo : POINT;
    return similar < echo ? similar : echo;
}

/* All factors that match, one of each exclusive set. */
static i64 multiplied(const struct run *r, const struct score_entry *entry, i64 points)
{
    const struct ruleset_of_kind *of = &r->set->of_kind[entry->kind];
    uint64_t used = 0;
    for (size_t i = 0; i < of->count; i++) {
        const struct rule *rule = &r->set->rules[of->rules[i]];
        bool taken = rule->exclusive >= 0 && used >> rule->exclusive & 1;
        if (rule->type != RULE_FACTOR || !rule->known || taken || !score_fits(&rule->match, entry))
            continue;
        if (rule->exclusive >= 0)
            used |= 1ULL << rule->exclusive;
        points = divided(points * rule->points, POINT);
    }
    return points;
}

/* How many units more of a rule's count give points, now that it has seen so many. */
static i64 steps(const struct rule *rule, i64 before, i64 now)
{
    i64 from = before > rule->from ? before - rule->from : 0;
    i64 to = now > rule->from ? now - rule->from : 0;
    return rule->need ? (to / rule->need - from / rule->need) * POINT : to - from;
}

/* What is left of a rule's most, of which its pool has used up a sum. */
static i64 capped(const struct rule *rule, i64 sum, i64 points)
{
    i64 used = points < 0 ? -sum : sum, room = rule->cap > used ? rule->cap - used : 0;
    if (!rule->cap || (points < 0 ? -points : points) <= room)
        return points;
    return points < 0 ? -room : room;
}

static enum score_why why_of(const struct rule *rule, i64 now, i64 full, i64 points)
{
    if (!rule->known)
        return SCORE_UNKNOWN;
    if (now <= rule->from)
        return SCORE_FIRST_ONES;
    if (points != full)
        return SCORE_CAPPED;
    return rule->need && !full ? SCORE_NOT_YET : SCORE_COUNTED;
}

static void entry_count(struct run *r, int at, i64 place)
{
    const struct rule *rule = &r->set->rules[at];
    const struct score_entry *entry = &r->ask->entries[place];
    i64 part = score_part(rule, entry);
    if (part == 0) { /* it is not one more: neither for steps nor for a cap */
        line_add(r, (struct score_line){ SCORE_SIMILAR, at, rule->section, place, 0, 0 });
        return;
    }
    i64 before = r->seen[at], now = before + entry->quantity;
    i64 full = divided(steps(rule, before, now) * rule->points, POINT);
    full = divided(multiplied(r, entry, shared(rule, entry, full)) * part, POINT);
    i64 points = capped(rule, r->pools[rule->pool], full);
    r->seen[at] = now;
    r->pools[rule->pool] += points;
    r->out->rules[at] += points;
    enum score_why why = why_of(rule, now, full, points);
    r->counts[at] = r->counts[at] || why == SCORE_COUNTED || why == SCORE_CAPPED;
    line_add(r, (struct score_line){ why, at, rule->section, place, full, points });
}

static void entries_count(struct run *r)
{
    const struct score_ask *ask = r->ask;
    for (size_t i = 0; i < ask->count; i++) {
        const struct score_entry *entry = &ask->entries[i];
        if (entry->day < ask->from || entry->day > ask->to || entry->kind < 0)
            continue;
        const struct ruleset_of_kind *of = &r->set->of_kind[entry->kind];
        for (size_t k = 0; k < of->count; k++) {
            const struct rule *rule = &r->set->rules[of->rules[k]];
            if (rule->type != RULE_FACTOR && score_fits(&rule->match, entry))
                entry_count(r, of->rules[k], (i64)i);
        }
    }
}

/* ---- gates ---- */

static i64 counted(const struct score_ask *ask, const struct ruleset_match *match, i64 from)
{
    i64 sum = 0;
    for (size_t i = 0; i < ask->count; i++)
        if (ask->entries[i].day >= from && ask->entries[i].day <= ask->to &&
            score_fits(match, &ask->entries[i]))
            sum += ask->entries[i].quantity;
    return sum;
}

static void gates_look(struct run *r)
{
    for (size_t i = 0; i < r->set->gate_count; i++) {
        const struct ruleset_gate *gate = &r->set->gates[i];
        if ((r->ask->tags & gate->who) != gate->who || (r->ask->tags & gate->who_not))
            continue;
        r->out->gates[i] = counted(r->ask, &gate->match, r->ask->from);
        r->out->duties |= 1ULL << i;
        if (r->out->gates[i] >= gate->need)
            r->out->met |= 1ULL << i;
    }
}

static bool holds(const struct run *r, const struct ruleset_veto *veto)
{
    const struct score_ask *ask = r->ask;
    const i64 since[] = { [SPAN_PERIOD] = ask->from,
                          [SPAN_TWO_PERIODS] = ask->before_from,
                          [SPAN_TERM] = ask->term_from };
    i64 from = since[veto->span];
    if (veto->test == TEST_AT_LEAST) {
        i64 count = counted(ask, &veto->match, from);
        r->out->counts[veto - r->set->vetoes] = count;
        return count >= veto->bound;
    }
    if (veto->test == TEST_AT_MOST)
        return ask->since <= from && counted(ask, &veto->match, from) <= veto->bound;
    bool before = ask->has_before && ask->before_total < veto->bound;
    return r->out->total < veto->bound && (veto->span == SPAN_PERIOD || before);
}

/* When the total stands, since some ask for it. Who is not scored has no total and no duties by
 * number, but who stays away stays away. */
static void vetoes_look(struct run *r)
{
    for (size_t i = 0; i < r->set->veto_count; i++) {
        const struct ruleset_veto *veto = &r->set->vetoes[i];
        if (!r->out->scored && !veto->of_absences)
            continue;
        if ((r->ask->tags & veto->who) != veto->who || (r->ask->tags & veto->who_not))
            continue;
        if (holds(r, veto))
            r->out->vetoes |= 1ULL << i;
    }
}

/* ---- between rules ---- */

/* What everybody has from the start, and what the gates open. */
static void given_add(struct run *r)
{
    for (size_t i = 0; i < r->set->rule_count; i++) {
        const struct rule *rule = &r->set->rules[i];
        bool open = !rule->if_gates || r->out->met == r->out->duties;
        bool his = (r->ask->tags & rule->match.with) == rule->match.with &&
                   !(r->ask->tags & rule->match.without);
        if (!rule->given || !rule->known || !open || !his)
            continue;
        r->out->rules[i] += rule->points;
        r->counts[i] = true;
        line_add(r, (struct score_line){ SCORE_GIVEN, (int)i, rule->section, -1, rule->points,
                                         rule->points });
    }
}

static void take_back(struct run *r, int at, enum score_why why)
{
    i64 points = r->out->rules[at];
    r->out->rules[at] = 0;
    if (points)
        line_add(r,
                 (struct score_line){ why, at, r->set->rules[at].section, -1, -points, -points });
}

static void replaced_take_back(struct run *r)
{
    for (size_t i = 0; i < r->set->rule_count; i++)
        for (size_t k = 0; r->counts[i] && k < r->set->rule_count; k++)
            if (has_bit(r->set->rules[i].replaces, (int)k))
                take_back(r, (int)k, SCORE_REPLACED);
}

static void lesser_take_back(struct run *r)
{
    int best[RULESET_RULES];
    memset(best, -1, sizeof best);
    for (size_t i = 0; i < r->set->rule_count; i++) {
        int set = r->set->rules[i].exclusive;
        if (set >= 0 && r->counts[i] &&
            (best[set] < 0 || r->out->rules[i] > r->out->rules[best[set]]))
            best[set] = (int)i;
    }
    for (size_t i = 0; i < r->set->rule_count; i++) {
        int set = r->set->rules[i].exclusive;
        if (set >= 0 && best[set] != (int)i)
            take_back(r, (int)i, SCORE_LESSER);
    }
}

/* ---- sums ---- */

static void adjust(struct run *r, enum score_why why, int section, i64 points)
{
    line_add(r, (struct score_line){ why, -1, section, -1, points, points });
}

/* What is over a section's cap is taken from its bonus first, so that nothing is cut twice. */
static void section_cut(struct run *r, int at, i64 over)
{
    i64 bonus = 0;
    for (size_t i = 0; i < r->set->rule_count; i++)
        if (r->set->rules[i].section == at && r->set->rules[i].type == RULE_BONUS)
            bonus += r->out->rules[i];
    i64 from_bonus = bonus < over ? bonus : over;
    r->out->bonus -= from_bonus;
    r->out->base -= over - from_bonus;
    r->out->sections[at] -= over;
    adjust(r, SCORE_SECTION_CAP, at, -over);
}

static void section_bound(struct run *r, int at)
{
    const struct ruleset_section *section = &r->set->sections[at];
    i64 *sum = &r->out->sections[at];
    if (section->cap && *sum > section->cap)
        section_cut(r, at, *sum - section->cap);
    if (section->has_floor && *sum < section->floor) {
        r->out->deduct += section->floor - *sum;
        adjust(r, SCORE_SECTION_FLOOR, at, section->floor - *sum);
        *sum = section->floor;
    }
    i64 weighed = divided(*sum * section->weight, POINT);
    if (weighed != *sum)
        adjust(r, SCORE_SECTION_WEIGHT, at, weighed - *sum);
    *sum = weighed;
}

static void sums_make(struct run *r)
{
    struct score *out = r->out;
    for (size_t i = 0; i < r->set->rule_count; i++) {
        const struct rule *rule = &r->set->rules[i];
        i64 *kind = rule->type == RULE_BASE    ? &out->base
                    : rule->type == RULE_BONUS ? &out->bonus
                                               : &out->deduct;
        *kind += out->rules[i];
        out->sections[rule->section] += out->rules[i];
    }
    for (size_t i = 0; i < r->set->section_count; i++)
        section_bound(r, (int)i);
}

/* The total is the sum of the lines already. */
static void cap_to(struct run *r, enum score_why why, i64 *sum, i64 cap)
{
    i64 over = cap ? *sum - cap : 0;
    if (over <= 0)
        return;
    if (sum != &r->out->total)
        *sum = cap;
    adjust(r, why, -1, -over);
}

static int grade_of(const struct run *r)
{
    const struct ruleset *set = r->set;
    int grade = -1;
    for (size_t i = 0; i < set->grade_count && grade < 0; i++)
        if (set->grades[i].known && r->out->total >= set->grades[i].threshold)
            grade = (int)i;
    size_t last = set->grade_count; /* a grade that begins at nothing takes what is below, too */
    if (grade < 0 && last && set->grades[last - 1].known && set->grades[last - 1].threshold <= 0)
        grade = (int)last - 1;
    if (r->out->met != r->out->duties && grade >= 0 && set->without_gates > grade)
        grade = set->without_gates; /* who has none is not lifted to one */
    for (size_t i = 0; i < set->veto_count; i++)
        if (r->out->vetoes >> i & 1 && set->vetoes[i].grade > grade)
            grade = set->vetoes[i].grade;
    return grade;
}

void score_make(struct arena *mem, const struct score_ask *ask, struct score *out)
{
    const struct ruleset *set = ask->set;
    i64 *sums =
        arena_array(mem,
                    set->rule_count + set->section_count + set->gate_count + set->veto_count + 1,
                    sizeof *sums);
    *out =
        (struct score){ .grade = -1,
                        .scored = !ask->exempt && !(ask->tags & set->not_scored),
                        .rules = sums,
                        .sections = sums + set->rule_count,
                        .gates = sums + set->rule_count + set->section_count,
                        .counts = sums + set->rule_count + set->section_count + set->gate_count };
    struct run r = { .mem = mem, .ask = ask, .set = set, .out = out };
    if (!out->scored) {
        vetoes_look(&r);
        return;
    }
    if (set->start)
        adjust(&r, SCORE_START, -1, set->start);
    gates_look(&r);
    given_add(&r);
    entries_count(&r);
    replaced_take_back(&r);
    lesser_take_back(&r);
    sums_make(&r);
    cap_to(&r, SCORE_BASE_CAP, &out->base, set->base_total);
    cap_to(&r, SCORE_BONUS_CAP, &out->bonus, set->bonus_cap);
    cap_to(&r, SCORE_TOTAL_CAP, &out->total, set->total);
    if (set->has_floor && out->total < set->floor)
        adjust(&r, SCORE_FLOOR, -1, set->floor - out->total);
    vetoes_look(&r);
    out->passed = set->has_pass && out->total >= set->pass;
    out->grade = grade_of(&r);
}

/* ---- quotas ---- */

static int by_total(const void *a, const void *b)
{
    i64 x = (*(struct score *const *)a)->total, y = (*(struct score *const *)b)->total;
    return x < y ? 1 : x > y ? -1 : 0;
}

/* Of those in the grade the best stay, as many as fit; equal totals go together. */
static void quota_keep(struct score **sorted, size_t count, int grade, size_t most)
{
    size_t kept = 0;
    for (size_t i = 0; i < count;) {
        size_t end = i, here = 0;
        for (; end < count && sorted[end]->total == sorted[i]->total; end++)
            here += sorted[end]->grade == grade;
        bool fit = kept + here <= most;
        kept = fit ? kept + here : most;
        for (; i < end; i++)
            if (!fit && sorted[i]->grade == grade)
                sorted[i]->grade++;
    }
}

void score_quotas(struct arena *mem, const struct ruleset *set, struct score *const *all,
                  size_t count)
{
    struct score **sorted = arena_array(mem, count + 1, sizeof(struct score *));
    size_t scored = 0;
    for (size_t i = 0; i < count; i++)
        if (all[i]->scored)
            sorted[scored++] = all[i];
    qsort(sorted, scored, sizeof(struct score *), by_total);
    for (size_t g = 0; g + 1 < set->grade_count; g++)
        if (set->grades[g].quota)
            quota_keep(sorted, scored, (int)g,
                       scored * (size_t)set->grades[g].quota / (100 * POINT));
}
