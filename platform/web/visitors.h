/* SPDX-License-Identifier: MulanPSL-2.0 */
/* How much slow work people without a log-in may ask for at once: a few pieces for each client, and
 * in all so few that whoever is signed in still finds room in the slow lane (lanes.h). */
#ifndef HT_WEB_VISITORS_H
#define HT_WEB_VISITORS_H
#include "platform/base/arena.h"

enum { VISITORS_EACH = 4, VISITORS_ALL = 32, VISITORS_NONE = -1 };

/* The same of what strangers send (anonymous.h): photos take seconds, so there are very few; half
 * of them are kept for networks that have sent nothing within the hour, so that a flood from many
 * leaves a place for who writes once. */
enum { SENDERS_EACH = 2, SENDERS_ALL = 12, SENDERS_KEPT = 6 };

struct visitors;

/* each, all: places of one client, and together, VISITORS_ALL at most; kept: so many of all are for
 * who comes for the first time. mem: lives as long as the
 * server. May be used by several threads at once. */
struct visitors *visitors_new(struct arena *mem, int each, int all, int kept);

/* A piece of slow work of a client (address_client of proxies.h) begins: its place, or
 * VISITORS_NONE where this client or all have no place left. first: it has asked for none lately.
 */
int visitors_enter(struct visitors *all, str client, bool first);

/* It is over; VISITORS_NONE is allowed. */
void visitors_leave(struct visitors *all, int place);
#endif
