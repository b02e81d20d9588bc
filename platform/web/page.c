/* SPDX-License-Identifier: MulanPSL-2.0 */
/* page_begin and page_end (web.h): collects what the frame of every page shows (view.h).
 * Navigation is menu.h's; the markup is views/layout.html. */
#include <assert.h>

#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/web/csrf.h"
#include "platform/web/flash.h"
#include "platform/web/forms.h"
#include "platform/web/menu.h"
#include "platform/web/page_owner.h"
#include "platform/web/view.h"

enum { IDEMPOTENCY_BYTES = 16 };

/* Faults in words, the general failure first when it is no fault of a field. */
static void faults_make(struct rq *rq, struct view_page *page)
{
    size_t count = 0;
    for (const struct fault *f = rq->faults; f && f->name; f++)
        count++;
    struct view_fault *made = arena_array(rq->mem, count + 2, sizeof *made);
    page->faults = made;
    if (rq->error.code != ERR_NONE && !err_is(rq->error, "form.faults"))
        *made++ =
            (struct view_fault){ str_of(""), text_format(rq->mem, rq->error.name, rq->error.arg[0],
                                                         rq->error.arg[1]) };
    for (const struct fault *f = rq->faults; f && f->name; f++)
        *made++ = (struct view_fault){ str_of(f->field), fault_words(rq->mem, f) };
}

static void typed_make(struct rq *rq, struct view_page *page)
{
    const struct params *params = &rq->web->params;
    const struct form *form = rq->route ? rq->route->form : NULL;
    struct view_typed *typed = arena_array(rq->mem, params->count + 1, sizeof *typed);
    for (size_t i = 0; i < params->count; i++) {
        const struct web_param *p = &params->items[i];
        const struct input *input = form_input(form, p->name);
        if (input && input->kind != INPUT_PASSWORD && p->source == form_source(rq, input))
            typed[page->typed_count++] = (struct view_typed){ p->name, p->value };
    }
    page->typed = typed;
}

static str size_of(const struct rq *rq)
{
    const struct exchange *ex = rq->web->exchange;
    str size = http_cookie_of(&ex->in, str_of(ex->secure_cookies ? "__Host-size" : "size"));
    i64 points;
    bool fits = size.len == 2 && str_to_i64(size, &points) && points >= 20 && points <= 30;
    return fits ? size : str_of("");
}

/* A deed of which nobody knows whether it took place (db.commit_unknown), or that was turned away,
 * keeps its key on the page that offers it again: sent twice it is done once. */
static bool keeps_key(const struct rq *rq)
{
    return rq->web->exchange->failure.code == ERR_BUSY && rq->web->idempotency.len;
}

/* Pages kept for everybody carry no token, nor do those where nobody is known; their forms are
 * judged by origin. */
static void tokens_make(struct rq *rq, struct view_page *page)
{
    unsigned char random[IDEMPOTENCY_BYTES];
    if (rq->route && (rq->route->anonymous || (rq->route->cached && !rq->actor->account_id))) {
        page->csrf = page->idempotency = str_of("");
        return;
    }
    page->csrf = csrf_token(rq);
    rq->rng->fill(rq->rng, random, sizeof random);
    page->idempotency =
        keeps_key(rq) ? rq->web->idempotency : str_hex(rq->mem, (bytes){ random, sizeof random });
    rq->web->token_used = true;
}

/* Error pages are drawn also while the database is away, and in houses without the settings'
 * module. */
static bool is_demo(struct rq *rq)
{
    if (rq->app->config.demo)
        return true;
    return rq->db && rq->actor->org_id && setting_find(rq->app, "settings.demo") &&
           setting_on(rq, "settings.demo");
}

/* Whom to call, for the footer: a setting of the house where it has one; as is_demo where there is
 * nothing to ask. */
static str phone_of(struct rq *rq)
{
    bool known = rq->db && rq->actor->org_id && setting_find(rq->app, "orgs.phone");
    return known ? setting_text(rq, "orgs.phone") : str_of("");
}

struct out *page_begin(struct rq *rq, str title, const char *active)
{
    struct view_page *page = arena_zero(rq->mem, sizeof *page);
    const struct actor *actor = rq->actor;
    assert(rq->web);
    *page = (struct view_page){
        .title = title,
        .mode = rq->mode,
        .size = size_of(rq),
        .person = actor->account_id ? actor->name : str_of(""),
        .acting_for = actor->delegator_account_id ? actor->delegator_name : str_of(""),
        .org = actor->org_name,
        .request_id = rq->id,
        .path = rq->web->exchange->in.target,
        .org_phone = phone_of(rq),
        .demo = is_demo(rq),
        .faulty = rq->error.code != ERR_NONE,
        .bound = actor->must_change_password || actor->must_enrol,
        .idle_s = actor->idle_s,
        .now_ms = rq->now_ms,
    };
    page->flash = flash_take(rq, &page->flash_bad);
    tokens_make(rq, page);
    if (!page->bound)
        menu_show(rq, rq->web->exchange->web->menu, active, page);
    faults_make(rq, page);
    conflict_show(rq, page);
    typed_make(rq, page);
    if (actor->account_id && rq->db && notify_unread(rq, &page->unread).code != ERR_NONE)
        page->unread = 0; /* the page is worth more than the bell */
    struct out *out = arena_zero(rq->mem, sizeof *out);
    *out = (struct out){ .buf = buf_new(rq->mem, PAGE_MAX), .page = page };
    buf_room(out->buf, PAGE_USUAL); /* not grown step by step */
    return out;
}

struct out *page_begin_of(struct rq *rq, str title, const struct page_owner *owner)
{
    struct out *out = page_begin(rq, title, NULL);
    struct view_page *page = arena_zero(rq->mem, sizeof *page);
    *page = *out->page;
    page->org = owner->name;
    page->org_phone = owner->phone;
    out->page = page;
    return out;
}

void page_end(struct res *res, struct out *out)
{
    res_html(res, out->buf);
}
