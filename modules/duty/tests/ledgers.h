/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Small ledgers written in a line, for tests of rules: "KIND[*QUANTITY][@TAG,TAG][/PEOPLE][#DAY]"
 * separated by blanks. The period is days 1001 to 1365, the one before 636 to 1000, the term began
 * on day 1; an entry without a day is of day 1100. */
#ifndef HT_DUTY_TESTS_LEDGERS_H
#define HT_DUTY_TESTS_LEDGERS_H
#include "modules/duty/score.h"

int ledgers_set_up(void **state); /* *state: an arena; texts are loaded */
int ledgers_tear_down(void **state);

/* A shipped set by its id; a set from its document. Both must be sound. */
const struct ruleset *ledgers_ruleset(struct arena *mem, const char *id);
const struct ruleset *ledgers_read(struct arena *mem, const char *document);

struct score ledgers_score(struct arena *mem, const struct ruleset *set, const char *ledger,
                           const char *tags);
i64 ledgers_points(double points);
#endif
