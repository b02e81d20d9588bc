/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/meetings. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_meetings.h"

#define WHEN                                                                               \
    "title=Roads&organiser=office&from_on=2099-03-02&from_half=morning&to_half=afternoon&" \
    "place=Hall"
#define WANTED WHEN "&kind=committee&attending=mandatory&audience=members"

const struct specimen SPECIMENS_MEETINGS[] = {
    { .path = "/meetings", .body = WANTED, .anew = "each is a meeting of its own" },
    { .path = "/meetings.csv" },
    { .path = "/meetings.xlsx" },
    { .path = "/meetings/new", .body = WANTED, .anew = "each is a meeting of its own" },
    { .path = "/meetings/{id}", .method = GET, .things = { MEETING_DRAFT, MEETING_NOTIFIED } },
    { .path = "/meetings/{id}", .things = { MEETING_DRAFT }, .body = WANTED "&version=$version" },
    { .path = "/meetings/{id}/edit",
      .things = { MEETING_DRAFT },
      .body = WANTED "&version=$version" },
    { .path = "/meetings/{id}/papers",
      .things = { MEETING_NOTIFIED },
      .never = "wants a file, which no row of the table has: meeting_test" },
    { .path = "/meetings/{id}/papers/{file}", .things = { MEETING_NOTIFIED } },
    { .path = "/meetings/{id}/papers/{file}/remove", .things = { MEETING_NOTIFIED } },
    { .path = "/meetings/{id}/attendance",
      .things = { MEETING_HELD },
      .body = "invitees=$invitee_held&versions=1&results=late&halves=" },
    { .path = "/meetings/{id}/pdf", .things = { MEETING_SETTLED } },
    { .path = "/meetings/{id}/docx", .things = { MEETING_SETTLED } },
    { .path = "/meetings/{id}/notify", .things = { MEETING_DRAFT } },
    { .path = "/meetings/{id}/change", .things = { MEETING_NOTIFIED }, .body = WHEN },
    { .path = "/meetings/{id}/invite", .things = { MEETING_NOTIFIED }, .body = "audience=members" },
    { .path = "/meetings/{id}/remind", .things = { MEETING_NOTIFIED } },
    { .path = "/meetings/{id}/hold", .things = { MEETING_NOTIFIED } },
    { .path = "/meetings/{id}/presume", .things = { MEETING_HELD } },
    { .path = "/meetings/{id}/settle", .things = { MEETING_HELD } },
    { .path = "/meetings/{id}/minute",
      .things = { MEETING_HELD, MEETING_SETTLED },
      .body = "minutes=It+was+agreed." },
    { .path = "/meetings/{id}/cancel",
      .things = { MEETING_DRAFT, MEETING_NOTIFIED },
      .body = "opinion=Snow." },
    { .path = "/invitees" },
    { .path = "/invitees.csv" },
    { .path = "/invitees.xlsx" },
    { .path = "/invitees/{id}", .things = { INVITEE_PENDING, INVITEE_LEAVING, INVITEE_SETTLED } },
    { .path = "/invitees/{id}/confirm", .things = { INVITEE_PENDING } },
    { .path = "/invitees/{id}/decline", .things = { INVITEE_VOLUNTARY } },
    { .path = "/invitees/{id}/leave",
      .things = { INVITEE_PENDING },
      .body = "kind=illness&reason=Fever." },
    { .path = "/invitees/{id}/excuse", .things = { INVITEE_LEAVING } },
    { .path = "/invitees/{id}/deny", .things = { INVITEE_LEAVING }, .body = "denial=Come." },
    { .path = "/invitees/{id}/correct",
      .things = { INVITEE_SETTLED },
      .body = "result=absent&opinion=Signed+for." },
    { .path = "/invitees/{id}/drop", .things = { INVITEE_PENDING } },
    { 0 },
};
