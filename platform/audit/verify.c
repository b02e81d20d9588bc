/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Checking chains and writing them out, both at constant memory. Reads nothing but the two tables,
 * so `huotang verify` needs only the database; the export is checked without it
 * (tools/audit-verify). */
#include <assert.h>
#include <unistd.h>

#include "platform/audit/audit.h"
#include "platform/audit/audit_store.h"
#include "platform/audit/chain.h"
#include "platform/base/buf.h"
#include "platform/base/str.h"

enum { WALK_BYTES = 32 << 20, DIGEST_HEX = 64 };

/* A walk along one chain. */
struct walk {
    struct arena *mem;
    i64 seq;                 /* of the entry before */
    char digest[DIGEST_HEX]; /* its digest */
    size_t digest_len;
    i64 entries, first_bad;
};

static void walk_to(struct walk *w, i64 seq, str digest)
{
    assert(digest.len <= DIGEST_HEX);
    w->seq = seq;
    memcpy(w->digest, digest.ptr, digest.len);
    w->digest_len = digest.len;
}

static err walk_row(void *context, void *item)
{
    struct walk *w = context;
    const struct audit_row *row = item;
    str right = { 0 }, before = { w->digest, w->digest_len };
    bool good = row->seq == w->seq + 1 && row->digest.len == DIGEST_HEX &&
                chain_digest(w->mem, before, row, &right).code == ERR_NONE &&
                str_eq(right, row->digest);
    w->entries++;
    if (!good && !w->first_bad)
        w->first_bad = row->seq > w->seq + 1 ? w->seq + 1 : row->seq;
    if (good)
        walk_to(w, row->seq, row->digest);
    else
        w->seq = row->seq;
    return OK;
}

/* A chain that begins behind retired entries must hold the entry that says so. */
static err check_base(struct db *db, struct arena *mem, const struct audit_head *head, bool *good)
{
    i64 count = 0;
    *good = true;
    if (head->base_seq == 0 && head->base_digest.len == 0)
        return OK;
    str base = arena_printf(mem, "%lld %.*s", (long long)head->base_seq, (int)head->base_digest.len,
                            head->base_digest.ptr);
    TRY(audit_store_count_act(db, str_of("audits.retired"), base, &count));
    *good = count == 1;
    return OK;
}

static err verify_org(const struct app *app, struct db *db, struct walk *w, struct arena *mem,
                      struct audit_check *out)
{
    struct audit_head head = { 0 };
    bool good = false;
    TRY(audit_store_find_head(db, mem, &head));
    TRY(check_base(db, mem, &head, &good));
    if (!good)
        w->first_bad = head.base_seq > 0 ? head.base_seq : 1;
    if (head.base_digest.len <= DIGEST_HEX)
        walk_to(w, head.base_seq, head.base_digest);
    TRY(audit_store_each(db, 0, &(struct db_each){ .mem = w->mem, .fn = walk_row, .context = w }));
    if (!w->first_bad &&
        (head.seq != w->seq || !str_eq(head.digest, (str){ w->digest, w->digest_len })))
        w->first_bad = head.seq > w->seq ? w->seq + 1 : w->seq ? w->seq : 1;
    bool sealed = chain_is_sealed(app, mem, &head);
    if (!w->first_bad && !sealed)
        w->first_bad = w->seq ? w->seq : 1;
    *out = (struct audit_check){ w->entries, w->first_bad, sealed,
                                 arena_str(mem, (str){ w->digest, w->digest_len }) };
    return OK;
}

err audit_verify_org(const struct app *app, struct db *db, struct arena *mem, i64 org_id,
                     struct audit_check *out)
{
    i64 before = db_org(db);
    struct arena *scratch = arena_new(WALK_BYTES, 0);
    struct walk walk = { .mem = scratch };
    db_set_org(db, org_id);
    err e = verify_org(app, db, &walk, mem, out);
    db_set_org(db, before);
    arena_free(scratch);
    return e;
}

err audit_verify(const struct app *app, struct db *db, struct arena *mem, struct audit_check *out)
{
    struct rows rows = { 0 };
    *out = (struct audit_check){ 0 };
    TRY(audit_store_list_orgs(db, mem, &rows));
    for (size_t i = 0; i < rows.count; i++) {
        struct audit_check one = { 0 };
        i64 org_id = ((struct audit_org *)rows.items)[i].org_id;
        TRY(audit_verify_org(app, db, mem, org_id, &one));
        out->entries += one.entries;
        out->head = one.head;
        if (!one.first_bad)
            continue;
        out->first_bad = one.first_bad;
        out->sealed = one.sealed;
        return err_make_with(ERR_INTERNAL, one.sealed ? "audit.broken" : "audit.unsealed",
                             arena_printf(mem, "%lld", (long long)org_id),
                             arena_printf(mem, "%lld", (long long)one.first_bad));
    }
    return OK;
}

err audit_list_tops(struct db *db, struct arena *mem, struct rows *out)
{
    struct rows orgs = { 0 };
    i64 before = db_org(db);
    TRY(audit_store_list_orgs(db, mem, &orgs));
    struct audit_top *tops = arena_array(mem, orgs.count + 1, sizeof *tops);
    err e = OK;
    for (size_t i = 0; i < orgs.count && !e.code; i++) {
        struct audit_head head = { 0 };
        db_set_org(db, ((struct audit_org *)orgs.items)[i].org_id);
        e = audit_store_find_head(db, mem, &head);
        tops[i] = (struct audit_top){ db_org(db), head.seq, head.digest };
    }
    db_set_org(db, before);
    *out = (struct rows){ .items = tops, .count = orgs.count, .size = sizeof *tops };
    return e;
}

err audit_count_unsealed(const struct app *app, struct db *db, struct arena *mem, i64 *out)
{
    struct rows orgs = { 0 };
    i64 before = db_org(db);
    *out = 0;
    TRY(audit_store_list_orgs(db, mem, &orgs));
    err e = OK;
    for (size_t i = 0; i < orgs.count && !e.code; i++) {
        struct audit_head head = { 0 };
        db_set_org(db, ((struct audit_org *)orgs.items)[i].org_id);
        e = audit_store_find_head(db, mem, &head);
        *out += !e.code && !chain_is_sealed(app, mem, &head);
    }
    db_set_org(db, before);
    return e;
}

err audit_seal(const struct app *app, struct db *db, struct arena *mem)
{
    struct rows orgs = { 0 };
    i64 before = db_org(db);
    TRY(audit_store_list_orgs(db, mem, &orgs));
    err e = OK;
    for (size_t i = 0; i < orgs.count && !e.code; i++) {
        struct audit_head head = { 0 };
        db_set_org(db, ((struct audit_org *)orgs.items)[i].org_id);
        e = audit_store_find_head(db, mem, &head);
        if (!e.code && head.seq > 0)
            e = audit_store_seal(db, chain_seal(app, mem, &head));
    }
    db_set_org(db, before);
    return e;
}

err audit_find_digest(struct db *db, i64 org_id, i64 seq, struct arena *mem, str *out)
{
    struct audit_head head = { 0 };
    struct audit_row row = { 0 };
    i64 before = db_org(db);
    db_set_org(db, org_id);
    err e = audit_store_find_head(db, mem, &head);
    *out = seq == head.base_seq ? head.base_digest : str_of("");
    if (!e.code && seq > head.base_seq) {
        e = audit_store_find(db, seq, mem, &row);
        *out = e.code ? str_of("") : row.digest;
    }
    db_set_org(db, before);
    if (err_is(e, "db.no_row"))
        return OK;
    return !e.code && seq < head.base_seq ? err_make(ERR_NOT_FOUND, "audit.retired") : e;
}

/* ---- export ---- */

struct export
{
    struct arena *mem;
    int fd;
};

static err write_all(int fd, str text)
{
    while (text.len > 0) {
        ssize_t n = write(fd, text.ptr, text.len);
        if (n <= 0)
            return err_make(ERR_INTERNAL, "audit.write");
        text = str_sub(text, (size_t)n, text.len);
    }
    return OK;
}

static err export_row(void *context, void *item)
{
    struct export *x = context;
    const struct audit_row *row = item;
    str line = chain_line(x->mem, row);
    TRY(write_all(x->fd, str_of("{\"entry\":")));
    TRY(write_all(x->fd, line));
    return write_all(x->fd, arena_printf(x->mem, ",\"digest\":\"%.*s\"}\n", (int)row->digest.len,
                                         row->digest.ptr));
}

err audit_export(struct rq *rq, i64 after_seq, int fd)
{
    struct arena *scratch = arena_new(WALK_BYTES, 0);
    struct export x = { scratch, fd };
    err e = audit_store_each(rq->db, after_seq,
                             &(struct db_each){ .mem = scratch, .fn = export_row, .context = &x });
    arena_free(scratch);
    return e;
}
