/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See parts.h. The small list that joins the parts. */
#include "tests/matrix/parts.h"

#include <string.h>

extern const struct part PART_OF_ORGS, PART_OF_MEMBERS, PART_OF_ACCOUNTS, PART_OF_PLATFORM;
extern const struct part PART_OF_PROPOSALS, PART_OF_ASSIGNMENTS;
extern const struct part PART_OF_DRAFTS, PART_OF_CALLS;
extern const struct part PART_OF_COSIGNERS;
extern const struct part PART_OF_RECEIPTS, PART_OF_DESKS, PART_OF_COMPENDIUM;
extern const struct part PART_OF_DISPUTES, PART_OF_DUTY, PART_OF_REFERRALS;
extern const struct part PART_OF_MERGERS;
extern const struct part PART_OF_GUESSES;
extern const struct part PART_OF_TRIAGE;
extern const struct part PART_OF_PREASSIGNMENTS;
extern const struct part PART_OF_BOARDS;
extern const struct part PART_OF_OUTCOMES;
extern const struct part PART_OF_URGINGS;
extern const struct part PART_OF_PUBLICATIONS;
extern const struct part PART_OF_FLAGSHIPS;
extern const struct part PART_OF_OPINIONS, PART_OF_BULLETINS, PART_OF_RECASTS;
extern const struct part PART_OF_MAILBOX;
extern const struct part PART_OF_HANDLINGS;
extern const struct part PART_OF_CLUSTERS, PART_OF_TOPICS;
extern const struct part PART_OF_DASHBOARDS, PART_OF_TRANSFERS;
extern const struct part PART_OF_QUOTAS, PART_OF_COMMISSIONS;
extern const struct part PART_OF_ENTRIES, PART_OF_CLAIMS, PART_OF_SPEECHES;
extern const struct part PART_OF_BURDENS;
extern const struct part PART_OF_SCHEMES, PART_OF_SEATINGS, PART_OF_PROVISIONS;
extern const struct part PART_OF_PLENARIES;
extern const struct part PART_OF_PERSONAL;
extern const struct part PART_OF_RETENTION;
extern const struct part PART_OF_PLEDGES;
extern const struct part PART_OF_SCORES, PART_OF_ASSESSMENTS;
extern const struct part PART_OF_STATEMENTS;
extern const struct part PART_OF_DOSSIERS;
extern const struct part PART_OF_DEPARTURES, PART_OF_MEETINGS, PART_OF_NOTICES;
extern const struct part PART_OF_NOMINATIONS, PART_OF_RENEWALS;
extern const struct part PART_OF_EXEMPTIONS, PART_OF_TALKS, PART_OF_WARNINGS;
extern const struct part PART_OF_PORTAL;
extern const struct part PART_OF_PRESETS;

static const struct part *const PARTS[PARTS_END] = {
    [PART_ORGS] = &PART_OF_ORGS,
    [PART_MEMBERS] = &PART_OF_MEMBERS,
    [PART_ACCOUNTS] = &PART_OF_ACCOUNTS,
    [PART_PLATFORM] = &PART_OF_PLATFORM,
    [PART_PROPOSALS] = &PART_OF_PROPOSALS,
    [PART_DRAFTS] = &PART_OF_DRAFTS,
    [PART_CALLS] = &PART_OF_CALLS,
    [PART_ASSIGNMENTS] = &PART_OF_ASSIGNMENTS,
    [PART_COSIGNERS] = &PART_OF_COSIGNERS,
    [PART_RECEIPTS] = &PART_OF_RECEIPTS,
    [PART_DESKS] = &PART_OF_DESKS,
    [PART_DISPUTES] = &PART_OF_DISPUTES,
    [PART_REFERRALS] = &PART_OF_REFERRALS,
    [PART_MERGERS] = &PART_OF_MERGERS,
    [PART_GUESSES] = &PART_OF_GUESSES,
    [PART_TRIAGE] = &PART_OF_TRIAGE,
    [PART_PREASSIGNMENTS] = &PART_OF_PREASSIGNMENTS,
    [PART_BOARDS] = &PART_OF_BOARDS,
    [PART_OUTCOMES] = &PART_OF_OUTCOMES,
    [PART_URGINGS] = &PART_OF_URGINGS,
    [PART_PUBLICATIONS] = &PART_OF_PUBLICATIONS,
    [PART_FLAGSHIPS] = &PART_OF_FLAGSHIPS,
    [PART_OPINIONS] = &PART_OF_OPINIONS,
    [PART_RECASTS] = &PART_OF_RECASTS,
    [PART_COMMISSIONS] = &PART_OF_COMMISSIONS,
    [PART_MEETINGS] = &PART_OF_MEETINGS,
    [PART_SCHEMES] = &PART_OF_SCHEMES,
    [PART_SEATINGS] = &PART_OF_SEATINGS,
    [PART_PROVISIONS] = &PART_OF_PROVISIONS,
    [PART_DEPARTURES] = &PART_OF_DEPARTURES,
    [PART_TALKS] = &PART_OF_TALKS,
    [PART_EXEMPTIONS] = &PART_OF_EXEMPTIONS,
    [PART_NOMINATIONS] = &PART_OF_NOMINATIONS,
    [PART_RENEWALS] = &PART_OF_RENEWALS,
    [PART_MAILBOX] = &PART_OF_MAILBOX,
    [PART_HANDLINGS] = &PART_OF_HANDLINGS,
    [PART_CLUSTERS] = &PART_OF_CLUSTERS,
    [PART_TOPICS] = &PART_OF_TOPICS,
    [PART_BULLETINS] = &PART_OF_BULLETINS,
    [PART_COMPENDIUM] = &PART_OF_COMPENDIUM,
    [PART_DASHBOARDS] = &PART_OF_DASHBOARDS,
    [PART_QUOTAS] = &PART_OF_QUOTAS,
    [PART_DUTY] = &PART_OF_DUTY,
    [PART_ENTRIES] = &PART_OF_ENTRIES,
    [PART_CLAIMS] = &PART_OF_CLAIMS,
    [PART_SPEECHES] = &PART_OF_SPEECHES,
    [PART_PLENARIES] = &PART_OF_PLENARIES,
    [PART_BURDENS] = &PART_OF_BURDENS,
    [PART_SCORES] = &PART_OF_SCORES,
    [PART_PERSONAL] = &PART_OF_PERSONAL,
    [PART_RETENTION] = &PART_OF_RETENTION,
    [PART_PLEDGES] = &PART_OF_PLEDGES,
    [PART_ASSESSMENTS] = &PART_OF_ASSESSMENTS,
    [PART_WARNINGS] = &PART_OF_WARNINGS,
    [PART_STATEMENTS] = &PART_OF_STATEMENTS,
    [PART_DOSSIERS] = &PART_OF_DOSSIERS,
    [PART_TRANSFERS] = &PART_OF_TRANSFERS,
    [PART_NOTICES] = &PART_OF_NOTICES,
    [PART_PRESETS] = &PART_OF_PRESETS,
    [PART_PORTAL] = &PART_OF_PORTAL,
};

const struct part *part_at(int place)
{
    return PARTS[place];
}

const struct part *part_of_thing(int thing)
{
    return PARTS[thing / THINGS_EACH];
}

const struct thing *thing_of(int thing)
{
    static const struct thing NOTHING = { THING_NONE, "-", NULL, true };
    const struct thing *t = thing ? part_of_thing(thing)->things : &NOTHING;
    while (t->thing != thing)
        t++;
    return t;
}

int thing_of_word(const char *word, size_t len)
{
    for (int place = PART_NONE + 1; place < PARTS_END; place++)
        for (const struct thing *t = PARTS[place]->things; t && t->name; t++)
            if (t->word && strlen(t->word) == len && memcmp(t->word, word, len) == 0)
                return t->thing;
    return THING_NONE;
}
