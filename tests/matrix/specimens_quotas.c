/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/quotas. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_quotas.h"

const struct specimen SPECIMENS_QUOTAS[] = {
    { .path = "/quotas", .method = GET, .query = "year=2026" },
    { .path = "/quotas", .body = "target=sector&from_year=2026&sent=2" },
    { .path = "/quotas.xlsx", .query = "year=2026" },
    { .path = "/quotas/explain" },
    { .path = "/quotas/table" },
    { .path = "/quotas/new", .body = "target=sector&from_year=2026&sent=2" },
    { .path = "/quotas/remind" },
    { .path = "/quotas/{id}",
      .things = { QUOTA_ROW_OF },
      .body = "target=director&from_year=2026&sent=6&version=$version" },
    { .path = "/quotas/{id}/edit",
      .things = { QUOTA_ROW_OF },
      .body = "target=director&from_year=2026&sent=6&version=$version" },
    { .path = "/quotas/{id}/remove", .things = { QUOTA_ROW_OF }, .body = "version=$version" },
    { 0 },
};
