/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Small answers for the views of answers: codes of choices, lines side by side. Pages:
 * reply_pages.c. */
#include "modules/replies/reply_views.h"

const char *const REPLY_RESULT_CODES[REPLY_RESULTS] = { "adopted", "partly", "planned",
                                                        "not_adopted" };

const char *const REPLY_EVIDENCE_CODES[REPLY_EVIDENCE] = { "document", "photo", "acceptance",
                                                           "site", "other" };

str reply_line_at(const strs *lines, i64 at)
{
    return at >= 0 && (size_t)at < lines->count ? lines->items[at] : str_of("");
}
