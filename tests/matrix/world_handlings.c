/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_handlings.h. Who may: modules/mailbox/README.md, modules/handlings/README.md. */
#include "tests/matrix/world_handlings.h"

#include "modules/mailbox/letter_rules.h"
#include "platform/base/str.h"
#include "tests/matrix/rules.h"

static err letter_make(struct rq *rq, struct world *w, int set, int thing)
{
    struct letter_triage_input sort = { .category = str_of("roads"), .kind = str_of("concern") };
    struct letter_new new = { .kind = str_of("concern"),
                              .lane = str_of("staff"),
                              .body = str_of(set == SET_FOREIGN ? "CANARY-LETTER in a dark lane."
                                                                : "The lane is dark.") };
    TRY(letter_add(rq, &new, &w->thing[set][thing]));
    return flow_move(rq, &LETTERS_FLOW, w->thing[set][thing], "triage", &sort);
}

static err letters_make(struct rq *rq, struct world *w, int set)
{
    struct letter_text_input answer = { .opinion = str_of("It will be mended.") };
    TRY(letter_make(rq, w, set, HANDLING_SORTED));
    TRY(letter_make(rq, w, set, HANDLING_LEAD));
    TRY(letter_make(rq, w, set, HANDLING_ANSWERED));
    return flow_move(rq, &LETTERS_FLOW, w->thing[set][HANDLING_ANSWERED], "answer", &answer);
}

static void handlings_make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, letters_make);
}

static i64 handlings_version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM letters WHERE org_id = :org AND id = :id", P(id)));
}

static const struct thing THINGS_OWN[] = {
    { HANDLING_SORTED, "sorted_letter", NULL, false },
    { HANDLING_ANSWERED, "answered_letter", NULL, false },
    { HANDLING_LEAD, "lead_letter", "lead", false },
    { 0 },
};

const struct part PART_OF_HANDLINGS = { .name = "handlings",
                                        .specimens = SPECIMENS_HANDLINGS,
                                        .things = THINGS_OWN,
                                        .make = handlings_make,
                                        .version = handlings_version };
