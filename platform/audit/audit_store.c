/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of the audit log. UPDATE … RETURNING on the head row is the lock: PostgreSQL's writers take
 * turns by it. */
#include "platform/audit/audit_store.h"

#include <assert.h>

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

static err head_take(struct db *db, struct arena *mem, struct audit_head *head)
{
    return db_one(db,
                  SQL("UPDATE audit_heads SET seq = seq + 1 WHERE org_id = :org"
                      " RETURNING org_id, seq, base_seq, digest, base_digest, seal"),
                  HEAD, mem, head);
}

err audit_store_take(struct db *db, struct arena *mem, struct audit_head *head)
{
    err e = head_take(db, mem, head);
    if (!err_is(e, "db.no_row"))
        return e;
    TRY(db_run(db,
               SQL("INSERT INTO audit_heads (org_id, seq, digest) VALUES (:org, 0, '') ON CONFLICT"
                   " (org_id) DO NOTHING"),
               NULL));
    return head_take(db, mem, head);
}

err audit_store_add(struct db *db, const struct audit_row *r, str seal)
{
    assert(r->seq > 0);
    TRY(db_run(
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
        NULL));
    return db_update(
        db,
        SQL("UPDATE audit_heads SET digest = :digest, seal = :seal WHERE org_id = :org AND seq ="
            " :seq",
            P(r->digest), P(seal), P(r->seq)));
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

err audit_store_retire(struct db *db, const struct audit_row *last, str seal)
{
    assert(last->seq > 0);
    TRY(db_run(db, SQL("DELETE FROM audits WHERE org_id = :org AND seq <= :seq", P(last->seq)),
               NULL));
    return db_update(
        db, SQL("UPDATE audit_heads SET base_seq = :seq, base_digest = :digest, seal = :seal WHERE"
                " org_id = :org AND base_seq < :seq",
                P(last->seq), P(last->digest), P(seal)));
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
