/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/cosigners. What the fields mean: specimens.h. */
#include "tests/matrix/world_proposals.h"

const struct specimen SPECIMENS_COSIGNERS[] = {
    { .path = "/cosigners" },
    { .path = "/cosigners/{id}", .things = { INVITED, DECLINED } },
    { .path = "/cosigners/{id}/cosign", .things = { INVITED, DECLINED } },
    { .path = "/cosigners/{id}/decline", .things = { INVITED }, .body = "opinion=No+time." },
    { .path = "/cosigners/{id}/transcribe",
      .things = { INVITED },
      .body = "answer=cosign&basis=A+call." },
    { .path = "/proposals/{id}/cosigners",
      .things = { DRAFT, LISTED, COSIGNING, DOCKETED },
      .query = "q=a" },
    { .path = "/proposals/{id}/cosigners/add",
      .things = { DRAFT, COSIGNING },
      .body = "members=$newcomer" },
    { .path = "/proposals/{id}/cosigners/remove",
      .things = { LISTED },
      .body = "cosigner_id=$listed_name",
      .unaudited = "own list before it is sent out; who is put on it and asked is audited" },
    { .path = "/proposals/{id}/cosigners/move",
      .things = { LISTED },
      .body = "cosigner_id=$listed_name&rank=1",
      .unaudited = "own list before it is sent out; who is put on it and asked is audited" },
    { .path = "/proposals/{id}/endorse", .things = { ENDORSABLE, DOCKETED } },
    { .path = "/proposals/{id}/unendorse", .things = { ENDORSED } },
    { 0 },
};
