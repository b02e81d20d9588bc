/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Words that several files of this module say alike. */
#include "modules/boards/board_words.h"

#include "platform/text/texts.h"

str board_moment(struct rq *rq, i64 ms)
{
    i64 day = day_of_ms(ms), minute = (ms - day_start_ms(day)) / 60000;
    str clock = arena_printf(rq->mem, "%02d:%02d", (int)(minute / 60), (int)(minute % 60));
    if (day == rq->today)
        return clock;
    str date = text_day(rq->mem, day); /* 2026-11-25 */
    return arena_printf(rq->mem, "%.*s %.*s", (int)date.len - 5, date.ptr + 5, (int)clock.len,
                        clock.ptr);
}

str board_case_words(struct rq *rq, str number, str title)
{
    return text_format(rq->mem, "boards.case", number, title);
}
