/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A roster too long to choose from, for tests of what happens then. */
#ifndef HT_MEMBERS_TESTS_CROWD_H
#define HT_MEMBERS_TESTS_CROWD_H
#include "platform/db/db.h"

/* 600 serving members in db's organisation and its last term, without a sector: numbers from
 * CROWD_FIRST + 1 on, "Crowd1" … of code "C1" …; the last two bear one name, "Twin". */
enum { CROWD_FIRST = 5000000, CROWD_COUNT = 600 };
void crowd_add(struct db *db);
#endif
