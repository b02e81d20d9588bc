/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Real messages from the public (shared data) with what people and programs have said about them:
 * 13 matters of which 150 messages were read by hand, 578 pairs of near-duplicates. For tests of
 * how letters are gathered. Nothing here knows of a single text. */
#ifndef HT_TESTS_QUALITY_MESSAGES_H
#define HT_TESTS_QUALITY_MESSAGES_H
#include "platform/text/weights.h"

enum { MESSAGES = 7342, MATTERS = 13, MESSAGES_HOT = 30 };

struct message {
    str id, time, title, body;
    i64 day, matter; /* matter: 1..13, 0 = nobody said */
    bool is_near;    /* it is in a pair of near-duplicates */
};

struct messages {
    struct arena *mem;
    struct message *items; /* by time */
    size_t count;
    struct text_bag listed; /* pairs of near-duplicates */
};

/* Whether the data is there; says so on standard error where not. */
bool messages_are_there(void);

/* Reads them all; fails the test where that cannot be done. Loads the table of traditional
 * characters, too. */
void messages_read(struct messages *m);

/* Whether two are in the list of near-duplicates. */
bool messages_are_near(const struct messages *m, str a, str b);

/* F1 of pairs within the messages whose matter is known, printed with precision and recall.
 * cluster: of each message, any numbers. */
double messages_f1(const struct messages *m, const i64 *cluster);

/* How many matters are among the first 30 clusters of a list, most important first; ranks printed.
 * A cluster has found a matter of which it holds at least half. */
i64 messages_found(const struct messages *m, const i64 *cluster, const ids *hot);
#endif
