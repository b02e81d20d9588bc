/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Where an issued opinion went and what came of it (rules.md 3, 12.2): destinations, adoptions at
 * each level, leaders' instructions, handing to units, telling the reporters. */
#ifndef HT_BULLETINS_ADOPTION_H
#define HT_BULLETINS_ADOPTION_H
#include "modules/bulletins/bulletin.h"

struct destination {
    i64 id, issue_id, opinion_id, sent_on, sent_by;
    str body, level;
};

/* kind: "single", "combined", "passed", "unused". place: where it was printed, or to whom it was
 * passed. */
struct adoption {
    i64 id, destination_id, opinion_id, adopted_on, year, recorded_at, recorded_by;
    str body, level, title, issue_number, kind, place, text;
};

/* ---- inputs ---- */

struct adoption_input {
    i64 id, adopted_on;
    str destination, kind, place, text;
};
struct opinion_instruction_input {
    i64 id, instructed_on;
    str leader, level, text;
    ids scans;
};
struct scan_input {
    i64 id, file;
};

/* ---- rules: adoption.c ---- */

/* The opinion of an issue, as who keeps the ledger may see it: editor and leader. Errors: NOT_FOUND
 * opinions.not_found; CONFLICT adoptions.not_issued. */
err adoption_find_opinion(struct rq *rq, i64 id, struct opinion *o, struct issue_item *item);

/* Writes down what a destination made of it. Audited. Errors: as above; INVALID form.faults with
 * adoptions.no_destination, adoptions.day, adoptions.no_place; CONFLICT adoptions.already. */
err adoption_add(struct rq *rq, i64 opinion_id, const struct adoption_input *in, i64 *id);

/* Writes down a leader's instruction, with its scan. Errors: as above, those of instruction_record
 * and attachment_keep. */
err adoption_instruct(struct rq *rq, i64 opinion_id, const struct opinion_instruction_input *in,
                      i64 *id);

/* Destinations of an opinion, as choices of a form: that of rq's path. */
err destination_choices(struct rq *rq, struct rows *out);

/* What opinions leave to this module: handing to units, telling the reporters. */
err bulletin_effect_assign(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err bulletin_guard_inform(struct rq *rq, const struct flow_subject *subject);
err bulletin_effect_inform(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* ---- what is seen of it: outcome of one opinion ---- */

/* All that rq's actor may read of what became of an opinion: the desk and the leader all, reporters
 * what was recorded before they were told. scans: struct attachment rows, owner_id = the
 * instruction. */
struct opinion_outcome {
    const struct issue *issue;
    struct issue_item item;
    struct rows destinations, adoptions, instructions, scans;
    bool desk, untold; /* untold: something that the reporters have not been told */
};
err adoption_outcome(struct rq *rq, const struct opinion *o, struct opinion_outcome *out,
                     bool *is_any);

extern const struct list ADOPTION_LIST;
extern const struct list_look ADOPTION_LOOK;
extern const struct form ADOPTION_FORM, OPINION_INSTRUCTION_FORM;

/* Listeners: the opinion's page, the assignment's page, an answer of a unit. */
err on_bulletin_opinion_shown(struct rq *rq, i64 id, const void *fact);
err on_bulletin_matter_shown(struct rq *rq, i64 id, const void *fact);
err on_bulletin_replied(struct rq *rq, i64 id, const void *fact);

/* ---- figures ---- */

/* Of one year, by level; of all levels where level is empty. */
struct bulletin_figure {
    i64 year, sent, single, combined, passed, unused, instructions;
    str level;
};
struct bulletin_year {
    i64 year, issues, opinions, assigned, replied;
};

/* ---- pages ---- */

/* Handlers of ROUTES. Errors: those of the rules above. */
err page_adoption_list(struct rq *rq, struct res *res);
err page_adoption_form(struct rq *rq, struct res *res);
err page_adoption_add(struct rq *rq, struct res *res);
err page_opinion_instruction_form(struct rq *rq, struct res *res);
err page_opinion_instruction_add(struct rq *rq, struct res *res);
err page_opinion_issued(struct rq *rq, struct res *res);
err file_instruction_scan(struct rq *rq, struct res *res);
err page_bulletin_figures(struct rq *rq, struct res *res);
#endif
