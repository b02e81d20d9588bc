/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of ruleset.h: the document's lists one by one, each item field by field. The first
 * fault stays and all further reading is idle, so that no caller needs to look after every field.
 */
#include "modules/duty/ruleset.h"

#include <string.h>

#include "modules/entries/entry.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"
#include "platform/web/json_tree.h"

/* So that points times quantity stay far within 64 bits. */
static const i64 MOST = (i64)1000000 * POINT;

/* Where the reader stands: item `nth` of the list, NULL = the document itself. */
struct reader {
    struct arena *mem;
    str document;
    struct ruleset *set;
    const char *list, *field; /* field: of the document itself, as far as it is known */
    size_t nth;
    strs exclusive; /* names of the exclusive sets */
    strs pools;     /* of each rule, empty = none */
    struct ruleset_mention *mentions;
    size_t mention_count;
    i64 similar, echo; /* what the document says of rules that say nothing */
    err e;
};

/* ---- where something stands ---- */

/* A walk over sound JSON, character by character. */
struct walk {
    i64 line, depth;
    bool quoted, escaped;
};

static void walk_over(struct walk *w, char c)
{
    w->line += c == '\n';
    if (w->quoted) {
        w->quoted = c != '"' || w->escaped;
        w->escaped = c == '\\' && !w->escaped;
    } else if (c == '"') {
        w->quoted = true;
    } else {
        w->depth += (c == '{' || c == '[') - (c == '}' || c == ']');
    }
}

/* The line, from 1, in which item `nth` of a top list begins, or a field of the document itself
 * stands; 0: not found. */
static i64 line_of(struct reader *r, str what)
{
    str text = r->document, name = r->list ? str_of(r->list) : what;
    str key = arena_printf(r->mem, "\"%.*s\"", (int)name.len, name.ptr);
    struct walk w = { .line = 1 };
    size_t seen = 0;
    bool inside = false;
    for (size_t i = 0; i < text.len; walk_over(&w, text.ptr[i++])) {
        char c = text.ptr[i];
        if (w.quoted)
            continue;
        if (w.depth == 1 && (c == ',' || c == '"'))
            inside = str_starts(str_sub(text, i, key.len), key);
        if (!r->list && w.depth == 1 && inside && c == '"')
            return w.line;
        if (w.depth == 2 && inside && c == '{' && seen++ == r->nth)
            return w.line;
    }
    return 0;
}

/* "第 12 行（items 第 3 项）", as the texts put it; without the line where it cannot be told. what:
 * the field of the document itself, where no list is read. */
static str place_of(struct reader *r, str what)
{
    i64 line = line_of(r, what);
    str nth = r->list ? text_format(r->mem, "duty.nth", str_of(r->list),
                                    arena_printf(r->mem, "%zu", r->nth + 1))
                      : text_find("duty.whole");
    return line ? text_format(r->mem, "duty.place", arena_printf(r->mem, "%lld", (long long)line),
                              nth)
                : nth;
}

static void fault(struct reader *r, const char *name, str what)
{
    if (r->e.code == ERR_NONE)
        r->e =
            err_make_with(ERR_INVALID, name, place_of(r, r->field ? str_of(r->field) : what), what);
}

static void mention(struct reader *r, enum ruleset_naming what, str name, const char *field)
{
    for (size_t i = 0; i < r->mention_count; i++)
        if (r->mentions[i].what == what && str_eq(r->mentions[i].name, name))
            return;
    if (r->mention_count == RULESET_MENTIONS) {
        fault(r, "duty.many", name);
        return;
    }
    r->mentions[r->mention_count++] =
        (struct ruleset_mention){ what, name, r->list, field, r->nth };
}

/* ---- fields ---- */

static void known_only(struct reader *r, const struct json_tree *tree, const char *fields)
{
    strs names = json_tree_names(r->mem, tree);
    for (size_t i = 0; i < names.count; i++) {
        str rest = str_of(fields), field;
        bool known = false;
        while (!known && str_split(&rest, ' ', &field))
            known = str_eq(field, names.items[i]);
        if (!known)
            fault(r, "duty.field", names.items[i]);
    }
}

static const struct json_tree *member(const struct json_tree *tree, const char *name)
{
    const struct json_tree *value = json_tree_member(tree, name);
    return json_tree_is_null(value) ? NULL : value;
}

static str text_in(struct reader *r, const struct json_tree *tree, const char *name, bool required)
{
    const struct json_tree *value = member(tree, name);
    str text = { "", 0 };
    if (value && !json_tree_text(value, &text))
        fault(r, "duty.value", str_of(name));
    if (required && !text.len)
        fault(r, "duty.missing", str_of(name));
    return text;
}

/* In thousandths; *given tells whether it stands there. */
static i64 number_in(struct reader *r, const struct json_tree *tree, const char *name, bool *given)
{
    const struct json_tree *value = member(tree, name);
    i64 number = 0;
    if (value && (!json_tree_parts(value, POINT, &number) || number > MOST || number < -MOST))
        fault(r, "duty.value", str_of(name));
    if (given)
        *given = value != NULL;
    return number;
}

/* One that is no less than nothing. */
static i64 amount_in(struct reader *r, const struct json_tree *tree, const char *name, bool *given)
{
    i64 number = number_in(r, tree, name, given);
    if (number < 0)
        fault(r, "duty.value", str_of(name));
    return number;
}

static bool truth_in(struct reader *r, const struct json_tree *tree, const char *name)
{
    const struct json_tree *value = member(tree, name);
    bool truth = false;
    if (value && !json_tree_truth(value, &truth))
        fault(r, "duty.value", str_of(name));
    return truth;
}

/* Which of the words separated by blanks; the first where nothing stands. */
static int word_in(struct reader *r, const struct json_tree *tree, const char *name,
                   const char *words)
{
    str text = text_in(r, tree, name, false), rest = str_of(words), word;
    for (int at = 0; str_split(&rest, ' ', &word); at++)
        if (!text.len || str_eq(text, word))
            return at;
    fault(r, "duty.value", str_of(name));
    return 0;
}

static int name_number(const str *names, size_t count, str name)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(names[i], name))
            return (int)i;
    return -1;
}

static int interned(struct reader *r, str *names, size_t *count, size_t most, str name)
{
    int number = name_number(names, *count, name);
    if (number >= 0)
        return number;
    if (*count == most) {
        fault(r, "duty.many", name);
        return 0;
    }
    names[*count] = name;
    return (int)(*count)++;
}

/* A list of names; what is a single text stands for a list of one. */
static strs names_in(struct reader *r, const struct json_tree *tree, const char *name)
{
    const struct json_tree *list = member(tree, name);
    strs names = { 0 };
    str text;
    if (json_tree_text(list, &text))
        strs_add(r->mem, &names, text);
    else if (list && !json_tree_is_list(list))
        fault(r, "duty.value", str_of(name));
    for (size_t i = 0; i < json_tree_items(list); i++)
        if (json_tree_text(json_tree_item(list, i), &text) && text.len)
            strs_add(r->mem, &names, text);
        else
            fault(r, "duty.value", str_of(name));
    return names;
}

static uint64_t tags_in(struct reader *r, const struct json_tree *tree, const char *name,
                        enum ruleset_naming what)
{
    struct ruleset *set = r->set;
    strs names = names_in(r, tree, name);
    uint64_t tags = 0;
    for (size_t i = 0; i < names.count; i++) {
        mention(r, what, names.items[i], name);
        tags |= 1ULL << interned(r, set->tags, &set->tag_count, RULESET_TAGS, names.items[i]);
    }
    return tags;
}

/* What counts; where nothing is said, entries that name the rule itself. */
static struct ruleset_match match_in(struct reader *r, const struct json_tree *tree, str own)
{
    struct ruleset *set = r->set;
    struct ruleset_match match = { .with = tags_in(r, tree, "with", NAMES_TAG),
                                   .without = tags_in(r, tree, "without", NAMES_TAG) };
    strs kinds = names_in(r, tree, "counts");
    for (size_t i = 0; i < kinds.count; i++)
        mention(r, NAMES_KIND, kinds.items[i], "counts");
    if (!kinds.count)
        strs_add(r->mem, &kinds, own);
    for (size_t i = 0; i < kinds.count; i++) {
        int kind = interned(r, set->kinds, &set->kind_count, RULESET_KINDS, kinds.items[i]);
        match.kinds[kind / 64] |= 1ULL << (kind % 64);
    }
    return match;
}

/* ---- sections and rules ---- */

/* The number at the end of a section's name is its most: 履职80. */
static i64 number_at_end(str name)
{
    size_t digits = 0;
    i64 number = 0;
    while (digits < name.len && name.ptr[name.len - digits - 1] >= '0' &&
           name.ptr[name.len - digits - 1] <= '9')
        digits++;
    bool ends = digits && str_to_i64(str_sub(name, name.len - digits, digits), &number);
    return ends && number < 100000 ? number * POINT : 0;
}

static int section_of(struct reader *r, str name)
{
    struct ruleset *set = r->set;
    for (size_t i = 0; i < set->section_count; i++)
        if (str_eq(set->sections[i].name, name))
            return (int)i;
    if (set->section_count == RULESET_SECTIONS) {
        fault(r, "duty.many", name);
        return 0;
    }
    set->sections[set->section_count] =
        (struct ruleset_section){ .name = name, .cap = number_at_end(name), .weight = POINT };
    return (int)set->section_count++;
}

static void section_bounds(struct reader *r, const struct ruleset_section *s)
{
    if (s->has_floor && s->cap && s->floor > s->cap)
        fault(r, "duty.bounds", s->name);
}

static void section_in(struct reader *r, const struct json_tree *tree)
{
    known_only(r, tree, "name cap floor weight");
    struct ruleset_section *s = &r->set->sections[section_of(r, text_in(r, tree, "name", true))];
    bool has_cap;
    i64 cap = amount_in(r, tree, "cap", &has_cap);
    s->cap = has_cap ? cap : s->cap;
    s->floor = number_in(r, tree, "floor", &s->has_floor);
    bool has_weight;
    i64 weight = amount_in(r, tree, "weight", &has_weight);
    s->weight = has_weight ? weight : s->weight;
    section_bounds(r, s);
}

static void rule_bounds(struct reader *r, struct rule *rule)
{
    i64 points = rule->points < 0 ? -rule->points : rule->points;
    rule->yearly = str_is(rule->unit, "\u5E74"); /* 年 */
    if (rule->yearly && (!rule->cap || rule->cap > points))
        rule->cap = points;
    if (rule->type == RULE_DEDUCT && rule->points > 0)
        fault(r, "duty.sign", str_of("points"));
    if (rule->type == RULE_FACTOR && rule->points < 0)
        fault(r, "duty.sign", str_of("points"));
    bool parted = rule->similar != POINT || rule->echo != POINT;
    if (parted && rule->points < 0) /* no fault is forgiven for being repeated */
        fault(r, "duty.apart", str_of("points < 0, similar, echo"));
    if (parted && (rule->type == RULE_FACTOR || rule->given))
        fault(r, "duty.apart", str_of("factor, given, similar, echo"));
}

static int exclusive_in(struct reader *r, const struct json_tree *tree)
{
    str name = text_in(r, tree, "exclusive", false);
    if (!name.len)
        return -1;
    for (size_t i = 0; i < r->exclusive.count; i++)
        if (str_eq(r->exclusive.items[i], name))
            return (int)i;
    if (r->exclusive.count == RULESET_EXCLUSIVE) {
        fault(r, "duty.many", name);
        return -1;
    }
    strs_add(r->mem, &r->exclusive, name);
    return (int)r->exclusive.count - 1;
}

/* The number of the first rule of the pool; a rule of none has its own. */
static int pool_in(struct reader *r, const struct json_tree *tree)
{
    str name = text_in(r, tree, "pool", false);
    size_t at = 0;
    while (at < r->pools.count && !(name.len && str_eq(r->pools.items[at], name)))
        at++;
    strs_add(r->mem, &r->pools, name);
    return (int)at;
}

static bool is_pooled(const struct reader *r, size_t rule)
{
    return r->pools.items[rule].len > 0;
}

/* A part of the whole, 0 to 1. */
static i64 part_in(struct reader *r, const struct json_tree *tree, const char *name, i64 otherwise)
{
    bool given;
    i64 part = amount_in(r, tree, name, &given);
    if (part > POINT)
        fault(r, "duty.value", str_of(name));
    return given ? part : otherwise;
}

static void rule_in(struct reader *r, const struct json_tree *tree)
{
    struct ruleset *set = r->set;
    known_only(
        r, tree,
        "id category item points unit cap type condition counts with without share after each"
        " given if_gates exclusive pool replaces similar echo");
    struct rule rule = { .text = text_in(r, tree, "item", true),
                         .id = text_in(r, tree, "id", false),
                         .unit = text_in(r, tree, "unit", false) };
    if (!rule.id.len)
        rule.id = rule.text;
    for (size_t i = 0; i < set->rule_count; i++)
        if (str_eq(set->rules[i].id, rule.id))
            fault(r, "duty.twice", rule.id);
    rule.section = section_of(r, text_in(r, tree, "category", true));
    rule.points = number_in(r, tree, "points", &rule.known);
    rule.cap = amount_in(r, tree, "cap", NULL);
    rule.pool = pool_in(r, tree);
    rule.type = (enum rule_type)word_in(r, tree, "type", "base bonus deduct factor");
    if (str_is(rule.unit, "\u500D")) /* 倍 */
        rule.type = RULE_FACTOR;
    rule.share = (enum rule_share)word_in(r, tree, "share", "full first_only half half_then_even");
    rule.from = amount_in(r, tree, "after", NULL);
    rule.need = amount_in(r, tree, "each", NULL);
    rule.given = truth_in(r, tree, "given");
    rule.if_gates = truth_in(r, tree, "if_gates");
    bool earns = rule.points > 0 && rule.type != RULE_FACTOR && !rule.given && !rule.if_gates;
    rule.similar = part_in(r, tree, "similar", earns ? r->similar : POINT);
    rule.echo = part_in(r, tree, "echo", earns ? r->echo : POINT);
    rule.exclusive = exclusive_in(r, tree);
    if (rule.exclusive >= 0 && is_pooled(r, set->rule_count))
        fault(r, "duty.apart", str_of("pool, exclusive")); /* what is taken back does not return */
    rule.match = match_in(r, tree, rule.id);
    rule.given = rule.given || rule.if_gates;
    rule_bounds(r, &rule);
    set->rules[set->rule_count++] = rule;
}

/* A second walk, when every rule has its number. */
static void replaces_in(struct reader *r, const struct json_tree *tree)
{
    struct ruleset *set = r->set;
    strs names = names_in(r, tree, "replaces");
    for (size_t i = 0; i < names.count; i++) {
        size_t at = 0;
        while (at < set->rule_count && !str_eq(set->rules[at].id, names.items[i]))
            at++;
        if (at == set->rule_count || at == r->nth)
            fault(r, "duty.name", names.items[i]);
        else if (is_pooled(r, at))
            fault(r, "duty.apart", str_of("pool, replaces"));
        else
            set->rules[r->nth].replaces[at / 64] |= 1ULL << (at % 64);
    }
}

/* ---- gates, vetoes, grades ---- */

/* How many are needed: one, where nothing is said. */
static i64 need_in(struct reader *r, const struct json_tree *tree)
{
    bool given;
    i64 need = amount_in(r, tree, "need", &given);
    if (given && need == 0)
        fault(r, "duty.value", str_of("need"));
    return given ? need : POINT;
}

static void gate_in(struct reader *r, const struct json_tree *tree)
{
    known_only(r, tree, "text counts with without need who who_not");
    struct ruleset_gate gate = { .text = text_in(r, tree, "text", true) };
    gate.match = match_in(r, tree, gate.text);
    gate.need = need_in(r, tree);
    gate.who = tags_in(r, tree, "who", NAMES_ROLE);
    gate.who_not = tags_in(r, tree, "who_not", NAMES_ROLE);
    r->set->gates[r->set->gate_count++] = gate;
}

static int grade_named(struct reader *r, const struct json_tree *tree, const char *field)
{
    str name = text_in(r, tree, field, false);
    if (!name.len)
        return -1;
    for (size_t i = 0; i < r->set->grade_count; i++)
        if (str_eq(r->set->grades[i].name, name))
            return (int)i;
    fault(r, "duty.name", name);
    return -1;
}

/* Exactly one of the three ways to ask; need 1 where nothing is said. */
static void test_in(struct reader *r, const struct json_tree *tree, struct ruleset_veto *veto)
{
    bool most, below;
    i64 at_most = amount_in(r, tree, "at_most", &most),
        line = number_in(r, tree, "total_below", &below);
    if (most + below + (member(tree, "need") != NULL) > 1)
        fault(r, "duty.apart", str_of("need, at_most, total_below"));
    veto->test = most ? TEST_AT_MOST : below ? TEST_BELOW : TEST_AT_LEAST;
    veto->bound = most ? at_most : below ? line : need_in(r, tree);
    if (below && veto->span == SPAN_TERM)
        fault(r, "duty.apart", str_of("total_below, span"));
}

static bool is_of_absences(const struct ruleset *set, const struct ruleset_veto *veto)
{
    bool any = false;
    for (size_t k = 0; veto->test == TEST_AT_LEAST && k < set->kind_count; k++) {
        if (!(veto->match.kinds[k / 64] >> k % 64 & 1))
            continue;
        if (!entry_is_missed(set->kinds[k]))
            return false;
        any = true;
    }
    return any;
}

static void veto_in(struct reader *r, const struct json_tree *tree)
{
    known_only(r, tree, "text counts with without need at_most total_below who who_not span grade");
    struct ruleset_veto veto = { .text = text_in(r, tree, "text", true) };
    veto.match = match_in(r, tree, veto.text);
    veto.who = tags_in(r, tree, "who", NAMES_ROLE);
    veto.who_not = tags_in(r, tree, "who_not", NAMES_ROLE);
    veto.span = (enum ruleset_span)word_in(r, tree, "span", "period two_periods term");
    veto.grade = grade_named(r, tree, "grade");
    test_in(r, tree, &veto);
    veto.of_absences = is_of_absences(r->set, &veto);
    r->set->vetoes[r->set->veto_count++] = veto;
}

static void grade_in(struct reader *r, const struct json_tree *tree)
{
    struct ruleset *set = r->set;
    known_only(r, tree, "name threshold colour quota");
    struct ruleset_grade grade = { .name = text_in(r, tree, "name", true),
                                   .colour = text_in(r, tree, "colour", false) };
    grade.threshold = number_in(r, tree, "threshold", &grade.known);
    grade.quota = amount_in(r, tree, "quota", NULL);
    if (grade.quota > 100 * POINT)
        fault(r, "duty.value", str_of("quota"));
    if (set->grade_count && grade.known && set->grades[set->grade_count - 1].known &&
        set->grades[set->grade_count - 1].threshold <= grade.threshold)
        fault(r, "duty.order", grade.name);
    set->grades[set->grade_count++] = grade;
}

/* ---- the document ---- */

typedef void item_fn(struct reader *r, const struct json_tree *tree);

static void each(struct reader *r, const struct json_tree *tree, const char *list, size_t most,
                 item_fn *fn)
{
    const struct json_tree *items = member(tree, list);
    if (items && !json_tree_is_list(items))
        fault(r, "duty.value", str_of(list));
    if (json_tree_items(items) > most)
        fault(r, "duty.many", str_of(list));
    r->list = list;
    for (r->nth = 0; r->nth < json_tree_items(items) && r->e.code == ERR_NONE; r->nth++)
        if (json_tree_is_object(json_tree_item(items, r->nth)))
            fn(r, json_tree_item(items, r->nth));
        else
            fault(r, "duty.value", str_of(list));
    r->list = NULL;
}

/* {"考勤10": 0}: as the collected sets write it. */
static void floors_in(struct reader *r, const struct json_tree *floors)
{
    strs names = json_tree_names(r->mem, floors);
    r->field = "section_floor";
    for (size_t i = 0; i < names.count; i++) {
        const char *name = arena_cstr(r->mem, names.items[i]);
        struct ruleset_section *section = &r->set->sections[section_of(r, names.items[i])];
        section->floor = number_in(r, floors, name, &section->has_floor);
        section_bounds(r, section);
    }
    r->field = NULL;
}

/* ---- minimum duties as the collected rules write them ---- */

static const char STANDING[] = "standing", STANDING_NAME[] = "\u5E38\u59D4", /* 常委 */
    MEMBER_NAME[] = "\u59D4\u5458";                                          /* 委员 */

static uint64_t standing_bit(struct reader *r)
{
    struct ruleset *set = r->set;
    return 1ULL << interned(r, set->tags, &set->tag_count, RULESET_TAGS, str_of(STANDING));
}

/* "社情民意: 常委": behind the colon, whose duty it is; empty = everybody's. */
static str role_of(str duty)
{
    for (size_t i = 0; i + 2 < duty.len; i++)
        if (duty.ptr[i] == ':' && duty.ptr[i + 1] == ' ')
            return str_sub(duty, i + 2, duty.len - i - 2);
    return str_of("");
}

/* How many of a duty: one number for all, or by its name or role; one where nothing is said. */
static i64 duty_need(struct reader *r, const struct json_tree *tree, str duty, str role)
{
    const struct json_tree *counts = member(tree, "count_each");
    if (counts && !json_tree_is_object(counts))
        return amount_in(r, tree, "count_each", NULL);
    bool given = false;
    i64 need = amount_in(r, counts, arena_cstr(r->mem, duty), &given);
    if (!given && role.len)
        need = amount_in(r, counts, arena_cstr(r->mem, role), &given);
    return given ? need : POINT;
}

static void duty_in(struct reader *r, const struct json_tree *tree, str duty)
{
    struct ruleset *set = r->set;
    str role = role_of(duty);
    struct ruleset_gate gate = { .text = duty, .need = duty_need(r, tree, duty, role) };
    int kind = interned(r, set->kinds, &set->kind_count, RULESET_KINDS, duty);
    gate.match.kinds[kind / 64] |= 1ULL << (kind % 64);
    if (str_is(role, STANDING_NAME))
        gate.who = standing_bit(r);
    else if (str_is(role, MEMBER_NAME))
        gate.who_not = standing_bit(r);
    else if (role.len)
        fault(r, "duty.name", role);
    if (gate.need == 0)
        fault(r, "duty.value", str_of("count_each"));
    if (set->gate_count == RULESET_GATES)
        fault(r, "duty.many", str_of("duties"));
    else
        set->gates[set->gate_count++] = gate;
}

/* A count of what is no duty is a slip of the pen. */
static void counts_check(struct reader *r, const struct json_tree *tree, const strs *duties)
{
    const struct json_tree *counts = member(tree, "count_each");
    strs names = json_tree_is_object(counts) ? json_tree_names(r->mem, counts) : (strs){ 0 };
    for (size_t i = 0; i < names.count; i++) {
        bool known = false;
        for (size_t k = 0; !known && k < duties->count; k++)
            known = str_eq(names.items[i], duties->items[k]) ||
                    str_eq(names.items[i], role_of(duties->items[k]));
        if (!known)
            fault(r, "duty.name", names.items[i]);
    }
}

static void duties_in(struct reader *r, const struct json_tree *tree)
{
    strs duties = names_in(r, tree, "duties");
    r->field = "duties";
    for (size_t i = 0; i < duties.count; i++)
        duty_in(r, tree, duties.items[i]);
    r->field = "count_each";
    counts_check(r, tree, &duties);
    r->field = NULL;
}

/* Most entries concern one rule or two of a hundred. */
static void rules_by_kind(struct ruleset *set)
{
    for (size_t rule = 0; rule < set->rule_count; rule++)
        for (size_t kind = 0; kind < set->kind_count; kind++) {
            struct ruleset_of_kind *of = &set->of_kind[kind];
            if (set->rules[rule].match.kinds[kind / 64] >> (kind % 64) & 1)
                of->rules[of->count++] = (uint8_t)rule;
        }
}

/* RULESET_FIRST and what follows it. */
static void set_begin(struct ruleset *set)
{
    set->tags[set->tag_count++] = str_of("first");
    set->tags[set->tag_count++] = str_of("similar");
    set->tags[set->tag_count++] = str_of("echo");
    set->without_gates = -1;
}

/* What groups earn is a set of its own, read by the same rules. */
static void group_in(struct reader *r, const struct json_tree *tree)
{
    struct ruleset *whole = r->set, *group = arena_zero(r->mem, sizeof *group);
    if (!json_tree_items(member(tree, "group_items")))
        return;
    set_begin(group);
    group->id = whole->id;
    group->name = whole->name;
    r->set = group;
    r->exclusive = r->pools = (strs){ 0 };
    r->similar = r->echo = POINT; /* what a group's members wrote is compared as theirs */
    each(r, tree, "group_items", RULESET_RULES, rule_in);
    each(r, tree, "group_items", RULESET_RULES, replaces_in);
    rules_by_kind(group);
    r->set = whole;
    whole->group = group;
}

/* What bounds the whole. */
static void bounds_in(struct reader *r, const struct json_tree *tree)
{
    struct ruleset *set = r->set;
    set->start = number_in(r, tree, "start", NULL);
    set->total = amount_in(r, tree, "total", NULL);
    set->base_total = amount_in(r, tree, "base_total", NULL);
    set->bonus_cap = amount_in(r, tree, "bonus_cap", NULL);
    set->floor = number_in(r, tree, "floor", &set->has_floor);
    set->pass = number_in(r, tree, "pass_line", &set->has_pass);
    if (set->has_floor && set->total && set->floor > set->total)
        fault(r, "duty.bounds", str_of("floor"));
}

static void document_in(struct reader *r, const struct json_tree *tree)
{
    struct ruleset *set = r->set;
    known_only(r, tree,
               "id name locality model source completeness inferred minimum consequences joint_rule"
               " extra figures object notes start total base_total bonus_cap floor pass_line"
               " not_scored without_gates sections section_floor items gates vetoes grades"
               " group_items duties count_each similar echo");
    set_begin(set);
    set->name = text_in(r, tree, "name", true);
    set->id = text_in(r, tree, "id", false);
    if (!set->id.len)
        set->id = set->name;
    str object = text_in(r, tree, "object", false);
    set->of_others = object.len && !str_ends(object, str_of(MEMBER_NAME));
    bounds_in(r, tree);
    r->similar = part_in(r, tree, "similar", POINT);
    r->echo = part_in(r, tree, "echo", POINT);
    set->not_scored = tags_in(r, tree, "not_scored", NAMES_ROLE);
    each(r, tree, "sections", RULESET_SECTIONS, section_in);
    each(r, tree, "items", RULESET_RULES, rule_in);
    floors_in(r, member(tree, "section_floor"));
    each(r, tree, "items", RULESET_RULES, replaces_in);
    each(r, tree, "gates", RULESET_GATES, gate_in);
    duties_in(r, tree);
    each(r, tree, "grades", RULESET_GRADES, grade_in);
    each(r, tree, "vetoes", RULESET_VETOES, veto_in);
    r->field = "without_gates";
    set->without_gates = grade_named(r, tree, "without_gates");
    r->field = NULL;
    group_in(r, tree);
    set->mentions = r->mentions;
    set->mention_count = r->mention_count;
}

err ruleset_read(struct arena *mem, str document, const struct ruleset **out)
{
    const struct json_tree *tree;
    TRY(json_tree_read(mem, document, &tree));
    struct reader r = { .mem = mem, .document = document, .set = arena_zero(mem, sizeof *r.set) };
    r.mentions = arena_array(mem, RULESET_MENTIONS, sizeof *r.mentions);
    if (json_tree_is_object(tree))
        document_in(&r, tree);
    else
        fault(&r, "duty.value", str_of("{}"));
    rules_by_kind(r.set);
    *out = r.set;
    return r.e;
}

str ruleset_place(struct arena *mem, str document, const struct ruleset_mention *mention)
{
    struct reader r = {
        .mem = mem, .document = document, .list = mention->list, .nth = mention->nth
    };
    return place_of(&r, str_of(mention->field));
}

int ruleset_kind(const struct ruleset *set, str kind)
{
    return name_number(set->kinds, set->kind_count, kind);
}

int ruleset_tag(const struct ruleset *set, str tag)
{
    return name_number(set->tags, set->tag_count, tag);
}
