/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/dossiers. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_dossiers.h"
#include "tests/matrix/world_members.h"

const struct specimen SPECIMENS_DOSSIERS[] = {
    { .path = "/dossiers", .query = "year=2026" },
    { .path = "/dossiers/mine" },
    { .path = "/dossiers/check" },
    { .path = "/dossiers/runs",
      .body = "year=2026&format=docx",
      .anew = "each wish is a file of its own" },
    { .path = "/dossiers/runs/{id}/file", .things = { DOSSIER_RUN } },
    { .path = "/dossiers/papers/{id}/file", .things = { DOSSIER_PAPER } },
    { .path = "/dossiers/{id}", .things = { MEMBER } },
    { .path = "/dossiers/{id}/records.xlsx", .things = { MEMBER } },
    { .path = "/dossiers/{id}/issue",
      .things = { MEMBER },
      .body = "format=docx",
      .anew = "each paper is one of its own" },
    { 0 },
};
