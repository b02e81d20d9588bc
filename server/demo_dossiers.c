/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Papers of dossiers of the demo city: one that a member issued of his own, one that the office
 * issued of another, and a file of a sector that is made once the house runs. Last of all: dossiers
 * tell of all that was before. */
#include "modules/dossiers/dossier.h"

#include "platform/base/str.h"
#include "server/demo_opinions.h"

static err issue(struct rq *rq, const struct demo_member *of, const char *format, str *sector)
{
    struct dossier *dossier = arena_zero(rq->mem, sizeof *dossier);
    struct dossier_made *made = arena_zero(rq->mem, sizeof *made);
    struct rows terms;
    i64 id;
    TRY(dossier_open(rq, of->id, 0, &terms, dossier));
    *sector = dossier->person->sector;
    TRY(dossier_paper_file(rq, dossier, str_of(format), made));
    return dossier_paper_issue(rq, made, &id);
}

err demo_make_dossiers(struct rq *rq, void *demo)
{
    const struct demo *d = demo;
    const struct demo_member *first = &d->members[0], *second = &d->members[1];
    str sector;
    i64 id;
    TRY(demo_opinion_be(rq, d, first->account_id, first));
    TRY(issue(rq, first, "pdf", &sector));
    TRY(demo_opinion_be(rq, d, d->staff, NULL));
    TRY(issue(rq, second, "docx", &sector));
    const struct dossier_run_input in = { .body = arena_printf(rq->mem, "sector:%.*s",
                                                               (int)sector.len, sector.ptr),
                                          .format = str_of("pdf") };
    return dossier_run_ask(rq, &in, &id);
}
