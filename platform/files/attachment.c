/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Attachments (files.h): judges uploads, keeps rows and bytes in step. Bytes first, then the row: a
 * transaction that fails leaves bytes without a row, which harm nobody, never a row without bytes.
 * Types: file_type.c. Disk: blob.c. SQL: attachment_store.c. */
#include <assert.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "platform/base/log.h"
#include "platform/base/str.h"
#include "platform/files/attachment_internal.h"
#include "platform/files/attachment_store.h"
#include "platform/files/blob.h"
#include "platform/files/file_type.h"
#include "platform/files/office.h"
#include "platform/web/digest.h"
#include "platform/web/exchange.h"

enum { MB = 1024 * 1024, SWEEP = 200, DAY_MS = 86400000 };
enum { MAX_MB, MAX_COUNT, QUOTA_MB };

const struct setting FILES_SETTINGS[] = {
    { "files.max_mb", SETTING_NUMBER, "megabytes", 1, 200, "20", NULL, "product" },
    { "files.max_count", SETTING_NUMBER, "files", 1, 50, "10", NULL, "product" },
    { "files.quota_mb", SETTING_NUMBER, "megabytes", 10, 100000, "2000", NULL, "product" },
    { 0 },
};

static i64 limit_of(struct rq *rq, int which)
{
    const struct setting *s = &FILES_SETTINGS[which];
    i64 value = 0;
    if (setting_find(rq->app, s->name))
        return setting_number(rq, s->name);
    bool ok = str_to_i64(str_of(s->fallback), &value);
    assert(ok);
    return value;
}

static const char *type_of(struct rq *rq, const struct upload *upload)
{
    int fd = open(arena_cstr(rq->mem, upload->path), O_RDONLY | O_CLOEXEC);
    struct arena_mark mark = arena_mark(rq->mem);
    const char *type = fd < 0 ? NULL : file_type_of(rq->mem, fd, upload->name);
    arena_reset_to(rq->mem, mark);
    if (fd >= 0)
        close(fd);
    return type;
}

/* Faults of one file; its type is told by the way. */
static bool judge(struct rq *rq, const struct upload *upload, const char **type)
{
    const char *field = arena_cstr(rq->mem, upload->field);
    str name = file_name_clean(rq->mem, upload->name);
    i64 max_mb = limit_of(rq, MAX_MB);
    *type = type_of(rq, upload);
    if (upload->size > max_mb * MB)
        rq_fault(rq, field, "files.too_large", name, str_number(rq->mem, max_mb));
    else if (!*type)
        rq_fault(rq, field, "files.type", name, str_of(""));
    else
        return true;
    return false;
}

static err digest_file(struct arena *mem, str path, str *sha256)
{
    unsigned char out[DIGEST_SIZE];
    unsigned char piece[16 * 1024];
    struct digest digest;
    ssize_t n;
    int fd = open(arena_cstr(mem, path), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_make(ERR_BUSY, "files.disk");
    digest_start(&digest);
    while ((n = read(fd, piece, sizeof piece)) > 0)
        digest_add(&digest, (bytes){ piece, (size_t)n });
    close(fd);
    digest_end(&digest, out);
    *sha256 = str_hex(mem, (bytes){ out, sizeof out });
    return n < 0 ? err_make(ERR_BUSY, "files.disk") : OK;
}

/* Takes the authors away. What comes back is somebody else's work: its type is told anew. */
static err clean(struct rq *rq, struct upload *upload, const char *type)
{
    i64 size = 0;
    err e = office_clean(rq->mem, upload->path, &size);
    const char *after = !e.code && size ? type_of(rq, upload) : type;
    if (e.code == ERR_INVALID || after != type) {
        rq_fault(rq, arena_cstr(rq->mem, upload->field), "files.office_odd",
                 file_name_clean(rq->mem, upload->name), str_of(""));
        return OK;
    }
    if (e.code || !size)
        return e;
    upload->size = size;
    return digest_file(rq->mem, upload->path, &upload->sha256);
}

err attachment_receive(struct rq *rq, struct res *res)
{
    struct uploads all = upload_all(rq->web->uploads);
    (void)res;
    for (size_t i = 0; i < all.count; i++) {
        struct upload *upload = upload_at(rq->web->uploads, i);
        const char *type;
        if (!judge(rq, upload, &type))
            continue;
        if (file_type_is_office(type))
            TRY(clean(rq, upload, type));
        upload->ready = true;
        TRY(blob_put(rq->app, rq->mem, upload->path, upload->sha256));
    }
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

i64 attachment_max_mb(struct rq *rq)
{
    return limit_of(rq, MAX_MB);
}

err attachment_quota_check(struct rq *rq, const char *field, i64 more_bytes)
{
    i64 used = 0, quota_mb = limit_of(rq, QUOTA_MB);
    if (!rq->actor->account_id)
        return OK;
    TRY(attachment_store_count_bytes(rq->db, rq->actor->account_id, &used));
    if (used + more_bytes > quota_mb * MB)
        rq_fault(rq, field, "files.quota", str_number(rq->mem, quota_mb), str_of(""));
    return OK;
}

/* Number of files of the owner and bytes of the account together with the new ones. */
static err room_check(struct rq *rq, const struct uploads *uploads, str owner, i64 owner_id)
{
    struct rows there = { 0 };
    i64 more_bytes = 0, most = limit_of(rq, MAX_COUNT);
    const char *field = arena_cstr(rq->mem, uploads->items[0].field);
    TRY(attachment_store_list(rq->db, owner, owner_id, rq->mem, &there));
    for (size_t i = 0; i < uploads->count; i++)
        more_bytes += uploads->items[i].size;
    if ((i64)(there.count + uploads->count) > most)
        rq_fault(rq, field, "files.too_many", str_number(rq->mem, most), str_of(""));
    return attachment_quota_check(rq, field, more_bytes);
}

err attachment_keep(struct rq *rq, const char *field, const char *owner, i64 owner_id)
{
    struct uploads uploads = rq_uploads(rq, field);
    assert(owner_id > 0);
    if (uploads.count == 0)
        return OK;
    const char **types = arena_array(rq->mem, uploads.count, sizeof *types);
    TRY(room_check(rq, &uploads, str_of(owner), owner_id));
    for (size_t i = 0; i < uploads.count; i++)
        judge(rq, &uploads.items[i], &types[i]);
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    for (size_t i = 0; i < uploads.count; i++) {
        const struct upload *u = &uploads.items[i];
        i64 id;
        if (!u->ready && file_type_is_office(types[i]))
            return err_make(ERR_INTERNAL, "files.not_received");
        TRY(blob_put(rq->app, rq->mem, u->path, u->sha256));
        const struct attachment_new row = {
            owner_id,         u->size,
            rq->now_ms,       rq->actor->account_id,
            str_of(owner),    file_name_clean(rq->mem, u->name),
            str_of(types[i]), u->sha256,
            rq->actor->name,
        };
        TRY(attachment_store_add(rq->db, &row, &id));
    }
    return OK;
}

/* Digest and size of what stands in an open file. */
static err file_sum(struct rq *rq, int fd, struct attachment_made *out)
{
    enum { PIECE = 16384 };
    unsigned char piece[PIECE], sum[DIGEST_SIZE];
    struct digest digest;
    ssize_t n = lseek(fd, 0, SEEK_SET);
    digest_start(&digest);
    out->size_bytes = 0;
    while (n >= 0 && (n = read(fd, piece, sizeof piece)) > 0) {
        digest_add(&digest, (bytes){ piece, (size_t)n });
        out->size_bytes += n;
    }
    digest_end(&digest, sum);
    out->sha256 = str_hex(rq->mem, (bytes){ sum, sizeof sum });
    return n == 0 ? OK : err_make(ERR_BUSY, "files.disk");
}

/* In the folder of the data, so that the store takes it by a second name and not by a copy. */
err attachment_make(struct rq *rq, err (*write)(void *context, int fd), void *context,
                    struct attachment_made *out)
{
    str data = rq->app->config.data;
    str path = arena_printf(rq->mem, "%.*s/made-XXXXXX", (int)data.len, data.ptr);
    int fd = mkostemp((char *)(uintptr_t)path.ptr, O_CLOEXEC);
    if (fd < 0)
        return err_make(ERR_BUSY, "files.disk");
    err e = write(context, fd);
    if (!e.code)
        e = file_sum(rq, fd, out);
    if (!e.code)
        e = blob_put(rq->app, rq->mem, path, out->sha256);
    close(fd);
    unlink(path.ptr);
    return e;
}

err attachment_add(struct rq *rq, const struct attachment_made *made)
{
    i64 id;
    const struct attachment_new row = {
        made->owner_id,     made->size_bytes, rq->now_ms,    0, made->owner, made->name,
        str_of(made->type), made->sha256,     made->made_by,
    };
    return attachment_store_add(rq->db, &row, &id);
}

err attachment_list(struct rq *rq, const char *owner, i64 owner_id, struct rows *out)
{
    return attachment_store_list(rq->db, str_of(owner), owner_id, rq->mem, out);
}

err attachment_remove(struct rq *rq, const char *owner, i64 owner_id, i64 id)
{
    const struct attachment key = { .id = id, .owner = str_of(owner), .owner_id = owner_id };
    const struct attachment previews = { .owner = str_of(ATTACHMENT_PREVIEWS), .owner_id = id };
    TRY(attachment_store_remove(rq->db, &key, rq->now_ms));
    return attachment_store_remove_all(rq->db, &previews, rq->now_ms);
}

err attachment_remove_all(struct rq *rq, const char *owner, i64 owner_id)
{
    struct rows rows;
    TRY(attachment_list(rq, owner, owner_id, &rows));
    const struct attachment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(attachment_remove(rq, owner, owner_id, all[i].id));
    return OK;
}

err attachment_list_old(struct rq *rq, const char *owner, i64 before_ms, struct rows *out)
{
    const struct attachment of = { .owner = str_of(owner), .uploaded_at = before_ms };
    return attachment_store_list_old(rq->db, &of, SWEEP, rq->mem, out);
}

err attachment_send(struct rq *rq, struct res *res, const char *owner, i64 owner_id, i64 id)
{
    const struct attachment key = { .id = id, .owner = str_of(owner), .owner_id = owner_id };
    struct attachment a;
    int fd;
    TRY(attachment_store_find(rq->db, &key, rq->mem, &a));
    TRY(blob_open(rq->app, rq->mem, a.sha256, &fd));
    res_file(res, fd, a.name, arena_cstr(rq->mem, a.type), false);
    return OK;
}

err attachment_sweep(struct rq *rq, i64 removed_before_ms, bool *again)
{
    struct rows rows = { 0 };
    TRY(attachment_store_list_removed(rq->db, removed_before_ms, SWEEP, rq->mem, &rows));
    for (size_t i = 0; i < rows.count; i++)
        TRY(attachment_store_delete(rq->db, ((const struct attachment *)rows.items)[i].id));
    *again = rows.count == SWEEP;
    return OK;
}

err attachment_sweep_bytes(struct rq *rq, i64 bucket, i64 *deleted)
{
    strs old = { 0 };
    i64 before_ms = rq->now_ms - DAY_MS;
    *deleted = 0;
    blob_list_old(rq->app, rq->mem, bucket, before_ms, &old);
    for (size_t i = 0; i < old.count; i++) {
        i64 sharing;
        TRY(attachment_store_count_sharing(rq->db, old.items[i], &sharing));
        if (sharing > 0)
            continue;
        *deleted += blob_delete_old(rq->app, rq->mem, old.items[i], before_ms);
    }
    return OK;
}

struct verifier {
    struct rq *rq;
    i64 bad;
};

static err verify_row(void *context, void *row)
{
    struct verifier *v = context;
    const struct attachment *a = row;
    struct arena_mark mark = arena_mark(v->rq->mem);
    if (!blob_is_whole(v->rq->app, v->rq->mem, a->sha256)) {
        log_note(LOG_ERROR, "files.lost", "sha256", a->sha256);
        v->bad++;
    }
    arena_reset_to(v->rq->mem, mark);
    return OK;
}

err attachment_verify(struct rq *rq, i64 *bad)
{
    struct verifier v = { rq, 0 };
    struct arena *scratch = arena_new(1 << 20, 0);
    err e = attachment_store_each(rq->db, scratch, verify_row, &v);
    arena_free(scratch);
    *bad = v.bad;
    return e;
}
