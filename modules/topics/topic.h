/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Candidate topics for consultation (议题建议): rows, inputs, rules, statements, handlers. Words
 * and rules: README.md. */
#ifndef HT_TOPICS_TOPIC_H
#define HT_TOPICS_TOPIC_H
#include "platform/flow/flow.h"
#include "platform/list/list.h"

struct view_steps;

/* Columns of the table: schema/0001_topics.sql. */
struct topic {
    i64 id, cluster_id, letter_id, letters, proposed_at, proposed_by, decided_at, version;
    str state, title, body, source, proposer, reason, writer_name, decider_name;
};

struct topic_input {
    i64 id;
    str title, body, source, proposer;
};
struct topic_reject_input {
    i64 id;
    str opinion;
};

extern const struct flow TOPICS_FLOW;
extern const struct form TOPIC_FORM;

/* Who sees which; list_find gives NOT_FOUND topics.not_found. */
extern const struct list TOPIC_LIST;

/* Adds one in state proposed, and tells who screens. title, body, source, proposer, cluster_id,
 * letter_id, letters are given, in t. Errors: CONFLICT db.unique. */
err topic_add(struct rq *rq, struct topic *t);

/* What a letter became, by itself or with the matter that it is about; what a cluster became:
 * struct topic rows, oldest first, whoever asks. Errors: those of the database. */
err topic_list_of_letter(struct rq *rq, i64 letter_id, struct rows *out);
err topic_list_of_cluster(struct rq *rq, i64 cluster_id, struct rows *out);

/* The flow's own functions (flow.h). */
err topic_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err topic_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err topic_effect_edit(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err topic_effect_pool(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err topic_effect_reject(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err topic_effect_reopen(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* The verb "offer" of the flows of clusters and of letters. */
err topic_guard_cluster(struct rq *rq, const struct flow_subject *subject);
err topic_effect_cluster(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err topic_guard_letter(struct rq *rq, const struct flow_subject *subject);
err topic_effect_letter(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* ---- listeners ---- */

/* mailbox.evaluated, .still: whoever is not solved again, and whose matter is a topic already. */
err on_topic_letter_unsolved(struct rq *rq, i64 id, const void *fact);

/* mailbox.shown, clusters.shown: what became of it (topic_pages.c). */
err on_topic_letter_shown(struct rq *rq, i64 id, const void *fact);
err on_topic_cluster_shown(struct rq *rq, i64 id, const void *fact);

/* ---- statements ---- */

/* find: NOT_FOUND topics.not_found; update: CONFLICT db.version. */
err topic_store_add(struct db *db, const struct topic *t, i64 *id);
err topic_store_find(struct db *db, i64 id, struct arena *mem, struct topic *out);
err topic_store_update(struct db *db, const struct topic *t);

/* Those of a letter, one at most; of eight clusters (0 = none of them): struct topic rows. */
err topic_store_list_letter(struct db *db, i64 letter_id, struct arena *mem, struct rows *out);
err topic_store_list_clusters(struct db *db, const i64 *eight, struct arena *mem, struct rows *out);

/* ---- views ---- */

/* opens: the actor may open what it was made of. */
struct topic_page {
    const struct topic *t;
    struct flow_allowed allowed;
    const struct view_steps *steps;
    str source;
    bool opens;
};

/* On the page of what it was made of. reads: the actor may open topics. */
struct topic_part {
    const struct rows *topics;
    bool reads;
};

/* Handlers, of the pages and under /api/v1. */
err page_topic_list(struct rq *rq, struct res *res);
err page_topic_new(struct rq *rq, struct res *res);
err page_topic_add(struct rq *rq, struct res *res);
err page_topic_show(struct rq *rq, struct res *res);
err page_topic_edit(struct rq *rq, struct res *res);
err page_topic_cluster(struct rq *rq, struct res *res);
err page_topic_letter(struct rq *rq, struct res *res);
#endif
