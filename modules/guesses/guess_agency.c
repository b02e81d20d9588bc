/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of the unit that is suggested for a letter: whose letters count, which units are left out,
 * the reason in words; what is kept when it is handed out. */
#include "modules/guesses/guess_agency.h"

#include <stdlib.h>

#include "modules/guesses/guess_store.h"
#include "modules/orgs/org.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"

static const i64 DAY_MS = 86400000;
enum { YEAR_DAYS = 365, COUNTED_MAX = 1000, LEAST = 3, LEAST_PERCENT = 10, SHORTEST_NAME = 3 };

/* ---- units left out: the letter complains about them ---- */

static bool has_any(str text, str words)
{
    str word;
    for (str rest = words; str_split(&rest, '|', &word);)
        if (word.len && str_find(text, word, 0) >= 0)
            return true;
    return false;
}

static bool has_name(str text, const strs *names)
{
    for (size_t i = 0; i < names->count; i++)
        if (str_chars(names->items[i]) >= SHORTEST_NAME && str_find(text, names->items[i], 0) >= 0)
            return true;
    return false;
}

/* Up to the nearest mark that ends a sentence, or the end of the text. */
static str sentence_at(str text, size_t from, str ends, size_t *next)
{
    size_t end = text.len;
    str mark;
    *next = text.len;
    for (str rest = ends; str_split(&rest, '|', &mark);) {
        i64 at = mark.len ? str_find(text, mark, from) : -1;
        if (at >= 0 && (size_t)at < end) {
            end = (size_t)at;
            *next = end + mark.len;
        }
    }
    return str_sub(text, from, end - from);
}

bool guess_complains(str text, const strs *names)
{
    str words = text_find("guesses.complaints"), ends = text_find("guesses.sentence_ends");
    for (size_t at = 0; at < text.len;) {
        str sentence = sentence_at(text, at, ends, &at);
        if (has_name(sentence, names) && has_any(sentence, words))
            return true;
    }
    return false;
}

/* As who lives there writes it: without the word for city or county in front. */
static str without_level(str name)
{
    str level;
    for (str rest = text_find("guesses.levels"); str_split(&rest, '|', &level);)
        if (level.len && str_starts(name, level))
            return str_sub(name, level.len, name.len);
    return name;
}

static bool is_accused(const struct letter *l, const struct org *org)
{
    str names[] = { org->name, without_level(org->name), org->short_name,
                    without_level(org->short_name) };
    const strs all = { names, sizeof names / sizeof *names };
    return guess_complains(l->title, &all) || guess_complains(l->body, &all);
}

/* ---- units left out: another place's ---- */

static err area_holds(struct rq *rq, i64 area_id, i64 place_id, bool *out)
{
    struct area place;
    struct rows rows;
    *out = false;
    if (!place_id)
        return OK;
    TRY(area_find(rq, place_id, &place));
    TRY(area_path(rq, &place, &rows));
    const struct area *path = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        *out |= path[i].id == area_id;
    return OK;
}

/* A unit of the whole committee's area, or of one that holds the place of the letter. */
static err is_of_place(struct rq *rq, const struct letter *l, const struct org *org, bool *out)
{
    struct org own;
    *out = org->area_id == 0;
    if (*out)
        return OK;
    TRY(org_find_cppcc(rq, &own));
    TRY(area_holds(rq, org->area_id, own.area_id, out));
    return *out ? OK : area_holds(rq, org->area_id, l->area_id, out);
}

/* ---- counting ---- */

static int by_hits(const void *a, const void *b)
{
    const struct guess_handled *x = a, *y = b;
    if (x->letters != y->letters)
        return x->letters < y->letters ? 1 : -1;
    return x->agency_id < y->agency_id ? -1 : x->agency_id > y->agency_id;
}

/* Those of the county where there are enough of it, else all; how many letters in *sum. */
static bool count_by_place(struct guess_handled *all, size_t count, i64 *sum)
{
    i64 near = 0, whole = 0;
    for (size_t i = 0; i < count; i++) {
        near += all[i].near;
        whole += all[i].letters;
    }
    bool own = near >= LEAST;
    for (size_t i = 0; own && i < count; i++)
        all[i].letters = all[i].near;
    if (count > 1)
        qsort(all, count, sizeof *all, by_hits);
    *sum = own ? near : whole;
    return own;
}

/* Of its county, how many of how many, to whom. */
static str reason(struct rq *rq, const struct guess_agency *g, str county)
{
    struct buf *b = buf_new(rq->mem, 1000);
    buf_add(b, county);
    buf_add(b, text_format(rq->mem,
                           g->sum < COUNTED_MAX ? "guesses.agency_sum" : "guesses.agency_newest",
                           str_number(rq->mem, g->sum), str_number(rq->mem, g->hits)));
    buf_add(b, text_format(rq->mem, "guesses.agency_hits", g->name, str_of("")));
    return buf_str(b);
}

static const struct org *org_of(const struct rows *orgs, i64 id)
{
    const struct org *all = orgs->items;
    for (size_t i = 0; i < orgs->count; i++)
        if (all[i].id == id)
            return &all[i];
    return NULL;
}

static void spare(struct rq *rq, const struct org *org, struct guess_agencies *out)
{
    struct buf *b = buf_new(rq->mem, 1000);
    buf_add(b, out->spared);
    buf_add(b, out->spared.len ? text_find("guesses.and") : str_of(""));
    buf_add(b, org->name);
    out->spared = buf_str(b);
}

err guess_agency_list(struct rq *rq, const struct letter *l, str category,
                      struct guess_agencies *out)
{
    const struct guess_kind kind = { l->id, rq->now_ms - YEAR_DAYS * DAY_MS, COUNTED_MAX, category,
                                     l->county };
    struct rows rows, orgs;
    i64 sum;
    *out = (struct guess_agencies){ .spared = str_of("") };
    if (!category.len)
        return OK;
    TRY(guess_store_list_handled(rq->db, &kind, rq->mem, &rows));
    TRY(org_agencies(rq, &orgs));
    struct guess_handled *all = rows.items;
    bool own = count_by_place(all, rows.count, &sum);
    for (size_t i = 0; sum >= LEAST && i < rows.count && out->count < GUESS_SHOWN; i++) {
        const struct org *org = org_of(&orgs, all[i].agency_id);
        i64 degree = all[i].letters * 100 / sum;
        bool here = false;
        if (org && degree >= LEAST_PERCENT)
            TRY(is_of_place(rq, l, org, &here));
        if (!here)
            continue;
        if (is_accused(l, org)) {
            spare(rq, org, out);
            continue;
        }
        struct guess_agency *g = &out->items[out->count++];
        *g = (struct guess_agency){ org->id, all[i].letters, sum, degree, org->name, str_of("") };
        g->because = reason(rq, g, own ? l->county : str_of(""));
    }
    return OK;
}

void guess_agency_json(const struct guess_agencies *all, struct json *j)
{
    json_array(j, "agencies");
    for (size_t i = 0; i < all->count; i++) {
        const struct guess_agency *g = &all->items[i];
        json_object(j, NULL);
        json_i64(j, "agency_id", g->agency_id);
        json_str(j, "name", g->name);
        json_i64(j, "hits", g->hits);
        json_i64(j, "sum", g->sum);
        json_i64(j, "degree", g->degree);
        json_str(j, "because", g->because);
        json_object_end(j);
    }
    json_array_end(j);
    json_str(j, "spared", all->spared);
}

/* ---- kept beside the decision ---- */

err on_guess_assigned(struct rq *rq, i64 id, const void *fact)
{
    struct guess_agencies all;
    struct letter l;
    (void)fact;
    TRY(letter_find_house(rq, id, &l));
    TRY(guess_agency_list(rq, &l, l.category, &all));
    struct guess g = { .subject_id = id,
                       .decided_at = rq->now_ms,
                       .question = str_of(GUESS_AGENCY),
                       .decided = str_number(rq->mem, l.agency_id),
                       .label = str_of(""),
                       .because = str_of("") };
    if (all.count) {
        g.label = str_number(rq->mem, all.items[0].agency_id);
        g.degree = all.items[0].degree;
        g.because = all.items[0].because;
        g.is_right = str_eq(g.label, g.decided);
    }
    return guess_store_put(rq->db, &g);
}

/* It was given to another unit. */
err on_guess_retold(struct rq *rq, i64 id, const void *fact)
{
    const struct letter *l = fact;
    if (!str_is(l->state, "assigned") || !l->agency_id)
        return OK;
    return guess_store_decide(rq->db, GUESS_AGENCY, id, str_number(rq->mem, l->agency_id));
}

/* What was taken out of it to say why goes with its text. */
err on_guess_erased(struct rq *rq, i64 id, const void *fact)
{
    (void)fact;
    return guess_store_forget_words(rq->db, GUESS_AGENCY, id);
}

err on_guess_letter_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct letter_shown *shown = fact;
    const struct letter *l = shown->letter;
    struct guess_agencies all;
    (void)id;
    if (!shown->json || !str_is(l->state, "triaged") || !actor_may(rq->actor, "letters.assign"))
        return OK;
    TRY(guess_agency_list(rq, l, l->category, &all));
    guess_agency_json(&all, shown->json);
    return OK;
}
