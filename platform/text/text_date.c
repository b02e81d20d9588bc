/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Days in sentences. */
#include "platform/text/text_date.h"
#include "platform/base/clock.h"
#include "platform/text/texts.h"

str text_date(struct arena *mem, i64 day)
{
    int year, month, mday;
    day_to_civil(day, &year, &month, &mday);
    str y = text_find("date.year"), m = text_find("date.month"), d = text_find("date.day");
    return arena_printf(mem, "%d%.*s%d%.*s%d%.*s", year, (int)y.len, y.ptr, month, (int)m.len,
                        m.ptr, mday, (int)d.len, d.ptr);
}
