/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Lists by page and API (import_page.h): the file, the mapping told or kept, the run, the report.
 * Large lists go by the command line. Views: views/import.html. */
#include "platform/files/import_page.h"

#include <assert.h>
#include <unistd.h>

#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/files/blob.h"
#include "platform/files/import_internal.h"
#include "platform/files/mapping_store.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "platform/web/upload.h"
#include "views/files.h"

enum { LINE_MAX = 1 << 16, BELOW_MAX = 1 << 20, COLUMNS_TOLD_MAX = IMPORT_COLUMNS_MAX };

const struct form IMPORT_FORM = {
    "import",
    sizeof(struct import_input),
    (const struct input[]){
        { FIELD(struct import_input, file), .kind = INPUT_FILES, .max = 1 },
        { FIELD(struct import_input, kept), .kind = INPUT_ID },
        { FIELD(struct import_input, header_row), .kind = INPUT_NUMBER, .max = 20 },
        { FIELD(struct import_input, header_rows), .kind = INPUT_NUMBER, .max = 5 },
        { FIELD(struct import_input, columns), .kind = INPUT_LINES, .keep_empty = true },
        { FIELD(struct import_input, heads), .kind = INPUT_LINES, .keep_empty = true },
        { FIELD(struct import_input, source), .kind = INPUT_TEXT, .max = 60 },
        { FIELD(struct import_input, run), .kind = INPUT_BOOL },
        { .field = { 0 } },
    },
};

/* One submission being worked on. looked: columns are known; judged: rows are. */
struct work {
    struct rq *rq;
    const struct import_page *page;
    const struct import_input *in;
    struct attachment kept;
    str file;
    const struct sheet_spool *list;
    struct import_mapping mapping;
    struct import_preview preview;
    struct import_report report;
    bool looked, judged;
};

static err fault(struct work *w, const char *name)
{
    rq_fault(w->rq, "file", name, str_of(""), str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

static bool is_taken(const struct work *w)
{
    return w->in->run && w->judged && !w->report.refused;
}

/* ---- the file ---- */

/* What the slow half found. list: NULL = nothing was sent, or what was kept is gone. */
struct received {
    const struct sheet_spool *list;
};

static void fd_close(void *fd)
{
    close(*(int *)fd);
}

/* The one of the look before; id 0 = it is gone. */
static err kept_find(struct rq *rq, const struct import_page *page, struct attachment *out)
{
    const struct import_input *in = rq->input;
    struct rows rows;
    TRY(attachment_list(rq, page->keep, rq->actor->account_id, &rows));
    const struct attachment *all = rows.items;
    *out = (struct attachment){ 0 };
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].id == in->kept)
            *out = all[i];
    return OK;
}

/* By a path that leads to the kept bytes, whatever their name in the store. */
static err kept_spool(struct rq *rq, const struct import_page *page, const struct sheet_spool **out)
{
    struct attachment kept;
    int *fd = arena_zero(rq->mem, sizeof *fd);
    TRY(kept_find(rq, page, &kept));
    if (!kept.id)
        return OK;
    TRY(blob_open(rq->app, rq->mem, kept.sha256, fd));
    arena_on_free(rq->mem, fd_close, fd);
    return sheet_spool(rq->mem, arena_printf(rq->mem, "/proc/self/fd/%d", *fd), out);
}

err import_page_receive(struct rq *rq, struct res *res, const struct import_page *page)
{
    const struct import_input *in = rq->input;
    struct uploads files = rq_uploads(rq, "file");
    struct received *r = arena_zero(rq->mem, sizeof *r);
    rq->found = r;
    if (page->keep)
        TRY(attachment_receive(rq, res));
    if (files.count)
        return sheet_spool(rq->mem, files.items[0].path, &r->list);
    return page->keep && in->kept ? kept_spool(rq, page, &r->list) : OK;
}

/* The one just sent, which takes the place of earlier ones, or the one of the look before. */
static err kept_file_find(struct work *w, bool sent)
{
    struct rq *rq = w->rq;
    struct rows rows;
    if (sent) {
        TRY(attachment_remove_all(rq, w->page->keep, rq->actor->account_id));
        TRY(attachment_keep(rq, "file", w->page->keep, rq->actor->account_id));
    }
    TRY(attachment_list(rq, w->page->keep, rq->actor->account_id, &rows));
    const struct attachment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (sent || all[i].id == w->in->kept)
            w->kept = all[i];
    if (!w->kept.id || !w->list)
        return fault(w, "import.gone");
    w->file = w->kept.name;
    return OK;
}

static err file_find(struct work *w)
{
    struct uploads files = rq_uploads(w->rq, "file");
    const struct received *received = w->rq->found;
    assert(received); /* else the route lacks its slow half */
    w->list = received->list;
    if (w->page->keep && (files.count || w->in->kept))
        return kept_file_find(w, files.count > 0);
    if (files.count == 0)
        return fault(w, "import.no_file");
    w->file = files.items[0].name;
    return OK;
}

/* ---- the mapping ---- */

/* What was told on the page: header rows, and a field for each column. */
static void mapping_told(struct work *w)
{
    const struct import_input *in = w->in;
    struct arena *mem = w->rq->mem;
    size_t count = in->columns.count < COLUMNS_TOLD_MAX ? in->columns.count : COLUMNS_TOLD_MAX;
    struct import_pair *pairs = arena_array(mem, count, sizeof *pairs);
    for (size_t i = 0; i < count; i++) {
        bool named = i < in->heads.count && in->heads.items[i].len;
        pairs[i] = (struct import_pair){ named ? in->heads.items[i] : import_letter(mem, i),
                                         in->columns.items[i] };
    }
    w->mapping = (struct import_mapping){ .header_row = in->header_row,
                                          .header_rows = in->header_rows,
                                          .pairs = pairs,
                                          .pair_count = count };
}

/* ---- a look that may go on later ---- */

/* Under whom what was told of a kept list stands: the sender, a line's end, the columns. */
static struct kept_mapping look_key(struct rq *rq, const struct import_page *page)
{
    return (struct kept_mapping){ .kind = arena_printf(rq->mem, "%s.look", page->kind->name),
                                  .source = str_number(rq->mem, rq->actor->account_id),
                                  .saved_at = rq->now_ms,
                                  .saved_by = rq->actor->account_id };
}

static err look_find(struct rq *rq, const struct import_page *page, str *source, str *columns)
{
    const struct kept_mapping key = look_key(rq, page);
    *source = str_of("");
    TRY(mapping_store_find(rq->db, &key, rq->mem, columns));
    if (columns->len)
        str_split(columns, '\n', source);
    return OK;
}

/* As told, else of a kept list as when it was looked at, else as kept from the last list of this
 * sender, else by known headers. */
static err mapping_find(struct work *w)
{
    struct rq *rq = w->rq;
    const struct kept_mapping key = { .kind = str_of(w->page->kind->name),
                                      .source = w->in->source };
    str saved = str_of(""), source;
    if (w->in->columns.count || w->in->header_row) {
        mapping_told(w);
        return OK;
    }
    if (w->page->keep && w->in->kept)
        TRY(look_find(rq, w->page, &source, &saved));
    if (!saved.len)
        TRY(mapping_store_find(rq->db, &key, rq->mem, &saved));
    if (saved.len && import_mapping_read(rq->mem, saved, w->page->kind, &w->mapping).code)
        w->mapping = (struct import_mapping){ 0 }; /* of an older version: told anew */
    return OK;
}

/* The columns as they were read, by the headers' own words: a list with its columns in another
 * order is then read rightly, and one of somebody else as if nothing was kept. */
static str columns_text(const struct work *w)
{
    struct rq *rq = w->rq;
    const struct import_preview *p = &w->preview;
    struct import_mapping told = p->mapping;
    struct import_pair *pairs = arena_array(rq->mem, p->column_count + 1, sizeof *pairs);
    for (size_t i = 0; i < p->column_count; i++)
        pairs[i] = (struct import_pair){ p->columns[i].header.len ? p->columns[i].header
                                                                  : p->columns[i].letter,
                                         p->columns[i].field };
    told.pairs = pairs;
    told.pair_count = p->column_count;
    return import_mapping_text(rq->mem, &told);
}

/* Under a named sender. */
static err mapping_keep(struct work *w)
{
    struct rq *rq = w->rq;
    if (w->in->source.len == 0 || w->in->columns.count == 0)
        return OK;
    const struct kept_mapping kept = { str_of(w->page->kind->name), w->in->source, columns_text(w),
                                       rq->now_ms, rq->actor->account_id };
    return mapping_store_save(rq->db, &kept);
}

/* A kept list that was only looked at can go on from the page without being told again. */
static err look_keep(struct work *w)
{
    struct kept_mapping kept = look_key(w->rq, w->page);
    str columns = w->looked ? columns_text(w) : str_of("");
    if (!w->kept.id)
        return OK;
    kept.mapping = arena_printf(w->rq->mem, "%.*s\n%.*s", (int)w->in->source.len, w->in->source.ptr,
                                (int)columns.len, columns.ptr);
    return mapping_store_save(w->rq->db, &kept);
}

/* ---- looking and taking ---- */

/* A list that cannot be read so is a fault of the file; a kept one stays for another try. */
static err unread(struct work *w, err e)
{
    if (e.code != ERR_INVALID && e.code != ERR_NOT_FOUND)
        return e;
    rq_fault(w->rq, "file", e.name, e.arg[0], e.arg[1]);
    return w->kept.id ? OK : err_make(ERR_INVALID, "form.faults");
}

static err judge(struct work *w)
{
    struct rq *rq = w->rq;
    const struct import_page *page = w->page;
    const struct import_options options = { .list = w->list,
                                            .source = w->in->source,
                                            .mapping = &w->preview.mapping,
                                            .dry_run = !w->in->run,
                                            .most = page->most };
    err e = import_look(rq->mem, w->list, page->kind, &w->mapping, &w->preview);
    w->looked = e.code == ERR_NONE;
    if (w->looked)
        e = import_run(rq, rq->mem, page->kind, &options, &w->report);
    if (e.code)
        return unread(w, e);
    w->judged = true;
    if (w->report.next_row == 0)
        return OK;
    rq_fault(rq, "file", "import.too_many", str_number(rq->mem, page->most),
             str_of(page->kind->name));
    return w->in->run ? err_make(ERR_INVALID, "form.faults") : OK;
}

static err work_do(struct work *w)
{
    struct rq *rq = w->rq;
    TRY(file_find(w));
    TRY(mapping_find(w));
    TRY(judge(w));
    if (!is_taken(w))
        return look_keep(w);
    TRY(mapping_keep(w));
    if (w->kept.id)
        TRY(attachment_remove_all(w->rq, w->page->keep, w->rq->actor->account_id));
    return audit_add(rq,
                     &(struct audit_entry){ .act = w->page->act,
                                            .object = w->page->home,
                                            .after = arena_printf(rq->mem, "%lld+%lld",
                                                                  (long long)w->report.created,
                                                                  (long long)w->report.updated) });
}

/* ---- the page ---- */

static str joined(struct rq *rq, const strs *list)
{
    struct buf *b = buf_new(rq->mem, LINE_MAX);
    for (size_t i = 0; i < list->count; i++) {
        if (i)
            buf_add(b, text_find("import.comma"));
        buf_add(b, list->items[i]);
    }
    return buf_str(b);
}

/* The label of every field: what a list may hold. */
static str known_headers(struct rq *rq, const struct import_kind *kind)
{
    strs names = { 0 };
    for (const struct import_field *f = kind->fields; f->name; f++)
        strs_add(rq->mem, &names, import_label(f));
    return joined(rq, &names);
}

static const struct view_choice *fields_make(const struct work *w, str chosen, size_t *count)
{
    const struct import_field *fields = w->page->kind->fields;
    size_t n = 0;
    while (fields[n].name)
        n++;
    struct view_choice *choices = arena_array(w->rq->mem, n + 1, sizeof *choices);
    choices[0] = (struct view_choice){ .value = str_of(""), .label = text_find("import.ignore") };
    for (size_t i = 0; i < n; i++)
        choices[i + 1] = (struct view_choice){ .value = str_of(fields[i].name),
                                               .label = import_label(&fields[i]),
                                               .chosen = str_is(chosen, fields[i].name) };
    *count = n + 1;
    return choices;
}

static void columns_make(const struct work *w, struct import_view *v)
{
    const struct import_preview *p = &w->preview;
    struct import_column_item *items = arena_array(w->rq->mem, p->column_count, sizeof *items);
    for (size_t i = 0; i < p->column_count; i++)
        items[i] =
            (struct import_column_item){ p->columns[i].header, p->columns[i].letter,
                                         fields_make(w, p->columns[i].field, &v->field_count) };
    v->columns = items;
    v->column_count = p->column_count;
    v->header_row = p->mapping.header_row;
    v->header_rows = p->mapping.header_rows;
}

static void report_make(const struct work *w, struct import_view *v)
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
    v->report = r;
    v->ignored = joined(w->rq, &r->ignored);
}

static err below_make(const struct import_page *page, const struct work *w, struct out *out,
                      struct import_view *v)
{
    struct out part = { .buf = buf_new(w->rq->mem, BELOW_MAX), .page = out->page };
    if (page->below)
        TRY(page->below(w->rq, w->judged ? &w->report : NULL, &part));
    v->below = (html){ buf_str(part.buf) };
    return OK;
}

/* The list that was looked at last and is not taken yet. */
static err waiting_make(struct rq *rq, const struct import_page *page, struct import_view *v)
{
    struct rows rows;
    str columns;
    TRY(attachment_list(rq, page->keep, rq->actor->account_id, &rows));
    const struct attachment *all = rows.items;
    if (rows.count == 0)
        return OK;
    v->waiting = all[rows.count - 1].id;
    v->file = all[rows.count - 1].name;
    v->kept_until = day_of_ms(all[rows.count - 1].uploaded_at) + IMPORT_KEEP_DAYS;
    return look_find(rq, page, &v->source, &columns);
}

static err draw(struct rq *rq, struct res *res, const struct import_page *page,
                const struct work *w)
{
    str title = text_find(page->title);
    struct import_view v = { .crumbs = view_crumbs(rq->mem, page->home, title),
                             .title = title,
                             .action = page->path ? str_of(page->path)
                                                  : arena_printf(rq->mem, "/%s/import", page->home),
                             .back = arena_printf(rq->mem, "/%s", page->home),
                             .hint = text_find(page->hint),
                             .known = known_headers(rq, page->kind),
                             .keeps = page->keep != NULL,
                             .header_row = 1,
                             .header_rows = 1 };
    if (w) {
        v.source = w->in->source;
        v.file = w->file;
        v.kept = w->kept.id;
        v.kept_until = v.kept ? day_of_ms(w->kept.uploaded_at) + IMPORT_KEEP_DAYS : 0;
    }
    if (!w && page->keep)
        TRY(waiting_make(rq, page, &v));
    if (w && w->looked)
        columns_make(w, &v);
    if (w && w->judged)
        report_make(w, &v);
    struct out *out = page_begin(rq, title, page->home);
    const struct work none = { .rq = rq };
    TRY(below_make(page, w ? w : &none, out, &v));
    view_files_import(out, &v);
    page_end(res, out);
    return OK;
}

err import_page_form(struct rq *rq, struct res *res, const struct import_page *page)
{
    return draw(rq, res, page, NULL);
}

err import_page_take(struct rq *rq, struct res *res, const struct import_page *page)
{
    struct work w = { .rq = rq, .page = page, .in = rq->input };
    TRY(work_do(&w));
    if (is_taken(&w)) {
        res_flash(res, page->done, str_number(rq->mem, w.report.created + w.report.updated));
        res_redirect(res, arena_printf(rq->mem, "/%s", page->home));
        return OK;
    }
    if (w.report.refused || rq_has_faults(rq))
        res_status(res, 422);
    return draw(rq, res, page, &w);
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

err import_page_api(struct rq *rq, struct res *res, const struct import_page *page)
{
    struct work w = { .rq = rq, .page = page, .in = rq->input };
    struct json j = json_begin(rq);
    TRY(work_do(&w));
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    json_bool(&j, "imported", is_taken(&w));
    if (page->keep)
        json_i64(&j, "kept", w.kept.id);
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
