/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/mailbox. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_mailbox.h"

#define STAMPED "a stranger's form bears a stamp, which its own tests work out"

const struct specimen SPECIMENS_MAILBOX[] = {
    { .path = "/letters",
      .method = POST,
      .body = "body=The+lamp+is+out+for+weeks.&stamp=none",
      .never = STAMPED },
    { .path = "/letters" },
    { .path = "/letters.csv" },
    { .path = "/letters.xlsx" },
    { .path = "/letters/transcribe",
      .body = "via=phone&body=The+lamp+is+out+for+weeks.",
      .anew = "two who say the same are two" },
    { .path = "/letters/place" },
    { .path = "/letters/new",
      .body = "body=The+lamp+is+out+for+weeks.&stamp=none",
      .never = STAMPED },
    { .path = "/letters/follow",
      .body = "receipt=00000000000000000000&stamp=none",
      .never = STAMPED },
    { .path = "/letters/{id}", .things = { LETTER_RECEIVED, LETTER_REPLIED } },
    { .path = "/letters/{id}/photos/{file}", .things = { LETTER_PICTURED } },
    { .path = "/letters/{id}/previews/{file}", .things = { LETTER_PICTURED } },
    { .path = "/letters/{id}/unmask",
      .things = { LETTER_RECEIVED },
      .body = "reason=To+call+him+back",
      .keyless = "what it shows is kept nowhere" },
    { .path = "/letters/{id}/triage",
      .things = { LETTER_RECEIVED },
      .body = "category=roads&kind=concern" },
    { .path = "/letters/{id}/answer",
      .things = { LETTER_RECEIVED },
      .body = "opinion=It+is+mended+now." },
    { .path = "/letters/{id}/ask", .things = { LETTER_RECEIVED }, .body = "opinion=Which+lamp?" },
    { .path = "/letters/{id}/recall", .things = { LETTER_ASKED, LETTER_RECEIVED } },
    { .path = "/letters/{id}/route",
      .things = { LETTER_RECEIVED },
      .body = "opinion=Go+to+the+petition+office." },
    { .path = "/letters/{id}/dismiss", .things = { LETTER_RECEIVED }, .body = "reason=spam" },
    { .path = "/letters/{id}/restore", .things = { LETTER_DISMISSED, LETTER_RECEIVED } },
    { .path = "/letters/{id}/close", .things = { LETTER_EVALUATED, LETTER_REPLIED } },
    { 0 },
};
