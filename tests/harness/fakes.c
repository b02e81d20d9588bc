/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Stand-ins, each weak, for parts of the house that a tree does not have yet; the true one wins where it is linked. Remove a
 * line as soon as its part is there. */
#include <string.h>

#include "platform/app.h"
#include "platform/notify/notify.h"
#include "tests/harness/test_setup.h"

void test_fakes(void)
{
}

__attribute__((weak)) err notify_send(struct rq *rq, const struct notify_to *to,
                                      const struct notify_message *message)
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
