/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_claims.h. Whose they are: modules/claims/README.md, "Who may". */
#include "tests/matrix/world_claims.h"

#include "platform/base/str.h"
#include "tests/matrix/rules.h"
#include "tests/matrix/world_opinions.h"

static const struct {
    int thing;
    const char *state;
} HERE[] = { { CLAIM_SENT, "submitted" },
             { CLAIM_BACK, "revising" },
             { CLAIM_APPROVED, "approved" } };

static err claim(struct rq *rq, struct world *w, int set, size_t which)
{
    i64 *id = &w->thing[set][HERE[which].thing];
    i64 member_id = w->member[set], person_id = w->person[set], day = rq->today - 9;
    str title = str_of(set == SET_FOREIGN ? "CANARY-Talk" : "Talk at school");
    str state = str_of(HERE[which].state);
    TRY(db_insert(rq->db,
                  SQL("INSERT INTO claims (org_id, state, member_id, person_id, kind, label, "
                      "happened_on, quantity, people, names, title, text, filed_at, filer_name) "
                      "VALUES (:org, :state, :member_id, :person_id, 'welfare.attended', "
                      "'Welfare', :day, 1, 1, 'He', :title, '', 1, 'He') RETURNING id",
                      P(state), P(member_id), P(person_id), P(day), P(title)),
                  id));
    i64 claim_id = *id, none;
    return db_insert(rq->db,
                     SQL("INSERT INTO claimants (org_id, claim_id, member_id, person_id, name) "
                         "VALUES (:org, :claim_id, :member_id, :person_id, 'He') RETURNING id",
                         P(claim_id), P(member_id), P(person_id)),
                     &none);
}

/* The bytes are those of an opinion's file. */
static err evidence(struct rq *rq, struct world *w, int set)
{
    i64 id = w->thing[set][CLAIM_SENT], file = w->attachment[set][OPINION_FILED];
    return db_insert(
        rq->db,
        SQL("INSERT INTO attachments (org_id, owner, owner_id, name, type, sha256, "
            "size_bytes, uploaded_at, uploaded_by, account_id) SELECT org_id, 'claims', :id, "
            "name, type, sha256, size_bytes, uploaded_at, '', 1 FROM "
            "attachments WHERE org_id = :org AND id = :file RETURNING id",
            P(id), P(file)),
        &w->attachment[set][CLAIM_SENT]);
}

static err appeal(struct rq *rq, struct world *w, int set)
{
    i64 member_id = w->member[set], person_id = w->person[set], day = rq->today - 8;
    str text = str_of(set == SET_FOREIGN ? "CANARY-There" : "I was there.");
    return db_insert(rq->db,
                     SQL("INSERT INTO appeals (org_id, state, member_id, person_id, name, "
                         "entry_id, label, happened_on, text, asked_at) VALUES (:org, 'asked', "
                         ":member_id, :person_id, 'He', 0, 'Missing', :day, :text, 1) RETURNING id",
                         P(member_id), P(person_id), P(day), P(text)),
                     &w->thing[set][APPEAL_ASKED]);
}

static err all(struct rq *rq, struct world *w, int set)
{
    for (size_t i = 0; i < sizeof HERE / sizeof *HERE; i++)
        TRY(claim(rq, w, set, i));
    TRY(evidence(rq, w, set));
    return appeal(rq, w, set);
}

static void claims_make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, all);
}

static i64 claims_version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(
        w->t->db, world_org(set),
        thing == APPEAL_ASKED
            ? SQL("SELECT version FROM appeals WHERE org_id = :org AND id = :id", P(id))
            : SQL("SELECT version FROM claims WHERE org_id = :org AND id = :id", P(id)));
}

/* The office's, and the member's whose it is. */
static char claims_own(const struct question *q)
{
    bool office = rules_holds(q, "entries.export");
    return office || rules_is_person(q) ? 'o' : 'n';
}

static const struct thing THINGS_OWN[] = {
    { CLAIM_SENT, "sent_claim", NULL, false },
    { CLAIM_BACK, "returned_claim", NULL, false },
    { CLAIM_APPROVED, "approved_claim", NULL, false },
    { APPEAL_ASKED, "open_appeal", NULL, false },
    { 0 },
};

const struct part PART_OF_CLAIMS = { .name = "claims",
                                     .specimens = SPECIMENS_CLAIMS,
                                     .things = THINGS_OWN,
                                     .make = claims_make,
                                     .version = claims_version,
                                     .own = claims_own };
