/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_compendium.h. */
#include "tests/matrix/world_compendium.h"

#include <unistd.h>

#include "platform/base/str.h"
#include "platform/files/files.h"
#include "tests/matrix/rules.h"
#include "tests/matrix/world_proposals.h"

/* What is in a book, for whoever opens the file. */
static err write_text(void *context, int fd)
{
    const str *text = context;
    return write(fd, text->ptr, text->len) == (ssize_t)text->len ? OK
                                                                 : err_make(ERR_BUSY, "docs.disk");
}

static err book_make(struct rq *rq, struct world *w, int set)
{
    i64 session_id = w->session[set], now = rq->now_ms;
    str words = str_of(set == SET_FOREIGN ? "CANARY-WORDS" : "Words");
    struct attachment_made made = { 0 };
    TRY(db_insert(rq->db,
                  SQL("INSERT INTO compendium_runs (org_id, session_id, title, format, ordering, "
                      "with_replies, internal, state, asked_at, asked_by, asked_name, made_at) "
                      "VALUES (:org, :session_id, :words, 'pdf', 'number', 1, 0, 'made', :now, 1, "
                      ":words, :now) RETURNING id",
                      P(session_id), P(words), P(now)),
                  &w->thing[set][COMPENDIUM_MADE]));
    TRY(attachment_make(rq, write_text, &words, &made));
    made.owner = str_of("compendium");
    made.owner_id = w->thing[set][COMPENDIUM_MADE];
    made.name = words;
    made.type = "application/pdf";
    return attachment_add(rq, &made);
}

static void make(struct world *w)
{
    for (int set = 0; set < SETS; set++) {
        w->thing[set][COMPENDIUM_SESSION] = w->session[set];
        world_make(w, set, book_make);
    }
}

static i64 version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM compendium_runs WHERE org_id = :org AND id = :id",
                            P(id)));
}

/* Whoever sees the proposal may print it; books are the office's. */
static char own(const struct question *q)
{
    return q->thing == COMPENDIUM_MADE || rules_sees_proposal(q) ? 'o' : 'n';
}

static const struct thing THINGS_OWN[] = {
    { COMPENDIUM_MADE, "book", NULL, false },
    { COMPENDIUM_SESSION, "printed_session", "printed_session", false },
    { 0 },
};

const struct part PART_OF_COMPENDIUM = { .name = "compendium",
                                         .specimens = SPECIMENS_COMPENDIUM,
                                         .things = THINGS_OWN,
                                         .make = make,
                                         .version = version,
                                         .own = own };
