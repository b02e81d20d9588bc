/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/exemptions. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_exemptions.h"

#define ILL                                                                           \
    "member=$newcomer&ground=illness&words=Ill&effect=days&from_on=2020-03-01&to_on=" \
    "2020-04-01&organ=Chairs&decided_on=2020-03-01"

const struct specimen SPECIMENS_EXEMPTIONS[] = {
    { .path = "/exemptions", .body = ILL },
    { .path = "/exemptions/new", .body = ILL },
    { .path = "/exemptions/{id}", .things = { EXEMPTION_GRANTED, EXEMPTION_UNDONE } },
    { .path = "/exemptions/{id}/shorten",
      .things = { EXEMPTION_GRANTED, EXEMPTION_UNDONE },
      .body = "to_on=2019-02-01&opinion=He+is+back" },
    { .path = "/exemptions/{id}/undo",
      .things = { EXEMPTION_GRANTED, EXEMPTION_UNDONE },
      .body = "opinion=A+mistake" },
    { 0 },
};
