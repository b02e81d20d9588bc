/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Opening another cppcc (a county's, a township's) in this installation: its own organisation with
 * its first accounts. Pages: tenant_pages.c. */
#ifndef HT_ACCOUNTS_TENANT_RULES_H
#define HT_ACCOUNTS_TENANT_RULES_H
#include "platform/web/web.h"

/* A first account: its role, who has it; login_name empty = none is made. password: made by the
 * house, shown once. field: of the form, for faults. */
struct tenant_account {
    const char *role, *field;
    str login_name, name, password, hash;
};

/* The office's account, then the three administrators. */
enum { TENANT_ACCOUNTS = 4 };

/* area: code or name, may be empty. */
struct tenant_new {
    str name, short_name, code, area;
    struct tenant_account accounts[TENANT_ACCOUNTS];
};

/* Opens it: an organisation without parent, that nobody of the opening one sees into (Charter:
 * guidance, not command), its roles and accounts, whose passwords must be changed at the first
 * sign-in. Audited in both chains. Errors: FORBIDDEN tenants.only_host; INVALID with faults at the
 * fields; CONFLICT orgs.cppcc_there, orgs.code_there. */
err tenant_open(struct rq *rq, const struct tenant_new *tenant, i64 *org_id);

/* Those of the installation (struct tenant rows), for the organisation that runs it; any other sees
 * itself alone. */
err tenant_list(struct rq *rq, bool *host, struct rows *out);
#endif
