/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/clusters. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_clusters.h"

const struct specimen SPECIMENS_CLUSTERS[] = {
    { .path = "/clusters", .query = "period=all" },
    { .path = "/letters/clusters", .query = "hot=5" },
    { .path = "/letters/{id}/similar", .things = { CLUSTER_GATHERED } },
    { .path = "/clusters/{id}", .things = { CLUSTER_OPEN, CLUSTER_CLOSED } },
    { .path = "/clusters/{id}/name", .things = { CLUSTER_OPEN }, .body = "name=The+well" },
    { .path = "/clusters/{id}/pin", .things = { CLUSTER_OPEN, CLUSTER_CLOSED } },
    { .path = "/clusters/{id}/unpin", .things = { CLUSTER_CLOSED, CLUSTER_OPEN } },
    { .path = "/clusters/{id}/join", .things = { CLUSTER_OPEN }, .body = "other=$other_cluster" },
    { .path = "/clusters/{id}/split", .things = { CLUSTER_OPEN }, .body = "letters=$gathered" },
    { .path = "/clusters/{id}/attach", .things = { CLUSTER_OPEN }, .body = "lead=$gathered" },
    { .path = "/clusters/{id}/apart", .things = { CLUSTER_OPEN }, .body = "other=$other_cluster" },
    { .path = "/clusters/{id}/together",
      .things = { CLUSTER_OPEN },
      .body = "other=$other_cluster" },
    { .path = "/clusters/{id}/feed",
      .things = { CLUSTER_OPEN },
      .body = "title=The+well+is+dry&situation=The+well+of+the+village+is+dry.&analysis=It+"
              "is+old.&suggestions=Dig+a+"
              "deeper+one" },
    { .path = "/clusters/{id}/close", .things = { CLUSTER_OPEN, CLUSTER_CLOSED } },
    { .path = "/clusters/{id}/reopen", .things = { CLUSTER_CLOSED, CLUSTER_OPEN } },
    { 0 },
};
