/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Plenaries as a dossier tells them. The ledger has up to two rows of one, that he was there whole
 * and for how many half-days, since rules give points for either; a reader is told of it once. */
#include "modules/dossiers/dossier.h"
#include "modules/meetings/meeting.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"

enum { WHOLE = 1000 };

static bool is_plenary(const struct entry_told *e)
{
    return str_is(e->kind, "plenary.whole") || str_is(e->kind, "plenary.halfday");
}

/* The row that says the same plenary's other thing; NULL = there is none. */
static const struct entry_told *other_of(const struct rows *told, const struct entry_told *e)
{
    const struct entry_told *all = told->items;
    for (size_t i = 0; i < told->count; i++)
        if (&all[i] != e && is_plenary(&all[i]) && !str_eq(all[i].kind, e->kind) &&
            str_eq(all[i].source, e->source) && all[i].source_id == e->source_id)
            return &all[i];
    return NULL;
}

/* "全程参加（8 个半天）", "参加 6 个半天，共 8 个半天". total: 0 = not known. */
static str words_of(struct rq *rq, bool whole, i64 halves, i64 total)
{
    str count = str_number(rq->mem, halves);
    if (whole)
        return halves ? text_format(rq->mem, "dossiers.plenary.whole", count, str_of(""))
                      : text_find("dossiers.plenary.all");
    return total > halves
               ? text_format(rq->mem, "dossiers.plenary.part", count, str_number(rq->mem, total))
               : text_format(rq->mem, "dossiers.plenary.halves", count, str_of(""));
}

/* How long the meeting was; 0 where the row comes from no meeting, or from one that is gone. */
static err total_find(struct rq *rq, const struct entry_told *e, i64 *out)
{
    *out = 0;
    if (!str_is(e->source, "meetings"))
        return OK;
    err found = meeting_find_halves(rq, e->source_id, out);
    return found.code == ERR_NOT_FOUND ? OK : found;
}

static err plenary_tell(struct rq *rq, bool whole, struct entry_told *e)
{
    i64 total, halves = str_is(e->kind, "plenary.halfday") ? e->quantity / WHOLE : 0;
    TRY(total_find(rq, e, &total));
    str words = words_of(rq, whole, halves, total);
    e->words =
        e->words.len ? text_format(rq->mem, "dossiers.plenary.tagged", words, e->words) : words;
    e->kind = str_of(DOSSIER_PLENARY);
    e->label = text_find("dossiers.plenary");
    if (whole)
        e->grade = text_find("dossiers.plenary.is_whole");
    else if (total > halves)
        e->grade = text_find("dossiers.plenary.is_part");
    return OK;
}

err dossier_fold_plenaries(struct rq *rq, struct rows *told)
{
    struct entry_told *all = told->items;
    struct entry_told *kept = arena_array(rq->mem, told->count + 1, sizeof *kept);
    size_t n = 0;
    for (size_t i = 0; i < told->count; i++) {
        bool whole = str_is(all[i].kind, "plenary.whole");
        const struct entry_told *other = is_plenary(&all[i]) ? other_of(told, &all[i]) : NULL;
        if (whole && other) /* told with its half-days */
            continue;
        kept[n] = all[i];
        if (is_plenary(&all[i]))
            TRY(plenary_tell(rq, whole || other, &kept[n]));
        n++;
    }
    *told = (struct rows){ kept, n, sizeof *kept };
    return OK;
}
