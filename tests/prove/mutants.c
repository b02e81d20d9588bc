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

void mutant_choose(const char *name)
{
    static char flow[100];
    const char *number = strchr(name, ' ');
    if (!number || (size_t)(number - name) >= sizeof flow)
        abort();
    if (isdigit((unsigned char)*name)) {
        mutant_chosen = (struct mutant){ .site = atoi(name), .says = atoi(number) };
        return;
    }
    snprintf(flow, sizeof flow, "%.*s", (int)(number - name), name);
    mutant_chosen = (struct mutant){ .flow = flow, .row = (size_t)atoi(number) };
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
