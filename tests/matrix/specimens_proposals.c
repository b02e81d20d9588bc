/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/proposals: writing, review, lists, receipts. What the fields mean:
 * specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_proposals.h"

#define SEEN_PROPOSALS                                                                        \
    {                                                                                         \
        DRAFT, SUBMITTED, ASSIGNED, REPLIED, CLOSED, REDOING, PRIVATE, REJECTED, TRANSCRIBED, \
            DIVERTED, WITHDRAWN, MEDIATING                                                    \
    }
#define TEXT                                                                              \
    "title=A+new+title&situation=Eight+thousand+wait.&analysis=Planned+for+the+old+town." \
    "&suggestions=A+line+over+the+bridge.&suggestions=A+later+last+bus.&consent=yes&research="

const struct specimen SPECIMENS_PROPOSALS[] = {
    { .path = "/proposals/{id}",
      .method = PUT,
      .things = { DRAFT, REVISING, SUBMITTED },
      .body = TEXT "&version=$version",
      .unaudited =
          "own draft: proposal_versions keeps every wording, who and when; handing in is audited" },
    { .path = "/proposals", .body = TEXT, .anew = "a draft each, seen by its writer alone" },
    { .path = "/proposals/views",
      .body = "name=Mine&query=",
      .unaudited = "a tab of one's own list" },
    { .path = "/proposals/views/{id}/remove",
      .things = { PROPOSAL_VIEW },
      .unaudited = "a tab of one's own list" },
    { .path = "/proposals/new",
      .body = "title=A+new+title",
      .anew = "a draft each, seen by its writer alone" },
    { .path = "/proposals/similar", .query = "title=A+bus+line" },
    { .path = "/proposals.csv" },
    { .path = "/proposals.xlsx" },
    { .path = "/proposals/{id}", .things = SEEN_PROPOSALS },
    { .path = "/proposals/{id}/versions", .things = SEEN_PROPOSALS },
    { .path = "/proposals/{id}/receipt", .things = SEEN_PROPOSALS },
    { .path = "/proposals/{id}/pdf", .things = SEEN_PROPOSALS },
    { .path = "/proposals/{id}/docx", .things = SEEN_PROPOSALS },
    { .path = "/proposals/{id}/similar", .things = SEEN_PROPOSALS },
    { .path = "/proposals/{id}/attachments/{file}", .things = { DRAFT, SUBMITTED, ASSIGNED } },
    { .path = "/proposals/{id}/edit",
      .things = { DRAFT, REVISING, SUBMITTED, TRANSCRIBED },
      .body = TEXT "&version=$version",
      .unaudited =
          "own draft: proposal_versions keeps every wording, who and when; handing in is audited" },
    { .path = "/proposals/{id}/autosave",
      .things = { DRAFT, REVISING, SUBMITTED },
      .body = TEXT "&version=$version",
      .unaudited =
          "own draft: proposal_versions keeps every wording, who and when; handing in is audited" },
    { .path = "/proposals/{id}/submit", .things = { DRAFT, REVISING }, .body = "confirmed=1" },
    { .path = "/proposals/{id}/screen", .things = { SUBMITTED }, .body = "opinion=Fit." },
    { .path = "/proposals/{id}/docket", .things = { SUBMITTED }, .body = "category=transport" },
    { .path = "/proposals/{id}/revise", .things = { SUBMITTED }, .body = "opinion=Say+where." },
    { .path = "/proposals/{id}/reject",
      .things = { SUBMITTED },
      .body = "reason=private&destination=letter&opinion=A+private+matter." },
    { .path = "/proposals/{id}/inform",
      .things = { UNREACHED },
      .body = "informed_on=2026-11-25&opinion=By+letter." },
    { .path = "/proposals/{id}/assign",
      .things = { DOCKETED },
      .body = "mode=sole&host_id=$spare" },
    { .path = "/proposals/{id}/redo",
      .things = { REDOABLE },
      .body = "opinion=Answer+the+question." },
    { .path = "/proposals/{id}/divert",
      .things = { SUBMITTED },
      .body = "destination=letter&opinion=One+street+only." },
    { .path = "/proposals/{id}/ask_withdraw",
      .things = { DOCKETED, ASSIGNED },
      .body = "opinion=It+is+solved." },
    { .path = "/proposals/{id}/withdraw", .things = { ASKED_BACK }, .body = "opinion=Good." },
    { .path = "/proposals/{id}/keep",
      .things = { ASKED_BACK },
      .body = "opinion=Others+wait+for+it." },
    { .path = "/proposals/{id}/reconsider",
      .things = { DOCKETED, PRIVATE },
      .body = "consent=no&consent_reason=Talks+go+on." },
    { .path = "/proposals/{id}/mark",
      .things = { SUBMITTED, ASSIGNED },
      .body = "urgent=1&opinion=Flood." },
    { .path = "/proposals/{id}/mediate",
      .things = { MEDIATABLE },
      .body = "opinion=Talk+about+the+stop." },
    { .path = "/proposals/{id}/settle",
      .things = { MEDIATING },
      .body = "held_on=2026-11-25&place=Room+3&present=Li&agency_said=At+the+gate.&"
              "proposer_said=Far.&result=agreed&satisfaction=fair" },
    { .path = "/proposals/{id}/archive", .things = { CLOSED, WITHDRAWN } },
    { .path = "/receipt",
      .body = "receipt=00000000000000000000",
      .never = "only reads; the digits asked for are nobody's" },
    { 0 },
};
