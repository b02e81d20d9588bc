/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Members from an office's list: which headers are known, how a row becomes a record, and the page.
 * The list holds personal data, so the file is not kept: it is judged and taken in one go, and
 * either every row is taken or none. */
#include "modules/members/member_parts.h"
#include "modules/orgs/org.h"
#include "platform/audit/audit.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "platform/web/upload.h"
#include "views/members.h"

static const struct import_field FIELDS[] = {
    { "name", "members.import.name", true },
    { "code", "members.import.code", false },
    { "gender", "members.import.gender", false },
    { "ethnic", "members.import.ethnic", false },
    { "birth", "members.import.birth", false },
    { "party", "members.import.party", false },
    { "education", "members.import.education", false },
    { "employer", "members.import.employer", false },
    { "job", "members.import.job", false },
    { "identity", "members.import.identity", false },
    { "phone", "members.import.phone", false },
    { "mail", "members.import.mail", false },
    { "address", "members.import.address", false },
    { "sector", "members.import.sector", false },
    { "committees", "members.import.committees", false },
    { "term_number", "members.import.term_number", false },
    { "from_on", "members.import.from_on", false },
    { 0 },
};

/* ---- values ---- */

/* "male" for text "members.gender.male", "Male" and the like; what is unknown stays and is refused
 * by the rules. */
static str gender_of(struct rq *rq, str text)
{
    str low = str_lower_ascii(rq->mem, text);
    static const char *const CODES[] = { "male", "female" };
    for (size_t i = 0; i < 2; i++)
        if (str_is(low, CODES[i]) || str_eq(text, text_label("members.gender", str_of(CODES[i]))))
            return str_of(CODES[i]);
    return text;
}

/* The code of a party by its code, its label, or one of the usual short names (text
 * "members.party_names.CODE"). */
static err party_of(struct rq *rq, str text, str *out)
{
    struct rows rows;
    *out = text;
    if (text.len == 0)
        return OK;
    TRY(dictionary_list(rq, "members.parties", &rows));
    const struct dictionary_row *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        str rest = text_label("members.party_names", all[i].code), name;
        bool same = str_eq(text, all[i].code) || str_eq(text, all[i].label);
        while (!same && str_split(&rest, '|', &name))
            same = str_eq(text, name);
        if (same)
            *out = all[i].code;
    }
    return OK;
}

/* A number of a term: "6", or with the words that text "members.term_words" lists for 1 to 20. */
static bool term_of(str text, i64 *out)
{
    str rest = text_find("members.term_words"), word;
    i64 n = 0;
    *out = 0;
    if (text.len == 0 || str_to_i64(text, out))
        return true;
    while (str_split(&rest, '|', &word)) {
        n++;
        if (str_find(text, word, 0) >= 0)
            *out = n; /* later words are longer: the last that fits is the number */
    }
    return *out > 0;
}

static void fault(struct rq *rq, const char *field, const char *name, str arg)
{
    rq_fault(rq, field, name, arg, str_of(""));
}

static err take(struct rq *rq, const struct import_row *row, struct member_record *r)
{
    i64 from_on = DAY_NONE;
    *r = (struct member_record){
        .name = import_value(row, "name"),
        .code = import_value(row, "code"),
        .gender = gender_of(rq, import_value(row, "gender")),
        .ethnic = import_value(row, "ethnic"),
        .education = import_value(row, "education"),
        .employer = import_value(row, "employer"),
        .job = import_value(row, "job"),
        .identity = import_value(row, "identity"),
        .phone = import_value(row, "phone"),
        .mail = import_value(row, "mail"),
        .address = import_value(row, "address"),
        .sector = import_value(row, "sector"),
        .committees = import_value(row, "committees"),
        .birth_on = BIRTH_UNKNOWN,
    };
    TRY(party_of(rq, import_value(row, "party"), &r->party));
    if (!import_day(import_value(row, "birth"), &r->birth_on))
        fault(rq, "birth", "members.bad_birth", str_of(""));
    if (!import_day(import_value(row, "from_on"), &from_on))
        fault(rq, "from_on", "members.bad_day", import_value(row, "from_on"));
    if (!term_of(import_value(row, "term_number"), &r->term_number))
        fault(rq, "term_number", "members.no_term", import_value(row, "term_number"));
    r->from_on = from_on > 0 ? from_on : 0;
    return OK;
}

static err row(struct rq *rq, const struct import_row *row, char *result)
{
    struct member_record record;
    i64 id;
    TRY(take(rq, row, &record));
    return member_save_record(rq, &record, &id, result);
}

/* A seat belongs to a term, and a term comes with its first session. */
static err ready(struct rq *rq)
{
    struct rows sessions;
    TRY(session_list(rq, &sessions));
    return sessions.count ? OK : err_make(ERR_INVALID, "members.import_no_session");
}

const struct import_kind MEMBER_IMPORTS[] = {
    { "members", "members.import", FIELDS, .row = row, .ready = ready },
    { 0 },
};

/* ---- the page ---- */

/* The first header of every field, for the page that says what a list may hold. */
static str columns(struct rq *rq)
{
    struct buf *b = buf_new(rq->mem, 4096);
    for (const struct import_field *f = FIELDS; f->name; f++) {
        str rest = text_find(f->headers), first;
        if (b->len)
            buf_add(b, text_find("members.comma"));
        if (str_split(&rest, '|', &first))
            buf_add(b, first);
    }
    return buf_str(b);
}

static str joined(struct rq *rq, const strs *list)
{
    struct buf *b = buf_new(rq->mem, 1 << 16);
    for (size_t i = 0; i < list->count; i++) {
        if (i)
            buf_add(b, text_find("members.comma"));
        buf_add(b, list->items[i]);
    }
    return buf_str(b);
}

static err draw(struct rq *rq, struct res *res, const struct import_report *report, str file)
{
    str title = text_find("members.import");
    struct member_import_page v = {
        .crumbs = member_crumbs(rq, title), .report = report, .columns = columns(rq), .file = file
    };
    if (report) {
        struct import_fault_item *items = arena_array(rq->mem, report->fault_count, sizeof *items);
        for (size_t i = 0; i < report->fault_count; i++) {
            const struct import_fault *f = &report->faults[i];
            items[i] =
                (struct import_fault_item){ f->row, f->column,
                                            text_format(rq->mem, f->reason, f->arg[0], f->arg[1]) };
        }
        v.faults = items;
        v.count = report->fault_count;
        v.ignored = joined(rq, &report->ignored);
    }
    struct out *out = page_begin(rq, title, "members");
    view_members_office_import(out, &v);
    page_end(res, out);
    return OK;
}

err page_member_import_form(struct rq *rq, struct res *res)
{
    return draw(rq, res, NULL, str_of(""));
}

/* Judges the list; takes it when asked to and no row is refused. */
static err run(struct rq *rq, struct import_report *report, str *file)
{
    const struct member_import_input *in = rq->input;
    struct uploads files = rq_uploads(rq, "file");
    if (files.count == 0) {
        fault(rq, "file", "members.no_file", str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    *file = files.items[0].name;
    err e = import_run(rq, rq->mem, MEMBER_IMPORTS,
                       &(struct import_options){
                           .path = files.items[0].path, .source = in->source, .dry_run = !in->run },
                       report);
    if (e.code == ERR_INVALID) {
        rq_fault(rq, "file", e.name, e.arg[0], e.arg[1]);
        return err_make(ERR_INVALID, "form.faults");
    }
    TRY(e);
    if (!in->run || report->refused)
        return OK;
    return audit_add(rq, &(struct audit_entry){
                             .act = "members.import",
                             .object = "members",
                             .after = arena_printf(rq->mem, "%lld+%lld", (long long)report->created,
                                                   (long long)report->updated) });
}

err page_member_import(struct rq *rq, struct res *res)
{
    const struct member_import_input *in = rq->input;
    struct import_report report;
    str file;
    TRY(run(rq, &report, &file));
    if (!in->run || report.refused) {
        if (report.refused)
            res_status(res, 422);
        return draw(rq, res, &report, file);
    }
    res_flash(res, "members.imported",
              arena_printf(rq->mem, "%lld", (long long)(report.created + report.updated)));
    res_redirect(res, str_of("/members"));
    return OK;
}

err api_member_import(struct rq *rq, struct res *res)
{
    const struct member_import_input *in = rq->input;
    struct import_report r;
    str file;
    TRY(run(rq, &r, &file));
    struct buf *b = buf_new(rq->mem, 4 << 20);
    struct json j = json_on(b);
    json_object(&j, NULL);
    json_bool(&j, "imported", in->run && !r.refused);
    json_i64(&j, "rows", r.rows);
    json_i64(&j, "created", r.created);
    json_i64(&j, "updated", r.updated);
    json_i64(&j, "unchanged", r.unchanged);
    json_i64(&j, "refused", r.refused);
    json_array(&j, "faults");
    for (size_t i = 0; i < r.fault_count; i++) {
        const struct import_fault *f = &r.faults[i];
        json_object(&j, NULL);
        json_i64(&j, "row", f->row);
        json_str(&j, "column", f->column);
        json_str(&j, "code", str_of(f->reason));
        json_str(&j, "message", text_format(rq->mem, f->reason, f->arg[0], f->arg[1]));
        json_object_end(&j);
    }
    json_array_end(&j);
    json_object_end(&j);
    if (r.refused)
        res_status(res, 422);
    res_json(res, b);
    return OK;
}
