/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/drafts. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_drafts.h"
#include "tests/matrix/world_proposals.h"

#define TEXT                                                                              \
    "title=A+new+title&situation=Eight+thousand+wait.&analysis=Planned+for+the+old+town." \
    "&suggestions=A+line+over+the+bridge.&suggestions=A+later+last+bus.&consent=yes&research="

const struct specimen SPECIMENS_DRAFTS[] = {
    { .path = "/proposals/{id}",
      .method = PUT,
      .things = { DRAFT, REVISING, SUBMITTED },
      .body = TEXT "&version=$version",
      .unaudited =
          "own draft: proposal_versions keeps every wording, who and when; handing in is audited" },
    { .path = "/proposals/new",
      .body = "title=A+new+title",
      .anew = "a draft each, seen by its writer alone" },
    { .path = "/proposals/{id}/versions", .things = SEEN_PROPOSALS },
    { .path = "/proposals/{id}/edit",
      .things = { DRAFT, REVISING, SUBMITTED, TRANSCRIBED },
      .body = TEXT "&version=$version",
      .unaudited =
          "own draft: proposal_versions keeps every wording, who and when; handing in is audited" },
    { .path = "/proposals/{id}/fill",
      .things = { DRAFT, REVISING, SUBMITTED },
      .body = TEXT "&version=$version",
      .never = "shows the form filled from a file, saves nothing: draft_writing_test" },
    { .path = "/proposals/{id}/autosave",
      .things = { DRAFT, REVISING, SUBMITTED },
      .body = TEXT "&version=$version",
      .unaudited =
          "own draft: proposal_versions keeps every wording, who and when; handing in is audited" },
    { 0 },
};
