/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the view of this module shows: struct mediation rows. */
#ifndef HT_MEDIATIONS_MEDIATION_VIEWS_H
#define HT_MEDIATIONS_MEDIATION_VIEWS_H
#include "modules/mediations/mediation_store.h"
#include "platform/web/view_parts.h"
#endif
