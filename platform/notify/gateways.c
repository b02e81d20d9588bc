/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The adapters that carry messages out of the house. A new one: its file, a row here, a value of a
 * setting. */
#include "platform/notify/notify.h"

static const struct gateway MAIL = { "mail", mail_send };

const struct gateway *const GATEWAYS[] = { &MAIL, NULL };
