/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Accounts of everybody in the world (enum who), and what belongs to an account. */
#ifndef HT_TESTS_MATRIX_WORLD_ACCOUNTS_H
#define HT_TESTS_MATRIX_WORLD_ACCOUNTS_H
#include "tests/matrix/specimens.h"

enum {
    ACCOUNT = PART_ACCOUNTS * THINGS_EACH, /* of the set's member */
    ACCOUNT_SHUT,                          /* another one, disabled */
    OPERATOR,                              /* account of the set's operator */
    ROLE,
    AUDIT,
    LOGIN, /* and what follows: of the account of the set's member */
    TOKEN,
    DELEGATION,
};

extern const struct specimen SPECIMENS_ACCOUNTS[];

char rules_accounts_first(const struct question *q);
char rules_accounts_own(const struct question *q);
#endif
