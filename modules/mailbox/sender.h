/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who wrote a letter, if he said so: sealed and apart from it, with what he agreed to. Only pages
 * of this module open it: masked to staff, in full with a reason (PIPL art. 28, 51; quality P7,
 * P10); never to a unit (信访工作条例 art. 30). */
#ifndef HT_MAILBOX_SENDER_H
#define HT_MAILBOX_SENDER_H
#include "modules/mailbox/letter.h"

/* As stored. */
struct sender_row {
    bytes name_sealed, phone_sealed, mail_sealed;
    bool handover;
};

/* purpose: "contact", "handover". withdrawn_at 0 = it holds. */
struct sender_consent {
    i64 given_at, withdrawn_at;
    str purpose, notice;
};

/* Which notice the forms show; it changes with its words (views/intake.html). */
extern const char SENDER_NOTICE[];

/* Keeps who wrote it and what he agrees to, in place of what was kept; what he agreed to before and
 * does not now ends. Nothing said = nothing is kept. Errors: those of the database. */
err sender_keep(struct rq *rq, i64 letter_id, const struct letter_sender *in, str notice);

/* Opens it; all empty where nothing is kept. masked: as staff sees it. Errors: INTERNAL
 * access.field_broken. */
err sender_find(struct rq *rq, i64 letter_id, struct letter_sender *out);
struct letter_sender sender_mask(struct arena *mem, const struct letter_sender *open);

/* Whether anything is known. */
bool sender_is_known(const struct letter_sender *s);

/* What he agreed to, oldest first: struct sender_consent rows. */
err sender_list_consents(struct rq *rq, i64 letter_id, struct rows *out);

/* Forgets who wrote it; his consents end. */
err sender_forget(struct rq *rq, i64 letter_id);
#endif
