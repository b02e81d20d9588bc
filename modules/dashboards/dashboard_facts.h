/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What is counted of one proposal, assignment, promise, nudge, slip, dispute, opinion or letter
 * (README, "Counting"): its facts as the rows say now, beside those that the counters hold already.
 * What becomes of them: dashboard_facts.c; statements: dashboard_facts_store.c. */
#ifndef HT_DASHBOARDS_DASHBOARD_FACTS_H
#define HT_DASHBOARDS_DASHBOARD_FACTS_H
#include "modules/dashboards/dashboard.h"
#include "platform/db/db.h"

/* Facts of one subject. source: its collection. Texts by which it is counted (kind … agency_id);
 * texts that make a count of their own name (class … evaluate_days: whole days, empty = none yet);
 * then what it adds to each count. owes: it has to be answered and is not, by due_on.
 * …_unknown: answered, and a list of earlier years does not tell how, or whether there was a talk.
 */
struct dashboard_facts {
    str source;
    i64 subject_id, session_id, agency_id, first_agency_id, first_due_on, owes, due_on;
    str kind, timing, category, sector, committee, gender, ethnic, party, reject_reason;
    str class, tracked, satisfaction, talks;
    str review_days, assign_days, accept_days, handle_days, sign_days, cohost_days, evaluate_days,
        dispute_days;
    i64 received, signers, docketed, rejected, diverted, withdrawn, merged, assigned, replied,
        on_time, strict, closed, redone, extended, mediated, flagship;
    i64 cohosted, met, items, adopted, partly, sent, returned, handling_satisfied, handling_fair,
        handling_dissatisfied, result_satisfied, result_fair, result_dissatisfied;
    i64 promised, kept, unconfirmed, missed, pending;
    i64 commended, publishable, published;
    i64 steps_unknown, talks_unknown;
    i64 reminded, reminded_by_clock, slips, slips_answered, slips_on_time, disputes,
        disputes_upheld, disputes_moved, disputes_dropped;
    /* of an opinion, whose session_id is its year: */
    str body;
    i64 month, person_id;
    i64 opinions, waiting, chosen, stored, issued, single, urgent_sent, revising, composites,
        composites_issued, recast; /* recast: counted as a proposal */
    /* of a letter, whose session_id is its year too (and month, agency_id, waiting, withdrawn,
     * on_time above): */
    str lane, via, county, town, reason, verdict, answer_days;
    i64 letters, dismissed, routed, handed, answered, late, unjudged, again, asked, still_yes,
        still_no, fed;
};

/* One counter, or what is to be added to one. code: which of the dimension. */
struct dashboard_count {
    i64 session_id, value;
    str dimension, code, metric;
};

/* Brings facts and counters of one subject in line with its rows, in the transaction that changes
 * them; nothing is written where nothing is different. source: "proposals", "assignments",
 * "promises", "reminders", "urgings", "disputes", "opinions" or "letters". Errors: those of the
 * database. */
err dashboard_refresh(struct rq *rq, const char *source, i64 subject_id);

/* Which code of a dimension these facts are counted under; in rq->mem. */
str dashboard_code(struct rq *rq, const char *dimension, const struct dashboard_facts *f);

/* Listeners. */
err on_flow_stepped(struct rq *rq, i64 id, const void *fact);
err on_dashboard_proposal_saved(struct rq *rq, i64 id, const void *fact);
err on_proposal_retold(struct rq *rq, i64 id, const void *fact);
err on_dashboard_opinion_retold(struct rq *rq, i64 id, const void *fact);
err on_dashboard_letter_retold(struct rq *rq, i64 id, const void *fact);
err on_dashboard_reminded(struct rq *rq, i64 id, const void *fact);
err on_assignment_retold(struct rq *rq, i64 id, const void *fact);
err on_dashboard_session_corrected(struct rq *rq, i64 id, const void *fact);

/* ---- statements ---- */

/* Which are read, in order of ids: all into rows, or where that is NULL each to fn, which must not
 * keep it. */
struct facts_reader {
    i64 first_id, last_id;
    struct arena *mem;
    struct rows *rows;
    err (*fn)(void *context, void *row);
    void *context;
};

/* Each row to reader->fn, or all into reader->rows. Errors: fn's and those of the database. */
err facts_store_read(struct db *db, struct sql sql, const struct field *map,
                     const struct facts_reader *reader);

/* What the rows say now, without source. Errors: fn's and those of the database. */
err facts_store_now(struct db *db, const char *source, const struct facts_reader *reader);

/* What is counted: one struct dashboard_facts row or none; put replaces it. */
err facts_store_find(struct db *db, str source, i64 subject_id, struct arena *mem,
                     struct rows *out);
err facts_store_put(struct db *db, const struct dashboard_facts *f);
err facts_store_remove(struct db *db, str source, i64 subject_id);

/* Fills both tables of the organisation from its rows; they must be empty. */
err facts_store_clear(struct db *db);
err facts_store_fill(struct db *db);

/* How many subjects are counted. */
err facts_store_total(struct db *db, i64 *count);

/* Adds to a counter; written once for all steps of the transaction (platform/db/sums.h). */
err counts_store_add(struct db *db, const struct dashboard_count *c);

/* How many counters are not the sum of the facts. */
err counts_store_wrong(struct db *db, i64 *count);

/* Proposals of a session that are counted with another timing than they have; struct
 * dashboard_facts rows with subject_id alone. */
err facts_store_list_moved(struct db *db, i64 session_id, struct arena *mem, struct rows *out);

/* The proposal of a publication. Errors: NOT_FOUND; those of the database. */
err facts_store_published(struct db *db, i64 publication_id, i64 *proposal_id);

/* Letters (dashboard_letters_store.c), for those above. */
err letter_facts_store_now(struct db *db, const struct facts_reader *reader);
err letter_facts_store_find(struct db *db, i64 subject_id, struct arena *mem, struct rows *out);
err letter_facts_store_put(struct db *db, const struct dashboard_facts *f);
err letter_facts_store_remove(struct db *db, i64 subject_id);
err letter_facts_store_clear(struct db *db);
err letter_facts_store_fill(struct db *db);
err letter_facts_store_total(struct db *db, i64 *count);

/* All that is kept of proposals, assignments and promises; of nudges, slips and disputes; of
 * opinions; of letters. */
extern const struct field DASHBOARD_FACTS_ROW[], DASHBOARD_SIDE_ROW[], DASHBOARD_OPINION_ROW[],
    DASHBOARD_LETTER_ROW[];
#endif
