/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The inbox as pages and as JSON, and the address for mail. Everybody sees his own only: the
 * account is part of every statement. Rules: notify.c. */
#include "platform/notify/notify_pages.h"
#include "platform/app.h"
#include "platform/audit/audit.h"
#include "platform/jobs/jobs.h"
#include "platform/notify/notify_store.h"
#include "platform/settings/settings.h"
#include "platform/web/json.h"
#include "views/notify.h"

enum { PAGE_ROWS = 30, ROWS_MAX = 200, JSON_MAX = 1 << 20 };

struct inbox_input {
    i64 after, limit;
    bool unread;
};

struct address_input {
    str address;
    bool active;
};

static const struct input INBOX_INPUTS[] = {
    { FIELD(struct inbox_input, after), .kind = INPUT_ID },
    { FIELD(struct inbox_input, limit), .kind = INPUT_NUMBER, .min = 1, .max = ROWS_MAX },
    { FIELD(struct inbox_input, unread), .kind = INPUT_BOOL },
    { .field = { 0 } },
};
static const struct form INBOX_FORM = { "inbox", sizeof(struct inbox_input), INBOX_INPUTS };

static const struct input ADDRESS_INPUTS[] = {
    { FIELD(struct address_input, address), .kind = INPUT_TEXT, .max = 254 },
    { FIELD(struct address_input, active), .kind = INPUT_BOOL },
    { .field = { 0 } },
};
static const struct form ADDRESS_FORM = { "inbox_mail", sizeof(struct address_input),
                                          ADDRESS_INPUTS };

/* A page's rows, and where the next page begins (0 = nowhere): one row more is read than shown. */
static err inbox_read(struct rq *rq, struct rows *out, i64 *next)
{
    const struct inbox_input *in = rq->input;
    i64 limit = in->limit > 0 ? in->limit : PAGE_ROWS;
    struct notify_query query = { .after = in->after, .limit = limit + 1, .unread = in->unread };
    TRY(notify_list(rq, &query, out));
    *next = 0;
    if ((i64)out->count > limit) {
        out->count = (size_t)limit;
        *next = ((struct notify_delivery *)out->items)[limit - 1].id;
    }
    return OK;
}

static bool mail_is_offered(struct rq *rq)
{
    return rq->app->config.smtp_url.len > 0 && setting_on(rq, "notify.mail");
}

static err page_inbox_list(struct rq *rq, struct res *res)
{
    const struct inbox_input *in = rq->input;
    struct rows rows;
    struct inbox_page page = { .only_unread = in->unread, .mail = mail_is_offered(rq) };
    i64 next = 0;
    TRY(inbox_read(rq, &rows, &next));
    TRY(notify_unread(rq, &page.unread));
    page.items = rows.items;
    page.count = rows.count;
    page.tabs[0] = (struct view_tab){ text_find("inbox.all"), str_of("/inbox"), -1, !in->unread };
    page.tabs[1] = (struct view_tab){ text_find("inbox.unread"), str_of("/inbox?unread=1"),
                                      page.unread, in->unread };
    if (next)
        page.next = arena_printf(rq->mem, "/inbox?after=%lld%s", (long long)next,
                                 in->unread ? "&unread=1" : "");
    page.crumbs[0] = (struct view_link){ text_find("menu.inbox"), { "", 0 } };
    struct out *out = page_begin(rq, text_find("menu.inbox"), "inbox");
    view_notify_inbox(out, &page);
    page_end(res, out);
    return OK;
}

static err page_inbox_open(struct rq *rq, struct res *res)
{
    struct notify_delivery delivery = { 0 };
    TRY(notify_read(rq, rq->path_id, &delivery));
    res_redirect(res, delivery.url.len > 0 ? delivery.url : str_of("/inbox"));
    return OK;
}

static err page_inbox_read(struct rq *rq, struct res *res)
{
    TRY(notify_read_all(rq));
    res_redirect(res, str_of("/inbox"));
    return OK;
}

/* ---- by mail too ---- */

static err page_inbox_mail(struct rq *rq, struct res *res)
{
    struct inbox_mail_page page = { 0 };
    TRY(notify_address(rq, "mail", &page.address, &page.active));
    page.crumbs[0] = (struct view_link){ text_find("menu.inbox"), str_of("/inbox") };
    page.crumbs[1] = (struct view_link){ text_find("inbox.mail"), { "", 0 } };
    struct out *out = page_begin(rq, text_find("inbox.mail"), "inbox");
    view_notify_mail(out, &page);
    page_end(res, out);
    return OK;
}

static err page_inbox_mail_store(struct rq *rq, struct res *res)
{
    const struct address_input *in = rq->input;
    if (in->active && in->address.len == 0)
        rq_fault(rq, "address", "form.required", (str){ "", 0 }, (str){ "", 0 });
    if (in->address.len > 0 && !mail_is_address(in->address))
        rq_fault(rq, "address", "notify.address", (str){ "", 0 }, (str){ "", 0 });
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    TRY(notify_address_store(rq, rq->actor->account_id, "mail", in->address, in->active));
    TRY(audit_add(rq, &(struct audit_entry){ "inbox.mail", "accounts", rq->actor->account_id,
                                             .after = str_of(in->active ? "on" : "off") }));
    res_flash(res, "inbox.mail_stored", (str){ "", 0 });
    res_redirect(res, str_of("/inbox/mail"));
    return OK;
}

/* ---- API ---- */

static void delivery_json(struct json *j, const struct notify_delivery *d)
{
    json_object(j, NULL);
    json_i64(j, "id", d->id);
    json_str(j, "words", d->words);
    json_str(j, "url", d->url);
    json_time(j, "sent_at", d->sent_at);
    json_time(j, "read_at", d->read_at);
    json_object_end(j);
}

static err api_inbox_list(struct rq *rq, struct res *res)
{
    struct rows rows;
    i64 next = 0, unread = 0;
    TRY(inbox_read(rq, &rows, &next));
    TRY(notify_unread(rq, &unread));
    struct json j = json_begin(rq);
    json_array(&j, "items");
    for (size_t i = 0; i < rows.count; i++)
        delivery_json(&j, (struct notify_delivery *)rows.items + i);
    json_array_end(&j);
    json_i64(&j, "unread", unread);
    if (next)
        json_i64(&j, "next", next);
    else
        json_null(&j, "next");
    json_send(&j, res);
    return OK;
}

static err api_inbox_read(struct rq *rq, struct res *res)
{
    struct notify_delivery delivery = { 0 };
    TRY(notify_read(rq, rq->path_id, &delivery));
    struct buf *b = buf_new(rq->mem, JSON_MAX);
    struct json j = json_on(b);
    delivery_json(&j, &delivery);
    res_json(res, b);
    return OK;
}

/* ---- declarations ---- */

static err old_forget(struct rq *rq, bool *again)
{
    const i64 day_ms = 24 * 60 * 60 * 1000;
    return deliveries_store_forget(rq, rq->now_ms - setting_number(rq, "notify.keep_days") * day_ms,
                                   again);
}

static const struct route ROUTES[] = {
    { GET, "/inbox", page_inbox_list, .may = SIGNED_IN, .form = &INBOX_FORM },
    { POST, "/inbox/{id}/open", page_inbox_open, .may = SIGNED_IN },
    { POST, "/inbox/read", page_inbox_read, .may = SIGNED_IN },
    { GET, "/inbox/mail", page_inbox_mail, .may = SIGNED_IN },
    { POST, "/inbox/mail", page_inbox_mail_store, .may = SIGNED_IN, .form = &ADDRESS_FORM,
      .redraw = page_inbox_mail },
    { GET, "/api/v1/inbox", api_inbox_list, .may = SIGNED_IN, .form = &INBOX_FORM },
    { POST, "/api/v1/inbox/{id}/read", api_inbox_read, .may = SIGNED_IN },
    { GET, "/outbox", page_outbox_list, .may = "outbox.manage", .form = &OUTBOX_FORM },
    { POST, "/outbox/release", page_outbox_release, .may = "outbox.manage",
      .form = &OUTBOX_ACT_FORM, .redraw = page_outbox_list, .api = true },
    { POST, "/outbox/discard", page_outbox_discard, .may = "outbox.manage",
      .form = &OUTBOX_ACT_FORM, .redraw = page_outbox_list, .api = true },
    { GET, "/api/v1/outbox", api_outbox_list, .may = "outbox.manage", .form = &OUTBOX_FORM },
    { 0 },
};

static const struct setting SETTINGS[] = {
    { .name = "notify.mail", .type = SETTING_BOOL, .fallback = "1", .source = "product" },
    { .name = "notify.keep_days",
      .type = SETTING_NUMBER,
      .unit = "days",
      .min = 30,
      .max = 3650,
      .fallback = "365",
      .source = "product" },
    { 0 },
};

static const struct job JOBS[] = {
    { .name = "notify.forget_old", .every_s = 24 * 60 * 60, .per_org = true, .run = old_forget },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { .name = "outbox.manage", .roles = "sysadmin", .admin = ADMIN_SYSTEM },
    { 0 },
};

static const struct menu_item MENU[] = {
    { .name = "outbox",
      .url = "/outbox",
      .icon = "mail",
      .may = "outbox.manage",
      .place = 93,
      .group = "settings" },
    { 0 },
};

const struct module notify_module = { .name = "notify",
                                      .routes = ROUTES,
                                      .permissions = PERMISSIONS,
                                      .menu = MENU,
                                      .settings = SETTINGS,
                                      .jobs = JOBS };
