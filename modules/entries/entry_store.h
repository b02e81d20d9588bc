/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of the ledger: its rows, what should stand in it, walks over what there is. */
#ifndef HT_ENTRIES_ENTRY_STORE_H
#define HT_ENTRIES_ENTRY_STORE_H
#include "modules/entries/entry_rules.h"

/* A row that is about to be written; name, sector, committee and the tag "standing" come from the
 * member as he was on the day. */
struct entry_new {
    i64 member_id, happened_on, year, quantity, people, source_id, part_id, recorded_at,
        recorded_by;
    str kind, label, tags, source, number, title, recorded_name;
};

/* A row that is about to be taken back; state: what it becomes, "reversed" or "struck". */
struct entry_reversal {
    i64 id, recorded_at, recorded_by;
    str state, text, recorded_name;
};

/* Records of one collection by number, both included. */
struct entry_span {
    str source;
    i64 from_id, to_id;
};

/* A row that stands (state "live"), or that a person took back ("struck"); or one that should
 * stand, with state empty; recorded_name: whom its record names for it, else empty. */
struct entry_mark {
    i64 id, member_id, happened_on, quantity, people, source_id, part_id, recorded_by;
    str kind, tags, state, recorded_name;
};

/* Who did a thing, the first one first; member_id 0 = one who is no member; collective: he wrote
 * what a body hands in. What stands of it: people 0 = as many as did it; extra: tags beside those
 * of the part that one took. */
struct entry_doer {
    i64 source_id, member_id;
    bool collective;
};
struct entry_fact {
    i64 source_id, part_id, happened_on, people;
    str kind, extra;
};

/* Days of a member, both included. */
struct entry_days {
    i64 member_id, from_on, to_on;
};

/* Adds one. Errors: NOT_FOUND members.not_found; CONFLICT db.unique where the very same stands. */
err entry_store_add(struct db *db, const struct entry_new *e, i64 *id);

/* Members who were standing members on a day, of one: 1 or 0. */
err entry_store_standing(struct db *db, i64 member_id, i64 on, i64 *count);

/* Takes one back that stands, by a row that names it. Errors: CONFLICT db.version where it does
 * not stand any more. */
err entry_store_reverse(struct db *db, const struct entry_reversal *r, i64 *id);

/* Rows of the records that stand or are struck: struct entry_mark rows; who did them, and what
 * stands of them: struct entry_doer, entry_fact rows. All by record. */
err entry_store_list_marks(struct db *db, const struct entry_span *span, struct arena *mem,
                           struct rows *out);
err entry_store_list_doers(struct db *db, const struct entry_span *span, struct arena *mem,
                           struct rows *out);
err entry_store_list_facts(struct db *db, const struct entry_span *span, struct arena *mem,
                           struct rows *out);

/* Records of a collection that were handed in, from a number on, at most limit of them: the last
 * of their numbers, 0 = there are none. Those merged into a proposal; those that a composite is
 * made of: ids. */
struct entry_next {
    str source;
    i64 after_id, limit;
};
err entry_store_next(struct db *db, const struct entry_next *next, struct arena *mem, i64 *last_id,
                     i64 *count);
err entry_store_list_parts(struct db *db, str source, i64 id, struct arena *mem, struct rows *out);

/* The proposal of a flagship or a commendation, of a promise of a proposal; the opinion of a
 * reporter. 0 = of none. */
err entry_store_flagship(struct db *db, i64 id, i64 *proposal_id);
err entry_store_commendation(struct db *db, i64 id, i64 *proposal_id);
err entry_store_promise(struct db *db, i64 id, i64 *proposal_id);
err entry_store_reporter(struct db *db, i64 id, i64 *opinion_id);

/* ---- walks ---- */

/* The one that goes on, else the newest; id 0 = there was none. update: CONFLICT db.version where
 * it is over. */
err entry_run_store_find(struct db *db, struct arena *mem, struct entry_run *out);
err entry_run_store_add(struct db *db, const struct entry_run *run);
err entry_run_store_update(struct db *db, const struct entry_run *run);

/* ---- reading ---- */

/* What entry.h gives, of one member or (0) of everybody. */
err entry_store_list(struct db *db, const struct entry_days *days, struct arena *mem,
                     struct rows *out);
err entry_store_each(struct db *db, const struct entry_each *each);
err entry_store_list_since(struct db *db, i64 after_id, struct arena *mem, struct rows *out);

/* Years of days from from_on on of which a member has rows that stand, newest first: i64 rows. */
err entry_store_list_years(struct db *db, i64 member_id, struct arena *mem, struct rows *out);

/* First day of the term of a day; 0 = of none. */
err entry_store_term(struct db *db, i64 on, i64 *from_on);

/* One row; the row that takes one back, id 0 = none does. Errors: NOT_FOUND entries.not_found. */
err entry_store_find(struct db *db, i64 id, struct arena *mem, struct entry_row *out);
err entry_store_find_reversal(struct db *db, i64 id, struct arena *mem, struct entry_row *out);

/* All rows of a member in a span of days, newest first, at most 3,000: struct entry_row. */
err entry_store_list_member(struct db *db, const struct entry_days *days, struct arena *mem,
                            struct rows *out);
#endif
