/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Opinions (社情民意信息), rules.md 3: rows, inputs, rules, the flow. The committee's internal
 * channel: a writer sees his own, the desk what was sent. Who reports with him: reporter.h. */
#ifndef HT_OPINIONS_OPINION_H
#define HT_OPINIONS_OPINION_H
#include "platform/flow/flow.h"
#include "platform/list/list.h"

/* kind: whose name it bears ("member", "party" …); person_id: who wrote it; where
 * it is 0, whoever has account_id. year, month (202611): when it was first sent; sector, committee,
 * party: what its writer was then. */
struct opinion {
    i64 id, year, month, serial, person_id, account_id, body_id, choose_due_on, created_at,
        updated_at, submitted_at, taken_at, edited_at, signed_at, composite_id, version;
    bool urgent;
    bool counted, recast, chosen, issued, sourced, composite; /* of the list alone: for figures */
    str state, kind, number, reporter_name, body_name, joint, title, situation, analysis,
        suggestions, category, urgent_reason, returned, keep_reason, keep_text, edited_title,
        edited_situation, edited_analysis, edited_suggestions, edited_name, redraft_reason,
        signed_name, source, source_id, transcribed_name, basis, sector, committee, party;
};

/* A kept version of the text. */
struct opinion_version {
    i64 number, saved_at, saved_by;
    str reason, title, situation, analysis, suggestions, saved_name;
};

/* ---- inputs ---- */

/* What the form sends; version: the one that was seen. body: key of a body, only where it begins;
 * more: which button ("later", "check"); remove: an attachment. */
struct opinion_input {
    i64 id, version, remove;
    bool urgent;
    str body, title, situation, analysis, suggestions, category, urgent_reason, joint, more;
    ids attachments;
};
struct opinion_new_input {
    str title, body;
};
struct opinion_versions_input {
    i64 id;
};
struct opinion_file_input {
    i64 id, file;
};
struct opinion_similar_input {
    i64 id, limit;
    str title, situation;
};
struct opinion_revise_input {
    i64 id;
    str opinion;
};
struct opinion_keep_input {
    i64 id;
    str keep_reason, opinion;
};
struct opinion_take_input {
    i64 id;
    str category;
};

/* ---- seeing ---- */

/* By id, if rq's actor may see it: the writer and who reports with him theirs, the desk what was
 * sent; the house itself all. Errors: NOT_FOUND opinions.not_found; FORBIDDEN. */
err opinion_find(struct rq *rq, i64 id, struct opinion *out);

/* The same where the text is shown: whoever did not write it is noted in the audit before he reads
 * it (rules.md 3: the channel is internal). Only on the slow lane. Errors: as opinion_find; those
 * of audit_leaving. */
err opinion_open(struct rq *rq, i64 id, struct opinion *out);

/* Whether rq's actor wrote it. */
bool opinion_is_own(const struct rq *rq, const struct opinion *o);

/* The one that its writer may change now. Errors: as opinion_find; FORBIDDEN opinions.not_yours;
 * CONFLICT opinions.not_draft. */
err opinion_find_editable(struct rq *rq, i64 id, struct opinion *out);

/* Kept versions, newest first, struct opinion_version rows: its writer sees all of his, others
 * those from the first one that was sent; editors' by who sees the edited text. Errors: those of
 * the database. */
err opinion_list_versions(struct rq *rq, const struct opinion *o, struct rows *out);

/* ---- writing ---- */

/* In whose name rq's actor may write beside his own: struct opinion_body rows, in the site's order.
 */
struct opinion_body {
    i64 body_id;
    str key, kind, name;
};
err opinion_bodies(struct rq *rq, struct rows *out);

/* Begins one (in->id 0) or saves the text of a draft, and keeps a version; reason: "save",
 * "autosave". Errors: as opinion_find_editable; INVALID form.faults with opinions.too_long {most,
 * now}, opinions.no_body; CONFLICT opinions.version. */
err opinion_save(struct rq *rq, const struct opinion_input *in, const char *reason,
                 struct opinion *out);

/* Characters of all parts together, as `opinions.total_max` counts them. */
i64 opinion_length(const struct opinion *o);

/* Whether all is there that must be when it is sent: notes faults at the fields. Errors: INVALID
 * form.faults. */
err opinion_check_complete(struct rq *rq, const struct opinion *o);

/* The number of the year of a day, on which it is first sent, and what its writer is on it; one
 * that has a number keeps both. */
err opinion_take_number(struct rq *rq, struct opinion *o, i64 on);

/* Year and month of a day, as figures count by them. */
void opinion_set_month(struct opinion *o, i64 on);

/* Puts the text among those that can be found and compared; reads them again for the index. */
err opinion_index(struct rq *rq, const struct opinion *o);
err opinion_texts(struct rq *rq, i64 after, i64 limit, struct rows *out);

/* Keeps how the text stands as version `number`. */
err opinion_keep_version(struct rq *rq, const struct opinion *o, i64 number, const char *reason);

/* Titles most like a text that rq's actor may see, best first, at most limit. */
struct opinion_likeness {
    i64 id, degree;
    str title, number, state;
};
err opinion_similar(struct rq *rq, const struct opinion_similar_input *in, struct rows *out);

/* ---- the flow and the list ---- */

extern const struct flow OPINIONS_FLOW;
extern const struct list OPINION_LIST;

/* Functions of the table in opinion_module.c, as struct flow wants them. */
err opinion_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err opinion_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err opinion_flow_holder(struct rq *rq, const struct flow_subject *subject,
                        const struct flow_todo *todo, ids *out);
err opinion_is_urgent(struct rq *rq, const struct flow_subject *subject, bool *out);
err opinion_is_common(struct rq *rq, const struct flow_subject *subject, bool *out);
err opinion_is_returned(struct rq *rq, const struct flow_subject *subject, bool *out);
err opinion_guard_own(struct rq *rq, const struct flow_subject *subject);
err opinion_effect_submit(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err opinion_effect_recall(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err opinion_effect_revise(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err opinion_effect_keep(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err opinion_effect_take(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* Look of a state. */
const char *opinion_tone(str state);
#endif
