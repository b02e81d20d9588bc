/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Photos as attachments (photo.h): cleaned on the slow lane, given to their owner in the
 * transaction, sent to be looked at. A preview is an attachment of its photo: owner "previews" and
 * the photo's id. Cleaning: photo_clean.c; limits: attachment.c. */
#include "platform/files/photo.h"

#include <assert.h>

#include "platform/base/log.h"
#include "platform/base/str.h"
#include "platform/files/attachment_internal.h"
#include "platform/files/attachment_store.h"
#include "platform/files/blob.h"
#include "platform/files/file_type.h"
#include "platform/files/photo_read.h"
#include "platform/text/texts.h"
#include "platform/web/upload.h"

enum {
    MB = 1024 * 1024,
    ALL_MS = 10000
}; /* for all photos of a request, the one under way aside */

static const char TYPE[] = "image/jpeg";

const char *photo_types_accepted(void)
{
    return "image/jpeg,image/png,image/webp";
}

/* ---- the slow half ---- */

struct writing {
    int from;
    const struct photo_part *part;
};

static err part_write(void *context, int fd)
{
    const struct writing *w = context;
    return photo_part_write(w->from, w->part, fd);
}

static err part_make(struct rq *rq, int from, const struct photo_part *part,
                     struct attachment_made *out)
{
    struct writing w = { from, part };
    *out = (struct attachment_made){ .type = TYPE };
    return attachment_make(rq, part_write, &w, out);
}

static err one_take(struct rq *rq, const struct upload *upload, struct photo *out)
{
    i64 max_mb = attachment_max_mb(rq);
    if (upload->size > max_mb * MB)
        return err_make_with(ERR_INVALID, "files.photo_large", str_of(""),
                             str_number(rq->mem, max_mb));
    struct arena *scratch = arena_new(4 << 20, 0);
    struct photo_clean *clean = arena_zero(scratch, sizeof *clean);
    err e = photo_clean(scratch, upload->path, clean);
    if (!e.code)
        e = part_make(rq, clean->fd, &clean->picture, &out->picture);
    if (!e.code)
        e = part_make(rq, clean->fd, &clean->preview, &out->preview);
    e.arg[0] = e.arg[1] = str_of("");
    arena_free(scratch);
    return e;
}

err photo_take(struct rq *rq, const char *field, i64 most, struct photos *out)
{
    struct uploads uploads = rq_uploads(rq, field);
    struct photo *photos = arena_array(rq->mem, uploads.count + 1, sizeof *photos);
    *out = (struct photos){ photos, uploads.count, field, most };
    assert(most > 0);
    if ((i64)uploads.count > most) {
        rq_fault(rq, field, "files.photo_count", str_number(rq->mem, most), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    i64 until_ms = clock_steady_ms() + ALL_MS;
    for (size_t i = 0; i < uploads.count; i++) {
        err e = clock_steady_ms() > until_ms ? err_make(ERR_INVALID, "files.photo_slow")
                                             : one_take(rq, &uploads.items[i], &photos[i]);
        if (e.code && e.code != ERR_INVALID)
            return e;
        if (e.code)
            rq_fault(rq, field, e.name, file_name_clean(rq->mem, uploads.items[i].name), e.arg[1]);
    }
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

/* ---- kept ---- */

static err row_add(struct rq *rq, const struct attachment_made *made, const struct attachment *as,
                   i64 *id)
{
    const struct attachment_new row = {
        .owner_id = as->owner_id,
        .size_bytes = made->size_bytes,
        .uploaded_at = rq->now_ms,
        .account_id = rq->actor->account_id,
        .owner = as->owner,
        .name = as->name,
        .type = str_of(made->type),
        .sha256 = made->sha256,
        .uploaded_by = rq->actor->name,
    };
    return attachment_store_add(rq->db, &row, id);
}

static err room_check(struct rq *rq, const struct photos *photos, size_t there)
{
    i64 more_bytes = 0;
    for (size_t i = 0; i < photos->count; i++)
        more_bytes += photos->items[i].picture.size_bytes + photos->items[i].preview.size_bytes;
    TRY(attachment_quota_check(rq, photos->field, more_bytes));
    if ((i64)(there + photos->count) > photos->most)
        rq_fault(rq, photos->field, "files.photo_count", str_number(rq->mem, photos->most),
                 str_of(""));
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

err photo_keep(struct rq *rq, const struct photos *photos, const char *owner, i64 owner_id)
{
    struct rows there = { 0 };
    assert(owner_id > 0 && photos);
    if (photos->count == 0)
        return OK;
    TRY(attachment_store_list(rq->db, str_of(owner), owner_id, rq->mem, &there));
    TRY(room_check(rq, photos, there.count));
    for (size_t i = 0; i < photos->count; i++) {
        i64 id, preview_id;
        struct attachment as = { .owner = str_of(owner), .owner_id = owner_id };
        as.name = text_format(rq->mem, "files.photo_name",
                              str_number(rq->mem, (i64)(there.count + i + 1)), str_of(""));
        TRY(row_add(rq, &photos->items[i].picture, &as, &id));
        as.owner = str_of(ATTACHMENT_PREVIEWS);
        as.owner_id = id;
        TRY(row_add(rq, &photos->items[i].preview, &as, &preview_id));
    }
    return OK;
}

/* ---- seen ---- */

err photo_send(struct rq *rq, struct res *res, const struct photo_key *key, enum photo_form form)
{
    const struct attachment asked = { .id = key->id,
                                      .owner = str_of(key->owner),
                                      .owner_id = key->owner_id };
    struct attachment photo;
    struct rows previews = { 0 };
    int fd;
    TRY(attachment_store_find(rq->db, &asked, rq->mem, &photo));
    TRY(attachment_store_list(rq->db, str_of(ATTACHMENT_PREVIEWS), photo.id, rq->mem, &previews));
    if (previews.count == 0)
        return attachment_send(rq, res, key->owner, key->owner_id, key->id);
    const struct attachment *preview = previews.items;
    TRY(blob_open(rq->app, rq->mem, form == PHOTO_PREVIEW ? preview->sha256 : photo.sha256, &fd));
    res_file(res, fd, photo.name, TYPE, true);
    return OK;
}
