/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/provisions. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_provisions.h"

#define OFFER "there=7:30+Gate&meals=%E5%8D%88%E9%A4%90&answer_on=2026-11-25"

const struct specimen SPECIMENS_PROVISIONS[] = {
    { .path = "/provisions", .body = "meeting=meeting:$meeting_draft&" OFFER },
    { .path = "/provisions/new", .body = "meeting=meeting:$meeting_draft&" OFFER },
    { .path = "/provisions/{id}", .things = { PROVISION_DRAFT, PROVISION_OUT, PROVISION_CLOSED } },
    { .path = "/provisions/{id}/answer",
      .things = { PROVISION_OUT },
      .body = "rides=$provision_bus&diet=plain" },
    { .path = "/provisions/{id}/proxy",
      .things = { PROVISION_OUT },
      .body = "invitee=$invitee_pending&rides=$provision_bus&diet=halal",
      .query = "invitee=$invitee_pending" },
    { .path = "/provisions/{id}/buses.pdf", .things = { PROVISION_OUT } },
    { .path = "/provisions/{id}/meals.pdf", .things = { PROVISION_OUT } },
    { .path = "/provisions/{id}/lists.xlsx", .things = { PROVISION_CLOSED } },
    { .path = "/provisions/{id}/publish", .things = { PROVISION_DRAFT } },
    { .path = "/provisions/{id}/remind", .things = { PROVISION_OUT } },
    { .path = "/provisions/{id}/change", .things = { PROVISION_DRAFT }, .body = OFFER },
    { .path = "/provisions/{id}/close", .things = { PROVISION_OUT } },
    { .path = "/provisions/{id}/reopen", .things = { PROVISION_CLOSED } },
    { .path = "/provisions/{id}/drop", .things = { PROVISION_DRAFT } },
    { 0 },
};
