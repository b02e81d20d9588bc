/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_nominations.h. Whose they are: modules/nominations/README.md. */
#include "tests/matrix/world_nominations.h"

#include "modules/members/member.h"
#include "platform/base/str.h"
#include "tests/matrix/rules.h"
#include "tests/matrix/world.h"

/* Yesterday and today. */
static err meeting(struct rq *rq, i64 *id)
{
    i64 from_on = rq->today - 1, to_on = rq->today;
    return db_insert(rq->db,
                     SQL("INSERT INTO meetings (org_id, state, kind, title, organiser, "
                         "organiser_name, mandatory, places, from_on, from_half, to_on, to_half, "
                         "hour, place, answer_on, agenda, audience, audience_name) VALUES (:org, "
                         "'draft', 'standing', 'Standing', 'office', '', 1, 0, :from_on, "
                         "'morning', :to_on, 'morning', '', 'Hall', 0, '', '', '') RETURNING id",
                         P(from_on), P(to_on)),
                     id);
}

static err voter(struct rq *rq, int set)
{
    struct member_record record = {
        .name = arena_printf(rq->mem, "%s-%d", set == SET_FOREIGN ? "CANARY-Voter" : "Voter", set),
        .sector = str_of(WORLD_SECTORS[set]),
        .birth_on = BIRTH_UNKNOWN,
        .from_on = rq->today - 700,
        .term_number = 6
    };
    i64 id;
    char result;
    TRY(member_save_record(rq, &record, &id, &result));
    return db_run(rq->db,
                  SQL("INSERT INTO tenures (org_id, person_id, post, body, body_id, from_on) "
                      "SELECT m.org_id, m.person_id, 'standing_member', 'cppcc', 1, 1 FROM members "
                      "m WHERE m.org_id = :org AND m.id = :id",
                      P(id)),
                  NULL);
}

static err nominee(struct rq *rq, struct world *w, int set, int thing, const char *in_state)
{
    str state = str_of(in_state);
    i64 sector_id = w->sector[set], day = rq->today - 9;
    i64 meeting_id = thing < NOMINATION_LISTED ? 0 : w->thing[set][NOMINATION_MEETING];
    i64 member_id = thing == NOMINATION_APPOINTED ? w->newcomer[set] : 0;
    str name = arena_printf(rq->mem, "%s %d", set == SET_FOREIGN ? "CANARY-Nominee" : "Nominee",
                            thing * SETS + set);
    return db_insert(
        rq->db,
        SQL("INSERT INTO nominations (org_id, state, kind, nominator_kind, nominator, "
            "nominated_on, member_id, name, gender, birth_on, party, employer, sector_id, ground, "
            "checked_on, meeting_id, meeting_title, voted_on) VALUES (:org, :state, 'augment', "
            "'party', 'League', :day, :member_id, :name, 'male', 100, 'cdl', 'School', "
            ":sector_id, 'clear', :day, :meeting_id, 'Standing', :day) RETURNING id",
            P(state), P(day), P(member_id), P(name), P(sector_id), P(meeting_id)),
        &w->thing[set][thing]);
}

static err all(struct rq *rq, struct world *w, int set)
{
    w->thing[set][NOMINATION_SECTOR] = w->sector[set];
    TRY(voter(rq, set));
    TRY(meeting(rq, &w->thing[set][NOMINATION_MEETING]));
    TRY(nominee(rq, w, set, NOMINATION_NAMED, "nominated"));
    TRY(nominee(rq, w, set, NOMINATION_CANDIDATE, "candidate"));
    TRY(nominee(rq, w, set, NOMINATION_LISTED, "listed"));
    return nominee(rq, w, set, NOMINATION_APPOINTED, "appointed");
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
                        SQL("SELECT version FROM nominations WHERE org_id = :org AND id = :id",
                            P(id)));
}

/* The house's: by the state alone. */
static char own(const struct question *q)
{
    static const struct {
        const char *verb;
        int things[4];
    } STEPS[] = {
        { "edit", { NOMINATION_NAMED } },
        { "propose", { NOMINATION_NAMED } },
        { "list", { NOMINATION_CANDIDATE } },
        { "recheck", { NOMINATION_CANDIDATE } },
        { "vote", { NOMINATION_LISTED } },
        { "unlist", { NOMINATION_LISTED } },
        { "certify", { NOMINATION_APPOINTED } },
        { "decline", { NOMINATION_NAMED, NOMINATION_CANDIDATE } },
        { "withdraw", { NOMINATION_NAMED, NOMINATION_CANDIDATE, NOMINATION_LISTED } },
    };
    const char *verb = q->entry->route.method == PUT ? "edit" : rules_verb(q);
    for (size_t i = 0; i < sizeof STEPS / sizeof *STEPS; i++) {
        if (strcmp(verb, STEPS[i].verb) != 0)
            continue;
        for (size_t k = 0; k < 4 && STEPS[i].things[k]; k++)
            if (STEPS[i].things[k] == q->thing)
                return 'o';
        return 'c';
    }
    return 'o';
}

static const struct thing THINGS_OWN[] = {
    { NOMINATION_NAMED, "named_nomination", NULL, false },
    { NOMINATION_CANDIDATE, "candidate_nomination", NULL, false },
    { NOMINATION_LISTED, "listed_nomination", NULL, false },
    { NOMINATION_APPOINTED, "appointed_nomination", NULL, false },
    { NOMINATION_MEETING, "standing_meeting", "standing_meeting", false },
    { NOMINATION_SECTOR, "nominee_sector", "nominee_sector", false },
    { 0 },
};

const struct part PART_OF_NOMINATIONS = { .name = "nominations",
                                          .specimens = SPECIMENS_NOMINATIONS,
                                          .things = THINGS_OWN,
                                          .make = make,
                                          .version = version,
                                          .own = own };
