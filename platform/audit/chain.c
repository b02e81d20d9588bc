/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The fixed form of an entry. A change here breaks every chain in the field: do not reorder, do not
 * rename. */
#include "platform/audit/chain.h"

#include "platform/app.h"
#include "platform/audit/digest.h"
#include "platform/base/buf.h"
#include "platform/base/str.h"
#include "platform/web/digest.h"

enum { LINE_MAX_BYTES = 4 << 20 };

static void put_text(struct buf *b, const char *key, str value)
{
    buf_printf(b, ",\"%s\":", key);
    buf_put_json(b, value);
}

static void put_number(struct buf *b, const char *key, i64 value)
{
    buf_printf(b, ",\"%s\":%lld", key, (long long)value);
}

str chain_line(struct arena *mem, const struct audit_row *row)
{
    struct buf *b = buf_new(mem, LINE_MAX_BYTES);
    buf_printf(b, "{\"org\":%lld", (long long)row->org_id);
    put_number(b, "seq", row->seq);
    put_number(b, "at", row->at);
    put_number(b, "account", row->account_id);
    put_number(b, "delegator", row->delegator_id);
    put_text(b, "name", row->name);
    put_text(b, "act", row->act);
    put_text(b, "object", row->object);
    put_number(b, "object_id", row->object_id);
    put_text(b, "before", row->before_text);
    put_text(b, "after", row->after_text);
    put_text(b, "result", row->result);
    put_text(b, "address", row->address);
    put_text(b, "request", row->request);
    put_text(b, "algorithm", row->algorithm);
    buf_put_byte(b, '}');
    return buf_str(b);
}

err chain_digest(struct arena *mem, str before_digest, const struct audit_row *row, str *out)
{
    return digest_chain(mem, row->algorithm,
                        arena_printf(mem, "%.*s\n", (int)before_digest.len, before_digest.ptr),
                        chain_line(mem, row), out);
}

str chain_seal(const struct app *app, struct arena *mem, const struct audit_head *head)
{
    unsigned char key[DIGEST_SIZE];
    app_key(app, "audits", key);
    str text =
        arena_printf(mem, "%lld %lld %.*s %lld %.*s", (long long)head->org_id, (long long)head->seq,
                     (int)head->digest.len, head->digest.ptr, (long long)head->base_seq,
                     (int)head->base_digest.len, head->base_digest.ptr);
    return digest_sign(mem, key, text);
}

bool chain_is_sealed(const struct app *app, struct arena *mem, const struct audit_head *head)
{
    if (head->seq == 0 && head->base_seq == 0 && head->digest.len == 0)
        return head->seal.len == 0;
    return digest_is_same(head->seal, chain_seal(app, mem, head));
}

str chain_text(struct arena *mem, str text, i64 max)
{
    struct buf *b = buf_new(mem, (size_t)max * 4 + 4);
    size_t at = 0;
    i64 chars = 0;
    char bytes_of[4];
    while (at < text.len && chars++ < max) {
        uint32_t c = str_next_char(text, &at);
        buf_add(b, (str){ bytes_of, str_put_char(c ? c : 0xFFFD, bytes_of) });
    }
    if (at < text.len)
        buf_put(b, "\xE2\x80\xA6");
    return buf_str(b);
}
