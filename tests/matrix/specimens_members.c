/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/members: the roster, amendments, offices. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_members.h"

#define PERSON   "name=Newperson&gender=female&job=Teacher&employer=School&phone=13800000009"
#define OWN_WISH "job=Engineer&phone=13800000010"

const struct specimen SPECIMENS_MEMBERS[] = {
    { .path = "/members", .body = PERSON "&sector=Economy" },
    { .path = "/members.csv" },
    { .path = "/members.xlsx" },
    { .path = "/members/roster" },
    { .path = "/members/roster.pdf" },
    { .path = "/members/roster.docx" },
    { .path = "/members/new", .body = PERSON "&sector=Economy" },
    { .path = "/members/me", .body = OWN_WISH },
    { .path = "/members/amendments" },
    { .path = "/amendments/{id}", .things = { AMENDMENT } },
    { .path = "/members/amendments/{id}",
      .things = { AMENDMENT },
      .body = "approve=1&version=$version" },
    { .path = "/members/import", .body = "", .never = "needs a file: member_import_test" },
    { .path = "/members/accounts", .body = "members=$newcomer" },
    { .path = "/members/{id}", .things = { MEMBER }, .body = PERSON "&version=$version" },
    { .path = "/members/{id}/edit", .things = { MEMBER }, .body = PERSON "&version=$version" },
    { .path = "/members/{id}/account",
      .things = { NEWCOMER },
      .body = "login_name=unbound$newcomer" },
    { .path = "/members/{id}/act",
      .things = { MEMBER },
      .body = "act=suspend&on_on=2026-11-25&organ=Chairs&reason=Illness" },
    { .path = "/members/{id}/tenures",
      .things = { MEMBER },
      .body = "post=standing_member&body=cppcc&from_on=2026-11-01" },
    { .path = "/members/{id}/tenures/end",
      .things = { MEMBER },
      .body = "tenure_id=$tenure&to_on=2026-11-24" },
    { .path = "/members/{id}/unmask", .things = { MEMBER }, .body = "reason=A+letter+to+send" },
    { 0 },
};
