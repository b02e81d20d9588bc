/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The statements of retention. */
#ifndef HT_RETENTION_RETENTION_STORE_H
#define HT_RETENTION_RETENTION_STORE_H
#include "modules/retention/retention.h"

/* Rows of a rule whose time was over before a moment (ms) or a day, as rule->from has it. held:
 * those that a hold keeps, else those that none keeps. */
struct retention_ask {
    const struct retention_rule *rule;
    i64 before, limit;
    bool held;
};

/* How many, counted up to limit. Errors: those of the database. */
err retention_store_count(struct rq *rq, const struct retention_ask *ask, i64 *count);

/* Their numbers, lowest first: i64 rows in rq->mem. Errors: those of the database. */
err retention_store_list(struct rq *rq, const struct retention_ask *ask, struct rows *out);

/* Deletes them, or empties the columns of rule->sets; *changed: how many. Errors: those of the
 * database. */
err retention_store_end(struct rq *rq, const struct retention_ask *ask, i64 *changed);

/* What a rule did on a day. */
struct retention_run {
    i64 ran_on, ended;
};

/* Adds to today's count of a rule. Errors: those of the database. */
err retention_store_add_run(struct rq *rq, const char *rule, i64 ended);

/* The newest day on which a rule ended something; zeros = none. Errors: those of the database. */
err retention_store_find_run(struct rq *rq, const char *rule, struct retention_run *out);

/* A hold. */
struct retention_hold {
    i64 id, item_id, placed_at, lifted_at, version;
    str collection, reason, placed_name, lifted_name;
};

/* Whether a table has the row. table: of a rule. Errors: those of the database. */
err retention_store_has(struct rq *rq, const struct retention_rule *rule, i64 id, bool *has);

/* Those that stand, newest first, at most 500: struct retention_hold rows. Errors: those of the
 * database. */
err retention_store_list_holds(struct rq *rq, struct rows *out);

/* One. Errors: NOT_FOUND db.no_row. */
err retention_store_find_hold(struct rq *rq, i64 id, struct retention_hold *out);

/* Whether the same is held for the same reason already. Errors: those of the database. */
err retention_store_is_held(struct rq *rq, const struct retention_hold *hold, bool *held);

/* Adds one, which stands. Errors: those of the database. */
err retention_store_add_hold(struct rq *rq, const struct retention_hold *hold, i64 *id);

/* Ends one. Errors: CONFLICT db.version. */
err retention_store_lift_hold(struct rq *rq, const struct retention_hold *hold);
#endif
