/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Records that are alike, within this module: finding them when one is handed in, what a member's
 * row is like, and a person's word that two are different matters. For others: entry.h. */
#ifndef HT_ENTRIES_ENTRY_LIKENESS_H
#define HT_ENTRIES_ENTRY_LIKENESS_H
#include "modules/entries/entry_store.h"

/* Who did an earlier record that one is like; 0 = no member. is_split: counts for himself alone. */
struct likeness_doer {
    i64 source_id, member_id;
    bool is_split;
};

/* A member's record of a collection; an earlier one that it is like, own ones first, then the most
 * alike. is_own: he did that, too. */
struct likeness_of {
    str source;
    i64 source_id, member_id;
};
struct likeness {
    i64 other_id, degree;
    bool is_own, is_split;
};

/* What was found; what a person said. */
struct likeness_found {
    i64 source_id, other_id, degree, found_at;
    bool is_split;
};
struct likeness_apart {
    str source, apart_name, apart_text;
    i64 source_id, other_id, apart_at;
};

/* Queues a look at records of a collection; where now_ms is a past day it does nothing. */
err likeness_ask(struct rq *rq, const struct entry_span *span);

/* The queued work (slow): compares each record of the span (payload "SOURCE FROM TO") with what was
 * handed in before it, keeps what is alike, and lets the ledger follow. */
err job_entry_look(struct rq *rq, str payload);

/* Says that a row's record is another matter than those that it is like, tells the member, and lets
 * the ledger follow. Errors: NOT_FOUND entries.not_found; CONFLICT entries.not_live,
 * entries.not_alike. */
err entry_apart(struct rq *rq, i64 id, str text);

struct entry_apart_input {
    i64 id;
    str text;
};
extern const struct form ENTRY_APART_FORM;

/* The form for it, and what it sends. */
err page_entry_apart_form(struct rq *rq, struct res *res);
err page_entry_apart(struct rq *rq, struct res *res);

/* ---- statements ---- */

/* struct likeness_doer rows by record; struct likeness rows; numbers of all that a record was found
 * to be like, whatever became of them. */
err likeness_store_list_doers(struct db *db, const struct entry_span *span, struct arena *mem,
                              struct rows *out);
err likeness_store_list(struct db *db, const struct likeness_of *of, struct arena *mem,
                        struct rows *out);
err likeness_store_list_others(struct db *db, str source, i64 id, struct arena *mem,
                               struct rows *out);

/* Forgets what a record is like, but not what a person said; adds one, both ways, where there is
 * none. */
err likeness_store_clear(struct db *db, str source, i64 id);
err likeness_store_add(struct db *db, str source, const struct likeness_found *l);

/* *changed: rows, two for a pair. */
err likeness_store_part(struct db *db, const struct likeness_apart *a, i64 *changed);

/* The row by which a record was handed in, a member's own first: i64 rows, one or none. */
err likeness_store_entry(struct db *db, const struct likeness_of *of, struct arena *mem,
                         struct rows *out);
#endif
