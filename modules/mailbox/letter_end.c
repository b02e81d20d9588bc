/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See letter_end.h: what goes, and that who keeps something of it hears so. */
#include "modules/mailbox/letter_end.h"

#include "modules/mailbox/letter_rules.h"
#include "modules/mailbox/letter_store.h"
#include "platform/files/files.h"
#include "platform/text/text.h"
#include "platform/text/texts.h"

/* What anybody wrote about it goes; that it came, about what kind of matter, from where, and how it
 * ended stays for the figures. */
err letter_erase(struct rq *rq, i64 id)
{
    struct letter letter, *l = &letter;
    TRY(letter_store_find(rq->db, id, rq->mem, l));
    l->title = text_find("letters.erased_title");
    l->body = l->masked_body = l->place = l->guidance = l->reply = l->verdict_text = str_of("");
    l->point = l->point_by = str_of("");
    l->point_disclosed = false;
    l->erased_at = rq->now_ms;
    TRY(attachment_remove_all(rq, "letters", l->id));
    TRY(letter_store_remove_messages(rq->db, l->id));
    TRY(sender_forget(rq, l->id));
    TRY(text_remove(rq, "letters", l->id));
    TRY(flow_words_forget(rq, &LETTERS_FLOW, l->id));
    TRY(letter_update(rq, l));
    return event_emit(rq, "mailbox.erased", l->id, l);
}

err letter_forget_sender(struct rq *rq, i64 id)
{
    return sender_forget(rq, id);
}
