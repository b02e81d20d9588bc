/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rows of settings and dictionaries. Reading goes through the cache in settings.c; nobody else
 * includes this. */
#ifndef HT_SETTINGS_SETTINGS_STORE_H
#define HT_SETTINGS_SETTINGS_STORE_H
#include "platform/settings/settings.h"

/* A dictionary row as stored. Of a word: from_on = the day since when the code is called so. */
struct dictionary_stored {
    i64 id, position, from_on, to_on;
    str name, code, label, note;
};

/* A number that differs from before after any change of the organisation's settings or
 * dictionaries. */
err settings_store_mark(struct db *db, i64 *mark);

/* All values of the organisation, by name and day; all dictionary rows, by name, position and
 * code. */
err settings_store_list(struct db *db, struct arena *mem, struct rows *out);
err dictionaries_store_list(struct db *db, struct arena *mem, struct rows *out);

/* All words of codes that changed on a day: name, code, from_on, label, note; by name, code, day.
 */
err dictionaries_store_words(struct db *db, struct arena *mem, struct rows *out);

/* The stored values of one setting with the name of who stored them, newest first, at most 100. */
struct setting_change {
    i64 from_on, changed_at;
    str value, account_name;
};
err settings_store_history(struct rq *rq, str name, struct rows *out);

/* Writes one value from its day on, or one dictionary row, in place of an earlier one. */
err settings_store_put(struct rq *rq, const struct setting_value *value);
err dictionaries_store_put(struct rq *rq, const struct dictionary_stored *row);
err dictionaries_store_put_word(struct rq *rq, const struct dictionary_stored *row);
#endif
