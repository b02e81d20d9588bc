/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/claims. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_claims.h"
#include "tests/matrix/world_duty.h"
#include "tests/matrix/world_entries.h"

#define TOLD "kind=lecture.given&happened_on=2026-11-20&title=A+talk+at+school&quantity=1"

const struct specimen SPECIMENS_CLAIMS[] = {
    { .path = "/claims", .body = TOLD },
    { .path = "/claims.csv" },
    { .path = "/claims.xlsx" },
    { .path = "/claims/new", .body = TOLD },
    { .path = "/claims/record",
      .body = TOLD "&audience=members&distinct=1",
      .anew = "what was done twice is told twice" },
    { .path = "/claims/review", .method = GET },
    { .path = "/claims/review",
      .method = POST,
      .body = "claims=1:1",
      .never = "names versions of what is not in its path: point_test" },
    { .path = "/claims/{id}",
      .method = PUT,
      .things = { CLAIM_BACK },
      .body = TOLD "&version=$version" },
    { .path = "/claims/{id}", .things = { CLAIM_SENT, CLAIM_APPROVED } },
    { .path = "/claims/{id}/edit", .things = { CLAIM_BACK }, .body = TOLD "&version=$version" },
    { .path = "/claims/{id}/evidence/{file}", .things = { CLAIM_SENT } },
    { .path = "/claims/{id}/evidence/{file}/remove", .things = { CLAIM_SENT } },
    { .path = "/claims/{id}/approve", .things = { CLAIM_SENT } },
    { .path = "/claims/{id}/revise", .things = { CLAIM_SENT }, .body = "opinion=Which+school%3F" },
    { .path = "/claims/{id}/submit", .things = { CLAIM_BACK } },
    { .path = "/claims/{id}/withdraw", .things = { CLAIM_SENT } },
    { .path = "/claims/{id}/annul", .things = { CLAIM_APPROVED }, .body = "opinion=It+was+not." },
    { .path = "/appeals",
      .body = "happened_on=2026-11-19&text=I+was+there.",
      .anew = "each says that another is missing" },
    { .path = "/appeals/new",
      .body = "happened_on=2026-11-19&text=I+was+there.",
      .anew = "each says that another is missing" },
    { .path = "/appeals/point", .body = "item=2026.$ruled.gate0.0&text=I+talked." },
    { .path = "/appeals/{id}", .things = { APPEAL_ASKED } },
    { .path = "/appeals/{id}/correct",
      .things = { APPEAL_ASKED },
      .body = "way=source&opinion=It+is+put+right." },
    { .path = "/appeals/{id}/explain", .things = { APPEAL_ASKED }, .body = "opinion=It+stands." },
    { .path = "/appeals/{id}/withdraw", .things = { APPEAL_ASKED } },
    { .path = "/entries/{id}/appeal", .things = { ENTRY_OF }, .body = "text=I+was+there." },
    { 0 },
};
