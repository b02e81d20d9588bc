/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/preassignments. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_preassignments.h"

#define MEETING_BODY "name=Handing+out&held_on=2026-12-03&place=Hall"

const struct specimen SPECIMENS_PREASSIGNMENTS[] = {
    { .path = "/preassignments" },
    { .path = "/preassignments.csv" },
    { .path = "/preassignments.xlsx" },
    { .path = "/preassignments/meetings",
      .body = MEETING_BODY "&session=$sitting",
      .anew = "two meetings may be alike but for their day" },
    { .path = "/preassignments/meetings/new",
      .body = MEETING_BODY "&session=$sitting",
      .anew = "two meetings may be alike but for their day" },
    { .path = "/preassignments/meetings/{id}",
      .things = { MEETING_SET },
      .body = MEETING_BODY "&version=$version" },
    { .path = "/preassignments/meetings/{id}/edit",
      .things = { MEETING_SET },
      .body = MEETING_BODY "&version=$version" },
    { .path = "/preassignments/meetings/{id}/record",
      .things = { MEETING_SET },
      .body = "held_on=2026-11-25&minutes=All+agreed.&version=$version" },
    { .path = "/preassignments/meetings/{id}/hand_out",
      .things = { MEETING_SET },
      .body = "ids=$agreed" },
    { .path = "/preassignments/meetings/{id}/list.pdf", .things = { MEETING_SET } },
    { .path = "/preassignments/meetings/{id}/list.docx", .things = { MEETING_SET } },
    { .path = "/preassignments/meetings/{id}/list.xlsx", .things = { MEETING_SET } },
    { .path = "/preassignments/{id}", .things = { LINE_ASKED, LINE_OBJECTED } },
    { .path = "/preassignments/{id}/agree", .things = { LINE_ASKED, LINE_OBJECTED } },
    { .path = "/preassignments/{id}/object",
      .things = { LINE_ASKED },
      .body = "reason=Not+our+business." },
    { .path = "/preassignments/{id}/settle",
      .things = { LINE_OBJECTED },
      .body = "opinion=It+is+theirs." },
    { .path = "/preassignments/{id}/set_due",
      .things = { LINE_ASKED },
      .body = "due_on=2027-01-05" },
    { .path = "/preassignments/{id}/move",
      .things = { LINE_OBJECTED },
      .body = "agency_id=$spare&version=$version" },
    { 0 },
};
