/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/nominations. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_nominations.h"

#define NAMED                                                                                 \
    "kind=augment&sector=$nominee_sector&nominator_kind=party&nominator=League&nominated_on=" \
    "2026-11-20&name=Newly+Named&gender=female&birth=1980-01-02&party=cdl&employer=School"

const struct specimen SPECIMENS_NOMINATIONS[] = {
    { .path = "/nominations", .body = NAMED },
    { .path = "/nominations/new", .body = NAMED },
    { .path = "/nominations/balance" },
    { .path = "/nominations/meetings/{id}", .things = { NOMINATION_MEETING } },
    { .path = "/nominations/meetings/{id}/pdf", .things = { NOMINATION_MEETING } },
    { .path = "/nominations/meetings/{id}/docx", .things = { NOMINATION_MEETING } },
    { .path = "/nominations/meetings/{id}/xlsx", .things = { NOMINATION_MEETING } },
    { .path = "/nominations/{id}",
      .method = PUT,
      .things = { NOMINATION_NAMED, NOMINATION_CANDIDATE },
      .body = NAMED "&version=$version" },
    { .path = "/nominations/{id}",
      .things = { NOMINATION_NAMED, NOMINATION_CANDIDATE, NOMINATION_LISTED,
                  NOMINATION_APPOINTED } },
    { .path = "/nominations/{id}/edit",
      .things = { NOMINATION_NAMED, NOMINATION_CANDIDATE },
      .body = NAMED "&version=$version" },
    { .path = "/nominations/{id}/propose",
      .things = { NOMINATION_NAMED, NOMINATION_CANDIDATE },
      .body = "checked_on=2026-11-24&ground=clear&opinion=Nothing." },
    { .path = "/nominations/{id}/list",
      .things = { NOMINATION_CANDIDATE, NOMINATION_NAMED },
      .body = "meeting=$standing_meeting" },
    { .path = "/nominations/{id}/recheck",
      .things = { NOMINATION_CANDIDATE, NOMINATION_NAMED },
      .body = "opinion=Again." },
    { .path = "/nominations/{id}/vote",
      .things = { NOMINATION_LISTED, NOMINATION_CANDIDATE },
      .body = "on_on=2026-11-25&yes=1&no=0&abstained=0" },
    { .path = "/nominations/{id}/unlist",
      .things = { NOMINATION_LISTED, NOMINATION_CANDIDATE },
      .body = "opinion=Later." },
    { .path = "/nominations/{id}/certify",
      .things = { NOMINATION_APPOINTED, NOMINATION_LISTED },
      .body = "certificate=6-400&certified_on=2026-11-25" },
    { .path = "/nominations/{id}/decline",
      .things = { NOMINATION_NAMED, NOMINATION_LISTED },
      .body = "opinion=Not+now." },
    { .path = "/nominations/{id}/withdraw",
      .things = { NOMINATION_LISTED, NOMINATION_APPOINTED },
      .body = "opinion=He+moves." },
    { 0 },
};
