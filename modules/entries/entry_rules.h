/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The ledger within this module: rows as its pages show them, following what happens elsewhere,
 * taking back, walks over what there is; handlers. For others: entry.h. */
#ifndef HT_ENTRIES_ENTRY_RULES_H
#define HT_ENTRIES_ENTRY_RULES_H
#include "modules/entries/entry.h"
#include "platform/list/list.h"
#include "platform/web/view_parts.h"

/* Most rows of a page; one of whatever is counted, in thousandths. */
enum { ENTRY_PAGE_MAX = 3000, ENTRY_ONE = 1000 };

/* A row as it is shown. count: whole ones of its quantity. */
struct entry_row {
    i64 id, member_id, happened_on, year, quantity, count, people, source_id, part_id, reverses_id,
        recorded_at;
    str name, sector, committee, kind, label, tags, source, number, title, text, state,
        recorded_name;
};

extern const struct list ENTRY_LIST;
extern const struct list_look ENTRY_LOOK;
extern const struct form ENTRY_STRIKE_FORM; /* of struct entry_strike_input */

/* ---- following: entry.c ---- */

/* What was done in a walk or for one record. */
struct entry_tally {
    i64 checked, added, reversed;
    i64 submitted; /* of those added, records that were handed in */
};

/* Makes the ledger say what stands of records from_id to to_id of a collection ("proposals",
 * "opinions"): missing rows are added, others taken back. Again changes nothing. What a person took
 * back stays so. tally may be NULL. Errors: those of the database. */
struct entry_span;
err entry_follow(struct rq *rq, const struct entry_span *span, struct entry_tally *tally);

/* Whether one is what came of a thing, not the thing. */
bool entry_is_outcome(str kind);

/* Listeners. */
err on_entry_stepped(struct rq *rq, i64 id, const void *fact);
err on_entry_proposal_retold(struct rq *rq, i64 id, const void *fact);
err on_entry_opinion_retold(struct rq *rq, i64 id, const void *fact);
err on_entry_instructed(struct rq *rq, i64 id, const void *fact);
err on_entry_meeting(struct rq *rq, i64 id, const void *fact);

struct entry_strike_input {
    i64 id;
    str text;
};

/* ---- walks ---- */

struct entry_run {
    i64 id, after_id, checked, added, reversed, started_at, finished_at;
    str source, started_name;
};

/* Begins a walk over all there is. Errors: CONFLICT entries.gathering. */
err entry_gather_begin(struct rq *rq);

/* Goes on with the one that was begun, a batch in rq's transaction; *again: there is more. */
err job_entry_gather(struct rq *rq, bool *again);

/* ---- inputs and pages ---- */

/* year 0 = the present one; span "term": from the beginning of the term. */
struct entry_year_input {
    i64 id, year;
    str span;
};

/* Of one thing that a member did: what stands of it, in order of days. */
struct entry_thing {
    const struct entry_row **all; /* first: what was done first */
    size_t count;
    bool missed; /* nothing was done: leave, absence */
    str url;     /* empty = the reader cannot open it */
};

/* A member's ledger. outcomes: newest first; things: by their day, newest first; back: taken back
 * by a person. */
struct entry_ledger {
    const struct entry_row **outcomes, **back;
    struct entry_thing *things;
    size_t outcome_count, thing_count, missed_count, back_count;
    struct view_tabs years;
    struct rq *rq;
    bool own, is_term, cut; /* cut: there are more than can be shown */
    i64 year, member_id;
    str name, sector, committee;
    const struct view_link *crumbs;
};

/* What a tag or all tags of a row are called, "第一提案人、省级"; where a row's record is read:
 * empty where rq's actor has no such page. */
str entry_tags_words(struct rq *rq, const struct entry_row *e);
str entry_url(struct rq *rq, const struct entry_row *e);

/* Who recorded a row; of what follows from a proposal or an opinion without anybody's name: the
 * office that organises it. */
str entry_recorder(const struct entry_row *e);

/* Whether rq's actor may read the title of a row that he may see: his own; the office's but those
 * of opinions, which are the desk's (modules/opinions). */
bool entry_may_read_title(struct rq *rq, const struct entry_row *e);

struct entry_gather_page {
    struct entry_run run;
};
struct entry_show_page {
    const struct entry_row *e;
    const struct entry_row *other; /* the row that takes it back, or that it takes back; or NULL */
    str url, tags;
    struct rows likes; /* struct entry_like */
    html more;         /* what modules above say of it */
    const struct view_link *crumbs;
    bool may_strike;
};

/* Handlers of ROUTES. */
err page_entry_list(struct rq *rq, struct res *res);
err page_entry_own(struct rq *rq, struct res *res);
err page_entry_member(struct rq *rq, struct res *res);
err page_entry_show(struct rq *rq, struct res *res);
err page_entry_strike_form(struct rq *rq, struct res *res);
err page_entry_strike(struct rq *rq, struct res *res);
err page_entry_gather(struct rq *rq, struct res *res);
err page_entry_gather_begin(struct rq *rq, struct res *res);
#endif
