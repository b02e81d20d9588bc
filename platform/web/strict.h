/* SPDX-License-Identifier: MulanPSL-2.0 */
/* For handlers where a field that is read past would pass for stored. */
#ifndef HT_WEB_STRICT_H
#define HT_WEB_STRICT_H
#include "platform/web/web.h"

/* Refuses a body of the API with a field that the route's form does not declare; pages send fields
 * of their own beside it. Errors: INVALID form.faults (form.unknown_field). */
err form_refuse_unknown(struct rq *rq);
#endif
