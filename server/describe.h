/* SPDX-License-Identifier: MulanPSL-2.0 */
/* `huotang describe KIND`: the declarations as Markdown, so that docs/reference/ never rots. */
#ifndef HT_SERVER_DESCRIBE_H
#define HT_SERVER_DESCRIBE_H
#include "platform/app.h"
#include "platform/base/buf.h"

/* Writes routes, permissions, flows, settings, events, tables or jobs. Errors: INVALID
 * describe.kind. */
err describe(const struct module *const *modules, str kind, struct buf *out);

/* Writes the drawing of one flow, "proposals", as SVG. Errors: INVALID describe.kind. */
err describe_svg(const struct module *const *modules, str flow, struct buf *out);
#endif
