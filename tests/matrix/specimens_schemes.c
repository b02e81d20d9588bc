/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/schemes. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_schemes.h"

const struct specimen SPECIMENS_SCHEMES[] = {
    { .path = "/schemes",
      .body = "meeting=meeting:$meeting_notified&kind=free&groups=1&title=Groups",
      .anew = "each is a scheme of its own" },
    { .path = "/schemes/new",
      .body = "meeting=meeting:$meeting_notified&kind=free&groups=1&title=Groups",
      .anew = "each is a scheme of its own" },
    { .path = "/schemes/{id}", .things = { SCHEME_DRAFT, SCHEME_OUT } },
    { .path = "/schemes/{id}/move",
      .things = { SCHEME_OUT },
      .body = "invitees=$invitee_pending&to=out&version=$version" },
    { .path = "/schemes/{id}/pdf", .things = { SCHEME_OUT } },
    { .path = "/schemes/{id}/docx", .things = { SCHEME_OUT } },
    { .path = "/schemes/{id}/publish", .things = { SCHEME_DRAFT } },
    { .path = "/schemes/{id}/divide", .things = { SCHEME_DRAFT }, .body = "groups=1" },
    { .path = "/schemes/{id}/drop", .things = { SCHEME_DRAFT } },
    { .path = "/scheme_groups/{id}",
      .things = { SCHEME_GROUP },
      .body = "name=Two&room=Hall&version=$version" },
    { .path = "/scheme_groups/{id}/roll",
      .things = { SCHEME_GROUP },
      .body = "half=0&invitees=$invitee_pending&presences=absent" },
    { .path = "/scheme_groups/{id}/edit",
      .things = { SCHEME_GROUP },
      .body = "name=Two&room=Hall&version=$version" },
    { 0 },
};
