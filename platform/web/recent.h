/* SPDX-License-Identifier: MulanPSL-2.0 */
/* How often something came within the last hour, for many keys in memory of a fixed size. Keys are
 * numbers that say nothing (a keyed digest); they are never written anywhere and begin anew with
 * the process. Not for several threads at once: the owner holds its lock. */
#ifndef HT_WEB_RECENT_H
#define HT_WEB_RECENT_H
#include "platform/base/arena.h"

enum { RECENT_WAYS = 4, RECENT_ENTRY_BYTES = 24 };

struct recent;

/* For sets * RECENT_WAYS keys, RECENT_ENTRY_BYTES each. mem: lives as long as the counts. */
struct recent *recent_new(struct arena *mem, size_t sets);

/* How often it came in the hour before now_ms: what this clock hour counts and, of the clock hour
 * before, the part that the last 60 minutes still reach into. 0 for a key that was never added, or
 * whose place was needed. */
i64 recent_count(struct recent *recent, uint64_t key, i64 now_ms);

/* One more. When the key's set is full, the entry goes that was quiet longest, then the one with
 * the lowest count: who comes often is not forgotten for who comes once. */
void recent_add(struct recent *recent, uint64_t key, i64 now_ms);

/* One less: what was added within this clock hour did not come about after all. */
void recent_take_back(struct recent *recent, uint64_t key, i64 now_ms);
#endif
