/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_duty.h. Whose they are: modules/duty/README.md, "Who may". */
#include "tests/matrix/world_duty.h"

#include <string.h>

#include "platform/base/str.h"
#include "tests/matrix/rules.h"

enum { BEGUN_DAYS = 400, COMING_DAYS = 800, APART = 10 };

static err one(struct rq *rq, struct world *w, int set, int thing)
{
    i64 from_on = thing == RULESET_BEGUN    ? rq->today - BEGUN_DAYS - APART * set
                  : thing == RULESET_COMING ? rq->today + COMING_DAYS + APART * set
                                            : 0;
    str name = str_of(set == SET_FOREIGN ? "CANARY-Rules" : "Rules of the year");
    str state = str_of(thing == RULESET_DRAFT ? "draft" : "enacted");
    str document = arena_printf(rq->mem,
                                "{\"id\":\"a\",\"name\":\"%.*s\",\"gates\":[{\"text\":\"Talk\","
                                "\"counts\":[\"lecture.given\"]}]}",
                                (int)name.len, name.ptr);
    return db_insert(rq->db,
                     SQL("INSERT INTO rulesets (org_id, name, document, state, from_on, edited_at, "
                         "editor_name) VALUES (:org, :name, :document, :state, :from_on, 1, 'She') "
                         "RETURNING id",
                         P(name), P(document), P(state), P(from_on)),
                     &w->thing[set][thing]);
}

static err rulesets(struct rq *rq, struct world *w, int set)
{
    TRY(one(rq, w, set, RULESET_DRAFT));
    TRY(one(rq, w, set, RULESET_COMING));
    return one(rq, w, set, RULESET_BEGUN);
}

static void duty_make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, rulesets);
}

static i64 duty_version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM rulesets WHERE org_id = :org AND id = :id",
                            P(id)));
}

/* Drafts are the office's; what is enacted is not edited; what has begun is not recalled, and only
 * what holds today is retired: the second set's ended when the first's began. */
static char duty_own(const struct question *q)
{
    const char *verb = rules_verb(q);
    bool edits = strcmp(verb, "edit") == 0 || q->entry->route.method == PUT;
    if (q->thing == RULESET_DRAFT)
        return rules_holds(q, "rulesets.manage") ? 'o' : 'n';
    if (edits || (strcmp(verb, "recall") == 0 && q->thing == RULESET_BEGUN))
        return 'c';
    if (strcmp(verb, "retire") == 0)
        return q->thing == RULESET_BEGUN && q->set != SET_SECOND ? 'o' : 'c';
    return 'o';
}

static const struct thing THINGS_OWN[] = {
    { RULESET_DRAFT, "draft", NULL, false },
    { RULESET_COMING, "coming", "ruleset", false },
    { RULESET_BEGUN, "begun", "ruled", false },
    { 0 },
};

const struct part PART_OF_DUTY = { .name = "duty",
                                   .specimens = SPECIMENS_DUTY,
                                   .things = THINGS_OWN,
                                   .make = duty_make,
                                   .version = duty_version,
                                   .own = duty_own };
