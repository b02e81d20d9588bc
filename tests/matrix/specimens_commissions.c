/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/commissions. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_commissions.h"

#define WANTED "title=Buses&body=What+is+missing%3F&audience=members"

const struct specimen SPECIMENS_COMMISSIONS[] = {
    { .path = "/commissions", .body = WANTED, .anew = "each asks anew" },
    { .path = "/commissions/new", .body = WANTED, .anew = "each asks anew" },
    { .path = "/commissions/{id}", .things = { COMMISSION_OPEN } },
    { .path = "/commissions/{id}/remind", .things = { COMMISSION_OPEN } },
    { .path = "/commissions/{id}/close", .things = { COMMISSION_OPEN } },
    { .path = "/invitations" },
    { .path = "/invitations/{id}", .things = { INVITED } },
    { .path = "/invitations/{id}/opinion", .things = { INVITED } },
    { .path = "/invitations/{id}/write", .things = { INVITED } },
    { .path = "/invitations/{id}/decline", .things = { INVITED }, .body = "opinion=No+time." },
    { 0 },
};
