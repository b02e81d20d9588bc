/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who is told, in which words, and by which way. SQL: notify_store.c; mail: mail.c. */
#include "platform/notify/notify.h"

#include <assert.h>

#include "platform/access/access.h"
#include "platform/app.h"
#include "platform/base/str.h"
#include "platform/jobs/jobs.h"
#include "platform/notify/notify_store.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

enum { SUBJECT_CHARS = 60 };

static const char MAIL[] = "mail";

/* Whether this installation and this organisation send mail at all. */
static bool mail_is_on(struct rq *rq)
{
    return rq->app->config.smtp_url.len > 0 && setting_on(rq, "notify.mail");
}

static bool is_business(const char *name)
{
    size_t count = 0;
    const struct permission *all = permission_all(&count);
    int number = permission_number(name);
    return number < 0 || all[number].admin == ADMIN_NONE;
}

static err bell_ring(struct rq *rq, i64 account_id)
{
    i64 count = 0;
    TRY(deliveries_store_unread(rq, account_id, &count));
    live_send(rq, account_id, "unread",
              arena_printf(rq->mem, "{\"count\":%lld}", (long long)count));
    return OK;
}

static str mail_payload(struct rq *rq, str to, str words, str url)
{
    struct buf *b = buf_new(rq->mem, 1 << 16);
    str org = rq->actor->org_name, address = rq->app->config.public_url;
    buf_add(b, to);
    buf_put_byte(b, '\n');
    buf_add(b, org);
    buf_put_byte(b, '\n');
    buf_add(b, str_cut_chars(words, SUBJECT_CHARS));
    buf_put_byte(b, '\n');
    buf_add(b, words);
    if (url.len > 0 && address.len > 0) {
        buf_put(b, "\n\n");
        buf_add(b, address);
        buf_add(b, url);
    }
    buf_put(b, "\n\n");
    buf_add(b, text_format(rq->mem, "notify.mail_foot", org, (str){ "", 0 }));
    return buf_str(b);
}

static err recipient_tell(struct rq *rq, const struct recipient *to,
                          const struct delivery_new *what)
{
    struct delivery_new delivery = *what;
    bool added = false;
    delivery.account_id = to->account_id;
    TRY(deliveries_store_add(rq, &delivery, &added));
    if (!added)
        return OK;
    TRY(bell_ring(rq, to->account_id));
    if (to->mail.len == 0 || !mail_is_on(rq))
        return OK;
    return outbox_add(rq, MAIL, mail_payload(rq, to->mail, what->words, what->url), (str){ "", 0 });
}

static bool is_of(i64 agency_id, const ids *agencies)
{
    for (size_t i = 0; i < agencies->count; i++)
        if (agency_id > 0 && agencies->items[i] == agency_id)
            return true;
    return false;
}

static err recipients_of(struct rq *rq, const struct notify_to *to, struct rows *out)
{
    struct recipient_query query = {
        .account_id = to->account_id,
        .person_id = to->person_id,
        .agency_id = to->agency_id,
        .permission = str_of(to->permission),
        .business = to->permission ? is_business(to->permission) : false,
        .except_id = to->except_account_id,
    };
    TRY(recipients_store_list(rq, &query, out));
    struct recipient *all = out->items;
    size_t kept = 0;
    for (size_t i = 0; i < out->count; i++)
        if (!is_of(all[i].agency_id, &to->except_agencies))
            all[kept++] = all[i];
    out->count = kept;
    return OK;
}

err notify_reaches(struct rq *rq, const struct notify_to *to, bool *out)
{
    struct rows recipients;
    TRY(recipients_of(rq, to, &recipients));
    *out = recipients.count > 0;
    return OK;
}

err notify_send(struct rq *rq, const struct notify_to *to, const struct notify_message *message)
{
    assert(message->url.len == 0 || message->url.ptr[0] == '/');
    struct delivery_new what = {
        .words = text_format(rq->mem, message->text, message->arg[0], message->arg[1]),
        .url = message->url,
        .once_key = str_of(message->key),
    };
    struct rows recipients;
    TRY(recipients_of(rq, to, &recipients));
    for (size_t i = 0; i < recipients.count; i++)
        TRY(recipient_tell(rq, (struct recipient *)recipients.items + i, &what));
    return OK;
}

err notify_unread(struct rq *rq, i64 *count)
{
    *count = 0;
    return rq->actor->account_id ? deliveries_store_unread(rq, rq->actor->account_id, count) : OK;
}

err notify_list(struct rq *rq, const struct notify_query *query, struct rows *out)
{
    return deliveries_store_list(rq, query, out);
}

err notify_read(struct rq *rq, i64 id, struct notify_delivery *out)
{
    TRY(deliveries_store_find(rq, id, out));
    if (out->read_at != 0)
        return OK;
    TRY(deliveries_store_read(rq, id));
    out->read_at = rq->now_ms;
    return bell_ring(rq, rq->actor->account_id);
}

err notify_read_all(struct rq *rq)
{
    TRY(deliveries_store_read(rq, 0));
    return bell_ring(rq, rq->actor->account_id);
}

err notify_address_store(struct rq *rq, i64 account_id, const char *gateway, str address,
                         bool active)
{
    if (address.len > 0 && strcmp(gateway, MAIL) == 0 && !mail_is_address(address))
        return err_make(ERR_INVALID, "notify.address");
    struct gateway_address row = { .account_id = account_id,
                                   .gateway = str_of(gateway),
                                   .address = address,
                                   .active = active && address.len > 0 };
    return addresses_store_put(rq, &row);
}

err notify_address(struct rq *rq, const char *gateway, str *address, bool *active)
{
    struct gateway_address row = { 0 };
    err found = addresses_store_find(rq, rq->actor->account_id, str_of(gateway), &row);
    *address = found.code == ERR_NONE ? row.address : (str){ "", 0 };
    *active = found.code == ERR_NONE && row.active;
    return found.code == ERR_NOT_FOUND ? OK : found;
}
