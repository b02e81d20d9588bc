/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The tamper-evident record of security-relevant acts: who, when, what, on which object, before,
 * after, from where; one hash chain per organisation (SM3 by default, SHA-256 by setting), appended
 * in the transaction of the act itself. If it cannot be written the act fails. Kept at least 180
 * days whatever anyone asks (Cybersecurity Law art. 23 (3), GB/T 22239 8.1.4.3). */
#ifndef HT_AUDIT_AUDIT_H
#define HT_AUDIT_AUDIT_H
#include "platform/web/web.h"

/* What happened. before/after: short JSON or text, may be empty; never passwords, tokens or
 * unmasked personal fields. */
struct audit_entry {
    const char *act;    /* "proposals.docket", "accounts.login_failed": permission or event name */
    const char *object; /* collection, "proposals" */
    i64 object_id;
    str before, after;
    const char *result; /* NULL = "ok"; "refused", "failed" */
};

/* Appends to the chain of rq's organisation in the present transaction. Errors: those of the
 * database. */
err audit_add(struct rq *rq, const struct audit_entry *entry);

/* Appends in its own write transaction after rq's has been rolled back or for a read: refusals,
 * failed log-ins, looking at the log. Called by the platform and by accounts. Queued; errors are
 * logged as level error. */
void audit_refusal(struct rq *rq, const struct audit_entry *entry);

/* Appends in its own write transaction and waits for its COMMIT: for what leaves the house by a
 * read (exports), before it leaves. Only from the slow lane or the command line, never on a loop or
 * in the write lane. Errors: those of lanes_write; then nothing may leave. */
err audit_leaving(struct rq *rq, const struct audit_entry *entry);

/* An entry as it is kept. */
struct audit_row {
    i64 org_id, seq, at, account_id, delegator_id, object_id;
    str name, act, object, before_text, after_text, result, address, request, algorithm, digest;
};

/* An entry of rq's organisation by its number; *last is the newest one's. Lists are declared over
 * the table (modules/accounts). Errors: NOT_FOUND audit.not_found. */
err audit_find(struct rq *rq, i64 seq, struct audit_row *out, i64 *last);

/* Result of checking a chain. */
struct audit_check {
    i64 entries;
    i64 first_bad; /* sequence number of the first entry that does not fit, 0 = all good */
    bool sealed;   /* the head carries the seal that only who has the secret can make */
    str head;      /* hex digest of the last entry */
};

/* Walks the chain of one organisation and checks its head's seal; *out also when it is broken (then
 * out->first_bad says where). Errors: those of the database. A head known from elsewhere (mail,
 * paper) is compared by the caller with out->head. */
err audit_verify_org(const struct app *app, struct db *db, struct arena *mem, i64 org_id,
                     struct audit_check *out);

/* Writes the chain of rq's organisation from an entry on as JSON Lines into the open file fd:
 * {"entry":{…},"digest":"…"}. The bytes of the entry, between "entry": and ,"digest", are what is
 * digested behind the hex digest before and a line feed: anyone can verify the file with any SM3 or
 * SHA-256 (tools/audit-verify). Errors: those of the database; INTERNAL audit.write. */
err audit_export(struct rq *rq, i64 after_seq, int fd);

/* Retires entries of before a day, after the keeping time only: what is gone is gone, the chain
 * begins behind it and says so in an entry of its own. *retired: number of entries. Errors: INVALID
 * audit.too_young when the day is not at least 180 days, and not the setting audits.keep_days,
 * before today: nobody can ask for less. */
err audit_retire(struct rq *rq, i64 before_on, i64 *retired);

/* Walks every organisation's chain from the start at constant memory. Errors: INTERNAL audit.broken
 * with the organisation and sequence in the arguments, audit.unsealed when only the head's seal is
 * wrong. Used by `huotang verify`, which needs database and secret. */
err audit_verify(const struct app *app, struct db *db, struct arena *mem, struct audit_check *out);

/* Seals the heads that have no seal: once, when a database of before seals is first opened. Errors:
 * those of the database. */
err audit_seal(const struct app *app, struct db *db, struct arena *mem);

/* The digest of an entry, or of the base; empty when there is no such entry: for comparing with a
 * head that was noted elsewhere. Errors: NOT_FOUND audit.retired (before the base); those of the
 * database. */
err audit_find_digest(struct db *db, i64 org_id, i64 seq, struct arena *mem, str *out);

/* Where a chain stands: number and digest of its newest entry. */
struct audit_top {
    i64 org_id, seq;
    str digest;
};

/* Writes where the chain of rq's organisation stands into the log (audit.head), so that a line of
 * it lies outside the database every day. Errors: those of the database. */
err audit_log_head(struct rq *rq);

/* Where every organisation's chain stands: struct audit_top rows. A backup keeps them, so that a
 * shortened chain is noticed. Errors: those of the database. */
err audit_list_tops(struct db *db, struct arena *mem, struct rows *out);

/* How many chains have a head whose seal does not fit (for /metrics): quick, no entry is read.
 * Errors: those of the database. */
err audit_count_unsealed(const struct app *app, struct db *db, struct arena *mem, i64 *out);
#endif
