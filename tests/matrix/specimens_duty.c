/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/duty. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_duty.h"

#define DOCUMENT "document=%7B%22id%22%3A%22a%22%2C%22name%22%3A%22A%22%7D"

const struct specimen SPECIMENS_DUTY[] = {
    { .path = "/rulesets", .body = DOCUMENT, .anew = "a draft each, seen by the office alone" },
    { .path = "/rulesets/new", .body = DOCUMENT, .anew = "a draft each, seen by the office alone" },
    { .path = "/rulesets/{id}",
      .method = PUT,
      .things = { RULESET_DRAFT, RULESET_COMING, RULESET_BEGUN },
      .body = DOCUMENT "&version=$version" },
    { .path = "/rulesets/{id}", .things = { RULESET_DRAFT, RULESET_COMING, RULESET_BEGUN } },
    { .path = "/rulesets/{id}/edit",
      .things = { RULESET_DRAFT, RULESET_COMING, RULESET_BEGUN },
      .body = DOCUMENT "&version=$version" },
    { .path = "/rulesets/{id}/document",
      .things = { RULESET_DRAFT, RULESET_COMING, RULESET_BEGUN } },
    { .path = "/rulesets/{id}/compare",
      .things = { RULESET_DRAFT, RULESET_COMING, RULESET_BEGUN },
      .query = "with=$ruleset" },
    { .path = "/rulesets/{id}/enact",
      .things = { RULESET_DRAFT },
      .body = "from_on=2101-01-01&organ=Chairs" },
    { .path = "/rulesets/{id}/drop", .things = { RULESET_DRAFT } },
    { .path = "/rulesets/{id}/recall", .things = { RULESET_COMING, RULESET_BEGUN } },
    { .path = "/rulesets/{id}/retire",
      .things = { RULESET_BEGUN, RULESET_COMING },
      .body = "to_on=2026-12-31&opinion=No+more." },
    { 0 },
};
