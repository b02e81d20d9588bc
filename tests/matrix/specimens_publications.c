/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/publications. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_proposals.h"
#include "tests/matrix/world_publications.h"

const struct specimen SPECIMENS_PUBLICATIONS[] = {
    { .path = "/publications", .query = "q=bus" },
    { .path = "/publications/{id}",
      .method = PUT,
      .things = { COPY_PREPARED, COPY_PUBLISHED, COPY_RETRACTED },
      .body = "title=A+bus&situation=s&analysis=a&suggestions=One.&suggestions=Two.&reply_mode="
              "full&version=$version" },
    { .path = "/publications/{id}", .things = { COPY_PREPARED, COPY_PUBLISHED, COPY_RETRACTED } },
    { .path = "/publications/{id}/replies/{file}/pdf",
      .things = { COPY_PREPARED, COPY_PUBLISHED } },
    { .path = "/sitemap.xml" },
    { .path = "/robots.txt" },
    { .path = "/publications/manage" },
    { .path = "/publications/{id}/edit",
      .things = { COPY_PREPARED, COPY_PUBLISHED, COPY_RETRACTED },
      .body = "title=A+bus&situation=s&analysis=a&suggestions=One.&suggestions=Two.&reply_mode="
              "full&version=$version" },
    { .path = "/publications/{id}/publish", .things = { COPY_PREPARED }, .body = "checked=1" },
    { .path = "/publications/{id}/retract",
      .things = { COPY_PREPARED, COPY_PUBLISHED },
      .body = "opinion=A+mistake." },
    { .path = "/publications/{id}/prepare", .things = { COPY_RETRACTED } },
    { .path = "/proposals/{id}/publication",
      .things = { JOINT },
      .unaudited = "leads to the copy that docketing has made" },
    { .path = "/proposals/{id}/publication/object", .things = { JOINT, DOCKETED } },
    { .path = "/proposals/{id}/publication/agree", .things = { OBJECTED } },
    { 0 },
};
