/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_entries.h. Whose they are: modules/entries/README.md, "Who may see". */
#include "tests/matrix/world_entries.h"

#include "platform/base/str.h"
#include "tests/matrix/rules.h"
#include "tests/matrix/world_members.h"

static err entry(struct rq *rq, struct world *w, int set)
{
    i64 member_id = w->member[set], today = rq->today;
    str title = str_of(set == SET_FOREIGN ? "CANARY-Trees" : "Trees in the street");
    return db_insert(rq->db,
                     SQL("INSERT INTO entries (org_id, member_id, name, sector, committee, "
                         "happened_on, year, kind, label, quantity, people, tags, source, "
                         "source_id, part_id, number, title, text, state, recorded_at, "
                         "recorded_by, recorded_name) VALUES (:org, :member_id, 'He', '', '', "
                         ":today, 2026, 'welfare.attended', 'Welfare', 1000, 1, '', 'claims', 77, "
                         "0, '', :title, '', 'live', 1, 1, 'She') RETURNING id",
                         P(member_id), P(today), P(title)),
                     &w->thing[set][ENTRY_OF]);
}

/* That of the newest proposal of his: like the first one of the house. */
static err entry_alike(struct rq *rq, struct world *w, int set)
{
    i64 member_id = w->member[set], *id = &w->thing[set][ENTRY_ALIKE];
    TRY(db_i64(rq->db,
               SQL("SELECT CAST(COALESCE(MAX(id), 0) AS BIGINT) AS id FROM entries WHERE org_id = "
                   ":org AND member_id = :member_id AND kind = 'proposals.submitted' AND state = "
                   "'live'",
                   P(member_id)),
               id));
    i64 row = *id;
    TRY(db_run(rq->db,
               SQL("UPDATE entries SET tags = 'similar' WHERE org_id = :org AND id = :row", P(row)),
               NULL));
    return db_run(rq->db,
                  SQL("INSERT INTO likenesses (org_id, source, source_id, other_id, degree, kind, "
                      "found_at) SELECT e.org_id, 'proposals', e.source_id, MIN(o.source_id), 80, "
                      "'similar', 1 FROM entries e JOIN entries o ON o.org_id = e.org_id AND "
                      "o.member_id = e.member_id AND o.kind = e.kind AND o.state = 'live' WHERE "
                      "e.org_id = :org AND e.id = :row GROUP BY e.org_id, e.source_id",
                      P(row)),
                  NULL);
}

static void entries_make(struct world *w)
{
    for (int set = 0; set < SETS; set++) {
        world_make(w, set, entry);
        world_make(w, set, entry_alike);
    }
}

/* A row, and a member's ledger, is its member's and the office's. */
static char entries_own(const struct question *q)
{
    return rules_holds(q, "entries.export") || rules_is_person(q) ? 'o' : 'n';
}

static const struct thing THINGS_OWN[] = {
    { ENTRY_OF, "entry", NULL, false },
    { ENTRY_ALIKE, "entry that is alike", NULL, false },
    { 0 },
};

const struct part PART_OF_ENTRIES = { .name = "entries",
                                      .specimens = SPECIMENS_ENTRIES,
                                      .things = THINGS_OWN,
                                      .make = entries_make,
                                      .own = entries_own };
