/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/talks. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_talks.h"

#define ASKED                                                                              \
    "member=$newcomer&kind=caution&ground=absence&words=Absent+twice&asker=Office&due_on=" \
    "2026-12-24"
#define CHAIRS "organ=Chairs&on_on=2026-11-25&reason=Money"

const struct specimen SPECIMENS_TALKS[] = {
    { .path = "/talks", .body = ASKED },
    { .path = "/talks/new", .body = ASKED },
    { .path = "/talks/{id}", .things = { TALK_ASKED, TALK_INQUIRY, TALK_HELD } },
    { .path = "/talks/{id}/hold",
      .things = { TALK_ASKED, TALK_HELD },
      .body = "on_on=2026-11-25&talkers=Chair&record=He+was+ill" },
    { .path = "/talks/{id}/answer",
      .things = { TALK_INQUIRY, TALK_HELD },
      .body = "words=It+was+not+me" },
    { .path = "/talks/{id}/correct",
      .things = { TALK_HELD, TALK_ASKED },
      .body = "opinion=He+came" },
    { .path = "/talks/{id}/raise",
      .things = { TALK_HELD, TALK_ASKED },
      .body = "kind=interview&words=He+goes+on&organ=Chairs&decided_on=2026-11-24&due_on="
              "2026-12-24" },
    { .path = "/talks/{id}/compel", .things = { TALK_HELD, TALK_ASKED }, .body = CHAIRS },
    { .path = "/talks/{id}/revoke", .things = { TALK_HELD, TALK_ASKED }, .body = CHAIRS },
    { .path = "/talks/{id}/drop",
      .things = { TALK_ASKED, TALK_HELD },
      .body = "opinion=Not+needed" },
    { 0 },
};
