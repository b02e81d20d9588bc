/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See org_parts.h. */
#include "modules/orgs/org_parts.h"

#include "platform/text/texts.h"

str org_day_text(struct arena *mem, i64 day)
{
    return day > 0 ? text_day(mem, day) : str_of("");
}

i64 org_day(i64 day)
{
    return day > 0 ? day : 0;
}

str org_number_text(struct arena *mem, i64 number)
{
    return arena_printf(mem, "%lld", (long long)number);
}

err org_faults(const struct rq *rq)
{
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}
