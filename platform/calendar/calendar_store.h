/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Imported lists of days as rows. Rules: calendar_import.c. */
#ifndef HT_CALENDAR_CALENDAR_STORE_H
#define HT_CALENDAR_CALENDAR_STORE_H
#include "platform/web/web.h"

struct calendar_list {
    i64 id;
    str lines;
};

/* Number of the newest list, 0 = none. */
err calendar_store_newest(struct db *db, i64 *id);

/* The lists, oldest first, at most the newest 200. */
err calendar_store_list(struct db *db, struct arena *mem, struct rows *out);

/* Adds a list as the newest. */
err calendar_store_add(struct rq *rq, str lines, i64 *id);
#endif
