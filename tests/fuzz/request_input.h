/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What must hold of fields that a request brought, whatever its bytes were; and the arena they live
 * in. For the fuzz targets of what a stranger sends before anybody knows him. */
#ifndef HT_TESTS_FUZZ_REQUEST_INPUT_H
#define HT_TESTS_FUZZ_REQUEST_INPUT_H
#include "platform/base/str.h"
#include "platform/web/exchange.h"

/* An arena as large as a request's. */
struct arena *request_input_mem(void);

/* Aborts unless all fields are UTF-8 and within their number. */
void request_input_check(const struct params *params);
#endif
