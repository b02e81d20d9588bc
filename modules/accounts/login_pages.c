/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The door: password, code, password again, out. A refused attempt is no error to the transaction
 * (its counters must stay), so these handlers draw their faults themselves. Rules:
 * platform/access/signin.h. */
#include "modules/accounts/account_pages.h"
#include "modules/accounts/account_views.h"
#include "platform/access/login.h"
#include "platform/access/signin.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"
#include "views/accounts.h"

/* Where to go on: an own path as typed into the address, else the person's start. */
static str next_of(str next)
{
    bool own = next.len > 0 && next.len <= 1000 && next.ptr[0] == '/' &&
               !(next.len > 1 && (next.ptr[1] == '/' || next.ptr[1] == '\\'));
    for (size_t i = 0; own && i < next.len; i++)
        own = (unsigned char)next.ptr[i] > 0x20 && (unsigned char)next.ptr[i] < 0x7F &&
              next.ptr[i] != '\\';
    if (!own || str_starts(next, str_of("/login")) || str_starts(next, str_of("/logout")))
        return str_of("/home");
    return next;
}

static str with_next(struct rq *rq, const char *path, str next)
{
    struct buf *b = buf_new(rq->mem, 4000);
    buf_printf(b, "%s?next=", path);
    for (size_t i = 0; i < next.len; i++) {
        unsigned char c = (unsigned char)next.ptr[i];
        if (c == '/' || c == '-' || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
            (c >= 'A' && c <= 'Z'))
            buf_put_byte(b, (char)c);
        else
            buf_printf(b, "%%%02X", c);
    }
    return buf_str(b);
}

static void refuse(struct rq *rq, struct res *res, const char *field, const char *name)
{
    rq_fault(rq, field, name, str_of(""), str_of(""));
    rq->error = err_make(ERR_INVALID, "form.faults");
    res_status(res, 422);
}

/* What was sent along as `next`, also when the form had faults. */
static str asked_next(const struct rq *rq)
{
    const struct next_input *input = rq->input;
    return input ? input->next : rq_typed(rq, "next", str_of(""));
}

/* ---- password ---- */

static err draw_login(struct rq *rq, struct res *res, str next)
{
    struct door door = { .next = next, .org = rq->actor->org_name };
    struct out *out = page_begin(rq, text_find("accounts.title_login"), NULL);
    view_accounts_login(out, &door);
    page_end(res, out);
    return OK;
}

err page_login_show(struct rq *rq, struct res *res)
{
    if (rq->actor->account_id) {
        res_redirect(res, next_of(asked_next(rq)));
        return OK;
    }
    bool needed = false;
    TRY(first_is_needed(rq, &needed));
    if (needed) {
        res_redirect(res, str_of("/first"));
        return OK;
    }
    return draw_login(rq, res, asked_next(rq));
}

err page_login_prove(struct rq *rq, struct res *res)
{
    const struct login_input *input = rq->input;
    struct signin_proof *proof = arena_zero(rq->mem, sizeof *proof);
    (void)res;
    TRY(signin_prove(rq, input->login_name, input->password, proof));
    rq->found = proof;
    return OK;
}

err page_login(struct rq *rq, struct res *res)
{
    const struct login_input *input = rq->input;
    struct signin_result result;
    TRY(signin_finish(rq, rq->found, &result));
    if (result.outcome == SIGNIN_DONE || result.outcome == SIGNIN_SECOND) {
        bool second = result.outcome == SIGNIN_SECOND;
        res_cookie(res, LOGIN_COOKIE, result.token, second ? 0 : result.max_age_s);
        res_redirect(res, second ? with_next(rq, "/login/code", next_of(input->next))
                                 : next_of(input->next));
        return OK;
    }
    refuse(rq, res, "login_name",
           result.outcome == SIGNIN_ADDRESS_LOCKED ? "accounts.address_locked"
                                                   : "accounts.refused");
    if (result.outcome == SIGNIN_ADDRESS_LOCKED)
        res_status(res, 429);
    return draw_login(rq, res, input->next);
}

/* ---- code ---- */

static err draw_code(struct rq *rq, struct res *res, str next)
{
    struct door door = { .next = next, .org = rq->actor->org_name };
    struct out *out = page_begin(rq, text_find("accounts.title_code"), NULL);
    view_accounts_code(out, &door);
    page_end(res, out);
    return OK;
}

static bool is_pending(const struct rq *rq)
{
    return !rq->actor->account_id && rq->actor->login_id;
}

err page_code_show(struct rq *rq, struct res *res)
{
    if (is_pending(rq))
        return draw_code(rq, res, asked_next(rq));
    res_redirect(res, rq->actor->account_id ? next_of(asked_next(rq)) : str_of("/login"));
    return OK;
}

err page_code(struct rq *rq, struct res *res)
{
    const struct code_input *input = rq->input;
    struct signin_result result;
    TRY(signin_second(rq, input->code, &result));
    if (result.outcome == SIGNIN_DONE) {
        res_cookie(res, LOGIN_COOKIE, result.token, result.max_age_s);
        res_redirect(res, next_of(input->next));
        return OK;
    }
    if (result.outcome == SIGNIN_GONE) {
        res_cookie(res, LOGIN_COOKIE, str_of(""), -1);
        refuse(rq, res, "login_name", "accounts.code_gone");
        return draw_login(rq, res, input->next);
    }
    refuse(rq, res, "code", "accounts.code_wrong");
    return draw_code(rq, res, input->next);
}

/* ---- the password again ---- */

static err draw_again(struct rq *rq, struct res *res, str next)
{
    struct door door = { .next = next, .login_name = rq->actor->name };
    struct out *out = page_begin(rq, text_find("accounts.title_again"), NULL);
    view_accounts_again(out, &door);
    page_end(res, out);
    return OK;
}

err page_again_show(struct rq *rq, struct res *res)
{
    return draw_again(rq, res, asked_next(rq));
}

err page_again_prove(struct rq *rq, struct res *res)
{
    const struct again_input *input = rq->input;
    struct signin_proof *proof = arena_zero(rq->mem, sizeof *proof);
    (void)res;
    TRY(signin_prove_own(rq, input->password, proof));
    rq->found = proof;
    return OK;
}

err page_again(struct rq *rq, struct res *res)
{
    const struct again_input *input = rq->input;
    struct signin_result result;
    TRY(signin_again(rq, rq->found, &result));
    if (result.outcome == SIGNIN_DONE) {
        res_redirect(res, next_of(input->next));
        return OK;
    }
    refuse(rq, res, "password", "accounts.password_wrong");
    return draw_again(rq, res, input->next);
}

/* ---- out ---- */

err page_logout(struct rq *rq, struct res *res)
{
    TRY(signin_out(rq));
    res_cookie(res, LOGIN_COOKIE, str_of(""), -1);
    res_header(res, "Clear-Site-Data", str_of("\"cache\", \"storage\""));
    res_flash(res, "accounts.signed_out", str_of(""));
    res_redirect(res, str_of("/login"));
    return OK;
}
