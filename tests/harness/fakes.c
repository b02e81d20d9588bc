/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Stand-ins, each weak, for parts of the house that a tree does not have yet; the true one wins where it is linked. Remove a
 * line as soon as its part is there. */
#include <string.h>

#include "platform/access/login.h"
#include "platform/app.h"
#include "platform/audit/audit.h"
#include "platform/flow/flow.h"
#include "platform/notify/notify.h"
#include "tests/harness/test_setup.h"

static const struct permission *all[512];
static struct permission flat[512];
static size_t count;

void test_fakes(void)
{
}

__attribute__((weak)) err access_start(struct app *app)
{
    count = 0;
    for (const struct module *const *m = app->modules; *m; m++)
        for (const struct permission *p = (*m)->permissions; p && p->name; p++) {
            flat[count] = *p;
            all[count] = &flat[count];
            count++;
        }
    return OK;
}

__attribute__((weak)) int permission_number(const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(flat[i].name, name) == 0)
            return (int)i;
    return -1;
}

__attribute__((weak)) const struct permission *permission_all(size_t *n)
{
    *n = count;
    return flat;
}

__attribute__((weak)) enum scope actor_scope(const struct actor *actor, const char *permission)
{
    int number = permission_number(permission);
    return number < 0 ? SCOPE_NONE : (enum scope)actor->scopes[number];
}

__attribute__((weak)) bool actor_may(const struct actor *actor, const char *permission)
{
    return actor_scope(actor, permission) != SCOPE_NONE;
}

__attribute__((weak)) err access_actor(struct app *app, struct db *db, const struct credentials *credentials,
                                       struct arena *mem, struct actor *out, bool *stale)
{
    (void)app;
    (void)db;
    (void)credentials;
    (void)mem;
    *out = (struct actor){ .org_id = 1 };
    *stale = false;
    return OK;
}

__attribute__((weak)) err audit_add(struct rq *rq, const struct audit_entry *entry)
{
    (void)rq;
    (void)entry;
    return OK;
}

__attribute__((weak)) err notify_send(struct rq *rq, const struct notify_to *to, const struct notify_message *message)
{
    (void)rq;
    (void)to;
    (void)message;
    return OK;
}

__attribute__((weak)) err notify_unread(struct rq *rq, i64 *unread)
{
    (void)rq;
    *unread = 0;
    return OK;
}

__attribute__((weak)) void flow_json_allowed(struct json *j, const char *key, const struct flow *flow,
                                             const struct flow_subject *subject, const struct flow_allowed *allowed)
{
    (void)j;
    (void)key;
    (void)flow;
    (void)subject;
    (void)allowed;
}
