/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements that are put together at run time, from literals: platform/list. db.h knows a literal
 * by its address and keeps it for ever; these are known by their text, and each connection keeps
 * the DB_MADE_MAX that it used last. Engine side: db_made.c. */
#ifndef HT_DB_MADE_H
#define HT_DB_MADE_H
#include "platform/db/db.h"

enum { DB_MADE_MAX = 256 };

/* A statement for db_list, db_one, db_each, db_i64, db_run and the db_recall_… pair. text: of
 * literals only, never with anything that came in; it, the parameters and the row map need to live
 * during the call only. The parameters' names live as long as the process. params[0] is a filler.
 */
struct sql db_made(const char *text, size_t count, const struct param *params);

/* How many a connection keeps now; for tests and figures. */
size_t db_made_kept(const struct db *db);
#endif
