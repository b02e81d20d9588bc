/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/scores. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_duty.h"
#include "tests/matrix/world_members.h"
#include "tests/matrix/world_scores.h"

const struct specimen SPECIMENS_SCORES[] = {
    { .path = "/scores", .query = "year=2026&show=open" },
    { .path = "/scores.xlsx", .query = "year=2026" },
    { .path = "/scores.csv", .query = "year=2026" },
    { .path = "/scores/groups", .query = "year=2026&by=committee" },
    { .path = "/scores/mine", .query = "year=2026" },
    { .path = "/scores/members/{id}", .things = { MEMBER }, .query = "year=2026" },
    { .path = "/rulesets/{id}/trial",
      .things = { RULESET_DRAFT, RULESET_COMING, RULESET_BEGUN },
      .query = "year=2026" },
    { 0 },
};
