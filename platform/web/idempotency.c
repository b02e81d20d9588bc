/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Claiming, keeping and giving back answers (idempotency.h). SQL is in web_store.c. */
#include "platform/web/idempotency.h"

#include <assert.h>

#include "platform/web/anonymous.h"
#include "platform/web/web_store.h"

/* In the place of a media type: the answer was not kept. */
static const char SHOWN_ONCE[] = "-";

static bool has_password(const struct form *form)
{
    for (const struct input *i = form ? form->inputs : NULL; i && i->field.name; i++)
        if (i->kind == INPUT_PASSWORD)
            return true;
    return false;
}

/* Whether the key counts: it must belong to somebody, and nothing made of a password is ever
 * stored. The key of an anonymous form is its stamp. */
static bool is_asked(const struct exchange *ex)
{
    const struct web_request *w = &ex->request;
    if (ex->entry->route.anonymous)
        return w->stamp.len > 0;
    return w->idempotency.len && (ex->actor.account_id || w->visitor.len) &&
           !has_password(ex->entry->route.form);
}

/* Kept for one account or anonymous browser: nobody gets another's answer by guessing a key. */
static str token_of(struct exchange *ex)
{
    const struct web_request *w = &ex->request;
    if (w->stamp.len)
        return digest_hex(ex->mem,
                          arena_printf(ex->mem, "stamp\n%.*s", (int)w->stamp.len, w->stamp.ptr));
    str text = arena_printf(ex->mem, "%lld\n%.*s\n%.*s", (long long)ex->actor.account_id,
                            ex->actor.account_id ? 0 : (int)w->visitor.len, w->visitor.ptr,
                            (int)w->idempotency.len, w->idempotency.ptr);
    return digest_hex(ex->mem, text);
}

static bool is_of_frame(str name)
{
    return str_is(name, "csrf") || str_is(name, "idempotency");
}

/* What was asked: method, path, every value, every file. Keyed: who reads the database must not be
 * able to try out what was typed. */
static str request_of(struct exchange *ex)
{
    struct buf *b = buf_new(ex->mem, REQUEST_SOFT_CAP);
    buf_add(b, ex->in.method);
    buf_put(b, " ");
    buf_add(b, ex->rq.path);
    for (size_t i = 0; i < ex->request.params.count; i++) {
        const struct web_param *p = &ex->request.params.items[i];
        if (is_of_frame(p->name))
            continue;
        buf_printf(b, "\n%d %zu:", (int)p->source, p->name.len);
        buf_add(b, p->name);
        buf_printf(b, " %zu:", p->value.len);
        buf_add(b, p->value);
    }
    struct uploads files = upload_all(ex->request.uploads);
    for (size_t i = 0; i < files.count; i++) {
        buf_put(b, "\nfile ");
        buf_add(b, files.items[i].sha256);
    }
    return digest_sign(ex->mem, ex->web->answers_key, buf_str(b));
}

static err replay(struct exchange *ex, const struct kept_answer *kept)
{
    struct res *res = &ex->res;
    assert(kept->status >= 200 && kept->status < 600);
    if (str_is(kept->type, SHOWN_ONCE))
        return err_make(ERR_CONFLICT, "web.shown_once");
    ex->replayed = true;
    res->status = (int)kept->status;
    if (kept->location.len) {
        res->kind = RES_REDIRECT;
        res->location = kept->location;
        return OK;
    }
    res->kind = str_starts(kept->type, str_of("text/html")) ? RES_HTML : RES_JSON;
    res->type = arena_cstr(ex->mem, kept->type.len ? kept->type : str_of("application/json"));
    res->body = kept->body;
    return OK;
}

err idempotency_claim(struct exchange *ex, struct db *db)
{
    const struct kept_answer row = { .token = token_of(ex),
                                     .request = str_of("stamp"),
                                     .created_at = ex->rq.now_ms };
    bool claimed;
    assert(ex->request.stamp.len > 0 && !ex->request.claimed);
    TRY(web_store_claim(db, &row, &claimed));
    return claimed ? OK : anonymous_used(ex);
}

err idempotency_begin(struct exchange *ex, struct db *db, bool *replayed)
{
    *replayed = false;
    assert(ex->next == NEXT_WRITE && db);
    if (!is_asked(ex))
        return OK;
    if (ex->request.stamp.len)
        return ex->request.claimed ? OK : idempotency_claim(ex, db);
    struct kept_answer row = { .token = token_of(ex),
                               .request = request_of(ex),
                               .created_at = ex->rq.now_ms },
                       kept;
    bool claimed;
    TRY(web_store_claim(db, &row, &claimed));
    if (claimed)
        return OK;
    TRY(web_store_find(db, row.token, ex->mem, &kept));
    if (!str_eq(kept.request, row.request) || kept.status == 0)
        return err_make(ERR_CONFLICT, "web.idempotency");
    *replayed = true;
    return replay(ex, &kept);
}

err idempotency_keep(struct exchange *ex, struct db *db)
{
    struct res *res = &ex->res;
    assert(!ex->replayed);
    if (!is_asked(ex))
        return OK;
    if (ex->request.stamp.len) /* that it was used is enough, and all that may be kept */
        return OK;
    struct kept_answer row = { .token = token_of(ex), .status = res->status ? res->status : 200 };
    bool has_body = res->kind == RES_HTML || res->kind == RES_JSON;
    if (res->kind == RES_REDIRECT)
        row.location = res->location;
    bool kept = !res->once && res->body.len <= IDEMPOTENCY_BODY_MAX;
    if (has_body)
        row.type = str_of(kept ? res->type : SHOWN_ONCE);
    if (has_body && kept)
        row.body = res->body;
    return web_store_keep(db, &row);
}
