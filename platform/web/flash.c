/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Cookie "flash": hexadecimal of "key\narg", a dot, a signature (flash.h). */
#include "platform/web/flash.h"

#include <assert.h>

#include "platform/text/texts.h"

static int digit(char c)
{
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

static str cookie_of(const struct rq *rq)
{
    struct exchange *ex = rq->web->exchange;
    return http_cookie_of(&ex->in, str_of(ex->secure_cookies ? "__Host-flash" : "flash"));
}

str flash_take(struct rq *rq, bool *bad)
{
    *bad = false;
    str cookie = cookie_of(rq), key;
    i64 dot = str_find(cookie, str_of("."), 0);
    if (dot <= 0 || dot % 2)
        return str_of("");
    str hex = str_sub(cookie, 0, (size_t)dot);
    str sign = digest_sign(rq->mem, rq->web->exchange->web->cookie_key, hex);
    rq->web->flash_taken = true;
    if (!digest_is_same(sign, str_sub(cookie, (size_t)dot + 1, cookie.len)))
        return str_of("");
    char *text = arena_zero(rq->mem, hex.len / 2 + 1);
    for (size_t i = 0; i < hex.len / 2; i++)
        text[i] = (char)(digit(hex.ptr[2 * i]) << 4 | digit(hex.ptr[2 * i + 1]));
    str rest = { text, hex.len / 2 };
    if (!str_split(&rest, '\n', &key))
        return str_of("");
    *bad = str_ends(key, str_of("_bad"));
    return text_format(rq->mem, arena_cstr(rq->mem, key), rest, str_of(""));
}

void flash_finish(struct res *res)
{
    struct rq *rq = res->rq;
    assert(rq && rq->web);
    if (res->flash_key.len) {
        str text = arena_printf(rq->mem, "%.*s\n%.*s", (int)res->flash_key.len, res->flash_key.ptr,
                                (int)res->flash_arg.len, res->flash_arg.ptr);
        str hex = str_hex(rq->mem, (bytes){ (const unsigned char *)text.ptr, text.len });
        str sign = digest_sign(rq->mem, rq->web->exchange->web->cookie_key, hex);
        res_cookie(res, "flash",
                   arena_printf(rq->mem, "%.*s.%.*s", (int)hex.len, hex.ptr, (int)sign.len,
                                sign.ptr),
                   300);
    } else if (rq->web->flash_taken) {
        res_cookie(res, "flash", str_of(""), -1);
    }
}
