/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_cosigners.h. */
#include "tests/matrix/world_cosigners.h"

#include "platform/base/str.h"
#include "tests/matrix/roads.h"
#include "tests/matrix/rules.h"
#include "tests/matrix/world_proposals.h"

enum { STEPS = 8 };

static void list_one(struct road *m, enum duty duty, i64 member_id)
{
    struct world *w = m->w;
    i64 id = w->thing[m->set][m->thing];
    road_ask(m, duty,
             arena_printf(w->t->mem, "/api/v1/proposals/%lld/cosigners/add", (long long)id).ptr,
             arena_printf(w->t->mem, "{\"members\":[%lld]}", (long long)member_id));
}

/* The member asks the one without account; staff, who write for that one, the member. */
static void list_newcomer(struct road *m)
{
    list_one(m, MEMBER_JOB, m->w->newcomer[m->set]);
}

static void list_member(struct road *m)
{
    list_one(m, STAFF_JOB, m->w->member[m->set]);
}

static i64 latest(struct road *m)
{
    return world_number(m->w->t->db, world_org(m->set),
                        SQL("SELECT MAX(id) FROM cosigners WHERE org_id = :org"));
}

static void keep_name(struct road *m)
{
    m->w->thing[m->set][LISTED_NAME] = latest(m);
}

static void invite(struct road *m)
{
    road_on_proposal(m, MEMBER_JOB, "invite", str_of("{}"));
}

/* From here on the thing is the invitation. */
static void invite_transcribed(struct road *m)
{
    road_on_proposal(m, STAFF_JOB, "invite", str_of("{}"));
    m->w->thing[m->set][m->thing] = latest(m);
    m->version = 2;
}

static void decline(struct road *m)
{
    struct world *w = m->w;
    i64 id = w->thing[m->set][m->thing];
    road_ask(m, MEMBER_JOB,
             arena_printf(w->t->mem, "/api/v1/cosigners/%lld/decline", (long long)id).ptr,
             arena_printf(w->t->mem, "{\"opinion\":\"%sNo time.\"}", m->mark));
}

static void endorse(struct road *m)
{
    struct world *w = m->w;
    i64 id = w->thing[m->set][m->thing];
    road_ask(m, MEMBER_JOB,
             arena_printf(w->t->mem, "/api/v1/proposals/%lld/endorse", (long long)id).ptr,
             str_of("{}"));
}

/* By staff in a group's name. */
static void group_draft(struct road *m)
{
    struct world *w = m->w;
    str text = arena_printf(
        w->t->mem,
        "{\"body_name\":\"%sGroup\",\"title\":\"%sTitle %d\",\"situation\":\"On paper.\","
        "\"analysis\":\"It came by post.\",\"suggestions\":[\"Read it.\"],\"consent\":\"yes\"}",
        m->mark, m->mark, m->thing);
    struct test_answer a = road_ask(m, STAFF_JOB, "/api/v1/proposals", text);
    assert_true(str_to_i64(test_json(w->t, &a, "id"), &w->thing[m->set][m->thing]));
}

static void name_one(struct road *m, i64 member_id)
{
    struct world *w = m->w;
    i64 id = w->thing[m->set][m->thing];
    road_ask(m, STAFF_JOB,
             arena_printf(w->t->mem, "/api/v1/proposals/%lld/drafters/add", (long long)id).ptr,
             arena_printf(w->t->mem, "{\"members\":[%lld]}", (long long)member_id));
}

static void name_newcomer(struct road *m)
{
    name_one(m, m->w->newcomer[m->set]);
}

static void name_member(struct road *m)
{
    name_one(m, m->w->member[m->set]);
}

static void keep_drafter(struct road *m)
{
    m->w->thing[m->set][GROUP_DRAFTER] =
        world_number(m->w->t->db, world_org(m->set),
                     SQL("SELECT MAX(id) FROM drafters WHERE org_id = :org"));
}

static const struct {
    int thing;
    road_step *steps[STEPS]; /* ended by NULL */
} ROADS[] = {
    { LISTED, { road_draft, list_newcomer, keep_name } },
    { COSIGNING, { road_draft, list_newcomer, invite } },
    { INVITED, { road_transcribe, list_member, invite_transcribed } },
    { DECLINED, { road_transcribe, list_member, invite_transcribed, decline } },
    { ENDORSABLE, { road_transcribe, road_submit_transcribed, road_docket } },
    { ENDORSED, { road_transcribe, road_submit_transcribed, road_docket, endorse } },
    { GROUP_DRAFT, { group_draft, name_newcomer, name_member, keep_drafter } },
    { GROUP_SENT, { group_draft, name_member, road_submit_transcribed } },
};

static void cosigners_make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        for (size_t i = 0; i < sizeof ROADS / sizeof *ROADS; i++)
            road_walk(w, set, ROADS[i].thing, ROADS[i].steps);
}

static bool is_proposal(int thing)
{
    return thing != LISTED_NAME && thing != INVITED && thing != DECLINED && thing != GROUP_DRAFTER;
}

static i64 cosigners_version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(
        w->t->db, world_org(set),
        is_proposal(thing)
            ? SQL("SELECT version FROM proposals WHERE org_id = :org AND id = :id", P(id))
            : SQL("SELECT version FROM cosigners WHERE org_id = :org AND id = :id", P(id)));
}

/* His own; staff what waits for an answer, to write it down. */
static char invitation_own(const struct question *q)
{
    bool writes = strcmp(WHO[q->who].role, "staff") == 0;
    bool answers = strcmp(rules_verb(q), "cosign") == 0 || strcmp(rules_verb(q), "decline") == 0;
    if (!rules_is_person(q) && !(writes && q->thing == INVITED))
        return 'n';
    return answers && q->thing == DECLINED ? 'c' : 'o';
}

/* Names are the lead's, in the draft; afterwards he may look. */
static char names_own(const struct question *q)
{
    bool draft = q->thing == DRAFT || q->thing == LISTED;
    if (!rules_sees_proposal(q))
        return 'n';
    if (!rules_is_person(q))
        return 'f';
    return draft || q->entry->route.method == GET ? 'o' : 'c';
}

/* Another's, that is on the list: whoever serves. */
static char endorse_own(const struct question *q)
{
    bool own = q->thing == DOCKETED && rules_is_person(q);
    return !rules_sees_proposal(q) ? 'n' : own ? 'f' : 'o';
}

/* Who wrote a collective one: staff, who wrote the draft; of what is handed in any of them, with a
 * reason. Who took part reads it then, and names nobody. Of a member's own there is nothing. */
static char drafters_own(const struct question *q)
{
    bool staff = strcmp(WHO[q->who].role, "staff") == 0;
    if (q->thing == GROUP_DRAFT)
        return staff ? 'o' : 'n';
    if (q->thing == GROUP_SENT)
        return staff ? 'o' : rules_is_person(q) ? 'f' : 'n';
    return rules_sees_proposal(q) ? 'c' : 'n';
}

static char cosigners_own(const struct question *q)
{
    if (strstr(q->entry->route.path, "drafters"))
        return drafters_own(q);
    if (!is_proposal(q->thing))
        return invitation_own(q);
    return strstr(q->entry->route.path, "endorse") ? endorse_own(q) : names_own(q);
}

static const struct thing THINGS_OWN[] = {
    { LISTED, "listed", NULL, false },
    { LISTED_NAME, "listed_name", "listed_name", false },
    { COSIGNING, "cosigning", NULL, false },
    { INVITED, "invited", NULL, false },
    { DECLINED, "declined", NULL, false },
    { ENDORSABLE, "endorsable", NULL, false },
    { ENDORSED, "endorsed", NULL, false },
    { GROUP_DRAFT, "group_draft", NULL, false },
    { GROUP_DRAFTER, "group_drafter", "group_drafter", false },
    { GROUP_SENT, "group_sent", NULL, false },
    { 0 },
};

const struct part PART_OF_COSIGNERS = { .name = "cosigners",
                                        .specimens = SPECIMENS_COSIGNERS,
                                        .things = THINGS_OWN,
                                        .make = cosigners_make,
                                        .version = cosigners_version,
                                        .own = cosigners_own };
