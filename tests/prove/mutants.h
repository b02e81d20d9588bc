/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Houses with one broken rule, for `./dev prove mutation`. tests/prove/mutation.py writes copies of
 * the rule files below build/mutation in which each condition of a rule is given to mutant(); a
 * test program linked with them is the house as it is until one is chosen. The product is never
 * built so. */
#ifndef HT_TESTS_PROVE_MUTANTS_H
#define HT_TESTS_PROVE_MUTANTS_H
#include <stdbool.h>
#include <stddef.h>

struct flow;
struct flow_action;

enum { MUTANT_SITES = 80100 };

/* The rule that is broken. site: number of a condition, which then always says `says`; 0 = none.
 * flow, row: a row of a flow's table, which then starts from every state; NULL = none. */
struct mutant {
    int site;
    bool says;
    const char *flow;
    size_t row;
};
extern struct mutant mutant_chosen;

/* Chooses by name: "17 1" or "proposals 3". */
void mutant_choose(const char *name);

/* Told of each condition and what it says by itself; NULL = nobody listens. */
extern void (*mutant_heard)(int site, bool says);

/* What the condition says in this house. */
bool mutant(int site, bool says);

/* Whether the row starts from the subject's state in this house. */
bool mutant_starts(const struct flow *flow, const struct flow_action *row, bool starts);
#endif
