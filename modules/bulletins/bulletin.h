/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Bulletins (刊物), rules.md 3: rows, inputs, rules of bulletins and their issues. Where issues go
 * and what comes of them: adoption.h. No other module needs this one. */
#ifndef HT_BULLETINS_BULLETIN_H
#define HT_BULLETINS_BULLETIN_H
#include "modules/opinions/opinion.h"
#include "platform/flow/flow.h"
#include "platform/list/list.h"

/* national, province, city, county: where it usually goes, a body a line. */
struct bulletin {
    i64 id, total, issued, version;
    bool named, ended;
    str name, office, mark, national, province, city, county, copies;
};

/* title: of its first opinion, and how many there are. reports, copies: bodies a line. returned:
 * why who signs sent it back. */
struct issue {
    i64 id, bulletin_id, year, serial, total, printed, editor_id, signer_id, issued_on, signed_at,
        updated_at, version;
    bool named;
    str bulletin_name, office, mark, state, title, number, reports, copies, editor_name,
        signer_name, returned, digest;
};

/* An opinion in an issue, its text as it was signed; of one that is not signed as it is edited now.
 * ask: what units are asked to do; state: the opinion's. */
struct issue_item {
    i64 id, issue_id, opinion_id, position, assigned_at, replied_at, informed_at;
    str title, situation, analysis, suggestions, reporters, ask, state;
};

/* ---- inputs ---- */

struct bulletin_input {
    i64 id, version, total;
    bool named, ended;
    str name, office, mark, national, province, city, county, copies;
};

/* bulletin: its id; opinions: ids, in their order; reports, copies: empty = as the bulletin has
 * them. */
struct issue_input {
    i64 id, version, printed;
    str bulletin, reports, copies;
    strs opinions;
};
struct issue_redraft_input {
    i64 id;
    str opinion;
};

/* to: choices of issue_body_choices; other: one more, of other_level. */
struct issue_forward_input {
    i64 id, sent_on;
    strs to;
    str other, other_level;
};

/* ---- rules: bulletin.c, issue.c ---- */

/* Adds (id 0) or changes one. Audited. Errors: NOT_FOUND bulletins.not_found; INVALID form.faults
 * with bulletins.name_taken, bulletins.total_behind (less than has been signed already); CONFLICT
 * bulletins.version. */
err bulletin_save(struct rq *rq, i64 id, const struct bulletin_input *in, i64 *out);

/* Those that take new issues, struct bulletin rows by name; and as choices of a form. */
err bulletin_list_open(struct rq *rq, struct rows *out);
err bulletin_choices(struct rq *rq, struct rows *out);

/* Opinions that wait for an issue, and those of the issue of rq's path that can still be changed:
 * choices of a form. */
err issue_opinion_choices(struct rq *rq, struct rows *out);

/* Puts an issue together (id 0) or changes one that is not with who signs. Errors: NOT_FOUND
 * issues.not_found; INVALID form.faults with issues.no_bulletin, issues.no_opinion,
 * issues.not_waiting {title}; CONFLICT issues.not_draft, issues.version. */
err issue_save(struct rq *rq, i64 id, const struct issue_input *in, i64 *out);

/* Its opinions in order: struct issue_item rows. Whether rq's actor may read them is the caller's
 * business. Errors: those of the database. */
err issue_list_items(struct rq *rq, const struct issue *n, struct rows *out);

/* One of which text is shown: reading it is noted in the audit first (rules.md 3: the channel is
 * internal). Only on the slow lane. Errors: NOT_FOUND issues.not_found; those of audit_leaving. */
err issue_open(struct rq *rq, i64 id, struct issue *out);

/* "《社情民意》2026年第12期", empty while it is not signed. */
str issue_name(struct rq *rq, const struct issue *n);

/* Where it can still be sent: choices of a form. */
err issue_body_choices(struct rq *rq, struct rows *out);

/* ---- lists and the flow ---- */

extern const struct list BULLETIN_LIST, ISSUE_LIST;
extern const struct flow ISSUES_FLOW;

/* Reading, storing, guard and effects of the flow. Errors: NOT_FOUND issues.not_found; CONFLICT
 * issues.not_waiting {title}; INVALID form.faults with issues.no_destination, issues.no_level,
 * issues.sent_day. */
err issue_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err issue_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err issue_guard_ready(struct rq *rq, const struct flow_subject *subject);
err issue_effect_redraft(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err issue_effect_sign(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err issue_effect_forward(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err issue_effect_drop(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* Look of a state. */
const char *issue_tone(str state);

/* ---- pages ---- */

extern const struct form BULLETIN_FORM, ISSUE_FORM;

/* Handlers of ROUTES. Errors: those of the rules above. */
err page_bulletin_list(struct rq *rq, struct res *res);
err page_bulletin_show(struct rq *rq, struct res *res);
err page_bulletin_form(struct rq *rq, struct res *res);
err page_bulletin_save(struct rq *rq, struct res *res);
err page_issue_list(struct rq *rq, struct res *res);
err page_issue_show(struct rq *rq, struct res *res);
err page_issue_form(struct rq *rq, struct res *res);
err page_issue_save(struct rq *rq, struct res *res);
err file_issue_pdf(struct rq *rq, struct res *res);
err file_issue_docx(struct rq *rq, struct res *res);
#endif
