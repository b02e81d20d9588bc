/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What was pledged beside what the ledger says: to which aspect a kind of the ledger belongs, sums
 * by kind, goals. Nothing is judged here: facts stand beside words. */
#include "modules/entries/entry.h"
#include "modules/pledges/pledge.h"
#include "modules/scores/scores.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

const struct pledge_goal PLEDGE_GOALS[PLEDGE_GOALS_COUNT] = {
    { "trainings", "understand", { "training.whole", "training.part", NULL } },
    { "activities", "consult", { "activity.attended", "meeting.attended", NULL } },
    { "proposals", "propose", { "proposals.submitted", NULL, NULL } },
    { "opinions", "propose", { "opinions.submitted", NULL, NULL } },
    { "welfares", "conduct", { "welfare.attended", NULL, NULL } },
};

/* Kinds by how they begin, or end, as the shipped aspects have them (systems.md: 懂政协、会协商、
 * 善议政，守纪律、讲规矩、重品行). The first that fits counts. */
static const struct {
    const char *part;
    bool end;
    const char *aspect;
} BELONGS[] = {
    { ".absent", true, "discipline" },   { ".late", true, "discipline" },
    { ".leave", true, "discipline" },    { "training.", false, "understand" },
    { "notes.", false, "understand" },   { "essay.", false, "understand" },
    { "lecture.", false, "understand" }, { "plenary.", false, "consult" },
    { "standing.", false, "consult" },   { "meeting.", false, "consult" },
    { "activity.", false, "consult" },   { "project.", false, "consult" },
    { "proposals.", false, "propose" },  { "opinions.", false, "propose" },
    { "speech.", false, "propose" },     { "welfare.", false, "conduct" },
    { "household.", false, "conduct" },  { "honour.", false, "conduct" },
};

static str aspect_of(str kind)
{
    for (size_t i = 0; i < sizeof BELONGS / sizeof *BELONGS; i++) {
        str part = str_of(BELONGS[i].part);
        if (BELONGS[i].end ? str_ends(kind, part) : str_starts(kind, part))
            return str_of(BELONGS[i].aspect);
    }
    return str_of("");
}

static bool is_recorded(str aspect)
{
    for (size_t i = 0; i < sizeof BELONGS / sizeof *BELONGS; i++)
        if (str_is(aspect, BELONGS[i].aspect))
            return true;
    return false;
}

/* Shipped kinds have words; others are the committee's own, of its dictionary of claims. */
static str label_of(struct rq *rq, str kind)
{
    const char *own = arena_printf(rq->mem, "entries.kind.%.*s", (int)kind.len, kind.ptr).ptr;
    return text_has(own) ? text_find(own) : dictionary_label(rq, "claims.kinds", kind);
}

err pledge_facts(struct rq *rq, i64 member_id, i64 year, struct rows *out)
{
    struct scores_days days = scores_period_days(rq, year);
    struct rows entries;
    TRY(entry_list(rq, member_id, days.from, days.to, &entries));
    const struct entry *all = entries.items;
    struct pledge_fact *facts = arena_array(rq->mem, entries.count + 1, sizeof *facts);
    size_t n = 0, at;
    for (size_t i = 0; i < entries.count; i++) {
        for (at = 0; at < n && !str_eq(facts[at].kind, all[i].kind);)
            at++;
        if (at == n)
            facts[n++] = (struct pledge_fact){ .kind = all[i].kind,
                                               .label = label_of(rq, all[i].kind),
                                               .aspect = aspect_of(all[i].kind) };
        facts[at].quantity += all[i].quantity;
        facts[at].rows++;
    }
    *out = (struct rows){ facts, n, sizeof *facts };
    return OK;
}

/* ---- goals ---- */

i64 pledge_goal_given(const struct pledge_input *in, size_t goal)
{
    const i64 given[PLEDGE_GOALS_COUNT] = { in->trainings, in->activities, in->proposals,
                                            in->opinions, in->welfares };
    return given[goal];
}

void pledge_goals_put(struct pledge_input *out, const struct rows *lines)
{
    i64 *const into[PLEDGE_GOALS_COUNT] = { &out->trainings, &out->activities, &out->proposals,
                                            &out->opinions, &out->welfares };
    const struct pledge_line *all = lines->items;
    for (size_t goal = 0; goal < PLEDGE_GOALS_COUNT; goal++) {
        *into[goal] = 0;
        for (size_t i = 0; i < lines->count; i++)
            if (str_is(all[i].code, PLEDGE_GOALS[goal].code))
                *into[goal] = all[i].need;
    }
}

i64 pledge_goal_has(size_t goal, const struct rows *facts)
{
    const struct pledge_fact *all = facts->items;
    i64 sum = 0;
    for (size_t i = 0; i < facts->count; i++)
        for (const char *const *kind = PLEDGE_GOALS[goal].kinds; *kind; kind++)
            if (str_is(all[i].kind, *kind))
                sum += all[i].quantity;
    return sum;
}

static size_t goal_find(str code)
{
    size_t i = 0;
    while (i < PLEDGE_GOALS_COUNT && !str_is(code, PLEDGE_GOALS[i].code))
        i++;
    return i;
}

/* ---- a page's parts ---- */

/* Where a thing of an aspect stands; the last part is that of what belongs to none. */
static struct pledge_part *part_of(struct pledge_part *parts, const str *codes, size_t count,
                                   str aspect)
{
    size_t i = 0;
    while (i < count && !str_eq(codes[i], aspect))
        i++;
    return &parts[i];
}

static void fact_put(struct pledge_part *part, const struct pledge_fact *fact)
{
    if (part->fact_count < sizeof part->facts / sizeof *part->facts)
        part->facts[part->fact_count++] = fact;
}

struct pledge_part *pledge_parts(struct rq *rq, const struct rows *lines, const struct rows *facts,
                                 size_t *count)
{
    const struct pledge_line *all = lines->items;
    const struct pledge_fact *fact = facts->items;
    struct pledge_part *parts = arena_array(rq->mem, lines->count + 1, sizeof *parts);
    str *codes = arena_array(rq->mem, lines->count + 1, sizeof *codes);
    size_t n = 0;
    for (size_t i = 0; i < lines->count; i++)
        if (all[i].need == 0) {
            codes[n] = all[i].code;
            parts[n++] = (struct pledge_part){ .label = all[i].label,
                                               .text = all[i].text,
                                               .discipline = str_is(all[i].code, "discipline"),
                                               .unrecorded = !is_recorded(all[i].code) };
        }
    parts[n] = (struct pledge_part){ .label = text_find("pledges.other") };
    for (size_t i = 0; i < lines->count; i++) {
        size_t goal = goal_find(all[i].code);
        if (all[i].need == 0 || goal == PLEDGE_GOALS_COUNT)
            continue;
        struct pledge_part *part = part_of(parts, codes, n, str_of(PLEDGE_GOALS[goal].aspect));
        part->goals[part->goal_count++] =
            (struct pledge_goal_line){ all[i].label, all[i].need, pledge_goal_has(goal, facts) };
    }
    for (size_t i = 0; i < facts->count; i++)
        fact_put(part_of(parts, codes, n, fact[i].aspect), &fact[i]);
    *count = n + (parts[n].fact_count || parts[n].goal_count);
    return parts;
}
