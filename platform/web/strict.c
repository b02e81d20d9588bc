/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Fields that nobody declared (strict.h). */
#include "platform/web/strict.h"

#include "platform/web/forms.h"

err form_refuse_unknown(struct rq *rq)
{
    const struct params *params = &rq->web->params;
    const struct form *form = rq->route->form;
    for (size_t i = 0; rq->api && i < params->count; i++)
        if (params->items[i].source == FROM_BODY && !form_input(form, params->items[i].name))
            rq_fault(rq, NULL, "form.unknown_field", params->items[i].name, (str){ "", 0 });
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}
