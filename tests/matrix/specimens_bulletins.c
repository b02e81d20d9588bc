/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/bulletins. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_bulletins.h"

#define ISSUES                                                    \
    {                                                             \
        ISSUE_DRAFT, ISSUE_SIGNING, ISSUE_ISSUED, ISSUE_FORWARDED \
    }

const struct specimen SPECIMENS_BULLETINS[] = {
    { .path = "/bulletins", .method = POST, .body = "name=Special&office=Office&total=1" },
    { .path = "/bulletins" },
    { .path = "/bulletins/new", .body = "name=Special&office=Office&total=1" },
    { .path = "/bulletins/figures" },
    { .path = "/bulletins/{id}",
      .things = { BULLETIN },
      .body = "name=Voices+again&office=Office&total=2&version=$version" },
    { .path = "/bulletins/{id}/edit",
      .things = { BULLETIN },
      .body = "name=Voices+again&office=Office&total=2&version=$version" },
    { .path = "/issues", .method = POST, .body = "bulletin=$bulletin&opinions=$waiting_opinion" },
    { .path = "/issues" },
    { .path = "/issues/new", .body = "bulletin=$bulletin&opinions=$waiting_opinion" },
    { .path = "/issues/{id}",
      .method = PUT,
      .things = { ISSUE_DRAFT },
      .body = "bulletin=$bulletin&opinions=$passed_opinion&printed=40&version=$version" },
    { .path = "/issues/{id}", .things = ISSUES },
    { .path = "/issues/{id}/pdf", .things = ISSUES },
    { .path = "/issues/{id}/docx", .things = ISSUES },
    { .path = "/issues/{id}/edit",
      .things = { ISSUE_DRAFT },
      .body = "bulletin=$bulletin&opinions=$passed_opinion&printed=40&version=$version" },
    { .path = "/issues/{id}/pass", .things = { ISSUE_DRAFT } },
    { .path = "/issues/{id}/drop", .things = { ISSUE_DRAFT } },
    { .path = "/issues/{id}/sign", .things = { ISSUE_SIGNING } },
    { .path = "/issues/{id}/unpass", .things = { ISSUE_SIGNING } },
    { .path = "/issues/{id}/redraft",
      .things = { ISSUE_SIGNING },
      .body = "opinion=Say+it+shorter." },
    { .path = "/issues/{id}/forward",
      .things = { ISSUE_ISSUED, ISSUE_FORWARDED },
      .body = "to=city:Government" },
    { .path = "/adoptions" },
    { .path = "/adoptions.csv" },
    { .path = "/adoptions.xlsx" },
    { .path = "/opinions/{id}/adoptions",
      .things = { OPINION_UNTOLD },
      .body = "destination=$destination&kind=single&adopted_on=2026-11-25&place=News+45" },
    { .path = "/opinions/{id}/instructions",
      .things = { OPINION_UNTOLD, OPINION_TOLD },
      .body = "leader=Gao&level=city&instructed_on=2026-11-25&text=Do+it.",
      .anew = "a note each, as on paper" },
    { .path = "/opinions/{id}/issued", .things = { OPINION_TOLD } },
    { .path = "/opinions/{id}/scans/{file}", .things = { OPINION_TOLD } },
    { 0 },
};
