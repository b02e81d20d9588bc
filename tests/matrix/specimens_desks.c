/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/desks. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_desks.h"
#include "tests/matrix/world_proposals.h"

#define WRITTEN    "results=adopted&results=planned&answers=In+June.&answers=At+ten.&note=Asked."
#define UNFINISHED "unfinished text; handing in is audited"

const struct specimen SPECIMENS_DESKS[] = {
    { .path = "/assignments" },
    { .path = "/assignments/waiting" },
    { .path = "/assignments/feedback" },
    { .path = "/assignments/{id}/errands",
      .things = { ACCEPTED },
      .assignment = true,
      .body = "account_id=$clerk&ask=Write+it.",
      .anew = "two may be asked for the same" },
    { .path = "/desks", .body = "name=Works&accounts=$clerk" },
    { .path = "/desks/new", .body = "name=Works&accounts=$clerk" },
    { .path = "/desks/{id}",
      .things = { DESK_SET },
      .body = "name=Works&accounts=$clerk&version=$version" },
    { .path = "/desks/{id}/edit",
      .things = { DESK_SET },
      .body = "name=Works&accounts=$clerk&version=$version" },
    { .path = "/desks/{id}/end", .things = { DESK_SET } },
    { .path = "/errands" },
    { .path = "/errands/{id}", .things = { ERRAND_GIVEN, ERRAND_TAKEN, ERRAND_FINISHED } },
    { .path = "/errands/{id}/draft",
      .things = { ERRAND_TAKEN },
      .body = WRITTEN,
      .unaudited = UNFINISHED },
    { .path = "/errands/{id}/autosave",
      .things = { ERRAND_TAKEN },
      .body = WRITTEN,
      .unaudited = UNFINISHED },
    { .path = "/errands/{id}/take", .things = { ERRAND_GIVEN } },
    { .path = "/errands/{id}/finish", .things = { ERRAND_TAKEN }, .body = WRITTEN },
    { .path = "/errands/{id}/bounce", .things = { ERRAND_GIVEN }, .body = "opinion=Not+mine." },
    { .path = "/errands/{id}/approve",
      .things = { ERRAND_FINISHED },
      .body = "opinion=Good.",
      .never = "only where the desk has a head: errand_test" },
    { .path = "/errands/{id}/pass",
      .things = { ERRAND_FINISHED },
      .body = "keeps=part&keeps=part" },
    { .path = "/errands/{id}/redraft", .things = { ERRAND_FINISHED }, .body = "opinion=Say+when." },
    { .path = "/errands/{id}/reassign",
      .things = { ERRAND_GIVEN, ERRAND_BOUNCED },
      .body = "account_id=$clerk" },
    { .path = "/errands/{id}/remind", .things = { ERRAND_GIVEN }, .body = "opinion=Soon." },
    { .path = "/errands/{id}/drop", .things = { ERRAND_GIVEN }, .body = "opinion=Not+needed." },
    { 0 },
};
