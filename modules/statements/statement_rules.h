/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Inputs, rules, statements and handlers of reports, between the files of this module only. */
#ifndef HT_STATEMENTS_STATEMENT_RULES_H
#define HT_STATEMENTS_STATEMENT_RULES_H
#include "modules/statements/statement.h"
#include "platform/list/list.h"
#include "platform/web/view_parts.h"

struct statement_call {
    i64 id, year, due_on, called_at, asked, submitted, version;
    str title, audience, audience_name, form, note, caller_name;
};

struct statement_call_input {
    i64 due_on;
    str title, form, note;
    strs audience;
};
struct statement_edit_input {
    i64 id, version;
    str body;
    bool send;
};
struct statement_revise_input {
    i64 id;
    str opinion;
};
/* remark_id: of one that is said to several; never from outside. */
struct statement_remark_input {
    i64 id, remark_id;
    str text;
};
struct statement_together_input {
    i64 id;
    ids statements;
    str text;
};
struct statement_order_input {
    i64 id, version; /* version: of the call, which each order raises */
    ids statements;
    strs places;
};

extern const struct form STATEMENT_CALL_FORM, STATEMENT_EDIT_FORM, STATEMENT_TOGETHER_FORM;
extern const struct flow STATEMENTS_FLOW;
extern const struct list STATEMENT_LIST, STATEMENT_CALL_LIST;

/* ---- rules: statement.c ---- */

/* Submitted, remarked on or not. */
bool statement_is_handed_in(const struct statement *s);

/* Whether it is the actor's own; whether he may write in it now. */
bool statement_is_own(const struct rq *rq, const struct statement *s);
bool statement_may_edit(const struct rq *rq, const struct statement *s);

/* By id, as the actor may see it: what is being written has no body for others. Errors: NOT_FOUND
 * statements.not_found. */
err statement_find(struct rq *rq, i64 id, struct statement *out);

/* Keeps the text; *s: by id, then as stored. Errors: FORBIDDEN statements.not_yours; CONFLICT
 * statements.not_now, web.version. */
err statement_save(struct rq *rq, const struct statement_edit_input *in, struct statement *s);

/* As the flow sees it. */
struct flow_subject statement_subject(struct rq *rq, struct statement *s);

/* What somebody begins with: headings with what the ledger has of his year, then what only he can
 * say. */
err statement_fill(struct rq *rq, const struct statement *s, str *out);

/* A remark on several reports of a call at once: ids in in->statements, those handed in. *count:
 * how many. Errors: NOT_FOUND statement_calls.not_found; INVALID form.faults. */
err statement_remark_together(struct rq *rq, const struct statement_together_input *in, i64 *count);

/* STATEMENTS_FLOW: loading, storing, who has its to-do, guards and effects. */
err statement_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err statement_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err statement_flow_holder(struct rq *rq, const struct flow_subject *subject,
                          const struct flow_todo *todo, ids *out);
err statement_guard_submit(struct rq *rq, const struct flow_subject *subject);
err statement_effect_submit(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err statement_effect_revise(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err statement_effect_remark(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* Listener: members.left. */
err on_statement_left(struct rq *rq, i64 id, const void *fact);

/* ---- asking: statement_call.c ---- */

/* Asks who is in the groups and serves, each as what the first of his groups names. *id: of the
 * call. Errors: INVALID form.faults. */
err statement_call_add(struct rq *rq, const struct statement_call_input *in, i64 *id);

/* Tells those who have not handed in, once a day; *count: how many such there are. */
err statement_call_remind(struct rq *rq, i64 id, i64 *count);

/* The order in which they report: places beside ids. Errors: INVALID form.faults. */
err statement_call_order(struct rq *rq, const struct statement_order_input *in);

/* ---- statements ---- */

/* find: NOT_FOUND statements.not_found. update: state and what steps change; save: the text.
 * call_store_find: its title and note. list_call: of a call by place, without body; list_open: of a
 * member, not handed in. */
err statement_store_add(struct db *db, const struct statement *s, i64 *id);
err statement_store_update(struct db *db, const struct statement *s);
err statement_store_save(struct db *db, const struct statement *s);
err statement_store_place(struct db *db, const struct statement *s);
err statement_store_find(struct db *db, i64 id, struct arena *mem, struct statement *out);
err statement_store_list_call(struct db *db, i64 call_id, struct arena *mem, struct rows *out);
err statement_store_list_open(struct db *db, i64 member_id, struct arena *mem, struct rows *out);
err statement_store_list_of(struct db *db, i64 member_id, i64 year, struct arena *mem,
                            struct rows *out);
err statement_call_store_add(struct db *db, const struct statement_call *c, i64 *id);
err statement_call_store_find(struct db *db, i64 id, struct arena *mem, struct statement_call *out);
/* Something of it has changed: its version rises. Errors: CONFLICT db.version. */
err statement_call_store_raise(struct db *db, const struct statement_call *c);
err remark_store_add(struct db *db, const struct remark *r, i64 *id);
err remark_store_link(struct db *db, i64 remark_id, i64 statement_id);
err remark_store_list(struct db *db, i64 statement_id, struct arena *mem, struct rows *out);

/* ---- views and pages ---- */

struct statement_page {
    const struct statement *s;
    const struct rows *remarks, *facts, *ballots;
    struct flow_allowed acts;
    struct view_steps steps;
    const struct view_link *crumbs;
    str ledger, pledge;
    bool own, may_edit, office, hidden;
};
struct statement_form {
    const struct statement *s;
    str body, note;
    i64 version, body_max;
    bool filled;
    const struct view_link *crumbs;
};
struct statement_call_page {
    const struct statement_call *c;
    const struct ballot *ballot;
    const struct rows *counts; /* of the ballot */
    const struct statement *all;
    size_t count;
    const str *places; /* of the order, line by line; as typed where it was refused */
    const bool *moved; /* likewise: what stands is another */
    i64 missing, version;
    bool may_call, may_remark, may_ballot;
    const struct view_link *crumbs;
};

/* Handlers, of the pages and under /api/v1. */
err page_statement_list(struct rq *rq, struct res *res);
err page_statement_show(struct rq *rq, struct res *res);
err page_statement_edit_form(struct rq *rq, struct res *res);
err page_statement_edit(struct rq *rq, struct res *res);
err api_statement_autosave(struct rq *rq, struct res *res);
err file_statement_pdf(struct rq *rq, struct res *res);
err file_statement_docx(struct rq *rq, struct res *res);
err page_statement_call_list(struct rq *rq, struct res *res);
err page_statement_call_new(struct rq *rq, struct res *res);
err page_statement_call_add(struct rq *rq, struct res *res);
err page_statement_call_show(struct rq *rq, struct res *res);
err page_statement_call_remind(struct rq *rq, struct res *res);
err page_statement_call_order(struct rq *rq, struct res *res);
err page_statement_call_together(struct rq *rq, struct res *res);
#endif
