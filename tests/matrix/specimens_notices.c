/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/notices. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_notices.h"

#define NOTICE_TEXT "title=Meeting&body=At+ten.&audience=members&version=$version"

const struct specimen SPECIMENS_NOTICES[] = {
    { .path = "/notices",
      .body = "title=Meeting&body=At+nine.&audience=members",
      .anew = "a draft each, sent to nobody" },
    { .path = "/notices/new",
      .body = "title=Meeting&body=At+nine.&audience=members",
      .anew = "a draft each, sent to nobody" },
    { .path = "/notices/{id}", .things = { NOTICE_DRAFT, NOTICE_OUT }, .body = NOTICE_TEXT },
    { .path = "/notices/{id}/open",
      .things = { NOTICE_OUT },
      .unaudited = "own mark of having read, kept in readers with its time" },
    { .path = "/notices/{id}/edit", .things = { NOTICE_DRAFT }, .body = NOTICE_TEXT },
    { .path = "/notices/{id}/publish", .things = { NOTICE_DRAFT } },
    { .path = "/notices/{id}/remind", .things = { NOTICE_OUT } },
    { .path = "/notices/{id}/retract", .things = { NOTICE_OUT } },
    { 0 },
};
