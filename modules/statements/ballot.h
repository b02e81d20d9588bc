/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The secret ballot on those who reported (述职测评): inputs, rules, statements, pages; between the
 * files of this module only. What others may know of it: statement.h. */
#ifndef HT_STATEMENTS_BALLOT_H
#define HT_STATEMENTS_BALLOT_H
#include "modules/statements/statement_rules.h"

/* PART: how many rows a page has, since a form is bounded (PARAMS_MAX of platform/web). */
enum { BALLOT_GRADES = 5, BALLOT_LINES_MAX = 500, BALLOT_PART = 200 };

/* id 0 = the call has none. */
struct ballot {
    i64 id, statement_call_id, meeting_id, held_on, issued, returned, valid, noted_at, version;
    str meeting_title, teller_name, second_teller_name, noter_name;
};
struct ballot_count {
    i64 statement_id, excellent, competent, basic, incompetent, abstained;
};

/* id: of the call, as version, which each saving raises. The lists stand side by side. part: of
 * the page, from 0. */
struct ballot_input {
    i64 id, version, part, held_on, issued, returned, valid;
    str meeting, teller_name, second_teller_name;
    ids statements;
    strs excellent, competent, basic, incompetent, abstained;
};
struct ballot_remove_input {
    i64 id, version;
    str reason;
};
struct ballot_show_input {
    i64 id, part;
};
extern const struct form BALLOT_FORM;

/* ---- rules: ballot.c ---- */

/* The grades in the order of the paper, by code; texts "ballots.CODE". */
extern const char *const BALLOT_GRADE_CODES[BALLOT_GRADES];

/* How many of a grade. */
i64 ballot_votes(const struct ballot_count *c, size_t grade);

/* One member's row as typed, against the number of valid papers; pure. */
enum ballot_row { BALLOT_EMPTY, BALLOT_AGREES, BALLOT_NO_NUMBER, BALLOT_OTHER_SUM };
enum ballot_row ballot_read_row(const str cells[BALLOT_GRADES], i64 valid,
                                struct ballot_count *out);

/* What was typed in a row of the input, what is missing as empty. */
void ballot_cells(const struct ballot_input *in, size_t row, str out[BALLOT_GRADES]);

/* Who can be put down: he handed in, or stands in the ballot already. */
bool ballot_is_open_to(const struct statement *s, const struct ballot_count *before);

/* Nobody puts down votes on himself: struct statement rows of the call. Errors: FORBIDDEN
 * ballots.own. */
err ballot_may_save(const struct rq *rq, const struct rows *statements);

/* Of a statement among counts, or NULL. */
const struct ballot_count *ballot_count_of(const struct rows *counts, i64 statement_id);

/* That of a call with its counts; out->id 0 = none. */
err ballot_find(struct rq *rq, i64 call_id, struct ballot *out, struct rows *counts);

/* For its form: meetings that have begun, and the one that it names (rq->path_id: the call):
 * struct view_choice rows. */
err ballot_meetings(struct rq *rq, struct rows *out);

/* Puts the ballot down, or corrects it: rows that are not named stay, those named with nothing in
 * them go. Errors: NOT_FOUND statement_calls.not_found; FORBIDDEN ballots.own; CONFLICT
 * web.version; INVALID form.faults. */
err ballot_save(struct rq *rq, const struct ballot_input *in);

/* Takes it away, put down at the wrong call: the log keeps what it said. Errors: as ballot_save;
 * CONFLICT ballots.none. */
err ballot_remove(struct rq *rq, const struct ballot_remove_input *in);

/* ---- statements: ballot_store.c ---- */

/* find: NOT_FOUND db.no_row. list_counts: of a ballot; list_of: of a member's year. clear: takes
 * all its counts away; remove_count: one's, if there is one. */
err ballot_store_add(struct db *db, const struct ballot *b, i64 *id);
err ballot_store_update(struct db *db, const struct ballot *b);
err ballot_store_find(struct db *db, i64 call_id, struct arena *mem, struct ballot *out);
err ballot_store_remove(struct db *db, const struct ballot *b);
err ballot_store_remove_count(struct db *db, i64 ballot_id, i64 statement_id);
err ballot_store_clear(struct db *db, i64 ballot_id);
err ballot_store_add_count(struct db *db, i64 ballot_id, const struct ballot_count *c);
err ballot_store_list_counts(struct db *db, i64 ballot_id, struct arena *mem, struct rows *out);
err ballot_store_list_of(struct db *db, i64 member_id, i64 year, struct arena *mem,
                         struct rows *out);

/* ---- pages: ballot_pages.c ---- */

struct ballot_line {
    const struct statement *s;
    str cells[BALLOT_GRADES];
    bool bad;
};
struct ballot_form {
    const struct statement_call *c;
    const struct ballot *b;
    struct ballot_line *lines; /* of this part */
    size_t count, part, all;   /* how many are here, which part this is, how many in all parts */
    i64 missing;               /* who has not handed in */
    i64 version;
    const struct view_choice *meetings;
    size_t meeting_count;
    const struct view_link *crumbs;
};

/* The member "ballot" of a call's JSON, null where there is none. */
void ballot_json(struct json *j, const struct ballot *b, const struct rows *counts);

/* Handlers of the form and of what it sends. */
err page_ballot_form(struct rq *rq, struct res *res);
err page_ballot_save(struct rq *rq, struct res *res);
err page_ballot_remove(struct rq *rq, struct res *res);
#endif
