/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/opinions. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_opinions.h"

#define TEXT                                                                        \
    "title=A+new+title&situation=Eight+thousand+wait.&analysis=No+bus+after+eight." \
    "&suggestions=A+later+last+bus."
#define KEPT_ELSEWHERE "own draft: opinion_versions keeps every wording; sending it is audited"
#define SEEN                                                     \
    {                                                            \
        OPINION_DRAFT, OPINION_SENT, OPINION_TAKEN, OPINION_KEPT \
    }

const struct specimen SPECIMENS_OPINIONS[] = {
    { .path = "/opinions",
      .method = POST,
      .body = TEXT,
      .anew = "a draft each, seen by its writer alone" },
    { .path = "/opinions" },
    { .path = "/opinions.csv" },
    { .path = "/opinions.xlsx" },
    { .path = "/opinions/new",
      .body = "title=A+new+title",
      .anew = "a draft each, seen by its writer alone" },
    { .path = "/opinions/desk" },
    { .path = "/opinions/similar", .query = "title=Buses+in+the+evening" },
    { .path = "/opinions/{id}",
      .method = PUT,
      .things = { OPINION_DRAFT, OPINION_SENT },
      .body = TEXT "&version=$version",
      .unaudited = KEPT_ELSEWHERE },
    { .path = "/opinions/{id}", .things = SEEN },
    { .path = "/opinions/{id}/versions", .things = SEEN },
    { .path = "/opinions/{id}/attachments/{file}", .things = { OPINION_FILED } },
    { .path = "/opinions/{id}/draft",
      .things = { OPINION_DRAFT, OPINION_SENT },
      .body = TEXT "&version=$version",
      .unaudited = KEPT_ELSEWHERE },
    { .path = "/opinions/{id}/draft/autosave",
      .things = { OPINION_DRAFT, OPINION_SENT },
      .body = TEXT "&version=$version",
      .unaudited = KEPT_ELSEWHERE },
    { .path = "/opinions/{id}/submit", .things = { OPINION_DRAFT } },
    { .path = "/opinions/{id}/recall", .things = { OPINION_SENT } },
    { .path = "/opinions/{id}/take",
      .things = { OPINION_SENT, OPINION_KEPT },
      .body = "category=city" },
    { .path = "/opinions/{id}/keep",
      .things = { OPINION_SENT, OPINION_TAKEN },
      .body = "keep_reason=vague&opinion=Say+who+does+it." },
    { .path = "/opinions/{id}/revise",
      .things = { OPINION_SENT, OPINION_TAKEN },
      .body = "opinion=How+many+wait." },
    { .path = "/reporters" },
    { .path = "/reporters/{id}", .things = { REPORTER_ASKED } },
    { .path = "/reporters/{id}/join", .things = { REPORTER_ASKED } },
    { .path = "/reporters/{id}/decline", .things = { REPORTER_ASKED } },
    { 0 },
};
