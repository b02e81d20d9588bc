/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_publications.h. Whose they are: modules/publications/README.md. */
#include "tests/matrix/world_publications.h"

#include "platform/base/str.h"
#include "tests/matrix/roads.h"
#include "tests/matrix/rules.h"
#include "tests/matrix/world_proposals.h"

static bool is_proposal(int thing)
{
    return thing == JOINT || thing == OBJECTED || thing == DOCKETED;
}

/* ---- roads ---- */

/* From here on the thing is the publication; the letter of its reply is its file. */
static void take_copy(struct road *m)
{
    struct world *w = m->w;
    i64 assignment = w->assignment[m->set][m->thing];
    w->attachment[m->set][m->thing] = assignment ? assignment : 1;
    w->thing[m->set][m->thing] =
        world_number(w->t->db, world_org(m->set),
                     SQL("SELECT MAX(id) FROM publications WHERE org_id = :org"));
}

static void on_copy(struct road *m, const char *verb, str json)
{
    i64 id = m->w->thing[m->set][m->thing];
    m->version =
        world_number(m->w->t->db, world_org(m->set),
                     SQL("SELECT version FROM publications WHERE org_id = :org AND id = :id",
                         P(id)));
    road_ask(m, STAFF_JOB,
             arena_printf(m->w->t->mem, "/api/v1/publications/%lld/%s", (long long)id, verb).ptr,
             json);
}

static void publish(struct road *m)
{
    on_copy(m, "publish", str_of("{\"checked\":true}"));
}

static void retract(struct road *m)
{
    on_copy(m, "retract", arena_printf(m->w->t->mem, "{\"opinion\":\"%sA mistake.\"}", m->mark));
}

static str below(struct road *m, const char *what)
{
    return arena_printf(m->w->t->mem, "/api/v1/proposals/%lld/%s",
                        (long long)m->w->thing[m->set][m->thing], what);
}

static void sign_together(struct road *m)
{
    struct world *w = m->w;
    road_ask(m, STAFF_JOB, below(m, "cosigners/add").ptr,
             arena_printf(w->t->mem, "{\"members\":[%lld]}", (long long)w->member[m->set]));
    road_on_proposal(m, STAFF_JOB, "invite", str_of("{}"));
    i64 invitation = world_number(w->t->db, world_org(m->set),
                                  SQL("SELECT MAX(id) FROM cosigners WHERE org_id = :org"));
    m->version = 2;
    road_ask(m, MEMBER_JOB,
             arena_printf(w->t->mem, "/api/v1/cosigners/%lld/cosign", (long long)invitation).ptr,
             str_of("{}"));
}

static void object(struct road *m)
{
    road_ask(m, MEMBER_JOB, below(m, "publication/object").ptr, str_of("{}"));
}

static const struct {
    int thing;
    road_step *steps[12]; /* ended by NULL */
} ROADS[] = {
    { COPY_PREPARED, { road_draft, road_submit, road_docket, take_copy } },
    { COPY_PUBLISHED,
      { road_draft, road_submit, road_docket, road_assign, road_accept, road_contact, road_reply,
        road_sign, take_copy, publish } },
    { COPY_RETRACTED, { road_draft, road_submit, road_docket, take_copy, publish, retract } },
    { JOINT, { road_transcribe, sign_together, road_docket } },
    { OBJECTED, { road_transcribe, sign_together, road_docket, object } },
};

static void publications_make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        for (size_t i = 0; i < sizeof ROADS / sizeof *ROADS; i++)
            road_walk(w, set, ROADS[i].thing, ROADS[i].steps);
}

static i64 publications_version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(
        w->t->db, world_org(set),
        is_proposal(thing)
            ? SQL("SELECT version FROM proposals WHERE org_id = :org AND id = :id", P(id))
            : SQL("SELECT version FROM publications WHERE org_id = :org AND id = :id", P(id)));
}

/* ---- whose ---- */

/* Nobody asks within the house's own organisation; what is published is everybody's there. */
static char publications_first(const struct question *q)
{
    if (q->who != NOBODY || thing_of(q->thing)->common)
        return 0;
    return q->set != SET_FOREIGN && q->thing == COPY_PUBLISHED ? 'o' : 'n';
}

/* Signers beside the lead object; a publisher works with the copy and reads no proposal. */
static char proposal_own(const struct question *q)
{
    if (!rules_holds(q, "proposals.read") || !rules_sees_proposal(q))
        return 'n';
    if (rules_is_under(q, "publications.manage"))
        return 'o';
    return rules_is_person(q) && q->thing != DOCKETED ? 'o' : 'f';
}

static char publications_own(const struct question *q)
{
    if (is_proposal(q->thing))
        return proposal_own(q);
    if (!rules_is_under(q, PUBLIC) || q->thing == COPY_PUBLISHED)
        return 'o';
    bool page = strcmp(q->entry->route.path, "/publications/{id}") == 0;
    return page && rules_holds(q, "publications.manage") ? 'o' : 'n'; /* led to the edit page */
}

static const struct thing THINGS_OWN[] = {
    { COPY_PREPARED, "prepared", NULL, false },   { COPY_PUBLISHED, "published", NULL, false },
    { COPY_RETRACTED, "retracted", NULL, false }, { JOINT, "joint", NULL, false },
    { OBJECTED, "objected", NULL, false },        { 0 },
};

const struct part PART_OF_PUBLICATIONS = { .name = "publications",
                                           .specimens = SPECIMENS_PUBLICATIONS,
                                           .things = THINGS_OWN,
                                           .make = publications_make,
                                           .version = publications_version,
                                           .first = publications_first,
                                           .own = publications_own };
