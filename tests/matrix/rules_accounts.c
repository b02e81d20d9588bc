/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/accounts that answer otherwise than their permission says, and what is one's
 * own. */
#include "tests/matrix/rules.h"
#include "tests/matrix/world_accounts.h"

/* method 0 = every; who WHOS = everybody who holds the permission. */
struct exception {
    const char *path;
    enum web_method method;
    enum who who;
    char answer;
    const char *reason;
};

static const struct exception EXCEPTIONS[] = {
    { "/first", 0, WHOS, 'n', "the house has accounts: there is no first start any more" },
    { "/login/code", GET, NOBODY, 'l', "no password was given yet: the code is asked after it" },
    { "/logout", POST, WHOS, 'l', "it leads to the door" },
    { "/me/factor", POST, WHOS, 'c', "no second factor has been begun" },
    { "/api/v1/me/factor", POST, WHOS, 'c', "the same" },
    { NULL, 0, WHOS, 0, NULL },
};

char rules_accounts_first(const struct question *q)
{
    for (const struct exception *e = EXCEPTIONS; e->path; e++)
        if (strcmp(e->path, q->entry->route.path) == 0 &&
            (!e->method || e->method == q->entry->route.method) &&
            (e->who == WHOS || e->who == q->who))
            return e->answer;
    return 0;
}

char rules_accounts_own(const struct question *q)
{
    bool own = q->thing == LOGIN || q->thing == TOKEN || q->thing == DELEGATION;
    return !own || rules_is_account(q) ? 'o' : 'n';
}
