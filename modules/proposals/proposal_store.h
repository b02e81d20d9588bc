/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of proposals. Rules, and who may see what, are in proposal.c; nothing here checks either. */
#ifndef HT_PROPOSALS_PROPOSAL_STORE_H
#define HT_PROPOSALS_PROPOSAL_STORE_H
#include "modules/proposals/proposal.h"
#include "modules/proposals/proposal_drafting.h"

/* One whose road has ended. */
struct finished {
    i64 id;
};

/* What a step writes into the row besides the state; -1 and empty ptr (NULL) leave a column as it
 * is. */
struct proposal_change {
    i64 id, version;
    i64 serial, docket_no, session_id, due_on, submitted_at, docketed_at, assigned_at, replied_at,
        closed_at, informed_on, rounds;
    str timing, category, reject_reason, reject_note, destination, receipt, digest, host_name,
        class, satisfaction, proposer_name, outcome;
    bool was_late, unreached, redone, extended; /* false leaves them as they are */
};

/* One by id, by receipt digest. Errors: NOT_FOUND db.no_row. */
err proposal_store_find(struct db *db, i64 id, struct arena *mem, struct proposal *out);
err proposal_store_find_by_receipt(struct db *db, str receipt, struct arena *mem,
                                   struct proposal *out);

/* The organisation of a receipt; the only statement here that looks into all of them: the digits
 * are the permission. */
err proposal_store_find_receipt_org(struct db *db, str receipt, i64 *org_id);

/* By what a list called it. Errors: NOT_FOUND db.no_row. */
err proposal_store_find_by_source(struct db *db, str source, str source_id, i64 *id);

/* A new row; what steps write later stays empty. */
err proposal_store_add(struct db *db, const struct proposal *p, i64 *id);

/* By what lists and figures tell who leads, as it is now; empty = none. */
struct proposal_lead {
    str sector_name, committee_name, gender, ethnic, party;
};

/* Keeps them. The version stays. Errors: CONFLICT db.version. */
err proposal_store_set_lead(struct db *db, i64 id, i64 version, const struct proposal_lead *t);

/* The text and what belongs to it, by id and version (which it raises). Errors: CONFLICT
 * db.version. */
err proposal_store_update_text(struct db *db, const struct proposal *p);

/* The state alone, by id and version (which it raises). */
err proposal_store_set_state(struct db *db, i64 id, i64 version, str to, i64 now_ms);

/* The columns of a step, without touching state and version. The first replied_at stays in
 * first_replied_at, with was_late of that moment. */
err proposal_store_change(struct db *db, const struct proposal_change *change);

/* The whole course of one from earlier years, as p has it, over whatever is there; by p's version,
 * which stays. Errors: CONFLICT db.version. */
err proposal_store_set_past(struct db *db, const struct proposal *p, str tracking);

/* Parts of a step, by the version that the step began with (it stays): the wish to withdraw
 * (asked_at 0 = none), consent to publication, the office's marks. Errors: CONFLICT db.version. */
err proposal_store_set_request(struct db *db, i64 id, i64 version, i64 asked_at, str reason);
err proposal_store_set_consent(struct db *db, i64 id, i64 version, str consent, str reason);
err proposal_store_set_marks(struct db *db, i64 id, i64 version, bool urgent, bool confidential);

/* Likewise: how many invitations stand open, and until which day; kind and number of signers, when
 * none do any more. */
err proposal_store_set_invited(struct db *db, const struct proposal *p);
err proposal_store_set_signing(struct db *db, const struct proposal *p);

/* As proposal_count_handed_in, proposal_count_docketed. */
err proposal_store_count_handed_in(struct db *db, i64 session_id, i64 person_id, i64 *count);
err proposal_store_count_docketed(struct db *db, i64 session_id, i64 *count);

/* Marks of modules above, by the version that stays. Errors: CONFLICT db.version. */
err proposal_store_set_flagship(struct db *db, i64 id, i64 version, bool flagship);
err proposal_store_set_commended(struct db *db, i64 id, i64 version, bool commended);

/* What was found afterwards, by the version that stays. Errors: CONFLICT db.version. */
err proposal_store_set_tracking(struct db *db, i64 id, i64 version, str tracking);

/* Closed, fulfilled, rejected, diverted or withdrawn ones whose last change was before that moment
 * and of which nobody is still to be informed; struct finished rows. */
err proposal_store_list_finished(struct db *db, i64 before, i64 limit, struct arena *mem,
                                 struct rows *out);

/* Whether the person signs it. */
err proposal_store_is_signer(struct db *db, i64 id, i64 person_id, bool *out);

/* Who wrote it, in order: struct proposal_drafter rows; whether the person is one of them. */
err proposal_store_list_drafters(struct db *db, i64 id, struct arena *mem, struct rows *out);
err proposal_store_is_drafter(struct db *db, i64 id, i64 person_id, bool *out);

/* What is merged into a main one, in order of serials; struct proposal rows. */
err proposal_store_list_merged(struct db *db, i64 main_id, struct arena *mem, struct rows *out);

/* The one of a session with that case number or that serial; one of them is 0. Errors: NOT_FOUND
 * db.no_row. */
err proposal_store_find_by_number(struct db *db, i64 session_id, i64 docket_no, i64 serial,
                                  i64 *id);

/* What merging and undoing it write into the row, all as p has it: main_id, merged_from, merged_at,
 * outcome, docket_no, due_on; by p's version, which stays. Errors: CONFLICT db.version. */
err proposal_store_set_merger(struct db *db, const struct proposal *p);

/* Counts one more (change 1) or less (-1) that is merged into a main one, by its version, which it
 * raises: who is about to do something with it looks again. Not while its lead revises it, whose
 * typing would be refused. Errors: CONFLICT db.version. */
err proposal_store_count_merged(struct db *db, const struct proposal *main, i64 change);

/* As proposal_list_docket; struct finished rows. */
err proposal_store_list_docket(struct db *db, const struct proposal_docket_query *query,
                               struct arena *mem, struct rows *out);

/* How many suggestions it has together with what is merged into it. */
err proposal_store_count_items(struct db *db, i64 id, i64 *out);

/* Whether the person signs a main one or anything that is merged into it. */
err proposal_store_is_related(struct db *db, i64 main_id, i64 person_id, bool *out);

/* Whether he is named to have written one of those, a collective one. */
err proposal_store_has_drafted(struct db *db, i64 main_id, i64 person_id, bool *out);

/* Signers by rank: struct proposer rows; adding one, removing all, removing all but the lead. */
err proposal_store_list_proposers(struct db *db, i64 id, struct arena *mem, struct rows *out);
err proposal_store_add_proposer(struct db *db, i64 proposal_id, const struct proposer *p);
err proposal_store_remove_proposers(struct db *db, i64 proposal_id);
err proposal_store_remove_cosigners(struct db *db, i64 proposal_id);

/* Suggestions in order of their numbers; replacing all, numbered anew from 1. */
err proposal_store_list_suggestions(struct db *db, i64 id, struct arena *mem, strs *out);
err proposal_store_replace_suggestions(struct db *db, i64 id, const strs *suggestions);

/* Wished agencies: struct wish rows; replacing those of "proposer" or "reviewer". What is no agency
 * is left out. */
err proposal_store_list_wishes(struct db *db, i64 id, struct arena *mem, struct rows *out);
err proposal_store_replace_wishes(struct db *db, i64 id, str by_whom, const ids *hosts,
                                  const ids *cohosts);

/* Written views, oldest first: struct finding rows. */
err proposal_store_add_finding(struct db *db, i64 id, const struct finding *f);
err proposal_store_list_findings(struct db *db, i64 id, struct arena *mem, struct rows *out);

/* The next serial or case number of a session, without gaps: the row is locked by the update. */
err proposal_store_next_serial(struct db *db, i64 session_id, i64 *out);
/* Numbers given next come behind those of p. */
err proposal_store_reach_numbers(struct db *db, const struct proposal *p);
err proposal_store_next_docket_no(struct db *db, i64 session_id, i64 *out);

/* The highest case number that a session's proposals have; raising a session's counter to a number
 * that is taken already. */
err proposal_store_most_docket_no(struct db *db, i64 session_id, i64 *out);
err proposal_store_raise_docket_no(struct db *db, i64 session_id, i64 most);

/* What was sent back to a lead and not handed in again; struct proposal rows. */
err proposal_store_list_revising(struct db *db, i64 person_id, struct arena *mem, struct rows *out);

/* Texts for comparing: struct proposal_text rows, the newest by id, in ascending order. */
err proposal_store_list_newest(struct db *db, i64 limit, struct arena *mem, struct rows *out);

/* Titles of what was handed in in a session and not taken back or turned away; struct
 * proposal_title rows. */
struct proposal_title {
    i64 id;
    str title;
};
err proposal_store_list_titles(struct db *db, i64 session_id, struct arena *mem, struct rows *out);

/* The text in one, as search and comparison take it. */
str proposal_store_body(struct arena *mem, str situation, str analysis, const strs *suggestions);

/* Texts for the search index: struct text_document rows with id > after. */
err proposal_store_list_texts(struct db *db, i64 after, i64 limit, struct arena *mem,
                              struct rows *out);
#endif
