/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/seatings. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_seatings.h"

#define HALL "title=Opening&floor=4&numbering=left&arrangement=names&run=rows"

const struct specimen SPECIMENS_SEATINGS[] = {
    { .path = "/seatings",
      .body = "meeting=meeting:$meeting_notified&" HALL,
      .anew = "each is a hall of its own" },
    { .path = "/seatings/new",
      .body = "meeting=meeting:$meeting_notified&" HALL,
      .anew = "each is a hall of its own" },
    { .path = "/seatings/{id}", .things = { SEATING_DRAFT, SEATING_OUT } },
    { .path = "/seatings/{id}/move",
      .things = { SEATING_OUT },
      .body = "from=floor:1:1&to=floor:1:2&version=$version" },
    { .path = "/seatings/{id}/fix",
      .things = { SEATING_OUT },
      .body = "at=floor:1:1&fixed=1&version=$version" },
    { .path = "/seatings/{id}/reserve",
      .things = { SEATING_OUT },
      .body = "at=floor:1:3&name=Press&version=$version" },
    { .path = "/seatings/{id}/pdf", .things = { SEATING_OUT } },
    { .path = "/seatings/{id}/cards.pdf", .things = { SEATING_OUT }, .query = "of=all" },
    { .path = "/seatings/{id}/plan.xlsx", .things = { SEATING_OUT } },
    { .path = "/seatings/{id}/publish", .things = { SEATING_DRAFT } },
    { .path = "/seatings/{id}/complete", .things = { SEATING_DRAFT } },
    { .path = "/seatings/{id}/fill", .things = { SEATING_DRAFT }, .body = HALL },
    { .path = "/seatings/{id}/drop", .things = { SEATING_DRAFT } },
    { 0 },
};
