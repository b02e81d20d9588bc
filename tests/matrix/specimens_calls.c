/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/calls. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_calls.h"

#define WINDOW                                                                          \
    "name=A+call&timing=between&from_on=2026-11-25&until_on=2026-12-25&titles=A+topic&" \
    "texts=Why.&sources=Them"

const struct specimen SPECIMENS_CALLS[] = {
    { .path = "/calls", .body = WINDOW, .anew = "a draft each, seen by the office alone" },
    { .path = "/calls/new", .body = WINDOW, .anew = "a draft each, seen by the office alone" },
    { .path = "/calls/{id}",
      .method = PUT,
      .things = { CALL_OPEN, CALL_DRAFT, CALL_CLOSED },
      .body = WINDOW "&version=$version" },
    { .path = "/calls/{id}", .things = { CALL_OPEN, CALL_DRAFT, CALL_CLOSED } },
    { .path = "/calls/{id}/edit",
      .things = { CALL_OPEN, CALL_DRAFT, CALL_CLOSED },
      .body = WINDOW "&version=$version" },
    { .path = "/calls/{id}/publish", .things = { CALL_DRAFT } },
    { .path = "/calls/{id}/close", .things = { CALL_OPEN } },
    { 0 },
};
