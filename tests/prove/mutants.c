/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See mutants.h. */
#include "tests/prove/mutants.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "platform/flow/flow.h"

struct mutant mutant_chosen;
void (*mutant_heard)(int site, bool says);

static bool heard[MUTANT_SITES][2];

static void hear(int site, bool says)
{
    heard[site][says] = true;
}

static void heard_write(void)
{
    FILE *f = fopen(getenv("HUOTANG_MUTANTS_HEARD"), "a");
    if (!f)
        abort();
    for (int site = 0; site < MUTANT_SITES; site++)
        for (int says = 0; says < 2; says++)
            if (heard[site][says])
                fprintf(f, "%d %d\n", site, says);
    fclose(f);
}

__attribute__((constructor)) static void choose(void)
{
    char *wish = getenv("HUOTANG_MUTANT"), *number = wish ? strchr(wish, ' ') : NULL;
    if (getenv("HUOTANG_MUTANTS_HEARD")) {
        mutant_heard = hear;
        atexit(heard_write);
    }
    if (!number)
        return;
    if (isdigit((unsigned char)*wish)) {
        mutant_chosen = (struct mutant){ .site = atoi(wish), .says = atoi(number) };
    } else {
        *number++ = 0;
        mutant_chosen = (struct mutant){ .flow = wish, .row = (size_t)atoi(number) };
    }
}

bool mutant(int site, bool says)
{
    if (mutant_heard)
        mutant_heard(site, says);
    return mutant_chosen.site == site ? mutant_chosen.says : says;
}

bool mutant_starts(const struct flow *flow, const struct flow_action *row, bool starts)
{
    return starts || (mutant_chosen.flow && strcmp(mutant_chosen.flow, flow->name) == 0 &&
                      mutant_chosen.row == (size_t)(row - flow->actions));
}
