/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The duty ledger (履职记录) for other modules: what every member did, one row a thing, never
 * edited, only taken back by a row that names it. Words and kinds: README.md. */
#ifndef HT_ENTRIES_ENTRY_H
#define HT_ENTRIES_ENTRY_H
#include "platform/web/web.h"

/* A row that stands. happened_on: the day it counts on. quantity: thousandths of whatever is
 * counted (duty: POINT). people: how many did it together. tags: "first standing", separated by a
 * blank. source, source_id: the collection and the record that it comes from; part_id: which of
 * several results of that record (an adoption, an instruction), 0 = the record itself. */
struct entry {
    i64 id, member_id, happened_on, quantity, people, source_id, part_id;
    str kind, tags, source;
};

/* Rows that stand, of days from_on to to_on, both included: struct entry rows in rq->mem, by
 * member, day, id. member_id 0 = of everybody, whom entry_each reads without keeping them. Who may
 * ask is the caller's business. From one index, no joins. Errors: those of the database. */
err entry_list(struct rq *rq, i64 member_id, i64 from_on, i64 to_on, struct rows *out);

/* The same one after another at constant memory: fn gets a const struct entry *, whose texts are
 * gone when it returns, as is all else in mem. brief: of everybody without id, source and part, for
 * who adds up. Errors: fn's own; those of the database. */
struct entry_each {
    i64 member_id, from_on, to_on;
    bool brief;
    struct arena *mem;
    err (*fn)(void *context, void *row);
    void *context;
};
err entry_each(struct rq *rq, const struct entry_each *each);

/* Whether rows of a kind tell that somebody was not where he had to be: absent, on leave, late.
 * Whether a row of a kind is something that was done: not missed, and a plenary once, by its
 * half-days, as any meeting by itself and not by the talks in its groups. What counts records
 * counts these. */
bool entry_is_missed(str kind);
bool entry_is_deed(str kind);

/* Whose ledger has changed since a row: each change of it is a row of its own, one taken back too.
 * struct entry_change rows, the newest first, at most ENTRY_CHANGES: where there are as many,
 * others may have changed as well. Errors: those of the database. */
enum { ENTRY_CHANGES = 1000 };
struct entry_change {
    i64 id, member_id;
};
err entry_list_since(struct rq *rq, i64 after_id, struct rows *out);

/* A row that stands, with all that a reader is told of it: entry_words of many at once. label: what
 * its kind was called then. words: its tags, "第一人、省级"; grade: that among them by which
 * results are told apart, the class of an answer or the level of an adoption or instruction, empty
 * = none. is_outcome: what came of a thing, not the thing. */
struct entry_told {
    i64 id, happened_on, quantity, people, source_id;
    str kind, label, source, number, title, words, grade, url;
    bool is_outcome;
};

/* Those of a member, days from_on to_on included, oldest first, of more than 3,000 the newest:
 * struct entry_told rows. Titles and addresses as rq's actor may read and open them; whether he may
 * see the member's ledger is the caller's business. Errors: those of the database. */
err entry_list_told(struct rq *rq, i64 member_id, i64 from_on, i64 to_on, struct rows *out);

/* What a reader is told of a row: number and title of what it comes from as they were when it was
 * written, and where that stands ("" = no page). Titles of what the reader may not open are those
 * that the ledger shows to the member himself. state: "live" = it stands. Errors: NOT_FOUND
 * entries.not_found. */
struct entry_words {
    i64 member_id, happened_on;
    str kind, number, title, url, state;
};
err entry_words(struct rq *rq, i64 id, struct entry_words *out);

/* ---- for modules that give rows by themselves ---- */

/* Whether a row of a member on a day gets the tag "standing". */
err entry_was_standing(struct rq *rq, i64 member_id, i64 on, bool *out);

/* What a record gives one member now, a row each of different kinds or parts; label: what the kind
 * is called ("" = as the ledger calls it), quantity in thousandths, tags with blanks between.
 * people: how many did it together, 0 = he alone. part_id: which of several alike within the
 * record, such as each result; 0 = there is but one. recorded_name: who recorded this one, "" = who
 * recorded the record. */
struct entry_given {
    i64 member_id, happened_on, quantity, people, part_id;
    str kind, label, tags, recorded_name;
};

/* The record: its collection and number, what it is called. by_actor: who acts is named as who
 * recorded it (谁组织谁记录), else the house; recorded_name: it is called so instead. */
struct entry_record {
    str source, number, title, recorded_name;
    i64 id;
    bool by_actor;
};

/* Makes the ledger say what the record gives now (struct entry_given rows): what is missing is
 * added, other rows of it are taken back; what a person took back stays so. Again changes nothing.
 * Errors: NOT_FOUND members.not_found; those of the database. */
err entry_give(struct rq *rq, const struct entry_record *record, const struct rows *given);

/* An earlier record that a row's record is like (相近), or that it was split off from (拆分), so
 * that rules may give less for it. is_own: the row's member did that, too. entry_id, number, title:
 * of its row as rq's actor may see it, 0 and empty = he may not. words: all of it for a reader. */
struct entry_like {
    i64 other_id, degree, entry_id;
    bool is_own, is_split;
    str number, title, words;
};

/* Those of a row that stands, his own first, then the most alike: struct entry_like rows, none
 * where the row's tags say so. Whether the row may be seen is the caller's business. Errors: those
 * of the database. */
err entry_list_like(struct rq *rq, const struct entry *e, struct rows *out);

/* Takes a row back that does not hold, with a reason, and tells its member: its source brings it
 * back no more. Errors: NOT_FOUND entries.not_found; CONFLICT entries.not_live. */
err entry_strike(struct rq *rq, i64 id, str text);

/* Event entries.shown (id = the row): its page or JSON is being made, and a module above puts in
 * what it has to say. One of out and json is NULL. */
struct out;
struct json;
struct entry_shown {
    struct out *out;
    struct json *json;
    i64 member_id;
    str state;
};
#endif
