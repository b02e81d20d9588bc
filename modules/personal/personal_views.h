/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the view of personal draws. */
#ifndef HT_PERSONAL_PERSONAL_VIEWS_H
#define HT_PERSONAL_PERSONAL_VIEWS_H
#include "modules/personal/personal.h"

struct personal_view {
    const struct personal_part *parts;
    size_t count;
    i64 rows; /* of all */
    bool is_member;
};
#endif
