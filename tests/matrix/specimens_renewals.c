/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/renewals. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_renewals.h"

#define DECIDED                                                                          \
    "term_number=7&opened_on=2027-01-24&closed_on=2027-01-26&organ=Standing&decided_on=" \
    "2026-11-20&document=9"

#define SIDE_BY_SIDE "drafts of one term stand side by side; one of them is made ready"

const struct specimen SPECIMENS_RENEWALS[] = {
    { .path = "/renewals", .body = DECIDED, .anew = SIDE_BY_SIDE },
    { .path = "/renewals/new", .body = DECIDED, .anew = SIDE_BY_SIDE },
    { .path = "/renewals/{id}",
      .method = PUT,
      .things = { RENEWAL_DRAFT, RENEWAL_READY },
      .body = DECIDED "&version=$version" },
    { .path = "/renewals/{id}", .things = { RENEWAL_DRAFT, RENEWAL_READY, RENEWAL_CARRIED } },
    { .path = "/renewals/{id}/edit",
      .things = { RENEWAL_DRAFT, RENEWAL_READY },
      .body = DECIDED "&version=$version" },
    { .path = "/renewals/{id}/places",
      .things = { RENEWAL_DRAFT, RENEWAL_READY },
      .body = "members=$stayer&version=$version" },
    { .path = "/renewals/{id}/sector",
      .things = { RENEWAL_DRAFT, RENEWAL_READY },
      .body = "member=$stayer&sector=$renewal_sector&version=$version" },
    { .path = "/renewals/{id}/slate", .things = { RENEWAL_DRAFT, RENEWAL_CARRIED } },
    { .path = "/renewals/{id}/slate/pdf", .things = { RENEWAL_READY, RENEWAL_CARRIED } },
    { .path = "/renewals/{id}/slate/docx", .things = { RENEWAL_READY, RENEWAL_CARRIED } },
    { .path = "/renewals/{id}/slate/xlsx", .things = { RENEWAL_READY, RENEWAL_CARRIED } },
    { .path = "/renewals/{id}/sitting", .things = { RENEWAL_DRAFT, RENEWAL_CARRIED } },
    { .path = "/renewals/{id}/balance", .things = { RENEWAL_DRAFT, RENEWAL_CARRIED } },
    { .path = "/renewals/{id}/ready", .things = { RENEWAL_DRAFT, RENEWAL_READY } },
    { .path = "/renewals/{id}/reopen",
      .things = { RENEWAL_READY, RENEWAL_DRAFT },
      .body = "opinion=Again." },
    { .path = "/renewals/{id}/carry",
      .things = { RENEWAL_READY, RENEWAL_DRAFT },
      .never = "on the day on which the term begins: renewal_test" },
    { .path = "/renewals/{id}/close", .things = { RENEWAL_CARRIED, RENEWAL_READY } },
    { .path = "/renewals/{id}/drop",
      .things = { RENEWAL_READY, RENEWAL_CARRIED },
      .body = "opinion=Put+off." },
    { 0 },
};
