/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What everybody's year came to, kept by a reading connection from one look to the next
 * (platform/db: db_kept). A score is a function of rules, days, what the member is, and his rows;
 * the first three are read anew for each look and compared, and who has newer rows is worked out
 * again. So nobody has to say that something changed, and what is kept is what working out gives:
 * it came from there. Its user: scores_list.c. */
#ifndef HT_SCORES_SCORES_MEMORY_H
#define HT_SCORES_SCORES_MEMORY_H
#include "modules/scores/scores.h"
#include "platform/db/kept.h"

/* Of a member in a look: person, and his tags by the rules of the year and of the one before. */
struct scores_basis {
    const struct scores_person *person;
    uint64_t tags, tags_before;
};

/* A look: kept NULL = nothing is remembered here. bases by member number; fresh: whose year is kept
 * and holds, an entry for each; stale: how many others. */
struct scores_look {
    struct db_kept *kept;
    const struct scores_period *period, *before;
    struct scores_basis *bases;
    size_t count, stale;
    bool *fresh;
    i64 org, newest; /* newest: row of the ledger, before anything is read */
};

/* Finds out what holds, for bases, count, kept and periods as given. Errors: those of the database.
 */
err scores_look_begin(struct rq *rq, struct scores_look *look);

/* The year of a member who is fresh, by his place; its arrays are copied into mem. */
void scores_look_take(const struct scores_look *look, size_t at, struct arena *mem,
                      struct scores_row *row);

/* Keeps what was worked out: of all, after which only it is kept; or of those who were stale. */
void scores_look_end(struct scores_look *look, const struct scores_row *rows);
#endif
