/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/assessments. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_assessments.h"

#define DECIDED "organ=chairs&meeting=Chairs+31&on_on=2026-11-20"

const struct specimen SPECIMENS_ASSESSMENTS[] = {
    { .path = "/assessments", .body = "year=2026" },
    { .path = "/assessments/new", .body = "year=2026" },
    { .path = "/assessments/mine" },
    { .path = "/assessments/{id}", .things = { ASSESSMENT_OPENED, ASSESSMENT_NOTIFIED } },
    { .path = "/assessments/{id}/gradings.xlsx", .things = { ASSESSMENT_OPENED } },
    { .path = "/assessments/{id}/circular.pdf",
      .things = { ASSESSMENT_APPROVED, ASSESSMENT_OPENED } },
    { .path = "/assessments/{id}/circular.docx",
      .things = { ASSESSMENT_APPROVED, ASSESSMENT_OPENED } },
    { .path = "/assessments/{id}/letters.pdf",
      .things = { ASSESSMENT_OF_TALK, ASSESSMENT_APPROVED },
      .body = "to=employer" },
    { .path = "/assessments/{id}/retake",
      .things = { ASSESSMENT_OPENED, ASSESSMENT_PROPOSED },
      .body = "version=$version" },
    { .path = "/assessments/{id}/propose", .things = { ASSESSMENT_OPENED, ASSESSMENT_APPROVED } },
    { .path = "/assessments/{id}/drop", .things = { ASSESSMENT_OPENED, ASSESSMENT_PROPOSED } },
    { .path = "/assessments/{id}/approve",
      .things = { ASSESSMENT_PROPOSED, ASSESSMENT_OPENED },
      .body = DECIDED },
    { .path = "/assessments/{id}/return",
      .things = { ASSESSMENT_PROPOSED, ASSESSMENT_APPROVED },
      .body = "opinion=Look+again" },
    { .path = "/assessments/{id}/notify", .things = { ASSESSMENT_APPROVED, ASSESSMENT_OPENED } },
    { .path = "/assessments/{id}/close", .things = { ASSESSMENT_NOTIFIED, ASSESSMENT_APPROVED } },
    { .path = "/assessments/{id}/honour",
      .things = { ASSESSMENT_OF_HONOUR, ASSESSMENT_APPROVED },
      .body = "title=Best&" DECIDED },
    { .path = "/gradings/{id}/honour",
      .things = { GRADING_HONOUR, GRADING_OPEN },
      .body = "honour=withheld&reason=No+wish&version=$version" },
    { .path = "/gradings/{id}",
      .method = PUT,
      .things = { GRADING_OPEN, GRADING_PROPOSED, GRADING_TALK },
      .body = "grade=none&reason=Ill+all+year&version=$version" },
    { .path = "/gradings/{id}", .things = { GRADING_OPEN, GRADING_TALK } },
    { .path = "/gradings/{id}/edit",
      .things = { GRADING_OPEN, GRADING_PROPOSED, GRADING_TALK },
      .body = "grade=none&reason=Ill+all+year&version=$version" },
    { 0 },
};
