/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_dossiers.h. Whose they are: modules/dossiers/README.md, "Who may". */
#include "tests/matrix/world_dossiers.h"

#include <unistd.h>

#include "platform/base/str.h"
#include "platform/files/files.h"
#include "tests/matrix/rules.h"
#include "tests/matrix/world_members.h"

static enum who asker(int set)
{
    return set == SET_FOREIGN ? FOREIGN_STAFF : A_STAFF;
}

/* What is in the files, for whoever opens them. */
static err write_text(void *context, int fd)
{
    const str *text = context;
    return write(fd, text->ptr, text->len) == (ssize_t)text->len ? OK
                                                                 : err_make(ERR_BUSY, "docs.disk");
}

static err file_add(struct rq *rq, const char *owner, i64 owner_id, str words)
{
    struct attachment_made made = { 0 };
    TRY(attachment_make(rq, write_text, &words, &made));
    made.owner = str_of(owner);
    made.owner_id = owner_id;
    made.name = words;
    made.type = "application/pdf";
    return attachment_add(rq, &made);
}

static err papers(struct rq *rq, struct world *w, int set)
{
    i64 member_id = w->member[set], now = rq->now_ms, today = rq->today;
    i64 account_id = w->actor[asker(set)].account_id, *thing = w->thing[set];
    str words = str_of(set == SET_FOREIGN ? "CANARY-WORDS" : "Words");
    str code = arena_printf(rq->mem, "%020d", set + 1);
    TRY(db_insert(
        rq->db,
        SQL("INSERT INTO dossier_papers (org_id, member_id, name, term_number, until_on, "
            "entries, outcomes, code, digest, format, issued_at, issued_by, issued_name) "
            "SELECT :org, :member_id, :words, MAX(number), :today, 1, 0, :code, 'ab', "
            "'pdf', :now, :account_id, :words FROM terms WHERE org_id = :org RETURNING id",
            P(member_id), P(words), P(today), P(code), P(now), P(account_id)),
        &thing[DOSSIER_PAPER]));
    TRY(file_add(rq, "dossier_papers", thing[DOSSIER_PAPER], words));
    TRY(db_insert(rq->db,
                  SQL("INSERT INTO dossier_runs (org_id, year, title, format, titled, state, "
                      "asked_at, asked_by, asked_name, made_at) VALUES (:org, 2026, :words, 'pdf', "
                      "1, 'made', :now, :account_id, :words, :now) RETURNING id",
                      P(words), P(now), P(account_id)),
                  &thing[DOSSIER_RUN]));
    return file_add(rq, "dossier_runs", thing[DOSSIER_RUN], words);
}

static void dossiers_make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, papers);
}

/* A dossier is the member's and the office's; a paper is his, and who issued it has it; a file of
 * many is whose wish it was. */
static char dossiers_own(const struct question *q)
{
    if (q->thing == DOSSIER_RUN)
        return q->who == asker(q->set) ? 'o' : 'n';
    if (q->thing == DOSSIER_PAPER)
        return q->who == asker(q->set) || rules_is_person(q) ? 'o' : 'n';
    return rules_holds(q, "dossiers.export") || rules_is_person(q) ? 'o' : 'n';
}

static const struct thing THINGS_OWN[] = {
    { DOSSIER_PAPER, "paper", NULL, false },
    { DOSSIER_RUN, "run", NULL, false },
    { 0 },
};

const struct part PART_OF_DOSSIERS = { .name = "dossiers",
                                       .specimens = SPECIMENS_DOSSIERS,
                                       .things = THINGS_OWN,
                                       .make = dossiers_make,
                                       .own = dossiers_own };
