/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The page on which a list of bodies is judged and taken: the same rows as `huotang import orgs`
 * (org_import.c). The file is not kept; one fault, and nothing is taken. */
#include "modules/orgs/org_forms.h"
#include "modules/orgs/org_views.h"
#include "platform/audit/audit.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "platform/web/upload.h"
#include "views/orgs.h"

enum { JSON_MAX = 4 << 20 };

/* The first of a field's known headers, all of them in one line. */
static str known_columns(struct rq *rq)
{
    struct buf *b = buf_new(rq->mem, 1 << 14);
    for (const struct import_field *f = ORG_IMPORTS[0].fields; f->name; f++) {
        str rest = text_find(f->headers), first = str_of(f->name);
        (void)str_split(&rest, '|', &first);
        if (f != ORG_IMPORTS[0].fields)
            buf_add(b, text_find("orgs.comma"));
        buf_add(b, first);
    }
    return buf_str(b);
}

static str words_of(struct rq *rq, const struct import_fault *f)
{
    return text_format(rq->mem, f->reason, f->arg[0], f->arg[1]);
}

static err draw(struct rq *rq, struct res *res, const struct import_report *report, str file)
{
    str title = text_find("orgs.import");
    struct view_link *crumbs = arena_array(rq->mem, 3, sizeof *crumbs);
    crumbs[0] = (struct view_link){ text_find("menu.orgs"), str_of("/orgs") };
    crumbs[1] = (struct view_link){ title, str_of("") };
    struct org_import_page v = {
        .crumbs = crumbs, .report = report, .columns = known_columns(rq), .file = file
    };
    size_t count = report ? report->fault_count : 0;
    struct org_fault_item *items = arena_array(rq->mem, count + 1, sizeof *items);
    for (size_t i = 0; i < count; i++)
        items[i] = (struct org_fault_item){ report->faults[i].row, report->faults[i].column,
                                            words_of(rq, &report->faults[i]) };
    v.faults = items;
    v.count = count;
    struct out *out = page_begin(rq, title, "orgs");
    view_orgs_import(out, &v);
    page_end(res, out);
    return OK;
}

err page_org_import_form(struct rq *rq, struct res *res)
{
    return draw(rq, res, NULL, str_of(""));
}

/* Judges the list; takes it when asked to and no row is refused. */
static err run(struct rq *rq, struct import_report *report, str *file)
{
    const struct org_import_input *in = rq->input;
    struct uploads files = rq_uploads(rq, "file");
    if (files.count == 0) {
        rq_fault(rq, "file", "orgs.no_file", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    *file = files.items[0].name;
    struct import_options options = { .path = files.items[0].path,
                                      .source = in->source,
                                      .dry_run = !in->run };
    err e = import_run(rq, rq->mem, ORG_IMPORTS, &options, report);
    if (e.code == ERR_INVALID) {
        rq_fault(rq, "file", e.name, e.arg[0], e.arg[1]);
        return err_make(ERR_INVALID, "form.faults");
    }
    TRY(e);
    if (!in->run || report->refused)
        return OK;
    str counts =
        arena_printf(rq->mem, "%lld+%lld", (long long)report->created, (long long)report->updated);
    return audit_add(rq, &(struct audit_entry){
                             .act = "orgs.import", .object = "orgs", .after = counts });
}

err page_org_import(struct rq *rq, struct res *res)
{
    const struct org_import_input *in = rq->input;
    struct import_report report;
    str file;
    TRY(run(rq, &report, &file));
    if (!in->run || report.refused) {
        if (report.refused)
            res_status(res, 422);
        return draw(rq, res, &report, file);
    }
    res_flash(res, "orgs.imported",
              arena_printf(rq->mem, "%lld", (long long)(report.created + report.updated)));
    res_redirect(res, str_of("/orgs"));
    return OK;
}

err api_org_import(struct rq *rq, struct res *res)
{
    const struct org_import_input *in = rq->input;
    struct import_report r;
    str file;
    TRY(run(rq, &r, &file));
    struct json j = json_on(buf_new(rq->mem, JSON_MAX));
    json_object(&j, NULL);
    json_bool(&j, "imported", in->run && !r.refused);
    json_i64(&j, "rows", r.rows);
    json_i64(&j, "created", r.created);
    json_i64(&j, "updated", r.updated);
    json_i64(&j, "unchanged", r.unchanged);
    json_i64(&j, "refused", r.refused);
    json_array(&j, "faults");
    for (size_t i = 0; i < r.fault_count; i++) {
        json_object(&j, NULL);
        json_i64(&j, "row", r.faults[i].row);
        json_str(&j, "column", r.faults[i].column);
        json_str(&j, "code", str_of(r.faults[i].reason));
        json_str(&j, "detail", words_of(rq, &r.faults[i]));
        json_object_end(&j);
    }
    json_array_end(&j);
    json_object_end(&j);
    if (r.refused)
        res_status(res, 422);
    res_json(res, j.buf);
    return OK;
}
