/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Publications: what the public may read of a proposal (公开件). Rows, rules, the flow's functions
 * and handlers, for the table in publication_module.c. No other module needs this one. */
#ifndef HT_PUBLICATIONS_PUBLICATION_H
#define HT_PUBLICATIONS_PUBLICATION_H
#include "modules/proposals/proposal.h"
#include "platform/list/list.h"

/* The edited copy. What each column is: schema/0001_publications.sql. */
struct publication {
    i64 id, proposal_id, prepared_at, published_at, retracted_at, version;
    bool show_progress;
    str state, title, situation, analysis, reply_mode, summary, retract_reason;
};

/* One that is published, as everybody sees it in the list. stage: how far it is, in words that say
 * nothing of verdicts: docketed, assigned, replied, closed, tracking, fulfilled. handled_id: the
 * proposal that is handled, its main one where it is merged. */
struct publication_row {
    i64 id, session_id, serial, docket_no, docketed_at, published_at;
    i64 proposal_id, handled_id; /* of one that was found, not in the list */
    bool show_progress;
    str title, category, host_name, stage, situation, analysis, reply_mode, summary;
};

/* One in the publisher's list. */
struct publishing_row {
    i64 id, docket_no, prepared_at, published_at, proposal_id;
    str title, state, retract_reason;
};

/* A signer who does not want it to be public. */
struct publication_objection {
    i64 id, proposal_id, person_id, objected_at, withdrawn_at, version;
    str name;
};

/* ---- what forms fill ---- */

struct publication_input {
    i64 id, version;
    str title, situation, analysis, reply_mode, summary;
    strs suggestions; /* as many as the proposal has; an empty one is not shown */
    bool show_progress;
};
struct publication_publish_input {
    i64 id;
    bool checked;
};
struct publication_reason_input {
    i64 id;
    str opinion;
};
struct publication_find_input {
    str q, category, agency, after;
    i64 session_id;
};
struct publication_reply_input {
    i64 id, file; /* file: the assignment whose reply it is */
};
extern const struct form PUBLICATION_FORM;

/* ---- rules (publication.c) ---- */

/* Why a proposal must not be public now: a stable name, whose words stand under it, or NULL. It has
 * no consent, is confidential (or what it is handled with), a signer objects, or, asked last, it is
 * not on the list of cases (nor merged into one that is): publications.not_docketed. Errors: those
 * of the database. */
err publication_judge(struct rq *rq, const struct proposal *p, const char **why);

/* Whether what speaks to all that are answered together (opening and closing of a reply, promises
 * about no single item) may be public: each of them has consent, is not confidential, and no signer
 * objects. handled: what is handled for them. Errors: those of the database. */
err publication_whole(struct rq *rq, const struct proposal *handled, bool *whole);

/* What is handled for a proposal: its main one where it is merged, else itself. */
err publication_handled(struct rq *rq, const struct proposal *p, struct proposal *out);

/* Prepares a copy of what may be public and has none. *id: of the publication, also of one that was
 * there. Errors: NOT_FOUND proposals.not_found; CONFLICT with the name of publication_judge. */
err publication_prepare(struct rq *rq, i64 proposal_id, i64 *id);

/* The edited copy by id, and the suggestions that go with it, for who manages publications; what is
 * confidential is not there. Errors: NOT_FOUND publications.not_found. */
err publication_find(struct rq *rq, i64 id, struct publication *out, strs *suggestions);

/* Changes the public version; a published one changes at once. Errors: NOT_FOUND
 * publications.not_found; INVALID with faults; CONFLICT web.version,
 * publications.suggestions_changed.
 */
err publication_save(struct rq *rq, i64 id, const struct publication_input *in);

/* A signer beside the lead objects, or takes that back; again changes nothing. Objecting takes down
 * what is published. Errors: NOT_FOUND proposals.not_found; FORBIDDEN publications.not_signer. */
err publication_object(struct rq *rq, i64 proposal_id);
err publication_agree(struct rq *rq, i64 proposal_id);

/* Whether rq's actor signs it beside its lead, and whether his objection stands. */
err publication_may_object(struct rq *rq, const struct proposal *p, bool *may, bool *objects);

/* Words of who asked, by the setting publications.names; empty = nobody is named. */
err publication_names(struct rq *rq, const struct proposal *p, str *out);

/* The flow's own functions (flow.h). */
extern const struct flow PUBLICATIONS_FLOW;
err publication_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err publication_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err publication_guard_publish(struct rq *rq, const struct flow_subject *subject);
err publication_effect_publish(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err publication_effect_retract(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* A proposal has come on the list, was merged, withdrawn, marked, or its proposer thinks again: its
 * copy is prepared, or taken down at once. */
err on_publication_case(struct rq *rq, i64 id, const void *fact);
/* A list has told a case of earlier years anew, or it was marked beside its steps: what is public
 * of it follows, or is taken down; nothing is prepared. */
err on_publication_retold(struct rq *rq, i64 id, const void *fact);
err on_publication_stepped(struct rq *rq, i64 id, const void *fact);

/* Texts of what is published, for the search index: struct text_document rows. */
err publication_texts(struct rq *rq, i64 after, i64 limit, struct rows *out);

extern const struct list PUBLICATION_LIST; /* what everybody may see, and the only way to it */
extern const struct list PUBLISHING_LIST;  /* the publisher's */

/* ---- handlers ---- */

/* publication_pages.c: the public list and page, also as JSON. Errors: NOT_FOUND
 * publications.not_found; those of list_page. */
err page_publication_list(struct rq *rq, struct res *res);
err page_publication_show(struct rq *rq, struct res *res);

/* publication_robots.c: what search engines may read. */
err file_publication_sitemap(struct rq *rq, struct res *res);
err file_publication_robots(struct rq *rq, struct res *res);

/* publication_letter.c: a public reply as PDF. Errors: NOT_FOUND publications.not_found,
 * publications.no_reply. */
err file_publication_reply(struct rq *rq, struct res *res);

/* publication_desk.c: the publisher's list, the edit page with the original beside it, preparing by
 * hand; a signer's objection; what stands on the page of a proposal. Errors are those of the rules
 * above. */
err page_publication_manage(struct rq *rq, struct res *res);
err page_publication_edit(struct rq *rq, struct res *res);
err page_publication_save(struct rq *rq, struct res *res);
err api_publication_edit(struct rq *rq, struct res *res);
err page_publication_prepare(struct rq *rq, struct res *res);
err page_publication_object(struct rq *rq, struct res *res);
err page_publication_agree(struct rq *rq, struct res *res);
err on_publication_shown(struct rq *rq, i64 id, const void *fact);
#endif
