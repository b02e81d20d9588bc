/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Attestations: an entry of the chain that holds a digest and nobody's name, kept with the digest
 * before it, so that it can be shown and checked by itself. */
#include "platform/audit/attest.h"

#include <assert.h>

#include "platform/audit/audit_store.h"
#include "platform/audit/chain.h"
#include "platform/base/buf.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/web/digest.h"
#include "platform/web/json.h"

enum { MINUTE_MS = 60000, DIGEST_HEX = 64, FILE_MAX_BYTES = 1 << 16 };

str attestation_digest(struct arena *mem, const str *parts, size_t count)
{
    unsigned char out[DIGEST_SIZE];
    struct digest d;
    digest_start(&d);
    for (size_t i = 0; i < count; i++) {
        str head = arena_printf(mem, "%zu:", parts[i].len);
        digest_add(&d, (bytes){ (const unsigned char *)head.ptr, head.len });
        digest_add(&d, (bytes){ (const unsigned char *)parts[i].ptr, parts[i].len });
    }
    digest_end(&d, out);
    return str_hex(mem, (bytes){ out, sizeof out });
}

err attestation_add(struct rq *rq, const char *object, i64 object_id, str text_digest)
{
    struct attestation a = { .text_digest = text_digest };
    struct audit_row row = {
        .org_id = rq->actor->org_id,
        .at = rq->now_ms - rq->now_ms % MINUTE_MS, /* of a letter no log may say more */
        .act = str_of("attestations.add"),
        .object = str_of(object),
        .object_id = object_id,
        .name = str_of(""),
        .before_text = str_of(""),
        .after_text = text_digest,
        .result = str_of("ok"),
        .address = str_of(""), /* who did it stands in the entry of the act itself, if anywhere */
        .request = str_of(""),
        .algorithm = setting_text(rq, "audits.digest"),
    };
    assert(text_digest.len == DIGEST_HEX);
    TRY(audit_append(rq, &row, &a.before_digest));
    a.entry = chain_line(rq->mem, &row);
    return attestation_store_add(rq->db, &row, &a);
}

/* Compares what was handed out with what the chain holds. */
static err compare(struct rq *rq, struct attestation *a)
{
    struct audit_row row = { 0 };
    struct audit_head head = { 0 };
    str digest;
    err e = audit_store_find(rq->db, a->seq, rq->mem, &row);
    if (err_is(e, "db.no_row")) {
        TRY(audit_store_find_head(rq->db, rq->mem, &head));
        a->retired = a->seq <= head.base_seq;
        return OK;
    }
    TRY(e);
    TRY(chain_digest(rq->mem, a->before_digest, &row, &digest));
    a->stands = str_eq(digest, a->digest) && str_eq(row.digest, a->digest) &&
                str_eq(chain_line(rq->mem, &row), a->entry) &&
                str_eq(row.after_text, a->text_digest);
    return OK;
}

err attestation_find(struct rq *rq, const char *object, i64 object_id, struct attestation *out)
{
    err e = attestation_store_find(rq->db, str_of(object), object_id, rq->mem, out);
    if (err_is(e, "db.no_row")) {
        *out = (struct attestation){ 0 };
        return OK;
    }
    TRY(e);
    return compare(rq, out);
}

bool attestation_is_same(const struct attestation *a)
{
    return str_eq(a->text_now, a->text_digest);
}

void attestation_json(const struct attestation *a, struct json *j)
{
    if (!a->seq)
        return;
    json_object(j, "attestation");
    json_i64(j, "seq", a->seq);
    json_time(j, "at", a->at);
    json_str(j, "text_digest", a->text_digest);
    json_str(j, "before", a->before_digest);
    json_str(j, "entry", a->entry);
    json_str(j, "digest", a->digest);
    json_bool(j, "stands", a->stands);
    json_bool(j, "retired", a->retired);
    json_bool(j, "text_same", attestation_is_same(a));
    json_object_end(j);
}

str attestation_file(struct arena *mem, const struct attestation *a)
{
    struct buf *b = buf_new(mem, FILE_MAX_BYTES);
    buf_put(b, "{\"before\":");
    buf_put_json(b, a->before_digest);
    buf_put(b, ",\"entry\":");
    buf_put_json(b, a->entry);
    buf_put(b, ",\"digest\":");
    buf_put_json(b, a->digest);
    buf_put_byte(b, '}');
    return buf_str(b);
}
