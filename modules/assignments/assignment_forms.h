/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the forms of this module fill; the tables of limits stand in assignment_module.c.
 * "opinion" goes into the trail. */
#ifndef HT_ASSIGNMENTS_ASSIGNMENT_FORMS_H
#define HT_ASSIGNMENTS_ASSIGNMENT_FORMS_H
#include "platform/web/web.h"

/* advice: "instead" the better agency (改办), or "also" (增办). */
struct bounce_input {
    i64 id, better_agency_id;
    str advice, opinion;
};

/* Contesting the refusal; opinion: why it is still not theirs. */
struct dispute_input {
    i64 id, better_agency_id;
    str opinion;
};

/* decided_by: where a refusal is contested, the leader who decided (rules.md 2.3). */
struct reassign_input {
    i64 id, agency_id, due_on;
    str opinion, decided_by;
};

/* Of uphold and redraft: a reason. */
struct reason_input {
    i64 id;
    str opinion, decided_by;
};

struct contact_input {
    i64 id, held_on;
    str way, with_whom, content;
};

/* opinion: why; for the office. */
struct quality_input {
    i64 id;
    str quality, opinion;
};

struct contribute_input {
    i64 id;
    str body, operator, phone;
};

/* Saving and sending an answer. results and answers go side by side: the first of each is of the
 * first item. version: of the draft that it was typed on, 0 for the first; where a step of the
 * flow is called, of the assignment, and draft_version is that of the draft (0 = not given). The
 * lists promise_… likewise: a promise each; days as "2026-09-30", items by number. */
struct reply_input {
    i64 id, version, draft_version;
    str class, opening, closing, operator, phone, copies;
    bool public;
    strs results, answers;
    strs promise_texts, promise_days, promise_owners, promise_phones, promise_items,
        promise_evidence;
    str send; /* pressed: to be checked and signed */
};
extern const struct form ASSIGNMENT_REPLY_FORM;

/* number: of a letter that has one already, signed in another house; no form asks for it. */
struct sign_input {
    i64 id;
    str signer, number;
};

/* Checked in the agency; a remark or nothing. */
struct vet_input {
    i64 id;
    str opinion;
};

/* Releasing an answer. class: as it goes out, empty = as signed. */
struct deliver_input {
    i64 id;
    str class, opinion;
};

/* consented_on: when the proposer was told of it or consented; consent_note: who, and how. */
struct extend_input {
    i64 id, to_on, consented_on;
    str opinion, consent_note;
};

struct decide_extension_input {
    i64 id;
    str decision, opinion;
};

/* evaluation_id, basis: of a verdict that the office writes down: whose (0 = the only open one),
 * and from what. */
struct evaluate_input {
    i64 id, evaluation_id;
    str visit, manner, hearing, relevance, handling, result, text, basis, agreement, leader_replied;
};
#endif
