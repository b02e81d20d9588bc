/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the module that writes (drafts) needs of a proposal: its fields, saving them, what is still
 * missing, that it was saved, agencies to choose from. Pages, forms and JSON of writing are that
 * module's; the rules are in proposal.c. */
#ifndef HT_PROPOSALS_PROPOSAL_DRAFTING_H
#define HT_PROPOSALS_PROPOSAL_DRAFTING_H
#include "modules/proposals/proposal.h"
#include "platform/web/view_parts.h"

/* Most suggestions of a proposal: each must be answered. */
enum { PROPOSAL_SUGGESTIONS_MAX = 30 };

/* Saving a draft (and, in the API, beginning one: id 0). version: the one it was typed on; 0 for a
 * new draft. */
struct proposal_input {
    i64 id, version, proposer_id; /* proposer_id: staff write for this member (代录) */
    str body, body_name;          /* in whose name: "org:7", "committee:3", "sector:5", empty = a
                                     person's; or a members' group (委员小组), which is in no
                                     list. Looked at when the draft is begun */
    str kind, title, situation, analysis, research, consent, consent_reason;
    strs suggestions;
    ids hosts, cohosts;        /* wished agencies */
    ids attachments, document; /* document: to fill the form from */
    str authorship, talk_wish; /* kept by drafts */
    bool researched;
    str more; /* the button: "1" one more suggestion (without JavaScript), "later" save, "check" go
                 on */
    i64 remove; /* attachment to be taken away */
};

/* Begins a draft of this text, in whose name was judged before. reason: "autosave" or "save", for
 * proposals.saved. On success *out is as stored. Errors: INVALID with faults; those of the
 * session's day. */
struct proposal_author;
err proposal_begin(struct rq *rq, const struct proposal_input *in,
                   const struct proposal_author *author, const char *reason, struct proposal *out);

/* Saves the text of one that proposal_find_editable has found, and that is as the writer has seen
 * it. On success *p is as stored. Errors: CONFLICT db.version. */
err proposal_save(struct rq *rq, const struct proposal_input *in, const char *reason,
                  struct proposal *p);

/* Whether it may be handed in at this moment, where the site takes proposals only while it calls
 * for them. Errors: CONFLICT proposals.window_closed, proposals.window_next {when}. */
err proposal_check_window(struct rq *rq, const struct proposal *p);

/* One of the same session whose title says the same, not taken back or turned away, as far as rq's
 * actor may see it; id 0 = one that he may not see; *found: whether there is one. Errors: those of
 * the database. */
err proposal_find_same_title(struct rq *rq, const struct proposal *p, struct proposal *out,
                             bool *found);

/* Event proposals.saved (id = the proposal): its text stands anew, or stands from now on as it was
 * sent. proposal: as the row is after the step, with its version. reason: "autosave", "save",
 * "submit", "import". */
struct proposal_saved {
    const struct proposal *proposal;
    const strs *suggestions;
    const char *reason;
};

/* For its editor: the proposal, if rq's actor may change the text now. Errors: NOT_FOUND
 * proposals.not_found; FORBIDDEN proposals.not_yours; CONFLICT proposals.not_editable. */
err proposal_find_editable(struct rq *rq, i64 id, struct proposal *out);

/* Notes on rq what is still missing before it can be submitted: faults by field. */
err proposal_check_complete(struct rq *rq, const struct proposal *p);

/* The wished agencies, the proposer's and the reviewer's; struct wish rows. Errors: those of the
 * database. */
err proposal_list_wishes(struct rq *rq, i64 id, struct rows *out);

/* Agencies (struct org rows) as choices of a field, chosen where a wish has that role; wishes by
 * the reviewer count alone where there are any. first: label of an empty choice before them, or
 * empty. */
struct agency_choices {
    const struct rows *agencies, *wishes;
    const char *role; /* NULL: none is chosen */
    str first;
};
const struct view_choice *proposal_agency_choices(struct rq *rq, const struct agency_choices *what);

/* The agencies by number, as choices of an input; struct view_choice rows. */
err proposal_agency_values(struct rq *rq, struct rows *out);
#endif
