/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/burdens. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_burdens.h"

#define TOLD "kind=form&place=Monthly+table&words=Thrice+a+month."

const struct specimen SPECIMENS_BURDENS[] = {
    { .path = "/burdens", .body = TOLD, .anew = "who says it twice has said it twice" },
    { .path = "/burdens/new", .body = TOLD, .anew = "who says it twice has said it twice" },
    { .path = "/burdens/figures" },
    { .path = "/burdens/public",
      .body = TOLD "&stamp=none",
      .never = "a stranger's form bears a stamp, which its own tests work out" },
    { .path = "/burdens/{id}", .things = { BURDEN_ASKED } },
    { .path = "/burdens/{id}/answer",
      .things = { BURDEN_ASKED },
      .body = "way=eased&opinion=Once+from+now+on." },
    { 0 },
};
