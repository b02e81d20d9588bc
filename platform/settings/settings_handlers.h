/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Inputs and handlers of the pages of this part, for settings_module.c. */
#ifndef HT_SETTINGS_SETTINGS_HANDLERS_H
#define HT_SETTINGS_SETTINGS_HANDLERS_H
#include "platform/settings/settings.h"

/* Permissions of the two pages of settings: how work is done, and how the house is kept safe. Each
 * page holds the settings of those modules whose .settings_may is its permission. */
#define SETTINGS_MANAGE "settings.manage"
#define SETTINGS_SECURE "settings.secure"

struct settings_find {
    str q;
};
struct setting_edit {
    str name, value;
    i64 from_on;
};
struct dictionary_edit {
    str name, code, label, note;
    i64 position, from_on, to_on;
};

/* Where a default comes from, in words. */
str source_words(const char *source);

/* Pages. */
err page_settings_list(struct rq *rq, struct res *res);
err page_setting_edit(struct rq *rq, struct res *res);
err page_setting_preview(struct rq *rq, struct res *res);
err page_setting_store(struct rq *rq, struct res *res);
err page_dictionaries_list(struct rq *rq, struct res *res);
err page_dictionary_edit(struct rq *rq, struct res *res);
err page_dictionary_store(struct rq *rq, struct res *res);

/* The same in JSON. */
err api_settings_list(struct rq *rq, struct res *res);
err api_setting_preview(struct rq *rq, struct res *res);
err api_setting_store(struct rq *rq, struct res *res);
err api_dictionary_list(struct rq *rq, struct res *res);
err api_dictionary_store(struct rq *rq, struct res *res);
#endif
