/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Warnings of absences (缺席预警): rows, rules, statements, handlers; for modules/renewals who is
 * near a rule. Words and rules: README.md. */
#ifndef HT_WARNINGS_WARNING_H
#define HT_WARNINGS_WARNING_H
#include "modules/entries/entry.h"
#include "modules/scores/scores.h"
#include "platform/flow/flow.h"
#include "platform/list/list.h"

struct view_steps;

/* Columns of the table: schema/0001_warnings.sql. */
struct warning {
    i64 id, member_id, person_id, from_on, count_x1000, bound_x1000, begun_at, told_at, version;
    str state, stage, name, rule, span, note, settler_name;
};

struct warning_opinion_input {
    i64 id;
    str opinion;
};

extern const struct flow WARNINGS_FLOW;

/* Who sees which: own ones, or all; list_find gives NOT_FOUND warnings.not_found. */
extern const struct list WARNING_LIST;

/* ---- what the rules say now: warning_take.c ---- */

/* The rules about absences of the running year, and who is near one of them or has reached it.
 * people: whom they are about today, struct scores_row rows; due: struct warning rows as they would
 * be new. */
struct warning_take {
    struct scores_period period;
    struct rows people, due;
};

/* only: one member, 0 = all. Errors: those of scores_list. */
err warning_take(struct rq *rq, i64 only, struct warning_take *out);

/* Whether a stored one is about a rule and a span of days that hold today, of somebody who is
 * assessed today. */
bool warning_is_current(const struct warning_take *take, const struct warning *w);

/* What he missed: struct entry_told rows of the ledger, oldest first. Errors: those of the
 * database. */
err warning_records(struct rq *rq, const struct warning *w, struct rows *out);

/* ---- rules: warning.c ---- */

/* Brings what was told in line with the ledger: new ones are told, changed ones told anew, those
 * that no longer hold are lifted. changed: how many. Errors: those of the database. */
err warning_sync(struct rq *rq, i64 *changed);

/* Those that hold today, seen by the office or not, by member: struct warning rows. Whether rq's
 * actor may know is the caller's business. Errors: those of the database. */
err warning_list_holding(struct rq *rq, struct rows *out);

/* The flow's own functions (flow.h). */
err warning_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err warning_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err warning_effect_settle(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err warning_effect_take(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err warning_effect_lift(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* Once a day. */
err job_warning_sync(struct rq *rq, bool *again);

/* ---- statements ---- */

/* find: NOT_FOUND warnings.not_found; update: CONFLICT db.version. list: all that are not lapsed,
 * by member: struct warning rows. */
err warning_store_add(struct db *db, const struct warning *w, i64 *id);
err warning_store_find(struct db *db, i64 id, struct arena *mem, struct warning *out);
err warning_store_update(struct db *db, const struct warning *w);
err warning_store_list(struct db *db, struct arena *mem, struct rows *out);

/* ---- views ---- */

struct warning_page {
    const struct warning *w;
    struct flow_allowed allowed;
    const struct view_steps *steps;
    const struct entry_told *records;
    size_t record_count;
    bool office, talks; /* talks: may ask for a talk about it */
};

/* Handlers, of the pages and under /api/v1. */
err page_warning_list(struct rq *rq, struct res *res);
err page_warning_refresh(struct rq *rq, struct res *res);
err page_warning_show(struct rq *rq, struct res *res);
#endif
