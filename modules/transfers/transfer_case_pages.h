/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handlers of whole cases, for the table in transfer_module.c; their forms, and what their views
 * show. Lists of old proposals: transfer_pages.h. */
#ifndef HT_TRANSFERS_TRANSFER_CASE_PAGES_H
#define HT_TRANSFERS_TRANSFER_CASE_PAGES_H
#include "modules/transfers/transfer_case.h"
#include "platform/web/view_parts.h"

/* Sending many; one (id: of the path); receiving. */
struct transfer_send_input {
    i64 session_id;
    str range, peer_name;
    bool files, confidential;
};
struct transfer_one_input {
    i64 id, agency_id;
    str purpose, peer_name;
    bool files, confidential;
};
struct transfer_file_input {
    ids file;
    i64 kept;
    bool loose, run, keep;          /* keep: what is said, without taking anything in */
    strs kinds, names, codes, said; /* strangers and what they are here, side by side */
    strs doubts, verdicts;          /* keys of doubts, and "same" or "other", side by side */
};

/* What was sent and received; one of them; the same as JSON. */
err page_transfer_list(struct rq *rq, struct res *res);
err page_transfer_show(struct rq *rq, struct res *res);

/* Sending: the slow half makes the file, the other notes it and sends it. */
err slow_transfer_send(struct rq *rq, struct res *res);
err page_transfer_send(struct rq *rq, struct res *res);
err page_transfer_one(struct rq *rq, struct res *res);
err slow_transfer_send_one(struct rq *rq, struct res *res);

/* Receiving: the slow half looks at the whole file, the other keeps it for the second step or takes
 * it in. */
err slow_transfer_take(struct rq *rq, struct res *res);
err page_transfer_take(struct rq *rq, struct res *res);

/* Timer of each organisation: files that wait too long (transfer_jobs.c). */
err job_transfer_forget(struct rq *rq, bool *again);

/* A file on the list; a case of one. */
struct transfer_item {
    const struct transfer *t;
    str what;
};
struct transfer_case_item {
    i64 proposal_id;
    str title, number;
};

/* Somebody not found; words of its kind, what was typed, what could be meant. */
struct transfer_stranger_item {
    const struct transfer_stranger *who;
    str kind, said;
    strs known;
};

/* A case that may be another one; what was said of it. */
struct transfer_doubt_item {
    const struct transfer_doubt *doubt;
    bool same, other;
};

/* problem: what is wrong with the file, unsaid: with what was said of strangers, worded. meanings:
 * what was said before, to be changed; mendable: a problem that they can mend; saved: they were
 * kept just now. kept_until: the day on which the file is swept. */
struct transfer_list_view {
    const struct transfer_item *items;
    size_t count;
    str older;
    const struct view_choice *sessions, *ranges;
    size_t session_count, range_count;
    bool may_take;
    const struct transfer_report *report;
    const struct transfer_stranger_item *strangers, *meanings;
    const struct transfer_doubt_item *doubts;
    i64 kept, kept_until;
    str file, problem, unsaid, what;
    bool has_persons, has_sessions; /* among the strangers; a session must be entered */
    bool mendable, saved;
};
struct transfer_show_view {
    const struct transfer *t;
    str what;
    const struct transfer_case_item *items;
    size_t count;
};
struct transfer_one_view {
    i64 id;
    str title;
    const struct view_link *crumbs;
    const struct view_choice *purposes, *agencies;
    size_t purpose_count, agency_count;
    bool confidential;
};
struct transfer_case_view {
    i64 id;
    str from;
    bool may_send, answers;
};
#endif
