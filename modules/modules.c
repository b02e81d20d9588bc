/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The modules in menu order, parts of the platform that declare something first. The only file that knows them all. */
#include "platform/calendar/calendar.h"
#include "platform/jobs/jobs.h"
#include "platform/module.h"
#include "platform/settings/settings.h"

const struct module *const MODULES[] = {
    &calendar_module,
    &settings_module,
    &jobs_module,
    NULL,
};
