/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The parts of the matrix, one a module: what its routes take (specimens_<module>.c), what of it
 * is in the world (world_<module>.c), whose that is (rules_<module>.c) and the reviewed answers
 * (expected/<module>.tsv). A new module adds these files, a line here and two in parts.c. */
#ifndef HT_TESTS_MATRIX_PARTS_H
#define HT_TESTS_MATRIX_PARTS_H
#include <stdbool.h>

#include "platform/base/types.h"

struct question;
struct specimen;
struct world;

/* In the order in which they are set up; a part may use what those before it have made. */
enum part_place {
    PART_NONE,
    PART_ORGS,
    PART_MEMBERS,
    PART_ACCOUNTS,
    PART_PLATFORM,
    PART_PROPOSALS,
    PART_DRAFTS,
    PART_CALLS,
    PART_ASSIGNMENTS,
    PART_COSIGNERS,
    PART_RECEIPTS,
    PART_DESKS,
    PART_DISPUTES,
    PART_REFERRALS,
    PART_MERGERS,
    PART_GUESSES,
    PART_PREASSIGNMENTS,
    PART_BOARDS,
    PART_OUTCOMES,
    PART_URGINGS,
    PART_PUBLICATIONS,
    PART_FLAGSHIPS,
    PART_OPINIONS,
    PART_RECASTS,
    PART_COMMISSIONS,
    PART_MEETINGS,
    PART_SCHEMES,
    PART_SEATINGS,
    PART_PROVISIONS,
    PART_DEPARTURES,
    PART_TALKS,
    PART_EXEMPTIONS,
    PART_NOMINATIONS,
    PART_RENEWALS,
    PART_MAILBOX,
    PART_TRIAGE,
    PART_HANDLINGS,
    PART_CLUSTERS,
    PART_TOPICS,
    PART_BULLETINS,
    PART_COMPENDIUM,
    PART_DASHBOARDS,
    PART_QUOTAS,
    PART_DUTY,
    PART_ENTRIES,
    PART_CLAIMS,
    PART_SPEECHES,
    PART_PLENARIES,
    PART_BURDENS,
    PART_SCORES,
    PART_PERSONAL,
    PART_RETENTION,
    PART_PLEDGES,
    PART_ASSESSMENTS,
    PART_WARNINGS,
    PART_STATEMENTS,
    PART_DOSSIERS,
    PART_TRANSFERS,
    PART_NOTICES,
    PART_PRESETS,
    PART_PORTAL,
    PARTS_END
};

/* Things of a set that a {id} of a route can name have numbers: a block of THINGS_EACH for each
 * part, from its place * THINGS_EACH on (enum in world_<module>.h), so that nobody's move
 * another's. */
enum { THING_NONE = 0, THINGS_EACH = 64, THINGS = PARTS_END * THINGS_EACH };

/* name: in tables. word: "$word" in a body is the thing's number; NULL = none. common: of no
 * organisation, or its number is one in each. */
struct thing {
    int thing;
    const char *name, *word;
    bool common;
};

/* specimens, things: end with a zero row; things may be NULL. make: sets the part up, with
 * world_make or by requests; stops the program when it fails. version: of a thing of the part, for
 * "$version" and steps of flows. The rules, each NULL = nothing of its own: first, a class that is
 * so whatever the thing is, 0 = go on; own, the class for a thing of the asker's organisation. */
struct part {
    const char *name; /* of the module */
    const struct specimen *specimens;
    const struct thing *things;
    void (*make)(struct world *w);
    i64 (*version)(struct world *w, int set, int thing);
    char (*first)(const struct question *q);
    char (*own)(const struct question *q);
};

/* The part at a place, PART_NONE < place < PARTS_END. */
const struct part *part_at(int place);

/* The part to which a thing belongs. */
const struct part *part_of_thing(int thing);

/* What is declared of a thing. */
const struct thing *thing_of(int thing);

/* Number of the thing with a word, THING_NONE = none has it. */
int thing_of_word(const char *word, size_t len);
#endif
