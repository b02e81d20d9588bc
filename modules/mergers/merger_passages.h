/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Which stretches of texts stand in another of them too, for reading them side by side. Pure. */
#ifndef HT_MERGERS_MERGER_PASSAGES_H
#define HT_MERGERS_MERGER_PASSAGES_H
#include "modules/mergers/merger_views.h"

/* Most characters of all texts together that are compared: some 40 MB while it lasts. */
enum { MERGER_COMPARED_MAX = 200000 };

/* Cuts each text into stretches that are its own and such of at least eight characters that stand
 * in another text too. sides: as many as texts, their stretches are set, in mem. False: they are
 * too long, and each stands as one stretch of its own. */
bool merger_passages(struct arena *mem, const strs *texts, struct merger_side *sides);
#endif
