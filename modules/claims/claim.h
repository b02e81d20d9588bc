/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Claims (履职申报) and appeals (更正申请): rows, inputs, rules, statements, handlers. No other
 * module needs this one, so there is a single header. Words: README.md. */
#ifndef HT_CLAIMS_CLAIM_H
#define HT_CLAIMS_CLAIM_H
#include "modules/entries/entry.h"
#include "modules/scores/scores.h"
#include "platform/flow/flow.h"
#include "platform/list/list.h"
#include "platform/web/view_parts.h"

enum { CLAIM_PEOPLE_MAX = 500 };

/* member_id, person_id: who reports it for himself, 0 = the office recorded it. */
struct claim {
    i64 id, member_id, person_id, happened_on, quantity, people, filed_at, decided_at, version;
    str state, kind, label, names, title, text, reason, filer_name, decider_name;
};
struct claimant {
    i64 claim_id, member_id, person_id;
    str name;
};
/* year: it is about an item of that year (复核申请): points and words as they were when it was
 * asked, points_after when it was answered; 0 = about a row, or one that is missing. */
struct appeal {
    i64 id, member_id, person_id, entry_id, happened_on, asked_at, answered_at, version, year,
        points, points_after;
    str state, name, label, text, way, answer, answerer_name, item, item_text, words;
};

/* distinct: it is another thing than what is there of the same kind and day. audience: of the
 * office's form only. */
struct claim_input {
    i64 id, version, happened_on, quantity;
    str kind, title, text;
    ids evidence;
    strs audience;
    bool distinct;
};
struct claim_file_input {
    i64 id, file;
};
struct claim_reason_input {
    i64 id;
    str opinion;
};
struct appeal_point_input {
    str item, text;
};
struct appeal_input {
    i64 id, happened_on;
    str text;
};
struct appeal_answer_input {
    i64 id;
    str way, opinion;
};

extern const struct flow CLAIMS_FLOW, APPEALS_FLOW;

/* Of a member, and of the office; what is drawn at first, without what only doubt asks for. */
extern const struct form CLAIM_FORM, CLAIM_RECORD_FORM, CLAIM_PLAIN_FORM, CLAIM_RECORD_PLAIN_FORM;
extern const struct form APPEAL_FORM, APPEAL_MISSING_FORM, APPEAL_POINT_FORM;

/* Who sees which; list_find gives NOT_FOUND claims.not_found, appeals.not_found. */
extern const struct list CLAIM_LIST, APPEAL_LIST;
extern const struct list_look CLAIM_LOOK;

/* ---- claims: claim.c ---- */

/* A member reports something of his; it waits for the office. Errors: FORBIDDEN entries.no_member;
 * INVALID form.faults with claims.future, .too_old, .not_serving, .twice. */
err claim_file(struct rq *rq, const struct claim_input *in, i64 *id);

/* He mends one that is not decided; one that came back is sent again. Errors: NOT_FOUND; FORBIDDEN
 * claims.not_yours; CONFLICT claims.decided, web.version; INVALID as claim_file. */
err claim_edit(struct rq *rq, i64 id, const struct claim_input *in);

/* The office records something for one or many: it stands at once, with who recorded it, and each
 * is told. Errors: INVALID form.faults as claim_file, and with claims.nobody, .too_many. */
err claim_record(struct rq *rq, const struct claim_input *in, i64 *id);

/* Whether it is rq's actor's own report; whether he can still change it. */
bool claim_is_own(const struct rq *rq, const struct claim *c);
bool claim_may_edit(const struct rq *rq, const struct claim *c);

/* Names of those who have something of the same kind and day already, of many the first; empty =
 * nobody. */
err claim_same(struct rq *rq, const struct claim *c, const struct rows *people, str *names);

/* The flow's own functions (flow.h). */
err claim_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err claim_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err claim_flow_holder(struct rq *rq, const struct flow_subject *subject,
                      const struct flow_todo *todo, ids *out);
err claim_guard_own(struct rq *rq, const struct flow_subject *subject);
err claim_effect_approve(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err claim_effect_revise(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err claim_effect_annul(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* ---- appeals: appeal.c ---- */

/* A member objects to a row of his (entry_id), or says that one is missing (0, with its day).
 * Errors: FORBIDDEN entries.no_member, appeals.not_yours; NOT_FOUND entries.not_found; CONFLICT
 * entries.not_live, appeals.open; INVALID form.faults with claims.future. */
err appeal_file(struct rq *rq, i64 entry_id, const struct appeal_input *in, i64 *id);

/* A member contests an item of his year: one of appeal_items. Errors: FORBIDDEN entries.no_member;
 * CONFLICT appeals.open; INVALID form.faults with appeals.no_item. */
err appeal_file_point(struct rq *rq, const struct appeal_point_input *in, i64 *id);

/* What he can contest: items of the running year, and of the last one until claims.review_days
 * after its end; struct view_choice rows. */
err appeal_items(struct rq *rq, struct rows *out);

/* Whether a year can still be contested. */
bool appeal_is_year_open(struct rq *rq, const struct scores_period *period);

/* The flow's own functions (flow.h). */
err appeal_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err appeal_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err appeal_guard_own(struct rq *rq, const struct flow_subject *subject);
err appeal_effect_correct(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err appeal_effect_explain(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* ---- statements: claim_store.c ---- */

/* Updates: CONFLICT db.version. */
err claim_store_add(struct db *db, const struct claim *c, i64 *id);
err claim_store_update(struct db *db, const struct claim *c);
err claimant_store_add(struct db *db, const struct claimant *p);
err claimant_store_list(struct db *db, i64 claim_id, struct arena *mem, struct rows *out);
err appeal_store_add(struct db *db, const struct appeal *a, i64 *id);
err appeal_store_update(struct db *db, const struct appeal *a);

/* Who has another claim that may stand, or a row that did not come from one, of the kind and day of
 * a claim: i64 rows of members. */
err claim_store_list_same(struct db *db, const struct claim *c, struct arena *mem,
                          struct rows *out);

/* Of a row of the ledger, newest first: struct appeal rows. */
err appeal_store_list_entry(struct db *db, i64 entry_id, struct arena *mem, struct rows *out);

/* Of a member's year, newest first: struct appeal rows. */
err appeal_store_list_year(struct db *db, i64 member_id, i64 year, struct arena *mem,
                           struct rows *out);

/* ---- views ---- */

/* The way home from a page of claims or appeals ("/claims", "/appeals"), whose list is called by a
 * menu entry. */
const struct view_link *claim_crumbs(struct arena *mem, const char *menu, const char *list,
                                     str last);

struct claim_page {
    const struct claim *c;
    const struct rows *people, *evidence;
    const struct flow_allowed *acts;
    struct view_steps steps;
    const struct view_link *crumbs;
    str same; /* who has the like already, for who decides */
    bool may_edit, office;
};
struct appeal_page {
    const struct appeal *a;
    const struct flow_allowed *acts;
    const struct view_link *crumbs;
    str entry_url, year_url, title;
    str points, points_after; /* what the item gave and gives, in words; empty = not about one */
    i64 due_on;               /* while it waits */
    bool office;
};
struct appeal_year_view {
    const struct rows *appeals;
    bool may_ask;
};
struct appeal_entry_view {
    i64 entry_id;
    const struct rows *appeals;
    bool may_ask;
};

/* Handlers, of the pages and under /api/v1. */
err page_claim_list(struct rq *rq, struct res *res);
err page_claim_new(struct rq *rq, struct res *res);
err page_claim_file(struct rq *rq, struct res *res);
err page_claim_record_form(struct rq *rq, struct res *res);
err page_claim_record(struct rq *rq, struct res *res);
err page_claim_show(struct rq *rq, struct res *res);
err page_claim_edit_form(struct rq *rq, struct res *res);
err page_claim_edit(struct rq *rq, struct res *res);
err file_claim_evidence(struct rq *rq, struct res *res);
err page_claim_evidence_remove(struct rq *rq, struct res *res);
err page_appeal_list(struct rq *rq, struct res *res);
err page_appeal_missing_form(struct rq *rq, struct res *res);
err page_appeal_missing(struct rq *rq, struct res *res);
err page_appeal_entry_form(struct rq *rq, struct res *res);
err page_appeal_entry(struct rq *rq, struct res *res);
err page_appeal_point_form(struct rq *rq, struct res *res);
err page_appeal_point(struct rq *rq, struct res *res);
err page_appeal_show(struct rq *rq, struct res *res);

/* Listeners: entries.shown, scores.shown (appeal_pages.c). */
err on_appeal_entry_shown(struct rq *rq, i64 id, const void *fact);
err on_appeal_year_shown(struct rq *rq, i64 id, const void *fact);
#endif
