/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Complaints of burden (减负投诉): rows, inputs, rules, statements, handlers. No other module needs
 * this one, so there is a single header. Words: README.md. */
#ifndef HT_BURDENS_BURDEN_H
#define HT_BURDENS_BURDEN_H
#include "platform/flow/flow.h"
#include "platform/list/list.h"
#include "platform/web/anonymous.h"
#include "platform/web/view_parts.h"

enum { BURDEN_PLACE_MAX = 80, BURDEN_WORDS_MAX = 1000, BURDEN_MONTHS = 12, BURDEN_KINDS = 40 };

/* name: empty = staff do not learn who told it. person_id is written and never read with a row. */
struct burden {
    i64 id, person_id, month, asked_at, published, answered_at, version;
    str state, kind, label, place, words, via, name, way, answer, answerer_name;
};

struct burden_input {
    str kind, place, words;
    bool hidden;
};
struct burden_answer_input {
    i64 id;
    str way, opinion;
    bool published;
};

/* Sums of a month (202611), or of a kind. hours: between asking and answering, of those answered
 * together. */
struct burden_sum {
    i64 month, asked, answered, dropped, eased, kept, hours;
    str label;
};

extern const struct flow BURDENS_FLOW;
extern const struct list BURDEN_LIST;
extern const struct form BURDEN_FORM, BURDEN_PUBLIC_FORM;
extern const struct anonymous BURDEN_PUBLIC;

/* ---- rules: burden.c ---- */

/* Somebody who is signed in tells of a burden; hidden: no trail, notice, list or audit entry names
 * him, though he is told of the answer. Errors: those of the database. */
err burden_add(struct rq *rq, const struct burden_input *in, i64 *id);

/* Somebody whom nobody knows, while setting burdens.public is on. Errors: NOT_FOUND
 * burdens.not_public. */
err burden_add_public(struct rq *rq, const struct burden_input *in, i64 *id);

/* Sums of the last months, the present one first, and of their kinds: struct burden_sum rows. */
err burden_sums(struct rq *rq, struct rows *months, struct rows *kinds);

/* The flow's own functions (flow.h). */
err burden_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err burden_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err burden_effect_answer(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* ---- statements: burden_store.c ---- */

/* Adds one that was just told. */
err burden_store_add(struct db *db, const struct burden *b, i64 *id);

/* Errors: CONFLICT db.version. */
err burden_store_update(struct db *db, const struct burden *b);

/* Whom to tell of the answer; 0 = nobody. */
err burden_store_person(struct db *db, i64 id, i64 *person_id);

/* Answers that stand on the public page, newest first: struct burden rows. */
err burden_store_list_published(struct db *db, struct arena *mem, struct rows *out);

/* Of months from a number on: by month, newest first; by kind, most first. */
err burden_store_list_months(struct db *db, i64 from_month, struct arena *mem, struct rows *out);
err burden_store_list_kinds(struct db *db, i64 from_month, struct arena *mem, struct rows *out);

/* ---- views ---- */

struct burden_page {
    const struct burden *b;
    const struct flow_allowed *acts;
    i64 due_on; /* while it waits */
    bool office;
};
struct burden_public_page {
    const struct rows *published; /* struct burden */
    const struct view_choice *kinds;
    size_t kind_count;
    str stamp;
    bool sent;
};
struct burden_figures_page {
    const struct rows *months, *kinds; /* struct burden_sum */
};

/* Handlers, of the pages and under /api/v1. */
err page_burden_list(struct rq *rq, struct res *res);
err page_burden_new(struct rq *rq, struct res *res);
err page_burden_add(struct rq *rq, struct res *res);
err page_burden_show(struct rq *rq, struct res *res);
err page_burden_figures(struct rq *rq, struct res *res);
err page_burden_public(struct rq *rq, struct res *res);
err page_burden_public_add(struct rq *rq, struct res *res);
#endif
