/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The world of the matrix: the whole house with two organisations, three sets of the same things
 * (two of the first organisation, one of the second) and everybody who may ask. Texts of the second
 * organisation hold CANARY words that nobody of the first may ever read. */
#ifndef HT_TESTS_MATRIX_WORLD_H
#define HT_TESTS_MATRIX_WORLD_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/harness/test_app.h"
#include "tests/matrix/parts.h"
#include "tests/matrix/rehearse.h"

enum { SET_FIRST, SET_SECOND, SET_FOREIGN, SETS, ORG_OWN = 1, ORG_OTHER = 2 };

/* Everybody. Persons and operators belong to a set; who works for the whole organisation to
 * none. */
enum who {
    NOBODY,
    A_MEMBER,
    A_HEAD,
    A_STAFF,
    AN_EDITOR,
    A_REVIEWER,
    A_DISPATCHER,
    AN_OPERATOR,
    A_LEADER, /* of the agency */
    A_CHIEF,  /* role leader over the whole organisation */
    A_SYSADMIN,
    A_SECADMIN,
    AN_AUDITOR,
    A_KEEPER,
    A_CORRESPONDENT,
    A_PUBLISHER,
    ANOTHER_MEMBER,
    ANOTHER_OPERATOR,
    ANOTHER_LEADER,
    FOREIGN_MEMBER,
    FOREIGN_OPERATOR,
    FOREIGN_STAFF,
    FOREIGN_REVIEWER,
    FOREIGN_DISPATCHER,
    FOREIGN_LEADER,
    WHOS
};

/* also: a second role that he holds; NULL = none. */
struct who_kind {
    const char *name, *role;
    enum scope scope;
    int set;    /* -1 = of the whole organisation */
    i64 org_id; /* 0 = nobody's */
    const char *also;
};
extern const struct who_kind WHO[WHOS];

struct world {
    struct test_app *t;
    struct db *read;
    struct actor actor[WHOS];
    str login_name[WHOS];
    i64 thing[SETS][THINGS]; /* of proposals: its id */
    i64 assignment[SETS][THINGS];
    i64 attachment[SETS][THINGS];
    i64 agency[SETS], spare[SETS], member[SETS], newcomer[SETS], person[SETS], tenure[SETS],
        holding[SETS];
    i64 sector[SETS];
    i64 session[SETS];
};

/* Names of the sectors of the sets; telephone and identity number of the second organisation's
 * member. */
extern const char *const WORLD_SECTORS[SETS];
#define WORLD_CANARY_IDENTITY "530102199003077891"
#define WORLD_CANARY_PHONE    "13911112222"

/* The word of all passwords. */
extern const char WORLD_PASSWORD[];

/* Words of the second organisation that nobody else may read; ends with NULL. */
extern const char *const CANARIES[];

/* cmocka's group set-up and teardown; stop the program when something fails. */
int world_setup(void **state);
int world_teardown(void **state);

/* Runs a function of a part in a write of the set's organisation, which is also the actor's. */
void world_make(struct world *w, int set, err (*fn)(struct rq *rq, struct world *w, int set));

/* The organisation of a set. */
i64 world_org(int set);

/* Asks as somebody, without trace. body NULL = none. */
struct reply world_ask(struct world *w, enum who who, const struct rehearsal *r);

/* A number of a statement without parameters, as the organisation sees it. */
i64 world_number(struct db *db, i64 org_id, struct sql sql);
#endif
