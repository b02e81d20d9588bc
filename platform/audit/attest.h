/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Attestations (存证, quality L6): that something was handed in as it is. The digest of a text
 * stands in an entry of the audit chain that says nothing of who wrote it; whoever handed it in
 * holds number and digest of that entry, and anyone can check both without the house
 * (tools/receipt-verify). What the digest covers is its owner's: docs/guide/receipt.md. */
#ifndef HT_AUDIT_ATTEST_H
#define HT_AUDIT_ATTEST_H
#include "platform/web/web.h"

struct json;

/* entry: the line of the chain as it is digested, behind before_digest and a line feed, to digest.
 * stands: it is in the chain today, unchanged; retired: the chain has been shortened by its rule of
 * keeping, only what was handed out is left. text_now: the digest that the text has today, filled
 * in by its owner. */
struct attestation {
    i64 seq, at;
    str text_digest, before_digest, entry, digest, text_now;
    bool stands, retired;
};

/* SHA-256, in hexadecimal, over parts one after another, each as a netstring without the comma: no
 * two texts share a form. What parts: docs/guide/receipt.md. */
str attestation_digest(struct arena *mem, const str *parts, size_t count);

/* Appends the entry to the chain of rq's organisation in the present transaction, and keeps what
 * proves it. text_digest: 64 hexadecimal digits. Errors: those of the database. */
err attestation_add(struct rq *rq, const char *object, i64 object_id, str text_digest);

/* The newest of an object of rq's organisation, compared with the chain; seq 0 = there is none.
 * Nothing is asked about who may see it: it says nothing but that the text was there. Errors: those
 * of the database. */
err attestation_find(struct rq *rq, const char *object, i64 object_id, struct attestation *out);

/* Whether the text of today is as it was handed in. */
bool attestation_is_same(const struct attestation *a);

/* Writes the member "attestation", nothing where there is none. As page: view_audit_attestation. */
void attestation_json(const struct attestation *a, struct json *j);

/* What tools/receipt-verify takes, as one JSON object. */
str attestation_file(struct arena *mem, const struct attestation *a);
#endif
