/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Speeches (大会发言) and the calls for them: rows, inputs, rules, statements, handlers. A single
 * header: only modules/plenaries reads it. Words and rules: README.md. */
#ifndef HT_SPEECHES_SPEECH_H
#define HT_SPEECHES_SPEECH_H
#include "modules/meetings/meeting.h"
#include "platform/flow/flow.h"
#include "platform/list/list.h"
#include "platform/web/view_parts.h"

enum { SPEECHES_MAX = 500, SPEECH_AUTHORS_MAX = 20, SPEECH_MINUTES_MAX = 60 };

/* meeting_…: of where they are given. speeches: that were handed in and not taken back. Columns:
 * schema/0001_speeches.sql. */
struct speech_call {
    i64 id, meeting_id, until_on, chars_max, minutes, published_at, settled_at, version, speeches;
    i64 meeting_on;
    str state, title, text, settled_name, meeting_title;
};
struct speech {
    i64 id, call_id, member_id, person_id, people, place, minutes, opinion_id, created_at;
    i64 submitted_at, decided_at, version;
    str state, name, body, body_name, title, text, reason, filer_name, decider_name, call_title;
};
struct speech_author {
    i64 id, speech_id, member_id, person_id;
    str name;
};
struct speech_result {
    i64 id, speech_id, happened_on, recorded_at;
    str kind, organ, text, recorded_name;
};

struct speech_call_input {
    i64 id, version, until_on, chars_max, minutes;
    str meeting, title, text;
};
struct speech_until_input {
    i64 id, until_on;
};
/* Lines side by side: who speaks first has the smallest place. */
struct speech_order_input {
    i64 id, version; /* version: of the call, which each order raises */
    ids speeches;
    strs places, minutes;
};
/* lead: only where somebody else types it in ("member:12"). */
struct speech_input {
    i64 id, version;
    str lead, body, title, text;
    strs authors;
    ids papers;
};
struct speech_reason_input {
    i64 id;
    str opinion;
};
struct speech_result_input {
    i64 id, happened_on;
    str kind, organ, text;
};
struct speech_file_input {
    i64 id, file;
};

extern const struct flow SPEECH_CALLS_FLOW, SPEECHES_FLOW;

/* SPEECH_PLAIN_FORM: for who writes for no body. SPEECH_RECORD_FORM: the office's. */
extern const struct form SPEECH_CALL_FORM, SPEECH_FORM, SPEECH_PLAIN_FORM, SPEECH_RECORD_FORM;

/* Who sees which; list_find gives NOT_FOUND speech_calls.not_found, speeches.not_found. */
extern const struct list SPEECH_CALL_LIST, SPEECH_LIST;

/* ---- calls: speech_call.c ---- */

/* Writes one (id 0: a new draft) or changes it until it is settled. Errors: NOT_FOUND; INVALID
 * form.faults with speech_calls.past; CONFLICT speech_calls.over, web.version. */
err speech_call_save(struct rq *rq, i64 id, const struct speech_call_input *in, i64 *out);

/* Sets the order of speaking and the minutes by what was typed; places are counted anew from 1. All
 * who speak are in it, and nobody has changed it since. Errors: NOT_FOUND; CONFLICT
 * speech_calls.over, .line_changed, web.version; INVALID form.faults with speech_calls.lines_odd,
 * .place_wrong, .minutes_wrong. */
err speech_call_order(struct rq *rq, const struct speech_order_input *in);

/* Whether members may hand in now: open, and its last day is not past. */
bool speech_call_takes(const struct rq *rq, const struct speech_call *c);

/* The flow's own functions (flow.h). */
err speech_call_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err speech_call_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err speech_call_effect_publish(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err speech_call_effect_extend(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err speech_call_guard_settle(struct rq *rq, const struct flow_subject *subject);
err speech_call_effect_settle(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* Timer: closes those whose last day is past. */
err job_speech_close(struct rq *rq, bool *again);

/* ---- speeches: speech.c ---- */

/* Choices of a form: serving members one by one; bodies in whose name the actor may write. */
err speech_members(struct rq *rq, struct rows *out);
err speech_bodies(struct rq *rq, struct rows *out);

/* A member begins a draft; the office types one in for who speaks, and it is handed in at once.
 * Errors: NOT_FOUND; FORBIDDEN speeches.no_member; CONFLICT speeches.too_late, speech_calls.over;
 * INVALID form.faults with speeches.too_long, .not_serving, .too_many, .no_body. */
err speech_begin(struct rq *rq, i64 call_id, const struct speech_input *in, i64 *id);
err speech_record(struct rq *rq, i64 call_id, const struct speech_input *in, i64 *id);

/* The draft changes. Errors: NOT_FOUND; CONFLICT speeches.not_draft, web.version; as above. */
err speech_edit(struct rq *rq, i64 id, const struct speech_input *in);
struct speech_input speech_input_of(struct rq *rq, const struct speech *s,
                                    const struct rows *authors);

/* Whether rq's actor speaks himself, and may change it. */
bool speech_is_own(const struct rq *rq, const struct speech *s);
bool speech_may_edit(const struct rq *rq, const struct speech *s);

/* What it gives the ledger: rows by its state `to`, none where it is not settled. */
err speech_give(struct rq *rq, const struct speech *s, str to, bool settled);

/* The flow's own functions (flow.h). */
err speech_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err speech_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err speech_flow_holder(struct rq *rq, const struct flow_subject *subject,
                       const struct flow_todo *todo, ids *out);
err speech_when_unmade(struct rq *rq, const struct flow_subject *subject, bool *out);
/* Errors: FORBIDDEN speeches.not_yours; CONFLICT speeches.too_late, .no_text, .made,
 * speech_calls.over, speeches.not_yet; INVALID form.faults. */
err speech_guard_own(struct rq *rq, const struct flow_subject *subject);
err speech_guard_submit(struct rq *rq, const struct flow_subject *subject);
err speech_guard_leave(struct rq *rq, const struct flow_subject *subject);
err speech_guard_choose(struct rq *rq, const struct flow_subject *subject);
err speech_guard_day(struct rq *rq, const struct flow_subject *subject);
err speech_guard_rewrite(struct rq *rq, const struct flow_subject *subject);
err speech_effect_submit(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err speech_effect_leave(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err speech_effect_choose(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err speech_effect_day(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err speech_effect_rewrite(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err speech_effect_result(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* ---- statements: speech_store.c; updates: CONFLICT db.version ---- */

/* Of calls: a new one; all of a row. */
err speech_call_store_add(struct db *db, const struct speech_call *c, i64 *id);
err speech_call_store_update(struct db *db, const struct speech_call *c);
/* One, whoever asks. Errors: NOT_FOUND speech_calls.not_found. */
err speech_call_store_find(struct db *db, i64 id, struct arena *mem, struct speech_call *out);
/* Of a meeting, as who looks may see: those that are no drafts; all: drafts too. */
err speech_call_store_list(struct db *db, i64 meeting_id, bool all, struct arena *mem,
                           struct rows *out);
/* Open ones whose last day is before a day: i64 rows of ids. */
err speech_call_store_list_over(struct db *db, i64 today, struct arena *mem, struct rows *out);

/* Of speeches: a new one; all that may change of a row. */
err speech_store_add(struct db *db, const struct speech *s, i64 *id);
err speech_store_update(struct db *db, const struct speech *s);
/* One, whoever asks. Errors: NOT_FOUND speeches.not_found. */
err speech_store_find(struct db *db, i64 id, struct arena *mem, struct speech *out);
/* Of a call, without drafts and what was taken back, in the order of speaking, then as they came:
 * struct speech rows. */
err speech_store_list(struct db *db, i64 call_id, struct arena *mem, struct rows *out);
/* Its authors, who speaks first. */
err speech_author_store_add(struct db *db, const struct speech_author *a);
err speech_author_store_remove(struct db *db, i64 speech_id, i64 member_id);
err speech_author_store_list(struct db *db, i64 speech_id, struct arena *mem, struct rows *out);
err speech_result_store_add(struct db *db, const struct speech_result *r);
err speech_result_store_list(struct db *db, i64 speech_id, struct arena *mem, struct rows *out);

/* ---- views ---- */

/* A line of the order: as typed where it was refused; moved: what stands is another. */
struct speech_turn {
    const struct speech *s;
    str place, minutes;
    bool moved;
};
/* minutes: of all who speak together. shows: the list is out for all (it is settled), or for who
 * looks. */
struct speech_call_page {
    const struct speech_call *c;
    const struct speech_turn *turns;
    size_t turn_count;
    i64 version; /* that the order sends along */
    const struct rows *speeches;
    const struct flow_allowed *acts;
    const struct view_link *crumbs;
    struct view_steps steps;
    i64 minutes, spoken, written, waiting;
    bool office, shows, may_write, takes, may_order, may_day;
};
struct speech_page {
    const struct speech *s;
    const struct speech_call *c;
    const struct rows *authors, *results, *papers;
    const struct flow_allowed *acts;
    const struct view_link *crumbs;
    struct view_steps steps;
    bool office, own, may_edit;
};

/* Handlers, of the pages and under /api/v1. */
err page_speech_call_list(struct rq *rq, struct res *res);
err page_speech_call_form(struct rq *rq, struct res *res);
err page_speech_call_save(struct rq *rq, struct res *res);
err page_speech_call_show(struct rq *rq, struct res *res);
err page_speech_call_order(struct rq *rq, struct res *res);
err file_speech_call_pdf(struct rq *rq, struct res *res);
err file_speech_call_docx(struct rq *rq, struct res *res);
err page_speech_list(struct rq *rq, struct res *res);
err page_speech_form(struct rq *rq, struct res *res);
err page_speech_begin(struct rq *rq, struct res *res);
err page_speech_record_form(struct rq *rq, struct res *res);
err page_speech_record(struct rq *rq, struct res *res);
err page_speech_show(struct rq *rq, struct res *res);
err page_speech_edit_form(struct rq *rq, struct res *res);
err page_speech_edit(struct rq *rq, struct res *res);
err file_speech_paper(struct rq *rq, struct res *res);
err page_speech_paper_remove(struct rq *rq, struct res *res);

/* Listener: meetings.shown (speech_call_pages.c). */
err on_speech_meeting_shown(struct rq *rq, i64 id, const void *fact);
#endif
