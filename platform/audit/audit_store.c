/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of the audit log. Writers of one chain take turns by the organisation's lock (platform/db);
 * its head is written once a transaction. */
#include "platform/audit/audit_store.h"

#include <assert.h>
#include <string.h>

#include "platform/base/str.h"
#include "platform/db/held.h"

static const struct field HEAD[] = { FIELD(struct audit_head, org_id),
                                     FIELD(struct audit_head, seq),
                                     FIELD(struct audit_head, base_seq),
                                     FIELD(struct audit_head, digest),
                                     FIELD(struct audit_head, base_digest),
                                     FIELD(struct audit_head, seal),
                                     { 0 } };

static const struct field ROW[] = { FIELD(struct audit_row, org_id),
                                    FIELD(struct audit_row, seq),
                                    FIELD(struct audit_row, at),
                                    FIELD(struct audit_row, account_id),
                                    FIELD(struct audit_row, delegator_id),
                                    FIELD(struct audit_row, object_id),
                                    FIELD(struct audit_row, name),
                                    FIELD(struct audit_row, act),
                                    FIELD(struct audit_row, object),
                                    FIELD(struct audit_row, before_text),
                                    FIELD(struct audit_row, after_text),
                                    FIELD(struct audit_row, result),
                                    FIELD(struct audit_row, address),
                                    FIELD(struct audit_row, request),
                                    FIELD(struct audit_row, algorithm),
                                    FIELD(struct audit_row, digest),
                                    { 0 } };

/* ---- the head, held until the commit ---- */

enum { DIGEST_HEX = 64 };

/* What cannot be held as it was read is odd, and held as none. */
struct held_text {
    char text[DIGEST_HEX + 1];
    bool odd;
};

struct held_head {
    i64 seq, base_seq;
    struct held_text digest, base_digest, seal;
};

struct held_chain {
    struct held_head stood, head;
    bool sealed;
};

/* What is no digest of ours counts as none: the chain is broken then, for verify to tell. */
static void text_hold(struct held_text *to, str text)
{
    to->odd = text.len > DIGEST_HEX || (text.len && memchr(text.ptr, '\0', text.len));
    size_t len = to->odd ? 0 : text.len;
    if (len)
        memcpy(to->text, text.ptr, len);
    to->text[len] = '\0';
}

static void head_hold(struct held_head *to, const struct audit_head *from)
{
    to->seq = from->seq;
    to->base_seq = from->base_seq;
    text_hold(&to->digest, from->digest);
    text_hold(&to->base_digest, from->base_digest);
    text_hold(&to->seal, from->seal);
}

static struct audit_head head_held(struct db *db, struct arena *mem, const struct held_head *from)
{
    return (struct audit_head){ .org_id = db_org(db),
                                .seq = from->seq,
                                .base_seq = from->base_seq,
                                .digest = arena_str(mem, str_of(from->digest.text)),
                                .base_digest = arena_str(mem, str_of(from->base_digest.text)),
                                .seal = arena_str(mem, str_of(from->seal.text)) };
}

/* Whoever changed the head without the organisation's lock is not written over. What was odd as it
 * was read is not compared: the engines count its length otherwise than we do. */
static err head_write(struct db *db, const void *value)
{
    const struct held_chain *c = value;
    i64 stood_seq = c->stood.seq, stood_base_seq = c->stood.base_seq,
        odd_digest = c->stood.digest.odd, odd_seal = c->stood.seal.odd;
    str digest = str_of(c->head.digest.text), base_digest = str_of(c->head.base_digest.text),
        seal = str_of(c->head.seal.text), stood_digest = str_of(c->stood.digest.text),
        stood_seal = str_of(c->stood.seal.text);
    return db_update(
        db,
        SQL("UPDATE audit_heads SET seq = :seq, digest = :digest, base_seq = :base_seq,"
            " base_digest = :base_digest, seal = :seal WHERE org_id = :org AND seq = :stood_seq"
            " AND base_seq = :stood_base_seq AND (digest = :stood_digest OR :odd_digest = 1)"
            " AND (seal = :stood_seal OR :odd_seal = 1)",
            P(c->head.seq), P(digest), P(c->head.base_seq), P(base_digest), P(seal), P(stood_seq),
            P(stood_base_seq), P(stood_digest), P(stood_seal), P(odd_digest), P(odd_seal)));
}

static const struct db_holding HEADS = { "audit_heads", sizeof(struct held_chain), head_write };

err audit_store_take(struct db *db, struct arena *mem, struct audit_chain *chain)
{
    const struct held_chain *held = db_held(db, &HEADS);
    if (held) {
        *chain = (struct audit_chain){ .stood = head_held(db, mem, &held->stood),
                                       .head = head_held(db, mem, &held->head),
                                       .known = true,
                                       .sealed = held->sealed };
        return OK;
    }
    *chain = (struct audit_chain){ 0 };
    TRY(audit_store_find_head(db, mem, &chain->stood));
    if (chain->stood.org_id == 0) {
        TRY(db_run(db,
                   SQL("INSERT INTO audit_heads (org_id, seq, digest) VALUES (:org, 0, '') ON"
                       " CONFLICT (org_id) DO NOTHING"),
                   NULL));
        TRY(audit_store_find_head(db, mem, &chain->stood));
    }
    chain->head = chain->stood;
    return OK;
}

/* Held a second time, how it stood is what was read the first time. */
err audit_store_hold(struct db *db, const struct audit_chain *chain)
{
    struct held_chain held = { .sealed = chain->sealed };
    const struct held_chain *before = db_held(db, &HEADS);
    assert(chain->head.seq >= chain->stood.seq && chain->head.org_id == db_org(db));
    head_hold(&held.stood, &chain->stood);
    if (chain->known && before) {
        held.stood.digest.odd |= before->stood.digest.odd;
        held.stood.seal.odd |= before->stood.seal.odd;
    }
    head_hold(&held.head, &chain->head);
    return db_hold(db, &HEADS, &held);
}

/* ---- entries ---- */

err audit_store_add(struct db *db, const struct audit_row *r)
{
    assert(r->seq > 0);
    return db_run(
        db,
        SQL("INSERT INTO audits (org_id, seq, at, account_id, delegator_id, name, act, object,"
            " object_id,"
            " before_text, after_text, result, address, request, algorithm, digest) VALUES (:org,"
            " :seq, :at,"
            " :account_id, :delegator_id, :name, :act, :object, :object_id, :before_text,"
            " :after_text, :result,"
            " :address, :request, :algorithm, :digest)",
            P(r->seq), P(r->at), P(r->account_id), P(r->delegator_id), P(r->name), P(r->act),
            P(r->object), P(r->object_id), P(r->before_text), P(r->after_text), P(r->result),
            P(r->address), P(r->request), P(r->algorithm), P(r->digest)),
        NULL);
}

err audit_store_seal(struct db *db, str seal)
{
    assert(seal.len > 0);
    return db_run(
        db, SQL("UPDATE audit_heads SET seal = :seal WHERE org_id = :org AND seal = ''", P(seal)),
        NULL);
}

err audit_store_list_orgs(struct db *db, struct arena *mem, struct rows *out)
{
    static const struct field MAP[] = { FIELD(struct audit_org, org_id), { 0 } };
    out->size = sizeof(struct audit_org);
    return db_list(
        db,
        SQL("SELECT org_id FROM audit_heads UNION SELECT DISTINCT org_id FROM audits ORDER BY"
            " org_id"),
        MAP, mem, out);
}

err audit_store_find_head(struct db *db, struct arena *mem, struct audit_head *out)
{
    err e =
        db_one(db,
               SQL("SELECT org_id, seq, base_seq, digest, base_digest, seal FROM audit_heads WHERE"
                   " org_id = :org"),
               HEAD, mem, out);
    return err_is(e, "db.no_row") ? OK : e;
}

err audit_store_each(struct db *db, i64 after_seq, const struct db_each *walk)
{
    assert(walk && walk->fn);
    struct db_each each = *walk;
    assert(after_seq >= 0);
    each.map = ROW;
    each.size = sizeof(struct audit_row);
    return db_each(db,
                   SQL("SELECT org_id, seq, at, account_id, delegator_id, object_id, name, act,"
                       " object, before_text, after_text, result, address, request, algorithm,"
                       " digest FROM audits WHERE org_id = :org AND seq > :after_seq ORDER BY seq",
                       P(after_seq)),
                   &each);
}

err audit_store_find(struct db *db, i64 seq, struct arena *mem, struct audit_row *out)
{
    assert(seq > 0);
    return db_one(db,
                  SQL("SELECT org_id, seq, at, account_id, delegator_id, object_id, name, act,"
                      " object, before_text, after_text, result, address, request, algorithm,"
                      " digest FROM audits WHERE org_id = :org AND seq = :seq",
                      P(seq)),
                  ROW, mem, out);
}

err audit_store_last_before(struct db *db, i64 before_ms, struct arena *mem, struct audit_row *out)
{
    err e = db_one(
        db,
        SQL("SELECT org_id, seq, at, account_id, delegator_id, object_id, name, act, object,"
            " before_text,"
            " after_text, result, address, request, algorithm, digest FROM audits"
            " WHERE org_id = :org AND seq < COALESCE((SELECT MIN(b.seq) FROM audits b WHERE"
            " b.org_id = :org"
            " AND b.at >= :before_ms), (SELECT h.seq + 1 FROM audit_heads h WHERE h.org_id = :org))"
            " ORDER BY seq DESC LIMIT 1",
            P(before_ms)),
        ROW, mem, out);
    return err_is(e, "db.no_row") ? OK : e;
}

err audit_store_count_act(struct db *db, str act, str after_text, i64 *count)
{
    return db_i64(
        db,
        SQL("SELECT COUNT(*) FROM audits WHERE org_id = :org AND act = :act AND after_text ="
            " :after_text",
            P(act), P(after_text)),
        count);
}

err audit_store_retire(struct db *db, i64 seq)
{
    assert(seq > 0);
    return db_run(db, SQL("DELETE FROM audits WHERE org_id = :org AND seq <= :seq", P(seq)), NULL);
}

/* ---- attestations ---- */

static const struct field ATTESTATION[] = { FIELD(struct attestation, seq),
                                            FIELD(struct attestation, at),
                                            FIELD(struct attestation, text_digest),
                                            FIELD(struct attestation, before_digest),
                                            FIELD(struct attestation, entry),
                                            FIELD(struct attestation, digest),
                                            { 0 } };

err attestation_store_add(struct db *db, const struct audit_row *r, const struct attestation *a)
{
    assert(r->seq > 0);
    return db_run(db,
                  SQL("INSERT INTO attestations (org_id, object, object_id, seq, at, text_digest, "
                      "before_digest, entry, digest) VALUES (:org, :object, :object_id, :seq, :at, "
                      ":text_digest, :before_digest, :entry, :digest)",
                      P(r->object), P(r->object_id), P(r->seq), P(r->at), P(a->text_digest),
                      P(a->before_digest), P(a->entry), P(r->digest)),
                  NULL);
}

err attestation_store_find(struct db *db, str object, i64 object_id, struct arena *mem,
                           struct attestation *out)
{
    *out = (struct attestation){ 0 };
    return db_one(db,
                  SQL("SELECT seq, at, text_digest, before_digest, entry, digest FROM attestations "
                      "WHERE org_id = :org AND object = :object AND object_id = :object_id ORDER "
                      "BY seq DESC LIMIT 1",
                      P(object), P(object_id)),
                  ATTESTATION, mem, out);
}
