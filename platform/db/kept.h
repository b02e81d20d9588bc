/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What is worked out from very many rows and kept from one request to the next, on both engines;
 * it outlives other people's commits, unlike what db_recall_list remembers. Whoever keeps finds out
 * himself what has changed since: numbers of rows of one organisation come in the order in which
 * they are committed (README). */
#ifndef HT_DB_KEPT_H
#define HT_DB_KEPT_H
#include "platform/db/db.h"

/* A place on a connection: root in mem, as its user leaves them; NULL and empty at first. next: the
 * connection's. */
struct db_kept {
    const char *name;
    struct arena *mem;
    void *root;
    struct db_kept *next;
};

/* The place of a name on a reading connection, until it ends; NULL on a writing one. Its user goes
 * by db_org. name: lives as long as the process. */
struct db_kept *db_kept(struct db *db, const char *name);
#endif
