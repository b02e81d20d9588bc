/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/statements. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_statements.h"

#define CALLED "title=Year&audience=members&form=written&due_on=2026-12-10"

const struct specimen SPECIMENS_STATEMENTS[] = {
    { .path = "/statements" },
    { .path = "/statements/{id}",
      .method = PUT,
      .things = { STATEMENT_DRAFT },
      .body = "body=I+have+done+this.&version=$version" },
    { .path = "/statements/{id}", .things = { STATEMENT_DRAFT, STATEMENT_BACK, STATEMENT_SENT } },
    { .path = "/statements/{id}/edit",
      .things = { STATEMENT_DRAFT, STATEMENT_SENT },
      .body = "body=I+have+done+this.&version=$version" },
    { .path = "/statements/{id}/autosave",
      .things = { STATEMENT_DRAFT },
      .body = "body=I+have+done+this.&version=$version",
      .unaudited = "nobody's but the writer's until it is handed in" },
    { .path = "/statements/{id}/pdf", .things = { STATEMENT_SENT } },
    { .path = "/statements/{id}/docx", .things = { STATEMENT_SENT } },
    { .path = "/statements/{id}/submit", .things = { STATEMENT_BACK, STATEMENT_SENT } },
    { .path = "/statements/{id}/remark",
      .things = { STATEMENT_SENT, STATEMENT_DRAFT },
      .body = "text=Go+on." },
    { .path = "/statements/{id}/revise",
      .things = { STATEMENT_SENT, STATEMENT_BACK },
      .body = "opinion=Say+more." },
    { .path = "/statement_calls", .body = CALLED, .anew = "each is another call" },
    { .path = "/statement_calls/new", .body = CALLED, .anew = "each is another call" },
    { .path = "/statement_calls/{id}", .things = { STATEMENT_CALL } },
    { .path = "/statement_calls/{id}/remind", .things = { STATEMENT_CALL } },
    { .path = "/statement_calls/{id}/order",
      .things = { STATEMENT_CALL },
      .body = "statements=$statement&places=7&version=$version" },
    { .path = "/statement_calls/{id}/remark",
      .things = { STATEMENT_CALL },
      .body = "statements=$statement&text=Go+on.",
      .anew = "a leader may say something more" },
    { .path = "/statement_calls/{id}/ballot",
      .things = { STATEMENT_CALL },
      .body = "held_on=2026-11-20&issued=9&returned=8&valid=7&teller_name=Qi&second_teller_name=Xu&"
              "statements=$statement&excellent=5&competent=1&basic=&incompetent=0&abstained=1&"
              "version=$version" },
    { .path = "/statement_calls/{id}/ballot/remove",
      .things = { STATEMENT_CALL },
      .body = "reason=It+was+another+meeting.&version=$version" },
    { 0 },
};
