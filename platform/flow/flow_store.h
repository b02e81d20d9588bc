/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rows of trails, clocks, to-dos and variants. Between the files of this part only. */
#ifndef HT_FLOW_FLOW_STORE_H
#define HT_FLOW_FLOW_STORE_H
#include "platform/flow/flow.h"

enum { URGENCY_NONE = 9999999 }; /* behind every day */

/* A subject by the flow's name and its id. */
struct flow_key {
    str flow;
    i64 subject_id;
};

/* Adds a row of history; the history of a subject, oldest first. */
err trails_store_add(struct rq *rq, const struct flow_key *key, const struct flow_trail *trail);
err trails_store_forget_words(struct rq *rq, const struct flow_key *key);
err trails_store_list(struct rq *rq, const struct flow_key *key, struct rows *out);

/* A clock that starts. */
struct clock_start {
    str name, unit;
    i64 due_on;
};
err clocks_store_start(struct rq *rq, const struct flow_key *key, const struct clock_start *start);

/* All clocks of a subject; the running one of a name (NOT_FOUND db.no_row). */
err clocks_store_list(struct rq *rq, const struct flow_key *key, struct rows *out);
err clocks_store_running(struct rq *rq, const struct flow_key *key, str name,
                         struct flow_clock_row *out);

/* Writes the days, freezing and end of a clock. */
err clocks_store_put(struct rq *rq, const struct flow_clock_row *clock);
err clocks_store_due(struct rq *rq, str flow, const struct flow_due_query *query, struct rows *out);

/* Running clocks of a name, by last day (struct flow_due_row); how many there are. */
struct clock_query {
    str flow, name;
    i64 limit;
};
err clocks_store_touched(struct rq *rq, const struct clock_query *query, struct rows *out);
err clocks_store_count(struct rq *rq, const struct clock_query *query, i64 *count);

/* A to-do as stored. */
struct todo_row {
    i64 id, holder_id, due_on;
    str state, verb, holder, permission, clock, title, number, url;
    bool own;
};
err todos_store_list(struct rq *rq, const struct flow_key *key, struct rows *out);
err todos_store_waiting(struct rq *rq, str flow, str state, i64 limit, struct rows *out);
err todos_store_add(struct rq *rq, const struct flow_key *key, const struct todo_row *todo);
err todos_store_put(struct rq *rq, const struct todo_row *todo);
err todos_store_remove(struct rq *rq, i64 id);

/* The day of a clock moved: the to-dos that show it follow. */
err todos_store_move_due(struct rq *rq, const struct flow_key *key, str clock, i64 due_on);

/* To-dos of a holder ("agency", "person") without barred verbs ("|FLOW.VERB|FLOW.VERB|"), or of a
 * permission, most urgent first; and how many, up to 999. */
struct todo_holder {
    str kind;
    i64 id;
    str barred;
};
err todos_store_of_holder(struct rq *rq, const struct todo_holder *of, i64 limit, struct rows *out);
err todos_store_of_permission(struct rq *rq, str permission, i64 limit, struct rows *out);
err todos_store_count_holder(struct rq *rq, const struct todo_holder *of, i64 *count);
err todos_store_count_permission(struct rq *rq, str permission, i64 *count);

/* The organisation's variants of a flow, by verb; and one written in place of an earlier one. */
err variants_store_list(struct rq *rq, str flow, struct rows *out);
err variants_store_put(struct rq *rq, str flow, const struct flow_variant *variant);
#endif
