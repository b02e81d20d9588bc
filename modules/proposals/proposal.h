/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Proposals for other modules: few need more than find and the flow. Life cycle: README.md; table:
 * proposal_module.c. */
#ifndef HT_PROPOSALS_PROPOSAL_H
#define HT_PROPOSALS_PROPOSAL_H
#include "platform/audit/attest.h"
#include "platform/flow/flow.h"
#include "platform/web/web.h"

/* A proposal without its long parts, as lists need it. */
struct proposal {
    i64 id, session_id, serial, docket_no, lead_person_id, signer_count, due_on, created_at,
        created_by, updated_at, submitted_at, docketed_at, assigned_at, replied_at, closed_at,
        transcribed_by, informed_on, rounds, first_replied_at, withdraw_asked_at, invited, version;
    i64 main_id, merged_at, merged_count; /* main_id: what it was merged into, 0 = none */
    bool researched, flagship, urgent, confidential, was_late, first_late, unreached;
    str timing, kind, state, category, title, situation, analysis, consent, consent_reason,
        research, proposer_name, host_name, class, satisfaction, reject_reason, reject_note,
        destination, digest, source, source_id, outcome, withdraw_reason, merged_from;
};

/* The proposal if rq's actor may see it: own one (any signer), own agency's, or by scope
 * organisation; confidential ones only those concerned and staff. Errors: NOT_FOUND
 * proposals.not_found. */
err proposal_find(struct rq *rq, i64 id, struct proposal *out);

/* The same for modules above that judge by a rule of their own: whoever asks. Errors: NOT_FOUND
 * proposals.not_found. */
err proposal_find_house(struct rq *rq, i64 id, struct proposal *out);

/* Whether rq's actor may change the text now: the lead or whoever typed it in, in draft and
 * revising; the office in revising where nobody could (a body without contact, a member who left).
 * Errors: those of the database. */
err proposal_may_edit(struct rq *rq, const struct proposal *p, bool *out);

/* Whether rq's actor speaks for the proposer beside the text: takes it back, thinks of publication
 * again, asks for signatures. The lead; whoever typed it in for him; the office where nobody else
 * could. Errors: those of the database. */
err proposal_speaks_for(struct rq *rq, const struct proposal *p, bool *out);

/* Whether a kind is a collective one, written in the name of a body (glossary, 集体提案). */
bool proposal_is_collective(str kind);

/* ---- what came of it: promises and looking back are the business of outcomes ---- */

/* What was found when somebody looked back, "solved", "partly" or "unsolved": apart from the class,
 * which stays as it was answered (rules.md 2.5). Errors: NOT_FOUND proposals.not_found. */
err proposal_set_tracking(struct rq *rq, i64 id, str tracking);

/* How many of a session were docketed and stand by themselves. Errors: those of the database. */
err proposal_count_docketed(struct rq *rq, i64 session_id, i64 *count);

/* How many of a session were handed in, of one who leads them or (0) of anybody. Errors: those of
 * the database. */
err proposal_count_handed_in(struct rq *rq, i64 session_id, i64 person_id, i64 *count);

/* Marks that modules above keep for lists and figures: "flagship" (重点提案), "commended"
 * (优秀提案). Errors: NOT_FOUND proposals.not_found. */
err proposal_set_flag(struct rq *rq, i64 id, const char *flag, bool on);

/* Digest of the text as submitted, lower-case hex SHA-256 over title, parts and suggestions in a
 * fixed form (docs/guide/receipt.md): whoever holds the text can compute it. */
str proposal_digest(struct arena *mem, const struct proposal *proposal, const strs *suggestions);

/* A signer; who was asked and does not sign is in cosigners only. */
struct proposer {
    i64 id, rank, person_id, body_id, asked_at, answered_at;
    str name, contact;
};

/* Who wrote a collective one (rank 1), or took part in writing it; named, not signing. In order:
 * struct proposal_drafter rows; whether a person is one of them. Errors: those of the database. */
struct proposal_drafter {
    i64 id, rank, person_id, named_at, version;
    str name, contact;
};
err proposal_list_drafters(struct rq *rq, i64 id, struct rows *out);
err proposal_is_drafter(struct rq *rq, i64 id, i64 person_id, bool *out);

/* A wished agency with its name. */
struct wish {
    i64 agency_id;
    str role, by_whom, name;
};

/* A reviewer's written view. */
struct finding {
    i64 id, written_at, written_by;
    str verb, text;
};

/* What belongs to its text, as rq's actor may see it, who may see the proposal: struct proposer,
 * wish, finding rows. Findings are for who reads the organisation. Errors: those of the database.
 */
struct proposal_sheet {
    struct rows proposers, wishes, findings;
    strs suggestions;
};
err proposal_sheet_load(struct rq *rq, const struct proposal *p, struct proposal_sheet *out);

/* Whether rq's actor signs it or typed it in: who may see its receipt and versions. Errors: those
 * of the database. */
err proposal_is_owner(struct rq *rq, const struct proposal *p, bool *out);

/* The 20 digits of a submitted proposal, for its owner; and what their holder may see, in whichever
 * organisation of this installation. Errors: NOT_FOUND db.no_row. */
struct receipt_found {
    struct proposal proposal;
    struct attestation attested;
    str number;
};
str proposal_receipt(struct rq *rq, const struct proposal *p);
err proposal_find_by_receipt(struct rq *rq, str digits, struct receipt_found *out);

/* What proves that it was handed in as it is, compared with the text of today; seq 0 = nothing
 * does. Errors: those of the database. */
err proposal_attested(struct rq *rq, const struct proposal *p, struct attestation *out);

/* Words: "六届三次会议第0137号", or the serial before docketing, empty for a draft; names of the
 * signers (struct proposer rows), joined; the day of a moment, "2026-11-25", empty for none; texts
 * joined with a separator. */
str proposal_number(struct rq *rq, const struct proposal *p);
str proposal_signers(struct rq *rq, const struct rows *proposers);
str proposal_drafters(struct rq *rq, const struct rows *drafters); /* "赵一；参与：钱二、孙三" */
str proposal_day_words(struct rq *rq, i64 ms);
str proposal_join(struct arena *mem, const strs *texts, str between);

/* The way home on a page: from the list over the proposal (NULL: without it) to the page of this
 * title, a text key (NULL: the proposal is the page). */
struct view_link;
const struct view_link *proposal_crumbs(struct rq *rq, const struct proposal *p, const char *title);

/* The short word of a class: "A" of "A 已经解决…", what stands before the first space. at: when it
 * was answered, UTC ms, whose words it keeps; 0 = today's. */
str proposal_class(struct rq *rq, str code, i64 at);

/* Merges one into a main one, as the flow's verb does (README, "Merging"); version: as it was seen,
 * or FLOW_VERSION_WANTED. rq->input is another afterwards. Errors: those of flow_act; NOT_FOUND;
 * CONFLICT proposals.merge_self, .main_merged, .main_state, .merge_sessions, .merge_items,
 * .has_merged, .withdraw_first. */
struct proposal_merge {
    i64 id, version, main_id;
    str opinion;
};
err proposal_merge(struct rq *rq, const struct proposal_merge *m);

/* Puts it to agencies on trial, or hands it out, with the days of each, as the flow's verb
 * "preassign" or "assign" does; version: as it was seen, 0 = whichever. rq->input is another
 * afterwards. Errors: those of flow_act and assignment_hand_out; INVALID proposals.due_past;
 * CONFLICT proposals.no_preassign (the place does not do so). */
struct assignment_new;
struct proposal_handout {
    i64 id, version;
    const char *verb;
    const struct assignment_new *agencies; /* sole or host first */
    size_t count;
    str opinion;
};
err proposal_hand_out(struct rq *rq, const struct proposal_handout *h);

/* Fact of proposals.preassigned. plenary, party: what its days hang on (struct due_ask). */
struct proposal_preassigned {
    const struct proposal *proposal;
    const struct assignment_new *agencies;
    size_t count;
    str opinion;
    bool plenary, party;
};

/* Fact of proposals.choosing (id = the proposal): the page of handing it out is made, and a module
 * above puts in whom that was agreed with. chosen: struct wish rows of the roles host (also where
 * it is the only one), cohost, split; stays as it is where nothing was. */
struct proposal_choosing {
    const struct proposal *proposal;
    struct rows *chosen;
};

/* Fact of proposals.assigning (id = the proposal): it is about to be handed out, and a module above
 * puts in the days that were agreed where the form has none (due_on 0). Faults end it. */
struct proposal_assigning {
    struct assignment_new *agencies;
    size_t count;
};

/* The text as search and comparison take it: situation, analysis, suggestions. Errors: those of the
 * database. */
err proposal_body(struct rq *rq, const struct proposal *p, str *out);

/* The one of a session with a case number, or with a serial (the other is 0), if rq's actor may see
 * it. Errors: NOT_FOUND proposals.not_found. */
struct proposal_call {
    i64 session_id, docket_no, serial;
};
err proposal_find_by_number(struct rq *rq, const struct proposal_call *call, struct proposal *out);

/* What is merged into a main one, in order of serials; struct proposal rows. Nothing is asked about
 * who may see them. Errors: those of the database. */
err proposal_list_merged(struct rq *rq, i64 main_id, struct rows *out);

/* Ids of what a session took up for handling, merged ones among them, without confidential ones, in
 * order of case numbers, then serials; at most limit. category, kind empty = every; from_no, to_no:
 * case numbers, 0 = open. Who may ask is the caller's business. Errors: those of the database. */
struct proposal_docket_query {
    i64 session_id, from_no, to_no, limit;
    str category, kind;
};
err proposal_list_docket(struct rq *rq, const struct proposal_docket_query *query, ids *out);

/* The newest submitted proposals with their whole texts, at most limit, in order of their ids, for
 * comparing text with text; in mem. Nothing is asked about who may see them: what is shown goes
 * through proposal_find. Errors: those of the database. */
struct proposal_text {
    i64 id, session_id;
    str state, title, category, body; /* category empty = nobody has said it yet */
};
err proposal_list_texts(struct rq *rq, i64 limit, struct arena *mem, struct rows *out);

extern const struct flow PROPOSALS_FLOW;

/* Event proposals.shown (id = the proposal): its page or JSON is being made, and a module above may
 * put its part in. On a page it comes once for each place: "head" (tags beside the state), "text"
 * (below the text, in its card), "main" (sections under the handling), "side" (cards under what
 * the reader can do), "check" (on the page that asks once more before it is handed in or sent to
 * cosigners), "docket" (on the page of docketing, cards beside the text). In JSON it comes once,
 * place empty, within the object. Exactly one of out and json is set; more comes with "side": what
 * the reader may begin besides, a wide button each. So a card is for what there is to say.
 * Listeners only read, and write only what rq's actor may see. */
struct proposal_shown {
    const struct proposal *proposal;
    const char *place;
    struct out *out, *more;
    struct json *json;
};

/* Emitted (id = proposal, fact = const struct flow_step * where nothing else is said above):
 * proposals.submitted, .revised, .docketed, .rejected, .diverted, .preassigned, .assigned,
 * .replied, .redone, .mediating, .settled, .closed, .archived; .invited, .recalled; .tracked,
 * .fulfilled; .withdraw_asked, .withdrawn, .consent_changed, .marked. proposals.retold (no
 * fact): what lists tell of it was changed beside its steps. And proposals.shown, see above;
 * proposals.saved: proposal_drafting.h. */
#endif
