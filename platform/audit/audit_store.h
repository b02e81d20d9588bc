/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of the audit log: appending under the head's lock, walking, retiring, attestations. Rules:
 * audit.c, verify.c, attest.c. */
#ifndef HT_AUDIT_AUDIT_STORE_H
#define HT_AUDIT_AUDIT_STORE_H
#include "platform/audit/attest.h"
#include "platform/audit/audit.h"

/* Where a chain ends and, after retiring, begins. */
struct audit_head {
    i64 org_id, seq, base_seq;
    str digest, base_digest, seal;
};

/* A chain as the present transaction has it: its head as the table says, and as it will at the
 * commit. known: this transaction has held it before, so .sealed tells whether it stood sealed. */
struct audit_chain {
    struct audit_head stood, head;
    bool known, sealed;
};

/* The bound organisation's chain, which nobody else goes on with until the end of the transaction
 * (the organisation's lock). Makes it at its first entry. */
err audit_store_take(struct db *db, struct arena *mem, struct audit_chain *chain);

/* Holds the chain; what .head says is written once before the commit. Errors: of the commit also
 * CONFLICT db.version, when the head is no longer as it stood. */
err audit_store_hold(struct db *db, const struct audit_chain *chain);

/* Writes the entry. */
err audit_store_add(struct db *db, const struct audit_row *row);

/* Seals the bound organisation's head where it has no seal yet. */
err audit_store_seal(struct db *db, str seal);

/* Every organisation that has a head or an entry, so that a removed head is noticed: struct
 * audit_org. The bound one's head (zeroed when it has none). */
struct audit_org {
    i64 org_id;
};
err audit_store_list_orgs(struct db *db, struct arena *mem, struct rows *out);
err audit_store_find_head(struct db *db, struct arena *mem, struct audit_head *out);

/* Entries of the bound organisation behind a number, in order. walk: mem, fn and context; fn gets
 * struct audit_row *, valid during the call. */
err audit_store_each(struct db *db, i64 after_seq, const struct db_each *walk);

/* One entry of the bound organisation by its number. Errors: NOT_FOUND db.no_row. */
err audit_store_find(struct db *db, i64 seq, struct arena *mem, struct audit_row *out);

/* The last entry before a moment, zeroed when there is none; whether an entry of an act holds a
 * text. */
err audit_store_last_before(struct db *db, i64 before_ms, struct arena *mem, struct audit_row *out);
err audit_store_count_act(struct db *db, str act, str after_text, i64 *count);

/* Removes the entries up to a number. */
err audit_store_retire(struct db *db, i64 seq);

/* What proves an entry, its row as it was appended; the newest of an object, without what is found
 * by comparing. Errors of find: NOT_FOUND db.no_row. */
err attestation_store_add(struct db *db, const struct audit_row *row, const struct attestation *a);
err attestation_store_find(struct db *db, str object, i64 object_id, struct arena *mem,
                           struct attestation *out);
#endif
