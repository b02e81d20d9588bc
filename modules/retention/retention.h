/* SPDX-License-Identifier: MulanPSL-2.0 */
/* How long the rows of each table are kept, and what ends them: every table of the product stands
 * in one list (RETENTIONS), the rules by which rows end in another (RETENTION_RULES); one timer
 * carries them all out, one page shows them. Design: README.md. */
#ifndef HT_RETENTION_RETENTION_H
#define HT_RETENTION_RETENTION_H
#include "platform/web/web.h"

/* What becomes of the rows of a table; `by` says more:
 *   ARCHIVE  kept for ever, for a reason: text "retention.why.BY"
 *   IN_USE   kept while it is in force, taken away by who manages it: likewise
 *   WITH     as long as the row of the table BY that it belongs to
 *   DERIVED  worked out from rows of the table BY, and gone or counted anew with them
 *   RULE     ends by the rule BY
 *   TIMER    of hours or days only, ended by the part's own timer BY: text "retention.timers.BY" */
enum retention_kind {
    RETAIN_ARCHIVE = 1,
    RETAIN_IN_USE,
    RETAIN_WITH,
    RETAIN_DERIVED,
    RETAIN_RULE,
    RETAIN_TIMER
};

/* A table: its name in words is text "retention.tables.NAME", or what modules/personal calls it. A
 * list ends with a zero row. */
struct retention {
    const char *table;
    enum retention_kind kind;
    const char *by;
};

/* Which rows end, and how. In words: texts "retention.rules.NAME" (which) and ".help" (since when,
 * what goes, by which law). only: a condition in SQL on the row `t`, which names :org for other
 * tables and may name :today; what is still going on is left out by it. Rows end in one of three
 * ways: erase does it; the columns in sets are emptied ("reason = ''"; then only leaves out what is
 * empty); else the row is deleted. A list ends with a zero row. */
struct retention_rule {
    const char *name;    /* "mailbox.text" */
    const char *table;   /* with a column id */
    const char *from;    /* the column it counts from: …_at or …_on; 0 = it does not run yet */
    const char *setting; /* how many days; NULL = days */
    i64 days;
    const char *only;
    const char *sets;
    err (*erase)(struct rq *rq, i64 id);
    bool numbered; /* its rows have pages, whose numbers people know: one alone can be held */
};

extern const struct retention RETENTIONS[];
extern const struct retention_rule RETENTION_RULES[];

/* What a table is called. */
str retention_title(struct arena *mem, str table);

/* What is declared of a table; the rule of a name: NULL = nothing, none. */
const struct retention *retention_find(str table);
const struct retention_rule *retention_rule_find(str name);

/* A rule that ends rows of the table, or NULL; and the tables of which there is one: struct
 * view_choice rows in rq->mem. */
const struct retention_rule *retention_rule_of(str table);
err retention_collections(struct rq *rq, struct rows *out);

/* Whether each table of the modules' schemas is declared once, and all that the declarations name
 * is there: tables, columns, rules, timers, texts. Writes one English line a fault; true when there
 * is none. */
bool retention_check(const struct module *const *modules, struct buf *faults);

/* How many days a rule keeps, today. */
i64 retention_days(struct rq *rq, const struct retention_rule *rule);

/* What a rule would end: now; in RETENTION_SOON_DAYS more; what is over its time but held. Each is
 * counted up to RETENTION_COUNT_MAX and one more. Errors: those of the database. */
enum { RETENTION_SOON_DAYS = 30, RETENTION_COUNT_MAX = 100000 };
struct retention_due {
    i64 now, soon, held;
};
err retention_count(struct rq *rq, const struct retention_rule *rule, struct retention_due *out);

/* Ends at most `limit` rows of a rule, the oldest numbers first, in the present transaction; counts
 * them in the log and in retention_runs. *ended: how many. Errors: the rule's own; those of the
 * database. */
err retention_end(struct rq *rq, const struct retention_rule *rule, i64 limit, i64 *ended);

#endif
