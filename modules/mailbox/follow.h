/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the sender does with his letter, once he has shown its receipt. The rules; pages:
 * follow_pages.c. */
#ifndef HT_MAILBOX_FOLLOW_H
#define HT_MAILBOX_FOLLOW_H
#include "modules/mailbox/intake.h"

/* Does what in->act says, with the letter of rq's organisation (the house itself acts: nobody is
 * signed in); l as it is afterwards. faults: the request at whose fields faults are noted. *said:
 * what to tell him, a text name; NULL = he only looks. Errors: INVALID form.faults; CONFLICT
 * letters.is_over, letters.too_many_words, flows.state. */
err follow_act(struct rq *rq, struct rq *faults, const struct follow_input *in, struct letter *l,
               const char **said);

/* Whether the sender may still say something. */
bool follow_is_open(const struct letter *l);
#endif
