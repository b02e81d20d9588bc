/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The start-up self-test: refuses a set of declarations that does not fit together, before a port
 * is opened. */
#ifndef HT_SERVER_SELFTEST_H
#define HT_SERVER_SELFTEST_H
#include "platform/app.h"
#include "platform/base/buf.h"

/* Checks every module's tables: needs known, earlier in the list and so without cycles; permissions
 * of routes, menus and flows declared; listened events declared by a needed module; flows as
 * flow_check; jobs and settings named after their module or a thing of it, never after another
 * module, and only once; every label there. Routes
 * are checked by router_new. Writes one English line a fault; true when there is none. */
bool selftest_run(const struct module *const *modules, struct buf *faults);
#endif
