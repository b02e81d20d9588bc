/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/orgs: bodies, sessions, terms, sectors, committees, areas. What the fields
 * mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_accounts.h"
#include "tests/matrix/world_members.h"
#include "tests/matrix/world_orgs.h"

#define NEW_SESSION "term_number=6&number=4&opened_on=2027-02-01&closed_on=2027-02-05"
#define OLD_SESSION \
    "term_number=6&number=3&opened_on=2026-01-29&closed_on=2026-02-05&version=$version"
#define OLD_TERM "number=6&from_on=2026-01-20&version=$version"
#define OLD_BODY "name=Renamed&position=9&version=$version"
#define OLD_AREA "name=Renamed&code=5301&level=city&version=$version"

const struct specimen SPECIMENS_ORGS[] = {
    { .path = "/orgs", .body = "kind=department&name=Newbody" },
    { .path = "/orgs/new", .body = "kind=department&name=Newbody" },
    { .path = "/orgs/import", .body = "", .never = "needs a file: org_test" },
    { .path = "/orgs/{id}",
      .things = { ORG },
      .body = "kind=department&name=Renamed&agency=1&version=$version" },
    { .path = "/orgs/{id}/edit",
      .things = { ORG },
      .body = "kind=department&name=Renamed&agency=1&version=$version" },
    { .path = "/sessions", .body = NEW_SESSION },
    { .path = "/sessions/new", .body = NEW_SESSION },
    { .path = "/sessions/{id}", .things = { SESSION }, .body = OLD_SESSION },
    { .path = "/sessions/{id}/edit", .things = { SESSION }, .body = OLD_SESSION },
    { .path = "/terms" },
    { .path = "/terms/{id}", .things = { TERM }, .body = OLD_TERM },
    { .path = "/terms/{id}/edit", .things = { TERM }, .body = OLD_TERM },
    { .path = "/sectors", .body = "name=Newsector&position=9" },
    { .path = "/sectors/{id}", .things = { SECTOR }, .body = OLD_BODY },
    { .path = "/sectors/{id}/edit", .things = { SECTOR }, .body = OLD_BODY },
    { .path = "/committees", .body = "name=Newcommittee&position=9" },
    { .path = "/committees/{id}", .things = { COMMITTEE }, .body = OLD_BODY },
    { .path = "/committees/{id}/edit", .things = { COMMITTEE }, .body = OLD_BODY },
    { .path = "/areas", .body = "name=Newarea&code=5399&level=city" },
    { .path = "/areas/new", .body = "name=Newarea&code=5399&level=city" },
    { .path = "/areas/import", .body = "", .never = "needs a file: area_test" },
    { .path = "/areas/{id}", .things = { AN_AREA }, .body = OLD_AREA },
    { .path = "/areas/{id}/edit", .things = { AN_AREA }, .body = OLD_AREA },
    { 0 },
};
