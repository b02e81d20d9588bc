/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The page on which a list of proposals is imported: the file is kept between the look at it and
 * the import, columns can be told, and what was told is kept for the next list of the same sender.
 * Large lists go by the command line. */
#include <unistd.h>

#include "modules/proposals/proposal_import.h"
#include "modules/proposals/proposal_pages.h"
#include "modules/proposals/proposal_parts.h"
#include "platform/audit/audit.h"
#include "platform/files/blob.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/proposals.h"

enum { ROWS_MAX = 3000, PATH_MAX_BYTES = 64 };

static const char OWNER[] =
    "proposal_imports"; /* attachments of an account, until the list is in */

/* One submission being worked on. */
struct work {
    struct rq *rq;
    const struct proposal_import_input *in;
    struct attachment file;
    str path;
    struct import_mapping mapping;
    struct import_preview preview;
    struct import_report report;
    bool looked, judged;
};

static str number(struct rq *rq, i64 n)
{
    return arena_printf(rq->mem, "%lld", (long long)n);
}

static const struct import_kind *kind(void)
{
    return &PROPOSAL_IMPORTS[0];
}

static str label_of(const struct import_field *field)
{
    str rest = text_find(field->headers), first = str_of(field->name);
    (void)str_split(&rest, '|', &first);
    return first;
}

/* ---- the file ---- */

static err forget_files(struct rq *rq)
{
    struct rows rows;
    TRY(attachment_list(rq, OWNER, rq->actor->account_id, &rows));
    const struct attachment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(attachment_remove(rq, OWNER, rq->actor->account_id, all[i].id));
    return OK;
}

/* The one just sent, which takes the place of earlier ones, or the one of the look before. */
static err file_find(struct work *w)
{
    struct rq *rq = w->rq;
    struct rows rows;
    bool sent = w->in->file.count > 0;
    if (!sent && !w->in->kept) {
        rq_fault(rq, "file", "proposals.import_no_file", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    if (sent) {
        TRY(forget_files(rq));
        TRY(attachment_keep(rq, "file", OWNER, rq->actor->account_id));
    }
    TRY(attachment_list(rq, OWNER, rq->actor->account_id, &rows));
    const struct attachment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (sent || all[i].id == w->in->kept)
            w->file = all[i];
    if (w->file.id)
        return OK;
    rq_fault(rq, "file", "proposals.import_gone", str_of(""), str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

static void fd_close(void *fd)
{
    close(*(int *)fd);
}

/* A path that leads to the kept bytes, whatever their name in the store. */
static err file_open(struct work *w)
{
    int *fd = arena_zero(w->rq->mem, sizeof *fd);
    TRY(blob_open(w->rq->app, w->rq->mem, w->file.sha256, fd));
    arena_on_free(w->rq->mem, fd_close, fd);
    w->path = arena_printf(w->rq->mem, "/proc/self/fd/%d", *fd);
    return OK;
}

/* ---- the mapping ---- */

/* What was told on the page: header rows, and a field for each column. */
static void mapping_told(struct work *w)
{
    const struct proposal_import_input *in = w->in;
    struct import_pair *pairs = arena_array(w->rq->mem, in->columns.count, sizeof *pairs);
    for (size_t i = 0; i < in->columns.count; i++) {
        char letter[4] = { 0 };
        if (i < 26)
            letter[0] = (char)('A' + i);
        else {
            letter[0] = (char)('A' + i / 26 - 1);
            letter[1] = (char)('A' + i % 26);
        }
        pairs[i] =
            (struct import_pair){ arena_str(w->rq->mem, str_of(letter)), in->columns.items[i] };
    }
    w->mapping = (struct import_mapping){ .header_row = in->header_row,
                                          .header_rows = in->header_rows,
                                          .pairs = pairs,
                                          .pair_count = in->columns.count };
}

/* As told, else as kept from the last list of this sender, else by known headers. */
static err mapping_find(struct work *w)
{
    str saved;
    if (w->in->columns.count || w->in->header_row) {
        mapping_told(w);
        return OK;
    }
    TRY(proposal_store_find_mapping(w->rq->db, w->in->source, w->rq->mem, &saved));
    err e = saved.len ? import_mapping_read(w->rq->mem, saved, kind(), &w->mapping) : OK;
    if (e.code != ERR_NONE)
        w->mapping = (struct import_mapping){ 0 }; /* of an older version: told anew */
    return OK;
}

static err mapping_keep(struct work *w)
{
    return proposal_store_save_mapping(
        w->rq->db,
        &(struct proposal_mapping){ .source = w->in->source,
                                    .mapping = import_mapping_text(w->rq->mem, &w->preview.mapping),
                                    .saved_at = w->rq->now_ms,
                                    .saved_by = w->rq->actor->account_id });
}

/* ---- looking and importing ---- */

/* A file that cannot be read so is a fault of the page, and the file stays for another try. */
static err note(struct work *w, err e)
{
    if (e.code != ERR_INVALID && e.code != ERR_NOT_FOUND)
        return e;
    rq_fault(w->rq, "file", e.name, e.arg[0], e.arg[1]);
    return OK;
}

static err run(struct work *w)
{
    const struct import_options options = { .path = w->path,
                                            .source = w->in->source,
                                            .mapping = &w->preview.mapping,
                                            .dry_run = !w->in->run,
                                            .most = ROWS_MAX };
    err e = import_run(w->rq, w->rq->mem, kind(), &options, &w->report);
    if (e.code != ERR_NONE)
        return note(w, e);
    w->judged = true;
    if (w->report.next_row == 0)
        return OK;
    rq_fault(w->rq, "file", "proposals.import_too_many", number(w->rq, ROWS_MAX), str_of(""));
    return w->in->run ? err_make(ERR_INVALID, "form.faults") : OK;
}

static err work_do(struct work *w)
{
    TRY(file_find(w));
    TRY(file_open(w));
    TRY(mapping_find(w));
    err e = import_look(w->rq->mem, w->path, kind(), &w->mapping, &w->preview);
    w->looked = e.code == ERR_NONE;
    if (!w->looked)
        return note(w, e);
    TRY(run(w));
    if (!w->in->run || !w->judged || w->report.refused)
        return OK;
    TRY(mapping_keep(w));
    TRY(forget_files(w->rq));
    return audit_add(w->rq,
                     &(struct audit_entry){ .act = "proposals.import",
                                            .object = "proposals",
                                            .after = arena_printf(w->rq->mem, "%lld+%lld",
                                                                  (long long)w->report.created,
                                                                  (long long)w->report.updated) });
}

/* ---- the page ---- */

static str known_headers(struct rq *rq)
{
    strs names = { 0 };
    for (const struct import_field *f = kind()->fields; f->name; f++)
        strs_add(rq->mem, &names, label_of(f));
    return proposal_join(rq->mem, &names, text_find("proposals.and"));
}

static const struct view_choice *fields_make(struct rq *rq, str chosen, size_t *count)
{
    size_t n = 0;
    while (kind()->fields[n].name)
        n++;
    struct view_choice *choices = arena_array(rq->mem, n + 1, sizeof *choices);
    choices[0] =
        (struct view_choice){ .value = str_of(""), .label = text_find("proposals.import.ignore") };
    for (size_t i = 0; i < n; i++)
        choices[i + 1] = (struct view_choice){ .value = str_of(kind()->fields[i].name),
                                               .label = label_of(&kind()->fields[i]),
                                               .chosen = str_is(chosen, kind()->fields[i].name) };
    *count = n + 1;
    return choices;
}

static void columns_make(struct work *w, struct proposal_import_page *v)
{
    const struct import_preview *p = &w->preview;
    struct import_column_item *items = arena_array(w->rq->mem, p->column_count, sizeof *items);
    for (size_t i = 0; i < p->column_count; i++)
        items[i] =
            (struct import_column_item){ p->columns[i].header, p->columns[i].letter,
                                         fields_make(w->rq, p->columns[i].field, &v->field_count) };
    v->columns = items;
    v->column_count = p->column_count;
    v->header_row = p->mapping.header_row;
    v->header_rows = p->mapping.header_rows;
}

static void report_make(struct work *w, struct proposal_import_page *v)
{
    const struct import_report *r = &w->report;
    struct import_fault_item *items = arena_array(w->rq->mem, r->fault_count, sizeof *items);
    for (size_t i = 0; i < r->fault_count; i++)
        items[i] =
            (struct import_fault_item){ r->faults[i].row, r->faults[i].column,
                                        text_format(w->rq->mem, r->faults[i].reason,
                                                    r->faults[i].arg[0], r->faults[i].arg[1]) };
    v->faults = items;
    v->fault_count = r->fault_count;
    v->judged = true;
    v->rows = r->rows;
    v->created = r->created;
    v->updated = r->updated;
    v->unchanged = r->unchanged;
    v->refused = r->refused;
}

static err draw(struct rq *rq, struct res *res, struct work *w)
{
    struct proposal_import_page v = { .crumbs = proposal_crumbs(rq, NULL, "proposals.page.import"),
                                      .known = known_headers(rq),
                                      .header_row = 1,
                                      .header_rows = 1 };
    if (w) {
        v.source = w->in->source;
        v.file = w->file.name;
        v.kept = w->file.id;
    }
    if (w && w->looked)
        columns_make(w, &v);
    if (w && w->judged)
        report_make(w, &v);
    struct out *out = page_begin(rq, text_find("proposals.page.import"), "proposals");
    view_proposals_import(out, &v);
    page_end(res, out);
    return OK;
}

err page_proposal_import_form(struct rq *rq, struct res *res)
{
    return draw(rq, res, NULL);
}

err page_proposal_import(struct rq *rq, struct res *res)
{
    struct work w = { .rq = rq, .in = rq->input };
    TRY(work_do(&w));
    if (w.in->run && w.judged && !w.report.refused) {
        res_flash(res, "proposals.imported", number(rq, w.report.created + w.report.updated));
        res_redirect(res, str_of("/proposals"));
        return OK;
    }
    if (w.report.refused || rq_has_faults(rq))
        res_status(res, 422);
    return draw(rq, res, &w);
}

/* ---- JSON ---- */

static void faults_json(struct rq *rq, struct json *j, const struct import_report *r)
{
    json_array(j, "faults");
    for (size_t i = 0; i < r->fault_count; i++) {
        const struct import_fault *f = &r->faults[i];
        json_object(j, NULL);
        json_i64(j, "row", f->row);
        json_str(j, "column", f->column);
        json_str(j, "code", str_of(f->reason));
        json_str(j, "detail", text_format(rq->mem, f->reason, f->arg[0], f->arg[1]));
        json_object_end(j);
    }
    json_array_end(j);
}

err api_proposal_import(struct rq *rq, struct res *res)
{
    struct work w = { .rq = rq, .in = rq->input };
    struct json j = json_begin(rq);
    TRY(work_do(&w));
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    json_bool(&j, "imported", w.in->run && !w.report.refused);
    json_i64(&j, "kept", w.file.id);
    json_i64(&j, "rows", w.report.rows);
    json_i64(&j, "created", w.report.created);
    json_i64(&j, "updated", w.report.updated);
    json_i64(&j, "unchanged", w.report.unchanged);
    json_i64(&j, "refused", w.report.refused);
    faults_json(rq, &j, &w.report);
    json_send(&j, res);
    if (w.report.refused)
        res_status(res, 422);
    return OK;
}
