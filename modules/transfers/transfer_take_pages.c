/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Receiving cases in two steps: the file is looked at and kept, then taken in. Large files go by
 * the command line, where nobody waits for them. */
#include <fcntl.h>
#include <unistd.h>

#include "modules/transfers/transfer_case_parts.h"
#include "platform/files/blob.h"
#include "platform/files/files.h"
#include "platform/files/temp.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "platform/web/upload.h"
#include "platform/web/view.h"
#include "views/transfers.h"

enum { PIECE = 64 * 1024, PAGE_CASES_MAX = 300 };

static const char KEEP[] = "transfer_files";

/* What the slow half found: the file, and what is in it. problem.code: why it cannot be taken. */
struct received {
    struct attachment_made made; /* of one just sent */
    str name;
    i64 kept;
    int fd;
    struct transfer_report report;
    err problem;
};

static void received_close(void *received)
{
    close(((struct received *)received)->fd);
}

static err copy_upload(void *context, int fd)
{
    const struct upload *upload = context;
    char piece[PIECE];
    ssize_t n = -1;
    int from = open(upload->path.ptr, O_RDONLY | O_CLOEXEC);
    err e = OK;
    while (from >= 0 && !e.code && (n = read(from, piece, sizeof piece)) > 0)
        e = temp_write(fd, (str){ piece, (size_t)n });
    if (from >= 0)
        close(from);
    return !e.code && n != 0 ? err_make(ERR_BUSY, "docs.disk") : e;
}

static err upload_keep(struct rq *rq, const struct upload *upload, struct received *r)
{
    struct upload copy = *upload;
    copy.path = (str){ arena_cstr(rq->mem, upload->path), upload->path.len };
    r->made =
        (struct attachment_made){ .owner = str_of(KEEP),
                                  .owner_id = rq->actor->account_id,
                                  .name = upload->name.len ? upload->name : str_of("cases.json"),
                                  .type = "application/json",
                                  .made_by = rq->actor->name };
    r->name = r->made.name;
    return attachment_make(rq, copy_upload, &copy, &r->made);
}

/* The one of the look before, of the same account. */
static err kept_find(struct rq *rq, i64 id, struct received *r, str *sha256)
{
    struct rows rows;
    TRY(attachment_list(rq, KEEP, rq->actor->account_id, &rows));
    const struct attachment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].id == id) {
            r->kept = id;
            r->name = all[i].name;
            *sha256 = all[i].sha256;
        }
    return r->kept ? OK : err_make(ERR_INVALID, "transfers.gone");
}

static err look(struct rq *rq, struct received *r, str sha256)
{
    TRY(blob_open(rq->app, rq->mem, sha256, &r->fd));
    arena_on_free(rq->mem, received_close, r);
    TRY(transfer_cases_look(rq, r->fd, &r->report));
    return r->report.cases <= PAGE_CASES_MAX ? OK
                                             : err_make(ERR_LIMIT, "transfers.too_many_for_page");
}

err slow_transfer_take(struct rq *rq, struct res *res)
{
    const struct transfer_file_input *in = rq->input;
    struct uploads files = rq_uploads(rq, "file");
    struct received *r = arena_zero(rq->mem, sizeof *r);
    str sha256 = { 0 };
    (void)res;
    rq->found = r;
    if (files.count) {
        TRY(upload_keep(rq, &files.items[0], r));
        sha256 = r->made.sha256;
    } else if (in->kept) {
        r->problem = kept_find(rq, in->kept, r, &sha256);
    } else {
        rq_fault(rq, "file", "form.required", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    if (!r->problem.code)
        r->problem = look(rq, r, sha256);
    bool of_file = r->problem.code == ERR_INVALID || r->problem.code == ERR_CONFLICT ||
                   r->problem.code == ERR_LIMIT;
    return r->problem.code && !of_file ? r->problem : OK;
}

/* ---- the second half ---- */

static err forget(struct rq *rq)
{
    struct rows rows;
    TRY(attachment_list(rq, KEEP, rq->actor->account_id, &rows));
    const struct attachment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(attachment_remove(rq, KEEP, rq->actor->account_id, all[i].id));
    return OK;
}

/* One just sent takes the place of earlier ones. */
static err keep(struct rq *rq, const struct received *r, i64 *kept)
{
    struct rows rows;
    *kept = r->kept;
    if (r->kept || r->problem.code)
        return OK;
    TRY(forget(rq));
    TRY(attachment_add(rq, &r->made));
    TRY(attachment_list(rq, KEEP, rq->actor->account_id, &rows));
    const struct attachment *all = rows.items;
    *kept = rows.count ? all[rows.count - 1].id : 0;
    return OK;
}

static bool has_kind(const struct transfer_report *report, bool persons)
{
    const struct transfer_stranger *all = report->strangers.items;
    for (size_t i = 0; i < report->strangers.count; i++)
        if (str_is(all[i].kind, "persons") == persons)
            return true;
    return false;
}

static err draw(struct rq *rq, struct res *res, const struct received *r, i64 kept)
{
    struct transfer_list_view v = { .report = &r->report, .kept = kept, .file = r->name };
    const struct transfer_stranger *all = r->report.strangers.items;
    struct transfer_stranger *worded =
        arena_array(rq->mem, r->report.strangers.count + 1, sizeof *worded);
    TRY(transfer_list_make(rq, &v));
    for (size_t i = 0; i < r->report.strangers.count; i++)
        worded[i] = (struct transfer_stranger){ text_label("transfers.kind", all[i].kind),
                                                all[i].name, all[i].code };
    v.strangers = worded;
    v.only_persons = has_kind(&r->report, true) && !has_kind(&r->report, false);
    if (r->problem.code) {
        v.problem = text_format(rq->mem, r->problem.name, r->problem.arg[0], r->problem.arg[1]);
        res_status(res, err_status(r->problem.code));
    } else {
        v.what = text_label("transfers.came", r->report.purpose);
    }
    struct out *out = page_begin(rq, text_find("menu.transfers"), "transfers");
    view_transfers_list(out, &v);
    page_end(res, out);
    return OK;
}

static err looked_json(struct rq *rq, struct res *res, const struct received *r, i64 kept)
{
    struct json j = json_begin(rq);
    const struct transfer_stranger *all = r->report.strangers.items;
    json_bool(&j, "imported", false);
    json_i64(&j, "kept", kept);
    json_str(&j, "purpose", r->report.purpose);
    json_str(&j, "peer_name", r->report.peer_name);
    json_i64(&j, "cases", r->report.cases);
    json_i64(&j, "here", r->report.here);
    json_array(&j, "strangers");
    for (size_t i = 0; i < r->report.strangers.count; i++) {
        json_object(&j, NULL);
        json_str(&j, "kind", all[i].kind);
        json_str(&j, "name", all[i].name);
        json_str(&j, "code", all[i].code);
        json_object_end(&j);
    }
    json_array_end(&j);
    const struct transfer_same *same = r->report.same.items;
    json_array(&j, "same");
    for (size_t i = 0; i < r->report.same.count; i++) {
        json_object(&j, NULL);
        json_i64(&j, "proposal_id", same[i].proposal_id);
        json_str(&j, "title", same[i].title);
        json_str(&j, "differs", same[i].differs);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

static err take(struct rq *rq, struct res *res, const struct received *r, bool loose)
{
    struct transfer t;
    TRY(transfer_cases_take(rq, r->fd, loose, &t));
    TRY(forget(rq));
    if (rq->api) {
        struct json j = json_begin(rq);
        json_bool(&j, "imported", true);
        transfer_json(&j, &t);
        json_send(&j, res);
        return OK;
    }
    res_flash(res, "transfers.taken_in", arena_printf(rq->mem, "%lld", (long long)t.case_count));
    res_redirect(res, arena_printf(rq->mem, "/transfers/%lld", (long long)t.id));
    return OK;
}

err page_transfer_take(struct rq *rq, struct res *res)
{
    const struct transfer_file_input *in = rq->input;
    const struct received *r = rq->found;
    i64 kept;
    if (in->run && !r->problem.code)
        return take(rq, res, r, in->loose);
    if (rq->api && r->problem.code)
        return r->problem;
    TRY(keep(rq, r, &kept));
    return rq->api ? looked_json(rq, res, r, kept) : draw(rq, res, r, kept);
}
