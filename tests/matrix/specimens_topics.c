/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/topics. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_clusters.h"
#include "tests/matrix/world_topics.h"

#define TEXT    "title=Water+in+the+village&body=The+well+of+the+village+is+dry."
#define WRITTEN TEXT "&source=members&proposer=Li"

const struct specimen SPECIMENS_TOPICS[] = {
    { .path = "/topics", .body = WRITTEN, .anew = "each proposes anew" },
    { .path = "/topics/new", .body = WRITTEN, .anew = "each proposes anew" },
    { .path = "/topics/{id}", .things = { TOPIC_PROPOSED, TOPIC_REJECTED } },
    { .path = "/topics/{id}/edit", .things = { TOPIC_PROPOSED, TOPIC_REJECTED }, .body = WRITTEN },
    { .path = "/topics/{id}/pool", .things = { TOPIC_PROPOSED, TOPIC_REJECTED } },
    { .path = "/topics/{id}/reject",
      .things = { TOPIC_PROPOSED, TOPIC_REJECTED },
      .body = "opinion=Too+wide" },
    { .path = "/topics/{id}/reopen", .things = { TOPIC_REJECTED, TOPIC_PROPOSED } },
    { .path = "/clusters/{id}/offer", .things = { CLUSTER_OPEN, TOPIC_OF_CLUSTER }, .body = TEXT },
    { .path = "/letters/{id}/offer", .things = { TOPIC_UNSOLVED, TOPIC_SAID }, .body = TEXT },
    { 0 },
};
