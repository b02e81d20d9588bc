/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_talks.h. Whose they are: modules/talks/README.md, "Confidential". */
#include "tests/matrix/world_talks.h"

#include <string.h>

#include "platform/base/str.h"
#include "tests/matrix/rules.h"
#include "tests/matrix/world.h"

static err one(struct rq *rq, struct world *w, int set, int thing)
{
    i64 member_id = w->member[set], person_id = w->person[set];
    i64 held_on = thing == TALK_HELD ? rq->today - 1 : 0, due_on = rq->today + 20;
    str state = str_of(thing == TALK_HELD ? "held" : "asked");
    str kind = str_of(thing == TALK_ASKED ? "caution" : "inquiry");
    str words = str_of(set == SET_FOREIGN ? "CANARY-Absent" : "Absent");
    return db_insert(rq->db,
                     SQL("INSERT INTO talks (org_id, member_id, person_id, state, kind, ground, "
                         "name, words, asker, asked_at, due_on, held_on, answer) VALUES (:org, "
                         ":member_id, :person_id, :state, :kind, 'absence', :words, :words, "
                         "'Office', 1, :due_on, :held_on, :words) RETURNING id",
                         P(member_id), P(person_id), P(state), P(kind), P(words), P(due_on),
                         P(held_on)),
                     &w->thing[set][thing]);
}

static err talks_make(struct rq *rq, struct world *w, int set)
{
    for (int thing = TALK_ASKED; thing <= TALK_HELD; thing++)
        TRY(one(rq, w, set, thing));
    return OK;
}

static void make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, talks_make);
}

static i64 version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM talks WHERE org_id = :org AND id = :id", P(id)));
}

/* Who manages talks sees all; a leader those in which he is named, which is none here; a member his
 * own. */
static char own(const struct question *q)
{
    const char *verb = rules_verb(q);
    if (!rules_holds(q, "talks.manage") && !rules_is_person(q))
        return 'n';
    if (strcmp(verb, "hold") == 0 || strcmp(verb, "drop") == 0)
        return q->thing == TALK_ASKED ? 'o' : 'c';
    if (strcmp(verb, "answer") == 0)
        return q->thing == TALK_INQUIRY ? 'o' : 'c';
    if (strcmp(verb, "correct") == 0 || strcmp(verb, "raise") == 0 || strcmp(verb, "compel") == 0 ||
        strcmp(verb, "revoke") == 0)
        return q->thing == TALK_HELD ? 'o' : 'c';
    return 'o';
}

static const struct thing THINGS_OWN[] = {
    { TALK_ASKED, "asked_talk", NULL, false },
    { TALK_INQUIRY, "asked_inquiry", NULL, false },
    { TALK_HELD, "answered_inquiry", NULL, false },
    { 0 },
};

const struct part PART_OF_TALKS = { .name = "talks",
                                    .specimens = SPECIMENS_TALKS,
                                    .things = THINGS_OWN,
                                    .make = make,
                                    .version = version,
                                    .own = own };
