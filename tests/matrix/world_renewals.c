/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_renewals.h. Whose they are: modules/renewals/README.md. */
#include "tests/matrix/world_renewals.h"

#include "modules/members/member.h"
#include "platform/base/str.h"
#include "tests/matrix/rules.h"
#include "tests/matrix/world.h"

static err stayer(struct rq *rq, struct world *w, int set)
{
    struct member_record record = {
        .name =
            arena_printf(rq->mem, "%s-%d", set == SET_FOREIGN ? "CANARY-Stayer" : "Stayer", set),
        .sector = str_of(WORLD_SECTORS[set]),
        .birth_on = BIRTH_UNKNOWN,
        .from_on = rq->today - 700,
        .term_number = 6
    };
    char result;
    return member_save_record(rq, &record, &w->thing[set][RENEWAL_STAYER], &result);
}

/* Drafts are of the next term; others each of one of its own, so that they do not meet. */
static err renewal(struct rq *rq, struct world *w, int set, int thing, const char *in_state)
{
    str state = str_of(in_state);
    i64 term_number = thing == RENEWAL_DRAFT ? 7 : 10 * (thing - RENEWAL_DRAFT) + set;
    i64 opened_on = rq->today + 60, decided_on = rq->today - 1;
    str organ = str_of(set == SET_FOREIGN ? "CANARY-Organ" : "Standing");
    return db_insert(rq->db,
                     SQL("INSERT INTO renewals (org_id, state, term_number, opened_on, closed_on, "
                         "organ, decided_on) VALUES (:org, :state, :term_number, :opened_on, "
                         ":opened_on, :organ, :decided_on) RETURNING id",
                         P(state), P(term_number), P(opened_on), P(organ), P(decided_on)),
                     &w->thing[set][thing]);
}

static err all(struct rq *rq, struct world *w, int set)
{
    w->thing[set][RENEWAL_SECTOR] = w->sector[set];
    TRY(stayer(rq, w, set));
    TRY(renewal(rq, w, set, RENEWAL_DRAFT, "draft"));
    TRY(renewal(rq, w, set, RENEWAL_READY, "ready"));
    TRY(renewal(rq, w, set, RENEWAL_CARRIED, "carried"));
    i64 draft = w->thing[set][RENEWAL_DRAFT], member_id = w->thing[set][RENEWAL_STAYER];
    i64 sector_id = w->sector[set];
    return db_run(rq->db,
                  SQL("INSERT INTO renewal_places (org_id, renewal_id, member_id, sector_id) "
                      "VALUES (:org, :draft, :member_id, :sector_id)",
                      P(draft), P(member_id), P(sector_id)),
                  NULL);
}

static void make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, all);
}

static i64 version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM renewals WHERE org_id = :org AND id = :id",
                            P(id)));
}

/* The house's: by the state alone. Nothing is carried out before its day. */
static char own(const struct question *q)
{
    static const struct {
        const char *verb;
        int things[3];
    } STEPS[] = {
        { "edit", { RENEWAL_DRAFT } },
        { "places", { RENEWAL_DRAFT } },
        { "sector", { RENEWAL_DRAFT } },
        { "ready", { RENEWAL_DRAFT } },
        { "reopen", { RENEWAL_READY } },
        { "carry", { 0 } },
        { "close", { RENEWAL_CARRIED } },
        { "drop", { RENEWAL_DRAFT, RENEWAL_READY } },
        { "slate", { RENEWAL_DRAFT, RENEWAL_READY } },
        { "pdf", { RENEWAL_DRAFT, RENEWAL_READY } },
        { "docx", { RENEWAL_DRAFT, RENEWAL_READY } },
        { "xlsx", { RENEWAL_DRAFT, RENEWAL_READY } },
        { "balance", { RENEWAL_DRAFT, RENEWAL_READY } },
        { "sitting", { RENEWAL_DRAFT, RENEWAL_READY } },
    };
    const char *verb = q->entry->route.method == PUT ? "edit" : rules_verb(q);
    for (size_t i = 0; i < sizeof STEPS / sizeof *STEPS; i++) {
        if (strcmp(verb, STEPS[i].verb) != 0)
            continue;
        for (size_t k = 0; k < 3 && STEPS[i].things[k]; k++)
            if (STEPS[i].things[k] == q->thing)
                return 'o';
        return 'c';
    }
    return 'o';
}

static const struct thing THINGS_OWN[] = {
    { RENEWAL_DRAFT, "draft_renewal", NULL, false },
    { RENEWAL_READY, "ready_renewal", NULL, false },
    { RENEWAL_CARRIED, "carried_renewal", NULL, false },
    { RENEWAL_STAYER, "stayer", "stayer", false },
    { RENEWAL_SECTOR, "renewal_sector", "renewal_sector", false },
    { 0 },
};

const struct part PART_OF_RENEWALS = { .name = "renewals",
                                       .specimens = SPECIMENS_RENEWALS,
                                       .things = THINGS_OWN,
                                       .make = make,
                                       .version = version,
                                       .own = own };
