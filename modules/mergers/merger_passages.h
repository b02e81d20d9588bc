/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Which stretches of texts stand in another of them too, for reading them side by side. Pure. */
#ifndef HT_MERGERS_MERGER_PASSAGES_H
#define HT_MERGERS_MERGER_PASSAGES_H
#include "modules/mergers/merger_views.h"

/* Cuts each text into stretches that are its own and such of at least eight characters that stand
 * in another text too. sides: as many as texts, their stretches are set; all in mem. */
void merger_passages(struct arena *mem, const strs *texts, struct merger_side *sides);
#endif
