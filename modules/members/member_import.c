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

/* One list being worked on. The file is personal data and is not kept: it is sent again. */
struct work {
    struct rq *rq;
    const struct member_import_input *in;
    struct import_mapping mapping;
    struct import_preview preview;
    struct import_report report;
    str file;
};

/* As told on the page, else as kept from the last list of this sender, else by known headers. */
static err mapping_find(struct work *w)
{
    const struct member_import_input *in = w->in;
    str saved;
    struct import_pair *pairs = arena_array(w->rq->mem, in->columns.count, sizeof *pairs);
    for (size_t i = 0; i < in->columns.count; i++) {
        char first = (char)('A' + i / 26 - 1), last = (char)('A' + i % 26);
        str letter = i < 26 ? arena_printf(w->rq->mem, "%c", last)
                            : arena_printf(w->rq->mem, "%c%c", first, last);
        bool named = i < in->heads.count && in->heads.items[i].len;
        pairs[i] =
            (struct import_pair){ named ? in->heads.items[i] : letter, in->columns.items[i] };
    }
    w->mapping = (struct import_mapping){ .header_row = in->header_row,
                                          .header_rows = in->header_rows,
                                          .pairs = pairs,
                                          .pair_count = in->columns.count };
    if (in->columns.count || in->header_row)
        return OK;
    TRY(member_store_find_mapping(w->rq->db, in->source, w->rq->mem, &saved));
    if (saved.len && import_mapping_read(w->rq->mem, saved, MEMBER_IMPORTS, &w->mapping).code)
        w->mapping = (struct import_mapping){ 0 }; /* of an older version: told anew */
    return OK;
}

/* Under a named sender, by the headers' own words: a list with its columns in another order is then
 * read rightly, and one of somebody else as if nothing was kept. */
static err mapping_keep(struct work *w)
{
    const struct import_preview *p = &w->preview;
    struct import_mapping told = p->mapping;
    struct import_pair *pairs = arena_array(w->rq->mem, p->column_count + 1, sizeof *pairs);
    if (w->in->source.len == 0 || w->in->columns.count == 0)
        return OK;
    for (size_t i = 0; i < p->column_count; i++)
        pairs[i] = (struct import_pair){ p->columns[i].header.len ? p->columns[i].header
                                                                  : p->columns[i].letter,
                                         p->columns[i].field };
    told.pairs = pairs;
    told.pair_count = p->column_count;
    struct member_mapping kept = { .source = w->in->source,
                                   .mapping = import_mapping_text(w->rq->mem, &told),
                                   .saved_at = w->rq->now_ms,
                                   .saved_by = w->rq->actor->account_id };
    return member_store_save_mapping(w->rq->db, &kept);
}

static str label_of(const struct import_field *field)
{
    str rest = text_find(field->headers), first = str_of(field->name);
    (void)str_split(&rest, '|', &first);
    return first;
}

static const struct view_choice *fields_make(struct rq *rq, str chosen, size_t *count)
{
    size_t n = 0;
    while (FIELDS[n].name)
        n++;
    struct view_choice *choices = arena_array(rq->mem, n + 1, sizeof *choices);
    choices[0] =
        (struct view_choice){ .value = str_of(""), .label = text_find("members.import_ignore") };
    for (size_t i = 0; i < n; i++)
        choices[i + 1] = (struct view_choice){ .value = str_of(FIELDS[i].name),
                                               .label = label_of(&FIELDS[i]),
                                               .chosen = str_is(chosen, FIELDS[i].name) };
    *count = n + 1;
    return choices;
}

static void columns_make(const struct work *w, struct member_import_page *v)
{
    const struct import_preview *p = &w->preview;
    struct member_column_item *items = arena_array(w->rq->mem, p->column_count + 1, sizeof *items);
    for (size_t i = 0; i < p->column_count; i++)
        items[i] =
            (struct member_column_item){ p->columns[i].header, p->columns[i].letter,
                                         fields_make(w->rq, p->columns[i].field, &v->field_count) };
    v->items = items;
    v->item_count = p->column_count;
    v->header_row = p->mapping.header_row;
    v->header_rows = p->mapping.header_rows;
}

static void report_make(const struct work *w, struct member_import_page *v)
{
    const struct import_report *r = &w->report;
    struct import_fault_item *items = arena_array(w->rq->mem, r->fault_count + 1, sizeof *items);
    for (size_t i = 0; i < r->fault_count; i++)
        items[i] =
            (struct import_fault_item){ r->faults[i].row, r->faults[i].column,
                                        text_format(w->rq->mem, r->faults[i].reason,
                                                    r->faults[i].arg[0], r->faults[i].arg[1]) };
    v->report = r;
    v->faults = items;
    v->count = r->fault_count;
    v->ignored = joined(w->rq, &r->ignored);
    v->file = w->file;
    v->source = w->in->source;
}

static err draw(struct rq *rq, struct res *res, const struct work *w)
{
    str title = text_find("members.import");
    struct member_import_page v = { .crumbs = view_crumbs(rq->mem, "members", title),
                                    .columns = columns(rq) };
    if (w) {
        columns_make(w, &v);
        report_make(w, &v);
    }
    struct out *out = page_begin(rq, title, "members");
    view_members_office_import(out, &v);
    page_end(res, out);
    return OK;
}

err page_member_import_form(struct rq *rq, struct res *res)
{
    return draw(rq, res, NULL);
}

/* A list that cannot be read so is a fault of the file. */
static err unread(struct rq *rq, err e)
{
    if (e.code != ERR_INVALID)
        return e;
    rq_fault(rq, "file", e.name, e.arg[0], e.arg[1]);
    return err_make(ERR_INVALID, "form.faults");
}

/* Judges the list; takes it when asked to and no row is refused. */
static err run(struct work *w)
{
    struct rq *rq = w->rq;
    struct uploads files = rq_uploads(rq, "file");
    if (files.count == 0) {
        fault(rq, "file", "members.no_file", str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    w->file = files.items[0].name;
    str path = files.items[0].path;
    TRY(mapping_find(w));
    err e = import_look(rq->mem, path, MEMBER_IMPORTS, &w->mapping, &w->preview);
    if (e.code)
        return unread(rq, e);
    struct import_options options = { .path = path,
                                      .source = w->in->source,
                                      .mapping = &w->preview.mapping,
                                      .dry_run = !w->in->run };
    e = import_run(rq, rq->mem, MEMBER_IMPORTS, &options, &w->report);
    if (e.code)
        return unread(rq, e);
    if (!w->in->run || w->report.refused)
        return OK;
    TRY(mapping_keep(w));
    str counts = arena_printf(rq->mem, "%lld+%lld", (long long)w->report.created,
                              (long long)w->report.updated);
    return audit_add(rq, &(struct audit_entry){
                             .act = "members.import", .object = "members", .after = counts });
}

err page_member_import(struct rq *rq, struct res *res)
{
    struct work w = { .rq = rq, .in = rq->input };
    TRY(run(&w));
    if (!w.in->run || w.report.refused) {
        if (w.report.refused)
            res_status(res, 422);
        return draw(rq, res, &w);
    }
    res_flash(res, "members.imported",
              arena_printf(rq->mem, "%lld", (long long)(w.report.created + w.report.updated)));
    res_redirect(res, str_of("/members"));
    return OK;
}

err api_member_import(struct rq *rq, struct res *res)
{
    struct work w = { .rq = rq, .in = rq->input };
    TRY(run(&w));
    const struct import_report r = w.report;
    struct buf *b = buf_new(rq->mem, 4 << 20);
    struct json j = json_on(b);
    json_object(&j, NULL);
    json_bool(&j, "imported", w.in->run && !r.refused);
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
