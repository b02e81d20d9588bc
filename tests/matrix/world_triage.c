/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_triage.h. Who may: modules/triage/README.md. */
#include "tests/matrix/world_triage.h"

#include "modules/triage/triage_store.h"

static err letter_make(struct rq *rq, struct world *w, int set, int thing)
{
    const char *mark = set == SET_FOREIGN ? "CANARY " : "";
    const struct letter_new in = {
        .kind = str_of("concern"),
        .lane = str_of("staff"),
        .via = str_of("phone"),
        .title = arena_printf(rq->mem, "%sTap %d", mark, thing),
        .body = arena_printf(rq->mem, "%s%s", mark,
                             thing == TRIAGE_WAITING ? "The tap drips day and night."
                                                     : "Nobody sweeps the market square."),
        .place = str_of(""),
        .category = str_of(""),
        .source = str_of(""),
        .source_id = str_of(""),
        .receipt_hash = str_of(""),
        .notice = str_of("1"),
        .quiet = true,
    };
    return letter_add(rq, &in, &w->thing[set][thing]);
}

static err both_make(struct rq *rq, struct world *w, int set)
{
    TRY(letter_make(rq, w, set, TRIAGE_WAITING));
    TRY(letter_make(rq, w, set, TRIAGE_ENDING));
    const struct triage_group g = { .first_id = w->thing[set][TRIAGE_ENDING],
                                    .ending = str_of("spam"),
                                    .ending_text = str_of(""),
                                    .ending_at = rq->now_ms + TRIAGE_UNDO_MS };
    return triage_store_set_ending(rq->db, &g);
}

static void make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, both_make);
}

static i64 version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM letters WHERE org_id = :org AND id = :id", P(id)));
}

static const struct thing THINGS_OWN[] = {
    { TRIAGE_WAITING, "waiting_letter", "waiting", false },
    { TRIAGE_ENDING, "ending_letter", "ending", false },
    { 0 },
};

const struct part PART_OF_TRIAGE = { .name = "triage",
                                     .specimens = SPECIMENS_TRIAGE,
                                     .things = THINGS_OWN,
                                     .make = make,
                                     .version = version };
