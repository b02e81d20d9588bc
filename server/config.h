/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Process configuration: huotang.conf and HUOTANG_KEY. Business rules are settings in the database,
 * not here. */
#ifndef HT_SERVER_CONFIG_H
#define HT_SERVER_CONFIG_H
#include "platform/app.h"
#include "platform/base/buf.h"

/* Reads the file (NULL: huotang.conf in the working directory if there is one), then the
 * environment, over the defaults. why: on failure one Chinese line that names the key, the value
 * and what is allowed. Errors: INVALID config.value, config.key, config.line, config.file. */
err config_read(struct arena *mem, const char *path, struct config *out, str *why);

/* Whether a proxy must stand in front (the house itself speaks no TLS) and none is trusted: all
 * visitors would then count as one. */
bool config_lacks_proxies(const struct config *config);

/* Prints every key with default and help, as a commented sample file. */
void config_describe(struct buf *out);
#endif
