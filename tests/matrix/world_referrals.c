/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_referrals.h. Whose they are: modules/referrals/README.md. */
#include "tests/matrix/world_referrals.h"

#include "platform/base/str.h"
#include "tests/matrix/roads.h"
#include "tests/matrix/rules.h"

/* From here on the thing is the referral. */
static void refer(struct road *m)
{
    struct world *w = m->w;
    str path = arena_printf(w->t->mem, "/api/v1/proposals/%lld/referrals",
                            (long long)w->thing[m->set][m->thing]);
    road_ask(m, REVIEWER_JOB, path.ptr,
             arena_printf(w->t->mem, "{\"agency_id\":%lld,\"remark\":\"%sSee.\"}",
                          (long long)w->agency[m->set], m->mark));
    w->thing[m->set][m->thing] =
        world_number(w->t->db, world_org(m->set),
                     SQL("SELECT MAX(id) FROM referrals WHERE org_id = :org"));
}

static void referrals_make(struct world *w)
{
    static road_step *const PASSED[] = { road_draft, road_submit, road_reject, refer, NULL };
    static road_step *const REFUSED[] = { road_draft, road_submit, road_reject, NULL };
    for (int set = 0; set < SETS; set++) {
        road_walk(w, set, REFERRAL, PASSED);
        road_walk(w, set, REFERABLE, REFUSED);
    }
}

static i64 referrals_version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    if (thing == REFERABLE)
        return world_number(w->t->db, world_org(set),
                            SQL("SELECT version FROM proposals WHERE org_id = :org AND id = :id",
                                P(id)));
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM referrals WHERE org_id = :org AND id = :id",
                            P(id)));
}

/* The office, and the body that it was passed to. */
static char referrals_own(const struct question *q)
{
    return WHO[q->who].scope == SCOPE_ORG || (q->thing == REFERRAL && rules_is_agency(q)) ? 'o'
                                                                                          : 'n';
}

static const struct thing THINGS_OWN[] = {
    { REFERRAL, "referral", NULL, false },
    { REFERABLE, "refused", NULL, false },
    { 0 },
};

const struct part PART_OF_REFERRALS = { .name = "referrals",
                                        .specimens = SPECIMENS_REFERRALS,
                                        .things = THINGS_OWN,
                                        .make = referrals_make,
                                        .version = referrals_version,
                                        .own = referrals_own };
