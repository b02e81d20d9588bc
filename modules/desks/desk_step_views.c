/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Small answers for the views of steps: codes of choices, lines side by side. Pages:
 * desk_step_pages.c, desk_reply_pages.c. */
#include "modules/desks/desk_step_views.h"

const char *const DESK_RESULT_CODES[DESK_RESULTS] = { "adopted", "partly", "planned",
                                                      "not_adopted" };

const char *const DESK_EVIDENCE_CODES[DESK_EVIDENCE] = { "document", "photo", "acceptance", "site",
                                                         "other" };

str desk_line_at(const strs *lines, i64 at)
{
    return at >= 0 && (size_t)at < lines->count ? lines->items[at] : str_of("");
}
