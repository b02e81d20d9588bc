/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rows of presets: what was applied. Only this module includes it. */
#ifndef HT_PRESETS_PRESET_STORE_H
#define HT_PRESETS_PRESET_STORE_H
#include "modules/presets/preset.h"

/* Adds a row of history for rq's account. */
err preset_store_add(struct rq *rq, str name, i64 from_on, i64 changed);

/* struct preset_applied rows, newest first, at most 50. */
err preset_store_list(struct rq *rq, struct rows *out);
#endif
