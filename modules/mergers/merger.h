/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Merging (并案): which proposals are about one matter, and handling them as one. What becomes of a
 * proposal is its own flow's business (verbs merge and unmerge of proposals). */
#ifndef HT_MERGERS_MERGER_H
#define HT_MERGERS_MERGER_H
#include "modules/mergers/merger_groups.h"
#include "modules/mergers/merger_store.h"
#include "modules/proposals/proposal.h"
#include "platform/web/web.h"

/* Most proposals whose texts are compared at once, the newest; most of one group; most that are
 * merged in one step. */
enum { MERGER_TEXTS_MAX = 800, MERGER_GROUP_MAX = 6, MERGER_AT_ONCE = 20 };

/* Proposals under review or docketed that are about one matter by their texts, of one session, in
 * order of their ids; mean: of their likeness, per mille. */
struct merger_proposed {
    ids proposals;
    i64 mean;
};

/* Whether what stands there can be merged, or be what others are merged into. */
bool merger_is_open(str state);

/* The groups, the most alike first; struct merger_proposed rows. What was dismissed as a pair does
 * not count as alike. For the slow lane: it compares every text with every other. Nothing is asked
 * about who may see them. Errors: those of the database. */
err merger_propose(struct rq *rq, struct rows *out);

/* Notes that these are not one matter, each with each. Audited. Errors: INVALID mergers.need_two;
 * NOT_FOUND proposals.not_found. */
err merger_dismiss(struct rq *rq, const ids *proposals);

/* Merges each of the others into the main one, all or none. ids: with or without the main one;
 * seen: "id:version" of each as the reader had it. Errors: INVALID mergers.need_two,
 * web.version_missing; NOT_FOUND; CONFLICT flows.version; those of proposal_merge. */
struct merger_input {
    i64 main_id;
    ids ids;
    strs seen;
    str opinion;
};
err merger_merge(struct rq *rq, const struct merger_input *in);

/* What the page of merging is asked for: ids, and one more by its number as people write it. */
struct merger_choice_input {
    ids ids;
    str add;
};

/* Facts of proposals: a relation begins, ends; a page or JSON is made. */
err on_proposal_merged(struct rq *rq, i64 id, const void *fact);
err on_proposal_unmerged(struct rq *rq, i64 id, const void *fact);
err on_merger_shown(struct rq *rq, i64 id, const void *fact);
err on_merger_matter_shown(struct rq *rq, i64 id, const void *fact);

/* Pages, and the same as JSON. */
err page_merger_list(struct rq *rq, struct res *res);
err page_merger_new(struct rq *rq, struct res *res);
err page_merger_add(struct rq *rq, struct res *res);
err page_merger_dismiss(struct rq *rq, struct res *res);

/* Similar texts while one writes or reviews. */
struct similar_input {
    i64 id, limit;
    str title, text, situation; /* text as the API names it; situation as the form does */
};
err page_merger_similar(struct rq *rq, struct res *res);
err api_merger_similar_text(struct rq *rq, struct res *res);
err api_merger_similar(struct rq *rq, struct res *res);
#endif
