/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Exemptions within the module: rows, inputs, rules, statements, handlers. */
#ifndef HT_EXEMPTIONS_EXEMPTION_RULES_H
#define HT_EXEMPTIONS_EXEMPTION_RULES_H
#include "modules/exemptions/exemption.h"
#include "platform/flow/flow.h"
#include "platform/list/list.h"

struct view_steps;

/* Columns of the table: schema/0001_exemptions.sql. */
struct exemption {
    i64 id, member_id, person_id, from_on, to_on, decided_on, granted_at, version;
    str state, effect, ground, name, words, organ, document, granter_name, note;
};

/* member: number of a member as text, for the form's choice. */
struct exemption_input {
    i64 from_on, to_on, decided_on;
    str member, effect, ground, words, organ, document;
};
struct exemption_shorten_input {
    i64 id, to_on;
    str opinion;
};
struct exemption_undo_input {
    i64 id;
    str opinion;
};

extern const struct flow EXEMPTIONS_FLOW;
extern const struct form EXEMPTION_FORM;

/* Who sees which: own ones, or all; list_find gives NOT_FOUND exemptions.not_found. */
extern const struct list EXEMPTION_LIST;

/* ---- rules ---- */

/* Puts a decision down; the member is told. Errors: INVALID form.faults with exemptions.order,
 * .future, .overlaps, .no_member. */
err exemption_grant(struct rq *rq, const struct exemption_input *in, i64 *id);

/* The flow's own functions (flow.h). */
err exemption_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err exemption_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err exemption_effect_shorten(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err exemption_effect_undo(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* ---- statements ---- */

/* update: CONFLICT db.version. */
err exemption_store_add(struct db *db, const struct exemption *x, i64 *id);
err exemption_store_update(struct db *db, const struct exemption *x);

/* Granted ones that touch these days, by member and day: struct exemption_span rows; member_id 0 =
 * of all. */
err exemption_store_list_spans(struct db *db, const struct exemption_span *days, struct arena *mem,
                               struct rows *out);

/* ---- views ---- */

struct exemption_page {
    const struct exemption *x;
    struct flow_allowed allowed;
    const struct view_steps *steps;
    bool office;
};

/* Handlers, of the pages and under /api/v1. */
err page_exemption_list(struct rq *rq, struct res *res);
err page_exemption_new(struct rq *rq, struct res *res);
err page_exemption_add(struct rq *rq, struct res *res);
err page_exemption_show(struct rq *rq, struct res *res);
#endif
