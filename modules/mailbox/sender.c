/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See sender.h. Sealed by platform/access/secret.h; a name alone says who somebody is, so it is
 * sealed too. */
#include "modules/mailbox/sender.h"

#include "modules/mailbox/letter_store.h"
#include "modules/members/member_rules.h"
#include "platform/access/secret.h"

enum { MINUTE_MS = 60000 };

const char SENDER_NOTICE[] = "2026-11";

bool sender_is_known(const struct letter_sender *s)
{
    return s->name.len + s->phone.len + s->mail.len > 0;
}

static err consent_set(struct rq *rq, i64 letter_id, const char *purpose, bool given, str notice)
{
    struct rows rows;
    i64 at = rq->now_ms - rq->now_ms % MINUTE_MS;
    bool holds = false;
    TRY(letter_store_list_consents(rq->db, letter_id, rq->mem, &rows));
    const struct sender_consent *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        holds |= str_is(all[i].purpose, purpose) && all[i].withdrawn_at == 0;
    if (holds && !given)
        return letter_store_end_consents(rq->db, letter_id, str_of(purpose), at);
    if (holds || !given)
        return OK;
    const struct sender_consent c = { .given_at = at,
                                      .purpose = str_of(purpose),
                                      .notice = notice };
    return letter_store_add_consent(rq->db, letter_id, &c);
}

err sender_keep(struct rq *rq, i64 letter_id, const struct letter_sender *in, str notice)
{
    bool known = sender_is_known(in);
    TRY(consent_set(rq, letter_id, "contact", known && in->contact, notice));
    TRY(consent_set(rq, letter_id, "handover", known && in->handover, notice));
    if (!known)
        return letter_store_remove_sender(rq->db, letter_id);
    const struct sender_row row = {
        .name_sealed = field_seal(rq->app, rq->rng, rq->mem, "senders.name", in->name),
        .phone_sealed = field_seal(rq->app, rq->rng, rq->mem, "senders.phone", in->phone),
        .mail_sealed = field_seal(rq->app, rq->rng, rq->mem, "senders.mail", in->mail),
        .handover = in->handover,
    };
    return letter_store_put_sender(rq->db, letter_id, &row);
}

err sender_find(struct rq *rq, i64 letter_id, struct letter_sender *out)
{
    struct sender_row row;
    *out = (struct letter_sender){ .name = str_of(""), .phone = str_of(""), .mail = str_of("") };
    err e = letter_store_find_sender(rq->db, letter_id, rq->mem, &row);
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    TRY(field_open(rq->app, rq->mem, "senders.name", row.name_sealed, &out->name));
    TRY(field_open(rq->app, rq->mem, "senders.phone", row.phone_sealed, &out->phone));
    TRY(field_open(rq->app, rq->mem, "senders.mail", row.mail_sealed, &out->mail));
    out->contact = true; /* without it nothing is kept */
    out->handover = row.handover;
    return OK;
}

static str mail_mask(struct arena *mem, str mail)
{
    i64 at = str_find(mail, str_of("@"), 0);
    if (at < 0)
        return member_mask(mem, mail, 1, 0);
    return arena_printf(mem, "%.1s***%.*s", mail.ptr, (int)(mail.len - (size_t)at), mail.ptr + at);
}

struct letter_sender sender_mask(struct arena *mem, const struct letter_sender *open)
{
    return (struct letter_sender){ .name = member_mask(mem, open->name, 1, 0),
                                   .phone = member_mask(mem, open->phone, 3, 4),
                                   .mail = open->mail.len ? mail_mask(mem, open->mail) : str_of(""),
                                   .contact = open->contact,
                                   .handover = open->handover };
}

err sender_list_consents(struct rq *rq, i64 letter_id, struct rows *out)
{
    return letter_store_list_consents(rq->db, letter_id, rq->mem, out);
}

err sender_forget(struct rq *rq, i64 letter_id)
{
    return sender_keep(rq, letter_id, &(struct letter_sender){ .name = str_of("") }, str_of(""));
}

err letter_find_mail(struct rq *rq, i64 id, str *out)
{
    struct letter_sender s;
    TRY(sender_find(rq, id, &s));
    *out = s.mail;
    return OK;
}
