/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Between the files of this part: declared tables by name, and the cache of stored rows. */
#ifndef HT_SETTINGS_SETTINGS_INTERNAL_H
#define HT_SETTINGS_SETTINGS_INTERNAL_H
#include "platform/base/log.h"
#include "platform/settings/settings_store.h"

/* What is stored for one organisation: setting_value rows, and dictionary_stored rows of codes and
 * of their later words, in the order of the store. */
struct settings_cached {
    struct rows values, dictionaries, words;
};

/* The rows of rq's organisation as rq's transaction sees them, or as they were up to a second ago;
 * NULL when they cannot be read (logged). Valid until settings_unlock, which must follow at once:
 * copy what is needed, run no statement between. */
const struct settings_cached *settings_lock(struct rq *rq);
void settings_unlock(void);

/* To be called after a change: until the transaction has surely ended, every look asks the database
 * whether it changed. */
void settings_changed(struct rq *rq);

/* What the texts say of it, "settings.NAME" and an end (".help"); empty if nothing. */
str setting_word(struct rq *rq, const struct setting *setting, const char *end);
#endif
