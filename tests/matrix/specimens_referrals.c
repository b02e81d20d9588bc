/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/referrals. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_referrals.h"

const struct specimen SPECIMENS_REFERRALS[] = {
    { .path = "/referrals" },
    { .path = "/referrals/{id}", .things = { REFERRAL } },
    { .path = "/referrals/{id}/read", .things = { REFERRAL } },
    { .path = "/referrals/{id}/note",
      .things = { REFERRAL },
      .body = "note=We+shall+think+of+it.&version=$version" },
    { .path = "/proposals/{id}/referrals",
      .things = { REFERABLE },
      .body = "agency_id=$spare&remark=For+reference." },
    { 0 },
};
