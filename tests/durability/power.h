/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Power cuts below SQLite, in process (quality D2): a VFS between the library and the system's, of
 * which the product knows nothing. It keeps apart what was forced to disk and what was only
 * written since; at a moment of its choosing it makes the file that a cut at that moment could have
 * left: what was forced, and of the rest nothing, all, the beginning, any part in any order, or
 * sectors torn in the middle, a byte of rubbish where one was being written. Work goes on; whoever
 * drives it looks at what was left afterwards. */
#ifndef HT_TESTS_POWER_H
#define HT_TESTS_POWER_H
#include "platform/base/clock.h"
#include "platform/base/types.h"

enum { POWER_PATH = 200, POWER_STATE = 32 };

/* What a cut left of unforced writes. */
enum power_loss { POWER_NOTHING, POWER_ALL, POWER_BEGINNING, POWER_ANY, POWER_TORN, POWER_LOSSES };

/* A cut: the database as it was left (path, with its -wal beside it), what was lost, how many
 * unforced writes there were, and the number that power_mark had last given. */
struct power_cut {
    char path[POWER_PATH];
    enum power_loss loss;
    i64 unforced, mark;
};

/* Puts the VFS under every database that is opened from now on. seed: of all choices. */
void power_start(i64 seed);
void power_stop(void);

/* Begins to keep apart what becomes of this database, all that is there being taken as forced; ends
 * it. Two at a time. */
void power_watch(const char *path);
void power_leave(const char *path);

/* About one cut in so many writes, and at every fourth forcing; 0 = none. lying: the disk says that
 * it has forced what it has not, as cheap ones do. */
void power_rate(i64 one_in);
void power_lie(bool lying);

/* Cuts from now on carry this number. */
void power_mark(i64 mark);

/* A cut now, between two writes. */
void power_cut_now(const char *path);

/* The next cut that nobody has looked at; false = there is none. */
bool power_take(struct power_cut *out);

/* Removes what a cut left. */
void power_clean(const struct power_cut *cut);

/* A digest of every row of every table of a database. false = it cannot be read. */
bool power_state(const char *path, unsigned char out[POWER_STATE]);
#endif
