/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/handlings: verbs of letters that mailbox leaves to it. What the fields mean:
 * specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_handlings.h"

const struct specimen SPECIMENS_HANDLINGS[] = {
    { .path = "/letters/{id}/assign",
      .things = { HANDLING_SORTED },
      .body = "host_id=$agency&masked_body=The+lane+is+dark." },
    { .path = "/letters/{id}/disclose", .things = { HANDLING_SHOWN }, .body = "photos=$picture" },
    { .path = "/assignments/{id}/photos/{file}", .things = { HANDLING_SHOWN }, .assignment = true },
    { .path = "/assignments/{id}/previews/{file}",
      .things = { HANDLING_SHOWN },
      .assignment = true },
    { .path = "/letters/{id}/attach", .things = { HANDLING_SORTED }, .body = "lead_id=$lead" },
    { .path = "/letters/{id}/feed",
      .things = { HANDLING_ANSWERED },
      .body = "title=Dark+lanes&situation=Many+lanes+are+dark.&analysis=Nobody+feels+responsible."
              "&suggestions=Name+one+who+is." },
    { .path = "/letters/import", .body = "", .never = "needs a file: handling_import_test" },
    { 0 },
};
