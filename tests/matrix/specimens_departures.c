/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/departures. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_departures.h"

#define LETTER  "words=I+move+to+another+city."
#define DECIDED "on_on=2026-11-24&organ=Standing+committee"

const struct specimen SPECIMENS_DEPARTURES[] = {
    { .path = "/departures", .body = LETTER },
    { .path = "/departures/new", .body = LETTER },
    { .path = "/departures/{id}",
      .things = { DEPARTURE_ASKED, DEPARTURE_UNRATIFIED, DEPARTURE_LEFT } },
    { .path = "/departures/{id}/approve",
      .things = { DEPARTURE_ASKED, DEPARTURE_LEFT },
      .body = DECIDED },
    { .path = "/departures/{id}/decline",
      .things = { DEPARTURE_ASKED, DEPARTURE_LEFT },
      .body = "opinion=Not+now" },
    { .path = "/departures/{id}/withdraw", .things = { DEPARTURE_ASKED, DEPARTURE_LEFT } },
    { .path = "/departures/{id}/ratify",
      .things = { DEPARTURE_UNRATIFIED, DEPARTURE_ASKED },
      .body = DECIDED },
    { .path = "/departures/{id}/annul",
      .things = { DEPARTURE_UNRATIFIED, DEPARTURE_ASKED },
      .body = DECIDED "&opinion=No+ground" },
    { .path = "/departures/{id}/close",
      .things = { DEPARTURE_LEFT, DEPARTURE_ASKED },
      .body = "opinion=Arranged" },
    { 0 },
};
