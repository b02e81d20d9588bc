/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of personal, and nothing else; read this first. Rules: personal.c. */
#include "modules/personal/personal.h"
#include "platform/module.h"

static const struct route ROUTES[] = {
    { GET, "/personal", page_personal, .slow = slow_personal, .may = SIGNED_IN, .api = true },
    { GET, "/personal/file", .slow = file_personal, .may = SIGNED_IN, .api = true },
    { 0 },
};

const struct module personal_module = {
    .name = "personal",
    .routes = ROUTES,
};
