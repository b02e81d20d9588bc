/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of merging: what is proposed, what is not one matter, merging several at once. What may be
 * merged into what is judged by the flow of proposals. No SQL (merger_store.c), no HTTP
 * (merger_pages.c). */
#include "modules/mergers/merger.h"

#include "platform/audit/audit.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

enum { SCRATCH_MAX = 256 << 20 };

/* ---- what is proposed ---- */

bool merger_is_open(str state)
{
    return str_is(state, "submitted") || str_is(state, "screened") || str_is(state, "docketed");
}

static struct text_sample *texts_of(struct arena *mem, const struct rows *rows)
{
    const struct proposal_text *all = rows->items;
    struct text_sample *texts = arena_array(mem, rows->count + 1, sizeof *texts);
    for (size_t i = 0; i < rows->count; i++)
        texts[i] =
            (struct text_sample){ all[i].id, merger_is_open(all[i].state) ? all[i].session_id : 0,
                                  all[i].title, all[i].body };
    return texts;
}

/* Both in ascending order of the two ids, so that one walk is enough. */
static void pairs_keep(const struct text_sample *texts, const struct rows *dismissed,
                       struct rows *pairs)
{
    const struct dismissal *d = dismissed->items, *end = d + dismissed->count;
    struct text_pair *all = pairs->items;
    size_t kept = 0;
    for (size_t i = 0; i < pairs->count; i++) {
        i64 a = texts[all[i].a].id, b = texts[all[i].b].id;
        while (d < end && (d->a_id < a || (d->a_id == a && d->b_id < b)))
            d++;
        if (d == end || d->a_id != a || d->b_id != b)
            all[kept++] = all[i];
    }
    pairs->count = kept;
}

static void groups_keep(struct arena *mem, const struct text_sample *texts,
                        const struct rows *groups, struct rows *out)
{
    const struct merger_group *all = groups->items;
    struct merger_proposed *kept = arena_array(mem, groups->count + 1, sizeof *kept);
    for (size_t i = 0; i < groups->count; i++) {
        kept[i].mean = all[i].mean;
        kept[i].proposals = (ids){ arena_array(mem, all[i].count, sizeof(i64)), all[i].count };
        for (size_t k = 0; k < all[i].count; k++)
            kept[i].proposals.items[k] = texts[all[i].members[k]].id;
    }
    *out = (struct rows){ kept, groups->count, sizeof *kept };
}

static err propose(struct rq *rq, struct arena *scratch, struct rows *out)
{
    struct rows rows, dismissed, pairs, groups;
    const struct merger_limits limits = { setting_number(rq, "mergers.degree_min") * 10,
                                          MERGER_GROUP_MAX };
    TRY(proposal_list_texts(rq, MERGER_TEXTS_MAX, scratch, &rows));
    TRY(merger_store_list_dismissed(rq->db, scratch, &dismissed));
    const struct text_sample *texts = texts_of(scratch, &rows);
    text_pairs(scratch, texts, rows.count, &pairs);
    pairs_keep(texts, &dismissed, &pairs);
    merger_groups(scratch, &pairs, rows.count, &limits, &groups);
    groups_keep(rq->mem, texts, &groups, out);
    return OK;
}

err merger_propose(struct rq *rq, struct rows *out)
{
    struct arena *scratch = arena_new(SCRATCH_MAX, 0);
    err e = propose(rq, scratch, out);
    arena_free(scratch);
    return e;
}

/* ---- not one matter ---- */

static err need_two(struct rq *rq, const ids *proposals)
{
    if (proposals->count >= 2)
        return OK;
    rq_fault(rq, "ids", "mergers.need_two", str_of(""), str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

static err dismiss_pair(struct rq *rq, i64 one, i64 other)
{
    const struct dismissal d = { one < other ? one : other, one < other ? other : one };
    if (one == other)
        return OK;
    TRY(merger_store_dismiss(rq->db, &d, rq->now_ms, rq->actor->account_id));
    return audit_add(rq, &(struct audit_entry){
                             .act = "mergers.dismiss",
                             .object = "proposals",
                             .object_id = d.a_id,
                             .after = arena_printf(rq->mem, "%lld", (long long)d.b_id) });
}

err merger_dismiss(struct rq *rq, const ids *proposals)
{
    struct proposal p;
    TRY(need_two(rq, proposals));
    for (size_t i = 0; i < proposals->count; i++)
        TRY(proposal_find(rq, proposals->items[i], &p));
    for (size_t i = 0; i < proposals->count; i++)
        for (size_t k = i + 1; k < proposals->count; k++)
            TRY(dismiss_pair(rq, proposals->items[i], proposals->items[k]));
    return OK;
}

/* ---- merging several ---- */

/* "12:3": the proposal and the version that was seen; 0 = not among them. */
static i64 version_seen(const strs *seen, i64 id)
{
    for (size_t i = 0; i < seen->count; i++) {
        str rest = seen->items[i], word;
        i64 of = 0, version = 0;
        if (str_split(&rest, ':', &word) && str_to_i64(word, &of) && of == id &&
            str_to_i64(rest, &version))
            return version;
    }
    return 0;
}

/* All of them in this request's transaction: one refusal, and nothing is merged. */
static err merge_one(struct rq *rq, const struct merger_input *in, i64 id)
{
    const void *own = rq->input;
    const i64 version = version_seen(&in->seen, id);
    err e =
        proposal_merge(rq, &(struct proposal_merge){ id, version ? version : FLOW_VERSION_WANTED,
                                                     in->main_id, in->opinion });
    rq->input = own;
    return e;
}

err merger_merge(struct rq *rq, const struct merger_input *in)
{
    struct proposal main;
    size_t others = 0;
    for (size_t i = 0; i < in->ids.count; i++)
        others += in->ids.items[i] != in->main_id;
    if (others == 0)
        rq_fault(rq, "ids", "mergers.need_two", str_of(""), str_of(""));
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    TRY(proposal_find(rq, in->main_id, &main));
    const i64 seen = version_seen(&in->seen, in->main_id);
    if (seen && seen != main.version)
        return err_make(ERR_CONFLICT, "flows.version");
    for (size_t i = 0; i < in->ids.count; i++)
        if (in->ids.items[i] != in->main_id)
            TRY(merge_one(rq, in, in->ids.items[i]));
    return OK;
}

/* ---- facts of proposals ---- */

err on_proposal_merged(struct rq *rq, i64 id, const void *fact)
{
    const struct flow_step *step = fact;
    const struct proposal *p = step->subject->row;
    return merger_store_add(rq->db, &(struct merger){ .main_id = p->main_id,
                                                      .merged_id = id,
                                                      .from_state = step->from,
                                                      .opinion = step->opinion,
                                                      .merged_at = rq->now_ms,
                                                      .merged_by = rq->actor->account_id });
}

err on_proposal_unmerged(struct rq *rq, i64 id, const void *fact)
{
    (void)fact;
    return merger_store_undo(rq->db, id, rq->now_ms, rq->actor->account_id);
}
