/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What people do with clusters, what is hot, and what the pages need of letters. */
#ifndef HT_CLUSTERS_CLUSTER_RULES_H
#define HT_CLUSTERS_CLUSTER_RULES_H
#include "modules/clusters/cluster_feed.h"
#include "modules/clusters/cluster_store.h"

enum { CLUSTER_SPLIT_MAX = 100, CLUSTER_NEAR_MAX = 12, CLUSTER_HOT = 30, CLUSTER_HOT_MAX = 100 };

/* ---- seeing ---- */

/* A cluster of letters by id, called by its name where it has one; for who reads letters of the
 * whole organisation. into_id > 0: it became one with that one. Errors: NOT_FOUND
 * clusters.not_found. */
err cluster_find(struct rq *rq, i64 id, struct cluster *out);

/* Those that may be about the same as one, most alike first: struct cluster_near rows, at most
 * CLUSTER_NEAR_MAX. apart: somebody has said that they are different. Errors: those of the
 * database. */
struct cluster_near {
    i64 id, texts, degree;
    bool apart;
    str title, state;
};
err cluster_list_near(struct rq *rq, const struct cluster *c, struct rows *out);

/* ---- hot ones ---- */

/* One of the hot list with what explains its rank. now, before: texts of the period and of as many
 * days before; of the list over all time: the most within any 90 days, and 0. */
struct cluster_hot {
    struct cluster cluster;
    i64 now, before, areas;
};

/* days: 7, 30, 90; 0 = all time. Pinned ones first, then by most texts; at most limit. struct
 * cluster_hot rows. For the slow lane. Errors: those of the database. */
err cluster_list_hot(struct rq *rq, i64 days, i64 limit, struct rows *out);

/* Why it stands where it stands, in words. */
str cluster_explain(struct rq *rq, const struct cluster_hot *hot, i64 days);

/* ---- its letters ---- */

/* On which days how many came, struct cluster_day rows. */
err cluster_list_days(struct rq *rq, i64 cluster_id, struct rows *out);

struct cluster_letter {
    i64 id, received_at, degree, copy;
    str title, state, category, area_name, reply_agency, source, source_id;
};
/* Newest first, below a letter's number (0 = from the newest); struct cluster_letter rows. */
err cluster_list_letters(struct rq *rq, i64 cluster_id, i64 before, i64 limit, struct rows *out);

/* How many of a cluster's letters: by town, by category, by who answered, by state; struct
 * cluster_part rows, most first. */
enum cluster_by { CLUSTER_BY_TOWN, CLUSTER_BY_CATEGORY, CLUSTER_BY_AGENCY, CLUSTER_BY_STATE };
struct cluster_part {
    str word;
    i64 texts;
};
err cluster_list_parts(struct rq *rq, i64 cluster_id, enum cluster_by by, struct rows *out);

/* What is like a letter (struct cluster_letter rows with degree and copy), at most limit, of those
 * that rq's actor may see. Errors: NOT_FOUND letters.not_found. */
err cluster_list_similar(struct rq *rq, i64 letter_id, i64 limit, struct rows *out);

/* ---- the flow ---- */

struct cluster_name_input {
    i64 id;
    str name;
};
struct cluster_other_input {
    i64 id;
    str other; /* number of the other cluster */
};
struct cluster_split_input {
    i64 id;
    str joined; /* number of a cluster that was joined into it */
    strs letters;
};
struct cluster_attach_input {
    i64 id;
    str lead; /* number of the letter that the others run along with */
};

/* Choices of the forms: others that may be the same matter; others that were told apart; what was
 * joined; the newest letters; those that others can run along with. */
err cluster_choices_other(struct rq *rq, struct rows *out);
err cluster_choices_apart(struct rq *rq, struct rows *out);
err cluster_choices_joined(struct rq *rq, struct rows *out);
err cluster_choices_letters(struct rq *rq, struct rows *out);
err cluster_choices_leads(struct rq *rq, struct rows *out);

/* How many letters of a cluster nobody handles yet and run along with none. */
err cluster_count_open(struct rq *rq, i64 cluster_id, i64 *count);

/* As struct flow wants them. */
err cluster_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err cluster_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err cluster_guard_pin(struct rq *rq, const struct flow_subject *subject);
err cluster_guard_unpin(struct rq *rq, const struct flow_subject *subject);
err cluster_guard_split(struct rq *rq, const struct flow_subject *subject);
err cluster_guard_together(struct rq *rq, const struct flow_subject *subject);
err cluster_effect_name(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err cluster_effect_pin(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err cluster_effect_unpin(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err cluster_effect_join(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err cluster_effect_split(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err cluster_effect_apart(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err cluster_effect_together(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err cluster_guard_attach(struct rq *rq, const struct flow_subject *subject);
err cluster_effect_attach(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* As struct flow wants them: it becomes an opinion (cluster_feed.c). */
err cluster_guard_feed(struct rq *rq, const struct flow_subject *subject);
err cluster_effect_feed(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* ---- opinions of the committee that were made of clusters ---- */

/* Opinions made of a cluster, and of what was joined into it: struct handling_opinion rows. */
err cluster_list_opinions(struct rq *rq, i64 cluster_id, struct rows *out);

/* Of what an opinion was made. texts: letters that the cluster had then; reads: rq's actor sees
 * clusters. */
struct cluster_source {
    i64 id, texts;
    str title;
    bool reads;
};

/* Listeners: a sender says that it is not solved; an opinion is shown. */
err on_cluster_letter_unsolved(struct rq *rq, i64 id, const void *fact);
err on_cluster_opinion_shown(struct rq *rq, i64 id, const void *fact);

/* Listeners: a letter comes in, is not followed or taken back, is erased, is shown. */
err on_cluster_letter_received(struct rq *rq, i64 id, const void *fact);
err on_cluster_letter_restored(struct rq *rq, i64 id, const void *fact);
err on_cluster_letter_closed(struct rq *rq, i64 id, const void *fact);
err on_cluster_letter_erased(struct rq *rq, i64 id, const void *fact);
err on_cluster_letter_shown(struct rq *rq, i64 id, const void *fact);

/* Timer and work: the words are weighed anew on the slow lane. */
err job_cluster_warm(struct rq *rq, bool *again);
err work_cluster_warm(struct rq *rq, str payload);
#endif
