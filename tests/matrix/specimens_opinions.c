/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/opinions. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_bulletins.h"
#include "tests/matrix/world_opinions.h"

#define TEXT                                                                        \
    "title=A+new+title&situation=Eight+thousand+wait.&analysis=No+bus+after+eight." \
    "&suggestions=A+later+last+bus."
#define KEPT_ELSEWHERE   "own draft: opinion_versions keeps every wording; sending it is audited"
#define EDITED_ELSEWHERE "opinion_versions keeps every wording with its editor; passing is audited"
#define SEEN                                                                       \
    {                                                                              \
        OPINION_DRAFT, OPINION_SENT, OPINION_TAKEN, OPINION_KEPT, OPINION_EDITING, \
            OPINION_SIGNING, OPINION_COMPOSITE                                     \
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
      .things = { OPINION_SENT, OPINION_TAKEN, OPINION_EDITING },
      .body = "keep_reason=vague&opinion=Say+who+does+it." },
    { .path = "/opinions/{id}/revise",
      .things = { OPINION_SENT, OPINION_TAKEN, OPINION_EDITING },
      .body = "opinion=How+many+wait." },
    { .path = "/opinions/compose",
      .method = POST,
      .body = "title=Buses+in+two+districts&opinions=$taken_opinion&opinions=$alike_opinion" },
    { .path = "/opinions/compose", .query = "opinions=$taken_opinion&opinions=$alike_opinion" },
    { .path = "/opinions/transcribe",
      .body = TEXT "&reporter=Nobody&kind=correspondent&basis=A+letter",
      .anew = "a paper each, written down by the desk" },
    { .path = "/opinions/import", .body = "", .never = "needs a file: record_test" },
    { .path = "/opinions/{id}/text",
      .things = { OPINION_EDITING, OPINION_SIGNING },
      .body = TEXT "&version=$version",
      .unaudited = EDITED_ELSEWHERE },
    { .path = "/opinions/{id}/text/autosave",
      .things = { OPINION_EDITING, OPINION_SIGNING },
      .body = TEXT "&version=$version",
      .unaudited = EDITED_ELSEWHERE },
    { .path = "/opinions/{id}/edit", .things = { OPINION_TAKEN } },
    { .path = "/opinions/{id}/pass", .things = { OPINION_EDITING, OPINION_COMPOSITE } },
    { .path = "/opinions/{id}/unpass", .things = { OPINION_SIGNING } },
    { .path = "/opinions/{id}/assign",
      .things = { OPINION_ISSUED, OPINION_UNTOLD },
      .body = "agencies=$spare" },
    { .path = "/opinions/{id}/inform",
      .things = { OPINION_UNTOLD },
      .body = "opinion=It+was+read." },
    { .path = "/opinions/{id}/redraft",
      .things = { OPINION_SIGNING },
      .body = "opinion=Say+it+shorter." },
    { .path = "/opinions/{id}/uncompose", .things = { OPINION_COMPOSITE } },
    { .path = "/reporters" },
    { .path = "/reporters/{id}", .things = { REPORTER_ASKED } },
    { .path = "/reporters/{id}/join", .things = { REPORTER_ASKED } },
    { .path = "/reporters/{id}/decline", .things = { REPORTER_ASKED } },
    { 0 },
};
