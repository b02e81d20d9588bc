/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/pledges. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_pledges.h"

#define SIGNED                                                                          \
    "texts=Read&texts=Listen&texts=Write&texts=Come&texts=Obey&texts=Help&signature=He" \
    "&proposals=2"

const struct specimen SPECIMENS_PLEDGES[] = {
    { .path = "/pledges" },
    { .path = "/pledges/call", .body = "audience=members&due_on=2026-12-10" },
    { .path = "/pledges/remind" },
    { .path = "/pledges/{id}", .things = { PLEDGE_ASKED, PLEDGE_SIGNED } },
    { .path = "/pledges/{id}/sign", .things = { PLEDGE_ASKED, PLEDGE_SIGNED }, .body = SIGNED },
    { .path = "/pledges/{id}/autosave",
      .things = { PLEDGE_ASKED, PLEDGE_SIGNED },
      .body = SIGNED "&version=$version",
      .unaudited = "nobody's but the writer's until it is signed" },
    { .path = "/pledges/{id}/amend", .things = { PLEDGE_SIGNED, PLEDGE_ASKED }, .body = SIGNED },
    { 0 },
};
